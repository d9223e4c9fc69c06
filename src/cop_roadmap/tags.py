"""Tags of languages (BCP 47): which languages there are words for, and which of them serves a tag.

The words themselves are in ``catalogue``; somebody's own may add languages for a while.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from pathlib import Path

DIRECTORY = Path(__file__).parent / "languages"

# No tag is longer (RFC 5646, section 4.4.1).
_LONGEST = 35

# What a roadmap is written in that does not say so.
DEFAULT = "en"

_ADDED: ContextVar[frozenset[str]] = ContextVar("added", default=frozenset())


@cache
def _shipped() -> frozenset[str]:
    names = (entry.name for entry in DIRECTORY.iterdir())
    return frozenset(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))


def known() -> tuple[str, ...]:
    """Return the tags of all languages that there are words for, sorted."""
    return tuple(sorted(_shipped() | _ADDED.get()))


def add(languages: Iterable[str]) -> None:
    """Know further languages from now on in this context."""
    _ADDED.set(_ADDED.get() | set(languages))


@contextmanager
def adding(languages: Iterable[str]) -> Iterator[None]:
    """Know further languages as long as the context lasts."""
    token = _ADDED.set(_ADDED.get() | set(languages))
    try:
        yield
    finally:
        _ADDED.reset(token)


@lru_cache(maxsize=256)
def wider(tag: str) -> tuple[str, ...]:
    """Return a tag and those that it narrows, in small letters: ``fr-ca`` and ``fr``."""
    parts = tag.lower().split("-")
    return tuple("-".join(parts[:length]) for length in range(len(parts), 0, -1))


def best_match(tag: str) -> str | None:
    """Return the language whose words serve a tag (``fr`` serves ``fr-CA``), if one does."""
    by_name = _by_name(_ADDED.get())
    # Most of what is asked about is a key of a roadmap, which is no tag at all.
    if "-" not in tag or len(tag) > _LONGEST:
        return by_name.get(tag.lower())
    return next((by_name[each] for each in wider(tag) if each in by_name), None)


def is_any_known(keys: Iterable[object]) -> bool:
    """Tell whether any key is the tag of a language that there are words for."""
    by_name = _by_name(_ADDED.get())
    for key in keys:
        if key in by_name:
            return True
        # Asked of all keys of a roadmap, which are none: small letters without a dash.
        is_plain = isinstance(key, str) and key.islower() and "-" not in key
        if isinstance(key, str) and not is_plain and best_match(key):
            return True
    return False


@cache
def _by_name(added: frozenset[str]) -> dict[str, str]:
    return {language.lower(): language for language in _shipped() | added}
