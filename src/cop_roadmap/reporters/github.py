"""The report as annotations of GitHub Actions, on the lines of a pull request.

Commands and their escapes: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from cop_roadmap.diagnostics import Diagnostic, Severity
from cop_roadmap.printing import printable
from cop_roadmap.reporters.locations import relative
from cop_roadmap.reporters.text import sentence

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def annotations(diagnostics: Iterable[Diagnostic], root: Path) -> str:
    """Write findings as commands that annotate the lines of a pull request."""
    return "".join(map(partial(_annotation, root=root), diagnostics))


def _annotation(found: Diagnostic, root: Path) -> str:
    path = relative(found.file, root)
    properties = {"title": found.rule, "file": path}
    where = path
    if place := found.place:
        # Columns are taken for stretches of one line only: of others, the first line is marked.
        end = place.end_column if place.end_line == place.line else len(found.excerpt) + 1
        properties["line"] = properties["endLine"] = str(place.line)
        properties["col"] = str(place.column)
        properties["endColumn"] = str(max(place.column, end))
        where = f"{path}:{place.line}:{place.column}"
    # The log shows the message only, without the properties.
    message = f"{where}: {sentence(found)}"
    listed = ",".join(f"{name}={_escaped(text, ':,')}" for name, text in properties.items())
    return f"::{_LEVELS[found.severity]} {listed}::{_escaped(message)}\n"


def _escaped(text: str, also: str = "") -> str:
    """Escape a text for a command; percent signs and line breaks always, ``also`` in properties."""
    printed = printable(text)
    return "".join(f"%{ord(char):02X}" if char in f"%{also}" else char for char in printed)
