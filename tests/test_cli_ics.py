"""``render --to ics``, as somebody meets it who types it."""

import subprocess
import sys
from pathlib import Path

import icalendar
import pytest

import cop_roadmap
from tests.test_cli import Result, names_in, run

DATED = """\
community:
  name: Bees
  start: 2026-09
sections:
  vision:
    timeline:
      month_1: Meet
      month_2: {action: Dance, due: 2026-10-15}
    responsible: Ann
"""
UNDATED = """\
community:
  name: Wasps
sections:
  vision:
    timeline:
      month_1: Meet
    responsible: Ann
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Make a directory with a roadmap that has days, and one that has none."""
    (tmp_path / "bees.yaml").write_text(DATED)
    (tmp_path / "wasps.yaml").write_text(UNDATED)
    return tmp_path


def stamps(path: Path) -> set[str]:
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    return {f"{event.DTSTAMP:%Y-%m-%d %H:%M:%S}" for event in calendar.events}


def test_a_calendar_is_made_where_it_is_asked_for(files: Path) -> None:
    assert run("render", "bees.yaml", "--to", "ics", cwd=files).err == "Wrote bees.ics\n"
    assert run("render", "bees.yaml", "-o", "a.ical", cwd=files).err == "Wrote a.ical\n"
    assert run("render", "bees.yaml", "-o", "new", "--to", "md,ics", cwd=files).code == 0
    made = ["a.ical", "bees.ics", "bees.yaml", "new", "new/bees.ics", "new/bees.md", "wasps.yaml"]
    assert names_in(files) == made
    written = {(files / name).read_bytes() for name in ("a.ical", "bees.ics", "new/bees.ics")}
    assert written == {cop_roadmap.render(cop_roadmap.load(files / "bees.yaml"), "ics")}


def test_a_calendar_goes_to_standard_output(files: Path) -> None:
    result = run("render", "bees.yaml", "--to", "ics", "-o", "-", cwd=files)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("BEGIN:VCALENDAR\r\n")
    assert result.out.count("BEGIN:VEVENT\r\n") == 2


def test_without_a_word_no_calendar_is_made(files: Path) -> None:
    (files / "wasps.yaml").unlink()
    assert run("render", "bees.yaml", "-o", "new", cwd=files).code == 0
    assert names_in(files / "new") == ["bees.html", "bees.md", "bees.pdf"]


def test_a_roadmap_without_days_is_refused_and_the_others_are_written(files: Path) -> None:
    assert run("render", "--to", "ics", cwd=files) == Result(
        1,
        "",
        "wasps.yaml: error: There is nothing to put into a calendar: the roadmap names no day.\n"
        "      = Write `start:` below `community:`, such as `start: 2026-09`, or give\n"
        "        actions a date with `due:`.\n"
        "        community  [no-days]\n"
        "\n"
        "Wrote bees.ics\n",
    )
    assert names_in(files) == ["bees.ics", "bees.yaml", "wasps.yaml"]


@pytest.mark.parametrize(
    ("options", "epoch", "stamp"),
    [
        pytest.param([], "", "2026-09-01 00:00:00", id="the roadmap itself"),
        pytest.param(["--as-of", "2026-11-23"], "", "2026-11-23 00:00:00", id="--as-of"),
        pytest.param([], "1795422600", "2026-11-23 08:30:00", id="SOURCE_DATE_EPOCH"),
        pytest.param(["--as-of", "2026-12-24"], "1795422600", "2026-11-23 08:30:00", id="both"),
    ],
)
def test_a_calendar_says_when_it_was_made(
    files: Path, options: list[str], epoch: str, stamp: str
) -> None:
    variables = {"SOURCE_DATE_EPOCH": epoch}
    result = run("render", "bees.yaml", "--to", "ics", *options, cwd=files, variables=variables)
    assert result == Result(0, "", "Wrote bees.ics\n")
    assert stamps(files / "bees.ics") == {stamp}


@pytest.mark.parametrize("epoch", ["today", "-1", "1.5", "٣", "9" * 30])
def test_a_moment_that_is_none_is_refused(files: Path, epoch: str) -> None:
    before = names_in(files)
    variables = {"SOURCE_DATE_EPOCH": epoch}
    assert run("render", "bees.yaml", "--to", "ics", cwd=files, variables=variables) == Result(
        2,
        "",
        f"SOURCE_DATE_EPOCH is {epoch!r}, which is no number of seconds since 1970. Correct it, or "
        "unset it.\n",
    )
    assert names_in(files) == before


def test_what_is_late_says_so_on_the_day_of_as_of(files: Path) -> None:
    run("render", "bees.yaml", "--to", "ics", "--as-of", "2026-10-16", cwd=files)
    calendar = icalendar.Calendar.from_ical((files / "bees.ics").read_bytes())
    notes = [str(event["DESCRIPTION"]).splitlines() for event in calendar.events]
    assert [lines[2:3] for lines in notes] == [[], ["Status: planned, late"]]


def test_the_library_of_calendars_is_not_imported_before_one_is_wanted(files: Path) -> None:
    check = (
        "import sys; from cop_roadmap import api, cli;"
        "api.render(api.load('bees.yaml'), 'md');"
        "early = 'icalendar' in sys.modules;"
        "api.render(api.load('bees.yaml'), 'ics');"
        "sys.exit(early or 'icalendar' not in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", check], cwd=files, check=False).returncode == 0
