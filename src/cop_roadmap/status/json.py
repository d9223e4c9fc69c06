"""Where communities stand, as JSON for programs: plain values, and days as YYYY-MM-DD."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from cop_roadmap.pulse import Tally
from cop_roadmap.reporters.plain_json import dumps
from cop_roadmap.status.snapshot import Filters, Item, LastReview, Overview, Snapshot
from cop_roadmap.version import __version__


def write(overview: Overview) -> str:
    """Write everything that is known; only titles are words of the community's language."""
    content = {
        "version": 1,
        "tool": {"name": "coproadmap", "version": __version__},
        "as_of": str(overview.as_of),
        "filters": _filters(overview.filters),
        "roadmaps": [_roadmap(snapshot) for snapshot in overview.snapshots],
    }
    return dumps(content)


def _filters(filters: Filters) -> dict[str, Any]:
    return {
        "responsible": filters.responsible or None,
        "facets": list(filters.facets),
        "period": filters.period and filters.period.key,
    }


def _roadmap(snapshot: Snapshot) -> dict[str, Any]:
    moment, share = snapshot.moment, snapshot.completeness
    return {
        "file": snapshot.file,
        "name": snapshot.name,
        "language": snapshot.language,
        "year": {
            "phase": moment.phase.value,
            "month": moment.month,
            "first_day": _day(moment.first),
            "last_day": _day(moment.last),
        },
        "progress": {
            **_tally(snapshot.total),
            "facets": [
                {"key": each.key, "number": each.number, "title": each.title, **_tally(each.tally)}
                for each in snapshot.facets
            ],
        },
        "overdue": _items(snapshot.overdue),
        "due": _due(snapshot),
        "unassigned": _items(snapshot.unassigned),
        "completeness": share
        and {"percent": share.percent, "filled": share.filled, "total": share.total},
        "last_review": snapshot.review and _review(snapshot.review),
        "next_review": _next_review(snapshot),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else str(day)


def _tally(tally: Tally) -> dict[str, int]:
    return {
        "actions": tally.total,
        "done": tally.done,
        "in_progress": tally.in_progress,
        "planned": tally.planned,
        "late": tally.late,
    }


def _due(snapshot: Snapshot) -> dict[str, Any]:
    first, last = snapshot.days or (None, None)
    return {
        "period": snapshot.period.key,
        "first_day": _day(first),
        "last_day": _day(last),
        "people": [
            {"name": duty.name or None, "actions": _items(duty.items)} for duty in snapshot.due
        ],
    }


def _items(items: Iterable[Item]) -> list[dict[str, Any]]:
    return [
        {
            "section": item.section,
            "number": item.number,
            "title": item.title,
            "action": item.text,
            "period": item.period.key,
            "responsible": list(item.people),
            "state": item.state.value,
            "due": _day(item.due),
            "deadline": _day(item.deadline),
            "days_late": item.days_late,
        }
        for item in items
    ]


def _review(review: LastReview) -> dict[str, Any]:
    return {
        "date": str(review.day),
        "by": list(review.by),
        "rated_sections": review.rated,
        "mean": None if review.mean is None else round(float(review.mean), 2),
        "change": None if review.change is None else round(float(review.change), 2),
    }


def _next_review(snapshot: Snapshot) -> dict[str, Any] | None:
    day = snapshot.next_review
    return None if day is None else {"date": str(day), "overdue": day < snapshot.as_of}
