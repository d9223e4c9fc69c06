"""The tool as a library: three functions over plain files and models."""

import os
from pathlib import Path

from cop_roadmap import files, loading
from cop_roadmap.diagnostics import Diagnostic, Problems, in_file_order
from cop_roadmap.formats import SPELLINGS, Documents
from cop_roadmap.roadmap import Roadmap
from cop_roadmap.templating import Templates
from cop_roadmap.view import make


def validate(path: str | os.PathLike[str], *, gaps: bool = False) -> tuple[Diagnostic, ...]:
    """Return everything that is wrong with a roadmap file, in the order of the file.

    With ``gaps`` also what is not filled in yet, with the severity ``info``. A file that cannot be
    read yields one diagnostic with the rule ``cannot-read``.
    """
    examined = _examine(path)
    found = examined.diagnostics
    return in_file_order((*found, *examined.gaps)) if gaps else found


def load(path: str | os.PathLike[str]) -> Roadmap:
    """Load a roadmap file.

    Raises:
        Problems: the file has errors, or cannot be read; warnings alone do not raise.
    """
    examined = _examine(path)
    if examined.roadmap is None:
        raise Problems(examined.diagnostics)
    return examined.roadmap


def render(roadmap: Roadmap, to: str, *, templates: str | os.PathLike[str] | None = None) -> bytes:
    """Render a roadmap as a document and return its bytes (UTF-8 for ``md`` and ``html``).

    ``to`` is ``"md"``, ``"html"`` or ``"pdf"``; ``templates`` is a directory whose files replace
    built-in templates of the same names.

    Raises:
        ValueError: there is no such format.
        NotADirectoryError: ``templates`` is no directory.
        Problems: a template of yours breaks, or asks for something to be loaded.
        cop_roadmap.pdf.LibraryMissing: PDF was asked for and Pango is not installed.
    """
    if to not in SPELLINGS:
        raise ValueError(f"no format is called {to!r}")
    directory = Path(templates) if templates is not None else None
    return Documents(make(roadmap), Templates(directory)).produce(SPELLINGS[to])


def _examine(path: str | os.PathLike[str]) -> loading.Examined:
    name = os.fspath(path)
    return loading.examine_file(files.Input(name, Path(name)))
