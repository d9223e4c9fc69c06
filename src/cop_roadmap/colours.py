"""Colours as arithmetic: read, mixed, and compared as weak eyes need it."""

import re
from collections.abc import Collection
from dataclasses import dataclass

# Three or six digits behind a number sign, as style sheets have them.
PATTERN = r"^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$"

# Shares of a mixture are tried one percent after the other.
_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Colour:
    """An opaque colour of sRGB; each part goes from 0 to 255."""

    red: int
    green: int
    blue: int

    @classmethod
    def parse(cls, text: str) -> "Colour":
        """Read ``#0a5a66`` or, shorter, ``#abc`` for ``#aabbcc``.

        Raises:
            ValueError: the text is no such colour.
        """
        if not re.fullmatch(PATTERN, text):
            raise ValueError(f"no colour: {text!r}")
        digits = text[1:] if len(text) > len("#abc") else "".join(2 * digit for digit in text[1:])
        return cls(*bytes.fromhex(digits))

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def luminance(self) -> float:
        """How bright the colour seems, from 0 (black) to 1 (white).

        This is the relative luminance of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-relative-luminance).
        """
        red, green, blue = (_linear(part / 255) for part in (self.red, self.green, self.blue))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def mixed(self, other: "Colour", share: float) -> "Colour":
        """Return the mixture that has a share, from 0 to 1, of another colour."""
        pairs = zip(
            (self.red, self.green, self.blue), (other.red, other.green, other.blue), strict=True
        )
        return Colour(*(round(own + share * (its - own)) for own, its in pairs))


BLACK = Colour(0, 0, 0)
WHITE = Colour(255, 255, 255)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004


def contrast(one: Colour, other: Colour) -> float:
    """Return the contrast ratio of two colours, from 1 (the same) to 21 (black and white).

    This is the ratio of WCAG 2.2 (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
    """
    darker, lighter = sorted((one.luminance, other.luminance))
    return (lighter + 0.05) / (darker + 0.05)


def stands_out(colour: Colour, against: Collection[Colour], ratio: float) -> bool:
    """Tell whether a colour has a contrast ratio, or more, against each of some others."""
    return all(contrast(colour, other) >= ratio for other in against)


def readable(colour: Colour, against: Collection[Colour], ratio: float) -> Colour:
    """Return the nearest colour, darker or lighter, that has a contrast ratio against some others.

    Where there is none, the better of black and white.
    """
    for percent in range(_PERCENT + 1):
        for end in (BLACK, WHITE):
            found = colour.mixed(end, percent / _PERCENT)
            if stands_out(found, against, ratio):
                return found
    return max((BLACK, WHITE), key=lambda end: min(contrast(end, other) for other in against))


def faded(
    colour: Colour, toward: Colour, share: float, against: Collection[Colour], ratio: float
) -> Colour:
    """Mix a colour with another, by a share at most, as far as a contrast ratio is kept."""
    for percent in range(round(share * _PERCENT), 0, -1):
        found = colour.mixed(toward, percent / _PERCENT)
        if stands_out(found, against, ratio):
            return found
    return colour
