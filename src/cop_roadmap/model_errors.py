"""What the model finds wrong with a file, in plain words: what a key was meant to be, for instance.

This is the one place that translates pydantic's errors, as ``syntax`` does the YAML parser's.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from cop_roadmap import canvas, rules, source, tags, wordings
from cop_roadmap.diagnostics import Diagnostic, clipped
from cop_roadmap.roadmap import (
    DAY_PATTERN,
    MAX_FOOTER,
    Action,
    Colours,
    Community,
    CreationItem,
    Font,
    Lint,
    Look,
    Review,
    Roadmap,
    Section,
    Status,
)
from cop_roadmap.syntax import HARD_SPACES

# To look for what a key was meant to be takes time.
MAX_EXPLAINED = 300
# Longer words are no misspelt keys, and longer lists of keys no help.
_LONGEST_WORD = 40
_MOST_NAMED = 8
_MOST_MISSPELT = 20
# A key without a space behind its colon, which YAML takes for text.
_GLUED = re.compile(r"(\w+):(\S.*)", re.DOTALL)
# A day at the head of a review, as the key of what is said about it.
_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_BEGIN_A_REVIEW = "Begin each review with a dash and its day"
_IN_TWO_LANGUAGES = "`{en: Vision, fr: Vision}`"
_HARD_SPACE = re.compile(f"[{HARD_SPACES}]")


# ── what may stand where ─────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class _Shape:
    """A mapping of the format: what its keys are, where it stands, and which they are."""

    noun: str
    home: str
    keys: tuple[str, ...]


# What a command writes is not among what is suggested.
_ROADMAP = _Shape(
    "a key of the roadmap",
    "at the left margin",
    tuple(key for key in Roadmap.model_fields if key != wordings.NOTES),
)
_COMMUNITY = _Shape("a key of `community`", "under `community:`", tuple(Community.model_fields))
_SECTIONS = _Shape("a key of `sections`", "under `sections:`", canvas.SECTION_KEYS)
_SECTION = _Shape("a key of a section", "inside a section", tuple(Section.model_fields))
_TIMELINE = _Shape("a key of a timeline", "under a section's `timeline:`", canvas.PERIOD_KEYS)
_ACTION = _Shape("a key of an action", "inside an action", tuple(Action.model_fields))
_AMBITIONS = _Shape("a key of `ambitions`", "under `ambitions:`", canvas.AMBITION_KEYS)
_CREATION = _Shape("a key of `creation`", "under `creation:`", tuple(canvas.STEP_ITEMS))
_STEPS = {
    key: _Shape(f"a key of `{key}`", f"under `{key}:` in `creation:`", items)
    for key, items in canvas.STEP_ITEMS.items()
}
_ITEM = _Shape(
    "a key of an item", "inside an item of `creation:`", tuple(CreationItem.model_fields)
)
_DOCUMENT = _Shape("a key of `document`", "under `document:`", tuple(Look.model_fields))
_THEME = _Shape("a key of a theme", "at the left margin", tuple(Look.model_fields))
_COLOURS = _Shape("a key of `colours`", "under `colours:`", tuple(Colours.model_fields))
_FONT = _Shape("a key of `font`", "under `font:`", tuple(Font.model_fields))
_REVIEW = _Shape("a key of a review", "inside a review", tuple(Review.model_fields))
_RATINGS = _Shape("a section of the canvas", "under `ratings:` of a review", canvas.SECTION_KEYS)
_LINT = _Shape("a key of `lint`", "under `lint:`", tuple(Lint.model_fields))
_IGNORE = _Shape("a rule that can be silenced", "under `ignore:` in `lint:`", rules.OPTIONAL)

_SHAPES = (
    *(_ROADMAP, _COMMUNITY, _SECTIONS, _SECTION, _TIMELINE, _ACTION, _AMBITIONS, _CREATION),
    *(_REVIEW, _DOCUMENT, _COLOURS, _FONT, _LINT, _IGNORE),
)
# What may also be written as a text.
_SPELT_OUT = (_ACTION, _ITEM, _FONT)
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
    (("reviews", _ANY), _REVIEW),
    (("reviews", _ANY, "ratings"), _RATINGS),
    (("document",), _DOCUMENT),
    (("theme",), _THEME),
    ((_ANY, "colours"), _COLOURS),
    ((_ANY, "font"), _FONT),
    (("lint",), _LINT),
    (("lint", "ignore"), _IGNORE),
)


def _shape_at(path: source.Path) -> _Shape | None:
    """Return what mapping the format has at a path, if it has one there."""
    for pattern, shape in _PATTERNS:
        if len(pattern) == len(path) and all(
            wanted is _ANY or wanted == step for wanted, step in zip(pattern, path, strict=True)
        ):
            return shape
    return None


# ── the model's errors in plain words ────────────────────────────────────────────────────────────


def explain(
    read: source.Source,
    error: ValidationError,
    validate: Callable[[Any], object] = Roadmap.model_validate,
) -> tuple[list[Diagnostic], int]:
    """Say what is wrong with a file's data, and how many errors are beyond what is looked at.

    ``validate`` is what raised the error; it is asked again about what stands in misspelt keys.
    """
    errors: Sequence[Any] = error.errors(include_url=False)
    explained: list[Diagnostic] = []
    hidden = 0
    while errors:
        explained += _explain_all(read, errors[:MAX_EXPLAINED])
        hidden += max(0, len(errors) - MAX_EXPLAINED)
        read, errors = _look_inside(read, errors, validate)
    return explained, hidden


def _look_inside(
    read: source.Source, errors: Sequence[Any], validate: Callable[[Any], object]
) -> tuple[source.Source, list[Any]]:
    """Read misspelt keys as what was meant, and return the errors inside of them."""
    unknown = [found["loc"] for found in errors if found["type"] == "extra_forbidden"]
    insides = []
    # A file with more of them is something else.
    for *parents, word in unknown[:_MOST_MISSPELT]:
        shape = _shape_at(parents)
        # A key that belongs elsewhere is not misspelt.
        key = _closest(str(word), shape.keys) if shape and word not in _HOMES else None
        corrected = key and read.renamed((*parents, word), key)
        if corrected:
            read = corrected
            insides.append((*parents, key))
    try:
        if insides:
            validate(read.data)
    except ValidationError as error:
        again = error.errors(include_url=False)
        return read, [found for found in again if _is_within(found["loc"], insides)]
    return read, []


def _is_within(path: tuple[object, ...], insides: Sequence[tuple[object, ...]]) -> bool:
    return any(path[: len(inside)] == inside for inside in insides)


def _explain_all(read: source.Source, errors: Sequence[Any]) -> Iterator[Diagnostic]:
    # A key that is missing because it is misspelt is one mistake, not two.
    meant = {
        (*found["loc"][:-1], _meant(str(found["loc"][-1]), shape))
        for found in errors
        if found["type"] == "extra_forbidden" and (shape := _shape_at(found["loc"][:-1]))
    }
    for found in errors:
        kind, path = found["type"], found["loc"]
        if kind in _MISSING:
            # Where a file breaks off, nothing can be said to be missing.
            has_reason = path in meant or not read.is_whole
        else:
            has_reason = read.is_broken(path, key=kind == "extra_forbidden")
        if not has_reason:
            yield _explain(read, kind, path, found["input"])


def _meant(unknown: str, shape: _Shape) -> str | None:
    """Return the key that an unknown one was meant to be, or to stand under."""
    if shape is _ROADMAP and unknown in _COMMUNITY.keys:
        return "community"
    # A review under its day says when it was held, though not as it should.
    if shape is _REVIEW and _DAY.fullmatch(unknown):
        return "date"
    # A text with a colon reads as a key, and so the action seems to be missing.
    return _closest(unknown, shape.keys) or ("action" if shape is _ACTION else None)


def _explain(read: source.Source, kind: str, path: source.Path, value: Any) -> Diagnostic:
    if kind == "extra_forbidden":
        return _unknown_key(read, path)
    if kind == "no_language":
        return _unknown_language(read, path)
    if kind in _MISSING:
        return _missing_key(read, path)
    if path and path[0] == wordings.NOTES:
        kind = "bad_fingerprint"
    if kind in _BAD_VALUES:
        rule, noun, example = _BAD_VALUES[kind]
        message = f"{_quoted(read, path, value)} is not {noun}."
        hint = _better_hint(kind, value) or example
        return read.diagnose(rule, message, path, hint=hint)
    return _wrong_type(read, kind, path, value)


_MISSING = ("missing", "too_short", "no_logo_text", "no_day")
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
    "bad_interval": (
        "bad-value",
        "a stretch of time",
        "Write a number from 1 to 99, and months or weeks, in English: 3 months, 6 weeks.",
    ),
    "bad_rating": (
        "bad-rating",
        "a rating",
        "Write a whole number from 1 (nothing there yet) to 5 (others learn from it).",
    ),
    "bad_language": ("bad-value", "the tag of a language", "Write a tag such as en, fr or fr-CA."),
    "bad_colour": (
        "bad-value",
        "a colour",
        'Write a number sign and six digits from 0 to f, in quotes, such as "#0a5a66".',
    ),
    "long_footer": (
        "bad-value",
        "a line",
        f"{MAX_FOOTER} characters fit at the foot of a page: say it in fewer.",
    ),
    "bad_fingerprint": (
        "bad-value",
        "what `coproadmap translated` writes",
        "Delete it, and run `coproadmap translated` again.",
    ),
    "enum": ("bad-value", "a status", ""),
}


def _better_hint(kind: str, value: Any) -> str | None:
    """Say what to do about a value that is nearly right."""
    if kind == "bad_day" and isinstance(value, str) and re.fullmatch(DAY_PATTERN, value):
        year, month, _ = map(int, value.split("-"))
        return f"{value[:7]} has {monthrange(year, month)[1]} days."
    if kind == "bad_rating" and value in map(str, canvas.RATINGS):
        return f"Write it without quotes: {value}"
    if kind == "enum":
        return _suggest(str(value), tuple(status.value for status in Status))
    return None


def _unknown_key(read: source.Source, path: source.Path) -> Diagnostic:
    key = str(path[-1])
    shape = _shape_at(path[:-1]) or _ROADMAP
    message = f"`{clipped(key)}` is not {shape.noun}."
    if _HARD_SPACE.search(key):
        hint: str | None = "A no-break space is a part of it: delete it, and type a plain space."
    elif shape is _THEME and key in _ROADMAP.keys:
        hint = "A theme holds only what stands under `document:` in a roadmap."
    elif about_reviews := _hint_about_reviews(key, shape):
        hint = about_reviews
    elif key in _HOMES:
        is_for_theme = path[0] == "theme" and key in _THEME.keys
        hint = f"`{key}` belongs {_THEME.home if is_for_theme else _HOMES[key]}."
    elif shape is _IGNORE and key in rules.RULES:
        hint = "Only what is a matter of opinion can be. `coproadmap rules` tells about each."
    elif shape is _TIMELINE and key in _LATE_MONTHS:
        hint = f"Did you mean `{_LATE_MONTHS[key]}`?"
    elif shape is _TIMELINE and key.removeprefix("month_").isdecimal():
        # The nearest word to month_13 is month_3, which nobody meant.
        hint = _choices(shape.keys)
    elif shape in _SPELT_OUT and tags.best_match(key):
        hint = f"Write the languages under `{shape.keys[0]}:`, such as {_IN_TWO_LANGUAGES}."
    elif shape is _ACTION and not _closest(key, shape.keys):
        hint = "If this is text with a colon, put the whole text in quotes."
    else:
        hint = _suggest(key, shape.keys)
    return read.diagnose("unknown-key", message, path, hint=hint, key=True)


def _unknown_language(read: source.Source, path: source.Path) -> Diagnostic:
    tag, known = str(path[-1]), tags.known()
    message = f"`{clipped(tag)}` is not a language that there are words for."
    closest = _closest(tag, known)
    hint = f"Did you mean `{closest}`?" if closest else f"There are words in {', '.join(known)}."
    return read.diagnose("unknown-key", message, path, hint=hint, key=True)


def _hint_about_reviews(key: str, shape: _Shape) -> str | None:
    """Say how a review is begun, where ratings belong, and how sections are named there."""
    if shape is _REVIEW and _DAY.fullmatch(key):
        day = "-".join(f"{part:0>2}" for part in key.split("-"))
        return f"{_BEGIN_A_REVIEW}: `- date: {day}`."
    if shape is _REVIEW and key in canvas.SECTION_KEYS:
        return f"`{key}` belongs {_RATINGS.home}."
    if shape in (_SECTIONS, _RATINGS) and key in _SECTIONS_BY_NUMBER:
        return f"Did you mean `{_SECTIONS_BY_NUMBER[key]}`?"
    if shape is _RATINGS and key not in _HOMES and not _closest(key, shape.keys):
        return "Name each section by its key under `sections:`, such as `core_group`."
    return None


_SECTIONS_BY_NUMBER = {number: key for key, number in canvas.SECTION_NUMBERS.items()}
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
    elif path[-1] == "regular":
        message = "The font has no regular style."
        hint = "Write `regular:` and the name of its file under `font:`."
    elif path[-1] == "logo":
        message = "Nothing says in words what the logo shows."
        hint = "Write `logo_text:` for those who do not see it, such as the organisation's name."
    elif path[-1] == "date":
        message = "This review does not say on which day it was held."
        hint = "Write `date:` and a day such as 2027-01-10."
    else:
        message = "This action does not say what will be done."
        hint = "Write `action:` and what will be done."
    return read.diagnose("missing-key", message, path, hint=hint, key=True)


def _wrong_type(read: source.Source, kind: str, path: source.Path, value: Any) -> Diagnostic:
    shape = _shape_at(path)
    hint = None
    if kind == "bool_type":
        wanted, hint = "true or false", "Write true or false, without quotes."
    elif shape and shape not in _SPELT_OUT:
        wanted = f"keys such as `{next(iter(shape.keys))}:`"
        if shape is _IGNORE:
            hint = "Write each rule with its reason, such as `no-responsible: Assigned in March`."
        elif isinstance(value, list):
            hint = "If these are its keys, delete the dashes before them."
        elif isinstance(value, str) and (glued := _GLUED.match(value)):
            hint = f"Type a space behind the colon: `{clipped(f'{glued[1]}: {glued[2]}')}`."
        elif isinstance(value, str) and _HARD_SPACE.search(value):
            hint = "It holds a no-break space: delete that, and type a plain space."
        elif isinstance(value, str) or shape in (_REVIEW, _RATINGS):
            hint = _HOW_TO_WRITE.get(shape)
    else:
        wanted = "text"
        if path[:2] == ("lint", "ignore"):
            hint = "Write the reason behind the colon."
        elif isinstance(value, dict | list):
            hint = "If this is text with a colon, brackets or a dash, put it in quotes."
        else:
            hint = f"Put it in quotes: {_quoted(read, path, value).replace('`', chr(34))}"
    message = f"{_name_of(path)} needs {wanted} here, not {_kind_of(value)}."
    return read.diagnose("wrong-type", message, path, hint=hint)


# What has keys, and is often written without them.
_HOW_TO_WRITE = {
    _SECTION: "Write the text under `answer:`.",
    _REVIEW: f"{_BEGIN_A_REVIEW}: `- date: 2027-01-10`.",
    _RATINGS: "Write sections with their ratings, such as `core_group: 3`.",
}


def _name_of(path: source.Path) -> str:
    """Name the part of a file that a path leads to, by its nearest key."""
    if _shape_at(path) is _THEME:
        return "A theme"
    return next((f"`{step}`" for step in reversed(path) if isinstance(step, str)), "A roadmap")


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
