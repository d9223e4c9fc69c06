"""Where the report of a run goes."""

import json
import os
import stat
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from cop_roadmap import reporters, reporting
from cop_roadmap.diagnostics import Misuse
from cop_roadmap.files import CannotWrite, Input
from cop_roadmap.report import Report
from cop_roadmap.reporters import ReportFormat, step_summary
from cop_roadmap.reporting import Plan
from tests.reports import LOST_NAME, finding, report_of

TEXT, JSON, GITHUB, GITLAB, SARIF, JUNIT = ReportFormat
HERE = Path.cwd()
ACTIONS = {"GITHUB_ACTIONS": "true"}
STEP = {
    **ACTIONS,
    "GITHUB_WORKSPACE": "/home/runner/repo",
    "GITHUB_STEP_SUMMARY": "/home/runner/summary",
}
REPO, SUMMARY = Path("/home/runner/repo"), Path("/home/runner/summary")


def plan(
    wanted: ReportFormat | None = None,
    file: str | None = None,
    environment: dict[str, str] | None = None,
    inputs: tuple[str, ...] = (),
) -> Plan:
    given = [Input(name, None if name == "<stdin>" else Path(name)) for name in inputs]
    return reporting.plan(given, wanted, Path(file) if file else None, environment or {})


# ── planning ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("wanted", "environment", "expected"),
    [
        pytest.param(None, {}, Plan(TEXT, HERE), id="at home: text"),
        pytest.param(SARIF, {}, Plan(SARIF, HERE), id="at home: what is asked for"),
        pytest.param(GITHUB, {}, Plan(GITHUB, HERE), id="at home: annotations, to look at them"),
        pytest.param(None, ACTIONS, Plan(GITHUB, HERE), id="in actions: annotations"),
        pytest.param(
            None, STEP, Plan(GITHUB, REPO, step_summary=SUMMARY), id="in actions: a summary, too"
        ),
        pytest.param(TEXT, STEP, Plan(TEXT, REPO), id="in actions: text, if it is asked for"),
        pytest.param(JSON, STEP, Plan(JSON, REPO), id="in actions: JSON, if it is asked for"),
        pytest.param(
            GITHUB,
            {"GITHUB_STEP_SUMMARY": "/home/runner/summary"},
            Plan(GITHUB, HERE, step_summary=SUMMARY),
            id="on another runner that has summaries",
        ),
        pytest.param(
            None, {**ACTIONS, "GITHUB_STEP_SUMMARY": ""}, Plan(GITHUB, HERE), id="no summary"
        ),
        pytest.param(None, {"GITHUB_ACTIONS": "false"}, Plan(TEXT, HERE), id="not in actions"),
        pytest.param(
            GITLAB, {"CI_PROJECT_DIR": "/builds/a"}, Plan(GITLAB, Path("/builds/a")), id="GitLab"
        ),
        pytest.param(
            None,
            {"CI_PROJECT_DIR": "/builds/a", "GITLAB_CI": "true"},
            Plan(TEXT, Path("/builds/a")),
            id="GitLab: people read the log",
        ),
        pytest.param(
            None, {"GITHUB_WORKSPACE": "", "CI_PROJECT_DIR": ""}, Plan(TEXT, HERE), id="no root"
        ),
        pytest.param(
            None, {"GITHUB_WORKSPACE": "repo/../b"}, Plan(TEXT, HERE / "b"), id="a root from here"
        ),
    ],
)
def test_where_a_report_goes(
    wanted: ReportFormat | None, environment: dict[str, str], expected: Plan
) -> None:
    assert plan(wanted, None, environment) == expected


@pytest.mark.parametrize(
    ("wanted", "file", "in_file"),
    [
        pytest.param(None, "r.json", JSON, id="JSON by its ending"),
        pytest.param(None, "r.sarif", SARIF, id="SARIF by its ending"),
        pytest.param(None, "r.xml", JUNIT, id="JUnit by its ending"),
        pytest.param(None, "r.txt", TEXT, id="text by its ending"),
        pytest.param(None, "R.SARIF", SARIF, id="an ending in capitals"),
        pytest.param(None, "a.b/r.sarif.json", JSON, id="the last of several endings"),
        pytest.param(GITLAB, "r.json", GITLAB, id="the format outweighs the ending"),
        pytest.param(SARIF, "r", SARIF, id="no ending"),
        pytest.param(GITHUB, "/dev/stderr", GITHUB, id="no file"),
    ],
)
@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        pytest.param({}, Plan(TEXT, HERE), id="people read the terminal"),
        pytest.param(STEP, Plan(GITHUB, REPO, step_summary=SUMMARY), id="and actions the log"),
    ],
)
def test_a_report_goes_into_a_file_as_well(
    wanted: ReportFormat | None,
    file: str,
    in_file: ReportFormat,
    environment: dict[str, str],
    expected: Plan,
) -> None:
    assert plan(wanted, file, environment) == Plan(
        expected.on_terminal, expected.root, Path(file), in_file, expected.step_summary
    )


