"""The reviews made ready to print: ratings in words and numbers of the language, and the wheel."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_roadmap import canvas, catalogue, review_view, tags, wheel
from cop_roadmap.review_view import FactView, LevelView, RatedView, ReviewsView, ReviewView
from cop_roadmap.roadmap import Roadmap

DAY = date(2026, 1, 15)


def roadmap_of(*reviews: dict[str, Any], **community: Any) -> Roadmap:
    dated = [
        {"date": str(DAY + timedelta(days=31 * number)), **review}
        for number, review in enumerate(reviews)
    ]
    return Roadmap.model_validate({"community": {"name": "Bees", **community}, "reviews": dated})


def made(*reviews: dict[str, Any], language: str = "en") -> ReviewsView:
    view = review_view.make(roadmap_of(*reviews), catalogue.load(language))
    assert view
    return view


def rated(*ratings: dict[str, int], language: str = "en") -> ReviewsView:
    return made(*({"ratings": each} for each in ratings), language=language)


def vision_of(view: ReviewsView) -> RatedView:
    return view.facets[0].sections[0]


# ── the last review ──────────────────────────────────────────────────────────────────────────────


def test_without_a_review_there_is_nothing_to_show() -> None:
    assert review_view.make(roadmap_of(), catalogue.load("en")) is None


def test_the_last_review_says_when_it_was_held_by_whom_and_what_was_noted() -> None:
    view = made({"note": "Old"}, {"by": ["Core  group", " ", "Ann"], "note": " *New*\n"})
    assert view.last == ReviewView(
        "2026-02-15", "Review of 15 Feb 2026", "Held by Core group, Ann", "*New*"
    )
    assert view.before == [ReviewView("2026-01-15", "Review of 15 Jan 2026", "", "Old")]


def test_the_order_of_the_file_does_not_matter() -> None:
    roadmap = Roadmap.model_validate(
        {
            "community": {"name": "Bees"},
            "reviews": [
                {"date": "2026-02-15", "ratings": {"vision": 4}},
                None,
                {"date": "2026-01-15", "ratings": {"vision": 2}},
            ],
        }
    )
    assert review_view.make(roadmap, catalogue.load("en")) == rated({"vision": 2}, {"vision": 4})


def test_a_review_before_of_which_there_are_ratings_only_stands_in_the_table_alone() -> None:
    view = rated({"vision": 2}, {"vision": 4})
    assert view.before == []
    assert view.days == ["15 Jan 2026", "15 Feb 2026"]


@pytest.mark.parametrize(
    ("ratings", "said"),
    [
        pytest.param({}, "This review rated no section.", id="nothing"),
        pytest.param({"vision": 1}, "Sections rated: 1 of 24.", id="one"),
        pytest.param(
            dict.fromkeys(canvas.SECTION_KEYS, 5), "Sections rated: 24 of 24.", id="everything"
        ),
    ],
)
def test_a_review_says_how_many_sections_it_rated(ratings: dict[str, int], said: str) -> None:
    assert rated(ratings).rated == said


# ── ratings and where they moved ─────────────────────────────────────────────────────────────────

SEVERAL = {"vision": 4, "community_purpose": 3, "objectives": 4}


@pytest.mark.parametrize(
    ("before", "now", "trend"),
    [
        pytest.param({"vision": 2}, {"vision": 4}, "up by 2", id="up"),
        pytest.param({"vision": 4}, {"vision": 3}, "down by 1", id="down"),
        pytest.param({"vision": 4}, {"vision": 4}, "unchanged", id="the same"),
        pytest.param({"results": 4}, {"vision": 4}, "rated for the first time", id="first"),
        pytest.param({"vision": 4}, {"results": 4}, "", id="no longer rated"),
    ],
)
def test_a_trend_is_said_in_words(before: dict[str, int], now: dict[str, int], trend: str) -> None:
    assert vision_of(rated(before, now)).trend == trend


def test_what_was_rated_once_is_not_said_to_be_rated_for_the_first_time() -> None:
    assert vision_of(rated({"vision": 2}, {}, {"vision": 4})).trend == "rated again"


def test_a_first_review_has_no_trend() -> None:
    view = rated(SEVERAL)
    assert not view.has_trend
    assert {row.trend for each in view.facets for row in (each.facet, *each.sections)} == {""}


@pytest.mark.parametrize(
    ("language", "facet", "section"),
    [
        pytest.param(
            "en",
            RatedView("1", "Vision", ["2.3", "3.7"], "3.7", "up by 1.4"),
            RatedView("1.3", "Objectives", ["not rated", "4"], "4", "rated for the first time"),
            id="english",
        ),
        pytest.param(
            "fr",
            RatedView("1", "Vision", ["2,3", "3,7"], "3,7", "en hausse de 1,4"),
            RatedView("1.3", "Objectifs", ["non notée", "4"], "4", "première note"),
            id="french",
        ),
    ],
)
def test_a_facet_has_the_mean_of_its_rated_sections_in_numbers_of_the_language(
    language: str, facet: RatedView, section: RatedView
) -> None:
    # The change is that between the numbers as they are written: 3.7 less 2.3, not 1 1/3.
    before = {"vision": 2, "community_purpose": 2, "objectives": 3}
    assert rated(before, SEVERAL, language=language).facets[0].facet == facet
    partly = {"vision": 2}
    assert rated(partly, SEVERAL, language=language).facets[0].sections[2] == section


def test_a_facet_without_a_rating_is_not_rated() -> None:
    assert rated(SEVERAL).facets[7].facet == RatedView(
        "8", "Measurement", ["not rated"], "not rated", ""
    )


def test_a_change_that_cannot_be_seen_is_none() -> None:
    many = dict.fromkeys(canvas.SECTION_KEYS, 3)
    assert rated(many, {**many, "results": 4}).total.trend == "unchanged"


@given(
    st.lists(st.dictionaries(st.sampled_from(canvas.SECTION_KEYS), st.integers(1, 5)), min_size=1)
)
def test_every_row_has_a_value_for_every_review_that_is_shown(
    reviews: list[dict[str, int]],
) -> None:
    view = rated(*reviews[:40])
    rows = [row for each in view.facets for row in (each.facet, *each.sections)]
    assert len(rows) == len(canvas.FACETS) + len(canvas.SECTION_KEYS)
    for row in [*rows, view.total]:
        assert len(row.values) == len(view.days) == min(len(reviews[:40]), 4)
        assert row.now == row.values[-1]
        assert (row.trend != "") == (view.has_trend and row.now != "not rated")


@pytest.mark.parametrize(
    ("held", "shown", "said"),
    [
        (1, 1, ""),
        (4, 4, ""),
        (5, 4, "1 earlier review is not shown."),
        (30, 4, "26 earlier reviews are not shown."),
    ],
)
def test_the_latest_reviews_are_shown_and_the_earlier_ones_counted(
    held: int, shown: int, said: str
) -> None:
    view = made(*({"note": f"N{number}"} for number in range(held)))
    notes = [f"N{number}" for number in range(held)][-shown:]
    assert [review.note for review in [*reversed(view.before), view.last]] == notes
    assert (len(view.days), view.earlier) == (shown, said)


# ── the wheel ────────────────────────────────────────────────────────────────────────────────────


def test_the_wheel_shows_the_last_review_and_marks_the_one_before() -> None:
    view = rated({"vision": 2}, {"vision": 5, "results": 1})
    now: list[list[float | None]] = [[None] * 3 for _ in canvas.FACETS]
    before: list[list[float | None]] = [[None] * 3 for _ in canvas.FACETS]
    now[0][0], now[7][2], before[0][0] = 1, 0.2, 0.4
    assert view.wheel == wheel.WheelView(
        "A wheel of eight facets that shows the rating of each section at the review of "
        "15 Feb 2026. Sections rated: 2 of 24. Their mean: 3.0 of 5.",
        "3.0",
        wheel.draw(now, before),
    )


def test_the_wheel_of_a_review_that_rates_nothing_says_so() -> None:
    view = rated({})
    assert (view.wheel.title, view.wheel.hub) == ("This review rated no section.", "–")
    assert not any(ring.known for sector in view.wheel.sectors for ring in sector.rings)


# ── the scale, and when the next one is due ──────────────────────────────────────────────────────


@pytest.mark.parametrize("language", tags.known())
def test_every_level_of_the_scale_is_written_out(language: str) -> None:
    levels = made({}, language=language).levels
    assert [level.number for level in levels] == list(canvas.RATINGS)
    assert len({(level.title, level.meaning) for level in levels}) == len(levels)
    assert made({}).levels[0] == LevelView(
        1, "Nothing there yet", "Nobody has begun, or what was begun has stopped."
    )


@pytest.mark.parametrize(
    ("reviews", "community", "due"),
    [
        pytest.param([], {}, None, id="nobody says how often"),
        pytest.param([{}], {}, None, id="held, but nobody says how often"),
        pytest.param([], {"review_every": "3 months"}, None, id="no start to count from"),
        pytest.param(
            [],
            {"review_every": "6 weeks", "start": "2026-09"},
            FactView("First review due", "13 Oct 2026"),
            id="from the start",
        ),
        pytest.param(
            [{}, {}],
            {"review_every": "3 months", "start": "2026-01"},
            FactView("Next review due", "15 May 2026"),
            id="from the last one",
        ),
    ],
)
def test_the_next_review_is_counted_from_what_the_file_says(
    reviews: list[dict[str, Any]], community: dict[str, Any], due: FactView | None
) -> None:
    assert review_view.next_due(roadmap_of(*reviews, **community), catalogue.load("en")) == due
