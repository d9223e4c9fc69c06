"""Changes to the text of a YAML file that leave every other character as it is.

The text must be YAML without errors. What is changed is found by the parser's events and tokens,
never by the look of a line. A line that holds nothing but a remark is never taken away with what
stands around it.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from itertools import compress
from typing import Any

import yaml

from cop_roadmap.composer import tokens
from cop_roadmap.source import Entry, Source
from cop_roadmap.syntax import LINE_BREAK

_BLANKS = " \t"
_SPACE = f"{_BLANKS}\n\r\x85\u2028\u2029"
_NO_BLANK = re.compile(r"[^ \t]|\Z")
_REST_IS_REMARK = re.compile(r"[ \t]*(#|$)")
_OPENING = (yaml.FlowMappingStartToken, yaml.FlowSequenceStartToken)
_CLOSING = (yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)
_IN_FLOW = (*_OPENING, *_CLOSING, yaml.FlowEntryToken)


class CannotEdit(Exception):
    """The text cannot be changed as asked; the sentence says where, and what to do."""


class Draft:
    """A text that is being changed. All positions are those of the text as it was."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._text = source.text
        self._lines = [0, *(found.end() for found in LINE_BREAK.finditer(source.text))]
        self._eol = (LINE_BREAK.findall(source.text) or ["\n"])[0]
        self._deleted: list[tuple[int, int]] = []
        self._inserted: dict[int, list[str]] = defaultdict(list)
        self._spent_commas: set[int] = set()
        self._thinned: set[int] = set()
        self._scan()
        # The lines that hold nothing but a remark, by number from 0, and which of them go.
        self._remarks = {
            line: self._line(line).strip(_SPACE)
            for line in range(len(self._lines))
            if self._line(line).lstrip(_BLANKS).startswith("#") and not self._in_scalar(line)
        }
        self._forgotten: set[int] = set()

    def _scan(self) -> None:
        """Note where the punctuation stands, and which texts take several lines."""
        self._dashes: list[int] = []
        self._colons: list[int] = []
        self._asked: set[int] = set()
        self._punctuation: list[int] = []
        self._depths: list[int] = []
        self._anchors: dict[str, list[int]] = defaultdict(list)
        self._aliases: list[tuple[int, str]] = []
        self._long_scalars: list[tuple[int, int]] = []
        depth = 0
        for token in tokens(self._text):
            start, end = token.start_mark.index, token.end_mark.index
            match token:
                case yaml.ScalarToken() if LINE_BREAK.search(self._text, start, end):
                    self._long_scalars.append((start, end))
                case yaml.BlockEntryToken():
                    self._dashes.append(start)
                case yaml.KeyToken() if end > start:
                    self._asked.add(start)
                case yaml.ValueToken():
                    self._colons.append(end)
                case yaml.AnchorToken():
                    self._anchors[token.value].append(start)
                case yaml.AliasToken():
                    self._aliases.append((start, token.value))
                case _ if isinstance(token, _IN_FLOW):
                    depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
                    self._punctuation.append(start)
                    self._depths.append(depth)

    # ── what is asked for ────────────────────────────────────────────────────────────────────

    @property
    def remarks(self) -> list[str]:
        """The lines that hold nothing but a remark and stay, without what they are indented by."""
        return [text for line, text in self._remarks.items() if line not in self._forgotten]

    def forget(self, is_unwanted: Callable[[str], object]) -> None:
        """Take away remarks on lines of their own."""
        for line, text in self._remarks.items():
            if is_unwanted(text):
                self._forgotten.add(line)
                self._drop(line)

    def remove(self, container: Any, names: Collection[object]) -> None:
        """Take entries out of a mapping or a list, by their keys or numbers, once for each."""
        entries = self._source.entries(container)
        gone = [number for number, entry in enumerate(entries) if entry.name in names]
        # Where aliases stand for it, a mapping or list may be asked for again.
        if not gone or id(container) in self._thinned:
            return
        self._thinned.add(id(container))
        if not self._is_flow(entries[0]):
            for number in gone:
                self._remove_from_block(entries, number)
            return
        # What is left begins without a comma; behind it, each that goes may take the one before it.
        kept = set(range(len(entries))).difference(gone)
        first = min(kept, default=len(entries))
        for number in reversed(gone):
            self._remove_from_flow(entries[number], is_first=number < first)
        if len(gone) == len(entries):
            self._close_up(entries)

    def replace(self, entry: Entry, old: str, new: str) -> None:
        """Give an entry another value, in the quotes of the old one; an empty one gets its first.

        ``old`` and ``new`` are texts that need no quotes.
        """
        start, end = entry.event.start_mark.index, self._end(entry)
        at = self._text.rfind(old, start, end) if old else -1
        if at >= 0:
            self._change(at, at + len(old), new)
        elif start == entry.event.end_mark.index:
            key_end = entry.key_event.end_mark.index
            colon = self._first(self._colons, key_end + 1)
            is_own = colon is not None and not self._text[key_end:colon].strip(f"{_BLANKS}:")
            at, before = (colon, " ") if is_own and colon is not None else (key_end, ": ")
            self._inserted[at].append(before + new)
        else:
            anchor = re.compile(r"(&\S+\s+)?").match(self._text, start)
            self._change(anchor.end() if anchor else start, end, new)

    def add(self, container: Any, after: Sequence[str], pair: str) -> None:
        """Add a key with its value to a mapping, behind the last of the named keys that it has."""
        entries = self._source.entries(container)
        entry = [entries[0], *(each for each in entries if each.name in after)][-1]
        end = self._end(entry)
        if self._is_flow(entry):
            self._inserted[end].append(f", {pair}")
            return
        indent = " " * self._column(self._start(entries[0]))
        below = self._line_of(max(end - 1, 0)) + 1
        if below < len(self._lines):
            self._inserted[self._lines[below]].append(f"{indent}{pair}{self._eol}")
        else:
            self._inserted[len(self._text)].append(f"{self._eol}{indent}{pair}")

    def line_above(self, trail: Sequence[Entry]) -> int:
        """Return the line to write a remark above: of the innermost entry that begins its line."""
        for entry in reversed(trail):
            start = self._start(entry)
            line = self._line_of(start)
            is_first = not self._text[self._lines[line] : start].strip(_BLANKS)
            if is_first and not self._in_scalar(line):
                return line
        line = self._line_of(self._start(trail[0]))
        while self._in_scalar(line):
            line -= 1
        return line

    def remark(self, line: int, text: str) -> None:
        """Write a remark on a line of its own above a line, with its indent."""
        start = self._lines[line]
        self._inserted[start].append(f"{self._indent(line)}# {text}{self._eol_of(line)}")

    def result(self) -> str:
        """Return the text with all changes.

        Raises CannotEdit if something that is taken away is referred to elsewhere.
        """
        kept = bytearray(b"\1" * len(self._text))
        for start, end in self._deleted:
            kept[start:end] = bytes(end - start)
        self._refuse_lost_anchors(kept)
        pieces, at = [], 0
        for position, texts in sorted(self._inserted.items()):
            pieces += [*compress(self._text[at:position], kept[at:position]), *texts]
            at = position
        result = "".join((*pieces, *compress(self._text[at:], kept[at:])))
        ends = re.compile(rf"(?:{LINE_BREAK.pattern})\Z")
        return result if ends.search(self._text) else ends.sub("", result)

    def _refuse_lost_anchors(self, kept: bytearray) -> None:
        for at, name in self._aliases:
            # An anchor may be set again: the last one above is meant.
            anchors = self._anchors[name]
            anchor = anchors[bisect_left(anchors, at) - 1]
            if kept[at] and not kept[anchor]:
                line, gone = self._line_of(at) + 1, self._line_of(anchor) + 1
                raise CannotEdit(
                    f"Line {line} refers with *{name} to line {gone}, which goes. Write the text "
                    f"itself on line {line} in place of *{name}, and begin again."
                )

    # ── taking away ──────────────────────────────────────────────────────────────────────────

    def _remove_from_block(self, entries: Sequence[Entry], number: int) -> None:
        start, end = self._start(entries[number]), self._end(entries[number])
        line, last = self._line_of(start), self._line_of(max(start, end - 1))
        before = self._text[self._lines[line] : start]
        if not before.strip(_BLANKS):
            self._drop_lines(line, last, len(before))
        elif number + 1 < len(entries):
            # Behind a dash: what follows moves up to it, and remarks between the two above it.
            following = self._start(entries[number + 1])
            for remark in range(line + 1, self._line_of(following)):
                if text := self._kept_remark(remark):
                    indent, eol = self._indent(line), self._eol_of(line)
                    self._inserted[self._lines[line]].append(f"{indent}{text}{eol}")
            self._deleted.append((start, following))
        else:
            self._cut(self._trimmed(start, _BLANKS), end)

    def _drop_lines(self, line: int, last: int, column: int) -> None:
        """Take lines away but for remarks, which move left to where an entry began."""
        for number in range(line, last + 1):
            if not self._kept_remark(number):
                self._drop(number)
        # Of the empty lines above and below, those above are enough.
        number = last + 1
        if line and self._is_empty(line - 1):
            while number < len(self._lines) and self._is_empty(number):
                self._drop(number)
                number += 1
        # Further to the right, a remark might become part of a text above.
        while number < len(self._lines) and self._is_aside(number):
            number += 1
        for remark in filter(self._kept_remark, range(line, number)):
            start, indent = self._lines[remark], len(self._indent(remark))
            self._deleted.append((start + min(column, indent), start + indent))

    def _remove_from_flow(self, entry: Entry, *, is_first: bool) -> None:
        start, end = self._start(entry), self._end(entry)
        before = None if is_first else self._comma_before(start)
        after = self._comma_after(end)
        stop = end if after is None else after + 1
        line = self._line_of(start)
        lead = self._text[self._lines[line] : start].strip(_BLANKS)
        if not lead and self._ends_line(stop):
            self._drop_lines(line, self._line_of(stop - 1), self._column(start))
            if after is None and before is not None:
                self._spend(before)
        elif lead == "," and before is not None and self._ends_line(end):
            self._drop_lines(line, self._line_of(end - 1), self._column(before))
            self._spend(before)
        elif before is not None and (after is None or self._line_of(after) > self._line_of(end)):
            self._spend(before)
            is_near = not self._text[before + 1 : start].strip(_SPACE)
            self._cut(before if is_near else start, end)
        elif after is not None:
            self._spend(after)
            self._cut(start, stop + self._blanks(stop))
        else:
            self._cut(start, end)

    def _close_up(self, entries: Sequence[Entry]) -> None:
        """Leave no blanks between brackets with nothing between them."""
        opening = self._punctuation[bisect_left(self._punctuation, self._start(entries[0])) - 1]
        self._deleted.append((opening + 1, opening + 1 + self._blanks(opening + 1)))
        end = self._end(entries[-1])
        self._deleted.append((end, end + self._blanks(end)))

    def _spend(self, comma: int) -> None:
        self._spent_commas.add(comma)
        self._deleted.append((comma, comma + 1))

    def _drop(self, line: int) -> None:
        end = self._lines[line + 1] if line + 1 < len(self._lines) else len(self._text)
        self._deleted.append((self._lines[line], end))

    def _change(self, start: int, end: int, text: str) -> None:
        self._deleted.append((start, end))
        self._inserted[start].append(text)

    def _cut(self, start: int, end: int) -> None:
        """Take away a stretch of text but for the remarks on lines of their own in it."""
        inside = range(self._line_of(start) + 1, self._line_of(end))
        if remarks := [line for line in inside if self._kept_remark(line)]:
            texts = (self._line(line).rstrip(_SPACE) + self._eol for line in remarks)
            start = self._trimmed(start, _BLANKS)
            self._inserted[start].append(
                f"{self._eol}{''.join(texts)}{self._indent(self._line_of(end))}"
            )
        if LINE_BREAK.match(self._text, end) or end == len(self._text):
            start = self._trimmed(start, _BLANKS)
        self._deleted.append((start, end))

    # ── looking up ───────────────────────────────────────────────────────────────────────────

    def _start(self, entry: Entry) -> int:
        """Return where an entry begins, with its dash or the question mark before its key."""
        start: int = (entry.key_event or entry.event).start_mark.index
        if entry.key_event is None:
            number = bisect_left(self._dashes, start) - 1
            return start if self._is_flow(entry) else self._dashes[number]
        asked = self._trimmed(start) - 1
        return asked if asked in self._asked else start

    def _end(self, entry: Entry) -> int:
        """Return where an entry ends, without what follows it: blanks, remarks, empty lines."""
        event: Any = entry.event
        start, end = event.start_mark.index, int(event.end_mark.index)
        if isinstance(event, yaml.CollectionStartEvent):
            inner = self._source.entries(entry.value)
            # Without brackets, a mapping or a list ends with what it holds.
            is_closed = not inner or (event.flow_style and self._text[end - 1] in "]}")
            return end if is_closed else self._end(inner[-1])
        if isinstance(event, yaml.ScalarEvent) and event.style in ("|", ">"):
            # The empty lines behind a text may be part of it.
            keeps = "+" in LINE_BREAK.split(self._text[start:end], maxsplit=1)[0]
            return end if keeps else self._trimmed(end)
        if start == end:
            key_end = entry.key_event.end_mark.index if entry.key_event else 0
            return max(key_end, self._trimmed(end))
        return end

    def _is_flow(self, entry: Entry) -> bool:
        """Tell whether an entry stands between brackets."""
        start = (entry.key_event or entry.event).start_mark.index
        number = bisect_left(self._punctuation, start) - 1
        return number >= 0 and self._depths[number] > 0

    def _comma_before(self, start: int) -> int | None:
        at = self._punctuation[bisect_left(self._punctuation, start) - 1]
        return at if self._is_comma(at) else None

    def _comma_after(self, end: int) -> int | None:
        at = self._first(self._punctuation, end)
        return at if at is not None and self._is_comma(at) else None

    def _is_comma(self, at: int) -> bool:
        return self._text[at] == "," and at not in self._spent_commas

    def _ends_line(self, at: int) -> bool:
        """Tell whether nothing but a remark follows on the line; a comma that goes is nothing."""
        comma = self._first(self._punctuation, at)
        if comma in self._spent_commas and not self._text[at:comma].strip(_BLANKS):
            at = (comma or 0) + 1
        rest = LINE_BREAK.split(self._text[at : at + 10_000], maxsplit=1)[0]
        return bool(_REST_IS_REMARK.match(rest))

    def _blanks(self, start: int) -> int:
        found = _NO_BLANK.search(self._text, start)
        return found.start() - start if found else 0

    def _trimmed(self, end: int, space: str = _SPACE) -> int:
        """Return where the text before a position ends, without white space."""
        while end and self._text[end - 1] in space:
            end -= 1
        return end

    @staticmethod
    def _first(positions: Sequence[int], start: int) -> int | None:
        number = bisect_left(positions, start)
        return positions[number] if number < len(positions) else None

    def _line_of(self, index: int) -> int:
        return bisect_right(self._lines, index) - 1

    def _column(self, index: int) -> int:
        return index - self._lines[self._line_of(index)]

    def _line(self, line: int) -> str:
        """Return a line with its break."""
        return self._text[self._lines[line] : (*self._lines, len(self._text))[line + 1]]

    def _indent(self, line: int) -> str:
        text = self._line(line)
        return text[: len(text) - len(text.lstrip(_BLANKS))]

    def _eol_of(self, line: int) -> str:
        found = LINE_BREAK.search(self._line(line))
        return found[0] if found else self._eol

    def _kept_remark(self, line: int) -> str:
        """Return the remark that a line holds and nothing else; empty if it does not, or goes."""
        return "" if line in self._forgotten else self._remarks.get(line, "")

    def _is_aside(self, line: int) -> bool:
        """Tell whether a line holds nothing or only a remark."""
        return line in self._remarks or self._is_empty(line)

    def _is_empty(self, line: int) -> bool:
        return not self._line(line).strip(_SPACE)

    def _in_scalar(self, line: int) -> bool:
        """Tell whether a line begins inside of a text of several lines."""
        return self._in_scalar_at(self._lines[line])

    def _in_scalar_at(self, index: int) -> bool:
        number = bisect_left(self._long_scalars, (index, 0)) - 1
        return number >= 0 and index < self._long_scalars[number][1]
