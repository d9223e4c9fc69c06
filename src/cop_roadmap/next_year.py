"""Next year's roadmap: the text of this year's, without what is over, with what is open carried on.

The user's text is changed where it must be, and nowhere else. What comes out is read again and
compared with what it must say, so that nothing wrong is ever handed over.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from cop_roadmap import canvas, catalogue, loading, source, tags, view
from cop_roadmap.calendar import month_after, month_of
from cop_roadmap.editing import CannotEdit, Draft
from cop_roadmap.loading import Examined
from cop_roadmap.roadmap import MONTH_PATTERN, Action, Community, Roadmap, Status
from cop_roadmap.source import Entry, Source

_BOM = b"\xef\xbb\xbf"
_MONTHS = 12
# No message shows it.
_NAME = "roadmap.yaml"
# What stands before the start of a community, as far as it is there.
_BEFORE_START = tuple(Community.model_fields)[: list(Community.model_fields).index("start")]


@dataclass(frozen=True, slots=True)
class NextYear:
    """The bytes of next year's roadmap, the first day of its Month 1, and what became of actions.

    ``start`` is None if neither year has one.
    """

    content: bytes
    start: date | None
    carried: int
    done: int
    dropped: int


def make(examined: Examined, content: bytes, start: date | None = None) -> NextYear:
    """Make next year's roadmap of this year's, and of the bytes that it was read from.

    ``start`` is the first day of its Month 1; without it, that is twelve months after this year's.

    Raises:
        CannotEdit: the text cannot be changed, or not without changing what it says.
    """
    roadmap, read = examined.roadmap, examined.source
    if roadmap is None or read is None:
        raise CannotEdit("There is no roadmap to make next year's of.")
    old = roadmap.community.start
    new = start or (old and month_after(old, _MONTHS))
    if new and not re.fullmatch(MONTH_PATTERN, f"{new:%Y-%m}"):
        raise CannotEdit(
            f"Next year's roadmap would begin in {new:%Y-%m}, which no roadmap can mean. Choose "
            "another month with --start."
        )
    maker = _Maker(roadmap, read, new)
    text = maker.text()
    made = (_BOM if content.startswith(_BOM) else b"") + text.encode()
    wanted = {
        tag: _expected(each, new)
        for tag in examined.languages
        if (each := examined.in_language(tag))
    }
    _refuse_other(made, wanted, maker.draft.remarks)
    states = [each.action.status for each in roadmap.actions]
    done, dropped = states.count(Status.DONE), states.count(Status.DROPPED)
    return NextYear(made, new, len(states) - done - dropped, done, dropped)


class _Maker:
    """Goes through the actions of a file, and changes its text."""

    def __init__(self, roadmap: Roadmap, read: Source, start: date | None) -> None:
        self._roadmap = roadmap
        self._source = read
        self._start = start
        self._notes: dict[int, dict[str, None]] = defaultdict(dict)
        self._words = catalogue.load(roadmap.community.language)
        self.draft = Draft(read)

    def text(self) -> str:
        self.draft.forget(_is_note)
        if self._start:
            self._move_start(f"{self._start:%Y-%m}")
        for sections in self._below(self._source.data, "sections"):
            for section in self._source.entries(sections.value):
                for timeline in self._below(section.value, "timeline"):
                    self._take_timeline((sections, section, timeline))
        for line, parts in self._notes.items():
            self.draft.remark(line, self._note(list(parts)))
        return self.draft.result()

    def _below(self, node: Any, key: str) -> Iterator[Entry]:
        """Yield the entry of a key, if a node is a mapping that has it."""
        if isinstance(node, dict):
            yield from (entry for entry in self._source.entries(node) if entry.name == key)

    def _move_start(self, start: str) -> None:
        old = self._roadmap.community.start
        for community in self._below(self._source.data, "community"):
            if given := next(self._below(community.value, "start"), None):
                self.draft.replace(given, f"{old:%Y-%m}" if old else "", start)
            else:
                self.draft.add(community.value, _BEFORE_START, f"start: {start}")

    def _take_timeline(self, trail: tuple[Entry, Entry, Entry]) -> None:
        timeline = trail[-1].value
        over = set()
        for period in self._source.entries(timeline):
            key = str(period.name)
            actions = self._roadmap.sections[str(trail[1].name)].timeline[key]
            if actions and all(action.status.is_over for action in actions):
                over.add(key)
            elif isinstance(period.value, list):
                self._take_list(key, actions, (*trail, period))
            elif actions:
                self._carry(key, actions[0], (*trail, period))
        self.draft.remove(timeline, over)

    def _take_list(self, key: str, actions: tuple[Action, ...], trail: tuple[Entry, ...]) -> None:
        items = self._source.entries(trail[-1].value)
        for action, item in zip(actions, items, strict=True):
            if not action.status.is_over:
                self._carry(key, action, (*trail, item))
        over = {number for number, action in enumerate(actions) if action.status.is_over}
        self.draft.remove(trail[-1].value, over)

    def _carry(self, key: str, action: Action, trail: tuple[Entry, ...]) -> None:
        """Carry an open action on: without its day, which goes into a note above it."""
        if action.is_empty:
            return
        is_past = _is_past(action, self._start)
        if is_past:
            self.draft.remove(trail[-1].value, {"due"})
        # What an alias stands for is written elsewhere: the note belongs where the alias is.
        alias = next((i for i, each in enumerate(trail) if each.is_alias), len(trail))
        line = self.draft.line_above(trail[: alias + 1])
        self._notes[line][self._planned(key, action.due if is_past else None)] = None

    def _planned(self, key: str, due: date | None) -> str:
        """Say when an action was planned for."""
        start = self._roadmap.community.start
        span = next(span for span in canvas.PERIODS if span.key == key)
        months = view.months(start, span, self._words.locale, "yMMMM") if start else ""
        word, period = "planned_in" if start else "planned", self._words.word("periods", key)
        planned = self._words.word("next_year", word, period=period, months=months)
        return self._words.word("next_year", "due", planned=planned, date=due) if due else planned

    def _note(self, parts: list[str]) -> str:
        what, *others = reversed(parts)
        for part in others:
            what = self._words.word("next_year", "and", first=part, rest=what)
        start = self._roadmap.community.start
        word = "carried" if start else "carried_without_start"
        month = f"{start:%Y-%m}" if start else ""
        return self._words.word("next_year", word, start=month, what=what)


def _is_past(action: Action, start: date | None) -> bool:
    """Tell whether an action has a day that is none of next year's."""
    if action.due is None or start is None:
        return action.due is not None
    return not 1 <= month_of(start, action.due) <= _MONTHS


