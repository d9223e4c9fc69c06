"""Files in and out: which are meant, reading within limits, replacing in one step."""

import os
import stat
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from cop_roadmap import files
from cop_roadmap.diagnostics import Diagnostic, Problems, Severity
from cop_roadmap.source import MAX_BYTES

ROADMAP = "community:\n  name: Bees\n"
WORKFLOW = "on: push\njobs: {}\n"


def grow(directory: Path, tree: Mapping[str, str | bytes]) -> None:
    """Create files from a mapping of names to contents."""
    for name, content in tree.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def snapshot(directory: Path) -> dict[str, bytes | None]:
    """Return everything below a directory: the content of files, None for all else."""
    return {
        str(path.relative_to(directory)): path.read_bytes() if path.is_file() else None
        for path in sorted(directory.rglob("*"))
    }


def may_read(directory: Path) -> bool:
    try:
        list(directory.iterdir())
    except PermissionError:
        return False
    return True


@contextmanager
def without_privileges() -> Iterator[Path]:
    """Yield a new directory, and be nobody for a while: root may write everywhere."""
    is_root = os.geteuid() == 0
    # Nobody may not come back to a checkout that lies in root's home.
    before = Path.cwd()
    os.chdir("/")
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        directory.chmod(0o777)
        if is_root:
            os.seteuid(65534)
        try:
            if not may_read(Path(__file__).parent):
                pytest.skip("nobody may not read this checkout, and so not run what is in it")
            yield directory
        finally:
            if is_root:
                os.seteuid(0)
            os.chdir(before)
            directory.chmod(0o777)


def problem_of(found: files.Input) -> Diagnostic:
    """Read an input that cannot be read, and return why."""
    with pytest.raises(Problems) as caught:
        found.read()
    (diagnostic,) = caught.value.diagnostics
    return diagnostic


# ── which files are meant ────────────────────────────────────────────────────────────────────────

TREE = {
    "b.yaml": ROADMAP,
    "a.yml": ROADMAP,
    "UPPER.YAML": ROADMAP,
    "notes.txt": ROADMAP,
    "workflow.yaml": WORKFLOW,
    "deep/er/z.yaml": ROADMAP,
    "deep/a.yaml": ROADMAP,
    ".hidden/x.yaml": ROADMAP,
    "deep/.git/y.yaml": ROADMAP,
    "other/only.yaml": WORKFLOW,
}


@pytest.mark.parametrize(
    ("names", "found"),
    [
        pytest.param(["b.yaml"], ["b.yaml"], id="a file is itself"),
        pytest.param(["notes.txt"], ["notes.txt"], id="a named file may have any ending"),
        pytest.param(["workflow.yaml"], ["workflow.yaml"], id="a named file may hold anything"),
        pytest.param(["none.yaml"], ["none.yaml"], id="a missing file is itself"),
        pytest.param(
            ["."],
            ["UPPER.YAML", "a.yml", "b.yaml", "deep/a.yaml", "deep/er/z.yaml"],
            id="a directory is its roadmaps, sorted, at any depth",
        ),
        pytest.param(["deep"], ["deep/a.yaml", "deep/er/z.yaml"], id="names keep their directory"),
        pytest.param([".hidden"], [".hidden/x.yaml"], id="a hidden directory may be named"),
        pytest.param(["other"], ["other"], id="a directory without roadmaps is itself"),
        pytest.param(["b.yaml", "a.yml"], ["b.yaml", "a.yml"], id="the order of names is kept"),
        pytest.param(["b.yaml", "b.yaml", "./b.yaml"], ["b.yaml"], id="the same file comes once"),
        pytest.param(
            ["deep/a.yaml", "deep"],
            ["deep/a.yaml", "deep/er/z.yaml"],
            id="a file and its directory overlap",
        ),
        pytest.param(["deep/../b.yaml", "b.yaml"], ["deep/../b.yaml"], id="detours are seen"),
        pytest.param(["-"], ["<stdin>"], id="a dash is standard input"),
        pytest.param(["-", "b.yaml", "-"], ["<stdin>", "b.yaml"], id="standard input comes once"),
        pytest.param([], [], id="nothing is nothing"),
    ],
)
def test_names_become_the_files_that_are_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], found: list[str]
) -> None:
    grow(tmp_path, TREE)
    monkeypatch.chdir(tmp_path)
    assert [one.name for one in files.find(names)] == found


