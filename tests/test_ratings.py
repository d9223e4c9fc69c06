"""What reviews say: means that are exact, and changes only where there is something to compare."""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cop_roadmap import canvas
from cop_roadmap.ratings import Rated, Standing, mean, next_review, standing, to_tenths
from cop_roadmap.roadmap import Roadmap
from tests.roadmaps import DAYS, PLANS

EVERY = settings(max_examples=100, deadline=None)


def reviewed(*reviews: dict[str, Any], **community: Any) -> Roadmap:
    return Roadmap.model_validate(
        {"community": {"name": "Bees", **community}, "reviews": list(reviews)}
    )


def on(day: str, **ratings: int) -> dict[str, Any]:
    return {"date": day, "ratings": ratings}


# ── one review, and two ──────────────────────────────────────────────────────────────────────────


def test_a_review_says_how_its_sections_do_and_how_they_moved() -> None:
    roadmap = reviewed(
        on("2027-04-11", vision=4, objectives=2, core_group=3, results=5),
        on("2027-01-10", vision=3, community_purpose=1, core_group=5),
    )
    assert standing(roadmap) == Standing(
        review=roadmap.held[1],
        before=roadmap.held[0],
        sections={
            "vision": Rated(Fraction(4), Fraction(1)),
            "objectives": Rated(Fraction(2), None),
            "core_group": Rated(Fraction(3), Fraction(-2)),
            "results": Rated(Fraction(5), None),
        },
        facets={
            "vision": Rated(Fraction(3), Fraction(1)),
            "leadership": Rated(Fraction(3), Fraction(-2)),
            "measurement": Rated(Fraction(5), None),
        },
        total=Rated(Fraction(7, 2), Fraction(1, 2)),
    )


def test_a_first_review_has_nothing_to_compare_with() -> None:
    roadmap = reviewed(on("2027-01-10", vision=3))
    three = Rated(Fraction(3), None)
    assert standing(roadmap) == Standing(
        roadmap.held[0], None, {"vision": three}, {"vision": three}, three
    )


def test_a_review_that_rates_nothing_says_nothing() -> None:
    roadmap = reviewed(on("2027-01-10", vision=3), on("2027-04-11"))
    assert standing(roadmap) == Standing(roadmap.held[1], roadmap.held[0], {}, {}, None)


def test_without_reviews_there_is_no_standing() -> None:
    assert standing(reviewed()) is None


@pytest.mark.parametrize(
    ("day", "held"),
    [
        pytest.param("2027-01-09", None, id="before the first"),
        pytest.param("2027-01-10", 0, id="the day of the first"),
        pytest.param("2027-04-10", 0, id="before the second"),
        pytest.param("2027-04-11", 1, id="the day of the second"),
        pytest.param(None, 1, id="no day"),
    ],
)
def test_what_was_held_by_a_day_counts(day: str | None, held: int | None) -> None:
    roadmap = reviewed(on("2027-01-10", vision=3), on("2027-04-11", vision=4))
    found = standing(roadmap, day and date.fromisoformat(day))  # type: ignore[arg-type]
    assert (found and found.review) == (None if held is None else roadmap.held[held])


# ── any reviews ──────────────────────────────────────────────────────────────────────────────────


@given(st.dictionaries(st.sampled_from(canvas.SECTION_KEYS), st.sampled_from(canvas.RATINGS)))
def test_a_mean_is_of_the_rated_sections_only(ratings: dict[str, int]) -> None:
    for facet in canvas.FACETS:
        given_ = [ratings[key] for key in facet.sections if key in ratings]
        found = mean(facet.sections, ratings)
        assert (found is None) == (not given_)
        if found is not None:
            assert found * len(given_) == sum(given_)
            assert min(given_) <= found <= max(given_)


@EVERY
@given(PLANS, st.none() | DAYS)
def test_every_standing_is_that_of_the_last_review_by_the_day(
    roadmap: Roadmap, day: date | None
) -> None:
    days = sorted(each.date for each in roadmap.reviews if each and (not day or each.date <= day))
    found = standing(roadmap, day)
    assert [found.review.date] == days[-1:] if found else not days
    if found:
        assert [found.before.date] == days[-2:-1] if found.before else len(days) == 1


@EVERY
@given(PLANS)
def test_every_standing_is_of_the_sections_and_facets_that_were_rated(roadmap: Roadmap) -> None:
    found = standing(roadmap)
    if found is None:
        return
    rated = found.review.rated
    assert {key: each.value for key, each in found.sections.items()} == rated
    assert {key: each.value for key, each in found.facets.items()} == {
        facet.key: mean(facet.sections, rated)
        for facet in canvas.FACETS
        if any(key in rated for key in facet.sections)
    }
    assert (found.total and found.total.value) == mean(canvas.SECTION_KEYS, rated)


@EVERY
@given(PLANS)
def test_every_change_is_since_the_review_before_if_that_rated_it(roadmap: Roadmap) -> None:
    found = standing(roadmap)
    if found is None:
        return
    then = found.before.rated if found.before else {}
    for key, each in found.sections.items():
        assert each.change == (each.value - then[key] if key in then else None)
    for facet in canvas.FACETS:
        if facet.key in found.facets:
            each, before = found.facets[facet.key], mean(facet.sections, then)
            assert each.change == (None if before is None else each.value - before)


# ── the next review ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("reviews", "community", "day", "expected"),
    [
        pytest.param(
            ["2027-01-10"], {"review_every": "3 months"}, None, "2027-04-10", id="from the last"
        ),
        pytest.param(
            ["2027-01-10"], {"review_every": "6 weeks"}, None, "2027-02-21", id="after weeks"
        ),
        pytest.param(
            ["2026-11-30"],
            {"review_every": "3 months"},
            None,
            "2027-02-28",
            id="where the month has no such day",
        ),
        pytest.param(
            ["2027-01-10", "2027-04-11"],
            {"review_every": "3 months"},
            "2027-04-10",
            "2027-04-10",
            id="what is held later does not count yet",
        ),
        pytest.param(
            [],
            {"review_every": "3 months", "start": "2026-09"},
            None,
            "2026-12-01",
            id="from the start",
        ),
        pytest.param([], {"review_every": "3 months"}, None, None, id="nothing to count from"),
        pytest.param(["2027-01-10"], {"start": "2026-09"}, None, None, id="no interval"),
    ],
)
def test_the_next_review_is_on(
    reviews: list[str], community: dict[str, str], day: str | None, expected: str | None
) -> None:
    roadmap = reviewed(*map(on, reviews), **community)
    found = next_review(roadmap, date.fromisoformat(day) if day else None)
    assert found == (date.fromisoformat(expected) if expected else None)


@EVERY
@given(PLANS, st.none() | DAYS)
def test_every_next_review_counts_from_the_last_by_the_day_or_from_the_start(
    roadmap: Roadmap, day: date | None
) -> None:
    community, last = roadmap.community, standing(roadmap, day)
    begin = last.review.date if last else community.start
    found = next_review(roadmap, day)
    if community.review_every and begin:
        assert found == community.review_every.after(begin)
        assert found > begin
    else:
        assert found is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(13, 4), "3.3"),
        (Fraction(7, 3), "2.3"),
        (Fraction(11, 3), "3.7"),
        (Fraction(5), "5.0"),
    ],
)
def test_a_rating_is_shown_in_tenths_and_halves_go_up(value: Fraction, shown: str) -> None:
    assert str(to_tenths(value)) == shown
