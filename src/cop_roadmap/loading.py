"""From a file's bytes to a roadmap or a theme, with everything that is to be said about it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

from pydantic import ValidationError

from cop_roadmap import checks, files, model_errors, rules, source, translations, wordings
from cop_roadmap.diagnostics import MORE, Diagnostic, Problems, in_file_order
from cop_roadmap.roadmap import Lint, Look, Roadmap, ThemeFile, is_blank
from cop_roadmap.source import Source
from cop_roadmap.wordings import Reading

Model = TypeVar("Model", Roadmap, ThemeFile)

# A file with more problems than this is not a roadmap with mistakes but something else.
MAX_PROBLEMS = 200

# How many languages a file may give texts in, and how many values it may hold in all of them
# together: it is read once for each. A complete roadmap holds 1,500.
MAX_LANGUAGES = 60
_MAX_IN_LANGUAGES = 100_000


@dataclass(frozen=True, slots=True)
class Examined:
    """A file after everything was looked at: its roadmap, if there is one, and the findings.

    ``gaps`` is what is not filled in yet, which is nothing wrong. ``source`` tells where the parts
    of the roadmap stand. The roadmap is that in the main language of the file; ``languages`` are
    all that its texts are given in, the main one first.
    """

    roadmap: Roadmap | None
    diagnostics: tuple[Diagnostic, ...]
    gaps: tuple[Diagnostic, ...] = ()
    source: Source | None = field(default=None, compare=False, repr=False)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the texts of the file are given in."""
        return wordings.languages(self.source.data) if self.source and self.roadmap else ()

    def in_language(self, tag: str) -> Roadmap | None:
        """Return the roadmap in a language, as far as the file has its texts in it."""
        if self.roadmap is None or self.source is None:
            return None
        main = self.roadmap.community.language
        return _read_in(Reading(tag, main))(self.source.data).in_language(tag)


@dataclass(frozen=True, slots=True)
class ExaminedTheme:
    """A theme file after it was read: what it asks for, if that can be known, and the findings."""

    look: Look | None
    diagnostics: tuple[Diagnostic, ...]
    source: Source


def examine_file(found: files.Input) -> Examined:
    """Read and check a file. One that cannot be read has that as its only finding."""
    try:
        return examine(found.read(), found.name)
    except Problems as problems:
        return Examined(None, problems.diagnostics)


def examine(content: bytes, name: str) -> Examined:
    """Read and check the bytes of a file; ``name`` is what the diagnostics call it."""
    read = source.read(content, name)
    main = wordings.main_language(read.data)
    roadmap, found, hidden = _understand(read, _read_in(Reading(main, main)))
    gaps: list[Diagnostic] = []
    languages = wordings.languages(read.data) if roadmap else ()
    if excess := _too_many_languages(read, languages):
        found, roadmap = [*found, excess], None
    # Of a file with broken lines, what the plan lacks cannot be told.
    if roadmap and not read.broken_lines:
        found += _not_yet_blamed(_check_all_languages(read, roadmap, languages), found)
        gaps += locate(read, checks.gaps(roadmap))
        found += locate(read, checks.ignores(roadmap, {each.rule for each in (*found, *gaps)}))
    reasons = (roadmap.lint if roadmap else _lint_of(read.data)).ignore
    found = [each for each in found if is_blank(reasons.get(each.rule))]
    gaps = [each for each in gaps if is_blank(reasons.get(each.rule))]
    if any(problem.is_error for problem in found):
        roadmap, gaps = None, []
    shown = _shorten(in_file_order(found), hidden)
    return Examined(roadmap, read.quote(shown), read.quote(in_file_order(gaps)), read)


def _read_in(reading: Reading) -> Callable[[Any], Roadmap]:
    return partial(Roadmap.model_validate, context=reading)


def _too_many_languages(read: Source, languages: Sequence[str]) -> Diagnostic | None:
    """Find a file that would have to be read so often that it takes long."""
    number = len(languages)
    if number <= 1:
        return None
    if number <= MAX_LANGUAGES and number * wordings.size(read.data) <= _MAX_IN_LANGUAGES:
        return None
    message = f"The file gives texts in {number} languages, which are too many for its size."
    hint = f"Make several files: one can have {MAX_LANGUAGES} languages if it is not long."
    return rules.diagnose("too-many-nodes", message, read.name, hint=hint)


