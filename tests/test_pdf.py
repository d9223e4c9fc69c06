"""PDF: tagged and valid, with its own fonts, the same everywhere, and nothing fetched for it."""

import hashlib
import os
import re
import socket
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache, partial
from io import BytesIO
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest
from fontTools.ttLib import TTFont

from cop_roadmap import canvas, formats, glyphs, pdf
from cop_roadmap.conformance import Variant
from cop_roadmap.diagnostics import Diagnostic, Problems, Severity
from cop_roadmap.formats import Documents, Format
from cop_roadmap.markdown import to_html
from cop_roadmap.paper import Paper
from cop_roadmap.review_view import ReviewsView
from cop_roadmap.templating import Templates
from cop_roadmap.view import View, make_blank
from tests.roadmaps import EXAMPLES, ROADMAPS, each_roadmap, view_of
from tests.verapdf import Unreadable, VeraPdf


# Setting a document takes seconds, so each is set once.
@cache
def document(name: str) -> bytes:
    return Documents(view_of(name), Templates()).produce(Format.PDF)


Opener = Callable[[bytes], pikepdf.Pdf]


@pytest.fixture
def opened() -> Iterator[Opener]:
    """Open PDFs, and close them after the test."""
    files: list[pikepdf.Pdf] = []

    def open_(content: bytes) -> pikepdf.Pdf:
        files.append(pikepdf.open(BytesIO(content)))
        return files[-1]

    yield open_
    for file in files:
        file.close()


# ── small pages ──────────────────────────────────────────────────────────────────────────────────


def page_with(body: str, head: str = "") -> str:
    title = "<title>Bees</title>"
    return f'<!doctype html><html lang="en"><head>{title}{head}</head><body>{body}</body></html>'


@cache
def set_text(text: str, variant: Variant | None = None) -> bytes:
    """Set a Markdown text as an answer, with the style sheets of the documents."""
    templates = Templates()
    style = f"<style>{templates.read('style.css')}</style>"
    body = f'<main><h1>A</h1><h2>B</h2><h3>C</h3><div class="answer">{to_html(text)}</div></main>'
    return pdf.from_html(page_with(body, style), templates.read("pdf.css"), variant)


def failures_of(content: bytes, directory: Path) -> list[str]:
    """Return what breaks PDF/UA-1."""
    file = directory / "document.pdf"
    file.write_bytes(content)
    report = str(page.validate_pdf(str(file), profile=page.ValidationProfile.PDF_UA_1))
    assert "Profile: PDF/UA-1" in report
    found = [line for line in report.splitlines() if line.startswith("[")]
    assert ("Result: no failures" in report) == (found == [])
    return found


def fonts_of(file: pikepdf.Pdf) -> set[str]:
    """Return the names that the fonts of a PDF give themselves; each must be embedded."""
    names = set()
    for leaf in file.pages:
        for font in leaf.resources.get("/Font", {}).values():
            (inner,) = font.get("/DescendantFonts", [font])
            programs = [
                inner.FontDescriptor[key]
                for key in ("/FontFile", "/FontFile2", "/FontFile3")
                if key in inner.FontDescriptor
            ]
            assert len(programs) == 1, f"{font.BaseFont} is not embedded"
            with TTFont(BytesIO(programs[0].read_bytes())) as program:
                names.add(str(program["name"].getDebugName(6)))
    return names


TEXTS = [
    pytest.param("One\n\nTwo", id="paragraphs"),
    pytest.param("# H\n\n### I\n\n# J", id="headings"),
    pytest.param("- a\n- b\n  1. c", id="lists"),
    pytest.param("> q\n>\n> # H", id="quotation with a heading"),
    pytest.param("| a | b |\n|:--|--:|\n| 1 | |", id="table"),
    pytest.param("*a* **b** ~~c~~ `d` *e **f***", id="emphasis"),
    pytest.param("```\ncode\n```", id="code"),
    pytest.param("a  \nb\n\n---", id="break and rule"),
    pytest.param("[a](https://e.org 'T') https://e.org <a@e.org>", id="links"),
    pytest.param(f"[{'long ' * 40}](https://e.org)", id="link over several lines"),
    pytest.param("![a](https://e.org/i.png)", id="image as a link"),
    pytest.param("| a |\n|---|\n| [b](https://e.org) |", id="link in a table"),
    pytest.param("Ελληνικά *Ελληνικά* Кириллица **Кириллица**", id="Greek and Cyrillic"),
    pytest.param("ŒœŸﬁÅØĐłğİşțßẞ Việt “” ’ … – — € ½ ≤ → ☐ ☑ ✓ ×", id="signs"),
    pytest.param("a\u00adb\u200bc\u00a0d\u202fe\u2009f", id="invisible signs"),
    # What WeasyPrint tags badly, unless it is written in another way.
    pytest.param("[**a**](https://e.org)", id="emphasis in a link"),
    pytest.param("[`a`](https://e.org)", id="code in a link"),
    pytest.param("[a  \nb](https://e.org)", id="break in a link"),
    pytest.param("- a\n\n- b", id="list of paragraphs"),
    pytest.param("1. a\n\n   b", id="paragraphs in a list"),
    pytest.param("- # H", id="heading in a list"),
    pytest.param("- > q", id="quotation in a list"),
    pytest.param("1. a\n\n   ```\n   b\n   ```", id="code in a list"),
    pytest.param("- | a |\n  |---|\n  | b |", id="table in a list"),
    pytest.param("- a\n\n  ***", id="rule in a list"),
]


