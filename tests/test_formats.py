"""The documents: nothing of the roadmap lost, nothing in them that the roadmap did not say."""

import html
import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any, assert_never

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cop_roadmap import canvas, catalogue, loading, scaffold
from cop_roadmap.formats import SPELLINGS, USUAL, Documents, Format
from cop_roadmap.markdown import to_excerpt
from cop_roadmap.review_view import RatedView, ReviewsView
from cop_roadmap.roadmap import Roadmap
from cop_roadmap.templating import Templates
from cop_roadmap.view import LinkView, View, make
from tests.test_markdown import BLOCK_TAGS

EXAMPLES = Path(__file__).parent.parent / "examples"
ROWS, COLUMNS = 24, 11

# A reader of Markdown that trusts what it gets: raw HTML passes, every address is a link.
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
READER.validateLink = lambda url: True  # type: ignore[method-assign]


# ── a page as a tree ─────────────────────────────────────────────────────────────────────────────

VOID = frozenset({"br", "hr", "meta"})
BLOCKS = BLOCK_TAGS | frozenset(
    (
        *("html", "head", "body", "title", "header", "nav", "main", "section", "div", "br"),
        *("style", "script", "form", "select", "option", "button", "svg", "text"),
    )
)


@dataclass
class Element:
    """A tag with what stands in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, *tags: str) -> list["Element"]:
        return [element for element in self.walk() if element.tag in tags]

    def the(self, tag: str) -> "Element":
        (found,) = self.all(tag)
        return found

    def _text(self) -> str:
        text = "".join(c if isinstance(c, str) else c._text() for c in self.children)
        return f" {text} " if self.tag in BLOCKS else text

    @property
    def text(self) -> str:
        """The text as a reader sees it, on one line; the style sheet is none of it."""
        return collapsed("" if self.tag == "style" else self._text())

    def skeleton(self) -> tuple[Any, ...]:
        """The markup alone: tags and attributes in their order, without any text."""
        told = {"content", "data-people"} & self.attributes.keys()
        named = {**self.attributes, **dict.fromkeys(told, "")}
        inside = tuple(c.skeleton() for c in self.children if isinstance(c, Element))
        return (self.tag, tuple(named.items()), inside)


class _Builder(HTMLParser):
    """Builds the tree of a page, and takes nothing that a strict reader would have to repair."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        assert len(attributes) == len(attrs), f"<{tag}> has an attribute twice"
        element = Element(tag, attributes)
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        in_drawing = any(element.tag == "svg" for element in self.open)
        assert tag in VOID or in_drawing
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"a processing instruction: {data}")


def tree_of(text: str) -> Element:
    builder = _Builder()
    builder.feed(text)
    builder.close()
    assert builder.open == [builder.root]
    return builder.root


def collapsed(text: str) -> str:
    return " ".join(text.split())


# ── roadmaps and their documents ─────────────────────────────────────────────────────────────────


def roadmap_of(content: bytes) -> Roadmap:
    examined = loading.examine(content, "roadmap.yaml")
    assert examined.roadmap, examined.diagnostics
    return examined.roadmap


ROADMAPS: dict[str, Callable[[], Roadmap]] = {
    "minimal": lambda: Roadmap.model_validate({"community": {"name": "Bees"}}),
    "blank in English": lambda: roadmap_of(scaffold.blank(catalogue.load("en")).encode()),
    "blank in French": lambda: roadmap_of(scaffold.blank(catalogue.load("fr")).encode()),
    "complete in English": lambda: roadmap_of((EXAMPLES / "open-data-stewards.yaml").read_bytes()),
    "complete in French": lambda: roadmap_of((EXAMPLES / "soins-de-la-douleur.yaml").read_bytes()),
}


@cache
def roadmap(name: str) -> Roadmap:
    return ROADMAPS[name]()


@cache
def document(name: str, wanted: Format) -> bytes:
    """Produce a document once for all tests."""
    return produce(roadmap(name), wanted)


def produce(subject: Roadmap, wanted: Format) -> bytes:
    return Documents(make(subject), Templates()).produce(wanted)


@cache
def page(name: str) -> Element:
    return tree_of(document(name, Format.HTML).decode())


@cache
def read_markdown(name: str) -> Element:
    return tree_of(READER.render(document(name, Format.MARKDOWN).decode()))


each_roadmap = pytest.mark.parametrize("name", ROADMAPS)


def squashed(text: str) -> str:
    """Leave out what a typesetter may put in or take away: spaces, hyphens, ligatures."""
    return re.sub(r"[\s\u00ad\u200b-]", "", unicodedata.normalize("NFKC", text))


