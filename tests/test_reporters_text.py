"""Diagnostics for people: what is drawn, and that nothing raw reaches a terminal."""

import fcntl
import io
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import wrap

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from cop_roadmap.canvas import FACETS
from cop_roadmap.completeness import Completeness, Share
from cop_roadmap.diagnostics import Diagnostic, Place, Severity
from cop_roadmap.printing import printable
from cop_roadmap.report import Checked, Gates, Report
from cop_roadmap.reporters import ReportFormat, write
from cop_roadmap.reporters.text import as_text, closing, filled_in
from tests.reports import DIAGNOSTICS, GOLDENS, LOST_NAME, a_run, finding, in_file, report_of

# What decides about colours, widths and the format, beside the terminal itself.
TERMINAL_VARIABLES = (
    "COLUMNS",
    "LINES",
    "NO_COLOR",
    "FORCE_COLOR",
    "TTY_COMPATIBLE",
    "TTY_INTERACTIVE",
    "COPROADMAP_DEBUG",
    "GITHUB_ACTIONS",
    "GITHUB_STEP_SUMMARY",
    "GITHUB_WORKSPACE",
    "CI_PROJECT_DIR",
)


def drawn(*diagnostics: Diagnostic, width: int = 80) -> str:
    """Return what is printed for diagnostics where there is no terminal."""
    stream = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        for name in TERMINAL_VARIABLES:
            patch.delenv(name, raising=False)
        patch.setenv("COLUMNS", str(width))
        stream.write(as_text(diagnostics, stream))
    return stream.getvalue()


def on_terminal(
    *arguments: str, cwd: Path, width: int = 80, variables: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """Run the command on a terminal; return its exit code and all that the terminal receives."""
    controller, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, width, 0, 0))
    inherited = {key: text for key, text in os.environ.items() if key not in TERMINAL_VARIABLES}
    with subprocess.Popen(
        [sys.executable, "-m", "cop_roadmap", *arguments],
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        cwd=cwd,
        env={**inherited, "TERM": "xterm-256color", **(variables or {})},
    ) as process:
        os.close(terminal)
        received = b""
        while chunk := _read(controller):
            received += chunk
        os.close(controller)
        code = process.wait()
    return code, received.decode().replace("\r\n", "\n")


def _read(controller: int) -> bytes:
    try:
        return os.read(controller, 65536)
    except OSError:
        # So Linux says that nobody holds the terminal any more.
        return b""


# ── one text ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("", "", id="nothing"),
        pytest.param("name: Bees", "name: Bees", id="ASCII"),
        pytest.param("Café Łódź 名前 мёд", "Café Łódź 名前 мёд", id="letters of any script"),
        pytest.param("e\u0301", "e\u0301", id="a combining mark"),
        pytest.param("🐝👍🏽", "🐝👍🏽", id="emoji"),
        pytest.param("❤\ufe0f", "❤\ufe0f", id="a variation selector"),
        pytest.param("👩\u200d🌾", "👩\u200d🌾", id="a joiner within an emoji"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="a non-joiner within a word"),
        pytest.param("a\tb", "a    b", id="a tab is four spaces"),
        pytest.param("a\nb\rc\r\nd", "a b c  d", id="line breaks are spaces"),
        pytest.param("a\xa0b\u202fc\u3000d", "a b c d", id="special spaces are spaces"),
        pytest.param("\0\a\b\x0b\x0c\x7f", "������", id="control characters"),
        pytest.param("\x1b[31mred", "�[31mred", id="ESC"),
        pytest.param("\x80\x85\x90\x9b31m", "����31m", id="C1 control characters"),
        pytest.param("\u202a\u202b\u202c\u202d\u202e", "�����", id="bidi embeddings"),
        pytest.param("\u2066\u2067\u2068\u2069", "����", id="bidi isolates"),
        pytest.param("\u200e\u200f\u061c", "���", id="bidi marks"),
        pytest.param("\u200b\u2060\ufeff\xad", "����", id="zero-width characters"),
        pytest.param("\u2028\u2029", "��", id="separators of lines and paragraphs"),
        pytest.param("\U000e0041", "�", id="a tag character"),
        pytest.param("\ue000\ufffe", "��", id="private and not characters"),
        pytest.param("\ud800\udcff", "��", id="lone surrogates"),
        pytest.param("[bold]x[/x] :bee:", "[bold]x[/x] :bee:", id="markup is text"),
    ],
)
def test_a_text_becomes_printable(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text())
def test_every_printable_text_is_one_line_that_no_terminal_obeys(text: str) -> None:
    shown = printable(text)
    assert not obeyed_in(shown)
    assert len(shown.splitlines()) <= 1
    assert printable(shown) == shown


