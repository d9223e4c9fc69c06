"""Names and places that a stranger chose: links, odd names, a full disk, a kill in the middle."""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from cop_roadmap import files
from tests.roadmaps import EXAMPLES
from tests.test_cli import Result, finish, names_in, run, start
from tests.test_files import grow, snapshot
from tests.test_reporters_text import obeyed_in

GOOD = "community:\n  name: Bees\n"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="other systems have other places")


# ── links ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("command", ["validate", "render"])
def test_a_link_out_of_the_directory_is_not_followed(tmp_path: Path, command: str) -> None:
    """What lies elsewhere could be anything, and findings quote what they are about."""
    grow(tmp_path, {"secret/roadmap.yaml": "community:\n  nam: SECRET\n"})
    (tmp_path / "here").mkdir()
    (tmp_path / "here/it.yaml").symlink_to("../secret/roadmap.yaml")
    result = run(command, "here", cwd=tmp_path)
    said = result.out or result.err
    assert result.code == 2
    assert said.startswith(
        "here/it.yaml: error: "
        "This is a link to a file outside the directory that is looked through.\n"
        "      = If you mean that file, name it.\n"
        "        [cannot-read]\n"
    )
    assert "SECRET" not in result.out + result.err
    assert names_in(tmp_path / "here") == ["it.yaml"]


def test_a_link_that_is_named_is_followed(tmp_path: Path) -> None:
    grow(tmp_path, {"there/roadmap.yaml": GOOD})
    (tmp_path / "here").mkdir()
    (tmp_path / "here/it.yaml").symlink_to("../there/roadmap.yaml")
    result = run("render", "here/it.yaml", "--to", "md", cwd=tmp_path)
    assert result == Result(0, err="Wrote here/it.md\n")


@pytest.mark.parametrize(
    ("link", "options"),
    [
        pytest.param("it.md", [], id="beside the roadmap"),
        pytest.param("out/it.md", ["-o", "out"], id="in the directory of the output"),
        pytest.param("out/below/it.md", ["-o", "out", "."], id="below the directory of the output"),
        pytest.param("out/below", ["-o", "out", "."], id="a directory below that of the output"),
    ],
)
def test_no_document_is_written_through_a_link_out(
    tmp_path: Path, link: str, options: list[str]
) -> None:
    below = "below/" if "below" in link else ""
    grow(tmp_path, {f"work/{below}it.yaml": GOOD, "precious/it.md": "precious"})
    place = tmp_path / "work" / link
    place.parent.mkdir(parents=True, exist_ok=True)
    target = tmp_path / ("precious" if link == "out/below" else "precious/it.md")
    place.symlink_to(target)
    document = f"{link}/it.md" if link == "out/below" else link
    before = names_in(tmp_path)
    names = [] if "." in options else ["it.yaml"]
    result = run("render", *names, *options, "--to", "md", cwd=tmp_path / "work")
    assert result == Result(
        2,
        err=f"{document} would be written through a link, to {tmp_path}/precious/it.md. "
        "Remove the link, or name the document with -o.\n",
    )
    assert names_in(tmp_path) == before
    assert (tmp_path / "precious/it.md").read_text() == "precious"


def test_a_link_that_is_named_is_written_through(tmp_path: Path) -> None:
    grow(tmp_path, {"it.yaml": GOOD, "there/old.md": "old"})
    (tmp_path / "link.md").symlink_to("there/old.md")
    assert run("render", "it.yaml", "-o", "link.md", cwd=tmp_path).code == 0
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "there/old.md").read_text().startswith("# Bees")


def test_the_schema_of_init_is_not_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "roadmap.schema.json").symlink_to("elsewhere")
    result = run("init", cwd=tmp_path)
    assert result == Result(0, err="Wrote roadmap.yaml\n")
    assert names_in(tmp_path) == ["roadmap.schema.json", "roadmap.yaml"]


# ── names ────────────────────────────────────────────────────────────────────────────────────────

NAMES = [
    "../../x",
    "/etc/x",
    "C:\\x",
    "CON",
    "nul.md",
    "a/b",
    "..",
    "-rf",
    "a\\b",
    "x" * 300,
    "é" * 300,
    "🐝" * 100,
    "$(touch owned)",
    "`touch owned`; touch owned",
    "%2e%2e%2f",
    "aux ",
    "trailing.",
    "'\"",
]


