"""Documents for one need: a page for a sponsor, a page for one person, an agenda of a meeting.

Each is a choice from a roadmap made ready to print, as ``view`` does it for the whole: plain texts
in frozen dataclasses, sorted, labelled and dated. A *period in view* is what a brief is about.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from babel.dates import format_date
from babel.numbers import format_percent

from cop_roadmap import canvas, catalogue, people, pulse, ratings
from cop_roadmap.calendar import days_of
from cop_roadmap.canvas import Span
from cop_roadmap.diagnostics import Misuse
from cop_roadmap.pulse import State, Task
from cop_roadmap.roadmap import Roadmap, names
from cop_roadmap.view import AmbitionView, LinkView, Maker, TaskView

# A quarter of the roadmap's year, which begins with Month 1.
QUARTERS = tuple(Span(f"quarter_{number}", 3 * number - 2, 3 * number) for number in range(1, 5))
# No name of a file is longer on any system, with what is put around this part of it.
_LONGEST_SLUG = 100
# What fits on the one page of a summary.
_ACTIONS, _CONCERNS, _RESULTS = 11, 10, 4
# More names are not read in a message.
_MANY_NAMES = 12
# A rating so low that a sponsor should know of it.
_LOW = 2


class Kind(StrEnum):
    """Which document is wanted. The value is what users write after ``--view``."""

    FULL = "full"
    SUMMARY = "summary"
    PERSON = "person"
    PERIOD = "period"

    def refuse_calendar(self) -> None:
        """Raise Misuse for what no calendar is made of."""
        if self in (Kind.SUMMARY, Kind.PERIOD):
            raise Misuse(
                "A calendar is made of the whole roadmap, or of one person's part of it. Leave out "
                f"--view {self}."
            )


@dataclass(frozen=True, slots=True)
class Wish:
    """Which document is wanted, about whom and about when.

    ``people`` are names, each for a page of its own; ``period`` is a key of the canvas, or empty
    for the period of the day ``as_of``, or else the first with something left to do. ``gantt`` is
    whether there is to be a chart, which only the whole roadmap has.

    Raises:
        Misuse: the choices make no sense together.
    """

    kind: Kind = Kind.FULL
    people: tuple[str, ...] = ()
    period: str = ""
    as_of: date | None = None
    gantt: bool = False

    def __post_init__(self) -> None:
        if self.people and self.kind is not Kind.PERSON:
            raise Misuse("Names are for the page of a person: add --view person.")
        if self.gantt and self.kind is not Kind.FULL:
            raise Misuse("The chart belongs to the whole roadmap. Leave out --view, or --gantt.")
        if self.period and self.kind is Kind.FULL:
            raise Misuse(
                "The whole roadmap shows every period. Choose a --view of one: summary, person or "
                "period."
            )
        if self.period and self.period not in canvas.PERIOD_KEYS:
            known = ", ".join(canvas.PERIOD_KEYS)
            raise Misuse(f"There is no period called {self.period!r}. The periods are {known}.")


def kind_of(name: str) -> Kind:
    """Read which document is wanted. Raises Misuse."""
    try:
        return Kind(name.strip().lower())
    except ValueError as error:
        known = ", ".join(Kind)
        raise Misuse(f"There is no view called {name!r}. The views are {known}.") from error


@dataclass(frozen=True, slots=True)
class TallyView:
    """How many actions there are in a state: its key, its name and its number.

    ``x`` and ``width`` are its part of a bar of 100.
    """

    state: str
    title: str
    count: int
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class ProgressView:
    """How far a plan is: in a sentence, and by state."""

    sentence: str
    states: list[TallyView]


@dataclass(frozen=True, slots=True)
class GroupView:
    """Actions under a heading; ``months`` may be empty, ``more`` says how many are left out."""

    title: str
    months: str
    tasks: list[TaskView]
    more: str = ""


@dataclass(frozen=True, slots=True)
class RequestView:
    """Resources (Markdown) that the open actions of a section need."""

    section: LinkView
    resources: list[str]


@dataclass(frozen=True, slots=True)
class RemarkView:
    """What is to be known of a section, in words."""

    section: LinkView
    text: str


@dataclass(frozen=True, slots=True)
class RemarksView:
    """Sections with something in common; ``more`` says how many are left out."""

    title: str
    remarks: list[RemarkView]
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What every brief has: ``briefs`` are its words, ``period`` and ``months`` what is in view.

    ``months``, ``year`` and ``as_of`` may be empty. ``caution`` says what cannot be known.
    ``suffix`` is what its file is called behind the name of the roadmap.
    """

    template: ClassVar[str] = ""
    sheets: ClassVar[tuple[str, ...]] = ("style.css", "brief.css")
    paper_sheets: ClassVar[tuple[str, ...]] = ("pdf.css", "brief-pdf.css")

    language: str
    labels: dict[str, str]
    briefs: dict[str, str]
    name: str
    year: str
    as_of: str
    period: str
    months: str
    caution: str
    suffix: str

    def as_data(self) -> dict[str, Any]:
        """Return the brief as dicts, lists, strings and numbers."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryView(Brief):
    """One page for a sponsor; ``summary`` and ``answer``, that on results, are Markdown."""

    template: ClassVar[str] = "summary"

    summary: str
    sponsor: list[str]
    facilitator: list[str]
    ambitions: list[AmbitionView]
    progress: ProgressView
    quarter: list[GroupView]
    requests: list[RequestView]
    more_requests: str
    behind: list[GroupView]
    gaps: list[RemarksView]
    answer: str
    results: GroupView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage(Brief):
    """A page for one person or group: what is theirs, and nothing about others."""

    template: ClassVar[str] = "person"

    person: str
    progress: ProgressView
    late: list[TaskView]
    earlier: list[TaskView]
    now: list[TaskView]
    coming: list[GroupView]
    done: list[TaskView]
    sections: list[LinkView]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaView(Brief):
    """An agenda for a meeting in a period; ``before`` and ``after`` name the periods around it."""

    template: ClassVar[str] = "period"

    welcome: str
    before: str
    done: list[TaskView]
    earlier: list[TaskView]
    due: list[GroupView]
    decide: list[RemarkView]
    after: GroupView | None
    review: str


AnyBrief = SummaryView | PersonPage | AgendaView


def make(roadmap: Roadmap, wish: Wish) -> tuple[AnyBrief, ...]:
    """Make the briefs of a roadmap: one, or one for each person wanted whom the roadmap names."""
    maker = _Maker(roadmap, wish)
    match wish.kind:
        case Kind.FULL:
            return ()
        case Kind.SUMMARY:
            return (maker.summary(),)
        case Kind.PERSON:
            known = named(roadmap)
            wanted = dict.fromkeys(map(people.key, wish.people))
            return tuple(maker.person(each) for each in wanted if each in known)
        case Kind.PERIOD:
            return (maker.agenda(),)


def named(roadmap: Roadmap) -> dict[str, str]:
    """Return everybody whom a roadmap makes responsible for something, by key of their name."""
    return people.spellings(_named(roadmap))


def refuse_nobody(wish: Wish, roadmaps: Sequence[Roadmap | None]) -> None:
    """Refuse the page of a person without a name, or with one that no roadmap has.

    None stands for a roadmap that cannot be read: it might have the name. Raises Misuse.
    """
    if wish.kind is not Kind.PERSON:
        return
    known: dict[str, str] = {}
    for roadmap in filter(None, roadmaps):
        known = {**named(roadmap), **known}
    if not all(map(people.key, wish.people)) or not wish.people:
        raise Misuse(f"Say whose page: --view person --responsible NAME. {_everybody(known)}")
    for name in wish.people:
        if people.key(name) not in known and all(roadmaps):
            near = " or ".join(people.nearest(name, known))
            meant = f"Did you mean {near}?" if near else _everybody(known)
            raise Misuse(f"Nobody called {name} is responsible for anything. {meant}")


def _everybody(known: Mapping[str, str]) -> str:
    names = sorted(known.values())
    more = f" and {len(names) - _MANY_NAMES} more" if len(names) > _MANY_NAMES else ""
    return f"The names are {', '.join(names[:_MANY_NAMES])}{more}." if names else "Nobody is named."


def _named(roadmap: Roadmap) -> Iterator[str]:
    for section in roadmap.sections.values():
        yield from names(section.responsible)
    for planned in roadmap.actions:
        yield from names(planned.action.responsible)


def _slug(text: str) -> str:
    """Make a text such that it can be a part of the name of a file, or empty."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())
    return "-".join(words)


