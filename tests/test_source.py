"""YAML text becomes data with positions, and everything wrong with it becomes a finding."""

import json
import math
import re
import time
from collections.abc import Iterator
from dataclasses import astuple
from itertools import pairwise
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cop_roadmap import composer, source
from cop_roadmap.diagnostics import Diagnostic, Place, Severity, in_file_order

# It takes a tenth of a second; measuring coverage makes ten of that, and a way in minutes.
LIMIT_SECONDS = 5

# Both parsers have to agree: libyaml, and PyYAML's own where libyaml is missing.
PARSERS: dict[str, Any] = {
    "libyaml": getattr(yaml, "CSafeLoader", None),
    "pure Python": yaml.SafeLoader,
}

Spot = tuple[int, int, int, int]
# A finding without its file: rule, place, path, message, hint.
Told = tuple[str, Spot | None, str, str, str | None]


def use(parser: str, patch: pytest.MonkeyPatch) -> None:
    if PARSERS[parser] is None:
        pytest.skip("PyYAML was built without libyaml")
    patch.setattr(composer, "_PARSER", PARSERS[parser])


@pytest.fixture(params=PARSERS)
def _either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a test once with each parser."""
    use(request.param, monkeypatch)


@pytest.fixture
def _libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a test with libyaml alone, where the two parsers cannot agree."""
    use("libyaml", monkeypatch)


either_parser = pytest.mark.usefixtures("_either_parser")
libyaml = pytest.mark.usefixtures("_libyaml")


def read(text: str) -> source.Source:
    return source.read(text.encode(), "r.yaml")


def spot(place: Place | None) -> Spot | None:
    return astuple(place) if place else None


def told(read_: source.Source) -> list[Told]:
    return [
        (found.rule, spot(found.place), found.path, found.message, found.hint)
        for found in read_.problems
    ]


def lines_of(text: str) -> list[str]:
    """Split a text at the line breaks of YAML 1.1, which both parsers count."""
    return re.split("\r\n|[\n\r\x85\u2028\u2029]", text)


def text_at(text: str, place: Place) -> str:
    """Cut out what a place points at."""
    lines = lines_of(text)[place.line - 1 : place.end_line]
    lines[-1] = lines[-1][: place.end_column - 1]
    lines[0] = lines[0][place.column - 1 :]
    return "\n".join(lines)


# ── scalars ──────────────────────────────────────────────────────────────────────────────────────

LONG_NUMBER = "1" * 5_000


@either_parser
@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL", "# only a remark"])
def test_null_is_written_in_these_ways(written: str) -> None:
    found = read(f"a: {written}\n")
    assert (found.data, found.problems) == ({"a": None}, ())


@either_parser
@pytest.mark.parametrize(
    ("written", "value"),
    [
        *((word, True) for word in ("true", "True", "TRUE")),
        *((word, False) for word in ("false", "False", "FALSE")),
        *((word, int(word)) for word in ("0", "7", "-0", "+12", "-300", "123456789012345678")),
        *((word, float(word)) for word in ("0.5", ".5", "5.", "-1.25", "+1.0", "1e3", "2.5E-3")),
        *((word, math.inf) for word in (".inf", ".Inf", ".INF", "+.inf", "1e999")),
        *((word, -math.inf) for word in ("-.inf", "-.INF")),
        *((word, math.nan) for word in (".nan", ".NaN", ".NAN")),
    ],
)
def test_a_plain_scalar_may_be_a_truth_or_a_number(written: str, value: object) -> None:
    # Compared as printed: 1, 1.0 and True are equal, and not-a-number is not even equal to itself.
    assert repr(read(f"a: {written}\n").data) == repr({"a": value})


@either_parser
@pytest.mark.parametrize(
    "written",
    [
        pytest.param(written, id=written[:20])
        for written in [
            # What YAML 1.1 takes for truths and nothing.
            *("no", "No", "NO", "yes", "Yes", "on", "On", "off", "y", "n"),
            *("nULL", "none", "None", "nil", "tRUE", "truth"),
            # What YAML 1.1 takes for numbers in other bases, and times.
            *("010", "007", "-010", "00", "00.5", "0x1F", "0o17", "0b11", "1_000", "12:30"),
            *("2026-09", "2026-09-01", "2026-09-31", "2026-09-01T12:00:00Z", "9/2026"),
            # Almost numbers.
            *("1.2.3", "1e", "e3", "1e1000", "--1", "+-1", "+", ".", "..", "1-2", "5 %", "50%"),
            *(".infinity", ".nAn", "-.nan", "inf", "nan", "1,5", "+.5.", "1 000"),
            # Digits without end are no number that anybody means.
            *("1234567890123456789", LONG_NUMBER, f"0.{LONG_NUMBER}", f"{LONG_NUMBER}.0"),
            # Signs that mean something elsewhere.
            *("=", "C#", "R&D", "a*b", "it's", "a:b", "-x", "?x", ":x", "<<x", "x!", 'say "x"'),
            *("値", "😀", "naïve", "\ufdd0"),
        ]
    ],
)
def test_every_other_plain_scalar_is_text(written: str) -> None:
    found = read(f"a: {written}\n")
    assert (found.data, found.problems) == ({"a": written}, ())


@either_parser
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("'5'", "5"),
        ('"5"', "5"),
        ("'true'", "true"),
        ('"null"', "null"),
        ("''", ""),
        ('""', ""),
        ("'~'", "~"),
        ("'it''s'", "it's"),
        ('"say \\"x\\""', 'say "x"'),
        ('"\\t\\u00e9\\U0001F600\\/"', "\té😀/"),
        ("'one\n  two\n\n  three'", "one two\nthree"),
        ('"one\\\n  two"', "onetwo"),
        ("|\n  5\n", "5\n"),
        (">\n  5\n  6\n", "5 6\n"),
        ("|-\n  null\n", "null"),
        ("|+\n  x\n\n", "x\n\n"),
        ("|\n", ""),
        ("|2\n   x\n", " x\n"),
        ("one\n  two\n\n  three", "one two\nthree"),
    ],
)
def test_a_quoted_or_block_scalar_is_text_whatever_it_holds(written: str, value: str) -> None:
    found = read(f"a: {written}")
    assert (found.data, found.problems) == ({"a": value}, ())


@either_parser
@pytest.mark.parametrize("key", ["5", "true", "null", "~", "2026-09-01", "'quoted'", "値", "x y"])
def test_a_key_is_always_text(key: str) -> None:
    assert read(f"{key}: x\n").data == {key.strip("'"): "x"}


@either_parser
@pytest.mark.parametrize(
    ("text", "data"),
    [
        pytest.param("{a: [1, {b: c}], d: }", {"a": [1, {"b": "c"}], "d": None}, id="flow"),
        pytest.param("a:\n- 1\n- b: c\n  d:\n", {"a": [1, {"b": "c", "d": None}]}, id="block"),
        pytest.param("- - a\n  - b\n- []\n- {}\n", [["a", "b"], [], {}], id="lists of lists"),
        pytest.param("? a\n: b\n? c\n", {"a": "b", "c": None}, id="explicit keys"),
        pytest.param("%YAML 1.2\n---\na: b\n...\n", {"a": "b"}, id="markers of a document"),
        pytest.param("\ufeffa: b\n", {"a": "b"}, id="byte order mark"),
        pytest.param("a: b\r\nc: d\r\n", {"a": "b", "c": "d"}, id="CRLF"),
        pytest.param("a: b\rc: d\r", {"a": "b", "c": "d"}, id="CR"),
        pytest.param("a: |\r\n  x\r\n  y\r\n", {"a": "x\ny\n"}, id="CRLF in a block scalar"),
        pytest.param("a: b", {"a": "b"}, id="no line break at the end"),
        pytest.param("# x\n\na: b # y\n# z\n", {"a": "b"}, id="remarks"),
        pytest.param("text", "text", id="text alone"),
    ],
)
def test_the_data_is_that_of_the_text(text: str, data: object) -> None:
    found = read(text)
    assert (found.data, found.problems) == (data, ())


