"""A roadmap made ready to print: labels, months, details, and nothing left empty."""

from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields, replace
from datetime import date
from typing import Any

import pytest

from cop_roadmap import canvas, catalogue, wheel
from cop_roadmap.roadmap import Roadmap
from cop_roadmap.view import (
    ActionView,
    ItemView,
    LinkView,
    PeriodView,
    PersonView,
    SectionView,
    TaskView,
    View,
    make,
    make_blank,
)
from cop_roadmap.wheel import WheelView

TO = "\u2009–\u2009"  # what CLDR puts between months: thin spaces around a dash


def view_of(community: dict[str, Any] | None = None, **parts: Any) -> View:
    whole = {"community": {"name": "Bees", **(community or {})}, **parts}
    return make(Roadmap.model_validate(whole))


def vision_of(section: dict[str, Any], **community: Any) -> SectionView:
    return view_of(community, sections={"vision": section}).facets[0].sections[0]


def actions_of(actions: object, **community: Any) -> list[ActionView]:
    return vision_of({"timeline": {"month_1": actions}}, **community).cells[0]


# ── the whole ────────────────────────────────────────────────────────────────────────────────────


def test_the_view_of_a_small_roadmap_without_a_start() -> None:
    view = view_of(
        {"name": "  Bee\n keepers ", "summary": " We keep *bees*\n"},
        sections={"vision": {"answer": "\nHoney\n", "responsible": "Ann", "resources": ["Hive"]}},
        ambitions={"long_term": " Wax\n"},
    )
    words = catalogue.load("en")
    assert (view.language, view.name, view.summary, view.year) == (
        "en",
        "Bee keepers",
        "We keep *bees*",
        "",
    )
    assert view.labels == {**words.words["labels"], "list": ", ", "pair": ": ", "series": "; "}
    assert view.periods == [
        PeriodView("month_1", "Month 1", ""),
        PeriodView("month_2", "Month 2", ""),
        PeriodView("month_3", "Month 3", ""),
        PeriodView("month_4", "Month 4", ""),
        PeriodView("month_5", "Month 5", ""),
        PeriodView("month_6", "Month 6", ""),
        PeriodView("months_7_to_9", "Months 7 to 9", ""),
        PeriodView("months_10_to_12", "Months 10 to 12", ""),
    ]
    assert [(ambition.title, ambition.months, ambition.text) for ambition in view.ambitions] == [
        ("Short-term ambition", "Months 1 to 3", ""),
        ("Medium-term ambition", "Months 4 to 6", ""),
        ("Long-term ambition", "Months 7 to 12", "Wax"),
    ]
    assert view.facets[0].sections[0] == SectionView(
        key="vision",
        number="1.1",
        title="Vision",
        question=words.word("sections", "vision", "question"),
        answer="Honey",
        is_planned=False,
        cells=[[], [], [], [], [], [], [], []],
        responsible=["Ann"],
        resources=["Hive"],
    )


def test_the_parts_of_the_canvas_come_in_its_order_whatever_the_file_has() -> None:
    view = view_of(sections={"results": {"answer": "Z"}, "governance": {"answer": "A"}})
    words = catalogue.load("en")
    assert [(facet.number, facet.title) for facet in view.facets] == [
        (facet.number, words.word("facets", facet.key)) for facet in canvas.FACETS
    ]
    assert [
        (section.key, section.number, section.title)
        for facet in view.facets
        for section in facet.sections
    ] == [
        (key, number, words.word("sections", key, "title"))
        for key, number in canvas.SECTION_NUMBERS.items()
    ]
    assert [(step.number, step.label, len(step.items)) for step in view.steps] == [
        (1, "Step 1", 5),
        (2, "Step 2", 6),
        (3, "Step 3", 5),
        (4, "Step 4", 2),
        (5, "Step 5", 10),
        (6, "Step 6", 5),
    ]
    answers = {s.key: s.answer for facet in view.facets for s in facet.sections if s.answer}
    assert answers == {"governance": "A", "results": "Z"}


