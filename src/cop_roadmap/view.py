"""A roadmap made ready to print: everything sorted, labelled, dated, and nothing left to decide.

A view holds plain texts in frozen dataclasses; ``as_data`` gives the dicts and lists that templates
get. Texts that are Markdown stay Markdown: each format renders them in its own way.
"""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from babel.dates import format_date, format_interval, format_skeleton

from cop_roadmap import canvas, catalogue
from cop_roadmap.calendar import months_of
from cop_roadmap.canvas import Span
from cop_roadmap.catalogue import Catalogue
from cop_roadmap.roadmap import Action, Roadmap, Section, is_blank


@dataclass(frozen=True, slots=True)
class PeriodView:
    """A column of the grid; ``months`` is empty when the roadmap has no start."""

    key: str
    title: str
    months: str


@dataclass(frozen=True, slots=True)
class ActionView:
    """An action; ``text`` is Markdown, ``details`` says what is noteworthy about it, in words."""

    text: str
    status: str
    details: list[str]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section; ``answer`` and ``resources`` are Markdown, ``cells`` has a list per period."""

    key: str
    number: str
    title: str
    question: str
    answer: str
    cells: list[list[ActionView]]
    responsible: list[str]
    resources: list[str]


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet with its three sections."""

    number: int
    title: str
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

    title: str
    question: str
    answer: str
    done: bool


@dataclass(frozen=True, slots=True)
class StepView:
    """A creation step with its items."""

    number: int
    label: str
    title: str
    items: list[ItemView]


@dataclass(frozen=True, slots=True)
class View:
    """A whole roadmap; ``name`` is plain text, ``summary`` is Markdown, ``year`` may be empty."""

    language: str
    labels: dict[str, str]
    name: str
    summary: str
    year: str
    periods: list[PeriodView]
    ambitions: list[AmbitionView]
    facets: list[FacetView]
    steps: list[StepView]

    def as_data(self) -> dict[str, Any]:
        """Return the view as dicts, lists and strings."""
        return asdict(self)


def make(roadmap: Roadmap) -> View:
    """Make the view of a roadmap in the language that it asks for."""
    return _Maker(roadmap, catalogue.load(roadmap.community.language)).view()


class _Maker:
    """Builds the parts of one view."""

    def __init__(self, roadmap: Roadmap, words: Catalogue) -> None:
        self.roadmap = roadmap
        self.words = words
        self.start = roadmap.community.start

    def view(self) -> View:
        community = self.roadmap.community
        return View(
            language=community.language,
            labels=dict(self.words.words["labels"]),
            name=" ".join(community.name.split()),
            summary=community.summary.strip(),
            year=self._months(canvas.YEAR, "yMMMM"),
            periods=[
                PeriodView(span.key, self.words.word("periods", span.key), self._months(span))
                for span in canvas.PERIODS
            ],
            ambitions=[self._ambition(span) for span in canvas.AMBITIONS],
            facets=[self._facet(facet) for facet in canvas.FACETS],
            steps=[self._step(step) for step in canvas.STEPS],
        )

    def _facet(self, facet: canvas.Facet) -> FacetView:
        title = self.words.word("facets", facet.key)
        return FacetView(facet.number, title, [self._section(key) for key in facet.sections])

    def _section(self, key: str) -> SectionView:
        section: Section = self.roadmap.sections[key]
        return SectionView(
            key=key,
            number=canvas.SECTION_NUMBERS[key],
            title=self.words.word("sections", key, "title"),
            question=self.words.word("sections", key, "question"),
            answer=section.answer.strip(),
            cells=[
                [self._action(action) for action in actions if not action.is_empty]
                for actions in section.timeline.values()
            ],
            responsible=_filled(section.responsible),
            resources=_filled(section.resources),
        )

    def _action(self, action: Action) -> ActionView:
        details = _filled(action.responsible)
        if action.status != "planned":
            details.insert(0, self.words.word("statuses", action.status))
        if action.due:
            details.append(self.words.word("labels", "due", date=self._day(action.due)))
        text = action.action.strip() or self.words.word("labels", "empty")
        return ActionView(text, action.status.value, details)

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
                title=self.words.word("creation", step.key, "items", key, "title"),
                question=self.words.word("creation", step.key, "items", key, "question"),
                answer=given[key].answer.strip(),
                done=given[key].done,
            )
            for key in step.items
        ]
        label = self.words.word("labels", "step", number=step.number)
        return StepView(step.number, label, self.words.word("creation", step.key, "title"), items)

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


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