@pytest.mark.parametrize("name", NAMES)
def test_no_name_in_a_roadmap_chooses_a_path(tmp_path: Path, name: str) -> None:
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    work = tmp_path / "work"
    grow(
        work,
        {
            "it.yaml": f'community:\n  name: "{quoted}"\n  start: 2026-09\n'
            "sections:\n  vision:\n    timeline:\n"
            f'      month_1: {{action: Meet, responsible: "{quoted}"}}\n'
        },
    )
    full = run("render", "it.yaml", "--to", "md,html,ics", cwd=work)
    person = run(
        "render",
        "it.yaml",
        "--view",
        "person",
        f"--responsible={name}",
        "--to",
        "md",
        "-o",
        "out",
        cwd=work,
    )
    assert (full.code, person.code) == (0, 0)
    assert names_in(tmp_path)[:4] == ["work", "work/it.html", "work/it.ics", "work/it.md"]
    (page,) = names_in(work / "out")
    assert page.startswith("it-person")
    assert len(page.encode()) <= 110
    assert page.isprintable()
    assert not set(page) & set('/\\:*?"<>|\n')
    assert Path(page).stem.rstrip(". ") == Path(page).stem


@pytest.mark.parametrize(
    "name",
    [
        "a\nb.yaml",
        "a\x1b[31mb.yaml",
        "-o.yaml",
        "a\u202eb.yaml",
        "a b.yaml",
        "::error::x.yaml",
        "%0A::error.yaml",
        "[red]x[bold].yaml",
        "{{ 7*7 }}.yaml",
        "CON.yaml",
        "é" * 120 + ".yaml",
        os.fsdecode(b"\xff\xfe.yaml"),
    ],
)
@pytest.mark.parametrize("reports", ["text", "github", "json", "sarif", "junit", "gitlab"])
def test_any_name_of_a_file_serves_and_is_never_obeyed(
    tmp_path: Path, name: str, reports: str
) -> None:
    (tmp_path / name).write_text("community:\n  nam: Bees\n")
    checked = run("validate", f"./{name}", "--format", reports, cwd=tmp_path)
    assert (checked.code, checked.err) == (1, "")
    assert not obeyed_in(checked.out) - {"\n"}
    if reports == "github":
        assert [line[:8] for line in checked.out.splitlines()[:1]] == ["::error "]
        assert sum(line.startswith("::") for line in checked.out.splitlines()) == 1
    (tmp_path / name).write_text(GOOD)
    made = run("render", f"./{name}", "--to", "md", cwd=tmp_path)
    assert made.code == 0
    assert not obeyed_in(made.err) - {"\n"}
    assert len(made.err.splitlines()) == 1
    assert sorted(os.listdir(tmp_path)) == sorted([name, name.removesuffix("yaml") + "md"])  # noqa: PTH208


def test_too_long_a_name_for_a_document_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    name = "x" * 251
    (tmp_path / f"{name}.yml").write_text(GOOD)
    result = run("render", f"{name}.yml", "--to", "html", cwd=tmp_path)
    assert result.code == 3
    assert result.err.endswith("File name too long.\n")
    assert names_in(tmp_path) == [f"{name}.yml"]


# ── what is no plain file ────────────────────────────────────────────────────────────────────────


def test_a_pipe_and_a_device_take_a_document_and_stay(tmp_path: Path) -> None:
    (tmp_path / "it.yaml").write_text(GOOD)
    os.mkfifo(tmp_path / "it.md")
    process = start("render", "it.yaml", "--to", "md", cwd=tmp_path)
    assert (tmp_path / "it.md").read_text().startswith("# Bees")
    assert finish(process) == Result(0, err="Wrote it.md\n")
    assert (tmp_path / "it.md").is_fifo()
    (tmp_path / "null.md").symlink_to("/dev/null")
    assert run("render", "it.yaml", "-o", "null.md", cwd=tmp_path).code == 0
    assert Path("/dev/null").is_char_device()


def test_a_device_without_end_is_no_roadmap(tmp_path: Path) -> None:
    (tmp_path / "it.yaml").symlink_to("/dev/zero")
    result = run("validate", "it.yaml", cwd=tmp_path)
    assert (result.code, "larger than 1,000,000 bytes" in result.out) == (1, True)


