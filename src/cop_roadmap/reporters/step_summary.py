"""The report as Markdown, for the summary of a step of GitHub Actions."""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from cop_roadmap import canvas, catalogue
from cop_roadmap.completeness import Completeness
from cop_roadmap.diagnostics import Diagnostic
from cop_roadmap.markdown import escape_markdown_unlinked
from cop_roadmap.printing import printable
from cop_roadmap.report import Report
from cop_roadmap.reporters.locations import relative
from cop_roadmap.reporters.text import checked_in_words

# GitHub takes a summary of 1 MiB: this stays far below.
_MOST_ROWS = 500


def write(report: Report) -> str:
    """Write a report as Markdown: what was found, what is filled in, and what is open."""
    # What another command wrote before may not have ended with a blank line.
    parts = ["", f"### {_cell(checked_in_words(report))}"]
    if report.shown:
        head = ("Severity", "Where", "What", "What to do", "Rule")
        parts.append(_table(head, (_row(found, report.root) for found in _first(report.shown))))
    parts += _and_more(report.shown)
    if report.completeness:
        parts += [f"**{report.completeness.total.percent} % filled in**"]
        parts += [_table(("Part", "Filled in"), _shares(report.completeness))]
    if report.hidden:
        gaps = (_row(found, report.root)[1:3] for found in _first(report.hidden))
        rows = _table(("Where", "What"), gaps)
        parts.append(f"<details><summary>{len(report.hidden):,} open</summary>\n\n{rows}")
        parts += [*_and_more(report.hidden), "</details>"]
    return "\n\n".join(parts) + "\n"


def _first(found: Sequence[Diagnostic]) -> Sequence[Diagnostic]:
    return found[:_MOST_ROWS]


def _and_more(found: Sequence[Diagnostic]) -> list[str]:
    more = len(found) - _MOST_ROWS
    return [f"… and {more:,} more."] if more > 0 else []


def _row(found: Diagnostic, root: Path) -> tuple[str, ...]:
    file = relative(found.file, root)
    where = f"{file}:{found.place.line}" if found.place else file
    texts = (_cell(found.message), _cell(found.hint or ""))
    return (found.severity.value, _escaped(where), *texts, found.rule)


def _shares(completeness: Completeness) -> Iterator[tuple[str, str]]:
    words = catalogue.load("en")
    for facet in canvas.FACETS:
        title = words.word("facets", facet.key)
        yield f"{facet.number} {title}", f"{completeness.facets[facet.key].percent} %"
    yield words.word("labels", "ambitions"), f"{completeness.ambitions.percent} %"
    yield words.word("labels", "creation"), f"{completeness.creation.percent} %"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _cell(text: str) -> str:
    """Escape a text, and show as code what stands between backticks."""
    return re.sub(r"\\`(.*?)\\`", r"<code>\1</code>", _escaped(text))


def _escaped(text: str) -> str:
    """Escape a text so that it shows itself and is no link, not even where it is an address."""
    return escape_markdown_unlinked(printable(text))
