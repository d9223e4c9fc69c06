"""Words of somebody's own: single ones of a language, or a whole language."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from cop_roadmap import catalogue, own_words, tags
from cop_roadmap.catalogue import Catalogue
from cop_roadmap.roadmap import Roadmap
from cop_roadmap.view import make


def read(text: str) -> tuple[Catalogue | None, list[str]]:
    """Return the words of a file, and what is wrong with it in lines."""
    words, found = own_words.read(text.encode(), "words.yaml")
    lines: list[str] = []
    for each in found:
        at = f"{each.place.line}:{each.place.column} " if each.place else ""
        lines.append(f"{each.rule} {at}{each.message}")
    return words, lines


# ── single words ─────────────────────────────────────────────────────────────────────────────────

PILLARS = """
language: en
labels: {facet: Pillar}
facets: {vision: Our dream}
status:
  days: {one: "a day", other: "{count} long days"}
"""


def test_single_words_go_before_those_of_the_language() -> None:
    words, found = read(PILLARS)
    assert (found, words is None) == ([], False)
    assert words
    with catalogue.using([words]):
        mine = catalogue.load("en-GB")
        assert mine.word("labels", "facet") == "Pillar"
        assert mine.word("labels", "section") == "Section"
        assert mine.plural("status", "days", count=1) == "a day"
        assert mine.plural("status", "days", count=3) == "3 long days"
        view = make(Roadmap.model_validate({"community": {"name": "Bees"}}))
        assert (view.labels["facet"], view.facets[0].title) == ("Pillar", "Our dream")
        assert catalogue.load("fr").word("labels", "facet") == "Facette"
    assert catalogue.load("en").word("labels", "facet") == "Facet"


def test_an_empty_word_changes_nothing() -> None:
    words, found = read("language: fr\nlabels: {facet: , section: }\nfacets:\n")
    assert (words and words.words, found) == (catalogue.load("fr").words, [])


def test_the_dates_of_a_language_may_be_those_of_a_region() -> None:
    words, _ = read("language: en\nlocale: en-US")
    assert words
    assert words.locale == "en_US"


def test_the_white_space_of_a_word_is_folded() -> None:
    words, _ = read("language: en\nlabels:\n  facet: |\n    Pillar\n    of ours\n")
    assert words
    assert words.word("labels", "facet") == "Pillar of ours"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("labels: {facet: Pillar}", "missing-key 1:1 The file does not say whose words it has."),
        ("language: en\nlables: {}", "unknown-key 2:1 `lables` is not a key of the words."),
        (
            "language: en\nlabels: {faset: Pillar}",
            "unknown-key 2:10 `faset` is not a key of the words.",
        ),
        (
            "language: en\nlabels: Pillar",
            "wrong-type 2:9 `labels` needs keys such as `roadmap:` here.",
        ),
        ("language: en\nlabels: {facet: 3}", "wrong-type 2:17 `facet` needs text here."),
        ("language: en\nlabels: {facet: [Pillar]}", "wrong-type 2:17 `facet` needs text here."),
        (
            "language: en\nlabels: {step: Step}",
            "bad-value 2:16 `{number}` is missing here.",
        ),
        (
            "language: en\nlabels: {step: 'Step {nummer}'}",
            "bad-value 2:16 In braces, only `{number}` can stand here.",
        ),
        (
            "language: en\nlabels: {step: '{number:>999999999}'}",
            "bad-value 2:16 In braces, only `{number}` can stand here.",
        ),
        (
            "language: en\nlabels: {step: '{number.__class__}'}",
            "bad-value 2:16 In braces, only `{number}` can stand here.",
        ),
        (
            "language: en\nlabels: {step: '{number!r}'}",
            "bad-value 2:16 In braces, only `{number}` can stand here.",
        ),
        (
            "language: en\nlabels: {step: 'Step {number'}",
            "bad-value 2:16 A brace is opened or closed for itself here.",
        ),
        (
            "language: en\nstatus: {days: '{count} days'}",
            "wrong-type 2:16 `days` needs a form for each kind of number, and always `other:`.",
        ),
        (
            "language: en\nstatus: {days: {one: a day}}",
            "wrong-type 2:16 `days` needs a form for each kind of number, and always `other:`.",
        ),
        (
            "language: en\nstatus: {days: {other: days}}",
            "bad-value 2:24 `{count}` is missing here.",
        ),
        (
            "language: en\nstatus: {days: {one: a day, ohter: x, other: '{count} days'}}",
            "unknown-key 2:29 `ohter` is not a key of the words.",
        ),
        (
            "language: en\nlocale: english",
            "bad-value 2:9 Unicode's data has no dates and months for `english`.",
        ),
        ("- en", "wrong-type 1:1 A file of words needs keys such as `labels:`."),
        ("language: [en", "yaml-syntax 1:11 The list that opens with [ here is not closed."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_used(text: str, said: str) -> None:
    words, found = read(text)
    assert (words, found) == (None, [said])


def test_all_that_is_wrong_is_told_in_one_run() -> None:
    _, found = read("language: en\nlocale: x\nlabels: {step: Step, faset: F}\n")
    assert [line.split()[0] for line in found] == ["bad-value", "bad-value", "unknown-key"]


# ── a language ───────────────────────────────────────────────────────────────────────────────────


def plain(words: Any) -> Any:
    return {key: plain(each) for key, each in words.items()} if hasattr(words, "items") else words


def icelandic(**changed: Any) -> str:
    words = plain(catalogue.load("en").words)
    words["labels"]["facet"] = "Hlið"
    return yaml.safe_dump(
        {**words, "language": "is", "locale": "is", **changed}, allow_unicode=True
    )


def test_a_language_is_added_by_all_its_words() -> None:
    words, found = read(icelandic())
    assert found == []
    assert words
    with catalogue.using([words]):
        assert tags.best_match("is-IS") == "is"
        roadmap = Roadmap.model_validate(
            {"community": {"name": "Bý", "language": "is", "start": "2026-01"}}
        )
        view = make(roadmap)
        assert (view.labels["facet"], view.year) == ("Hlið", "janúar–desember 2026")
    assert tags.best_match("is") is None


def test_a_language_needs_all_words() -> None:
    words, found = read(icelandic(facets={"vision": "Sýn"}, statuses=None))
    assert words is None
    (said,) = found
    assert "`is` is a new language, and lacks `facets.governance`, `facets.leadership`" in said
    assert said.endswith(" and 8 more.")


def test_words_of_a_region_are_a_language_of_their_own() -> None:
    words, found = read(icelandic(language="en-IE", locale="en-IE"))
    assert found == []
    assert words
    with catalogue.using([words]):
        assert catalogue.load("en-IE").word("labels", "facet") == "Hlið"
        assert catalogue.load("en").word("labels", "facet") == "Facet"


# ── files ────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "missing.yaml"):
        words, (found,) = own_words.read_file(path)
        assert (words, found.rule) == (None, "cannot-read")


def test_a_file_is_read(tmp_path: Path) -> None:
    file = tmp_path / "words.yaml"
    file.write_text(PILLARS, "utf-8")
    words, found = own_words.read_file(file)
    assert (words and words.word("labels", "facet"), found) == ("Pillar", ())
