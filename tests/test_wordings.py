"""Texts in several languages: which are, and which of them is read."""

from typing import Any

import pytest

from cop_roadmap import wordings
from cop_roadmap.wordings import Reading

# ── what is such a text ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("value", "is_one"),
    [
        pytest.param({"en": "Bees", "fr": "Abeilles"}, True, id="two languages"),
        pytest.param({"fr-CA": "Abeilles"}, True, id="a region"),
        pytest.param({"en": "Bees", "fre": "Abeilles"}, True, id="one misspelt"),
        pytest.param({"action": "Meet", "due": "2026-10-15"}, False, id="an action"),
        pytest.param({}, False, id="nothing"),
        pytest.param({1: "x"}, False, id="a number as key"),
        pytest.param("Bees", False, id="a text"),
        pytest.param(["en"], False, id="a list"),
    ],
)
def test_a_text_in_several_languages_is_a_mapping_of_tags(value: object, is_one: bool) -> None:
    assert wordings.are(value) is is_one


# ── which is read ────────────────────────────────────────────────────────────────────────────────

BEES = {"en": "Bees", "fr": "Abeilles", "fr-CA": "Les abeilles"}


@pytest.mark.parametrize(
    ("texts", "wanted", "main", "key"),
    [
        pytest.param(BEES, "fr", "en", "fr", id="the one that is wanted"),
        pytest.param(BEES, "fr-CA", "en", "fr-CA", id="of a region"),
        pytest.param(BEES, "FR-ca", "en", "fr-CA", id="in any case"),
        pytest.param(BEES, "fr-BE", "en", "fr", id="the language of another region"),
        pytest.param({"en": "B", "fr-CA": "A"}, "fr", "en", "fr-CA", id="a region serves, too"),
        pytest.param({"en": "B", "fr-CA": "A"}, "fr-BE", "en", "fr-CA", id="and any other"),
        pytest.param(BEES, "de", "fr", "fr", id="the main one where it is missing"),
        pytest.param({"en": "B", "fr": " "}, "fr", "en", "en", id="an empty one is missing"),
        pytest.param({"en": "B", "fr": None}, "fr", "en", "en", id="nothing is missing, too"),
        pytest.param({"el": "M", "fr": "A"}, "de", "en", "el", id="else the first"),
        pytest.param({"el": "", "fr": "A"}, "de", "en", "fr", id="else the first that is there"),
        pytest.param({"en": "", "fr": None}, "fr", "en", None, id="none if all are empty"),
    ],
)
def test_the_text_that_is_read(
    texts: dict[str, Any], wanted: str, main: str, key: str | None
) -> None:
    assert wordings.key_for(texts, Reading(wanted, main)) == key


def test_without_a_wish_the_first_is_read() -> None:
    assert wordings.key_for({"fr": "A", "en": "B"}, None) == "fr"


# ── a whole file ─────────────────────────────────────────────────────────────────────────────────

DATA: dict[str, Any] = {
    "community": {"name": {"en": "Bees", "fr": "Abeilles"}, "language": "fr"},
    "sections": {
        "vision": {
            "answer": {"fr": "Du miel", "EN": "Honey"},
            "timeline": {"month_1": [{"de": "Treffen"}, {"action": {"en": "Meet"}}]},
        }
    },
    "translations": [{"en": "abcdefgh", "sv": "abcdefgh"}],
}


def test_a_file_is_walked_in_its_order_without_the_notes() -> None:
    assert list(wordings.walk(DATA)) == [
        (("community", "name"), {"en": "Bees", "fr": "Abeilles"}),
        (("sections", "vision", "answer"), {"fr": "Du miel", "EN": "Honey"}),
        (("sections", "vision", "timeline", "month_1", 0), {"de": "Treffen"}),
        (("sections", "vision", "timeline", "month_1", 1, "action"), {"en": "Meet"}),
    ]


def test_the_languages_of_a_file_are_its_main_one_and_those_of_its_texts() -> None:
    assert wordings.languages(DATA) == ("fr", "en", "de")
    assert wordings.languages({"community": {"name": "Bees"}}) == ("en",)


@pytest.mark.parametrize(
    "data", [None, [], "x", {}, {"community": None}, {"community": {"language": 3}}]
)
def test_english_is_the_main_language_of_what_names_none(data: object) -> None:
    assert wordings.main_language(data) == "en"


@pytest.mark.parametrize(
    ("path", "wanted", "found"),
    [
        (("community", "name"), "fr", ("community", "name", "fr")),
        (("community", "language"), "fr", ("community", "language")),
        (("sections", "vision", "answer"), "de", ("sections", "vision", "answer", "fr")),
        (
            ("sections", "vision", "timeline", "month_1", 1, "action"),
            "en",
            ("sections", "vision", "timeline", "month_1", 1, "action", "en"),
        ),
        (
            ("sections", "vision", "timeline", "month_1", 0, "action"),
            "de",
            ("sections", "vision", "timeline", "month_1", 0, "de", "action"),
        ),
        (("sections", "results", "answer"), "fr", ("sections", "results", "answer")),
    ],
)
def test_a_path_leads_to_the_text_that_is_read(
    path: tuple[str | int, ...], wanted: str, found: tuple[str | int, ...]
) -> None:
    assert wordings.within(DATA, path, Reading(wanted, "fr")) == found
