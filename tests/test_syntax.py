"""What the YAML parser complains about is said in plain words, at the place that is meant."""

from dataclasses import astuple
from typing import Any

import pytest
import yaml

from cop_roadmap import composer, source, syntax
from cop_roadmap.diagnostics import Diagnostic, Place, Severity

LIBYAML = getattr(yaml, "CSafeLoader", None)
PURE_PYTHON = yaml.SafeLoader

needs_libyaml = pytest.mark.skipif(LIBYAML is None, reason="PyYAML was built without libyaml")

ALIGN = "Check the spaces at the beginning of this line and of the lines around it."
QUOTE = "If this is text, put the whole of it in quotes."
COLON = (
    "This colon cannot start a value here.",
    (
        "If it belongs to the text, put the whole text in quotes; "
        "otherwise check the spaces at the beginning of the line."
    ),
)
TAB = ("A tab stands where YAML needs spaces.", "Replace tabs by spaces.")
DASH = (
    "A list cannot begin on the line of its key.",
    "Start a new line before this dash; if it belongs to the text, put the text in quotes.",
)
OPEN_LIST = ("The list that opens with [ here is not closed.", QUOTE)
OPEN_KEYS = ("The keys that open with { here are not closed.", QUOTE)
OPEN_QUOTES = (
    "The quotes that open here are never closed.",
    "Close them at the end of the text; write a quote inside single quotes twice ('').",
)
NO_SUCH_CODE = (
    "A backslash in double quotes starts a code, and this code does not exist.",
    "Use single quotes, or write the backslash twice.",
)
NO_CHARACTER = (
    "This code in double quotes stands for no character.",
    "Write the character itself, or use single quotes.",
)
LOOSE_LINE = (
    "This line is neither a key with its colon nor part of the text above.",
    "A text below a | stands further to the right than its key; a key ends in a colon.",
)
BLOCK_TEXT = (
    "A text that follows | or > begins on the next line.",
    "Start a new line after the sign; if the sign belongs to the text, use quotes.",
)
NOT_IN_LIST = ("This line is not part of the list above it.", ALIGN)
DIRECTIVE = ("A line cannot begin with %.", QUOTE)
MISFIT = ("This does not fit what stands before it.", ALIGN)
BEHIND_QUOTES = (
    "This does not fit what stands before it.",
    (
        "Text cannot go on behind closing quotes or brackets: put the whole of it in quotes. "
        "Inside single quotes, write a quote twice ('')."
    ),
)
BEHIND_THE_END = (
    "This does not belong to what stands above it.",
    (
        "Check the spaces at the beginning of this line; "
        "if a line of dots or dashes stands above, delete it."
    ),
)
NO_SPACE = (
    "A space is missing behind this colon.",
    "Type a space between the colon and the text.",
)
HARD_SPACE = (
    "A no-break space stands where YAML needs a plain one.",
    "Delete it, and type a space. Texts from a word processor bring such spaces along.",
)
MERGE = (
    "A merge of two versions was not finished here.",
    "Choose one of the two versions, and delete the lines of signs.",
)
UNKNOWN = ("This is not valid YAML.", ALIGN)


def cannot_begin_with(sign: str) -> tuple[str, str]:
    return f"A text cannot begin with {sign}.", QUOTE


