"""YAML text to plain data, with the position of every key and value.

One pass over the parser's events builds the data; nothing recurses, and caps on size, depth and
nodes end every hostile file early. Scalars follow the core rules of YAML 1.2, as editors do: ``no``
and ``12:30`` are text. Everything that is wrong is collected, nothing is raised.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import yaml

from cop_roadmap.diagnostics import Diagnostic, Place, Severity, clipped
from cop_roadmap.syntax import LINE_BREAK, explain, place_in

# The complete example has 50 kB, 1,300 nodes and 6 levels: each cap leaves ample room.
MAX_BYTES = 1_000_000
MAX_NODES = 50_000
MAX_DEPTH = 30

Step = str | int
Path = Sequence[Step]

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OPENING = re.compile(r"(&\S+\s+)?[\[{]")
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LOST_TEXT = re.compile("[ \t]+(#[^\\s#!][^\n\r\x85\u2028\u2029]*)")

_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# Leading zeros and more than 18 digits are no quantity that anybody means: they stay text.
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(
    r"[-+]?(\.[0-9]{1,18}|(?!0[0-9])[0-9]{1,18}(\.[0-9]{0,18})?)([eE][-+]?[0-9]{1,3})?"
    r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)


@dataclass(frozen=True, slots=True)
class Source:
    """One YAML file: its text, its data, where each part stands, and what is wrong with it.

    ``data`` holds dicts, lists, strings, numbers, booleans and None only.
    """

    name: str
    text: str
    data: Any = None
    problems: tuple[Diagnostic, ...] = ()
    _marks: dict[int, Any] = field(default_factory=dict, repr=False)

    def locate(self, path: Path, *, key: bool = False) -> tuple[Place, str]:
        """Return the place of a value (or of its key) and its path as the file has it.

        Steps that the file leaves out (the 0 of a list written as a single text) are passed over,
        and a path that leads beyond the file ends at the last part that is there.
        """
        event, key_event, shown = self._find(path)
        if event is None:
            return Place(1, 1, 1, 1), shown
        empty = event.start_mark.index == event.end_mark.index
        if key_event is not None and (key or empty or _is_spread(event)):
            event = key_event
        return _place_of(event, self.text), shown

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
                key = clipped(str(step))
                node, shown = node[step], f"{shown}.{key}" if shown else key
            elif isinstance(node, list) and isinstance(step, int) and step < len(node):
                key_event, event = None, marks[step]
                node, shown = node[step], f"{shown}[{step}]"
        return event, key_event, shown

    def diagnose(
        self,
        rule: str,
        severity: Severity,
        message: str,
        path: Path,
        *,
        hint: str | None = None,
        key: bool = False,
    ) -> Diagnostic:
        """Make a diagnostic about the part of the file that a path leads to."""
        place, shown = self.locate(path, key=key)
        return Diagnostic(rule, severity, message, self.name, place, shown, hint)

    def quote(self, diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """Add to each diagnostic the line of text that it points at."""
        lines = LINE_BREAK.split(self.text)
        return tuple(
            replace(found, excerpt=lines[found.place.line - 1])
            if found.place and found.place.line <= len(lines)
            else found
            for found in diagnostics
        )


def _is_spread(event: Any) -> bool:
    """Tell whether an event is of a mapping or list on several lines."""
    is_collection = isinstance(event, yaml.CollectionStartEvent)
    return is_collection and bool(event.end_mark.line != event.start_mark.line)


def _place_of(event: Any, text: str) -> Place:
    """Return where an event stands; of a mapping or list on several lines, the first line."""
    start, end = event.start_mark, event.end_mark
    if _is_spread(event):
        rest = LINE_BREAK.split(text[start.index :], maxsplit=1)[0].rstrip()
        column = start.column + 1
        return Place(start.line + 1, column, start.line + 1, column + len(rest))
    return Place(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def read(content: bytes, name: str) -> Source:
    """Read a file's bytes. Never raises for what a file may hold: see ``Source.problems``."""
    text, problem = _decode(content, name)
    if problem:
        return Source(name, text, problems=(problem,))
    composer = _Composer(name, text)
    composer.run()
    return Source(name, text, composer.data, tuple(composer.problems), composer.marks)


def _decode(content: bytes, name: str) -> tuple[str, Diagnostic | None]:
    """Decode UTF-8 with or without a byte order mark, or say what the bytes are instead."""

    def problem(rule: str, message: str, hint: str, at: int | None = None) -> Diagnostic:
        place = None if at is None else place_in(text, at)
        return Diagnostic(rule, Severity.ERROR, message, name, place, hint=hint)

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
    if forbidden := _FORBIDDEN.search(text):
        message = f"There is an invisible control character here (U+{ord(forbidden[0]):04X})."
        return text, problem("not-text", message, "Delete it.", forbidden.start())
    return text, None


