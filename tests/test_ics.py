"""The calendar: every date of the plan once, on its day, under a name that lasts.

What one library writes, another one reads back.
"""

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

import cop_roadmap
from cop_roadmap import canvas
from cop_roadmap.calendar import days_of
from cop_roadmap.diagnostics import Problems
from cop_roadmap.ics import as_calendar
from cop_roadmap.markdown import to_words
from cop_roadmap.roadmap import Roadmap
from cop_roadmap.view import make
from tests.test_calendar import START_MONTHS

ROOT = Path(__file__).parent.parent
NODE = ROOT / "tests" / "node"
MADE = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)

Data = dict[str, Any]


def roadmap_of(plan: Data, section: str = "vision", by: str = "", **community: Any) -> Roadmap:
    """Make a roadmap of a section's timeline."""
    return Roadmap.model_validate(
        {
            "community": {"name": "Bees", **community},
            "sections": {section: {"timeline": plan, "responsible": by}},
        }
    )


def written(roadmap: Roadmap, **choices: Any) -> bytes:
    return as_calendar(make(roadmap), **choices)


def events(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).events)


def titles(roadmap: Roadmap, **choices: Any) -> list[str]:
    return [str(event["SUMMARY"]) for event in events(written(roadmap, **choices))]


def uids(roadmap: Roadmap, **choices: Any) -> list[str]:
    return [str(event["UID"]) for event in events(written(roadmap, **choices))]


def read_again(content: bytes) -> list[Any]:
    """Read a calendar with the other library, which checks what each part must have."""
    calendar = vobject.readOne(content.decode(), validate=True)
    assert calendar.validate(raiseException=True)
    return list(calendar.contents.get("vevent", ()))


# ── the whole of it ──────────────────────────────────────────────────────────────────────────────

SMALL = roadmap_of(
    {
        "month_1": ["Meet, *twice*; eat", {"action": "Dance", "status": "in_progress"}],
        "month_2": {
            "action": "Adopt the vision",
            "due": "2026-10-15",
            "responsible": ["Ann", "Bo"],
        },
    },
    start="2026-09",
    review_every="3 months",
)


def test_a_calendar_has_dated_actions_periods_and_the_next_review() -> None:
    assert written(SMALL, made=MADE).decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//coproadmap//Roadmap of a community of practice//EN",
        "NAME;LANGUAGE=en:Bees",
        "X-WR-CALNAME;LANGUAGE=en:Bees",
        "BEGIN:VEVENT",
        "SUMMARY;LANGUAGE=en:Plan for Month 1: Bees",
        "DTSTART;VALUE=DATE:20260901",
        "DTEND;VALUE=DATE:20261001",
        "DTSTAMP:20261123T083000Z",
        "UID:21253a3a-f71c-52fe-8ae6-ff759aa4f8ba",
        "SEQUENCE:739943",
        "CATEGORIES:Vision",
        "DESCRIPTION;LANGUAGE=en:– 1.1 Meet\\, twice\\; eat\\n– 1.1 Dance (in prog",
        " ress)",
        "LAST-MODIFIED:20261123T083000Z",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "SUMMARY;LANGUAGE=en:Adopt the vision",
        "DTSTART;VALUE=DATE:20261015",
        "DTEND;VALUE=DATE:20261016",
        "DTSTAMP:20261123T083000Z",
        "UID:6f8909a1-7bb3-5e84-82e6-4de9d9525c66",
        "SEQUENCE:739943",
        "CATEGORIES:Vision",
        "DESCRIPTION;LANGUAGE=en:Section: 1.1 Vision\\nResponsible: Ann\\, Bo\\nStatus",
        " : planned\\nCommunity: Bees",
        "LAST-MODIFIED:20261123T083000Z",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "SUMMARY;LANGUAGE=en:Review of the roadmap: Bees",
        "DTSTART;VALUE=DATE:20261201",
        "DTEND;VALUE=DATE:20261202",
        "DTSTAMP:20261123T083000Z",
        "UID:b39a66a4-511b-5917-aef9-7f1ed5c1df28",
        "SEQUENCE:739943",
        "DESCRIPTION;LANGUAGE=en:Rate each section from 1 to 5\\, and add the review",
        "  to the roadmap.",
        "LAST-MODIFIED:20261123T083000Z",
        "STATUS:CONFIRMED",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_the_words_are_those_of_the_language() -> None:
    roadmap = roadmap_of(
        {
            "month_1": "Danser",
            "months_7_to_9": {"action": "Voter\u00a0: oui", "status": "done", "due": "2027-04-01"},
        },
        start="2026-09",
        language="fr",
        name="Abeilles",
        review_every="1 month",
    )
    found = [
        (str(event["SUMMARY"]), event["SUMMARY"].params["LANGUAGE"], str(event["DESCRIPTION"]))
        for event in events(written(roadmap))
    ]
    assert found == [
        ("Actions prévues (Mois 1)\u00a0: Abeilles", "fr", "– 1.1 Danser"),
        (
            "Bilan de la feuille de route\u00a0: Abeilles",
            "fr",
            "Notez chaque section de 1 à 5, puis ajoutez le bilan à la feuille de route.",
        ),
        (
            "fait\u00a0: Voter\u00a0: oui",
            "fr",
            "Section\u00a0: 1.1 Vision\nÉtat\u00a0: fait\nCommunauté\u00a0: Abeilles",
        ),
    ]


