"""What all tests share: goldens, and outside tools that CI must have."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


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
