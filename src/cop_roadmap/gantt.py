"""The timeline as a Gantt chart in the language of Mermaid, which GitHub draws.

A chart stands beside the table of the timeline, never instead of it: it leaves out who does what,
and every action that was dropped.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from cop_roadmap import canvas
from cop_roadmap.calendar import month_after
from cop_roadmap.canvas import Span
from cop_roadmap.markdown import to_words
from cop_roadmap.view import ActionView, FacetView, View

# What of a name has room beside its bar.
_LONGEST_NAME = 60
# Room for the titles of facets; months at the top, too, as a full chart is taller than a screen.
_FRAME = """\
---
config:
  gantt:
    leftPadding: 190
    topAxis: true
---
"""
_MARKS = {"done": "done, ", "in_progress": "active, "}
# A sign of the keyboard may mean something to Mermaid; its number means itself only.
_SIGN = re.compile(r"[!-&*+/:-@\[-`{-~]")


def as_mermaid(view: View) -> str:
    """Draw the actions of a roadmap as bars by facet; without any there is no chart."""
    start = date.fromisoformat(view.start) if view.start else None
    parts = [part for facet in view.facets for part in _facet(facet, start)]
    if not parts:
        return ""
    # Without a calendar a month is a second of a clock that shows nothing but seconds.
    calendar = ("YYYY-MM-DD", "%Y-%m", "1month") if start else ("X", "%s", "1second")
    head = [
        "gantt",
        f"accTitle: {_plain(view.labels['timeline'])}",
        f"accDescr: {_plain(view.labels['gantt'])}",
        # A line for today would make a picture that changes with the day.
        "todayMarker off",
        *map(" ".join, zip(("dateFormat", "axisFormat", "tickInterval"), calendar, strict=True)),
    ]
    return _FRAME + "\n    ".join([*head, *parts])


def _facet(facet: FacetView, start: date | None) -> Iterator[str]:
    tasks = [
        # A number first: no line begins with a word of the language.
        f"{section.number} {_name(action.text)} :{_mark(action)}{_time(action, span, start)}"
        for section in facet.sections
        for span, actions in zip(canvas.PERIODS, section.cells, strict=True)
        for action in actions
        if action.status != "dropped"
    ]
    if tasks:
        yield f"section {facet.number} {_plain(facet.title)}"
        yield from tasks


def _mark(action: ActionView) -> str:
    """Say how far an action is, and whether it is late: Mermaid draws that as critical."""
    return ("crit, " if action.late else "") + _MARKS.get(action.status, "")


def _name(text: str) -> str:
    """Shorten the words of an action, without their markup, to what has room."""
    words = to_words(text)
    short = f"{words[: _LONGEST_NAME - 1].rstrip()}…"
    return _plain(words if len(words) <= _LONGEST_NAME else short)


def _time(action: ActionView, span: Span, start: date | None) -> str:
    """Return the first day and the day after the last; or months, counted from 1."""
    if start is None:
        return f"{span.first_month}, {span.last_month + 1}"
    first, end = month_after(start, span.first_month - 1), month_after(start, span.last_month)
    if action.due >= f"{first}":
        end = date.fromisoformat(action.due) + timedelta(days=1)
    return f"{first}, {end}"


def _plain(text: str) -> str:
    return _SIGN.sub(lambda sign: f"#{ord(sign[0])};", text)
