"""Where communities stand, as Markdown for GitHub: everything, with nothing left out."""

from collections.abc import Iterable, Iterator, Sequence

from cop_roadmap.markdown import escape_markdown, to_markdown_cell, to_markdown_line
from cop_roadmap.printing import printable
from cop_roadmap.pulse import State, Tally
from cop_roadmap.status.snapshot import Item, Overview, Snapshot
from cop_roadmap.status.words import STATES, Words, summary


def write(overview: Overview) -> str:
    """Write a report: one community under its name, several under a heading for all."""
    if not overview.snapshots:
        return ""
    parts: list[str] = []
    if len(overview.snapshots) == 1:
        parts += _Report(overview.snapshots[0]).parts()
    else:
        words = Words(overview.snapshots[0], _escaped)
        day = words.day(overview.as_of)
        parts += [f"# {words.word('heading')} · {day}", summary(overview)]
        for snapshot in overview.snapshots:
            parts += _Report(snapshot, f" ({_escaped(snapshot.file)})").parts()
    return "\n\n".join(parts) + "\n"


class _Report:
    """Writes about one community. ``of`` tells its headings from those of the others."""

    def __init__(self, snapshot: Snapshot, of: str = "") -> None:
        self.snapshot = snapshot
        self.of = of
        self.level = "##" if of else "#"
        self.words = Words(snapshot, _escaped)

    def parts(self) -> Iterator[str]:
        """Yield headings, paragraphs, tables and lists."""
        # With its day or its file, a name is unlike the other headings, and ends without a stop.
        name, day = _escaped(self.snapshot.name), self.words.day(self.snapshot.as_of)
        yield f"{self.level} {name}{self.of or f' · {day}'}"
        yield self.words.where()
        yield from self.words.remarks()
        yield from self._foot()
        yield self._heading(self.words.word("progress"))
        if not self.snapshot.total.total:
            yield self.words.nothing_planned()
            return
        yield self._progress()
        yield from self._overdue()
        yield from self._due()
        yield from self._unassigned()

    def _heading(self, title: str) -> str:
        return f"{self.level}# {title}{self.of}"

    def _foot(self) -> Iterator[str]:
        lines = [f"- **{title}** · {text}" for title, text in self.words.foot()]
        if lines:
            yield "\n".join(lines)

    def _progress(self) -> str:
        rows = [(f"{each.number} {each.title}", each.tally) for each in self.snapshot.shown_facets]
        rows.append((f"**{self.words.word('all_actions')}**", self.snapshot.total))
        head = [self.words.label("facet"), *map(self.words.state, STATES)]
        return _table(
            head, ([title, *_counts(tally)] for title, tally in rows), numbers=len(STATES)
        )

    def _overdue(self) -> Iterator[str]:
        items = self.snapshot.overdue
        if not items:
            yield self.words.nothing_overdue()
            return
        yield self._heading(self.words.word("overdue", count=len(items)))
        head = [self.words.word(key) for key in ("how_late", "action", "who", "deadline")]
        yield _table(head, map(self._late, items))

    def _late(self, item: Item) -> Sequence[str]:
        deadline = self.words.day(item.deadline) if item.deadline else ""
        late = self.words.plural("days", item.days_late)
        return late, f"{item.number} {self._cell(item)}", self.words.who(item), deadline

    def _due(self) -> Iterator[str]:
        period = self.words.period()
        if not self.snapshot.due:
            yield self.words.word("nothing_due", period=period)
            return
        count = self.snapshot.due_count
        yield self._heading(self.words.word("due_in", period=period, count=count))
        lines = []
        for duty in self.snapshot.due:
            name = _escaped(duty.name) if duty.name else self.words.word("nobody")
            lines.append(f"- **{name}**")
            lines += (f"  - [ ] {self._task(item)}" for item in duty.items)
        yield "\n".join(lines)

    def _task(self, item: Item) -> str:
        details = [self.words.state(item.state)] if item.state is State.IN_PROGRESS else []
        details += filter(None, [self.words.due(item)])
        text = printable(to_markdown_line(item.text)) or self.words.label("empty")
        return f"{item.number} {text}" + (f" ({', '.join(details)})" if details else "")

    def _unassigned(self) -> Iterator[str]:
        items = self.snapshot.unassigned
        if items:
            yield self._heading(self.words.word("unassigned", count=len(items)))
            head = [self.words.word("action"), self.words.word("when")]
            yield _table(
                head,
                (
                    (f"{item.number} {self._cell(item)}", self.words.title(item.period))
                    for item in items
                ),
            )

    def _cell(self, item: Item) -> str:
        return printable(to_markdown_cell(item.text)) or self.words.label("empty")


def _escaped(text: str) -> str:
    return escape_markdown(printable(text))


def _counts(tally: Tally) -> Iterator[str]:
    return (str(getattr(tally, state)) for state in STATES)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], numbers: int = 0) -> str:
    """Write a table; its last columns may be numbers."""
    rule = ["---"] * (len(head) - numbers) + ["--:"] * numbers
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rows))
