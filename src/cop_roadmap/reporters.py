"""Diagnostics for people: each with its line of the file and the text underlined.

What a file holds is never printed raw: control characters, direction overrides and the like are
replaced before anything reaches a terminal.
"""

import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from cop_roadmap.diagnostics import Diagnostic, Place, Severity

if TYPE_CHECKING:
    from rich.text import Text

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}
# Joiners hold words of Persian and families of emoji together; alone they show nothing.
_KEPT = "\u200c\u200d"
_TAB = "    "
_MARGIN = 5
_USUAL_WIDTH = 80


def printable(text: str) -> str:
    """Return a text on one line without anything that a terminal might obey."""
    return "".join(map(_printable, text))


def _printable(char: str) -> str:
    if char == "\t":
        return _TAB
    if char in _KEPT or char.isprintable():
        return char
    return (
        " " if char in "\n\r" or unicodedata.category(char) == "Zs" else "\N{REPLACEMENT CHARACTER}"
    )


def as_text(diagnostics: Iterable[Diagnostic], stream: TextIO) -> str:
    """Draw diagnostics for a stream: coloured and as wide as it is, if it is a terminal."""
    diagnostics = tuple(diagnostics)
    if not diagnostics:
        return ""
    # Imported late: a file without findings does not need it.
    from rich.console import Console

    console = Console(file=stream, highlight=False, soft_wrap=True, emoji=False, markup=False)
    if console.width < 1:
        # A terminal that claims to have no width would be shown nothing.
        console.width = _USUAL_WIDTH
    with console.capture() as capture:
        for diagnostic in diagnostics:
            console.print(_drawn(diagnostic, console.width), end="\n\n")
    return capture.get()


def _drawn(diagnostic: Diagnostic, width: int) -> "Text":
    from rich.text import Text

    place = diagnostic.place
    where = f":{place.line}:{place.column}" if place else ""
    text = Text.assemble(
        (printable(diagnostic.file) + where, "bold"),
        ": ",
        (diagnostic.severity.value, _STYLES[diagnostic.severity]),
        f": {printable(diagnostic.message)}",
    )
    if place and diagnostic.excerpt:
        before, marked, after = _cropped(place, diagnostic.excerpt, width - _MARGIN - 3)
        style = _STYLES[diagnostic.severity]
        text.append(f"\n{place.line:>{_MARGIN}} | ", "dim").append(before)
        text.append(marked, style).append(after)
        text.append(f"\n{'':>{_MARGIN}} | ", "dim").append(" " * _cells(before))
        text.append("^" * max(1, _cells(marked)), style)
    if diagnostic.hint:
        text.append(f"\n{'':>{_MARGIN}} = ", "dim").append(printable(diagnostic.hint))
    path = f"{printable(diagnostic.path)}  " if diagnostic.path else ""
    text.append(f"\n{'':>{_MARGIN}}   {path}[{diagnostic.rule}]", "dim")
    return text


def _cropped(place: Place, line: str, width: int) -> tuple[str, str, str]:
    """Split the line into what is before, at and behind the place, cut to fit the width."""
    start = place.column - 1
    end = place.end_column - 1 if place.end_line == place.line else len(line)
    rest = line[end:].rstrip()
    # No part shows more characters than fit: a line may be a million long.
    before = printable(line[max(0, start - width) : start])
    marked = printable(line[start : min(end, start + width)])
    after = printable(rest[:width])
    ending = bool(after)  # even one column is enough for the ellipsis
    before = _fitted(
        before,
        max(width - max(_cells(marked), 1) - ending, width // 3),
        cut=start > width,
        end=False,
    )
    marked = _fitted(marked, width - _cells(before) - ending, cut=end - start > width)
    return before, marked, _fitted(after, width - _cells(before + marked), cut=len(rest) > width)


def _cells(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    from rich.cells import cell_len

    return cell_len(text)


def _fitted(text: str, width: int, *, cut: bool, end: bool = True) -> str:
    """Cut a text at its end (or beginning) to fit a width, with an ellipsis if anything was cut."""
    if not cut and _cells(text) <= width:
        return text
    while text and _cells(text) >= width:
        text = text[:-1] if end else text[1:]
    if width < 1:
        return ""
    return f"{text}…" if end else f"…{text}"