def _check_all_languages(
    read: Source, roadmap: Roadmap, languages: Sequence[str]
) -> Iterator[Diagnostic]:
    """Yield what is found in any language of a file, once."""
    main = roadmap.community.language
    if len(languages) == 1:
        yield from locate(read, checks.check(roadmap), Reading(main, main))
        return
    found: dict[Diagnostic, None] = {}
    for tag in languages:
        reading = Reading(tag, main)
        same = roadmap if tag == main else _read_in(reading)(read.data).in_language(tag)
        found.update(dict.fromkeys(locate(read, checks.check(same), reading)))
    found.update(dict.fromkeys(locate(read, translations.check(roadmap, read.data))))
    yield from found


def examine_theme(content: bytes, name: str) -> ExaminedTheme:
    """Read the bytes of a theme file; the files that it names are not looked at."""

    def validate(data: Any) -> ThemeFile:
        return ThemeFile.model_validate({"theme": data})

    read = source.read(content, name)
    made, found, hidden = _understand(read, validate)
    look = made.theme if made and not any(problem.is_error for problem in found) else None
    shown = _shorten(in_file_order(map(_about_a_theme, found)), hidden)
    return ExaminedTheme(look, read.quote(shown), read)


def _about_a_theme(found: Diagnostic) -> Diagnostic:
    """Say of a theme what the hint says of a roadmap."""
    is_empty = found.rule == "empty-file"
    return replace(found, hint="Write a key such as `colours:`.") if is_empty else found


def _understand(
    read: Source, validate: Callable[[Any], Model]
) -> tuple[Model | None, list[Diagnostic], int]:
    """Make the model of a file, or say what is wrong with its data, and how much is not said."""
    problems = list(_say_where_it_ends(read))
    if read.data is None:
        return None, problems, 0
    try:
        return validate(read.data), problems, 0
    except ValidationError as error:
        explained, hidden = model_errors.explain(read, error, validate)
        problems += _not_yet_blamed(explained, problems)
        return None, problems, hidden


def _say_where_it_ends(read: Source) -> Iterator[Diagnostic]:
    """Yield the problems of a file; the one behind which nothing can be known says so."""
    last = max(read.broken_lines) if read.broken_lines and not read.is_whole else None
    for found in read.problems:
        if found.rule == "yaml-syntax" and found.place and found.place.line == last:
            yield replace(found, hint=f"{found.hint} What follows was not checked.")
        else:
            yield found


def locate(
    read: Source, findings: Iterable[checks.Finding], reading: Reading | None = None
) -> Iterator[Diagnostic]:
    """Say of each finding where in the file it is; of a text, in the language that was read."""
    for found in findings:
        path = wordings.within(read.data, found.path, reading) if reading else found.path
        yield read.diagnose(
            found.rule,
            found.message,
            path,
            hint=found.hint,
            key=found.at_key,
            part=found.part,
        )


def _lint_of(data: Any) -> Lint:
    """Return what a file silences though it is no roadmap."""
    try:
        return Lint.model_validate(data.get("lint")) if isinstance(data, dict) else Lint()
    except ValidationError:
        return Lint()


def _not_yet_blamed(
    explained: Iterable[Diagnostic], problems: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """Leave out what has its reason in the text itself: saying it twice would puzzle."""
    places = {problem.place for problem in problems}
    paths = {problem.path for problem in problems if problem.rule == "bad-alias"}
    for found in explained:
        if found.place not in places and not (found.rule == "missing-key" and found.path in paths):
            yield found


def _shorten(found: tuple[Diagnostic, ...], hidden: int) -> tuple[Diagnostic, ...]:
    """Keep the first of many problems, and say how many more there are."""
    hidden += max(0, len(found) - MAX_PROBLEMS)
    if not hidden:
        return found
    message = f"The file has {hidden:,} more problems, which are not shown."
    hint = "Check that this is a roadmap."
    last = rules.diagnose(MORE, message, found[0].file, hint=hint)
    return (*found[:MAX_PROBLEMS], last)