def test_a_view_cannot_be_changed() -> None:
    view = view_of()
    with pytest.raises(FrozenInstanceError):
        view.name = "Wasps"  # type: ignore[misc]


# ── languages ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("tag", "served_by"),
    [
        pytest.param("fr", "fr", id="french"),
        pytest.param("fr-LU", "fr", id="french of luxembourg"),
    ],
)
def test_labels_come_from_the_language_that_serves_a_tag(tag: str, served_by: str) -> None:
    view = view_of({"language": tag, "start": "2026-09"})
    assert view.language == tag
    assert replace(view, language=served_by) == view_of({"language": served_by, "start": "2026-09"})


# ── months ───────────────────────────────────────────────────────────────────────────────────────

MONTHS = [
    pytest.param(
        "en",
        "2026-09",
        f"September 2026{TO}August 2027",
        [
            *("Sept 2026", "Oct 2026", "Nov 2026", "Dec 2026", "Jan 2027", "Feb 2027"),
            f"Mar{TO}May 2027",
            f"Jun{TO}Aug 2027",
        ],
        [f"Sept{TO}Nov 2026", f"Dec 2026{TO}Feb 2027", f"Mar{TO}Aug 2027"],
        id="english from september",
    ),
    pytest.param(
        "en",
        "2026-01",
        f"January{TO}December 2026",
        [
            *("Jan 2026", "Feb 2026", "Mar 2026", "Apr 2026", "May 2026", "Jun 2026"),
            f"Jul{TO}Sept 2026",
            f"Oct{TO}Dec 2026",
        ],
        [f"Jan{TO}Mar 2026", f"Apr{TO}Jun 2026", f"Jul{TO}Dec 2026"],
        id="english from january",
    ),
    pytest.param(
        "fr",
        "2026-05",
        f"mai 2026{TO}avril 2027",
        [
            *("mai 2026", "juin 2026", "juil. 2026", "août 2026", "sept. 2026", "oct. 2026"),
            f"nov. 2026{TO}janv. 2027",
            "févr.–avr. 2027",
        ],
        ["mai–juil. 2026", "août–oct. 2026", f"nov. 2026{TO}avr. 2027"],
        id="french from may",
    ),
    pytest.param(
        "fr",
        "2026-12",
        f"décembre 2026{TO}novembre 2027",
        [
            *("déc. 2026", "janv. 2027", "févr. 2027", "mars 2027", "avr. 2027", "mai 2027"),
            "juin–août 2027",
            "sept.–nov. 2027",
        ],
        [f"déc. 2026{TO}févr. 2027", "mars–mai 2027", "juin–nov. 2027"],
        id="french from december",
    ),
]


@pytest.mark.parametrize(("language", "start", "year", "periods", "ambitions"), MONTHS)
def test_a_start_names_the_months_of_the_calendar(
    language: str, start: str, year: str, periods: list[str], ambitions: list[str]
) -> None:
    view = view_of({"language": language, "start": start})
    words = catalogue.load(language)
    assert view.year == year
    assert [period.months for period in view.periods] == periods
    assert [ambition.months for ambition in view.ambitions] == [
        f"{words.word('ambitions', key, 'months')} · {months}"
        for key, months in zip(canvas.AMBITION_KEYS, ambitions, strict=True)
    ]


