"""``coproadmap canvas``: the canvas on paper."""

from typing import Annotated

import typer

from cop_roadmap.cli.arguments import (
    Quiet,
    TemplatesOption,
    ThemeOption,
    WordsOption,
    refuse_unknown_language,
    templates_in,
    theme_of,
    use_words,
)
from cop_roadmap.cli.outcomes import RenderReport
from cop_roadmap.cli.speaking import emit, stop
from cop_roadmap.diagnostics import Misuse
from cop_roadmap.paper import Paper


def canvas(
    path: Annotated[str | None, typer.Argument(metavar="PATH", hidden=True)] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The PDF to write, or - for standard output. Without: canvas.pdf, or a name like "
            "the roadmap's beside it.",
            show_default=False,
        ),
    ] = None,
    paper: Annotated[
        Paper, typer.Option("--paper", "-p", help="The size of the paper, which lies across.")
    ] = Paper.A3,
    language: Annotated[
        str,
        typer.Option(
            metavar="TAG", help="The language of the questions. Without: the roadmap's, or English."
        ),
    ] = "",
    templates: TemplatesOption = None,
    theme: ThemeOption = None,
    words: WordsOption = None,
    quiet: Quiet = False,
) -> None:
    """Make the canvas on paper: a page of questions to answer, and one with the timeline.

    PATH is a roadmap, or - for standard input: what it says already stands in the canvas, in short.
    Without it, the canvas is blank.
    """
    from cop_roadmap import build, files

    use_words(words)
    if language:
        refuse_unknown_language(language)
    in_use = templates_in(templates)
    inputs = list(files.find([path])) if path else [None]
    if len(inputs) > 1:
        stop(f"The canvas takes one roadmap, and {path} has {len(inputs)}. Name one.")
    (found,) = inputs
    try:
        target = build.plan_canvas(found, output)
    except Misuse as misuse:
        stop(str(misuse))
    report = RenderReport()
    house = theme_of(theme, report)
    for outcome in build.make_canvas(found, target, in_use, paper, language, house, emit):
        report.take(outcome)
    report.close(quiet=quiet)
    raise typer.Exit(report.code)
