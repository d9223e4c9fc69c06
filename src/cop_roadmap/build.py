"""From roadmap files to documents on the disk: the only place that writes documents."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cop_roadmap import checks, files, loading, theme
from cop_roadmap.diagnostics import Diagnostic, Misuse, Problems, in_file_order
from cop_roadmap.embedding import Source
from cop_roadmap.formats import SPELLINGS, Choices, Documents, Format, canvas
from cop_roadmap.loading import Examined
from cop_roadmap.paper import Paper
from cop_roadmap.pdf import LibraryMissing
from cop_roadmap.roadmap import is_blank
from cop_roadmap.templating import Templates
from cop_roadmap.theme import Theme
from cop_roadmap.view import make, make_blank

STDOUT = "-"
# A longer ending is part of the name of a directory.
_LONGEST_SUFFIX = 5


@dataclass(frozen=True, slots=True)
class Job:
    """A roadmap file and the documents to make of it; one without a path is standard output."""

    input: files.Input
    targets: tuple[tuple[Format, Path | None], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document or one file; exactly one of the three is given."""

    written: Path | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    failure: LibraryMissing | files.CannotWrite | None = None


def formats_of(names: Iterable[str]) -> tuple[Format, ...]:
    """Read names of formats, several with commas between, in the order given. Raises Misuse."""
    words = [word.strip().lower() for name in names for word in name.split(",")]
    unknown = [word for word in words if word not in SPELLINGS]
    if unknown:
        known = ", ".join(wanted.value for wanted in Format)
        raise Misuse(f"There is no format called {unknown[0]!r}. The formats are {known}.")
    return tuple(dict.fromkeys(SPELLINGS[word] for word in words))


def plan(
    inputs: Sequence[files.Input], output: str | None, formats: Sequence[Format]
) -> tuple[Job, ...]:
    """Decide which documents go where. Raises Misuse when that is not clear.

    ``output`` is a directory, the name of one document, ``-``, or None for beside the input;
    without ``formats`` the name of the document says which, or else all are made.
    """
    if output == STDOUT or (output is None and any(found.path is None for found in inputs)):
        return _plan_stdout(inputs, output, formats)
    named = _format_of_name(output)
    if named and output:
        jobs = _plan_one(inputs, Path(output), named, formats)
    else:
        wanted = formats or tuple(Format)
        jobs = tuple(
            Job(found, tuple((kind, _beside(found, output, kind)) for kind in wanted))
            for found in inputs
        )
    _refuse_collisions(jobs, beside=output is None)
    _refuse_files_as_directories(jobs)
    return jobs


def _plan_stdout(
    inputs: Sequence[files.Input], output: str | None, formats: Sequence[Format]
) -> tuple[Job, ...]:
    if len(inputs) > 1 or len(formats) != 1:
        wish = (
            "Say where to write with -o" if output is None else "Standard output takes one document"
        )
        raise Misuse(f"{wish}, or name one file and one format, such as --to md.")
    return (Job(inputs[0], ((formats[0], None),)),) if inputs else ()


def _plan_one(
    inputs: Sequence[files.Input], path: Path, named: Format, formats: Sequence[Format]
) -> tuple[Job, ...]:
    if len(inputs) > 1:
        raise Misuse(
            f"{path} is one document, and there are {len(inputs)} roadmaps. Name a directory."
        )
    if set(formats) - {named}:
        raise Misuse(f"{path} is a name for {named.value}, but --to asks for another format.")
    return tuple(Job(found, ((named, path),)) for found in inputs)


def _format_of_name(output: str | None) -> Format | None:
    """Tell the format that an output's name asks for; None means that it is a directory."""
    if output is None or output.endswith(("/", "\\")) or Path(output).is_dir():
        return None
    suffix = Path(output).suffix.lower().removeprefix(".")
    if suffix in SPELLINGS:
        return SPELLINGS[suffix]
    if suffix.isalpha() and len(suffix) <= _LONGEST_SUFFIX:
        known = ", ".join(wanted.suffix for wanted in Format)
        raise Misuse(f"There is no format for {suffix!r}. A document's name ends in {known}.")
    return None


def _beside(found: files.Input, output: str | None, kind: Format) -> Path:
    stem = found.path.stem if found.path else "roadmap"
    directory = (
        found.path.parent if output is None and found.path else Path(output or ".") / found.below
    )
    return directory / f"{stem}{kind.suffix}"


