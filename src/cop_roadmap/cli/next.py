"""``coproadmap next``: next year's roadmap, made of this year's."""

from typing import TYPE_CHECKING, Annotated

import typer

from cop_roadmap.cli.arguments import Force, Quiet, WordsOption, free_place, month, use_words, write
from cop_roadmap.cli.outcomes import read_roadmap
from cop_roadmap.cli.speaking import HAS_ERRORS, show, stop, tell

if TYPE_CHECKING:
    from cop_roadmap.next_year import NextYear


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
    words: WordsOption = None,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Make next year's roadmap of this year's.

    PATH is a roadmap, or - for standard input. Without it: roadmap.yaml. Actions that are done or
    dropped are gone, open ones are carried over with a note; all else stays as you wrote it.
    """
    from cop_roadmap import files, next_year
    from cop_roadmap.editing import CannotEdit

    use_words(words)
    first = month(start)
    inputs = list(files.find([path]))
    if len(inputs) > 1:
        stop(f"Next year's roadmap is made of one, and {path} has {len(inputs)}. Name one.")
    target = None if output == "-" else free_place(output, force=force)
    examined, content = read_roadmap(inputs[0])
    try:
        made = next_year.make(examined, content, first)
    except CannotEdit as reason:
        stop(f"{inputs[0].name}: {reason}", HAS_ERRORS)
    if target:
        write(target, made.content)
        tell(quiet, f"Wrote {target}")
    else:
        show(made.content)
    for line in _summary(made):
        tell(quiet, line)


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
