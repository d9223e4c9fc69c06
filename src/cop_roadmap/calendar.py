"""From the months of the roadmap's year to the months and days of the calendar, and back.

``start`` is everywhere the first day of the month that is Month 1.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from cop_roadmap.canvas import PERIODS, Span

# Up to 99 weeks or months.
INTERVAL_PATTERN = r"^([1-9][0-9]?) +(week|month)s?$"
_DAYS_OF_WEEK = 7


def month_after(start: date, months: int) -> date:
    """Return the first day of the month that lies so many months after the month of ``start``."""
    years, month = divmod(start.month - 1 + months, 12)
    return date(start.year + years, month + 1, 1)


def months_of(start: date, span: Span) -> tuple[date, date]:
    """Return the first days of the first and the last calendar month of a span."""
    return month_after(start, span.first_month - 1), month_after(start, span.last_month - 1)


def days_of(start: date, span: Span) -> tuple[date, date]:
    """Return the first and the last day of a span."""
    end = month_after(start, span.last_month)
    return month_after(start, span.first_month - 1), end - timedelta(days=1)


def month_of(start: date, day: date) -> int:
    """Return the number of the month that a day lies in.

    From 1 to 12 within the roadmap's year; less before it, more behind it.
    """
    return 12 * (day.year - start.year) + day.month - start.month + 1


def period_of(start: date, day: date) -> Span | None:
    """Return the period that a day lies in; None outside of the roadmap's year."""
    month = month_of(start, day)
    return next((span for span in PERIODS if span.first_month <= month <= span.last_month), None)


@dataclass(frozen=True, slots=True)
class Interval:
    """How often something comes round: every so many months, or every so many weeks."""

    months: int = 0
    weeks: int = 0

    @classmethod
    def parse(cls, text: str) -> "Interval":
        """Read a text such as ``3 months``. Raises ValueError."""
        found = re.fullmatch(INTERVAL_PATTERN, text)
        if not found:
            raise ValueError(text)
        number = int(found[1])
        return cls(weeks=number) if found[2] == "week" else cls(months=number)

    def __str__(self) -> str:
        number, noun = (self.weeks, "week") if self.weeks else (self.months, "month")
        return f"{number} {noun}{'s' * (number != 1)}"

    def after(self, day: date) -> date:
        """Return the day after one interval; a month's last day where it has no such day."""
        month = month_after(day, self.months)
        last = monthrange(month.year, month.month)[1]
        return month.replace(day=min(day.day, last)) + timedelta(days=_DAYS_OF_WEEK * self.weeks)
