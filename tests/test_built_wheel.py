"""The wheel holds all that the command needs, and runs from an empty environment."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "-w",
        str(directory),
        ".",
    ]
    subprocess.run(build, cwd=ROOT, check=True)
    return next(directory.glob("*.whl"))


@pytest.fixture(scope="module")
def command(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("environment")
    venv.create(directory, with_pip=True)
    bin_directory = directory / ("Scripts" if os.name == "nt" else "bin")
    install = [str(bin_directory / "python"), "-m", "pip", "install", "--quiet", str(wheel)]
    subprocess.run(install, check=True)
    return bin_directory / "coproadmap"


def run(command: Path, *arguments: str, directory: Path) -> str:
    # An empty directory: nothing of the checkout is in reach.
    done = subprocess.run(
        [str(command), *arguments], cwd=directory, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_holds_code_words_templates_and_examples_only(wheel: Path) -> None:
    names = [
        name.removeprefix("cop_roadmap/")
        for name in zipfile.ZipFile(wheel).namelist()
        if ".dist-info/" not in name
    ]
    held = sorted(
        str(path.relative_to(base))
        for base, folder, ending in (
            (ROOT / "src/cop_roadmap", ".", "**/*.py"),
            (ROOT / "src/cop_roadmap", ".", "*.conf"),
            (ROOT / "src/cop_roadmap", "languages", "*"),
            (ROOT, "templates", "*"),
            (ROOT, "examples", "*.yaml"),
        )
        for path in (base / folder).glob(ending)
    )
    assert sorted(names) == sorted([*held, "py.typed"])


def test_the_main_job_works_from_an_empty_environment(command: Path, tmp_path: Path) -> None:
    run(command, "init", "--name", "Empty", directory=tmp_path)
    run(command, "init", "--example", "example.yaml", directory=tmp_path)
    checked = run(command, "validate", "--quiet", directory=tmp_path)
    assert checked == ""
    for wanted in ("text", "json", "github", "gitlab", "sarif", "junit"):
        assert run(command, "validate", "--format", wanted, directory=tmp_path)
    run(command, "render", directory=tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "example.html",
        "example.md",
        "example.pdf",
        "example.yaml",
        "roadmap.html",
        "roadmap.md",
        "roadmap.pdf",
        "roadmap.schema.json",
        "roadmap.yaml",
    ]
    assert (tmp_path / "example.md").read_bytes() == (
        ROOT / "examples/open-data-stewards.md"
    ).read_bytes()
    assert (tmp_path / "roadmap.pdf").read_bytes().startswith(b"%PDF-")
