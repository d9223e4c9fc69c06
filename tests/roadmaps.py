"""Roadmaps of every kind: with nothing but a name, complete, hostile, long, in every script."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cop_roadmap import canvas, loading
from cop_roadmap.roadmap import Roadmap
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
    "complete in English": "open-data-stewards.yaml",
    "complete in French": "soins-de-la-douleur.yaml",
}

each_roadmap = pytest.mark.parametrize("name", ROADMAPS)


@cache
def view_of(name: str) -> View:
    """Return the view of one of these roadmaps, or of an example by its file name."""
    data = ROADMAPS.get(name, name)
    if isinstance(data, dict):
        return make(Roadmap.model_validate(data))
    examined = loading.examine((EXAMPLES / data).read_bytes(), data)
    assert examined.roadmap
    return make(examined.roadmap)
