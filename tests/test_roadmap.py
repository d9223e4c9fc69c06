"""The roadmap holds what a file may hold: complete, frozen, and nothing unknown."""

import copy
import pickle
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from cop_roadmap import canvas, rules
from cop_roadmap.calendar import Interval
from cop_roadmap.loading import examine
from cop_roadmap.roadmap import (
    MAX_FOOTER,
    Action,
    Community,
    CreationItem,
    Font,
    Review,
    Roadmap,
    Status,
    Table,
    is_blank,
)

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.yaml"))

MINIMAL = {"community": {"name": "Stewards"}}
BLANK = Roadmap.model_validate(MINIMAL)
ITEM_PATHS = [
    f"creation.{step}.{item}" for step, items in canvas.STEP_ITEMS.items() for item in items
]

# A file that fills in everything, once.
FULL: dict[str, Any] = {
    "community": {
        "name": "N",
        "summary": "S",
        "sponsor": "Board",
        "facilitator": ["Ann", "Bo"],
        "start": "2026-09",
        "review_every": "3 months",
        "language": "fr-CA",
    },
    "sections": {
        key: {
            "answer": f"Answer of {key}",
            "timeline": {
                period: [
                    f"{period} of {key}",
                    {"action": "A", "status": "done", "responsible": "R", "due": "2026-10-15"},
                ]
                for period in canvas.PERIOD_KEYS
            },
            "responsible": ["P", "Q"],
            "resources": "T",
        }
        for key in canvas.SECTION_KEYS
    },
    "ambitions": {key: f"Ambition of {key}" for key in canvas.AMBITION_KEYS},
    "creation": {
        step: {item: {"answer": f"Answer of {item}", "done": True} for item in items}
        for step, items in canvas.STEP_ITEMS.items()
    },
    "reviews": [
        {
            "date": "2026-12-06",
            "by": ["Ann", "Bo"],
            "ratings": dict.fromkeys(canvas.SECTION_KEYS, 2),
            "note": "Note of December",
        },
        {"date": "2027-03-06", "by": "Core group", "ratings": {"vision": 4}},
    ],
    "document": {
        "colours": {"accent": "#0a5a66", "ink": "#123", "paper": "#FFF"},
        "font": {"regular": "a.ttf", "italic": "b.ttf", "bold": "c.ttf", "bold_italic": "d.otf"},
        "logo_text": "Ministry",
        "logo": "logo.svg",
        "footer": "Licence",
    },
    "lint": {"ignore": {rule: f"Reason for {rule}" for rule in rules.OPTIONAL}},
}


def nested(path: str, value: object) -> dict[str, Any]:
    """Put a value at a path of the smallest file."""
    top: dict[str, Any] = {"community": {"name": "Stewards"}}
    *parents, last = path.split(".")
    inner = top
    for key in parents:
        inner = inner.setdefault(key, {})
    inner[last] = value
    return top


def errors(data: object) -> list[tuple[str, str]]:
    """Return the type and the path of every error."""
    with pytest.raises(ValidationError) as raised:
        Roadmap.model_validate(data)
    return [(error["type"], ".".join(map(str, error["loc"]))) for error in raised.value.errors()]


def community(**values: object) -> Community:
    return Roadmap.model_validate({"community": {"name": "N", **values}}).community


# ── what is required, and what is not ────────────────────────────────────────────────────────────


def test_only_the_name_is_required_and_the_rest_is_empty() -> None:
    empty_row = dict.fromkeys(canvas.PERIOD_KEYS, ())
    assert BLANK.model_dump() == {
        "community": {
            "name": "Stewards",
            "summary": "",
            "sponsor": (),
            "facilitator": (),
            "start": None,
            "review_every": None,
            "language": "en",
        },
        "sections": {
            key: {"answer": "", "timeline": empty_row, "responsible": (), "resources": ()}
            for key in canvas.SECTION_KEYS
        },
        "ambitions": dict.fromkeys(canvas.AMBITION_KEYS, ""),
        "creation": {
            step: {item: {"answer": "", "done": False} for item in items}
            for step, items in canvas.STEP_ITEMS.items()
        },
        "reviews": (),
        "document": {
            "colours": {"accent": None, "ink": None, "paper": None},
            "font": None,
            "logo_text": "",
            "logo": "",
            "footer": "",
        },
        "lint": {"ignore": {}},
        "translations": (),
    }


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param({}, [("missing", "community")], id="no community"),
        pytest.param(None, [("missing", "community")], id="nothing at all"),
        pytest.param({"community": {}}, [("missing", "community.name")], id="no name"),
        pytest.param({"community": None}, [("missing", "community.name")], id="empty community"),
        pytest.param({"community": ""}, [("missing", "community.name")], id="blank community"),
        pytest.param({"community": {"name": None}}, [("too_short", "community.name")], id="null"),
        pytest.param({"community": {"name": ""}}, [("too_short", "community.name")], id="empty"),
        pytest.param({"community": {"name": " \t"}}, [("too_short", "community.name")], id="blank"),
    ],
)
def test_a_roadmap_without_a_name_is_none(data: object, expected: list[tuple[str, str]]) -> None:
    assert errors(data) == expected


