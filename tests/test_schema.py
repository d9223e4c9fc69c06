"""The JSON Schema: valid itself, helpful in an editor, and of one mind with the loader."""

import copy
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cop_roadmap import canvas, catalogue, loading, rules, scaffold, schema, source, tags
from cop_roadmap.roadmap import Roadmap, Status

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.yaml"))
LANGUAGES = tags.known()
SCHEMAS = {language: json.loads(schema.as_json(catalogue.load(language))) for language in LANGUAGES}
VALIDATOR = Draft202012Validator(SCHEMAS["en"])
# What a schema cannot say: whether a plan and its reviews make sense, and colours can be read.
ABOUT_THE_PLAN = {
    "duplicate-review",
    *(rule.name for group in ("The plan", "The look") for rule in rules.GROUPS[group]),
}

Data = Any
each_language = pytest.mark.parametrize("language", LANGUAGES)


def schema_accepts(data: Data) -> bool:
    return bool(VALIDATOR.is_valid(data))


def loader_accepts(data: Data) -> bool:
    """Load data as a file and tell whether its form is right; JSON is YAML."""
    text = json.dumps(data, ensure_ascii=False)
    found = loading.examine(text.encode(), "roadmap.yaml").diagnostics
    return not any(each.is_error and each.rule not in ABOUT_THE_PLAN for each in found)


def keys_of(mapping: Data) -> Data:
    """Return the keys of a mapping that may also be left blank, each with its schema."""
    return mapping["anyOf"][0]["properties"]