def obeyed_in(text: str) -> set[str]:
    """Return the characters of a text that steer a terminal, or hide what stands there."""
    joiners = "\u200c\u200d"
    return {
        char
        for char in text
        if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") and char not in joiners
    }


# ── what is drawn ────────────────────────────────────────────────────────────────────────────────


def test_a_finding_is_a_sentence_the_line_what_to_do_and_where() -> None:
    diagnostic = Diagnostic(
        rule="unknown-key",
        severity=Severity.ERROR,
        message="`nam` is not a key of `community`.",
        file="bees.yaml",
        place=Place(12, 3, 12, 6),
        path="community.nam",
        hint="Did you mean `name`?",
        excerpt="  nam: Bees",
    )
    assert drawn(diagnostic) == (
        "bees.yaml:12:3: error: `nam` is not a key of `community`.\n"
        "   12 |   nam: Bees\n"
        "      |   ^^^\n"
        "      = Did you mean `name`?\n"
        "        community.nam  [unknown-key]\n"
        "\n"
    )


@pytest.mark.parametrize(
    ("diagnostic", "text"),
    [
        pytest.param(
            Diagnostic("r", Severity.ERROR, "It is so.", "a.yaml"),
            "a.yaml: error: It is so.\n        [r]\n\n",
            id="no place, no path, no hint",
        ),
        pytest.param(
            Diagnostic("r", Severity.WARNING, "It is so.", "a.yaml"),
            "a.yaml: warning: It is so.\n        [r]\n\n",
            id="a warning",
        ),
        pytest.param(
            Diagnostic("r", Severity.ERROR, "It is so.", "a.yaml", hint="Do it."),
            "a.yaml: error: It is so.\n      = Do it.\n        [r]\n\n",
            id="a hint without a place",
        ),
        pytest.param(
            Diagnostic("r", Severity.ERROR, "It is so.", "a.yaml", Place(1, 1, 1, 1)),
            "a.yaml:1:1: error: It is so.\n        [r]\n\n",
            id="a place on an empty line",
        ),
        pytest.param(
            Diagnostic(
                "r", Severity.ERROR, "It is so.", "a.yaml", Place(123456, 1, 123456, 2), excerpt="x"
            ),
            "a.yaml:123456:1: error: It is so.\n123456 | x\n      | ^\n        [r]\n\n",
            id="a line with a high number",
        ),
        pytest.param(
            Diagnostic(
                "r",
                Severity.ERROR,
                "[bold]It[/x] is :bee:.",
                "[red]a.yaml",
                Place(1, 1, 1, 9),
                "[b]",
                "[/]",
                "[link=x][/y]",
            ),
            "[red]a.yaml:1:1: error: [bold]It[/x] is :bee:.\n"
            "    1 | [link=x][/y]\n"
            "      | ^^^^^^^^\n"
            "      = [/]\n"
            "        [b]  [r]\n\n",
            id="markup of rich is text",
        ),
        pytest.param(
            Diagnostic("r", Severity.ERROR, f"It{' is' * 60} so.", "a.yaml", hint="Do. " * 60),
            f"a.yaml: error: It{' is' * 60} so.\n"
            "      = "
            + "\n        ".join([" ".join(["Do."] * 18)] * 3 + [" ".join(["Do."] * 6)])
            + "\n        [r]\n\n",
            id="a long sentence is left to the terminal, a long hint goes on below itself",
        ),
    ],
)
def test_a_finding_without_everything_is_drawn_without_gaps(
    diagnostic: Diagnostic, text: str
) -> None:
    assert drawn(diagnostic) == text


def test_findings_stand_apart_in_the_order_given() -> None:
    first = Diagnostic("r", Severity.WARNING, "First.", "b.yaml", Place(2, 2, 2, 2))
    second = Diagnostic("r", Severity.ERROR, "Second.", "a.yaml", Place(1, 1, 1, 1))
    assert drawn(first, second) == (
        "b.yaml:2:2: warning: First.\n        [r]\n\na.yaml:1:1: error: Second.\n        [r]\n\n"
    )


def test_no_findings_draw_nothing() -> None:
    assert drawn() == ""


