"""A roadmap made ready to print: everything sorted, labelled, dated, and nothing left to decide.

A view holds plain texts in frozen dataclasses; ``as_data`` gives the dicts and lists that templates
get. Texts that are Markdown stay Markdown: each format renders them in its own way.
"""

from collections import defaultdict
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any, ClassVar, Literal

from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_percent

from cop_roadmap import canvas, catalogue, completeness, pulse, ratings, review_view, wheel
from cop_roadmap.calendar import days_of, months_of
from cop_roadmap.canvas import Span
from cop_roadmap.catalogue import Catalogue
from cop_roadmap.completeness import Parts, Share
from cop_roadmap.review_view import FactView, ReviewsView
from cop_roadmap.roadmap import (
    Community,
    Planned,
    Roadmap,
    Section,
    Status,
    alphabetically,
    is_blank,
    names,
)
from cop_roadmap.wheel import WheelView


@dataclass(frozen=True, slots=True)
class PeriodView:
    """A column of the grid; all but key and title is empty when the roadmap has no start.

    ``first`` and ``last`` are the days on which it begins and ends, such as 2026-09-01.
    """

    key: str
    title: str
    months: str
    first: str = ""
    last: str = ""


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action; ``text`` is Markdown, ``details`` says what is noteworthy about it, in words.

    ``people`` are those responsible: its own, or else those of its section. ``due`` is a day such
    as 2026-10-15, or empty. ``late`` says that on the day of the view it should have been done.
    """

    text: str
    status: str
    details: list[str]
    people: list[str]
    due: str
    late: bool = False


@dataclass(frozen=True, slots=True)
class LinkView:
    """A section that something else points at."""

    key: str
    number: str
    title: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section; ``answer`` and ``resources`` are Markdown, ``cells`` has a list per period."""

    key: str
    number: str
    title: str
    question: str
    answer: str
    is_planned: bool
    cells: list[list[ActionView]]
    responsible: list[str]
    resources: list[str]


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet with its three sections; ``worked_out`` says in words how many parts are there."""

    number: int
    title: str
    worked_out: str
    sections: list[SectionView]


@dataclass(frozen=True, slots=True)
class AmbitionView:
    """An ambition; ``text`` is Markdown."""

    key: str
    title: str
    months: str
    question: str
    text: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item of a creation step; ``answer`` is Markdown."""

    key: str
    title: str
    question: str
    answer: str
    done: bool


@dataclass(frozen=True, slots=True)
class StepView:
    """A creation step with its items; ``settled`` says in words how many are."""

    number: int
    label: str
    title: str
    settled: str
    items: list[ItemView]
    feeds: list[LinkView]


