"""The report for GitLab: what a merge request shows as code quality."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from cop_roadmap.diagnostics import Diagnostic, Place
from cop_roadmap.report import Gates, Report
from cop_roadmap.reporters import ReportFormat, write
from cop_roadmap.reporters.text import sentence
from tests.reports import (
    DIAGNOSTICS,
    GOLDENS,
    LOST_NAME,
    a_run,
    finding,
    in_file,
    installed,
    look_at,
    report_of,
)

ALL = Gates(lists_gaps=True)

# What GitLab reads of an issue of Code Climate.
_TYPE = """\
import type { Issue } from 'codeclimate-types'
type Read = Pick<Issue, 'description' | 'check_name' | 'location'>
  & Required<Pick<Issue, 'fingerprint' | 'severity'>> & Partial<Issue>
export const report: Read[] =
"""


def issues_of(report: Report) -> Any:
    """Return the issues that GitLab reads."""
    return json.loads(write(report, ReportFormat.GITLAB))


def test_a_run_is_reported(golden: Callable[[Path, str], None], tmp_path: Path) -> None:
    golden(GOLDENS / "report.gitlab.json", in_file(a_run(), ReportFormat.GITLAB, tmp_path))


def test_a_run_without_findings_is_an_empty_list() -> None:
    assert write(report_of(), ReportFormat.GITLAB) == "[]\n"


def test_an_issue_says_what_and_where_and_how_bad() -> None:
    found = finding(message="It is so.", hint="Mend it.", place=Place(3, 5, 4, 9), excerpt="  abc")
    (issue,) = issues_of(report_of(found))
    assert len(issue.pop("fingerprint")) == 64
    assert issue == {
        "description": "It is so. Mend it.",
        "check_name": "unknown-key",
        "severity": "major",
        "location": {"path": "a.yaml", "lines": {"begin": 3, "end": 4}},
    }


@pytest.mark.parametrize(
    ("rule", "severity"),
    [("unknown-key", "major"), ("stops-early", "minor"), ("no-plan", "info")],
)
def test_severities(rule: str, severity: str) -> None:
    (issue,) = issues_of(report_of(finding(rule), gates=ALL))
    assert issue["severity"] == severity


def test_gaps_are_reported_where_they_are_asked_for() -> None:
    gap = finding("no-plan")
    assert issues_of(report_of(gap)) == []
    assert len(issues_of(report_of(gap, gates=ALL))) == 1


def test_what_is_about_a_file_as_a_whole_stands_on_its_first_line() -> None:
    (issue,) = issues_of(report_of(finding("cannot-read")))
    assert issue["location"] == {"path": "a.yaml", "lines": {"begin": 1, "end": 1}}


def test_a_text_of_several_lines_ends_on_its_last_line() -> None:
    text = """\
community:
  name: Data stewards
sections:
  core_group:
    answer: |
      How will you get the core group to steer the community?
  vision:
    answer: Data
"""
    (issue,) = issues_of(Report((look_at("a.yaml", text),), Gates(), Path.cwd()))
    assert issue["check_name"] == "question-as-answer"
    assert issue["location"]["lines"] == {"begin": 5, "end": 6}


def test_fingerprints_are_unique() -> None:
    issues = issues_of(a_run(ALL))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) > 100


def test_a_file_name_of_bytes_that_are_no_text(tmp_path: Path) -> None:
    text = in_file(report_of(finding(file=LOST_NAME)), ReportFormat.GITLAB, tmp_path)
    assert json.loads(text)[0]["location"]["path"] == LOST_NAME


def test_a_description_is_a_single_line() -> None:
    # https://github.com/codeclimate/platform/blob/master/spec/analyzers/SPEC.md#descriptions
    for issue in issues_of(a_run()):
        assert len(issue["description"].splitlines()) == 1


@given(DIAGNOSTICS)
def test_whatever_a_file_holds_is_read_back(diagnostic: Diagnostic) -> None:
    (issue,) = issues_of(report_of(diagnostic, gates=ALL))
    assert issue["check_name"] == diagnostic.rule
    assert issue["description"] == sentence(diagnostic)


# ── the types that others have written down ──────────────────────────────────────────────────────


@pytest.fixture
def compiled(
    tool: Callable[[str], str], tmp_path: Path
) -> Callable[[str], subprocess.CompletedProcess[str]]:
    """Compile a report as a constant of its type."""

    def compile_(report: str) -> subprocess.CompletedProcess[str]:
        compiler = installed("typescript", tool)
        (tmp_path / "node_modules").symlink_to(compiler.parent)
        (tmp_path / "report.ts").write_text(_TYPE + report, "utf-8")
        command = [tool("node"), str(compiler / "bin" / "tsc"), "--noEmit", "--strict", "report.ts"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    return compile_


Compile = Callable[[str], "subprocess.CompletedProcess[str]"]


@pytest.mark.slow
def test_the_report_has_the_types_of_code_climate(compiled: Compile) -> None:
    done = compiled(write(a_run(ALL), ReportFormat.GITLAB))
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        pytest.param('"severity": "major"', '"severity": "bad"', id="a severity"),
        pytest.param('"fingerprint"', '"fingerprints"', id="a key"),
        pytest.param('"begin": 2', '"begin": "2"', id="a line"),
    ],
)
def test_a_broken_report_has_not(compiled: Compile, right: str, wrong: str) -> None:
    text = write(a_run(), ReportFormat.GITLAB)
    assert right in text
    done = compiled(text.replace(right, wrong))
    assert done.returncode != 0
    assert "report.ts" in done.stdout
