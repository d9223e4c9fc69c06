"""Where a plan stands on a day, of every plan and on every day."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cop_roadmap import canvas
from cop_roadmap.pulse import State, Tally, focus, is_late, tally, tasks
from cop_roadmap.roadmap import Planned, Roadmap, Status
from tests.roadmaps import DAYS, PLANS

DAY = timedelta(days=1)
# After the end of every year that a plan here can have.
LONG_AFTER = date(2199, 12, 31)
EVERY = settings(max_examples=100, deadline=None)


def plan(timeline: dict[str, Any], **community: Any) -> Roadmap:
    return Roadmap.model_validate(
        {
            "community": {"name": "Bees", **community},
            "sections": {"vision": {"timeline": timeline}},
        }
    )


def last_day_of(start: date, period: canvas.Span) -> date:
    """Go through the days of the year, as people look at a calendar on the wall."""
    day, month = start, 1
    while True:
        after = day + DAY
        if after.month != day.month:
            if month == period.last_month:
                return day
            month += 1
        day = after


def due_of(roadmap: Roadmap, planned: Planned) -> date | None:
    """Return the last day for an action: its own, or else that of its period."""
    start = roadmap.community.start
    return planned.action.due or (last_day_of(start, planned.period) if start else None)


# ── states ───────────────────────────────────────────────────────────────────────────────────────

SEPTEMBER = {"start": "2026-09"}


@pytest.mark.parametrize(
    ("timeline", "community", "day", "state", "days_late"),
    [
        pytest.param({"month_1": "A"}, SEPTEMBER, "2026-09-30", "planned", 0, id="last day"),
        pytest.param({"month_1": "A"}, SEPTEMBER, "2026-10-01", "late", 1, id="the day after"),
        pytest.param({"month_6": "A"}, SEPTEMBER, "2027-02-28", "planned", 0, id="February"),
        pytest.param({"month_6": "A"}, SEPTEMBER, "2027-03-01", "late", 1, id="after February"),
        pytest.param(
            {"month_6": "A"}, {"start": "2027-09"}, "2028-02-29", "planned", 0, id="leap year"
        ),
        pytest.param({"months_7_to_9": "A"}, SEPTEMBER, "2027-05-31", "planned", 0, id="quarter"),
        pytest.param({"months_10_to_12": "A"}, SEPTEMBER, "2027-09-10", "late", 10, id="year"),
        pytest.param({"month_1": "A"}, {}, "2199-12-31", "planned", 0, id="without a start"),
        pytest.param({"month_1": "A"}, SEPTEMBER, None, "planned", 0, id="without a day"),
        pytest.param(
            {"month_1": {"action": "A", "status": "in_progress"}},
            SEPTEMBER,
            "2026-10-05",
            "late",
            5,
            id="begun",
        ),
        pytest.param(
            {"month_1": {"action": "A", "due": "2026-10-15"}},
            SEPTEMBER,
            "2026-10-15",
            "planned",
            0,
            id="due after its period",
        ),
        pytest.param(
            {"month_2": {"action": "A", "due": "2026-10-15"}},
            SEPTEMBER,
            "2026-10-16",
            "late",
            1,
            id="due within its period",
        ),
        pytest.param(
            {"month_2": {"action": "A", "due": "2026-10-15"}},
            {},
            "2026-10-16",
            "late",
            1,
            id="due, without a start",
        ),
        pytest.param(
            {"month_1": {"action": "A", "status": "done"}},
            SEPTEMBER,
            "2199-12-31",
            "done",
            0,
            id="done",
        ),
    ],
)
def test_an_action_stands_so_on_a_day(
    timeline: dict[str, Any], community: dict[str, Any], day: str, state: str, days_late: int
) -> None:
    (task,) = tasks(plan(timeline, **community), date.fromisoformat(day) if day else None)
    assert (task.state.value, task.days_late) == (state, days_late)


@EVERY
@given(PLANS, st.none() | DAYS)
def test_every_action_of_the_plan_is_in_exactly_one_state(
    roadmap: Roadmap, day: date | None
) -> None:
    found = tasks(roadmap, day)
    assert tuple(task.planned for task in found) == roadmap.plan
    counted = tally(found)
    assert counted.total == len(roadmap.plan)
    assert counted == Tally(
        **{state.value: sum(task.state is state for task in found) for state in State}
    )


@EVERY
@given(PLANS, DAYS)
def test_what_is_not_late_is_as_its_status_says(roadmap: Roadmap, day: date) -> None:
    for task in tasks(roadmap, day):
        assert (task.state is State.LATE) == (task.days_late > 0)
        assert task.is_open == (task.planned.action.status is not Status.DONE)
        if task.state is not State.LATE:
            assert task.state.value == task.planned.action.status.value


# ── late ─────────────────────────────────────────────────────────────────────────────────────────


@EVERY
@given(PLANS)
def test_without_a_day_nothing_is_late(roadmap: Roadmap) -> None:
    assert {task.days_late for task in tasks(roadmap, None)} <= {0}
    assert tally(tasks(roadmap, None)).late == 0


@EVERY
@given(PLANS, st.integers(1, 400))
def test_what_is_open_is_late_from_the_day_after_its_last(roadmap: Roadmap, days: int) -> None:
    for index, task in enumerate(tasks(roadmap, None)):
        assert task.deadline == due_of(roadmap, task.planned)
        if task.deadline and task.is_open:
            in_time = tasks(roadmap, task.deadline)[index]
            after = tasks(roadmap, task.deadline + days * DAY)[index]
            assert in_time.state is not State.LATE
            assert (after.state, after.days_late) == (State.LATE, days)


@EVERY
@given(PLANS)
def test_what_is_over_is_never_late(roadmap: Roadmap) -> None:
    start = roadmap.community.start
    late = [each for each in roadmap.actions if is_late(each, start, LONG_AFTER)]
    assert [each for each in late if each.action.status.is_over] == []


@EVERY
@given(PLANS)
def test_long_after_its_year_all_that_is_open_and_has_a_last_day_is_late(roadmap: Roadmap) -> None:
    for task in tasks(roadmap, LONG_AFTER):
        # Without a start, only a date of its own can tell.
        has_end = bool(roadmap.community.start or task.planned.action.due)
        assert (task.state is State.LATE) == (has_end and task.is_open)


@EVERY
@given(PLANS, st.none() | DAYS)
def test_one_action_is_late_where_the_whole_plan_says_so(
    roadmap: Roadmap, day: date | None
) -> None:
    start = roadmap.community.start
    assert [is_late(each, start, day) for each in roadmap.plan] == [
        task.state is State.LATE for task in tasks(roadmap, day)
    ]


# ── periods ──────────────────────────────────────────────────────────────────────────────────────


@EVERY
@given(PLANS, st.none() | DAYS)
def test_a_due_date_goes_before_the_period_that_an_action_stands_in(
    roadmap: Roadmap, day: date | None
) -> None:
    start = roadmap.community.start
    for task in tasks(roadmap, day):
        due = task.planned.action.due
        holding = [
            period
            for period in canvas.PERIODS
            if start and due and start <= due <= last_day_of(start, period)
        ]
        assert task.period == next(iter(holding), task.planned.period)


@EVERY
@given(PLANS)
def test_a_period_has_a_first_day_where_there_is_a_start(roadmap: Roadmap) -> None:
    start = roadmap.community.start
    for task in tasks(roadmap, None):
        before = [
            period for period in canvas.PERIODS if period.last_month < task.period.first_month
        ]
        if start is None:
            assert task.first is None
        else:
            assert task.first == (last_day_of(start, before[-1]) + DAY if before else start)


@EVERY
@given(PLANS, DAYS)
def test_the_period_to_look_at_is_that_of_the_day(roadmap: Roadmap, day: date) -> None:
    start = roadmap.community.start
    not_over = [p for p in canvas.PERIODS if start and start <= day <= last_day_of(start, p)]
    if not_over:
        assert focus(roadmap, day) == not_over[0]
    else:
        assert focus(roadmap, day) == focus(roadmap, None)


@EVERY
@given(PLANS)
def test_where_no_day_helps_the_first_period_with_something_to_do_is_looked_at(
    roadmap: Roadmap,
) -> None:
    found = focus(roadmap, None)
    todo = {task.period.first_month for task in tasks(roadmap, None) if task.is_open}
    assert found.first_month == min(todo, default=1)
    assert found in canvas.PERIODS
