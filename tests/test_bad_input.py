"""Whatever a file holds and wherever its documents shall go: plain findings, and nothing left."""

import itertools
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from cop_roadmap.loading import MAX_PROBLEMS
from tests.test_cli import Result, finish, names_in, run, start
from tests.test_files import without_privileges
from tests.test_reporters_text import obeyed_in

# It takes a tenth of that; measuring coverage makes ten times as much.
LIMIT_SECONDS = 5.0
EXAMPLE = Path(__file__).parent.parent / "examples/open-data-stewards.yaml"
GOOD = "community:\n  name: Bees\n"

_FINDING = re.compile(
    r"(?P<first>.*)\n"
    r"(?: *\d+ \| .*\n {6}\| .*\n)?"  # the line, and what underlines it
    r"(?: {6}= .*\n(?: {8}.*\n)*?)?"  # the hint
    r" {8}(?:.*  )?(?P<rule>\[[a-z0-9-]+\])"
)


def findings_in(report: str, name: str) -> list[str]:
    """Return each finding of a report as "line:column: severity: sentence [rule]".

    A report holds findings with a line between them, and nothing else.
    """
    *blocks, end = report.split("\n\n")
    assert end == ""
    found = []
    for block in blocks:
        finding = _FINDING.fullmatch(block)
        assert finding, block
        assert finding["first"].startswith(f"{name}:")
        found.append(f"{finding['first'].removeprefix(f'{name}:').strip()} {finding['rule']}")
    return found


def closing(errors: int, report: str) -> str:
    """Return the line that ends a report about one file; the gaps of bad input do not matter."""
    gaps = re.search(r"; \d+ gaps \(--gaps shows what is open\)(?=\.\n\Z)", report)
    return f"1 file checked: {errors} error{'s' * (errors != 1)}{gaps[0] if gaps else ''}.\n"


@dataclass(frozen=True)
class Bad:
    """Something that is no roadmap: how to make it, and all that has to be said about it."""

    make: Callable[[Path], object]
    findings: Sequence[str]
    code: int = 1


def bad(content: str | bytes, *findings: str) -> Bad:
    """Describe a file with a content."""
    encoded = content.encode() if isinstance(content, str) else content
    return Bad(lambda path: path.write_bytes(encoded), findings)


def of_50_megabytes(path: Path) -> None:
    path.write_text(GOOD)
    os.truncate(path, 50_000_000)


TOO_LARGE = "The file is larger than 1,000,000 bytes, which no roadmap needs to be."
BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, name in itertools.pairwise("abcdefghi")
)
WRONG_TYPES = """\
community:
  name: 3
  summary: [a]
  start: 2026
  language: true
sections:
  vision: text
  governance: [a]
  leadership:
    answer: {a: b}
    timeline: text
    responsible: {a: b}
    resources: [1]
  core_group:
    timeline:
      month_1: 5
      month_2: [true]
      month_3: {action: 1, status: late, due: soon}
      month_4: {status: done}
ambitions: no
creation:
  identify_community: [a]
  grow_participation:
    webinars: {answer: 1, done: maybe}
"""

WRONG_REVIEWS = """\
  review_every: quarterly
reviews:
  - date: 2027-02-30
    ratings: {vision: 6, visoin: 4}
  - by: Core group
  - In January
"""

