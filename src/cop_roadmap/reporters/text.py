"""The report for people: each finding with its line of the file and the text underlined."""

from collections.abc import Iterable
from io import StringIO
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING, Any, TextIO

from cop_roadmap import canvas
from cop_roadmap.completeness import Completeness
from cop_roadmap.diagnostics import Diagnostic, Place, Severity
from cop_roadmap.printing import printable
from cop_roadmap.report import Report, count

if TYPE_CHECKING:
    from rich.text import Text

_STYLES = {
    Severity.ERROR: "bold red",
    Severity.WARNING: "bold yellow",
    Severity.INFO: "bold blue",
}
_MARGIN = 5
_USUAL_WIDTH = 80
_NARROW = 20


def closing(report: Report) -> str:
    """Return the last lines of a report: what was found, and how much is filled in."""
    hidden = len(report.hidden)
    gaps = f"; {_counted(hidden, 'gap')} (--gaps shows what is open)" if hidden else ""
    line = f"{checked_in_words(report)}{gaps}.\n"
    completeness = report.completeness
    return f"{line}{filled_in(completeness, report.roadmaps)}.\n" if completeness else line


def checked_in_words(report: Report) -> str:
    """Say how many files were checked, and how much was found of what is shown."""
    nouns = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "gap"}
    counts = [_counted(count(report.shown, severity), noun) for severity, noun in nouns.items()]
    found = ", ".join(text for text in counts if not text.startswith("0 ")) or "no problems"
    return f"{_counted(len(report.files), 'file')} checked: {found}"


def filled_in(completeness: Completeness, roadmaps: int) -> str:
    """Say on one line how much is filled in of some roadmaps, in total and by facet."""
    total = completeness.total
    of_all = f" of {roadmaps:,} roadmaps" if roadmaps > 1 else ""
    if total.filled == total.total:
        return f"100 %{of_all} filled in"
    facets = " ".join(str(share.percent) for share in completeness.facets.values())
    others = f"ambitions {completeness.ambitions.percent}, creation {completeness.creation.percent}"
    return (
        f"{total.percent} %{of_all} filled in; facets 1-{len(canvas.FACETS)}: {facets}; {others} %"
    )


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def sentence(found: Diagnostic) -> str:
    """Say on one line what was found, and what to do."""
    return printable(f"{found.message} {found.hint or ''}").strip()


def plain(found: Diagnostic) -> str:
    """Draw one finding without colours, as wide as a usual terminal."""
    return _drawn(found, _USUAL_WIDTH).plain


def as_text(diagnostics: Iterable[Diagnostic], stream: TextIO | None = None) -> str:
    """Draw diagnostics for a stream: coloured and as wide as it is, if it is a terminal.

    Without a stream they are drawn for a file: without colours, as wide as a usual terminal.
    """
    diagnostics = tuple(diagnostics)
    if not diagnostics:
        return ""
    # Imported late: a file without findings does not need it.
    from rich.console import Console

    options: dict[str, Any] = {"width": _USUAL_WIDTH, "color_system": None}
    if stream:
        # Only asked what it is: rich would write to it in a way of its own.
        seen = Console(file=stream)
        # A terminal that claims to have no width would be shown nothing.
        options = {"width": max(seen.width, 0) or _USUAL_WIDTH, "color_system": seen.color_system}
        options["force_terminal"] = seen.is_terminal
    console = Console(
        file=StringIO(), highlight=False, soft_wrap=True, emoji=False, markup=False, **options
    )
    with console.capture() as capture:
        for is_gap, group in groupby(diagnostics, lambda found: found.severity is Severity.INFO):
            # A gap takes one line: there may be many, and there is nothing to see at its place.
            drawn = [_drawn(found, console.width) for found in group]
            console.print(*drawn, sep="\n" if is_gap else "\n\n", end="\n\n")
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
    if diagnostic.severity is Severity.INFO:
        return text.append(f"  [{diagnostic.rule}]", "dim")
    if place and diagnostic.excerpt:
        before, marked, after = _cropped(place, diagnostic.excerpt, width - _MARGIN - 3)
        style = _STYLES[diagnostic.severity]
        text.append(f"\n{place.line:>{_MARGIN}} | ", "dim").append(before)
        text.append(marked, style).append(after)
        text.append(f"\n{'':>{_MARGIN}} | ", "dim").append(" " * _cells(before))
        text.append("^" * max(1, _cells(marked)), style)
    if diagnostic.hint:
        lines = wrap(printable(diagnostic.hint), max(width - _MARGIN - 3, _NARROW))
        text.append(f"\n{'':>{_MARGIN}} = ", "dim").append(f"\n{'':>{_MARGIN}}   ".join(lines))
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
