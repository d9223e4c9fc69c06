"""``coproadmap status``: where communities stand, on a screen that takes ten seconds to read."""

import sys
from collections import ChainMap
from typing import TYPE_CHECKING, Annotated

import typer

from cop_roadmap.cli.arguments import (
    Paths,
    WordsOption,
    day,
    facets_of,
    period_of,
    today,
    use_words,
)
from cop_roadmap.cli.outcomes import code_for
from cop_roadmap.cli.speaking import FINE, defused, say, stop
from cop_roadmap.status import StatusFormat, write

if TYPE_CHECKING:
    from cop_roadmap.roadmap import Roadmap


def status(
    paths: Paths = None,
    as_of: Annotated[
        str,
        typer.Option(
            metavar="YYYY-MM-DD",
            help="The day to look at. Without: SOURCE_DATE_EPOCH, or today.",
            show_default=False,
        ),
    ] = "",
    responsible: Annotated[
        str,
        typer.Option(
            metavar="NAME", help="Only what this person or group is to do.", show_default=False
        ),
    ] = "",
    facet: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FACETS",
            help="Only these facets, by number (1 to 8) or key; with commas, or repeated.",
            show_default=False,
        ),
    ] = None,
    period: Annotated[
        str,
        typer.Option(
            metavar="PERIOD",
            help="Only this period, such as month_3, instead of that of the day.",
            show_default=False,
        ),
    ] = "",
    wanted: Annotated[
        StatusFormat, typer.Option("--format", help="How to show it.")
    ] = StatusFormat.TEXT,
    words: WordsOption = None,
) -> None:
    """Show where communities stand: what is done, due and late, and by whom.

    PATH is a roadmap, a directory with roadmaps, or - for standard input. Without it: this
    directory.
    """
    from cop_roadmap.status.snapshot import Filters, Overview, take

    use_words(words)
    on = day(as_of, "--as-of") if as_of else today()
    filters = Filters(
        " ".join(responsible.split()), facets_of(facet), period_of(period) if period else None
    )
    roadmaps, code = _read(paths or ["."])
    if roadmaps:
        chosen = _with(roadmaps, filters.responsible)
        snapshots = tuple(take(roadmap, on, filters, file) for file, roadmap in chosen.items())
        text = write(Overview(on, filters, snapshots), wanted, sys.stdout)
        say(text if wanted is StatusFormat.JSON else defused(text))
    raise typer.Exit(code)


def _read(paths: list[str]) -> "tuple[dict[str, Roadmap], int]":
    """Read roadmaps by the names of their files, and say what is wrong with the others."""
    from cop_roadmap import files, loading
    from cop_roadmap.report import Gates
    from cop_roadmap.reporters import text

    code, roadmaps = FINE, {}
    for found in files.find(paths):
        examined = loading.examine_file(found)
        if examined.roadmap:
            roadmaps[found.name] = examined.roadmap
        else:
            sys.stderr.write(defused(text.as_text(examined.diagnostics, sys.stderr)))
            code = max(code, code_for(examined.diagnostics, Gates()))
    return roadmaps, code


def _with(roadmaps: "dict[str, Roadmap]", name: str) -> "dict[str, Roadmap]":
    """Return the roadmaps in which somebody has a name, and stop if there is none."""
    from cop_roadmap import people
    from cop_roadmap.status.snapshot import people_of

    if not name:
        return roadmaps
    known = {file: people.spellings(people_of(each)) for file, each in roadmaps.items()}
    found = {file: each for file, each in roadmaps.items() if people.key(name) in known[file]}
    if not found:
        near = people.nearest(name, ChainMap(*known.values()))
        asked = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
        stop(f"Nobody is called {name!r} in what was read.{asked}")
    return found
