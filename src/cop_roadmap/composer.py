"""YAML text to plain data in one pass over the parser's events.

Nothing recurses, and caps on nodes and depth end every hostile file early. Scalars follow the core
rules of YAML 1.2, as editors do: ``no`` and ``12:30`` are text. What is wrong is collected.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.events import ScalarEvent

from cop_roadmap import rules
from cop_roadmap.diagnostics import Diagnostic, Place, clipped
from cop_roadmap.syntax import LINE_BREAK, explain, place_in

# The complete example has 1,300 nodes and 6 levels: each cap leaves ample room.
MAX_NODES = 50_000
# What an alias stands for counts by its length, too: a long text may be referred to many times.
_CHARACTERS_OF_A_NODE = 100
MAX_DEPTH = 30

_PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OPENING = re.compile(r"(&\S+\s+)?[\[{]")
FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_BLANKS = frozenset(" \t")
_LOST_TEXT = re.compile("[ \t]+(#[^\\s#!][^\n\r\x85\u2028\u2029]*)")

_WORDS: dict[str, bool | None] = {
    "": None,
    "~": None,
    **dict.fromkeys(("null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# What begins a word of YAML or a number; "" is nothing at all.
_NO_WORDS = frozenset({"", *"~nNtTfF+-.0123456789"})
# Leading zeros and more than 18 digits are no quantity that anybody means: they stay text.
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(
    r"[-+]?(\.[0-9]{1,18}|(?!0[0-9])[0-9]{1,18}(\.[0-9]{0,18})?)([eE][-+]?[0-9]{1,3})?"
    r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)


def is_spread(event: Any) -> bool:
    """Tell whether an event is of a mapping or list on several lines."""
    is_collection = isinstance(event, yaml.CollectionStartEvent)
    return is_collection and bool(event.end_mark.line != event.start_mark.line)


def place_of(event: Any, text: str) -> Place:
    """Return where an event stands; of a mapping or list on several lines, the first line."""
    start, end = event.start_mark, event.end_mark
    if is_spread(event):
        rest = LINE_BREAK.split(text[start.index :], maxsplit=1)[0].rstrip()
        column = start.column + 1
        return Place(start.line + 1, column, start.line + 1, column + len(rest))
    return Place(start.line + 1, start.column + 1, end.line + 1, end.column + 1)


def tokens(text: str) -> Iterator[Any]:
    """Yield the parser's tokens of a text that is YAML: its words and its punctuation."""
    found: Iterator[Any] = yaml.scan(text, Loader=_PARSER)
    return found


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