CASES = {
    # ── nothing to read ──
    "a missing file": Bad(lambda _: None, ["error: There is no such file. [cannot-read]"], code=2),
    "a directory without roadmaps": Bad(
        Path.mkdir, ["error: There is no roadmap in this directory. [no-roadmap]"], code=2
    ),
    "a link that leads nowhere": Bad(
        lambda path: path.symlink_to("nowhere"),
        ["error: There is no such file. [cannot-read]"],
        code=2,
    ),
    "a link to itself": Bad(
        lambda path: path.symlink_to(path.name),
        [
            "error: The file cannot be read: Too many levels of symbolic links. [cannot-read]",
        ],
        code=2,
    ),
    # ── no roadmap at all ──
    "an empty file": bad("", "error: The file is empty. [empty-file]"),
    "white space only": bad(" \n\n  \n", "error: The file is empty. [empty-file]"),
    "a remark only": bad("# community:\n", "error: The file is empty. [empty-file]"),
    "a null": bad("~\n", "error: The file is empty. [empty-file]"),
    "a byte order mark only": bad("\ufeff", "error: The file is empty. [empty-file]"),
    "a bare text": bad(
        "hello\n",
        "1:1: error: A roadmap needs keys such as `community:` here, not text. [wrong-type]",
    ),
    "a bare number": bad(
        "42\n",
        "1:1: error: A roadmap needs keys such as `community:` here, not a number. [wrong-type]",
    ),
    "a list": bad(
        "- community\n- sections\n",
        "1:1: error: A roadmap needs keys such as `community:` here, not a list. [wrong-type]",
    ),
    "JSON of something else": bad(
        '{"name": "x"}\n', "1:2: error: `name` is not a key of the roadmap. [unknown-key]"
    ),
    "an empty mapping": bad("{}\n", "1:1: error: The community has no name. [missing-key]"),
    # ── not the right bytes ──
    "a picture": bad(
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "error: This is not a text file. [not-text]"
    ),
    "all bytes": bad(bytes(range(256)), "error: This is not a text file. [not-text]"),
    "Latin-1": bad(
        "community:\n  name: Café\n".encode("latin-1"),
        "2:12: error: The file is not saved as UTF-8: this character cannot be read. [not-utf8]",
    ),
    "a character that is cut off": bad(
        "community:\n  name: é".encode()[:-1],
        "2:9: error: The file is not saved as UTF-8: this character cannot be read. [not-utf8]",
    ),
    "UTF-16 with a byte order mark": bad(
        GOOD.encode("utf-16"), "error: The file is saved as UTF-16, not as UTF-8. [not-utf8]"
    ),
    "UTF-16, big-endian with a byte order mark": bad(
        b"\xfe\xff" + GOOD.encode("utf-16-be"),
        "error: The file is saved as UTF-16, not as UTF-8. [not-utf8]",
    ),
    "UTF-16 without a byte order mark": bad(
        GOOD.encode("utf-16-le"), "error: This is not a text file. [not-text]"
    ),
    "a NUL byte": bad("community:\n  name: a\0b\n", "error: This is not a text file. [not-text]"),
    "a raw ESC": bad(
        "community:\n  name: a\x1b[31mb\n",
        "2:10: error: There is an invisible control character here (U+001B). [not-text]",
    ),
    "a raw C1 character": bad(
        "community:\n  name: a\x9bb\n",
        "2:10: error: There is an invisible control character here (U+009B). [not-text]",
    ),
    "50 MB": Bad(of_50_megabytes, [f"error: {TOO_LARGE} [too-large]"]),
    "one byte too many": bad(GOOD.ljust(1_000_001, "#"), f"error: {TOO_LARGE} [too-large]"),
    # ── no valid YAML ──
    "tabs": bad(
        "community:\n\tname: x\n",
        "2:1: error: A tab stands where YAML needs spaces. [yaml-syntax]",
    ),
    "double quotes that stay open": bad(
        'community:\n  name: "Bees\n  summary: x\n',
        "2:9: error: The quotes that open here are never closed. [yaml-syntax]",
    ),
    "single quotes that stay open": bad(
        "community:\n  name: 'Bees\n",
        "2:9: error: The quotes that open here are never closed. [yaml-syntax]",
    ),
    "a bracket that stays open": bad(
        "community: [a, b\n",
        "1:12: error: The list that opens with [ here is not closed. [yaml-syntax]",
    ),
    "a brace that stays open": bad(
        "community: {name: x\n",
        "1:12: error: The keys that open with { here are not closed. [yaml-syntax]",
    ),
    "a colon in a text": bad(
        "community:\n  name: Bees: a community\n",
        "2:13: error: This colon cannot start a value here. [yaml-syntax]",
    ),
    "a text that begins with a sign of YAML": bad(
        "community:\n  name: @bees\n", "2:9: error: A text cannot begin with @. [yaml-syntax]"
    ),
    "several lines that are no YAML, and wrong keys between them": bad(
        "community:\n  name: Bees: a community\n  sumary: x\n  start: @soon\n  language: 5\n",
        "2:13: error: This colon cannot start a value here. [yaml-syntax]",
        "3:3: error: `sumary` is not a key of `community`. [unknown-key]",
        "4:10: error: A text cannot begin with @. [yaml-syntax]",
        "5:13: error: `5` is not the tag of a language. [bad-value]",
    ),
    "80,000 lines that are no YAML": bad(
        "- @x\n" * 80_000,
        *(f"{line}:3: error: A text cannot begin with @. [yaml-syntax]" for line in range(1, 7)),
    ),
    "half a character through an escape": bad(
        'community:\n  name: "\\ud800"\n',
        "2:12: error: This code in double quotes stands for no character. [yaml-syntax]",
    ),
    "an escape that does not exist": bad(
        'community:\n  name: "C:\\Users"\n',
        "2:14: error: A backslash in double quotes starts a code, and this code does not exist. "
        "[yaml-syntax]",
    ),
    "several documents": bad(
        f"{GOOD}---\n{GOOD}",
        "3:1: error: A second YAML document begins here; a roadmap is one. [several-documents]",
    ),
    "a YAML version of the future": bad(
        f"%YAML 3.0\n---\n{GOOD}", "1:1: error: This is not valid YAML. [yaml-syntax]"
    ),
    # ── YAML that is not part of the format ──
    "duplicate keys": bad(
        "community:\n  name: a\n  name: b\n",
        "3:3: error: The key `name` stands here again; it is on line 2 already. [duplicate-key]",
    ),
    "a merge key": bad(
        "community: &a\n  name: x\nambitions:\n  <<: *a\n",
        "4:3: error: Merge keys (<<) are not part of the format. [merge-key]",
    ),
    "a list as a key": bad(
        f"{GOOD}? [a]\n: b\n",
        "3:3: error: A key must be a word; here it is a list, a mapping or an alias. [bad-key]",
    ),
    "a tag that would run a program": bad(
        f"{GOOD}  summary: !!python/object/apply:os.system ['touch owned']\n",
        "3:12: error: A text that begins with ! is a YAML tag, and tags are not allowed. "
        "[tag-not-allowed]",
        "3:12: error: `summary` needs text here, not a list. [wrong-type]",
    ),
    "a harmless tag": bad(
        "community:\n  name: !!str x\n",
        "2:9: error: A text that begins with ! is a YAML tag, and tags are not allowed. "
        "[tag-not-allowed]",
    ),
    "an anchor that contains itself": bad(
        f"{GOOD}ambitions: &a\n  short_term: *a\n",
        "4:15: error: `*a` refers to an anchor that contains itself. [bad-alias]",
    ),
    "an alias without an anchor": bad(
        f"{GOOD}  summary: *bold* words\n",
        "3:12: error: A text cannot begin with *. [yaml-syntax]",
    ),
    # ── too much ──
    "an alias bomb": bad(
        BOMB,
        "5:20: error: The file holds more than 50,000 values (aliases count in full). "
        "[too-many-nodes]",
    ),
    "100,000 levels of brackets": bad(
        "[" * 100_000, "1:31: error: The file is nested more than 30 levels deep. [too-deep]"
    ),
    "100,000 levels of brackets, closed again": bad(
        "community: " + "[" * 100_000 + "]" * 100_000,
        "1:41: error: The file is nested more than 30 levels deep. [too-deep]",
    ),
    "100,000 levels of braces": bad(
        "{a: " * 100_000, "1:121: error: The file is nested more than 30 levels deep. [too-deep]"
    ),
    "100,000 levels of dashes": bad(
        "- " * 100_000, "1:61: error: The file is nested more than 30 levels deep. [too-deep]"
    ),
    "100,000 levels of question marks": bad(
        "? " * 100_000, "1:61: error: The file is nested more than 30 levels deep. [too-deep]"
    ),
    "1,300 levels of indented keys": bad(
        "".join(f"{' ' * level}a:\n" for level in range(1300)),
        "31:31: error: The file is nested more than 30 levels deep. [too-deep]",
    ),
    "30,000 unknown keys": bad(
        GOOD + "".join(f"key_{number}: x\n" for number in range(30_000)),
        "25000:12: error: The file holds more than 50,000 values (aliases count in full). "
        "[too-many-nodes]",
    ),
    "500 unknown keys": bad(
        GOOD + "".join(f"key_{number}: x\n" for number in range(500)),
        *(
            f"{number + 3}:1: error: `key_{number}` is not a key of the roadmap. [unknown-key]"
            for number in range(MAX_PROBLEMS)
        ),
        "error: The file has 300 more problems, which are not shown. [too-many-problems]",
    ),
    "a syntax error at the end of 900,000 characters": bad(
        f"community:\n  name: {'x' * 900_000}: y\n",
        "2:900009: error: This colon cannot start a value here. [yaml-syntax]",
    ),
    "an unknown key at the end of 900,000 characters": bad(
        f"community: {{name: {'x' * 900_000}, nam: y}}\n",
        "1:900021: error: `nam` is not a key of `community`. [unknown-key]",
    ),
    "a value of 900,000 characters": bad(
        f"{GOOD}  start: {'x' * 900_000}\n",
        f"3:10: error: `{'x' * 40}…` is not a month. [bad-date]",
    ),
    # ── wrong keys and values ──
    "an unknown key": bad(
        f"{GOOD}  colour: yellow\n",
        "3:3: error: `colour` is not a key of `community`. [unknown-key]",
    ),
    "a misspelt key": bad(
        "comunity:\n  name: Bees\n",
        "1:1: error: `comunity` is not a key of the roadmap. [unknown-key]",
    ),
    "a name that is missing": bad(
        "community:\n  summary: x\n", "1:1: error: The community has no name. [missing-key]"
    ),
    "a name that is blank": bad(
        "community:\n  name: '  '\n", "2:3: error: The community has no name. [missing-key]"
    ),
    "no community": bad(
        "ambitions:\n  short_term: x\n", "1:1: error: The community has no name. [missing-key]"
    ),
    "a month that does not exist": bad(
        f"{GOOD}  start: 2026-13\n", "3:10: error: `2026-13` is not a month. [bad-date]"
    ),
    "a day that does not exist": bad(
        f"{GOOD}sections:\n  vision:\n    timeline:\n"
        "      month_1: {action: a, due: 2026-09-31}\n",
        "6:33: error: `2026-09-31` is not a day of the calendar. [bad-date]",
    ),
    "a language with a line break": bad(
        f'{GOOD}  language: "en\\n"\n',
        "3:13: error: `en\\n` is not the tag of a language. [bad-value]",
    ),
    "wrong types everywhere": bad(
        WRONG_TYPES,
        "2:9: error: `name` needs text here, not a number. [wrong-type]",
        "3:12: error: `summary` needs text here, not a list. [wrong-type]",
        "4:10: error: `2026` is not a month. [bad-date]",
        "5:13: error: `true` is not the tag of a language. [bad-value]",
        "7:11: error: `vision` needs keys such as `answer:` here, not text. [wrong-type]",
        "8:15: error: `governance` needs keys such as `answer:` here, not a list. [wrong-type]",
        "10:13: error: `answer` needs text here, not keys with values. [wrong-type]",
        "11:15: error: `timeline` needs keys such as `month_1:` here, not text. [wrong-type]",
        "12:18: error: `responsible` needs text here, not keys with values. [wrong-type]",
        "13:17: error: `resources` needs text here, not a number. [wrong-type]",
        "16:16: error: `month_1` needs text here, not a number. [wrong-type]",
        "17:17: error: `month_2` needs text here, not true or false. [wrong-type]",
        "18:25: error: `action` needs text here, not a number. [wrong-type]",
        "18:36: error: `late` is not a status. [bad-value]",
        "18:47: error: `soon` is not a day of the calendar. [bad-date]",
        "19:7: error: This action does not say what will be done. [missing-key]",
        "20:12: error: `ambitions` needs keys such as `short_term:` here, not text. [wrong-type]",
        "22:23: error: `identify_community` needs keys such as `audience:` here, not a list. "
        "[wrong-type]",
        "24:24: error: `answer` needs text here, not a number. [wrong-type]",
        "24:33: error: `done` needs true or false here, not text. [wrong-type]",
    ),
    "reviews that cannot be": bad(
        GOOD + WRONG_REVIEWS,
        "3:17: error: `quarterly` is not a stretch of time. [bad-value]",
        "5:11: error: `2027-02-30` is not a day of the calendar. [bad-date]",
        "6:23: error: `6` is not a rating. [bad-rating]",
        "6:26: error: `visoin` is not a section of the canvas. [unknown-key]",
        "7:5: error: This review does not say on which day it was held. [missing-key]",
        "8:5: error: `reviews` needs keys such as `date:` here, not text. [wrong-type]",
    ),
    "two reviews of one day": bad(
        f"{GOOD}reviews:\n" + "  - {date: 2027-01-10, ratings: {vision: 3}}\n" * 2,
        "5:12: error: There is another review of 2027-01-10: number 1 of the list. "
        "[duplicate-review]",
    ),
    # ── what wants to harm the terminal ──
    "ESC in a key": bad(
        f'{GOOD}"\\e[31mred": x\n',
        "3:1: error: This code stands for an invisible character (U+001B). [bad-character]",
    ),
    "control characters of all kinds in a value": bad(
        f'{GOOD}  start: "\\e]0;title\\a\\x9b\\u202e\\u200b\\n\\0"\n',
        "3:10: error: This code stands for an invisible character (U+001B). [bad-character]",
    ),
    "markup of rich in a key": bad(
        f'{GOOD}"[bold]x[/y] :bee:": x\n',
        "3:1: error: `[bold]x[/y] :bee:` is not a key of the roadmap. [unknown-key]",
    ),
}


