"""The schema where it is used: in the language server of many editors, and in a strict compiler.

In the texts, ‸ is the cursor, and ⟦ ⟧ stand around what an editor must mark.
"""

import json
import os
import re
import shutil
import subprocess
import textwrap
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import yaml

from cop_roadmap import canvas, catalogue, loading, schema, source
from cop_roadmap.roadmap import Action, Community, CreationItem, Review, Roadmap, Section, Status
from tests.language_server import LanguageServer, Place, Range, range_of
from tests.test_cli import run
from tests.test_docs import blocks

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
PROGRAMS = Path(__file__).parent / "node" / "node_modules"
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
# In all languages the schema is of one shape: see test_schema.
LANGUAGES = ("en", "fr", "el")

# What an editor has from the start, but for the public catalogue of schemas: that is a network's.
SETTINGS = {
    "yaml": {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}},
    "[yaml]": {"editor.tabSize": 2},
}
# The kinds of proposals, as the protocol numbers them.
KEY, VALUE = 10, 12

Data = Any
Keys = tuple[str, ...]
Node = Callable[[str], list[str]]
each_language = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def node(tool: Callable[[str], str]) -> Node:
    """Find a program that npm installs; without it a test is skipped, but fails in CI."""

    def find(program: str) -> list[str]:
        if not (PROGRAMS / program).exists():
            message = "needs `npm install --prefix tests/node --no-package-lock`"
            (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
        return [tool("node"), str(PROGRAMS / program)]

    return find


def loader_accepts(text: str) -> bool:
    return loading.examine(text.encode(), "roadmap.yaml").roadmap is not None


# ── an editor ────────────────────────────────────────────────────────────────────────────────────


class Document:
    """A roadmap that is open in the editor."""

    def __init__(self, server: LanguageServer, path: Path, marked_text: str) -> None:
        self.text, self.cursor, self.marked = read_marks(marked_text)
        self._server = server
        self._uri = path.as_uri()
        server.open(self._uri, self.text)

    def proposals(self, kind: int) -> list[Data]:
        """Return what is proposed at the cursor."""
        found = self._server.completion(self._uri, self.cursor)
        return [proposal for proposal in found if proposal["kind"] == kind]

    def hover(self, *path: str) -> str:
        """Return what shows when the mouse rests on a key, without backslashes."""
        markdown = self._server.hover(self._uri, self._find(path)[0])
        text, _, link = markdown.rpartition("\n\nSource: ")
        assert link.startswith(f"[{schema.FILE_NAME}]("), markdown
        return re.sub(r"\\(.)", r"\1", text)

    def problems(self) -> list[tuple[Range, str]]:
        """Return what is marked, and what is said about it."""
        found = self._server.diagnostics(self._uri)
        return [(range_of(problem), problem["message"]) for problem in found]

    def titles(self) -> list[str]:
        """Return what stands behind the message about each thing that is marked."""
        found = self._server.diagnostics(self._uri)
        return [problem["source"].removeprefix("yaml-schema: ") for problem in found]

    def keys(self, path: Keys) -> list[str]:
        """Return the keys of a mapping."""
        mapping = self._find(path)[1]
        return [key.value for key, _ in mapping.value]

    def _find(self, path: Keys) -> tuple[Place, Any]:
        """Return a place within a key, and its value."""
        place, found = (0, 0), self._tree
        for step in path:
            key, found = next(pair for pair in found.value if pair[0].value == step)
            # At its first letter, the server may still see what ends there.
            place = key.start_mark.line, key.start_mark.column + 1
        return place, found

    @cached_property
    def _tree(self) -> Any:
        return yaml.compose(self.text, yaml.SafeLoader)


class Editor:
    """Opens roadmaps, each in a directory as ``init`` makes it."""

    def __init__(self, server: LanguageServer, home: Path) -> None:
        self._server = server
        self._home = home
        self._documents: dict[tuple[str, str], Document] = {}
        for language in LANGUAGES:
            for kind, options in {"blank": [], "example": ["--example"]}.items():
                directory = self._made(kind, language)
                directory.mkdir(parents=True)
                assert run("init", *options, "--language", language, cwd=directory).code == 0

    def blank(self, language: str = "en") -> str:
        return (self._made("blank", language) / "roadmap.yaml").read_text("utf-8")

    def example(self, language: str) -> str:
        return (self._made("example", language) / "roadmap.yaml").read_text("utf-8")

    def schema(self, language: str = "en") -> Data:
        return json.loads((self._made("blank", language) / schema.FILE_NAME).read_text("utf-8"))

    def open(self, text: str, language: str = "en") -> Document:
        """Open a text as somebody's roadmap, or return to it."""
        if (language, text) not in self._documents:
            directory = self._home / str(len(self._documents))
            shutil.copytree(self._made("blank", language), directory)
            document = Document(self._server, directory / "roadmap.yaml", text)
            self._documents[language, text] = document
        return self._documents[language, text]

    def open_file(self, path: Path) -> Document:
        return Document(self._server, path, path.read_text("utf-8"))

    def edit(self, key: str, value: str) -> Document:
        """Open a blank roadmap in which something is written below a key."""
        return self.open(written(self.blank(), key, value))

    def _made(self, kind: str, language: str) -> Path:
        return self._home / kind / language


@pytest.fixture(scope="module")
def editor(node: Node, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    program = node("yaml-language-server/bin/yaml-language-server")
    with LanguageServer([*program, "--stdio"], SETTINGS) as server:
        editor = Editor(server, tmp_path_factory.mktemp("editor"))
        # A server looks a text through some time after it is opened: that time passes once for all.
        for example in (*MISSPELT, *WRONG_VALUES, *MESSAGES, *WRONG_FORMS, *FORMS):
            editor.edit(*map(str, example.values[:2]))
        yield editor


def written(text: str, key: str, value: str) -> str:
    """Write a value below the first key of a name; one that begins with a colon, behind it."""
    found = re.search(rf"^( *){key}:.*\n(?:\1 .*\n|\n)*", text, re.MULTILINE)
    assert found, key
    below = "\n" + textwrap.indent(value, found[1] + "  ")
    behind = value.removeprefix(":")
    lines = f"{found[1]}{key}:{below if behind == value else f' {behind}'}\n"
    return text[: found.start()] + lines + text[found.end() :]


def read_marks(text: str) -> tuple[str, Place, list[Range]]:
    """Take the marks out of a text; return it, the cursor, and the marked parts."""
    plain = ""
    places: dict[str, list[Place]] = {"‸": [], "⟦": [], "⟧": []}
    for part in re.split("([‸⟦⟧])", text):
        if part in places:
            line = plain.rpartition("\n")[2]
            # The protocol counts in UTF-16.
            places[part].append((plain.count("\n"), len(line.encode("utf-16-le")) // 2))
        else:
            plain += part
    cursor = next(iter(places["‸"]), (0, 0))
    return plain, cursor, list(zip(places["⟦"], places["⟧"], strict=True))


# ── completion ───────────────────────────────────────────────────────────────────────────────────


def labels(proposals: Iterable[Data]) -> list[str]:
    return [proposal["label"] for proposal in proposals]


@pytest.mark.parametrize(
    ("key", "value", "keys"),
    [
        pytest.param("community", "‸", Community.model_fields, id="community"),
        pytest.param("sections", "‸", canvas.SECTION_KEYS, id="sections"),
        pytest.param("vision", "‸", Section.model_fields, id="a section"),
        pytest.param("timeline", "‸", canvas.PERIOD_KEYS, id="timeline"),
        pytest.param("month_1", "‸", Action.model_fields, id="an action"),
        pytest.param("month_1", "- ‸", Action.model_fields, id="an action in a list"),
        pytest.param("month_1", "- Meet\n- ‸", Action.model_fields, id="an action behind a text"),
        pytest.param("ambitions", "‸", canvas.AMBITION_KEYS, id="ambitions"),
        pytest.param("creation", "‸", canvas.STEP_ITEMS, id="creation"),
        *(
            pytest.param(step, "‸", items, id=f"the step {step}")
            for step, items in canvas.STEP_ITEMS.items()
        ),
        pytest.param("pilot", "‸", CreationItem.model_fields, id="an item"),
        pytest.param("reviews", "- ‸", Review.model_fields, id="a review"),
        pytest.param(
            "reviews", "- date: 2027-01-10\n  ratings:\n    ‸", canvas.SECTION_KEYS, id="ratings"
        ),
    ],
)
def test_all_keys_are_proposed_in_their_order(
    editor: Editor, key: str, value: str, keys: Iterable[str]
) -> None:
    assert labels(editor.edit(key, value).proposals(KEY)) == list(keys)


def test_the_parts_of_a_roadmap_are_proposed_below_its_first_line(editor: Editor) -> None:
    first = editor.blank().splitlines()[0]
    assert labels(editor.open(f"{first}\n‸").proposals(KEY)) == list(Roadmap.model_fields)


@pytest.mark.parametrize(
    ("key", "value", "keys"),
    [
        pytest.param(
            "sections", "vision:\n  answer: Honey\n‸", canvas.SECTION_KEYS, id="a section"
        ),
        pytest.param("month_1", "action: Meet\n‸", Action.model_fields, id="a key of an action"),
        pytest.param(
            "month_1", "- action: Meet\n  ‸", Action.model_fields, id="the same in a list"
        ),
    ],
)
def test_a_key_that_is_there_is_not_proposed_again(
    editor: Editor, key: str, value: str, keys: Iterable[str]
) -> None:
    assert labels(editor.edit(key, value).proposals(KEY)) == list(keys)[1:]


@each_language
def test_a_section_is_proposed_with_its_question(editor: Editor, language: str) -> None:
    document = editor.open(written(editor.blank(language), "sections", "‸"), language)
    words = catalogue.load(language)
    assert {key["label"]: key["documentation"] for key in document.proposals(KEY)} == {
        key: words.word("sections", key, "question") for key in canvas.SECTION_KEYS
    }


def test_a_chosen_section_goes_on_behind_its_colon(editor: Editor) -> None:
    proposals = editor.edit("sections", "‸").proposals(KEY)
    texts = [proposal["textEdit"]["newText"] for proposal in proposals]
    assert texts == [f"{key}: " for key in canvas.SECTION_KEYS]


# The server proposes null wherever a value may be left out.
STATUSES = [*(status.value for status in Status), "null"]


@pytest.mark.parametrize(
    ("key", "value", "values"),
    [
        pytest.param("month_1", "action: Meet\nstatus: ‸", STATUSES, id="status"),
        pytest.param("month_1", "- Ask\n- action: Meet\n  status: ‸", STATUSES, id="in a list"),
        pytest.param("month_1", ":{action: Meet, status: ‸}", STATUSES, id="in one line"),
        pytest.param("pilot", "done: ‸", ["true", "false", "null"], id="done"),
        pytest.param(
            "reviews",
            "- date: 2027-01-10\n  ratings:\n    vision: ‸",
            [*map(str, canvas.RATINGS), "null"],
            id="a rating",
        ),
    ],
)
def test_all_values_are_proposed(editor: Editor, key: str, value: str, values: list[str]) -> None:
    assert labels(editor.edit(key, value).proposals(VALUE)) == values


# ── hover ────────────────────────────────────────────────────────────────────────────────────────

A_REVIEW = "date: 2027-01-10, by: Ann, ratings: {vision: 4, results: 2}, note: Good"

# The mappings over whose keys the mouse goes.
MAPPINGS: dict[str, list[Keys]] = {
    "the roadmap": [()],
    "a section": [("sections", "vision")],
    "a timeline": [("sections", "vision", "timeline")],
    "ambitions": [("ambitions",)],
    "creation": [("creation",)],
    "steps": [("creation", step) for step in canvas.STEP_ITEMS],
}
each_mapping = pytest.mark.parametrize("mapping", MAPPINGS)


def explained(title: str, text: str) -> str:
    return f"#### {title}\n\n{text}"


def explained_by(part: Data, *path: str, whole: Data) -> str:
    """Return what a schema says about a key."""
    for key in path:
        named = part.get("$ref", "").rpartition("/")[2]
        mapping = whole["$defs"][named] if named else part
        part = mapping.get("anyOf", [mapping])[0]["properties"][key]
    return explained(part["title"], part["description"])


def hovers(document: Document, mapping: str) -> dict[Keys, str]:
    paths = [(*path, key) for path in MAPPINGS[mapping] for key in document.keys(path)]
    return {path: document.hover(*path) for path in paths}


@each_language
def test_a_section_shows_its_title_and_its_question(editor: Editor, language: str) -> None:
    # Roadmaps in all languages are open side by side, and their schemas have the same $id.
    document = editor.open(editor.blank(language), language)
    words = catalogue.load(language)
    assert {key: document.hover("sections", key) for key in document.keys(("sections",))} == {
        key: explained(
            f"{number} {words.word('sections', key, 'title')}",
            words.word("sections", key, "question"),
        )
        for key, number in canvas.SECTION_NUMBERS.items()
    }


@each_language
@each_mapping
def test_an_empty_key_shows_what_it_means(editor: Editor, language: str, mapping: str) -> None:
    shown = hovers(editor.open(editor.blank(language), language), mapping)
    whole = editor.schema(language)
    assert shown == {path: explained_by(whole, *path, whole=whole) for path in shown}


@each_language
@each_mapping
def test_a_filled_key_shows_what_it_means(editor: Editor, language: str, mapping: str) -> None:
    shown = hovers(editor.open(editor.example(language), language), mapping)
    whole = editor.schema(language)
    assert shown == {path: explained_by(whole, *path, whole=whole) for path in shown}


@pytest.mark.parametrize(
    "line",
    [
        *("status: done", "due: 2026-10-15", "responsible: Ann", "responsible: [Ann, Ben]"),
        *("status:", "due:", "responsible:"),
    ],
)
def test_a_key_of_an_action_shows_what_it_means(editor: Editor, line: str) -> None:
    key = line.partition(":")[0]
    whole = editor.schema()
    document = editor.edit("month_1", f"action: Meet\n{line}")
    for name in ("action", key):
        shown = document.hover("sections", "vision", "timeline", "month_1", name)
        # Examples and allowed values follow.
        assert (
            shown.split("\n\n")[:2]
            == explained_by(whole["$defs"]["action"], name, whole=whole).split("\n\n")[:2]
        )


@pytest.mark.parametrize("key", CreationItem.model_fields)
def test_a_key_of_an_item_shows_what_it_means(editor: Editor, key: str) -> None:
    whole = editor.schema()
    document = editor.edit("pilot", "answer: With six people\ndone: true")
    shown = document.hover("creation", "pilot_and_launch", "pilot", key)
    assert shown == explained_by(whole["$defs"]["item"], key, whole=whole)


@pytest.mark.parametrize("key", ["date", "by", "ratings", "note"])
def test_a_key_of_a_review_shows_what_it_means(editor: Editor, key: str) -> None:
    whole = editor.schema()
    document = editor.edit("reviews", f":{{{A_REVIEW}}}")
    shown = document.hover("reviews", key)
    # Examples follow.
    assert (
        shown.split("\n\n")[:2]
        == explained_by(whole["$defs"]["review"], key, whole=whole).split("\n\n")[:2]
    )


def test_a_section_that_is_rated_shows_what_the_levels_mean_and_its_question(
    editor: Editor,
) -> None:
    shown = editor.edit("reviews", f":{{{A_REVIEW}}}").hover("reviews", "ratings", "vision")
    words = catalogue.load("en")
    levels, question = words.word("schema", "levels"), words.word("sections", "vision", "question")
    title, text, *_ = shown.split("\n\n")
    assert (title, text) == ("#### 1.1 Vision", f"{levels} {question}")


def explanations(part: Data) -> set[str]:
    """Return every description of a schema."""
    if not isinstance(part, dict):
        return set()
    own = part.get("description")
    return set().union(
        {own} if isinstance(own, str) else set(), *(explanations(inner) for inner in part.values())
    )


def test_a_french_schema_is_french_throughout(editor: Editor) -> None:
    assert explanations(editor.schema("fr")) & explanations(editor.schema("en")) == set()


# ── marks ────────────────────────────────────────────────────────────────────────────────────────


MISSPELT = [
    pytest.param("creation", ":{}\n⟦ambition⟧: {}", id="of the roadmap"),
    pytest.param("community", "name: Bees\n⟦sumary⟧: We keep bees", id="of the community"),
    pytest.param("sections", "⟦visoin⟧:\n  answer: Honey", id="a section"),
    pytest.param("vision", "answer: Honey\n⟦responsable⟧: Ann", id="of a section"),
    pytest.param("timeline", "month_1: Meet\n⟦month_7⟧: Ask", id="a period"),
    pytest.param("month_1", "action: Meet\n⟦who⟧: Ann", id="of an action"),
    pytest.param("month_1", "- Ask\n- action: Meet\n  ⟦who⟧: Ann", id="in a list"),
    pytest.param("month_1", ":{action: Meet, ⟦who⟧: Ann}", id="in one line"),
    pytest.param("ambitions", "short_term: Begin\n⟦longterm⟧: Last", id="an ambition"),
    pytest.param("creation", "⟦pilot⟧:\n  launch: In May", id="a step"),
    pytest.param("pilot_and_launch", "pilot: In May\n⟦surveys⟧: In June", id="an item"),
    pytest.param("pilot", "answer: In May\n⟦settled⟧: true", id="of an item"),
    pytest.param("pilot", "⟦answers⟧: In May", id="the only key of an item"),
    pytest.param("reviews", "- date: 2027-01-10\n  ⟦rating⟧: {vision: 4}", id="of a review"),
    pytest.param(
        "reviews",
        "- date: 2027-01-10\n  ratings: {vision: 4, ⟦visoin⟧: 4}",
        id="a section that is rated",
    ),
]


@pytest.mark.parametrize(("key", "value"), MISSPELT)
def test_a_misspelt_key_is_marked_exactly(editor: Editor, key: str, value: str) -> None:
    document = editor.edit(key, value)
    misspelt = value.partition("⟦")[2].partition("⟧")[0]
    assert document.problems() == [
        (place, f"Property {misspelt} is not allowed.") for place in document.marked
    ]


WRONG_VALUES = [
    pytest.param("community", "name: Bees\nstart: ⟦2026-13⟧", id="a month that is none"),
    pytest.param("community", "name: Bees\nstart: ⟦2026⟧", id="a year as a month"),
    pytest.param("community", "name: Bees\nlanguage: ⟦english⟧", id="a language in words"),
    pytest.param("vision", ":⟦Honey⟧", id="a section as a text"),
    pytest.param("vision", "answer: ⟦3⟧", id="a number as an answer"),
    pytest.param("vision", "responsible: [Ann, ⟦3⟧]", id="a number among names"),
    pytest.param("month_1", "- Meet\n- ⟦3⟧", id="a number among actions"),
    pytest.param("timeline", "⟦month_1⟧:\n  status: done", id="an action without a text"),
    pytest.param("month_1", "action: Meet\nstatus: ⟦finished⟧", id="a status"),
    pytest.param("month_1", "- action: Meet\n  status: ⟦Done⟧", id="a status in a list"),
    pytest.param("month_1", ":{action: Meet, status: ⟦finished⟧}", id="in one line"),
    pytest.param("month_1", "action: Meet\ndue: ⟦2026-10-32⟧", id="a day that is none"),
    pytest.param("month_1", "- action: Meet\n  due: ⟦soon⟧", id="a day in words"),
    pytest.param(
        "month_1",
        "- {action: Meet, status: ⟦Done⟧, due: ⟦soon⟧}\n- {action: Ask, due: ⟦later⟧}",
        id="several at once",
    ),
    pytest.param("pilot", "done: ⟦yes⟧", id="a word as done"),
    pytest.param("community", "name: Bees\nreview_every: ⟦quarterly⟧", id="an interval in words"),
    pytest.param("reviews", "- date: ⟦30.11.2026⟧", id="a day of a review"),
    pytest.param(
        "reviews", "- date: 2027-01-10\n  ratings: {results: 1, vision: ⟦6⟧}", id="a rating"
    ),
    pytest.param(
        "reviews", "- date: 2027-01-10\n  ratings: {vision: ⟦four⟧}", id="a rating in words"
    ),
    pytest.param("reviews", "- ⟦In January⟧", id="a review as a text"),
]


@pytest.mark.parametrize(("key", "value"), WRONG_VALUES)
def test_a_wrong_value_is_marked_exactly(editor: Editor, key: str, value: str) -> None:
    document = editor.edit(key, value)
    assert [place for place, _ in document.problems()] == document.marked


def test_a_missing_name_is_said_at_the_community(editor: Editor) -> None:
    document = editor.edit("community", "summary: We keep bees")
    assert [message for _, message in document.problems()] == ['Missing property "name".']


STATUS_LIST = ", ".join(json.dumps(status) for status in Status)


MESSAGES = [
    pytest.param(
        "month_1",
        "action: Meet\nstatus: ⟦finished⟧",
        f"Value is not accepted. Valid values: {STATUS_LIST}.",
        id="a status",
    ),
    pytest.param(
        "month_1",
        ":⟦3⟧",
        'Incorrect type. Expected "action | array | languages | string | null".',
        id="an action",
    ),
    pytest.param(
        "pilot",
        ":⟦3⟧",
        'Incorrect type. Expected "item | languages | string | null".',
        id="an item",
    ),
    pytest.param(
        "vision",
        "responsible: ⟦3⟧",
        'Incorrect type. Expected "array | lists_in_languages | string | null".',
        id="names",
    ),
    pytest.param(
        "vision",
        ":⟦Honey⟧",
        'Incorrect type. Expected "object(1.1 Vision)".',
        id="a section as a text",
    ),
    pytest.param(
        "pilot", "done: ⟦yes⟧", 'Incorrect type. Expected "boolean".', id="a word as done"
    ),
    pytest.param(
        "reviews",
        "- date: 2027-01-10\n  ratings: {vision: ⟦6⟧}",
        "Value is not accepted. Valid values: 1, 2, 3, 4, 5.",
        id="a rating",
    ),
]


@pytest.mark.parametrize(("key", "value", "message"), MESSAGES)
def test_a_message_names_all_that_may_stand_there(
    editor: Editor, key: str, value: str, message: str
) -> None:
    document = editor.edit(key, value)
    assert document.problems() == [(place, message) for place in document.marked]


WRONG_FORMS = [
    pytest.param(
        "community",
        "name: Bees\nstart: 2026-13",
        "Start (such as 2026-09)",
        id="a month that is none",
    ),
    pytest.param(
        "community",
        "name: Bees\nlanguage: english",
        "Language (such as en, fr or fr-CA)",
        id="a language in words",
    ),
    pytest.param(
        "month_1",
        "- action: Meet\n  due: soon",
        "Due (such as 2026-10-15)",
        id="a day in words",
    ),
    pytest.param(
        "community",
        "name: Bees\nreview_every: quarterly",
        "Time between reviews (such as 3 months)",
        id="an interval in words",
    ),
    pytest.param(
        "reviews", "- date: 30.11.2026", "Day (such as 2027-01-10)", id="a day of a review"
    ),
]


@pytest.mark.parametrize(("key", "value", "title"), WRONG_FORMS)
def test_a_wrong_form_is_marked_with_a_right_one(
    editor: Editor, key: str, value: str, title: str
) -> None:
    # A message of its own needs a word that strict compilers refuse: it shows the pattern.
    assert editor.edit(key, value).titles() == [title]


# ── nothing to mark ──────────────────────────────────────────────────────────────────────────────


def is_in_order(document: Document) -> bool:
    """Tell whether a document has its schema, and nothing in it is marked."""
    return document.hover("community") != "" and document.problems() == []


@each_language
def test_what_init_writes_has_no_marks(editor: Editor, language: str) -> None:
    assert is_in_order(editor.open(editor.blank(language), language))
    assert is_in_order(editor.open(editor.example(language), language))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_committed_example_has_no_marks(editor: Editor, path: Path) -> None:
    assert is_in_order(editor.open_file(path))


def test_the_roadmaps_of_the_format_page_have_no_marks(editor: Editor) -> None:
    first = editor.blank().splitlines()[0]
    page = blocks(ROOT / "docs" / "format.md")
    shown = [text for language, text in page if language == "yaml"]
    assert shown
    for text in shown:
        assert is_in_order(editor.open(text if first in text else f"{first}\n{text}")), text


EVERY_FORM_OF_AN_ACTION = """\
- Meet
- {action: Ask}
- {action: Draft the vision, responsible: [Ann, Ben]}
-
- action: Adopt the vision
  status: in_progress
  responsible: Sponsor
  due: 2026-10-15
- action: Test the vision
  status:
  responsible:
  due:"""


FORMS = [
    pytest.param("sections", "", id="no sections"),
    pytest.param("sections", "vision:\nresults:", id="sections without anything"),
    pytest.param("vision", ':""', id="a section as an empty text"),
    pytest.param("timeline", "", id="no timeline"),
    pytest.param("timeline", "month_1:\nmonth_2: Meet", id="periods"),
    pytest.param("month_1", ":Meet", id="one action as a text"),
    pytest.param("month_1", ":{action: Meet, status: done}", id="one action in one line"),
    pytest.param("month_1", "action: Meet\ndue: 2026-10-15", id="one action"),
    pytest.param("month_1", ":[Meet, {action: Ask, status: dropped}]", id="actions in one line"),
    pytest.param("month_1", EVERY_FORM_OF_AN_ACTION, id="actions"),
    pytest.param("timeline", "month_1: &meet Meet\nmonth_2: *meet", id="an alias"),
    pytest.param("vision", "responsible: Ann\nresources: A room", id="names as texts"),
    pytest.param("vision", "responsible: [Ann, Ben]\nresources:\n- A room\n-", id="lists"),
    pytest.param("vision", "responsible: no\nresources: 12:30", id="texts of YAML 1.2"),
    pytest.param("community", "name: Bees\nstart: 2026-09\nlanguage: fr-CA", id="a community"),
    pytest.param("ambitions", "short_term: Begin\nmedium_term:", id="ambitions"),
    pytest.param("pilot_and_launch", "pilot: With six people\nlaunch:", id="items as texts"),
    pytest.param("pilot", ":{answer: With six people, done: true}", id="an item in one line"),
    pytest.param("pilot", "answer:\ndone:", id="an item without anything"),
    pytest.param("community", "name: Bees\nreview_every: 6 weeks", id="time between reviews"),
    pytest.param("reviews", f":{{{A_REVIEW}}}", id="one review"),
    pytest.param("reviews", f"- {{{A_REVIEW}}}\n-\n- date: 2027-04-11", id="reviews"),
    pytest.param(
        "reviews",
        "- date: 2027-01-10\n  by:\n  ratings:\n    vision:\n    results: 5\n  note:",
        id="a review that is half filled in",
    ),
]


@pytest.mark.parametrize(("key", "value"), FORMS)
def test_a_form_that_the_loader_takes_has_no_marks(editor: Editor, key: str, value: str) -> None:
    document = editor.edit(key, value)
    assert loader_accepts(document.text)
    assert is_in_order(document)


# ── a strict compiler ────────────────────────────────────────────────────────────────────────────

BEES = {"name": "Bees"}
MEETING = {"action": "Meet", "status": "done", "due": "2026-10-15", "responsible": ["Ann", "Ben"]}


def with_action(action: Data) -> Data:
    return {"community": BEES, "sections": {"vision": {"timeline": {"month_1": action}}}}


def with_review(**parts: Data) -> Data:
    return {"community": BEES, "reviews": [None, {"date": "2027-01-10", **parts}]}


RIGHT = {
    **{path.stem: source.read(path.read_bytes(), path.name).data for path in EXAMPLES},
    "short": {"community": BEES},
    "empty": {"community": BEES, "sections": {"vision": None}, "creation": ""},
    "actions": with_action(["Meet", MEETING, None]),
    "review": with_review(by="Ann", ratings={"vision": 4, "results": None}, note=""),
    "interval": {"community": {**BEES, "review_every": "3 months"}},
}
WRONG = {
    "nothing": {},
    "no-name": {"community": {"summary": "We keep bees"}},
    "unknown-part": {"community": BEES, "section": {}},
    "unknown-section": {"community": BEES, "sections": {"visoin": {}}},
    "unknown-key": with_action({**MEETING, "who": "Ann"}),
    "unknown-status": with_action({**MEETING, "status": "finished"}),
    "month-as-a-day": with_action([{**MEETING, "due": "2026-10"}]),
    "no-action": with_action({"status": "done"}),
    "number": with_action(["Meet", 3]),
    "text-as-a-section": {"community": BEES, "sections": {"vision": "Honey"}},
    "item-of-another-step": {"community": BEES, "creation": {"pilot_and_launch": {"surveys": "x"}}},
    "no-interval": {"community": {**BEES, "review_every": "quarterly"}},
    "day-in-another-order": with_review(date="10.01.2027"),
    "rating-off-the-scale": with_review(ratings={"vision": 6}),
    "rating-in-quotes": with_review(ratings={"vision": "4"}),
    "rating-of-no-section": with_review(ratings={"visoin": 4}),
}


@pytest.fixture
def ajv(node: Node, tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Run the compiler beside a schema; return its exit code and all that it prints."""

    def compiled(command: str, *arguments: str, language: str = "en") -> tuple[int, str]:
        text = schema.as_json(catalogue.load(language))
        (tmp_path / schema.FILE_NAME).write_text(text, "utf-8")
        strict = ["--spec=draft2020", "--strict=true"]
        done = subprocess.run(
            [*node("ajv-cli/dist/index.js"), command, *strict, "-s", schema.FILE_NAME, *arguments],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
        return done.returncode, done.stdout

    return compiled


@each_language
def test_a_strict_compiler_takes_the_schema(
    ajv: Callable[..., tuple[int, str]], language: str
) -> None:
    assert ajv("compile", language=language) == (0, f"schema {schema.FILE_NAME} is valid\n")


def test_a_strict_compiler_and_the_loader_agree(
    ajv: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    texts = {name: json.dumps(data) for name, data in {**RIGHT, **WRONG}.items()}
    for name, text in texts.items():
        (tmp_path / f"{name}.json").write_text(text)
    _, said = ajv("validate", "--errors=no", *(f"-d={name}.json" for name in texts))
    verdicts = dict(re.findall(r"^(.+)\.json (valid|invalid)$", said, re.MULTILINE))
    assert {name: (verdicts.get(name), loader_accepts(text)) for name, text in texts.items()} == {
        **dict.fromkeys(RIGHT, ("valid", True)),
        **dict.fromkeys(WRONG, ("invalid", False)),
    }
