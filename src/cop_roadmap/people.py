"""Names of people and groups as they are compared: without capitals and white space."""

import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

_ALIKE = 0.5
_MOST = 3


def key(name: str) -> str:
    """Return what two spellings of one name have in common."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def spellings(names: Iterable[str]) -> dict[str, str]:
    """Return everybody once, by key, as they are spelled first."""
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(key(name), name)
    return found


def nearest(name: str, known: Mapping[str, str]) -> list[str]:
    """Return up to three names that a name may have been meant for, the likeliest first."""
    meant = key(name)
    like = [each for each in known if meant and meant in each]
    like += get_close_matches(meant, known, cutoff=_ALIKE)
    return [known[each] for each in dict.fromkeys(like)][:_MOST]
