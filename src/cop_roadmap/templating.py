"""Where templates lie, and how they are filled: in a sandbox, with every name defined.

A directory of the user's overrides the built-in templates file by file. Templates get dicts, lists
and strings only: a model object in a sandboxed template would be a way out of the sandbox.
"""

import os
import traceback
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
)
from jinja2.loaders import split_template_path
from jinja2.sandbox import ImmutableSandboxedEnvironment

from cop_roadmap import rules
from cop_roadmap.diagnostics import Diagnostic, Place, Problems

_PACKAGE = Path(__file__).parent
_NOT_REPLACED = frozenset({"scaffold.yaml.j2"})


def builtin_directory(name: str) -> Path:
    """Return a directory of the tool: in the package, or beside ``src/`` in a checkout."""
    installed = _PACKAGE / name
    return installed if installed.is_dir() else _PACKAGE.parent.parent / name


def builtin_templates() -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each template that one of the user's can replace."""
    for path in sorted(builtin_directory("templates").iterdir()):
        # The blank roadmap is a template, too, but not one of documents.
        if path.is_file() and path.name not in _NOT_REPLACED:
            yield path.name, path.read_bytes()


class Templates:
    """The templates in use: those of the user's directory, if any, before the built-in ones."""

    def __init__(self, directory: Path | None = None) -> None:
        self.directories = [builtin_directory("templates")]
        if directory:
            if not directory.is_dir():
                raise NotADirectoryError(f"{directory} is not a directory of templates.")
            self.directories.insert(0, directory)

    def blamed(self, error: Exception, name: str) -> Exception:
        """Return what to raise when a document breaks: a problem, if templates are the user's."""
        return Problems([self._diagnose(error, name)]) if len(self.directories) > 1 else error

    def read(self, name: str) -> str:
        """Return a template's text as it stands, for instance a style sheet."""
        for directory in self.directories:
            path = directory / name
            if os.path.lexists(path):
                return _read_text(path)
        raise FileNotFoundError(name)

    def render(
        self,
        name: str,
        data: Mapping[str, Any],
        filters: Mapping[str, Callable[..., Any]],
        *,
        html: bool = False,
    ) -> str:
        """Fill a template. Raises ``Problems`` with the template's file and line if it breaks."""
        environment = _environment(tuple(self.directories), html)
        environment.filters.update(filters)
        try:
            return environment.get_template(name).render(data)
        except Problems:
            raise
        except Exception as error:
            # Whatever a template does wrong, endless recursion too, is a problem of that template.
            raise Problems([self._diagnose(error, name)]) from error

    def _diagnose(self, error: Exception, name: str) -> Diagnostic:
        """Find the template's line at which an error arose."""
        reason = str(getattr(error, "message", None) or error or type(error).__name__)
        if isinstance(error, TemplateNotFound):
            reason = f"there is no template called {error.name!r}"
        file = getattr(error, "filename", None)
        line = getattr(error, "lineno", None)
        if file is None:
            directories = tuple(map(str, self.directories))
            for frame in traceback.extract_tb(error.__traceback__):
                if frame.filename.startswith(directories):
                    file, line = frame.filename, frame.lineno
        return rules.diagnose(
            "template-error",
            message=f"The template cannot be filled: {reason.rstrip('.')}.",
            file=str(file or name),
            place=Place(line, 1, line, 1) if line else None,
            hint="Compare it with the built-in template of the same name.",
        )


class _Loader(FileSystemLoader):
    """Loads from a directory; what has the name of a template and cannot be read is a problem."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        path = Path(self.searchpath[0], *split_template_path(template))
        if os.path.lexists(path):
            _read_text(path)
        return super().get_source(environment, template)


def _read_text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        message = "The template is not saved as UTF-8."
        raise Problems([rules.diagnose("template-error", message, str(path))]) from error
    except OSError as error:
        message = f"The template cannot be read: {error.strerror or error}."
        raise Problems([rules.diagnose("template-error", message, str(path))]) from error


@lru_cache(maxsize=8)
def _environment(directories: tuple[Path, ...], html: bool) -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([_Loader(directory) for directory in directories]),
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