def text_of_pdf(content: bytes, directory: Path, pdftotext: str) -> str:
    """Read a PDF in the order of its content, without the lines at the foot of the pages.

    The marks of list items are left out as well: they are drawn last on their page.
    """
    file = directory / "roadmap.pdf"
    file.write_bytes(content)

    def above(height: int) -> list[str]:
        area = ["-x", "0", "-y", "0", "-W", "2000", "-H", str(height)]
        command = [pdftotext, "-raw", "-enc", "UTF-8", *area, str(file), "-"]
        done = subprocess.run(command, capture_output=True, check=True)
        return done.stdout.decode().split("\f")

    # Points from the top of A4 to the foot: upright, and lying.
    upright, lying = above(842 - 50), above(595 - 36)
    across = _pages_across(file)
    pages = [lying[n] if n in across else text for n, text in enumerate(upright)]
    return squashed("".join(re.sub(r"(?m)^(?:[•◦▪]|\d{1,2}\.)$", "", text) for text in pages))


def _pages_across(file: Path) -> set[int]:
    import pikepdf

    with pikepdf.open(file) as pdf:
        boxes = [[float(number) for number in leaf.mediabox] for leaf in pdf.pages]
    return {n for n, (_, _, width, height) in enumerate(boxes) if width > height}


# ── what must be in every document ───────────────────────────────────────────────────────────────


def shown_line(text: str) -> str:
    return tree_of(READER.renderInline(collapsed(text))).text


def shown_blocks(text: str) -> list[str]:
    """Return the text of each paragraph, item, cell and piece of code of a Markdown text."""
    leaves = tree_of(READER.render(text)).all("p", "li", "th", "td", "pre")
    leaves = [leaf for leaf in leaves if not any(c.tag in BLOCKS for c in leaf.walk() if c != leaf)]
    return [leaf.text for leaf in leaves if leaf.text]


def texts_of_roadmap(subject: Roadmap) -> Iterator[str]:
    """Yield every text that the roadmap holds, as a reader must see it."""
    yield collapsed(subject.community.name)
    yield shown_line(subject.community.summary)
    yield ", ".join(map(collapsed, subject.community.sponsor))
    yield ", ".join(map(collapsed, subject.community.facilitator))
    for section in subject.sections.values():
        yield from shown_blocks(section.answer)
        yield from map(collapsed, section.responsible)
        yield from map(shown_line, section.resources)
        for actions in section.timeline.values():
            for action in actions:
                yield shown_line(action.action)
                yield from map(collapsed, action.responsible)
    for ambition in subject.ambitions.values():
        yield from shown_blocks(ambition)
    for items in subject.creation.values():
        for item in items.values():
            yield from shown_blocks(item.answer)
    for review in subject.held[-4:]:
        yield ", ".join(map(collapsed, review.by))
        yield from shown_blocks(review.note)


def texts_of_canvas(view: View) -> Iterator[str]:
    """Yield every title, question and label that a document of the canvas needs."""
    labels = view.labels
    yield from (labels[key] for key in ("roadmap", "ambitions", "timeline", "timeline_intro"))
    yield from (labels[key] for key in ("creation", "creation_intro", "section"))
    yield from (labels[key] for key in ("responsible", "resources", "progress", "people"))
    yield labels["people_intro" if view.people else "nobody"]
    yield labels["sponsor"] if view.sponsor else ""
    yield labels["facilitator"] if view.facilitator else ""
    yield view.year
    for facet in view.facets:
        yield f"{facet.number} {facet.title}"
        yield facet.worked_out
        for section in facet.sections:
            yield f"{section.number} {section.title}"
            yield section.question
            if not section.answer:
                yield labels["empty"]
    for period in view.periods:
        yield period.title
        yield period.months
    yield from texts_of_ambitions(view)
    yield from texts_of_steps(view)
    yield from texts_of_people(view)
    yield from texts_of_reviews(view)


def texts_of_reviews(view: View) -> Iterator[str]:
    if view.next_review:
        yield view.next_review.label
        yield view.next_review.text
    if reviews := view.reviews:
        yield from (reviews.words[key] for key in ("title", "intro", "table", "table_intro"))
        yield reviews.rated
        yield reviews.earlier
        yield from (review.held for review in [reviews.last, *reviews.before])
        yield from (f"{level.number} {level.title}" for level in reviews.levels)
        yield from (level.meaning for level in reviews.levels)
        for row in rows_of_ratings(reviews):
            yield row.title
            yield from [*row.values, row.trend]


def rows_of_ratings(reviews: ReviewsView) -> list[RatedView]:
    rows = [row for each in reviews.facets for row in (each.facet, *each.sections)]
    return [*rows, reviews.total]


def texts_of_ambitions(view: View) -> Iterator[str]:
    for ambition in view.ambitions:
        yield ambition.title
        yield ambition.months
        if not ambition.text:
            yield ambition.question


