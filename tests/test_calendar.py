"""Months of the roadmap's year become months of the calendar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_roadmap.calendar import month_after, months_of
from cop_roadmap.canvas import AMBITIONS, PERIODS, Span

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
