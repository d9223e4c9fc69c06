"""The chart of the timeline: one bar an action, whatever its words, beside the table."""

import json
import os
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import cop_roadmap
from cop_roadmap import canvas
from cop_roadmap.gantt import as_mermaid
from cop_roadmap.roadmap import Roadmap
from cop_roadmap.view import make

ROOT = Path(__file__).parent.parent
NODE = ROOT / "tests" / "node"

# A name that is too long, names with a meaning in Mermaid, in HTML and in Markdown, and as drawn.
NAMES = {
    "a: b; c # d, e": "a: b; c # d, e",
    "#35; #quot; &amp;lt;": "#35; #quot; &lt;",
    "\"a\" 'b' `": "\"a\" 'b' `",
    "%% a %%{init: {}}%%": "%% a %%{init: {}}%%",
    "end": "end",
    "section": "section",
    "title x": "title x",
    "click a call b()": "click a call b()",
    "a\nb\u2028c": "a b c",
    "🎉 Ωμέγα 漢字": "🎉 Ωμέγα 漢字",
    "<script>alert(1)</script>": "<script>alert(1)</script>",
    "**a** [b](https://e.org) `c` <br>": "a b c <br>",
    "done, 2026-01-01, 1d": "done, 2026-01-01, 1d",
    "a\\nb \\u0041": "a\\nb \\u0041",
    "word " * 1000: f"{('word ' * 12)[:59].rstrip()}…",
}


def roadmap_of(actions: list[Any], start: str = "") -> Roadmap:
    timeline = {"months_7_to_9": actions}
    return Roadmap.model_validate(
        {
            "community": {"name": "Bees", "start": start},
            "sections": {"vision": {"timeline": timeline}},
        }
    )


ACTIONS = [
    {"action": "Meet", "status": "done"},
    {"action": "Read", "status": "in_progress", "due": "2027-04-10"},
    {"action": "Write", "due": "2026-12-31"},
    {"action": "Sing", "status": "dropped"},
]


def test_a_chart_has_the_months_of_the_calendar() -> None:
    assert as_mermaid(make(roadmap_of(ACTIONS, "2026-09"))) == (
        "---\n"
        "config:\n"
        "  gantt:\n"
        "    leftPadding: 190\n"
        "    topAxis: true\n"
        "---\n"
        "gantt\n"
        "    accTitle: Timeline\n"
        "    accDescr: Each action of the timeline as a bar, but for those that were dropped. "
        "The table says more.\n"
        "    todayMarker off\n"
        "    dateFormat YYYY-MM-DD\n"
        "    axisFormat %Y-%m\n"
        "    tickInterval 1month\n"
        "    section 1 Vision\n"
        "    1.1 Meet :done, 2027-03-01, 2027-06-01\n"
        "    1.1 Read :active, 2027-03-01, 2027-04-11\n"
        "    1.1 Write :2027-03-01, 2027-06-01"
    )


def test_on_a_day_the_chart_marks_what_is_late() -> None:
    lines = as_mermaid(make(roadmap_of(ACTIONS, "2026-09"), date(2027, 4, 11))).splitlines()
    assert [line.strip() for line in lines[14:]] == [
        "1.1 Meet :done, 2027-03-01, 2027-06-01",
        "1.1 Read :crit, active, 2027-03-01, 2027-04-11",
        "1.1 Write :crit, 2027-03-01, 2027-06-01",
    ]


def test_a_chart_without_a_calendar_counts_months() -> None:
    lines = as_mermaid(make(roadmap_of(ACTIONS))).splitlines()
    assert [line.strip() for line in lines[10:]] == [
        "dateFormat X",
        "axisFormat %s",
        "tickInterval 1second",
        "section 1 Vision",
        "1.1 Meet :done, 7, 10",
        "1.1 Read :active, 7, 10",
        "1.1 Write :7, 10",
    ]


@pytest.mark.parametrize(
    "actions", [[], [{"action": "Sing", "status": "dropped"}]], ids=["nothing", "all dropped"]
)
def test_there_is_no_chart_of_nothing(actions: list[Any]) -> None:
    subject = roadmap_of(actions)
    assert as_mermaid(make(subject)) == ""
    assert cop_roadmap.render(subject, "md", gantt=True) == cop_roadmap.render(subject, "md")


@pytest.mark.parametrize("start", ["", "2026-09"], ids=["months", "calendar"])
def test_the_chart_stands_before_the_table_and_takes_nothing_away(start: str) -> None:
    subject = roadmap_of(list(NAMES), start)
    text = cop_roadmap.render(subject, "md", gantt=True).decode()
    before, chart_and_rest = text.split("```mermaid\n")
    chart, after = chart_and_rest.split("\n```\n\n")
    assert chart == as_mermaid(make(subject))
    assert f"{before}{after}" == cop_roadmap.render(subject, "md").decode()
    assert after.startswith("| Section |")


# ── as it is drawn ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def draw(tool: Callable[[str], str]) -> Callable[[str], dict[str, Any]]:
    """Draw a chart with Mermaid in a browser, and return the words of the picture."""
    command = [tool("node"), str(NODE / "draw_mermaid.mjs"), tool("chromium")]
    if not (NODE / "node_modules" / "mermaid").is_dir():
        message = "needs what `npm install --prefix tests/node` installs"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)

    def run(chart: str) -> dict[str, Any]:
        done = subprocess.run(command, input=chart.encode(), capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        drawn: dict[str, Any] = json.loads(done.stdout)
        return drawn

    return run


@pytest.mark.slow
@pytest.mark.parametrize("start", ["", "2026-09"], ids=["months", "calendar"])
def test_every_name_is_drawn_as_it_is_written(
    start: str, draw: Callable[[str], dict[str, Any]]
) -> None:
    drawn = draw(as_mermaid(make(roadmap_of(list(NAMES), start))))
    assert drawn["tasks"] == [f"1.1 {name}" for name in NAMES.values()]
    assert drawn["sections"] == ["1 Vision"]
    assert drawn["title"] == "Timeline"


@pytest.mark.slow
def test_what_is_late_is_drawn_as_well(draw: Callable[[str], dict[str, Any]]) -> None:
    subject = roadmap_of(ACTIONS, "2026-09")
    names = draw(as_mermaid(make(subject)))["tasks"]
    assert names == ["1.1 Meet", "1.1 Read", "1.1 Write"]
    assert draw(as_mermaid(make(subject, date(2028, 1, 1))))["tasks"] == names


@pytest.mark.slow
@pytest.mark.parametrize("name", ["open-data-stewards", "soins-de-la-douleur"])
def test_a_complete_example_is_drawn_whole(
    name: str, draw: Callable[[str], dict[str, Any]]
) -> None:
    subject = cop_roadmap.load(ROOT / "examples" / f"{name}.yaml")
    drawn = draw(as_mermaid(make(subject)))
    assert len(drawn["tasks"]) == len(subject.plan)
    assert len(drawn["sections"]) == len(canvas.FACETS)


@pytest.mark.slow
def test_a_broken_chart_is_refused(draw: Callable[[str], dict[str, Any]]) -> None:
    with pytest.raises(AssertionError, match="Parse error"):
        draw("gantt\n    section x\n    click : 2026-10-01, 2026-11-01")
