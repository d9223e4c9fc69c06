"""Tags of languages: which are known, and which of them serves a tag."""

import pytest

from cop_roadmap import tags
from cop_roadmap.roadmap import Roadmap


@pytest.mark.parametrize(
    ("tag", "narrowed"),
    [
        ("fr", ("fr",)),
        ("fr-CA", ("fr-ca", "fr")),
        ("zh-Hant-TW", ("zh-hant-tw", "zh-hant", "zh")),
    ],
)
def test_a_tag_narrows_others(tag: str, narrowed: tuple[str, ...]) -> None:
    assert tags.wider(tag) == narrowed


def test_languages_are_known_by_their_files() -> None:
    assert tags.known() == tuple(sorted(file.stem for file in tags.DIRECTORY.glob("*.yaml")))
    assert {"en", "fr"} <= set(tags.known())


def test_a_language_is_added_for_a_while() -> None:
    assert tags.best_match("tlh-AQ") is None
    with tags.adding(["tlh"]):
        assert tags.best_match("tlh-AQ") == "tlh"
        assert "tlh" in tags.known()
    assert tags.best_match("tlh-AQ") is None


def test_no_key_of_a_roadmap_is_taken_for_a_language() -> None:
    waiting: list[object] = [Roadmap.model_json_schema()]
    keys: set[str] = set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            keys |= set(node.get("properties", {}))
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
    assert {"community", "action", "due", "month_1", "vision"} <= keys
    assert {key for key in keys if tags.best_match(key)} == set()