def texts_of_steps(view: View) -> Iterator[str]:
    labels = view.labels
    for step in view.steps:
        yield step.label
        yield step.title
        yield f"{step.settled} · {labels['feeds']} {links_of(step.feeds)}"
        for item in step.items:
            yield item.title
            yield labels["item_done"] if item.done else labels["item_open"]
            if not item.answer:
                yield item.question


def texts_of_people(view: View) -> Iterator[str]:
    for person in view.people:
        yield person.name
        yield links_of(person.sections)
        for task in person.tasks:
            yield f"{task.section.number} · {task.period}"
            yield from task.action.details


def links_of(sections: list[LinkView]) -> str:
    return ", ".join(f"{section.number} {section.title}" for section in sections)


def texts_of_page(view: View) -> Iterator[str]:
    """Yield what only the page and its print have."""
    labels = view.labels
    yield from (labels[key] for key in ("contents", "canvas", "canvas_intro", "progress_intro"))
    yield f"{labels['year']} {view.year}" if view.year else ""
    yield view.wheel.hub
    if view.reviews:
        yield view.reviews.wheel.hub
        yield view.reviews.words["wheel_intro"]
        yield view.reviews.words["wheel_before"] if view.reviews.has_trend else ""
    if any(section.is_planned for facet in view.facets for section in facet.sections):
        yield labels["plan"]


def texts_in_order(view: View, colon: str) -> Iterator[str]:
    """Yield what belongs together: in the print, it does not lie so in the file."""
    for facet in view.facets:
        yield f"{facet.number} {facet.title} {facet.worked_out}"
        for section in facet.sections:
            for period, actions in zip(view.periods, section.cells, strict=True):
                if actions:
                    yield f"{period.title}{colon} {shown_line(actions[0].text)}"
    for person in view.people:
        for task in person.tasks:
            where = f"{task.section.number} · {task.period}{colon}"
            yield f"{where} {shown_line(task.action.text)}"


def texts_of_format(view: View, wanted: Format) -> Iterator[str]:
    """Yield what only some formats have, or have in their own words."""
    labels = view.labels
    match wanted:
        case Format.MARKDOWN:
            yield f"{labels['facet']} {labels['worked_out']}"
            yield labels["progress_parts"]
            yield from texts_in_order(view, labels["pair"].rstrip())
        case Format.HTML:
            yield from texts_of_page(view)
            yield from texts_in_order(view, "")
            yield view.wheel.title
            yield view.reviews.wheel.title if view.reviews else ""
            for section in (section for facet in view.facets for section in facet.sections):
                short = to_excerpt(section.answer, 200) or section.question
                yield f"{section.number} {section.title} {short}"
        case Format.PDF:
            yield from texts_of_page(view)
        case Format.ICS:
            raise ValueError("a calendar is no document: see test_ics")
        case _:
            assert_never(wanted)


def wanted_texts(name: str, wanted: Format) -> list[str]:
    view = make(roadmap(name))
    texts = [
        *texts_of_roadmap(roadmap(name)),
        *texts_of_canvas(view),
        *texts_of_format(view, wanted),
    ]
    return [text for text in map(collapsed, texts) if text]


@pytest.mark.parametrize("name", ["complete in English", "complete in French"])
def test_the_complete_examples_have_texts_of_every_kind(name: str) -> None:
    assert all(len(wanted_texts(name, wanted)) > 700 for wanted in USUAL)
    view, community = make(roadmap(name)), roadmap(name).community
    assert all((community.summary, community.sponsor, community.facilitator, community.start))
    assert any(person.sections and person.tasks for person in view.people)
    assert any(task.action.details for person in view.people for task in person.tasks)


@each_roadmap
def test_every_text_is_in_the_page(name: str) -> None:
    text = page(name).the("body").text
    assert [wanted for wanted in wanted_texts(name, Format.HTML) if wanted not in text] == []


@each_roadmap
def test_every_text_is_in_the_markdown(name: str) -> None:
    text = read_markdown(name).text
    assert [wanted for wanted in wanted_texts(name, Format.MARKDOWN) if wanted not in text] == []


@pytest.mark.slow
@each_roadmap
def test_every_text_is_in_the_pdf(name: str, tmp_path: Path, tool: Callable[[str], str]) -> None:
    text = text_of_pdf(document(name, Format.PDF), tmp_path, tool("pdftotext"))
    texts = wanted_texts(name, Format.PDF)
    assert [wanted for wanted in texts if squashed(wanted) not in text] == []


