"""The report as GitLab's code quality: https://docs.gitlab.com/ci/testing/code_quality/."""

from typing import Any

from cop_roadmap.diagnostics import Diagnostic, Severity
from cop_roadmap.report import Report
from cop_roadmap.reporters.locations import last_line, place_of, relative, with_fingerprints
from cop_roadmap.reporters.plain_json import dumps
from cop_roadmap.reporters.text import sentence

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def write(report: Report) -> str:
    """Write a report as a list of GitLab's issues."""
    issues = [
        _issue(found, relative(found.file, report.root), fingerprint)
        for found, fingerprint in with_fingerprints(report.shown, report.root)
    ]
    return dumps(issues)


def _issue(found: Diagnostic, path: str, fingerprint: str) -> dict[str, Any]:
    place = place_of(found)
    return {
        "description": sentence(found),
        "check_name": found.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[found.severity],
        "location": {"path": path, "lines": {"begin": place.line, "end": last_line(place)}},
    }