# ── a full disk ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 512 kB, which only root may; without that a test skips, but fails in CI."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount") or "mount"
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=512k", "none", str(place)],
        capture_output=True,
        check=False,
    )
    if made.returncode:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("needs the right to mount a disk")
    try:
        yield place
    finally:
        subprocess.run([shutil.which("umount") or "umount", str(place)], check=True)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="mounts as Linux does")
@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_on_a_full_disk_the_old_document_stays_and_nothing_is_left(
    small_disk: Path, kind: str
) -> None:
    (small_disk / "it.yaml").write_text(GOOD)
    (small_disk / f"it.{kind}").write_text("old")
    (small_disk / "ballast").write_bytes(bytes(495_000))
    before = snapshot(small_disk)
    free = os.statvfs(small_disk).f_bavail
    result = run("render", "it.yaml", "--to", kind, cwd=small_disk)
    assert result == Result(3, err=f"it.{kind} cannot be written: No space left on device.\n")
    assert snapshot(small_disk) == before
    assert os.statvfs(small_disk).f_bavail == free
    (small_disk / "ballast").unlink()
    if kind == "html":
        assert run("render", "it.yaml", "--to", kind, cwd=small_disk).code == 0


# ── many at once, and kills ──────────────────────────────────────────────────────────────────────

WRITER = """
import sys
from pathlib import Path
from cop_roadmap import files
print("begun", flush=True)
while True:
    for letter in (b"a", b"b"):
        files.write(Path(sys.argv[1]), letter * 2_000_000)
"""


@pytest.mark.slow
def test_of_a_hundred_runs_killed_in_the_middle_of_a_write_nothing_is_left(tmp_path: Path) -> None:
    path = tmp_path / "it.md"
    path.write_bytes(b"a" * 2_000_000)
    whole = {letter * 2_000_000 for letter in (b"a", b"b")}
    chance = random.Random(1)
    seen = set()
    for _ in range(100):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE
        )
        assert process.stdout
        assert process.stdout.readline() == b"begun\n"
        time.sleep(chance.random() * 0.02)
        process.kill()
        process.wait()
        process.stdout.close()
        assert path.read_bytes() in whole
        seen.add(path.read_bytes())
        # A name for the moment of the exchange is all that can be left, and the next run takes it.
        left = [name for name in names_in(tmp_path) if name != "it.md"]
        assert len(left) <= 1
    assert seen == whole
    files.write(path, b"new")
    assert snapshot(tmp_path) == {"it.md": b"new"}


def test_what_a_kill_left_at_the_moment_of_the_exchange_is_taken_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """Ends a process at once, so that nothing is cleared up."""

    def killed(*_: object, **__: object) -> None:
        raise Killed

    path = tmp_path / "it.md"
    path.write_bytes(b"old")
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", killed)
        patch.setattr(Path, "unlink", killed)
        with pytest.raises(Killed):
            files.write(path, b"lost")
    if sys.platform == "linux":
        assert set(snapshot(tmp_path).values()) == {b"lost", b"old"}
    files.write(path, b"new")
    assert snapshot(tmp_path) == {"it.md": b"new"}


@pytest.mark.parametrize(
    "missing",
    [pytest.param("O_TMPFILE", id="another system"), pytest.param("/proc", id="without /proc")],
)
def test_where_no_file_can_be_without_a_name_it_is_replaced_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    if missing == "O_TMPFILE":
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    else:
        monkeypatch.setattr(files, "_OPEN_FILES", "/nowhere")
    (tmp_path / "it.md").write_bytes(b"old")
    files.write(tmp_path / "it.md", b"new")
    assert snapshot(tmp_path) == {"it.md": b"new"}


@pytest.mark.slow
def test_ten_runs_at_once_leave_one_whole_document(tmp_path: Path) -> None:
    (tmp_path / "it.yaml").write_bytes((EXAMPLES / "open-data-stewards.yaml").read_bytes())
    options = ("render", "it.yaml", "--to", "md,html,pdf,ics")
    assert run(*options, cwd=tmp_path).code == 0
    alone = snapshot(tmp_path)
    processes = [start(*options, cwd=tmp_path) for _ in range(10)]
    assert {finish(process).code for process in processes} == {0}
    assert snapshot(tmp_path) == alone
