"""Where communities stand for programs: plain values that mean the same in every language."""

import json
from typing import Any

from cop_roadmap import __version__
from cop_roadmap.canvas import FACETS, PERIODS
from cop_roadmap.status import StatusFormat, write
from cop_roadmap.status.snapshot import Filters, Overview, take
from tests.status import HOSTILE, TODAY, hostile, overview, roadmap, snapshot


def written(seen: Overview) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(write(seen, StatusFormat.JSON))
    return content


def test_the_whole_says_by_what_of_when_and_of_which_files() -> None:
    content = written(overview())
    (community,) = content.pop("roadmaps")
    assert content == {
        "version": 1,
        "tool": {"name": "coproadmap", "version": __version__},
        "as_of": "2026-11-23",
        "filters": {"responsible": None, "facets": [], "period": None},
    }
    assert list(community) == [
        *("file", "name", "language", "year", "progress", "overdue", "due", "unassigned"),
        *("completeness", "last_review", "next_review"),
    ]


def test_a_community_is_counted_dated_and_rated() -> None:
    (community,) = written(overview())["roadmaps"]
    facets = community["progress"].pop("facets")
    assert {key: community[key] for key in ("file", "name", "year", "progress")} == {
        "file": "bees.yaml",
        "name": "Bees",
        "year": {
            "phase": "during",
            "month": 3,
            "first_day": "2026-09-01",
            "last_day": "2027-08-31",
        },
        "progress": {"actions": 7, "done": 1, "in_progress": 0, "planned": 4, "late": 2},
    }
    assert [each["key"] for each in facets] == [facet.key for facet in FACETS]
    assert facets[0] == {
        "key": "vision",
        "number": 1,
        "title": "Vision",
        "actions": 5,
        "done": 1,
        "in_progress": 0,
        "planned": 2,
        "late": 2,
    }
    assert community["last_review"] == {
        "date": "2026-11-12",
        "by": ["Core group"],
        "rated_sections": 2,
        "mean": 3.5,
        "change": 0.5,
    }
    assert community["next_review"] == {"date": "2027-02-12", "overdue": False}
    assert community["completeness"] == {"percent": 3, "filled": 4, "total": 132}


def test_an_action_is_told_as_the_file_has_it() -> None:
    (community,) = written(overview())["roadmaps"]
    assert community["overdue"][0] == {
        "section": "vision",
        "number": "1.1",
        "title": "Vision",
        "action": "Adopt it",
        "period": "month_2",
        "responsible": ["Core group", "Sponsor"],
        "state": "late",
        "due": None,
        "deadline": "2026-10-31",
        "days_late": 23,
    }


def test_what_is_due_stands_under_people_and_nobody_is_null() -> None:
    (community,) = written(overview())["roadmaps"]
    due = community["due"]
    assert (due["period"], due["first_day"], due["last_day"]) == (
        "month_3",
        "2026-11-01",
        "2026-11-30",
    )
    assert {each["name"]: [one["action"] for one in each["actions"]] for each in due["people"]} == {
        "ada marsh": ["Test it"],
        "Zoé": ["Publish it"],
        None: ["Open a desk"],
    }
    assert [each["action"] for each in community["unassigned"]] == ["Open a desk", "Close it"]


def test_of_one_person_nothing_is_said_about_the_whole() -> None:
    filters = Filters(responsible="zoé", period=PERIODS[2])
    content = written(Overview(TODAY, filters, (snapshot(filters=filters),)))
    (community,) = content["roadmaps"]
    assert content["filters"] == {"responsible": "zoé", "facets": [], "period": "month_3"}
    for key in ("completeness", "last_review", "next_review"):
        assert community[key] is None
    assert community["progress"]["actions"] == 1


def test_without_a_start_days_are_null() -> None:
    (community,) = written(overview(snapshot(start="")))["roadmaps"]
    nothing = {"phase": "unknown", "month": None, "first_day": None, "last_day": None}
    assert community["year"] == nothing
    assert community["due"]["first_day"] is None


def test_only_titles_are_words_of_the_language() -> None:
    english, french = (
        written(overview(take(roadmap(language=language), TODAY)))["roadmaps"][0]
        for language in ("en", "fr")
    )

    def untitled(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: untitled(each) for key, each in value.items() if key != "title"}
        return [untitled(each) for each in value] if isinstance(value, list) else value

    assert {**untitled(english), "language": "fr"} == untitled(french)
    assert english != french


def test_no_hostile_text_reaches_a_terminal_raw_or_is_lost() -> None:
    text = write(overview(take(hostile(), TODAY)), StatusFormat.JSON)
    assert all(char.isprintable() or char == "\n" for char in text)
    actions = {each["action"] for each in json.loads(text)["roadmaps"][0]["overdue"]}
    assert actions == {" ".join(each.split()) for each in HOSTILE}