def test_standard_input_has_no_path_and_files_have_theirs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert list(files.find(["-", "x.yaml"])) == [
        files.Input("<stdin>", None),
        files.Input("x.yaml", Path("x.yaml")),
    ]


def test_a_link_to_a_file_and_the_file_come_once(tmp_path: Path) -> None:
    grow(tmp_path, {"b.yaml": ROADMAP})
    (tmp_path / "a.yaml").symlink_to("b.yaml")
    assert [one.path for one in files.find([str(tmp_path)])] == [tmp_path / "a.yaml"]


def test_links_to_directories_are_not_followed(tmp_path: Path) -> None:
    grow(tmp_path, {"in/a.yaml": ROADMAP, "out/b.yaml": ROADMAP})
    (tmp_path / "in/up").symlink_to(tmp_path)
    (tmp_path / "in/out").symlink_to(tmp_path / "out")
    assert [one.path for one in files.find([str(tmp_path / "in")])] == [tmp_path / "in/a.yaml"]


def test_a_link_that_leads_nowhere_is_reported_rather_than_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to("nowhere.yaml")
    (found,) = files.find([str(tmp_path)])
    assert problem_of(found).message == "There is no such file."


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(ROADMAP, id="a roadmap"),
        pytest.param("# A remark\n\n---\ncommunity:\n", id="remarks and a marker before it"),
        pytest.param("\ufeffcommunity:\n", id="a byte order mark"),
        pytest.param("community:\r\n  name: x\r\n", id="line ends of Windows"),
        pytest.param('"community": {name: x}\n', id="a quoted key"),
        pytest.param("'community' : {name: x}\n", id="a space before the colon"),
        pytest.param("sections:\n", id="sections only"),
        pytest.param("ambitions:\n", id="ambitions only"),
        pytest.param("creation:\n", id="creation only"),
        pytest.param(
            "# yaml-language-server: $schema=../roadmap.schema.json\n", id="a schema comment only"
        ),
        pytest.param("comunity:\n  name: x\nsections:\n", id="one key misspelt"),
        pytest.param("community: [\n", id="broken: a list that is not closed"),
        pytest.param("community:\n\tname: x\n", id="broken: a tab"),
        pytest.param("community: x\0y\n", id="broken: a NUL byte"),
        pytest.param("community: Caf\xe9\n".encode("latin-1"), id="broken: not UTF-8"),
        pytest.param("community:\n".ljust(MAX_BYTES + 9, "#"), id="broken: too large"),
        pytest.param(
            "community:\n  name: x\n".encode("utf-16"),
            id="broken: UTF-16",
        ),
        pytest.param("  community:\n    name: x\n", id="all indented"),
        pytest.param("{community: {name: x}}\n", id="all in braces"),
    ],
)
def test_in_a_directory_a_roadmap_is_found_even_if_broken(
    tmp_path: Path, content: str | bytes
) -> None:
    grow(tmp_path, {"it.yaml": content})
    assert [one.path for one in files.find([str(tmp_path)])] == [tmp_path / "it.yaml"]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(WORKFLOW, id="a workflow"),
        pytest.param("", id="an empty file"),
        pytest.param("services:\n  community: {name: x}\n", id="the word further inside"),
        pytest.param("communities:\n", id="a longer word"),
        pytest.param("# community: yes\n", id="the word in a remark"),
        pytest.param("Our community: a text\n", id="the word in a text"),
        pytest.param(bytes(range(256)), id="no text at all"),
    ],
)
def test_in_a_directory_other_yaml_is_passed_over(tmp_path: Path, content: str | bytes) -> None:
    grow(tmp_path, {"other.yaml": content})
    assert [one.path for one in files.find([str(tmp_path)])] == [tmp_path]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("pipe.yaml", id="a pipe"),
        pytest.param(
            "link.yaml",
            id="a link to a pipe",
        ),
    ],
)
def test_a_pipe_in_a_directory_is_not_waited_for(tmp_path: Path, name: str) -> None:
    pipe = tmp_path / ("pipe.yaml" if name == "pipe.yaml" else "pipe")
    os.mkfifo(pipe)
    if name == "link.yaml":
        (tmp_path / name).symlink_to(pipe.name)
    search = threading.Thread(target=lambda: list(files.find([str(tmp_path)])), daemon=True)
    search.start()
    search.join(0.5)
    waits = search.is_alive()
    if waits:
        # Let the search end: a reader waits until somebody writes.
        os.close(os.open(pipe, os.O_WRONLY))
        search.join()
    assert not waits


