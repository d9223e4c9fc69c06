"""Roadmaps of communities of practice: YAML in, Markdown, HTML and PDF out.

    >>> import cop_roadmap
    >>> roadmap = cop_roadmap.load("roadmap.yaml")
    >>> page = cop_roadmap.render(roadmap, "html")

The file format is described in ``docs/format.md``; the canvas behind it in ``cop_roadmap.canvas``.
"""

from typing import TYPE_CHECKING

from cop_roadmap.version import __version__

__all__ = [
    "Diagnostic",
    "Place",
    "Problems",
    "Roadmap",
    "Severity",
    "__version__",
    "load",
    "render",
    "validate",
]

if TYPE_CHECKING:
    from cop_roadmap.api import load, render, validate
    from cop_roadmap.diagnostics import Diagnostic, Place, Problems, Severity
    from cop_roadmap.roadmap import Roadmap


def __getattr__(name: str) -> object:
    """Import a public name when it is first used: the command line starts without all of them."""
    if name not in __all__:
        raise AttributeError(f"module 'cop_roadmap' has no attribute {name!r}")
    from importlib import import_module

    homes = {"load": "api", "render": "api", "validate": "api", "Roadmap": "roadmap"}
    return getattr(import_module(f"cop_roadmap.{homes.get(name, 'diagnostics')}"), name)
