"""Where the report of a run goes, and in which format: the terminal, a file, a step's summary."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cop_roadmap import files, reporters
from cop_roadmap.diagnostics import Misuse
from cop_roadmap.report import Report
from cop_roadmap.reporters import ReportFormat

_ENDINGS = {
    ".json": ReportFormat.JSON,
    ".sarif": ReportFormat.SARIF,
    ".xml": ReportFormat.JUNIT,
    ".txt": ReportFormat.TEXT,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a report goes. ``root`` is the directory that machines count paths from."""

    on_terminal: ReportFormat
    root: Path
    file: Path | None = None
    in_file: ReportFormat = ReportFormat.TEXT
    step_summary: Path | None = None


def plan(
    inputs: Iterable[files.Input],
    wanted: ReportFormat | None,
    file: Path | None,
    environment: Mapping[str, str],
) -> Plan:
    """Decide where a report goes, by what was asked for and by where the run takes place.

    Raises:
        Misuse: neither a format nor the file's ending says how to write the file, or it would
            replace a roadmap.
    """
    file = None if file == Path("-") else file
    if file and os.path.realpath(file) in {
        os.path.realpath(each.path) for each in inputs if each.path
    }:
        raise Misuse(f"{file} is a roadmap itself, and would be replaced. Choose another name.")
    in_actions = environment.get("GITHUB_ACTIONS") == "true"
    usual = ReportFormat.GITHUB if in_actions else ReportFormat.TEXT
    on_terminal = usual if file else wanted or usual
    root = environment.get("GITHUB_WORKSPACE") or environment.get("CI_PROJECT_DIR") or "."
    summary = environment.get("GITHUB_STEP_SUMMARY")
    return Plan(
        on_terminal,
        Path(os.path.abspath(root)),  # noqa: PTH100 (a link is named as the user names it)
        file,
        _in_file(wanted, file) if file else ReportFormat.TEXT,
        Path(summary) if summary and on_terminal is ReportFormat.GITHUB else None,
    )


def _in_file(wanted: ReportFormat | None, file: Path) -> ReportFormat:
    found = wanted or _ENDINGS.get(file.suffix.lower())
    if found is None:
        known = ", ".join(_ENDINGS)
        raise Misuse(
            f"Say with --format how to write {file}, or give it one of the endings {known}."
        )
    return found


def deliver(report: Report, plan: Plan) -> None:
    """Write a report to all places but the terminal.

    Raises:
        files.CannotWrite: one of them cannot be written; the other is, if it can be.
    """
    try:
        if plan.file:
            files.save(plan.file, _encoded(reporters.write(report, plan.in_file)))
    finally:
        if plan.step_summary:
            # Imported late: it needs what reads Markdown.
            from cop_roadmap.reporters import step_summary

            # Other commands of the step have a part in it, too.
            files.append(plan.step_summary, _encoded(step_summary.write(report)))


def _encoded(text: str) -> bytes:
    # Names of files may hold bytes that are no text.
    return text.encode("utf-8", "backslashreplace")
