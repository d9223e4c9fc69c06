"""The command line: what goes where, what is written, and with which exit code it ends."""

import contextvars
import io
import itertools
import json
import os
import re
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

import cop_roadmap
from cop_roadmap import build, canvas, catalogue, cli, embedding, manual, pdf, rules, tags
from cop_roadmap.paper import Paper
from cop_roadmap.templating import Templates
from cop_roadmap.theme import Theme
from cop_roadmap.view import View
from tests.test_reporters_text import TERMINAL_VARIABLES, on_terminal

# By these the command knows where it runs: these tests run there, too.
UNWANTED = {
    *TERMINAL_VARIABLES,
    *("GITHUB_ACTIONS", "GITHUB_WORKSPACE", "GITHUB_STEP_SUMMARY", "CI_PROJECT_DIR"),
}


@dataclass(frozen=True)
class Result:
    """How a run of the command ended, and what it said."""

    code: int
    out: str = ""
    err: str = ""


def run(
    *arguments: str,
    cwd: Path,
    stdin: bytes = b"",
    width: int = 80,
    encoding: str = "utf-8",
    variables: Mapping[str, str] | None = None,
) -> Result:
    """Run the command in this process, as if started in a directory without a terminal."""
    out, err = io.BytesIO(), io.BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        for name in UNWANTED:
            patch.delenv(name, raising=False)
        for name, value in {"COLUMNS": str(width), **(variables or {})}.items():
            patch.setenv(name, value)
        patch.chdir(cwd)
        patch.setattr(sys, "argv", ["coproadmap", *arguments])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding))
        patch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding))
        patch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding))
        with _signals_kept(), pytest.raises(SystemExit) as caught:
            # What is set for one run does not stay for the next.
            contextvars.copy_context().run(cli.main)
        sys.stdout.flush()
        sys.stderr.flush()
        code = caught.value.code or 0
        assert isinstance(code, int)
        return Result(code, out.getvalue().decode(encoding), err.getvalue().decode(encoding))


@contextmanager
def _signals_kept() -> Iterator[None]:
    """Let nothing change what this process does on signals."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    kept[signal.SIGHUP] = signal.getsignal(signal.SIGHUP)
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


def start(
    *arguments: str, cwd: Path, code: str = "", variables: Mapping[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start the command as a process of its own, with its streams piped.

    ``code`` is run before it.
    """
    unwanted = {*UNWANTED, "PYTHONUNBUFFERED"}
    inherited = {key: text for key, text in os.environ.items() if key not in unwanted}
    program = ["-c", f"{code}\nfrom cop_roadmap.cli import main\nmain()"]
    return subprocess.Popen(
        [sys.executable, *(program if code else ("-m", "cop_roadmap")), *arguments],
        cwd=cwd,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**inherited, **(variables or {})},
    )


def finish(process: subprocess.Popen[bytes]) -> Result:
    """Wait for a process to end."""
    out, err = process.communicate(timeout=60)
    return Result(process.returncode, (out or b"").decode(), err.decode())


def in_a_shell(arguments: str, cwd: Path) -> Result:
    """Run the command with redirections."""
    process = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m cop_roadmap {arguments}"],
        cwd=cwd,
        capture_output=True,
        check=False,
        env={key: text for key, text in os.environ.items() if key not in UNWANTED},
    )
    return Result(process.returncode, process.stdout.decode(), process.stderr.decode())


def names_in(directory: Path) -> list[str]:
    """Return the names of everything below a directory, hidden files too, sorted."""
    return sorted(str(path.relative_to(directory)) for path in directory.rglob("*"))


GOOD = "community:\n  name: Bees\n"
WARNED = "community:\n  name: Bees\n  summary: 🐝\n"
BROKEN = "community:\n  nam: Bees\n"

WARNING = """\
warned.yaml:3:12: warning: No font of the PDF has `🐝`. It prints `[honeybee]`.
    3 |   summary: 🐝
      |            ^^
      = Say it in words, or leave it: the page and the Markdown show it.
        community.summary  [missing-glyph]

"""
ERROR = """\
broken.yaml:2:3: error: `nam` is not a key of `community`.
    2 |   nam: Bees
      |   ^^^
      = Did you mean `name`?
        community.nam  [unknown-key]

"""
MISSING = "missing.yaml: error: There is no such file.\n        [cannot-read]\n\n"
EMPTY = "empty: error: There is no roadmap in this directory.\n        [no-roadmap]\n\n"


