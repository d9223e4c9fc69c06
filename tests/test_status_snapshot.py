"""Where a community stands on a day: every action counted once, and each under its people."""

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_roadmap import canvas, pulse
from cop_roadmap.completeness import Share
from cop_roadmap.pulse import Tally
from cop_roadmap.roadmap import Roadmap
from cop_roadmap.status.snapshot import Filters, LastReview, Moment, Phase, people_of, take
from tests.status import TODAY, roadmap, snapshot

FIRST, LAST = date(2026, 9, 1), date(2027, 8, 31)
MONTH_2 = canvas.PERIODS[1]


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        pytest.param(date(2026, 8, 31), Moment(Phase.BEFORE, None, FIRST, LAST), id="the eve"),
        pytest.param(FIRST, Moment(Phase.DURING, 1, FIRST, LAST), id="the first day"),
        pytest.param(LAST, Moment(Phase.DURING, 12, FIRST, LAST), id="the last day"),
        pytest.param(date(2027, 9, 1), Moment(Phase.AFTER, None, FIRST, LAST), id="the day after"),
    ],
)
def test_a_day_lies_before_in_or_after_the_year(day: date, moment: Moment) -> None:
    assert snapshot(day).moment == moment


def test_without_a_start_the_month_is_unknown_and_dates_still_count() -> None:
    seen = snapshot(start="")
    assert (seen.moment, seen.days) == (Moment(Phase.UNKNOWN), None)
    assert [item.text for item in seen.overdue] == ["Test it"]
    # The first period with something left to do.
    assert seen.period == MONTH_2


def test_what_was_dropped_is_not_counted() -> None:
    seen = snapshot()
    assert seen.total == Tally(done=1, in_progress=0, planned=4, late=2)
    assert {each.key: each.tally.total for each in seen.facets if each.tally.total} == {
        "vision": 5,
        "user_experience": 2,
    }


def test_the_longest_late_comes_first() -> None:
    assert [(item.text, item.days_late) for item in snapshot().overdue] == [
        ("Adopt it", 23),
        ("Test it", 13),
    ]


def test_what_is_due_in_the_period_stands_under_people_by_name_and_nobodys_comes_last() -> None:
    assert [(duty.name, [item.text for item in duty.items]) for duty in snapshot().due] == [
        ("ada marsh", ["Test it"]),
        ("Zoé", ["Publish it"]),
        ("", ["Open a desk"]),
    ]


def test_what_has_nobody_is_unassigned_in_any_period() -> None:
    assert [item.text for item in snapshot().unassigned] == ["Open a desk", "Close it"]


def test_the_last_review_is_the_last_that_was_held_by_the_day() -> None:
    seen = snapshot()
    assert seen.review == LastReview(
        date(2026, 11, 12), ("Core group",), 2, Fraction(7, 2), Fraction(1, 2)
    )
    assert seen.next_review == date(2027, 2, 12)
    first = snapshot(date(2026, 10, 1)).review
    assert first == LastReview(date(2026, 9, 30), ("Core group",), 2, Fraction(3), None)
    assert snapshot(date(2026, 9, 1)).review is None


def test_completeness_is_that_of_the_whole_roadmap() -> None:
    share = snapshot().completeness
    assert share
    assert (share.filled, share.total) == (4, 24 * 4 + 3 + 33)


# ── narrowed ─────────────────────────────────────────────────────────────────────────────────────


def test_a_person_is_found_in_any_case_and_spacing() -> None:
    seen = snapshot(filters=Filters(responsible="ADA  Marsh"))
    assert seen.total == Tally(late=1)
    assert [duty.name for duty in seen.due] == ["ada marsh"]
    assert seen.unassigned == ()


def test_an_action_of_several_people_stands_only_under_the_person_looked_at() -> None:
    seen = snapshot(filters=Filters("core group", (), MONTH_2))
    assert [duty.name for duty in seen.due] == ["Core group"]