def test_a_roadmap_can_be_built_in_python() -> None:
    assert Roadmap(community=Community(name="Stewards")) == BLANK


@pytest.mark.parametrize("value", [None, "", "  \n\t", "\u00a0"])
def test_nothing_and_a_text_without_signs_are_blank(value: str | None) -> None:
    assert is_blank(value)


@pytest.mark.parametrize("value", ["x", "~", 0, False, [], {}, ()])
def test_everything_else_is_not_blank(value: object) -> None:
    assert not is_blank(value)


@pytest.mark.parametrize("empty", [None, "", "  \n"], ids=["null", "empty", "blank"])
@pytest.mark.parametrize(
    "path",
    [
        *("community.summary", "community.start", "community.language", "community.review_every"),
        *("sections", "sections.vision", "sections.results"),
        *("sections.vision.answer", "sections.vision.timeline", "sections.vision.responsible"),
        *("sections.vision.resources", "sections.vision.timeline.month_1"),
        *("sections.vision.timeline.months_10_to_12", "ambitions", "ambitions.long_term"),
        *("creation", "creation.identify_community", "creation.identify_community.audience"),
        *("creation.pilot_and_launch.pilot.answer", "creation.pilot_and_launch.pilot.done"),
        *("reviews", "lint", "lint.ignore"),
    ],
)
def test_empty_means_not_filled_in_yet(path: str, empty: str | None) -> None:
    assert Roadmap.model_validate(nested(path, empty)) == BLANK


@pytest.mark.parametrize("empty", [None, "", "  \n"], ids=["null", "empty", "blank"])
@pytest.mark.parametrize("key", ["status", "responsible", "due"])
def test_empty_means_not_filled_in_yet_in_an_action_too(key: str, empty: str | None) -> None:
    assert Action.model_validate({"action": "A", key: empty}) == Action(action="A")


@pytest.mark.parametrize(
    ("path", "empty"),
    [
        ("sections", {}),
        ("sections.vision", {}),
        ("sections.vision.timeline", {}),
        ("sections.vision.timeline.month_1", []),
        ("sections.vision.responsible", []),
        ("sections.vision.resources", []),
        ("ambitions", {}),
        ("creation", {}),
        ("creation.pilot_and_launch", {}),
        ("creation.pilot_and_launch.pilot", {}),
        ("reviews", []),
        ("lint", {}),
        ("lint.ignore", {}),
    ],
)
def test_no_keys_and_no_entries_mean_not_filled_in_yet(path: str, empty: object) -> None:
    assert Roadmap.model_validate(nested(path, empty)) == BLANK


@pytest.mark.parametrize("empty", [None, "", "  \n"], ids=["null", "empty", "blank"])
def test_an_empty_action_keeps_its_position_in_the_list(empty: str | None) -> None:
    data = nested("sections.vision.timeline.month_1", ["A", empty, {"action": empty}, "B"])
    actions = Roadmap.model_validate(data).sections["vision"].timeline["month_1"]
    assert [(action.action.strip(), action.is_empty) for action in actions] == [
        ("A", False),
        ("", True),
        ("", True),
        ("B", False),
    ]


@pytest.mark.parametrize("key", ["responsible", "resources"])
@pytest.mark.parametrize("empty", [None, "", "  \n"], ids=["null", "empty", "blank"])
def test_an_empty_entry_of_a_list_of_texts_is_not_filled_in_yet(
    key: str, empty: str | None
) -> None:
    section = Roadmap.model_validate(nested(f"sections.vision.{key}", ["A", empty])).sections
    first, second = section["vision"].model_dump()[key]
    assert (first, is_blank(second)) == ("A", True)


