"""How much of a roadmap is filled in, per facet and in total."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from cop_roadmap import canvas
from cop_roadmap.roadmap import Action, Roadmap, Section, is_blank


@dataclass(frozen=True, slots=True)
class Share:
    """So many parts of so many are filled in."""

    filled: int
    total: int

    @property
    def percent(self) -> int:
        """The share in whole percent, rounded down: 100 means all."""
        return 100 * self.filled // self.total if self.total else 100

    def __add__(self, other: "Share") -> "Share":
        return Share(self.filled + other.filled, self.total + other.total)


class Parts(NamedTuple):
    """Which parts of a section are filled in.

    For whom is responsible, it is enough that each action of the plan says it.
    """

    answer: bool
    plan: bool
    responsible: bool
    resources: bool


@dataclass(frozen=True, slots=True)
class Completeness:
    """What is filled in. A section counts its four parts.

    An ambition counts one, and so does an item of a creation step, when it has an answer.
    """

    facets: dict[str, Share]
    ambitions: Share
    creation: Share

    def __add__(self, other: "Completeness") -> "Completeness":
        facets = {key: share + other.facets[key] for key, share in self.facets.items()}
        creation = self.creation + other.creation
        return Completeness(facets, self.ambitions + other.ambitions, creation)

    @property
    def total(self) -> Share:
        """The share of the whole roadmap."""
        return sum(self.facets.values(), self.ambitions + self.creation)


def measure(roadmap: Roadmap) -> Completeness:
    """Count what is filled in."""
    parts = parts_of(roadmap)
    facets = {
        facet.key: _share(part for key in facet.sections for part in parts[key])
        for facet in canvas.FACETS
    }
    ambitions = _share(not is_blank(text) for text in roadmap.ambitions.values())
    creation = _share(
        not is_blank(item.answer) for items in roadmap.creation.values() for item in items.values()
    )
    return Completeness(facets, ambitions, creation)


def parts_of(roadmap: Roadmap) -> dict[str, Parts]:
    """Tell for each section which of its parts are filled in."""
    plans: dict[str, list[Action]] = {key: [] for key in roadmap.sections}
    for planned in roadmap.plan:
        if not is_blank(planned.action.action):
            plans[planned.section].append(planned.action)
    return {key: _parts(section, plans[key]) for key, section in roadmap.sections.items()}


def _parts(section: Section, plan: Sequence[Action]) -> Parts:
    return Parts(
        not is_blank(section.answer),
        bool(plan),
        _has_text(section.responsible)
        or (bool(plan) and all(_has_text(action.responsible) for action in plan)),
        _has_text(section.resources),
    )


def _has_text(texts: Iterable[str]) -> bool:
    return not all(map(is_blank, texts))


def _share(parts: Iterable[bool]) -> Share:
    counted = list(parts)
    return Share(sum(counted), len(counted))