def test_a_period_lasts_its_days() -> None:
    plan = {"month_6": "Rest", "months_10_to_12": "Read"}
    found = [
        (event.DTSTART, event.DTEND) for event in events(written(roadmap_of(plan, start="2027-09")))
    ]
    assert found == [
        (date(2028, 2, 1), date(2028, 3, 1)),
        (date(2028, 6, 1), date(2028, 9, 1)),
    ]


def test_without_a_start_only_dated_actions_are_there() -> None:
    plan = {"month_1": ["Meet", {"action": "Dance", "due": "2026-10-15"}]}
    assert titles(roadmap_of(plan)) == ["Dance"]


def test_the_next_review_counts_from_the_last() -> None:
    reviews = [{"date": "2027-01-31"}, {"date": "2026-12-31"}]
    community = {"name": "Bees", "start": "2026-09", "review_every": "1 month"}
    roadmap = Roadmap.model_validate({"community": community, "reviews": reviews})
    (event,) = events(written(roadmap))
    assert (str(event["SUMMARY"]), event.DTSTART) == (
        "Review of the roadmap: Bees",
        date(2027, 2, 28),
    )


def test_a_late_action_says_so_where_the_view_has_a_day() -> None:
    plan = {"month_1": ["Meet", {"action": "Dance", "due": "2026-09-15"}]}
    view = make(roadmap_of(plan, start="2026-09"), date(2026, 11, 23))
    notes = [str(event["DESCRIPTION"]) for event in events(as_calendar(view))]
    assert notes == [
        "– 1.1 Meet (planned · late)",
        "Section: 1.1 Vision\nStatus: planned, late\nCommunity: Bees",
    ]


# ── what is over ─────────────────────────────────────────────────────────────────────────────────


def shown(roadmap: Roadmap) -> list[tuple[str, str]]:
    return [(str(event["SUMMARY"]), str(event["STATUS"])) for event in events(written(roadmap))]


def test_what_is_done_or_dropped_says_so_before_its_name() -> None:
    statuses = ["planned", "in_progress", "done", "dropped"]
    plan = {"month_1": [{"action": s, "status": s, "due": "2026-10-15"} for s in statuses]}
    assert shown(roadmap_of(plan)) == [
        ("planned", "CONFIRMED"),
        ("in_progress", "CONFIRMED"),
        ("done: done", "CONFIRMED"),
        ("dropped: dropped", "CANCELLED"),
    ]


def test_a_period_leaves_out_what_was_dropped_unless_all_was() -> None:
    dropped, done = ({"action": status, "status": status} for status in ("dropped", "done"))
    plan = {"month_1": [dropped, "Meet", done], "month_2": [done, dropped], "month_3": [dropped]}
    roadmap = roadmap_of(plan, start="2026-09")
    assert shown(roadmap) == [
        ("Plan for Month 1: Bees", "CONFIRMED"),
        ("done: Plan for Month 2: Bees", "CONFIRMED"),
        ("dropped: Plan for Month 3: Bees", "CANCELLED"),
    ]
    assert [str(event["DESCRIPTION"]) for event in events(written(roadmap))] == [
        "– 1.1 Meet\n– 1.1 done (done)",
        "– 1.1 done (done)",
        "– 1.1 dropped (dropped)",
    ]