# ── the short forms ──────────────────────────────────────────────────────────────────────────────

SHORT_AND_LONG = [
    pytest.param("A", (Action(action="A"),), id="one text"),
    pytest.param({"action": "A"}, (Action(action="A"),), id="one mapping"),
    pytest.param(["A"], (Action(action="A"),), id="a list of one"),
    pytest.param(
        ["A", {"action": "B", "status": "dropped"}],
        (Action(action="A"), Action(action="B", status=Status.DROPPED)),
        id="a list of both",
    ),
    pytest.param(
        {"action": "A", "responsible": "R", "due": "2026-10-15", "status": "in_progress"},
        (
            Action(
                action="A",
                status=Status.IN_PROGRESS,
                responsible=("R",),
                due="2026-10-15",  # type: ignore[arg-type]
            ),
        ),
        id="all keys",
    ),
]


@pytest.mark.parametrize(("written", "actions"), SHORT_AND_LONG)
def test_a_period_holds_one_action_or_several(written: object, actions: tuple[Action, ...]) -> None:
    roadmap = Roadmap.model_validate(nested("sections.vision.timeline.month_2", written))
    assert roadmap.sections["vision"].timeline["month_2"] == actions


@pytest.mark.parametrize("key", ["responsible", "resources"])
@pytest.mark.parametrize(
    ("written", "texts"), [("A", ("A",)), (["A"], ("A",)), (["A", "B"], ("A", "B")), ([], ())]
)
def test_a_list_of_texts_may_be_one_text(key: str, written: object, texts: tuple[str]) -> None:
    roadmap = Roadmap.model_validate(nested(f"sections.vision.{key}", written))
    assert getattr(roadmap.sections["vision"], key) == texts


@pytest.mark.parametrize(
    ("written", "item"),
    [
        ("A", CreationItem(answer="A")),
        ({"answer": "A"}, CreationItem(answer="A")),
        ({"answer": "A", "done": True}, CreationItem(answer="A", done=True)),
        ({"done": True}, CreationItem(done=True)),
        ({"answer": "A", "done": False}, CreationItem(answer="A")),
    ],
)
def test_an_item_is_a_text_or_a_mapping(written: object, item: CreationItem) -> None:
    roadmap = Roadmap.model_validate(nested("creation.pilot_and_launch.launch", written))
    assert roadmap.creation["pilot_and_launch"]["launch"] == item


@pytest.mark.parametrize(
    ("action", "is_empty"),
    [
        ({"action": ""}, True),
        *(
            ({"action": "", "status": status}, status in ("planned", "in_progress"))
            for status in ("planned", "in_progress", "done", "dropped")
        ),
        ({"action": "A"}, False),
        ({"action": "", "responsible": "R"}, False),
        ({"action": "", "due": "2026-10-15"}, False),
    ],
)
def test_an_action_is_empty_if_nothing_is_filled_in(action: dict[str, str], is_empty: bool) -> None:
    assert Action.model_validate(action).is_empty is is_empty


def test_the_actions_of_all_sections_are_told_with_where_they_stand() -> None:
    timeline = {
        "month_1": ["A", "", {"action": "B", "status": "dropped"}],
        "months_7_to_9": {"action": "", "due": "2027-03-15"},
    }
    sections = {"results": {"timeline": {"month_2": "C"}}, "vision": {"timeline": timeline}}
    roadmap = Roadmap.model_validate({"community": {"name": "X"}, "sections": sections})
    told = [(each.section, each.period.key, each.index) for each in roadmap.actions]
    assert told == [
        ("vision", "month_1", 0),
        ("vision", "month_1", 2),
        ("vision", "months_7_to_9", 0),
        ("results", "month_2", 0),
    ]
    for each in roadmap.actions:
        row = roadmap.sections[each.section].timeline
        assert row[each.period.key][each.index] is each.action
        assert each.period in canvas.PERIODS
    # What is dropped was planned, but is no part of the plan any more.
    assert roadmap.plan == (roadmap.actions[0], *roadmap.actions[2:])


