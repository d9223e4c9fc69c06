"""The report as one JSON object, for programs."""

from typing import Any

from cop_roadmap.completeness import Completeness, Share
from cop_roadmap.diagnostics import Diagnostic, Severity
from cop_roadmap.report import Report, count
from cop_roadmap.reporters.plain_json import dumps
from cop_roadmap.version import __version__


def write(report: Report) -> str:
    """Write everything that was found as JSON, gaps too.

    Lines and columns (in characters) count from 1; ends are exclusive. What has no place in its
    file has null instead.
    """
    content = {
        "version": 1,
        "tool": {"name": "coproadmap", "version": __version__},
        "diagnostics": [_diagnostic(found) for found in report.diagnostics],
        "summary": _summary(report),
    }
    return dumps(content)


def _diagnostic(found: Diagnostic) -> dict[str, Any]:
    place = found.place
    return {
        "rule": found.rule,
        "severity": found.severity.value,
        "message": found.message,
        "file": found.file,
        "line": place and place.line,
        "column": place and place.column,
        "end_line": place and place.end_line,
        "end_column": place and place.end_column,
        "path": found.path,
        "hint": found.hint,
    }


def _summary(report: Report) -> dict[str, Any]:
    return {
        "passes": report.passes,
        "files": len(report.files),
        "errors": count(report.diagnostics, Severity.ERROR),
        "warnings": count(report.diagnostics, Severity.WARNING),
        "infos": count(report.diagnostics, Severity.INFO),
        "completeness": _completeness(report.completeness),
        "by_file": [
            {"file": file.name, "completeness": _completeness(file.completeness)}
            for file in report.files
        ],
    }


def _completeness(measured: Completeness | None) -> dict[str, Any] | None:
    if measured is None:
        return None
    return {
        **_share(measured.total),
        "facets": {key: _share(share) for key, share in measured.facets.items()},
        "ambitions": _share(measured.ambitions),
        "creation": _share(measured.creation),
    }


def _share(share: Share) -> dict[str, int]:
    return {"percent": share.percent, "filled": share.filled, "total": share.total}