@pytest.mark.parametrize("file", ["report", "r.yaml", "r.md", "json", ".json"])
def test_an_ending_must_tell_the_format(file: str) -> None:
    with pytest.raises(Misuse) as misuse:
        plan(None, file)
    assert str(misuse.value) == (
        f"Say with --format how to write {file}, or give it one of the endings .json, .sarif, "
        ".xml, .txt."
    )


@pytest.mark.parametrize("file", ["a.yaml", "./a.yaml", "b/../a.yaml", "link.yaml", "hard/a.yaml"])
@pytest.mark.parametrize("wanted", [None, JSON])
def test_a_report_does_not_replace_a_roadmap(
    file: str, wanted: ReportFormat | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").touch()
    Path("b").mkdir()
    Path("link.yaml").symlink_to("a.yaml")
    Path("hard").symlink_to(".")
    with pytest.raises(Misuse) as misuse:
        plan(wanted, file, inputs=("<stdin>", "c.yaml", str(tmp_path / "a.yaml")))
    assert str(misuse.value) == (
        f"{Path(file)} is a roadmap itself, and would be replaced. Choose another name."
    )


def test_a_report_may_stand_beside_roadmaps(tmp_path: Path) -> None:
    file = str(tmp_path / "a.json")
    assert plan(None, file, inputs=("<stdin>", str(tmp_path / "a.yaml"))).in_file is JSON


# ── delivering ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def report() -> Report:
    return report_of(finding(message="Grün 日本", file=LOST_NAME))


def to_file(path: Path, wanted: ReportFormat = TEXT) -> Plan:
    return Plan(TEXT, HERE, path, wanted)


@pytest.mark.parametrize("wanted", ReportFormat)
def test_a_file_holds_the_report_in_utf8(wanted: ReportFormat, tmp_path: Path) -> None:
    report = report_of(finding(message="Grün 日本"))
    reporting.deliver(report, to_file(tmp_path / "r", wanted))
    assert (tmp_path / "r").read_bytes() == reporters.write(report, wanted).encode()
    assert "日本" in (tmp_path / "r").read_text("utf-8")


def test_without_a_file_nothing_is_written(report: Report, tmp_path: Path) -> None:
    reporting.deliver(report, Plan(TEXT, tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_bytes_that_are_no_text_become_escapes(report: Report, tmp_path: Path) -> None:
    reporting.deliver(report, to_file(tmp_path / "r", JSON))
    text = (tmp_path / "r").read_text("utf-8")
    assert r"gr\udcfcn.yaml" in text
    assert json.loads(text)["diagnostics"][0]["file"] == LOST_NAME


def test_directories_are_made(report: Report, tmp_path: Path) -> None:
    reporting.deliver(report, to_file(tmp_path / "a" / "b" / "r"))
    assert [path.name for path in (tmp_path / "a" / "b").iterdir()] == ["r"]


def test_a_file_is_replaced_in_one_step(
    report: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r"
    path.write_text("old")
    path.chmod(0o640)

    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", fail)
        with pytest.raises(CannotWrite) as failure:
            reporting.deliver(report, to_file(path))
    assert str(failure.value) == f"{path} cannot be written: Input/output error."
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("r", "old")]

    reporting.deliver(report, to_file(path))
    assert [each.name for each in tmp_path.iterdir()] == ["r"]
    assert path.read_text("utf-8").endswith("1 file checked: 1 error.\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_summary_is_added_to_what_other_commands_wrote(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "summary"
    path.write_text("# Before\n")
    for _ in range(2):
        reporting.deliver(report, Plan(GITHUB, HERE, step_summary=path))
    assert path.read_text("utf-8") == "# Before\n" + step_summary.write(report) * 2


@pytest.mark.parametrize("before", ["no end of line", "</details>\n"])
def test_a_summary_is_no_part_of_what_stands_before_it(before: str, tmp_path: Path) -> None:
    path = tmp_path / "summary"
    path.write_text(before)
    reporting.deliver(report_of(finding()), Plan(GITHUB, HERE, step_summary=path))
    page = MarkdownIt("commonmark").render(path.read_text("utf-8"))
    assert "<h3>1 file checked: 1 error</h3>" in page


def test_file_and_summary_are_written_both(report: Report, tmp_path: Path) -> None:
    file, summary = tmp_path / "r.json", tmp_path / "summary"
    reporting.deliver(report, Plan(GITHUB, HERE, file, JSON, summary))
    assert {path.name for path in tmp_path.iterdir()} == {"r.json", "summary"}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("directory", "Is a directory", id="a directory"),
        pytest.param("file/r", "Not a directory", id="below a file"),
        pytest.param("x" * 300, "File name too long", id="too long a name"),
    ],
)
@pytest.mark.parametrize("as_summary", [True, False])
def test_what_cannot_be_written_is_said(
    name: str,
    reason: str,
    as_summary: bool,
    report: Report,
    tmp_path: Path,
) -> None:
    (tmp_path / "directory").mkdir()
    (tmp_path / "file").touch()
    path = tmp_path / name
    where = Plan(GITHUB, HERE, step_summary=path) if as_summary else to_file(path)
    with pytest.raises(CannotWrite) as failure:
        reporting.deliver(report, where)
    assert str(failure.value) == f"{path} cannot be written: {reason}."
