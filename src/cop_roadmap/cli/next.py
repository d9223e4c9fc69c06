"""``coproadmap next``: next year's roadmap, made of this year's."""

from typing import TYPE_CHECKING, Annotated

import typer

from cop_roadmap.cli.arguments import Force, Quiet, free_place, month, write
from cop_roadmap.cli.outcomes import RenderReport
from cop_roadmap.cli.speaking import HAS_ERRORS, show, stop, tell

if TYPE_CHECKING:
    from cop_roadmap.files import Input
    from cop_roadmap.next_year import NextYear
    from cop_roadmap.roadmap import Roadmap


def make_next_year(
    path: Annotated[str, typer.Argument(metavar="PATH", hidden=True)] = "roadmap.yaml",
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The file to write, or - for standard output. Without: standard output.",
            show_default=False,
        ),
    ] = "-",
    start: Annotated[
        str,
        typer.Option(
            metavar="YYYY-MM",
            help="The calendar month that is Month 1. Without: twelve months later.",
            show_default=False,
        ),
    ] = "",
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Make next year's roadmap of this year's.

    PATH is a roadmap, or - for standard input. Without it: roadmap.yaml. Actions that are done or
    dropped are gone, open ones are carried over with a note; all else stays as you wrote it.
    """
    from cop_roadmap import files, next_year
    from cop_roadmap.editing import CannotEdit

    first = month(start)
    inputs = list(files.find([path]))
    if len(inputs) > 1:
        stop(f"Next year's roadmap is made of one, and {path} has {len(inputs)}. Name one.")
    target = None if output == "-" else free_place(output, force=force)
    roadmap, content = _read(inputs[0])
    try:
        made = next_year.make(roadmap, content, first)
    except CannotEdit as reason:
        stop(f"{inputs[0].name}: {reason}", HAS_ERRORS)
    if target:
        write(target, made.content)
        tell(quiet, f"Wrote {target}")
    else:
        show(made.content)
    for line in _summary(made):
        tell(quiet, line)


def _read(found: "Input") -> "tuple[Roadmap, bytes]":
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
    return examined.roadmap, content


def _summary(made: "NextYear") -> list[str]:
    """Say what became of the actions, when the year begins, and what is to be done now."""
    gone = made.done + made.dropped
    counts = f"{_actions(made.carried)} carried over, {gone} gone"
    if gone:
        counts += f" ({made.done} done, {made.dropped} dropped)"
    if made.start is None:
        when = "The file has no `start`, and gets none: --start 2027-09 would write one."
    else:
        when = f"Month 1 is {made.start:%Y-%m}."
    todo = "Read the carried actions, give them new dates, and rewrite the ambitions."
    return [f"{counts}. {when}", todo if made.carried else "Now rewrite the ambitions."]


def _actions(number: int) -> str:
    return "1 action" if number == 1 else f"{number} actions"
