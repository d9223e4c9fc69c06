"""The rules over a whole roadmap: when they speak, where, and when they are silent."""

from dataclasses import astuple
from datetime import date, timedelta
from typing import Any

import pytest

from cop_roadmap import canvas, catalogue
from cop_roadmap.checks import CHECKS, Finding, check, due_outside_period, unknown_language
from cop_roadmap.diagnostics import Severity
from cop_roadmap.loading import examine
from cop_roadmap.roadmap import Roadmap

CHANGE = "Change the date, or move the action to the period of its date."


def roadmap(community: dict[str, Any], timeline: dict[str, Any] | None = None) -> Roadmap:
    return Roadmap.model_validate(
        {
            "community": {"name": "Stewards", **community},
            "sections": {"vision": {"timeline": timeline or {}}},
        }
    )


def due(day: str) -> dict[str, str]:
    return {"action": "A", "due": day}


def outside(day: str, period: str, months: str, index: int = 0, section: str = "vision") -> Finding:
    return Finding(
        "due-outside-period",
        Severity.WARNING,
        f"{day} is not in `{period}`, which is {months}.",
        ("sections", section, "timeline", period, index, "due"),
        CHANGE,
    )


# ── due-outside-period ───────────────────────────────────────────────────────────────────────────

# A year that begins in September: each period's first and last day, and how it is named.
SCHOOL_YEAR = [
    ("month_1", "2026-09-01", "2026-09-30", "2026-09"),
    ("month_2", "2026-10-01", "2026-10-31", "2026-10"),
    ("month_3", "2026-11-01", "2026-11-30", "2026-11"),
    ("month_4", "2026-12-01", "2026-12-31", "2026-12"),
    ("month_5", "2027-01-01", "2027-01-31", "2027-01"),
    ("month_6", "2027-02-01", "2027-02-28", "2027-02"),
    ("months_7_to_9", "2027-03-01", "2027-05-31", "2027-03 to 2027-05"),
    ("months_10_to_12", "2027-06-01", "2027-08-31", "2027-06 to 2027-08"),
]


