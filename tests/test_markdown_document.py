"""The Markdown document: clean for markdownlint, and read on GitHub as it is meant."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from cop_roadmap.formats import Choices, Documents, Format
from cop_roadmap.gantt import as_mermaid
from cop_roadmap.markdown import to_html_inline
from cop_roadmap.roadmap import Roadmap
from cop_roadmap.templating import Templates
from cop_roadmap.view import SectionView, View, make
from tests.roadmaps import ROADMAPS, view_of
from tests.test_formats import BLOCKS_OF_MARKDOWN, HOSTILE, MEANT, filled

pytestmark = pytest.mark.slow

# A heading in several answers is their authors' wish: see docs/format.md.
TEXTS = {
    **{name: text for name, text in BLOCKS_OF_MARKDOWN.items() if name != "heading"},
    **{name: text for name, (text, _) in MEANT.items()},
    **HOSTILE,
    "addresses": "see https://e.org/a_b, www.e.org, ftp://e.org and a.b@e.org",
    "both signs of emphasis": "*a* _b_ **c** __d__ e",
    "hashtag": "#hashtag",
    "code": "```\nx\n```",
    "definition alone": "[x]: https://e.org",
    "ragged table": "a | b\n--|--\nc\nd | e | f",
    "lists": "+ a\n  * b\n\n1) c\n1) d",
}


def document(view: View, *, gantt: bool = True) -> str:
    return (
        Documents(view, Templates(), choices=Choices(gantt=gantt)).produce(Format.MARKDOWN).decode()
    )


VIEWS: dict[str, Callable[[], View]] = {
    **{name: lambda name=name: view_of(name) for name in ROADMAPS},  # type: ignore[misc]
    **{name: lambda text=text: make(filled(text)) for name, text in TEXTS.items()},  # type: ignore[misc]
}
each_view = pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)


def complaints(directory: Path, command: str) -> list[str]:
    """Return what markdownlint says of the documents of a directory."""
    config = {"config": {"default": True, "MD013": False}}
    (directory / ".markdownlint-cli2.jsonc").write_text(json.dumps(config), "utf-8")
    done = subprocess.run([command, "*.md"], cwd=directory, capture_output=True, check=False)
    found = [line for line in done.stderr.decode().splitlines() if " MD" in line]
    assert done.returncode == (1 if found else 0), done.stderr.decode()
    return found


def test_markdownlint_finds_nothing(tmp_path: Path, node_tool: Callable[[str], str]) -> None:
    for number, make_view in enumerate(VIEWS.values()):
        (tmp_path / f"{number}.md").write_text(document(make_view()), "utf-8")
    assert len(list(tmp_path.iterdir())) == len(VIEWS)
    assert complaints(tmp_path, node_tool("markdownlint-cli2")) == []


def test_markdownlint_refuses_a_broken_document(
    tmp_path: Path, node_tool: Callable[[str], str]
) -> None:
    broken = document(view_of("minimal")).replace("| 1.1 Vision |", "| 1.1 Vision | x |")
    (tmp_path / "broken.md").write_text(broken, "utf-8")
    (found,) = complaints(tmp_path, node_tool("markdownlint-cli2"))
    assert "MD056/table-column-count" in found


# ── as GitHub reads it ───────────────────────────────────────────────────────────────────────────


def read(view: View, cmark: str) -> etree._Element:
    command = [cmark, "-t", "html", "--unsafe", "-e", "table", "-e", "strikethrough"]
    command += ["-e", "autolink", "-e", "tasklist"]
    done = subprocess.run(command, input=document(view).encode(), capture_output=True, check=True)
    page = etree.HTML(f"<body>{done.stdout.decode()}</body>")
    assert page is not None
    return page


def text_of(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def line_of(text: str) -> str:
    return " ".join(str(to_html_inline(text).striptags()).split())


def cells_of(section: SectionView, series: str) -> list[str]:
    """Return what a row of the grid shows."""
    periods = (
        series.join(
            line_of(action.text) + (f" ({', '.join(action.details)})" if action.details else "")
            for action in actions
        )
        for actions in section.cells
    )
    return [
        f"{section.number} {section.title}",
        *(" ".join(cell.split()) for cell in periods),
        " ".join(", ".join(section.responsible).split()),
        " ".join(series.join(map(line_of, section.resources)).split()),
    ]


@each_view
def test_the_grid_is_read_cell_by_cell(
    view: Callable[[], View], tool: Callable[[str], str]
) -> None:
    subject = view()
    grid = max(read(subject, tool("cmark-gfm")).iter("table"), key=len_of_table)
    rows = [[text_of(cell) for cell in row.iter("th", "td")] for row in grid.iter("tr")]
    assert [len(row) for row in rows] == [1 + len(subject.periods) + 2] * 25
    assert rows[1:] == [
        cells_of(s, subject.labels["series"]) for facet in subject.facets for s in facet.sections
    ]


def len_of_table(table: etree._Element) -> int:
    return len(list(table.iter("th", "td")))


@each_view
def test_the_outline_is_that_of_the_canvas(
    view: Callable[[], View], tool: Callable[[str], str]
) -> None:
    subject = view()
    page = read(subject, tool("cmark-gfm"))
    found = [(h.tag, text_of(h)) for h in page.iter("h1", "h2", "h3")]
    wanted = [("h1", subject.name), ("h2", subject.labels["ambitions"])]
    wanted += [("h3", ambition.title) for ambition in subject.ambitions]
    wanted.append(("h2", subject.labels["progress"]))
    for facet in subject.facets:
        wanted.append(("h2", f"{facet.number} {facet.title}"))
        wanted += [("h3", f"{s.number} {s.title}") for s in facet.sections]
    wanted += [("h2", subject.labels[key]) for key in ("timeline", "creation")]
    wanted += [("h3", f"{step.label} · {step.title}") for step in subject.steps]
    if reviews := subject.reviews:
        wanted.append(("h2", reviews.words["title"]))
        before = [review.held for review in reviews.before]
        titles = [reviews.last.held, reviews.words["table"], *before, reviews.words["scale"]]
        wanted += [("h3", title) for title in titles]
    wanted.append(("h2", subject.labels["people"]))
    assert found == wanted


def test_addresses_are_links_only_where_the_page_has_links(tool: Callable[[str], str]) -> None:
    page = read(make(filled(TEXTS["addresses"])), tool("cmark-gfm"))
    # GitHub finds addresses of mail in whatever is written; they do no harm.
    assert {str(link.get("href")) for link in page.iter("a")} == {
        "https://e.org/a_b",
        "mailto:a.b@e.org",
    }


@pytest.mark.parametrize("name", ROADMAPS)
def test_the_chart_is_a_block_that_github_draws(name: str, tool: Callable[[str], str]) -> None:
    subject = view_of(name)
    charts = [
        code.text
        for code in read(subject, tool("cmark-gfm")).iter("code")
        if code.get("class") == "language-mermaid"
    ]
    assert charts == [f"{chart}\n" for chart in [as_mermaid(subject)] if chart]


def test_an_answer_that_shows_nothing_is_shown_as_it_was_typed() -> None:
    data = {"community": {"name": "Bees"}, "sections": {"vision": {"answer": "[x]: https://e.org"}}}
    assert "\n\n\\[x\\]: https\\://e.org\n\n" in document(make(Roadmap.model_validate(data)))
