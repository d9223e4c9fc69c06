"""Whatever a roadmap holds: it can be written and read, and every text stands where it belongs.

With ``FUZZ=1000`` in the environment each property is tried that many times instead of a few.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from lxml import html

from cop_roadmap import canvas, loading
from cop_roadmap.diagnostics import Problems
from cop_roadmap.formats import Choices, Documents, Format
from cop_roadmap.roadmap import Roadmap
from cop_roadmap.templating import Templates
from cop_roadmap.view import make
from tests.strategies import MARK, WRITERS, as_yaml, broken, roadmaps

TIMES = int(os.environ.get("FUZZ", "0"))
few = settings(max_examples=TIMES or 25, deadline=None, suppress_health_check=list(HealthCheck))
fewer = settings(few, max_examples=TIMES or 5)


def loaded(text: str) -> Roadmap:
    examined = loading.examine(text.encode(), "it.yaml")
    assert not [each for each in examined.diagnostics if each.is_error]
    assert examined.roadmap
    return examined.roadmap


def documents_of(data: dict[str, Any]) -> Documents:
    choices = Choices(gantt=True, as_of=date(2027, 1, 15))
    return Documents(make(loaded(as_yaml(data)), date(2027, 1, 15)), Templates(), choices=choices)


def marks_of(value: Any) -> Counter[str]:
    """Return the marks in some data, or in a part of a document."""
    if isinstance(value, html.HtmlElement):
        value = value.text_content()
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return sum(map(marks_of, value), Counter())
    return Counter(MARK.findall(str(value)))


# ── written and read ─────────────────────────────────────────────────────────────────────────────


@given(roadmaps(), WRITERS)
@few
def test_what_is_written_is_read_again(data: dict[str, Any], write: Any) -> None:
    assert loaded(write(data)) == Roadmap.model_validate(data)


@given(broken())
@settings(few, max_examples=TIMES or 200)
def test_what_is_broken_ends_in_findings(content: bytes) -> None:
    examined = loading.examine(content, "it.yaml")
    errors = [each for each in examined.diagnostics if each.is_error]
    assert (examined.roadmap is None) == bool(errors)
    lines = content.count(b"\n") + content.count(b"\r") + 99
    for found in examined.diagnostics:
        assert found.message.endswith((".", "?", "!", ")")), found
        assert found.place is None or 1 <= found.place.line <= lines


# ── every text once, and where it belongs ────────────────────────────────────────────────────────


def cells_of(section: dict[str, Any]) -> list[Counter[str]]:
    """Return the marks that belong into each cell of a row of the grid."""
    timeline = section.get("timeline", {})
    periods = [marks_of(timeline.get(key)) for key in canvas.PERIOD_KEYS]
    return [*periods, *(marks_of(section.get(key)) for key in ("responsible", "resources"))]


@given(roadmaps())
@few
def test_every_text_stands_in_the_page_where_it_belongs(data: dict[str, Any]) -> None:
    tree = html.fromstring(documents_of(data).produce(Format.HTML))
    sections = tree.find_class("section")
    rows = tree.xpath("//section[contains(@class, 'timeline')]//tbody/tr[td]")
    assert len(sections) == len(rows) == len(canvas.SECTION_KEYS)
    for key, shown, row in zip(canvas.SECTION_KEYS, sections, rows, strict=True):
        section = data["sections"].get(key, {})
        assert marks_of(shown) == marks_of(section)
        assert [marks_of(cell) for cell in row.findall("td")] == cells_of(section)
    (cover,) = tree.find_class("cover")
    assert marks_of(cover) == marks_of(data["community"]) + marks_of(data["ambitions"])
    steps = tree.find_class("step")
    for step, shown in zip(canvas.STEPS, steps, strict=True):
        assert marks_of(shown) == marks_of(data["creation"].get(step.key))
    in_order = sorted(data["reviews"], key=lambda review: review["date"])
    shown_reviews = Counter(
        mark for review in tree.find_class("review") for mark in marks_of(review).elements()
    )
    assert shown_reviews == marks_of(in_order)


def chunks_of(markdown: str) -> Iterator[tuple[str, str]]:
    """Yield each heading of a Markdown document that is no author's, with what stands below it."""
    parts = re.split(r"^(#{1,6} .*)$", markdown, flags=re.MULTILINE)
    yield from zip(parts[1::2], parts[2::2], strict=True)


@given(roadmaps())
@few
def test_every_text_stands_in_the_markdown_where_it_belongs(data: dict[str, Any]) -> None:
    text = documents_of(data).produce(Format.MARKDOWN).decode()
    chunks = list(chunks_of(text))
    lines = [row for row in text.splitlines() if re.match(r"\| \d\.\d ", row)]
    # The first table is the grid; one of ratings comes later.
    rows = {row.split()[1]: row for row in reversed(lines)}
    assert len(rows) == len(canvas.SECTION_KEYS)
    for number, key in zip(sorted(rows), canvas.SECTION_KEYS, strict=True):
        section = data["sections"].get(key, {})
        (below,) = (part for head, part in chunks if re.match(rf"#+ {number}\b", head))
        assert marks_of(below) == marks_of(section)
        cells = re.split(r"(?<!\\)\|", rows[number])[2:-1]
        assert list(map(marks_of, cells)) == cells_of(section)
    counted = marks_of(text)
    rest = [data["ambitions"], data["creation"], *(each.get("note") for each in data["reviews"])]
    for mark, times in marks_of(rest).items():
        assert counted[mark] == times


@pytest.mark.slow
@given(roadmaps())
@fewer
def test_every_roadmap_becomes_a_pdf_and_a_calendar(data: dict[str, Any]) -> None:
    documents = documents_of(data)
    assert documents.produce(Format.PDF).startswith(b"%PDF-")
    try:
        assert documents.produce(Format.ICS).startswith(b"BEGIN:VCALENDAR")
    except Problems as problems:
        rules = [each.rule for each in problems.diagnostics]
        if rules != ["no-days"]:
            raise
