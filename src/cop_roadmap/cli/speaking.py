"""What a command says: results on standard output, everything else on standard error."""

import os
import re
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from cop_roadmap.printing import printable
from cop_roadmap.reporters import ReportFormat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FINE, HAS_ERRORS, MISUSED, LACKING = 0, 1, 2, 3


def tell(quiet: bool, text: str) -> None:
    """Say what goes on, unless nobody wants to know."""
    if not quiet:
        complain(text)


def tell_written(quiet: bool, paths: "Iterable[Path]") -> None:
    """Say which files were written."""
    for number, path in enumerate(paths):
        tell(quiet, f"{'Wrote' if number == 0 else '     '} {path}")


def complain(*lines: str) -> None:
    """Say something on standard error."""
    print(*(defused(printable(line)) for line in lines), sep="\n", file=sys.stderr)


def stop(message: str, code: int = MISUSED) -> NoReturn:
    """Say why nothing more is done, and end the command."""
    complain(message)
    raise typer.Exit(code)


class ReaderGone(Exception):
    """Whoever reads standard output has seen enough (`coproadmap schema | head`)."""


class OutputLost(Exception):
    """Standard output takes nothing any more; the text says why."""


@contextmanager
def _to_stdout() -> "Iterator[None]":
    """Give failures of standard output names of ours: Typer would end some in a way of its own."""
    try:
        yield
    except BrokenPipeError as error:
        raise ReaderGone from error
    except OSError as error:
        raise OutputLost(error.strerror or str(error)) from error


def say(text: str) -> None:
    """Write a text to standard output. Raises ReaderGone and OutputLost."""
    with _to_stdout():
        sys.stdout.write(text)


class Terminal:
    """Says things as long as standard output takes them; what else is to be done is still done."""

    def __init__(self) -> None:
        self._lost: ReaderGone | OutputLost | None = None

    def say(self, text: str, wanted: ReportFormat) -> None:
        """Say it, if there is still somebody to take it."""
        if self._lost:
            return
        try:
            say(defused(text) if wanted is ReportFormat.TEXT else text)
        except (ReaderGone, OutputLost) as lost:
            self._lost = lost

    def close(self) -> None:
        """Raise OutputLost if what was said was lost against anybody's will."""
        if isinstance(self._lost, OutputLost):
            raise self._lost
        if self._lost:
            abandon_stdout()


def defused(text: str) -> str:
    """Break what GitHub's runner would take for a command: a name of a file may begin like one."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return text
    return re.sub(r"(?m)^(\s*:)(?=:)|(#)(?=#\[)", "\\g<0>\u200b", text)


def emit(content: bytes) -> None:
    """Write bytes to standard output. Raises ReaderGone and OutputLost."""
    with _to_stdout():
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def show(content: bytes) -> None:
    """Write a text file to standard output: byte by byte, but nothing that a terminal obeys."""
    if sys.stdout.isatty():
        lines = content.decode("utf-8-sig", "replace").splitlines()
        say("".join(f"{printable(line)}\n" for line in lines))
    else:
        emit(content)


def flush() -> None:
    """Write what is still waiting to be written to standard output."""
    with _to_stdout():
        sys.stdout.flush()


def abandon_stdout() -> None:
    """Let what is still waiting to be written vanish: Python would try again on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def prepare_streams() -> None:
    """Make do with closed streams, and with terminals that lack a character."""
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        complain("The output cannot be written: standard output is closed.")
        sys.exit(LACKING)
    for stream in (sys.stdout, sys.stderr):
        # What cannot be shown is shown as a code instead of ending the program.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
