"""Files in and out: which are meant, reading them within limits, replacing them in one step."""

import errno
import hashlib
import os
import re
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import BinaryIO

from cop_roadmap import rules
from cop_roadmap.diagnostics import Problems, clipped
from cop_roadmap.source import MAX_BYTES

STDIN = "-"
CANNOT_READ = "cannot-read"
NO_ROADMAP = "no-roadmap"
UNREADABLE = frozenset({CANNOT_READ, NO_ROADMAP})

_SUFFIXES = (".yaml", ".yml")
# Where Linux shows the open files of a process, by their numbers.
_OPEN_FILES = "/proc/self/fd"
# A YAML file in a directory is a roadmap if a line of it begins as only roadmaps do.
_LOOKS_LIKE_ROADMAP = re.compile(
    rb"^(\xef\xbb\xbf)?({[ \t]*)?[\"']?(community|sections|ambitions|creation)[\"']?[ \t]*:"
    rb"|\A(\s*(#.*|---)?\n)*[ \t]+(community|sections|ambitions|creation)[ \t]*:"
    rb"|\$schema=\S*roadmap\.schema\.json",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Input:
    """A file that the user means; ``name`` is what diagnostics call it, None is standard input.

    ``below`` is where it was found below the directory that the user named. A link that was found
    there and leads out of it is not followed: the user did not name what lies there.
    """

    name: str
    path: Path | None
    below: Path = Path()
    leads_out: bool = False

    def read(self, limit: int = MAX_BYTES) -> bytes:
        """Return the content, but no more than one byte beyond a limit, by default a roadmap's.

        Raises:
            Problems: the file cannot be read.
        """
        try:
            if self.path is None:
                if sys.stdin is None:
                    raise _problem(self.name, CANNOT_READ, "Standard input is closed.")
                return sys.stdin.buffer.read(limit + 1)
            if self.leads_out:
                message = "This is a link to a file outside the directory that is looked through."
                hint = "If you mean that file, name it."
                raise Problems([rules.diagnose(CANNOT_READ, message, self.name, hint=hint)])
            if self.path.is_dir():
                raise _problem(self.name, NO_ROADMAP, "There is no roadmap in this directory.")
            with self.path.open("rb") as file:
                return file.read(limit + 1)
        except (OSError, ValueError) as error:
            raise _problem(self.name, CANNOT_READ, _reason(error)) from error


def _problem(name: str, rule: str, message: str) -> Problems:
    return Problems([rules.diagnose(rule, message, name)])


def _reason(error: Exception) -> str:
    match error:
        case FileNotFoundError():
            return "There is no such file."
        case PermissionError():
            return "You may not read this file."
        case OSError():
            return f"The file cannot be read: {error.strerror or error}."
    return f"The file cannot be read: {error}."


class Unusable(Exception):
    """A file that another file names cannot be used; the text says why, ``hint`` what to do."""

    def __init__(self, message: str, hint: str, rule: str = "unusable-file") -> None:
        super().__init__(message)
        self.hint = hint
        self.rule = rule


def read_below(directory: Path, name: str, limit: int) -> bytes:
    """Read a file that a roadmap names: it must lie in a directory, whatever links there are.

    ``limit`` is in bytes.

    Raises:
        Unusable: the file lies elsewhere, is no plain file, too large, or cannot be read.
    """
    try:
        root = os.path.realpath(directory)
        real = os.path.realpath(Path(root, name))
        if PureWindowsPath(name).anchor or not Path(real).is_relative_to(root):
            raise Unusable(
                f"`{clipped(name)}` does not lie below the directory of this file.",
                "Copy the file beside this one, and write its name only.",
                "file-outside",
            )
        content = _read_plain(real, limit + 1)
    except (OSError, ValueError) as error:
        message = f"`{clipped(name)}`: {_reason(error)}"
        raise Unusable(message, "Names count from the directory of this file.") from error
    if len(content) > limit:
        message = f"`{clipped(name)}` is larger than {limit:,} bytes."
        raise Unusable(message, "Choose a smaller file.")
    return content


def _read_plain(path: str, size: int) -> bytes:
    """Read the beginning of a plain file; a pipe or a device might never end."""
    # Without waiting for somebody to write into a pipe; the links are followed already.
    wanted = ("O_NONBLOCK", "O_NOFOLLOW", "O_BINARY")
    flags = os.O_RDONLY | sum(getattr(os, name, 0) for name in wanted)
    handle = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "it is not a plain file")
    with os.fdopen(handle, "rb") as file:
        return file.read(size)


def find(names: Iterable[str]) -> Iterator[Input]:
    """Turn names of files and directories, and ``-``, into the files that are meant, each once.

    A directory without roadmaps stands for itself, and cannot be read.
    """
    seen = set()
    for name in names:
        for found in _find_one(name):
            key = found.path and os.path.realpath(found.path)
            if key not in seen:
                seen.add(key)
                yield found


