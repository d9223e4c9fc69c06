"""A theme: colours, font, logo and footer of documents, with all files that it needs read.

What a theme file gives goes before what a roadmap's ``document`` gives. Fonts and pictures become
part of the page, and so of the PDF that is set from it.
"""

import base64
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cop_roadmap import checks, files, loading, pictures, rules, typefaces
from cop_roadmap.checks import Finding
from cop_roadmap.diagnostics import Diagnostic, Problems, in_file_order
from cop_roadmap.files import Unusable
from cop_roadmap.palette import ACCENT, INK, PAPER, Palette
from cop_roadmap.roadmap import Font, Look

FAMILY = "coproadmap theme"

# What the page asks for where a theme has no font, or its font lacks a character.
_FONTS = (
    '"Source Sans Pro", "Source Sans 3", "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'
)
_STYLES: Mapping[str, str] = MappingProxyType(
    {
        "regular": "font-weight: 400; font-style: normal;",
        "italic": "font-weight: 400; font-style: italic;",
        "bold": "font-weight: 700; font-style: normal;",
        "bold_italic": "font-weight: 700; font-style: italic;",
    }
)
_ALWAYS = "".join(map(chr, range(0x20, 0x7F)))


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture as a ``data:`` address, and the text for those who do not see it."""

    address: str
    text: str


@dataclass(frozen=True, slots=True)
class Theme:
    """How documents look; what is None is not given.

    ``fonts`` holds the files of the font by the names of their styles, as in ``roadmap.Font``.
    """

    palette: Palette | None = None
    fonts: tuple[tuple[str, bytes], ...] | None = None
    logo: Logo | None = None
    footer: str | None = None

    def over(self, other: "Theme") -> "Theme":
        """Return the theme with what another one gives where this one gives nothing."""
        values: dict[str, Any] = {each.name: getattr(self, each.name) for each in fields(self)}
        return replace(other, **{key: value for key, value in values.items() if value is not None})

    @property
    def characters(self) -> frozenset[int]:
        """The code points that a style of the font has."""
        return frozenset().union(
            *(typefaces.characters(content) for _, content in self.fonts or ())
        )

    def without_fonts(self) -> "Theme":
        """Return the theme without its font."""
        return replace(self, fonts=None)

    def as_data(self) -> dict[str, object]:
        """Return what templates show of a theme; what is not given is empty.

        The colours are for drawings, which WeasyPrint keeps from the variables of a style sheet.
        """
        logo = {"address": self.logo.address, "text": self.logo.text} if self.logo else {}
        palette = self._palette
        colours = {each.name: str(getattr(palette, each.name)) for each in fields(palette)}
        return {"logo": logo, "footer": self.footer or "", "colours": colours}

    @property
    def _palette(self) -> Palette:
        return self.palette or Palette.of(INK, PAPER, ACCENT)

    def as_css(self, text: str) -> str:
        """Return variables of the style sheet, and the fonts as far as a text needs them."""
        palette = self._palette
        scheme = "dark" if palette.is_dark else "light dark"
        family = f'"{FAMILY}", {_FONTS}' if self.fonts else _FONTS
        lines = [
            f":root {{ color-scheme: {scheme}; {palette.as_css()}",
            # What a logo stands on is not made dark: it was drawn for the paper.
            f"  --plate: {palette.paper}; --font: {family};",
            f"  --footer: {_css_string(self.footer)}; }}",
            "@media screen and (prefers-color-scheme: dark) {",
            f"  :root {{ {palette.for_dark_screens().as_css()} }}",
            "}",
            *(_font_face(style, content, text) for style, content in self.fonts or ()),
        ]
        return "\n".join(lines) + "\n"


def _css_string(line: str | None) -> str:
    """Write a line, on a line of its own, as a string of a style sheet; no line is no text.

    What could end the string, or the page's element for style sheets, is written as codes.
    """
    text = f"\n{line}" if line else ""
    return '"' + "".join(f"\\{ord(char):x} " if char in '\n"\\<>&' else char for char in text) + '"'


def _font_face(style: str, content: bytes, text: str) -> str:
    # A style sheet may print small letters as capitals.
    part = typefaces.subset(content, _ALWAYS + text + text.upper() + text.lower())
    address = f"data:font/woff2;base64,{base64.b64encode(part).decode()}"
    return (
        f'@font-face {{ font-family: "{FAMILY}"; {_STYLES[style]}'
        f' src: url("{address}") format("woff2"); }}'
    )


# ── reading ──────────────────────────────────────────────────────────────────────────────────────


def read(look: Look, directory: Path) -> tuple[Theme, tuple[Finding, ...]]:
    """Read the files that a look names, which lie below a directory.

    Returns the theme and everything that is wrong with it; one with findings must not be used.
    """
    reader = _Reader(directory)
    reader.findings += checks.low_contrast(look)
    return (
        Theme(
            palette=_palette(look) if not reader.findings else None,
            fonts=reader.fonts(look.font),
            logo=reader.logo(look),
            footer=" ".join(look.footer.split()) or None,
        ),
        tuple(reader.findings),
    )


def read_file(path: Path) -> tuple[Theme | None, tuple[Diagnostic, ...]]:
    """Read a theme file and the files that it names; without a theme there are errors.

    A file that cannot be read has that as its only finding, with the rule ``cannot-read``.
    """
    if path.is_dir():
        message = "This is a directory, not a theme."
        return None, (rules.diagnose(files.CANNOT_READ, message, str(path)),)
    try:
        content = files.Input(str(path), path).read()
    except Problems as problems:
        return None, problems.diagnostics
    examined = loading.examine_theme(content, str(path))
    if examined.look is None:
        return None, examined.diagnostics
    theme, findings = read(examined.look, path.parent)
    located = examined.source.quote(loading.locate(examined.source, findings))
    return None if findings else theme, in_file_order((*examined.diagnostics, *located))


def _palette(look: Look) -> Palette | None:
    given = look.colours
    is_given = given.ink or given.paper or given.accent
    return Palette.of(*checks.chosen_colours(look)) if is_given else None


class _Reader:
    """Reads files below a directory, and collects what is wrong with them."""

    def __init__(self, directory: Path) -> None:
        self.findings: list[Finding] = []
        self._directory = directory

    def fonts(self, font: Font | None) -> tuple[tuple[str, bytes], ...] | None:
        """Read the files of a font."""
        if font is None:
            return None
        read = ((style, self._font(style, getattr(font, style))) for style in _STYLES)
        return tuple((style, content) for style, content in read if content)

    def _font(self, style: str, name: str) -> bytes | None:
        with self._noting("font", style):
            if name:
                content = files.read_below(self._directory, name, typefaces.MAX_BYTES)
                typefaces.check(content)
                return content
        return None

    def logo(self, look: Look) -> Logo | None:
        """Read the file of a logo."""
        with self._noting("logo"):
            if look.logo:
                content = files.read_below(self._directory, look.logo, pictures.MAX_BYTES)
                return Logo(pictures.as_address(content), " ".join(look.logo_text.split()))
        return None

    @contextmanager
    def _noting(self, *path: str) -> Iterator[None]:
        try:
            yield
        except Unusable as unusable:
            path = ("document", *path)
            self.findings.append(Finding(unusable.rule, str(unusable), path, unusable.hint))