@each_roadmap
def test_both_documents_have_the_headings_of_the_canvas(name: str) -> None:
    view = make(roadmap(name))
    labels = view.labels
    first = [(1, view.name), (2, labels["ambitions"])]
    first += [(3, ambition.title) for ambition in view.ambitions]
    first.append((2, labels["progress"]))
    wanted = []
    for facet in view.facets:
        wanted.append((2, f"{facet.number} {facet.title}"))
        wanted += [(3, f"{section.number} {section.title}") for section in facet.sections]
    wanted += [(2, labels["timeline"]), (2, labels["creation"])]
    wanted += [(3, f"{step.label} · {step.title}") for step in view.steps]
    wanted += headings_of_reviews(view)
    wanted.append((2, labels["people"]))
    of_the_page = [found for found in headings_of(page(name)) if found[0] < 4]
    of_markdown = [found for found in headings_of(read_markdown(name)) if found[0] < 4]
    assert of_the_page == [*first, (2, labels["contents"]), (2, labels["canvas"]), *wanted]
    assert of_markdown == [*first, *wanted]


def headings_of_reviews(view: View) -> list[tuple[int, str]]:
    """Return the headings of the reviews; without a review there are none."""
    if not view.reviews:
        return []
    words = view.reviews.words
    before = (review.held for review in view.reviews.before)
    below = [view.reviews.last.held, words["table"], *before, words["scale"]]
    return [(2, words["title"]), *((3, title) for title in below)]


def headings_of(tree: Element) -> list[tuple[int, str]]:
    found = tree.all("h1", "h2", "h3", "h4", "h5", "h6")
    return [(int(heading.tag[1]), heading.text) for heading in found]


@each_roadmap
def test_both_documents_show_the_same_grid(name: str) -> None:
    of_the_page = tree_of_grid(page(name))
    of_markdown = tree_of_grid(read_markdown(name))
    assert [len(row) for row in of_the_page] == [len(row) for row in of_markdown]
    assert [len(row) for row in of_markdown] == [COLUMNS] * (1 + ROWS)
    assert [[words(cell) for cell in row] for row in of_the_page] == [
        [words(cell) for cell in row] for row in of_markdown
    ]


def tree_of_grid(tree: Element) -> list[list[str]]:
    """Return the texts of the grid's cells, without the rows that name the facets."""
    grid = max(tree.all("table"), key=lambda table: len(table.all("td", "th")))
    rows = [[cell.text for cell in row.all("th", "td")] for row in grid.all("tr")]
    return [row for row in rows if len(row) > 1]


def words(cell: str) -> list[str]:
    """Return the words of a cell without the signs that set its parts apart."""
    return [word for word in re.sub(r"[·;,()]", " ", cell).split() if word]


# ── the page ─────────────────────────────────────────────────────────────────────────────────────


@each_roadmap
def test_a_page_says_its_language_title_and_encoding(name: str) -> None:
    text = document(name, Format.HTML).decode()
    community = roadmap(name).community
    label = catalogue.load(community.language).word("labels", "roadmap")
    assert text.startswith("<!doctype html>\n")
    assert page(name).the("html").attributes == {"lang": community.language}
    assert page(name).the("head").the("title").text == f"{community.name} – {label}"
    meta = [element.attributes for element in page(name).all("meta")]
    assert meta[0] == {"charset": "utf-8"}
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in meta
    assert {"name": "author", "content": community.name} in meta


