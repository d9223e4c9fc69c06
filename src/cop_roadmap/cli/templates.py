"""``coproadmap templates``: templates of one's own."""

import os
import shlex
from pathlib import Path
from typing import Annotated

import typer

from cop_roadmap.cli.arguments import Force, Quiet, write
from cop_roadmap.cli.speaking import stop, tell, tell_written


def copy_templates(
    directory: Annotated[str, typer.Argument(metavar="DIR", hidden=True)],
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Write the built-in templates to a directory, to be changed.

    DIR is the directory; it is made if it is not there. Delete from it what you do not change:
    render --templates takes the rest from the tool.
    """
    from cop_roadmap.templating import builtin_templates

    target = Path(directory)
    if target.exists() and not target.is_dir():
        stop(f"{target} is a file, not a directory. Choose another.")
    contents = {target / name: content for name, content in builtin_templates()}
    existing = [str(path) for path in contents if os.path.lexists(path)]
    if existing and not force:
        stop(
            f"{', '.join(existing)} exist{'s' * (len(existing) == 1)} already. "
            "Choose another directory, or replace with --force."
        )
    for path, content in contents.items():
        write(path, content)
    tell_written(quiet, contents)
    tell(quiet, f"To use them: coproadmap render --templates {shlex.quote(directory)}")