def _find_one(name: str) -> Iterator[Input]:
    if name == STDIN:
        yield Input("<stdin>", None)
        return
    path = Path(name)
    if not path.is_dir():
        yield Input(name, path)
        return
    found = False
    for file in _yaml_files(path):
        if _is_roadmap(file):
            found = True
            yield Input(str(file), file, file.parent.relative_to(path), leads_out(file, path))
    if not found:
        yield Input(name, path)


def leads_out(path: Path, directory: Path) -> bool:
    """Tell whether what a path leads to, by whatever links, lies outside a directory."""
    try:
        return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(directory))
    except OSError:
        # A link to itself, which on some systems cannot be asked.
        return True


def _yaml_files(directory: Path) -> Iterator[Path]:
    """Walk a directory in sorted order, without hidden directories, pipes and the like."""
    for parent, directories, names in os.walk(directory):
        directories[:] = sorted(name for name in directories if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            # A link that leads nowhere is reported; what it leads to must be a file.
            if name.lower().endswith(_SUFFIXES) and (path.is_file() or not path.exists()):
                yield path


def _is_roadmap(path: Path) -> bool:
    if "roadmap" in path.name.lower():
        # One that is called so is meant to be one, whatever it holds.
        return True
    try:
        content = Input(str(path), path).read()
    except Problems:
        # It is reported rather than passed over.
        return True
    # Without the zeros, a roadmap in UTF-16 is recognised, and reported for its encoding.
    return bool(_LOOKS_LIKE_ROADMAP.search(content.lstrip(b"\xff\xfe").replace(b"\0", b"")))


class CannotWrite(Exception):
    """A file could not be written; the text says which, and why."""


def save(path: Path, content: bytes) -> None:
    """Replace a file in one step, and make the directories that it lies in.

    Raises:
        CannotWrite: it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, content)
    except OSError as error:
        raise _cannot_write(path, error) from error


def append(path: Path, content: bytes) -> None:
    """Add to the end of a file.

    Raises:
        CannotWrite: it cannot be written.
    """
    try:
        with path.open("ab") as file:
            file.write(content)
    except OSError as error:
        raise _cannot_write(path, error) from error


def _cannot_write(path: Path, error: OSError) -> CannotWrite:
    if isinstance(error, FileExistsError):
        # To make a directory fails so where something else has its name.
        error = NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    return CannotWrite(f"{path} cannot be written: {error.strerror or error}.")


def write(path: Path, content: bytes) -> None:
    """Replace a file in one step: after any failure the old one is whole and nothing else is left.

    A link is followed; what is no regular file (a pipe, a device) is written to directly.
    Raises OSError.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        mode = stat.S_IFREG | (0o666 & ~_umask())
    if not stat.S_ISREG(mode):
        path.write_bytes(content)
        return
    path = Path(os.path.realpath(path))
    is_written = False
    while not is_written:
        handle = _nameless(path.parent)
        if handle is None:
            _write_beside(path, content, stat.S_IMODE(mode))
            return
        with os.fdopen(handle, "wb") as file:
            _fill(file, content, stat.S_IMODE(mode))
            is_written = _name(handle, path)


def _nameless(directory: Path) -> int | None:
    """Open a file without a name, of which a killed process leaves nothing; None if none can be."""
    kind = getattr(os, "O_TMPFILE", 0)
    if not kind or not Path(_OPEN_FILES).is_dir():
        return None
    try:
        return os.open(directory, kind | os.O_WRONLY, 0o600)
    except OSError as error:
        # File systems that know no such files say so in several ways.
        if error.errno in (errno.EOPNOTSUPP, errno.EISDIR, errno.ENOENT, errno.EINVAL):
            return None
        raise


def _fill(file: BinaryIO, content: bytes, mode: int) -> None:
    """Write a content to the disk."""
    file.write(content)
    file.flush()
    os.fsync(file.fileno())
    os.chmod(file.fileno(), mode)


def _name(handle: int, path: Path) -> bool:
    """Give a complete file without a name that of another one, which it replaces.

    For a moment it has a name of its own, the same for everybody who replaces this file. So who
    was killed in that moment leaves a file that the next one takes away. Returns False if somebody
    took it away from here; a file can be named but once.
    """
    digest = hashlib.sha256(os.fsencode(path.name)).hexdigest()[:16]
    passing = path.with_name(f".coproadmap-{digest}.tmp")
    try:
        # Only a call with a directory follows the link; an absolute path makes it any.
        os.link(f"{_OPEN_FILES}/{handle}", passing, src_dir_fd=handle)
        os.replace(passing, path)
    except (FileExistsError, FileNotFoundError):
        return False
    finally:
        passing.unlink(missing_ok=True)
    return True


def _write_beside(path: Path, content: bytes, mode: int) -> None:
    """Replace a file by one that has a name of its own from the beginning."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".coproadmap-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            _fill(file, content, mode)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _umask() -> int:
    """Return the process' umask, which can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
