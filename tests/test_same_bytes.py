"""The same input makes the same bytes: whenever, wherever and by however many processes."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.roadmaps import EXAMPLES
from tests.test_cli import Result, finish, start
from tests.test_files import snapshot

FILES = ("open-data-stewards.yaml", "soins-de-la-douleur.yaml")
ONE = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "LANG": "C",
    "PYTHONHASHSEED": "1",
    "HOME": "/nonexistent",
    "COLUMNS": "40",
}
OTHER = {
    "TZ": "America/Adak",
    "LC_ALL": "de_DE.UTF-8",
    "LANG": "tr_TR.UTF-8",
    "PYTHONHASHSEED": "2",
    "HOME": "/",
    "COLUMNS": "200",
}
COMMANDS = [
    "render plans -o out --to md,html,pdf,ics --as-of 2026-12-01 --gantt --attach-source",
    "render plans -o out --to md,html,pdf --view summary --as-of 2026-12-01",
    "render plans -o out --to md,html --view period",
    "canvas plans/open-data-stewards.yaml -o out/canvas.pdf",
    "validate plans --format json -o out/report.json",
    "validate plans --format sarif -o out/report.sarif",
    "validate plans --format junit -o out/report.xml",
    "status plans --as-of 2026-12-01 --format json",
    "schema",
    "init out/blank.yaml --language el",
    "next plans/open-data-stewards.yaml -o out/next.yaml",
]


def made_by(command: str, directory: Path, variables: Mapping[str, str], code: str = "") -> object:
    """Run a command in a directory of its own, and return all that it says and makes."""
    plans = directory / "plans"
    plans.mkdir(parents=True)
    (directory / "out").mkdir()
    for name in FILES:
        shutil.copy(EXAMPLES / name, plans / name)
    result = finish(start(*command.split(), cwd=directory, variables=variables, code=code))
    assert result.code == 0, result.err
    # How long a line may be is the terminal's affair.
    said = Result(result.code, " ".join(result.out.split()), " ".join(result.err.split()))
    return said, snapshot(directory)


@pytest.mark.slow
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.split(" -o")[0])
def test_bytes_depend_on_the_input_alone(command: str, tmp_path: Path) -> None:
    one = made_by(command, tmp_path / "one", ONE)
    again = made_by(command, tmp_path / "again", ONE)
    other = made_by(command, tmp_path / "an other place, deeper" / "below", OTHER)
    assert one == again == other


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="only Linux chooses processors")
def test_one_processor_says_what_many_say(tmp_path: Path) -> None:
    for number in range(200):
        name = "name" if number % 3 else "nam"
        (tmp_path / f"{number:03}.yaml").write_text(
            f"community:\n  {name}: Bees {number}\n  summary: 🐝\n"
        )
    serial = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})"
    parallel = (
        "import os; from cop_roadmap import parallel; parallel._processors = lambda: 4; "
        "assert len(os.sched_getaffinity(0))"
    )
    for reports in ("text", "json", "junit"):
        arguments = ("validate", ".", "--format", reports)
        alone, together = (
            finish(start(*arguments, cwd=tmp_path, code=code)) for code in (serial, parallel)
        )
        assert alone == together
        assert alone.code == 1
