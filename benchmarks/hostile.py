"""Lets the command read files that were made to hurt it, and prints the time and memory of each.

    .venv/bin/python -m benchmarks.hostile [--seconds 2] [--megabytes 300]

Each is a whole process of `coproadmap validate`. What takes more than it may is marked, and then
the exit code is 1. This is no test: on a busy machine it says nothing.
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.processes import measured

NAME = b"community:\n  name: Bees\n"
COPROADMAP = [str(Path(sys.executable).parent / "coproadmap"), "validate", "it.yaml"]
LIMIT = 1_000_000

Parts = Iterator[bytes]


def wide_bomb() -> Parts:
    yield b"a: &a [x,x,x,x,x,x,x,x,x,x]\n"
    for before, name in zip("abcdefghi", "bcdefghij", strict=True):
        yield f"{name}: &{name} [{','.join([f'*{before}'] * 10)}]\n".encode()


def deep_bomb() -> Parts:
    yield b"a0: &a0 [x]\n"
    for number in range(1, 20_000):
        yield b"a%d: &a%d [*a%d]\n" % (number, number, number - 1)


def merge_bomb() -> Parts:
    yield b"a0: &a0 {k: v}\n"
    for number in range(1, 30):
        yield b"a%d: &a%d {<<: [*a%d, *a%d]}\n" % (number, number, number - 1, number - 1)


def long_aliases() -> Parts:
    yield NAME + b"ambitions:\n  short_term: &a " + b"x" * 400_000 + b"\nsections:\n"
    yield b"  vision:\n    resources: [" + b"*a, " * 40_000 + b"]\n"


def languages(number: int, actions: int) -> Callable[[], Parts]:
    def make() -> Parts:
        yield NAME + b"sections:\n  vision:\n    answer:\n"
        for index in range(number):
            yield b"      en-X%d: hello\n" % index
        yield b"    timeline:\n      month_1:\n" + b"        - Meet\n" * actions

    return make


def repeated(start: bytes, part: bytes, times: int, end: bytes = b"") -> Callable[[], Parts]:
    """Return a maker of one part many times, written in blocks of some size."""

    def make() -> Parts:
        at_once = max(1, 1_000_000 // len(part))
        yield start
        for _ in range(times // at_once):
            yield part * at_once
        yield part * (times % at_once) + end

    return make


def indented() -> Parts:
    """Nest as many levels in block form as 1 MB holds: a million would make 500 GB of indents."""
    yield b"".join(b" " * level + b"a:\n" for level in range(1_400))


def keys(number: int) -> Callable[[], Parts]:
    def make() -> Parts:
        for index in range(number):
            yield b"k%d: x\n" % index

    return make


def every_control_character() -> Parts:
    yield NAME + b"ambitions:\n"
    for code in (*range(0x20), *range(0x7F, 0xA0), 0x200B, 0x202E, 0x2066, 0xFEFF, 0xFFFE):
        yield f'  k{code}: "\\u{code:04x}"\n'.encode()


def to_the_limit(start: bytes, part: bytes, end: bytes = b"") -> Callable[[], Parts]:
    """Return a maker of the largest file that is read at all."""
    return repeated(start, part, (LIMIT - len(start) - len(end)) // len(part), end)


FILES: dict[str, Callable[[], Parts]] = {
    "40,000 actions, two languages": languages(1, 40_000),
    "60 languages, 1,500 actions": languages(59, 1_500),
    "2,000 languages, 40,000 actions": languages(2_000, 40_000),
    "the name alone": repeated(NAME, b" ", 0),
    "alias bomb, wide": wide_bomb,
    "alias bomb, deep": deep_bomb,
    "alias bomb, merge keys": merge_bomb,
    "40,000 aliases of 400 kB": long_aliases,
    "an anchor inside itself": repeated(NAME + b"sections: &a\n  vision: *a\n", b" ", 0),
    "a million levels of [": repeated(b"a: ", b"[", 1_000_000),
    "a million levels of [, closed": repeated(b"a: ", b"[", 1_000_000, b"]" * 1_000_000),
    "a million levels of {": repeated(b"", b"{a: ", 1_000_000),
    "a million levels of -": repeated(b"", b"- ", 1_000_000),
    "a million levels of ?": repeated(b"", b"? ", 1_000_000),
    "as many levels of indents as 1 MB holds": indented,
    "as many [ as are read": to_the_limit(b"a: ", b"["),
    "as many - as are read": to_the_limit(b"", b"- "),
    "as many {a: as are read": to_the_limit(b"", b"{a: "),
    "one text of 100 MB": repeated(NAME + b"  summary: ", b"x", 100_000_000),
    "one text of 1 MB": to_the_limit(NAME + b"  summary: ", b"x"),
    "one text in quotes of 1 MB": to_the_limit(NAME + b'  summary: "', b"\\x41", b'"\n'),
    "one number of 1 MB": to_the_limit(NAME + b"  start: ", b"1"),
    "10 million keys": keys(10_000_000),
    "100,000 keys": keys(100_000),
    "one line 20,000 times, broken": to_the_limit(b"", b"a: @x\n"),
    "quotes that never close": to_the_limit(NAME, b'"a: x\n'),
    "100,000 anchors": to_the_limit(NAME, b"&abcd "),
    "100,000 tags": to_the_limit(NAME + b"x:\n", b"- !!a\n"),
    "100,000 documents": to_the_limit(NAME, b"--- a\n"),
    "100,000 directives": to_the_limit(b"", b"%a b\n", NAME),
    "100,000 comments": to_the_limit(NAME, b"# a\n"),
    "250,000 colons": to_the_limit(NAME + b"a", b": a"),
    "every control character, as codes": every_control_character,
    "bidirectional overrides": to_the_limit(NAME + b"  summary: ", "\u202e".encode()),
    "invalid UTF-8": to_the_limit(NAME + b"  summary: ", b"\xff"),
    "half characters, as bytes": to_the_limit(NAME + b"  summary: ", b"\xed\xa0\x80"),
    "half characters, as codes": to_the_limit(NAME + b'  summary: "', b"\\ud800", b'"\n'),
    "NUL without end": repeated(b"", b"\0", 100_000_000),
    "addresses without spaces": to_the_limit(
        NAME + b"sections:\n  vision:\n    answer: ", b"http://a"
    ),
    "emphasis without end": to_the_limit(NAME + b"sections:\n  vision:\n    answer: a", b"*a_"),
    "brackets without end": to_the_limit(NAME + b"sections:\n  vision:\n    answer: a", b"[a]("),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--megabytes", type=float, default=300)
    options = parser.parse_args()
    worst = 0
    print("| file | size | seconds | memory | exit code |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        for title, make in FILES.items():
            path = directory / "it.yaml"
            with path.open("wb") as file:
                file.writelines(make())
            took = measured(COPROADMAP, directory)
            memory = took.memory / 1_000_000
            is_slow = took.seconds > options.seconds
            is_bad = is_slow or memory > options.megabytes or took.exit_code not in (0, 1)
            worst |= is_bad
            size = path.stat().st_size
            mark = " **too much**" if is_bad else ""
            print(
                f"| {title}{mark} | {size:,} | {took.seconds:.2f} | {memory:.0f} MB "
                f"| {took.exit_code} |",
                flush=True,
            )
    return worst


if __name__ == "__main__":
    sys.exit(main())