@pytest.mark.parametrize(
    ("excerpt", "place", "at_80", "at_40"),
    [
        pytest.param(
            "name: Bees",
            Place(1, 7, 1, 11),
            ("name: Bees", "      ^^^^"),
            ("name: Bees", "      ^^^^"),
            id="ASCII",
        ),
        pytest.param(
            "名前: 蜂の会 b",
            Place(1, 5, 1, 8),
            ("名前: 蜂の会 b", "      ^^^^^^"),
            ("名前: 蜂の会 b", "      ^^^^^^"),
            id="wide characters count double",
        ),
        pytest.param(
            "🐝🐝: x",
            Place(1, 5, 1, 6),
            ("🐝🐝: x", "      ^"),
            ("🐝🐝: x", "      ^"),
            id="emoji count double",
        ),
        pytest.param(
            "e\u0301te\u0301: x",
            Place(1, 8, 1, 9),
            ("e\u0301te\u0301: x", "     ^"),
            ("e\u0301te\u0301: x", "     ^"),
            id="combining marks count nothing",
        ),
        pytest.param(
            "a:\tb",
            Place(1, 4, 1, 5),
            ("a:    b", "      ^"),
            ("a:    b", "      ^"),
            id="behind a tab",
        ),
        pytest.param(
            "a:\tb", Place(1, 3, 1, 4), ("a:    b", "  ^^^^"), ("a:    b", "  ^^^^"), id="a tab"
        ),
        pytest.param(
            '"\x1b[1m": x',
            Place(1, 1, 1, 7),
            ('"�[1m": x', "^^^^^^"),
            ('"�[1m": x', "^^^^^^"),
            id="ESC",
        ),
        pytest.param(
            "name:", Place(1, 6, 1, 6), ("name:", "     ^"), ("name:", "     ^"), id="no width"
        ),
        pytest.param(
            "name:   ",
            Place(1, 1, 1, 5),
            ("name:", "^^^^"),
            ("name:", "^^^^"),
            id="spaces at the end are not shown",
        ),
        pytest.param(
            "a: 'one",
            Place(1, 4, 3, 2),
            ("a: 'one", "   ^^^^"),
            ("a: 'one", "   ^^^^"),
            id="a place over several lines is underlined to the end of its first",
        ),
        pytest.param(
            "a" * 32,
            Place(1, 1, 1, 3),
            ("a" * 32, "^^"),
            ("a" * 32, "^^"),
            id="a line that just fits at 40",
        ),
        pytest.param(
            "a" * 33,
            Place(1, 1, 1, 3),
            ("a" * 33, "^^"),
            ("a" * 31 + "…", "^^"),
            id="a line one too long at 40",
        ),
        pytest.param(
            "MARK" + "b" * 500,
            Place(1, 1, 1, 5),
            ("MARK" + "b" * 67 + "…", "^^^^"),
            ("MARK" + "b" * 27 + "…", "^^^^"),
            id="a long line is cropped behind the place",
        ),
        pytest.param(
            "a" * 500 + "MARK",
            Place(1, 501, 1, 505),
            ("…" + "a" * 67 + "MARK", " " * 68 + "^^^^"),
            ("…" + "a" * 27 + "MARK", " " * 28 + "^^^^"),
            id="a long line is cropped before the place",
        ),
        pytest.param(
            "a" * 20 + "M" * 100,
            Place(1, 21, 1, 121),
            ("a" * 20 + "M" * 51 + "…", " " * 20 + "^" * 52),
            ("…" + "a" * 9 + "M" * 21 + "…", " " * 10 + "^" * 22),
            id="a long place is shown from its beginning",
        ),
        pytest.param(
            "名" * 60,
            Place(1, 30, 1, 31),
            ("名" * 35 + "…", " " * 58 + "^^"),
            ("…" + "名" * 15 + "…", " " * 29 + "^^"),
            id="wide characters are cropped whole",
        ),
    ],
)
def test_the_line_is_drawn_with_the_place_underlined(
    excerpt: str, place: Place, at_80: tuple[str, str], at_40: tuple[str, str]
) -> None:
    for width, (line, mark) in ((80, at_80), (40, at_40)):
        assert drawn(finding(place=place, excerpt=excerpt), width=width).split("\n")[1:3] == [
            f"    1 | {line}",
            f"      | {mark}",
        ]


LONG = "a" * 40 + "MARK" + "b" * 60