def subschemas(node: Data, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Walk over every mapping of a schema, each with its path; conditions describe none."""
    if isinstance(node, dict):
        yield path, node
        for key, value in node.items():
            if key in ("if", "then"):
                continue
            yield from subschemas(value, f"{path}/{key}")
    elif isinstance(node, list):
        for at, value in enumerate(node):
            yield from subschemas(value, f"{path}/{at}")


# ── the schema itself ────────────────────────────────────────────────────────────────────────────


@each_language
def test_a_schema_is_valid(language: str) -> None:
    assert SCHEMAS[language]["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(SCHEMAS[language])


@each_language
def test_a_schema_is_a_file_that_people_can_read(language: str) -> None:
    text = schema.as_json(catalogue.load(language))
    assert text.startswith("{\n  ")
    assert text.endswith("}\n")
    assert "\\u" not in text


def test_the_schema_says_the_same_in_every_language() -> None:
    def without_words(node: Data) -> Data:
        if isinstance(node, dict):
            named = {"title", "description"}
            # A title that is a text is a word; one that is a mapping is a property of that name.
            return {
                key: without_words(value)
                for key, value in node.items()
                if not (key in named and isinstance(value, str))
            }
        return [without_words(value) for value in node] if isinstance(node, list) else node

    bare = [without_words(SCHEMAS[language]) for language in LANGUAGES]
    assert all(found == bare[0] for found in bare)


@each_language
def test_every_property_has_a_title_and_a_description(language: str) -> None:
    properties = {
        f"{path}/{name}": found
        for path, node in subschemas(SCHEMAS[language])
        for name, found in node.get("properties", {}).items()
        if isinstance(found, dict)
    }
    assert len(properties) > len(canvas.SECTION_KEYS) + sum(map(len, canvas.STEP_ITEMS.values()))
    for path, found in {"": SCHEMAS[language], **properties}.items():
        for kind in ("title", "description"):
            assert str(found.get(kind, "")).strip(), f"{path} has no {kind}"


@each_language
def test_every_mapping_is_closed(language: str) -> None:
    mappings = [node for _, node in subschemas(SCHEMAS[language]) if "properties" in node]
    assert len(mappings) > 10
    assert all(node["additionalProperties"] is False for node in mappings)


@each_language
def test_every_reference_is_defined_and_every_definition_used(language: str) -> None:
    found = {node["$ref"] for _, node in subschemas(SCHEMAS[language]) if "$ref" in node}
    assert found == {f"#/$defs/{name}" for name in SCHEMAS[language]["$defs"]}


@each_language
def test_the_keys_are_those_of_the_canvas_with_its_words(language: str) -> None:
    words = catalogue.load(language)
    found = SCHEMAS[language]["properties"]
    assert list(found) == list(Roadmap.model_fields)
    assert {
        key: (section["title"], section["description"])
        for key, section in keys_of(found["sections"]).items()
    } == {
        key: (
            f"{number} {words.word('sections', key, 'title')}",
            words.word("sections", key, "question"),
        )
        for key, number in canvas.SECTION_NUMBERS.items()
    }
    timeline = keys_of(SCHEMAS[language]["$defs"]["section"])["timeline"]
    assert list(keys_of(timeline)) == list(canvas.PERIOD_KEYS)
    assert list(keys_of(found["ambitions"])) == list(canvas.AMBITION_KEYS)
    assert {
        key: tuple(keys_of(step)) for key, step in keys_of(found["creation"]).items()
    } == canvas.STEP_ITEMS


@each_language
def test_the_rules_that_can_be_silenced_are_offered_with_their_summaries(language: str) -> None:
    ignore = keys_of(SCHEMAS[language]["properties"]["lint"])["ignore"]
    assert {name: found["description"] for name, found in keys_of(ignore).items()} == {
        name: rules.RULES[name].summary for name in rules.OPTIONAL
    }


@each_language
def test_every_section_is_rated_from_1_to_5_with_its_question(language: str) -> None:
    words = catalogue.load(language)
    ratings = keys_of(SCHEMAS[language]["$defs"]["review"]["properties"]["ratings"])
    assert list(ratings) == list(canvas.SECTION_KEYS)
    for key, rating in ratings.items():
        assert (
            rating["title"]
            == f"{canvas.SECTION_NUMBERS[key]} {words.word('sections', key, 'title')}"
        )
        assert rating["description"].startswith(words.word("schema", "levels"))
        assert rating["description"].endswith(words.word("sections", key, "question"))
        assert rating["anyOf"][0]["enum"] == [1, 2, 3, 4, 5]


def test_a_status_is_offered_with_its_default() -> None:
    status = SCHEMAS["en"]["$defs"]["action"]["properties"]["status"]
    offered = [value for _, node in subschemas(status) for value in node.get("enum", ())]
    assert [value for value in offered if value] == [value.value for value in Status]
    assert status["default"] == "planned"


# ── files ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
@each_language
def test_an_example_is_valid_under_the_schema(language: str, path: Path) -> None:
    data = source.read(path.read_bytes(), str(path)).data
    assert list(Draft202012Validator(SCHEMAS[language]).iter_errors(data)) == []


@each_language
def test_a_blank_roadmap_is_valid_under_the_schema(language: str) -> None:
    text = scaffold.blank(catalogue.load(language))
    data = source.read(text.encode(), "roadmap.yaml").data
    assert list(Draft202012Validator(SCHEMAS[language]).iter_errors(data)) == []


# ── small documents ──────────────────────────────────────────────────────────────────────────────


def bees(**more: Data) -> Data:
    return {"community": {"name": "Bees"}, **more}


def community(**more: Data) -> Data:
    return {"community": {"name": "Bees", **more}}


def section(**parts: Data) -> Data:
    return bees(sections={"vision": parts})


def period(actions: Data) -> Data:
    return section(timeline={"month_1": actions})


def action(**parts: Data) -> Data:
    return period({"action": "Meet", **parts})


def item(value: Data) -> Data:
    return bees(creation={"pilot_and_launch": {"pilot": value}})


def review(**parts: Data) -> Data:
    return bees(reviews=[{"date": "2027-01-10", **parts}])


def ratings(**given_: Data) -> Data:
    return review(ratings=given_)


def ignore(value: Data) -> Data:
    return bees(lint={"ignore": value})


GOOD = {
    "reviews every so many months": community(review_every="3 months"),
    "reviews every month": community(review_every="1 month"),
    "reviews every so many weeks": community(review_every="99 weeks"),
    "nothing after review_every": community(review_every=None),
    "empty review_every": community(review_every=" "),
    "review of a day": review(),
    "everything about a review": review(by=["Ann", None], ratings={"vision": 4}, note="*Good*"),
    "nothing about a review": review(by=None, ratings=None, note=""),
    "review without a dash": bees(reviews={"date": "2027-01-10"}),
    "no reviews in a list": bees(reviews=[]),
    "nothing in a list of reviews": bees(reviews=[None, "", {"date": "2027-01-10"}]),
    "nothing after reviews": bees(reviews=None),
    "empty reviews": bees(reviews=" "),
    "every rating": ratings(vision=1, objectives=2, governance=3, convening=4, results=5),
    "every section rated": ratings(**dict.fromkeys(canvas.SECTION_KEYS, 3)),
    "whole number with a point": ratings(vision=4.0),
    "rating that is open": ratings(vision=None, results=""),
    "no ratings": ratings(),
    "two reviews of a day": bees(reviews=[{"date": "2027-01-10"}] * 2),
    "a name alone": bees(),
    "everything about the community": community(
        summary="We keep bees", start="2026-09", language="fr-CA"
    ),
    "a name in two languages": community(name={"en": "Bees", "fr": "Abeilles"}),
    "an answer in two languages": section(answer={"en": "Honey", "fr-CA": None}),
    "an action in two languages": period({"en": "Meet", "fr": "Se rencontrer"}),
    "actions in two languages": period([{"en": "Meet"}, {"action": {"fr": "Lire"}}]),
    "names in two languages": action(responsible=[{"en": "Board", "fr": "Direction"}, "Ann"]),
    "lists in two languages": section(resources={"en": ["Room", "Pot"], "fr": ["Salle"]}),
    "an item in two languages": item({"en": "Yes", "fr": "Oui"}),
    "an answer of an item in two languages": item({"answer": {"en": "Yes"}, "done": True}),
    "a note in two languages": review(note={"en": "Good", "fr": "Bien"}),
    "a footer in two languages": bees(document={"footer": {"en": "Bees", "fr": "Abeilles"}}),
    "notes of translations": bees(translations=[{"en": "abcdefgh", "fr": "ponmlkji"}]),
    "no notes of translations": bees(translations=None),
    "language with a script": community(language="fr-Latn-CA"),
    "language of a region": community(language="en-001"),
    "nothing after the keys": bees(sections=None, ambitions=None, creation=None),
    "nothing after the keys of the community": community(summary=None, start=None, language=None),
    "nothing after a section": bees(sections={"vision": None}),
    "nothing after the keys of a section": section(
        answer=None, timeline=None, responsible=None, resources=None
    ),
    "nothing after a step": bees(creation={"pilot_and_launch": None}),
    "empty mappings": bees(sections={"vision": {}}, ambitions={}, creation={"share_results": {}}),
    "empty answer": section(answer=""),
    "names as a text": section(responsible="Ann", resources="Hive"),
    "names as a list": section(responsible=["Ann", "Bo", ""], resources=[]),
    "nothing in a list of names": section(responsible=["Ann", None], resources=[None]),
    "nothing in a list of an action": action(responsible=[None]),
    "action as a text": period("Meet"),
    "no action": period(None),
    "actions as a list": period(["Meet", "", None, {"action": "Eat", "status": "done"}]),
    "no actions in a list": period([]),
    "everything about an action": action(status="dropped", responsible=["Ann"], due="2026-10-15"),
    "nothing about an action": action(status=None, responsible=None, due=None),
    "action without a text": period({"action": None}),
    "ambition": bees(ambitions={"short_term": "Honey", "long_term": None}),
    "item as a text": item("Two hives"),
    "item as a mapping": item({"answer": "Two hives", "done": True}),
    "item that is settled": item({"done": True}),
    "rule that is silenced": ignore({"no-answer": "Until March"}),
    "every rule that can be silenced": ignore(dict.fromkeys(rules.OPTIONAL, "Until March")),
    "rule without a reason": ignore({"no-plan": "", "no-answer": None}),
    "no rule that is silenced": ignore({}),
    "nothing after ignore": ignore(None),
    "nothing after lint": bees(lint=None),
    "nothing about lint": bees(lint={}),
    "nothing about an item": item({"answer": None, "done": None}),
    "empty item": item({}),
    # An empty text is "not filled in yet" everywhere.
    "empty start": community(start=""),
    "white space as start": community(start=" "),
    "empty language": community(language=""),
    "empty due": action(due=""),
    "empty status": action(status=""),
    "empty sections": bees(sections=""),
    "empty ambitions": bees(ambitions=""),
    "empty creation": bees(creation=""),
    "empty section": bees(sections={"vision": ""}),
    "empty timeline": section(timeline=""),
    "empty step": bees(creation={"pilot_and_launch": ""}),
    "empty done": item({"done": ""}),
    "empty lint": bees(lint=" "),
    "empty ignore": ignore(""),
}
BAD = {
    "number as an interval": community(review_every=3),
    "word as an interval": community(review_every="quarterly"),
    "interval in another language": community(review_every="3 Monate"),
    "no months": community(review_every="0 months"),
    "too many weeks": community(review_every="100 weeks"),
    "text around an interval": community(review_every="every 3 months"),
    "reviews as a text": bees(reviews="In January"),
    "reviews as a number": bees(reviews=3),
    "reviews without anything": bees(reviews={}),
    "reviews by their days": bees(reviews={"2027-01-10": {}}),
    "review without a day": bees(reviews=[{"by": "Ann"}]),
    "nothing after the day of a review": review(date=None),
    "empty day of a review": review(date=""),
    "month as the day of a review": review(date="2027-01"),
    "day of a review in another order": review(date="10.01.2027"),
    "review as a text": bees(reviews=["2027-01-10"]),
    "list as a review": bees(reviews=[[{"date": "2027-01-10"}]]),
    "unknown key of a review": review(rating={}),
    "section beside the ratings": review(vision=4),
    "number as a note": review(note=4),
    "number among those who rate": review(by=["Ann", 3]),
    "number as ratings": review(ratings=4),
    "list as ratings": review(ratings=[{"vision": 4}]),
    "unknown section that is rated": ratings(visions=4),
    "rating of 0": ratings(vision=0),
    "rating of 6": ratings(vision=6),
    "half a rating": ratings(vision=4.5),
    "rating in quotes": ratings(vision="4"),
    "rating in words": ratings(vision="four"),
    "true as a rating": ratings(vision=True),
    "list as a rating": ratings(vision=[4]),
    "mapping as a rating": ratings(vision={}),
    "nothing": {},
    "nothing about the community": {"community": None},
    "no community": {"sections": {}},
    "no name": {"community": {}},
    "nothing after the name": {"community": {"name": None}},
    "empty name": {"community": {"name": ""}},
    "white space as a name": {"community": {"name": " \n"}},
    "number as a name": {"community": {"name": 3}},
    "list as a name": {"community": {"name": ["Bees"]}},
    "community as a text": {"community": "Bees"},
    "roadmap as a list": [bees()],
    "roadmap as a text": "Bees",
    "unknown key": bees(section={}),
    "unknown key of the community": community(nam="x"),
    "unknown section": bees(sections={"visions": {}}),
    "unknown key of a section": section(answers="x"),
    "unknown period": section(timeline={"month_7": "x"}),
    "unknown key of an action": action(who="Ann"),
    "unknown ambition": bees(ambitions={"longterm": "x"}),
    "unknown step": bees(creation={"step_1": {}}),
    "item of another step": bees(creation={"pilot_and_launch": {"surveys": "x"}}),
    "unknown key of an item": item({"answers": "x"}),
    "section as a text": bees(sections={"vision": "Honey"}),
    "section as a list": bees(sections={"vision": ["Honey"]}),
    "sections as a list": bees(sections=["vision"]),
    "number as an answer": section(answer=3),
    "list as an answer": section(answer=["x"]),
    "number among names": section(responsible=["Ann", 3]),
    "list among names": section(responsible=[["Ann"]]),
    "mapping as names": section(resources={"a": "b"}),
    "true as names": section(responsible=True),
    "timeline as a text": section(timeline="Meet"),
    "number as an action": period(3),
    "number among actions": period(["Meet", 3]),
    "list among actions": period([["Meet"]]),
    "action without its key": period({"status": "done"}),
    "empty mapping as an action": period({}),
    "unknown status": action(status="finished"),
    "status in capitals": action(status="Done"),
    "true as a status": action(status=True),
    "number as an ambition": bees(ambitions={"short_term": 1}),
    "list as an ambition": bees(ambitions={"short_term": ["x"]}),
    "number as an item": item(1),
    "true as an item": item(True),
    "list as an item": item(["x"]),
    "text as done": item({"answer": "x", "done": "yes"}),
    "number as done": item({"answer": "x", "done": 1}),
    "year as a start": community(start="2026"),
    "number as a start": community(start=2026),
    "day as a start": community(start="2026-09-01"),
    "month 13": community(start="2026-13"),
    "month without a zero": community(start="2026-9"),
    "a year that nobody means": community(start="9999-12"),
    "text around a start": community(start="from 2026-09 on"),
    "month as due": action(due="2026-10"),
    "day 32": action(due="2026-10-32"),
    "day with a time": action(due="2026-10-15T12:00"),
    "a text in no language": section(answer={"english": "Honey"}),
    "a text in a language and another key": section(answer={"en": "Honey", "due": "x"}),
    "a number in a language": section(answer={"en": 3}),
    "a list in a language": section(answer={"en": ["Honey"]}),
    "an action of a language and a key": period({"en": "Meet", "status": "done"}),
    "a status in a language": action(status={"en": "done"}),
    "a long footer in a language": bees(document={"footer": {"en": "x" * 121}}),
    "a note that nobody wrote": bees(translations=[{"en": "3f2a"}]),
    "language as a word": community(language="english"),
    "language with an underscore": community(language="fr_CA"),
    "number as a language": community(language=1),
    "lint as a text": bees(lint="no-answer"),
    "lint as a list": bees(lint=["no-answer"]),
    "unknown key of lint": bees(lint={"select": {}}),
    "rule beside ignore": bees(lint={"no-answer": "Until March"}),
    "ignore at the left margin": bees(ignore={"no-answer": "Until March"}),
    "ignore as a text": ignore("no-answer"),
    "ignore as a list": ignore(["no-answer"]),
    "unknown rule": ignore({"no-anwser": "Until March"}),
    "rule that cannot be silenced": ignore({"bad-date": "Until March"}),
    "rule about silencing": ignore({"unused-ignore": "Until March"}),
    "number as a reason": ignore({"no-answer": 3}),
    "truth as a reason": ignore({"no-answer": True}),
    "list as a reason": ignore({"no-answer": ["Until March"]}),
}


@pytest.mark.parametrize("data", GOOD.values(), ids=GOOD)
def test_a_good_document_is_accepted_by_both(data: Data) -> None:
    assert (schema_accepts(data), loader_accepts(data)) == (True, True)


@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_a_bad_document_is_rejected_by_both(data: Data) -> None:
    assert (schema_accepts(data), loader_accepts(data)) == (False, False)


@pytest.mark.parametrize("data", [action(due="2026-02-30"), review(date="2027-02-29")])
def test_only_the_loader_knows_the_calendar(data: Data) -> None:
    assert (schema_accepts(data), loader_accepts(data)) == (True, False)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(item({"done": True}), id="settled without an answer"),
        pytest.param(period({"action": "", "status": "done", "due": "2026-09-01"}), id="done"),
    ],
)
def test_only_the_loader_knows_what_contradicts_itself(data: Data) -> None:
    examined = loading.examine(json.dumps(data).encode(), "roadmap.yaml")
    assert (schema_accepts(data), examined.roadmap) == (True, None)
    assert [found.rule for found in examined.diagnostics if found.is_error] == [
        "contradictory-status"
    ]


@pytest.mark.parametrize("key", ["start", "review_every", "language"])
def test_a_line_break_is_no_part_of_a_tag_or_month(key: str) -> None:
    value = {"start": "2026-09", "review_every": "6 weeks", "language": "en"}[key]
    assert not loader_accepts(community(**{key: f"{value}\n"}))


# ── any document ─────────────────────────────────────────────────────────────────────────────────

WORDS = st.sampled_from(["", " ", "Honey", "a: b", "1", "true", "no", "é", "a\nb", "- c"])
NOTHING = st.none()
TEXT = WORDS | NOTHING
TEXTS = TEXT | st.lists(TEXT, max_size=2)


def some(**parts: st.SearchStrategy[Data]) -> st.SearchStrategy[Data]:
    """Build mappings that hold any of the parts."""
    return st.fixed_dictionaries({}, optional=parts)


def keyed(keys: tuple[str, ...], values: st.SearchStrategy[Data]) -> st.SearchStrategy[Data]:
    return st.dictionaries(st.sampled_from(keys), values, max_size=2) | NOTHING


DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))
ACTION = st.fixed_dictionaries(
    {"action": TEXT},
    optional={
        "status": st.sampled_from([*(status.value for status in Status), None]),
        "responsible": TEXTS,
        "due": DAYS.map(str) | NOTHING,
    },
)
ACTIONS = TEXT | ACTION | st.lists(TEXT | ACTION, max_size=2)
SECTION = (
    some(
        answer=TEXT,
        timeline=keyed(canvas.PERIOD_KEYS, ACTIONS),
        responsible=TEXTS,
        resources=TEXTS,
    )
    | NOTHING
)
COMMUNITY = st.fixed_dictionaries(
    {"name": WORDS},
    optional={
        "summary": TEXT,
        "start": DAYS.map(lambda day: f"{day:%Y-%m}") | NOTHING,
        "review_every": st.sampled_from(["1 month", "3 months", "6 weeks", "", None]),
        "language": st.sampled_from(["en", "fr-CA", "fr-Latn-CA", "en-001", None]),
    },
)
REVIEW = st.fixed_dictionaries(
    {"date": DAYS.map(str)},
    optional={
        "by": TEXTS,
        "ratings": keyed(canvas.SECTION_KEYS, st.sampled_from([*canvas.RATINGS, "", None])),
        "note": TEXT,
    },
)
CREATION = st.fixed_dictionaries(
    {},
    optional={
        step: keyed(items, TEXT | some(answer=TEXT, done=st.booleans() | NOTHING))
        for step, items in canvas.STEP_ITEMS.items()
    },
)
COLOUR = st.sampled_from(["#0a5a66", "#ABC", "", None])
LOOK = some(
    colours=some(accent=COLOUR, ink=COLOUR, paper=COLOUR) | NOTHING,
    font=st.sampled_from(["a.ttf", "", None, {"regular": "a.otf", "bold": None}]),
    footer=TEXT,
)
LOGO = st.fixed_dictionaries(
    {"logo": TEXT, "logo_text": st.just("Ministry")}, optional={"footer": TEXT}
)
DOCUMENTS = st.fixed_dictionaries(
    {"community": COMMUNITY},
    optional={
        "sections": keyed(canvas.SECTION_KEYS, SECTION),
        "ambitions": keyed(canvas.AMBITION_KEYS, TEXT),
        "creation": CREATION | NOTHING,
        "reviews": st.lists(REVIEW | NOTHING, max_size=2) | REVIEW | NOTHING,
        "document": LOOK | LOGO | NOTHING,
        "lint": some(ignore=keyed(rules.OPTIONAL, TEXT)) | NOTHING,
    },
)
JUNK: st.SearchStrategy[Data] = st.sampled_from(
    [
        *(None, "", "x", 0, 3, 4.0, 1.5, True, False, "done", "2026-09", "2026-10-15", "en"),
        *([], [None], [""], ["x"], [[]]),
        *(
            {},
            {"x": "y"},
            {"action": "x"},
            {"answer": "x"},
            {"done": False},
            {"date": "2027-01-10"},
            {"vision": 4},
        ),
    ]
)


def places_in(data: Data) -> list[tuple[Data, str | int]]:
    """Return every place of a document where a value stands."""
    found: list[tuple[Data, str | int]] = []
    items: list[tuple[str | int, Data]] = []
    if isinstance(data, dict):
        items = list(data.items())
    elif isinstance(data, list):
        items = list(enumerate(data))
    for key, value in items:
        found += [(data, key), *places_in(value)]
    return found


@st.composite
def mutated(draw: st.DrawFn) -> Data:
    """Change a good document in a few places: another value, another key, or nothing there."""
    data = copy.deepcopy(draw(DOCUMENTS))
    for _ in range(draw(st.integers(1, 3))):
        places = places_in(data)
        if not places:
            break
        container, key = draw(st.sampled_from(places))
        change = draw(st.sampled_from(["replace", "delete", "rename"]))
        if change == "replace" or isinstance(container, list):
            container[key] = copy.deepcopy(draw(JUNK))
        elif change == "delete":
            del container[key]
        else:
            container[
                draw(
                    st.sampled_from(
                        [
                            *("x", "name", "answer", "action", "vision", "logo", "lint", "no-plan"),
                            *("date", "ratings", "reviews", "review_every"),
                        ]
                    )
                )
            ] = container.pop(key)
    return data


@given(DOCUMENTS)
@settings(max_examples=100, deadline=None)
def test_both_accept_every_document_of_the_format(data: Data) -> None:
    named = bool(data["community"]["name"].strip())
    assert (schema_accepts(data), loader_accepts(data)) == (named, named)


@example(community(start=""))
@given(mutated())
@settings(max_examples=150, deadline=None)
def test_both_agree_about_any_document(data: Data) -> None:
    assert schema_accepts(data) == loader_accepts(data)
