"""``coproadmap init``: a blank roadmap to fill in."""

import os
from typing import Annotated

import typer

from cop_roadmap.cli.arguments import (
    Force,
    Quiet,
    WordsOption,
    free_place,
    month,
    refuse_unknown_language,
    use_words,
    write,
)
from cop_roadmap.cli.speaking import emit, stop, tell


def init(
    path: Annotated[str, typer.Argument(metavar="PATH", hidden=True)] = "roadmap.yaml",
    name: Annotated[str, typer.Option(metavar="NAME", help="The community's name.")] = "",
    start: Annotated[
        str, typer.Option(metavar="YYYY-MM", help="The calendar month that is Month 1.")
    ] = "",
    language: Annotated[
        str, typer.Option(metavar="TAG", help="The language of questions and documents.")
    ] = "en",
    example: Annotated[
        bool, typer.Option("--example", help="Write a complete worked example instead.")
    ] = False,
    words: WordsOption = None,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Write a blank roadmap to fill in.

    PATH is the file to write, or - for standard output. Without it: roadmap.yaml.
    Every question of the canvas stands in the file as a remark.
    """
    from cop_roadmap import catalogue, scaffold, schema

    use_words(words)
    refuse_unknown_language(language)
    in_use = catalogue.load(language)
    if example:
        if name or start:
            stop("The example has a name and a start of its own: leave out --name and --start.")
        text = scaffold.example(in_use.language)
        if f"\n  language: {in_use.language}\n" not in text:
            tell(quiet, f"There is no example in {in_use.language} yet: this one is in English.")
    else:
        text = scaffold.blank(in_use, name=name, start=month(start))
        _refuse_invalid(text)
    if path == "-":
        emit(text.encode())
        tell(quiet, f"For completion in the editor: coproadmap schema > {schema.FILE_NAME}")
        return
    target = free_place(path, force=force)
    write(target, text.encode())
    tell(quiet, f"Wrote {target}")
    schema_path = target.parent / schema.FILE_NAME
    if force or not os.path.lexists(schema_path):
        write(schema_path, schema.as_json(in_use).encode())
        tell(quiet, f"Wrote {schema_path} (for completion in the editor)")


def _refuse_invalid(text: str) -> None:
    """Refuse a name that makes no valid roadmap, for instance of control characters."""
    from cop_roadmap.loading import examine

    try:
        found = examine(text.encode(), "roadmap.yaml").diagnostics
    except UnicodeEncodeError:
        stop("The name holds a character that cannot be written.")
    if errors := [each for each in found if each.is_error]:
        stop(f"With this name the roadmap would not be valid. {errors[0].message}")
