"""From a file's bytes to a roadmap, with everything that is wrong with it in plain words.

This is the one place that translates pydantic's errors.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from cop_roadmap import canvas, checks, files, source
from cop_roadmap.diagnostics import Diagnostic, Problems, Severity, clipped, in_file_order
from cop_roadmap.roadmap import Action, Community, CreationItem, Roadmap, Section, Status

# A file with more problems than this is not a roadmap with mistakes but something else.
MAX_PROBLEMS = 200
# To look for what a key was meant to be takes time.
MAX_TRANSLATED = 300
# Longer words are no misspelt keys, and longer lists of keys no help.
_LONGEST_WORD = 40
_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Examined:
    """A file after everything was looked at: its roadmap, if there is one, and the findings."""

    roadmap: Roadmap | None
    diagnostics: tuple[Diagnostic, ...]


def examine_file(found: files.Input) -> Examined:
    """Read and check a file. One that cannot be read has that as its only finding."""
    try:
        return examine(found.read(), found.name)
    except Problems as problems:
        return Examined(None, problems.diagnostics)


def examine(content: bytes, name: str) -> Examined:
    """Read and check the bytes of a file; ``name`` is what the diagnostics call it."""
    read = source.read(content, name)
    found = list(read.problems)
    roadmap, hidden = None, 0
    if read.data is not None and not any(problem.rule in _FATAL for problem in found):
        try:
            roadmap = Roadmap.model_validate(read.data)
            found += [_locate(read, finding) for finding in checks.check(roadmap)]
        except ValidationError as error:
            problems = error.errors(include_url=False)
            hidden = max(0, len(problems) - MAX_TRANSLATED)
            # What is wrong with the text itself there is the reason; saying it twice would puzzle.
            blamed = {problem.place for problem in found}
            translated = _translate_all(read, problems[:MAX_TRANSLATED])
            found += [problem for problem in translated if problem.place not in blamed]
    if any(problem.is_error for problem in found):
        roadmap = None
    return Examined(roadmap, read.quote(_shorten(in_file_order(found), hidden)))


# After these the data is incomplete, and what the model says about it would mislead.
_FATAL = frozenset({"yaml-syntax", "too-deep", "too-many-nodes", "empty-file"})


def _shorten(found: tuple[Diagnostic, ...], hidden: int) -> tuple[Diagnostic, ...]:
    """Keep the first of many findings, and say how many more there are."""
    hidden += max(0, len(found) - MAX_PROBLEMS)
    if not hidden:
        return found
    last = Diagnostic(
        "too-many-problems",
        Severity.ERROR if any(each.is_error for each in found) else Severity.WARNING,
        f"The file has {hidden:,} more problems, which are not shown.",
        found[0].file,
        hint="Check that this is a roadmap.",
    )
    return (*found[:MAX_PROBLEMS], last)


def _locate(read: source.Source, finding: checks.Finding) -> Diagnostic:
    return read.diagnose(
        finding.rule, finding.severity, finding.message, finding.path, hint=finding.hint
    )


# ── what may stand where ─────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Shape:
    """A mapping of the format: what to call it, where it stands, and which keys it may have."""

    noun: str
    home: str
    keys: tuple[str, ...]


_ROADMAP = _Shape("the roadmap", "at the left margin", tuple(Roadmap.model_fields))
_COMMUNITY = _Shape("`community`", "under `community:`", tuple(Community.model_fields))
_SECTIONS = _Shape("`sections`", "under `sections:`", canvas.SECTION_KEYS)
_SECTION = _Shape("a section", "inside a section", tuple(Section.model_fields))
_TIMELINE = _Shape("a timeline", "under a section's `timeline:`", canvas.PERIOD_KEYS)
_ACTION = _Shape("an action", "inside an action", tuple(Action.model_fields))
_AMBITIONS = _Shape("`ambitions`", "under `ambitions:`", canvas.AMBITION_KEYS)
_CREATION = _Shape("`creation`", "under `creation:`", tuple(canvas.STEP_ITEMS))
_STEPS = {
    key: _Shape(f"`{key}`", f"under `{key}:` in `creation:`", items)
    for key, items in canvas.STEP_ITEMS.items()
}
_ITEM = _Shape("an item", "inside an item of `creation:`", tuple(CreationItem.model_fields))

_SHAPES = (_ROADMAP, _COMMUNITY, _SECTIONS, _SECTION, _TIMELINE, _ACTION, _AMBITIONS, _CREATION)
_HOMES: Mapping[str, str] = {
    key: shape.home for shape in (*_STEPS.values(), *reversed(_SHAPES)) for key in shape.keys
}


_ANY = object()
_PATTERNS: tuple[tuple[tuple[object, ...], _Shape], ...] = (
    ((), _ROADMAP),
    (("community",), _COMMUNITY),
    (("sections",), _SECTIONS),
    (("sections", _ANY), _SECTION),
    (("sections", _ANY, "timeline"), _TIMELINE),
    (("sections", _ANY, "timeline", _ANY, _ANY), _ACTION),
    (("ambitions",), _AMBITIONS),
    (("creation",), _CREATION),
    *((("creation", step), shape) for step, shape in _STEPS.items()),
    (("creation", _ANY, _ANY), _ITEM),
)


def _shape_at(path: source.Path) -> _Shape | None:
    """Return what mapping the format has at a path, if it has one there."""
    for pattern, shape in _PATTERNS:
        if len(pattern) == len(path) and all(
            wanted is _ANY or wanted == step for wanted, step in zip(pattern, path, strict=True)
        ):
            return shape
    return None


# ── pydantic's errors in plain words ─────────────────────────────────────────────────────────────


def _translate_all(read: source.Source, errors: Sequence[Any]) -> Iterator[Diagnostic]:
    # A key that is missing because it is misspelt is one mistake, not two.
    meant = {
        (*found["loc"][:-1], _meant(str(found["loc"][-1]), shape))
        for found in errors
        if found["type"] == "extra_forbidden" and (shape := _shape_at(found["loc"][:-1]))
    }
    for found in errors:
        if not (found["type"] == "missing" and found["loc"] in meant):
            yield _translate(read, found["type"], found["loc"], found["input"])


def _meant(unknown: str, shape: _Shape) -> str | None:
    """Return the key that an unknown one was meant to be, or to stand under."""
    if shape is _ROADMAP and unknown in _COMMUNITY.keys:
        return "community"
    # A text with a colon reads as a key, and so the action seems to be missing.
    return _closest(unknown, shape.keys) or ("action" if shape is _ACTION else None)


def _translate(read: source.Source, kind: str, path: source.Path, value: Any) -> Diagnostic:
    if kind == "extra_forbidden":
        return _unknown_key(read, path)
    if kind in ("missing", "too_short"):
        return _missing_key(read, path)
    if kind in _BAD_VALUES:
        rule, noun, example = _BAD_VALUES[kind]
        message = f"{_quoted(read, path, value)} is not {noun}."
        hint = example or _suggest(str(value), tuple(status.value for status in Status))
        return read.diagnose(rule, Severity.ERROR, message, path, hint=hint)
    return _wrong_type(read, kind, path, value)


# A kind of error: the rule, what the value is not, and what to write instead.
_BAD_VALUES = {
    "bad_month": (
        "bad-date",
        "a month",
        "Write year and month with a dash between, such as 2026-09.",
    ),
    "bad_day": (
        "bad-date",
        "a day of the calendar",
        "Write year, month and day with dashes between, such as 2026-10-15.",
    ),
    "bad_language": ("bad-value", "the tag of a language", "Write a tag such as en, fr or fr-CA."),
    "enum": ("bad-value", "a status", ""),
}


def _unknown_key(read: source.Source, path: source.Path) -> Diagnostic:
    key = str(path[-1])
    shape = _shape_at(path[:-1]) or _ROADMAP
    message = f"`{clipped(key)}` is not a key of {shape.noun}."
    if key in _HOMES:
        hint: str | None = f"`{key}` belongs {_HOMES[key]}."
    elif shape is _TIMELINE and key in _LATE_MONTHS:
        hint = f"Did you mean `{_LATE_MONTHS[key]}`?"
    elif shape is _TIMELINE and key.removeprefix("month_").isdecimal():
        # The nearest word to month_13 is month_3, which nobody meant.
        hint = _choices(shape.keys)
    elif shape is _ACTION and not _closest(key, shape.keys):
        hint = "If this is text with a colon, put the whole text in quotes."
    else:
        hint = _suggest(key, shape.keys)
    return read.diagnose("unknown-key", Severity.ERROR, message, path, hint=hint, key=True)


# The months that are no period of their own, with the period that each is part of.
_LATE_MONTHS = {
    f"month_{month}": span.key
    for span in canvas.PERIODS
    if span.first_month != span.last_month
    for month in range(span.first_month, span.last_month + 1)
}


def _missing_key(read: source.Source, path: source.Path) -> Diagnostic:
    if path[0] == "community":
        message = "The community has no name."
        hint = "Write `name:` and the name under `community:`."
    else:
        message = "This action does not say what will be done."
        hint = "Write `action:` and what will be done."
    return read.diagnose("missing-key", Severity.ERROR, message, path, hint=hint, key=True)


def _wrong_type(read: source.Source, kind: str, path: source.Path, value: Any) -> Diagnostic:
    name = next((f"`{step}`" for step in reversed(path) if isinstance(step, str)), "A roadmap")
    shape = _shape_at(path)
    hint = None
    if kind == "bool_type":
        wanted, hint = "true or false", "Write true or false, without quotes."
    elif shape and shape is not _ACTION and shape is not _ITEM:
        wanted = f"keys such as `{next(iter(shape.keys))}:`"
        if isinstance(value, str) and shape is _SECTION:
            hint = "Write the text under `answer:`."
    else:
        wanted = "text"
        if isinstance(value, dict | list):
            hint = "If this is text with a colon, brackets or a dash, put it in quotes."
        else:
            hint = f"Put it in quotes: {_quoted(read, path, value).replace('`', chr(34))}"
    message = f"{name} needs {wanted} here, not {_kind_of(value)}."
    return read.diagnose("wrong-type", Severity.ERROR, message, path, hint=hint)


def _kind_of(value: Any) -> str:
    match value:
        case dict():
            return "keys with values"
        case list() | tuple():
            return "a list"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "text"
    return "nothing"


def _quoted(read: source.Source, path: source.Path, value: Any) -> str:
    """Repeat a value as the file has it, without quotes, on one line and not at length."""
    written = read.written(path)
    # Of an alias, what it stands for is of interest.
    text = str(value) if written.startswith("*") else written.strip("\"'|> \n")
    text = " ".join(text.split())
    return f"`{clipped(text)}`"


@lru_cache
def _closest(word: str, known: tuple[str, ...]) -> str | None:
    """Return the known word that was probably meant."""
    # Imported late: only a file with a mistake needs it.
    from difflib import get_close_matches

    if len(word) > _LONGEST_WORD:
        return None
    lowered = word.lower().replace(" ", "_").replace("-", "_")
    return next(iter(get_close_matches(lowered, known, 1)), None)


def _suggest(word: str, known: tuple[str, ...]) -> str | None:
    """Say which known word was meant, or which there are."""
    if closest := _closest(word, known):
        return f"Did you mean `{closest}`?"
    return _choices(known) if len(known) <= _MOST_NAMED else None


def _choices(known: tuple[str, ...]) -> str:
    return f"There are {', '.join(f'`{key}`' for key in known)}."