ALL_TEXTS = "\n\n".join(str(text.values[0]) for text in TEXTS)


def test_a_page_with_all_that_markdown_makes_is_valid_pdf_ua(tmp_path: Path) -> None:
    assert failures_of(set_text(ALL_TEXTS), tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("text", TEXTS)
def test_what_markdown_makes_is_valid_pdf_ua(text: str, tmp_path: Path) -> None:
    assert failures_of(set_text(text), tmp_path) == []


def test_the_validator_sees_what_is_not_accessible(tmp_path: Path) -> None:
    bare = pdf.from_html("<p>No title, no language", "")
    assert failures_of(bare, tmp_path) != []


OWN_FONTS = {
    "SourceSansPro-Regular",
    "SourceSansPro-It",
    "SourceSansPro-Semibold",
    "SourceSansPro-SemiboldIt",
}


def test_a_page_is_set_in_the_font_that_comes_along(opened: Opener) -> None:
    assert fonts_of(opened(set_text(ALL_TEXTS))) == OWN_FONTS


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("- a\n  - b\n    - c", id="list in a list in a list"),
        pytest.param("`code`", id="code in a line"),
        pytest.param("```\ncode\n```", id="block of code"),
    ],
)
def test_a_text_of_ascii_is_set_in_the_font_that_comes_along(text: str, opened: Opener) -> None:
    assert fonts_of(opened(set_text(text))) <= OWN_FONTS


# ── the standards ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@each_roadmap
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_a_document_follows_both_standards(flavour: str, name: str, verapdf: VeraPdf) -> None:
    assert verapdf(document(name), flavour) == []


@pytest.mark.slow
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_all_that_markdown_makes_follows_both_standards(flavour: str, verapdf: VeraPdf) -> None:
    assert verapdf(set_text(ALL_TEXTS), flavour) == []


@pytest.mark.slow
@pytest.mark.parametrize("variant", Variant)
def test_every_variant_is_what_it_says(
    variant: Variant, verapdf: VeraPdf, tmp_path: Path, opened: Opener
) -> None:
    content = set_text(ALL_TEXTS, variant)
    for flavour in variant.flavours:
        kind, _, level = flavour.partition("-")
        assert verapdf(content, level if kind == "a" else kind + level) == []
    is_accessible = "ua-1" in variant.flavours
    assert (failures_of(content, tmp_path) == []) >= is_accessible
    with opened(content).open_metadata() as metadata:
        assert (metadata.get("pdfuaid:part") == "1") == is_accessible


@pytest.mark.slow
def test_verapdf_sees_what_is_not_accessible(verapdf: VeraPdf) -> None:
    bare = pdf.from_html("<p>No title, no language", "")
    assert [failure.clause for failure in verapdf(bare, "ua1")] == ["7.1", "7.2"]
    assert verapdf(set_text("x", Variant.UA_1), "2a") != []
    assert verapdf(set_text("x", Variant.A_2A), "ua1") != []
    with pytest.raises(Unreadable):
        verapdf(b"%PDF-1.7 broken", "ua1")


def test_what_a_file_follows_can_be_found_without_reading_pdf() -> None:
    content = set_text("x")
    assert b'pdfaid:part="2"' in content
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content


def test_no_dates_are_in_a_document(opened: Opener) -> None:
    file = opened(set_text("x"))
    assert not {"/CreationDate", "/ModDate"} & set(file.docinfo.keys())
    with file.open_metadata() as metadata:
        assert not [key for key in metadata if "Date" in key]


# ── tables ───────────────────────────────────────────────────────────────────────────────────────

TABLE = """
<table>
  <thead><tr><th scope="col">Who</th><th scope="col">One</th><th>Two</th></tr></thead>
  <tbody>
    <tr><th scope="rowgroup" colspan="3">North</th></tr>
    <tr><th scope="row">Ada</th><td>1</td><td>2</td></tr>
  </tbody>
  <tbody>
    <tr><th scope="rowgroup" colspan="3">South</th></tr>
    <tr><th scope="row">Bo</th><td>1</td><td>2</td></tr>
  </tbody>
</table>
"""


