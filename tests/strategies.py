"""Strategies that build any valid roadmap, or break it.

Each text holds a mark of its own, so that it can be looked for where it belongs.
"""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import yaml
from hypothesis import strategies as st

from cop_roadmap import canvas
from cop_roadmap.roadmap import Status

MARK = re.compile(r"q\d+z")

# What stands beside a mark: whatever people write, and what a document may not take for its own.
_BESIDE = st.sampled_from(
    [
        *("", "", "", "in plain words", "with *stress* and `code`", "naïve Ελλάδα Жуков", "100 %"),
        *("a | b", "<b>x</b> & c", "{{ x }} {% y %}", "# 1. - x", "\\ ` ~ _", "[a](https://e.org)"),
        *("\"quoted\" 'too'", "::error::x", "漢字 🐝", "x: y", "--- ...", "%% <!-- -->", "= + @"),
    ]
)
_LINES = st.sampled_from(["", "", "\n\nA second paragraph.", "\n\n- one\n- two", "\n\n> said"])


class _Author:
    """Writes texts, each with a mark of its own."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self.draw = draw
        self.marks = 0
        self.start = date(draw(st.integers(2024, 2029)), draw(st.integers(1, 12)), 1)

    def day(self) -> str:
        return str(self.start + timedelta(days=self.draw(st.integers(0, 360))))

    def line(self) -> str:
        self.marks += 1
        return f"q{self.marks}z {self.draw(_BESIDE)}".strip()

    def text(self) -> str:
        return self.line() + str(self.draw(_LINES))

    def people(self) -> str | list[str]:
        names = [self.line() for _ in range(self.draw(st.integers(1, 2)))]
        return names[0] if len(names) == 1 and self.draw(st.booleans()) else names

    def some(self, keys: tuple[str, ...], most: int) -> list[str]:
        chosen: list[str] = self.draw(st.lists(st.sampled_from(keys), max_size=most, unique=True))
        return chosen

    def maybe(self, **makers: Callable[[], Any]) -> dict[str, Any]:
        return {key: make() for key, make in makers.items() if self.draw(st.booleans())}

    def action(self) -> str | dict[str, Any]:
        if self.draw(st.booleans()):
            return self.line()
        return {
            "action": self.line(),
            **self.maybe(
                status=lambda: self.draw(st.sampled_from([each.value for each in Status])),
                responsible=self.people,
                due=self.day,
            ),
        }

    def actions(self) -> Any:
        actions = [self.action() for _ in range(self.draw(st.integers(1, 3)))]
        return actions[0] if len(actions) == 1 else actions

    def section(self) -> dict[str, Any]:
        return self.maybe(
            answer=self.text,
            timeline=lambda: {key: self.actions() for key in self.some(canvas.PERIOD_KEYS, 4)},
            responsible=self.people,
            resources=self.people,
        )

    def item(self) -> str | dict[str, Any]:
        if self.draw(st.booleans()):
            return self.text()
        return {"answer": self.text(), "done": self.draw(st.booleans())}

    def review(self, day: str) -> dict[str, Any]:
        ratings = {key: self.draw(st.integers(1, 5)) for key in self.some(canvas.SECTION_KEYS, 4)}
        return {"date": day, "ratings": ratings, **self.maybe(by=self.people, note=self.text)}


@st.composite
def roadmaps(draw: Callable[[st.SearchStrategy[Any]], Any]) -> dict[str, Any]:
    """Build the data of a valid roadmap."""
    author = _Author(draw)
    days = sorted({author.day() for _ in range(draw(st.integers(0, 2)))})
    steps = {step.key: tuple(step.items) for step in canvas.STEPS}
    return {
        "community": {
            "name": author.line(),
            **author.maybe(
                summary=author.line,
                sponsor=author.line,
                facilitator=author.line,
                start=lambda: f"{author.start:%Y-%m}",
                review_every=lambda: f"{draw(st.integers(1, 9))} months",
                language=lambda: draw(st.sampled_from(["en", "fr", "de", "el", "bg"])),
            ),
        },
        "sections": {key: author.section() for key in author.some(canvas.SECTION_KEYS, 4)},
        "ambitions": {key: author.text() for key in author.some(canvas.AMBITION_KEYS, 3)},
        "creation": {
            key: {item: author.item() for item in author.some(steps[key], 2)}
            for key in author.some(tuple(steps), 3)
        },
        "reviews": [author.review(day) for day in days],
    }


def as_json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False)


def as_yaml(data: Any) -> str:
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def as_flow(data: Any) -> str:
    return yaml.safe_dump(data, default_flow_style=True, width=60)


WRITERS = st.sampled_from([as_json, as_yaml, as_flow])


@st.composite
def broken(draw: Callable[[st.SearchStrategy[Any]], Any]) -> bytes:
    """Build a file that was a roadmap until something happened to it."""
    text: str = draw(WRITERS)(draw(roadmaps()))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        end = at + draw(st.integers(0, 30))
        text = text[:at] + draw(_DAMAGE) + text[end:]
    content = text.encode("utf-8", "surrogatepass")
    cut = draw(st.integers(0, len(content)))
    return content[:cut] if draw(st.booleans()) else content


_DAMAGE = st.text(max_size=6) | st.sampled_from(
    [
        *(
            "{",
            "}",
            "[",
            "]",
            ": ",
            "- ",
            "\n",
            "\t",
            "&a ",
            "*a",
            "!!x ",
            "? ",
            "<<: ",
            "|\n",
            ">",
        ),
        *('"', "'", "#", "%", "---\n", "...", "\x00", "\x1b[31m", "\u202e", "\ud800", "\ufeff"),
        *("null", "~", "[]", "{}", "1e999", "0x1f", "community", "sections: 1\n"),
        "en: x, fr: y",
    ]
)
