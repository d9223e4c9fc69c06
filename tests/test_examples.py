"""The committed examples: valid, complete, and with fresh copies of what is made from them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import cop_roadmap
from cop_roadmap import catalogue, pulse, ratings, schema

EXAMPLES = Path(__file__).parent.parent / "examples"
FILES = sorted(EXAMPLES.glob("*.yaml"))
COMPLETE = [path for path in FILES if path.stem != "minimal"]
# The day on which the complete examples show their plan, as the remark at their top says.
DAYS = {"open-data-stewards": date(2026, 11, 23), "soins-de-la-douleur": date(2027, 3, 22)}

Golden = Callable[[Path, str], None]


def test_there_are_a_minimal_and_two_complete_examples() -> None:
    assert [path.stem for path in FILES] == ["minimal", "open-data-stewards", "soins-de-la-douleur"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_example_has_no_findings(path: Path) -> None:
    assert cop_roadmap.validate(path) == ()


@pytest.mark.parametrize("path", COMPLETE, ids=lambda path: path.stem)
def test_a_complete_example_leaves_nothing_empty(path: Path) -> None:
    roadmap = cop_roadmap.load(path)
    for key, section in roadmap.sections.items():
        assert section.answer, key
        assert any(section.timeline.values()), key
        assert section.responsible, key
        assert section.resources, key
    assert all(roadmap.ambitions.values())
    assert all(item.answer for items in roadmap.creation.values() for item in items.values())


@pytest.mark.parametrize("path", COMPLETE, ids=lambda path: path.stem)
def test_a_complete_example_carries_statuses_and_due_dates(path: Path) -> None:
    day = DAYS[path.stem]
    assert f"--as-of {day}" in path.read_text(encoding="utf-8")
    tally = pulse.tally(pulse.tasks(cop_roadmap.load(path), day))
    assert tally.done > 30
    assert tally.planned > 80
    assert min(tally.in_progress, tally.late) >= 4
    dues = [each.action.due for each in cop_roadmap.load(path).plan if each.action.due]
    assert len(dues) > 20
    assert min(dues) < day < max(dues)


@pytest.mark.parametrize("path", COMPLETE, ids=lambda path: path.stem)
def test_a_complete_example_carries_two_reviews(path: Path) -> None:
    roadmap = cop_roadmap.load(path)
    assert [len(review.rated) for review in roadmap.held] == [14, 20]
    assert all(review.by and review.note for review in roadmap.held)
    standing = ratings.standing(roadmap)
    assert standing
    changes = [rated.change for rated in standing.sections.values()]
    known = [change for change in changes if change is not None]
    assert len(known) < len(changes), "some were not rated before"
    assert min(known) < 0 < max(known), "some went up and some down"
    assert 0 in known, "some stayed"
    due = ratings.next_review(roadmap)
    assert due
    assert standing.review.date < DAYS[path.stem] < due


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_committed_markdown_is_fresh(path: Path, golden: Golden) -> None:
    text = cop_roadmap.render(cop_roadmap.load(path), "md").decode()
    golden(path.with_suffix(".md"), text)


def test_the_committed_schema_is_fresh(golden: Golden) -> None:
    golden(EXAMPLES / schema.FILE_NAME, schema.as_json(catalogue.load("en")))