def shifted(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


@pytest.mark.parametrize(("period", "first", "last", "months"), SCHOOL_YEAR)
def test_the_first_and_the_last_day_of_a_period_are_in_it(
    period: str, first: str, last: str, months: str
) -> None:
    inside = roadmap({"start": "2026-09"}, {period: [due(first), due(last)]})
    assert list(due_outside_period(inside)) == [], months


@pytest.mark.parametrize(("period", "first", "last", "months"), SCHOOL_YEAR)
def test_the_days_around_a_period_are_not_in_it(
    period: str, first: str, last: str, months: str
) -> None:
    before, after = shifted(first, -1), shifted(last, 1)
    around = roadmap({"start": "2026-09"}, {period: [due(before), "B", due(after)]})
    assert list(due_outside_period(around)) == [
        outside(before, period, months, 0),
        outside(after, period, months, 2),
    ]


def test_a_day_of_the_same_month_in_another_year_is_not_in_the_period() -> None:
    other = roadmap({"start": "2026-09"}, {"month_1": [due("2025-09-15"), due("2027-09-15")]})
    assert list(due_outside_period(other)) == [
        outside("2025-09-15", "month_1", "2026-09", 0),
        outside("2027-09-15", "month_1", "2026-09", 1),
    ]


@pytest.mark.parametrize(
    ("start", "period", "day"),
    [
        pytest.param("2026-12", "month_2", "2027-01-31", id="the year ends after the first month"),
        pytest.param("2027-05", "months_7_to_9", "2027-12-31", id="the year ends in a period"),
        pytest.param("2027-05", "months_7_to_9", "2028-01-01", id="the year begins in a period"),
        pytest.param("2027-09", "month_6", "2028-02-29", id="leap day"),
        pytest.param("2199-12", "month_1", "2199-12-31", id="the last day there is"),
    ],
)
def test_a_period_goes_over_the_end_of_the_year(start: str, period: str, day: str) -> None:
    assert list(due_outside_period(roadmap({"start": start}, {period: due(day)}))) == []


@pytest.mark.parametrize(
    ("community", "timeline"),
    [
        pytest.param({}, {"month_1": due("1999-01-01")}, id="no start"),
        pytest.param({"start": ""}, {"month_1": due("1999-01-01")}, id="an empty start"),
        pytest.param({"start": "2026-09"}, {}, id="no action"),
        pytest.param({"start": "2026-09"}, {"month_1": ["A", {"action": "B"}]}, id="no date"),
        pytest.param(
            {"start": "2026-09"}, {"month_1": {"action": "A", "due": ""}}, id="empty date"
        ),
    ],
)
def test_without_a_start_or_a_date_no_date_is_outside(
    community: dict[str, Any], timeline: dict[str, Any]
) -> None:
    assert list(due_outside_period(roadmap(community, timeline))) == []


def test_every_section_is_looked_at_in_the_order_of_the_canvas() -> None:
    everywhere = Roadmap.model_validate(
        {
            "community": {"name": "Stewards", "start": "2026-09"},
            "sections": {
                key: {"timeline": {"month_2": due("2026-09-30")}}
                for key in reversed(canvas.SECTION_KEYS)
            },
        }
    )
    assert list(due_outside_period(everywhere)) == [
        outside("2026-09-30", "month_2", "2026-10", section=key) for key in canvas.SECTION_KEYS
    ]


@pytest.mark.parametrize(
    ("written", "place", "path"),
    [
        pytest.param(
            "month_1: {action: A, due: 2026-10-01}",
            (5, 33, 5, 43),
            "sections.vision.timeline.month_1.due",
            id="one action",
        ),
        pytest.param(
            "month_1: [A, {action: A, due: 2026-10-01}]",
            (5, 37, 5, 47),
            "sections.vision.timeline.month_1[1].due",
            id="a list of actions",
        ),
        pytest.param(
            "month_1:\n        - A\n        -\n        - due: '2026-10-01'\n          action: A",
            (8, 16, 8, 28),
            "sections.vision.timeline.month_1[2].due",
            id="a list with an empty action",
        ),
    ],
)
def test_a_date_outside_its_period_is_found_in_the_file(
    written: str, place: tuple[int, ...], path: str
) -> None:
    start = "community: {name: X, start: 2026-09}\n"
    text = f"{start}sections:\n  vision:\n    timeline:\n      {written}\n"
    (found,) = examine(text.encode(), "r.yaml").diagnostics
    assert found.place
    assert (astuple(found.place), found.path, found.severity, found.message, found.hint) == (
        place,
        path,
        Severity.WARNING,
        "2026-10-01 is not in `month_1`, which is 2026-09.",
        CHANGE,
    )


# ── unknown-language ─────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("tag", ["tlh", "tlh-Latn-AQ", "TLH", "enm", "fro-FR"])
def test_a_language_without_labels_is_told(tag: str) -> None:
    known = ", ".join(f"`{language}`" for language in catalogue.languages())
    assert list(unknown_language(roadmap({"language": tag}))) == [
        Finding(
            "unknown-language",
            Severity.WARNING,
            f"The labels of the documents are not translated to `{tag}` yet.",
            ("community", "language"),
            f"They come out in English. There are labels in {known}.",
        )
    ]


@pytest.mark.parametrize("tag", ["", None, "en", "EN", "en-GB", "fr", "fr-CA", "FR-ca", "fr-Latn"])
def test_a_language_with_labels_is_fine_in_every_region_and_case(tag: str | None) -> None:
    assert list(unknown_language(roadmap({"language": tag}))) == []


def test_a_roadmap_without_a_language_is_english() -> None:
    assert list(unknown_language(roadmap({}))) == []


def test_every_language_that_there_is_has_labels() -> None:
    assert {"en", "fr"} <= set(catalogue.languages())
    for tag in catalogue.languages():
        assert list(unknown_language(roadmap({"language": tag}))) == []


def test_a_language_without_labels_is_found_in_the_file() -> None:
    (found,) = examine(b"community:\n  name: X\n  language: tlh\n", "r.yaml").diagnostics
    assert found.place
    assert (found.rule, astuple(found.place), found.path) == (
        "unknown-language",
        (3, 13, 3, 16),
        "community.language",
    )


# ── all rules ────────────────────────────────────────────────────────────────────────────────────


def test_all_rules_are_applied_one_after_the_other() -> None:
    both = roadmap({"start": "2026-09", "language": "tlh"}, {"month_2": due("2026-09-30")})
    assert {due_outside_period, unknown_language} <= set(CHECKS)
    assert list(check(both)) == [finding for rule in CHECKS for finding in rule(both)]
    assert [finding.rule for finding in check(both)][:2] == [
        "due-outside-period",
        "unknown-language",
    ]


def test_a_blank_roadmap_has_no_findings() -> None:
    assert list(check(roadmap({}))) == []