# ── of one person ────────────────────────────────────────────────────────────────────────────────


def test_a_persons_calendar_holds_what_names_them() -> None:
    plan = {
        "month_1": [
            {"action": "Meet", "due": "2026-09-15"},
            {"action": "Dance", "due": "2026-09-16", "responsible": "Bo"},
            "Eat",
            {"action": "Sing", "responsible": ["Bo", "Cy"]},
        ],
        "month_2": "Rest",
    }
    roadmap = roadmap_of(plan, by="Ann", start="2026-09", review_every="2 weeks")
    notes = {
        person: [
            (str(event["SUMMARY"]), str(event["DESCRIPTION"]))
            for event in events(written(roadmap, person=person))
            if "Section" not in event["DESCRIPTION"]
        ]
        for person in ("Ann", "Bo")
    }
    assert titles(roadmap, person="Ann") == [
        "Plan for Month 1: Bees",
        "Meet",
        "Plan for Month 2: Bees",
    ]
    assert titles(roadmap, person="Bo") == ["Plan for Month 1: Bees", "Dance"]
    assert notes == {
        "Ann": [
            ("Plan for Month 1: Bees", "– 1.1 Eat (Ann)"),
            ("Plan for Month 2: Bees", "– 1.1 Rest (Ann)"),
        ],
        "Bo": [("Plan for Month 1: Bees", "– 1.1 Sing (Bo · Cy)")],
    }
    assert b"X-WR-CALNAME;LANGUAGE=en:Bees \xc2\xb7 Bo\r\n" in written(roadmap, person="Bo")


def test_an_action_is_one_event_in_everybodys_calendar_and_a_period_is_not() -> None:
    plan = {
        "month_1": [
            {"action": "Meet", "due": "2026-09-15", "responsible": ["Ann", "Bo"]},
            {"action": "Eat", "responsible": ["Ann", "Bo"]},
        ]
    }
    roadmap = roadmap_of(plan, start="2026-09")
    (period, of_all), (anns, of_ann), (bos, of_bo) = (
        uids(roadmap, person=person) for person in ("", "Ann", "Bo")
    )
    assert of_all == of_ann == of_bo
    assert len({period, anns, bos}) == 3


# ── nothing to export ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("roadmap", "person", "message"),
    [
        pytest.param(
            roadmap_of({"month_1": "Meet"}),
            "",
            "There is nothing to put into a calendar: the roadmap names no day.",
            id="no start",
        ),
        pytest.param(
            roadmap_of({}, start="2026-09"),
            "",
            "There is nothing to put into a calendar: no action is planned yet.",
            id="no action",
        ),
        pytest.param(
            roadmap_of({"month_1": "Meet"}, start="2026-09", review_every="1 week"),
            "Zoe",
            "There is nothing to put into a calendar: no action has Zoe as responsible.",
            id="nothing of a person",
        ),
    ],
)
def test_a_calendar_without_events_is_refused(roadmap: Roadmap, person: str, message: str) -> None:
    with pytest.raises(Problems) as caught:
        written(roadmap, person=person)
    (found,) = caught.value.diagnostics
    assert (found.rule, found.message, found.is_error) == ("no-days", message, True)
    assert found.hint


# ── when it was made ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("start", "stamp"),
    [
        pytest.param("2026-09", datetime(2026, 9, 1, tzinfo=UTC), id="the start"),
        pytest.param(None, datetime(2026, 10, 15, tzinfo=UTC), id="the first day there is"),
    ],
)
def test_without_a_moment_it_is_a_day_of_the_roadmap(start: str | None, stamp: datetime) -> None:
    due = [{"action": day, "due": day} for day in ("2026-11-01", "2026-10-15")]
    found = events(written(roadmap_of({"month_3": due}, start=start)))
    assert {event["DTSTAMP"].dt for event in found} == {stamp}
    assert not any({"SEQUENCE", "LAST-MODIFIED"} & event.keys() for event in found)


def test_a_calendar_made_on_a_later_day_has_a_higher_number() -> None:
    numbers = [
        {int(event["SEQUENCE"]) for event in events(written(SMALL, made=MADE + timedelta(days)))}
        for days in (-1, 0, 1)
    ]
    assert numbers == [{739942}, {739943}, {739944}]


