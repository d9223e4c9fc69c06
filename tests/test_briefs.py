"""The documents for one need: what stands on them, and that nothing is lost or said twice."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_roadmap import briefs, canvas, people, pulse
from cop_roadmap.briefs import (
    AgendaView,
    GroupView,
    Kind,
    PersonPage,
    RemarksView,
    RemarkView,
    RequestView,
    SummaryView,
    TallyView,
    Wish,
)
from cop_roadmap.diagnostics import Misuse
from cop_roadmap.roadmap import Roadmap, Status
from cop_roadmap.view import LinkView, TaskView

DAY = date(2026, 11, 23)

BEES: dict[str, Any] = {
    "community": {
        "name": "Bees  of\nthe north",
        "summary": "We *buzz*",
        "sponsor": "Queen",
        "facilitator": ["Ann", " "],
        "start": "2026-09",
        "review_every": "2 months",
    },
    "sections": {
        "vision": {
            "responsible": ["Ann", "Core  group"],
            "resources": ["A hall", " "],
            "timeline": {
                "month_1": [
                    {"action": "Draft", "status": "done", "due": "2026-09-20"},
                    {"action": "Dropped", "status": "dropped"},
                ],
                "month_2": {"action": "Ask", "status": "in_progress"},
                "month_3": {"action": "Adopt", "due": "2026-11-30"},
            },
        },
        "governance": {
            "resources": "A lawyer",
            "timeline": {"month_3": "Vote", "month_4": {"action": "Count", "responsible": "ANN"}},
        },
        "results": {"answer": "By honey", "timeline": {"months_10_to_12": "Weigh"}},
    },
    "ambitions": {"short_term": "A hive"},
    "reviews": [{"date": "2026-10-01", "ratings": {"vision": 2, "governance": 3, "results": 1}}],
}


def read(data: dict[str, Any] = BEES) -> Roadmap:
    return Roadmap.model_validate(data)


def summary(roadmap: Roadmap, period: str = "", day: date | None = None) -> SummaryView:
    (brief,) = briefs.make(roadmap, Wish(Kind.SUMMARY, (), period, day))
    assert isinstance(brief, SummaryView)
    return brief


def page(roadmap: Roadmap, name: str, day: date | None = None) -> PersonPage:
    (brief,) = briefs.make(roadmap, Wish(Kind.PERSON, (name,), "", day))
    assert isinstance(brief, PersonPage)
    return brief


def agenda(roadmap: Roadmap, period: str = "", day: date | None = None) -> AgendaView:
    (brief,) = briefs.make(roadmap, Wish(Kind.PERIOD, (), period, day))
    assert isinstance(brief, AgendaView)
    return brief


def told(tasks: list[TaskView]) -> list[tuple[str, str, list[str], list[str]]]:
    """Return what is said of actions: text, period, who, and what else."""
    return [(t.action.text, t.period, t.action.people, t.action.details) for t in tasks]


def texts(tasks: list[TaskView]) -> list[str]:
    return [task.action.text for task in tasks]


def groups(given: list[GroupView]) -> dict[str, list[str]]:
    return {group.title: texts(group.tasks) + [group.more] * bool(group.more) for group in given}


VISION = LinkView("vision", "1.1", "Vision")
GOVERNANCE = LinkView("governance", "2.1", "Governance")
RESULTS = LinkView("results", "8.3", "Results")
BOTH = ["Ann", "Core group"]


# ── a page for a sponsor ─────────────────────────────────────────────────────────────────────────


def test_a_summary_says_what_a_sponsor_wants_to_know() -> None:
    brief = summary(read(), day=DAY)
    assert (brief.name, brief.summary, brief.sponsor, brief.facilitator) == (
        "Bees of the north",
        "We *buzz*",
        ["Queen"],
        ["Ann"],
    )
    assert brief.as_of == "23 November 2026"
    # The language puts thin spaces around the dash.
    assert brief.year == "September 2026\u2009–\u2009August 2027"
    assert (brief.period, brief.months) == ("Months 1 to 3", "September\u2009–\u2009November 2026")
    assert [ambition.text for ambition in brief.ambitions] == ["A hive", "", ""]
    assert brief.progress.sentence == "1 of 6 actions are done (17%)."
    assert brief.progress.states == [
        TallyView("done", "Done", 1, 0, 16.67),
        TallyView("in_progress", "Under way", 0, 16.67, 0),
        TallyView("late", "Late", 1, 16.67, 16.67),
        TallyView("planned", "Planned", 4, 33.33, 66.67),
    ]
    assert groups(brief.quarter) == {"Done": ["Draft"], "Planned": ["Adopt", "Vote"]}
    assert brief.requests == [
        RequestView(VISION, ["A hall"]),
        RequestView(GOVERNANCE, ["A lawyer"]),
    ]
    (late,) = brief.behind
    assert late.title == "Late"
    assert told(late.tasks) == [("Ask", "Month 2", BOTH, ["in progress", "due 31 Oct 2026"])]
    assert brief.gaps == [
        RemarksView(
            "Nobody is responsible yet",
            [RemarkView(GOVERNANCE, "open actions: 1"), RemarkView(RESULTS, "open actions: 1")],
        ),
        RemarksView(
            "Rated low in the review of 1 Oct 2026",
            [RemarkView(VISION, "2 of 5"), RemarkView(RESULTS, "1 of 5")],
        ),
    ]
    assert (brief.answer, brief.results, brief.suffix) == ("By honey", None, "summary")


def test_a_summary_of_a_later_quarter_looks_back() -> None:
    brief = summary(read(), "months_7_to_9")
    assert (brief.period, brief.quarter, brief.requests) == ("Months 7 to 9", [], [])
    assert groups(brief.behind) == {"Still open from before": ["Ask", "Adopt", "Vote", "Count"]}
    assert brief.results
    assert groups([brief.results]) == {"Done before this quarter": ["Draft"]}


def test_without_a_day_nothing_is_late_and_nothing_is_said_about_it() -> None:
    brief = summary(read())
    assert brief.behind == []
    assert [state.state for state in brief.progress.states] == ["done", "in_progress", "planned"]


def test_a_summary_says_how_much_it_leaves_out() -> None:
    many = {"month_1": ["x"] * 20, "month_2": [{"action": "y", "status": "done"}] * 3}
    section = {"timeline": many, "resources": "r"}
    brief = summary(read({"community": {"name": "B"}, "sections": {"vision": section}}))
    assert groups(brief.quarter) == {"Done": ["y"] * 3, "Planned": [*["x"] * 8, "and 12 more"]}


@pytest.mark.parametrize(
    ("sizes", "room", "shares"),
    [
        ([], 3, []),
        ([5, 0, 5], 3, [2, 0, 1]),
        ([1, 9, 9], 9, [1, 4, 4]),
        ([1, 2], 9, [1, 2]),
        ([4, 4], 0, [0, 0]),
    ],
)
def test_room_is_dealt_out_fairly(sizes: list[int], room: int, shares: list[int]) -> None:
    assert briefs._shares(sizes, room) == shares


@given(st.lists(st.integers(0, 30), max_size=5), st.integers(0, 30))
def test_no_room_is_wasted_and_none_is_taken_that_is_not_there(sizes: list[int], room: int) -> None:
    shares = briefs._shares(sizes, room)
    assert sum(shares) == min(sum(sizes), room)
    assert all(share <= size for share, size in zip(shares, sizes, strict=True))


# ── a page for one person ────────────────────────────────────────────────────────────────────────


def test_a_page_of_a_person_says_what_is_late_due_next_and_done() -> None:
    brief = page(read(), " a N n", DAY)
    assert (brief.person, brief.suffix) == ("Ann", "person-ann")
    assert (brief.period, brief.months) == ("Month 3", "November 2026")
    assert told(brief.late) == [("Ask", "Month 2", BOTH, ["in progress", "due 31 Oct 2026"])]
    assert brief.earlier == []
    assert told(brief.now) == [("Adopt", "Month 3", BOTH, ["due 30 Nov 2026"])]
    assert [(group.title, group.months) for group in brief.coming] == [("Month 4", "Dec 2026")]
    assert told(brief.coming[0].tasks) == [("Count", "Month 4", ["ANN"], [])]
    assert told(brief.done) == [("Draft", "Month 1", BOTH, [])]
    assert brief.sections == [VISION]
    assert brief.progress.sentence == "1 of 4 actions are done (25%)."


def test_somebody_may_be_responsible_for_a_section_without_actions() -> None:
    data = {"community": {"name": "B"}, "sections": {"vision": {"responsible": "Ann"}}}
    brief = page(read(data), "Ann")
    assert (brief.sections, brief.now, brief.done) == ([VISION], [], [])
    assert brief.progress.sentence == "No action is planned yet."


def test_who_is_not_named_gets_no_page() -> None:
    assert briefs.make(read(), Wish(Kind.PERSON, ("Zoe",))) == ()


def test_each_person_gets_a_page_of_their_own_once() -> None:
    made = briefs.make(read(), Wish(Kind.PERSON, ("core group", "ANN", "Ann", "Zoe")))
    assert [brief.suffix for brief in made] == ["person-core-group", "person-ann"]


NAMES = st.text(min_size=1, max_size=60).filter(str.strip)


@given(st.lists(NAMES, max_size=6))
def test_every_person_has_a_file_of_their_own_that_every_system_can_write(names: list[str]) -> None:
    known = people.spellings(names)
    made = briefs.suffixes(known.values())
    assert len(set(made)) == len(known)
    for suffix in made:
        assert len(suffix.encode()) <= 100
        assert not set(suffix) & set('/\\:*?"<>|. \n\0')


@pytest.mark.parametrize(
    ("names", "suffixes"),
    [
        (["A B", "A-B", "a b 2"], ["person-a-b", "person-a-b-2", "person-a-b-2-2"]),
        (["../../x", "/etc/x"], ["person-x", "person-etc-x"]),
        (["🎉", "…"], ["person", "person-2"]),
        (["é" * 90], ["person-" + "é" * 46]),
    ],
)
def test_names_of_files_are_plain(names: list[str], suffixes: list[str]) -> None:
    assert briefs.suffixes(names) == suffixes


# ── an agenda ────────────────────────────────────────────────────────────────────────────────────


def test_an_agenda_leads_from_what_was_to_what_comes() -> None:
    brief = agenda(read(), day=DAY)
    assert brief.welcome == "Welcome to the meeting of Bees of the north. It looks at Month 3."
    assert (brief.before, brief.done, brief.suffix) == ("Month 2", [], "period-month-3")
    assert told(brief.earlier) == [("Ask", "Month 2", BOTH, ["in progress", "late"])]
    assert groups(brief.due) == {"1 Vision": ["Adopt"], "2 Governance": ["Vote"]}
    assert brief.decide == [RemarkView(GOVERNANCE, "open actions: 1")]
    assert brief.after
    assert (brief.after.title, texts(brief.after.tasks)) == ("Month 4", ["Count"])
    # Two months after the first of October: not in November, and not over.
    assert brief.review == ""


def test_an_agenda_of_the_first_period_has_nothing_behind_it() -> None:
    brief = agenda(read(), "month_1")
    assert (brief.before, brief.done, brief.earlier) == ("", [], [])
    assert told(brief.due[0].tasks) == [("Draft", "Month 1", BOTH, ["done"])]


def test_an_agenda_of_the_last_period_has_nothing_before_it() -> None:
    assert agenda(read(), "months_10_to_12").after is None


@pytest.mark.parametrize(
    ("period", "day", "said"),
    [
        ("month_4", None, "The next review is due on 1 December 2026, in this period."),
        ("month_3", None, ""),
        ("month_5", None, ""),
        ("month_5", date(2026, 12, 1), ""),
        (
            "month_5",
            date(2026, 12, 2),
            "The next review was due on 1 December 2026. Choose a day for it.",
        ),
    ],
)
def test_a_review_is_on_the_agenda_when_it_is_due(period: str, day: date | None, said: str) -> None:
    assert agenda(read(), period, day).review == said


# ── every brief ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("start", "day", "caution"),
    [
        ("2026-09", None, ""),
        ("2026-09", DAY, ""),
        (
            "",
            DAY,
            (
                "The roadmap does not say in which month it starts, so only actions with a due "
                "date can be late."
            ),
        ),
        (
            "2026-12",
            DAY,
            "On this day the year has not begun: it begins on 1 December 2026.",
        ),
        ("2025-11", DAY, "On this day the year is over: it ended on 31 October 2026."),
    ],
)
def test_what_cannot_be_known_is_said(start: str, day: date | None, caution: str) -> None:
    community = {"name": "B", "start": start}
    assert summary(read({"community": community}), day=day).caution == caution


@st.composite
def plans(draw: st.DrawFn) -> Roadmap:
    """Draw plans of actions with different texts, people, days and states."""
    actions = draw(
        st.lists(
            st.fixed_dictionaries(
                {
                    "status": st.sampled_from([*Status]),
                    "responsible": st.sampled_from(["", "Ann", "a nn", "Bo"]),
                    "due": st.sampled_from(["", "2026-10-05", "2027-05-31", "2030-01-01"]),
                }
            ),
            max_size=14,
        )
    )
    sections: dict[str, Any] = {}
    for number, action in enumerate(actions):
        key = draw(st.sampled_from(canvas.SECTION_KEYS[::8]))
        period = draw(st.sampled_from(canvas.PERIOD_KEYS))
        section = sections.setdefault(key, {"timeline": {}})
        section["timeline"].setdefault(period, []).append({**action, "action": f"No. {number}"})
    for section in sections.values():
        section["responsible"] = draw(st.sampled_from(["", "ANN", "Bo"]))
    start = draw(st.sampled_from(["", "2026-09"]))
    return read({"community": {"name": "B", "start": start}, "sections": sections})


DAYS = st.sampled_from([None, date(2020, 1, 1), DAY, date(2027, 5, 1), date(2040, 1, 1)])


@given(plans(), DAYS)
def test_every_action_of_a_person_is_once_on_their_page_and_no_other_is(
    roadmap: Roadmap, day: date | None
) -> None:
    for key, name in briefs.named(roadmap).items():
        brief = page(roadmap, name, day)
        shown = [*brief.late, *brief.earlier, *brief.now, *brief.done]
        shown += [task for group in brief.coming for task in group.tasks]
        theirs = [
            planned.action.action
            for planned in roadmap.plan
            if key in map(people.key, planned.people)
        ]
        assert sorted(texts(shown)) == sorted(theirs)


@given(plans(), DAYS, st.sampled_from(["", *canvas.PERIOD_KEYS]))
def test_every_open_action_up_to_the_next_period_is_once_on_the_agenda(
    roadmap: Roadmap, day: date | None, period: str
) -> None:
    brief = agenda(roadmap, period, day)
    shown = [*brief.earlier, *(task for group in brief.due for task in group.tasks)]
    shown += brief.after.tasks if brief.after else []
    keys = [canvas.PERIODS[-1], *canvas.PERIODS]
    view = next(s for s in canvas.PERIODS if brief.suffix == f"period-{s.key.replace('_', '-')}")
    last = keys[min(keys.index(view, 1) + 1, len(keys) - 1)].first_month
    wanted = [
        task.planned.action.action
        for task in pulse.tasks(roadmap, day)
        if (task.is_open and task.period.first_month <= last) or task.period == view
    ]
    assert sorted(texts(shown)) == sorted(wanted)


@given(plans(), DAYS, st.sampled_from(["", *canvas.PERIOD_KEYS]))
def test_no_action_is_twice_on_a_summary(roadmap: Roadmap, day: date | None, period: str) -> None:
    brief = summary(roadmap, period, day)
    results = [brief.results] if brief.results else []
    shown = [task for group in (*brief.quarter, *brief.behind, *results) for task in group.tasks]
    assert len(set(texts(shown))) == len(shown)
    states = sum(state.count for state in brief.progress.states)
    assert states == len(roadmap.plan)


# ── what makes no sense ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "wish",
    [
        {"people": ("Ann",)},
        {"kind": Kind.SUMMARY, "people": ("Ann",)},
        {"kind": Kind.PERIOD, "people": ("Ann",)},
        {"period": "month_3"},
        {"kind": Kind.PERIOD, "period": "month_7"},
        {"kind": Kind.SUMMARY, "gantt": True},
    ],
)
def test_choices_that_make_no_sense_together_are_refused(wish: dict[str, Any]) -> None:
    with pytest.raises(Misuse):
        Wish(**wish)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((), "Say whose page: --view person --responsible NAME. The names are ANN, Core group."),
        (
            (" ",),
            "Say whose page: --view person --responsible NAME. The names are ANN, Core group.",
        ),
        (
            ("Core grup",),
            "Nobody called Core grup is responsible for anything. Did you mean Core group?",
        ),
        (
            ("Ann", "Zoe"),
            "Nobody called Zoe is responsible for anything. The names are ANN, Core group.",
        ),
    ],
)
def test_a_name_that_nobody_has_is_refused(names: tuple[str, ...], said: str) -> None:
    data = {
        "community": {"name": "B"},
        "sections": {"vision": {"responsible": ["Core group", "ANN", "Ann"]}},
    }
    with pytest.raises(Misuse) as refused:
        briefs.refuse_nobody(Wish(Kind.PERSON, names), [read(data)])
    assert str(refused.value) == said


def test_a_name_may_be_in_a_roadmap_that_cannot_be_read() -> None:
    briefs.refuse_nobody(Wish(Kind.PERSON, ("Zoe",)), [read(), None])
