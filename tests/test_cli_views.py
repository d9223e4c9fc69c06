"""``coproadmap render --view``: which document goes where, and what is refused."""

from pathlib import Path

import pytest

from tests.test_cli import Result, run

BEES = """\
community:
  name: Bees
  start: 2026-09
sections:
  vision:
    responsible: [Core group, "Ann, Bo", A-B, A B]
    timeline:
      month_1: {action: Draft, status: done}
      month_2: Adopt
"""
NAMES = "A B, A-B, Ann, Bo, Core group"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "bees.yaml").write_text(BEES, "utf-8")
    return tmp_path


def written(place: Path) -> list[str]:
    """Return the documents in a directory."""
    return sorted(str(path.relative_to(place)) for path in place.rglob("*.md"))


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["--view", "full"], ["bees.md"]),
        (["--view", "summary"], ["bees-summary.md"]),
        (["--view", "period"], ["bees-period-month-2.md"]),
        (["--view", "period", "--as-of", "2026-12-24"], ["bees-period-month-4.md"]),
        (["--view", "period", "--period", "months_7_to_9"], ["bees-period-months-7-to-9.md"]),
        (["--view", "summary", "--period", "month_4"], ["bees-summary.md"]),
        (["--view", "person", "--responsible", "CORE group"], ["bees-person-core-group.md"]),
        (["--view", "person", "--responsible", "ann,bo"], ["bees-person-ann-bo.md"]),
        (
            ["--view", "person", "--responsible", "A B", "--responsible", "A-B"],
            ["bees-person-a-b-2.md", "bees-person-a-b.md"],
        ),
        (["--view", "summary", "-o", "out"], ["out/bees-summary.md"]),
        (["--view", "summary", "-o", "mine.md"], ["mine.md"]),
    ],
)
def test_a_view_has_a_file_of_its_own(arguments: list[str], names: list[str], place: Path) -> None:
    result = run("render", "bees.yaml", "--to", "md", *arguments, cwd=place)
    assert (result.code, written(place)) == (0, names)


def test_a_view_goes_to_standard_output(place: Path) -> None:
    result = run("render", "-", "--view", "summary", "-t", "md", cwd=place, stdin=BEES.encode())
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("# Bees\n\nSummary for sponsors\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--responsible", "Ann"], "Names are for the page of a person: add --view person."),
        (
            ["--period", "month_1"],
            (
                "The whole roadmap shows every period. Choose a --view of one: summary, person or "
                "period."
            ),
        ),
        (
            ["--view", "summary", "--gantt"],
            "The chart belongs to the whole roadmap. Leave out --view, or --gantt.",
        ),
        (
            ["--view", "slides"],
            "There is no view called 'slides'. The views are full, summary, person, period.",
        ),
        (
            ["--view", "period", "--period", "march"],
            (
                "There is no period called 'march'. The periods are month_1, month_2, month_3, "
                "month_4, month_5, month_6, months_7_to_9, months_10_to_12."
            ),
        ),
        (
            ["--view", "person"],
            f"Say whose page: --view person --responsible NAME. The names are {NAMES}.",
        ),
        (
            ["--view", "person", "--responsible", "core"],
            "Nobody called core is responsible for anything. Did you mean Core group?",
        ),
        (
            ["--view", "person", "--responsible", "\x1b[31mX"],
            f"Nobody called �[31mX is responsible for anything. The names are {NAMES}.",
        ),
        (
            ["--view", "person", "--responsible", "A B", "--responsible", "A-B", "-o", "x.md"],
            "x.md is one document, and there are 2 pages. Name a directory.",
        ),
        (
            ["--view", "person", "--responsible", "A B", "--responsible", "A-B", "-o", "-"],
            "Standard output takes one document, or name one file and one format, such as --to md.",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: list[str], said: str, place: Path) -> None:
    result = run("render", "bees.yaml", "-t", "md", *arguments, cwd=place)
    assert result == Result(2, "", f"{said}\n")
    assert written(place) == []


def test_of_several_roadmaps_those_without_the_person_are_left_out(place: Path) -> None:
    (place / "ants.yaml").write_text("community: {name: Ants}", "utf-8")
    arguments = ("render", ".", "-t", "md", "--view", "person", "--responsible", "core group")
    assert run(*arguments, cwd=place) == Result(
        0,
        "",
        "ants.yaml names nobody called core group, so there is no page of it.\n"
        "Wrote bees-person-core-group.md\n",
    )
    assert run(*arguments, "--quiet", cwd=place) == Result(0, "", "")


def test_a_roadmap_with_errors_is_reported_and_the_others_are_written(place: Path) -> None:
    (place / "ants.yaml").write_text("community: {name: Ants}\nsectoins: {}", "utf-8")
    result = run("render", ".", "-t", "md", "--view", "summary", cwd=place)
    assert result.code == 1
    assert "unknown-key" in result.err
    assert written(place) == ["bees-summary.md"]


def test_what_is_late_is_marked_on_a_day(place: Path) -> None:
    arguments = ("render", "bees.yaml", "--view", "summary", "-t", "md", "-o", "-")
    assert "Late" not in run(*arguments, cwd=place).out
    late = run(*arguments, "--as-of", "2026-12-24", cwd=place).out
    assert "### Late\n\n- Adopt (1.1 · Core group, Ann, Bo, A-B, A B · due 31 Oct 2026)" in late
