"""The plan as a calendar that other programs import or subscribe to (iCalendar, RFC 5545).

Events last whole days: one for each action with a due date, one for each period with actions
without, and the next review. An event keeps its UID as long as its words stay the same, so that a
calendar made anew changes what is there already.
"""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Component, Event, vText

from cop_roadmap import catalogue, people, rules
from cop_roadmap.diagnostics import Diagnostic, Problems
from cop_roadmap.markdown import to_words
from cop_roadmap.printing import unturned
from cop_roadmap.view import ActionView, FacetView, PeriodView, SectionView, View

_PRODUCT = "-//coproadmap//Roadmap of a community of practice//EN"
# Never to change: all UIDs come from it.
_NAMESPACE = UUID("5f0d3c55-9f3b-4c8b-8a55-2a8d6c1f7b60")
# Longer titles are cut by calendars, some of which refuse them.
_LONGEST_TITLE = 120
# The standard has no form for control characters; a byte order mark gets lost on the way.
_FORBIDDEN = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class _Entry:
    """An event from its first day to its last; ``notes`` are lines, texts are plain."""

    uid: str
    first: date
    last: date
    title: str
    notes: tuple[str, ...]
    categories: tuple[str, ...] = ()
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class _Placed:
    """An action with where it stands; ``number`` counts equal ones of a section, from 1."""

    facet: FacetView
    section: SectionView
    period: PeriodView
    action: ActionView
    number: int


def as_calendar(view: View, person: str = "", made: datetime | None = None) -> bytes:
    """Return the calendar of a roadmap, or of one person: then it holds what names them.

    ``made`` is the moment at which it says that it was made, in UTC; a calendar that replaces
    another one needs a later moment. Without, it is a day of the roadmap itself.

    Raises:
        Problems: there is nothing to put into it; the diagnostic is of no file.
    """
    entries = sorted(_Entries(view, person).all(), key=lambda entry: entry.first)
    if not entries:
        raise Problems([_nothing(view, person)])
    words = catalogue.load(view.language)
    title = words.word("calendar", "of_person", community=view.name, person=person)
    return _written(entries, title if person else view.name, view, made)


def _nothing(view: View, person: str) -> Diagnostic:
    """Say why a calendar would be empty, and what to do."""
    if not view.start:
        return rules.diagnose(
            "no-days",
            "There is nothing to put into a calendar: the roadmap names no day.",
            "",
            path="community",
            hint="Write `start:` below `community:`, such as `start: 2026-09`, or give actions a "
            "date with `due:`.",
        )
    return rules.diagnose(
        "no-days",
        "There is nothing to put into a calendar: no action "
        + (f"has {person} as responsible." if person else "is planned yet."),
        "",
        path="sections",
        hint="Write actions below the `timeline:` of a section.",
    )


def _names(action: ActionView, person: str) -> bool:
    return people.key(person) in map(people.key, action.people)