def _refuse_collisions(jobs: Sequence[Job], *, beside: bool) -> None:
    sources = {os.path.realpath(job.input.path): job.input.name for job in jobs if job.input.path}
    taken: dict[Path, str] = {}
    for job in jobs:
        for _, path in job.targets:
            if path is None:
                continue
            if os.path.realpath(path) in sources:
                raise Misuse(f"{path} is a roadmap itself, and would be replaced. Rename it.")
            if path in taken:
                way_out = "" if beside else ", or leave out -o to write beside each"
                names = f"{taken[path]} and for {job.input.name}"
                raise Misuse(f"{path} would be written for {names}. Rename one{way_out}.")
            taken[path] = job.input.name


def _refuse_files_as_directories(jobs: Sequence[Job]) -> None:
    for parent in {path.parent for job in jobs for _, path in job.targets if path}:
        existing = next((place for place in (parent, *parent.parents) if place.exists()), parent)
        if existing.exists() and not existing.is_dir():
            raise Misuse(f"{existing} is a file, not a directory. Choose another output.")


def plan_canvas(found: files.Input | None, output: str | None) -> Path | None:
    """Decide where a canvas goes; None is standard output. Raises Misuse for another format."""
    if output == STDOUT:
        return None
    if output is None:
        if found is None:
            return Path("canvas.pdf")
        # What was read from standard input goes to standard output, as for ``render``.
        return found.path and found.path.with_name(f"{found.path.stem}-canvas.pdf")
    kind = _format_of_name(output)
    if kind not in (None, Format.PDF):
        raise Misuse(f"{output} is no name for a PDF, and the canvas is one.")
    return Path(output) if kind else Path(output) / "canvas.pdf"


def run(
    job: Job, templates: Templates, choices: Choices, emit: Callable[[bytes], object]
) -> Iterator[Outcome]:
    """Make the documents of one job, one after the other, and say what became of each.

    ``emit`` takes what goes to standard output.
    """
    try:
        content = job.input.read()
    except Problems as problems:
        yield Outcome(diagnostics=problems.diagnostics)
        return
    examined = loading.examine(content, job.input.name)
    look, diagnostics = _dressed(job.input, examined, choices.theme)
    if diagnostics:
        yield Outcome(diagnostics=diagnostics)
    if examined.roadmap is None or look is None:
        return
    name = job.input.path.name if job.input.path else "roadmap.yaml"
    source = Source(name, content)
    documents = Documents(make(examined.roadmap), templates, look, choices, source)
    for kind, path in job.targets:
        yield _deliver(partial(documents.produce, kind), path, emit)


def _dressed(
    found: files.Input, examined: Examined, house: Theme
) -> tuple[Theme | None, tuple[Diagnostic, ...]]:
    """Read the files that a roadmap names, and say what is wrong with all of it."""
    if examined.roadmap is None or examined.source is None:
        return None, examined.diagnostics
    directory = found.path.parent if found.path else Path()
    own, findings = theme.read(examined.roadmap.document, directory)
    look = None if findings else house.over(own)
    diagnostics = examined.diagnostics
    if look and look.fonts:
        # Which characters can be printed is known only now.
        diagnostics = tuple(each for each in diagnostics if each.rule != "missing-glyph")
        if is_blank(examined.roadmap.lint.ignore.get("missing-glyph")):
            findings = tuple(checks.missing_glyph(examined.roadmap, look.characters))
    located = examined.source.quote(loading.locate(examined.source, findings))
    return look, in_file_order((*diagnostics, *located))


def make_canvas(
    found: files.Input | None,
    path: Path | None,
    templates: Templates,
    paper: Paper,
    language: str,
    house: Theme,
    emit: Callable[[bytes], object],
) -> Iterator[Outcome]:
    """Make the canvas on paper, blank or of a roadmap as far as it is, and say what became of it.

    A path of None is standard output. ``language`` replaces that of the roadmap if it is not empty,
    and ``house`` is a theme that goes before what the roadmap says of its look.
    """
    if found is None:
        blank = make_blank(language or "en")
        yield _deliver(partial(canvas, blank, templates, paper, house), path, emit)
        return
    examined = loading.examine_file(found)
    look, diagnostics = _dressed(found, examined, house)
    if diagnostics:
        yield Outcome(diagnostics=diagnostics)
    if examined.roadmap is None or look is None:
        return
    view = make(examined.roadmap.in_language(language) if language else examined.roadmap)
    yield _deliver(partial(canvas, view, templates, paper, look), path, emit)


def _deliver(
    produce: Callable[[], bytes], path: Path | None, emit: Callable[[bytes], object]
) -> Outcome:
    try:
        content = produce()
    except Problems as problems:
        return Outcome(diagnostics=problems.diagnostics)
    except LibraryMissing as missing:
        return Outcome(failure=missing)
    if path is None:
        emit(content)
        return Outcome()
    try:
        files.save(path, content)
    except files.CannotWrite as failure:
        return Outcome(failure=failure)
    return Outcome(written=path)
