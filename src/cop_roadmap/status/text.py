"""Where communities stand, as a screen: what matters most first, and no more than a look takes in.

On a terminal counts are drawn as bars, too. What is cut says how much is left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from textwrap import wrap
from typing import TextIO

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from cop_roadmap.printing import printable
from cop_roadmap.pulse import State, Tally
from cop_roadmap.status.snapshot import Duty, Item, Overview, Snapshot
from cop_roadmap.status.words import STATES, Words, summary

_USUAL_WIDTH = 80
# Lines that are longer are hard to follow, and no terminal is as narrow as this.
_WIDEST, _NARROWEST = 100, 20
# From here on, columns stand beside each other.
_ROOMY = 64
_SHORTEST_BAR, _LONGEST_BAR = 10, 32
# How far in stands what belongs to the line above.
_INDENT = 6
# How many rows of each list are shown before it is cut.
_OVERDUE, _DUE, _UNASSIGNED, _FEWEST = 5, 15, 3, 2
# More communities than this are summed up.
_FEW = 3
# Far more than any line has room for: what is behind it need not be looked at.
_LONGEST = 400

_STYLES = {
    State.DONE: "green",
    State.IN_PROGRESS: "cyan",
    State.PLANNED: "dim",
    State.LATE: "bold red",
}
_BLOCKS = {State.DONE: "█", State.IN_PROGRESS: "▒", State.PLANNED: "·", State.LATE: "▄"}
_ASCII_BLOCKS = {State.DONE: "#", State.IN_PROGRESS: "=", State.PLANNED: ".", State.LATE: "!"}
# Our own signs, for terminals that have no others than those of the keyboard.
_KEYS = str.maketrans(
    {"·": "-", "…": ".", "–": "-", "’": "'", "─": "-", "\xa0": " ", "\u202f": " "}
)


@dataclass(frozen=True, slots=True)
class _Look:
    """How wide a screen is, whether it has bars, and whether only signs of the keyboard."""

    width: int
    bars: bool
    ascii: bool

    @property
    def blocks(self) -> dict[State, str]:
        return _ASCII_BLOCKS if self.ascii else _BLOCKS


def write(overview: Overview, stream: TextIO | None = None) -> str:
    """Draw where communities stand, for a stream; without one, as for a file."""
    seen = Console(file=stream or StringIO())
    wide = (seen.width or _USUAL_WIDTH) if stream else _USUAL_WIDTH
    look = _Look(
        width=min(max(wide, _NARROWEST), _WIDEST),
        bars=seen.is_terminal and not seen.is_dumb_terminal,
        ascii=not _has_blocks(stream),
    )
    console = Console(
        file=StringIO(),
        highlight=False,
        soft_wrap=True,
        emoji=False,
        markup=False,
        width=look.width,
        color_system=seen.color_system if look.bars else None,  # type: ignore[arg-type]
        force_terminal=look.bars,
    )
    with console.capture() as capture:
        for line in _lines(overview, look):
            line.rstrip()
            console.print(line)
    text = capture.get()
    return text.translate(_KEYS) if look.ascii else text


def _has_blocks(stream: TextIO | None) -> bool:
    """Tell whether a stream takes the signs that are drawn with."""
    try:
        "".join([*_BLOCKS.values(), "…–─’"]).encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _lines(overview: Overview, look: _Look) -> Iterator[Text]:
    rule = Text("─" * look.width, "dim")
    for number, snapshot in enumerate(overview.snapshots):
        if number:
            yield from (Text(), rule, Text())
        yield from _Screen(snapshot, look, len(overview.snapshots) > 1).lines()
    if len(overview.snapshots) > _FEW:
        yield from (Text(), rule, Text())
        yield from (Text(line, "bold") for line in _wrapped(summary(overview), look.width))


class _Screen:
    """Draws one community."""

    def __init__(self, snapshot: Snapshot, look: _Look, is_one_of_many: bool) -> None:
        self.snapshot = snapshot
        self.look = look
        self.is_one_of_many = is_one_of_many
        self.words = Words(snapshot, _brief)
        self.is_cut = False

    def lines(self) -> Iterator[Text]:
        """Yield the lines, with a blank one between the parts."""
        parts = (self._head, self._progress, self._overdue, self._due, self._unassigned)
        for part in (*parts, self._foot, self._rest):
            lines = list(part())
            if lines and part != self._head:
                yield Text()
            yield from lines

    def _head(self) -> Iterator[Text]:
        name = Text(_fitted(_brief(self.snapshot.name), self.look.width), "bold")
        room = self.look.width - name.cell_len - 2
        if self.is_one_of_many and room > _NARROWEST:
            file = _fitted(_brief(self.snapshot.file), room)
            name.append(" " * (room + 2 - cell_len(file))).append(file, "not bold dim")
        yield name
        yield from self._wrapped(self.words.where())
        for remark in self.words.remarks():
            yield from self._wrapped(remark, "yellow")

    def _wrapped(self, text: str, style: str = "") -> Iterator[Text]:
        return (Text(line, style) for line in _wrapped(text, self.look.width))

    # ── progress ─────────────────────────────────────────────────────────────────────────────────

    def _progress(self) -> Iterator[Text]:
        if not self.snapshot.total.total:
            yield from self._wrapped(self.words.nothing_planned())
            return
        rows = [(f"{each.number} {each.title}", each.tally) for each in self.snapshot.shown_facets]
        rows.insert(0, (self.words.word("all_actions"), self.snapshot.total))
        heads = [self._head_of(state) for state in STATES]
        columns = [max(cell_len(head), 4) + 2 for head in heads]
        label = max(cell_len(text) for text, _ in rows)
        bar = min(self.look.width - label - 2 - sum(columns), _LONGEST_BAR)
        if bar < (_SHORTEST_BAR if self.look.bars else 0):
            yield from self._progress_in_words(rows)
            return
        bar = bar if self.look.bars else 0
        yield self._heads(heads, columns, label + 2 + bar)
        for number, (text, tally) in enumerate(rows):
            row = Text(f"{text}{' ' * (label + 2 - cell_len(text))}", "bold" if not number else "")
            self._draw(row, tally, bar)
            for state, column in zip(STATES, columns, strict=True):
                count = getattr(tally, state)
                row.append(f"{count:>{column}}", _STYLES[state] if count else "not bold dim")
            yield row

    def _head_of(self, state: State) -> str:
        name = self.words.state(state)
        return f"{self.look.blocks[state]} {name}" if self.look.bars else name

    def _heads(self, heads: Sequence[str], columns: Sequence[int], before: int) -> Text:
        title = self.words.word("progress")
        row = Text(f"{title}{' ' * (before - cell_len(title))}", "bold")
        for state, head, column in zip(STATES, heads, columns, strict=True):
            row.append(" " * (column - cell_len(head)))
            row.append(head, f"not bold {_STYLES[state]}")
        return row

    def _draw(self, row: Text, tally: Tally, width: int) -> None:
        """Draw the bar of a row; what is late lies before what is to come."""
        if not width:
            return
        order = (State.DONE, State.IN_PROGRESS, State.LATE, State.PLANNED)
        shares = shared_out([getattr(tally, state) for state in order], width)
        for state, cells in zip(order, shares, strict=True):
            row.append(self.look.blocks[state] * cells, f"not bold {_STYLES[state]}")
        row.append(" " * (width - sum(shares)))

    def _progress_in_words(self, rows: Sequence[tuple[str, Tally]]) -> Iterator[Text]:
        yield Text(self.words.word("progress"), "bold")
        for text, tally in rows:
            counts = [
                f"{count} {self.words.state(state)}"
                for state in STATES
                if (count := getattr(tally, state))
            ]
            if not counts:
                continue
            yield Text(_fitted(text, self.look.width))
            said = self.words.listed(counts)
            yield from (Text(f"  {line}") for line in _wrapped(said, self.look.width - 2))

    # ── lists of actions ─────────────────────────────────────────────────────────────────────────

    def _overdue(self) -> Iterator[Text]:
        items = self.snapshot.overdue
        if not items:
            if self.snapshot.total.total:
                yield from self._wrapped(self.words.nothing_overdue())
            return
        yield Text(self.words.word("overdue", count=len(items)), _STYLES[State.LATE])
        shown = self._cut(items, _OVERDUE)
        late = [self.words.plural("days", item.days_late) for item in shown]
        column = max(map(cell_len, late))
        who = [Text(self.words.who(item), "dim") for item in shown]
        days = [Text(f"{text:>{column}}", _STYLES[State.LATE]) for text in late]
        yield from self._entries(shown, who, days)
        yield from self._and_more(len(items) - len(shown), 2)

    def _due(self) -> Iterator[Text]:
        if not self.snapshot.total.total:
            return
        period, duties = self.words.period(), self.snapshot.due
        if not duties:
            yield from self._wrapped(self.words.word("nothing_due", period=period))
            return
        count = self.snapshot.due_count
        yield from self._wrapped(self.words.word("due_in", period=period, count=count), "bold")
        most, people = _room_for(duties)
        names = [_brief(duty.name) if duty.name else self.words.word("nobody") for duty in duties]
        more = self.words.plural("more", len(duties[0].items))
        widest = max(map(cell_len, [*names[:people], more]))
        column = min(widest, self.look.width // 4)
        for name, duty in zip(names, duties[:people], strict=False):
            yield from self._duty(name, duty, most, column)
        if hidden := len(duties) - people:
            self.is_cut = True
            yield Text(f"  {self.words.plural('more_people', hidden)}", "dim")

    def _duty(self, name: str, duty: Duty, most: int, column: int) -> Iterator[Text]:
        """Draw what one person has to do, with the name and what is cut beside it."""
        shown = duty.items[:most]
        hidden = len(duty.items) - len(shown)
        self.is_cut |= hidden > 0
        more = self.words.plural("more", hidden) if hidden else ""
        due = [Text(self.words.due(item), "red" if item.days_late else "dim") for item in shown]
        if self.look.width < _ROOMY:
            yield Text(f"  {_fitted(name, self.look.width - 2)}", "bold")
            yield from self._entries(shown, due, [Text("")] * len(shown))
            yield from self._and_more(hidden, 4)
            return
        beside = [name, *[""] * (len(shown) - 2), *[more][: len(shown) - 1]]
        before = [
            Text(set_cell_size(_fitted(text, column), column), "dim" if text == more else "bold")
            for text in beside
        ]
        yield from self._entries(shown, due, before)

    def _unassigned(self) -> Iterator[Text]:
        items = self.snapshot.unassigned
        if not items:
            return
        yield Text(self.words.word("unassigned", count=len(items)), "bold")
        shown = self._cut(items, _UNASSIGNED)
        when = [Text(self.words.title(item.period), "dim") for item in shown]
        yield from self._entries(shown, when)
        yield from self._and_more(len(items) - len(shown), 2)

    def _entries(
        self, items: Sequence[Item], after: Sequence[Text], before: Sequence[Text] = ()
    ) -> Iterator[Text]:
        """Draw actions with what stands beside them; where it is narrow, what follows is below."""
        width, is_roomy = self.look.width, self.look.width >= _ROOMY
        column = max((text.cell_len for text in after), default=0)
        column = min(column, width * 3 // 10) if is_roomy else 0
        for number, (item, behind) in enumerate(zip(items, after, strict=True)):
            line = Text.assemble("  ", before[number], "  ") if before else Text("  ")
            room = width - line.cell_len - (column + 2 if column else 0)
            text = f"{item.number} {_plain(item.text) or self.words.label('empty')}"
            line.append(set_cell_size(_fitted(text, room), room))
            behind.truncate(column or width - _INDENT, overflow="ellipsis")
            if column:
                line.append("  ").append_text(behind)
            yield line
            if behind and not is_roomy:
                yield Text.assemble(" " * _INDENT, behind)

    def _cut(self, items: Sequence[Item], most: int) -> Sequence[Item]:
        """Cut a list so that it takes so many lines, together with that which says what is cut."""
        return items if len(items) <= most else items[: most - 1]

    def _and_more(self, hidden: int, indent: int) -> Iterator[Text]:
        if hidden:
            self.is_cut = True
            yield Text(f"{' ' * indent}{self.words.plural('more', hidden)}", "dim")

    # ── the community as a whole ─────────────────────────────────────────────────────────────────

    def _foot(self) -> Iterator[Text]:
        lines = list(self.words.foot())
        column = max((cell_len(title) for title, _ in lines), default=0)
        for title, text in lines:
            if self.look.width < _ROOMY:
                yield Text(title, "bold")
                yield from (Text(f"  {line}") for line in _wrapped(text, self.look.width - 2))
                continue
            first, *others = _wrapped(text, self.look.width - column - 2)
            yield Text.assemble((set_cell_size(title, column), "bold"), f"  {first}")
            yield from (Text(f"{' ' * (column + 2)}{line}") for line in others)

    def _rest(self) -> Iterator[Text]:
        if self.is_cut:
            yield from self._wrapped(self.words.word("see_all"), "dim")


def shared_out(counts: Sequence[int], width: int) -> list[int]:
    """Share out the cells of a bar by counts: all of them, and at least one for what there is.

    ``width`` is at least as large as there are counts.
    """
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    cells = [max(count * width // total, 1) if count else 0 for count in counts]

    def excess(index: int) -> int:
        return cells[index] * total - counts[index] * width

    given = [index for index, count in enumerate(counts) if count]
    while sum(cells) < width:
        cells[min(given, key=excess)] += 1
    while sum(cells) > width:
        cells[max((index for index in given if cells[index] > 1), key=excess)] -= 1
    return cells


def _room_for(duties: Sequence[Duty]) -> tuple[int, int]:
    """Return how many lines each person may take, and how many people have room."""
    for most in range(_DUE, _FEWEST, -1):
        if sum(min(len(duty.items), most) for duty in duties) <= _DUE:
            return most, len(duties)
    lines, people = 0, 0
    for duty in duties:
        lines += min(len(duty.items), _FEWEST)
        if lines > _DUE:
            break
        people += 1
    return _FEWEST, people


def _brief(text: str) -> str:
    """Return as much of a stranger's text as there could be room for, safe to show."""
    return printable(text[:_LONGEST])


def _plain(text: str) -> str:
    """Return the words of an action without their markup."""
    if _is_plain(text):
        return _brief(text)
    # Imported late: most actions are just words.
    from cop_roadmap.markdown import to_html_inline

    return _brief(" ".join(str(to_html_inline(text).striptags()).split()))


def _is_plain(text: str) -> bool:
    return not any(sign in text for sign in "\\`*_[]<>~&") and "://" not in text


def _fitted(text: str, width: int) -> str:
    """Cut a text at its end to fit a width, with an ellipsis if anything was cut."""
    if cell_len(text) <= width:
        return text
    return f"{set_cell_size(text, width - 1).rstrip()}…" if width > 1 else ""


def _wrapped(text: str, width: int) -> Iterable[str]:
    return wrap(text, width, break_on_hyphens=False) or [""]
