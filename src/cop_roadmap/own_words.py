"""Words of somebody's own: a file that replaces single words of a language, or adds a language.

The file has the keys of the product's own catalogues, as few as one wants, and ``language``. A text
of it may hold the placeholders that the English one has, and nothing else in braces.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from string import Formatter
from typing import Any

from babel import Locale, UnknownLocaleError

from cop_roadmap import catalogue, files, rules, source, tags
from cop_roadmap.catalogue import Catalogue
from cop_roadmap.diagnostics import Diagnostic, Problems, clipped, in_file_order
from cop_roadmap.source import Source, Step

# What may be said in a word instead of a number: one day, two days.
_SAID_IN_WORDS = ("zero", "one", "two")
_FORMS = (*_SAID_IN_WORDS, "few", "many", "other")
_MOST_NAMED = 3

Steps = tuple[Step, ...]


def read_file(path: Path) -> tuple[Catalogue | None, tuple[Diagnostic, ...]]:
    """Read a file of words and say what is wrong with it; with errors there are no words.

    A file that cannot be read has that as its only finding, with the rule ``cannot-read``.
    """
    if path.is_dir():
        message = "This is a directory, not a file of words."
        return None, (rules.diagnose(files.CANNOT_READ, message, str(path)),)
    try:
        content = files.Input(str(path), path).read()
    except Problems as problems:
        return None, problems.diagnostics
    return read(content, str(path))


def read(content: bytes, name: str) -> tuple[Catalogue | None, tuple[Diagnostic, ...]]:
    """Read the bytes of a file of words; ``name`` is what the diagnostics call it."""
    read = source.read(content, name)
    found = read.problems or tuple(_check(read))
    if any(problem.is_error for problem in found):
        return None, read.quote(in_file_order(found))
    return _made(read.data), read.quote(found)


def _check(read: Source) -> Iterator[Diagnostic]:
    data = read.data
    if not isinstance(data, dict):
        yield read.diagnose("wrong-type", "A file of words needs keys such as `labels:`.", ())
        return
    language = data.get("language")
    if not isinstance(language, str) or not language:
        message = "The file does not say whose words it has."
        hint = "Write `language:` and a tag such as en."
        yield read.diagnose("missing-key", message, ("language",), hint=hint)
        return
    yield from _check_locale(read, str(data.get("locale") or language))
    shape = {**_english(), "language": "en"}
    found = list(_compare(read, data, shape, ()))
    yield from found
    if _base(language) is None and not found:
        yield from _missing(read, language)


def _check_locale(read: Source, locale: str) -> Iterator[Diagnostic]:
    try:
        Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        message = f"Unicode's data has no dates and months for `{clipped(locale)}`."
        hint = "Write `locale:` and a tag whose dates are to be used, such as en or fr-CA."
        key = "locale" if "locale" in read.data else "language"
        yield read.diagnose("bad-value", message, (key,), hint=hint)


def _compare(read: Source, given: Any, shape: Any, path: Steps) -> Iterator[Diagnostic]:
    """Compare what is given with what English has there."""
    if given is None:
        return
    if _has_forms(shape):
        yield from _compare_forms(read, given, shape, path)
    elif isinstance(shape, Mapping):
        if not isinstance(given, dict):
            message = f"`{path[-1]}` needs keys such as `{next(iter(shape))}:` here."
            yield read.diagnose("wrong-type", message, path)
            return
        for key, value in given.items():
            if key in shape:
                yield from _compare(read, value, shape[key], (*path, key))
            else:
                yield _unknown(read, (*path, key), tuple(shape))
    elif not isinstance(given, str):
        yield read.diagnose("wrong-type", f"`{path[-1]}` needs text here.", path)
    elif problem := _wrong_braces(given, _fields(shape)):
        yield read.diagnose("bad-value", problem, path)


def _compare_forms(read: Source, given: Any, shape: Any, path: Steps) -> Iterator[Diagnostic]:
    if not isinstance(given, dict) or "other" not in given:
        message = f"`{path[-1]}` needs a form for each kind of number, and always `other:`."
        hint = "Such as `{one: an action, other: more actions}`."
        yield read.diagnose("wrong-type", message, path, hint=hint)
        return
    wanted = _fields(shape["other"])
    for form, text in given.items():
        if form not in _FORMS:
            yield _unknown(read, (*path, form), _FORMS)
        elif not isinstance(text, str):
            yield read.diagnose("wrong-type", f"`{form}` needs text here.", (*path, form))
        elif problem := _wrong_braces(text, wanted, form in _SAID_IN_WORDS):
            yield read.diagnose("bad-value", problem, (*path, form))


def _wrong_braces(text: str, wanted: frozenset[str], in_words: bool = False) -> str | None:
    """Say what is wrong with the placeholders of a text."""
    if not wanted:
        # Such a text is never filled, so braces mean themselves in it.
        return None
    try:
        parts = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        return "A brace is opened or closed for itself here."
    found = {str(name) for _, name, _, _ in parts}
    if any(spec or conversion for _, _, spec, conversion in parts) or found - wanted:
        return f"In braces, only {_listed(wanted)} can stand here."
    lacking = wanted - found - ({"count"} if in_words else set())
    return f"{_listed(lacking)} is missing here." if lacking else None


def _listed(names: frozenset[str]) -> str:
    return ", ".join(f"`{{{name}}}`" for name in sorted(names))


def _fields(text: Any) -> frozenset[str]:
    return frozenset(_names(str(text)))


def _names(text: str) -> Iterator[str]:
    """Yield the placeholders of a text; an example in YAML has braces that are none."""
    for _, name, spec, _ in Formatter().parse(text):
        if name and not spec:
            yield name


def _unknown(read: Source, path: Steps, known: tuple[str, ...]) -> Diagnostic:
    near = get_close_matches(str(path[-1]), known, 1)
    hint = f"Did you mean `{near[0]}`?" if near else "The keys are those of the English words."
    message = f"`{clipped(str(path[-1]))}` is not a key of the words."
    return read.diagnose("unknown-key", message, path, hint=hint, key=True)


def _missing(read: Source, language: str) -> Iterator[Diagnostic]:
    """Say what a new language lacks."""
    lacking = list(_lacking(read.data, _english(), ()))
    if lacking:
        named = ", ".join(f"`{'.'.join(path)}`" for path in islice(lacking, _MOST_NAMED))
        more = f" and {len(lacking) - _MOST_NAMED} more" if len(lacking) > _MOST_NAMED else ""
        message = f"`{clipped(language)}` is a new language, and lacks {named}{more}."
        hint = f"To change single words of a language, name one of {', '.join(tags.known())}."
        yield read.diagnose("missing-key", message, ("language",), hint=hint)


def _lacking(given: Any, shape: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[Any]:
    for key, wanted in shape.items():
        found = given.get(key) if isinstance(given, dict) else None
        if key == "locale":
            continue
        if isinstance(wanted, Mapping) and not _has_forms(wanted):
            yield from _lacking(found, wanted, (*path, key))
        elif not found:
            yield (*path, key)


def _has_forms(shape: Any) -> bool:
    return isinstance(shape, Mapping) and "other" in shape


def _english() -> Mapping[str, Any]:
    return catalogue.load(tags.DEFAULT).words


def _base(language: str) -> Catalogue | None:
    """Return the words that are changed, if the language has words already."""
    known = {tag.lower(): tag for tag in tags.known()}
    tag = known.get(language.lower())
    return catalogue.load(tag) if tag else None


def _made(data: Mapping[str, Any]) -> Catalogue:
    language = str(data["language"])
    base = _base(language)
    words = _merged(base.words if base else {}, data)
    locale = str(data.get("locale") or (base.locale if base else language)).replace("-", "_")
    return Catalogue(base.language if base else language, locale, {**words, "locale": locale})


def _merged(base: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Put what is given over what there is; forms of a text are replaced together."""
    merged = dict(base)
    for key, value in given.items():
        if isinstance(value, dict) and not _has_forms(value):
            merged[key] = _merged(base.get(key, {}), value)
        elif isinstance(value, dict):
            merged[key] = {form: " ".join(text.split()) for form, text in value.items()}
        elif value is not None:
            merged[key] = " ".join(value.split())
    merged.pop("language", None)
    return merged
