"""From roadmap files to documents on the disk: the only place that writes documents."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from cop_roadmap import briefs, checks, files, loading, people, rules, tags, theme
from cop_roadmap.briefs import AnyBrief, Kind, Wish
from cop_roadmap.diagnostics import Diagnostic, Misuse, Problems, in_file_order
from cop_roadmap.embedding import Source
from cop_roadmap.formats import SPELLINGS, USUAL, Choices, Documents, Format, canvas
from cop_roadmap.loading import Examined
from cop_roadmap.paper import Paper
from cop_roadmap.pdf import LibraryMissing
from cop_roadmap.roadmap import Roadmap, is_blank
from cop_roadmap.templating import Templates
from cop_roadmap.theme import Theme
from cop_roadmap.view import View, make, make_blank

STDOUT = "-"
# A longer ending is part of the name of a directory.
_LONGEST_SUFFIX = 5
_WHOLE = Wish()


@dataclass(frozen=True, slots=True)
class Loaded:
    """A file after it was read and looked at; one that cannot be read has no content."""

    content: bytes
    examined: Examined


@dataclass(frozen=True, slots=True)
class Job:
    """A roadmap file and the documents to make of it; one without a path is standard output.

    They are documents of the whole roadmap, or of a brief, for which the file is read before.
    Without a ``language`` they are in that of the roadmap; ``mark`` tells those in one language
    from those in another.
    """

    input: files.Input
    targets: tuple[tuple[Format, Path | None], ...] = ()
    brief: AnyBrief | None = None
    loaded: Loaded | None = None
    language: str = ""
    mark: str = ""

    @property
    def stem(self) -> str:
        """What its documents are called, without the ending."""
        stem = self.input.path.stem if self.input.path else "roadmap"
        parts = (stem, self.brief.suffix if self.brief else "", self.mark)
        return "-".join(filter(None, parts))


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
    inputs: Sequence[files.Input],
    output: str | None,
    formats: Sequence[Format],
    wish: Wish = _WHOLE,
    note: Callable[[str], object] = lambda _: None,
    languages: Sequence[str] = ("",),
) -> tuple[Job, ...]:
    """Decide which documents go where. Raises Misuse when that is not clear.

    ``output`` is a directory, the name of one document, ``-``, or None for beside the input;
    without ``formats`` the name of the document says which, or else the usual ones are made.
    ``note`` is told which roadmaps have nothing of what is wanted. Each document is made in every
    one of the ``languages``; an empty one stands for that of the roadmap.
    """
    jobs = tuple(
        replace(job, mark=language if len(languages) > 1 else "")
        for language in languages
        for job in _wanted(inputs, wish, note, language)
    )
    if output == STDOUT or (output is None and any(found.path is None for found in inputs)):
        return _plan_stdout(jobs, output, formats)
    named = _format_of_name(output)
    if named and output:
        jobs = _plan_one(jobs, Path(output), named, formats)
    else:
        wanted = formats or USUAL
        jobs = tuple(
            replace(job, targets=tuple((kind, _beside(job, output, kind)) for kind in wanted))
            for job in jobs
        )
    if any(kind is Format.ICS for job in jobs for kind, _ in job.targets):
        wish.kind.refuse_calendar()
    if not (named and output):
        _refuse_links_out(jobs, output)
    _refuse_collisions(jobs, beside=output is None)
    _refuse_files_as_directories(jobs)
    return jobs


def _wanted(
    inputs: Sequence[files.Input], wish: Wish, note: Callable[[str], object], language: str
) -> tuple[Job, ...]:
    """Say what is to be made, not yet where: of a brief, only its roadmap tells what there is."""
    if wish.kind is Kind.FULL:
        return tuple(Job(found, language=language) for found in inputs)
    loaded = [(found, _load(found)) for found in inputs]
    roadmaps = [_spoken(each.examined, language) for _, each in loaded]
    if wish.kind is Kind.PERSON:
        briefs.refuse_nobody(wish, roadmaps)
    jobs = []
    for (found, each), roadmap in zip(loaded, roadmaps, strict=True):
        job = Job(found, loaded=each, language=language)
        if roadmap is None:
            # What is wrong with it is said when its turn comes.
            jobs.append(job)
            continue
        jobs += [replace(job, brief=brief) for brief in briefs.make(roadmap, wish)]
        for name in wish.people:
            if people.key(name) not in briefs.named(roadmap):
                note(f"{found.name} names nobody called {name}, so there is no page of it.")
    return tuple(jobs)


def _spoken(examined: Examined, language: str) -> Roadmap | None:
    """Return the roadmap in a language, or in its own."""
    return examined.in_language(language) if language else examined.roadmap


def _plan_stdout(
    jobs: Sequence[Job], output: str | None, formats: Sequence[Format]
) -> tuple[Job, ...]:
    if len(jobs) > 1 or len(formats) != 1:
        wish = (
            "Say where to write with -o" if output is None else "Standard output takes one document"
        )
        raise Misuse(f"{wish}, or name one file and one format, such as --to md.")
    return tuple(replace(job, targets=((formats[0], None),)) for job in jobs)


def _plan_one(
    jobs: Sequence[Job], path: Path, named: Format, formats: Sequence[Format]
) -> tuple[Job, ...]:
    if len(jobs) > 1:
        what = "languages" if jobs[0].mark else "pages" if jobs[0].brief else "roadmaps"
        raise Misuse(f"{path} is one document, and there are {len(jobs)} {what}. Name a directory.")
    if set(formats) - {named}:
        raise Misuse(f"{path} is a name for {named.value}, but --to asks for another format.")
    return tuple(replace(job, targets=((named, path),)) for job in jobs)


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


def _beside(job: Job, output: str | None, kind: Format) -> Path:
    found = job.input
    directory = (
        found.path.parent if output is None and found.path else Path(output or ".") / found.below
    )
    return directory / f"{job.stem}{kind.suffix}"


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


def _refuse_links_out(jobs: Sequence[Job], output: str | None) -> None:
    """Refuse to follow a link where nobody named it: a stranger may have laid it there."""
    for job in jobs:
        for _, path in job.targets:
            if path and files.leads_out(path, Path(output) if output else path.parent):
                raise Misuse(
                    f"{path} would be written through a link, to {os.path.realpath(path)}. "
                    "Remove the link, or name the document with -o."
                )


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
    loaded = job.loaded or _load(job.input)
    examined = loaded.examined
    roadmap = _spoken(examined, job.language)
    look, diagnostics = _dressed(job.input, examined, roadmap, choices.theme)
    diagnostics = (*diagnostics, *_foreign(job, examined))
    if diagnostics:
        yield Outcome(diagnostics=diagnostics)
    if roadmap is None or look is None:
        return
    name = job.input.path.name if job.input.path else "roadmap.yaml"
    source = Source(name, loaded.content)
    view = job.brief or make(roadmap, choices.as_of)
    whole = _whole(job, roadmap, choices)
    documents = Documents(view, templates, look, choices, source, whole)
    for kind, path in job.targets:
        outcome = _deliver(partial(documents.produce, kind), path, emit)
        # What a document lacks, the roadmap lacks.
        lacking = (replace(each, file=each.file or job.input.name) for each in outcome.diagnostics)
        yield replace(outcome, diagnostics=tuple(lacking))


def _whole(job: Job, roadmap: Roadmap, choices: Choices) -> View | None:
    """Return the view of the roadmap behind a brief, if a calendar is to be made of it."""
    wants_calendar = any(kind is Format.ICS for kind, _ in job.targets)
    return make(roadmap, choices.as_of) if wants_calendar and job.brief else None


def _load(found: files.Input) -> Loaded:
    try:
        content = found.read()
    except Problems as problems:
        return Loaded(b"", Examined(None, problems.diagnostics))
    return Loaded(content, loading.examine(content, found.name))


def _foreign(job: Job, examined: Examined) -> Iterator[Diagnostic]:
    """Find a roadmap whose texts are in none of the languages that its documents are to have."""
    languages = examined.languages
    spoken = {tags.wider(tag)[-1] for tag in languages}
    if job.language and languages and tags.wider(job.language)[-1] not in spoken:
        message = (
            f"The roadmap has no texts in `{job.language}`: they come out in `{languages[0]}`."
        )
        hint = "Give each text in both: `{en: A text, fr: Un texte}`."
        yield rules.diagnose("stale-translation", message, job.input.name, hint=hint)


def _dressed(
    found: files.Input, examined: Examined, roadmap: Roadmap | None, house: Theme
) -> tuple[Theme | None, tuple[Diagnostic, ...]]:
    """Read the files that a roadmap names, and say what is wrong with all of it."""
    if roadmap is None or examined.source is None:
        return None, examined.diagnostics
    directory = found.path.parent if found.path else Path()
    own, findings = theme.read(roadmap.document, directory)
    look = None if findings else house.over(own)
    diagnostics = examined.diagnostics
    if look and look.fonts:
        # Which characters can be printed is known only now.
        diagnostics = tuple(each for each in diagnostics if each.rule != "missing-glyph")
        if is_blank(roadmap.lint.ignore.get("missing-glyph")):
            findings = tuple(checks.missing_glyph(roadmap, look.characters))
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
    roadmap = _spoken(examined, language)
    look, diagnostics = _dressed(found, examined, roadmap, house)
    if diagnostics:
        yield Outcome(diagnostics=diagnostics)
    if roadmap is None or look is None:
        return
    view = make(roadmap)
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