def test_headers_of_a_table_point_to_their_cells(opened: Opener) -> None:
    file = opened(pdf.from_html(page_with(TABLE), ""))
    (table,) = (node for tag, node in structure_of(file) if tag == "Table")
    columns, north, ada, south, bo = ([*row.K] for part in table.K for row in part.K)
    pointing = [[str(cell.A.get("/Scope", "")) for cell in row] for row in (columns, north, ada)]
    assert pointing == [["/Column"] * 3, ["/Column"], ["/Row", "", ""]]
    # A reader follows from a cell to its row, and from the row to its group.
    assert [*ada[1].A.Headers] == [ada[0].ID, columns[1].ID]
    assert [*ada[0].A.Headers] == [north[0].ID]
    assert [*bo[0].A.Headers] == [south[0].ID]


def test_a_table_without_groups_has_headers_that_point_to_their_cells(opened: Opener) -> None:
    rows = "<tr><th>A<th>B<tr><th scope=row>C<td>1"
    file = opened(pdf.from_html(page_with(f"<table>{rows}</table>"), ""))
    (table,) = (node for tag, node in structure_of(file) if tag == "Table")
    assert [str(cell.A.Scope) for cell in cells_of(table, "TH")] == ["/Column", "/Column", "/Row"]


@pytest.mark.slow
@each_roadmap
def test_every_header_can_be_found_and_points_somewhere(name: str, opened: Opener) -> None:
    file = opened(document(name))
    headers = [node for tag, node in structure_of(file) if tag == "TH"]
    assert {str(header.A.Scope) for header in headers} == {"/Row", "/Column"}
    names = [*file.Root.StructTreeRoot.IDTree.Names]
    keys = [bytes(key) for key in names[::2]]
    assert keys == sorted(bytes(header.ID) for header in headers)
    assert all(key == node.ID for key, node in zip(names[::2], names[1::2], strict=True))


# ── what no font can show ────────────────────────────────────────────────────────────────────────


def text_of(content: bytes, tmp_path: Path, tool: Callable[[str], str]) -> str:
    file = tmp_path / "document.pdf"
    file.write_bytes(content)
    done = subprocess.run([tool("pdftotext"), file, "-"], capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "printed"),
    [
        pytest.param("a 🎉 b", "a [party popper] b", id="emoji"),
        pytest.param("漢字", "[U+6F22][U+5B57]", id="ideographs"),
        pytest.param("👍🏽", "[thumbs up sign]", id="tone of skin"),
        pytest.param("🇫🇷", "FR", id="flag"),
        pytest.param("㎡ ① Ａ", "m2 1 A", id="the same in plain"),
        pytest.param("a‑b", "a-b", id="hyphen that does not break"),
        pytest.param("*ӓ*", "ӓ", id="letter with an accent that italics lack"),
        pytest.param("a\u030d 中\u0301", "a[U+030D] [U+4E2D]\u0301", id="accents above"),
        pytest.param("\ue000", "[U+E000]", id="private"),
    ],
)
def test_what_no_font_can_show_is_printed_in_words(
    text: str, printed: str, tmp_path: Path, tool: Callable[[str], str], opened: Opener
) -> None:
    content = set_text(text)
    assert unicodedata.normalize("NFC", text_of(content, tmp_path, tool)) == f"A B C {printed}"
    assert fonts_of(opened(content)) <= OWN_FONTS
    assert failures_of(content, tmp_path) == []


def test_a_title_keeps_what_no_font_can_show(opened: Opener) -> None:
    page_ = page_with("🎉").replace("Bees", "Bees 🎉")
    assert str(opened(pdf.from_html(page_, "")).docinfo.Title) == "Bees 🎉"


@pytest.mark.parametrize(
    "style", ["p::before { content: '漢' }", "p { text-transform: uppercase }"]
)
def test_no_style_sheet_prints_boxes(
    style: str, tmp_path: Path, tool: Callable[[str], str]
) -> None:
    body = "<p>ꭰ<!-- 漢 --></p>"
    assert re.fullmatch(
        r"(\[U\+6F22\])?\[U\+AB70\]",
        text_of(pdf.from_html(page_with(body), style), tmp_path, tool),
        re.IGNORECASE,
    )


def test_boxes_that_cannot_be_replaced_are_a_problem() -> None:
    with pytest.raises(Problems) as raised:
        pdf.from_html(page_with("<p>x</p>"), r"p::before { content: '\6f22' }")
    assert raised.value.diagnostics == (
        Diagnostic(
            rule="template-error",
            severity=Severity.ERROR,
            message="The templates print U+6F22, and no font has it.",
            file="PDF",
            hint="Use another character in the style sheet.",
        ),
    )


def test_a_page_of_what_no_font_can_show_is_set_only_once(monkeypatch: pytest.MonkeyPatch) -> None:
    set_, times = pdf._Page.set, []

    def counted(page_: pdf._Page) -> bytes:
        times.append(1)
        return set_(page_)

    monkeypatch.setattr(pdf._Page, "set", counted)
    assert pdf.from_html(page_with("<p>漢 🎉</p>"), "")
    assert len(times) == 1


