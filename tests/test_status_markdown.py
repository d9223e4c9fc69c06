"""Where communities stand, for GitHub: everything, each in its place, clean for markdownlint."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cop_roadmap.status import StatusFormat, write
from cop_roadmap.status.snapshot import Filters, Overview, take
from tests.roadmaps import ROADMAPS, roadmap_of
from tests.status import TODAY, crowd, hostile, overview, snapshot
from tests.test_markdown_document import complaints


def test_one_community_stands_under_its_name() -> None:
    assert (
        write(overview(), StatusFormat.MARKDOWN)
        == """\
# Bees · 23 November 2026

23 November 2026 · Month 3 of 12

- **Completeness** · 3% of the roadmap is filled in
- **Last review** · 12 Nov 2026, by Core group · 3.5 of 5 on average, up 0.5
- **Next review** · 12 February 2027, in 81 days

## Progress

| Facet | done | in progress | planned | late |
| --- | --: | --: | --: | --: |
| 1 Vision | 1 | 0 | 2 | 2 |
| 2 Governance | 0 | 0 | 0 | 0 |
| 3 Leadership | 0 | 0 | 0 | 0 |
| 4 Convening | 0 | 0 | 0 | 0 |
| 5 Collaboration | 0 | 0 | 0 | 0 |
| 6 Community management | 0 | 0 | 0 | 0 |
| 7 User experience | 0 | 0 | 2 | 0 |
| 8 Measurement | 0 | 0 | 0 | 0 |
| **All actions** | 1 | 0 | 4 | 2 |

## Overdue: 2

| Late | Action | Who | Deadline |
| --- | --- | --- | --- |
| 23 days | 1.1 Adopt it | Core group, Sponsor | 31 October 2026 |
| 13 days | 1.1 Test it | ada marsh | 10 November 2026 |

## Due in Month 3 (November 2026): 3

- **ada marsh**
  - [ ] 1.1 Test it (13 days late)
- **Zoé**
  - [ ] 1.1 Publish it (by 30 Nov)
- **Nobody**
  - [ ] 7.3 Open a desk

## Without anybody: 2

| Action | When |
| --- | --- |
| 7.3 Open a desk | Month 3 |
| 7.3 Close it | Month 6 |
"""
    )


def test_several_are_summed_up_and_told_apart_by_their_files() -> None:
    text = write(overview(snapshot(), snapshot()), StatusFormat.MARKDOWN)
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings[:3] == [
        "# Where we stand · 23 November 2026",
        "## Bees (bees.yaml)",
        "### Progress (bees.yaml)",
    ]


def test_nothing_is_cut_off() -> None:
    text = write(overview(take(crowd(300), TODAY)), StatusFormat.MARKDOWN)
    # Each action has two people.
    assert sum(line.startswith("  - [ ] 1.1 Do ") for line in text.splitlines()) == 600


def test_without_communities_there_is_nothing_to_say() -> None:
    assert write(Overview(TODAY, Filters(), ()), StatusFormat.MARKDOWN) == ""


@pytest.mark.slow
def test_markdownlint_finds_nothing(tmp_path: Path, node_tool: Callable[[str], str]) -> None:
    seen = [take(roadmap_of(name), TODAY, Filters(), f"{name}.yaml") for name in ROADMAPS]
    seen += [take(each, TODAY, Filters(), "more.yaml") for each in (hostile(), crowd(30))]
    for number, each in enumerate(seen):
        text = write(overview(each), StatusFormat.MARKDOWN)
        (tmp_path / f"{number}.md").write_text(text, "utf-8")
    together = write(overview(snapshot(), *seen[:4]), StatusFormat.MARKDOWN)
    (tmp_path / "all.md").write_text(together, "utf-8")
    assert complaints(tmp_path, node_tool("markdownlint-cli2")) == []