def _is_note(remark: str) -> bool:
    """Tell whether a remark is a note of an earlier year, as we wrote it, in any language."""
    return any(pattern.fullmatch(remark) for pattern in _notes())


@cache
def _notes() -> tuple[re.Pattern[str], ...]:
    return tuple(pattern for tag in tags.known() for pattern in _notes_in(catalogue.load(tag)))


def _notes_in(words: catalogue.Catalogue) -> Iterator[re.Pattern[str]]:
    def pattern(name: str, **parts: str) -> str:
        # Letters stand in for what may stand there: they are the same in a pattern.
        text = words.word("next_year", name, **{key: f"\0{key}\0" for key in parts})
        return re.sub("\0(\\w+)\0", lambda found: parts[found[1]], re.escape(text))

    titles = "|".join(re.escape(words.word("periods", key)) for key in canvas.PERIOD_KEYS)
    period = f"(?:{titles})"
    months = f"(?:{pattern('planned', period=period)}|"
    months += pattern("planned_in", period=period, months=r"[^()#]+") + ")"
    day = r"\d{4}-\d\d-\d\d"
    part = f"(?:{months}|{pattern('due', planned=months, date=day)})"
    what = f"{part}(?:{pattern('and', first='', rest='')}{part})*"
    yield re.compile("# " + pattern("carried", start=r"\d{4}-\d\d", what=what))
    yield re.compile("# " + pattern("carried_without_start", what=what))


# ── what must come out ───────────────────────────────────────────────────────────────────────────


def _facts(roadmap: Roadmap) -> dict[str, Any]:
    """Return what a roadmap says as plain data, without actions in which nothing is filled in."""
    facts = roadmap.model_dump()
    for key, section in roadmap.sections.items():
        timeline = facts["sections"][key]["timeline"]
        for period, actions in section.timeline.items():
            timeline[period] = [each.model_dump() for each in actions if not each.is_empty]
    return facts


def _expected(roadmap: Roadmap, start: date | None) -> dict[str, Any]:
    """Return what next year's roadmap must say."""
    facts = _facts(roadmap)
    facts["community"]["start"] = start
    for key, section in roadmap.sections.items():
        for period, actions in section.timeline.items():
            carried = (
                each.model_copy(update={"due": None}) if _is_past(each, start) else each
                for each in actions
                if not each.status.is_over
            )
            facts["sections"][key]["timeline"][period] = [
                each.model_dump() for each in carried if not each.is_empty
            ]
    return facts


def _refuse_other(made: bytes, wanted: dict[str, dict[str, Any]], remarks: list[str]) -> None:
    """Refuse what does not say what it must in each language, or has lost a remark of the user."""
    examined = loading.examine(made, _NAME)
    in_languages = {tag: examined.in_language(tag) for tag in wanted}
    facts = {tag: _facts(each) if each else {} for tag, each in in_languages.items()}
    if facts == wanted:
        draft = Draft(source.read(made, _NAME))
        draft.forget(_is_note)
        if not Counter(remarks) - Counter(draft.remarks):
            return
    where = next(filter(None, (_difference(facts[tag], wanted[tag]) for tag in wanted)), "")
    raise CannotEdit(
        f"Next year's roadmap cannot be made{where} without changing what the file says. Write "
        "what stands there in a simpler way (no ? before keys, no & and *), and begin again."
    )


def _difference(facts: dict[str, Any], expected: dict[str, Any]) -> str:
    """Name the first section that is not as it must be, if that is known."""
    made = facts.get("sections", {})
    differing = [key for key in made if made[key] != expected["sections"][key]]
    return f" of the actions of `{differing[0]}`" if differing else ""
