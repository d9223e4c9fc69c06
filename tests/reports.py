"""One run of ``validate`` over several files, which the tests of all formats report."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import strategies as st

from cop_roadmap import loading, reporting, rules
from cop_roadmap.diagnostics import Diagnostic, Place, Severity
from cop_roadmap.files import Input
from cop_roadmap.report import Checked, Gates, Report, checked
from cop_roadmap.reporters import ReportFormat

ROOT = Path(__file__).parent.parent
GOLDENS = Path(__file__).parent / "goldens" / "reports"

# A space, an umlaut, a comma, a colon and a percent sign.
ODD_NAME = "plans/Vorstände 1,2: 50%.yaml"
MISSING_NAME = "plans/missing.yaml"
# Python's stand-in for a byte that is no UTF-8.
LOST_NAME = "plans/gr\udcfcn.yaml"

_BROKEN = """\
community:
  name: 図書館: 日本
  start: September 2026
sections:
  vision:
    answer: Nobody lives more than ten minutes from a library that is open.
    timeline:
      month_1: {action: Draft it,\tstatus: 👨‍👩‍👧‍👦 finished}
      month_13: Adopt it
    responsable: Core group
  vision: {}
"""

_LIBRARY = """\
community:
  name: Rural library network  #1 in the county
  start: 2027-01
sections:
  vision:
    timeline:
      month_1:
        - {action: Adopt the vision, due: 2027-03-18}
        - Print it
  results:
    answer: We count the visits.
    timeline:
      month_1: Count once
      month_6: Count again
lint:
  ignore:
    no-responsible: Assigned in March
    due-outside-period:
    repeated-text: Nothing is repeated any more
"""

# Each key tries to become something else in one of the formats, or on a terminal.
_HOSTILE = (
    r"""
community:
  name: Attackers
  "::error file=a.yaml,line=1::fixed": x
  "%0A::stop-commands::off": x
  "]]></failure></testcase>": x
  "| a | b |\n|---|---|": x
  "`<img src=x onerror=alert(1)>`": x
  "[a](javascript:b) <b>c</b> &amp; ![d](e)": x
  "</details></table>\\| **bold** ~~no~~": x
  "\e[31mred\e]8;;http://x\a": x
  "\L::error::\P\N\r\n::warning::": x
  "http://example.org www.example.org a@example.org #1 @all": x
""".lstrip()
    + ("  \u202elmay.repap: x\n")
)

TEXTS = {
    ODD_NAME: _BROKEN,
    "plans/library.yaml": _LIBRARY,
    "plans/complete.yaml": (ROOT / "examples" / "open-data-stewards.yaml").read_text("utf-8"),
    "plans/hostile.yaml": _HOSTILE,
}
# Without some gaps, of which there are hundreds.
GATES = Gates(ignore=frozenset({"no-answer", "no-plan", "creation-open"}))


def look_at(name: str, text: str, gates: Gates = GATES) -> Checked:
    """Check a text as if it stood in a file."""
    return checked(loading.examine(text.encode(), name), name, gates)


def a_run(gates: Gates = GATES) -> Report:
    """Check four texts, and a file that is not there."""
    files = [look_at(name, text, gates) for name, text in TEXTS.items()]
    missing = loading.examine_file(Input(MISSING_NAME, Path(MISSING_NAME)))
    return Report((*files, checked(missing, MISSING_NAME, gates)), gates, Path.cwd())


def report_of(*found: Diagnostic, gates: Gates | None = None, root: Path | None = None) -> Report:
    """Make a report of findings, in the order of their files."""
    names = dict.fromkeys(each.file for each in found)
    files = [
        Checked(name, tuple(each for each in found if each.file == name), None) for name in names
    ]
    return Report(tuple(files), gates or Gates(), root or Path.cwd())


def finding(
    rule: str = "unknown-key",
    message: str = "It is so.",
    file: str = "a.yaml",
    place: Place | None = None,
    path: str = "",
    hint: str | None = None,
    excerpt: str = "",
) -> Diagnostic:
    """Make a finding with the severity of its rule."""
    return Diagnostic(rule, rules.RULES[rule].severity, message, file, place, path, hint, excerpt)


def in_file(report: Report, wanted: ReportFormat, directory: Path) -> str:
    """Write a report to a file, and read what stands there."""
    path = directory / "report"
    reporting.deliver(report, reporting.Plan(ReportFormat.TEXT, report.root, path, wanted))
    return path.read_bytes().decode()


def installed(package: str, tool: Callable[[str], str]) -> Path:
    """Find a package that npm installs; without it a test is skipped, but fails in CI."""
    tool("node")
    path = ROOT / "tests" / "node" / "node_modules" / package
    if not path.exists():
        message = "needs `npm install --prefix tests/node --no-package-lock`"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    return path


# Texts that are likely to do harm, among all others.
_PIECES = (
    *("\x1b[31m", "\x9b", "\x1b]0;", "\a", "\u202e", "\ud800", "\n", "\r", "\x85", "\u2028", "\t"),
    *("[/x]", "[bold]", "[", "]", "\\", ":bee:", "名", "🐝", "a", " "),
    *("::", "%", "%0A", "\n::error::", ",", ":", "]]>", "<", "&amp;", "</testcase>", "\ufffe"),
    *("|", "`", "<img src=x>", "<!--", "**", "](x)", "http://a.b", "\0", "#", "{0}", '"'),
)
HARMFUL = st.text() | st.lists(st.sampled_from(_PIECES)).map("".join)
PLACES = st.none() | st.builds(
    lambda line, column, more, length: Place(line, column, line + more, column + length),
    st.integers(1, 10**6),
    st.integers(1, 200),
    st.integers(0, 3),
    st.integers(0, 200),
)
DIAGNOSTICS = st.builds(
    Diagnostic,
    rule=st.sampled_from(tuple(rules.RULES)),
    severity=st.sampled_from(Severity),
    message=HARMFUL,
    file=HARMFUL,
    place=PLACES,
    path=HARMFUL,
    hint=st.none() | HARMFUL,
    excerpt=HARMFUL,
)