@pytest.mark.parametrize(
    ("excerpt", "place", "cut"),
    [
        pytest.param("a" * 100, Place(1, 1, 1, 1), (False, True), id="no width, at the beginning"),
        pytest.param("a" * 100, Place(1, 101, 1, 102), (True, False), id="behind the end"),
        pytest.param("a" * 100, Place(1, 1, 1, 101), (False, True), id="the whole line"),
        pytest.param(LONG, Place(1, 41, 1, 45), (True, True), id="in the middle"),
    ],
)
def test_where_a_line_is_cut_an_ellipsis_says_so(
    excerpt: str, place: Place, cut: tuple[bool, bool]
) -> None:
    line = drawn(finding(place=place, excerpt=excerpt), width=40).split("\n")[1]
    assert (line.startswith("    1 | …"), line.endswith("…")) == cut


@settings(deadline=None)
@example("a" * 100, 101, 1, 40)
@given(
    st.text(st.sampled_from("ab 名🐝\t\u0301\x1b"), max_size=120),
    st.integers(1, 122),
    st.integers(0, 120),
    st.integers(20, 100),
)
def test_every_drawn_line_fits_the_terminal(
    excerpt: str, column: int, length: int, width: int
) -> None:
    place = Place(1, min(column, len(excerpt) + 1), 1, min(column, len(excerpt) + 1) + length)
    for line in drawn(finding(place=place, excerpt=excerpt), width=width).split("\n")[1:-3]:
        assert cell_len(line) <= width, line


def test_a_terminal_that_claims_to_have_no_width_loses_no_finding() -> None:
    assert drawn(finding(), width=0) == drawn(finding())


@pytest.mark.parametrize("width", range(1, 21))
def test_a_narrow_terminal_still_shows_every_sentence(width: int) -> None:
    lines = drawn(finding(place=Place(1, 41, 1, 45), excerpt=LONG), width=width).split("\n")
    assert lines[0] == "a.yaml:1:41: error: It is so."
    assert lines[-4].rstrip("^ ") == "      |"
    assert lines[-3:] == ["        [unknown-key]", "", ""]


# ── whatever a file holds ────────────────────────────────────────────────────────────────────────


@settings(deadline=None)
@given(DIAGNOSTICS, st.integers(10, 120))
def test_every_finding_is_drawn_as_text_that_no_terminal_obeys(
    diagnostic: Diagnostic, width: int
) -> None:
    text = drawn(diagnostic, width=width)
    assert not obeyed_in(text) - {"\n"}
    # Nothing that a file holds can pretend to be a line of ours.
    lines = text.split("\n")
    place = diagnostic.place
    where = f":{place.line}:{place.column}" if place else ""
    message, hint = printable(diagnostic.message), printable(diagnostic.hint or "")
    file, path = printable(diagnostic.file), printable(diagnostic.path)
    head = f"{file}{where}: {diagnostic.severity.value}: {message}"
    if diagnostic.severity is Severity.INFO:
        assert lines == [f"{head}  [{diagnostic.rule}]", "", ""]
        return
    has_excerpt = bool(place and diagnostic.excerpt)
    hints = wrap(hint, max(20, width - 8)) or [""] * bool(diagnostic.hint)
    assert len(lines) == 4 + 2 * has_excerpt + len(hints)
    assert lines[0] == head
    if hints:
        assert "\n".join(lines[-3 - len(hints) : -3]) == "      = " + "\n        ".join(hints)
    rule = f"[{diagnostic.rule}]"
    assert lines[-3] == (f"        {path}  {rule}" if path else f"        {rule}")


# ── colours ──────────────────────────────────────────────────────────────────────────────────────

BAD = "community:\n  nam: Bees\n"
PLAIN = (
    "bad.yaml:2:3: error: `nam` is not a key of `community`.\n"
    "    2 |   nam: Bees\n"
    "      |   ^^^\n"
    "      = Did you mean `name`?\n"
    "        community.nam  [unknown-key]\n"
    "\n"
    "1 file checked: 1 error.\n"
)
_STYLE = re.compile(r"\x1b\[([0-9;]*)m")


@pytest.mark.parametrize(
    ("variables", "styles"),
    [
        pytest.param({}, {"1", "1;31", "2", "0"}, id="bold, dim and red"),
        pytest.param({"NO_COLOR": "1"}, {"1", "2", "0"}, id="NO_COLOR: bold and dim, no colour"),
        pytest.param({"TERM": "dumb"}, set(), id="a terminal that can nothing"),
    ],
)
def test_a_terminal_shows_colours_unless_they_are_unwanted(
    tmp_path: Path, variables: dict[str, str], styles: set[str]
) -> None:
    (tmp_path / "bad.yaml").write_text(BAD)
    code, received = on_terminal("validate", "bad.yaml", cwd=tmp_path, variables=variables)
    assert code == 1
    assert set(_STYLE.findall(received)) == styles
    assert _STYLE.sub("", received) == PLAIN


