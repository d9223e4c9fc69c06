"""A YAML file: its text and data, the position of every key and value, and what is wrong with it.

Everything that is wrong is collected, nothing is raised. Where a line is no YAML, its value is
passed over, so that the rest of the file is looked at all the same.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from yaml.events import AliasEvent

from cop_roadmap import rules
from cop_roadmap.composer import FORBIDDEN, Composer, is_spread, place_of
from cop_roadmap.diagnostics import Diagnostic, Place, Severity, clipped
from cop_roadmap.syntax import LINE_BREAK, place_in

# The complete example has 50 kB: the cap leaves ample room.
MAX_BYTES = 1_000_000
# A file with more broken lines is not YAML, and to read a long one again and again takes time.
_MAX_BROKEN = 20
_MAX_READ_AGAIN = 2_000_000

Step = str | int
Path = Sequence[Step]

# A line with a value: what it is indented by, its dashes, its key; the value stands behind.
_KEY = r"(?:[A-Za-z_][\w -]*?|'[^'\n\r]*'|\"[^\"\n\r]*\")"
_VALUE_ON_LINE = re.compile(rf"([ \t]*)((?:-[ \t]+)*)({_KEY}[ \t]*:[ \t]+)?(?=[^\s|>])")
_LINE = re.compile(r"([ \t]*)([^\n\r\x85\u2028\u2029]*)")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a mapping or a list holds: a value with its key or number, and the parser's events.

    The event of a value that is written as an alias is that of the alias; a list has no key events.
    """

    name: Step
    value: Any
    key_event: Any
    event: Any

    @property
    def is_alias(self) -> bool:
        """Whether the value is written elsewhere."""
        return isinstance(self.event, AliasEvent)