@either_parser
@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: &x v\nb: *x\n", {"a": "v", "b": "v"}),
        ("a: &x [1, 2]\nb: [*x, *x]\n", {"a": [1, 2], "b": [[1, 2], [1, 2]]}),
        ("a: &x {k: &y v}\nb: *x\nc: *y\n", {"a": {"k": "v"}, "b": {"k": "v"}, "c": "v"}),
        ("a: &x\nb: *x\n", {"a": None, "b": None}),
        ("a: &x 1\nb: [*x, &x 2, *x]\n", {"a": 1, "b": [1, 2, 2]}),
        ("&k a: *k\n", {"a": "a"}),
    ],
)
def test_an_alias_stands_for_what_its_anchor_marks(text: str, data: object) -> None:
    found = read(text)
    assert (found.data, found.problems) == (data, ())


# ── places ───────────────────────────────────────────────────────────────────────────────────────

A_KEY = True
A_VALUE = False


@either_parser
@pytest.mark.parametrize(
    ("text", "path", "key", "place", "shown", "pointed_at"),
    [
        pytest.param("a: b\n", ["a"], A_VALUE, (1, 4, 1, 5), "a", "b", id="a value"),
        pytest.param("a: b\n", ["a"], A_KEY, (1, 1, 1, 2), "a", "a", id="a key"),
        pytest.param("a: b c  # d\n", ["a"], A_VALUE, (1, 4, 1, 7), "a", "b c", id="a remark"),
        pytest.param("a: b", ["a"], A_VALUE, (1, 4, 1, 5), "a", "b", id="the end of the file"),
        pytest.param(
            "x: 1\n\n#\na: b\n", ["a"], A_VALUE, (4, 4, 4, 5), "a", "b", id="a later line"
        ),
        # Columns count characters, however wide they are and however many bytes they take.
        pytest.param(
            "名前: 値 と\n", ["名前"], A_VALUE, (1, 5, 1, 8), "名前", "値 と", id="wide value"
        ),
        pytest.param(
            "名前: 値 と\n", ["名前"], A_KEY, (1, 1, 1, 3), "名前", "名前", id="wide key"
        ),
        pytest.param("😀: x 😀 y\n", ["😀"], A_VALUE, (1, 4, 1, 9), "😀", "x 😀 y", id="emoji"),
        pytest.param("é: {e\u0301: b}\n", ["é", "e\u0301"], A_VALUE, (1, 9, 1, 10),
                     "é.e\u0301", "b", id="combining accent"),
        pytest.param("\ufeffa: b\n", ["a"], A_VALUE, (1, 4, 1, 5), "a", "b", id="BOM, value"),
        pytest.param("\ufeffa: b\n", ["a"], A_KEY, (1, 1, 1, 2), "a", "a", id="BOM, key"),
        pytest.param("a: b\r\nc: d\r\n", ["c"], A_VALUE, (2, 4, 2, 5), "c", "d", id="CRLF"),
        pytest.param("a: b\rc: d\r", ["c"], A_VALUE, (2, 4, 2, 5), "c", "d", id="CR"),
        pytest.param("a: b\x85c: d\n", ["c"], A_VALUE, (2, 4, 2, 5), "c", "d", id="NEL"),
        pytest.param("a: b\u2028c: d\n", ["c"], A_VALUE, (2, 4, 2, 5), "c", "d", id="LS"),
        # Scalars of every style.
        pytest.param("a: 'it''s'\n", ["a"], A_VALUE, (1, 4, 1, 11), "a", "'it''s'", id="single"),
        pytest.param('a: "\\tx"\n', ["a"], A_VALUE, (1, 4, 1, 9), "a", '"\\tx"', id="double"),
        pytest.param('"a": b\n', ["a"], A_KEY, (1, 1, 1, 4), "a", '"a"', id="quoted key"),
        pytest.param("a: one\n  two\n", ["a"], A_VALUE, (1, 4, 2, 6), "a", "one\n  two",
                     id="plain over two lines"),
        pytest.param("a: 'x\n  y'\n", ["a"], A_VALUE, (1, 4, 2, 5), "a", "'x\n  y'",
                     id="quoted over two lines"),
        pytest.param("a: |\n  one\n  two\nb: c\n", ["a"], A_VALUE, (1, 4, 4, 1), "a",
                     "|\n  one\n  two\n", id="literal"),
        pytest.param("a: >-\n  one\n  two", ["a"], A_VALUE, (1, 4, 3, 6), "a",
                     ">-\n  one\n  two", id="folded, end of the file"),
        pytest.param("a: |\n  one\nb: c\n", ["b"], A_VALUE, (3, 4, 3, 5), "b", "c",
                     id="behind a literal"),
        # Collections: all of it on one line; else its key, or its first line.
        pytest.param("a: [x, {y: z}]\n", ["a"], A_VALUE, (1, 4, 1, 15), "a", "[x, {y: z}]",
                     id="flow list"),
        pytest.param("a: [x, {y: z}]\n", ["a", 1], A_VALUE, (1, 8, 1, 14), "a[1]", "{y: z}",
                     id="flow mapping"),
        pytest.param("a: [x, {y: z}]\n", ["a", 1, "y"], A_VALUE, (1, 12, 1, 13), "a[1].y", "z",
                     id="value in flow"),
        pytest.param("a: [x, {y: z}]\n", ["a", 1, "y"], A_KEY, (1, 9, 1, 10), "a[1].y", "y",
                     id="key in flow"),
        pytest.param("a: [\n  x,\n  y]\n", ["a"], A_VALUE, (1, 1, 1, 2), "a", "a",
                     id="flow list over lines"),
        pytest.param("a: [\n  x,\n  y]\n", ["a", 1], A_VALUE, (3, 3, 3, 4), "a[1]", "y",
                     id="entry of a flow list over lines"),
        pytest.param("a:\n  b:\n    c: d\n", ["a", "b"], A_VALUE, (2, 3, 2, 4), "a.b", "b",
                     id="block mapping"),
        pytest.param("a:\n  - x\n  - y: 1\n    z: 2\n", ["a", 1], A_VALUE, (3, 5, 3, 9), "a[1]",
                     "y: 1", id="mapping in a block list"),
        pytest.param("a:\n  - x\n  - y: 1\n    z: 2\n", ["a", 1, "z"], A_KEY, (4, 5, 4, 6),
                     "a[1].z", "z", id="key in a block list"),
        pytest.param("- [x,\n   y]  \n", [0], A_VALUE, (1, 3, 1, 6), "[0]", "[x,",
                     id="list in a list, over lines"),
        pytest.param("- {a: b,  \r\n   c: d}\r\n", [0], A_VALUE, (1, 3, 1, 9), "[0]", "{a: b,",
                     id="mapping in a list, over lines with CRLF"),
        pytest.param("? a\n: b\n", ["a"], A_VALUE, (2, 3, 2, 4), "a", "b", id="explicit value"),
        pytest.param("? a\n: b\n", ["a"], A_KEY, (1, 3, 1, 4), "a", "a", id="explicit key"),
        # What is not there is shown by its key.
        pytest.param("a:\nb: c\n", ["a"], A_VALUE, (1, 1, 1, 2), "a", "a", id="no value"),
        pytest.param("a: {b: , c}\n", ["a", "b"], A_VALUE, (1, 5, 1, 6), "a.b", "b",
                     id="no value in flow"),
        pytest.param("a: {b: , c}\n", ["a", "c"], A_VALUE, (1, 10, 1, 11), "a.c", "c",
                     id="no colon in flow"),
        pytest.param("a: ''\n", ["a"], A_VALUE, (1, 4, 1, 6), "a", "''", id="empty quotes"),
        pytest.param("a: ~\n", ["a"], A_VALUE, (1, 4, 1, 5), "a", "~", id="null"),
        pytest.param("a:\n  -\n  - x\n", ["a", 0], A_VALUE, (2, 4, 2, 4), "a[0]", "",
                     id="no entry"),
        # Aliases: the alias itself, but inside of it what the anchor marks.
        pytest.param("a: &x {k: v}\nb: *x\n", ["a"], A_VALUE, (1, 4, 1, 13), "a", "&x {k: v}",
                     id="anchor"),
        pytest.param("a: &x {k: v}\nb: *x\n", ["b"], A_VALUE, (2, 4, 2, 6), "b", "*x", id="alias"),
        pytest.param("a: &x {k: v}\nb: *x\n", ["b"], A_KEY, (2, 1, 2, 2), "b", "b",
                     id="key of an alias"),
        pytest.param("a: &x {k: v}\nb: [*x]\n", ["b", 0, "k"], A_VALUE, (1, 11, 1, 12), "b[0].k",
                     "v", id="inside an alias"),
        pytest.param("a: &x {k: v}\nb: [*x]\n", ["b", 0, "k"], A_KEY, (1, 8, 1, 9), "b[0].k", "k",
                     id="key inside an alias"),
        # The first of two equal keys is the one that counts.
        pytest.param("a: x\na: y\n", ["a"], A_VALUE, (1, 4, 1, 5), "a", "x", id="duplicate key"),
        pytest.param("a: {b: 1}\na: {b: 2}\n", ["a", "b"], A_VALUE, (1, 8, 1, 9), "a.b", "1",
                     id="inside of a duplicate key"),
    ],
)  # fmt: skip
def test_every_key_and_value_is_found_in_the_text(
    text: str, path: list[str | int], key: bool, place: Spot, shown: str, pointed_at: str
) -> None:
    found = read(text)
    located, path_shown = found.locate(path, key=key)
    assert (spot(located), path_shown, text_at(found.text, located)) == (place, shown, pointed_at)