# ── names that last ──────────────────────────────────────────────────────────────────────────────

MEET = {"action": "Meet the bees", "due": "2026-10-15"}
MEET_UID = uids(roadmap_of({"month_2": MEET}))


@pytest.mark.parametrize(
    "plan",
    [
        pytest.param({"month_2": {**MEET, "due": "2027-05-01"}}, id="another day"),
        pytest.param({"month_2": {**MEET, "status": "done"}}, id="another status"),
        pytest.param({"month_2": {**MEET, "responsible": "Ann"}}, id="another person"),
        pytest.param({"month_6": MEET}, id="another period"),
        pytest.param({"month_2": {**MEET, "action": "meet  the *bees*!"}}, id="another spelling"),
        pytest.param({"month_2": {**MEET, "action": "“Meet” — the bees…"}}, id="other signs"),
        pytest.param({"month_1": "Eat", "month_2": ["Dance", MEET]}, id="other actions before"),
    ],
)
@pytest.mark.parametrize("community", [{}, {"language": "fr", "summary": "x"}])
def test_a_change_beside_the_words_keeps_the_event(plan: Data, community: Data) -> None:
    assert uids(roadmap_of(plan, **community)) == MEET_UID


@pytest.mark.parametrize(
    "roadmap",
    [
        pytest.param(roadmap_of({"month_2": {**MEET, "action": "Meet the wasps"}}), id="words"),
        pytest.param(roadmap_of({"month_2": MEET}, "results"), id="section"),
        pytest.param(roadmap_of({"month_2": MEET}, name="Wasps"), id="community"),
    ],
)
def test_other_words_make_another_event(roadmap: Roadmap) -> None:
    assert uids(roadmap) != MEET_UID


def test_equal_actions_of_a_section_are_told_apart_by_their_order() -> None:
    days = ["2026-09-15", "2026-10-15", "2026-11-15"]
    calls = [{"action": "Call", "due": day} for day in days]
    before = uids(roadmap_of({"month_1": calls}))
    calls[2]["due"] = "2027-01-15"
    assert uids(roadmap_of({"month_1": calls[:2], "month_4": calls[2]})) == before
    assert len(set(before)) == 3


def test_the_same_period_of_next_year_is_another_event() -> None:
    this, same, following = (
        uids(roadmap_of({"month_1": action}, start=start))
        for action, start in (("Meet", "2026-09"), ("Eat", "2026-09"), ("Meet", "2027-09"))
    )
    assert this == same
    assert this != following


# ── hostile texts ────────────────────────────────────────────────────────────────────────────────

HOSTILE = {
    "signs of the format": "a;b,c:d\"e'\\f",
    "escapes": "C:\\New\\now \\N \\n \\, \\; \\\\",
    "carets": "^n ^^ ^'",
    "an event": "BEGIN:VEVENT",
    "an end": "END:VCALENDAR",
    "a parameter": 'x;LANGUAGE="en":y',
    "right to left": "مرحبا \u200fעברית",
    "no-break space": "Vision\u00a0: oui",
    "emoji": "👩🏽‍💻🇫🇷🎉" * 15,
    "long": "漢é" * 50,
    "quotes": '"',
    "markup": "<script>alert(1)</script> &amp;amp;",
    "percent": "=?utf-8?Q?x?= %0A {name} {",
}


def texts_of(content: bytes) -> Iterator[tuple[str, str, list[str]]]:
    """Read title and notes with both libraries."""
    for event in events(content):
        yield str(event["SUMMARY"]), str(event["DESCRIPTION"]), event.categories
    for other in read_again(content):
        yield other.summary.value, other.description.value, other.categories.value


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_read_back_as_it_is(text: str) -> None:
    literal = re.sub(r"([\\`*_\[\]<>&])", r"\\\1", text)
    action = {"action": literal, "due": "2026-10-15", "responsible": text}
    content = written(roadmap_of({"month_1": action}, name=text))
    assert f"\r\n{content.decode()}".count("\r\nBEGIN:VEVENT\r\n") == 1
    name = " ".join(text.split())
    notes = f"Section: 1.1 Vision\nResponsible: {name}\nStatus: planned\nCommunity: {name}"
    short = text if len(text) <= 120 else f"{text[:119]}…"
    assert list(texts_of(content)) == [(short, notes, ["Vision"])] * 2
    # What a calendar is called is read as it is written by some versions, and as it is by others.
    escaped = re.sub(r"([\\;,])", r"\\\1", name)
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    assert lines[3:5] == [f"{key};LANGUAGE=en:{escaped}" for key in ("NAME", "X-WR-CALNAME")]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a\nb\r\nc\td\u2028e\x85f\x0bg", "a b c d e f g"),
        ("a\x00b\x1b[31mc\x7fd\x9be", "a�b�[31mc�d�e"),
        ("\ufeffa", "�a"),
        ("a\nBEGIN:VEVENT\nb", "a BEGIN:VEVENT b"),
    ],
    ids=["white space", "control characters", "byte order mark", "lines"],
)
def test_a_text_stays_on_its_line_and_says_what_it_lost(text: str, seen: str) -> None:
    action = {"action": text, "due": "2026-10-15", "responsible": "Ann"}
    content = written(roadmap_of({"month_1": action}))
    assert [title for title, _, _ in texts_of(content)] == [seen] * 2


