"""The summary of a step: Markdown that shows exactly the texts, whatever they are made of."""

import re
import subprocess
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from cop_roadmap import reporting
from cop_roadmap.diagnostics import Diagnostic, Place
from cop_roadmap.printing import printable
from cop_roadmap.report import Gates, Report
from cop_roadmap.reporters import ReportFormat
from cop_roadmap.reporters.locations import relative
from cop_roadmap.reporters.step_summary import write
from tests.reports import DIAGNOSTICS, GOLDENS, LOST_NAME, a_run, finding, report_of

ALL = Gates(lists_gaps=True)
# All that a summary is made of; no links, no pictures.
TAGS = {"h3", "p", "strong", "code", "details", "summary"} | {
    *("table", "thead", "tbody", "tr", "th", "td")
}
Row = list[str]
Render = Callable[..., str]


class _Page(HTMLParser):
    """Collects the names of a page's elements, and the texts of its tables."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.rows: list[Row] = []
        self._cell: list[str] | None = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag == "tr":
            self.rows.append([])
        if tag in ("th", "td"):
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td") and self._cell is not None:
            self.rows[-1].append(shown("".join(self._cell)))
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)


def shown(text: str) -> str:
    """Return what is seen of a text, without the backticks; white space is not compared."""
    return "".join(printable(text).replace("`", "").split())


def row_of(found: Diagnostic) -> Row:
    file = relative(found.file, Path.cwd())
    where = f"{file}:{found.place.line}" if found.place else file
    texts = (where, found.message, found.hint or "")
    return [found.severity.value, *map(shown, texts), found.rule]


def rendered(text: str) -> str:
    """Render Markdown with raw HTML, as GitHub does."""
    return str(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))


def test_a_run_is_reported(golden: Callable[[Path, str], None], tmp_path: Path) -> None:
    path = tmp_path / "summary"
    plan = reporting.Plan(ReportFormat.GITHUB, Path.cwd(), step_summary=path)
    reporting.deliver(a_run(), plan)
    golden(GOLDENS / "step-summary.md", path.read_text("utf-8"))


def test_a_run_without_findings() -> None:
    assert write(report_of()) == "\n\n### 0 files checked: no problems\n"


def test_gaps_are_folded_away_unless_they_are_asked_for() -> None:
    gap = finding("no-plan", "`vision` has no actions yet.", place=Place(2, 1, 2, 1))
    assert (
        write(report_of(gap))
        == """\


### 1 file checked: no problems

<details><summary>1 open</summary>

| Where | What |
| --- | --- |
| a.yaml:2 | <code>vision</code> has no actions yet. |

</details>
"""
    )
    assert (
        write(report_of(gap, gates=ALL))
        == """\


### 1 file checked: 1 gap

| Severity | Where | What | What to do | Rule |
| --- | --- | --- | --- | --- |
| info | a.yaml:2 | <code>vision</code> has no actions yet. |  | no-plan |
"""
    )


def test_a_file_name_of_bytes_that_are_no_text() -> None:
    assert "| plans/gr�n.yaml |" in write(report_of(finding(file=LOST_NAME)))


@pytest.mark.parametrize("rule", ["unknown-key", "no-plan"])
@pytest.mark.parametrize(
    ("number", "rows", "more"),
    [(500, 500, []), (501, 500, ["… and 1 more."]), (2500, 500, ["… and 2,000 more."])],
)
def test_long_tables_are_cut(rule: str, number: int, rows: int, more: list[str]) -> None:
    text = write(report_of(*[finding(rule)] * number))
    assert text.count("| It is so. |") == rows
    assert re.findall("^… and .*$", text, re.MULTILINE) == more
    # GitHub takes no more than a mebibyte.
    assert len(text.encode()) < 2**20


def test_the_largest_summary_fits() -> None:
    # The longest texts that files can get into messages, in signs that are escaped.
    worst = finding(message="`" + "*" * 41 + "`", file="*" * 255, hint="*" * 300)
    gap = finding("no-plan", message="`" + "*" * 41 + "`", file="*" * 255)
    assert len(write(report_of(*[worst] * 501, *[gap] * 501)).encode()) < 2**20


# ── what is seen ─────────────────────────────────────────────────────────────────────────────────


def check(report: Report, page: str) -> None:
    """Check that a page shows the texts of a report in its tables, and nothing else."""
    read = _Page(page)
    assert read.tags <= TAGS
    assert read.attributes == set()
    head = ["Severity", "Where", "What", "Whattodo", "Rule"]
    assert read.rows[: len(report.shown) + 1] == [head, *map(row_of, report.shown)]
    gaps = [found for found in report.diagnostics if found not in report.shown]
    assert read.rows[-len(gaps) :] == [row_of(found)[1:3] for found in gaps] or not gaps


def test_the_texts_of_a_run_are_seen() -> None:
    check(a_run(), rendered(write(a_run())))


@settings(deadline=None)
@given(DIAGNOSTICS)
def test_whatever_a_file_holds_is_seen(diagnostic: Diagnostic) -> None:
    report = report_of(diagnostic, gates=ALL)
    check(report, rendered(write(report)))


@pytest.fixture(scope="session")
def on_github(tool: Callable[[str], str]) -> Render:
    """Render Markdown with the program of GitHub."""
    command = [tool("cmark-gfm"), "--unsafe"]
    command += [part for name in ("table", "strikethrough") for part in ("-e", name)]

    def render(text: str, *more: str) -> str:
        done = subprocess.run(
            [*command, *more], input=text.encode(), capture_output=True, check=True
        )
        return done.stdout.decode()

    return render


@pytest.mark.slow
def test_the_texts_of_a_run_are_seen_on_github(on_github: Render) -> None:
    check(a_run(), on_github(write(a_run())))


def _batches() -> Iterator[Report]:
    """Yield reports of texts that are likely to become something else."""
    signs = "*_~`|\\<>&[]()!#-+=.:\"'@/ \n"
    for sign in signs:
        texts = (sign, sign * 2, sign * 4, f"{sign}a", f"a{sign}", f"a{sign}b{sign}c", f"`{sign}`")
        yield report_of(*(finding(message=text, hint=text, file=text) for text in texts))


@pytest.mark.slow
def test_every_sign_is_seen_on_github(on_github: Render) -> None:
    for report in _batches():
        check(report, on_github(write(report)))


@pytest.mark.slow
@settings(deadline=None)
@given(diagnostic=DIAGNOSTICS)
def test_whatever_a_file_holds_is_seen_on_github(on_github: Render, diagnostic: Diagnostic) -> None:
    report = report_of(diagnostic, gates=ALL)
    check(report, on_github(write(report)))


@pytest.mark.slow
@pytest.mark.parametrize(
    "address",
    [
        pytest.param("http://example.org"),
        pytest.param("a@example.org"),
        "www.example.org",
    ],
)
def test_no_address_becomes_a_link_on_github(on_github: Render, address: str) -> None:
    report = report_of(finding(message=f"`{address}` is not a key of `community`."))
    check(report, on_github(write(report), "-e", "autolink"))
