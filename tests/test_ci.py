"""What the project offers to CI systems works, and is what those systems take."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.test_docs import ROOT, blocks

pytestmark = pytest.mark.slow

PAGE = ROOT / "docs" / "ci.md"
ACTION = ROOT / "action.yml"
BIN = Path(sys.executable).parent
# The files of the page by their names, without their first line, which is the name.
SNIPPETS = {
    name[1]: text
    for language, text in blocks(PAGE)
    if language == "yaml" and (name := re.match(r"# (\..*)\n", text))
}


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> str:
    """Run a command that must succeed and return all that it prints."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, "NO_COLOR": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def action() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(ACTION.read_text("utf-8"))
    return content


SCHEMAS = {
    ".github/workflows/roadmap.yml": "vendor.github-workflows",
    ".github/workflows/roadmap-scan.yml": "vendor.github-workflows",
    ".gitlab-ci.yml": "vendor.gitlab-ci",
}


def test_every_snippet_is_checked() -> None:
    assert set(SNIPPETS) == {*SCHEMAS, ".pre-commit-config.yaml"}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_snippet_follows_its_published_schema(name: str, tmp_path: Path) -> None:
    (tmp_path / "file.yml").write_text(SNIPPETS[name], "utf-8")
    options = ["--data-transform", "gitlab-ci"] if "gitlab" in name else []
    run(
        BIN / "check-jsonschema", "--builtin-schema", SCHEMAS[name], *options, tmp_path / "file.yml"
    )


def test_the_action_follows_its_published_schema() -> None:
    run(BIN / "check-jsonschema", "--builtin-schema", "vendor.github-actions", ACTION)


def test_no_input_of_the_action_can_become_a_command() -> None:
    run(BIN / "zizmor", "--offline", "--no-progress", "--pedantic", ACTION)


def test_the_page_lists_the_inputs_of_the_action_with_their_defaults() -> None:
    rows = re.compile(r"^\| `([\w-]+)` \|[^|]*\| ([^|]*) \|$", re.MULTILINE)
    listed = rows.findall(PAGE.read_text("utf-8"))
    shown = {name: default.strip("`") for name, default in listed if name in action()["inputs"]}
    defaults = {name: each["default"] for name, each in action()["inputs"].items()}
    assert shown == {**defaults, "path": "the whole repository"}
    assert defaults["path"] == "."


def test_the_steps_of_the_action_check_and_render(tmp_path: Path) -> None:
    """The shell steps run as a runner runs them, but for the one that needs an administrator."""
    roadmaps = tmp_path / "road maps"
    run(BIN / "coproadmap", "init", "--example", "-q", roadmaps / "a.yaml", cwd=tmp_path)
    (tmp_path / "b.yaml").write_text("community: {name: B}\nambitions: {short_term: Meet}\n")
    inputs = {name: each["default"] for name, each in action()["inputs"].items()}
    inputs |= {"path": "road maps\n\nb.yaml\n", "formats": "md,html", "output": "-out put"}
    printed = {}
    for step in action()["runs"]["steps"]:
        if "sudo" in step.get("run", "") or "uses" in step:
            continue
        given = {
            name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda found: inputs[found[1]], value)
            for name, value in step.get("env", {}).items()
        }
        printed[step["name"]] = run(
            *("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]),
            cwd=tmp_path,
            RUNNER_TEMP=str(tmp_path / "runner temp"),
            GITHUB_ACTION_PATH=str(ROOT),
            GITHUB_ACTIONS="true",
            GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"),
            **given,
        )
    assert printed["Validate"].startswith("2 files checked: no problems; ")
    assert (
        (tmp_path / "summary.md").read_text().startswith("\n\n### 2 files checked: no problems\n")
    )
    written = {path.name for path in (tmp_path / "-out put").iterdir()}
    assert written == {"a.md", "a.html", "b.md", "b.html"}


def test_the_hooks_are_a_manifest_of_pre_commit() -> None:
    run(BIN / "pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml")


def test_the_snippet_of_pre_commit_is_a_configuration_with_our_hook(tmp_path: Path) -> None:
    config = tmp_path / ".pre-commit-config.yaml"
    config.write_text(SNIPPETS[config.name], "utf-8")
    run(BIN / "pre-commit", "validate-config", config)
    [repository] = yaml.safe_load(config.read_text())["repos"]
    offered = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert [hook["id"] for hook in repository["hooks"]] == [hook["id"] for hook in offered]


def test_the_hook_runs_where_pre_commit_installs_it(tmp_path: Path) -> None:
    """Pre-commit takes the hook from a repository, and so is given one with the present files."""
    source, user = tmp_path / "source", tmp_path / "user"
    for directory in (source, user):
        directory.mkdir()
        run("git", "init", "-q", cwd=directory)
    for name in ("pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml"):
        (source / name).write_bytes((ROOT / name).read_bytes())
    for name in ("src", "templates", "examples"):
        run("cp", "-r", ROOT / name, source)
    (user / "our-roadmap.yaml").write_text("community: {name: Ours}\n")
    (user / "other.yaml").write_text("a: b\n")
    for directory in (source, user):
        run("git", "add", ".", cwd=directory)
        identity = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        run("git", *identity, "commit", "-qm", "All", cwd=directory)
    printed = run(
        *(BIN / "pre-commit", "try-repo", source, "coproadmap-validate", "--all-files", "-v"),
        cwd=user,
        PRE_COMMIT_HOME=str(tmp_path / "cache"),
    )
    assert "1 file checked: no problems" in printed