@each_roadmap
def test_a_page_has_one_main_heading_and_no_gap_between_levels(name: str) -> None:
    levels = [level for level, _ in headings_of(page(name))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert all(text for _, text in headings_of(page(name)))


@each_roadmap
def test_a_page_has_its_landmarks_and_a_way_past_the_contents(name: str) -> None:
    body = page(name).the("body")
    parts = [child for child in body.children if isinstance(child, Element)]
    assert [part.tag for part in parts] == ["a", "header", "nav", "main"]
    skip, _, _, main = parts
    assert skip.attributes["href"] == f"#{main.attributes['id']}"
    assert [element.tag for element in body.all("header", "nav", "main")] == [
        "header",
        "nav",
        "main",
    ]


@each_roadmap
def test_the_contents_lead_to_every_facet_and_section(name: str) -> None:
    by_id = {e.attributes["id"]: e for e in page(name).walk() if "id" in e.attributes}
    links = page(name).the("nav").all("a")
    # The canvas and the facets with their sections, then timeline, creation and people; the
    # reviews, too, where one was held.
    parts = 1 + len(canvas.FACETS) + len(canvas.SECTION_KEYS) + 3
    assert len(links) == parts + bool(roadmap(name).held)
    for link in links:
        target = by_id[link.attributes["href"].removeprefix("#")]
        assert target.tag in ("h2", "h3")
        assert target.text == link.text


@each_roadmap
def test_every_heading_of_the_canvas_has_a_link_that_names_it(name: str) -> None:
    wanted = ["ambitions", *(f"ambition-{key}" for key in canvas.AMBITION_KEYS)]
    wanted += ["progress", "canvas"]
    for facet in canvas.FACETS:
        wanted += [f"facet-{facet.number}", *facet.sections]
    wanted += ["timeline", "creation"]
    for step in canvas.STEPS:
        wanted += [f"step-{step.number}", *(f"step-{step.number}-{key}" for key in step.items)]
    if reviews := make(roadmap(name)).reviews:
        before = [f"review-{review.key}" for review in reviews.before]
        wanted += ["reviews", "reviews-last", "reviews-table", *before, "reviews-scale"]
    wanted.append("people")
    by_id = {e.attributes["id"]: e for e in page(name).walk() if "id" in e.attributes}
    links = [a.attributes for a in page(name).all("a") if a.attributes.get("class") == "anchor"]
    assert [link["href"] for link in links] == [f"#{target}" for target in wanted]
    start, end = make(roadmap(name)).labels["link_to"].split("{title}")
    for link, target in zip(links, wanted, strict=True):
        title = link["aria-label"].removeprefix(start).removesuffix(end)
        assert f"{by_id[target].text} ".startswith(f"{title} ")


@each_roadmap
def test_from_every_part_a_link_leads_back_to_the_contents(name: str) -> None:
    parts = [e for e in page(name).the("main").children if isinstance(e, Element)]
    back = [part.all("a")[-1] for part in parts]
    assert {link.attributes["href"] for link in back} == {"#contents"}
    assert {link.text for link in back} == {make(roadmap(name)).labels["back_to_contents"]}


@each_roadmap
def test_every_id_is_unique_and_every_reference_has_its_target(name: str) -> None:
    elements = list(page(name).walk())
    ids = [element.attributes["id"] for element in elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    references = {
        *(e.attributes["href"][1:] for e in elements if e.attributes.get("href", "")[:1] == "#"),
        *(e.attributes["aria-labelledby"] for e in elements if "aria-labelledby" in e.attributes),
    }
    assert len(references) > len(canvas.SECTION_KEYS)
    assert references <= set(ids)


@each_roadmap
def test_a_page_loads_nothing_and_runs_only_its_own_script(name: str) -> None:
    loading_tags = "link img iframe object embed video audio source base input"
    assert page(name).all(*loading_tags.split()) == []
    assert [script.attributes for script in page(name).all("script")] == [{"type": "module"}]
    drawn = {element.tag for svg in page(name).all("svg") for element in svg.walk()}
    assert drawn <= {"svg", "title", "path", "text"}
    for element in page(name).walk():
        assert not {"src", "srcset", "style", "background", "action"} & element.attributes.keys()
        assert not any(attribute.startswith("on") for attribute in element.attributes)
        assert element.attributes.get("href", "#").startswith(("#", "http://", "https://"))
    (style,) = page(name).all("style")
    assert not re.search(r"url\(|@import|@font-face|expression\(", str(style.children))


@each_roadmap
def test_every_header_cell_says_what_it_heads(name: str) -> None:
    for table in page(name).all("table"):
        scopes = [cell.attributes["scope"] for cell in table.all("th")]
        assert scopes
        assert set(scopes) <= {"col", "row", "rowgroup"}
    grid = max(page(name).all("table"), key=lambda table: len(table.all("th")))
    found = [cell.attributes["scope"] for cell in grid.all("th")]
    assert found == ["col"] * COLUMNS + (["rowgroup"] + ["row"] * 3) * len(canvas.FACETS)


@each_roadmap
def test_wide_tables_can_be_scrolled_with_the_keyboard(name: str) -> None:
    view = make(roadmap(name))
    regions = [e for e in page(name).walk() if e.attributes.get("role") == "region"]
    wide = [view.labels["grid"], *([view.reviews.words["table"]] if view.reviews else [])]
    assert [region.attributes["aria-label"] for region in regions] == wide
    assert {region.attributes["tabindex"] for region in regions} == {"0"}
    assert [len(region.all("table")) for region in regions] == [1] * len(regions)


@each_roadmap
def test_elements_stand_where_html_allows_them(name: str) -> None:
    for element in page(name).walk():
        inside = [child for child in element.children if isinstance(child, Element)]
        if element.tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "a", "pre"):
            assert {e.tag for e in element.walk() if e != element} <= {
                *("a", "br", "code", "em", "s", "span", "strong")
            }
        if element.tag in ("ul", "ol"):
            assert {child.tag for child in inside} == {"li"}
        if element.tag == "a":
            assert element.all("a") == [element]


# ── hostile texts ────────────────────────────────────────────────────────────────────────────────


SECTIONS = ("vision", "communication", "results")
PERIODS = ("month_1", "months_10_to_12")


def filled(text: str) -> Roadmap:
    """Put one text into fields of every kind."""
    action = {"action": text, "responsible": [text], "status": "done", "due": "2026-09-30"}
    section = {
        "answer": text,
        "responsible": [text, text],
        "resources": [text, text],
        "timeline": {period: [text, action] for period in PERIODS},
    }
    return Roadmap.model_validate(
        {
            "community": {
                "name": text,
                "summary": text,
                "sponsor": text,
                "facilitator": [text],
                "start": "2026-09",
            },
            "sections": dict.fromkeys(SECTIONS, section),
            "ambitions": {"short_term": text},
            "creation": {"pilot_and_launch": {"pilot": text, "launch": {"answer": text}}},
        }
    )


# How often such a roadmap shows its text: as plain text, and as Markdown. The plan of a section and
# its row of the grid have two actions in a period, and who does one of them; both are followed by
# two who are responsible, and two resources. The index of names has one name, with the actions that
# name it. Only the page has a choice of people, and the canvas, with the beginnings of the answers.
_NAMES = 3 + len(SECTIONS) * 2 * (len(PERIODS) + 2) + 1
NAMES = {Format.HTML: _NAMES + 1, Format.MARKDOWN: _NAMES}
_TEXTS = 4 + len(SECTIONS) * (1 + 2 * (2 * len(PERIODS) + 2) + len(PERIODS))
TEXTS = {Format.HTML: _TEXTS + len(SECTIONS), Format.MARKDOWN: _TEXTS}


def written(subject: Roadmap, wanted: Format) -> Element:
    """Write a document and read it again, as browsers or readers of Markdown do."""
    text = produce(subject, wanted).decode()
    return tree_of(READER.render(text) if wanted is Format.MARKDOWN else text)


@cache
def skeleton_of_harmless_text(wanted: Format) -> tuple[Any, ...]:
    return written(filled("harmless"), wanted).skeleton()


HOSTILE = {
    "script": "x <script>alert(1)</script>",
    "script behind a bracket": "x <<script>alert(1)</script>",
    "event": "x <img src=x onerror=alert(1)>",
    "end of an attribute": "x \"'><b onmouseover='alert(1)'>",
    "address of a script": "[x](javascript:alert(1))",
    "address of data": "![x](data:text/html,<script>alert(1)</script>)",
    "end of the style sheet": "x </style><h1>y</h1>",
    "end of the title": "x </title><script>y</script>",
    "end of a table": "x </td></tr></table>",
    "template": "x {{ 7*7 }}{% if %}{# y #}{{ cycler.next }}",
    "comment": "x <!-- y",
    "end of a comment": "x --> y",
    "declaration": "x <!doctype y><?php z ?>",
    "end of character data": "x ]]> <![CDATA[ y",
    "ampersands": "x & y &; &amp &nosuch; &# z",
    "pipes": "x | y || z |",
    "backtick": "x ` y",
    "unclosed signs": "x ** y [z](",
    "backslashes": "x \\y \\",
    "hashes": "x ## y #",
    "percent": "x %s %(y)s {0} ${z}",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_text_in_the_page_and_nowhere_markup(text: str) -> None:
    tree = written(filled(text), Format.HTML)
    assert tree.skeleton() == skeleton_of_harmless_text(Format.HTML)
    shown = tree.the("body").text.count(text)
    assert shown == NAMES[Format.HTML] + TEXTS[Format.HTML]
    assert tree.the("head").the("title").text == f"{text} – Community of practice roadmap"
    contents = [element.attributes.get("content") for element in tree.all("meta")]
    assert contents.count(text) == 2  # author and description


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_text_in_the_markdown_and_nowhere_markup(text: str) -> None:
    tree = written(filled(text), Format.MARKDOWN)
    assert tree.skeleton() == skeleton_of_harmless_text(Format.MARKDOWN)
    assert tree.text.count(text) == NAMES[Format.MARKDOWN] + TEXTS[Format.MARKDOWN]


# Texts with a meaning in Markdown, and what of them shows where they are not plain.
MEANT = {
    "emphasis": ("x **y** z", "x y z"),
    "code": ("x `y`", "x y"),
    "link": ("x [y](https://e.org)", "x y"),
    "entity": ("x &lt;b&gt; &amp;", "x <b> &"),
}


@pytest.mark.parametrize("wanted", [Format.HTML, Format.MARKDOWN], ids=["page", "markdown"])
@pytest.mark.parametrize(("text", "shown"), MEANT.values(), ids=MEANT)
def test_names_are_plain_text_and_all_else_is_markdown(
    text: str, shown: str, wanted: Format
) -> None:
    seen = written(filled(text), wanted)
    seen = seen.the("body") if wanted is Format.HTML else seen
    assert (seen.text.count(text), seen.text.count(shown)) == (NAMES[wanted], TEXTS[wanted])


# Texts that would begin a block, where only a line is meant.
BLOCKS_OF_MARKDOWN = {
    "heading": "# x",
    "list": "- x",
    "numbered list": "1. x",
    "quotation": "> x",
    "rule": "---",
    "fence": "```x",
    "table": "| x |\n|---|",
    "indented code": "    x",
}


def summarised(summary: str, wanted: Format) -> Element:
    data = {"community": {"name": "Bees", "summary": summary}}
    return written(Roadmap.model_validate(data), wanted)


@pytest.mark.parametrize("text", BLOCKS_OF_MARKDOWN.values(), ids=BLOCKS_OF_MARKDOWN)
def test_the_summary_of_a_page_is_one_line_whatever_it_begins_with(text: str) -> None:
    tree = summarised(text, Format.HTML)
    assert tree.skeleton() == summarised("harmless", Format.HTML).skeleton()
    (summary,) = [e for e in tree.walk() if e.attributes.get("class") == "summary"]
    assert summary.text == collapsed(text)


@pytest.mark.parametrize("text", BLOCKS_OF_MARKDOWN.values(), ids=BLOCKS_OF_MARKDOWN)
def test_the_summary_of_the_markdown_is_one_line_whatever_it_begins_with(text: str) -> None:
    tree = summarised(text, Format.MARKDOWN)
    assert tree.skeleton() == summarised("harmless", Format.MARKDOWN).skeleton()
    assert collapsed(text) in tree.text


def test_code_in_the_summary_of_the_markdown_keeps_its_pipe() -> None:
    assert "x y|z" in summarised("x `y|z`", Format.MARKDOWN).text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("```\n# x", id="fence"),
        pytest.param("~~~~\n<p>", id="fence of tildes"),
        pytest.param("<!--", id="comment"),
        pytest.param("| a | b |\n|---|---|\n| `", id="table"),
        pytest.param("> - 1. x", id="nested blocks"),
        pytest.param("[x]: https://e.org\n\n[x]", id="definition"),
        pytest.param("x\n===", id="underlined heading"),
        pytest.param("- x\n\n      y", id="list with code"),
        pytest.param("<div>\n\n<pre>", id="raw blocks"),
        pytest.param("x\\", id="backslash at the end"),
        pytest.param("**x", id="unclosed emphasis"),
    ],
)
def test_an_answer_ends_where_it_ends_in_the_markdown(text: str) -> None:
    data = {
        "community": {"name": "Bees"},
        "sections": {key: {"answer": text} for key in canvas.SECTION_KEYS},
    }
    tree = written(Roadmap.model_validate(data), Format.MARKDOWN)
    highest = [found for found in headings_of(tree) if found[0] < 4]
    assert highest == [found for found in headings_of(read_markdown("minimal")) if found[0] < 4]
    assert tree_of_grid(tree) == tree_of_grid(read_markdown("minimal"))


