"""PDF: tagged and valid, with its own fonts, the same everywhere, and nothing fetched for it."""

import hashlib
import os
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from cop_roadmap import canvas, loading, pdf
from cop_roadmap.diagnostics import Diagnostic, Problems, Severity
from cop_roadmap.formats import Documents, Format
from cop_roadmap.markdown import to_html
from cop_roadmap.roadmap import Roadmap
from cop_roadmap.templating import Templates
from cop_roadmap.view import View, make

EXAMPLES = Path(__file__).parent.parent / "examples"
HOSTILE = (
    "\"'><script>alert(1)</script> </title></style> {{ 7*7 }} <!-- --> ]]> & &amp; | \\ # * _ `"
)

HOSTILE_SECTION = {
    "answer": f"{HOSTILE}\n\n- {HOSTILE}\n\n| {HOSTILE}\n|---|---\n| x | y |",
    "responsible": HOSTILE,
    "resources": HOSTILE,
    "timeline": {"month_1": [HOSTILE, {"action": HOSTILE, "status": "done"}]},
}

# Roadmaps of every kind; setting one takes seconds, so each is set once.
ROADMAPS: dict[str, dict[str, Any] | str] = {
    "minimal": {"community": {"name": "Bees"}},
    "hostile": {
        "community": {"name": HOSTILE, "summary": HOSTILE, "start": "2026-09"},
        "sections": {"vision": HOSTILE_SECTION, "results": HOSTILE_SECTION},
        "ambitions": dict.fromkeys(canvas.AMBITION_KEYS, HOSTILE),
        "creation": {"pilot_and_launch": {"pilot": HOSTILE}},
    },
    "complete in English": "open-data-stewards.yaml",
    "complete in French": "soins-de-la-douleur.yaml",
}

each_roadmap = pytest.mark.parametrize("name", ROADMAPS)


@cache
def view_of(name: str) -> View:
    data = ROADMAPS[name]
    if isinstance(data, dict):
        return make(Roadmap.model_validate(data))
    examined = loading.examine((EXAMPLES / data).read_bytes(), data)
    assert examined.roadmap
    return make(examined.roadmap)


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
def set_text(text: str) -> bytes:
    """Set a Markdown text as an answer, with the style sheets of the documents."""
    templates = Templates()
    style = f"<style>{templates.read('style.css')}</style>"
    body = f'<main><h1>A</h1><h2>B</h2><h3>C</h3><div class="answer">{to_html(text)}</div></main>'
    return pdf.from_html(page_with(body, style), templates.read("pdf.css"))


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
    expected: list[tuple[str, list[str]]] = [(labels["contents"], []), (labels["ambitions"], [])]
    expected += [
        (
            f"{facet.number} {facet.title}",
            [f"{section.number} {section.title}" for section in facet.sections],
        )
        for facet in view.facets
    ]
    steps = [f"{step.label} · {step.title}" for step in view.steps]
    expected += [(labels["timeline"], []), (labels["creation"], steps)]
    with opened(document(name)).open_outline() as outline:
        found = [(item.title, [child.title for child in item.children]) for item in outline.root]
        deeper = [
            grand for item in outline.root for child in item.children for grand in child.children
        ]
    assert found == expected
    assert deeper == []


@pytest.mark.slow
@each_roadmap
def test_pages_are_a4_and_those_of_the_grid_lie(name: str, opened: Opener) -> None:
    upright, lying = (595, 842), (842, 595)
    pages = opened(document(name)).pages
    sizes = [(round(float(leaf.mediabox[2])), round(float(leaf.mediabox[3]))) for leaf in pages]
    first = sizes.index(lying)
    count = sizes.count(lying)
    after = len(sizes) - first - count
    assert sizes == [upright] * first + [lying] * count + [upright] * after
    assert min(first, count, after) >= 1


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
    assert levels.count(3) == len(canvas.AMBITIONS) + len(canvas.SECTION_KEYS) + len(canvas.STEPS)
    assert all(lower <= higher + 1 for higher, lower in pairwise(levels))


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