# A broken text, where it is broken (line and column), and what is said about it.
BROKEN = [
    pytest.param("a: Note: this\n", (1, 8), COLON, id="a colon inside a text"),
    pytest.param("a: 1\n b: 2\n", (2, 3), COLON, id="a key that is indented too far"),
    pytest.param("a:\n- b\n c: 1\n", (3, 3), COLON, id="a key below an entry of a list"),
    pytest.param("a\nb: 1\n", (2, 2), COLON, id="a first key without its colon"),
    pytest.param("a:\n\tb: 1\n", (2, 1), TAB, id="a tab as indentation"),
    pytest.param("\ta: 1\n", (1, 1), TAB, id="a tab at the beginning of the file"),
    pytest.param("a: |\n\tb\n", (2, 1), TAB, id="a tab as indentation of a block text"),
    pytest.param("a: b\n\t\n", (2, 1), TAB, id="a line of a tab alone"),
    pytest.param("a:\n  - b\n\t- c\n", (3, 1), TAB, id="a tab between the entries of a list"),
    pytest.param("a: @here\n", (1, 4), cannot_begin_with("@"), id="an at sign"),
    pytest.param("a: `code`\n", (1, 4), cannot_begin_with("`"), id="a backtick"),
    pytest.param("a: %x\n", (1, 4), cannot_begin_with("%"), id="a percent sign"),
    pytest.param("a: ? b\n", (1, 4), cannot_begin_with("?"), id="a question mark"),
    pytest.param("a: & partners\n", (1, 4), cannot_begin_with("&"), id="an ampersand and a space"),
    pytest.param("a: &\n", (1, 4), cannot_begin_with("&"), id="an ampersand alone"),
    pytest.param("a: &R&D\n", (1, 4), cannot_begin_with("&"), id="two ampersands"),
    pytest.param("a: * x\n", (1, 4), cannot_begin_with("*"), id="a star and a space"),
    pytest.param("a: *\n", (1, 4), cannot_begin_with("*"), id="a star alone"),
    pytest.param("a: *Important* text\n", (1, 4), cannot_begin_with("*"), id="emphasis"),
    pytest.param("a: **Important** text\n", (1, 4), cannot_begin_with("*"), id="strong emphasis"),
    pytest.param("a: ![Logo](logo.png)\n", (1, 4), cannot_begin_with("!"), id="an image"),
    pytest.param("a: !<b\n", (1, 4), cannot_begin_with("!"), id="a sign and an angle"),
    pytest.param("a: !!\n", (1, 4), cannot_begin_with("!"), id="two signs alone"),
    pytest.param("`a`: b\n", (1, 1), cannot_begin_with("`"), id="a key in backticks"),
    pytest.param("値: @x\n", (1, 4), cannot_begin_with("@"), id="behind a wide character"),
    pytest.param("a: !x!y z\n", (1, 4), cannot_begin_with("!"), id="exclamation marks"),
    pytest.param("a: ]\n", (1, 4), cannot_begin_with("]"), id="a closing bracket"),
    pytest.param("a: }\n", (1, 4), cannot_begin_with("}"), id="a closing brace"),
    pytest.param("a: , b\n", (1, 4), cannot_begin_with(","), id="a comma"),
    pytest.param("a: [- b]\n", (1, 5), cannot_begin_with("-"), id="a dash in brackets"),
    pytest.param("a: [b, , c]\n", (1, 8), cannot_begin_with(","), id="two commas"),
    pytest.param("a: - b\n", (1, 4), DASH, id="a list on the line of its key"),
    pytest.param("a: -\n", (1, 4), DASH, id="a dash alone"),
    pytest.param("a: [b, c\nd: e\n", (1, 4), OPEN_LIST, id="an open bracket"),
    pytest.param("a:\n  - [b\nc: d\n", (2, 5), OPEN_LIST, id="an open bracket in a list"),
    pytest.param("a: [b: c: d]\n", (1, 4), OPEN_LIST, id="a colon in brackets"),
    pytest.param("a: [", (1, 4), OPEN_LIST, id="an open bracket at the end"),
    pytest.param("a: [\n", (1, 4), OPEN_LIST, id="an open bracket on the last line"),
    pytest.param("a: [b,\n\n", (1, 4), OPEN_LIST, id="a comma and then nothing"),
    pytest.param("a: {b: [c", (1, 8), OPEN_LIST, id="a bracket in a brace, both open"),
    pytest.param("a: [b:", (1, 4), OPEN_LIST, id="an open bracket and a key"),
    pytest.param("a: [b: c, d: ", (1, 4), OPEN_LIST, id="an open bracket and two keys"),
    pytest.param("a: [? ", (1, 4), OPEN_LIST, id="an open bracket and a question mark"),
    pytest.param("a: &x [b\n", (1, 7), OPEN_LIST, id="an open bracket behind an anchor"),
    pytest.param("a: {b: c\nd: e\n", (1, 4), OPEN_KEYS, id="an open brace"),
    pytest.param("{a: b: c}\n", (1, 1), OPEN_KEYS, id="a colon in braces"),
    pytest.param("a: {", (1, 4), OPEN_KEYS, id="an open brace at the end"),
    pytest.param("a: {b:\n", (1, 4), OPEN_KEYS, id="an open brace on the last line"),
    pytest.param("a: {b: c,", (1, 4), OPEN_KEYS, id="a brace, a comma and then nothing"),
    pytest.param("a: [b, {c: d]\n", (1, 8), OPEN_KEYS, id="a brace in a bracket, one open"),
    pytest.param('a: "b\nc: d\n', (1, 4), OPEN_QUOTES, id="open double quotes"),
    pytest.param("a: b\nc: 'd\n", (2, 4), OPEN_QUOTES, id="an open single quote"),
    pytest.param("'a: b", (1, 1), OPEN_QUOTES, id="an open quote of a key"),
    pytest.param('a: ["b, c]\n', (1, 5), OPEN_QUOTES, id="open double quotes in brackets"),
    pytest.param("a: {b: 'c}\nd: e\n", (1, 8), OPEN_QUOTES, id="an open quote in braces"),
    pytest.param('a: "\\q"\n', (1, 5), NO_SUCH_CODE, id="an unknown code"),
    pytest.param('a: "50\\% x"\n', (1, 7), NO_SUCH_CODE, id="a percent sign that is escaped"),
    pytest.param('a: "C:\\Users"\n', (1, 9), NO_SUCH_CODE, id="a path of Windows"),
    pytest.param('a: "\\xZZ"\n', (1, 7), NO_SUCH_CODE, id="a code that is no number"),
    pytest.param('a: "\\ud800"\n', (1, 7), NO_CHARACTER, id="half a character"),
    pytest.param('a: "\\U00110000"\n', (1, 7), NO_CHARACTER, id="a code beyond Unicode"),
    pytest.param("a: b\nc\n", (2, 1), LOOSE_LINE, id="a line that belongs nowhere"),
    pytest.param("a: b\nc\nd: e\n", (2, 1), LOOSE_LINE, id="a key without its colon"),
    pytest.param("a: | b\n", (1, 6), BLOCK_TEXT, id="text behind a bar"),
    pytest.param("a: > b\n", (1, 6), BLOCK_TEXT, id="text behind an angle"),
    pytest.param("a: |-+\n  b\n", (1, 6), BLOCK_TEXT, id="two signs behind a bar"),
    pytest.param("- a\nb: c\n", (2, 1), NOT_IN_LIST, id="a key below a list"),
    pytest.param("- a: 1\n b: 2\n", (2, 2), NOT_IN_LIST, id="a key beside its list"),
    pytest.param("%YAML 1.1\n%YAML 1.1\n---\n", (2, 1), DIRECTIVE, id="two directives"),
    pytest.param("% of members\n", (1, 1), DIRECTIVE, id="a line that begins with a percent sign"),
    pytest.param("%x\n---\n", (1, 1), DIRECTIVE, id="a percent sign and a document"),
    pytest.param("%", (1, 1), DIRECTIVE, id="a percent sign alone"),
    pytest.param("%YAML 1.2.3\n---\n", (1, 1), DIRECTIVE, id="a version that does not exist"),
    pytest.param("a: b\n...\nc: d\n", (3, 1), BEHIND_THE_END, id="text behind the end"),
    pytest.param('a: "b" c\n', (1, 8), BEHIND_QUOTES, id="text behind closing quotes"),
    pytest.param("a: 'it's'\n", (1, 8), BEHIND_QUOTES, id="a quote inside of quotes"),
    pytest.param("a: [b] c\n", (1, 8), BEHIND_QUOTES, id="text behind a list"),
    pytest.param("a:\n  b:c\n  d: e\n", (2, 4), NO_SPACE, id="no space behind a colon"),
    pytest.param("a: b\nc:d\ne: f\n", (2, 2), NO_SPACE, id="no space behind another colon"),
    pytest.param("a:\n  b: c\n  d:\xa0e\n", (3, 5), HARD_SPACE, id="a hard space"),
    pytest.param("a:\n    b: 1\n  c: 2\n", (3, 3), MISFIT, id="a key between two levels"),
    pytest.param("a: b\n- c\n", (2, 1), MISFIT, id="a list below a key"),
    pytest.param("%YAML 2.0\n---\na: b\n", (1, 1), UNKNOWN, id="what nobody writes"),
]  # fmt: skip

