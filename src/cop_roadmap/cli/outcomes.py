"""What became of documents: said on standard error, with the exit code that follows."""

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

import typer

from cop_roadmap.cli.speaking import (
    FINE,
    HAS_ERRORS,
    LACKING,
    MISUSED,
    complain,
    defused,
    tell_written,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from cop_roadmap.build import Outcome
    from cop_roadmap.diagnostics import Diagnostic
    from cop_roadmap.files import Input
    from cop_roadmap.loading import Examined
    from cop_roadmap.report import Gates


class RenderReport:
    """Collects what became of the documents, and the exit code that follows."""

    def __init__(self) -> None:
        self.code = FINE
        self._said: set[Diagnostic] = set()
        self._written: list[Path] = []
        self._failures: dict[tuple[str, ...], None] = {}

    def take(self, outcome: "Outcome") -> None:
        """Say what is wrong, and remember the rest."""
        from cop_roadmap.report import Gates
        from cop_roadmap.reporters import text

        # What is wrong with a template is so for every document: say it once.
        new = [found for found in outcome.diagnostics if found not in self._said]
        self._said.update(new)
        sys.stderr.write(defused(text.as_text(new, sys.stderr)))
        self.code = max(self.code, code_for(outcome.diagnostics, Gates()))
        if outcome.written:
            self._written.append(outcome.written)
        if outcome.failure:
            # The same library is missing for every PDF: say so once.
            self._failures[outcome.failure.args] = None
            self.code = LACKING

    def close(self, *, quiet: bool) -> None:
        """Say what was written, and what the machine lacks."""
        tell_written(quiet, self._written)
        for lines in self._failures:
            complain(*lines)


class Progress:
    """A bar on the terminal, while there is more than a moment of work."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        self._bar: Any = None
        if total > 1 and not quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            columns = (TextColumn("Rendering"), BarColumn(), MofNCompleteColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("", total=total)

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    @contextmanager
    def hidden(self, needed: object) -> "Iterator[None]":
        """Take the bar away while something else is written, if there is something."""
        if self._bar and needed:
            self._bar.stop()
        yield
        if self._bar and needed:
            self._bar.start()

    def advance(self, done: bool) -> None:
        """Count a document that is done."""
        if self._bar and done:
            self._bar.advance(self._task)


def read_roadmap(found: "Input") -> "tuple[Examined, bytes]":
    """Read a roadmap and say what is wrong with it; stop at errors."""
    from cop_roadmap import loading
    from cop_roadmap.build import Outcome
    from cop_roadmap.diagnostics import Problems

    report = RenderReport()
    try:
        content = found.read()
    except Problems as problems:
        report.take(Outcome(diagnostics=problems.diagnostics))
        raise typer.Exit(report.code) from None
    examined = loading.examine(content, found.name)
    errors = tuple(each for each in examined.diagnostics if each.is_error)
    report.take(Outcome(diagnostics=examined.diagnostics if errors else ()))
    if examined.roadmap is None:
        raise typer.Exit(report.code)
    return examined, content


def code_for(diagnostics: "Sequence[Diagnostic]", gates: "Gates") -> int:
    """Return the exit code that findings lead to."""
    from cop_roadmap.files import UNREADABLE

    if any(found.rule in UNREADABLE for found in diagnostics):
        return MISUSED
    return FINE if all(map(gates.lets_pass, diagnostics)) else HAS_ERRORS