@dataclass(frozen=True, slots=True)
class TaskView:
    """An action that somebody is named for."""

    section: LinkView
    period: str
    action: ActionView


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person or group: their sections, and the actions that name them."""

    name: str
    sections: list[LinkView]
    tasks: list[TaskView]


@dataclass(frozen=True, slots=True)
class View:
    """A whole roadmap; ``name`` is plain text, ``summary`` is Markdown, ``year`` may be empty.

    ``start`` is the first day of Month 1, such as 2026-09-01, or empty. ``as_of`` is the day on
    which late actions are marked, in words; if it is empty, none are. ``next_review`` says on which
    day a review is due, or is None; ``reviews`` is None while none was held. ``review_due`` is that
    day, such as 2027-03-01, or empty.
    """

    template: ClassVar[str] = "roadmap"
    sheets: ClassVar[tuple[str, ...]] = ("style.css",)
    paper_sheets: ClassVar[tuple[str, ...]] = ("pdf.css",)

    language: str
    labels: dict[str, str]
    statuses: dict[str, str]
    name: str
    summary: str
    sponsor: list[str]
    facilitator: list[str]
    start: str
    as_of: str
    year: str
    next_review: FactView | None
    wheel: WheelView
    periods: list[PeriodView]
    ambitions: list[AmbitionView]
    facets: list[FacetView]
    steps: list[StepView]
    reviews: ReviewsView | None
    people: list[PersonView]
    review_due: str = ""

    def as_data(self) -> dict[str, Any]:
        """Return the view as dicts, lists, strings and numbers."""
        return asdict(self)


def make(roadmap: Roadmap, as_of: date | None = None) -> View:
    """Make the view of a roadmap in the language that it asks for.

    Actions that are late on the day ``as_of`` are marked; without a day nothing depends on one.
    """
    return Maker(roadmap, catalogue.load(roadmap.community.language), as_of).view()


def make_blank(language: str) -> View:
    """Make the view of a roadmap in which nothing is filled in, not even the name."""
    return replace(make(Roadmap(community=Community(name="?", language=language))), name="")


class Maker:
    """Builds the parts of one view, or of a brief."""

    def __init__(self, roadmap: Roadmap, words: Catalogue, as_of: date | None) -> None:
        self.roadmap = roadmap
        self.words = words
        self.start = roadmap.community.start
        self.as_of = as_of
        self.cells: dict[tuple[str, str], list[Planned]] = defaultdict(list)
        for planned in roadmap.actions:
            self.cells[planned.section, planned.period.key].append(planned)
        parts = completeness.parts_of(roadmap)
        self.worked_out = {key: _worked_out(parts[key]) for key in parts}

    def view(self) -> View:
        """Make the view of the whole roadmap."""
        community = self.roadmap.community
        return View(
            language=community.language,
            labels=self.words.labels(),
            statuses=dict(self.words.words["statuses"]),
            name=" ".join(community.name.split()),
            summary=community.summary.strip(),
            sponsor=_filled(community.sponsor),
            facilitator=_filled(community.facilitator),
            start=str(self.start or ""),
            as_of=self.day(self.as_of, "long") if self.as_of else "",
            year=self.months(canvas.YEAR, "yMMMM"),
            next_review=review_view.next_due(self.roadmap, self.words),
            wheel=self._wheel(),
            periods=[self._period(span) for span in canvas.PERIODS],
            ambitions=[self.ambition(span) for span in canvas.AMBITIONS],
            facets=[self._facet(facet) for facet in canvas.FACETS],
            steps=[self._step(step) for step in canvas.STEPS],
            reviews=review_view.make(self.roadmap, self.words),
            people=self._people(),
            review_due=str(ratings.next_review(self.roadmap, self.as_of) or ""),
        )

    def _period(self, span: Span) -> PeriodView:
        title = self.words.word("periods", span.key)
        first, last = map(str, days_of(self.start, span)) if self.start else ("", "")
        return PeriodView(span.key, title, self.months(span), first, last)

    def _wheel(self) -> WheelView:
        share = sum(self.worked_out.values(), Share(0, 0))
        title = self.words.word("labels", "wheel", filled=share.filled, total=share.total)
        percent = format_percent(share.percent / 100, locale=self.words.locale)
        parts = {key: each.filled / each.total for key, each in self.worked_out.items()}
        rows = [[parts[key] for key in facet.sections] for facet in canvas.FACETS]
        return WheelView(title, percent, wheel.draw(rows))

    def link(self, key: str) -> LinkView:
        """Name a section that something else points at."""
        return LinkView(key, canvas.SECTION_NUMBERS[key], self.words.word("sections", key, "title"))

    def _people(self) -> list[PersonView]:
        """List everybody who is named, by name, with what they are responsible for."""
        people: dict[str, PersonView] = {}
        for key, section in self.roadmap.sections.items():
            for name in dict.fromkeys(names(section.responsible)):
                person = people.setdefault(name, PersonView(name, [], []))
                person.sections.append(self.link(key))
        for planned in self.roadmap.actions:
            for name in dict.fromkeys(names(planned.action.responsible)):
                period = self.words.word("periods", planned.period.key)
                # The name stands above: only what else is noteworthy is said.
                action = self.action(planned, named=False)
                task = TaskView(self.link(planned.section), period, action)
                people.setdefault(name, PersonView(name, [], [])).tasks.append(task)
        return [people[name] for name in sorted(people, key=alphabetically)]

    def _facet(self, facet: canvas.Facet) -> FacetView:
        share = sum((self.worked_out[key] for key in facet.sections), Share(0, 0))
        return FacetView(
            number=facet.number,
            title=self.words.word("facets", facet.key),
            worked_out=self.words.word("labels", "share", filled=share.filled, total=share.total),
            sections=[self._section(key) for key in facet.sections],
        )

    def _section(self, key: str) -> SectionView:
        section: Section = self.roadmap.sections[key]
        cells = [
            [self.action(planned) for planned in self.cells[key, period]]
            for period in canvas.PERIOD_KEYS
        ]
        return SectionView(
            key=key,
            number=canvas.SECTION_NUMBERS[key],
            title=self.words.word("sections", key, "title"),
            question=self.words.word("sections", key, "question"),
            answer=section.answer.strip(),
            is_planned=any(cells),
            cells=cells,
            responsible=_filled(section.responsible),
            resources=_filled(section.resources),
        )

    def action(self, planned: Planned, *, named: bool = True) -> ActionView:
        """Make an action ready; whom it names may be left out of what is noteworthy about it."""
        action = planned.action
        late = pulse.is_late(planned, self.start, self.as_of)
        details = list(names(action.responsible)) if named else []
        if late:
            details.insert(0, self.words.word("labels", "late"))
        if action.status is not Status.PLANNED:
            details.insert(0, self.words.word("statuses", action.status))
        if action.due:
            details.append(self.words.word("labels", "due", date=self.day(action.due)))
        return ActionView(
            text=action.action.strip() or self.words.word("labels", "empty"),
            status=action.status.value,
            details=details,
            people=list(planned.people),
            due=str(action.due or ""),
            late=late,
        )

    def ambition(self, span: Span) -> AmbitionView:
        """Make an ambition ready."""
        return AmbitionView(
            key=span.key,
            title=self.words.word("ambitions", span.key, "title"),
            months=_joined(self.words.word("ambitions", span.key, "months"), self.months(span)),
            question=self.words.word("ambitions", span.key, "question"),
            text=self.roadmap.ambitions[span.key].strip(),
        )

    def _step(self, step: canvas.Step) -> StepView:
        given = self.roadmap.creation[step.key]
        items = [
            ItemView(
                key=key,
                title=self.words.word("creation", step.key, "items", key, "title"),
                question=self.words.word("creation", step.key, "items", key, "question"),
                answer=given[key].answer.strip(),
                done=given[key].done,
            )
            for key in step.items
        ]
        settled = sum(item.done for item in items)
        return StepView(
            number=step.number,
            label=self.words.word("labels", "step", number=step.number),
            title=self.words.word("creation", step.key, "title"),
            settled=self.words.word("labels", "settled", filled=settled, total=len(items)),
            items=items,
            feeds=[self.link(key) for key in step.feeds],
        )

    def months(self, span: Span, skeleton: str = "yMMM") -> str:
        """Name the calendar months of a span, if they are known (CLDR's forms of the language)."""
        return months(self.start, span, self.words.locale, skeleton) if self.start else ""

    def day(self, day: date, length: Literal["medium", "long"] = "medium") -> str:
        """Name a day, as the language does."""
        return str(format_date(day, length, locale=self.words.locale))


def months(start: date, span: Span, locale: str, skeleton: str) -> str:
    """Name the calendar months of a span in words; the skeleton is one of CLDR's."""
    first, last = months_of(start, span)
    if first == last:
        return str(format_skeleton(skeleton, first, locale=locale))
    return str(format_interval(first, last, skeleton, locale=locale))


def _filled(texts: tuple[str, ...]) -> list[str]:
    return [text.strip() for text in texts if not is_blank(text)]


def _worked_out(parts: Parts) -> Share:
    """Tell how far a section is, as the wheel shows it: what it takes is no part of that."""
    filled = (parts.answer, parts.plan, parts.responsible)
    return Share(sum(filled), len(filled))


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
