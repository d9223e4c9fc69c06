"""The wheel: the eight facets as sectors, their sections as rings, filled as far as they are.

Drawn from plain numbers to the paths of an SVG. The first facet begins at the top; clockwise, as
a clock is read. Ring 1 is the innermost.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

# Units of the drawing; the viewBox of the SVG is centred on the hub.
SIZE = 200
_HUB = 22.0
_RING = 19.0
_GAP = 1.6
_LABEL = 90.0


@dataclass(frozen=True, slots=True)
class Ring:
    """One section of one facet: the outline of its part of the wheel, and of what is filled.

    ``known`` is False where nobody can tell how far it is. ``before`` is a line across the ring
    where it stood before, or empty.
    """

    outline: str
    filled: str
    known: bool = True
    before: str = ""


@dataclass(frozen=True, slots=True)
class Sector:
    """One facet: its rings from the hub outwards, and where its number stands."""

    rings: list[Ring]
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class WheelView:
    """A wheel of facets: what it shows in words, what stands in its hub, and its sectors."""

    title: str
    hub: str
    sectors: list[Sector]


# How far the sections of each facet are, from 0 (nothing) to 1; None is not known.
Parts = Sequence[Sequence[float | None]]


def draw(facets: Parts, before: Parts | None = None) -> list[Sector]:
    """Draw a wheel of facets, each with how far its sections are, and how far they were before."""
    angle = 2 * pi / len(facets)
    earlier = before or [[None] * len(parts) for parts in facets]
    return [
        Sector(
            list(_rings(parts, earlier[number], number * angle, angle)),
            *_at(_LABEL, (number + 0.5) * angle),
        )
        for number, parts in enumerate(facets)
    ]


def _rings(
    parts: Sequence[float | None], before: Sequence[float | None], start: float, angle: float
) -> Iterator[Ring]:
    for number, (part, earlier) in enumerate(zip(parts, before, strict=True)):
        inner = _HUB + number * (_RING + _GAP)
        outer = inner + _RING
        middle = (inner + outer) / 2
        # A gap of one width all along, and so of a smaller angle further out.
        first, last = start + _GAP / 2 / middle, start + angle - _GAP / 2 / middle
        outline = _arc(inner, outer, first, last)
        filled = _arc(inner, outer, first, first + part * (last - first)) if part else ""
        line = "" if earlier is None else _line(inner, outer, first + earlier * (last - first))
        yield Ring(outline, filled, part is not None, line)


def _line(inner: float, outer: float, angle: float) -> str:
    """Return the path of a line across a ring."""
    return f"M{_point(_at(inner, angle))}L{_point(_at(outer, angle))}"


def _arc(inner: float, outer: float, first: float, last: float) -> str:
    """Return the path of a ring's piece between two angles."""
    a, b, c, d = _at(outer, first), _at(outer, last), _at(inner, last), _at(inner, first)
    return (
        f"M{_point(a)}A{outer:g} {outer:g} 0 0 1 {_point(b)}"
        f"L{_point(c)}A{inner:g} {inner:g} 0 0 0 {_point(d)}Z"
    )


def _at(radius: float, angle: float) -> tuple[float, float]:
    """Return a point by its distance from the hub and its angle from the top, clockwise."""
    return round(radius * sin(angle), 2), round(-radius * cos(angle), 2)


def _point(point: tuple[float, float]) -> str:
    return f"{point[0]:g} {point[1]:g}"