def _fitting(start: str, end: str = "") -> str:
    room = _LONGEST_SLUG - len(end.encode())
    return start.encode()[:room].decode(errors="ignore").rstrip("-") + end


def suffixes(known: Iterable[str]) -> list[str]:
    """Return what the page of each person is called; no two of one roadmap are called the same."""
    taken: list[str] = []
    for name in known:
        start, number = _fitting(f"person-{_slug(name)}"), 1
        suffix = start
        while suffix in taken:
            number += 1
            suffix = _fitting(start, f"-{number}")
        taken.append(suffix)
    return taken


class _Maker:
    """Builds the briefs of one roadmap."""

    def __init__(self, roadmap: Roadmap, wish: Wish) -> None:
        self.roadmap = roadmap
        self.as_of = wish.as_of
        self.catalogue = catalogue.load(roadmap.community.language)
        self.maker = Maker(roadmap, self.catalogue, wish.as_of)
        self.tasks = sorted(
            pulse.tasks(roadmap, wish.as_of), key=lambda task: task.period.first_month
        )
        chosen = (span for span in canvas.PERIODS if span.key == wish.period)
        self.period = next(chosen, None) or pulse.focus(roadmap, wish.as_of)

    # ── the three briefs ──

    def summary(self) -> SummaryView:
        """Make the page for a sponsor."""
        community = self.roadmap.community
        quarter = next(each for each in QUARTERS if _covers(each, self.period))
        inside = [task for task in self.tasks if _covers(quarter, task.period)]
        coming = [task for task in inside if task.is_open and task.state is not State.LATE]
        before = [task for task in self.tasks if task.period.first_month < quarter.first_month]
        period = self._word("months", first=quarter.first_month, last=quarter.last_month)
        done = [task for task in before if not task.is_open]
        return SummaryView(
            **self._head(period, quarter, "summary"),
            summary=community.summary.strip(),
            sponsor=list(names(community.sponsor)),
            facilitator=list(names(community.facilitator)),
            ambitions=[self.maker.ambition(span) for span in canvas.AMBITIONS],
            progress=self._progress(self.tasks),
            quarter=self._cut(
                {
                    "done": [task for task in inside if not task.is_open],
                    "in_progress": [task for task in coming if task.state is State.IN_PROGRESS],
                    "planned": [task for task in coming if task.state is State.PLANNED],
                },
                _ACTIONS,
            ),
            **self._concerns([task for task in inside if task.is_open], before),
            answer=self.roadmap.sections["results"].answer.strip(),
            results=next(iter(self._cut({"done_before": done}, _RESULTS)), None),
        )

    def person(self, key: str) -> PersonPage:
        """Make the page for one person or group."""
        known = named(self.roadmap)
        mine = [task for task in self.tasks if key in map(people.key, task.planned.people)]
        late = [task for task in mine if task.state is State.LATE]
        coming = [task for task in mine if task.is_open and task.state is not State.LATE]
        now = self.period.first_month
        return PersonPage(
            **self._head(
                self._title(self.period),
                self.period,
                suffixes(known.values())[list(known).index(key)],
            ),
            person=known[key],
            progress=self._progress(mine),
            late=self._shown(late, as_state=False),
            earlier=self._shown(task for task in coming if task.period.first_month < now),
            now=self._shown(task for task in coming if task.period == self.period),
            coming=[
                GroupView(self._title(span), self.maker.months(span), tasks)
                for span in canvas.PERIODS
                if span.first_month > now
                and (tasks := self._shown(task for task in coming if task.period == span))
            ],
            done=self._shown((task for task in mine if not task.is_open), as_state=False),
            sections=[
                self.maker.link(section)
                for section, given in self.roadmap.sections.items()
                if key in map(people.key, names(given.responsible))
            ],
        )

    def agenda(self) -> AgendaView:
        """Make the agenda of a meeting in the period in view."""
        index = canvas.PERIODS.index(self.period)
        before = canvas.PERIODS[index - 1] if index else None
        after = next(iter(canvas.PERIODS[index + 1 :]), None)
        due = [task for task in self.tasks if task.period == self.period]
        ahead = [task for task in self.tasks if task.period == after and task.is_open]
        past = [task for task in self.tasks if task.period.first_month < self.period.first_month]
        period = self._title(self.period)
        name = self._name()
        return AgendaView(
            **self._head(period, self.period, f"period-{self.period.key.replace('_', '-')}"),
            welcome=self._word("welcome", name=name, period=period),
            before=self._title(before) if before else "",
            done=self._shown(
                (task for task in past if not task.is_open and task.period == before),
                as_state=False,
            ),
            earlier=self._shown(task for task in past if task.is_open),
            due=list(self._by_facet(due)),
            decide=list(self._unassigned([*due, *ahead])),
            after=GroupView(self._title(after), self.maker.months(after), self._shown(ahead))
            if after
            else None,
            review=self._review(),
        )

    # ── their parts ──

    def _head(self, period: str, span: Span, suffix: str) -> dict[str, Any]:
        return {
            "language": self.roadmap.community.language,
            "labels": self.catalogue.labels(),
            "briefs": dict(self.catalogue.words["briefs"]),
            "name": self._name(),
            "year": self.maker.months(canvas.YEAR, "yMMMM"),
            "as_of": self._day(self.as_of) if self.as_of else "",
            "period": period,
            "months": self.maker.months(span, "yMMMM"),
            "caution": self._caution(),
            "suffix": suffix,
        }

    def _caution(self) -> str:
        """Say what cannot be known on a day, or why it is of little use."""
        start = self.roadmap.community.start
        if self.as_of is None:
            return ""
        if start is None:
            return self._word("no_start")
        first, last = days_of(start, canvas.YEAR)
        if self.as_of < first:
            return self._word("before_start", date=self._day(first))
        return self._word("after_end", date=self._day(last)) if self.as_of > last else ""

    def _name(self) -> str:
        return " ".join(self.roadmap.community.name.split())

    def _title(self, span: Span) -> str:
        return self.catalogue.word("periods", span.key)

    def _word(self, key: str, **values: object) -> str:
        return self.catalogue.word("briefs", key, **values)

    def _day(self, day: date) -> str:
        return str(format_date(day, "long", locale=self.catalogue.locale))

    def _more(self, count: int) -> str:
        return self.catalogue.plural("status", "more", count=count) if count > 0 else ""

    def _shown(self, tasks: Iterable[Task], *, as_state: bool = True) -> list[TaskView]:
        return [self._task(task, as_state=as_state) for task in tasks]

    def _task(self, task: Task, *, as_state: bool) -> TaskView:
        """Make an action ready; its state need not be said again below a heading that says it."""
        action = self.maker.action(task.planned, named=False)
        details, has_due = action.details, bool(action.due)
        if not task.is_open:
            # By when it had to be done is of no interest any more.
            details = details[:1]
        elif not as_state and task.state is State.LATE and task.deadline and not has_due:
            deadline = self.maker.day(task.deadline)
            details = [*details, self.catalogue.word("labels", "due", date=deadline)]
        if not as_state and task.state is not State.PLANNED:
            late = task.state is State.LATE
            said = self.catalogue.word(*(("labels", "late") if late else ("statuses", task.state)))
            details = [each for each in details if each != said]
        link = self.maker.link(task.planned.section)
        return TaskView(link, self._title(task.period), replace(action, details=details))

    def _cut(self, groups: dict[str, list[Task]], room: int) -> list[GroupView]:
        """Make groups ready, as far as there is room for them all; what is empty is left out."""
        shares = _shares([len(tasks) for tasks in groups.values()], room)
        return [
            self._group(key, tasks, share)
            for (key, tasks), share in zip(groups.items(), shares, strict=True)
            if tasks
        ]

    def _group(self, key: str, tasks: Sequence[Task], share: int) -> GroupView:
        shown = self._shown(tasks[:share], as_state=False)
        return GroupView(self._word(key), "", shown, self._more(len(tasks) - share))

    def _progress(self, tasks: Sequence[Task]) -> ProgressView:
        tally = pulse.tally(tasks)
        if not tally.total:
            return ProgressView(self._word("no_actions"), [])
        percent = format_percent(tally.done / tally.total, locale=self.catalogue.locale)
        sentence = self.catalogue.plural(
            "briefs", "progress", count=tally.total, done=tally.done, percent=percent
        )
        states, x = [], 0.0
        for state in (State.DONE, State.IN_PROGRESS, State.LATE, State.PLANNED):
            # Without a day nothing is late, so nothing is said about it.
            if state is State.LATE and not self.as_of:
                continue
            count: int = getattr(tally, state.value)
            width = 100 * count / tally.total
            title = self._word(state.value)
            states.append(TallyView(state.value, title, count, round(x, 2), round(width, 2)))
            x += width
        return ProgressView(sentence, states)

    def _requests(self, tasks: Iterable[Task]) -> Iterator[RequestView]:
        asking = {task.planned.section for task in tasks}
        for key, section in self.roadmap.sections.items():
            resources = [text for text in map(str.strip, section.resources) if text]
            if key in asking and resources:
                yield RequestView(self.maker.link(key), resources)

    def _concerns(self, coming: Sequence[Task], before: Sequence[Task]) -> dict[str, Any]:
        """Tell what a sponsor can do something about: resources asked for, and risks.

        A risk is what is late or left over, what nobody is responsible for, what is rated low.
        """
        late = [task for task in self.tasks if task.state is State.LATE]
        earlier = [task for task in before if task.is_open and task.state is not State.LATE]
        requests = list(self._requests(coming))
        behind = {"late": late, "earlier": earlier}
        gaps = {self._word("unassigned"): list(self._unassigned(self.tasks)), **self._low()}
        sizes = [len(requests), *map(len, behind.values()), *map(len, gaps.values())]
        first, *others = _shares(sizes, _CONCERNS)
        shares = iter(others)
        groups = [self._group(key, tasks, next(shares)) for key, tasks in behind.items()]
        return {
            "requests": requests[:first],
            "more_requests": self._more(len(requests) - first),
            "behind": [group for group in groups if group.tasks],
            "gaps": [
                RemarksView(title, found[:share], self._more(len(found) - share))
                for (title, found), share in zip(gaps.items(), shares, strict=True)
                if found
            ],
        }

    def _unassigned(self, tasks: Iterable[Task]) -> Iterator[RemarkView]:
        """Tell by section how many open actions nobody is responsible for."""
        counts = dict.fromkeys(canvas.SECTION_KEYS, 0)
        for task in tasks:
            if task.is_open and not task.planned.people:
                counts[task.planned.section] += 1
        for key, count in counts.items():
            if count:
                yield RemarkView(self.maker.link(key), self._word("open_actions", count=count))

    def _low(self) -> dict[str, list[RemarkView]]:
        """Tell what the last review rated low, below a title with its date."""
        standing = ratings.standing(self.roadmap, self.as_of)
        if standing is None:
            return {}
        title = self._word("low", date=self.maker.day(standing.review.date))
        best = max(canvas.RATINGS)
        return {
            title: [
                RemarkView(
                    self.maker.link(key), self._word("rating", rating=rated.value, best=best)
                )
                for key, rated in standing.sections.items()
                if rated.value <= _LOW
            ]
        }

    def _by_facet(self, tasks: Sequence[Task]) -> Iterator[GroupView]:
        for facet in canvas.FACETS:
            shown = self._shown(task for task in tasks if task.planned.section in facet.sections)
            if shown:
                title = f"{facet.number} {self.catalogue.word('facets', facet.key)}"
                yield GroupView(title, "", shown)

    def _review(self) -> str:
        """Say when the next review is due, if that concerns the meeting."""
        start = self.roadmap.community.start
        day = ratings.next_review(self.roadmap, self.as_of)
        if day is None:
            return ""
        if self.as_of and day < self.as_of:
            return self._word("review_overdue", date=self._day(day))
        if start:
            first, last = days_of(start, self.period)
            if first <= day <= last:
                return self._word("review_due", date=self._day(day))
        return ""


def _covers(quarter: Span, period: Span) -> bool:
    return quarter.first_month <= period.first_month <= quarter.last_month


def _shares(sizes: Sequence[int], room: int) -> list[int]:
    """Deal room out to groups, one by one, until each has all it needs or no room is left."""
    shares = [0] * len(sizes)
    while room and shares != list(sizes):
        for index, size in enumerate(sizes):
            if room and shares[index] < size:
                shares[index] += 1
                room -= 1
    return shares