def _resolve(text: str) -> Any:
    """Resolve a plain scalar by the core schema of YAML 1.2.2, section 10.3."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))
    return text


class Composer:
    """Builds data from the events of a text.

    Every problem is left in ``problems``, and of each mapping and list the events of what it holds
    in ``marks``, by the ``id`` of it.
    """

    def __init__(self, name: str, text: str, passed_over: str = "") -> None:
        self.name = name
        self.text = text
        # What stood in the text and was replaced: anchors may be among it, and what refers to them.
        self._passed_over = set(re.findall(r"[&*][^\s,\]}]+", passed_over))
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
        # The line where the text stops being YAML, if it does.
        self.broken_line: int | None = None
        self._run()

    def _run(self) -> None:
        try:
            self._take_all()
            self._finish()
        except _Stop:
            if self.broken_line:
                self._close_all()

    def _close_all(self) -> None:
        """Keep what stands before a fault of syntax."""
        while self._frames:
            frame = self._frames.pop()
            # One that opened as a key, with brackets, is no key yet.
            above = self._frames[-1] if self._frames else None
            if not (above and isinstance(above.container, dict) and above.key is None):
                self._add(frame.event, frame.container, 0)

    def _take_all(self) -> None:
        parser = _PARSER(self.text)
        next_event, take = parser.get_event, self._take
        try:
            while (event := next_event()) is not None:
                take(event)
        except (yaml.YAMLError, ValueError, OverflowError) as error:
            # PyYAML's own parser lets errors of Python's pass, for a code that is no character.
            place, message, hint = explain(error, self.text, self._opened())
            # The parser may give up one line behind the last.
            place = min(place, place_in(self.text, len(self.text)))
            # What was already reported on this line is the reason; saying it twice would puzzle.
            blamed = (found.place.line for found in self.problems if found.is_error and found.place)
            if place.line not in blamed:
                self._record("yaml-syntax", message, place, hint)
            self.broken_line = place.line
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
        if kind is ScalarEvent:
            self._take_scalar(event)
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
        if event.tag is not None:
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
            length = event.end_mark.index - event.start_mark.index
            self._anchors[event.anchor] = (value, max(nodes, length // _CHARACTERS_OF_A_NODE))
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
        if not nodes and f"&{event.anchor}" not in self._passed_over:
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

    def _take_scalar(self, event: Any) -> None:
        """Take a scalar; most are plain words, and so each check is made of few."""
        self._count(event)
        value, style = event.value, event.style
        if event.tag is not None:
            self._check_tag(event)
        elif not style and value[:1] in _NO_WORDS:
            value = _resolve(value)
        if style == '"':
            # The text itself holds none: only codes in double quotes bring them in.
            value = self._check_codes(event)
        elif not style:
            end = event.end_mark.index
            if self.text[end : end + 1] in _BLANKS:
                self._check_cut(event)
        self._add(event, value, 1)

    def _check_codes(self, event: Any) -> Any:
        forbidden = FORBIDDEN.search(event.value)
        if not forbidden:
            return event.value
        message = f"This code stands for an invisible character (U+{ord(forbidden[0]):04X})."
        if _SURROGATES.match(forbidden[0]):
            message = f"\\u{ord(forbidden[0]):x} is half a character and cannot be written."
        hint = "Delete it, or write the character that is meant."
        self._report("bad-character", message, event, hint=hint)
        event.value = FORBIDDEN.sub("\ufffd", event.value)
        return event.value

    def _check_cut(self, event: Any) -> None:
        found = _LOST_TEXT.match(self.text, event.end_mark.index)
        if found:
            lost = found[1].rstrip()
            message = f"YAML takes `{clipped(lost)}` for a remark and drops it."
            hint = "Put the whole text in quotes; if it is a remark, put a space behind the #."
            start = event.end_mark.column + found.start(1) - found.start() + 1
            self._warn_cut(message, hint, event.end_mark.line + 1, start, len(lost))

    def _check_tag(self, event: Any) -> None:
        message = "A text that begins with ! is a YAML tag, and tags are not allowed."
        hint = "If the ! belongs to the text, put the whole text in quotes."
        self._report("tag-not-allowed", message, event, hint=hint)

    # ── reporting ────────────────────────────────────────────────────────────────────────────

    def _finish(self) -> None:
        if self._root is None or self.data is None:
            message = "The file is empty."
            hint = "`coproadmap init` writes a roadmap to fill in."
            self._record("empty-file", message, None, hint)
        for name, event in self._anchor_events.items():
            if name in self._referenced or f"*{name}" in self._passed_over:
                continue
            message = f"YAML takes `&{clipped(name)}` for an anchor and drops it."
            hint = "If it belongs to the text, put the whole text in quotes."
            start = event.start_mark
            self._warn_cut(message, hint, start.line + 1, start.column + 1, len(name) + 1)

    def _warn_cut(self, message: str, hint: str, line: int, column: int, length: int) -> None:
        place = Place(line, column, line, column + length)
        self._record("cut-text", message, place, hint)

    def _report(self, rule: str, message: str, event: Any, *, hint: str) -> None:
        place = place_of(event, self.text)
        self._record(rule, message, place, hint)

    def _record(self, rule: str, message: str, place: Place | None, hint: str) -> None:
        self.problems.append(rules.diagnose(rule, message, self.name, place, self._path(), hint))

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