def checked(counts: str, *, blanks: int) -> str:
    """Return the closing lines of a report on files of which some are blank roadmaps."""
    zeros = " ".join("0" * len(canvas.FACETS))
    of_all = f" of {blanks} roadmaps" if blanks > 1 else ""
    return (
        f"{counts}; {84 * blanks} gaps (--gaps shows what is open).\n"
        f"0 %{of_all} filled in; facets 1-8: {zeros}; ambitions 0, creation 0 %.\n"
    )


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Return a directory with a file of each kind."""
    (tmp_path / "good.yaml").write_text(GOOD)
    (tmp_path / "warned.yaml").write_text(WARNED)
    (tmp_path / "broken.yaml").write_text(BROKEN)
    (tmp_path / "empty").mkdir()
    return tmp_path


# ── the command as a whole ───────────────────────────────────────────────────────────────────────


def test_the_version_goes_to_standard_output(tmp_path: Path) -> None:
    assert run("--version", cwd=tmp_path) == Result(0, f"coproadmap {cop_roadmap.__version__}\n")


def test_help_goes_to_standard_output_and_names_every_command(tmp_path: Path) -> None:
    result = run("--help", cwd=tmp_path)
    assert result == Result(0, result.out)
    listed = result.out.split("Commands:\n")[1].split("\n\n")[0]
    assert [line.split()[0] for line in listed.splitlines()] == [
        *("init", "validate", "render", "canvas", "status", "next", "translated"),
        *("extract", "rules", "schema", "templates"),
    ]


def test_without_a_command_the_help_goes_to_standard_error(tmp_path: Path) -> None:
    assert run(cwd=tmp_path) == Result(2, err=run("--help", cwd=tmp_path).out)


def test_the_package_runs_as_a_module(files: Path) -> None:
    result = finish(start("validate", "broken.yaml", "good.yaml", cwd=files))
    assert result == Result(1, ERROR + checked("2 files checked: 1 error", blanks=1))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(
            ["publish"],
            "No such command 'publish'.\n`coproadmap --help` shows what there is.\n",
            id="unknown command",
        ),
        pytest.param(
            ["--fast"],
            "No such option: --fast\n`coproadmap --help` shows what there is.\n",
            id="unknown option",
        ),
        pytest.param(
            ["validate", "--fast"],
            "No such option: --fast (Possible options: --format, --gaps)\n"
            "`coproadmap validate --help` shows what there is.\n",
            id="unknown option of a command",
        ),
        pytest.param(
            ["schema", "roadmap.yaml"],
            "Got unexpected extra argument(s) (roadmap.yaml)\n"
            "`coproadmap schema --help` shows what there is.\n",
            id="one argument too many",
        ),
        pytest.param(
            ["render", "good.yaml", "-o"],
            "Option '-o' requires an argument.\n",
            id="an option without its value",
        ),
        pytest.param(
            ["render", "good.yaml", "--to", "docx"],
            "There is no format called 'docx'. The formats are md, html, pdf, ics.\n",
            id="unknown format",
        ),
        pytest.param(
            ["render", "good.yaml", "-o", "new.docx"],
            "There is no format for 'docx'. A document's name ends in .md, .html, .pdf, .ics.\n",
            id="unknown ending",
        ),
        pytest.param(
            ["render", "good.yaml", "-o", "new.html", "--to", "md"],
            "new.html is a name for html, but --to asks for another format.\n",
            id="a format against the name",
        ),
        pytest.param(
            ["render", "good.yaml", "warned.yaml", "-o", "new.md"],
            "new.md is one document, and there are 2 roadmaps. Name a directory.\n",
            id="two roadmaps in one document",
        ),
        pytest.param(
            ["render", "-"],
            "Say where to write with -o, or name one file and one format, such as --to md.\n",
            id="standard input without an output",
        ),
        pytest.param(
            ["render", "good.yaml", "--to", "md", "-o", "warned.yaml/new/"],
            "warned.yaml is a file, not a directory. Choose another output.\n",
            id="a file as a directory",
        ),
        pytest.param(
            ["render", "good.yaml", "--to", "md", "--templates", "none"],
            "none is not a directory of templates.\n",
            id="no such directory of templates",
        ),
        pytest.param(
            ["render", "good.yaml", "--to", "md", "--templates", "good.yaml"],
            "good.yaml is not a directory of templates.\n",
            id="a file as a directory of templates",
        ),
        pytest.param(
            ["init", "--start", "2026-9"],
            "'2026-9' is not a month. Write year and month with a dash between: --start 2026-09.\n",
            id="no month",
        ),
        pytest.param(
            ["init", "--start", "1066-10"],
            "'1066-10' is not a month. "
            "Write year and month with a dash between: --start 2026-09.\n",
            id="a month long ago",
        ),
        pytest.param(
            ["init", "--language", "tlh"],
            f"There is no language 'tlh' yet. The languages are {', '.join(tags.known())}.\n",
            id="unknown language",
        ),
        pytest.param(
            ["init", "--example", "--name", "Bees"],
            "The example has a name and a start of its own: leave out --name and --start.\n",
            id="an example with a name",
        ),
        pytest.param(
            ["init", "--name", "\ud800"],
            "With this name the roadmap would not be valid. "
            "This code in double quotes stands for no character.\n",
            id="a name that is no text",
        ),
        pytest.param(
            ["init", "--name", "x" * 1_000_000],
            "With this name the roadmap would not be valid. "
            "The file is larger than 1,000,000 bytes, which no roadmap needs to be.\n",
            id="a name beyond all measure",
        ),
        pytest.param(
            ["init", "--start", "2026-09\n"],
            "'2026-09\\n' is not a month. "
            "Write year and month with a dash between: --start 2026-09.\n",
            id="a month and a line break",
        ),
        pytest.param(
            ["validate", "--\x1b[31m\x9b\u202e"],
            "No such option: --\\x1b[31m\\x9b�\n"
            "`coproadmap validate --help` shows what there is.\n",
            id="control characters in an option",
        ),
        pytest.param(
            ["\x1b[31m[bold]"],
            "No such command '\\x1b[31m[bold]'.\n`coproadmap --help` shows what there is.\n",
            id="control characters and markup in a command",
        ),
    ],
)
def test_wrong_usage_is_said_on_standard_error_and_nothing_is_written(
    files: Path, arguments: list[str], said: str
) -> None:
    before = names_in(files)
    assert run(*arguments, cwd=files) == Result(2, err=said)
    assert names_in(files) == before


# ── init ─────────────────────────────────────────────────────────────────────────────────────────

VALID = Result(0, checked("1 file checked: no problems", blanks=1))


def wrote(*names: str) -> Result:
    """Return what init says when it has written files; a schema is explained."""
    notes = {"roadmap.schema.json": " (for completion in the editor)"}
    lines = [f"Wrote {name}{notes.get(Path(name).name, '')}\n" for name in names]
    return Result(0, err="".join(lines))


def test_init_writes_a_valid_roadmap_and_the_schema_beside_it(tmp_path: Path) -> None:
    assert run("init", cwd=tmp_path) == wrote("roadmap.yaml", "roadmap.schema.json")
    assert names_in(tmp_path) == ["roadmap.schema.json", "roadmap.yaml"]
    assert run("validate", "--strict", "roadmap.yaml", cwd=tmp_path) == VALID
    schema = (tmp_path / "roadmap.schema.json").read_text("utf-8")
    assert schema == run("schema", cwd=tmp_path).out


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        pytest.param(["bees.yaml"], ["bees.yaml", "roadmap.schema.json"], id="another name"),
        pytest.param(["sub"], ["sub/roadmap.yaml", "sub/roadmap.schema.json"], id="a directory"),
        pytest.param(
            ["sub/b.yml"], ["sub/b.yml", "sub/roadmap.schema.json"], id="a file in a directory"
        ),
    ],
)
def test_init_writes_where_it_is_told(
    tmp_path: Path, arguments: list[str], written: list[str]
) -> None:
    (tmp_path / "sub").mkdir()
    assert run("init", *arguments, cwd=tmp_path) == wrote(*written)
    assert names_in(tmp_path) == sorted(["sub", *written])
    assert run("validate", written[0], cwd=tmp_path) == VALID


@pytest.mark.parametrize("language", tags.known())
def test_a_scaffold_of_every_language_is_valid_and_in_it(tmp_path: Path, language: str) -> None:
    assert run("init", "--language", language, cwd=tmp_path).code == 0
    assert run("validate", "--strict", cwd=tmp_path) == VALID
    roadmap = cop_roadmap.load(tmp_path / "roadmap.yaml")
    assert roadmap.community.language == language
    assert roadmap.community.name == catalogue.load(language).word("scaffold", "name")


def test_a_variety_of_a_language_gets_the_scaffold_of_the_language(tmp_path: Path) -> None:
    french = run("init", "-", "--language", "fr", cwd=tmp_path)
    assert french.code == 0
    assert run("init", "-", "--language", "FR-ca", cwd=tmp_path) == french


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Open data stewards", id="words"),
        pytest.param("Bees & Co: a community #1", id="a colon and a number sign"),
        pytest.param("yes", id="a word that YAML 1.1 takes for a truth value"),
        pytest.param("null", id="a word of YAML"),
        pytest.param("2026", id="a number"),
        pytest.param("- x", id="a dash"),
        pytest.param("{[*&!%@`|>", id="signs of YAML"),
        pytest.param("""She said "it's"\\""", id="quotes and a backslash"),
        pytest.param("{{ name }} {% raw %}", id="signs of Jinja"),
        pytest.param("Łódź Αθήνα мёд", id="several scripts"),
        pytest.param("two\nlines\tand a tab", id="two lines"),
        pytest.param("a\x85b\u2028c\ufeffd", id="line breaks of Unicode"),
    ],
)
def test_any_name_survives(tmp_path: Path, name: str) -> None:
    run("init", "--name", name, cwd=tmp_path)
    assert run("validate", "--strict", cwd=tmp_path) == VALID
    assert cop_roadmap.load(tmp_path / "roadmap.yaml").community.name == name


def test_a_name_that_the_pdf_can_only_spell_out_is_taken_all_the_same(tmp_path: Path) -> None:
    assert run("init", "--name", "名前 🐝", cwd=tmp_path).code == 0
    assert cop_roadmap.load(tmp_path / "roadmap.yaml").community.name == "名前 🐝"


def test_a_name_without_anything_in_it_is_the_same_as_none(tmp_path: Path) -> None:
    assert run("init", "-", "--name", " ", cwd=tmp_path) == run("init", "-", cwd=tmp_path)


def test_the_start_is_written_down(tmp_path: Path) -> None:
    run("init", "--start", "2026-09", cwd=tmp_path)
    start_of = cop_roadmap.load(tmp_path / "roadmap.yaml").community.start
    assert start_of is not None
    assert start_of.isoformat() == "2026-09-01"


@pytest.mark.parametrize(
    ("language", "source"),
    [("en", "open-data-stewards"), ("fr", "soins-de-la-douleur")],
    ids=["English", "French"],
)
def test_the_example_is_the_complete_one_of_the_language(
    tmp_path: Path, language: str, source: str
) -> None:
    result = run("init", "--example", "--language", language, cwd=tmp_path)
    assert result == wrote("roadmap.yaml", "roadmap.schema.json")
    example = Path(__file__).parent.parent / "examples" / f"{source}.yaml"
    assert (tmp_path / "roadmap.yaml").read_bytes() == example.read_bytes()
    complete = Result(0, "1 file checked: no problems.\n100 % filled in.\n")
    assert run("validate", "--strict", cwd=tmp_path) == complete


@pytest.mark.parametrize(
    ("arguments", "target"),
    [
        pytest.param([], "roadmap.yaml", id="by its default name"),
        pytest.param(["."], "roadmap.yaml", id="in a directory"),
        pytest.param(["--example"], "roadmap.yaml", id="with the example"),
        pytest.param(["link.yaml"], "link.yaml", id="a link that leads nowhere"),
    ],
)
def test_init_refuses_to_overwrite_anything(
    tmp_path: Path, arguments: list[str], target: str
) -> None:
    (tmp_path / "roadmap.yaml").write_text("mine")
    (tmp_path / "link.yaml").symlink_to("nowhere.yaml")
    before = names_in(tmp_path)
    assert run("init", *arguments, cwd=tmp_path) == Result(
        2, err=f"{target} exists already. Choose another name, or replace it with --force.\n"
    )
    assert names_in(tmp_path) == before
    assert (tmp_path / "roadmap.yaml").read_text() == "mine"


def test_with_force_init_replaces_both_files(tmp_path: Path) -> None:
    for name in ("roadmap.yaml", "roadmap.schema.json"):
        (tmp_path / name).write_text("mine")
    result = run("init", "--force", cwd=tmp_path)
    assert result == wrote("roadmap.yaml", "roadmap.schema.json")
    assert run("validate", cwd=tmp_path) == VALID
    assert json.loads((tmp_path / "roadmap.schema.json").read_text("utf-8"))


def test_without_force_a_schema_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "roadmap.schema.json").write_text("mine")
    assert run("init", cwd=tmp_path) == wrote("roadmap.yaml")
    assert (tmp_path / "roadmap.schema.json").read_text() == "mine"


def test_init_to_standard_output_writes_no_file(tmp_path: Path) -> None:
    result = run("init", "-", cwd=tmp_path)
    hint = "For completion in the editor: coproadmap schema > roadmap.schema.json\n"
    assert names_in(tmp_path) == []
    run("init", cwd=tmp_path)
    assert result == Result(0, (tmp_path / "roadmap.yaml").read_text("utf-8"), hint)


@pytest.mark.parametrize("arguments", [[], ["--force"], ["--example"]], ids=" ".join)
def test_init_can_be_quiet(tmp_path: Path, arguments: list[str]) -> None:
    assert run("init", "--quiet", *arguments, cwd=tmp_path) == Result(0)
    assert names_in(tmp_path) == ["roadmap.schema.json", "roadmap.yaml"]


def test_init_makes_the_directory_that_it_is_told(tmp_path: Path) -> None:
    result = run("init", "new/plans/bees.yaml", cwd=tmp_path)
    assert result == wrote("new/plans/bees.yaml", "new/plans/roadmap.schema.json")


def test_init_says_when_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    assert run("init", "taken/roadmap.yaml", cwd=tmp_path) == Result(
        3, err="taken/roadmap.yaml cannot be written: Not a directory.\n"
    )
    assert names_in(tmp_path) == ["taken"]


def test_a_name_with_a_line_break_is_shown_on_one_line(tmp_path: Path) -> None:
    result = run("init", "a\n::error::b.yaml", cwd=tmp_path)
    assert result == wrote("a ::error::b.yaml", "roadmap.schema.json")


# ── validate ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("arguments", "result"),
    [
        pytest.param(["good.yaml"], VALID, id="a good file"),
        pytest.param(["good.yaml", "--quiet"], Result(0), id="a good file, quietly"),
        pytest.param(["good.yaml", "--strict"], VALID, id="a good file, strictly"),
        pytest.param(
            ["warned.yaml"],
            Result(0, WARNING + checked("1 file checked: 1 warning", blanks=1)),
            id="a warning",
        ),
        pytest.param(
            ["--strict", "warned.yaml"],
            Result(1, WARNING + checked("1 file checked: 1 warning", blanks=1)),
            id="a warning, strictly",
        ),
        pytest.param(["-q", "warned.yaml"], Result(0, WARNING), id="a warning, quietly"),
        pytest.param(
            ["broken.yaml"], Result(1, f"{ERROR}1 file checked: 1 error.\n"), id="an error"
        ),
        pytest.param(["--quiet", "broken.yaml"], Result(1, ERROR), id="an error, quietly"),
        pytest.param(
            ["missing.yaml"],
            Result(2, f"{MISSING}1 file checked: 1 error.\n"),
            id="a missing file",
        ),
        pytest.param(
            ["empty"],
            Result(2, f"{EMPTY}1 file checked: 1 error.\n"),
            id="a directory without roadmaps",
        ),
        pytest.param(
            ["warned.yaml", "broken.yaml", "good.yaml", "missing.yaml", "empty", "good.yaml"],
            Result(
                2,
                WARNING
                + ERROR
                + MISSING
                + EMPTY
                + checked("5 files checked: 3 errors, 1 warning", blanks=2),
            ),
            id="several, in the order given",
        ),
        pytest.param(
            [],
            Result(1, ERROR + WARNING + checked("3 files checked: 1 error, 1 warning", blanks=2)),
            id="nothing: this directory",
        ),
        pytest.param(
            ["."],
            Result(1, ERROR + WARNING + checked("3 files checked: 1 error, 1 warning", blanks=2)),
            id="a directory",
        ),
    ],
)
def test_validate_reports_everything_on_standard_output(
    files: Path, arguments: list[str], result: Result
) -> None:
    before = names_in(files)
    assert run("validate", *arguments, cwd=files) == result
    assert names_in(files) == before


def test_validate_reads_standard_input(tmp_path: Path) -> None:
    assert run("validate", "-", cwd=tmp_path, stdin=BROKEN.encode()) == Result(
        1, ERROR.replace("broken.yaml", "<stdin>") + "1 file checked: 1 error.\n"
    )


CODES = {"good.yaml": 0, "warned.yaml": 0, "broken.yaml": 1, "missing.yaml": 2, "empty": 2}


@pytest.mark.parametrize(
    ("first", "second"), list(itertools.permutations(CODES, 2)), ids=" and ".join
)
def test_the_exit_code_is_that_of_the_worst_file(files: Path, first: str, second: str) -> None:
    worst = max(CODES[first], CODES[second])
    assert run("validate", first, second, cwd=files).code == worst
    assert run("render", first, second, "--to", "md", cwd=files).code == worst


def test_what_the_terminal_cannot_show_is_written_as_its_code(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(f"{GOOD}  é: 名\n", "utf-8")
    assert run("validate", "a.yaml", cwd=tmp_path, encoding="ascii") == Result(
        1,
        "a.yaml:3:3: error: `\\xe9` is not a key of `community`.\n"
        "    3 |   \\xe9: \\u540d\n"
        "      |   ^\n"
        "      = There are `name`, `summary`, `sponsor`, `facilitator`, `start`,\n"
        "        `review_every`, `language`.\n"
        "        community.\\xe9  [unknown-key]\n"
        "\n"
        "1 file checked: 1 error.\n",
    )


# ── what validate fails on, and what it leaves out ───────────────────────────────────────────────

HALF = """\
community:
  name: Bees
