"""Whether texts say the same in all languages: what is missing, and what is out of date."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_roadmap import loading, translations
from cop_roadmap.diagnostics import Diagnostic

BOTH = "{en: Honey for all, fr: Du miel pour tous}"


def found_in(text: str) -> list[tuple[str, str]]:
    """Return what is said about translations, each with its path in the file."""
    found = loading.examine(text.encode(), "roadmap.yaml").diagnostics
    assert {each.rule for each in found} <= {"stale-translation", "no-responsible"}
    return [(each.path, each.message) for each in found if each.rule == "stale-translation"]


# ── what is missing ──────────────────────────────────────────────────────────────────────────────


def test_a_roadmap_in_one_language_lacks_nothing() -> None:
    assert found_in("community: {name: Bees, summary: Honey}") == []
    assert found_in("community: {name: {fr: Abeilles}, summary: Miel, language: fr}") == []


@pytest.mark.parametrize(
    ("text", "path", "name"),
    [
        ("community: {name: N, summary: Honey}", "community.summary", "summary"),
        ("sections: {vision: {answer: Honey}}", "sections.vision.answer", "answer"),
        ("sections: {vision: {answer: {en: Honey}}}", "sections.vision.answer", "answer"),
        ("sections: {vision: {answer: {en: Honey, fr: ' '}}}", "sections.vision.answer", "answer"),
        ("sections: {vision: {resources: Room}}", "sections.vision.resources", "resources"),
        (
            f"sections: {{vision: {{resources: [{BOTH}, Room]}}}}",
            "sections.vision.resources[1]",
            "resources",
        ),
        (
            f"sections: {{vision: {{timeline: {{month_1: [{BOTH}, Meet]}}}}}}",
            "sections.vision.timeline.month_1[1]",
            "action",
        ),
        (
            "sections: {vision: {timeline: {month_1: {action: Meet, status: done}}}}",
            "sections.vision.timeline.month_1.action",
            "action",
        ),
        ("ambitions: {short_term: Honey}", "ambitions.short_term", "short_term"),
        (
            "creation: {pilot_and_launch: {pilot: Honey}}",
            "creation.pilot_and_launch.pilot",
            "answer",
        ),
        (
            "reviews: [{date: 2026-10-15, ratings: {vision: 3}, note: Good}]",
            "reviews[0].note",
            "note",
        ),
    ],
)
def test_a_text_is_missing_in_a_language(text: str, path: str, name: str) -> None:
    # What makes the file one of two languages, where the text does not say so.
    head = "" if text.startswith("community") else "community: {name: {en: Bees, fr: Abeilles}}\n"
    text = head + text.replace("name: N", "name: {en: Bees, fr: Abeilles}")
    assert found_in(text) == [(path, f"`{name}` has no text in `fr`.")]


def test_names_need_no_translation() -> None:
    text = """
        community: {name: Bees, sponsor: Ann, facilitator: [Ben, Cleo]}
        sections:
          vision:
            responsible: Ann
            timeline: {month_1: {action: {en: Meet, fr: Rencontrer}, responsible: Ben}}
        reviews: [{date: 2026-10-15, by: Ann, ratings: {vision: 3}}]
        document: {footer: Bees of the county}
    """
    assert found_in(text) == []


def test_names_that_are_given_in_languages_are_given_in_all() -> None:
    text = "community: {name: {en: Bees, fr: Abeilles}, sponsor: {fr: Direction}}"
    assert found_in(text) == [("community.sponsor", "`sponsor` has no text in `en`.")]


def test_all_languages_that_are_missing_are_named() -> None:
    text = """
        community: {name: {en: Bees, fr: Abeilles, fr-CA: Les abeilles}}
        ambitions: {short_term: Honey}
    """
    said = "`short_term` has no text in `fr` and `fr-CA`."
    assert found_in(text) == [("ambitions.short_term", said)]


# ── what is out of date ──────────────────────────────────────────────────────────────────────────


def noted(english: str, french: str) -> str:
    (note,) = translations.notes({"answer": {"en": english, "fr": french}})
    pairs = ", ".join(f"{tag}: {fingerprint}" for tag, fingerprint in note.items())
    return f"translations:\n  - {{{pairs}}}\n"


def answered(answer: str) -> str:
    return f"community: {{name: Bees}}\nsections: {{vision: {{answer: {answer}}}}}\n"


def test_what_is_as_noted_says_the_same() -> None:
    assert found_in(answered(BOTH) + noted("Honey for all", "Du miel pour tous")) == []


def test_the_language_that_was_not_changed_is_out_of_date() -> None:
    notes = noted("Honey for all", "Du miel")
    said = "The text in `fr` was changed after that in `en`."
    assert found_in(answered(BOTH) + notes) == [("sections.vision.answer.en", said)]
    notes = noted("Honey", "Du miel pour tous")
    said = "The text in `en` was changed after that in `fr`."
    assert found_in(answered(BOTH) + notes) == [("sections.vision.answer.fr", said)]


def test_what_was_changed_in_both_or_never_noted_is_not_doubted() -> None:
    assert found_in(answered(BOTH) + noted("Honey", "Du miel")) == []
    assert found_in(answered(BOTH)) == []


def test_white_space_is_no_change() -> None:
    spread = "{en: '  Honey   for all', fr: |\n  Du miel\n  pour tous\n}".replace(
        "|\n ", "'"
    ).replace("tous\n}", "tous'}")
    assert found_in(answered(spread) + noted("Honey for all", "Du miel pour tous")) == []


def test_a_note_finds_its_text_wherever_it_stands() -> None:
    text = f"community: {{name: Bees}}\nambitions: {{long_term: {BOTH}}}\n"
    assert found_in(text + noted("Honey for all", "Du miel pour tous")) == []


def test_a_note_is_written_by_the_command() -> None:
    text = answered(BOTH) + "translations: [{en: abc}]"
    (found,) = loading.examine(text.encode(), "roadmap.yaml").diagnostics
    assert isinstance(found, Diagnostic)
    assert (found.rule, found.path) == ("bad-value", "translations[0].en")
    assert found.message == "`abc` is not what `coproadmap translated` writes."


# ── fingerprints ─────────────────────────────────────────────────────────────────────────────────


@given(st.text(min_size=1).filter(str.strip))
def test_a_fingerprint_is_no_number_and_no_word_of_yaml(text: str) -> None:
    fingerprints = translations.fingerprints({"en": text})
    assert set(fingerprints) == {"en"}
    assert re.fullmatch("[a-p]{8}", fingerprints["en"])


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Honey", "Honey ", True),
        ("é", "e\u0301", True),
        ("Honey", "honey", False),
        (["A", "B"], ["A", "B "], True),
        (["A", "B"], ["A B"], False),
    ],
)
def test_texts_have_the_same_fingerprint(one: Any, other: Any, same: bool) -> None:
    are_same = translations.fingerprints({"en": one}) == translations.fingerprints({"en": other})
    assert are_same is same


def test_notes_are_in_the_order_of_the_file_each_once() -> None:
    texts = [{"en": "A", "fr": "B"}, {"en": "C"}, {"en": "D", "fr": "E"}, {"en": "A", "fr": "B "}]
    assert translations.notes({"x": texts}) == (
        translations.fingerprints(texts[0]),
        translations.fingerprints(texts[2]),
    )
