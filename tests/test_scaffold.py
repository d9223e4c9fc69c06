"""The blank roadmap: valid as it is, complete, and readable as a questionnaire."""

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cop_roadmap import canvas, catalogue, loading, scaffold, source, tags
from cop_roadmap.roadmap import Review, Roadmap

LANGUAGES = tags.known()
each_language = pytest.mark.parametrize("language", LANGUAGES)


def blank(language: str = "en", **given_: Any) -> str:
    return scaffold.blank(catalogue.load(language), **given_)


def loaded(text: str) -> Roadmap:
    examined = loading.examine(text.encode(), "roadmap.yaml")
    # A name may hold what the PDF cannot show.
    assert {found.rule for found in examined.diagnostics} <= {"missing-glyph"}
    assert examined.roadmap
    return examined.roadmap


def remarks_of(text: str) -> str:
    """Return the remarks of a file as one line, as they read on from line to line."""
    lines = (line.strip() for line in text.splitlines())
    remarks = " ".join(line.lstrip("# ") for line in lines if line.startswith("#"))
    # A line may end at the hyphen of a word.
    return re.sub(r"(?<=\w)- ", "-", remarks)


# ── the whole ────────────────────────────────────────────────────────────────────────────────────


@each_language
def test_a_blank_roadmap_is_valid_and_empty_but_for_its_name(language: str) -> None:
    words = catalogue.load(language)
    community = {"name": words.word("scaffold", "name"), "language": language}
    assert loaded(blank(language)) == Roadmap.model_validate({"community": community})


@each_language
def test_a_blank_roadmap_has_every_key_of_the_canvas_in_its_order(language: str) -> None:
    data = source.read(blank(language).encode(), "roadmap.yaml").data
    section = {
        "answer": "",
        "timeline": dict.fromkeys(canvas.PERIOD_KEYS),
        "responsible": None,
        "resources": None,
    }
    expected = {
        "community": {
            "name": catalogue.load(language).word("scaffold", "name"),
            "summary": None,
            "sponsor": None,
            "facilitator": None,
            "start": None,
            "review_every": None,
            "language": language,
        },
        "sections": dict.fromkeys(canvas.SECTION_KEYS, section),
        "ambitions": dict.fromkeys(canvas.AMBITION_KEYS),
        "creation": {step: dict.fromkeys(items) for step, items in canvas.STEP_ITEMS.items()},
        "reviews": None,
    }
    assert data == expected
    assert keys_of(data) == keys_of(expected)


def keys_of(data: object) -> list[Any]:
    """Return the keys of nested mappings in their order."""
    return [(key, keys_of(value)) for key, value in data.items()] if isinstance(data, dict) else []


@each_language
def test_a_blank_roadmap_asks_every_question_in_its_order(language: str) -> None:
    words = catalogue.load(language)
    questions = [
        *(words.word("sections", key, "question") for key in canvas.SECTION_KEYS),
        *(words.word("ambitions", key, "question") for key in canvas.AMBITION_KEYS),
        *(
            words.word("creation", step, "items", item, "question")
            for step, items in canvas.STEP_ITEMS.items()
            for item in items
        ),
    ]
    remarks = remarks_of(blank(language))
    places = [remarks.find(question) for question in questions]
    assert -1 not in places
    assert places == sorted(set(places))


@each_language
def test_a_question_stands_right_above_the_key_that_answers_it(language: str) -> None:
    words = catalogue.load(language)
    text = blank(language)
    for key in canvas.SECTION_KEYS:
        above = re.findall(rf"((?:^  # .*\n)+)  {key}:\n    answer: \|$", text, re.MULTILINE)
        assert len(above) == 1, key
        title = f"{canvas.SECTION_NUMBERS[key]} {words.word('sections', key, 'title')}"
        assert remarks_of(above[0]) == f"{title} {words.word('sections', key, 'question')}"


@each_language
def test_a_blank_roadmap_explains_itself(language: str) -> None:
    words = catalogue.load(language).words
    remarks = remarks_of(blank(language))
    explanations = {key: text for key, text in words["scaffold"].items() if key != "name"}
    assert {key: text for key, text in explanations.items() if text not in remarks} == {}
    assert {key: t for key, t in words["facets"].items() if t not in remarks} == {}


@each_language
def test_a_blank_roadmap_names_its_schema_first(language: str) -> None:
    first = blank(language).splitlines()[0]
    assert first == "# yaml-language-server: $schema=roadmap.schema.json"


@each_language
def test_a_blank_roadmap_is_laid_out_for_reading(language: str) -> None:
    text = blank(language)
    assert [line for line in text.splitlines() if len(line) > 100] == []
    assert [line for line in text.splitlines() if line != line.rstrip()] == []
    assert "\t" not in text
    assert "\n\n\n" not in text
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


