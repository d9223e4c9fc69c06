"""A roadmap made ready to print: everything sorted, labelled, dated, and nothing left to decide.

A view holds plain texts in frozen dataclasses; ``as_data`` gives the dicts and lists that templates
get. Texts that are Markdown stay Markdown: each format renders them in its own way.
"""

import unicodedata
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_percent

from cop_roadmap import canvas, catalogue, completeness, wheel
from cop_roadmap.calendar import months_of
from cop_roadmap.canvas import Span
from cop_roadmap.catalogue import Catalogue
from cop_roadmap.completeness import Parts, Share
from cop_roadmap.roadmap import Action, Community, Roadmap, Section, is_blank


@dataclass(frozen=True, slots=True)
class PeriodView:
    """A column of the grid; ``months`` is empty when the roadmap has no start."""

    key: str
    title: str
    months: str


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action; ``text`` is Markdown, ``details`` says what is noteworthy about it, in words.

    ``people`` are those responsible: its own, or else those of its section. ``due`` is a day such
    as 2026-10-15, or empty.
    """

    text: str
    status: str
    details: list[str]
    people: list[str]
    due: str


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
class WheelView:
    """The wheel of facets: what it shows in words, and its sectors in the order of the facets."""

    title: str
    percent: str
    sectors: list[wheel.Sector]


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

    ``start`` is the first day of Month 1, such as 2026-09-01, or empty.
    """

    language: str
    labels: dict[str, str]
    statuses: dict[str, str]
    name: str
    summary: str
    sponsor: list[str]
    facilitator: list[str]
    start: str
    year: str
    wheel: WheelView
    periods: list[PeriodView]
    ambitions: list[AmbitionView]
    facets: list[FacetView]
    steps: list[StepView]
    people: list[PersonView]

    def as_data(self) -> dict[str, Any]:
        """Return the view as dicts, lists, strings and numbers."""
        return asdict(self)


def make(roadmap: Roadmap) -> View:
    """Make the view of a roadmap in the language that it asks for."""
    return _Maker(roadmap, catalogue.load(roadmap.community.language)).view()


def make_blank(language: str) -> View:
    """Make the view of a roadmap in which nothing is filled in, not even the name."""
    return replace(make(Roadmap(community=Community(name="?", language=language))), name="")


class _Maker:
    """Builds the parts of one view."""

    def __init__(self, roadmap: Roadmap, words: Catalogue) -> None:
        self.roadmap = roadmap
        self.words = words
        self.start = roadmap.community.start
        parts = completeness.parts_of(roadmap)
        self.worked_out = {key: _worked_out(parts[key]) for key in parts}

    def view(self) -> View:
        community = self.roadmap.community
        return View(
            language=community.language,
            labels=dict(self.words.words["labels"]),
            statuses=dict(self.words.words["statuses"]),
            name=" ".join(community.name.split()),
            summary=community.summary.strip(),
            sponsor=_filled(community.sponsor),
            facilitator=_filled(community.facilitator),
            start=str(self.start or ""),
            year=self._months(canvas.YEAR, "yMMMM"),
            wheel=self._wheel(),
            periods=[
                PeriodView(span.key, self.words.word("periods", span.key), self._months(span))
                for span in canvas.PERIODS
            ],
            ambitions=[self._ambition(span) for span in canvas.AMBITIONS],
            facets=[self._facet(facet) for facet in canvas.FACETS],
            steps=[self._step(step) for step in canvas.STEPS],
            people=self._people(),
        )

    def _wheel(self) -> WheelView:
        share = sum(self.worked_out.values(), Share(0, 0))
        title = self.words.word("labels", "wheel", filled=share.filled, total=share.total)
        percent = format_percent(share.percent / 100, locale=self.words.locale)
        parts = {key: each.filled / each.total for key, each in self.worked_out.items()}
        rows = [[parts[key] for key in facet.sections] for facet in canvas.FACETS]
        return WheelView(title, percent, wheel.draw(rows))

    def _link(self, key: str) -> LinkView:
        return LinkView(key, canvas.SECTION_NUMBERS[key], self.words.word("sections", key, "title"))

    def _people(self) -> list[PersonView]:
        """List everybody who is named, by name, with what they are responsible for."""
        people: dict[str, PersonView] = {}
        for key, section in self.roadmap.sections.items():
            for name in dict.fromkeys(_names(section.responsible)):
                person = people.setdefault(name, PersonView(name, [], []))
                person.sections.append(self._link(key))
        for planned in self.roadmap.actions:
            for name in dict.fromkeys(_names(planned.action.responsible)):
                period = self.words.word("periods", planned.period.key)
                # The name stands above: only what else is noteworthy is said.
                action = replace(
                    self._action(planned.action, self.roadmap.sections[planned.section]),
                    details=self._details(planned.action, named=False),
                )
                task = TaskView(self._link(planned.section), period, action)
                people.setdefault(name, PersonView(name, [], [])).tasks.append(task)
        return [people[name] for name in sorted(people, key=_alphabetically)]

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
            [self._action(action, section) for action in actions if not action.is_empty]
            for actions in section.timeline.values()
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

    def _action(self, action: Action, section: Section) -> ActionView:
        text = action.action.strip() or self.words.word("labels", "empty")
        people = _names(action.responsible) or _names(section.responsible)
        due = str(action.due or "")
        return ActionView(text, action.status.value, self._details(action), people, due)

    def _details(self, action: Action, *, named: bool = True) -> list[str]:
        """Say what is noteworthy about an action; whom it names may be left out."""
        details = _filled(action.responsible) if named else []
        if action.status != "planned":
            details.insert(0, self.words.word("statuses", action.status))
        if action.due:
            details.append(self.words.word("labels", "due", date=self._day(action.due)))
        return details

    def _ambition(self, span: Span) -> AmbitionView:
        return AmbitionView(
            key=span.key,
            title=self.words.word("ambitions", span.key, "title"),
            months=_joined(self.words.word("ambitions", span.key, "months"), self._months(span)),
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
            feeds=[self._link(key) for key in step.feeds],
        )

    def _months(self, span: Span, skeleton: str = "yMMM") -> str:
        """Name the calendar months of a span, if they are known (CLDR's forms of the language)."""
        if self.start is None:
            return ""
        first, last = months_of(self.start, span)
        locale = self.words.locale
        if first == last:
            return str(format_skeleton(skeleton, first, locale=locale))
        return str(format_interval(first, last, skeleton, locale=locale))

    def _day(self, day: date) -> str:
        return str(format_date(day, "medium", locale=self.words.locale))


def _filled(texts: tuple[str, ...]) -> list[str]:
    return [text.strip() for text in texts if not is_blank(text)]


def _worked_out(parts: Parts) -> Share:
    """Tell how far a section is, as the wheel shows it: what it takes is no part of that."""
    filled = (parts.answer, parts.plan, parts.responsible)
    return Share(sum(filled), len(filled))


def _alphabetically(name: str) -> tuple[str, str]:
    """Return what to sort a name by: accents and capitals count only between equals."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(char for char in letters if not unicodedata.combining(char)), name


def _names(texts: tuple[str, ...]) -> list[str]:
    """Return names with their white space folded, so that each is written in one way."""
    return [" ".join(text.split()) for text in _filled(texts)]


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
