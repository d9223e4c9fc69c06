"""The report for code scanning: SARIF, which a schema and Microsoft's own tool accept."""

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from hypothesis import assume, given

from cop_roadmap import manual, rules
from cop_roadmap.diagnostics import Diagnostic, Place
from cop_roadmap.report import Gates, Report
from cop_roadmap.reporters import ReportFormat, write
from cop_roadmap.reporters.locations import relative
from cop_roadmap.reporters.text import sentence
from tests.reports import (
    DIAGNOSTICS,
    GOLDENS,
    LOST_NAME,
    ODD_NAME,
    a_run,
    finding,
    in_file,
    installed,
    report_of,
)

ALL = Gates(lists_gaps=True)
PACKAGE = "@microsoft/sarif-multitool-linux"


def log_of(report: Report) -> Any:
    """Return the log that code scanning reads."""
    return json.loads(write(report, ReportFormat.SARIF))


def result_of(found: Diagnostic, root: Path | None = None) -> Any:
    """Return the only result for a finding."""
    (result,) = log_of(report_of(found, gates=ALL, root=root))["runs"][0]["results"]
    return result


def test_a_run_is_reported(golden: Callable[[Path, str], None], tmp_path: Path) -> None:
    log = json.loads(in_file(a_run(), ReportFormat.SARIF, tmp_path))
    # The rules are compared in another test.
    log["runs"][0]["tool"]["driver"]["rules"] = "…"
    golden(GOLDENS / "report.sarif", json.dumps(log, ensure_ascii=False, indent=2) + "\n")


def test_all_rules_are_explained() -> None:
    levels = {"error": "error", "warning": "warning", "info": "note"}
    assert log_of(report_of())["runs"][0]["tool"]["driver"]["rules"] == [
        {
            "id": rule.name,
            "shortDescription": {"text": rule.summary},
            "fullDescription": {"text": rule.explanation},
            "help": {"text": manual.as_text(rule), "markdown": manual.as_markdown(rule)},
            "defaultConfiguration": {"level": levels[rule.severity]},
        }
        for rule in rules.RULES.values()
    ]


def test_a_run_without_findings_has_no_results() -> None:
    assert log_of(report_of())["runs"][0]["results"] == []


@pytest.mark.parametrize("name", rules.RULES)
def test_a_result_points_at_its_rule(name: str) -> None:
    result = result_of(finding(name))
    described = log_of(report_of())["runs"][0]["tool"]["driver"]["rules"][result["ruleIndex"]]
    level = described["defaultConfiguration"]["level"]
    assert (described["id"], level) == (result["ruleId"], result["level"]) == (name, level)


def test_a_result_says_what_and_where() -> None:
    place = Place(3, 5, 4, 9)
    result = result_of(finding(place=place, path="sections.vision", hint="Mend it."))
    assert re.fullmatch("[0-9a-f]{64}", result.pop("partialFingerprints")["coproadmapFinding/v1"])
    assert result == {
        "ruleId": "unknown-key",
        "ruleIndex": list(rules.RULES).index("unknown-key"),
        "level": "error",
        "message": {"text": "It is so. Mend it."},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "a.yaml"},
                    "region": {"startLine": 3, "startColumn": 5, "endLine": 4, "endColumn": 9},
                },
                "logicalLocations": [{"fullyQualifiedName": "sections.vision"}],
            }
        ],
    }


def test_what_is_about_a_file_as_a_whole_stands_at_its_beginning() -> None:
    assert result_of(finding("cannot-read"))["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "a.yaml"},
                "region": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1},
            }
        }
    ]


def test_gaps_are_reported_where_they_are_asked_for() -> None:
    gap = finding("no-plan")
    assert log_of(report_of(gap))["runs"][0]["results"] == []
    assert result_of(gap)["level"] == "note"


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        pytest.param("/root/a.yaml", "a.yaml", id="below the root"),
        pytest.param("/root/b/../c/a.yaml", "c/a.yaml", id="by a detour"),
        pytest.param("/other/ä.yaml", "file:///other/%C3%A4.yaml", id="elsewhere"),
        pytest.param("<stdin>", "%3Cstdin%3E", id="standard input"),
        pytest.param(
            f"/root/{ODD_NAME}",
            "plans/Vorst%C3%A4nde%201%2C2%3A%2050%25.yaml",
            id="signs that addresses are made of",
        ),
        pytest.param("/root/a:b#c?d.yaml", "a%3Ab%23c%3Fd.yaml", id="what could be a scheme"),
        pytest.param(
            f"/root/{LOST_NAME}",
            "plans/gr%FCn.yaml",
            id="bytes that are no text",
        ),
    ],
)
def test_files_are_addresses_from_the_root(file: str, uri: str) -> None:
    location = result_of(finding(file=file), Path("/root"))["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": uri}


