"""How machines are told where a finding is: paths from the root, and names that outlive moves."""

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from cop_roadmap.diagnostics import Diagnostic, Place

# Machines want a line also for what is about a file as a whole.
_FIRST_LINE = Place(1, 1, 1, 1)


def place_of(found: Diagnostic) -> Place:
    """Return the place of a finding; of one about the file as a whole, the beginning."""
    return found.place or _FIRST_LINE


def last_line(place: Place) -> int:
    """Return the last line that a place takes a part of."""
    ends_before = place.end_column == 1 and place.end_line > place.line
    return place.end_line - ends_before


def relative(file: str, root: Path) -> str:
    """Return a file's path from the root, with slashes; one that lies elsewhere stays absolute."""
    if file == "<stdin>":
        return file
    absolute = Path(os.path.abspath(file))  # noqa: PTH100 (a link is named as the user names it)
    if absolute.is_relative_to(root):
        return absolute.relative_to(root).as_posix()
    # The way to the directory may lead over links.
    real, top = Path(os.path.realpath(absolute.parent), absolute.name), os.path.realpath(root)
    return real.relative_to(top).as_posix() if real.is_relative_to(top) else absolute.as_posix()


def with_fingerprints(
    diagnostics: Iterable[Diagnostic], root: Path
) -> Iterator[tuple[Diagnostic, str]]:
    """Pair each finding with a fingerprint that stays while the text around it moves.

    It is made of the rule, the file, the path without positions in lists, and the marked text;
    findings that are equal in all of them are numbered.
    """
    seen: Counter[str] = Counter()
    for found in diagnostics:
        path = re.sub(r"\[\d+\]", "", found.path)
        known = "\0".join((found.rule, relative(found.file, root), path, _marked(found)))
        seen[known] += 1
        yield (
            found,
            hashlib.sha256(f"{known}\0{seen[known]}".encode(errors="surrogatepass")).hexdigest(),
        )


def _marked(found: Diagnostic) -> str:
    if found.place is None:
        return ""
    end = found.place.end_column - 1 if found.place.end_line == found.place.line else None
    return found.excerpt[found.place.column - 1 : end].strip()
