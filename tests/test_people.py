"""Names are compared without capitals and white space, and misspelled ones find their like."""

import pytest

from cop_roadmap import people


@pytest.mark.parametrize(
    "name", ["Core group", "core  GROUP", "\tCore\ngroup ", "coregroup", "Ｃore group"]
)
def test_capitals_and_white_space_do_not_matter(name: str) -> None:
    assert people.key(name) == "coregroup"


def test_accents_matter_however_they_are_written() -> None:
    assert people.key("Zoé") == people.key("Zoe\u0301") != people.key("Zoe")


def test_everybody_is_listed_once_as_spelled_first() -> None:
    assert people.spellings(["Ann", "Bo", "ANN"]) == {"ann": "Ann", "bo": "Bo"}


def test_the_nearest_names_are_found() -> None:
    known = people.spellings(["Core group", "Sponsor", "Portal team"])
    assert people.nearest("core gruop", known) == ["Core group"]
    assert people.nearest("xyz", known) == []
