"""A font is what it says, may be embedded, and comes in parts."""

import io
import struct
from collections.abc import Callable
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from cop_roadmap import glyphs, typefaces
from cop_roadmap.files import Unusable


def font_file(name: str) -> bytes:
    return (glyphs.font_directory() / name).read_bytes()


BLACK_TTF = font_file("SourceSansPro-Black.ttf")
BLACK_OTF = font_file("SourceSansPro-Black.otf")


def changed(change: Callable[[Any], object]) -> bytes:
    with TTFont(io.BytesIO(BLACK_TTF)) as font:
        change(font)
        target = io.BytesIO()
        font.save(target)
    return target.getvalue()


def forbid(font: Any) -> None:
    font["OS/2"].fsType = 0x0002


def with_ranges(first: int, last: int) -> bytes:
    """Make a font that says of a range of characters that it has them all, in twelve bytes."""
    table = struct.pack(">HHHHL", 0, 1, 3, 10, 12)
    table += struct.pack(">HHLLL", 12, 0, 28, 0, 1) + struct.pack(">LLL", first, last, 1)

    def change(font: Any) -> None:
        del font["cmap"]
        from fontTools.ttLib.tables.DefaultTable import DefaultTable

        font["cmap"] = raw = DefaultTable("cmap")
        raw.data = table

    return changed(change)


@pytest.mark.parametrize("content", [BLACK_TTF, BLACK_OTF], ids=["TTF", "OTF"])
def test_a_font_is_a_font(content: bytes) -> None:
    typefaces.check(content)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"OTTO", id="nothing but its beginning"),
        pytest.param(b"wOF2" + BLACK_TTF[4:], id="WOFF2"),
        pytest.param(b"ttcf" + BLACK_TTF[4:], id="a collection"),
        pytest.param(BLACK_TTF[:5000], id="cut off"),
        pytest.param(BLACK_TTF[:12] + b"\xff" * 500 + BLACK_TTF[512:], id="garbled"),
        pytest.param(changed(lambda font: font.__delitem__("cmap")), id="no characters"),
        pytest.param(changed(lambda font: font.__delitem__("hmtx")), id="no widths"),
        pytest.param(with_ranges(0x20, 0xFFFF_FFF0), id="billions of characters in a few bytes"),
    ],
)
def test_what_is_no_font_is_refused(content: bytes) -> None:
    with pytest.raises(Unusable, match=r"The font is damaged, or no font\."):
        typefaces.check(content)


def test_a_font_that_may_not_be_embedded_is_refused() -> None:
    with pytest.raises(Unusable, match="forbids to put it into documents"):
        typefaces.check(changed(forbid))


@pytest.mark.parametrize("content", [BLACK_TTF, BLACK_OTF], ids=["TTF", "OTF"])
def test_a_part_of_a_font_shows_what_it_has_of_some_characters(content: bytes) -> None:
    part = typefaces.subset(content, "AñЖ漢")
    assert part[:4] == b"wOF2"
    assert len(part) < len(content) / 10
    with TTFont(io.BytesIO(part)) as font:
        assert set(font.getBestCmap()) == set(map(ord, "AñЖ"))


def test_the_same_part_has_the_same_bytes() -> None:
    assert typefaces.subset(BLACK_TTF, "abc") == typefaces.subset(BLACK_TTF, "cba")


def test_a_part_of_what_is_no_font_is_refused() -> None:
    with pytest.raises(Unusable, match="damaged"):
        typefaces.subset(b"OTTO", "a")


def test_nothing_is_said_about_tables_that_nobody_knows(caplog: pytest.LogCaptureFixture) -> None:
    from fontTools.ttLib.tables.DefaultTable import DefaultTable

    def add(font: Any) -> None:
        font["ABCD"] = raw = DefaultTable("ABCD")
        raw.data = b"1234"

    typefaces.check(changed(add))
    assert caplog.records == []
