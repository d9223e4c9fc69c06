"""What the tool says about a file: findings with a rule, a place and a way out."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

# The rule that says that a file has more problems than are shown.
MORE = "too-many-problems"


class Severity(StrEnum):
    """How bad a finding is, the worst first; an error stops rendering, a warning does not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    def is_at_least(self, other: "Severity") -> bool:
        """Tell whether this is as bad as another severity, or worse."""
        order = tuple(Severity)
        return order.index(self) <= order.index(other)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A stretch of text. Lines and columns (in characters) count from 1; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about one file.

    ``rule`` is a stable kebab-case name. ``place`` is None where the file as a whole is meant.
    ``path`` is the way through the file (``sections.vision.timeline.month_2[1]``), empty for the
    whole of it. ``excerpt`` is the text of the line where the place begins.
    """

    rule: str
    severity: Severity
    message: str
    file: str
    place: Place | None = None
    path: str = ""
    hint: str | None = None
    excerpt: str = ""

    @property
    def is_error(self) -> bool:
        """Whether the finding is an error."""
        return self.severity is Severity.ERROR


def clipped(text: str, length: int = 40) -> str:
    """Cut a text that a message repeats: a file may hold one of a million characters."""
    return text if len(text) <= length else f"{text[:length]}…"


class Problems(Exception):
    """A file that cannot be used, with everything that is wrong with it."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("; ".join(diagnostic.message for diagnostic in self.diagnostics))


class Misuse(Exception):
    """What was asked for makes no sense; the text says why, and what to do."""


def in_file_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sort the findings of one file by where they begin; those about the whole file come first.

    That there are more comes last.
    """
    start = Place(0, 0, 0, 0)
    return tuple(
        sorted(
            diagnostics,
            key=lambda found: (found.rule == MORE, found.place or start, found.rule),
        )
    )