def test_texts_are_kept_as_they_are() -> None:
    text = "  two spaces, <b>tags</b>, \u202e and a tab\t \n"
    roadmap = Roadmap.model_validate(nested("sections.vision.answer", text))
    assert roadmap.sections["vision"].answer == text


# ── values of a certain shape ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("2026-09", date(2026, 9, 1)),
        ("1900-01", date(1900, 1, 1)),
        ("2199-12", date(2199, 12, 1)),
    ],
)
def test_a_start_is_a_month_of_the_calendar(written: str, month: date) -> None:
    assert community(start=written).start == month


@pytest.mark.parametrize(
    "written",
    [
        *("2026-00", "2026-13", "2026-9", "26-09", "2026", "2026-09-01", "2026/09", "09-2026"),
        *(" 2026-09", "2026-09 ", "2026 -09", "Sept 2026", "1899-12", "2200-01", "0000-01"),
        *("２０２６-０９", "2026‑09", 2026, 2026.09, True, ["2026-09"], {"year": 2026}),
    ],
)
def test_no_other_start_is_a_month(written: object) -> None:
    assert errors({"community": {"name": "N", "start": written}}) == [
        ("bad_month", "community.start")
    ]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-10-15", date(2026, 10, 15)),
        ("2028-02-29", date(2028, 2, 29)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2199-12-31", date(2199, 12, 31)),
    ],
)
def test_a_due_date_is_a_day_of_the_calendar(written: str, day: date) -> None:
    assert Action.model_validate({"action": "A", "due": written}).due == day


@pytest.mark.parametrize(
    "written",
    [
        *("2026-09-31", "2027-02-29", "2026-00-10", "2026-13-01", "2026-10-00", "2026-10-32"),
        *("2026-10-5", "2026-10", "20261015", "2026-W42-4", "15.10.2026", "2026-10-15T12:00"),
        *("2026-10-15 ", "1899-12-31", "2200-01-01", 20261015, False, ["2026-10-15"], {}),
    ],
)
def test_no_other_due_date_is_a_day(written: object) -> None:
    data = nested("sections.vision.timeline.month_1", {"action": "A", "due": written})
    assert errors(data) == [("bad_day", "sections.vision.timeline.month_1.0.due")]


@pytest.mark.parametrize(
    "tag", ["en", "fr", "fr-CA", "FR-ca", "gsw", "zh-Hant", "zh-Hant-TW", "es-419", "sr-Latn-RS"]
)
def test_a_language_is_a_tag_and_is_kept_as_written(tag: str) -> None:
    assert community(language=tag).language == tag


@pytest.mark.parametrize(
    "tag",
    [
        *("e", "engl", "english", "English", "en_US", "en-", "-en", "en-G", "en--GB", "en GB"),
        *("fr-CA-", "en-12", "12", "é", "fr-ÇA", 5, True, ["en"], {"en": "fr"}, " en", "en\n"),
    ],
)
def test_nothing_else_is_a_language(tag: object) -> None:
    with pytest.raises(ValidationError) as raised:
        community(language=tag)
    assert [(error["type"], error["loc"]) for error in raised.value.errors()] == [
        ("bad_language", ("community", "language"))
    ]


@pytest.mark.parametrize("status", ["planned", "in_progress", "done", "dropped"])
def test_a_status_is_one_of_four(status: str) -> None:
    assert Action.model_validate({"action": "A", "status": status}).status is Status(status)
    assert [known.value for known in Status] == ["planned", "in_progress", "done", "dropped"]


@pytest.mark.parametrize("status", ["Done", "in progress", "finished", True, 5, ["done"], {}])
def test_nothing_else_is_a_status(status: object) -> None:
    data = nested("sections.vision.timeline.month_1", {"action": "A", "status": status})
    assert errors(data) == [("enum", "sections.vision.timeline.month_1.0.status")]


# ── reviews ──────────────────────────────────────────────────────────────────────────────────────

DAY = "2027-01-10"


def reviews(written: object) -> tuple[Review | None, ...]:
    return Roadmap.model_validate(nested("reviews", written)).reviews


def review(**values: Any) -> Review:
    return Review.model_validate({"date": DAY, **values})


def test_a_review_needs_its_day_and_nothing_else() -> None:
    assert review().model_dump() == {
        "date": date(2027, 1, 10),
        "by": (),
        "ratings": {},
        "note": "",
    }


