"""What all tests share: goldens, and outside tools that CI must have."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from tests import browser as browser_
from tests import verapdf as verapdf_

ROOT = Path(__file__).parent.parent

# How fast a machine is on a busy day says nothing about what is tested.
hypothesis.settings.register_profile("patient", deadline=None)
hypothesis.settings.load_profile("patient")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-goldens", action="store_true", help="write the files that tests compare with"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with a committed file, or write that file with --update-goldens."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-goldens"):
            path.write_text(text, "utf-8", newline="")
        assert text == path.read_text("utf-8"), "run pytest --update-goldens and look at the diff"

    return compare


@pytest.fixture(scope="session")
def tool() -> Callable[[str], str]:
    """Find an outside program; without it a test is skipped, but fails in CI."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            message = f"needs the program {name}"
            (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
        return str(path)

    return find


@pytest.fixture(scope="session")
def node_tool() -> Callable[[str], str]:
    """Find a program that npm installs; without it a test is skipped, but fails in CI."""

    def find(name: str) -> str:
        path = ROOT / "tests" / "node" / "node_modules" / ".bin" / name
        if not path.exists():
            message = f"needs {name}: npm install --prefix tests/node"
            (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
        return str(path)

    return find


@pytest.fixture(scope="session")
def verapdf() -> Iterator[verapdf_.VeraPdf]:
    """Return what judges a PDF; without it a test is skipped, but fails in CI."""
    try:
        with verapdf_.running() as running:
            yield running
    except verapdf_.Missing as missing:
        message = f"veraPDF needs {missing}"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)


@pytest.fixture(scope="session")
def browser() -> Iterator[browser_.Browser]:
    """Return what shows pages; without it a test is skipped, but fails in CI."""
    try:
        with browser_.running() as running:
            yield running
    except browser_.Missing as missing:
        message = f"the browser needs {missing}"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
