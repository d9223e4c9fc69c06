"""``coproadmap validate``: every problem of roadmaps, in one run."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from cop_roadmap import reporters
from cop_roadmap.cli.arguments import Paths, Quiet, WordsOption, use_words, words
from cop_roadmap.cli.outcomes import code_for
from cop_roadmap.cli.speaking import LACKING, Terminal, stop
from cop_roadmap.diagnostics import Misuse, Severity
from cop_roadmap.reporters import ReportFormat


def validate(
    paths: Paths = None,
    fail_on: Annotated[
        Severity, typer.Option(help="Fail on findings that are as bad as this, or worse.")
    ] = Severity.ERROR,
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail on warnings, too: --fail-on warning.")
    ] = False,
    min_complete: Annotated[
        int,
        typer.Option(metavar="PERCENT", help="Fail if less is filled in.", show_default=False),
    ] = 0,
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULES",
            help="Apply only these rules; with commas, or repeated.",
            show_default=False,
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="RULES", help="Leave out these rules.", show_default=False),
    ] = None,
    gaps: Annotated[
        bool, typer.Option("--gaps", help="List what is not filled in yet, too.")
    ] = False,
    wanted: Annotated[
        ReportFormat | None,
        typer.Option(
            "--format",
            help="How to report. Without: as text, or annotations where GitHub Actions run.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write the report to a file, too; its ending may name the format.",
            show_default=False,
        ),
    ] = None,
    own_words: WordsOption = None,
    quiet: Quiet = False,
) -> None:
    """Report every problem of roadmaps in one run.

    PATH is a roadmap, a directory with roadmaps, or - for standard input. Without it: this
    directory.
    """
    from cop_roadmap import files, reporting
    from cop_roadmap.report import Gates, Report, check_all

    use_words(own_words)
    worst = Severity.WARNING if strict and fail_on is Severity.ERROR else fail_on
    inputs = list(files.find(paths or ["."]))
    try:
        gates = Gates(worst, words(select), words(ignore), min_complete, gaps)
        plan = reporting.plan(inputs, wanted, output, os.environ)
    except Misuse as misuse:
        stop(str(misuse))
    terminal, wanted = Terminal(), plan.on_terminal
    results = []
    for result in check_all(inputs, gates):
        results.append(result)
        if wanted.is_for_people:
            terminal.say(reporters.begin(result, wanted, gates, plan.root, sys.stdout), wanted)
    report = Report(tuple(results), gates, plan.root)
    if not (quiet and wanted.is_for_people):
        terminal.say(reporters.finish(report, wanted), wanted)
    try:
        reporting.deliver(report, plan)
    except files.CannotWrite as failure:
        stop(str(failure), LACKING)
    terminal.close()
    raise typer.Exit(code_for(report.diagnostics, gates))
