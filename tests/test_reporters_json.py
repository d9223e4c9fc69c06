"""The report for programs: everything that was found, and nothing that a program must guess."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from cop_roadmap import __version__
from cop_roadmap.diagnostics import Diagnostic, Place
from cop_roadmap.reporters import ReportFormat, write
from tests.reports import (
    DIAGNOSTICS,
    GOLDENS,
    LOST_NAME,
    a_run,
    finding,
    in_file,
    report_of,
)
from tests.test_reporters_text import obeyed_in


def data_of(diagnostic: Diagnostic) -> Any:
    """Return what a program reads of a report of one finding."""
    return json.loads(write(report_of(diagnostic), ReportFormat.JSON))


def test_a_run_is_reported(golden: Callable[[Path, str], None], tmp_path: Path) -> None:
    golden(GOLDENS / "report.json", in_file(a_run(), ReportFormat.JSON, tmp_path))


def test_a_report_without_files_has_no_completeness() -> None:
    assert json.loads(write(report_of(), ReportFormat.JSON)) == {
        "version": 1,
        "tool": {"name": "coproadmap", "version": __version__},
        "diagnostics": [],
        "summary": {
            "passes": True,
            "files": 0,
            "errors": 0,
            "warnings": 0,
            "infos": 0,
            "completeness": None,
            "by_file": [],
        },
    }


def test_gaps_are_reported_whether_people_see_them_or_not() -> None:
    gap = finding("no-plan", "`vision` has no actions yet.", place=Place(2, 1, 2, 1), path="vision")
    data = data_of(gap)
    assert data["diagnostics"] == [
        {
            "rule": "no-plan",
            "severity": "info",
            "message": "`vision` has no actions yet.",
            "file": "a.yaml",
            "line": 2,
            "column": 1,
            "end_line": 2,
            "end_column": 1,
            "path": "vision",
            "hint": None,
        }
    ]
    assert data["summary"]["infos"] == 1


def test_files_are_named_as_the_user_names_them(tmp_path: Path) -> None:
    for name in ("a.yaml", "./a.yaml", "../a.yaml", str(tmp_path / "a.yaml"), "<stdin>"):
        assert data_of(finding(file=name))["diagnostics"][0]["file"] == name


def test_a_file_name_of_bytes_that_are_no_text_can_be_opened_again(tmp_path: Path) -> None:
    text = in_file(report_of(finding(file=LOST_NAME)), ReportFormat.JSON, tmp_path)
    assert json.loads(text)["diagnostics"][0]["file"] == LOST_NAME


@given(DIAGNOSTICS)
def test_whatever_a_file_holds_is_read_back(diagnostic: Diagnostic) -> None:
    read = data_of(diagnostic)["diagnostics"]
    place = diagnostic.place
    assert read == [
        {
            "rule": diagnostic.rule,
            "severity": diagnostic.severity.value,
            "message": diagnostic.message,
            "file": diagnostic.file,
            "line": place.line if place else None,
            "column": place.column if place else None,
            "end_line": place.end_line if place else None,
            "end_column": place.end_column if place else None,
            "path": diagnostic.path,
            "hint": diagnostic.hint,
        }
    ]


@pytest.mark.parametrize("wanted", [ReportFormat.JSON, ReportFormat.GITLAB, ReportFormat.SARIF])
@pytest.mark.parametrize("char", ["\x7f", "\x9b", "\u202e", "\u2028", "\U000e0041"])
def test_no_json_holds_what_a_terminal_obeys(wanted: ReportFormat, char: str) -> None:
    text = write(report_of(finding(message=f"a{char}b")), wanted)
    assert obeyed_in(text) <= {"\n"}
