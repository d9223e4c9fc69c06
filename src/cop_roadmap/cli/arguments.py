"""Options that several commands have, and how what they are given is read."""

import os
import re
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cop_roadmap.cli.speaking import LACKING, stop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cop_roadmap.canvas import Span
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
WordsOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--words",
        metavar="FILE",
        help="Words of yours: single ones of a language, or a language of your own.",
        show_default=False,
    ),
]
Force = Annotated[
    bool, typer.Option("--force", help="Replace what exists already.", show_default=False)
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Report problems only.")]


def ordered(given: "Iterable[str] | None") -> list[str]:
    """Read words that are repeated, or separated by commas, each once."""
    words = (word.strip() for text in given or () for word in text.split(","))
    return list(dict.fromkeys(filter(None, words)))


def words(given: "Iterable[str] | None") -> frozenset[str]:
    """Read words whose order does not matter."""
    return frozenset(ordered(given))


def refuse_unknown_language(tag: str) -> None:
    """Stop at a language without a catalogue, and name those that have one."""
    from cop_roadmap import catalogue
    from cop_roadmap.diagnostics import Misuse

    try:
        catalogue.load(tag)
    except Misuse as misuse:
        stop(str(misuse))


def use_words(given: "Iterable[Path] | None") -> None:
    """Let words of the user's own serve, and stop if they cannot."""
    if not given:
        return
    from cop_roadmap import catalogue, own_words
    from cop_roadmap.build import Outcome
    from cop_roadmap.cli.outcomes import RenderReport

    report = RenderReport()
    for file in given:
        found, diagnostics = own_words.read_file(file)
        report.take(Outcome(diagnostics=diagnostics))
        if found is None:
            raise typer.Exit(report.code)
        catalogue.use([found])


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


def day(text: str, option: str) -> date:
    """Read a day, and stop at what is none."""
    from cop_roadmap.roadmap import DAY_PATTERN

    with suppress(ValueError):
        if re.fullmatch(DAY_PATTERN, text):
            return date.fromisoformat(text)
    return stop(
        f"{text!r} is not a day of the calendar. Write year, month and day with dashes between: "
        f"{option} 2026-10-15."
    )


def moment_of_build() -> datetime | None:
    """Return the moment that SOURCE_DATE_EPOCH names, if it is set, and stop at what is none.

    See https://reproducible-builds.org/specs/source-date-epoch/.
    """
    text = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not text:
        return None
    with suppress(ValueError, OverflowError, OSError):
        if re.fullmatch("[0-9]+", text, re.ASCII):
            return datetime.fromtimestamp(int(text), UTC)
    return stop(
        f"SOURCE_DATE_EPOCH is {text!r}, which is no number of seconds since 1970. Correct it, or "
        "unset it."
    )


def write(path: Path, content: bytes) -> None:
    """Write a file, and stop if the machine refuses."""
    from cop_roadmap import files

    try:
        files.save(path, content)
    except files.CannotWrite as failure:
        stop(str(failure), LACKING)


def today() -> date:
    """Return the day of SOURCE_DATE_EPOCH (in UTC) where it is set, or else today."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not seconds:
        return datetime.now().astimezone().date()
    with suppress(ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(int(seconds), UTC).date()
    return stop(f"SOURCE_DATE_EPOCH is {seconds!r}, which is no number of seconds since 1970.")


def facets_of(given: "Iterable[str] | None") -> tuple[str, ...]:
    """Read facets, by number or key, in the order of the canvas; stop at what is none."""
    from cop_roadmap import canvas

    keys = {str(facet.number): facet.key for facet in canvas.FACETS}
    chosen = {keys.get(word, word.lower()) for word in words(given)}
    unknown = sorted(chosen.difference(keys.values()))
    if unknown:
        known = ", ".join(f"{number} {key}" for number, key in keys.items())
        stop(f"There is no facet {unknown[0]!r}. The facets are {known}.")
    return tuple(key for key in keys.values() if key in chosen)


def period_of(key: str) -> "Span":
    """Read a period of the roadmap's year, and stop at what is none."""
    from cop_roadmap import canvas

    periods = {period.key: period for period in canvas.PERIODS}
    if key.strip().lower() not in periods:
        stop(f"There is no period {key!r}. The periods are {', '.join(periods)}.")
    return periods[key.strip().lower()]
