"""The committed examples: valid, complete, and with fresh copies of what is made from them."""

from collections.abc import Callable
from pathlib import Path

import pytest

import cop_roadmap
from cop_roadmap import catalogue, schema

EXAMPLES = Path(__file__).parent.parent / "examples"
FILES = sorted(EXAMPLES.glob("*.yaml"))
COMPLETE = [path for path in FILES if path.stem != "minimal"]

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


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_committed_markdown_is_fresh(path: Path, golden: Golden) -> None:
    text = cop_roadmap.render(cop_roadmap.load(path), "md").decode()
    golden(path.with_suffix(".md"), text)


def test_the_committed_schema_is_fresh(golden: Golden) -> None:
    golden(EXAMPLES / schema.FILE_NAME, schema.as_json(catalogue.load("en")))
