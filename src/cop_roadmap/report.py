"""What a run of ``validate`` found in all files, and what it is wanted to report and to pass."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import filterfalse
from pathlib import Path

from cop_roadmap import parallel, rules
from cop_roadmap.completeness import Completeness, measure
from cop_roadmap.diagnostics import Diagnostic, Misuse, Severity, in_file_order
from cop_roadmap.files import Input
from cop_roadmap.loading import Examined, examine_file

# What a run may leave out; the other rules say why there is no roadmap, or not the one asked for.
_CHOOSABLE = frozenset({*rules.OPTIONAL, "unused-ignore", "ignore-without-reason"})

_ALL = 100


@dataclass(frozen=True, slots=True)
class Gates:
    """What a run lets pass: from which severity it fails, and which rules it applies.

    Without ``select`` all rules are applied. ``min_complete`` is in percent of the whole roadmap.
    ``lists_gaps`` says whether people want to see what is not filled in, one by one.
    """

    fail_on: Severity = Severity.ERROR
    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    min_complete: int = 0
    lists_gaps: bool = False

    def __post_init__(self) -> None:
        """Raise Misuse for what a run cannot be told."""
        if not 0 <= self.min_complete <= _ALL:
            raise Misuse(f"--min-complete is in percent, from 0 to {_ALL}.")
        for name in sorted(self.select | self.ignore):
            if name not in rules.RULES:
                raise Misuse(rules.unknown(name))
            if name in self.ignore and name not in _CHOOSABLE:
                raise Misuse(
                    f"The rule {name!r} cannot be left out: it says that there is no roadmap to "
                    "check, or not all of it."
                )

    def lets_pass(self, found: Diagnostic) -> bool:
        """Whether the run can succeed in spite of a finding."""
        return not found.severity.is_at_least(self.fail_on)

    def shows(self, found: Diagnostic) -> bool:
        """Whether a finding is shown to people, who would be put off by a list of all gaps."""
        asked_for = self.lists_gaps or found.rule in self.select or not self.lets_pass(found)
        return asked_for or found.severity is not Severity.INFO

    def wants(self, found: Diagnostic) -> bool:
        """Whether a finding is to be reported."""
        if found.rule not in _CHOOSABLE:
            return True
        return found.rule not in self.ignore and (not self.select or found.rule in self.select)


@dataclass(frozen=True, slots=True)
class Checked:
    """One file: what is reported of it, in its order, and how much is filled in.

    ``completeness`` is None for a file that is no roadmap.
    """

    name: str
    diagnostics: tuple[Diagnostic, ...]
    completeness: Completeness | None


def check_all(inputs: Sequence[Input], gates: Gates) -> Iterator[Checked]:
    """Check files, and yield what is reported of each, in their order."""
    check = partial(_check, gates=gates)
    # Standard input belongs to this process.
    each_by_itself = any(found.path is None for found in inputs)
    return map(check, inputs) if each_by_itself else parallel.in_order(check, inputs)


def _check(found: Input, gates: Gates) -> Checked:
    return checked(examine_file(found), found.name, gates)


def checked(examined: Examined, name: str, gates: Gates) -> Checked:
    """Choose from a file's findings what is to be reported, and measure how complete it is."""
    wanted = filter(gates.wants, (*examined.diagnostics, *examined.gaps))
    completeness = measure(examined.roadmap) if examined.roadmap else None
    asked = _too_incomplete(name, completeness, gates.min_complete)
    return Checked(name, in_file_order((*wanted, *asked)), completeness)


def _too_incomplete(
    name: str, completeness: Completeness | None, percent: int
) -> Iterator[Diagnostic]:
    if completeness and completeness.total.percent < percent:
        message = f"{completeness.total.percent} % is filled in; {percent} % is asked for."
        hint = "`coproadmap validate --gaps` lists what is open."
        yield rules.diagnose("incomplete", message, name, hint=hint)


@dataclass(frozen=True)
class Report:
    """All files of a run. Paths of files are shown relative to ``root``, if they are below it."""

    files: tuple[Checked, ...]
    gates: Gates
    root: Path

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is reported of all files, one file after the other."""
        return tuple(found for file in self.files for found in file.diagnostics)

    @cached_property
    def shown(self) -> tuple[Diagnostic, ...]:
        """What is reported without what is not filled in yet, unless that was asked for."""
        return tuple(filter(self.gates.shows, self.diagnostics))

    @cached_property
    def hidden(self) -> tuple[Diagnostic, ...]:
        """What is not filled in yet, unless that was asked for."""
        return tuple(filterfalse(self.gates.shows, self.diagnostics))

    @cached_property
    def completeness(self) -> Completeness | None:
        """How much is filled in of all roadmaps together, if there is one."""
        measured = [file.completeness for file in self.files if file.completeness]
        return sum(measured[1:], measured[0]) if measured else None

    @property
    def roadmaps(self) -> int:
        """How many of the files are roadmaps."""
        return sum(file.completeness is not None for file in self.files)

    @property
    def passes(self) -> bool:
        """Whether nothing was found that the run is to fail on."""
        return all(map(self.gates.lets_pass, self.diagnostics))


def count(found: Iterable[Diagnostic], severity: Severity) -> int:
    """Return how many findings have a severity."""
    return sum(each.severity is severity for each in found)