SIGNS = (
    *("|", "\\", "\\|", "`", "``", "\n", "\n\n", "\r", "<br>", "<!--", "&#124;", "&lt;", "*", "~~"),
    *("[x](https://e.org '|')", "`|`", "`\\|`", "|---|", "https://e.org/|", "- ", "# "),
)
CELLS = st.lists(st.sampled_from(SIGNS) | st.text(max_size=4), max_size=8).map("".join)


@given(CELLS, CELLS, CELLS, CELLS)
@settings(max_examples=25, deadline=None)
def test_the_grid_is_one_table_whatever_its_cells_hold(
    action: str, who: str, name: str, resource: str
) -> None:
    timeline = {"month_1": [action, {"action": action, "responsible": who}], "month_6": action}
    section = {"timeline": timeline, "responsible": [name, name], "resources": [resource]}
    data = {
        "community": {"name": "Bees"},
        "sections": {"vision": section, "support": section, "results": section},
    }
    tree = written(Roadmap.model_validate(data), Format.MARKDOWN)
    progress, grid = tree.all("table")
    assert [len(row.all("th", "td")) for row in progress.all("tr")] == [2] * (
        1 + len(canvas.FACETS)
    )
    assert [len(row.all("th", "td")) for row in grid.all("tr")] == [COLUMNS] * (1 + ROWS)
    assert [row.all("td")[0].text for row in grid.all("tr")[1:]] == [
        f"{section.number} {section.title}"
        for facet in make(roadmap("minimal")).facets
        for section in facet.sections
    ]