def test_what_is_missing_is_what_is_not_shown() -> None:
    """Compare with what the layout finds, on a stretch of many scripts and signs."""
    chars = [chr(code) for code in (*range(0xA1, 0x0590), *range(0x1E00, 0x2800))]
    chars = [char for char in chars if unicodedata.category(char) != "Cn"]
    text = "".join(f"<p>a{char}a</p>" for char in chars)
    page_ = pdf._Page(page_with(text), "", Variant.UA_1, None)
    page_.replaced.clear()
    page_.set()
    assert page_.unshown == glyphs.missing("".join(chars))


def test_fonts_of_the_machine_are_not_used(opened: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FONTCONFIG_FILE", "mine")
    content = pdf.from_html(page_with("x"), "body { font-family: 'DejaVu Sans', monospace }")
    assert fonts_of(opened(content)) == {"SourceSansPro-Regular"}
    assert os.environ["FONTCONFIG_FILE"] == "mine"


# ── whole documents ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
@each_roadmap
def test_a_document_is_valid_pdf_ua(name: str, tmp_path: Path) -> None:
    assert failures_of(document(name), tmp_path) == []


@pytest.mark.slow
@each_roadmap
def test_a_document_says_what_it_is(name: str, opened: Opener) -> None:
    file, view = opened(document(name)), view_of(name)
    title = f"{view.name} – {view.labels['roadmap']}"
    assert (str(file.docinfo.Title), str(file.docinfo.Author)) == (title, view.name)
    assert str(file.Root.Lang) == view.language
    assert file.Root.MarkInfo.Marked
    assert file.Root.ViewerPreferences.DisplayDocTitle
    with file.open_metadata() as metadata:
        assert metadata["dc:title"] == title
        assert metadata["dc:creator"] == [view.name]
        assert metadata["pdfuaid:part"] == "1"


@pytest.mark.slow
@each_roadmap
def test_the_bookmarks_are_the_headings(name: str, opened: Opener) -> None:
    view = view_of(name)
    labels = view.labels
    first = ("ambitions", "progress", "contents", "canvas")
    expected: list[tuple[str, list[str]]] = [(labels[key], []) for key in first]
    expected += [
        (
            f"{facet.number} {facet.title}",
            [f"{section.number} {section.title}" for section in facet.sections],
        )
        for facet in view.facets
    ]
    steps = [f"{step.label} · {step.title}" for step in view.steps]
    expected += [(labels["timeline"], []), (labels["creation"], steps)]
    if view.reviews:
        expected.append((view.reviews.words["title"], titles_of_reviews(view.reviews)))
    expected.append((labels["people"], []))
    with opened(document(name)).open_outline() as outline:
        found = [(item.title, [child.title for child in item.children]) for item in outline.root]
        deeper = [
            grand for item in outline.root for child in item.children for grand in child.children
        ]
    assert found == expected
    assert deeper == []


def titles_of_reviews(reviews: ReviewsView) -> list[str]:
    before = (review.held for review in reviews.before)
    return [reviews.last.held, reviews.words["table"], *before, reviews.words["scale"]]


@pytest.mark.slow
@each_roadmap
def test_pages_are_a4_and_those_of_canvas_and_grid_lie(name: str, opened: Opener) -> None:
    upright, lying = (595, 842), (842, 595)
    sizes = [(size, len([*same])) for size, same in groupby(sizes_of(opened(document(name))))]
    assert [size for size, _ in sizes] == [upright, lying, upright, lying, upright]
    assert sizes[0][1] >= 2  # the first page and the contents
    assert sizes[1][1] == 1  # the canvas


def sizes_of(file: pikepdf.Pdf) -> list[tuple[int, int]]:
    """Return width and height of each page, in points."""
    boxes = [leaf.mediabox for leaf in file.pages]
    assert all((float(box[0]), float(box[1])) == (0, 0) for box in boxes)
    return [(round(float(box[2])), round(float(box[3]))) for box in boxes]


@pytest.mark.slow
@each_roadmap
def test_the_canvas_is_on_one_page_with_every_title_whole(
    name: str, opened: Opener, tmp_path: Path, tool: Callable[[str], str]
) -> None:
    content = document(name)
    across = sizes_of(opened(content)).index((842, 595))
    text = texts_of_pages(content, tmp_path, tool)[across]
    assert [title for title in titles_of(view_of(name)) if squashed(title) not in text] == []


def titles_of(view: View) -> Iterator[str]:
    """Yield the title of each facet and section, with its number."""
    for facet in view.facets:
        yield f"{facet.number} {facet.title}"
        yield from (f"{section.number} {section.title}" for section in facet.sections)


def texts_of_pages(content: bytes, tmp_path: Path, tool: Callable[[str], str]) -> list[str]:
    """Return the text of each page, without what a typesetter puts in."""
    file = tmp_path / "document.pdf"
    file.write_bytes(content)
    command = [tool("pdftotext"), "-raw", str(file), "-"]
    done = subprocess.run(command, capture_output=True, check=True)
    return [squashed(text) for text in done.stdout.decode().split("\f")[:-1]]


def squashed(text: str) -> str:
    return re.sub(r"[\s\u00ad\u200b-]", "", unicodedata.normalize("NFKC", text))


@pytest.mark.slow
@each_roadmap
def test_every_font_is_embedded_and_comes_along(name: str, opened: Opener) -> None:
    assert fonts_of(opened(document(name))) == OWN_FONTS - {"SourceSansPro-SemiboldIt"}


def structure_of(file: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    """Walk over the tag tree in reading order."""
    waiting = [file.Root.StructTreeRoot.K]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting.extend(reversed(list(node)))
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield str(node.S)[1:], node
            if "/K" in node:
                waiting.append(node.K)


def cells_of(table: Any, kind: str) -> list[Any]:
    rows = [row for part in table.K for row in part.K]
    return [cell for row in rows for cell in row.K if str(cell.S) == f"/{kind}"]


@pytest.mark.slow
@each_roadmap
def test_the_grid_is_tagged_as_a_table_with_headers(name: str, opened: Opener) -> None:
    tables = [node for tag, node in structure_of(opened(document(name))) if tag == "Table"]
    # The grid goes on over several pages, with its columns named on each; answers have tables, too.
    grids = [table for table in tables if len(table.K[0].K[0].K) == len(canvas.PERIODS) + 3]
    rows = [row for grid in grids for part in grid.K for row in part.K]
    kinds = Counter(tuple(str(cell.S)[1:] for cell in row.K) for row in rows)
    assert kinds == {
        ("TH",) * 11: len(grids),  # the columns
        ("TH",): len(canvas.FACETS),
        ("TH", *["TD"] * 10): len(canvas.SECTION_KEYS),
    }
    assert grids


@pytest.mark.slow
@each_roadmap
def test_every_cell_of_a_table_refers_to_its_headers(name: str, opened: Opener) -> None:
    for table in (node for tag, node in structure_of(opened(document(name))) if tag == "Table"):
        headers = {str(cell.ID) for cell in cells_of(table, "TH")}
        for cell in cells_of(table, "TD"):
            named = {str(header) for header in cell.A.Headers}
            assert named
            assert named <= headers


HEADINGS = frozenset(f"H{level}" for level in range(1, 7))


def above(node: Any) -> str:
    """Return the tag of the element that a node lies in."""
    return str(node.P.get("/S", "/"))[1:]


@pytest.mark.slow
@pytest.mark.parametrize(
    "tags",
    [HEADINGS, frozenset({"Link"}), frozenset({"P"})],
    ids=["headings", "links", "paragraphs"],
)
def test_a_tag_of_text_lies_in_none_of_its_kind(tags: frozenset[str], opened: Opener) -> None:
    nodes = structure_of(opened(document("complete in English")))
    assert [tag for tag, node in nodes if tag in tags and above(node) in tags] == []


@pytest.mark.slow
@each_roadmap
def test_headings_are_tagged_in_order_without_gaps(name: str, opened: Opener) -> None:
    nodes = structure_of(opened(document(name)))
    levels = [int(tag[1]) for tag, node in nodes if tag in HEADINGS and above(node) not in HEADINGS]
    assert levels[0] == 1
    assert levels.count(1) == 1
    reviews = view_of(name).reviews
    below = len(titles_of_reviews(reviews)) if reviews else 0
    parts = len(canvas.AMBITIONS) + len(canvas.SECTION_KEYS) + len(canvas.STEPS)
    assert levels.count(3) == parts + below
    assert all(lower <= higher + 1 for higher, lower in pairwise(levels))


# ── the canvas on paper ──────────────────────────────────────────────────────────────────────────

# Millimetres: the papers lie across.
PAPERS = {Paper.A4: (297, 210), Paper.A3: (420, 297), Paper.A2: (594, 420)}
CANVASES: dict[str, Callable[[], View]] = {
    "blank in English": lambda: make_blank("en"),
    "blank in French": lambda: make_blank("fr"),
    **{name: partial(view_of, name) for name in ROADMAPS},
}

each_canvas = pytest.mark.parametrize("name", CANVASES)
each_paper = pytest.mark.parametrize("paper", Paper, ids=lambda paper: paper.value)


@cache
def canvas_of(name: str, paper: Paper) -> bytes:
    return formats.canvas(CANVASES[name](), Templates(), paper)


@pytest.mark.slow
@each_canvas
@each_paper
def test_the_canvas_has_two_pages_of_the_paper(paper: Paper, name: str, opened: Opener) -> None:
    width, height = (round(length / 25.4 * 72) for length in PAPERS[paper])
    assert sizes_of(opened(canvas_of(name, paper))) == [(width, height)] * 2


@pytest.mark.slow
@each_canvas
@each_paper
def test_the_canvas_has_every_title_whole_and_every_open_question(
    paper: Paper, name: str, tmp_path: Path, tool: Callable[[str], str]
) -> None:
    view = CANVASES[name]()
    sections, timeline = texts_of_pages(canvas_of(name, paper), tmp_path, tool)
    for title in map(squashed, titles_of(view)):
        assert title in sections
        assert title in timeline
    for section in (section for facet in view.facets for section in facet.sections):
        assert section.answer or squashed(section.question) in sections
    for ambition in view.ambitions:
        assert squashed(f"{ambition.title} {ambition.months}") in timeline
        assert ambition.text or squashed(ambition.question) in timeline


@pytest.mark.slow
@each_canvas
@each_paper
def test_the_canvas_is_valid_pdf_ua(paper: Paper, name: str, tmp_path: Path) -> None:
    assert failures_of(canvas_of(name, paper), tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("flavour", ["ua1", "2a"])
@each_canvas
def test_the_canvas_follows_both_standards(name: str, flavour: str, verapdf: VeraPdf) -> None:
    assert verapdf(canvas_of(name, Paper.A3), flavour) == []


# ── the tags of whole documents ──────────────────────────────────────────────────────────────────


@pytest.mark.slow
@each_roadmap
def test_wheels_are_the_only_figures_and_say_what_they_show(name: str, opened: Opener) -> None:
    figures = [node for tag, node in structure_of(opened(document(name))) if tag == "Figure"]
    view = view_of(name)
    wheels = [view.wheel, *([view.reviews.wheel] if view.reviews else [])]
    assert [str(figure.Alt) for figure in figures] == [wheel.title for wheel in wheels]
    # Their numbers are part of them, and so are not read beside them.
    for figure in figures:
        assert [type(kid) for kid in as_list(figure.K)] == [int]


@pytest.mark.slow
@each_roadmap
def test_lists_are_tagged_as_lists(name: str, opened: Opener) -> None:
    nodes = [*structure_of(opened(document(name)))]
    inside = {(tag, str(kid.S)[1:]) for tag, node in nodes if tag in ("L", "LI") for kid in node.K}
    assert inside == {("L", "LI"), ("LI", "LBody")}
    assert {above(node) for tag, node in nodes if tag == "LBody"} == {"LI"}
    view = view_of(name)
    sections = [section for facet in view.facets for section in facet.sections]
    # The contents with the sections of each facet, the legend, the canvas and its cells, the steps,
    # the plans, the names. An item that goes on over pages is one item on each.
    items = 4 + 8 + 24 + 8 + 8 + 24 + sum(len(step.items) for step in view.steps)
    items += sum(bool(actions) for section in sections for actions in section.cells)
    items += sum(1 + len(person.tasks) for person in view.people)
    assert sum(tag == "LI" for tag, _ in nodes) >= items


@pytest.mark.slow
@each_roadmap
def test_every_link_has_its_place_and_is_described(name: str, opened: Opener) -> None:
    file = opened(document(name))
    links = [node for tag, node in structure_of(file) if tag == "Link"]
    of_tags = [kid.Obj for link in links for kid in as_list(link.K) if not isinstance(kid, int)]
    of_pages = [note for leaf in file.pages for note in leaf.get("/Annots", [])]
    assert all(str(note.Subtype) == "/Link" for note in of_pages)
    assert all(str(note.Contents).strip() for note in of_pages)
    assert {note.objgen for note in of_tags} == {note.objgen for note in of_pages}
    assert all("/Dest" in note or "/A" in note for note in of_pages)
    # The contents, the canvas, and the sections that each step feeds.
    assert len(of_pages) >= 36 + 24 + 24


@pytest.mark.slow
@each_roadmap
def test_nothing_is_drawn_outside_of_tags_and_artifacts(name: str, opened: Opener) -> None:
    file = opened(document(name))
    loose, artifacts = Counter[str](), Counter[int]()
    for number, leaf in enumerate(file.pages):
        marks: list[str] = []
        for instruction in pikepdf.parse_content_stream(leaf):
            match operator := str(instruction.operator):
                case "BDC" | "BMC":
                    marks.append(str(instruction.operands[0]))
                    artifacts[number] += marks[-1] == "/Artifact"
                case "EMC":
                    marks.pop()
                case "Tj" | "TJ" | "f" | "f*" | "S" | "s" | "B" | "B*" | "b" | "b*" | "Do" | "sh":
                    loose[operator] += not marks
    assert +loose == Counter()
    # The running lines are no part of the text.
    assert set(artifacts) == set(range(len(file.pages)))


@pytest.mark.slow
@each_roadmap
def test_running_lines_are_not_read(name: str, tmp_path: Path, tool: Callable[[str], str]) -> None:
    file = tmp_path / "document.pdf"
    file.write_bytes(document(name))
    command = [tool("pdfinfo"), "-struct-text", str(file)]
    read = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert squashed(view_of(name).labels["ambitions"]) in squashed(read)
    assert not re.search(r'"\s*\d+ / \d+', read)


def as_list(kids: Any) -> list[Any]:
    return [*kids] if isinstance(kids, pikepdf.Array) else [kids]


@pytest.mark.slow
def test_a_document_has_no_attachment_script_or_action(opened: Opener) -> None:
    for name in ROADMAPS:
        root = opened(document(name)).Root
        assert not {"/AF", "/OpenAction", "/AA", "/AcroForm"} & set(root.keys())
        assert set(root.get("/Names", {}).keys()) <= {"/Dests"}


# ── the same bytes everywhere ────────────────────────────────────────────────────────────────────

RENDER = """
import hashlib, sys, cop_roadmap
content = cop_roadmap.render(cop_roadmap.load(sys.argv[1]), "pdf")
sys.stdout.write(hashlib.sha256(content).hexdigest())
"""


@pytest.mark.slow
def test_the_bytes_do_not_depend_on_place_time_or_language_of_a_process(tmp_path: Path) -> None:
    file = EXAMPLES / "soins-de-la-douleur.yaml"

    def digest(directory: Path, **environment: str) -> str:
        command = [sys.executable, "-c", RENDER, str(file)]
        variables = {**os.environ, **environment}
        done = subprocess.run(
            command, cwd=directory, env=variables, capture_output=True, check=True, text=True
        )
        return done.stdout

    one = digest(tmp_path, TZ="Pacific/Kiritimati", PYTHONHASHSEED="1", LC_ALL="C")
    other = digest(Path("/"), TZ="America/Adak", PYTHONHASHSEED="2", LC_ALL="C.UTF-8")
    assert one == other == hashlib.sha256(document("complete in French")).hexdigest()


def test_a_page_set_twice_has_the_same_bytes() -> None:
    text = "*One* [two](https://e.org)"
    assert set_text(text) == set_text.__wrapped__(text)


# ── nothing is fetched ───────────────────────────────────────────────────────────────────────────

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
WAYS = {
    "picture": ("", '<img alt="x" src="{}">', ""),
    "picture among others": ("", '<picture><img alt="x" src="{}"></picture>', ""),
    "object": ("", '<object type="image/png" data="{}">x</object>', ""),
    "embedded": ("", '<embed type="image/png" src="{}">', ""),
    "style sheet": ('<link rel="stylesheet" href="{}">', "", ""),
    "attachment": ('<link rel="attachment" href="{}">', "", ""),
    "attachment of a link": ("", '<a rel="attachment" href="{}">x</a>', ""),
    "import": ('<style>@import url("{}");</style>', "", ""),
    "background": ("", '<p style="background: url({})">x</p>', ""),
    "mark of a list": ("", '<ul style="list-style-image: url({})"><li>x</li></ul>', ""),
    "border": ("", '<p style="border: 1px solid; border-image: url({}) 1">x</p>', ""),
    "content": ('<style>p::before {{ content: url("{}") }}</style>', "<p>x</p>", ""),
    "font": (
        '<style>@font-face {{ font-family: q; src: url("{}") }} p {{ font-family: q }}</style>',
        "<p>x</p>",
        "",
    ),
    "in a drawing": ("", SVG + '><title>x</title><image width="9" href="{}"/></svg>', ""),
    "in a drawing, old style": (
        "",
        SVG + '><title>x</title><image width="9" xlink:href="{}"/></svg>',
        "",
    ),
    "in a drawing as data": (
        "",
        '<img alt="x" src="data:image/svg+xml,' + SVG.replace('"', "'")
        + " width='9' height='9'><image width='9' height='9' href='{}'/></svg>\">",
        "",
    ),
    "background in the PDF's style": ("", "x", 'body {{ background: url("{}") }}'),
    "margin of the page": ("", "x", '@page {{ @top-left {{ content: url("{}") }} }}'),
    "import in the PDF's style": ("", "x", '@import url("{}");'),
    "font in the PDF's style": (
        "",
        "x",
        '@font-face {{ font-family: q; src: url("{}") }} body {{ font-family: q }}',
    ),
}  # fmt: skip


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Listen on a socket of this machine; who connects can be seen."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


@pytest.mark.parametrize(
    ("head", "body", "style"),
    [pytest.param(*way, id=name) for name, way in WAYS.items()],
)
@pytest.mark.parametrize("kind", ["http", "file"])
def test_what_a_template_asks_for_is_refused(
    kind: str, head: str, body: str, style: str, listener: socket.socket, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text(f"{SVG}><title>SECRET</title></svg>", "utf-8")
    host, port = listener.getsockname()
    address = f"http://{host}:{port}/x" if kind == "http" else secret.as_uri()
    with pytest.raises(Problems) as raised:
        pdf.from_html(page_with(body.format(address), head.format(address)), style.format(address))
    assert set(raised.value.diagnostics) == {
        Diagnostic(
            rule="fetch-refused",
            severity=Severity.ERROR,
            message=f"The templates ask for {address}, and nothing may be loaded from there.",
            file="PDF",
            hint="Put what the document needs into the template itself.",
        )
    }
    with pytest.raises(BlockingIOError):
        listener.accept()


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('<iframe src="{}"></iframe>', id="frame"),
        pytest.param('<script src="{}"></script>', id="script"),
        pytest.param('<link rel="icon" href="{}">', id="icon"),
        pytest.param('<video src="{}" poster="{}"></video>', id="film"),
        pytest.param('<meta http-equiv="refresh" content="0; url={}">', id="other page"),
        pytest.param(SVG + '><title>x</title><use href="{}#x"/></svg>', id="use in a drawing"),
        pytest.param('<a href="{}">x</a>', id="link"),
    ],
)
def test_what_a_pdf_has_no_use_for_is_not_asked_for(body: str, listener: socket.socket) -> None:
    host, port = listener.getsockname()
    assert pdf.from_html(page_with(body.replace("{}", f"http://{host}:{port}/x")), "")
    with pytest.raises(BlockingIOError):
        listener.accept()


def test_every_refusal_is_reported_in_its_order() -> None:
    # WeasyPrint goes on after a drawing that asks for something.
    drawings = "".join(
        f'{SVG}><title>x</title><image width="9" href="file:///{name}"/></svg>' for name in "ba"
    )
    with pytest.raises(Problems) as raised:
        pdf.from_html(page_with(drawings), "")
    asked = [problem.message.split(",")[0] for problem in raised.value.diagnostics]
    assert asked == ["The templates ask for file:///b", "The templates ask for file:///a"]


FONT = '@font-face {{ font-family: q; src: url("font:{}") }} body {{ font-family: q }}'


def test_the_fonts_that_come_along_can_be_used(opened: Opener) -> None:
    content = pdf.from_html(page_with("x"), FONT.format("SourceSansPro-Black.ttf"))
    assert fonts_of(opened(content)) == {"SourceSansPro-Black"}


@pytest.mark.parametrize(
    "name",
    ["../__init__.py", "/etc/passwd", "nothing.ttf", "", "../../font_source_sans_pro/__init__.py"],
)
def test_no_other_file_can_be_used_as_a_font(name: str) -> None:
    with pytest.raises(Problems) as raised:
        pdf.from_html(page_with("x"), FONT.format(name))
    assert [problem.rule for problem in raised.value.diagnostics] == ["fetch-refused"]


def test_a_picture_in_the_template_itself_is_shown(opened: Opener) -> None:
    drawing = f"{SVG} width='9' height='9'><rect width='9' height='9'/></svg>".replace('"', "'")
    body = f'<img alt="A square" src="data:image/svg+xml,{drawing}">'
    figures = [
        node
        for tag, node in structure_of(opened(pdf.from_html(page_with(body), "")))
        if tag == "Figure"
    ]
    assert [str(figure.Alt) for figure in figures] == ["A square"]


# ── without Pango ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def without_pango(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put a WeasyPrint first that does what the real one does where Pango is missing."""
    package = tmp_path / "weasyprint"
    package.mkdir()
    (package / "__init__.py").write_text(
        "import sys\n"
        "print('-----\\nWeasyPrint could not import some external libraries.')\n"
        "print('More of it', file=sys.stderr)\n"
        "raise OSError('cannot load library libpango-1.0-0')\n",
        "utf-8",
    )
    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(tmp_path)
    pdf._weasyprint.cache_clear()
    yield
    pdf._weasyprint.cache_clear()


@pytest.mark.usefixtures("without_pango")
def test_without_pango_the_user_learns_how_to_install_it(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(pdf.LibraryMissing) as raised:
        pdf.from_html(page_with("x"), "")
    first, *others = str(raised.value).splitlines()
    assert first.startswith("PDF needs the library Pango, which is not installed here.")
    assert others == [
        "  Debian, Ubuntu:  sudo apt-get install libpangoft2-1.0-0 libharfbuzz-subset0",
        "  Fedora:          sudo dnf install pango",
        "  Alpine:          sudo apk add pango",
        "  macOS:           brew install pango",
        "  Windows:         install MSYS2, then in its shell: pacman -S mingw-w64-x86_64-pango",
    ]
    assert capfd.readouterr() == ("", "")


@pytest.mark.usefixtures("without_pango")
def test_without_pango_the_other_formats_are_produced() -> None:
    documents = Documents(view_of("minimal"), Templates())
    with pytest.raises(pdf.LibraryMissing):
        documents.produce(Format.PDF)
    assert documents.produce(Format.MARKDOWN).startswith(b"# Bees\n")
    assert documents.produce(Format.HTML).startswith(b"<!doctype html>\n")


def test_weasyprint_is_not_imported_before_a_pdf_is_wanted() -> None:
    check = (
        "import sys, cop_roadmap.cli, cop_roadmap.formats, cop_roadmap.pdf;"
        "sys.exit('weasyprint' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