# Standard input is read like a file, but by another way: a few of each kind show that.
ON_STANDARD_INPUT = (
    *("an empty file", "all bytes", "Latin-1", "UTF-16 with a byte order mark", "50 MB", "tabs"),
    *("100,000 levels of brackets", "an unknown key", "ESC in a key"),
)
# What is said last of many problems has no place, and the report sorts it to the front.

RUNS = [
    pytest.param(
        CASES[name],
        command,
        id=f"{command}: {name}",
    )
    for command, names in (
        ("validate it.yaml", CASES),
        ("render it.yaml --to md", CASES),
        ("validate -", ON_STANDARD_INPUT),
    )
    for name in names
]


@pytest.mark.parametrize(("case", "command"), RUNS)
def test_bad_input_ends_at_once_in_plain_findings_and_nothing_else(
    tmp_path: Path, case: Bad, command: str
) -> None:
    path = tmp_path / "it.yaml"
    case.make(path)
    name, stdin = "it.yaml", b""
    if command == "validate -":
        name, stdin = "<stdin>", path.read_bytes()
        path.unlink()
    before = names_in(tmp_path)
    began = time.process_time()
    result = run(*command.split(), cwd=tmp_path, stdin=stdin)
    assert time.process_time() - began < LIMIT_SECONDS
    renders = command.startswith("render")
    end = "" if renders else closing(len(case.findings), result.out)
    report = result.err if renders else result.out.removesuffix(end)
    assert findings_in(report, name) == list(case.findings)
    assert result == Result(case.code, *(("", report) if renders else (report + end, "")))
    assert not obeyed_in(report) - {"\n"}
    assert names_in(tmp_path) == before
    assert not (tmp_path / "owned").exists()