@pytest.mark.parametrize("empty", [None, "", "  \n"], ids=["null", "empty", "blank"])
@pytest.mark.parametrize("key", ["by", "ratings", "note"])
def test_empty_means_not_filled_in_yet_in_a_review_too(key: str, empty: str | None) -> None:
    assert review(**{key: empty}) == review()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param({"date": DAY}, (review(),), id="one review without a dash"),
        pytest.param([{"date": DAY}], (review(),), id="a list of one"),
        pytest.param([None, {"date": DAY}, " "], (None, review(), None), id="empty entries"),
    ],
)
def test_reviews_are_one_or_several(written: object, expected: tuple[Review | None, ...]) -> None:
    assert reviews(written) == expected


@pytest.mark.parametrize("rating", [*canvas.RATINGS, 4.0])
def test_a_rating_is_a_whole_number_of_the_scale(rating: float) -> None:
    assert list(canvas.RATINGS) == [1, 2, 3, 4, 5]
    read = review(ratings={"vision": rating}).rated
    assert repr(read) == repr({"vision": int(rating)})


@pytest.mark.parametrize("empty", [None, "", " "])
def test_a_rating_may_be_left_open(empty: str | None) -> None:
    assert review(ratings={"vision": empty, "support": 5}).rated == {"support": 5}


@pytest.mark.parametrize(
    "rating", [0, 6, -1, 4.5, "4", "four", True, [4], {}, float("nan"), float("inf"), 10**400]
)
def test_nothing_else_is_a_rating(rating: object) -> None:
    data = nested("reviews", [{"date": DAY, "ratings": {"vision": rating}}])
    assert errors(data) == [("bad_rating", "reviews.0.ratings.vision")]


@pytest.mark.parametrize("key", canvas.SECTION_KEYS)
def test_every_section_can_be_rated(key: str) -> None:
    assert review(ratings={key: 3}).rated == {key: 3}


def test_ratings_are_told_in_the_order_of_the_canvas() -> None:
    upside_down = dict.fromkeys(reversed(canvas.SECTION_KEYS), 3)
    assert list(review(ratings=upside_down).rated) == list(canvas.SECTION_KEYS)


@pytest.mark.parametrize(
    ("written", "error"),
    [
        pytest.param({"by": "Ann"}, ("missing", "reviews.0.date"), id="no day"),
        pytest.param({"date": None}, ("no_day", "reviews.0.date"), id="nothing after date"),
        pytest.param({"date": " "}, ("no_day", "reviews.0.date"), id="blank date"),
        pytest.param({"date": "2027-02-29"}, ("bad_day", "reviews.0.date"), id="no such day"),
        pytest.param({"date": 2027}, ("bad_day", "reviews.0.date"), id="a year"),
    ],
)
def test_a_review_is_of_a_day_of_the_calendar(
    written: dict[str, object], error: tuple[str, str]
) -> None:
    assert errors(nested("reviews", [written])) == [error]


def test_reviews_are_told_from_the_earliest_to_the_last() -> None:
    days = ["2027-04-11", "2026-12-06", "2027-01-10"]
    data = nested("reviews", [{"date": days[0]}, None, {"date": days[1]}, {"date": days[2]}])
    held = Roadmap.model_validate(data).held
    assert [f"{each.date}" for each in held] == sorted(days)


@pytest.mark.parametrize(
    ("written", "interval"),
    [
        ("3 months", Interval(months=3)),
        ("1 month", Interval(months=1)),
        ("6 weeks", Interval(weeks=6)),
        ("99 weeks", Interval(weeks=99)),
        ("2  week", Interval(weeks=2)),
    ],
)
def test_reviews_are_held_every_so_many_months_or_weeks(written: str, interval: Interval) -> None:
    assert community(review_every=written).review_every == interval


@pytest.mark.parametrize(
    "written",
    [
        *("quarterly", "3", "3 Monate", "0 months", "100 weeks", "03 months", "3 days", "months"),
        *("3months", "-3 months", "3 months ", "3 months\n", "1.5 months", "every 3 months"),
        *(3, 3.5, True, ["3 months"], {"months": 3}, "３ months"),
    ],
)
def test_no_other_text_is_an_interval(written: object) -> None:
    assert errors({"community": {"name": "N", "review_every": written}}) == [
        ("bad_interval", "community.review_every")
    ]