# ── reading ──────────────────────────────────────────────────────────────────────────────────────


def test_what_a_file_holds_is_read(tmp_path: Path) -> None:
    grow(tmp_path, {"a.yaml": b"\xff\0any bytes\r\n"})
    assert files.Input("a", tmp_path / "a.yaml").read() == b"\xff\0any bytes\r\n"


@pytest.mark.parametrize(
    ("size", "read"),
    [
        pytest.param(0, 0, id="an empty file"),
        pytest.param(MAX_BYTES, MAX_BYTES, id="the largest roadmap"),
        pytest.param(MAX_BYTES + 1, MAX_BYTES + 1, id="one byte more"),
        pytest.param(50_000_000, MAX_BYTES + 1, id="50 MB: the rest is left unread"),
    ],
)
def test_no_more_is_read_than_shows_that_a_file_is_too_large(
    tmp_path: Path, size: int, read: int
) -> None:
    path = tmp_path / "a.yaml"
    path.touch()
    os.truncate(path, size)
    assert len(files.Input("a", path).read()) == read


def test_a_device_without_end_is_read_within_the_limit() -> None:
    assert len(files.Input("zero", Path("/dev/zero")).read()) == MAX_BYTES + 1


@pytest.mark.parametrize(
    ("name", "rule", "message"),
    [
        pytest.param("none.yaml", "cannot-read", "There is no such file.", id="missing"),
        pytest.param(
            "full", "no-roadmap", "There is no roadmap in this directory.", id="directory"
        ),
        pytest.param(
            "a.yaml/b.yaml",
            "cannot-read",
            "The file cannot be read: Not a directory.",
            id="a file as a directory",
        ),
        pytest.param(
            "x" * 300,
            "cannot-read",
            "The file cannot be read: File name too long.",
            id="too long a name",
        ),
        pytest.param(
            "a\0b", "cannot-read", "The file cannot be read: embedded null byte.", id="no name"
        ),
    ],
)
def test_what_cannot_be_read_is_one_plain_problem(
    tmp_path: Path, name: str, rule: str, message: str
) -> None:
    grow(tmp_path, {"a.yaml": ROADMAP, "full/x.txt": "x"})
    found = files.Input("what the user wrote", tmp_path / name)
    expected = Diagnostic(rule, Severity.ERROR, message, "what the user wrote")
    assert problem_of(found) == expected


def test_a_file_that_one_may_not_read_is_a_plain_problem() -> None:
    with without_privileges() as directory:
        path = directory / "secret.yaml"
        path.touch()
        path.chmod(0)
        assert problem_of(files.Input("s", path)).message == "You may not read this file."


# ── replacing in one step ────────────────────────────────────────────────────────────────────────


def test_a_new_file_is_written_whole_with_nothing_beside_it(tmp_path: Path) -> None:
    files.write(tmp_path / "a.md", b"new\r\n\0")
    assert snapshot(tmp_path) == {"a.md": b"new\r\n\0"}


def test_a_file_is_replaced_and_not_written_in_place(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"old")
    with path.open("rb") as reader:
        files.write(path, b"new")
        assert reader.read() == b"old"
    assert snapshot(tmp_path) == {"a.md": b"new"}


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o755, 0o400], ids=oct)
def test_a_replaced_file_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a.md"
    path.touch()
    path.chmod(mode)
    files.write(path, b"new")
    assert oct(stat.S_IMODE(path.stat().st_mode)) == oct(mode)


