"""``coproadmap render``: Markdown, HTML, PDF and calendars of roadmaps."""

from dataclasses import replace
from functools import partial
from typing import Annotated

import typer

from cop_roadmap.cli.arguments import (
    Paths,
    Quiet,
    TemplatesOption,
    ThemeOption,
    WordsOption,
    day,
    moment_of_build,
    ordered,
    refuse_unknown_language,
    templates_in,
    theme_of,
    use_words,
)
from cop_roadmap.cli.outcomes import Progress, RenderReport
from cop_roadmap.cli.speaking import emit, stop, tell
from cop_roadmap.diagnostics import Misuse


def render(
    paths: Paths = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="A directory, the name of one document (its ending names the format), or - for "
            "standard output. Without: beside the roadmap.",
        ),
    ] = None,
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to",
            "-t",
            metavar="FORMATS",
            help="md, html, pdf, ics (a calendar); with commas, or repeated. Without: md, html, "
            "pdf.",
            show_default=False,
        ),
    ] = None,
    templates: TemplatesOption = None,
    theme: ThemeOption = None,
    words: WordsOption = None,
    gantt: Annotated[
        bool,
        typer.Option("--gantt", help="Put a chart beside the timeline (Markdown only; Mermaid)."),
    ] = False,
    pdf_variant: Annotated[
        str | None,
        typer.Option(
            metavar="VARIANT",
            help="The standards that the PDF follows, such as ua-1 or a-2b. Without: both PDF/UA-1 "
            "and PDF/A-2a.",
            show_default=False,
        ),
    ] = None,
    attach_source: Annotated[
        bool,
        typer.Option(
            "--attach-source",
            help="Put the roadmap file into the PDF, with its remarks and all else that readers "
            "of the PDF do not see: `extract` gives it back.",
        ),
    ] = False,
    as_of: Annotated[
        str,
        typer.Option(
            metavar="YYYY-MM-DD",
            help="Mark what is late on this day; a calendar says that it was made then. Without: "
            "nothing depends on a day.",
            show_default=False,
        ),
    ] = "",
    view: Annotated[
        str,
        typer.Option(
            "--view",
            metavar="NAME",
            help="full: the whole roadmap; summary: a page for sponsors; person: a page for one "
            "person; period: an agenda of the next meeting.",
        ),
    ] = "full",
    responsible: Annotated[
        list[str] | None,
        typer.Option(
            "--responsible",
            metavar="NAME",
            help="Whose page it is, with --view person; repeated for several.",
            show_default=False,
        ),
    ] = None,
    period: Annotated[
        str,
        typer.Option(
            metavar="KEY",
            help="What a page is about, such as month_3. Without: the period of --as-of, or else "
            "the first with something left to do.",
            show_default=False,
        ),
    ] = "",
    language: Annotated[
        list[str] | None,
        typer.Option(
            "--language",
            metavar="TAGS",
            help="The language of the documents, such as fr; with commas, or repeated, a document "
            "in each. Without: the roadmap's.",
            show_default=False,
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Make Markdown, HTML and PDF of roadmaps, or a calendar.

    PATH is a roadmap, a directory with roadmaps, or - for standard input. Without it: this
    directory.
    """
    from cop_roadmap import build, files
    from cop_roadmap.briefs import Wish, kind_of
    from cop_roadmap.conformance import variant_of
    from cop_roadmap.formats import Choices

    use_words(words)
    tags = ordered(language)
    for tag in tags:
        refuse_unknown_language(tag)
    on = day(as_of, "--as-of") if as_of else None
    in_use = templates_in(templates)
    try:
        variant = variant_of(pdf_variant) if pdf_variant is not None else None
        chosen = Choices(
            gantt=gantt,
            variant=variant,
            attach_source=attach_source,
            as_of=on,
            made=moment_of_build(),
        )
        wish = Wish(kind_of(view), tuple(responsible or ()), period, on, gantt)
        inputs = list(files.find(paths or ["."]))
        note = partial(tell, quiet)
        jobs = build.plan(inputs, output, build.formats_of(to or ()), wish, note, tags or [""])
    except Misuse as misuse:
        stop(str(misuse))
    report = RenderReport()
    choices = replace(chosen, theme=theme_of(theme, report))
    with Progress(sum(len(job.targets) for job in jobs), quiet=quiet) as progress:
        for job in jobs:
            for outcome in build.run(job, in_use, choices, emit):
                with progress.hidden(outcome.diagnostics):
                    report.take(outcome)
                progress.advance(bool(outcome.written))
    report.close(quiet=quiet)
    raise typer.Exit(report.code)