class _Entries:
    """What a calendar holds. A person's holds only what names them."""

    def __init__(self, view: View, person: str) -> None:
        self.view = view
        self.person = person
        self.words = catalogue.load(view.language)
        self.placed = [
            placed for placed in _placed(view) if not person or _names(placed.action, person)
        ]

    def all(self) -> Iterator[_Entry]:
        for placed in self.placed:
            if placed.action.due:
                yield self._of_action(placed, date.fromisoformat(placed.action.due))
        for period in self.view.periods:
            undated = [
                each for each in self.placed if each.period == period and not each.action.due
            ]
            if undated and period.first:
                yield self._of_period(period, undated)
        if self.view.review_due and not self.person:
            yield self._of_review(date.fromisoformat(self.view.review_due))

    def _of_action(self, placed: _Placed, day: date) -> _Entry:
        action, section = placed.action, placed.section
        name = to_words(action.text)
        notes = [
            name if _short(name) != name else "",
            self._note("section", section=f"{section.number} {section.title}"),
            self._note("responsible", people=self.words.listed(action.people))
            if action.people
            else "",
            self._note("status", status=self.words.listed(self._status(action))),
            self._note("community", name=self.view.name),
        ]
        return _Entry(
            _uid("action", self.view.name, section.key, action.text, placed.number),
            day,
            day,
            self._title(name, [action]),
            tuple(filter(None, notes)),
            (placed.facet.title,),
            _are_all([action], "dropped"),
        )

    def _of_period(self, period: PeriodView, undated: Sequence[_Placed]) -> _Entry:
        """Make the event of a period; what was dropped is part of it only if all was."""
        actions = [each.action for each in undated]
        is_dropped = _are_all(actions, "dropped")
        kept = [each for each in undated if is_dropped or each.action.status != "dropped"]
        title = self._note("period", community=self.view.name, period=period.title)
        return _Entry(
            _uid("period", self.view.name, period.key, period.first, self.person),
            date.fromisoformat(period.first),
            date.fromisoformat(period.last),
            self._title(title, [each.action for each in kept]),
            tuple(map(self._line, kept)),
            tuple(dict.fromkeys(each.facet.title for each in kept)),
            is_dropped,
        )

    def _of_review(self, day: date) -> _Entry:
        return _Entry(
            _uid("review", self.view.name, str(day)),
            day,
            day,
            _short(self._note("review", community=self.view.name)),
            (self.words.word("calendar", "review_note"),),
        )

    def _line(self, placed: _Placed) -> str:
        action = placed.action
        status = [] if action.status == "planned" and not action.late else self._status(action)
        more = " · ".join((*status, *action.people))
        name = f"– {placed.section.number} {to_words(action.text)}"
        return f"{name} ({more})" if more else name

    def _title(self, name: str, actions: Iterable[ActionView]) -> str:
        """Put before a name that all is over: not every program shows that in its own way."""
        actions = tuple(actions)
        over = next((status for status in ("done", "dropped") if _are_all(actions, status)), None)
        short = _short(name)
        return self._note("over", status=self.view.statuses[over], name=short) if over else short

    def _status(self, action: ActionView) -> list[str]:
        late = [self.view.labels["late"]] if action.late else []
        return [self.view.statuses[action.status], *late]

    def _note(self, key: str, **values: str) -> str:
        return self.words.word("calendar", key, **values)


def _placed(view: View) -> Iterator[_Placed]:
    for facet in view.facets:
        for section in facet.sections:
            numbers: Counter[str] = Counter()
            for period, actions in zip(view.periods, section.cells, strict=True):
                for action in actions:
                    words = _normal(action.text)
                    numbers[words] += 1
                    yield _Placed(facet, section, period, action, numbers[words])


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else f"{title[: _LONGEST_TITLE - 1].rstrip()}…"


def _are_all(actions: Iterable[ActionView], status: str) -> bool:
    return all(action.status == status for action in actions)


def _uid(kind: str, community: str, *parts: str | int) -> str:
    words = [_normal(part) if isinstance(part, str) else part for part in (community, *parts)]
    return str(uuid5(_NAMESPACE, json.dumps([kind, *words])))


def _normal(text: str) -> str:
    """Return the words of a text: signs, capitals and markup may change, and it is the same."""
    letters = unicodedata.normalize("NFKC", to_words(text)).casefold()
    # What stands between words: punctuation, spaces, and what does not show.
    spaced = (" " if unicodedata.category(char)[0] in "PZC" else char for char in letters)
    return " ".join("".join(spaced).split())


# ── as bytes ─────────────────────────────────────────────────────────────────────────────────────


class _Text(vText):
    r"""A text as the standard writes it; the library makes a line break of the signs ``\N``."""

    def to_ical(self) -> bytes:
        return re.sub(r"[\\;,]", r"\\\g<0>", self).replace("\n", r"\n").encode()


def _written(entries: Sequence[_Entry], title: str, view: View, made: datetime | None) -> bytes:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", _PRODUCT)
    # The second is what programs read that are older than the first (RFC 7986).
    for name in ("name", "x-wr-calname"):
        _add_text(calendar, name, title, view.language)
    day = date.fromisoformat(view.start) if view.start else entries[0].first
    stamp = made or datetime.combine(day, time(), UTC)
    for entry in entries:
        event = _event(entry, view.language)
        event.add("dtstamp", stamp)
        if made:
            # Some programs take only what has a higher number than what they know.
            event.add("last-modified", made)
            event.add("sequence", made.toordinal())
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def _event(entry: _Entry, language: str) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstart", entry.first)
    event.add("dtend", entry.last + timedelta(days=1))
    _add_text(event, "summary", entry.title, language)
    _add_text(event, "description", "\n".join(entry.notes), language)
    if entry.categories:
        event.add("categories", [_Text(_clean(each)) for each in entry.categories])
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    # Nobody is busy for a whole month.
    event.add("transp", "TRANSPARENT")
    return event


def _add_text(component: Component, name: str, text: str, language: str) -> None:
    component.add(name, _Text(_clean(text), params={"LANGUAGE": language}))


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", unturned(text))