def test_a_facet_narrows_counts_completeness_and_ratings() -> None:
    seen = snapshot(filters=Filters(facets=("user_experience",)))
    assert [each.key for each in seen.facets] == ["user_experience"]
    assert seen.total == Tally(planned=2)
    assert seen.overdue == ()
    assert seen.completeness == Share(1, 12)
    assert seen.review == LastReview(date(2026, 11, 12), ("Core group",), 0, None, None)


def test_a_period_is_looked_at_instead_of_that_of_the_day() -> None:
    seen = snapshot(filters=Filters(period=MONTH_2))
    assert (seen.period, seen.days) == (MONTH_2, (date(2026, 10, 1), date(2026, 10, 31)))
    assert seen.total == Tally(late=1)
    assert [item.text for item in seen.overdue] == ["Adopt it"]


@pytest.mark.parametrize("filters", [Filters("Zoé"), Filters(period=MONTH_2)], ids=str)
def test_what_is_about_the_community_is_left_out_for_a_person_or_a_period(
    filters: Filters,
) -> None:
    seen = snapshot(filters=filters)
    assert (seen.completeness, seen.review, seen.next_review) == (None, None, None)


def test_everybody_who_is_named_can_be_looked_at() -> None:
    assert people_of(roadmap()) == ("ada marsh", "Core group", "Sponsor", "Zoé")


# ── every plan ───────────────────────────────────────────────────────────────────────────────────

NAMES = st.lists(st.sampled_from(["Ada", "Bo", "Cy"]), max_size=2)
DAYS = st.integers(-400, 800).map(lambda days: TODAY + timedelta(days=days))
ACTIONS = st.fixed_dictionaries(
    {
        "action": st.sampled_from(["a", "b c", ""]),
        "status": st.sampled_from(["planned", "in_progress", "done", "dropped"]),
        "responsible": NAMES,
        "due": st.none() | DAYS.map(str),
    }
)
CELLS = st.tuples(
    st.sampled_from(canvas.SECTION_KEYS), st.sampled_from(canvas.PERIOD_KEYS), ACTIONS
)


def planned(cells: list[tuple[str, str, dict[str, Any]]], people: list[str], start: str) -> Roadmap:
    sections: dict[str, Any] = {}
    for section, period, action in cells:
        row = sections.setdefault(section, {"responsible": people, "timeline": {}})
        row["timeline"].setdefault(period, []).append(action)
    return Roadmap.model_validate(
        {"community": {"name": "Bees", "start": start}, "sections": sections}
    )


STARTS = st.sampled_from(["", "2026-09", "2026-01", "2027-12"])
PLANS = st.builds(planned, st.lists(CELLS, max_size=8), NAMES, STARTS)


@given(PLANS, DAYS)
def test_every_action_of_the_plan_is_counted_exactly_once(plan: Roadmap, day: date) -> None:
    seen = take(plan, day)
    assert seen.total.total == len(plan.plan)
    assert sum(each.tally.total for each in seen.facets) == len(plan.plan)
    assert len(seen.overdue) == seen.total.late


@given(PLANS, DAYS)
def test_every_action_is_counted_under_exactly_one_facet_and_one_period(
    plan: Roadmap, day: date
) -> None:
    parts = [
        take(plan, day, Filters(facets=(facet.key,), period=period)).total.total
        for facet in canvas.FACETS
        for period in canvas.PERIODS
    ]
    assert sum(parts) == len(plan.plan)


@given(PLANS, DAYS)
def test_every_open_action_of_the_period_stands_under_each_of_its_people(
    plan: Roadmap, day: date
) -> None:
    seen = take(plan, day)
    wanted = Counter(
        (name, task.planned.section, " ".join(task.planned.action.action.split()))
        for task in pulse.tasks(plan, day)
        if task.is_open and task.period == seen.period
        for name in set(task.planned.people) or {""}
    )
    shown = Counter(
        (duty.name, item.section, item.text) for duty in seen.due for item in duty.items
    )
    assert shown == wanted
    assert seen.due_count == sum(
        task.is_open and task.period == seen.period for task in pulse.tasks(plan, day)
    )