sections:
  vision:
    answer: Every garden hums.
    timeline:
      month_1: Draft it
"""
NOBODY = """\
half.yaml:4:3: warning: `vision` plans one action, and nobody is responsible.
    4 |   vision:
      |   ^^^^^^
      = Write `responsible:` and a role, such as Core group.
        sections.vision  [no-responsible]

"""
OPEN = "half.yaml:4:3: info: `vision` names no resources yet.  [no-resources]\n\n"


@pytest.mark.parametrize(
    ("arguments", "code", "out"),
    [
        pytest.param("", 0, NOBODY, id="nothing"),
        pytest.param("--strict", 1, NOBODY, id="warnings, by the short option"),
        pytest.param("--fail-on error", 0, NOBODY, id="errors"),
        pytest.param("--fail-on warning", 1, NOBODY, id="warnings"),
        pytest.param("--fail-on error --strict", 1, NOBODY, id="warnings rather than errors"),
        pytest.param("--ignore no-responsible", 0, "", id="all but one rule"),
        pytest.param("--strict --ignore no-responsible", 0, "", id="all but what would fail"),
        pytest.param("--select no-responsible", 0, NOBODY, id="one rule"),
        pytest.param("--select stops-early", 0, "", id="another rule"),
        pytest.param("--select no-resources", 0, OPEN, id="one rule about gaps"),
        pytest.param("--select no-resources --fail-on info", 1, OPEN, id="one gap"),
        pytest.param(
            "--select no-responsible,no-resources", 0, OPEN + NOBODY, id="two rules with a comma"
        ),
        pytest.param(
            "--select no-responsible --select=no-resources --ignore no-responsible",
            0,
            OPEN,
            id="two rules but for one",
        ),
        pytest.param("--min-complete 1", 0, NOBODY, id="as much as is filled in"),
        pytest.param(
            "--min-complete 2",
            1,
            "half.yaml: error: 1 % is filled in; 2 % is asked for.\n"
            "      = `coproadmap validate --gaps` lists what is open.\n"
            "        [incomplete]\n\n" + NOBODY,
            id="more than is filled in",
        ),
    ],
)
def test_validate_fails_on_what_it_is_told_to(
    tmp_path: Path, arguments: str, code: int, out: str
) -> None:
    (tmp_path / "half.yaml").write_text(HALF)
    result = run("validate", "half.yaml", "-q", *arguments.split(), cwd=tmp_path)
    assert result == Result(code, out)


def test_gaps_are_listed_where_they_are_asked_for_and_each_takes_one_line(tmp_path: Path) -> None:
    (tmp_path / "half.yaml").write_text(HALF)
    listed = run("validate", "half.yaml", "--gaps", cwd=tmp_path)
    failed = run("validate", "half.yaml", "--fail-on", "info", cwd=tmp_path)
    assert failed == Result(1, listed.out)
    gaps = [line for line in listed.out.splitlines() if ": info: " in line]
    assert len(gaps) == 83
    assert listed.out.endswith(
        "\n1 file checked: 1 warning, 83 gaps.\n"
        "1 % filled in; facets 1-8: 16 0 0 0 0 0 0 0; ambitions 0, creation 0 %.\n"
    )


def test_what_the_roadmap_silences_is_not_reported(tmp_path: Path) -> None:
    reason = "lint: {ignore: {no-responsible: Assigned in March}}\n"
    (tmp_path / "half.yaml").write_text(HALF + reason)
    assert run("validate", "--strict", "-q", cwd=tmp_path) == Result(0)


# ── reports in other formats, and to other places ────────────────────────────────────────────────

ANNOTATION = (
    "::error title=unknown-key,file=broken.yaml,line=2,endLine=2,col=3,endColumn=6::"
    "broken.yaml:2:3: `nam` is not a key of `community`. Did you mean `name`?\n"
)
ACTIONS = {"GITHUB_ACTIONS": "true"}


@pytest.mark.parametrize(
    ("arguments", "begins"),
    [
        pytest.param("--format text", ERROR, id="text"),
        pytest.param("--format json", '{\n  "version": 1,\n', id="json"),
        pytest.param("--format github", ANNOTATION, id="github"),
        pytest.param("--format gitlab", '[\n  {\n    "description": ', id="gitlab"),
        pytest.param("--format sarif", '{\n  "$schema": ', id="sarif"),
        pytest.param("--format junit", '<?xml version="1.0" encoding="UTF-8"?>\n', id="junit"),
    ],
)
def test_a_report_goes_to_standard_output_in_any_format(
    files: Path, arguments: str, begins: str
) -> None:
    result = run("validate", "broken.yaml", *arguments.split(), cwd=files)
    assert result == Result(1, begins + result.out[len(begins) :])


@pytest.mark.parametrize(
    ("arguments", "begins"),
    [
        pytest.param("-o new/r.json", '{\n  "version": 1,\n', id="by its ending"),
        pytest.param("--output r.sarif", '{\n  "$schema": ', id="by another ending"),
        pytest.param("--output=r.xml", "<?xml ", id="by the ending of JUnit"),
        pytest.param("-o r.txt", ERROR, id="text"),
        pytest.param("-o r.json --format gitlab", "[\n", id="by the option rather than the ending"),
    ],
)
def test_a_report_to_a_file_leaves_the_terminal_as_it_was(
    files: Path, arguments: str, begins: str
) -> None:
    before = run("validate", "broken.yaml", cwd=files)
    assert run("validate", "broken.yaml", *arguments.split(), cwd=files) == before
    [written] = [*files.glob("r.*"), *files.glob("new/*")]
    assert written.read_text("utf-8").startswith(begins)


def test_in_a_run_of_github_actions_lines_are_annotated_and_the_step_gets_a_summary(
    files: Path,
) -> None:
    summary = files / "summary.md"
    summary.write_text("# Another command\n")
    variables = {**ACTIONS, "GITHUB_STEP_SUMMARY": str(summary)}
    result = run("validate", "broken.yaml", cwd=files, variables=variables)
    assert result == Result(1, f"{ANNOTATION}1 file checked: 1 error.\n")
    assert summary.read_text().startswith("# Another command\n\n\n### 1 file checked: 1 error\n")


def test_in_a_run_of_github_actions_another_format_can_be_asked_for(files: Path) -> None:
    summary = files / "summary.md"
    variables = {**ACTIONS, "GITHUB_STEP_SUMMARY": str(summary)}
    asked = run("validate", "broken.yaml", "--format", "text", cwd=files, variables=variables)
    assert asked == run("validate", "broken.yaml", cwd=files)
    assert not summary.exists()


def test_paths_are_annotated_as_seen_from_the_top_of_the_repository(files: Path) -> None:
    variables = {**ACTIONS, "GITHUB_WORKSPACE": str(files.parent)}
    result = run("validate", str(files / "broken.yaml"), "-q", cwd=files, variables=variables)
    name = f"{files.name}/broken.yaml"
    assert result == Result(1, ANNOTATION.replace("broken.yaml", name))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(
            "-o report",
            "Say with --format how to write report, "
            "or give it one of the endings .json, .sarif, .xml, .txt.\n",
            id="a report without a format",
        ),
        pytest.param(
            "--format json -o ./good.yaml",
            "good.yaml is a roadmap itself, and would be replaced. Choose another name.\n",
            id="a report in place of a roadmap",
        ),
        pytest.param(
            "--format word",
            "Invalid value for '--format': 'word' is not one of "
            "'text', 'json', 'github', 'gitlab', 'sarif', 'junit'.\n"
            "`coproadmap validate --help` shows what there is.\n",
            id="unknown format",
        ),
        pytest.param(
            "--ignore no-responsibel",
            "There is no rule called 'no-responsibel'. Did you mean 'no-responsible'?\n",
            id="misspelt rule",
        ),
        pytest.param(
            "--select rule",
            "There is no rule called 'rule'. `coproadmap rules` lists them.\n",
            id="unknown rule",
        ),
        pytest.param(
            "--ignore stops-early,unknown-key",
            "The rule 'unknown-key' cannot be left out: "
            "it says that there is no roadmap to check, or not all of it.\n",
            id="rule that cannot be left out",
        ),
        pytest.param(
            "--min-complete 101",
            "--min-complete is in percent, from 0 to 100.\n",
            id="more than everything",
        ),
    ],
)
def test_what_validate_cannot_be_told_is_refused(files: Path, arguments: str, said: str) -> None:
    before = names_in(files)
    assert run("validate", "good.yaml", *arguments.split(), cwd=files) == Result(2, err=said)
    assert names_in(files) == before


@pytest.mark.parametrize(
    ("arguments", "variables", "said"),
    [
        pytest.param("-o empty --format json", {}, "empty", id="a directory"),
        pytest.param("-o good.yaml/r.json", {}, "good.yaml/r.json", id="below a file"),
        pytest.param(
            "--format github", {"GITHUB_STEP_SUMMARY": "empty"}, "empty", id="a step's summary"
        ),
    ],
)
def test_a_report_that_cannot_be_written_is_said_after_what_was_found(
    files: Path, arguments: str, variables: dict[str, str], said: str
) -> None:
    result = run("validate", "broken.yaml", *arguments.split(), cwd=files, variables=variables)
    assert result.code == 3
    assert "`nam` is not a key" in result.out
    assert re.fullmatch(rf"{said} cannot be written: [\w ]+\.\n", result.err)


def test_a_reader_that_leaves_changes_neither_the_file_nor_the_verdict(files: Path) -> None:
    arguments = ("validate", "broken.yaml", "-o", "r.json")
    for variables in ({}, {"PYTHONUNBUFFERED": "1"}):
        result = with_a_reader_that_has_seen_enough(*arguments, cwd=files, variables=variables)
        assert result == Result(1)
        assert '"passes": false' in (files / "r.json").read_text()
        (files / "r.json").unlink()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_the_file_is_written_though_the_terminal_takes_nothing(files: Path) -> None:
    result = in_a_shell("validate broken.yaml -o r.json > /dev/full", cwd=files)
    assert result == Result(3, err="The output cannot be written: No space left on device.\n")
    assert '"passes": false' in (files / "r.json").read_text()


def test_the_summary_is_written_though_the_file_is_not(files: Path) -> None:
    variables = {**ACTIONS, "GITHUB_STEP_SUMMARY": str(files / "summary.md")}
    arguments = ("validate", "broken.yaml", "--format", "json", "-o", "empty")
    assert run(*arguments, cwd=files, variables=variables).code == 3
    assert "### 1 file checked: 1 error" in (files / "summary.md").read_text()


def test_a_dash_for_the_file_is_standard_output(files: Path) -> None:
    named = run("validate", "broken.yaml", "--format", "json", "-o", "-", cwd=files)
    assert named == run("validate", "broken.yaml", "--format", "json", cwd=files)
    assert "-" not in names_in(files)


def test_no_name_of_a_file_becomes_a_command_of_github(files: Path) -> None:
    (files / "::error::##[x].yaml").write_text(BROKEN)
    for command in ("validate --format text", "render --to md"):
        result = run(*command.split(), "::error::##[x].yaml", cwd=files, variables=ACTIONS)
        assert not re.search(r"(?m)^\s*::|##\[", result.out + result.err)
        assert ":error:" in result.out + result.err


def test_documents_of_a_directory_keep_their_places_below_the_output(files: Path) -> None:
    for name in ("a", "b"):
        (files / name).mkdir()
        (files / name / "roadmap.yaml").write_text(GOOD)
    assert run("render", "a", "b/", "good.yaml", "--to", "md", "-o", "out", cwd=files).code == 2
    assert run("render", ".", "--to", "md", "-o", "out", cwd=files).code == 1  # broken.yaml
    assert names_in(files / "out") == [
        *("a", "a/roadmap.md", "b", "b/roadmap.md", "good.md", "warned.md"),
    ]


# ── rules ────────────────────────────────────────────────────────────────────────────────────────


def test_rules_lists_them_all(tmp_path: Path) -> None:
    assert run("rules", cwd=tmp_path) == Result(0, manual.as_list())


def test_rules_explains_one(tmp_path: Path) -> None:
    page = manual.as_text(rules.RULES["no-responsible"])
    assert run("rules", "no-responsible", cwd=tmp_path) == Result(0, page)


def test_rules_suggests_the_name_that_was_meant(tmp_path: Path) -> None:
    assert run("rules", "no-responsibel", cwd=tmp_path) == Result(
        2, err="There is no rule called 'no-responsibel'. Did you mean 'no-responsible'?\n"
    )


# ── render ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("arguments", "code", "said", "written"),
    [
        pytest.param(
            ["good.yaml", "--to", "md"],
            0,
            "Wrote good.md\n",
            ["good.md"],
            id="beside the roadmap",
        ),
        pytest.param(
            ["good.yaml", "--to", "md,html"],
            0,
            "Wrote good.md\n      good.html\n",
            ["good.html", "good.md"],
            id="several formats",
        ),
        pytest.param(
            ["good.yaml", "-t", "html", "-t", "md"],
            0,
            "Wrote good.html\n      good.md\n",
            ["good.html", "good.md"],
            id="repeated formats, in the order given",
        ),
        pytest.param(
            ["good.yaml", "--to", "md", "-o", "new/deep"],
            0,
            "Wrote new/deep/good.md\n",
            ["new", "new/deep", "new/deep/good.md"],
            id="in a new directory",
        ),
        pytest.param(
            ["good.yaml", "--to", "md", "-o", "empty"],
            0,
            "Wrote empty/good.md\n",
            ["empty/good.md"],
            id="in a directory that is there",
        ),
        pytest.param(
            ["good.yaml", "-o", "new/bees.html"],
            0,
            "Wrote new/bees.html\n",
            ["new", "new/bees.html"],
            id="under a name of its own",
        ),
        pytest.param(["good.yaml", "--to", "md", "--quiet"], 0, "", ["good.md"], id="quietly"),
        pytest.param(
            ["warned.yaml", "--to", "md"],
            0,
            f"{WARNING}Wrote warned.md\n",
            ["warned.md"],
            id="warnings are shown",
        ),
        pytest.param(
            ["warned.yaml", "--to", "md", "-q"],
            0,
            WARNING,
            ["warned.md"],
            id="warnings are shown, quietly, too",
        ),
        pytest.param(
            ["broken.yaml", "--to", "md", "-o", "new"],
            1,
            ERROR,
            [],
            id="a broken roadmap makes nothing, not even a directory",
        ),
        pytest.param(
            ["good.yaml", "broken.yaml", "warned.yaml", "--to", "md"],
            1,
            f"{ERROR}{WARNING}Wrote good.md\n      warned.md\n",
            ["good.md", "warned.md"],
            id="a broken roadmap among others",
        ),
        pytest.param(
            ["missing.yaml", "good.yaml", "--to", "md"],
            2,
            f"{MISSING}Wrote good.md\n",
            ["good.md"],
            id="a missing file among others",
        ),
        pytest.param(
            [".", "--to", "md"],
            1,
            f"{ERROR}{WARNING}Wrote good.md\n      warned.md\n",
            ["good.md", "warned.md"],
            id="a directory",
        ),
        pytest.param(
            ["--to", "md"],
            1,
            f"{ERROR}{WARNING}Wrote good.md\n      warned.md\n",
            ["good.md", "warned.md"],
            id="nothing: this directory",
        ),
    ],
)
def test_render_writes_documents_and_lists_them_on_standard_error(
    files: Path, arguments: list[str], code: int, said: str, written: list[str]
) -> None:
    before = names_in(files)
    assert run("render", *arguments, cwd=files) == Result(code, err=said)
    assert sorted({*names_in(files)} - {*before}) == written


@pytest.mark.parametrize("kind", ["md", "html"])
def test_a_document_is_the_same_wherever_it_goes(files: Path, kind: str) -> None:
    run("render", "good.yaml", "--to", kind, cwd=files)
    document = (files / f"good.{kind}").read_bytes()
    assert document == cop_roadmap.render(cop_roadmap.load(files / "good.yaml"), kind)
    expected = Result(0, document.decode())
    assert run("render", "good.yaml", "-o", "-", "--to", kind, cwd=files) == expected
    assert run("render", "-", "--to", kind, cwd=files, stdin=GOOD.encode()) == expected


def test_a_document_on_standard_output_has_its_warnings_on_standard_error(files: Path) -> None:
    result = run("render", "warned.yaml", "--to", "md", "-o", "-", cwd=files)
    assert result == Result(0, result.out, WARNING)
    assert result.out.startswith("# Bees\n")


def test_a_broken_roadmap_leaves_its_old_documents_as_they_are(files: Path) -> None:
    (files / "broken.md").write_text("old")
    assert run("render", "broken.yaml", "--to", "md", cwd=files) == Result(1, err=ERROR)
    assert (files / "broken.md").read_text() == "old"


def test_own_templates_replace_the_built_in_ones_by_name(files: Path) -> None:
    page = run("render", "good.yaml", "--to", "html", "-o", "-", cwd=files)
    (files / "mine").mkdir()
    (files / "mine/roadmap.md.j2").write_text("Mine alone\n")
    options = ("good.yaml", "--templates", "mine", "-o", "-", "--to")
    assert run("render", *options, "md", cwd=files) == Result(0, "Mine alone\n")
    assert run("render", *options, "html", cwd=files) == page


def test_a_theme_dresses_the_documents(files: Path) -> None:
    (files / "theme.yaml").write_text('colours: {accent: "#8b1a1a"}\nfooter: Licence\n')
    options = ("good.yaml", "--theme", "theme.yaml", "-o", "-", "--to")
    page = run("render", *options, "html", cwd=files)
    assert (page.code, page.err) == (0, "")
    assert "--accent: #8b1a1a;" in page.out
    assert "<p>Licence</p></footer>" in page.out
    assert run("render", *options, "md", cwd=files).out.endswith("\n---\n\nLicence\n")


def test_a_theme_that_is_wrong_is_told_with_its_place_and_nothing_is_written(files: Path) -> None:
    (files / "theme.yaml").write_text('colours: {accent: "#7fb3bd"}\n')
    assert run("render", "good.yaml", "--theme", "theme.yaml", cwd=files) == Result(
        1,
        err="theme.yaml:1:19: error: `accent` #7fb3bd on `paper` #ffffff has a contrast of 2.31 to "
        "1; text needs 4.5 to 1 to be read.\n"
        '    1 | colours: {accent: "#7fb3bd"}\n'
        "      |                   ^^^^^^^^^\n"
        '      = The nearest colour that can be read: `accent: "#587c82"`.\n'
        "        colours.accent  [low-contrast]\n\n",
    )
    assert not (files / "good.md").exists()


def test_a_theme_with_a_warning_is_used(files: Path) -> None:
    (files / "theme.yaml").write_text("footer: Licence #1\n")
    result = run("render", "good.yaml", "--theme", "theme.yaml", "--to", "md", cwd=files)
    assert result.code == 0
    assert "[cut-text]" in result.err
    assert (files / "good.md").read_text().endswith("\nLicence\n")


@pytest.mark.parametrize(
    ("name", "reason"),
    [("none.yaml", "There is no such file."), (".", "This is a directory, not a theme.")],
)
def test_a_theme_that_cannot_be_read_is_wrong_usage(files: Path, name: str, reason: str) -> None:
    result = run("render", "good.yaml", "--theme", name, "--to", "md", cwd=files)
    assert result.code == 2
    assert reason in result.err
    assert not (files / "good.md").exists()


@pytest.mark.slow
def test_without_formats_all_three_are_written(files: Path) -> None:
    assert run("render", "good.yaml", cwd=files) == Result(
        0, err="Wrote good.md\n      good.html\n      good.pdf\n"
    )
    assert (files / "good.pdf").read_bytes().startswith(b"%PDF-")


def test_without_pango_the_rest_is_written_and_it_is_said_once(files: Path) -> None:
    # A machine without Pango is one where importing WeasyPrint fails like this.
    (files / "lacking").mkdir()
    (files / "lacking/weasyprint.py").write_text(
        "print('a banner')\nraise OSError('cannot load library')\n"
    )
    lacking = f"import sys; sys.path.insert(0, {str(files / 'lacking')!r})"
    result = finish(
        start("render", "good.yaml", "warned.yaml", "--to", "md,pdf", cwd=files, code=lacking)
    )
    said = f"{WARNING}Wrote good.md\n      warned.md\nPDF needs the library Pango, "
    assert (result.code, result.out, result.err[: len(said)]) == (3, "", said)
    assert result.err.count("Pango") == 1
    assert not list(files.glob("*.pdf"))


def test_what_is_wrong_with_a_template_is_said_once(tmp_path: Path) -> None:
    (tmp_path / "roadmap.yaml").write_text(GOOD)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken/roadmap.html.j2").write_text("{{ nothing }}")
    result = run("render", "--templates", "broken", "--to", "html,pdf", cwd=tmp_path)
    assert (result.code, result.err.count("'nothing' is undefined.")) == (1, 1)


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["--pdf-variant", "word"], "There is no kind of PDF called 'word'. There are pdf/ua-1+"),
        (["--pdf-variant", "a-2b", "--attach-source"], "No file may be put into pdf/a-2b."),
    ],
    ids=["no variant", "takes no files"],
)
def test_a_kind_of_pdf_that_cannot_be_is_refused(
    tmp_path: Path, options: list[str], reason: str
) -> None:
    (tmp_path / "roadmap.yaml").write_text(GOOD)
    result = run("render", *options, cwd=tmp_path)
    assert (result.code, result.out, result.err[: len(reason)]) == (2, "", reason)
    assert names_in(tmp_path) == ["roadmap.yaml"]


# ── extract ──────────────────────────────────────────────────────────────────────────────────────

INSIDE = b"\xef\xbb\xbfcommunity: {name: B\xc3\xa9es} # \r\n"


@pytest.fixture
def with_pdf(tmp_path: Path) -> Path:
    """Stand beside a PDF with a roadmap inside, and other files."""
    source = embedding.Source("/etc/passwd", INSIDE)
    page = '<!doctype html><html lang="en"><title>B</title><p>x'
    (tmp_path / "it.pdf").write_bytes(pdf.from_html(page, "", None, source))
    (tmp_path / "without.pdf").write_bytes(pdf.from_html(page, ""))
    (tmp_path / "taken.yaml").write_text("mine")
    (tmp_path / "sub").mkdir()
    return tmp_path


@pytest.mark.parametrize("options", [[], ["-o", "-"]], ids=["without -o", "-o -"])
def test_extract_gives_the_roadmap_back(with_pdf: Path, options: list[str]) -> None:
    before = names_in(with_pdf)
    assert run("extract", "it.pdf", *options, cwd=with_pdf) == Result(0, INSIDE.decode())
    content = (with_pdf / "it.pdf").read_bytes()
    assert run("extract", "-", *options, cwd=with_pdf, stdin=content) == Result(0, INSIDE.decode())
    assert names_in(with_pdf) == before


@pytest.mark.parametrize(
    ("options", "written"),
    [
        (["-o", "new/x.yaml"], "new/x.yaml"),
        (["-o", "sub"], "sub/roadmap.yaml"),
        (["-o", "taken.yaml", "--force"], "taken.yaml"),
    ],
    ids=["a file", "a directory", "by force"],
)
def test_extract_writes_where_it_is_told(with_pdf: Path, options: list[str], written: str) -> None:
    assert run("extract", "it.pdf", *options, cwd=with_pdf) == Result(0, err=f"Wrote {written}\n")
    assert (with_pdf / written).read_bytes() == INSIDE


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["it.pdf", "-o", "taken.yaml"], "taken.yaml exists already. Choose another name, or "),
        (["nothing.pdf"], "nothing.pdf: There is no such file."),
        (["taken.yaml"], "taken.yaml: This is not a PDF."),
        (["sub"], "sub is a directory. Name a PDF."),
        (["without.pdf"], "without.pdf: The PDF does not carry the roadmap that it was made from"),
        (["-"], "<stdin>: This is not a PDF."),
    ],
    ids=["taken", "nothing", "roadmap", "directory", "without", "empty"],
)
def test_extract_refuses_in_a_sentence(with_pdf: Path, arguments: list[str], reason: str) -> None:
    before = names_in(with_pdf)
    result = run("extract", *arguments, cwd=with_pdf)
    assert (result.code, result.out, result.err[: len(reason)]) == (2, "", reason)
    assert result.err.count("\n") == 1
    assert names_in(with_pdf) == before
    assert (with_pdf / "taken.yaml").read_text() == "mine"


def test_extract_shows_a_terminal_nothing_that_it_obeys(
    with_pdf: Path,
) -> None:
    hostile = embedding.Source("x", b"a: \x1b[2J\xff\nb: 1")
    page = '<!doctype html><html lang="en"><title>B</title><p>x'
    (with_pdf / "it.pdf").write_bytes(pdf.from_html(page, "", None, hostile))
    assert on_terminal("extract", "it.pdf", cwd=with_pdf) == (0, "a: \ufffd[2J\ufffd\nb: 1\n")


# ── templates ────────────────────────────────────────────────────────────────────────────────────

COPIED = [
    "brief-pdf.css",
    "brief.css",
    "brief.html.j2",
    "brief.md.j2",
    "canvas.css",
    "canvas.html.j2",
    "filter.js",
    "parts.html.j2",
    "pdf.css",
    "period.html.j2",
    "period.md.j2",
    "person.html.j2",
    "person.md.j2",
    "roadmap.html.j2",
    "roadmap.md.j2",
    "style.css",
    "summary.html.j2",
    "summary.md.j2",
]


def test_templates_are_copied_and_can_be_used(tmp_path: Path) -> None:
    first, *others = (f"my look/{name}" for name in COPIED)
    said = [f"Wrote {first}", *(f"      {name}" for name in others)]
    said.append("To use them: coproadmap render --templates 'my look'")
    result = run("templates", "copy", "my look", cwd=tmp_path)
    assert result == Result(0, err="".join(f"{line}\n" for line in said))
    assert names_in(tmp_path) == ["my look", *(f"my look/{name}" for name in COPIED)]
    (tmp_path / "roadmap.yaml").write_text(GOOD)
    rendered = run("render", "-t", "html", "-o", "-", cwd=tmp_path)
    with_copy = ("render", "-t", "html", "-o", "-", "--templates", "my look")
    assert run(*with_copy, cwd=tmp_path) == rendered


def test_templates_that_are_there_are_replaced_by_force_only(tmp_path: Path) -> None:
    (tmp_path / "style.css").write_text("mine")
    (tmp_path / "pdf.css").symlink_to("nowhere")
    assert run("templates", "copy", ".", cwd=tmp_path) == Result(
        2,
        err="pdf.css, style.css exist already. "
        "Choose another directory, or replace with --force.\n",
    )
    assert names_in(tmp_path) == ["pdf.css", "style.css"]
    (tmp_path / "pdf.css").unlink()
    assert run("templates", "copy", ".", "--force", "--quiet", cwd=tmp_path) == Result(0)
    assert names_in(tmp_path) == COPIED
    assert (tmp_path / "style.css").read_text() != "mine"


def test_templates_are_not_copied_into_a_file(tmp_path: Path) -> None:
    (tmp_path / "taken").touch()
    assert run("templates", "copy", "taken", cwd=tmp_path) == Result(
        2, err="taken is a file, not a directory. Choose another.\n"
    )


# ── canvas ───────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str, str]]:
    """Draw no canvas, but note the name, the language and the paper of each."""
    noted: list[tuple[str, str, str]] = []

    def draw(view: View, _templates: Templates, paper: Paper, _theme: Theme) -> bytes:
        noted.append((view.name, view.language, paper.value))
        return b"%PDF-canvas"

    monkeypatch.setattr(build, "canvas", draw)
    return noted


@pytest.mark.parametrize(
    ("arguments", "written", "expected"),
    [
        pytest.param([], "canvas.pdf", ("", "en", "a3"), id="blank"),
        pytest.param(["--language", "fr"], "canvas.pdf", ("", "fr", "a3"), id="blank in French"),
        pytest.param(["-p", "a2"], "canvas.pdf", ("", "en", "a2"), id="large paper"),
        pytest.param(["-o", "x.pdf"], "x.pdf", ("", "en", "a3"), id="a name"),
        pytest.param(["-o", "new"], "new/canvas.pdf", ("", "en", "a3"), id="a directory"),
        pytest.param(["good.yaml"], "good-canvas.pdf", ("Bees", "en", "a3"), id="of a roadmap"),
        pytest.param(
            ["good.yaml", "--language", "fr", "--paper", "a4"],
            "good-canvas.pdf",
            ("Bees", "fr", "a4"),
            id="of a roadmap, in French",
        ),
        pytest.param(["good.yaml", "-o", "x.pdf"], "x.pdf", ("Bees", "en", "a3"), id="elsewhere"),
    ],
)
def test_canvas_writes_one_pdf(
    arguments: list[str],
    written: str,
    expected: tuple[str, str, str],
    files: Path,
    drawn: list[tuple[str, str, str]],
) -> None:
    before = names_in(files)
    assert run("canvas", *arguments, cwd=files) == Result(0, err=f"Wrote {written}\n")
    assert drawn == [expected]
    assert (files / written).read_bytes() == b"%PDF-canvas"
    assert set(names_in(files)) - {"new"} == {*before, written}


@pytest.mark.parametrize(
    ("arguments", "stdin", "name"),
    [
        pytest.param(["-o", "-"], "", "", id="blank"),
        pytest.param(["-", "-o", "-"], GOOD, "Bees", id="of what is read there"),
        pytest.param(["-"], GOOD, "Bees", id="read there, and so written there"),
    ],
)
def test_canvas_goes_through_the_standard_streams(
    arguments: list[str], stdin: str, name: str, files: Path, drawn: list[tuple[str, str, str]]
) -> None:
    before = names_in(files)
    result = run("canvas", *arguments, cwd=files, stdin=stdin.encode())
    assert result == Result(0, "%PDF-canvas")
    assert drawn == [(name, "en", "a3")]
    assert names_in(files) == before


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(["broken.yaml"], 1, ERROR, id="a roadmap with errors"),
        pytest.param(["missing.yaml"], 2, MISSING, id="no such file"),
        pytest.param(
            ["-o", "x.html"],
            2,
            "x.html is no name for a PDF, and the canvas is one.\n",
            id="another format",
        ),
        pytest.param(
            ["--language", "tlh"],
            2,
            f"There is no language 'tlh' yet. The languages are {', '.join(tags.known())}.\n",
            id="a language that is not there",
        ),
        pytest.param(
            ["."],
            2,
            "The canvas takes one roadmap, and . has 3. Name one.\n",
            id="a directory with several roadmaps",
        ),
    ],
)
def test_canvas_says_what_is_wrong_and_writes_nothing(
    arguments: list[str],
    code: int,
    said: str,
    files: Path,
    drawn: list[tuple[str, str, str]],
) -> None:
    before = names_in(files)
    assert run("canvas", *arguments, cwd=files) == Result(code, err=said)
    assert (drawn, names_in(files)) == ([], before)


def test_canvas_says_what_is_wrong_with_a_style_sheet_of_the_user(files: Path) -> None:
    (files / "mine").mkdir()
    (files / "mine/canvas.css").write_text("body { font-size: 1e400px }")
    before = names_in(files)
    result = run("canvas", "--templates", "mine", cwd=files)
    assert (result.code, result.out) == (1, "")
    assert "canvas.css: error: The template cannot be filled: " in result.err
    assert names_in(files) == before


def test_canvas_without_pango_writes_nothing_and_says_so(files: Path) -> None:
    (files / "lacking").mkdir()
    (files / "lacking/weasyprint.py").write_text("raise OSError('cannot load library')\n")
    before = names_in(files)
    lacking = (
        "import sys; sys.dont_write_bytecode = True; "
        f"sys.path.insert(0, {str(files / 'lacking')!r})"
    )
    result = finish(start("canvas", cwd=files, code=lacking))
    said = "PDF needs the library Pango, "
    assert (result.code, result.out, result.err[: len(said)]) == (3, "", said)
    assert names_in(files) == before


# ── schema ───────────────────────────────────────────────────────────────────────────────────────


def test_schema_prints_one_json_document(tmp_path: Path) -> None:
    result = run("schema", cwd=tmp_path)
    assert result == Result(0, result.out)
    schema = json.loads(result.out)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["required"] == ["community"]
    assert names_in(tmp_path) == []


# ── the process ──────────────────────────────────────────────────────────────────────────────────


def with_a_reader_that_has_seen_enough(
    *arguments: str, cwd: Path, variables: Mapping[str, str] | None = None
) -> Result:
    """Run the command with a standard output that nobody reads any more."""
    # One hundred warnings fill more than a buffer.
    texts = "".join("    - a #b\n" for _ in range(100))
    (cwd / "long.yaml").write_text(f"{GOOD}sections:\n  vision:\n    resources:\n{texts}")
    process = start(*arguments, cwd=cwd, variables=variables)
    assert process.stdout
    process.stdout.close()
    process.stdout = None
    return finish(process)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["validate", "good.yaml"], id="validate"),
        pytest.param(
            ["validate", "long.yaml"],
            id="validate at length",
        ),
        pytest.param(["schema"], id="schema"),
        pytest.param(["render", "good.yaml", "--to", "md", "-o", "-"], id="render"),
    ],
)
def test_nothing_is_said_when_the_reader_has_seen_enough_and_all_is_fine(
    files: Path, arguments: list[str]
) -> None:
    assert with_a_reader_that_has_seen_enough(*arguments, cwd=files) == Result(0)


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [["validate", "good.yaml"], ["--version"]], ids=" ".join)
def test_the_same_goes_without_a_buffer(files: Path, arguments: list[str]) -> None:
    """Many images for CI set PYTHONUNBUFFERED."""
    variables = {"PYTHONUNBUFFERED": "1"}
    result = with_a_reader_that_has_seen_enough(*arguments, cwd=files, variables=variables)
    assert result == Result(0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param("validate good.yaml", id="validate"),
        pytest.param(
            "render good.yaml --to md -o -",
            id="render",
        ),
    ],
)
def test_a_full_disk_behind_standard_output_is_said_plainly(files: Path, arguments: str) -> None:
    assert in_a_shell(f"{arguments} > /dev/full", cwd=files) == Result(
        3, err="The output cannot be written: No space left on device.\n"
    )


@pytest.mark.parametrize(
    ("arguments", "result"),
    [
        pytest.param(
            "validate good.yaml >&-",
            Result(3, err="The output cannot be written: standard output is closed.\n"),
            id="no standard output",
        ),
        pytest.param("validate good.yaml 2>&-", VALID, id="no standard error"),
        pytest.param("publish 2>&-", Result(2), id="nowhere to complain"),
        pytest.param(
            "validate - <&-",
            Result(
                2,
                "<stdin>: error: Standard input is closed.\n        [cannot-read]\n\n"
                "1 file checked: 1 error.\n",
            ),
            id="no standard input",
        ),
    ],
)
def test_a_closed_stream_is_no_fault_of_the_command(
    files: Path, arguments: str, result: Result
) -> None:
    assert in_a_shell(arguments, cwd=files) == result


# Holds every document at the moment when its temporary file is complete.
HOLD = textwrap.dedent(
    """
    import os, sys

    def hold(_):
        print("holding", flush=True)
        sys.stdin.readline()

    os.fsync = hold
    """
)


def interrupted(directory: Path, number: signal.Signals, code: str = HOLD) -> Result:
    """Start to replace a document, send a signal in the middle of it, and then go on."""
    (directory / "good.md").write_text("old")
    process = start("render", "good.yaml", "--to", "md", cwd=directory, code=code)
    assert process.stdout
    assert process.stdout.readline() == b"holding\n"
    process.send_signal(number)
    return finish(process)


SIGNALS = [
    pytest.param(signal.SIGINT, id="Ctrl-C"),
    pytest.param(signal.SIGTERM, id="SIGTERM"),
    pytest.param(signal.SIGHUP, id="SIGHUP", marks=pytest.mark.slow),
]


@pytest.mark.parametrize("number", SIGNALS)
def test_an_interrupted_run_leaves_the_old_document_and_nothing_else(
    files: Path, number: signal.Signals
) -> None:
    before = [*names_in(files), "good.md"]
    assert interrupted(files, number) == Result(128 + number, err="Interrupted.\n")
    assert names_in(files) == sorted(before)
    assert (files / "good.md").read_text() == "old"


@pytest.mark.slow
@pytest.mark.parametrize("number", SIGNALS[::2])
def test_a_signal_that_whoever_starts_the_command_ignores_is_ignored(
    files: Path, number: signal.Signals
) -> None:
    ignore = f"import signal; signal.signal({int(number)}, signal.SIG_IGN)"
    result = interrupted(files, number, f"{ignore}{HOLD}")
    assert result == Result(0, err="Wrote good.md\n")
    assert (files / "good.md").read_text() != "old"


def test_a_killed_run_leaves_the_old_document_and_the_next_run_replaces_it(files: Path) -> None:
    assert interrupted(files, signal.SIGKILL) == Result(-signal.SIGKILL)
    assert (files / "good.md").read_text() == "old"
    assert run("render", "good.yaml", "--to", "md", cwd=files) == Result(0, err="Wrote good.md\n")


# ── the terminal ─────────────────────────────────────────────────────────────────────────────────

CLEAR_LINE = "\x1b[2K"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("formats", "variables", "listed"),
    [
        pytest.param("md,html", {}, "Wrote good.md\n      good.html\n", id="in colour"),
        pytest.param(
            "html,md", {"NO_COLOR": "1"}, "Wrote good.html\n      good.md\n", id="NO_COLOR"
        ),
    ],
)
def test_a_bar_shows_on_a_terminal_and_disappears_before_the_list(
    files: Path, formats: str, variables: Mapping[str, str], listed: str
) -> None:
    code, received = on_terminal(
        "render", "good.yaml", "--to", formats, cwd=files, variables=variables
    )
    assert code == 0
    bar, after = received.split(CLEAR_LINE)[-2:]
    assert bar.startswith("Rendering ")
    assert "2/2" in bar
    assert ("\x1b[3" in bar) == ("NO_COLOR" not in variables)
    assert after == listed


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "received"),
    [
        pytest.param(["--to", "md"], "Wrote good.md\n", id="a single document"),
        pytest.param(["--to", "md,html", "--quiet"], "", id="--quiet"),
    ],
)
def test_there_is_no_bar_for_a_moment_of_work_or_if_unwanted(
    files: Path, arguments: list[str], received: str
) -> None:
    assert on_terminal("render", "good.yaml", *arguments, cwd=files) == (0, received)


def test_without_a_terminal_there_is_no_bar(files: Path) -> None:
    result = finish(start("render", "good.yaml", "--to", "md,html", cwd=files))
    assert result == Result(0, err="Wrote good.md\n      good.html\n")


@pytest.mark.slow
def test_a_finding_does_not_run_into_the_bar(files: Path) -> None:
    _, received = on_terminal("render", "good.yaml", "broken.yaml", "--to", "md", cwd=files)
    before = received.split("broken.yaml:2:3")[0].removesuffix("\x1b[1m")
    assert before.endswith(("\n", CLEAR_LINE))