@libyaml
def test_tabs_inside_a_value_count_as_one_column_each() -> None:
    # PyYAML's own parser refuses these tabs; libyaml reads them as YAML 1.2 wants.
    found = read("a:\tb\tc\nd: {e:\tf}\n")
    assert (found.data, found.problems) == ({"a": "b\tc", "d": {"e": "f"}}, ())
    assert [spot(found.locate(path)[0]) for path in (["a"], ["d", "e"])] == [
        (1, 4, 1, 7),
        (2, 8, 2, 9),
    ]


@pytest.mark.parametrize(
    ("path", "place", "shown"),
    [
        pytest.param(["one", 0], (1, 6, 1, 10), "one", id="0 of a list written as one text"),
        pytest.param(["one", 0, "action"], (1, 6, 1, 10), "one", id="key of a text"),
        pytest.param(["map", 0, "key"], (2, 12, 2, 13), "map.key", id="0 of a list of one mapping"),
        pytest.param(["map", "key", 0, "due"], (2, 12, 2, 13), "map.key", id="beyond a text"),
        pytest.param(["map", "nope"], (2, 6, 2, 14), "map", id="a key that is not there"),
        pytest.param(["map", "nope", "deeper"], (2, 6, 2, 14), "map", id="two keys not there"),
        pytest.param(["list", "key"], (3, 7, 3, 13), "list", id="a key of a list"),
        pytest.param(["nothing", "key"], (4, 1, 4, 8), "nothing", id="a key of nothing"),
        pytest.param(["nope"], (1, 1, 1, 1), "", id="nothing of it is there"),
        pytest.param([], (1, 1, 1, 1), "", id="the whole file"),
        pytest.param(
            ["list", 2],
            (3, 7, 3, 13),
            "list",
            id="an entry beyond the list",
        ),
    ],
)
def test_a_path_that_the_file_leaves_out_ends_at_what_is_there(
    path: list[str | int], place: Spot, shown: str
) -> None:
    found = read("one: text\nmap: {key: v}\nlist: [x, y]\nnothing:\n")
    located, path_shown = found.locate(path)
    assert (spot(located), path_shown) == (place, shown)


@either_parser
@pytest.mark.parametrize(
    ("text", "path", "written"),
    [
        ("a: 1.10 # b\n", ["a"], "1.10"),
        ("a: 'it''s'\n", ["a"], "'it''s'"),
        ("a: {b: [値, 😀 x ], c: ~}\n", ["a", "b"], "[値, 😀 x ]"),
        ("a: {b: [値, 😀 x ], c: ~}\n", ["a", "b", 1], "😀 x"),
        ("a: one\n  two\n", ["a"], "one\n  two"),
        ("a:\nb: c\n", ["a"], ""),
        ("a: text\n", ["a", 0, "action"], "text"),
        ("a: text\n", [], ""),
    ],
)
def test_a_value_can_be_had_as_it_is_written(
    text: str, path: list[str | int], written: str
) -> None:
    assert read(text).written(path) == written


def test_a_diagnosis_has_the_place_and_path_of_what_it_is_about() -> None:
    found = read("a:\n  b: [c]\n")
    assert found.diagnose("cut-text", "M.", ["a", "b", 0], hint="H.") == (
        Diagnostic("cut-text", Severity.WARNING, "M.", "r.yaml", Place(2, 7, 2, 8), "a.b[0]", "H.")
    )
    assert found.diagnose("wrong-type", "M.", ["a", "b"], key=True) == (
        Diagnostic("wrong-type", Severity.ERROR, "M.", "r.yaml", Place(2, 3, 2, 4), "a.b")
    )


@pytest.mark.parametrize(
    ("rule", "severity", "path"),
    [
        pytest.param("missing-key", Severity.ERROR, "a", id="an error is about what is there"),
        pytest.param("no-responsible", Severity.WARNING, "a", id="so is a warning"),
        pytest.param("no-answer", Severity.INFO, "a.b.0.c", id="a gap is where text shall be"),
    ],
)
def test_a_diagnosis_has_the_severity_of_its_rule_and_names_a_gap_in_full(
    rule: str, severity: Severity, path: str
) -> None:
    found = read("a:\n  x: y\n").diagnose(rule, "M.", ["a", "b", 0, "c"], key=True)
    assert found == Diagnostic(rule, severity, "M.", "r.yaml", Place(1, 1, 1, 2), path)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x85", "\u2028"])
def test_a_quoted_diagnostic_has_the_whole_line_it_begins_on(end: str) -> None:
    found = read(end.join(["a: 1", "  ", "b: [2, 3] # x", ""]))
    paths: list[list[str | int]] = [["a"], ["b", 1], ["nope"]]
    about = [found.diagnose("wrong-type", "M.", path) for path in paths]
    assert [quoted.excerpt for quoted in found.quote(about)] == ["a: 1", "b: [2, 3] # x", "a: 1"]


def test_a_diagnostic_about_the_whole_file_has_no_excerpt() -> None:
    found = read("")
    assert found.quote(found.problems) == found.problems != ()


# ── problems ─────────────────────────────────────────────────────────────────────────────────────

IN_QUOTES = "If this is text, put it in quotes."
KEY_HINT = "If this is text with brackets, braces or a star, put it in quotes."
BAD_KEY = "A key must be a word; here it is a list, a mapping or an alias."
TAG = "A text that begins with ! is a YAML tag, and tags are not allowed."
TAG_HINT = "If the ! belongs to the text, put the whole text in quotes."
JOIN = "Join the two, or delete one."
MERGE = "Merge keys (<<) are not part of the format."
SECOND = "A second YAML document begins here; a roadmap is one."
SECOND_HINT = "Delete this line, or move what follows into a file of its own."
REMARK_HINT = "Put the whole text in quotes; if it is a remark, put a space behind the #."
ANCHOR_HINT = "If it belongs to the text, put the whole text in quotes."


def again(key: str, line: int) -> str:
    return f"The key `{key}` stands here again; it is on line {line} already."


def remark(text: str) -> str:
    return f"YAML takes `{text}` for a remark and drops it."


def anchor(name: str) -> str:
    return f"YAML takes `&{name}` for an anchor and drops it."


def undefined(name: str) -> str:
    return f"`*{name}` refers to an anchor that is not defined above."