@pytest.mark.slow
def test_hostile_texts_are_text_in_the_pdf(tmp_path: Path, tool: Callable[[str], str]) -> None:
    # Signs of direction change the order in which a PDF is read.
    texts = list(HOSTILE.values())
    sections = {
        key: {"answer": texts[at % len(texts)], "responsible": texts[at % len(texts)]}
        for at, key in enumerate(canvas.SECTION_KEYS)
    }
    data = {"community": {"name": texts[0], "summary": texts[1]}, "sections": sections}
    content = produce(Roadmap.model_validate(data), Format.PDF)
    text = text_of_pdf(content, tmp_path, tool("pdftotext"))
    counts = {wanted: text.count(squashed(wanted)) for wanted in texts}
    # The answer, and who is responsible: below the answer and in the grid.
    assert {wanted: count for wanted, count in counts.items() if count < 3} == {}


# ── the registry ─────────────────────────────────────────────────────────────────────────────────


TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


@pytest.mark.parametrize(
    "wanted",
    [
        *(pytest.param(each, id=each.value) for each in Format if each is not Format.PDF),
        pytest.param(Format.PDF, id="pdf", marks=pytest.mark.slow),
    ],
)
def test_no_text_turns_the_direction_of_what_stands_around_it(wanted: Format) -> None:
    turned = produce(filled(f"a{TURNING}bc 12"), wanted).decode("latin-1")
    plain = produce(filled("abc 12"), wanted).decode("latin-1")
    # What identifies an event is a digest of its text.
    assert re.sub("^UID:.*", "", turned, flags=re.MULTILINE) == re.sub(
        "^UID:.*", "", plain, flags=re.MULTILINE
    )