# Where PyYAML's own parser has words of its own, and words of ours for them.
BROKEN_IN_PURE_PYTHON = [
    pytest.param("\ta: 1\n", (1, 1), TAB, id="a tab at the beginning of the file"),
    pytest.param("a:\tb\n", (1, 3), TAB, id="a tab behind a colon"),
    pytest.param("a: [\tb]\n", (1, 5), TAB, id="a tab behind a bracket"),
    pytest.param(
        "- a\nb: c\n",
        (2, 1),
        ("This does not fit what stands before it.", ALIGN),
        id="a key below a list",
    ),
    pytest.param(
        'a: "b" c\n',
        (1, 8),
        BEHIND_QUOTES,
        id="text behind closing quotes",
    ),
]

# What the two parsers see differently, each with good reason.
DIFFERENT = {
    "- a\nb: c\n": "another wording",
    "- a: 1\n b: 2\n": "another wording",
    'a: "\\ud800"\n': "PyYAML's own parser hands it out: see test_source",
    'a: "\\U00110000"\n': "PyYAML's own parser raises an error without a place",
    "a: ![Logo](logo.png)\n": "PyYAML's own parser takes it for a tag, which is told as well",
    "%x\n---\n": "PyYAML's own parser passes over directives that it does not know",
}


def problems(text: str, parser: Any, patch: pytest.MonkeyPatch) -> tuple[Diagnostic, ...]:
    patch.setattr(composer, "_PARSER", parser)
    return source.read(text.encode(), "r.yaml").problems


