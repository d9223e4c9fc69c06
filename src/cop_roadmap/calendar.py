"""From the months of the roadmap's year to the months of the calendar."""

from datetime import date

from cop_roadmap.canvas import Span


def month_after(start: date, months: int) -> date:
    """Return the first day of the month that lies so many months after the month of ``start``."""
    years, month = divmod(start.month - 1 + months, 12)
    return date(start.year + years, month + 1, 1)


def months_of(start: date, span: Span) -> tuple[date, date]:
    """Return the first days of the first and the last calendar month of a span.

    ``start`` is the first day of the month that is Month 1.
    """
    return month_after(start, span.first_month - 1), month_after(start, span.last_month - 1)
