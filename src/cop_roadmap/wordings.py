"""Texts that a file gives in several languages, and the one that is wanted of them.

Such a text is a mapping of tags: ``{en: Draft the vision, fr: Rédiger la vision}``. A language
without its text is served by the main language of the file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cop_roadmap import tags

Step = str | int

# The key of a roadmap under which fingerprints of texts stand, by language too.
NOTES = "translations"


@dataclass(frozen=True, slots=True)
class Reading:
    """In which language a file is read, and which is its main one."""

    wanted: str
    main: str


def are(value: object) -> bool:
    """Tell whether a value is one text in several languages: no key of a roadmap is a language."""
    return isinstance(value, dict) and tags.is_any_known(value)


def key_for(texts: Mapping[str, Any], reading: Reading | None) -> str | None:
    """Return the key of the text to read, if any of them is filled in."""
    filled = [tag for tag, text in texts.items() if _is_filled(text)]
    for tag in (reading.wanted, reading.main) if reading else ():
        for wanted in tags.wider(tag):
            # What is written for a region serves the language as well.
            near = [each for each in filled if wanted in tags.wider(each)]
            exact = [each for each in near if each.lower() == wanted]
            if near:
                return (exact or near)[0]
    return filled[0] if filled else None


def main_language(data: Any) -> str:
    """Return the language that the data of a file names as its own."""
    community = data.get("community") if isinstance(data, dict) else None
    named = community.get("language") if isinstance(community, dict) else None
    return named.strip() if isinstance(named, str) and named.strip() else tags.DEFAULT


def languages(data: Any) -> tuple[str, ...]:
    """Return the languages of a file: its main one, and those that its texts are given in."""
    if not isinstance(data, dict | list):
        return (main_language(data),)
    found = dict.fromkeys([main_language(data)])
    waiting = [data]
    while waiting:
        node = waiting.pop()
        if are(node):
            found.update(dict.fromkeys(node))
            continue
        if isinstance(node, dict):
            # The notes are at the end of a file, and hold no texts.
            node = [each for key, each in node.items() if key != NOTES]
        waiting += [each for each in reversed(node) if isinstance(each, dict | list)]
    # A language is one however its tag is spelt: the first spelling counts.
    spelt = {tag.lower(): tag for tag in reversed(found)}
    return tuple(tag for tag in found if spelt[tag.lower()] == tag)


def size(data: Any) -> int:
    """Return how many values a file holds in one of its languages."""
    count = 0
    waiting = [data]
    while waiting:
        node = waiting.pop()
        count += 1
        if isinstance(node, dict | list) and not are(node):
            waiting += node.values() if isinstance(node, dict) else node
    return count


def walk(data: Any) -> Iterator[tuple[tuple[Step, ...], Any]]:
    """Yield every text in several languages, with the path that leads to it."""
    # With a stack of its own: a file may be nested deeper than Python's stack is high.
    waiting: list[tuple[tuple[Step, ...], Any]] = [((), data)]
    while waiting:
        path, node = waiting.pop()
        if are(node):
            yield path, node
            continue
        inner: Sequence[tuple[Step, Any]] = ()
        if isinstance(node, dict):
            inner = tuple(item for item in node.items() if path or item[0] != NOTES)
        elif isinstance(node, list):
            inner = tuple(enumerate(node))
        waiting += [((*path, step), each) for step, each in reversed(inner)]


def within(data: Any, path: Sequence[Step], reading: Reading) -> tuple[Step, ...]:
    """Return the path of a text as the file has it: with the language that is read of it."""
    found: list[Step] = []
    node = data
    for step in (*path, None):
        if are(node) and (key := key_for(node, reading)) is not None:
            found.append(key)
            node = node[key]
        if step is None:
            break
        found.append(step)
        if (isinstance(node, dict) and step in node) or (
            isinstance(node, list) and isinstance(step, int) and step < len(node)
        ):
            node = node[step]  # type: ignore[index]
    return tuple(found)


def _is_filled(text: object) -> bool:
    return bool(text.strip()) if isinstance(text, str) else bool(text)
