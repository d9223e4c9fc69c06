"""What the reviews of a community say: ratings per section, their means, and where they moved.

Ratings say how well something works; how much of the roadmap is written down is another matter
(see ``completeness``), and the two are never mixed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from cop_roadmap import canvas
from cop_roadmap.roadmap import Review, Roadmap

# Documents show so many reviews at most: more would not fit on a page.
_SHOWN = 4

_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating from 1 to 5, exact, and how far it moved since the review before.

    ``change`` is None where the review before did not rate this.
    """

    value: Fraction
    change: Fraction | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a review says. Facets and sections that it did not rate are left out.

    A facet is the mean of its rated sections, and ``total`` that of all rated sections; ``total``
    is None for a review that rates nothing.
    """

    review: Review
    before: Review | None
    sections: Mapping[str, Rated]
    facets: Mapping[str, Rated]
    total: Rated | None


def standing(roadmap: Roadmap, as_of: date | None = None) -> Standing | None:
    """Return what the last review says that was held by a day, or the last of all; None if none."""
    held = [review for review in roadmap.held if as_of is None or review.date <= as_of]
    if not held:
        return None
    review, before = held[-1], held[-2] if len(held) > 1 else None
    now, then = review.rated, before.rated if before else {}
    sections = {key: rated for key in now if (rated := _rated([key], now, then))}
    facets = {
        facet.key: rated for facet in canvas.FACETS if (rated := _rated(facet.sections, now, then))
    }
    return Standing(review, before, sections, facets, _rated(canvas.SECTION_KEYS, now, then))


def _rated(keys: Iterable[str], now: Mapping[str, int], then: Mapping[str, int]) -> Rated | None:
    keys = tuple(keys)
    value, earlier = mean(keys, now), mean(keys, then)
    if value is None:
        return None
    return Rated(value, None if earlier is None else value - earlier)


def mean(keys: Iterable[str], ratings: Mapping[str, int]) -> Fraction | None:
    """Return the mean of those sections that are rated; None if none of them is."""
    given = [ratings[key] for key in keys if key in ratings]
    return Fraction(sum(given), len(given)) if given else None


def shown(roadmap: Roadmap) -> tuple[Review, ...]:
    """Return the latest reviews, which are those that documents show; the oldest first."""
    return roadmap.held[-_SHOWN:]


def next_review(roadmap: Roadmap, as_of: date | None = None) -> date | None:
    """Return the day of the next review, counted from the last one or from the start.

    None if the community does not say how often, or if there is nothing to count from.
    """
    every, start = roadmap.community.review_every, roadmap.community.start
    last = standing(roadmap, as_of)
    begin = last.review.date if last else start
    return every.after(begin) if every and begin else None


def to_tenths(value: Fraction | Decimal) -> Decimal:
    """Round a rating as it is shown, halves up; what is shown moved by the difference of these."""
    exact = Fraction(value)
    quotient = Decimal(exact.numerator) / Decimal(exact.denominator)
    return quotient.quantize(_TENTH, ROUND_HALF_UP)
