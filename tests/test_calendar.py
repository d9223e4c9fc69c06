"""Months of the roadmap's year become months and days of the calendar, and back."""

import re
from calendar import isleap
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_roadmap.calendar import Interval, days_of, month_after, month_of, months_of, period_of
from cop_roadmap.canvas import AMBITIONS, PERIODS, YEAR, Span

# Every month that a roadmap file can start in.
START_MONTHS = st.builds(date, st.integers(1900, 2199), st.integers(1, 12), st.just(1))


def _count(month: date) -> int:
    """Number the months of the calendar."""
    return month.year * 12 + month.month


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        pytest.param(date(2026, 9, 1), 0, date(2026, 9, 1), id="none is the month itself"),
        pytest.param(date(2026, 9, 1), 3, date(2026, 12, 1), id="within the year"),
        pytest.param(date(2026, 9, 1), 4, date(2027, 1, 1), id="over the end of the year"),
        pytest.param(date(2026, 12, 1), 1, date(2027, 1, 1), id="December to January"),
        pytest.param(date(2026, 12, 1), 11, date(2027, 11, 1), id="December to November"),
        pytest.param(date(2026, 1, 1), 11, date(2026, 12, 1), id="January to December"),
        pytest.param(date(2026, 1, 1), 12, date(2027, 1, 1), id="a whole year"),
        pytest.param(date(2026, 1, 31), 1, date(2026, 2, 1), id="February has no 31st"),
        pytest.param(date(2199, 12, 1), 11, date(2200, 11, 1), id="the last start there is"),
    ],
)
def test_the_month_after_so_many_months(start: date, months: int, expected: date) -> None:
    assert month_after(start, months) == expected


@given(START_MONTHS, st.integers(0, 24), st.integers(1, 28))
def test_months_are_counted_whatever_the_day(start: date, months: int, day: int) -> None:
    after = month_after(start.replace(day=day), months)
    assert (_count(after) - _count(start), after.day) == (months, 1)


@pytest.mark.parametrize("spans", [PERIODS, AMBITIONS], ids=["periods", "ambitions"])
@given(start=START_MONTHS)
def test_the_spans_cover_twelve_months_from_the_start(spans: tuple[Span, ...], start: date) -> None:
    covered = [
        month
        for span in spans
        for first, last in [months_of(start, span)]
        for month in range(_count(first), _count(last) + 1)
    ]
    assert covered == list(range(_count(start), _count(start) + 12))


@given(START_MONTHS)
def test_a_span_ends_as_many_months_after_it_begins_as_the_canvas_says(start: date) -> None:
    for span in (*PERIODS, *AMBITIONS):
        first, last = months_of(start, span)
        assert (_count(last) - _count(first), first.day, last.day) == (
            span.last_month - span.first_month,
            1,
            1,
        )


@pytest.mark.parametrize(
    ("start", "months"),
    [
        pytest.param(
            date(2026, 9, 1),
            "2026-09 2026-10 2026-11 2026-12 2027-01 2027-02 2027-03/2027-05 2027-06/2027-08",
            id="a school year",
        ),
        pytest.param(
            date(2027, 1, 1),
            "2027-01 2027-02 2027-03 2027-04 2027-05 2027-06 2027-07/2027-09 2027-10/2027-12",
            id="a calendar year",
        ),
        pytest.param(
            date(2027, 5, 1),
            "2027-05 2027-06 2027-07 2027-08 2027-09 2027-10 2027-11/2028-01 2028-02/2028-04",
            id="the year ends inside a period",
        ),
        pytest.param(
            date(2027, 12, 1),
            "2027-12 2028-01 2028-02 2028-03 2028-04 2028-05 2028-06/2028-08 2028-09/2028-11",
            id="the year ends after the first month",
        ),
    ],
)
def test_the_periods_of_a_year(start: date, months: str) -> None:
    spelt = []
    for period in PERIODS:
        first, last = months_of(start, period)
        spelt.append(f"{first:%Y-%m}" if first == last else f"{first:%Y-%m}/{last:%Y-%m}")
    assert " ".join(spelt) == months


# ── days ─────────────────────────────────────────────────────────────────────────────────────────

ALL_STARTS = [date(year, month, 1) for year in range(1900, 2200) for month in range(1, 13)]
ONE_DAY = timedelta(days=1)


def _days_of_year(start: date) -> Iterator[date]:
    """Yield every day of the roadmap's year, by no arithmetic but that of days."""
    day, end = start, start.replace(year=start.year + 1)
    while day < end:
        yield day
        day += ONE_DAY


@pytest.mark.parametrize(
    "spans", [PERIODS, AMBITIONS, (YEAR,)], ids=["periods", "ambitions", "year"]
)
def test_the_spans_of_every_year_follow_each_other_day_by_day(spans: tuple[Span, ...]) -> None:
    for start in ALL_STARTS:
        bounds = [days_of(start, span) for span in spans]
        assert bounds[0][0] == start
        assert bounds[-1][1] + ONE_DAY == start.replace(year=start.year + 1)
        assert all(first <= last for first, last in bounds)
        assert [last + ONE_DAY for _, last in bounds[:-1]] == [first for first, _ in bounds[1:]]


