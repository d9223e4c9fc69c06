"""Where templates lie, and how they are filled: in a sandbox, with every name defined.

A directory of the user's overrides the built-in templates file by file. Templates get dicts, lists
and strings only: a model object in a sandboxed template would be a way out of the sandbox.
"""

import os
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from types import FrameType
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
)
from jinja2.loaders import split_template_path
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from cop_roadmap import bounds, files, rules
from cop_roadmap.diagnostics import Diagnostic, Place, Problems

_PACKAGE = Path(__file__).parent
_NOT_REPLACED = frozenset({"scaffold.yaml.j2"})

# The largest roadmap that can be read makes a page of a fifth, in a fifth of the time, and needs a
# tenth of the memory.
_MAX_LENGTH = 100_000_000
_MAX_SECONDS = 60
_MAX_MEMORY = 1_000_000_000
# Of the numbers in a template.
_MAX_BITS = 10_000


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
                return _read_text(path, directory)
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
            with self._bounded():
                return "".join(_no_more(environment.get_template(name).generate(data)))
        except Problems:
            raise
        except (Exception, bounds.TooSlow) as error:
            # Whatever a template does wrong, endless recursion too, is a problem of that template.
            raise Problems([self._diagnose(error, name)]) from error

    @contextmanager
    def _bounded(self) -> Iterator[None]:
        """Let templates of the user end, in some time and with some memory."""
        if len(self.directories) == 1:
            yield
            return
        with bounds.in_memory(_MAX_MEMORY), bounds.in_time(_MAX_SECONDS, _is_of_jinja):
            yield

    def _diagnose(self, error: BaseException, name: str) -> Diagnostic:
        """Find the template's line at which an error arose."""
        reason = str(getattr(error, "message", None) or error or type(error).__name__)
        match error:
            case TemplateNotFound():
                reason = f"there is no template called {error.name!r}"
            case MemoryError():
                reason = f"it takes more than {_MAX_MEMORY // 1_000_000} MB of memory"
            case bounds.TooSlow():
                reason = f"it takes more than {_MAX_SECONDS} seconds"
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


def _is_of_jinja(frame: FrameType) -> bool:
    return str(frame.f_globals.get("__name__", "")).startswith("jinja2.")


def _no_more(parts: Iterable[str]) -> Iterator[str]:
    """Yield the parts of a document, unless it becomes larger than any can be."""
    length = 0
    for part in parts:
        length += len(part)
        if length > _MAX_LENGTH:
            raise ValueError(f"it makes more than {_MAX_LENGTH:,} characters")
        yield part


class _Loader(FileSystemLoader):
    """Loads from a directory; what has the name of a template and cannot be read is a problem."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        path = Path(self.searchpath[0], *split_template_path(template))
        if os.path.lexists(path):
            _read_text(path, Path(self.searchpath[0]))
        return super().get_source(environment, template)


def _refuse_link_out(path: Path, directory: Path) -> None:
    """Refuse a template of the user that is a link to a file which nobody named."""
    # Those of the tool may well be links, as some installers lay them.
    if directory != builtin_directory("templates") and files.leads_out(path, directory):
        message = "The template is a link to a file outside its directory."
        hint = "Copy the file itself into the directory."
        raise Problems([rules.diagnose("template-error", message, str(path), hint=hint)])


def _read_text(path: Path, directory: Path) -> str:
    _refuse_link_out(path, directory)
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        message = "The template is not saved as UTF-8."
        raise Problems([rules.diagnose("template-error", message, str(path))]) from error
    except OSError as error:
        message = f"The template cannot be read: {error.strerror or error}."
        raise Problems([rules.diagnose("template-error", message, str(path))]) from error


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, in which no number grows so large that to reckon with it never ends."""

    intercepted_binops = frozenset({"*", "**"})

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Multiply, or raise to a power."""
        if isinstance(left, int) and isinstance(right, int):
            times = right if operator == "**" else 1
            if left.bit_length() * max(times, 1) + right.bit_length() > _MAX_BITS:
                raise OverflowError("it reckons with numbers that are too large")
        return super().call_binop(context, operator, left, right)


@lru_cache(maxsize=8)
def _environment(directories: tuple[Path, ...], html: bool) -> "_Sandbox":
    environment = _Sandbox(
        loader=ChoiceLoader([_Loader(directory) for directory in directories]),
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    # The same roadmap makes the same document: nothing in it is left to chance.
    del environment.globals["lipsum"], environment.filters["random"]
    return environment