def test_a_terminal_gets_lines_cut_to_its_width(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(f"community: {{name: {'x' * 100}, nam: y}}\n")
    _, received = on_terminal("validate", "bad.yaml", cwd=tmp_path, width=40)
    assert _STYLE.sub("", received).split("\n")[1:3] == [
        "    1 | …" + "x" * 25 + ", nam…",
        "      | " + " " * 28 + "^^^",
    ]


# ── a whole report ───────────────────────────────────────────────────────────────────────────────


def test_a_run_is_reported(golden: Callable[[Path, str], None], tmp_path: Path) -> None:
    golden(GOLDENS / "report.txt", in_file(a_run(), ReportFormat.TEXT, tmp_path))


def test_a_file_name_of_bytes_that_are_no_text(tmp_path: Path) -> None:
    report = report_of(finding("cannot-read", "There is no such file.", LOST_NAME))
    assert in_file(report, ReportFormat.TEXT, tmp_path) == (
        "plans/gr�n.yaml: error: There is no such file.\n"
        "        [cannot-read]\n"
        "\n"
        "1 file checked: 1 error.\n"
    )


def test_gaps_take_a_line_each() -> None:
    first = finding("no-plan", "`vision` has no actions yet.", place=Place(2, 1, 2, 1), excerpt="x")
    assert drawn(first, finding("no-answer", hint="Write it."), finding()) == (
        "a.yaml:2:1: info: `vision` has no actions yet.  [no-plan]\n"
        "a.yaml: info: It is so.  [no-answer]\n"
        "\n"
        "a.yaml: error: It is so.\n"
        "        [unknown-key]\n"
        "\n"
    )


@pytest.mark.parametrize(
    "variables",
    [
        pytest.param({"FORCE_COLOR": "1"}, id="colours where CI wants them"),
        pytest.param({"COLUMNS": "40"}, id="a narrow terminal"),
    ],
)
def test_a_file_is_the_same_whatever_the_terminal(
    variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    report = report_of(finding(place=Place(1, 1, 1, 5), excerpt="name" * 16))
    for name in TERMINAL_VARIABLES:
        monkeypatch.delenv(name, raising=False)
    usual = write(report, ReportFormat.TEXT)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert write(report, ReportFormat.TEXT) == usual


@pytest.mark.parametrize(
    ("rules", "gates", "line"),
    [
        pytest.param([], Gates(), "1 file checked: no problems.", id="nothing"),
        pytest.param(["unknown-key"], Gates(), "1 file checked: 1 error.", id="one error"),
        pytest.param(
            ["unknown-key", "stops-early", "bad-date"],
            Gates(),
            "1 file checked: 2 errors, 1 warning.",
            id="several",
        ),
        pytest.param(
            ["no-plan"],
            Gates(),
            "1 file checked: no problems; 1 gap (--gaps shows what is open).",
            id="a gap",
        ),
        pytest.param(
            ["no-plan"] * 1000 + ["stops-early"] * 1234,
            Gates(),
            "1 file checked: 1,234 warnings; 1,000 gaps (--gaps shows what is open).",
            id="thousands",
        ),
        pytest.param(
            ["no-plan"], Gates(lists_gaps=True), "1 file checked: 1 gap.", id="gaps shown"
        ),
    ],
)
def test_the_last_line_counts(rules: list[str], gates: Gates, line: str) -> None:
    files = (Checked("a.yaml", tuple(finding(rule) for rule in rules), None),)
    assert closing(Report(files, gates, Path("/"))) == f"{line}\n"


@pytest.mark.parametrize(
    ("filled", "roadmaps", "line"),
    [
        pytest.param(
            0,
            1,
            "0 % filled in; facets 1-8: 0 0 0 0 0 0 0 0; ambitions 0, creation 0 %",
            id="nothing",
        ),
        pytest.param(
            1,
            2,
            "33 % of 2 roadmaps filled in; "
            "facets 1-8: 33 33 33 33 33 33 33 33; ambitions 33, creation 33 %",
            id="a third",
        ),
        pytest.param(3, 1, "100 % filled in", id="all"),
        pytest.param(3, 1000, "100 % of 1,000 roadmaps filled in", id="all of many"),
    ],
)
def test_one_line_says_how_much_is_filled_in(filled: int, roadmaps: int, line: str) -> None:
    share = Share(filled, 3)
    completeness = Completeness({facet.key: share for facet in FACETS}, share, share)
    assert filled_in(completeness, roadmaps) == line
