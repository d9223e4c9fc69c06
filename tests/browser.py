"""A headless Chromium, kept running to look at pages one after the other as their readers do.

``node/browser.mjs`` drives it by puppeteer and asks axe what keeps people out. Both come from npm:

    npm install --prefix tests/node --no-package-lock
"""

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

PROGRAMS = Path(__file__).parent / "node" / "node_modules"
_PROGRAM = Path(__file__).parent / "node" / "browser.mjs"
_NAMES = ("chromium", "chromium-browser", "google-chrome")


class Missing(Exception):
    """Something that the browser needs is not installed."""


class Unseen(Exception):
    """The browser could not show the page."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is looked at: the window, in CSS pixels, what its reader prefers and does.

    ``choose`` names an option for each part of the filter; ``reset`` then shows everything, and
    ``leave`` leads to another page and back.
    ``paper`` is the PDF into which the browser prints. The tasks are ``axe``, ``walk`` (with the
    Tab key), ``space`` (the text out), ``scroll`` (the grid), ``cover`` (its links, with its
    headers) and ``marks`` (of the statuses).
    """

    width: int = 1280
    height: int = 900
    scheme: str = "light"
    media: str = "screen"
    scripts: bool = True
    forced_colors: bool = False
    tasks: tuple[str, ...] = ()
    choose: dict[str, str] = field(default_factory=dict)
    reset: bool = False
    leave: bool = False
    paper: str = ""


class Browser:
    """A running browser."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def __call__(self, page: Path, look: Look) -> dict[str, Any]:
        """Open a page, do the tasks of a look, and return what was seen."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"url": page.as_uri(), **asdict(look)}) + "\n")
        self._process.stdin.flush()
        seen: dict[str, Any] = json.loads(self._process.stdout.readline())
        if "error" in seen:
            raise Unseen(seen["error"])
        return seen


@contextmanager
def running() -> Iterator[Browser]:
    """Start the browser, which takes a second, and end it.

    Raises:
        Missing: something is not installed.
    """
    node = shutil.which("node")
    chromium = next(filter(None, map(shutil.which, _NAMES)), None)
    if node is None or chromium is None:
        raise Missing("Node" if node is None else "Chromium")
    if not (PROGRAMS / "puppeteer-core").is_dir() or not (PROGRAMS / "axe-core").is_dir():
        raise Missing("`npm install --prefix tests/node --no-package-lock`")
    with subprocess.Popen(
        [node, str(_PROGRAM), chromium],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        yield Browser(process)
        assert process.stdin
        process.stdin.close()  # which ends it
