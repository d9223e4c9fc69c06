"""Whether the texts of a roadmap say the same in all its languages.

A file may note fingerprints of texts that say the same, a line for each text. A text of which one
language is as noted and another is not was changed there, and is out of date here. The notes hold
no paths: a text that moves keeps its own.
"""

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cop_roadmap import wordings
from cop_roadmap.checks import Finding, Path, texts
from cop_roadmap.roadmap import Roadmap, is_blank

Note = dict[str, str]

_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


def check(roadmap: Roadmap, data: Any) -> Iterator[Finding]:
    """Find texts that a language of the file lacks, or that are older in it than in another."""
    languages = wordings.languages(data)
    if len(languages) == 1:
        return
    for path, given in wordings.walk(data):
        filled = _filled(given)
        lacking = [tag for tag in languages if not any(map(tag.lower().__eq__, filled))]
        if filled and lacking:
            yield _missing(path, lacking)
        else:
            yield from _outdated(path, given, roadmap.translations)
    for path, text in _prose(roadmap):
        if not is_blank(text) and not wordings.are(_at(data, path)):
            yield _missing(path, languages[1:])


def _missing(path: Path, lacking: Sequence[str]) -> Finding:
    name = next(step for step in reversed(path) if isinstance(step, str))
    listed = " and ".join(f"`{tag}`" for tag in lacking)
    message = f"`{name}` has no text in {listed}."
    return Finding("stale-translation", message, path, _HOW_TO_WRITE)


_HOW_TO_WRITE = "Write it for each language: `{en: A text, fr: Un texte}`."


def _outdated(path: Path, given: Mapping[str, Any], notes: Sequence[Note]) -> Iterator[Finding]:
    now = fingerprints(given)
    if now in notes:
        return
    # As noted in one language and not in the other: this was changed since.
    for note in notes:
        same = [tag for tag in now if note.get(tag) == now[tag]]
        changed = [tag for tag in now if tag in note and note[tag] != now[tag]]
        if same and changed:
            newer = " and ".join(f"`{tag}`" for tag in changed)
            message = f"The text in {newer} was changed after that in `{same[0]}`."
            hint = "Change this one, too. If both say the same: `coproadmap translated`."
            spelt = next(tag for tag in given if tag.lower() == same[0])
            yield Finding("stale-translation", message, (*path, spelt), hint)
            return


def _prose(roadmap: Roadmap) -> Iterator[tuple[Path, str]]:
    """Yield the texts that need to be translated; names do not."""
    yield ("community", "summary"), roadmap.community.summary
    yield from texts(roadmap)
    for key, section in roadmap.sections.items():
        for index, text in enumerate(section.resources):
            yield ("sections", key, "resources", index), text
    for each in roadmap.actions:
        where = ("timeline", each.period.key, each.index, "action")
        yield ("sections", each.section, *where), each.action.action
    for index, review in enumerate(roadmap.reviews):
        yield ("reviews", index, "note"), review.note if review else ""


def _at(data: Any, path: Path) -> Any:
    """Return what stands at a path; steps that the file leaves out are passed over."""
    node = data
    for step in path:
        if wordings.are(node):
            break
        is_there = step in node if isinstance(node, dict) else isinstance(node, list)
        node = node[step] if is_there else node
    return node


def notes(data: Any) -> tuple[Note, ...]:
    """Return the fingerprints of all texts that stand in several languages, in their order."""
    found = (fingerprints(given) for _, given in wordings.walk(data))
    several = {tuple(note.items()): note for note in found if len(note) > 1}
    return tuple(several.values())


def fingerprints(given: Mapping[str, Any]) -> Note:
    """Return by language the fingerprint of a text; its white space does not count."""
    return {tag.lower(): _fingerprint(text) for tag, text in _filled(given).items()}


def _filled(given: Mapping[str, Any]) -> dict[str, Any]:
    return {tag.lower(): text for tag, text in given.items() if _words(text)}


def _fingerprint(text: Any) -> str:
    digest = hashlib.sha256(unicodedata.normalize("NFC", _words(text)).encode()).hexdigest()
    return digest[:8].translate(_LETTERS)


def _words(text: Any) -> str:
    listed = text if isinstance(text, list) else [text]
    return "\n".join(" ".join(str(each or "").split()) for each in listed).strip()