# ── actions ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        pytest.param(" Meet \n", ActionView("Meet", "planned", [], [], ""), id="text"),
        pytest.param({"action": "Meet"}, ActionView("Meet", "planned", [], [], ""), id="mapping"),
        pytest.param(
            {"action": "Meet", "status": "planned"},
            ActionView("Meet", "planned", [], [], ""),
            id="planned goes without saying",
        ),
        pytest.param(
            {"action": "Meet", "status": "in_progress"},
            ActionView("Meet", "in_progress", ["in progress"], [], ""),
            id="in progress",
        ),
        pytest.param(
            {"action": "Meet", "status": "dropped"},
            ActionView("Meet", "dropped", ["dropped"], [], ""),
            id="dropped",
        ),
        pytest.param(
            {"action": "Meet", "responsible": [" Ann ", "", "Bo"]},
            ActionView("Meet", "planned", ["Ann", "Bo"], ["Ann", "Bo"], ""),
            id="who",
        ),
        pytest.param(
            {"action": "Meet", "due": "2026-10-05"},
            ActionView("Meet", "planned", ["due 5 Oct 2026"], [], "2026-10-05"),
            id="when",
        ),
        pytest.param(
            {"action": "Meet", "due": "2026-10-05", "responsible": "Ann", "status": "done"},
            ActionView("Meet", "done", ["done", "Ann", "due 5 Oct 2026"], ["Ann"], "2026-10-05"),
            id="everything in a fixed order",
        ),
        pytest.param(
            {"action": "", "due": "2026-10-05"},
            ActionView("Not filled in yet.", "planned", ["due 5 Oct 2026"], [], "2026-10-05"),
            id="details of an action that is still to be written",
        ),
    ],
)
def test_an_action_is_shown_with_what_is_noteworthy(action: object, expected: ActionView) -> None:
    assert actions_of(action) == [expected]


@pytest.mark.parametrize(
    ("own", "people"),
    [
        pytest.param({}, ["Core group", "Sponsor"], id="those of the section"),
        pytest.param({"responsible": "Bo"}, ["Bo"], id="its own"),
        pytest.param({"responsible": " Bo\n  Ek "}, ["Bo Ek"], id="its own, on one line"),
        pytest.param({"responsible": ["", " "]}, ["Core group", "Sponsor"], id="its own are empty"),
    ],
)
def test_an_action_belongs_to_its_own_people_or_to_those_of_its_section(
    own: dict[str, Any], people: list[str]
) -> None:
    timeline = {"month_1": {"action": "Meet", **own}}
    section = {"timeline": timeline, "responsible": ["Core\ngroup", "Sponsor"]}
    assert vision_of(section).cells[0][0].people == people


def test_people_are_named_once_on_one_line() -> None:
    view = view_of(
        sections={
            "results": {"responsible": ["Zoe", "Bo"]},
            "vision": {
                "responsible": ["Bo", " "],
                "timeline": {"month_2": {"action": "Meet", "responsible": "Ann\u2028Ek"}},
            },
        }
    )
    assert [person.name for person in view.people] == ["Ann Ek", "Bo", "Zoe"]


def test_an_action_is_described_in_the_language_of_the_roadmap() -> None:
    action = {"action": "Voir", "status": "in_progress", "due": "2026-08-01"}
    details = ["en cours", "échéance\xa0: 1 août 2026"]
    assert actions_of(action, language="fr") == [
        ActionView("Voir", "in_progress", details, [], "2026-08-01")
    ]


def test_the_actions_of_a_period_keep_their_order_and_lie_in_its_column() -> None:
    timeline = {"months_10_to_12": "Last", "month_2": ["B", "A"]}
    cells = vision_of({"timeline": timeline}).cells
    assert [[action.text for action in cell] for cell in cells] == [
        *([], ["B", "A"], [], [], [], [], []),
        ["Last"],
    ]


@pytest.mark.parametrize(
    "action",
    [
        pytest.param(None, id="nothing"),
        pytest.param("", id="empty text"),
        pytest.param(" \n", id="white space"),
        pytest.param([], id="empty list"),
        pytest.param(["", " "], id="list of empty texts"),
        pytest.param({"action": ""}, id="mapping without a text"),
        pytest.param({"action": None, "responsible": ""}, id="mapping of empty values"),
        pytest.param(
            {"action": "", "responsible": ["", " "]},
            id="mapping with a list of empty texts",
        ),
    ],
)
def test_an_empty_action_is_left_out(action: object) -> None:
    assert actions_of(action) == []


def test_empty_names_and_resources_are_left_out() -> None:
    section = vision_of({"responsible": ["", " Ann", "\n"], "resources": [" ", "Hive "]})
    assert (section.responsible, section.resources) == (["Ann"], ["Hive"])


