"""``coproadmap next``: what goes where, what is refused, and with which exit code it ends."""

from pathlib import Path

import pytest

from tests.roadmaps import EXAMPLES
from tests.test_cli import Result, names_in, run
from tests.test_reporters_text import on_terminal

THIS_YEAR = """\
# The plan of the bees
community: {name: Bees, start: 2026-09}
sections:
  vision:
    timeline:
      month_1: {action: Draft, status: done}
      month_2: {action: Adopt, due: 2026-10-15}   # with all
      month_3: {action: Print, status: dropped}
    responsible: Ada
"""
NEXT_YEAR = """\
# The plan of the bees
community: {name: Bees, start: 2027-09}
sections:
  vision:
    timeline:
      # Carried over from the year 2026-09: planned for Month 2 (October 2026), due 2026-10-15
      month_2: {action: Adopt}   # with all
    responsible: Ada
"""
SAID = (
    "1 action carried over, 2 gone (1 done, 1 dropped). Month 1 is 2027-09.\n"
    "Read the carried actions, give them new dates, and rewrite the ambitions.\n"
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Stand in a directory with roadmaps of every kind."""
    (tmp_path / "roadmap.yaml").write_text(THIS_YEAR)
    (tmp_path / "wrong.yaml").write_text("community: {name: Bees}\nsection: {}\n")
    (tmp_path / "tied.yaml").write_text("community: {start: &when 2026-09, name: *when}\n")
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "a.yaml").write_text(THIS_YEAR)
    (tmp_path / "two" / "b.yaml").write_text(THIS_YEAR)
    (tmp_path / "none").mkdir()
    return tmp_path


@pytest.mark.parametrize("arguments", [["roadmap.yaml"], [], ["roadmap.yaml", "-o", "-"]])
def test_next_prints_the_roadmap_and_says_what_became_of_the_actions(
    files: Path, arguments: list[str]
) -> None:
    before = names_in(files)
    assert run("next", *arguments, cwd=files) == Result(0, NEXT_YEAR, SAID)
    assert names_in(files) == before


def test_next_reads_standard_input(files: Path) -> None:
    result = run("next", "-", "--quiet", cwd=files, stdin=THIS_YEAR.encode())
    assert result == Result(0, NEXT_YEAR)


@pytest.mark.parametrize(
    ("options", "written"),
    [
        (["-o", "new/next.yaml"], "new/next.yaml"),
        (["-o", "none"], "none/roadmap.yaml"),
        (["-o", "wrong.yaml", "--force"], "wrong.yaml"),
        (["-o", "roadmap.yaml", "--force"], "roadmap.yaml"),
    ],
    ids=["a file", "a directory", "by force", "in place"],
)
def test_next_writes_where_it_is_told(files: Path, options: list[str], written: str) -> None:
    result = run("next", "roadmap.yaml", *options, cwd=files)
    assert result == Result(0, err=f"Wrote {written}\n{SAID}")
    assert (files / written).read_text() == NEXT_YEAR


def test_next_takes_another_start(files: Path) -> None:
    result = run("next", "roadmap.yaml", "--start", "2028-01", cwd=files)
    assert result.out == NEXT_YEAR.replace("2027-09", "2028-01")
    assert result.err == SAID.replace("2027-09", "2028-01")


def test_next_says_that_there_is_no_start_and_nothing_to_read(files: Path) -> None:
    text = b"community: {name: Bees}\n"
    said = (
        "0 actions carried over, 0 gone. The file has no `start`, and gets none: --start 2027-09 "
        "would write one.\nNow rewrite the ambitions.\n"
    )
    assert run("next", "-", cwd=files, stdin=text) == Result(0, text.decode(), said)


REFUSED = {
    "taken": (["roadmap.yaml", "-o", "wrong.yaml"], 2, "wrong.yaml exists already. Choose "),
    "itself": (["roadmap.yaml", "-o", "roadmap.yaml"], 2, "roadmap.yaml exists already. Choose "),
    "two": (["two"], 2, "Next year's roadmap is made of one, and two has 2. Name one."),
    "none": (["none"], 2, "none: error: There is no roadmap in this directory."),
    "nothing": (["nothing.yaml"], 2, "nothing.yaml: error: There is no such file."),
    "month": (["roadmap.yaml", "--start", "soon"], 2, "'soon' is not a month. Write year and"),
    "wrong": (["wrong.yaml", "-o", "x.yaml"], 1, "wrong.yaml:2:1: error: "),
    "tied": (["tied.yaml", "-o", "x.yaml"], 1, "tied.yaml: Next year's roadmap cannot be made "),
    "empty": (["-"], 1, "<stdin>: error: The file is empty."),
}


@pytest.mark.parametrize(("arguments", "code", "reason"), REFUSED.values(), ids=list(REFUSED))
def test_next_refuses_in_plain_words_and_writes_nothing(
    files: Path, arguments: list[str], code: int, reason: str
) -> None:
    before = names_in(files)
    result = run("next", *arguments, cwd=files)
    assert (result.code, result.out, result.err[: len(reason)]) == (code, "", reason)
    assert names_in(files) == before
    assert (files / "roadmap.yaml").read_text() == THIS_YEAR


def test_next_names_what_is_wrong_as_render_does(files: Path) -> None:
    assert run("next", "wrong.yaml", cwd=files) == run("render", "wrong.yaml", "-o", "x", cwd=files)


@pytest.mark.parametrize("example", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_what_next_prints_can_be_validated_at_once(tmp_path: Path, example: Path) -> None:
    made = run("next", str(example), "--quiet", cwd=tmp_path)
    assert run("validate", "-", cwd=tmp_path, stdin=made.out.encode()).code == 0


def test_a_terminal_is_shown_nothing_that_it_obeys(tmp_path: Path) -> None:
    text = "community: {name: Bees}  # \u202e\u20662J\n"
    (tmp_path / "x.yaml").write_text(text, "utf-8")
    code, shown = on_terminal("next", "x.yaml", "--quiet", cwd=tmp_path)
    assert (code, shown) == (0, "community: {name: Bees}  # \ufffd\ufffd2J\n")
