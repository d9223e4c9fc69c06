"""Colours are read, mixed and compared as the standards say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cop_roadmap.colours import BLACK, WHITE, Colour, contrast, faded, readable, stands_out

PART = st.integers(0, 255)
COLOURS = st.builds(Colour, PART, PART, PART)


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#0a5a66", Colour(10, 90, 102)),
        ("#0A5A66", Colour(10, 90, 102)),
        ("#abc", Colour(170, 187, 204)),
        ("#000", BLACK),
        ("#ffffff", WHITE),
    ],
)
def test_a_colour_is_read_from_three_or_six_digits(text: str, colour: Colour) -> None:
    assert Colour.parse(text) == colour


@pytest.mark.parametrize("text", ["", "#", "0a5a66", "#12", "#1234", "#12345678", "#ggg", "#abc\n"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no colour"):
        Colour.parse(text)


@given(COLOURS)
def test_a_colour_is_written_as_it_is_read(colour: Colour) -> None:
    assert Colour.parse(str(colour)) == colour


# Ratios that other calculators give, to two digits.
@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
        ("#123456", "#123456", 1.0),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(Colour.parse(one), Colour.parse(other)) == pytest.approx(ratio, abs=0.005)


@given(COLOURS, COLOURS)
def test_contrast_is_the_same_from_both_sides(one: Colour, other: Colour) -> None:
    assert 1 <= contrast(one, other) == contrast(other, one) <= 21


@pytest.mark.parametrize(("share", "mixture"), [(0, "#000000"), (0.5, "#806600"), (1, "#ffcc00")])
def test_a_mixture_lies_between_two_colours(share: float, mixture: str) -> None:
    assert str(BLACK.mixed(Colour.parse("#ffcc00"), share)) == mixture


@given(COLOURS, COLOURS)
def test_every_colour_has_one_near_it_that_can_be_read(colour: Colour, paper: Colour) -> None:
    found = readable(colour, (paper,), 4.5)
    assert contrast(found, paper) >= 4.5
    assert found == colour or not stands_out(colour, (paper,), 4.5)


def test_the_nearest_readable_colour_is_darker_on_light_and_lighter_on_dark() -> None:
    blue = Colour.parse("#5588cc")
    assert str(readable(blue, (WHITE,), 4.5)) == "#4b78b4"
    assert str(readable(blue, (BLACK,), 7)) == "#6d99d3"


def test_where_no_colour_is_readable_the_better_end_is_taken() -> None:
    assert readable(Colour(9, 9, 9), (BLACK, WHITE), 7) in {BLACK, WHITE}


def test_a_colour_fades_as_far_as_it_can_be_read() -> None:
    assert faded(BLACK, WHITE, 0.2, (WHITE,), 4.5) == BLACK.mixed(WHITE, 0.2)
    faint = faded(BLACK, WHITE, 0.9, (WHITE,), 4.5)
    assert (str(faint), contrast(faint, WHITE) >= 4.5) == ("#757575", True)


def test_a_colour_that_cannot_fade_stays() -> None:
    grey = Colour.parse("#777")
    assert faded(grey, WHITE, 0.5, (WHITE,), 4.5) == grey