@either_parser
@pytest.mark.parametrize(
    ("text", "data", "problems"),
    [
        pytest.param(
            "a: 1\nb: 2\na: 3\n",
            {"a": 1, "b": 2},
            [("duplicate-key", (3, 1, 3, 2), "a", again("a", 1), JOIN)],
            id="the second of two equal keys is reported and left out",
        ),
        pytest.param(
            "a: 1\na: 2\n\na: 3\n",
            {"a": 1},
            [
                ("duplicate-key", (2, 1, 2, 2), "a", again("a", 1), JOIN),
                ("duplicate-key", (4, 1, 4, 2), "a", again("a", 1), JOIN),
            ],
            id="every further equal key is reported",
        ),
        pytest.param(
            "x:\n  - a: {b: 1}\n    \"a\": {c: [2]}\n",
            {"x": [{"a": {"b": 1}}]},
            [("duplicate-key", (3, 5, 3, 8), "x[0].a", again("a", 2), JOIN)],
            id="quotes do not make a key another one",
        ),
        pytest.param(
            "{a: 1, b: {a: 2}, 'a': 3}",
            {"a": 1, "b": {"a": 2}},
            [("duplicate-key", (1, 19, 1, 22), "a", again("a", 1), JOIN)],
            id="equal keys of different mappings are fine",
        ),
        pytest.param(
            "a: {x: 1}\na: {y: 1, y: 2}\n",
            {"a": {"x": 1}},
            [
                ("duplicate-key", (2, 1, 2, 2), "a", again("a", 1), JOIN),
                ("duplicate-key", (2, 11, 2, 12), "a.y", again("y", 2), JOIN),
            ],
            id="what is left out is looked at all the same",
        ),
        pytest.param(
            "<<: {a: b}\nc: d\n",
            {"c": "d"},
            [("merge-key", (1, 1, 1, 3), "<<", MERGE, "Write the keys out.")],
            id="a merge key",
        ),
        pytest.param(
            "a: &x {k: v}\nb:\n  <<: *x\n",
            {"a": {"k": "v"}, "b": {}},
            [("merge-key", (3, 3, 3, 5), "b.<<", MERGE, "Write the keys out.")],
            id="a merge key of an alias",
        ),
        pytest.param("'<<': b\n", {"<<": "b"}, [], id="a merge key in quotes is a word"),
        pytest.param(
            "? [a]\n: b\nc: d\n",
            {"c": "d"},
            [("bad-key", (1, 3, 1, 6), "", BAD_KEY, KEY_HINT)],
            id="a list as key",
        ),
        pytest.param(
            "x: {{a: b}: c}\n",
            {"x": {}},
            [("bad-key", (1, 5, 1, 11), "x", BAD_KEY, KEY_HINT)],
            id="a mapping as key",
        ),
        pytest.param(
            "a: &x b\n*x : c\n",
            {"a": "b"},
            [("bad-key", (2, 1, 2, 3), "", BAD_KEY, KEY_HINT)],
            id="an alias as key",
        ),
        pytest.param(
            "a: !foo b\n",
            {"a": "b"},
            [("tag-not-allowed", (1, 4, 1, 10), "a", TAG, TAG_HINT)],
            id="a tag",
        ),
        pytest.param(
            "a: !!int 1\n",
            {"a": "1"},
            [("tag-not-allowed", (1, 4, 1, 11), "a", TAG, TAG_HINT)],
            id="even a harmless tag",
        ),
        pytest.param(
            "a: !!python/object/apply:os.system [ls]\n",
            {"a": ["ls"]},
            [("tag-not-allowed", (1, 4, 1, 37), "a", TAG, TAG_HINT)],
            id="a tag that would run something",
        ),
        pytest.param(
            "a: ! important\n",
            {"a": "important"},
            [("tag-not-allowed", (1, 4, 1, 15), "a", TAG, TAG_HINT)],
            id="an exclamation mark and a space",
        ),
        pytest.param(
            "- !x {a: b}\n- !<tag:y> [c]\n",
            [{"a": "b"}, ["c"]],
            [
                ("tag-not-allowed", (1, 3, 1, 7), "[0]", TAG, TAG_HINT),
                ("tag-not-allowed", (2, 3, 2, 13), "[1]", TAG, TAG_HINT),
            ],
            id="tags of collections",
        ),
        pytest.param(
            "!x a: b\n",
            {"a": "b"},
            [("tag-not-allowed", (1, 1, 1, 5), "", TAG, TAG_HINT)],
            id="a tag of a key",
        ),
        pytest.param(
            "a: b\n---\nc: [\n",
            {"a": "b"},
            [("several-documents", (2, 1, 2, 4), "", SECOND, SECOND_HINT)],
            id="the first of several documents is read, the next not even parsed",
        ),
        pytest.param(
            "--- a\n--- b\n",
            "a",
            [("several-documents", (2, 1, 2, 4), "", SECOND, SECOND_HINT)],
            id="several documents on the lines of their markers",
        ),
        pytest.param(
            "a: *x\n",
            {"a": None},
            [("bad-alias", (1, 4, 1, 6), "a", undefined("x"), IN_QUOTES)],
            id="an alias without an anchor",
        ),
        pytest.param(
            "a: [*x, &x 1, *x]\n",
            {"a": [None, 1, 1]},
            [("bad-alias", (1, 5, 1, 7), "a[0]", undefined("x"), IN_QUOTES)],
            id="an alias before its anchor",
        ),
        pytest.param(
            "a: &x\n  b: [1, *x]\n",
            {"a": {"b": [1, None]}},
            [
                (
                    "bad-alias",
                    (2, 10, 2, 12),
                    "a.b[1]",
                    "`*x` refers to an anchor that contains itself.",
                    IN_QUOTES,
                )
            ],
            id="an anchor that contains itself",
        ),
        pytest.param(
            "a: &x 1\nb: &x [*x]\n",
            {"a": 1, "b": [None]},
            [
                (
                    "bad-alias",
                    (2, 8, 2, 10),
                    "b[0]",
                    "`*x` refers to an anchor that contains itself.",
                    IN_QUOTES,
                )
            ],
            id="an anchor that contains itself does not fall back on an older one",
        ),
        pytest.param("a: &x [&x 1, *x]\n", {"a": [1, 1]}, [], id="an inner anchor wins"),
        pytest.param(
            "title: C# and #1\n",
            {"title": "C# and"},
            [("cut-text", (1, 15, 1, 17), "title", remark("#1"), REMARK_HINT)],
            id="a remark glued to its sign is text that was cut",
        ),
        pytest.param(
            "a:\n  - x #2 and more\n  - #3\n",
            {"a": ["x", None]},
            [
                ("cut-text", (2, 7, 2, 18), "a[0]", remark("#2 and more"), REMARK_HINT),
                ("cut-text", (3, 5, 3, 7), "a[1]", remark("#3"), REMARK_HINT),
            ],
            id="cut texts in a list, one of them whole",
        ),
        pytest.param(
            "a: one\n  two   #3\n",
            {"a": "one two"},
            [("cut-text", (2, 9, 2, 11), "a", remark("#3"), REMARK_HINT)],
            id="a text over two lines, cut",
        ),
        pytest.param(
            "a: [😀 #x\n]\n",
            {"a": ["😀"]},
            [("cut-text", (1, 7, 1, 9), "a[0]", remark("#x"), REMARK_HINT)],
            id="a text in a flow list, cut",
        ),
        pytest.param(
            "# x\n#x\n#!x\na: b # c\nd: 'e' #f\ng: h #\n#i\nj: k #!l\nm: n ## o\np: |\n  q #r\n",
            {"a": "b", "d": "e", "g": "h", "j": "k", "m": "n", "p": "q #r\n"},
            [],
            id="real remarks are left alone",
        ),
        pytest.param(
            "a: &b c\n",
            {"a": "c"},
            [("cut-text", (1, 4, 1, 6), "", anchor("b"), ANCHOR_HINT)],
            id="an anchor that nothing refers to is text that was cut",
        ),
        pytest.param(
            "- &x a\n- *x\n- &y [b]\n- &z {c: d}\n",
            ["a", "a", ["b"], {"c": "d"}],
            [
                ("cut-text", (3, 3, 3, 5), "", anchor("y"), ANCHOR_HINT),
                ("cut-text", (4, 3, 4, 5), "", anchor("z"), ANCHOR_HINT),
            ],
            id="anchors of collections that nothing refers to",
        ),
        pytest.param(
            "a: 1\na: !x 2\nb: *z\nc: d #e\n",
            {"a": 1, "b": None, "c": "d"},
            [
                ("duplicate-key", (2, 1, 2, 2), "a", again("a", 1), JOIN),
                ("tag-not-allowed", (2, 4, 2, 8), "a", TAG, TAG_HINT),
                ("bad-alias", (3, 4, 3, 6), "b", undefined("z"), IN_QUOTES),
                ("cut-text", (4, 6, 4, 8), "c", remark("#e"), REMARK_HINT),
            ],
            id="all problems of a text are found in one run",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_reported_and_the_rest_is_read(
    text: str, data: object, problems: list[Told]
) -> None:
    found = read(text)
    assert (found.data, told(found)) == (data, problems)


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        ("a: 1\na: 2\n", {Severity.ERROR}),
        ("a: !x 1\n", {Severity.ERROR}),
        ("a: *x\n", {Severity.ERROR}),
        ("<<: 1\n", {Severity.ERROR}),
        ("[]: 1\n", {Severity.ERROR}),
        ("---\n---\n", {Severity.ERROR}),
        ("", {Severity.ERROR}),
        ("[\n", {Severity.ERROR}),
        ("a: b #c\n", {Severity.WARNING}),
        ("a: &b c\n", {Severity.WARNING}),
    ],
)
def test_only_a_text_that_may_be_cut_on_purpose_is_a_warning(
    text: str, severities: set[Severity]
) -> None:
    assert {found.severity for found in read(text).problems} == severities


@either_parser
@pytest.mark.parametrize("end", ["\r\n", "\r", "\x85", "\u2028", "\u2029"])
def test_a_cut_text_ends_at_the_end_of_its_line_whatever_the_line_break(end: str) -> None:
    assert told(read(f"a: b #c{end}d: e{end}")) == [
        ("cut-text", (1, 6, 1, 8), "a", remark("#c"), REMARK_HINT)
    ]


def test_a_cut_text_does_not_reach_over_the_spaces_behind_it() -> None:
    assert told(read("a: b #c  \n")) == [("cut-text", (1, 6, 1, 8), "a", remark("#c"), REMARK_HINT)]


@either_parser
@pytest.mark.parametrize("text", ["", "\n\n", "  \n", "# only a remark", "---\n", "~", "null\n"])
def test_an_empty_file_is_reported_as_such(text: str) -> None:
    found = read(text)
    hint = "`coproadmap init` writes a roadmap to fill in."
    assert (found.data, told(found)) == (
        None,
        [("empty-file", None, "", "The file is empty.", hint)],
    )


# ── several faults of syntax ─────────────────────────────────────────────────────────────────────

# A rule, and the line and column where it was found.
Found = tuple[str, int, int]

WHOLE = True
BROKEN_OFF = False

# A text, the rules that were found where in it, and whether the text was read to its end.
FAULTS = [
    pytest.param(
        "a: x: y\nb: z: w\n",
        [("yaml-syntax", 1, 5), ("yaml-syntax", 2, 5)],
        WHOLE,
        id="colons in texts",
    ),
    pytest.param(
        "a: @x\nb: %x\nc: `x`\nd: }\ne: ]\nf: , x\n",
        [("yaml-syntax", line, 4) for line in range(1, 7)],
        WHOLE,
        id="signs that no text begins with",
    ),
    pytest.param(
        "a: *x*\nb: **x** y\nc: & x\nd: &R&D\ne: ? x\n",
        [("yaml-syntax", line, 4) for line in range(1, 6)],
        WHOLE,
        id="stars, ampersands and a question mark",
    ),
    pytest.param(
        'a: "x\nb: y\nc: @z\n',
        [("yaml-syntax", 1, 4), ("yaml-syntax", 3, 4)],
        WHOLE,
        id="open double quotes, and another fault",
    ),
    pytest.param(
        'a: "x\nb: y\nc: y: z\n',
        [("yaml-syntax", 1, 4), ("yaml-syntax", 3, 5)],
        WHOLE,
        id="open double quotes",
    ),
    pytest.param(
        "a: 'x\nb: y\nc: y: z\n",
        [("yaml-syntax", 1, 4), ("yaml-syntax", 3, 5)],
        WHOLE,
        id="an open single quote",
    ),
    pytest.param(
        "a: 'x\nb: 'y'\nc: y: z\n",
        [("yaml-syntax", 2, 5)],
        BROKEN_OFF,
        id="open quotes that the next quote closes",
    ),
    pytest.param(
        'a: "x" y\nb: \'it\'s\'\nc: "x", "y"\n',
        [("yaml-syntax", 1, 8), ("yaml-syntax", 2, 8), ("yaml-syntax", 3, 7)],
        WHOLE,
        id="text behind closing quotes",
    ),
    pytest.param(
        "a: [x, y\nb: z\nc: {x: y\nd: @z\n",
        [("yaml-syntax", 1, 4), ("yaml-syntax", 3, 4), ("yaml-syntax", 4, 4)],
        WHOLE,
        id="an open bracket and an open brace",
    ),
    pytest.param(
        "a: {x: y: z}\nb: [x: y: z]\nc: {x: @y}\nd: [x, @y]\n",
        [
            ("yaml-syntax", 1, 4),
            ("yaml-syntax", 2, 4),
            ("yaml-syntax", 3, 8),
            ("yaml-syntax", 4, 8),
        ],
        WHOLE,
        id="texts in braces and brackets",
    ),
    pytest.param(
        "a: - x\nb: - y\n",
        [("yaml-syntax", 1, 4), ("yaml-syntax", 2, 4)],
        WHOLE,
        id="lists on the lines of their keys",
    ),
    pytest.param(
        "- x\n- @y\n- z\n-  y: x: z\n",
        [("yaml-syntax", 2, 3), ("yaml-syntax", 4, 8)],
        WHOLE,
        id="in a list",
    ),
    pytest.param(
        "a:\n- @x\n- - @y\n  - - %z\n",
        [("yaml-syntax", 2, 3), ("yaml-syntax", 3, 5), ("yaml-syntax", 4, 7)],
        WHOLE,
        id="in lists of lists",
    ),
    pytest.param(
        "a:\n  b:\n    - c: 1\n      d: @x\n    - @y\n  e: x: y\nf: %\n",
        [
            ("yaml-syntax", 4, 10),
            ("yaml-syntax", 5, 7),
            ("yaml-syntax", 6, 7),
            ("yaml-syntax", 7, 4),
        ],
        WHOLE,
        id="on every level",
    ),
    pytest.param(
        "a: |\n  x: y: z\n  @x\nb: @x\nc: >-\n  %x\nd: @y\n",
        [("yaml-syntax", 4, 4), ("yaml-syntax", 7, 4)],
        WHOLE,
        id="texts below a bar are left alone",
    ),
    pytest.param(
        "a: x # y: z: @\nb: @x # y\n# @\nc: 'x' y # z\n",
        [("yaml-syntax", 2, 4), ("yaml-syntax", 4, 8)],
        WHOLE,
        id="remarks are left alone",
    ),
    pytest.param("a: x\nb: y: z", [("yaml-syntax", 2, 5)], WHOLE, id="at the end of the file"),
    pytest.param(
        "a: @x\r\nb: y\r\nc: y: z\r\n",
        [("yaml-syntax", 1, 4), ("yaml-syntax", 3, 5)],
        WHOLE,
        id="CRLF",
    ),
    pytest.param(
        "a: @x\rb: y\rc: y: z\r",
        [("yaml-syntax", 1, 4), ("yaml-syntax", 3, 5)],
        WHOLE,
        id="CR",
    ),
    pytest.param(
        "a: @x\x85b: y: z\u2028c: @y\u2029",
        [("yaml-syntax", 1, 4), ("yaml-syntax", 2, 5), ("yaml-syntax", 3, 4)],
        WHOLE,
        id="line breaks of YAML 1.1",
    ),
    pytest.param(
        "\ufeffa: @x\nb: @y\n",
        [("yaml-syntax", 1, 4), ("yaml-syntax", 2, 4)],
        WHOLE,
        id="byte order mark",
    ),
    pytest.param(
        "a: 😀 x: y\nb: é 😀: @y\nc: 😀\nd: @😀\n",
        [("yaml-syntax", 1, 7), ("yaml-syntax", 2, 7), ("yaml-syntax", 4, 4)],
        WHOLE,
        id="behind characters of four bytes",
    ),
    pytest.param(
        "\n\na: @x\n\n\nb: @y\n\n",
        [("yaml-syntax", 3, 4), ("yaml-syntax", 6, 4)],
        WHOLE,
        id="between empty lines",
    ),
    # What stands on the line of a fault is looked at once more, and told once.
    pytest.param(
        "a: 1\na: 2\nb: @x\nb: 3\n",
        [("duplicate-key", 2, 1), ("yaml-syntax", 3, 4), ("duplicate-key", 4, 1)],
        WHOLE,
        id="what else is wrong before and behind a fault",
    ),
    pytest.param(
        "a: 1\na: @2\nb: @x\n",
        [("duplicate-key", 2, 1), ("yaml-syntax", 3, 4)],
        WHOLE,
        id="an error on the line of a fault is its reason",
    ),
    pytest.param("a: *b c\n", [("bad-alias", 1, 4)], WHOLE, id="an alias with text behind it"),
    pytest.param(
        "a: [b #c: d\ne: f #g\n",
        [("yaml-syntax", 1, 4), ("cut-text", 1, 7), ("cut-text", 2, 6)],
        WHOLE,
        id="a warning on the line of a fault hides nothing",
    ),
    pytest.param(
        'a: "b\n---\nc"\n',
        [("yaml-syntax", 1, 4), ("several-documents", 2, 1)],
        WHOLE,
        id="the line of dashes that breaks the quotes above it",
    ),
    # Where the rest cannot be known: the fault is all that is told, with what stands before it.
    pytest.param("a: 1\n\tb: @2\n", [("yaml-syntax", 2, 1)], BROKEN_OFF, id="a tab as indentation"),
    pytest.param(
        "a: @x\nb:\n\tc: 2\nd: @y\n",
        [("yaml-syntax", 1, 4), ("yaml-syntax", 3, 1)],
        BROKEN_OFF,
        id="a tab behind another fault",
    ),
    pytest.param(
        "a: 1\n b: 2\nc: @x\n", [("yaml-syntax", 2, 3)], BROKEN_OFF, id="a key too far in"
    ),
    pytest.param(
        "a:\n    b: 1\n  c: 2\nd: @x\n",
        [("yaml-syntax", 3, 3)],
        BROKEN_OFF,
        id="a key between two levels",
    ),
    pytest.param(
        "a: 1\na: 2\nb\nc: 3\na: 4\n",
        [("duplicate-key", 2, 1), ("yaml-syntax", 3, 1)],
        BROKEN_OFF,
        id="a line without its colon",
    ),
    pytest.param("a: | x\nb: @y\n", [("yaml-syntax", 1, 6)], BROKEN_OFF, id="text behind a bar"),
    pytest.param(
        "a: x\n  b: y\nc: @z\n",
        [("yaml-syntax", 2, 4)],
        BROKEN_OFF,
        id="a colon in the second line of a text",
    ),
    pytest.param("@a: b\nc: @d\n", [("yaml-syntax", 1, 1)], BROKEN_OFF, id="a sign before a key"),
]


@either_parser
@pytest.mark.parametrize(("text", "faults", "is_whole"), FAULTS)
def test_several_faults_of_syntax_are_found_in_one_run(
    text: str, faults: list[Found], is_whole: bool
) -> None:
    found = read(text)
    assert (spots_of(found), found.is_whole) == (faults, is_whole)


def spots_of(found: source.Source) -> list[Found]:
    return [
        (problem.rule, problem.place.line, problem.place.column)
        for problem in in_file_order(found.problems)
        if problem.place
    ]


ONE_MISTAKE = [
    pytest.param(
        "a: @x\n  b: c\n",
        [("yaml-syntax", 1, 4)],
        id="a sign before a text of two lines",
    ),
    pytest.param(
        "a: {b: c,\n  d: e\nf: g\n",
        [("yaml-syntax", 1, 4)],
        id="an open brace over two lines",
    ),
    pytest.param("a: b: c\n  d: e\n", [("yaml-syntax", 1, 5)], id="two keys on one line"),
    pytest.param(
        "- a: b: c\n  d: e\n",
        [("yaml-syntax", 1, 7)],
        id="a colon in the first key of an entry",
    ),
    pytest.param(
        "- a: @b\n  c: d\n",
        [("yaml-syntax", 1, 6)],
        id="a sign in the first key of an entry",
    ),
    pytest.param(
        "a: &x b: c\nd: *x\n",
        [("yaml-syntax", 1, 8)],
        id="an anchor on the line of a fault",
    ),
    pytest.param(
        "a: &x b\nc: [*x\n",
        [("yaml-syntax", 2, 4)],
        id="an alias on the line of a fault",
    ),
    pytest.param(
        "a: [\n  b: c: d,\n  e\n]\n",
        [("yaml-syntax", 1, 4)],
        id="a bracket that closes below its key",
    ),
    pytest.param(
        "a: *b c d\ne: *f g h\n",
        [("bad-alias", 1, 4), ("bad-alias", 2, 4)],
        id="texts that begin with a star",
    ),
    pytest.param("? [a\nb: c\n", [("yaml-syntax", 1, 3)], id="an open bracket as key"),
]


@either_parser
@pytest.mark.parametrize(("text", "faults"), ONE_MISTAKE)
def test_a_mistake_that_causes_others_is_told_once(text: str, faults: list[Found]) -> None:
    assert spots_of(read(text)) == faults


@either_parser
@pytest.mark.parametrize(
    ("text", "data"),
    [
        pytest.param("a: @b c\nd: [e, f]\n", {"a": "x", "d": ["e", "f"]}, id="a value passed over"),
        pytest.param(
            "a: 1\nb: [2, {c: 3}]\nd\n", {"a": 1, "b": [2, {"c": 3}]}, id="broken off at the end"
        ),
        pytest.param("a: 1\nb\nc: 3\n", {"a": 1}, id="broken off at the left margin"),
        pytest.param("\ta: 1\n", None, id="broken off at once"),
    ],
)
def test_what_can_be_read_of_a_text_with_faults_is_read(text: str, data: object) -> None:
    assert read(text).data == data


@either_parser
def test_every_part_behind_a_fault_stands_where_the_file_has_it() -> None:
    found = read("a: 😀: [@\nb: {c: [d, 😀 e]}\n")
    place, shown = found.locate(["b", "c", 1])
    assert (spot(place), shown, text_at(found.text, place)) == ((2, 12, 2, 15), "b.c[1]", "😀 e")


def test_the_text_is_quoted_as_the_file_has_it() -> None:
    found = read("a: @x y\n")
    assert found.text == "a: @x y\n"
    assert [quoted.excerpt for quoted in found.quote(found.problems)] == ["a: @x y"]


@either_parser
@pytest.mark.parametrize(
    ("broken", "told_of", "is_whole"), [(20, 20, True), (21, 21, False), (90, 21, False)]
)
def test_no_more_than_21_lines_are_told_to_be_broken(
    broken: int, told_of: int, is_whole: bool
) -> None:
    found = read("a: b\n" + "".join(f"a{n}: @x\n" for n in range(broken)))
    assert (spots_of(found), found.is_whole) == (
        [("yaml-syntax", line + 2, len(f"a{line}: ") + 1) for line in range(told_of)],
        is_whole,
    )


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("- a: b: c\n" * 9_000, id="every line"),
        pytest.param("# x\n" * 20_000 + "- a: b: c\n" * 25, id="the last lines"),
        pytest.param("a: [x\n" * 15_000, id="open brackets on every line"),
        pytest.param(("- " * 20 + "@x\n") * 2_000, id="dashes"),
    ],
)
@libyaml
def test_of_broken_lines_without_end_the_first_are_told(text: str) -> None:
    lines = [line for _, line, _ in spots_of(read(text))]
    assert lines == list(range(lines[0], lines[0] + 21))