def one_finding(
    found: tuple[Diagnostic, ...],
) -> tuple[str, Severity, tuple[int, ...], tuple[str, str | None]]:
    (only,) = found
    assert only.place
    return only.rule, only.severity, astuple(only.place), (only.message, only.hint)


def expected(
    at: tuple[int, int], words: tuple[str, str]
) -> tuple[str, Severity, tuple[int, ...], tuple[str, str]]:
    """A syntax error underlines the one character where the parser gave up."""
    line, column = at
    return "yaml-syntax", Severity.ERROR, (line, column, line, column + 1), words


@needs_libyaml
@pytest.mark.parametrize(("text", "at", "words"), BROKEN)
def test_a_broken_text_is_explained_where_it_is_broken(
    text: str, at: tuple[int, int], words: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert one_finding(problems(text, LIBYAML, monkeypatch)) == expected(at, words)


@pytest.mark.parametrize("sign", ["<<<<<<< HEAD", "=======", ">>>>>>> other"])
@needs_libyaml
def test_half_a_merge_is_recognised(sign: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = one_finding(problems(f"a: b\n{sign}\nc: d\n", LIBYAML, monkeypatch))
    assert found == ("yaml-syntax", Severity.ERROR, (2, 1, 2, 8), MERGE)


@pytest.mark.parametrize(("text", "at", "words"), BROKEN_IN_PURE_PYTHON)
def test_pythons_parser_has_words_of_its_own_which_are_explained_too(
    text: str, at: tuple[int, int], words: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert one_finding(problems(text, PURE_PYTHON, monkeypatch)) == expected(at, words)


@needs_libyaml
@pytest.mark.parametrize(
    "text",
    [
        pytest.param(row.values[0], id=str(row.id))
        for row in BROKEN
        if row.values[0] not in DIFFERENT
    ],
)
def test_both_parsers_lead_to_the_same_words_about_the_same_line(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = []
    for parser in (LIBYAML, PURE_PYTHON):
        _, _, place, (message, _) = one_finding(problems(text, parser, monkeypatch))
        said.append((message, place[0]))
    assert said[0] == said[1]


@needs_libyaml
def test_every_wording_is_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    wordings = syntax._WORDINGS
    numbered = tuple(
        wording._replace(message=f"number {number}") for number, wording in enumerate(wordings)
    )
    monkeypatch.setattr(syntax, "_WORDINGS", numbered)
    by_parser = [(LIBYAML, BROKEN), (PURE_PYTHON, BROKEN_IN_PURE_PYTHON)]
    reached = {
        found.message
        for parser, rows in by_parser
        for row in rows
        for found in problems(str(row.values[0]), parser, monkeypatch)
    }
    assert [wordings[n].trace for n in range(len(wordings)) if f"number {n}" not in reached] == []


@needs_libyaml
@pytest.mark.parametrize(
    ("text", "at"), [("a: &x [", (1, 7)), ("a: &x [b,\n", (1, 7)), ("&x [b,", (1, 4))]
)
def test_a_file_that_ends_behind_a_bracket_with_an_anchor_is_told_where_it_opens(
    text: str, at: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert one_finding(problems(text, LIBYAML, monkeypatch)) == expected(at, OPEN_LIST)


@pytest.mark.parametrize("parser", [pytest.param(LIBYAML, marks=needs_libyaml), PURE_PYTHON])
@pytest.mark.parametrize("line", ["---", "..."])
def test_quotes_that_a_line_of_dashes_or_dots_breaks_are_told_where_they_open(
    line: str, parser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = problems(f'a: "b\n{line}\nc"\n', parser, monkeypatch)
    assert one_finding(found[:1]) == expected((1, 4), OPEN_QUOTES)


# ── the error itself ─────────────────────────────────────────────────────────────────────────────


def test_an_error_without_a_place_is_about_the_beginning_of_the_file() -> None:
    assert syntax.explain(yaml.YAMLError("boom"), "a: b") == (Place(1, 1, 1, 1), *UNKNOWN)


def test_every_explanation_is_one_plain_sentence_with_a_way_out() -> None:
    for wording in syntax._WORDINGS:
        message = wording.message.format(char="@")
        assert (message[-1], message.count("\n"), wording.hint[-1]) == (".", 0, "."), wording