def test_a_name_of_ten_thousand_characters_is_cut_in_the_title_only() -> None:
    words = "word " * 2000 + "end"
    content = written(roadmap_of({"month_1": {"action": words, "due": "2026-10-15"}}))
    for title, notes, _ in texts_of(content):
        assert title == f"{words[:119]}…"
        assert notes.startswith(f"{words}\nSection: ")


def test_a_name_of_a_community_is_cut_in_titles_only() -> None:
    name = "N" * 300
    roadmap = roadmap_of({"month_1": "Meet"}, start="2026-09", review_every="1 week", name=name)
    content = written(roadmap)
    assert [len(event["SUMMARY"]) for event in events(content)] == [120, 120]
    assert str(icalendar.Calendar.from_ical(content)["NAME"]) == name


def test_what_is_not_filled_in_has_its_day_all_the_same() -> None:
    assert titles(roadmap_of({"month_1": {"action": "", "due": "2026-10-15"}})) == [
        "Not filled in yet."
    ]


# ── every roadmap ────────────────────────────────────────────────────────────────────────────────

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
WORDS = st.sampled_from(["Meet", "meet!", "Eat; drink, sing", "🎉", "…"]) | st.text(max_size=30)
PEOPLE = st.lists(st.sampled_from(["Ann", "Bo", "Cy"]), max_size=2)
ACTIONS = st.fixed_dictionaries(
    {
        "action": WORDS,
        "status": st.sampled_from(["planned", "in_progress", "done", "dropped"]),
        "due": st.none() | DAYS.map(str),
        "responsible": PEOPLE,
    }
)
TIMELINES = st.dictionaries(st.sampled_from(canvas.PERIOD_KEYS), st.lists(ACTIONS, max_size=4))
PLANS = st.dictionaries(st.sampled_from(canvas.SECTION_KEYS), TIMELINES, max_size=4)
STARTS = st.none() | START_MONTHS.map(lambda month: f"{month:%Y-%m}")


def planned(plans: Data, start: str | None, **community: Any) -> Roadmap:
    """Make a roadmap that has always something to export."""
    last = {"action": "The last", "due": "2027-12-31"}
    plans = {**plans, "results": {**plans.get("results", {}), "months_10_to_12": last}}
    return Roadmap.model_validate(
        {
            "community": {"name": "Bees", "start": start, **community},
            "sections": {key: {"timeline": plan} for key, plan in plans.items()},
        }
    )


def expected(roadmap: Roadmap) -> list[tuple[date, date]]:
    """Return the first and the last day of what a calendar must hold."""
    dated = [each.action.due for each in roadmap.actions if each.action.due]
    undated = {each.period for each in roadmap.actions if not each.action.due}
    start = roadmap.community.start
    periods = [days_of(start, period) for period in undated] if start else []
    return sorted([(day, day) for day in dated] + periods)


@given(PLANS, STARTS)
@settings(max_examples=25, deadline=None)
def test_every_date_is_one_event_that_ends_before_the_next_day(
    plans: Data, start: str | None
) -> None:
    roadmap = planned(plans, start)
    content = written(roadmap)
    one_day = timedelta(days=1)
    found = [(event.DTSTART, event.DTEND - one_day) for event in events(content)]
    again = [(each.dtstart.value, each.dtend.value - one_day) for each in read_again(content)]
    assert found == again
    assert sorted(found) == expected(roadmap)
    assert [first for first, _ in found] == sorted(first for first, _ in found)