def test_a_byte_order_mark_before_utf_8_is_fine(tmp_path: Path) -> None:
    (tmp_path / "it.yaml").write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    checked = run("validate", cwd=tmp_path)
    assert (checked.code, checked.out[:28], checked.err) == (0, "1 file checked: no problems;", "")
    assert run("render", "--to", "md", cwd=tmp_path) == Result(0, err="Wrote it.md\n")


def test_one_bad_file_does_not_hide_the_next(tmp_path: Path) -> None:
    """All of them in one run: each is reported, and nothing is written."""
    for number, case in enumerate(CASES.values()):
        case.make(tmp_path / f"{number}.yaml")
    names = [f"{number}.yaml" for number in range(len(CASES))]
    before = names_in(tmp_path)
    result = run("validate", *names, cwd=tmp_path)
    errors = sum(len(case.findings) for case in CASES.values())
    assert result.code == 2
    assert f"\n\n{len(CASES)} files checked: {errors} errors.\n" in result.out
    assert names_in(tmp_path) == before


# ── what takes too long, or says too much ────────────────────────────────────────────────────────

# Letters in all orders: close enough to many keys that each must be compared in full.
ANAGRAMS = itertools.islice(itertools.permutations("iontcerasemup"), 0, 3_000_000, 150)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "command"),
    [
        pytest.param(
            GOOD + "".join(f"key_{number}: x\n" for number in range(20_000)),
            "validate it.yaml",
            id="20,000 unknown keys",
        ),
        pytest.param(
            f"{GOOD}sections:\n" + "".join(f"  {''.join(word)}: x\n" for word in ANAGRAMS),
            "validate it.yaml",
            id="20,000 unknown keys that resemble known ones",
        ),
        pytest.param(
            f"{GOOD}sections:\n  vision:\n    answer: {'http://a' * 5000}\n",
            "render it.yaml --to html",
            id="40 kB of addresses without spaces",
        ),
    ],
)
def test_hostile_input_does_not_keep_the_machine_busy(
    tmp_path: Path, content: str, command: str
) -> None:
    (tmp_path / "it.yaml").write_text(content)
    began = time.process_time()
    run(*command.split(), cwd=tmp_path)
    assert time.process_time() - began < LIMIT_SECONDS


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(
            f"{GOOD}? {'k' * 900_000}\n: x\n",
            id="an unknown key",
        ),
        pytest.param(f"{GOOD}  language: {'k' * 900_000}\n", id="a bad value"),
        pytest.param(f"{GOOD}  summary: [{'k' * 900_000}]\n", id="a value of a wrong type"),
        pytest.param(f"{GOOD}  summary: '{'k' * 900_000}\n", id="quotes that stay open"),
        pytest.param(
            f"{GOOD}  summary: *{'k' * 900_000}\n",
            id="an alias",
        ),
    ],
)
def test_what_is_endless_in_the_file_is_short_in_the_report(tmp_path: Path, content: str) -> None:
    (tmp_path / "it.yaml").write_text(content)
    result = run("validate", "it.yaml", cwd=tmp_path)
    assert result.code == 1
    assert len(result.out) < 1000