class _Stop(Exception):
    """Reading cannot usefully go on."""


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is being filled; ``key`` waits for its value."""

    container: Any
    marks: Any
    event: Any
    nodes_before: int
    key: Any = None
    ignore: bool = False


def _resolve(event: Any) -> Any:
    """Resolve a scalar by the core schema of YAML 1.2.2, section 10.3."""
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    # Most scalars are words: look at the first character before trying the patterns.
    if text[0] in "0123456789+-.":
        if _INTEGER.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return text


class _Composer:
    """Builds data from events, once, for one text."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.data: Any = None
        self.problems: list[Diagnostic] = []
        self.marks: dict[int, Any] = {}
        self._frames: list[_Frame] = []
        self._nodes = 0
        # What each anchor stands for: its value, and the nodes that it expands to.
        self._anchors: dict[str, tuple[Any, int]] = {}
        self._anchor_events: dict[str, Any] = {}
        self._referenced: set[str] = set()
        self._root: Any = None

    def run(self) -> None:
        """Go through all events; every problem is left in ``problems``."""
        try:
            for event in self._events():
                self._take(event)
            self._finish()
        except _Stop:
            pass

    def _events(self) -> Iterator[Any]:
        parser = _PARSER(self.text)
        try:
            while parser.check_event():
                yield parser.get_event()
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            # PyYAML's own parser lets errors of Python's pass, for a code that is no character.
            place, message, hint = explain(error, self.text, self._opened())
            # The parser may give up one line behind the last.
            place = min(place, place_in(self.text, len(self.text)))
            # What was already reported on this line is the reason; saying it twice would puzzle.
            blamed = (found.place.line for found in self.problems if found.is_error and found.place)
            if place.line not in blamed:
                self._record("yaml-syntax", Severity.ERROR, message, place, hint)
            raise _Stop from None
        finally:
            parser.dispose()

    def _opened(self) -> int | None:
        """Return the index of the bracket or brace that is open innermost."""
        for frame in reversed(self._frames):
            opening = _OPENING.match(self.text, frame.event.start_mark.index)
            # A pair in a list (`[a: b]`) is a mapping without a brace of its own.
            if opening:
                return opening.end() - 1
        return None

    def _take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._count(event)
            self._check_scalar(event)
            self._add(event, _resolve(event), 1)
        elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
            self._open(event, kind is yaml.MappingStartEvent)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            frame = self._frames.pop()
            frame.event.end_mark = event.end_mark
            self._add(frame.event, frame.container, self._nodes - frame.nodes_before + 1)
        elif kind is yaml.AliasEvent:
            self._alias(event)
        elif kind is yaml.DocumentStartEvent and self._root is not None:
            message = "A second YAML document begins here; a roadmap is one."
            hint = "Delete this line, or move what follows into a file of its own."
            self._report("several-documents", message, event, hint=hint)
            raise _Stop

    # ── building ─────────────────────────────────────────────────────────────────────────────

    def _open(self, event: Any, is_mapping: bool) -> None:
        self._count(event)
        self._check_tag(event)
        if len(self._frames) == MAX_DEPTH:
            message = f"The file is nested more than {MAX_DEPTH} levels deep."
            self._report("too-deep", message, event, hint="A roadmap needs seven levels.")
            raise _Stop
        container: Any = {} if is_mapping else []
        marks: Any = {} if is_mapping else []
        self.marks[id(container)] = marks
        # While a container is open its own anchor must not be known: it would contain itself.
        self._anchors.pop(event.anchor, None)
        self._frames.append(_Frame(container, marks, event, self._nodes))

    def _add(self, event: Any, value: Any, nodes: int) -> None:
        """Put a finished value where it belongs: the root, a list, a key, or the value of a key."""
        if event.anchor and type(event) is not yaml.AliasEvent:
            self._anchors[event.anchor] = (value, nodes)
            self._anchor_events[event.anchor] = event
        if not self._frames:
            self.data, self._root = value, event
            return
        frame = self._frames[-1]
        if isinstance(frame.container, list):
            frame.container.append(value)
            frame.marks.append(event)
        elif frame.key is None:
            frame.key = event
            frame.ignore = not self._accept_key(frame, event)
        else:
            if not frame.ignore:
                frame.container[frame.key.value] = value
                frame.marks[frame.key.value] = (frame.key, event)
            frame.key = None

    def _accept_key(self, frame: _Frame, event: Any) -> bool:
        """Report a key that cannot be taken; its value is then read and left out."""
        if type(event) is not yaml.ScalarEvent:
            message = "A key must be a word; here it is a list, a mapping or an alias."
            hint = "If this is text with brackets, braces or a star, put it in quotes."
            self._report("bad-key", message, event, hint=hint)
        elif event.value == "<<" and not event.style:
            message = "Merge keys (<<) are not part of the format."
            self._report("merge-key", message, event, hint="Write the keys out.")
        elif event.value in frame.container:
            first = frame.marks[event.value][0].start_mark.line + 1
            key = clipped(event.value)
            message = f"The key `{key}` stands here again; it is on line {first} already."
            hint = "Join the two, or delete one."
            self._report("duplicate-key", message, event, hint=hint)
        else:
            return True
        return False

    def _alias(self, event: Any) -> None:
        value, nodes = self._anchors.get(event.anchor, (None, 0))
        if not nodes:
            inside = any(frame.event.anchor == event.anchor for frame in self._frames)
            what = "contains itself" if inside else "is not defined above"
            message = f"`*{clipped(event.anchor)}` refers to an anchor that {what}."
            self._report("bad-alias", message, event, hint="If this is text, put it in quotes.")
        self._referenced.add(event.anchor)
        self._count(event, max(nodes, 1))
        self._add(event, value, nodes)

    def _count(self, event: Any, nodes: int = 1) -> None:
        self._nodes += nodes
        if self._nodes > MAX_NODES:
            message = f"The file holds more than {MAX_NODES:,} values (aliases count in full)."
            self._report("too-many-nodes", message, event, hint="Check that this is a roadmap.")
            raise _Stop

    # ── scalars ──────────────────────────────────────────────────────────────────────────────

    def _check_scalar(self, event: Any) -> None:
        self._check_tag(event)
        if forbidden := _FORBIDDEN.search(event.value):
            message = f"This code stands for an invisible character (U+{ord(forbidden[0]):04X})."
            if _SURROGATES.match(forbidden[0]):
                message = f"\\u{ord(forbidden[0]):x} is half a character and cannot be written."
            hint = "Delete it, or write the character that is meant."
            self._report("bad-character", message, event, hint=hint)
            event.value = _FORBIDDEN.sub("\ufffd", event.value)
        found = not event.style and _LOST_TEXT.match(self.text, event.end_mark.index)
        if found:
            lost = found[1].rstrip()
            message = f"YAML takes `{clipped(lost)}` for a remark and drops it."
            hint = "Put the whole text in quotes; if it is a remark, put a space behind the #."
            start = event.end_mark.column + found.start(1) - found.start() + 1
            self._warn_cut(message, hint, event.end_mark.line + 1, start, len(lost))

    def _check_tag(self, event: Any) -> None:
        if event.tag is None:
            return
        message = "A text that begins with ! is a YAML tag, and tags are not allowed."
        hint = "If the ! belongs to the text, put the whole text in quotes."
        self._report("tag-not-allowed", message, event, hint=hint)

    # ── reporting ────────────────────────────────────────────────────────────────────────────

    def _finish(self) -> None:
        if self._root is None or self.data is None:
            message = "The file is empty."
            hint = "`coproadmap init` writes a roadmap to fill in."
            self._record("empty-file", Severity.ERROR, message, None, hint)
        for name, event in self._anchor_events.items():
            if name in self._referenced:
                continue
            message = f"YAML takes `&{clipped(name)}` for an anchor and drops it."
            hint = "If it belongs to the text, put the whole text in quotes."
            start = event.start_mark
            self._warn_cut(message, hint, start.line + 1, start.column + 1, len(name) + 1)

    def _warn_cut(self, message: str, hint: str, line: int, column: int, length: int) -> None:
        place = Place(line, column, line, column + length)
        self._record("cut-text", Severity.WARNING, message, place, hint)

    def _report(self, rule: str, message: str, event: Any, *, hint: str) -> None:
        place = _place_of(event, self.text)
        self._record(rule, Severity.ERROR, message, place, hint)

    def _record(
        self, rule: str, severity: Severity, message: str, place: Place | None, hint: str
    ) -> None:
        self.problems.append(
            Diagnostic(rule, severity, message, self.name, place, self._path(), hint)
        )

    def _path(self) -> str:
        """Return the path of the node that is being read."""
        path = ""
        for frame in self._frames:
            if isinstance(frame.container, list):
                path += f"[{len(frame.container)}]"
            elif isinstance(frame.key, yaml.ScalarEvent):
                key = clipped(frame.key.value)
                path += f".{key}" if path else key
        return path
