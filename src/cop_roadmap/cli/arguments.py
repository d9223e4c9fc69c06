"""Options that several commands have, and how what they are given is read."""

import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cop_roadmap.cli.speaking import LACKING, stop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cop_roadmap.cli.outcomes import RenderReport
    from cop_roadmap.templating import Templates
    from cop_roadmap.theme import Theme


# Arguments are explained in the text of each command: the list of them would show Python's types.
Paths = Annotated[list[str] | None, typer.Argument(metavar="PATH", hidden=True)]
TemplatesOption = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Templates of yours that replace built-in ones by name."),
]
ThemeOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Your colours, font, logo and footer, as YAML."),
]
Force = Annotated[
    bool, typer.Option("--force", help="Replace what exists already.", show_default=False)
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Report problems only.")]


def words(given: "Iterable[str] | None") -> frozenset[str]:
    """Read words that are repeated, or separated by commas."""
    words = (word.strip() for text in given or () for word in text.split(","))
    return frozenset(filter(None, words))


def refuse_unknown_language(tag: str) -> None:
    """Stop at a language without a catalogue, and name those that have one."""
    from cop_roadmap import catalogue

    if tag and catalogue.best_match(tag) is None:
        known = ", ".join(catalogue.languages())
        stop(f"There is no language {tag!r} yet. The languages are {known}.")


def templates_in(directory: Path | None) -> "Templates":
    """Return the templates to use, and stop if the directory is none."""
    from cop_roadmap.templating import Templates

    try:
        return Templates(directory)
    except NotADirectoryError as error:
        stop(str(error))


def theme_of(file: Path | None, report: "RenderReport") -> "Theme":
    """Read a theme file, and stop if it cannot be used."""
    from cop_roadmap import theme
    from cop_roadmap.build import Outcome

    if file is None:
        return theme.Theme()
    found, diagnostics = theme.read_file(file)
    report.take(Outcome(diagnostics=diagnostics))
    if found is None:
        raise typer.Exit(report.code)
    return found


def month(text: str) -> date | None:
    """Read a month as its first day, and stop at what is none."""
    from cop_roadmap.roadmap import MONTH_PATTERN

    if not text:
        return None
    if not re.fullmatch(MONTH_PATTERN, text):
        stop(f"{text!r} is not a month. Write year and month with a dash between: --start 2026-09.")
    return date.fromisoformat(f"{text}-01")


def free_place(path: str, *, force: bool) -> Path:
    """Return where a roadmap is to be written; what exists already is replaced by force only."""
    target = Path(path)
    if target.is_dir():
        target /= "roadmap.yaml"
    if os.path.lexists(target) and not force:
        stop(f"{target} exists already. Choose another name, or replace it with --force.")
    return target


def write(path: Path, content: bytes) -> None:
    """Write a file, and stop if the machine refuses."""
    from cop_roadmap import files

    try:
        files.save(path, content)
    except files.CannotWrite as failure:
        stop(str(failure), LACKING)