@pytest.mark.parametrize("kind", ["md", "html"])
def test_control_characters_never_reach_a_document(tmp_path: Path, kind: str) -> None:
    text = '"a\\e[31m\\a\\x9b\\0b"'
    (tmp_path / "it.yaml").write_text(f"community:\n  name: {text}\n  summary: {text}\n")
    result = run("render", "it.yaml", "-o", "-", "--to", kind, cwd=tmp_path)
    assert (result.code, result.out) == (1, "")


# ── where documents shall go ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("output", "code", "said"),
    [
        pytest.param(
            "file/",
            2,
            "file is a file, not a directory. Choose another output.\n",
            id="a file as a directory",
        ),
        pytest.param(
            "file/new/deep",
            2,
            "file is a file, not a directory. Choose another output.\n",
            id="a directory below a file",
        ),
        pytest.param(
            "file/new.md",
            2,
            "file is a file, not a directory. Choose another output.\n",
            id="a document below a file",
        ),
        pytest.param(
            "taken",
            3,
            "taken/it.md cannot be written: Is a directory.\n",
            id="a directory where the document should be",
        ),
        pytest.param(
            "loop",
            3,
            "loop/it.md cannot be written: Not a directory.\n",
            id="a link to itself as a directory",
        ),
        pytest.param(
            "gone",
            3,
            "gone/it.md cannot be written: Not a directory.\n",
            id="a link that leads nowhere as a directory",
        ),
        pytest.param(
            "x" * 300,
            3,
            "The machine refuses this: File name too long.\n",
            id="too long a name of a directory",
        ),
        pytest.param(
            f"{'x' * 300}.md",
            3,
            "The machine refuses this: File name too long.\n",
            id="too long a name of a document",
        ),
        pytest.param(
            "/proc/new",
            3,
            "/proc/new/it.md cannot be written: No such file or directory.\n",
            id="a place where nothing can be made",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="needs /proc"),
        ),
        pytest.param(
            "new.docx",
            2,
            "There is no format for 'docx'. A document's name ends in .md, .html, .pdf, .ics.\n",
            id="a name of an unknown format",
        ),
    ],
)
def test_an_output_that_cannot_be_is_said_plainly_and_nothing_is_left(
    tmp_path: Path, output: str, code: int, said: str
) -> None:
    (tmp_path / "it.yaml").write_text(GOOD)
    (tmp_path / "file").write_text("mine")
    (tmp_path / "taken/it.md").mkdir(parents=True)
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "gone").symlink_to("nowhere")
    before = names_in(tmp_path)
    formats = [] if output.endswith((".md", ".docx")) else ["--to", "md"]
    result = run("render", "it.yaml", "-o", output, *formats, cwd=tmp_path)
    assert result == Result(code, err=said)
    assert names_in(tmp_path) == before
    assert (tmp_path / "file").read_text() == "mine"


