"""Roadmaps whose status is looked at, all on the same day."""

from datetime import date
from typing import Any

from cop_roadmap.roadmap import Roadmap
from cop_roadmap.status.snapshot import Filters, Overview, Snapshot, take

TODAY = date(2026, 11, 23)

DATA: dict[str, Any] = {
    "community": {"name": "Bees", "start": "2026-09", "review_every": "3 months"},
    "sections": {
        "vision": {
            "answer": "Honey",
            "responsible": ["Core group", "Sponsor"],
            "timeline": {
                "month_1": {"action": "Draft the **vision**", "status": "done"},
                "month_2": {"action": "Adopt it", "status": "in_progress"},
                "month_3": [
                    {"action": "Test it", "due": "2026-11-10", "responsible": "ada marsh"},
                    {"action": "Publish it", "due": "2026-11-30", "responsible": "Zoé"},
                    {"action": "Frame it", "status": "dropped"},
                ],
                "months_7_to_9": "Review it",
            },
        },
        "support": {
            "timeline": {"month_3": "Open a desk", "month_6": {"action": "Close it"}},
        },
    },
    "reviews": [
        {"date": "2026-11-12", "by": "Core group", "ratings": {"vision": 4, "objectives": 3}},
        {"date": "2026-09-30", "by": "Core group", "ratings": {"vision": 2, "support": 4}},
        {"date": "2026-12-01", "by": "Sponsor", "ratings": {"vision": 5}},
    ],
}


def roadmap(data: dict[str, Any] | None = None, **community: Any) -> Roadmap:
    data = data or DATA
    return Roadmap.model_validate({**data, "community": {**data["community"], **community}})


def snapshot(as_of: date = TODAY, filters: Filters | None = None, **community: Any) -> Snapshot:
    return take(roadmap(**community), as_of, filters, "bees.yaml")


def overview(*snapshots: Snapshot) -> Overview:
    return Overview(TODAY, Filters(), snapshots or (snapshot(),))


def crowd(actions: int) -> Roadmap:
    """Return a roadmap with many actions of the third month, each with two people of many."""
    texts = [
        {"action": f"Do {number}", "responsible": [f"P{number % 40}", f"Q{number % 7}"]}
        for number in range(actions)
    ]
    return roadmap({**DATA, "sections": {"vision": {"timeline": {"month_3": texts}}}})


_LONG = "N" * 10_000
HOSTILE = (
    "\x1b[31m[/x] [bold]x[/]",
    "\x9b31m \u202eabc \u2066",
    "&#8238;abc &#27;[31m <script>x</script> <!-- x",
    "[a](javascript:x) ![i](http://e.org/x|y) `a|b` | ~~z~~",
    "# a",
    "- [ ] a",
    "1. a",
    "::error::x",
    "שלום عالم " * 40,
    "漢字" * 60,
    _LONG,
)


def hostile() -> Roadmap:
    return Roadmap.model_validate(
        {
            "community": {"name": " ".join(HOSTILE), "start": "2026-09"},
            "sections": {
                "vision": {
                    "responsible": list(HOSTILE),
                    "timeline": {"month_1": list(HOSTILE), "month_3": list(HOSTILE)},
                },
                "support": {"timeline": {"month_3": list(HOSTILE)}},
            },
            "reviews": {"date": "2026-10-01", "by": list(HOSTILE)},
        }
    )
