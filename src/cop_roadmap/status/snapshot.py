"""Where a community stands on a day, as plain values: counted, narrowed and sorted.

Words of a language are left to what shows it (see ``words``), but for the titles of the canvas.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import chain

from cop_roadmap import canvas, catalogue, completeness, people, pulse, ratings
from cop_roadmap.calendar import days_of, month_of
from cop_roadmap.canvas import Span
from cop_roadmap.catalogue import Catalogue
from cop_roadmap.completeness import Share
from cop_roadmap.pulse import State, Tally, Task
from cop_roadmap.roadmap import Roadmap, alphabetically, names


@dataclass(frozen=True, slots=True)
class Filters:
    """What is looked at, of all there is; what is empty narrows nothing.

    ``facets`` are keys. ``responsible`` is compared without regard to case and white space.
    """

    responsible: str = ""
    facets: tuple[str, ...] = ()
    period: Span | None = None

    @property
    def is_set(self) -> bool:
        """Whether anything is left out."""
        return self != Filters()

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections of the facets, in the order of the canvas."""
        return tuple(
            key
            for facet in canvas.FACETS
            if not self.facets or facet.key in self.facets
            for key in facet.sections
        )

    def admits(self, task: Task) -> bool:
        """Tell whether an action is among those that are looked at."""
        return (
            task.planned.section in self.sections
            and self.period in (None, task.period)
            and (not self.responsible or any(map(self.means, task.planned.people)))
        )

    def means(self, name: str) -> bool:
        """Tell whether a person is looked at."""
        return not self.responsible or people.key(name) == people.key(self.responsible)