def test_a_directory_that_may_not_be_written_is_said_plainly() -> None:
    with without_privileges() as directory:
        (directory / "it.yaml").write_text(GOOD)
        closed = directory / "closed"
        closed.mkdir()
        (closed / "it.md").write_text("old")
        closed.chmod(0o500)
        result = run("render", "it.yaml", "-o", "closed", "--to", "md", cwd=directory)
        assert result == Result(3, err="closed/it.md cannot be written: Permission denied.\n")
        below = run("render", "it.yaml", "-o", "closed/new", "--to", "md", cwd=directory)
        assert below == Result(3, err="closed/new/it.md cannot be written: Permission denied.\n")
        closed.chmod(0o700)
        assert names_in(closed) == ["it.md"]
        assert (closed / "it.md").read_text() == "old"


def test_a_directory_that_has_vanished_under_the_command_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "it.yaml").write_text(GOOD)
    (tmp_path / "here").mkdir()
    vanish = "import os; os.rmdir(os.getcwd())"
    arguments = ("render", str(tmp_path / "it.yaml"), "-o", "new", "--to", "md")
    assert finish(start(*arguments, cwd=tmp_path / "here", code=vanish)) == Result(
        3, err="The machine refuses this: No such file or directory.\n"
    )


@pytest.mark.parametrize(
    ("template", "finding"),
    [
        pytest.param(
            b"one\n{{ nothing }}",
            "mine/roadmap.md.j2:2:1: error: "
            "The template cannot be filled: 'nothing' is undefined. [template-error]",
            id="an unknown name",
        ),
        pytest.param(
            b"{% if %}",
            "mine/roadmap.md.j2:1:1: error: The template cannot be filled: "
            "Expected an expression, got 'end of statement block'. [template-error]",
            id="a mistake of syntax",
        ),
        pytest.param(
            b"\xff",
            "mine/roadmap.md.j2: error: The template is not saved as UTF-8. [template-error]",
            id="not UTF-8",
        ),
        pytest.param(
            b"{% include '../it.yaml' %}",
            "mine/roadmap.md.j2:1:1: error: "
            "The template cannot be filled: there is no template called '../it.yaml'. "
            "[template-error]",
            id="a file beyond the templates",
        ),
        pytest.param(
            b"{{ ''.__class__.__mro__ }}",
            "mine/roadmap.md.j2:1:1: error: The template cannot be filled: "
            "access to attribute '__class__' of 'str' object is unsafe. [template-error]",
            id="a way out of the sandbox",
        ),
        pytest.param(
            b"{{ range(10 ** 9) }}",
            "mine/roadmap.md.j2:1:1: error: The template cannot be filled: "
            "Range too big. The sandbox blocks ranges larger than MAX_RANGE (100000). "
            "[template-error]",
            id="a range without end",
        ),
        pytest.param(
            b"{{ undefined['\x1b[31m\xe2\x80\xae'] }}",
            "mine/roadmap.md.j2:1:1: error: The template cannot be filled: "
            "'undefined' is undefined. [template-error]",
            id="control characters",
        ),
    ],
)
def test_a_broken_template_is_a_plain_finding_and_nothing_is_left(
    tmp_path: Path, template: bytes, finding: str
) -> None:
    (tmp_path / "it.yaml").write_text(GOOD)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/roadmap.md.j2").write_bytes(template)
    before = names_in(tmp_path)
    result = run("render", "it.yaml", "--to", "md", "--templates", "mine", cwd=tmp_path)
    file = finding.partition(":")[0]
    assert [f"{file}:{found}" for found in findings_in(result.err, file)] == [
        finding.replace(f"{file}: ", f"{file}:")
    ]
    assert result == Result(1, err=result.err)
    assert not obeyed_in(result.err) - {"\n"}
    assert names_in(tmp_path) == before


# ── memory ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.slow
def test_memory_does_not_grow_with_the_number_of_files(tmp_path: Path) -> None:
    few, many = (_peak_of_validating(tmp_path / str(copies), copies) for copies in (10, 300))
    assert many - few < 4_000_000


def _peak_of_validating(directory: Path, copies: int) -> int:
    """Return the most bytes that a process takes up to validate copies of the example."""
    directory.mkdir()
    for number in range(copies):
        (directory / f"{number}.yaml").write_bytes(EXAMPLE.read_bytes())
    # A small process starts the one that is measured, which would else inherit our own peak.
    code = (
        "import resource, subprocess, sys\n"
        "command = [sys.executable, '-m', 'cop_roadmap', 'validate', '.']\n"
        "print(subprocess.run(command, check=True, capture_output=True, text=True).stdout)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    process = subprocess.run(
        [sys.executable, "-c", code], cwd=directory, capture_output=True, text=True, check=True
    )
    said, peak = process.stdout.split("\n\n")
    assert said.startswith(f"{copies} files checked: no problems.\n")
    return int(peak) * (1 if sys.platform == "darwin" else 1024)