@pytest.mark.parametrize(
    ("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664), (0, 0o666)], ids=oct
)
def test_a_new_file_has_the_permissions_that_the_umask_leaves(
    tmp_path: Path, mask: int, mode: int
) -> None:
    before = os.umask(mask)
    try:
        files.write(tmp_path / "a.md", b"new")
    finally:
        after = os.umask(before)
    assert oct(stat.S_IMODE((tmp_path / "a.md").stat().st_mode)) == oct(mode)
    assert oct(after) == oct(mask)


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    grow(tmp_path, {"real/a.md": "old"})
    link = tmp_path / "link.md"
    link.symlink_to("real/a.md")
    files.write(link, b"new")
    assert link.readlink() == Path("real/a.md")
    assert snapshot(tmp_path / "real") == {"a.md": b"new"}


def test_a_link_that_leads_nowhere_yet_leads_to_the_new_file(tmp_path: Path) -> None:
    link = tmp_path / "link.md"
    link.symlink_to("a.md")
    files.write(link, b"new")
    assert link.is_symlink()
    assert snapshot(tmp_path) == {"a.md": b"new", "link.md": b"new"}


def test_a_named_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.md"
    os.mkfifo(pipe)
    received: list[bytes] = []
    reader = threading.Thread(target=lambda: received.append(pipe.read_bytes()))
    reader.start()
    files.write(pipe, b"new")
    reader.join()
    assert received == [b"new"]
    assert [path.is_fifo() for path in tmp_path.iterdir()] == [True]


def test_a_device_is_written_to_and_stays_a_device() -> None:
    files.write(Path("/dev/null"), b"new")
    assert Path("/dev/null").is_char_device()


@pytest.mark.skipif(not Path("/dev/fd").is_dir(), reason="needs /dev/fd")
def test_what_dev_stdout_stands_for_is_written_to_directly() -> None:
    reader, writer = os.pipe()
    try:
        files.write(Path(f"/dev/fd/{writer}"), b"new")
        assert os.read(reader, 9) == b"new"
    finally:
        os.close(reader)
        os.close(writer)


class Killed(BaseException):
    """Like KeyboardInterrupt: what ``except Exception`` does not catch."""


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), Killed()], ids=repr)
@pytest.mark.parametrize("call", ["fsync", "chmod", "replace"])
@pytest.mark.parametrize("old", [{"a.md": b"old"}, {}], ids=["an old file", "no old file"])
def test_whatever_fails_the_old_file_stays_whole_and_nothing_is_left(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    call: str,
    old: dict[str, bytes],
) -> None:
    def fail(*_: object) -> None:
        raise error

    grow(tmp_path, old)
    monkeypatch.setattr(os, call, fail)
    with pytest.raises(type(error)):
        files.write(tmp_path / "a.md", b"new")
    assert snapshot(tmp_path) == old


@pytest.mark.parametrize(
    ("name", "error"),
    [
        pytest.param("none/a.md", FileNotFoundError, id="no such directory"),
        pytest.param("a.md/b.md", NotADirectoryError, id="a file as a directory"),
        pytest.param("full", IsADirectoryError, id="a directory as a file"),
        pytest.param("x" * 300, OSError, id="too long a name"),
        pytest.param("loop", OSError, id="a link to itself"),
    ],
)
def test_a_place_where_nothing_can_be_written_is_an_error_and_stays_as_it_was(
    tmp_path: Path, name: str, error: type[OSError]
) -> None:
    grow(tmp_path, {"a.md": "old", "full/x.txt": "x"})
    (tmp_path / "loop").symlink_to("loop")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(error):
        files.write(tmp_path / name, b"new")
    assert sorted(tmp_path.rglob("*")) == before
    assert (tmp_path / "a.md").read_bytes() == b"old"


def test_in_a_directory_that_may_not_be_written_the_old_file_stays() -> None:
    with without_privileges() as directory:
        closed = directory / "closed"
        closed.mkdir()
        grow(closed, {"a.md": "old"})
        closed.chmod(0o500)
        with pytest.raises(PermissionError):
            files.write(closed / "a.md", b"new")
        closed.chmod(0o700)
        assert snapshot(closed) == {"a.md": b"old"}


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is read cannot be replaced there")
def test_readers_never_see_a_torn_file_while_writers_replace_it(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    versions = [bytes([letter]) * 300_000 for letter in b"abcd"]
    path.write_bytes(versions[0])
    seen: set[bytes] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.add(path.read_bytes())

    def write() -> None:
        for _ in range(5):
            for version in versions:
                files.write(path, version)

    readers = [threading.Thread(target=read) for _ in range(2)]
    writers = [threading.Thread(target=write) for _ in range(2)]
    for thread in (*readers, *writers):
        thread.start()
    for thread in writers:
        thread.join()
    done.set()
    for thread in readers:
        thread.join()
    assert seen
    assert seen <= set(versions)
    assert list(snapshot(tmp_path)) == ["a.md"]