def test_every_year_has_as_many_days_as_its_february_says() -> None:
    for start in ALL_STARTS:
        first, last = days_of(start, YEAR)
        february = start.year + (start.month > 2)
        assert (last - first).days + 1 == 365 + isleap(february)


@given(START_MONTHS)
def test_a_day_lies_in_the_period_that_has_it(start: date) -> None:
    bounds = {period: days_of(start, period) for period in PERIODS}
    for day in _days_of_year(start):
        (period,) = (each for each, (first, last) in bounds.items() if first <= day <= last)
        assert period_of(start, day) == period
        assert period.first_month <= month_of(start, day) <= period.last_month


def test_the_days_around_every_year_lie_in_no_period() -> None:
    for start in ALL_STARTS:
        before, after = start - ONE_DAY, start.replace(year=start.year + 1)
        assert (month_of(start, before), period_of(start, before)) == (0, None)
        assert (month_of(start, after), period_of(start, after)) == (13, None)


DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(START_MONTHS, DAYS)
def test_the_number_of_a_month_leads_back_to_it(start: date, day: date) -> None:
    months = month_of(start, day) - 1
    assert month_after(start, months) == day.replace(day=1)
    within = start <= day < start.replace(year=start.year + 1)
    assert (1 <= month_of(start, day) <= 12) == within == (period_of(start, day) is not None)


@given(START_MONTHS, DAYS)
def test_months_are_numbered_in_the_order_of_days(start: date, day: date) -> None:
    step = month_of(start, day + ONE_DAY) - month_of(start, day)
    assert step == ((day + ONE_DAY).day == 1)


# ── how often something comes round ──────────────────────────────────────────────────────────────

INTERVALS = st.builds(Interval, months=st.integers(1, 99)) | st.builds(
    Interval, weeks=st.integers(1, 99)
)


@pytest.mark.parametrize(
    ("every", "day", "expected"),
    [
        pytest.param("1 month", date(2027, 1, 31), date(2027, 2, 28), id="a short month"),
        pytest.param("1 month", date(2028, 1, 31), date(2028, 2, 29), id="a leap year"),
        pytest.param("1 month", date(2100, 1, 31), date(2100, 2, 28), id="a century is none"),
        pytest.param("1 month", date(2000, 1, 30), date(2000, 2, 29), id="but every fourth is"),
        pytest.param("12 months", date(2028, 2, 29), date(2029, 2, 28), id="after a leap day"),
        pytest.param("48 months", date(2028, 2, 29), date(2032, 2, 29), id="to a leap day"),
        pytest.param("3 months", date(2026, 11, 30), date(2027, 2, 28), id="over a year's end"),
        pytest.param("1 month", date(2026, 12, 31), date(2027, 1, 31), id="December to January"),
        pytest.param("1 month", date(2027, 2, 28), date(2027, 3, 28), id="a last day is a number"),
        pytest.param("1 week", date(2026, 12, 28), date(2027, 1, 4), id="weeks over a year's end"),
        pytest.param("2 weeks", date(2028, 2, 16), date(2028, 3, 1), id="weeks over a leap day"),
        pytest.param("99 months", date(2199, 12, 31), date(2208, 3, 31), id="the longest"),
    ],
)
def test_the_day_after_an_interval(every: str, day: date, expected: date) -> None:
    assert Interval.parse(every).after(day) == expected


@given(INTERVALS, DAYS, st.integers(1, 400))
def test_a_later_day_comes_round_no_earlier(every: Interval, day: date, later: int) -> None:
    assert day < every.after(day) <= every.after(day + timedelta(days=later))


@given(st.integers(1, 99), DAYS)
def test_months_keep_the_day_of_the_month_as_far_as_it_has_one(months: int, day: date) -> None:
    after = Interval(months=months).after(day)
    assert _count(after) - _count(day) == months
    assert after.day == day.day or (after.day < day.day and (after + ONE_DAY).day == 1)


@given(st.integers(1, 99), DAYS)
def test_weeks_are_seven_days(weeks: int, day: date) -> None:
    assert Interval(weeks=weeks).after(day) - day == timedelta(days=7 * weeks)


@given(INTERVALS)
def test_an_interval_is_written_as_it_is_read(every: Interval) -> None:
    assert Interval.parse(str(every)) == every
    assert str(every) == str(Interval.parse(str(every)))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1 month", "1 month"),
        ("1 months", "1 month"),
        ("3 month", "3 months"),
        ("6   weeks", "6 weeks"),
        ("1 week", "1 week"),
        ("99 weeks", "99 weeks"),
    ],
)
def test_an_interval_has_one_form(text: str, written: str) -> None:
    assert str(Interval.parse(text)) == written


@pytest.mark.parametrize(
    "text",
    [
        *("", "month", "3", "3months", "0 months", "100 weeks", "03 months", "-1 months"),
        *("3 years", "3 days", "3.5 months", "three months", " 3 months", "3 months ", "3\tmonths"),
        *("3 Months", "3 months\n", "٣ months", "3 monthss"),
    ],
)
def test_what_is_no_interval_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        Interval.parse(text)
