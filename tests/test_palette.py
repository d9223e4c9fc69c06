"""Three colours make all the others, and whatever they are, everything can be read."""

from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cop_roadmap.colours import BLACK, WHITE, Colour, contrast
from cop_roadmap.palette import ACCENT, INK, PAPER, Clash, Palette, clashes

PART = st.integers(0, 255)
COLOURS = st.builds(Colour, PART, PART, PART)
# Most colours clash; near the ends of the scale, many do not.
LIGHT = st.builds(Colour, *(st.integers(190, 255),) * 3)
DARK = st.builds(Colour, *(st.integers(0, 110),) * 3)
DEFAULT = Palette.of(INK, PAPER, ACCENT)


def assert_readable(palette: Palette) -> None:
    grounds = (palette.paper, palette.tint)
    for text, ground in product((palette.ink, palette.soft, palette.accent), grounds):
        assert contrast(text, ground) >= 4.5
    for sign, ground in product((palette.edge, palette.fill), grounds):
        assert contrast(sign, ground) >= 3


@given(
    st.one_of(
        st.tuples(DARK, LIGHT, DARK), st.tuples(LIGHT, DARK, LIGHT), st.tuples(*(COLOURS,) * 3)
    )
)
@settings(max_examples=60, deadline=None)
def test_whatever_colours_are_chosen_all_can_be_read(chosen: tuple[Colour, ...]) -> None:
    ink, paper, accent = chosen
    assume(not list(clashes(ink, paper, accent)))
    palette = Palette.of(ink, paper, accent)
    assert (palette.ink, palette.paper, palette.accent) == chosen
    assert_readable(palette)
    assert_readable(palette.for_dark_screens())
    assert palette.for_dark_screens().is_dark


def test_the_colours_of_a_document_without_a_theme() -> None:
    assert DEFAULT.as_css() == (
        "--ink: #1c2b33; --paper: #ffffff; --accent: #0a5a66; --tint: #eef3f4; --soft: #4e5a60; "
        "--line: #c2d6d9; --edge: #858d91; --fill: #60949c;"
    )
    assert DEFAULT.for_dark_screens().as_css() == (
        "--ink: #e8e8e9; --paper: #151d21; --accent: #73a1a8; --tint: #1c262a; --soft: #babbbd; "
        "--line: #2c3e43; --edge: #6b6f72; --fill: #527379;"
    )


def test_what_is_dark_already_stays_as_it_is() -> None:
    dark = Palette.of(WHITE, BLACK, Colour.parse("#7cc4d0"))
    assert dark.is_dark
    assert dark.for_dark_screens() == dark
    assert not DEFAULT.is_dark


def test_colours_that_can_be_read_do_not_clash() -> None:
    assert list(clashes(INK, PAPER, ACCENT)) == []


def test_what_clashes_is_named_with_its_ratio_and_a_way_out() -> None:
    light = Colour.parse("#7fb3bd")
    (clash,) = clashes(INK, PAPER, light)
    assert clash == Clash("accent", light, PAPER, contrast(light, PAPER), Colour.parse("#587c82"))
    assert clash.ratio == pytest.approx(2.31, abs=0.01)


def test_ink_and_accent_may_both_clash() -> None:
    assert [clash.name for clash in clashes(INK, INK, ACCENT)] == ["ink", "accent"]
