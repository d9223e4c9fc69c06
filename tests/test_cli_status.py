"""``coproadmap status``: what is read, shown and refused, and with which exit code it ends."""

import json
from pathlib import Path

import pytest

from tests.test_cli import Result, run

BEES = """\
community: {name: Bees, start: 2026-09}
sections:
  vision:
    timeline:
      month_1: {action: Draft it, status: done}
      month_2: Adopt it
      month_3: {action: Print it, responsible: Ada Marsh}
    responsible: Core group
"""
WASPS = "community: {name: Wasps}\n"
WRONG = "community: {name: Hornets}\nsection: {}\n"
ON = ("--as-of", "2026-11-23")


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Stand in a directory with two roadmaps, and one of which nothing can be said beside it."""
    (tmp_path / "all").mkdir()
    (tmp_path / "all" / "bees.yaml").write_text(BEES)
    (tmp_path / "all" / "wasps.yaml").write_text(WASPS)
    (tmp_path / "wrong.yaml").write_text(WRONG)
    return tmp_path


def names(result: Result) -> list[str]:
    """Return the communities of a report as JSON."""
    return [each["name"] for each in json.loads(result.out)["roadmaps"]]


def test_a_screen_goes_to_standard_output(files: Path) -> None:
    result = run("status", "all/bees.yaml", *ON, cwd=files)
    assert result == Result(0, result.out)
    assert result.out.startswith("Bees\n23 November 2026 · Month 3 of 12\n\nProgress")
    assert "Overdue: 1\n  23 days  1.1 Adopt it" in result.out
    assert not any(char in result.out for char in "\x1b█▒▄")


def test_a_directory_and_standard_input_are_read(files: Path) -> None:
    assert names(run("status", "--format", "json", *ON, cwd=files / "all")) == ["Bees", "Wasps"]
    result = run("status", "-", "--format", "json", *ON, cwd=files, stdin=BEES.encode())
    assert names(result) == ["Bees"]


def test_a_broken_file_does_not_hide_the_others(files: Path) -> None:
    result = run("status", "wrong.yaml", "all/bees.yaml", "--format", "json", *ON, cwd=files)
    assert (result.code, names(result)) == (1, ["Bees"])
    assert "`section` is not a key of the roadmap." in result.err


def test_a_file_that_is_not_there_is_wrong_use(files: Path) -> None:
    result = run("status", "none.yaml", *ON, cwd=files)
    assert (result.code, result.out) == (2, "")
    assert "none.yaml" in result.err


def test_the_day_is_that_of_the_build_where_one_is_given(files: Path) -> None:
    # One second before midnight in Greenwich.
    variables = {"SOURCE_DATE_EPOCH": "1795478399", "TZ": "Asia/Tokyo"}
    result = run("status", "all", "--format", "json", cwd=files, variables=variables)
    assert json.loads(result.out)["as_of"] == "2026-11-23"


def test_of_one_person_only_their_roadmaps_are_shown(files: Path) -> None:
    result = run("status", "all", "--responsible", "ada  MARSH", "--format", "json", *ON, cwd=files)
    assert names(result) == ["Bees"]
    (community,) = json.loads(result.out)["roadmaps"]
    assert community["progress"]["actions"] == 1


@pytest.mark.parametrize("given", [["--facet", "8,1"], ["--facet", "vision", "--facet", "8"]])
def test_facets_are_chosen_by_number_or_key(files: Path, given: list[str]) -> None:
    result = run("status", "all/bees.yaml", *given, "--format", "json", *ON, cwd=files)
    content = json.loads(result.out)
    assert sorted(content["filters"]["facets"]) == ["measurement", "vision"]
    facets = [each["key"] for each in content["roadmaps"][0]["progress"]["facets"]]
    assert facets == ["vision", "measurement"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(
            ["--responsible", "Ada March"],
            "Nobody is called 'Ada March' in what was read. Did you mean 'Ada Marsh'?",
            id="a name that is not there",
        ),
        pytest.param(
            ["--responsible", "Zoé"],
            "Nobody is called 'Zoé' in what was read.",
            id="a name that is like no other",
        ),
        pytest.param(["--period", "month_7"], "'month_7'", id="a month that is part of a period"),
        pytest.param(["--facet", "9"], "'9'", id="a facet that is not there"),
        pytest.param(["--as-of", "2026-02-30"], "is not a day", id="a day that is not there"),
        pytest.param(["--as-of", "23.11.2026"], "is not a day", id="a day in another form"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(files: Path, arguments: list[str], said: str) -> None:
    day = () if "--as-of" in arguments else ON
    result = run("status", "all", *day, *arguments, cwd=files)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert len(result.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("day", "said"),
    [("2026-08-01", "31 days"), ("2027-09-01", "`coproadmap next`")],
    ids=["before the start", "after the end"],
)
def test_a_day_outside_of_the_year_is_said(files: Path, day: str, said: str) -> None:
    result = run("status", "all/bees.yaml", "--as-of", day, cwd=files)
    assert (result.code, result.err) == (0, "")
    assert said in result.out


def test_without_a_start_it_says_what_cannot_be_known(files: Path) -> None:
    result = run("status", "all/wasps.yaml", *ON, cwd=files)
    assert (result.code, result.err) == (0, "")
    assert "does not say when it starts" in result.out
