"""Where a community stands, in sentences of its language; what shows them decides how."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal

from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_decimal, format_percent

from cop_roadmap import canvas, catalogue, ratings
from cop_roadmap.calendar import months_of
from cop_roadmap.pulse import State
from cop_roadmap.status.snapshot import Item, LastReview, Overview, Phase, Snapshot

# What counts are shown of, from the best to the worst.
STATES = (State.DONE, State.IN_PROGRESS, State.PLANNED, State.LATE)

# In days: closer than half a year, a day and a month are enough.
_NEAR = 183


class Words:
    """Says what a snapshot holds. ``shown`` makes a stranger's text fit for where it is shown."""

    def __init__(self, snapshot: Snapshot, shown: Callable[[str], str]) -> None:
        self._snapshot = snapshot
        self._shown = shown
        self._catalogue = catalogue.load(snapshot.language)
        self._locale = self._catalogue.locale

    def word(self, *path: str, **values: object) -> str:
        """Return a text of this screen, with its placeholders filled."""
        return self._catalogue.word("status", *path, **values)

    def label(self, key: str) -> str:
        """Return one of the small words that documents have, too."""
        return self._catalogue.word("labels", key)

    def listed(self, texts: Iterable[str]) -> str:
        """Return texts as a list on one line."""
        return self._catalogue.listed(texts)

    def plural(self, key: str, count: int, **values: object) -> str:
        """Return a text of this screen in the form that goes with a number."""
        return self._catalogue.plural("status", key, count=count, **values)

    def state(self, state: State) -> str:
        """Name a state."""
        return (
            self.label("late") if state is State.LATE else self._catalogue.word("statuses", state)
        )

    def day(self, day: date) -> str:
        """Write a day in full, such as 23 November 2026."""
        return str(format_date(day, "long", locale=self._locale))

    def short_day(self, day: date) -> str:
        """Write a day in short, without its year where it is near."""
        if abs((day - self._snapshot.as_of).days) < _NEAR:
            return str(format_skeleton("MMMd", day, locale=self._locale))
        return str(format_date(day, "medium", locale=self._locale))

    def where(self) -> str:
        """Say which day it is, and which month of the roadmap's year."""
        month, day = self._snapshot.moment.month, self.day(self._snapshot.as_of)
        if month is None:
            return day
        span = next(s for s in canvas.PERIODS if s.first_month <= month <= s.last_month)
        if span.first_month == span.last_month:
            return f"{day} · {self.word('month', month=month)}"
        return f"{day} · {self.word('month_within', month=month, period=self.title(span))}"

    def remarks(self) -> Iterator[str]:
        """Say what is particular about the day, and what the snapshot is narrowed to."""
        moment, as_of = self._snapshot.moment, self._snapshot.as_of
        if moment.phase is Phase.BEFORE and moment.first:
            yield self.plural("begins", (moment.first - as_of).days, date=self.day(moment.first))
        if moment.phase is Phase.AFTER and moment.last:
            yield self.word("ended", date=self.day(moment.last))
        if moment.phase is Phase.UNKNOWN:
            yield self.word("no_start")
        if self._snapshot.filters.is_set:
            yield self.word("only", filters=" · ".join(self._narrowed()))

    def _narrowed(self) -> Iterator[str]:
        filters = self._snapshot.filters
        if filters.responsible:
            yield self._shown(filters.responsible)
        if filters.facets:
            yield from (f"{each.number} {each.title}" for each in self._snapshot.facets)
        if filters.period:
            yield self.title(filters.period)

    def title(self, period: canvas.Span) -> str:
        """Name a period of the roadmap's year."""
        return self._catalogue.word("periods", period.key)

    def period(self) -> str:
        """Name the period that is looked at, with its calendar months if they are known."""
        title, start = self.title(self._snapshot.period), self._snapshot.moment.first
        if start is None:
            return title
        first, last = months_of(start, self._snapshot.period)
        if first == last:
            return f"{title} ({format_skeleton('yMMMM', first, locale=self._locale)})"
        return f"{title} ({format_interval(first, last, 'yMMM', locale=self._locale)})"

    def due(self, item: Item) -> str:
        """Say by when an action is to be done: late, on a day, or empty if its period says it."""
        if item.days_late:
            return self.plural("days_late", item.days_late)
        return self.word("by", date=self.short_day(item.due)) if item.due else ""

    def who(self, item: Item) -> str:
        """Name those who are responsible for an action."""
        return self._shown(self.listed(item.people)) if item.people else self.word("nobody")

    def nothing_overdue(self) -> str:
        """Say that nothing is overdue, as far as that can be known."""
        known = self._snapshot.moment.phase is not Phase.UNKNOWN
        return self.word("nothing_overdue" if known else "no_date_passed")

    def nothing_planned(self) -> str:
        """Say why no action is counted."""
        if self._snapshot.filters.is_set:
            return self.label("filter_none")
        return self.word("no_actions")

    def foot(self) -> Iterator[tuple[str, str]]:
        """Say what is about the community as a whole, each line with what it is about."""
        share = self._snapshot.completeness
        if share:
            key = "filled_in_facets" if self._snapshot.filters.facets else "filled_in"
            percent = format_percent(share.percent / 100, locale=self._locale)
            yield self.word("completeness"), self.word(key, percent=percent)
        if self._snapshot.is_whole:
            review = self._snapshot.review
            said = self._reviewed(review) if review else self.word("no_review")
            yield self.word("last_review"), said
        if self._snapshot.next_review:
            yield self.word("next_review"), self._next_review(self._snapshot.next_review)

    def _reviewed(self, review: LastReview) -> str:
        day = str(format_date(review.day, "medium", locale=self._locale))
        if review.by:
            people = self._shown(self.listed(review.by))
            day = self.word("reviewed_by", date=day, people=people)
        return f"{day} · {', '.join(self._rated(review))}"

    def _rated(self, review: LastReview) -> Iterator[str]:
        """Say the mean of a review, and how it moved, both to a tenth."""
        if review.mean is None:
            yield self.word("nothing_rated")
            return
        mean = ratings.to_tenths(review.mean)
        yield self.word("rated", mean=self._decimal(mean))
        if review.change is not None:
            change = mean - ratings.to_tenths(review.mean - review.change)
            key = "up" if change > 0 else "down" if change < 0 else "unchanged"
            yield self.word(key, change=self._decimal(abs(change)))

    def _decimal(self, number: Decimal) -> str:
        return str(format_decimal(number, "0.0", locale=self._locale))

    def _next_review(self, day: date) -> str:
        days = (day - self._snapshot.as_of).days
        if days < 0:
            when = self.plural("review_late", -days)
        else:
            when = self.plural("ahead", days) if days else self.word("today")
        return f"{self.day(day)}, {when}"


def summary(overview: Overview) -> str:
    """Sum up several communities on a line: in their language, or in English if they have many."""
    snapshots = overview.snapshots
    served = {catalogue.load(each.language).language for each in snapshots}
    words = catalogue.load(served.pop() if len(served) == 1 else "en")
    counts = {state: sum(getattr(each.total, state) for each in snapshots) for state in STATES}
    names = {
        state: words.word("labels", "late")
        if state is State.LATE
        else words.word("statuses", state)
        for state in STATES
    }
    return " · ".join(
        [
            words.plural("status", "communities", count=len(snapshots)),
            words.plural("status", "actions", count=sum(counts.values())),
            *(f"{counts[state]} {names[state]}" for state in STATES),
        ]
    )
