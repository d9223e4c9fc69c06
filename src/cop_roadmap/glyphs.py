"""Characters that the fonts of a PDF cannot show, and what is printed in their place.

A document must not depend on the fonts of a machine, so there is nothing to fall back on: no
emoji, no Chinese. An empty box tells nobody anything, and is an error in PDF/UA. So a sign is
printed by its name, ``[party popper]``, and a letter by its number, ``[U+6F22]``.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

# Regular has every character that the other styles have; a test makes sure.
_WIDEST = "SourceSansPro-Regular.ttf"

# What the font has for sure, a test proves it: most texts hold nothing else, and so it stays shut.
_COMMON = re.compile(
    "[\t\n\r -~\xa0-\u017e\u0384-\u038a\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f\u1ea0-\u1ef9"
    "\u2009\u202f–—‘’‚“”„†‡•…‰‹›€™←↑→↓−≈≠≤≥☐☑✓]*"
)

# Characters that another of the font, or none, says as well.
_LOOKALIKES = {
    "\u2010": "-",
    "\u2011": "-\u2060",  # and the line does not end here
    "✔": "✓",
    "✗": "×",
    "✘": "×",
    "●": "•",
    "⇒": "→",
    "\u2028": " ",
    **dict.fromkeys("\u115f\u1160\u180f\u3164\uffa0", ""),
}
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_FLAG_LETTERS = range(0x1F1E6, 0x1F200)

# What Pango never draws, glyph or not: joiners, marks of direction, variation selectors …
_INVISIBLE = frozenset(
    code
    for first, last in (
        (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x17B4, 0x17B5), (0x180B, 0x180E),
        (0x200B, 0x200F), (0x2029, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
        (0xFFF0, 0xFFF8),
        (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
    )
    for code in range(first, last + 1)
)  # fmt: skip


@cache
def font_directory() -> Path:
    """Return where Source Sans Pro lies; the package is not imported, as it lists all its files."""
    spec = find_spec("font_source_sans_pro")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("font_source_sans_pro")
    return Path(spec.origin).parent / "files"


# Code points that a font of the user's own has; it is asked before the one that comes along.
Codes = frozenset[int]
_NONE: Codes = frozenset()


@cache
def covered() -> Codes:
    """Return the code points that have a glyph in the font that comes along."""
    from fontTools.ttLib import TTFont

    with TTFont(font_directory() / _WIDEST, lazy=True) as font:
        return frozenset(font["cmap"].getBestCmap())


def missing(text: str, own: Codes = _NONE) -> list[str]:
    """Return the characters of a text that no font can show, each once, in order."""
    if _COMMON.fullmatch(text):
        return []
    codes = covered() | own
    return [char for char in dict.fromkeys(text) if not _is_shown(char, codes)]


def spelt_out(text: str, own: Codes = _NONE) -> dict[str, str]:
    """Return the characters of a text that are printed by name or number, with what is printed.

    Those that another character stands in for are not among them: nobody misses anything.
    """
    printed = stand_ins(missing(text, own))
    return {chr(code): words for code, words in printed.items() if words == _name(chr(code))}


def _is_shown(char: str, codes: Codes) -> bool:
    code = ord(char)
    if code in codes or code in _INVISIBLE or _is_space(char):
        return True
    # A letter with accents is put together from its parts.
    parts = unicodedata.normalize("NFD", char)
    return parts != char and all(ord(part) in codes for part in parts)


def _is_space(char: str) -> bool:
    return char < " " or (char.isspace() and char != "\u2028")


def stand_ins(characters: Iterable[str]) -> dict[int, str]:
    """Return what is printed for characters that cannot be shown, for ``str.translate``."""
    return {ord(char): _stand_in(char) for char in characters}


def names(characters: Iterable[str]) -> dict[int, str]:
    """Return only names and numbers: where a stand-in cannot be shown, either.

    A style sheet may print small letters as capitals, so both are replaced.
    """
    both = {case for char in characters for case in (char, char.lower(), char.upper())}
    return {ord(char): _name(char) for char in both if len(char) == 1}


def _stand_in(char: str) -> str:
    code = ord(char)
    if char in _LOOKALIKES:
        return _LOOKALIKES[char]
    if code in _SKIN_TONES:
        return ""
    if code in _FLAG_LETTERS:
        return chr(ord("A") + code - _FLAG_LETTERS.start)
    # In parts first: that loses nothing, and italics lack Cyrillic letters with accents.
    for plain in (unicodedata.normalize("NFD", char), unicodedata.normalize("NFKC", char)):
        if plain != char and all(_is_space(part) or ord(part) in covered() for part in plain):
            return plain
    return _name(char)


def _name(char: str) -> str:
    name = unicodedata.name(char, "")
    if name and unicodedata.category(char).startswith("S"):
        return f"[{name.lower()}]"
    return f"[U+{ord(char):04X}]"