# ── unknown keys ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("path", "reported"),
    [
        ("extra", "extra"),
        ("community.extra", "community.extra"),
        ("sections.extra", "sections.extra"),
        ("sections.vision.extra", "sections.vision.extra"),
        ("sections.vision.timeline.extra", "sections.vision.timeline.extra"),
        ("ambitions.extra", "ambitions.extra"),
        ("creation.extra", "creation.extra"),
        ("creation.pilot_and_launch.extra", "creation.pilot_and_launch.extra"),
        ("creation.pilot_and_launch.pilot.extra", "creation.pilot_and_launch.pilot.extra"),
        ("reviews.extra", "reviews.0.extra"),
        ("reviews.ratings.extra", "reviews.0.ratings.extra"),
        ("lint.extra", "lint.extra"),
        ("lint.ignore.extra", "lint.ignore.extra"),
        # A section's key is unknown where another one is meant.
        ("vision", "vision"),
        ("sections.month_1", "sections.month_1"),
        ("creation.identify_community.pilot", "creation.identify_community.pilot"),
        ("sections.vision.timeline.month_7", "sections.vision.timeline.month_7"),
        # What is no matter of opinion cannot be silenced.
        ("lint.ignore.bad-date", "lint.ignore.bad-date"),
    ],
)
@pytest.mark.parametrize("value", [None, "x"], ids=["empty", "filled in"])
def test_an_unknown_key_is_an_error_wherever_it_stands(
    path: str, reported: str, value: str | None
) -> None:
    data = nested(path, value)
    if "reviews" in data:
        data["reviews"] |= {"date": "2027-01-10"}
    assert errors(data) == [("extra_forbidden", reported)]


def test_an_unknown_key_of_an_action_is_an_error() -> None:
    data = nested("sections.vision.timeline.month_1", ["A", {"action": "B", "who": "C"}])
    assert errors(data) == [("extra_forbidden", "sections.vision.timeline.month_1.1.who")]


# ── what is silenced ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("reason", ["Until March", "", "  ", None])
def test_a_rule_is_silenced_with_a_reason_which_may_be_missing(reason: str | None) -> None:
    roadmap = Roadmap.model_validate(nested("lint.ignore", {"no-answer": reason}))
    assert dict(roadmap.lint.ignore) == {"no-answer": (reason or "").strip()}


@pytest.mark.parametrize("reason", [True, 5, ["Until March"], {"until": "March"}])
def test_a_reason_is_a_text(reason: object) -> None:
    data = nested("lint.ignore", {"no-answer": reason})
    assert errors(data) == [("string_type", "lint.ignore.no-answer")]


@pytest.mark.parametrize("rule", rules.OPTIONAL)
def test_every_rule_that_is_a_matter_of_opinion_can_be_silenced(rule: str) -> None:
    roadmap = Roadmap.model_validate(nested("lint.ignore", {rule: "Until March"}))
    assert dict(roadmap.lint.ignore) == {rule: "Until March"}


def test_what_is_not_silenced_is_no_key_of_what_is() -> None:
    assert dict(BLANK.lint.ignore) == {}


# ── completeness and order ───────────────────────────────────────────────────────────────────────


def all_keys(roadmap: Roadmap) -> dict[str, list[str]]:
    return {
        "sections": list(roadmap.sections),
        "ambitions": list(roadmap.ambitions),
        "creation": list(roadmap.creation),
        **{f"timeline of {key}": list(value.timeline) for key, value in roadmap.sections.items()},
        **{f"items of {key}": list(value) for key, value in roadmap.creation.items()},
    }


CANVAS_ORDER = {
    "sections": list(canvas.SECTION_KEYS),
    "ambitions": list(canvas.AMBITION_KEYS),
    "creation": list(canvas.STEP_ITEMS),
    **{f"timeline of {key}": list(canvas.PERIOD_KEYS) for key in canvas.SECTION_KEYS},
    **{f"items of {key}": list(items) for key, items in canvas.STEP_ITEMS.items()},
}