@each_language
def test_what_is_written_below_a_key_becomes_its_value(language: str) -> None:
    text = blank(language).replace("answer: |\n\n", "answer: |\n      *Honey*\n\n", 1)
    text = text.replace("month_1:\n", "month_1: Meet\n", 1)
    text = text.replace("    responsible:\n", "    responsible: Ann\n", 1)
    text = text.replace("    webinars:\n", "    webinars: Two\n", 1)
    roadmap = loaded(text)
    assert roadmap.sections["vision"].answer.strip() == "*Honey*"
    assert roadmap.sections["vision"].timeline["month_1"][0].action == "Meet"
    assert roadmap.sections["vision"].responsible == ("Ann",)
    assert roadmap.creation["grow_participation"]["webinars"].answer == "Two"


@each_language
def test_the_review_in_the_remarks_is_one_when_it_is_no_remark_any_more(language: str) -> None:
    before, reviews, remarks = blank(language).partition("\nreviews:\n")
    roadmap = loaded(before + reviews + re.sub(r"(?m)^  # ", "  ", remarks))
    words = catalogue.load(language)
    assert roadmap.reviews == (
        Review(
            date="2027-01-10",  # type: ignore[arg-type]
            by=(words.word("scaffold", "review_by"),),
            ratings={"vision": 4, "core_group": 2},
            note=words.word("scaffold", "review_note"),
        ),
    )


# ── name and start ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "line"),
    [
        pytest.param("Open data stewards", "  name: Open data stewards", id="words"),
        pytest.param("L’atelier (été)", "  name: L’atelier (été)", id="words with signs"),
        pytest.param("", "  name: Our community of practice", id="nothing"),
        pytest.param("  ", "  name: Our community of practice", id="white space"),
        pytest.param(" Bees ", "  name: Bees", id="white space around"),
        pytest.param("no", "  name: no", id="a word that is text in YAML 1.2"),
        pytest.param("true", '  name: "true"', id="a word that is none"),
        pytest.param("False", '  name: "False"', id="a word that is none, with a capital"),
        pytest.param("Null", '  name: "Null"', id="another word that is none"),
        pytest.param("2026", '  name: "2026"', id="number"),
        pytest.param("C# and #1", '  name: "C# and #1"', id="number signs"),
        pytest.param("Care: a plan", '  name: "Care: a plan"', id="colon"),
        pytest.param("a - b", "  name: a - b", id="dash inside"),
        pytest.param("- a", '  name: "- a"', id="dash"),
        pytest.param('say "hi" \\', '  name: "say \\"hi\\" \\\\"', id="quotes and backslash"),
        pytest.param("{{ 7*7 }}", '  name: "{{ 7*7 }}"', id="template"),
        pytest.param("a\nb", '  name: "a\\nb"', id="line break"),
        pytest.param("a\x85\u2028b", '  name: "a\\u0085\\u2028b"', id="other line breaks"),
    ],
)
def test_a_name_is_written_so(name: str, line: str) -> None:
    lines = blank(name=name).splitlines()
    assert line in lines
    shown = loaded("\n".join(lines)).community.name
    assert shown == (name.strip() or "Our community of practice")


# Every character that a YAML file may hold, but for control characters.
CHARACTERS = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")


@given(st.text(CHARACTERS, min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
@example("*a")
@example("&a")
@example("!a")
@example("@a")
@example("`a`")
@example("%a")
@example("a #b")
@example("'a")
@example("[a]")
@example("| a")
@example("? a")
@example("---")
@example("...")
@example("~")
@example("<<")
@example("0x1F")
@example("1e3")
@example(".inf")
@example("a\ufeffb")
@example("a\u2029b")
@example("\U0001f41d")
def test_any_name_loads_back_as_it_was_given(name: str) -> None:
    expected = name.strip() or "Our community of practice"
    assert loaded(blank(name=name)).community.name == expected


@pytest.mark.parametrize(
    ("start", "line"),
    [
        pytest.param(None, "  start:", id="not given"),
        pytest.param(date(2026, 9, 1), "  start: 2026-09", id="a month"),
        pytest.param(date(2027, 1, 31), "  start: 2027-01", id="any day of a month"),
    ],
)
def test_a_start_is_written_as_its_month(start: date | None, line: str) -> None:
    text = blank(start=start)
    assert line in text.splitlines()
    assert loaded(text).community.start == (start and start.replace(day=1))


# ── the worked examples ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("language", "name", "written_in"),
    [
        pytest.param("en", "Open data stewards", "en", id="English"),
        pytest.param("fr", "Soins de la douleur chronique", "fr", id="French"),
        pytest.param("hu", "Open data stewards", "en", id="English where there is none"),
    ],
)
def test_a_language_has_this_example(language: str, name: str, written_in: str) -> None:
    community = loaded(scaffold.example(language)).community
    assert (community.name, community.language) == (name, written_in)


def test_every_language_has_an_example() -> None:
    tongues = {tag: loaded(scaffold.example(tag)).community.language for tag in LANGUAGES}
    assert tongues == {tag: tag if tag in {"en", "fr"} else "en" for tag in LANGUAGES}