# ── limits ───────────────────────────────────────────────────────────────────────────────────────

ALIAS_BOMB = "- &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"- &{name} [{', '.join([f'*{before}'] * 9)}]\n" for before, name in pairwise("abcdefghij")
)
TOO_LARGE: Told = (
    "too-large",
    None,
    "",
    "The file is larger than 1,000,000 bytes, which no roadmap needs to be.",
    "Check that this is the right file.",
)
TOO_DEEP = ("The file is nested more than 30 levels deep.", "A roadmap needs seven levels.")
TOO_MANY = (
    "The file holds more than 50,000 values (aliases count in full).",
    "Check that this is a roadmap.",
)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("a" * 1_000_001, TOO_LARGE, id="one byte too many"),
        pytest.param("é" * 500_001, TOO_LARGE, id="bytes are counted, not characters"),
        pytest.param(
            "[" * 31 + "]" * 31,
            ("too-deep", (1, 31, 1, 32), "[0]" * 30, *TOO_DEEP),
            id="one level too deep",
        ),
        pytest.param(
            "".join(f"{' ' * level}k:\n" for level in range(31)) + " " * 31 + "v",
            ("too-deep", (31, 31, 31, 31), ".".join(["k"] * 30), *TOO_DEEP),
            id="one level too deep in blocks",
        ),
        pytest.param(
            "[" * 999_999,
            ("too-deep", (1, 31, 1, 32), "[0]" * 30, *TOO_DEEP),
            id="a megabyte of brackets",
        ),
        pytest.param(
            "- " * 499_999,
            ("too-deep", (1, 61, 1, 61), "[0]" * 30, *TOO_DEEP),
            id="a megabyte of dashes",
        ),
        pytest.param(
            "- x\n" * 50_000,
            ("too-many-nodes", (50_000, 3, 50_000, 4), "[49999]", *TOO_MANY),
            id="one value too many",
        ),
        pytest.param(
            "- &x [" + "a," * 24_998 + "]\n- b\n- c\n- *x\n",
            ("too-many-nodes", (4, 3, 4, 5), "[3]", *TOO_MANY),
            id="one value too many through an alias",
        ),
        pytest.param(
            f"- &x {'a' * 400_000}\n- [" + "*x," * 20 + "]\n",
            ("too-many-nodes", (2, 40, 2, 42), "[1][12]", *TOO_MANY),
            id="a long text that aliases repeat",
        ),
        pytest.param(
            ALIAS_BOMB,
            ("too-many-nodes", (5, 27, 5, 29), "[4][5]", *TOO_MANY),
            id="an alias bomb",
        ),
    ],
)
@libyaml
def test_a_file_beyond_a_limit_ends_in_one_finding_at_once(text: str, problem: Told) -> None:
    begun = time.process_time()
    found = read(text)
    assert time.process_time() - begun < LIMIT_SECONDS
    assert told(found) == [problem]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        pytest.param("a: |\n " + "x" * 999_994, [], id="as many bytes as are allowed"),
        pytest.param("[" * 30 + "]" * 30, [], id="as deep as is allowed"),
        pytest.param("- x\n" * 49_999, [], id="as many values as are allowed"),
        pytest.param(
            "- &x [" + "a," * 24_998 + "]\n- b\n- *x\n", [], id="as many values through an alias"
        ),
    ],
)
@libyaml
def test_a_file_right_at_a_limit_is_read(text: str, problems: list[Told]) -> None:
    found = read(text)
    assert (found.data is None, told(found)) == (False, problems)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{" * 999_999, id="braces"),
        pytest.param("? " * 499_999, id="question marks"),
        pytest.param(": " * 499_999, id="colons"),
        pytest.param("&a " * 333_333, id="anchors"),
        pytest.param("!a " * 333_333, id="tags"),
        pytest.param("[" + "a, " * 333_332, id="entries"),
        pytest.param('"' + "\\" * 999_998, id="backslashes"),
        pytest.param('"' + "\n" * 999_998, id="line breaks in quotes"),
        pytest.param("a: |\n" + "\n" * 999_990, id="line breaks in a literal"),
        pytest.param("\t" * 999_999, id="tabs"),
        pytest.param("#" * 999_999, id="remark"),
        pytest.param("1" * 999_999, id="digits"),
        pytest.param("a: b" + " #" * 499_990, id="glued remarks"),
        pytest.param("- a #b\n" * 20_000, id="cut texts"),
        pytest.param("a: 1\n" * 12_000, id="duplicate keys"),
        pytest.param("".join(f"- &a{n} x\n" for n in range(20_000)), id="unused anchors"),
        pytest.param("a: &a x\nb: [" + "*a, " * 30_000 + "]\n", id="aliases"),
    ],
)
@libyaml
def test_a_hostile_file_is_read_or_refused_at_once(text: str) -> None:
    begun = time.process_time()
    found = read(text)
    assert time.process_time() - begun < LIMIT_SECONDS
    assert found.problems or found.data is not None