# ── creation ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("item", "answer", "done"),
    [
        pytest.param(None, "", False, id="nothing"),
        pytest.param(" Us\n", "Us", False, id="text"),
        pytest.param({"answer": "Us"}, "Us", False, id="mapping"),
        pytest.param({"answer": "Us", "done": True}, "Us", True, id="settled"),
        pytest.param({"done": True}, "", True, id="settled without a text"),
    ],
)
def test_an_item_says_what_was_settled(item: object, answer: str, done: bool) -> None:
    view = view_of(creation={"identify_community": {"audience": item}})
    question = catalogue.load("en").word(
        "creation", "identify_community", "items", "audience", "question"
    )
    assert view.steps[0].items[0] == ItemView("audience", "Audience", question, answer, done)


def test_a_step_says_how_much_is_settled_and_what_it_feeds() -> None:
    step = view_of(creation={"share_results": {"surveys": {"done": True}, "check_ins": "A"}}).steps[
        5
    ]
    assert step.settled == "1 of 5 settled"
    assert step.feeds == [
        LinkView("measurement", "8.1", "Measurement"),
        LinkView("vitality", "8.2", "Vitality"),
        LinkView("results", "8.3", "Results"),
    ]


# ── how far it is ────────────────────────────────────────────────────────────────────────────────


def test_the_wheel_counts_answer_plan_and_who_of_each_section() -> None:
    action = {"action": "Meet", "responsible": "Ann"}
    view = view_of(
        sections={
            "vision": {"answer": "A", "resources": "Hive"},
            "results": {"answer": "A", "timeline": {"month_1": action}},
        }
    )
    title = "A wheel of eight facets. 4 of 72 parts are worked out."
    rows = [[1 / 3, 0.0, 0.0], *[[0.0] * 3] * 6, [0.0, 0.0, 1.0]]
    assert view.wheel == WheelView(title, "5%", wheel.draw(rows))
    assert [facet.worked_out for facet in view.facets] == [
        *("1 of 9", *["0 of 9"] * 6, "3 of 9"),
    ]


# ── people ───────────────────────────────────────────────────────────────────────────────────────


def test_sponsor_and_facilitator_are_lists_of_what_is_filled_in() -> None:
    view = view_of({"sponsor": " Board ", "facilitator": ["Ann", "", "Bo"]})
    assert (view.sponsor, view.facilitator) == (["Board"], ["Ann", "Bo"])


def test_everybody_is_listed_with_sections_and_tasks() -> None:
    both = {"action": "Meet", "responsible": ["Ann", "Bo"], "status": "done", "due": "2026-10-05"}
    view = view_of(
        sections={
            "vision": {"responsible": ["Bo", "Bo"], "timeline": {"month_2": ["Alone", both]}},
            "results": {"responsible": "Bo"},
        }
    )
    vision, results = LinkView("vision", "1.1", "Vision"), LinkView("results", "8.3", "Results")
    # The name stands above its tasks, and so is not said again.
    meeting = TaskView(
        vision,
        "Month 2",
        ActionView("Meet", "done", ["done", "due 5 Oct 2026"], ["Ann", "Bo"], "2026-10-05"),
    )
    assert view.people == [
        PersonView("Ann", [], [meeting]),
        PersonView("Bo", [vision, results], [meeting]),
    ]


# ── on a day ─────────────────────────────────────────────────────────────────────────────────────

OPEN = [
    {"action": "A"},
    {"action": "B", "due": "2026-09-10", "status": "in_progress"},
    {"action": "C", "status": "done"},
    {"action": "D", "status": "dropped"},
]


def late_on(day: date, **community: Any) -> dict[str, list[str]]:
    """Return the actions of Month 1 that are late on a day, with what is noteworthy about them."""
    whole = {
        "community": {"name": "Bees", **community},
        "sections": {"vision": {"timeline": {"month_1": OPEN}}},
    }
    cell = make(Roadmap.model_validate(whole), day).facets[0].sections[0].cells[0]
    return {action.text: action.details for action in cell if action.late}


B_IN_WORDS = ["in progress", "late", "due 10 Sept 2026"]