def reverse(value: Any) -> Any:
    """Turn the order of all keys around."""
    if not isinstance(value, dict):
        return value
    return {key: reverse(inner) for key, inner in reversed(value.items())}


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(MINIMAL, id="an empty file"),
        pytest.param(FULL, id="a full file"),
        pytest.param(reverse(FULL), id="a full file from bottom to top"),
        pytest.param(nested("sections.results.timeline.month_6", "A"), id="one action"),
        pytest.param(nested("creation.share_results.check_ins", "A"), id="one item"),
    ],
)
def test_every_mapping_has_all_keys_of_the_canvas_in_its_order(data: object) -> None:
    assert all_keys(Roadmap.model_validate(data)) == CANVAS_ORDER


def test_the_order_of_the_file_does_not_matter() -> None:
    assert Roadmap.model_validate(FULL) == Roadmap.model_validate(reverse(FULL))


def test_every_value_of_a_full_file_arrives_under_its_key() -> None:
    roadmap = Roadmap.model_validate(FULL)
    assert roadmap.model_dump() == {
        "community": {
            **FULL["community"],
            "sponsor": ("Board",),
            "facilitator": ("Ann", "Bo"),
            "start": date(2026, 9, 1),
        },
        "sections": {
            key: {
                "answer": f"Answer of {key}",
                "timeline": {
                    period: (
                        {
                            "action": f"{period} of {key}",
                            "status": Status.PLANNED,
                            "responsible": (),
                            "due": None,
                        },
                        {
                            "action": "A",
                            "status": Status.DONE,
                            "responsible": ("R",),
                            "due": date(2026, 10, 15),
                        },
                    )
                    for period in canvas.PERIOD_KEYS
                },
                "responsible": ("P", "Q"),
                "resources": ("T",),
            }
            for key in canvas.SECTION_KEYS
        },
        "ambitions": FULL["ambitions"],
        "creation": FULL["creation"],
        "reviews": (
            {
                "date": date(2026, 12, 6),
                "by": ("Ann", "Bo"),
                "ratings": dict.fromkeys(canvas.SECTION_KEYS, 2),
                "note": "Note of December",
            },
            {
                "date": date(2027, 3, 6),
                "by": ("Core group",),
                "ratings": {"vision": 4},
                "note": "",
            },
        ),
        "document": FULL["document"],
        "lint": FULL["lint"],
        "translations": (),
    }


@pytest.mark.parametrize("path", ITEM_PATHS)
def test_every_item_can_be_filled_in(path: str) -> None:
    _, step, item = path.split(".")
    roadmap = Roadmap.model_validate(nested(path, "A"))
    filled = [
        (key, name)
        for key, items in roadmap.creation.items()
        for name, value in items.items()
        if value.answer
    ]
    assert filled == [(step, item)]


# ── frozen ───────────────────────────────────────────────────────────────────────────────────────

WHOLE = Roadmap.model_validate(FULL)
ONE_SECTION = WHOLE.sections["vision"]


@pytest.mark.parametrize(
    ("model", "name"),
    [
        pytest.param(model, name, id=f"{type(model).__name__}.{name}")
        for model in (
            WHOLE,
            WHOLE.community,
            ONE_SECTION,
            ONE_SECTION.timeline["month_1"][0],
            WHOLE.creation["pilot_and_launch"]["pilot"],
            WHOLE.held[0],
        )
        for name in type(model).model_fields
    ],
)
def test_no_part_of_a_roadmap_can_be_replaced(model: BaseModel, name: str) -> None:
    before = getattr(model, name)
    with pytest.raises(ValidationError):
        setattr(model, name, None)
    with pytest.raises(ValidationError):
        delattr(model, name)
    assert getattr(model, name) == before


@pytest.mark.parametrize(
    "mapping",
    [
        pytest.param(WHOLE.sections, id="sections"),
        pytest.param(ONE_SECTION.timeline, id="timeline"),
        pytest.param(WHOLE.ambitions, id="ambitions"),
        pytest.param(WHOLE.creation, id="creation"),
        pytest.param(WHOLE.creation["pilot_and_launch"], id="step"),
        pytest.param(BLANK.sections, id="sections left out"),
        pytest.param(WHOLE.held[0].ratings, id="ratings"),
        pytest.param(WHOLE.lint.ignore, id="rules"),
    ],
)
def test_no_mapping_of_a_roadmap_can_be_changed(mapping: Mapping[str, object]) -> None:
    assert isinstance(mapping, Table)
    with pytest.raises(TypeError):
        mapping[next(iter(mapping))] = None  # type: ignore[index]