# ── encodings ────────────────────────────────────────────────────────────────────────────────────

NOT_UTF8 = "The file is not saved as UTF-8: this character cannot be read."
UTF16 = "The file is saved as UTF-16, not as UTF-8."
SAVE_AGAIN = "Save it again with the encoding UTF-8."
NOT_TEXT = "This is not a text file."
RIGHT_FILE = "Check that this is the right file."


def invisible(code: str) -> str:
    return f"There is an invisible control character here (U+{code})."


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param(
            "a: b\nname: café\n".encode("latin-1"),
            ("not-utf8", (2, 10, 2, 11), "", NOT_UTF8, SAVE_AGAIN),
            id="Latin-1",
        ),
        pytest.param(
            b"\xef\xbb\xbfa: \xe9\n",
            ("not-utf8", (1, 4, 1, 5), "", NOT_UTF8, SAVE_AGAIN),
            id="Latin-1 behind a byte order mark",
        ),
        pytest.param(
            "値😀\r\n値: ".encode() + b"\x80",
            ("not-utf8", (2, 4, 2, 5), "", NOT_UTF8, SAVE_AGAIN),
            id="a stray byte behind wide characters",
        ),
        pytest.param(
            "a: é".encode()[:-1],
            ("not-utf8", (1, 4, 1, 5), "", NOT_UTF8, SAVE_AGAIN),
            id="a file that ends within a character",
        ),
        pytest.param(
            b"a: \xed\xa0\x80\n",
            ("not-utf8", (1, 4, 1, 5), "", NOT_UTF8, SAVE_AGAIN),
            id="a surrogate in UTF-8",
        ),
        pytest.param(
            "a: b\n".encode("utf-16-le"),
            ("not-text", None, "", NOT_TEXT, RIGHT_FILE),
            id="UTF-16 without a byte order mark",
        ),
        pytest.param(
            b"\xff\xfe" + "a: b\n".encode("utf-16-le"),
            ("not-utf8", None, "", UTF16, SAVE_AGAIN),
            id="UTF-16, little-endian",
        ),
        pytest.param(
            b"\xfe\xff" + "a: b\n".encode("utf-16-be"),
            ("not-utf8", None, "", UTF16, SAVE_AGAIN),
            id="UTF-16, big-endian",
        ),
        pytest.param(
            b"a: b\0\n", ("not-text", None, "", NOT_TEXT, RIGHT_FILE), id="a NUL character"
        ),
        pytest.param(
            b"%PDF-1.7\n\0\xe9", ("not-text", None, "", NOT_TEXT, RIGHT_FILE), id="a PDF file"
        ),
        *(
            pytest.param(
                f"a: 1\nb: x {character}\n".encode(),
                ("not-text", (2, 6, 2, 7), "", invisible(code), "Delete it."),
                id=f"U+{code}",
            )
            for character, code in [
                ("\x01", "0001"),
                ("\x08", "0008"),
                ("\x0b", "000B"),
                ("\x0c", "000C"),
                ("\x1b", "001B"),
                ("\x7f", "007F"),
                ("\x80", "0080"),
                ("\x9b", "009B"),
                ("\ufffe", "FFFE"),
                ("\uffff", "FFFF"),
            ]
        ),
    ],
)
def test_a_file_in_another_encoding_is_refused_at_the_exact_place(
    content: bytes, problem: Told
) -> None:
    found = source.read(content, "r.yaml")
    assert (found.data, told(found)) == (None, [problem])


