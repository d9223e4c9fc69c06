"""The report for GitHub Actions: commands that annotate lines, read as the runner reads them."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given

from cop_roadmap.diagnostics import Diagnostic, Place
from cop_roadmap.report import Gates
from cop_roadmap.reporters import ReportFormat, write
from cop_roadmap.reporters.github import annotations
from cop_roadmap.reporters.text import sentence
from tests.reports import (
    DIAGNOSTICS,
    GOLDENS,
    LOST_NAME,
    a_run,
    finding,
    in_file,
    installed,
    report_of,
)

HERE = Path.cwd()
Command = tuple[str, dict[str, str], str]


def read(line: str) -> Command:
    """Read a command as the runner does: its level, its properties, and its message.

    See ActionCommand.TryParseV2 of https://github.com/actions/runner.
    """
    before, info, message = line.split("::", 2)
    assert not before
    level, _, listed = info.partition(" ")
    properties = dict(entry.split("=", 1) for entry in listed.split(","))
    return level, {name: _plain(text) for name, text in properties.items()}, _plain(message)


def _plain(text: str) -> str:
    for char in "\r\n:,%":
        text = text.replace(f"%{ord(char):02X}", char)
    return text


def command(diagnostic: Diagnostic, root: Path = HERE) -> Command:
    """Return the only command for a finding."""
    text = annotations([diagnostic], root)
    assert text.endswith("\n")
    assert len(text.splitlines()) == 1
    return read(text.removesuffix("\n"))


def test_a_run_is_reported(golden: Callable[[Path, str], None], tmp_path: Path) -> None:
    golden(GOLDENS / "report.github.txt", in_file(a_run(), ReportFormat.GITHUB, tmp_path))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(
            finding(place=Place(3, 5, 3, 9), path="a.b", hint="Mend it.", excerpt="    abcd"),
            (
                "error",
                {
                    "title": "unknown-key",
                    "file": "a.yaml",
                    "line": "3",
                    "endLine": "3",
                    "col": "5",
                    "endColumn": "9",
                },
                "a.yaml:3:5: It is so. Mend it.",
            ),
            id="an error",
        ),
        pytest.param(
            finding("stops-early", place=Place(3, 5, 5, 1), excerpt="    abcd"),
            (
                "warning",
                {
                    "title": "stops-early",
                    "file": "a.yaml",
                    "line": "3",
                    "endLine": "3",
                    "col": "5",
                    "endColumn": "9",
                },
                "a.yaml:3:5: It is so.",
            ),
            id="of several lines, the first is marked",
        ),
        pytest.param(
            finding("no-plan", place=Place(3, 5, 3, 5)),
            (
                "notice",
                {
                    "title": "no-plan",
                    "file": "a.yaml",
                    "line": "3",
                    "endLine": "3",
                    "col": "5",
                    "endColumn": "5",
                },
                "a.yaml:3:5: It is so.",
            ),
            id="a gap, and a place without width",
        ),
        pytest.param(
            finding("cannot-read"),
            ("error", {"title": "cannot-read", "file": "a.yaml"}, "a.yaml: It is so."),
            id="about the file as a whole",
        ),
        pytest.param(
            finding("cannot-read", "100 %\n::error::\r", file="b c,d:e=f%0A.yaml"),
            (
                "error",
                {"title": "cannot-read", "file": "b c,d:e=f%0A.yaml"},
                "b c,d:e=f%0A.yaml: 100 % ::error::",
            ),
            id="what commands are made of",
        ),
        pytest.param(
            finding("cannot-read", file=LOST_NAME),
            (
                "error",
                {"title": "cannot-read", "file": "plans/gr�n.yaml"},
                "plans/gr�n.yaml: It is so.",
            ),
            id="a file name of bytes that are no text",
        ),
    ],
)
def test_a_finding_is_a_command(found: Diagnostic, expected: Command) -> None:
    assert command(found) == expected


def test_files_are_named_from_the_root(tmp_path: Path) -> None:
    inside, outside = str(tmp_path / "plans" / "a.yaml"), "/elsewhere/a.yaml"
    assert command(finding(file=inside), tmp_path)[1]["file"] == "plans/a.yaml"
    assert command(finding(file=outside), tmp_path)[1]["file"] == outside


def test_gaps_are_no_annotations_unless_they_are_asked_for() -> None:
    gap = finding("no-plan")
    hidden = write(report_of(gap), ReportFormat.GITHUB)
    assert hidden == "1 file checked: no problems; 1 gap (--gaps shows what is open).\n"
    shown = write(report_of(gap, gates=Gates(lists_gaps=True)), ReportFormat.GITHUB)
    assert shown == (
        "::notice title=no-plan,file=a.yaml::a.yaml: It is so.\n1 file checked: 1 gap.\n"
    )


@given(DIAGNOSTICS)
def test_whatever_a_file_holds_is_one_command(diagnostic: Diagnostic) -> None:
    level, properties, message = command(diagnostic)
    assert level in ("error", "warning", "notice")
    assert properties["title"] == diagnostic.rule
    assert {*properties} <= {"title", "file", "line", "endLine", "col", "endColumn"}
    assert message.endswith(sentence(diagnostic))


# ── what GitHub's own library writes ─────────────────────────────────────────────────────────────

# Findings come as lists of a level, properties and a message.
_SCRIPT = """
import * as core from '@actions/core'
import { readFileSync } from 'node:fs'
for (const [level, properties, message] of JSON.parse(readFileSync(0, 'utf-8')))
  core[level](message, properties)
"""
_NAMES = {"line": "startLine", "col": "startColumn"}


@pytest.mark.slow
def test_the_library_of_github_writes_the_same(tool: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path / "node_modules").symlink_to(installed("@actions/core", tool).parent.parent)
    report = a_run(Gates(lists_gaps=True))
    ours = annotations(report.diagnostics, report.root)
    commands = [
        (level, {_NAMES.get(name, name): text for name, text in properties.items()}, message)
        for level, properties, message in map(read, ours.splitlines())
    ]
    assert len(commands) > 100
    done = subprocess.run(
        [tool("node"), "--input-type=module", "-e", _SCRIPT],
        input=json.dumps(commands).encode(),
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode() == ours