@pytest.mark.parametrize(
    "sequence",
    [
        *(ONE_SECTION.responsible, ONE_SECTION.resources, ONE_SECTION.timeline["month_1"]),
        *(WHOLE.reviews, WHOLE.held),
    ],
    ids=["responsible", "resources", "actions", "reviews", "reviews that were held"],
)
def test_no_list_of_a_roadmap_can_be_changed(sequence: object) -> None:
    assert type(sequence) is tuple


# ── back to data ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_example_that_is_written_as_data_loads_back_equal(example: Path) -> None:
    roadmap = examine(example.read_bytes(), example.name).roadmap
    assert roadmap
    assert Roadmap.model_validate(roadmap.model_dump(mode="json")) == roadmap


@pytest.mark.parametrize("data", [MINIMAL, FULL], ids=["an empty file", "a full file"])
def test_a_roadmap_that_is_written_as_data_loads_back_equal(data: object) -> None:
    roadmap = Roadmap.model_validate(data)
    assert Roadmap.model_validate(roadmap.model_dump(mode="json")) == roadmap


def test_a_month_is_written_as_a_month() -> None:
    assert community(start="2026-09").model_dump(mode="json")["start"] == "2026-09"


def test_an_interval_is_written_as_one() -> None:
    dumped = community(review_every="6 weeks").model_dump(mode="json")
    assert dumped["review_every"] == "6 weeks"


def test_there_are_examples() -> None:
    assert EXAMPLES


@pytest.mark.parametrize(
    "roadmap",
    [
        pytest.param(WHOLE, id="a full file"),
        *(
            pytest.param(examine(example.read_bytes(), example.name).roadmap, id=example.name)
            for example in EXAMPLES
        ),
    ],
)
def test_a_roadmap_can_be_copied_pickled_and_hashed(roadmap: Roadmap) -> None:
    copies = (copy.deepcopy(roadmap), pickle.loads(pickle.dumps(roadmap)))
    assert copies == (roadmap, roadmap)
    assert {hash(each) for each in copies} == {hash(roadmap)}
    assert repr(copies[0].ambitions) == repr(dict(roadmap.ambitions))


# ── the look ─────────────────────────────────────────────────────────────────────────────────────


def test_a_font_may_be_written_as_the_name_of_a_file() -> None:
    written = Roadmap.model_validate(nested("document.font", "a.ttf")).document.font
    assert written == Font(regular="a.ttf")


@pytest.mark.parametrize("path", ["document", "document.colours", "document.font", "document.logo"])
@pytest.mark.parametrize("value", [None, "", " "])
def test_an_empty_look_is_no_look(path: str, value: object) -> None:
    assert Roadmap.model_validate(nested(path, value)) == BLANK


@pytest.mark.parametrize(
    ("path", "value", "error"),
    [
        ("document.colours.ink", "red", "bad_colour"),
        ("document.colours.ink", "#12345", "bad_colour"),
        ("document.colours.ink", "#0a5a66\n", "bad_colour"),
        ("document.colours.ink", 123456, "bad_colour"),
        ("document.font.regular", "", "too_short"),
        ("document.logo", "logo.svg", "no_logo_text"),
        ("document.footer", "x" * (MAX_FOOTER + 1), "long_footer"),
    ],
)
def test_what_a_look_cannot_be_is_an_error_at_its_key(path: str, value: object, error: str) -> None:
    assert errors(nested(path, value)) == [(error, path)]


def test_a_footer_of_the_greatest_length_is_a_line() -> None:
    footer = "x" * MAX_FOOTER
    assert Roadmap.model_validate(nested("document.footer", footer)).document.footer == footer


def test_a_font_needs_its_regular_style() -> None:
    assert errors(nested("document.font", {"bold": "b.ttf"})) == [
        ("missing", "document.font.regular")
    ]


def test_a_roadmap_in_another_language_is_the_same_but_for_that() -> None:
    roadmap = Roadmap.model_validate(FULL)
    other = roadmap.in_language("en")
    assert other == Roadmap.model_validate(
        {**FULL, "community": {**FULL["community"], "language": "en"}}
    )
    assert roadmap == Roadmap.model_validate(FULL)
