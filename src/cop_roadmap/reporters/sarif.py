"""The report as SARIF 2.1.0, for code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

from cop_roadmap import manual, rules
from cop_roadmap.diagnostics import Diagnostic, Place, Severity
from cop_roadmap.report import Report
from cop_roadmap.reporters.locations import place_of, relative, with_fingerprints
from cop_roadmap.reporters.plain_json import dumps
from cop_roadmap.reporters.text import sentence
from cop_roadmap.rules import Rule
from cop_roadmap.version import __version__

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_NAMES = tuple(rules.RULES)


def write(report: Report) -> str:
    """Write a report as SARIF, with all rules and their help."""
    log = {
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
        "sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [_run(report)],
    }
    return dumps(log)


def _run(report: Report) -> dict[str, Any]:
    driver = {
        "name": "coproadmap",
        "semanticVersion": __version__,
        "rules": [_rule(rule) for rule in rules.RULES.values()],
    }
    results = [
        _result(found, fingerprint, report.root)
        for found, fingerprint in with_fingerprints(report.shown, report.root)
    ]
    return {
        "tool": {"driver": driver},
        # A file that cannot be read is a finding: code scanning refuses reports of failed runs.
        "invocations": [{"executionSuccessful": True}],
        # Columns count characters, not bytes or halves of characters.
        "columnKind": "unicodeCodePoints",
        "results": results,
    }


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.explanation},
        "help": {"text": manual.as_text(rule), "markdown": manual.as_markdown(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(found: Diagnostic, fingerprint: str, root: Path) -> dict[str, Any]:
    physical = {
        "artifactLocation": {"uri": _uri(relative(found.file, root))},
        "region": _region(place_of(found)),
    }
    location: dict[str, Any] = {"physicalLocation": physical}
    if found.path:
        location["logicalLocations"] = [{"fullyQualifiedName": found.path}]
    return {
        "ruleId": found.rule,
        "ruleIndex": _NAMES.index(found.rule),
        "level": _LEVELS[found.severity],
        # Brackets would begin a link.
        "message": {"text": re.sub(r"([\\\[\]])", r"\\\1", sentence(found))},
        "locations": [location],
        "partialFingerprints": {"coproadmapFinding/v1": fingerprint},
    }


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _uri(path: str) -> str:
    scheme = "file://" if path.startswith("/") else ""
    return scheme + quote(path, errors="surrogateescape")
