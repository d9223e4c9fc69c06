"""Reports as text, for people and for machines. A reporter returns text and writes nothing."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, assert_never

if TYPE_CHECKING:
    from cop_roadmap.report import Checked, Gates, Report


class ReportFormat(StrEnum):
    """The formats of a report."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    GITLAB = "gitlab"
    SARIF = "sarif"
    JUNIT = "junit"

    @property
    def is_for_people(self) -> bool:
        """Whether the report is read as it comes, file by file, with closing lines at its end."""
        return self in (ReportFormat.TEXT, ReportFormat.GITHUB)


def write(report: "Report", wanted: ReportFormat) -> str:
    """Write a whole report in one of the formats."""
    parts = [
        begin(file, wanted, report.gates, report.root)
        for file in report.files
        if wanted.is_for_people
    ]
    return "".join(parts) + finish(report, wanted)


def begin(
    file: "Checked", wanted: ReportFormat, gates: "Gates", root: Path, stream: TextIO | None = None
) -> str:
    """Write what a report for people says of one file, for a stream or, without one, for a file."""
    shown = filter(gates.shows, file.diagnostics)
    # Imported late: a run writes in one format, or two.
    if wanted is ReportFormat.GITHUB:
        from cop_roadmap.reporters import github

        return github.annotations(shown, root)
    from cop_roadmap.reporters import text

    return text.as_text(shown, stream)


def finish(report: "Report", wanted: ReportFormat) -> str:
    """Write the end of a report for people, or the whole of one for machines."""
    match wanted:
        case ReportFormat.TEXT | ReportFormat.GITHUB:
            from cop_roadmap.reporters import text

            return text.closing(report)
        case ReportFormat.JSON:
            from cop_roadmap.reporters import json

            return json.write(report)
        case ReportFormat.GITLAB:
            from cop_roadmap.reporters import gitlab

            return gitlab.write(report)
        case ReportFormat.SARIF:
            from cop_roadmap.reporters import sarif

            return sarif.write(report)
        case ReportFormat.JUNIT:
            from cop_roadmap.reporters import junit

            return junit.write(report)
        case _:
            assert_never(wanted)