def test_formats_are_spelt_so() -> None:
    assert SPELLINGS == {
        "md": Format.MARKDOWN,
        "markdown": Format.MARKDOWN,
        "html": Format.HTML,
        "htm": Format.HTML,
        "pdf": Format.PDF,
        "ics": Format.ICS,
        "ical": Format.ICS,
    }


def test_a_calendar_is_made_only_where_it_is_asked_for() -> None:
    assert set(Format) - set(USUAL) == {Format.ICS}


@pytest.mark.parametrize(
    ("wanted", "suffix"),
    [(Format.MARKDOWN, ".md"), (Format.HTML, ".html"), (Format.PDF, ".pdf"), (Format.ICS, ".ics")],
    ids=["markdown", "html", "pdf", "ics"],
)
def test_a_format_has_the_suffix_of_its_files(wanted: Format, suffix: str) -> None:
    assert wanted.suffix == suffix


@pytest.mark.parametrize("wanted", [Format.MARKDOWN, Format.HTML], ids=["markdown", "html"])
@each_roadmap
def test_a_text_document_is_clean_and_always_the_same(name: str, wanted: Format) -> None:
    content = document(name, wanted)
    text = content.decode()
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not re.search(r"[ \t]\n|\r|\n\n\n\n", text) or wanted is Format.HTML
    assert "&amp;amp;" not in text
    assert html.unescape(text).count("{{") == 0
    assert produce(roadmap(name), wanted) == content


# ── on a day ─────────────────────────────────────────────────────────────────────────────────────

# So many actions of the complete examples are late on these days.
DAYS = {
    "complete in English": [("2020-01-01", 0), ("2026-11-23", 4), ("2030-01-01", 110)],
    "complete in French": [("2020-01-01", 0), ("2027-03-22", 6), ("2030-01-01", 115)],
}


@pytest.mark.parametrize(
    ("name", "day", "late"), [(name, *each) for name, days in DAYS.items() for each in days]
)
def test_on_a_day_what_is_late_is_marked_wherever_it_stands(name: str, day: str, late: int) -> None:
    view = make(roadmap(name), date.fromisoformat(day))
    content = Documents(view, Templates()).produce(Format.HTML).decode()
    body = tree_of(content).the("body")
    marked = [e for e in body.walk() if "late" in e.attributes.get("class", "").split()]
    word = view.labels["late"]
    assert all(word in element.text for element in marked)
    named = sum(task.action.late for person in view.people for task in person.tasks)
    # In the plan of its section, in the grid, and with each name that it gives.
    assert len(marked) == 2 * late + named
    assert sum("data-late" in e.attributes for e in body.walk()) == late
    assert f"{view.labels['as_of']} {view.as_of}" in body.text
    text = Documents(view, Templates()).produce(Format.MARKDOWN).decode()
    assert f"- **{view.labels['as_of']}**{view.labels['pair']}{view.as_of}\n" in text


@each_roadmap
def test_without_a_day_nothing_is_said_of_what_is_late(name: str) -> None:
    view = make(roadmap(name))
    body = page(name).the("body")
    assert not [e for e in body.walk() if "late" in e.attributes.get("class", "").split()]
    assert not [e for e in body.walk() if "data-late" in e.attributes]
    assert view.labels["late"] not in {option.text for option in body.all("option")}
    assert view.labels["as_of"] not in body.the("header").text