@dataclass(frozen=True, slots=True)
class Source:
    """One YAML file: its text, its data, where each part stands, and what is wrong with it.

    ``data`` holds dicts, lists, strings, numbers, booleans and None only. What stands on broken
    lines, which are not YAML, is replaced there; if that does not help, the data is not whole, but
    what stands before.
    """

    name: str
    text: str
    data: Any = None
    problems: tuple[Diagnostic, ...] = ()
    is_whole: bool = True
    broken_lines: frozenset[int] = frozenset()
    _marks: dict[int, Any] = field(default_factory=dict, repr=False)

    def locate(self, path: Path, *, key: bool = False, part: str = "") -> tuple[Place, str]:
        """Return the place of a value (or of its key) and its path as the file has it.

        Steps that the file leaves out (the 0 of a list written as a single text) are passed over,
        and a path that leads beyond the file ends at the last part that is there. Where a part of
        the value is meant, its place is returned, if the file has it as it is.
        """
        event, key_event, shown = self._find(path)
        if event is None:
            return Place(1, 1, 1, 1), shown
        empty = event.start_mark.index == event.end_mark.index
        if key_event is not None and (key or empty or is_spread(event)):
            event = key_event
        at = self.text.find(part, event.start_mark.index, event.end_mark.index) if part else -1
        return place_of(event, self.text) if at < 0 else place_in(self.text, at), shown

    def entries(self, node: Any) -> tuple[Entry, ...]:
        """Return what a mapping or list of the data holds, in the order of the file."""
        marks: Any = self._marks.get(id(node), ())
        if isinstance(node, dict):
            return tuple(Entry(key, node[key], *events) for key, events in marks.items())
        return tuple(Entry(index, node[index], None, event) for index, event in enumerate(marks))

    def is_broken(self, path: Path, *, key: bool = False) -> bool:
        """Tell whether a value, or its key, stands on broken lines."""
        event, key_event, _ = self._find(path)
        event = key_event if key else event
        if event is None:
            # The whole of a file has no event of its own.
            return bool(self.broken_lines)
        lines = range(event.start_mark.line + 1, event.end_mark.line + 2)
        return any(line in lines for line in self.broken_lines)

    def written(self, path: Path) -> str:
        """Return a value as the file has it, with its quotes and brackets, without its anchor."""
        event, _, _ = self._find(path)
        if event is None:
            return ""
        text = self.text[event.start_mark.index : event.end_mark.index]
        return re.sub(r"^&\S+\s*", "", text) if event.anchor else text

    def _find(self, path: Path) -> tuple[Any, Any, str]:
        """Return the events of a value and of its key, and the path as the file has it."""
        node: Any = self.data
        event: Any = None
        key_event: Any = None
        shown = ""
        for step in path:
            marks: Any = self._marks.get(id(node))
            if isinstance(node, dict) and step in node and marks:
                key_event, event = marks[step]
                key = clipped(key_event.value)
                node, shown = node[step], f"{shown}.{key}" if shown else key
            elif isinstance(node, list) and isinstance(step, int) and step < len(node):
                key_event, event = None, marks[step]
                node, shown = node[step], f"{shown}[{step}]"
        return event, key_event, shown

    def renamed(self, path: Path, key: str) -> "Source | None":
        """Return the same file with another name for a key; None if that cannot be."""
        *parents, word = path
        marks = dict(self._marks)

        def copied(node: Any) -> Any:
            copy = node.copy()
            marks[id(copy)] = marks[id(node)].copy()
            return copy

        data: Any = copied(self.data)
        node: Any = data
        for step in parents:
            # The 0 of a list that is written as its only entry is passed over.
            if isinstance(node, list) or step in node:
                inner = copied(node[step])  # type: ignore[index]
                node[step] = inner  # type: ignore[index]
                node = inner
        if key in node or word not in node:
            return None
        node[key] = node.pop(word)
        marks[id(node)][key] = marks[id(node)].pop(word)
        return replace(self, data=data, _marks=marks)

    def diagnose(
        self,
        rule: str,
        message: str,
        path: Path,
        *,
        hint: str | None = None,
        key: bool = False,
        part: str = "",
    ) -> Diagnostic:
        """Make a diagnostic about the part of the file that a path leads to."""
        place, shown = self.locate(path, key=key, part=part)
        if rules.RULES[rule].severity is Severity.INFO:
            # What is not there yet has no path in the file: name the one that it would have.
            shown = ".".join(map(str, path))
        return rules.diagnose(rule, message, self.name, place, shown, hint)

    def quote(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Add to each diagnostic the line of text that it points at."""
        diagnostics = tuple(diagnostics)
        if not diagnostics:
            return ()
        lines = LINE_BREAK.split(self.text)
        return tuple(
            replace(found, excerpt=lines[found.place.line - 1])
            if found.place and found.place.line <= len(lines)
            else found
            for found in diagnostics
        )


def read(content: bytes, name: str) -> Source:
    """Read a file's bytes. Never raises for what a file may hold: see ``Source.problems``."""
    text, problem = _decode(content, name)
    if problem:
        return Source(name, text, problems=(problem,))
    composer, passed, lines = _pass_over(Composer(name, text))
    problems = tuple(dict.fromkeys((*passed, *composer.problems)))
    is_whole = composer.broken_line is None
    return Source(name, text, composer.data, problems, is_whole, frozenset(lines), composer.marks)


def _pass_over(composer: Composer) -> tuple[Composer, list[Diagnostic], set[int]]:
    """Pass over the values on broken lines, as far as that leads.

    Returns the last composer, what was wrong with the lines passed over, and all broken lines.
    """
    problems: list[Diagnostic] = []
    lines: set[int] = set()
    passed_over = ""
    while line := composer.broken_line:
        lines.add(line)
        text, value = _masked(composer.text, line)
        passed_over += value
        if len(lines) > _MAX_BROKEN or len(lines) * len(text) > _MAX_READ_AGAIN:
            break
        further = Composer(composer.name, text, passed_over)
        # Where passing over does not help, the rest cannot be known.
        if further.broken_line and further.broken_line <= line:
            break
        problems += [each for each in composer.problems if each.place and each.place.line == line]
        composer = further
    return composer, problems, lines


def _masked(text: str, line: int) -> tuple[str, str]:
    """Replace the value on a line by a letter and blanks, so that all else stays where it is.

    What stands further to the right below is part of the value. Returns the text and the value.
    """
    starts = [0, *(found.end() for found in LINE_BREAK.finditer(text)), len(text)]
    found = _VALUE_ON_LINE.match(text, starts[line - 1])
    if found is None or not (found[2] or found[3]):
        return text, ""
    # A value belongs to its key or, without one, to its dash.
    before = found[1] + found[2]
    margin = len(before) if found[3] else before.rindex("-")
    end = next(each for each in starts[line:] if not _is_below(text, each, margin))
    value = text[found.end() : end]
    return text[: found.end()] + "x" + re.sub(r"\S", " ", value[1:]) + text[end:], value


def _is_below(text: str, start: int, margin: int) -> bool:
    """Tell whether the line that starts there goes on with the value of a key at a margin."""
    found = _LINE.match(text, start)
    if found is None or start == len(text):
        return False
    # Brackets may end below their key.
    only_ends = not found[2].strip("]}, \t")
    return not found[2] or len(found[1]) > margin or (only_ends and len(found[1]) == margin)


def _decode(content: bytes, name: str) -> tuple[str, Diagnostic | None]:
    """Decode UTF-8 with or without a byte order mark, or say what the bytes are instead."""

    def problem(rule: str, message: str, hint: str, at: int | None = None) -> Diagnostic:
        place = None if at is None else place_in(text, at)
        return rules.diagnose(rule, message, name, place, hint=hint)

    text = ""
    if len(content) > MAX_BYTES:
        message = f"The file is larger than {MAX_BYTES:,} bytes, which no roadmap needs to be."
        return text, problem("too-large", message, "Check that this is the right file.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        message = "The file is saved as UTF-16, not as UTF-8."
        return text, problem("not-utf8", message, "Save it again with the encoding UTF-8.")
    if b"\0" in content:
        message = "This is not a text file."
        return text, problem("not-text", message, "Check that this is the right file.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The bytes before the fault are sound, so its place can be told.
        at = len(error.object[: error.start].decode("utf-8", "replace"))
        text = error.object.decode("utf-8", "replace")
        message = "The file is not saved as UTF-8: this character cannot be read."
        return text, problem("not-utf8", message, "Save it again with the encoding UTF-8.", at)
    if forbidden := FORBIDDEN.search(text):
        message = f"There is an invisible control character here (U+{ord(forbidden[0]):04X})."
        return text, problem("not-text", message, "Delete it.", forbidden.start())
    return text, None
