"""``coproadmap extract``: the roadmap that a PDF carries."""

from pathlib import Path
from typing import Annotated

import typer

from cop_roadmap.cli.arguments import Force, Quiet, free_place, write
from cop_roadmap.cli.speaking import show, stop, tell


def extract(
    file: Annotated[str, typer.Argument(metavar="FILE", hidden=True)],
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="The file to write, or - for standard output. Without: standard output.",
            show_default=False,
        ),
    ] = "-",
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Take the roadmap out of a PDF that carries it.

    FILE is a PDF made by render --attach-source, or - for standard input. The roadmap comes out
    byte for byte as it went in.
    """
    from cop_roadmap import embedding
    from cop_roadmap.diagnostics import Problems
    from cop_roadmap.files import STDIN, Input
    from cop_roadmap.source import MAX_BYTES

    # A name inside the PDF is never looked at: it could lead anywhere.
    target = None if output == "-" else free_place(output, force=force)
    if Path(file).is_dir():
        stop(f"{file} is a directory. Name a PDF.")
    found = Input("<stdin>", None) if file == STDIN else Input(file, Path(file))
    try:
        content = embedding.extract(found.read(embedding.MAX_PDF_BYTES), MAX_BYTES).content
    except Problems as problems:
        stop(f"{found.name}: {problems.diagnostics[0].message}")
    except embedding.NoSource as reason:
        stop(f"{found.name}: {reason}")
    if target:
        write(target, content)
        tell(quiet, f"Wrote {target}")
    else:
        # A stranger may have put anything into the PDF.
        show(content)
