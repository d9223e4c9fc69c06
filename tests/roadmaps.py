"""Roadmaps of every kind: with nothing but a name, complete, hostile, long, in every script."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from cop_roadmap import canvas, catalogue, loading
from cop_roadmap.roadmap import Roadmap, Status
from cop_roadmap.view import View, make

EXAMPLES = Path(__file__).parent.parent / "examples"

HOSTILE = (
    "\"'><script>alert(1)</script> </title></style> {{ 7*7 }} <!-- --> ]]> & &amp; | \\ # * _ `"
)

HOSTILE_SECTION = {
    "answer": f"{HOSTILE}\n\n- {HOSTILE}\n\n| {HOSTILE}\n|---|---\n| x | y |",
    "responsible": HOSTILE,
    "resources": HOSTILE,
    "timeline": {"month_1": [HOSTILE, {"action": HOSTILE, "status": "done"}]},
}

# One a month, each of another section: the last rates one, and the one before it nothing.
HOSTILE_REVIEWS = [
    {
        "date": f"{2024 + number // 12}-{number % 12 + 1:02}-28",
        "by": [HOSTILE, "B" * 300],
        "ratings": {} if number == 28 else {canvas.SECTION_KEYS[number % 24]: number % 5 + 1},
        "note": f"# {number} {HOSTILE}\n\n| {HOSTILE}\n|---|---\n| x | y |\n\n1. {HOSTILE}\n\n"
        + "word " * 900,
    }
    for number in range(30)
]

ROADMAPS: dict[str, dict[str, Any] | str] = {
    "minimal": {"community": {"name": "Bees"}},
    "hostile": {
        "community": {"name": HOSTILE, "summary": HOSTILE, "start": "2026-09"},
        "sections": {"vision": HOSTILE_SECTION, "results": HOSTILE_SECTION},
        "ambitions": dict.fromkeys(canvas.AMBITION_KEYS, HOSTILE),
        "creation": {"pilot_and_launch": {"pilot": HOSTILE}},
    },
    "long": {
        "community": {"name": "N" * 300, "summary": "ab" * 2000},
        "sections": {
            "vision": {"answer": "word " * 1000, "timeline": {"month_1": ["x" * 500]}},
            "results": {"answer": "x" * 5000},
        },
    },
    "in every script": {
        "community": {"name": "Ωμέγα Жизнь 🎉 漢字"},
        "sections": {
            "vision": {
                "answer": "*ΑΒΓ* **ΑΒΓ** *ӓ* 👩🏽‍💻🇫🇷 עברית ① ㎡ ‑ ✅ \ue000 `漢` [漢](https://e.org/漢)",
                "timeline": {"month_1": ["🎉 *Ж*"]},
            }
        },
    },
    "hostile reviews": {
        "community": {"name": "Bees", "review_every": "1 month"},
        "reviews": HOSTILE_REVIEWS,
    },
    "a review that rates nothing": {
        "community": {"name": "Bees", "language": "fr"},
        "reviews": [{"date": "2026-10-15"}],
    },
    "complete in English": "open-data-stewards.yaml",
    "complete in French": "soins-de-la-douleur.yaml",
}

each_roadmap = pytest.mark.parametrize("name", ROADMAPS)


@cache
def view_of(name: str) -> View:
    """Return the view of one of these roadmaps, or of an example by its file name."""
    return make(roadmap_of(name))


def roadmap_of(name: str) -> Roadmap:
    """Return one of these roadmaps, or an example by its file name."""
    data = ROADMAPS.get(name, name)
    if isinstance(data, dict):
        return Roadmap.model_validate(data)
    examined = loading.examine((EXAMPLES / data).read_bytes(), data)
    assert examined.roadmap
    return examined.roadmap


def complete_in(language: str) -> Roadmap:
    """Return a complete roadmap in the words of a language: those of its own catalogue."""
    words = catalogue.load(language)
    word = words.word
    items = {
        step.key: {
            key: {
                "answer": word("creation", step.key, "items", key, "question"),
                "done": step.number < 4,
            }
            for key in step.items
        }
        for step in canvas.STEPS
    }
    actions = [
        word("creation", step.key, "items", key, "title")
        for step in canvas.STEPS
        for key in step.items
    ]
    who = [word("labels", key) for key in ("sponsor", "facilitator", "community")]
    sections = {
        key: {
            "answer": f"{word('sections', key, 'question')}\n\n- {word('sections', key, 'title')}",
            "timeline": {
                period: {
                    "action": actions[(number * 8 + column) % len(actions)],
                    "status": list(Status)[(number + column) % 4].value,
                }
                for column, period in enumerate(canvas.PERIOD_KEYS)
            },
            "responsible": who[number % 3],
            "resources": [word("labels", "workshop")],
        }
        for number, key in enumerate(canvas.SECTION_KEYS)
    }
    ratings = {key: number % 5 + 1 for number, key in enumerate(canvas.SECTION_KEYS)}
    return Roadmap.model_validate(
        {
            "community": {
                "name": word("scaffold", "name"),
                "summary": word("labels", "roadmap"),
                "sponsor": who[0],
                "facilitator": who[1],
                "start": "2026-09",
                "review_every": "3 months",
                "language": language,
            },
            "sections": sections,
            "ambitions": {key: word("ambitions", key, "question") for key in canvas.AMBITION_KEYS},
            "creation": items,
            "reviews": [
                {"date": "2026-11-30", "by": who[0], "ratings": ratings},
                {
                    "date": "2027-02-28",
                    "by": who[:2],
                    "ratings": {key: 6 - each for key, each in ratings.items()},
                    "note": word("reviews", "intro"),
                },
            ],
        }
    )


# ── any plan ─────────────────────────────────────────────────────────────────────────────────────

# Days in and around the years that begin in the months of STARTS.
DAYS = st.dates(date(2026, 1, 1), date(2029, 12, 31))
STARTS = st.builds(date, st.integers(2026, 2028), st.integers(1, 12), st.just(1))

_PEOPLE = st.sampled_from([[], ["Ann"], ["Ann", " Ben\n"], ["Core group", ""]])
_ACTIONS = st.fixed_dictionaries(
    {"action": st.sampled_from(["Meet", "Ask members", "Draft it"])},
    optional={
        "status": st.sampled_from([status.value for status in Status]),
        "responsible": _PEOPLE,
        "due": DAYS.map(str),
    },
)
_SECTIONS = st.fixed_dictionaries(
    {
        "timeline": st.dictionaries(
            st.sampled_from(canvas.PERIOD_KEYS), st.lists(_ACTIONS, max_size=3), max_size=4
        )
    },
    optional={"responsible": _PEOPLE},
)
_REVIEWS = st.fixed_dictionaries(
    {"date": DAYS.map(str)},
    optional={
        "by": _PEOPLE,
        "ratings": st.dictionaries(
            st.sampled_from(canvas.SECTION_KEYS), st.sampled_from([*canvas.RATINGS, None])
        ),
        "note": st.sampled_from(["", "Good"]),
    },
)
INTERVALS = st.builds("{} {}s".format, st.integers(1, 99), st.sampled_from(["month", "week"]))
# Plans with their reviews, each of a day of its own, in no order.
PLANS = st.fixed_dictionaries(
    {
        "community": st.fixed_dictionaries(
            {"name": st.just("Bees")},
            optional={"start": STARTS.map("{:%Y-%m}".format), "review_every": INTERVALS},
        ),
        "sections": st.dictionaries(st.sampled_from(canvas.SECTION_KEYS), _SECTIONS, max_size=4),
        "reviews": st.lists(
            st.none() | _REVIEWS,
            max_size=4,
            unique_by=lambda review: str(review and review["date"]),
        ),
    },
).map(Roadmap.model_validate)