def test_the_text_of_a_file_in_another_encoding_can_still_be_quoted() -> None:
    found = source.read(b"a: b\nname: caf\xe9!\n", "r.yaml")
    assert [quoted.excerpt for quoted in found.quote(found.problems)] == ["name: caf\ufffd!"]


@either_parser
@pytest.mark.parametrize("written", [r"\ud800", r"x \uDFFF y", r"\ud83d\ude00"])
def test_half_a_character_is_an_error_and_never_data(written: str) -> None:
    # libyaml refuses the code itself, PyYAML's own parser hands it out.
    found = read(f'a: "{written}"\n')
    assert [problem.is_error for problem in found.problems] == [True]
    assert not re.search("[\ud800-\udfff]", repr(found.data))


DELETE_HINT = "Delete it, or write the character that is meant."


def test_pythons_parser_hands_out_half_characters_and_they_are_reported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    use("pure Python", monkeypatch)
    found = read('a: "x \\ud800"\n')
    message = r"\ud800 is half a character and cannot be written."
    assert (found.data, told(found)) == (
        {"a": "x \ufffd"},
        [("bad-character", (1, 4, 1, 14), "a", message, DELETE_HINT)],
    )


@either_parser
@pytest.mark.parametrize(
    ("text", "data", "place", "path", "code"),
    [
        ('a: "x\\e[31m"\n', {"a": "x\ufffd[31m"}, (1, 4, 1, 13), "a", "001B"),
        ('a: "\\0\\a"\n', {"a": "\ufffd\ufffd"}, (1, 4, 1, 10), "a", "0000"),
        ('a: "\\x7f"\n', {"a": "\ufffd"}, (1, 4, 1, 10), "a", "007F"),
        ('a: ["\\x9b"]\n', {"a": ["\ufffd"]}, (1, 5, 1, 11), "a[0]", "009B"),
        ('a: "\\uFFFE"\n', {"a": "\ufffd"}, (1, 4, 1, 12), "a", "FFFE"),
        ('"\\b": x\n', {"\ufffd": "x"}, (1, 1, 1, 5), "", "0008"),
    ],
)
def test_a_code_is_no_way_around_the_characters_that_a_file_may_not_hold(
    text: str, data: object, place: Spot, path: str, code: str
) -> None:
    found = read(text)
    message = f"This code stands for an invisible character (U+{code})."
    assert (found.data, [problem[:4] for problem in told(found)]) == (
        data,
        [("bad-character", place, path, message)],
    )


