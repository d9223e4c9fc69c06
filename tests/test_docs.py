"""The documentation is true: its commands run and print what is shown, its help texts are fresh."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cop_roadmap import loading, manual, own_words, rules

ROOT = Path(__file__).parent.parent
RULES = ROOT / "docs" / "rules.md"
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
COMMANDS = (
    *("", "init", "validate", "rules", "render", "canvas"),
    *("status", "next", "extract", "schema", "templates", "templates copy"),
)

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")


def run(command: str, directory: Path) -> str:
    """Run a command of the docs as a shell does and return all that it prints."""
    program = f"{sys.executable} -m cop_roadmap"
    done = subprocess.run(
        ["sh", "-c", re.sub(r"^coproadmap\b", program, command)],
        cwd=directory,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={"PATH": "/usr/bin:/bin", "COLUMNS": "80", "HOME": str(directory)},
        check=False,
    )
    return done.stdout.replace("python -m cop_roadmap", "coproadmap")


def blocks(page: Path) -> Iterator[tuple[str, str]]:
    for match in _BLOCK.finditer(page.read_text("utf-8")):
        yield match[1], match[2]


def sessions(text: str) -> Iterator[tuple[str, str]]:
    """Split a console block into its commands and what each prints."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_commands_of_a_page_print_what_it_shows(page: Path, tmp_path: Path) -> None:
    """A YAML block that begins with a remark naming a file is that file."""
    for language, text in blocks(page):
        if language == "yaml" and (named := re.match(r"# (?:words: )?(\S+\.yaml)\n", text)):
            # The line with the name counts, so that line numbers are those that readers see.
            (tmp_path / named[1]).write_text(text, "utf-8")
        if language == "console":
            for command, output in sessions(text):
                assert run(command, tmp_path) == output, command


# The page of rules shows what is wrong, too: see test_rules.
@pytest.mark.parametrize("page", sorted({*PAGES} - {RULES}), ids=lambda page: page.stem)
def test_the_roadmaps_of_a_page_are_read(page: Path, tmp_path: Path) -> None:
    for language, text in blocks(page):
        # A block that begins with a name such as .gitlab-ci.yml is a file of another program; one
        # that begins with the name of a theme is that.
        if language != "yaml" or text.startswith("# ."):
            continue
        if text.startswith("# words"):
            assert own_words.read(text.encode(), "words.yaml")[1] == (), text
            continue
        if "theme" in text.partition("\n")[0]:
            assert loading.examine_theme(text.encode(), "theme.yaml").diagnostics == (), text
            continue
        (tmp_path / "roadmap.yaml").write_text(text, "utf-8")
        # What nobody is responsible for is part of what `status` is to show.
        output = run("coproadmap validate --ignore no-responsible roadmap.yaml", tmp_path)
        assert "no problems" in output or "responsable" in text, output


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_links_of_a_page_lead_to_files(page: Path) -> None:
    for target in _LINK.findall(page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_the_python_of_the_docs_runs(tmp_path: Path) -> None:
    shutil.copy(ROOT / "examples" / "minimal.yaml", tmp_path / "roadmap.yaml")
    page = ROOT / "docs" / "python.md"
    code = "\n".join(text for language, text in blocks(page) if language == "python")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Rewrite one letter together" in done.stdout


def test_the_page_of_commands_is_fresh(golden: Callable[[Path, str], None], tmp_path: Path) -> None:
    parts = ["# The commands\n\nMade from the program's own help; tests keep it fresh."]
    for command in COMMANDS:
        title = f"coproadmap {command}".strip()
        text = run(f"{title} --help", tmp_path).strip()
        parts.append(f"## {title}\n\n```text\n{text}\n```")
    parts.append(
        "## Exit codes\n\n| code | meaning |\n| --- | --- |\n| 0 | fine |\n"
        "| 1 | the roadmap has errors, or whatever else `validate` is told to fail on |\n"
        "| 2 | the command was used wrongly, or a file could not be read |\n"
        "| 3 | the machine lacks something: Pango for PDF, room or rights to write |\n"
        "| 130, 143 | the run was interrupted |\n\n"
        "What a command is asked for goes to standard output: the findings of `validate`, a schema,"
        "\na document written to `-`. Everything else goes to standard error. Colour appears on a"
        "\nterminal only, and `NO_COLOR` turns it off."
    )
    golden(ROOT / "docs" / "commands.md", "\n\n".join(parts) + "\n")


def test_the_page_of_rules_is_fresh(golden: Callable[[Path, str], None]) -> None:
    parts = [
        "# The rules",
        "Everything that `coproadmap validate` looks for; tests keep this page fresh.",
        "In the terminal `coproadmap rules` lists them, and `coproadmap rules NAME` explains one.",
    ]
    for title, group in rules.GROUPS.items():
        parts.append(f"## {title}")
        parts += [f"### {rule.name}\n\n{manual.as_markdown(rule).strip()}" for rule in group]
    golden(RULES, "\n\n".join(parts) + "\n")