@pytest.mark.parametrize(
    ("day", "late"),
    [
        pytest.param("2020-01-01", {}, id="long before the start"),
        pytest.param("2026-09-10", {}, id="the day on which one is due"),
        pytest.param("2026-09-11", {"B": B_IN_WORDS}, id="the day after"),
        pytest.param("2026-09-30", {"B": B_IN_WORDS}, id="the last day of the period"),
        pytest.param("2026-10-01", {"A": ["late"], "B": B_IN_WORDS}, id="when it is over"),
        pytest.param("2030-01-01", {"A": ["late"], "B": B_IN_WORDS}, id="long after the end"),
    ],
)
def test_what_is_late_on_a_day_says_so(day: str, late: dict[str, list[str]]) -> None:
    assert late_on(date.fromisoformat(day), start="2026-09") == late


def test_without_a_start_only_what_is_due_on_a_day_can_be_late() -> None:
    assert list(late_on(date(2030, 1, 1))) == ["B"]


@pytest.mark.parametrize(
    ("language", "day"), [("en", "23 November 2026"), ("fr", "23 novembre 2026")]
)
def test_a_view_says_of_which_day_it_is(language: str, day: str) -> None:
    roadmap = Roadmap.model_validate({"community": {"name": "Bees", "language": language}})
    assert make(roadmap, date(2026, 11, 23)).as_of == day
    assert make(roadmap).as_of == ""


def test_names_are_sorted_without_regard_to_accents_and_capitals() -> None:
    names = ["Zoé", "élan", "Eve", "Émile", "eric", "Élan"]
    view = view_of(sections={"vision": {"responsible": names}})
    assert [person.name for person in view.people] == [
        *("Élan", "élan", "Émile", "eric", "Eve", "Zoé"),
    ]


def test_nobody_is_listed_where_nobody_is_named() -> None:
    assert view_of(sections={"vision": {"responsible": [" "]}}).people == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_blank_view_has_nothing_but_its_language(language: str) -> None:
    nameless = replace(view_of({"language": language}), name="")
    assert make_blank(language) == nameless


# ── data for templates ───────────────────────────────────────────────────────────────────────────


def parts_of(node: object) -> Iterator[object]:
    """Walk over a piece of data and everything in it."""
    yield node
    if isinstance(node, dict):
        for key, value in node.items():
            yield key
            yield from parts_of(value)
    elif isinstance(node, list):
        for value in node:
            yield from parts_of(value)


FULL = {
    "community": {"name": "Bees", "summary": "S", "start": "2026-09", "language": "fr"},
    "sections": {
        key: {
            "answer": "A",
            "responsible": ["R", "R"],
            "resources": "W",
            "timeline": {
                period: ["T", {"action": "T", "status": "done", "due": "2026-10-15"}]
                for period in canvas.PERIOD_KEYS
            },
        }
        for key in canvas.SECTION_KEYS
    },
    "ambitions": dict.fromkeys(canvas.AMBITION_KEYS, "A"),
    "reviews": [
        {"date": f"2026-{month}-01", "by": "R", "note": "N", "ratings": {"vision": 3}}
        for month in (10, 11)
    ],
    "creation": {
        step: {key: {"answer": "A", "done": True} for key in items}
        for step, items in canvas.STEP_ITEMS.items()
    },
}


@pytest.mark.parametrize(
    "data", [{"community": {"name": "B"}}, FULL], ids=["minimal", "everything filled in"]
)
def test_templates_get_plain_data_only(data: dict[str, Any]) -> None:
    plain = make(Roadmap.model_validate(data)).as_data()
    # Exactly these types: a subclass such as StrEnum could lead out of the sandbox.
    assert {type(part) for part in parts_of(plain)} <= {
        dict,
        list,
        str,
        int,
        float,
        bool,
        type(None),
    }


def test_the_data_reaches_every_part_of_the_view() -> None:
    data = make(Roadmap.model_validate(FULL)).as_data()
    assert list(data) == [field.name for field in fields(View)]
    assert data["facets"][7]["sections"][2]["cells"][7][1] == {
        "text": "T",
        "status": "done",
        "details": ["fait", "échéance\xa0: 15 oct. 2026"],
        "people": ["R", "R"],
        "due": "2026-10-15",
        "late": False,
    }