class Phase(StrEnum):
    """Where a day lies seen from the roadmap's year."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Moment:
    """Where in the roadmap's year a day is.

    ``month`` counts from 1 to 12 and is None outside of the year; ``first`` and ``last`` are the
    days on which the year begins and ends. All are None without a start.
    """

    phase: Phase
    month: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """An action of the plan on a day; ``text`` is Markdown, as it is written in the file.

    ``period`` is where it belongs in time. ``due`` is the day that the file gives, ``deadline``
    the last day on which it is not late, as far as that is known.
    """

    section: str
    number: str
    title: str
    text: str
    period: Span
    people: tuple[str, ...]
    state: State
    due: date | None
    deadline: date | None
    days_late: int


@dataclass(frozen=True, slots=True)
class FacetStanding:
    """How far the actions of a facet are."""

    key: str
    number: int
    title: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Duty:
    """What one person has to do; an empty name is nobody's."""

    name: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class LastReview:
    """A review in short: the mean of what it rated, and how far that moved since the one before.

    ``mean`` is from 1 to 5, exact; None if nothing was rated. ``rated`` counts sections.
    """

    day: date
    by: tuple[str, ...]
    rated: int
    mean: Fraction | None
    change: Fraction | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Where a community stands on a day.

    What is about the community as a whole (``completeness``, ``review``, ``next_review``) is left
    out where a person or a period is looked at. The longest late comes first in ``overdue``.
    ``due`` is what is open in the period, under each of its people; ``due_count`` counts it once.
    """

    file: str
    name: str
    language: str
    as_of: date
    filters: Filters
    moment: Moment
    total: Tally
    facets: tuple[FacetStanding, ...]
    overdue: tuple[Item, ...]
    period: Span
    days: tuple[date, date] | None
    due: tuple[Duty, ...]
    due_count: int
    unassigned: tuple[Item, ...]
    completeness: Share | None
    review: LastReview | None
    next_review: date | None

    @property
    def shown_facets(self) -> tuple[FacetStanding, ...]:
        """The facets that people want to see: of a person or a period, those with actions."""
        return tuple(each for each in self.facets if self.is_whole or each.tally.total)

    @property
    def is_whole(self) -> bool:
        """Whether it is about the community, and not about a person or a period."""
        return not (self.filters.responsible or self.filters.period)


@dataclass(frozen=True, slots=True)
class Overview:
    """Where some communities stand on a day; ``filters`` is what all were narrowed to."""

    as_of: date
    filters: Filters
    snapshots: tuple[Snapshot, ...]


def people_of(roadmap: Roadmap) -> tuple[str, ...]:
    """Return everybody who is responsible for a section or an action, by name."""
    everybody = {
        *chain.from_iterable(names(section.responsible) for section in roadmap.sections.values()),
        *chain.from_iterable(planned.people for planned in roadmap.actions),
    }
    return tuple(sorted(everybody, key=alphabetically))


def take(roadmap: Roadmap, as_of: date, filters: Filters | None = None, file: str = "") -> Snapshot:
    """Return where a community stands on a day. ``file`` is what its file is called."""
    filters = filters or Filters()
    words = catalogue.load(roadmap.community.language)
    tasks = tuple(filter(filters.admits, pulse.tasks(roadmap, as_of)))
    items = tuple(_item(task, words) for task in tasks)
    undone = [item for item in items if item.state.is_open]
    overdue = sorted((item for item in undone if item.days_late), key=lambda it: -it.days_late)
    start = roadmap.community.start
    period = filters.period or pulse.focus(roadmap, as_of)
    due = [item for item in undone if item.period == period]
    whole = not (filters.responsible or filters.period)
    return Snapshot(
        file=file,
        name=" ".join(roadmap.community.name.split()),
        language=roadmap.community.language,
        as_of=as_of,
        filters=filters,
        moment=_moment(start, as_of),
        total=pulse.tally(tasks),
        facets=tuple(_facets(tasks, filters, words)),
        overdue=tuple(overdue),
        period=period,
        days=days_of(start, period) if start else None,
        due=tuple(_duties(due, filters)),
        due_count=len(due),
        unassigned=tuple(item for item in undone if not item.people),
        completeness=_completeness(roadmap, filters) if whole else None,
        review=_review(roadmap, as_of, filters) if whole else None,
        next_review=ratings.next_review(roadmap, as_of) if whole else None,
    )


def _moment(start: date | None, as_of: date) -> Moment:
    if start is None:
        return Moment(Phase.UNKNOWN)
    month = month_of(start, as_of)
    first, last = days_of(start, canvas.YEAR)
    if month < canvas.YEAR.first_month:
        return Moment(Phase.BEFORE, None, first, last)
    if month > canvas.YEAR.last_month:
        return Moment(Phase.AFTER, None, first, last)
    return Moment(Phase.DURING, month, first, last)


def _item(task: Task, words: Catalogue) -> Item:
    planned = task.planned
    return Item(
        section=planned.section,
        number=canvas.SECTION_NUMBERS[planned.section],
        title=words.word("sections", planned.section, "title"),
        text=" ".join(planned.action.action.split()),
        period=task.period,
        people=tuple(dict.fromkeys(planned.people)),
        state=task.state,
        due=planned.action.due,
        deadline=task.deadline,
        days_late=task.days_late,
    )


def _facets(tasks: Sequence[Task], filters: Filters, words: Catalogue) -> Iterator[FacetStanding]:
    for facet in canvas.FACETS:
        if not filters.facets or facet.key in filters.facets:
            tally = pulse.tally(task for task in tasks if task.planned.section in facet.sections)
            title = words.word("facets", facet.key)
            yield FacetStanding(facet.key, facet.number, title, tally)


def _duties(items: Iterable[Item], filters: Filters) -> Iterator[Duty]:
    """Put actions under each of their people, what is due first at the top, and nobody's last."""
    duties: dict[str, list[Item]] = {}
    for item in sorted(items, key=lambda item: item.deadline or date.max):
        for name in filter(filters.means, item.people):
            duties.setdefault(name, []).append(item)
        if not item.people:
            duties.setdefault("", []).append(item)
    for name in sorted(duties, key=lambda name: (not name, alphabetically(name))):
        yield Duty(name, tuple(duties[name]))


def _completeness(roadmap: Roadmap, filters: Filters) -> Share:
    measured = completeness.measure(roadmap)
    if not filters.facets:
        return measured.total
    return sum((measured.facets[key] for key in filters.facets), Share(0, 0))


def _review(roadmap: Roadmap, as_of: date, filters: Filters) -> LastReview | None:
    last = ratings.standing(roadmap, as_of)
    if last is None:
        return None
    now, then = last.review.rated, last.before.rated if last.before else {}
    mean, before = ratings.mean(filters.sections, now), ratings.mean(filters.sections, then)
    return LastReview(
        day=last.review.date,
        by=names(last.review.by),
        rated=sum(key in now for key in filters.sections),
        mean=mean,
        change=None if mean is None or before is None else mean - before,
    )
