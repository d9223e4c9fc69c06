"""All colours of a document, made of the three that people choose, for light and for dark screens.

People choose the colours of text (ink), of its ground (paper) and of what leads the eye (accent).
The others follow, so that text on any ground can be read and signs can be seen.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from cop_roadmap.colours import BLACK, WHITE, Colour, contrast, faded, readable

# What is used where a colour is not given.
INK, PAPER, ACCENT = map(Colour.parse, ("#1c2b33", "#ffffff", "#0a5a66"))

# WCAG 2.2, success criteria 1.4.3 (text) and 1.4.11 (what else carries meaning), level AA.
TEXT_RATIO = 4.5
SIGN_RATIO = 3.0
# Light text on a dark screen is kept further above what is just enough.
_DARK_INK_RATIO = 11.0
_DARK_ACCENT_RATIO = 6.0


@dataclass(frozen=True, slots=True)
class Clash:
    """A colour of text (``ink`` or ``accent``) that cannot be read on the paper.

    ``ratio`` is their contrast, ``way_out`` the nearest colour that can be read.
    """

    name: str
    colour: Colour
    paper: Colour
    ratio: float
    way_out: Colour


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a document on one kind of screen; each is a variable of the style sheet.

    Text is ``ink``, ``soft`` or ``accent``, on ``paper`` or ``tint``; ``paper`` is text on
    ``accent``, too. ``edge`` and ``fill`` are lines and areas that carry meaning; ``line`` is
    decoration.
    """

    ink: Colour
    paper: Colour
    accent: Colour
    tint: Colour
    soft: Colour
    line: Colour
    edge: Colour
    fill: Colour

    @classmethod
    def of(cls, ink: Colour, paper: Colour, accent: Colour) -> "Palette":
        """Derive all colours from three that do not clash."""
        tint = faded(paper, accent, 0.07, (ink, accent), TEXT_RATIO)
        grounds = (paper, tint)
        soft = faded(ink, paper, 0.22, grounds, TEXT_RATIO)
        return cls(
            ink=ink,
            paper=paper,
            accent=accent,
            tint=tint,
            soft=soft,
            line=paper.mixed(accent, 0.25),
            edge=faded(soft, paper, 0.6, grounds, SIGN_RATIO),
            fill=faded(accent, paper, 0.5, grounds, SIGN_RATIO),
        )

    @property
    def is_dark(self) -> bool:
        """Whether text is lighter than its ground."""
        return self.ink.luminance > self.paper.luminance

    def for_dark_screens(self) -> "Palette":
        """Return the palette for people who prefer dark screens."""
        if self.is_dark:
            return self
        paper = self.ink.mixed(BLACK, 0.5).mixed(WHITE, 0.03)
        ink = readable(self.paper.mixed(paper, 0.1), (paper,), _DARK_INK_RATIO)
        accent = readable(self.accent, (paper,), _DARK_ACCENT_RATIO)
        return Palette.of(ink, paper, accent)

    def as_css(self) -> str:
        """Return the colours as variables of a style sheet."""
        return " ".join(f"--{each.name}: {getattr(self, each.name)};" for each in fields(self))


def clashes(ink: Colour, paper: Colour, accent: Colour) -> Iterator[Clash]:
    """Find the colours of text that cannot be read on the paper."""
    for name, colour in (("ink", ink), ("accent", accent)):
        ratio = contrast(colour, paper)
        if ratio < TEXT_RATIO:
            yield Clash(name, colour, paper, ratio, readable(colour, (paper,), TEXT_RATIO))
