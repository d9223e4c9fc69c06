"""Fonts that people bring: whether a file is one, and the part of it that a page needs."""

import io
import logging
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from cop_roadmap.files import Unusable

MAX_BYTES = 5_000_000

_MAGIC = (b"\0\1\0\0", b"OTTO", b"true")
_NEEDED = ("cmap", "head", "hhea", "hmtx", "maxp", "name", "post")
# The kinds of tables of characters whose size shows how many there are; in two, ranges do not.
_KINDS = (0, 2, 4, 6, 12, 13, 14)
_RANGED = (12, 13)
_ALL_CHARACTERS = 0x110000
# OS/2 fsType: of the lowest four bits, this one alone forbids embedding.
_LICENCE, _RESTRICTED = 0x000F, 0x0002


def check(content: bytes) -> None:
    """Make sure that a file is a font that may be put into documents.

    Raises:
        Unusable: it is damaged, of another kind, or its maker forbids embedding.
    """
    from fontTools.ttLib import TTFont

    if not content.startswith(_MAGIC):
        raise _damaged()
    try:
        with _silent(), TTFont(io.BytesIO(content), lazy=True) as font:
            _check_ranges(font.reader["cmap"])
            is_sound = all(table in font for table in _NEEDED) and font.getBestCmap()
            licence = font["OS/2"].fsType if "OS/2" in font else 0
    except Exception as error:
        # fontTools raises whatever a damaged file provokes.
        raise _damaged() from error
    if not is_sound:
        raise _damaged()
    if licence & _LICENCE == _RESTRICTED:
        message = "The maker of this font forbids to put it into documents."
        raise Unusable(message, "Choose another font, or ask for a licence to embed it.")
    # What is broken further inside shows when a part is taken.
    subset(content, "Aa")


@cache
def characters(content: bytes) -> frozenset[int]:
    """Return the code points that a font has a glyph for; the font has been checked."""
    from fontTools.ttLib import TTFont

    with _silent(), TTFont(io.BytesIO(content), lazy=True) as font:
        return frozenset(font.getBestCmap())


def subset(content: bytes, characters: str) -> bytes:
    """Return the part of a font that shows some characters, as WOFF2: the same bytes each time.

    Raises:
        Unusable: the font is damaged.
    """
    from fontTools import subset as subsetting
    from fontTools.ttLib import TTFont

    options = subsetting.Options(hinting=False)
    try:
        with _silent(), TTFont(io.BytesIO(content), recalcTimestamp=False) as font:
            part = subsetting.Subsetter(options)
            part.populate(text=characters)
            part.subset(font)
            font.flavor = "woff2"
            target = io.BytesIO()
            font.save(target)
    except Exception as error:
        raise _damaged() from error
    return target.getvalue()


def _damaged() -> Unusable:
    return Unusable("The font is damaged, or no font.", "A font is a TTF or an OTF.")


def _check_ranges(table: bytes) -> None:
    """Refuse a table of characters that says of a few bytes that they are millions."""
    (count,) = struct.unpack_from(">H", table, 2)
    total = 0
    for number in range(count):
        (offset,) = struct.unpack_from(">L", table, 4 + number * 8 + 4)
        (kind,) = struct.unpack_from(">H", table, offset)
        if kind not in _KINDS:
            raise ValueError(kind)
        if kind in _RANGED:
            (groups,) = struct.unpack_from(">L", table, offset + 12)
            for group in range(groups):
                first, last = struct.unpack_from(">LL", table, offset + 16 + group * 12)
                total += max(0, last - first) + 1
                if total > 2 * _ALL_CHARACTERS:
                    raise ValueError(total)


@contextmanager
def _silent() -> Iterator[None]:
    """Keep fontTools from writing about tables that it does not know."""
    logger = logging.getLogger("fontTools")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)