def test_no_text_of_a_file_becomes_a_link() -> None:
    # What begins with an unescaped bracket may be a link: SARIF 2.1.0, section 3.11.6.
    message = result_of(finding(message="`[Mend it](http://evil.example)` is not a key."))[
        "message"
    ]
    assert not re.search(r"(?<!\\)\[[^\]]+\]\(", message["text"])


@given(DIAGNOSTICS)
def test_whatever_a_file_holds_is_read_back(diagnostic: Diagnostic) -> None:
    # No name of a file holds any surrogate but those that stand for bytes.
    assume(not re.search("[\ud800-\udc7f\udd00-\udfff]", diagnostic.file))
    result = result_of(diagnostic)
    assert result["ruleId"] == diagnostic.rule
    assert re.sub(r"\\(.)", r"\1", result["message"]["text"]) == sentence(diagnostic)
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[\w.~/%:-]+", uri, re.ASCII)
    assert unquote(uri.removeprefix("file://")) == relative(diagnostic.file, Path.cwd())


# ── what others demand of it ─────────────────────────────────────────────────────────────────────

# What a reader would trip over, each found by the schema, by the tool, or by both.
BROKEN: list[tuple[str, Callable[[Any], object], bool, bool]] = [
    ("a level", lambda run: run["results"][0].update(level="bad"), True, True),
    ("no text", lambda run: run["results"][0]["message"].pop("text"), True, True),
    ("an address", lambda run: artifact(run).update(uri="a b"), False, True),
    ("the rule's number", lambda run: run["results"][0].update(ruleIndex=999), False, True),
]


def artifact(run: Any) -> Any:
    return run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]


@pytest.fixture
def is_valid(tool: Callable[[str], str]) -> Callable[[Any], bool]:
    """Validate a log with the schema of SARIF."""
    schema = json.loads((installed(PACKAGE, tool) / "sarif-2.1.0.json").read_text("utf-8-sig"))
    return jsonschema.Draft202012Validator(schema).is_valid


@pytest.fixture
def complaints(tool: Callable[[str], str], tmp_path: Path) -> Callable[[Any], list[str]]:
    """Let Microsoft's tool look at a log, with its rules for all and for GitHub."""

    def look(log: Any) -> list[str]:
        (tmp_path / "report.sarif").write_text(json.dumps(log), "utf-8")
        program = installed(PACKAGE, tool) / "Sarif.Multitool"
        command = [str(program), "validate", "report.sarif", "--rule-kind", "Sarif;Gh"]
        command += [
            "--level",
            "Error;Warning",
            "--output",
            "found.sarif",
            "--log",
            "ForceOverwrite",
        ]
        # Its exit code means nothing.
        subprocess.run(
            command,
            cwd=tmp_path,
            capture_output=True,
            check=False,
            env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
        )
        found = json.loads((tmp_path / "found.sarif").read_text("utf-8-sig"))
        return [result["ruleId"] for result in found["runs"][0]["results"]]

    return look


# The tool has no page on the network that `informationUri` could name.
TOLERATED = ["SARIF2005"]


@pytest.mark.slow
def test_the_schema_accepts_the_report(is_valid: Callable[[Any], bool]) -> None:
    assert is_valid(log_of(a_run(ALL)))


@pytest.mark.slow
def test_the_tool_accepts_the_report(complaints: Callable[[Any], list[str]]) -> None:
    assert complaints(log_of(a_run(ALL))) == TOLERATED


@pytest.mark.slow
@pytest.mark.parametrize(
    ("spoil", "in_schema", "in_tool"),
    [pytest.param(*rest, id=name) for name, *rest in BROKEN],
)
def test_a_broken_report_is_refused(
    is_valid: Callable[[Any], bool],
    complaints: Callable[[Any], list[str]],
    spoil: Callable[[Any], object],
    in_schema: bool,
    in_tool: bool,
) -> None:
    log = log_of(a_run())
    spoil(log["runs"][0])
    assert is_valid(log) is not in_schema
    assert (complaints(log) != TOLERATED) is in_tool