def test_whoever_writes_a_code_for_a_control_character_is_told_what_helps() -> None:
    (problem,) = read('a: "\\e[31m"\n').problems
    assert problem.hint == DELETE_HINT


@either_parser
def test_a_code_may_stand_for_every_character_that_a_file_may_hold() -> None:
    found = read('a: "\\t\\r\\n\\N\\_\\L\\P\\xe9\\ufeff\\U0001F600"\n')
    assert (found.data, found.problems) == (
        {"a": "\t\r\n\x85\xa0\u2028\u2029é\ufeff😀"},
        (),
    )


# ── whatever a file holds ────────────────────────────────────────────────────────────────────────

FRAGMENTS = [
    *["a", "b: ", "- ", " ", "  ", "\n", "\n  ", "\n    ", "\r\n", "\r", "\t", "\x85", "\u2028"],
    *["[", "]", "{", "}", ", ", ": ", "? ", "&x ", "*x ", "*x", "&", "*", "!t ", "!", "!<", "!!s "],
    *["'", '"', "\\", "\\u", "\\x41", "\\U00110000", "|\n", ">-\n", "|", " #c", "# c", "#c", "%"],
    *[
        "---\n",
        "...\n",
        "--- ",
        "%YAML 1.2\n",
        "<<: ",
        "~",
        "12",
        "é",
        "😀",
        "@",
        "`",
        "\0",
        "\x1b",
    ],
]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join))


def read_anything(text: str) -> source.Source:
    return source.read(text.encode("utf-8", "surrogatepass"), "r.yaml")


def place_is_inside(place: Place, text: str) -> bool:
    """Tell whether a place lies in a text; a line's break counts as its last column."""
    lines = lines_of(text)
    return (
        1 <= place.line <= place.end_line <= len(lines)
        and (place.line, place.column) <= (place.end_line, place.end_column)
        and 1 <= place.column <= len(lines[place.line - 1]) + 1
        and 1 <= place.end_column <= len(lines[place.end_line - 1]) + 2
    )


@pytest.mark.parametrize("parser", PARSERS)
@given(text=TEXTS)
@example(text="[b: ")
@example(text="&a [")
@example(text='"\\U00110000"')
@example(text="&a *a")
@example(text="? ")
def test_no_text_makes_reading_raise(parser: str, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        use(parser, patch)
        found = read_anything(text)
    assert found.problems or found.data is not None


@pytest.mark.parametrize(
    "parser",
    [
        pytest.param(
            "libyaml",
        ),
        "pure Python",
    ],
)
@given(text=TEXTS)
@example(text="[b: ")
@example(text="&a [")
@example(text="[")
@example(text="a: {b: ")
@example(text="? a: b")
@example(text="%YAML 1.2")
@example(text="a: b #c\rd: e")
@example(text="a: b #c\u2028d: e")
def test_every_problem_lies_inside_the_text(parser: str, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        use(parser, patch)
        found = read_anything(text)
    assert [
        problem
        for problem in found.problems
        if problem.place and not place_is_inside(problem.place, found.text)
    ] == []


def syntax_errors(found: source.Source) -> list[Diagnostic]:
    return [problem for problem in found.problems if problem.rule == "yaml-syntax"]


@pytest.mark.parametrize("parser", PARSERS)
@given(text=TEXTS)
@example(text="a: @b\nc: d: e\n")
@example(text="a: [b\n---\nc: 'd\n")
@example(text="- 'a\n- b: c: d\n'")
def test_going_on_behind_a_fault_changes_nothing_about_the_first(parser: str, text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        use(parser, patch)
        found = read_anything(text)
        patch.setattr(source, "_MAX_BROKEN", 0)
        found_before = read_anything(text)
    assert syntax_errors(found)[:1] == syntax_errors(found_before)[:1]
    lines = [problem.place.line for problem in syntax_errors(found) if problem.place]
    assert lines == sorted(set(lines))
    assert len(lines) <= source._MAX_BROKEN + 1
    assert found.is_whole or any(problem.is_error for problem in found.problems)


@given(st.binary())
def test_no_bytes_make_reading_raise(content: bytes) -> None:
    found = source.read(content, "r.yaml")
    assert found.problems or found.data is not None


# JSON is YAML, but for the characters that a file may not hold, for the three line breaks that
# YAML 1.1 knows beyond CR and LF, and for the byte order mark, which a parser may not count.
# Numbers have at most 18 digits: beyond that they are text.
JSON_TEXTS = st.text(
    st.characters(
        exclude_categories=["Cs"],
        exclude_characters=[
            *set(map(chr, range(0x20))).difference("\t\n\r"),
            *map(chr, range(0x7F, 0xA0)),
            *"\u2028\u2029\ufeff\ufffe\uffff",
        ],
    ),
    max_size=20,
)
JSON_NUMBERS = st.one_of(
    st.integers(-(10**18) + 1, 10**18 - 1),
    st.floats(allow_nan=False, allow_infinity=False).filter(
        lambda number: len(re.sub(r"^-?\d+\.|e.*", "", repr(number))) <= 18
    ),
)
JSON_SCALARS = st.one_of(st.none(), st.booleans(), JSON_NUMBERS, JSON_TEXTS)
JSON_VALUES = st.recursive(
    JSON_SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(JSON_TEXTS, inner, max_size=4)
    ),
    max_leaves=12,
)
JSON_FILES = st.one_of(
    st.lists(JSON_VALUES, min_size=1, max_size=4),
    st.dictionaries(JSON_TEXTS, JSON_VALUES, min_size=1, max_size=4),
)


def paths_of(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[Any, Any]]:
    """Walk through data: every path with the value there."""
    if path:
        yield path, value
    if isinstance(value, dict | list):
        entries = value.items() if isinstance(value, dict) else enumerate(value)
        for step, entry in entries:
            yield from paths_of(entry, (*path, step))


@pytest.mark.parametrize("parser", PARSERS)
@settings(max_examples=60)
@given(data=JSON_FILES)
@example(data={"<<": ["~", "no", "#", " #x", "&a", "*a", "!t", "- ", "😀", "\t\r\n"]})
def test_json_is_read_as_json_and_every_part_is_where_json_has_it(parser: str, data: Any) -> None:
    text = json.dumps(data, ensure_ascii=False)
    with pytest.MonkeyPatch.context() as patch:
        use(parser, patch)
        found = read(text)
    assert (repr(found.data), found.problems) == (repr(data), ())
    for path, value in paths_of(data):
        place, _ = found.locate(path)
        assert text_at(text, place) == json.dumps(value, ensure_ascii=False)
        if isinstance(path[-1], str):
            place, _ = found.locate(path, key=True)
            assert text_at(text, place) == json.dumps(path[-1], ensure_ascii=False)


@settings(max_examples=60)
@given(JSON_FILES)
def test_indented_json_is_read_as_json_and_every_scalar_is_where_json_has_it(data: Any) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=2)
    found = read(text)
    assert (repr(found.data), found.problems) == (repr(data), ())
    for path, value in paths_of(data):
        if not isinstance(value, dict | list):
            place, _ = found.locate(path)
            assert text_at(text, place) == json.dumps(value, ensure_ascii=False)


@given(TEXTS)
@example("[b: ")
@example("a: &x [1, *x]\nb: *x\n")
def test_the_data_holds_plain_values_only(text: str) -> None:
    plain = (dict, list, str, int, float, bool, type(None))
    values = [value for _, value in paths_of([read_anything(text).data])]
    assert {type(value) for value in values} <= set(plain)
    assert all(type(key) is str for value in values if isinstance(value, dict) for key in value)
