"""What the reviews say, made ready to print: the last one as a wheel, the latest ones as a table.

A rating says how well something works. How far the roadmap is worked out is shown elsewhere, and
the two never meet in one number.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from babel.dates import format_date
from babel.numbers import format_decimal

from cop_roadmap import canvas, ratings, wheel
from cop_roadmap.catalogue import Catalogue
from cop_roadmap.ratings import Standing
from cop_roadmap.roadmap import Review, Roadmap, names
from cop_roadmap.wheel import WheelView


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact with its label, such as when the next review is due."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class LevelView:
    """A level of the scale and what it means."""

    number: int
    title: str
    meaning: str


@dataclass(frozen=True, slots=True)
class RatedView:
    """A section or facet with its rating at each of the latest reviews, the oldest first.

    ``now`` is the last of them, and ``trend`` says in words how it moved since the one before; it
    is empty where the last review did not rate this, or where there is none before.
    """

    number: str
    title: str
    values: list[str]
    now: str
    trend: str


@dataclass(frozen=True, slots=True)
class RatedFacetView:
    """A facet with its sections."""

    facet: RatedView
    sections: list[RatedView]


@dataclass(frozen=True, slots=True)
class ReviewView:
    """A review: when it was held, by whom, and what was noted (Markdown)."""

    key: str
    held: str
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class ReviewsView:
    """The reviews of a community: what the last one says, and those before it that are shown.

    ``days`` are those of all that are shown; ``earlier`` says how many are left out, or is empty.
    ``before`` are those before the last of which there is more than ratings, the latest first.
    ``has_trend`` tells whether there is a review before the last.
    """

    words: dict[str, str]
    last: ReviewView
    rated: str
    before: list[ReviewView]
    wheel: WheelView
    has_trend: bool
    days: list[str]
    earlier: str
    facets: list[RatedFacetView]
    total: RatedView
    levels: list[LevelView]


def make(roadmap: Roadmap, words: Catalogue) -> ReviewsView | None:
    """Make the reviews of a roadmap ready to print; None while none was held."""
    standing = ratings.standing(roadmap)
    return _Maker(roadmap, standing, words).view() if standing else None


def next_due(roadmap: Roadmap, words: Catalogue) -> FactView | None:
    """Say when the next review is due, from the file alone: no day of today goes into it."""
    day = ratings.next_review(roadmap)
    if day is None:
        return None
    label = words.word("reviews", "next_due" if roadmap.held else "first_due")
    return FactView(label, _day(day, words))


class _Maker:
    """Builds the parts of one view."""

    def __init__(self, roadmap: Roadmap, standing: Standing, words: Catalogue) -> None:
        self.held = roadmap.held
        self.shown = ratings.shown(roadmap)
        self.standing = standing
        self.words = words

    def view(self) -> ReviewsView:
        *before, last = map(self._review, self.shown)
        return ReviewsView(
            words={key: text for key, text in self._words().items() if isinstance(text, str)},
            last=last,
            rated=self._word("rated" if self.standing.total else "nothing_rated", **self._counts()),
            before=[review for review in reversed(before) if review.by or review.note],
            wheel=self._wheel(),
            has_trend=self.standing.before is not None,
            days=[_day(each.date, self.words) for each in self.shown],
            earlier=self._earlier(len(self.held) - len(self.shown)),
            facets=[self._facet(facet) for facet in canvas.FACETS],
            total=self._rated("", self._word("mean"), canvas.SECTION_KEYS),
            levels=[self._level(number) for number in canvas.RATINGS],
        )

    def _review(self, review: Review) -> ReviewView:
        by = self.words.listed(names(review.by))
        return ReviewView(
            key=str(review.date),
            held=self._word("held", date=_day(review.date, self.words)),
            by=self._word("by", names=by) if by else "",
            note=review.note.strip(),
        )

    def _words(self) -> Mapping[str, object]:
        found: Mapping[str, object] = self.words.words["reviews"]
        return found

    def _word(self, key: str, **values: object) -> str:
        return self.words.word("reviews", key, **values)

    def _counts(self) -> dict[str, int]:
        return {"rated": len(self.standing.review.rated), "total": len(canvas.SECTION_KEYS)}

    def _earlier(self, count: int) -> str:
        return self.words.plural("reviews", "earlier", count=count) if count else ""

    def _level(self, number: int) -> LevelView:
        title, meaning = (
            self.words.word("reviews", "levels", f"level_{number}", key)
            for key in ("title", "meaning")
        )
        return LevelView(number, title, meaning)

    def _wheel(self) -> WheelView:
        review, before = self.standing.review, self.standing.before
        day = _day(review.date, self.words)
        title, hub = self._word("nothing_rated"), "–"
        if self.standing.total:
            hub = self._number(self.standing.total.value)
            title = self._word("wheel", date=day, mean=hub, **self._counts())
        return WheelView(title, hub, wheel.draw(_parts(review), _parts(before) if before else None))

    def _facet(self, facet: canvas.Facet) -> RatedFacetView:
        title = self.words.word("facets", facet.key)
        return RatedFacetView(
            self._rated(str(facet.number), title, facet.sections),
            [self._section(key) for key in facet.sections],
        )

    def _section(self, key: str) -> RatedView:
        title = self.words.word("sections", key, "title")
        return self._rated(canvas.SECTION_NUMBERS[key], title, (key,))

    def _rated(self, number: str, title: str, keys: tuple[str, ...]) -> RatedView:
        """Tell how some sections, or a single one, are rated on the whole."""
        means = [ratings.mean(keys, review.rated) for review in self.held]
        values = [self._value(mean, keys) for mean in means[-len(self.shown) :]]
        return RatedView(number, title, values, values[-1], self._trend(means, keys))

    def _value(self, mean: Fraction | None, keys: tuple[str, ...]) -> str:
        if mean is None:
            return self._word("not_rated")
        return str(mean) if len(keys) == 1 else self._number(mean)

    def _trend(self, means: list[Fraction | None], keys: tuple[str, ...]) -> str:
        """Say how far the last rating is from the one before, as both are written."""
        *earlier, now = means
        if now is None or not earlier:
            return ""
        before = earlier[-1]
        if before is None:
            return self._word("first" if set(earlier) == {None} else "again")
        change = ratings.to_tenths(now) - ratings.to_tenths(before)
        if not change:
            return self._word("same")
        size = abs(change)
        by = str(int(size)) if len(keys) == 1 else self._number(size)
        return self._word("up" if change > 0 else "down", by=by)

    def _number(self, value: Fraction | Decimal) -> str:
        return str(format_decimal(ratings.to_tenths(value), "0.0", locale=self.words.locale))


def _parts(review: Review) -> list[list[float | None]]:
    """Return how far the ring of each section is filled: the best rating fills it."""
    return [list(_fills(review, facet)) for facet in canvas.FACETS]


def _fills(review: Review, facet: canvas.Facet) -> Iterator[float | None]:
    for key in facet.sections:
        rating = review.rated.get(key)
        yield None if rating is None else rating / canvas.RATINGS[-1]


def _day(day: date, words: Catalogue) -> str:
    return str(format_date(day, "medium", locale=words.locale))
