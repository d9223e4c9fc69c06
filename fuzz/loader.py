"""Lets atheris look for bytes that break the loader, guided by coverage, for as long as it may run.

    .venv/bin/pip install atheris
    mkdir -p fuzz/corpus && cp examples/*.yaml fuzz/corpus
    .venv/bin/python fuzz/loader.py -max_total_time=600 -timeout=2 -rss_limit_mb=600 fuzz/corpus

What breaks it is written to a file ``crash-…``, ``timeout-…`` or ``oom-…``; give that file instead
of the corpus to see it again. No file may raise, take two seconds, or end without either a roadmap
or an error; what is said of it must be text that a terminal shows.
"""

import sys

import atheris

with atheris.instrument_imports(include=["cop_roadmap", "yaml"]):
    from cop_roadmap import loading, own_words
    from cop_roadmap.diagnostics import Diagnostic
    from cop_roadmap.printing import printable


def try_one(content: bytes) -> None:
    """Read a file as whatever it could be: a roadmap, a theme, words."""
    examined = loading.examine(content, "it.yaml")
    for found in (*examined.diagnostics, *examined.gaps):
        check(found)
    has_errors = any(found.is_error for found in examined.diagnostics)
    if (examined.roadmap is None) != has_errors:
        raise AssertionError("There is neither a roadmap nor an error, or there are both.")
    for tag in examined.languages[:3]:
        examined.in_language(tag)
    for found in loading.examine_theme(content, "theme.yaml").diagnostics:
        check(found)
    for found in own_words.read(content, "words.yaml")[1]:
        check(found)


def check(found: Diagnostic) -> None:
    """See that a finding can be shown, and lies in the file."""
    for text in (found.message, found.hint or "", found.path):
        if not printable(text).isprintable():
            raise AssertionError(f"This cannot be printed: {text!r}")
    if found.place and (found.place.line, found.place.column) < (1, 1):
        raise AssertionError(f"This lies nowhere: {found}")


if __name__ == "__main__":
    atheris.Setup(sys.argv, try_one)
    atheris.Fuzz()