@given(PLANS, STARTS)
@settings(max_examples=25, deadline=None)
def test_every_event_has_a_name_of_its_own(plans: Data, start: str | None) -> None:
    found = uids(planned(plans, start))
    assert len(found) == len(set(found))


@given(PLANS, STARTS, st.sampled_from(["planned", "in_progress", "done", "dropped"]), DAYS, PEOPLE)
@settings(max_examples=25, deadline=None)
def test_no_change_of_status_day_or_person_changes_a_name(
    plans: Data, start: str | None, status: str, day: date, people: list[str]
) -> None:
    def changed(action: Data) -> Data:
        due = action["due"] and str(day)
        return {**action, "status": status, "due": due, "responsible": people}

    after = {
        key: {period: [changed(action) for action in actions] for period, actions in plan.items()}
        for key, plan in plans.items()
    }
    # An action that nothing is filled in of, but its status, is none.
    plans, after = (
        {
            key: {
                period: [
                    {**action, "action": action["action"].strip() or "x"} for action in actions
                ]
                for period, actions in plan.items()
            }
            for key, plan in each.items()
        }
        for each in (plans, after)
    )
    assert sorted(uids(planned(plans, start))) == sorted(uids(planned(after, start)))


@given(PLANS, STARTS)
@settings(max_examples=25, deadline=None)
def test_every_line_is_what_the_standard_calls_one(plans: Data, start: str | None) -> None:
    roadmap = planned(plans, start)
    content = written(roadmap, made=MADE)
    *lines, end = content.split(b"\r\n")
    assert end == b""
    for line in lines:
        assert len(line) <= 75
        assert line.decode().translate(dict.fromkeys(range(32))) == line.decode()
        assert re.match(rb" |[A-Z-]+[;:]", line)
    assert written(roadmap, made=MADE) == content


@given(PLANS, STARTS)
@settings(max_examples=25, deadline=None)
def test_every_action_is_named_in_its_event(plans: Data, start: str | None) -> None:
    roadmap = planned(plans, start)
    said = "\n".join(f"{title}\n{notes}" for title, notes in notes_of(written(roadmap)))
    for each in roadmap.plan:
        if each.action.due or start:
            words = to_words(each.action.action).strip()
            assert re.sub("[\0-\x1f\x7f-\x9f\ufeff\ufffe\uffff]", "�", words) in said


def notes_of(content: bytes) -> list[tuple[str, str]]:
    return [(str(event["SUMMARY"]), str(event["DESCRIPTION"])) for event in events(content)]


# ── as other programs read it ────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def read_by_thunderbird(tool: Callable[[str], str]) -> Callable[[bytes], list[list[str]]]:
    """Read a calendar with the library that Thunderbird reads calendars with."""
    command = [tool("node"), str(NODE / "read_calendar.mjs")]
    if not (NODE / "node_modules" / "ical.js").is_dir():
        message = "needs what `npm install --prefix tests/node` installs"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)

    def run(content: bytes) -> list[list[str]]:
        done = subprocess.run(command, input=content, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        found: list[list[str]] = json.loads(done.stdout)
        return found

    return run


def rows(content: bytes) -> list[list[str]]:
    return [
        [
            str(event["UID"]),
            str(event.DTSTART),
            str(event.DTEND),
            str(event["SUMMARY"]),
            str(event["DESCRIPTION"]),
        ]
        for event in events(content)
    ]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["open-data-stewards", "soins-de-la-douleur"])
def test_thunderbird_reads_the_complete_examples(
    name: str, read_by_thunderbird: Callable[[bytes], list[list[str]]]
) -> None:
    content = cop_roadmap.render(cop_roadmap.load(ROOT / "examples" / f"{name}.yaml"), "ics")
    assert read_by_thunderbird(content) == rows(content)


@pytest.mark.slow
def test_thunderbird_reads_hostile_texts(
    read_by_thunderbird: Callable[[bytes], list[list[str]]],
) -> None:
    actions = [
        {"action": text, "due": "2026-10-15", "responsible": text} for text in HOSTILE.values()
    ]
    content = written(roadmap_of({"month_1": actions}))
    assert read_by_thunderbird(content) == rows(content)
