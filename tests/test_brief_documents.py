"""The documents for one need, in each format: for everybody, and the summary on one page."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from cop_roadmap import briefs, canvas, loading
from cop_roadmap.briefs import AgendaView, AnyBrief, Kind, Wish
from cop_roadmap.formats import Choices, Documents, Format
from cop_roadmap.roadmap import Roadmap
from cop_roadmap.templating import Templates
from tests.browser import Look
from tests.roadmaps import EXAMPLES, HOSTILE, ROADMAPS
from tests.test_markdown_document import complaints
from tests.test_page import assert_open_to_everybody, messages_of, without_policy
from tests.verapdf import VeraPdf

DAY = date(2027, 2, 20)
WORDS = (
    "Every word is as long as it needs to be, and more words follow, so that lines are full. " * 8
)


def filled(text: str, language: str, start: str = "2026-09") -> dict[str, Any]:
    """Return a roadmap that says a text wherever it can, as often as it can."""
    action = {"action": text, "responsible": [text[:200], "Ann"]}
    actions = [*({**action, "status": status} for status in ("done", "in_progress")), action, text]
    section = {
        "answer": text * 5,
        "resources": [text] * 5,
        "timeline": dict.fromkeys(canvas.PERIOD_KEYS, actions),
    }
    return {
        "community": {
            # A heading that ends in a full stop would be its author's wish.
            "name": text.strip(" ."),
            "summary": text,
            "sponsor": [text] * 3,
            "facilitator": text,
            "start": start,
            "language": language,
            "review_every": "1 month",
        },
        "sections": dict.fromkeys(canvas.SECTION_KEYS, section),
        "ambitions": dict.fromkeys(canvas.AMBITION_KEYS, text * 3),
        "reviews": [{"date": "2026-10-10", "ratings": dict.fromkeys(canvas.SECTION_KEYS, 1)}],
    }


FULL = {
    f"{name}, {language}{', no start' * (not start)}": filled(text, language, start)
    for name, text in (("long", WORDS), ("a word", "W" * 700), ("hostile", HOSTILE * 3))
    for language in ("en", "fr")
    for start in ("2026-09", "")
}
# Whole plans: more of them would only take longer.
CASES: dict[str, dict[str, Any] | str] = {
    **ROADMAPS,
    "full": filled(WORDS, "en"),
    "full of hostile": filled(HOSTILE, "fr"),
}
each_case = pytest.mark.parametrize("name", CASES)
each_kind = pytest.mark.parametrize("kind", [Kind.SUMMARY, Kind.PERSON, Kind.PERIOD])
each_day = pytest.mark.parametrize("day", [None, DAY], ids=["no day", "a day"])


def read(data: dict[str, Any] | str) -> Roadmap:
    if isinstance(data, dict):
        return Roadmap.model_validate(data)
    found = loading.examine((EXAMPLES / data).read_bytes(), data).roadmap
    assert found
    return found


@cache
def brief_of(name: str, kind: Kind, day: date | None) -> AnyBrief | None:
    """Return one brief of a roadmap; None for the page of a person, if nobody is named."""
    roadmap = read(CASES[name])
    people = tuple(briefs.named(roadmap).values())[:1]
    wish = Wish(kind, people if kind is Kind.PERSON else (), "", day)
    return next(iter(briefs.make(roadmap, wish)), None)


@cache
def document(name: str, kind: Kind, day: date | None, wanted: Format) -> bytes | None:
    brief = brief_of(name, kind, day)
    return Documents(brief, Templates()).produce(wanted) if brief else None


def pages_of(content: bytes) -> list[tuple[int, int]]:
    """Return the width and the height of each page, in points."""
    with pikepdf.open(io.BytesIO(content)) as file:
        return [(round(leaf.mediabox[2]), round(leaf.mediabox[3])) for leaf in file.pages]


A4 = (595, 842)


# ── paper ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@each_case
@each_day
def test_a_summary_is_one_page(name: str, day: date | None) -> None:
    content = document(name, Kind.SUMMARY, day, Format.PDF)
    assert content
    assert pages_of(content) == [A4]


@pytest.mark.slow
@pytest.mark.parametrize("name", FULL)
@pytest.mark.parametrize("period", ["", "month_5"])
def test_a_summary_is_one_page_however_much_there_is_to_say(period: str, name: str) -> None:
    (brief,) = briefs.make(read(FULL[name]), Wish(Kind.SUMMARY, (), period, DAY))
    assert pages_of(Documents(brief, Templates()).produce(Format.PDF)) == [A4]


@pytest.mark.slow
@pytest.mark.parametrize("example", ["open-data-stewards.yaml", "soins-de-la-douleur.yaml"])
@pytest.mark.parametrize("period", ["month_1", "month_3", "month_6"])
def test_an_agenda_of_a_normal_plan_is_one_page_or_two(period: str, example: str) -> None:
    roadmap = read(example)
    (brief,) = briefs.make(roadmap, Wish(Kind.PERIOD, (), period))
    assert isinstance(brief, AgendaView)
    # What is left open in the months before depends on how diligent people were.
    brief = replace(brief, earlier=[])
    pages = pages_of(Documents(brief, Templates()).produce(Format.PDF))
    assert pages in ([A4], [A4] * 2)


@pytest.mark.slow
@each_case
@each_kind
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_a_brief_follows_both_standards(
    flavour: str, kind: Kind, name: str, verapdf: VeraPdf
) -> None:
    content = document(name, kind, DAY, Format.PDF)
    assert content is None or verapdf(content, flavour) == []


@pytest.mark.slow
@each_kind
def test_a_brief_says_what_it_is(kind: Kind) -> None:
    content = document("complete in French", kind, None, Format.PDF)
    assert content
    with pikepdf.open(io.BytesIO(content)) as file:
        title = str(file.docinfo.Title)
        assert str(file.Root.Lang) == "fr"
    assert "Soins de la douleur chronique" in title


# ── the page ─────────────────────────────────────────────────────────────────────────────────────

LOOKS = [
    Look(width=320, scheme="dark", tasks=("axe",)),
    Look(width=1280, scripts=False, tasks=("axe",)),
    Look(media="print", tasks=("axe",)),
]


@pytest.mark.slow
@each_case
@each_kind
def test_a_page_is_open_to_everybody(
    kind: Kind, name: str, browser: Callable[[Path, Look], dict[str, Any]], tmp_path: Path
) -> None:
    content = document(name, kind, DAY, Format.HTML)
    file = tmp_path / "page.html"
    file.write_bytes(content or b"")
    for look in LOOKS if content else ():
        seen = browser(file, look)
        assert seen["loaded"].pop(0) == file.as_uri()
        assert_open_to_everybody(seen)
        assert {"color-contrast", "heading-order", "html-has-lang"} <= set(seen["passed"])


@pytest.mark.slow
def test_every_page_is_html_as_the_standard_has_it(
    tmp_path: Path, tool: Callable[[str], str]
) -> None:
    pages = {
        f"{name} {kind}": content.decode()
        for name in CASES
        for kind in (Kind.SUMMARY, Kind.PERSON, Kind.PERIOD)
        if (content := document(name, kind, DAY, Format.HTML))
    }
    assert messages_of(pages, tmp_path, tool("java")) == []


@each_case
@each_kind
def test_a_page_holds_no_script_and_allows_none(kind: Kind, name: str) -> None:
    content = document(name, kind, DAY, Format.HTML)
    if content:
        html = content.decode()
        assert "<script" not in html
        assert "script-src 'none'" in html
        assert without_policy(html) != html


# ── Markdown ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_markdownlint_finds_nothing(tmp_path: Path, node_tool: Callable[[str], str]) -> None:
    for number, name in enumerate(CASES):
        for kind in (Kind.SUMMARY, Kind.PERSON, Kind.PERIOD):
            for day in (None, DAY):
                content = document(name, kind, day, Format.MARKDOWN)
                if content:
                    (tmp_path / f"{number}-{kind}-{day}.md").write_bytes(content)
    assert len(list(tmp_path.iterdir())) > 2 * len(CASES)
    assert complaints(tmp_path, node_tool("markdownlint-cli2")) == []


def test_an_agenda_in_markdown_is_a_list_to_tick() -> None:
    data = {
        "community": {"name": "Bees"},
        "sections": {
            "vision": {
                "responsible": "Ann",
                "timeline": {"month_1": [{"action": "Ask", "status": "done"}, "Draft *it*"]},
            }
        },
    }
    (brief,) = briefs.make(read(data), Wish(Kind.PERIOD))
    text = Documents(brief, Templates()).produce(Format.MARKDOWN).decode()
    assert "\n- [x] Ask (1.1 · Ann · done)\n- [ ] Draft *it* (1.1 · Ann)\n" in text


@each_case
@each_kind
def test_the_chart_is_for_the_whole_roadmap_only(kind: Kind, name: str) -> None:
    brief = brief_of(name, kind, None)
    if brief:
        documents = Documents(brief, Templates(), choices=Choices(gantt=True))
        assert documents.produce(Format.MARKDOWN) == document(name, kind, None, Format.MARKDOWN)


@each_kind
def test_a_template_of_ones_own_replaces_one_of_a_brief(kind: Kind, tmp_path: Path) -> None:
    (tmp_path / f"{kind}.md.j2").write_text("{{ name }}: {{ period }}\n", "utf-8")
    brief = brief_of("hostile", kind, None)
    assert brief
    text = Documents(brief, Templates(tmp_path)).produce(Format.MARKDOWN).decode()
    assert text == f"{brief.name}: {brief.period}\n"
