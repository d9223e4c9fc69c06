"""Where findings are, for machines: paths from a root, and fingerprints that outlive changes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cop_roadmap.diagnostics import Diagnostic, Place
from cop_roadmap.report import Gates
from cop_roadmap.reporters.locations import place_of, relative, with_fingerprints
from tests.reports import LOST_NAME, ROOT, finding, look_at

HERE = Path.cwd()
GATES = Gates(select=frozenset(["no-responsible", "due-outside-period"]))

TEXT = """\
community:
  name: Data stewards
  start: 2026-09
sections:
  vision:
    timeline:
      month_1:
        - {action: Draft it, due: 2026-10-01}
        - {action: Adopt it, due: 2026-11-01}
        - {action: Adopt it again, due: 2026-11-01}
  results:
    timeline:
      month_1: Count
"""


def fingerprints(text: str, name: str = "a.yaml", root: Path = HERE) -> list[tuple[str, str, str]]:
    """Return rule, message and fingerprint of each problem in a text."""
    found = look_at(name, text, GATES).diagnostics
    return [(each.rule, each.message, mark) for each, mark in with_fingerprints(found, root)]


def marks(*found: Diagnostic, root: Path = HERE) -> list[str]:
    return [mark for _, mark in with_fingerprints(found, root)]


# ── places and paths ─────────────────────────────────────────────────────────────────────────────


def test_what_is_about_a_file_as_a_whole_stands_at_its_beginning() -> None:
    assert place_of(finding()) == Place(1, 1, 1, 1)
    assert place_of(finding(place=Place(2, 3, 4, 5))) == Place(2, 3, 4, 5)


@pytest.mark.parametrize(
    ("file", "shown"),
    [
        pytest.param("/root/here/a.yaml", "here/a.yaml", id="absolute"),
        pytest.param("a.yaml", "here/a.yaml", id="from the directory of the run"),
        pytest.param("./b/../a.yaml", "here/a.yaml", id="by a detour"),
        pytest.param("../a.yaml", "a.yaml", id="upwards"),
        pytest.param("../../a.yaml", "/a.yaml", id="out of the root"),
        pytest.param("/rootless/a.yaml", "/rootless/a.yaml", id="a name that begins alike"),
        pytest.param("<stdin>", "<stdin>", id="standard input"),
        pytest.param("..a.yaml", "here/..a.yaml", id="dots in a name"),
    ],
)
def test_a_path_counts_from_the_root(
    file: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "getcwd", lambda: "/root/here")
    assert relative(file, Path("/root")) == shown


def test_a_link_is_named_as_the_user_names_it(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").touch()
    (tmp_path / "b.yaml").symlink_to("a.yaml")
    assert relative(str(tmp_path / "b.yaml"), tmp_path) == "b.yaml"


# ── fingerprints stay ────────────────────────────────────────────────────────────────────────────


def test_the_text_has_something_to_find() -> None:
    assert [(rule, message) for rule, message, _ in fingerprints(TEXT)] == [
        ("no-responsible", "`vision` plans 3 actions, and nobody is responsible."),
        ("due-outside-period", "2026-10-01 is not in `month_1`, which is 2026-09."),
        ("due-outside-period", "2026-11-01 is not in `month_1`, which is 2026-09."),
        ("due-outside-period", "2026-11-01 is not in `month_1`, which is 2026-09."),
        ("no-responsible", "`results` plans one action, and nobody is responsible."),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("community:", "# a remark\n\n\ncommunity:", id="lines move"),
        pytest.param("  vision:", "  vision:\n    answer: Data", id="a key is added before"),
        pytest.param(
            "month_1:\n", "month_1:\n        - {action: Look around}\n", id="an item is inserted"
        ),
        pytest.param("- {action: Draft it, ", "-   {action:  Write it,   ", id="columns move"),
        pytest.param(
            "month_1: Count",
            "month_1: {action: Count, due: 2026-10-01}",
            id="another finding is added",
        ),
        pytest.param("2026-10-01}", "2026-10-01}  # a remark", id="a remark behind it"),
        pytest.param("\n", "\r\n", id="other ends of lines"),
    ],
)
def test_a_fingerprint_stays(old: str, new: str) -> None:
    changed = TEXT.replace(old, new)
    assert changed != TEXT
    before = {mark for _, _, mark in fingerprints(TEXT)}
    assert before <= {mark for _, _, mark in fingerprints(changed)}


def test_a_finding_that_goes_takes_its_fingerprint_along() -> None:
    before, after = fingerprints(TEXT), fingerprints(TEXT.replace("2026-10-01", "2026-09-30"))
    assert after == [each for each in before if "2026-10-01" not in each[1]]


def test_a_message_may_be_worded_anew() -> None:
    assert marks(finding(message="One.", hint="Do it.")) == marks(finding(message="Two."))


# ── fingerprints differ ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(finding("bad-date", path="a", place=Place(1, 1, 1, 2), excerpt="ab")),
        pytest.param(finding(file="b.yaml", path="a", place=Place(1, 1, 1, 2), excerpt="ab")),
        pytest.param(finding(path="b", place=Place(1, 1, 1, 2), excerpt="ab")),
        pytest.param(finding(path="a", place=Place(1, 2, 1, 3), excerpt="ab")),
        pytest.param(finding(path="a")),
    ],
)
def test_another_finding_has_another_fingerprint(other: Diagnostic) -> None:
    one = finding(path="a", place=Place(1, 1, 1, 2), excerpt="ab")
    assert marks(one) != marks(other)


def test_equal_findings_are_told_apart() -> None:
    first, second = marks(finding(), finding())
    assert first != second
    assert [first] == marks(finding())


def test_all_fingerprints_of_a_text_differ() -> None:
    found = [mark for _, _, mark in fingerprints(TEXT)]
    assert len(set(found)) == len(found)


# ── fingerprints are the same everywhere ─────────────────────────────────────────────────────────


def test_a_fingerprint_depends_on_the_path_from_the_root_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for machine in ("one", "two"):
        (tmp_path / machine / "plans").mkdir(parents=True)
    found = set()
    for machine, directory, name in (
        ("one", ".", "plans/a.yaml"),
        ("one", "plans", "a.yaml"),
        ("one", "plans", "./../plans/a.yaml"),
        ("two", ".", str(tmp_path / "two" / "plans" / "a.yaml")),
    ):
        root = tmp_path / machine
        monkeypatch.chdir(root / directory)
        found.add(tuple(fingerprints(TEXT, name, root)))
    assert len(found) == 1


def test_a_fingerprint_does_not_depend_on_the_seed_of_hashes() -> None:
    script = (
        "from tests.test_reporters_locations import TEXT, fingerprints; print(fingerprints(TEXT))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert printed == {f"{fingerprints(TEXT)}\n"}


def test_fingerprints_are_those_of_the_version_that_their_name_tells() -> None:
    # Once they change, all findings that were dismissed come back: count `v1` up in SARIF then.
    found = finding(path="a[1].b[23]", place=Place(1, 3, 1, 5), excerpt="  ab")
    assert marks(found) == ["cb7e6a63b5388450e5afc836a051a49bbbfb6dc46b38ddf3350a608cd7b54734"]


def test_a_file_name_of_bytes_that_are_no_text() -> None:
    assert len(marks(finding(file=LOST_NAME))) == 1
