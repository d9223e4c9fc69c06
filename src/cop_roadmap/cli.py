"""The command line: options in, calls, report, exit code; nothing else."""

import gc
import os
import re
import shlex
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, Self

# Plugins of pydantic belong to other programs; looking for them costs time, and loading them trust.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

import typer

from cop_roadmap import __version__, reporters
from cop_roadmap.diagnostics import Misuse, Severity
from cop_roadmap.paper import Paper
from cop_roadmap.printing import printable
from cop_roadmap.reporters import ReportFormat

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cop_roadmap.build import Outcome
    from cop_roadmap.diagnostics import Diagnostic
    from cop_roadmap.report import Gates
    from cop_roadmap.templating import Templates
    from cop_roadmap.theme import Theme

FINE, HAS_ERRORS, MISUSED, LACKING = 0, 1, 2, 3
_RARELY = 100_000
# What shells add the number of a signal to.
_SIGNALLED = 128

app = typer.Typer(
    invoke_without_command=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Keep the roadmap of a community of practice as YAML; validate it; make documents of it.",
    epilog="Exit codes: 0 fine; 1 the roadmap has errors; 2 the command was used wrongly or a file "
    "could not be read; 3 the machine lacks something.",
)

templates_app = typer.Typer(rich_markup_mode=None, help="Templates of your own.")
app.add_typer(templates_app, name="templates")

# Arguments are explained in the text of each command: the list of them would show Python's types.
Paths = Annotated[list[str] | None, typer.Argument(metavar="PATH", hidden=True)]
TemplatesOption = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Templates of yours that replace built-in ones by name."),
]
ThemeOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Your colours, font, logo and footer, as YAML."),
]
Force = Annotated[
    bool, typer.Option("--force", help="Replace what exists already.", show_default=False)
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Report problems only.")]


def _print_version(wanted: bool) -> None:
    if wanted:
        _say(f"coproadmap {__version__}\n")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and stop."
        ),
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        _complain(*context.get_help().splitlines())
        raise typer.Exit(MISUSED)


@app.command()
def init(
    path: Annotated[str, typer.Argument(metavar="PATH", hidden=True)] = "roadmap.yaml",
    name: Annotated[str, typer.Option(metavar="NAME", help="The community's name.")] = "",
    start: Annotated[
        str, typer.Option(metavar="YYYY-MM", help="The calendar month that is Month 1.")
    ] = "",
    language: Annotated[
        str, typer.Option(metavar="TAG", help="The language of questions and documents.")
    ] = "en",
    example: Annotated[
        bool, typer.Option("--example", help="Write a complete worked example instead.")
    ] = False,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Write a blank roadmap to fill in.

    PATH is the file to write, or - for standard output. Without it: roadmap.yaml.
    Every question of the canvas stands in the file as a remark.
    """
    from cop_roadmap import catalogue, scaffold, schema

    _refuse_unknown_language(language)
    words = catalogue.load(language)
    if example:
        if name or start:
            _stop("The example has a name and a start of its own: leave out --name and --start.")
        text = scaffold.example(words.language)
    else:
        text = scaffold.blank(words, name=name, start=_month(start))
        _refuse_invalid(text)
    if path == "-":
        _emit(text.encode())
        _tell(quiet, f"For completion in the editor: coproadmap schema > {schema.FILE_NAME}")
        return
    target = _free(path, force=force)
    _write(target, text.encode())
    _tell(quiet, f"Wrote {target}")
    schema_path = target.parent / schema.FILE_NAME
    if force or not schema_path.exists():
        _write(schema_path, schema.as_json(words).encode())
        _tell(quiet, f"Wrote {schema_path} (for completion in the editor)")


@app.command()
def validate(
    paths: Paths = None,
    fail_on: Annotated[
        Severity, typer.Option(help="Fail on findings that are as bad as this, or worse.")
    ] = Severity.ERROR,
    strict: Annotated[
        bool, typer.Option("--strict", help="Fail on warnings, too: --fail-on warning.")
    ] = False,
    min_complete: Annotated[
        int,
        typer.Option(metavar="PERCENT", help="Fail if less is filled in.", show_default=False),
    ] = 0,
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULES",
            help="Apply only these rules; with commas, or repeated.",
            show_default=False,
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="RULES", help="Leave out these rules.", show_default=False),
    ] = None,
    gaps: Annotated[
        bool, typer.Option("--gaps", help="List what is not filled in yet, too.")
    ] = False,
    wanted: Annotated[
        ReportFormat | None,
        typer.Option(
            "--format",
            help="How to report. Without: as text, or annotations where GitHub Actions run.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="Write the report to a file, too; its ending may name the format.",
            show_default=False,
        ),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Report every problem of roadmaps in one run.

    PATH is a roadmap, a directory with roadmaps, or - for standard input. Without it: this
    directory.
    """
    from cop_roadmap import files, reporting
    from cop_roadmap.report import Gates, Report, check_all

    worst = Severity.WARNING if strict and fail_on is Severity.ERROR else fail_on
    inputs = list(files.find(paths or ["."]))
    try:
        gates = Gates(worst, _words(select), _words(ignore), min_complete, gaps)
        plan = reporting.plan(inputs, wanted, output, os.environ)
    except Misuse as misuse:
        _stop(str(misuse))
    terminal, wanted = _Terminal(), plan.on_terminal
    results = []
    for result in check_all(inputs, gates):
        results.append(result)
        if wanted.is_for_people:
            terminal.say(reporters.begin(result, wanted, gates, plan.root, sys.stdout), wanted)
    report = Report(tuple(results), gates, plan.root)
    if not (quiet and wanted.is_for_people):
        terminal.say(reporters.finish(report, wanted), wanted)
    try:
        reporting.deliver(report, plan)
    except files.CannotWrite as failure:
        _stop(str(failure), LACKING)
    terminal.close()
    raise typer.Exit(_code_for(report.diagnostics, gates))


@app.command()
def render(
    paths: Paths = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="A directory, the name of one document (its ending names the format), or - for "
            "standard output. Without: beside the roadmap.",
        ),
    ] = None,
    to: Annotated[
        list[str] | None,
        typer.Option(
            "--to",
            "-t",
            metavar="FORMATS",
            help="md, html, pdf; with commas, or repeated. Without: all.",
            show_default=False,
        ),
    ] = None,
    templates: TemplatesOption = None,
    theme: ThemeOption = None,
    gantt: Annotated[
        bool,
        typer.Option("--gantt", help="Put a chart beside the timeline (Markdown only; Mermaid)."),
    ] = False,
    pdf_variant: Annotated[
        str | None,
        typer.Option(
            metavar="VARIANT",
            help="The standards that the PDF follows, such as ua-1 or a-2b. Without: both PDF/UA-1 "
            "and PDF/A-2a.",
            show_default=False,
        ),
    ] = None,
    attach_source: Annotated[
        bool,
        typer.Option(
            "--attach-source",
            help="Put the roadmap file into the PDF, with its remarks and all else that readers "
            "of the PDF do not see: `extract` gives it back.",
        ),
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Make Markdown, HTML and PDF of roadmaps.

    PATH is a roadmap, a directory with roadmaps, or - for standard input. Without it: this
    directory.
    """
    from cop_roadmap import build, files
    from cop_roadmap.conformance import variant_of
    from cop_roadmap.formats import Choices

    in_use = _templates(templates)
    try:
        variant = variant_of(pdf_variant) if pdf_variant is not None else None
        chosen = Choices(gantt=gantt, variant=variant, attach_source=attach_source)
        inputs = list(files.find(paths or ["."]))
        jobs = build.plan(inputs, output, build.formats_of(to or ()))
    except Misuse as misuse:
        _stop(str(misuse))
    report = _RenderReport()
    choices = replace(chosen, theme=_theme(theme, report))
    with _Progress(sum(len(job.targets) for job in jobs), quiet=quiet) as progress:
        for job in jobs:
            for outcome in build.run(job, in_use, choices, _emit):
                with progress.hidden(outcome.diagnostics):
                    report.take(outcome)
                progress.advance(bool(outcome.written))
    report.close(quiet=quiet)
    raise typer.Exit(report.code)


@app.command()
def canvas(
    path: Annotated[str | None, typer.Argument(metavar="PATH", hidden=True)] = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The PDF to write, or - for standard output. Without: canvas.pdf, or a name like "
            "the roadmap's beside it.",
            show_default=False,
        ),
    ] = None,
    paper: Annotated[
        Paper, typer.Option("--paper", "-p", help="The size of the paper, which lies across.")
    ] = Paper.A3,
    language: Annotated[
        str,
        typer.Option(
            metavar="TAG", help="The language of the questions. Without: the roadmap's, or English."
        ),
    ] = "",
    templates: TemplatesOption = None,
    theme: ThemeOption = None,
    quiet: Quiet = False,
) -> None:
    """Make the canvas on paper: a page of questions to answer, and one with the timeline.

    PATH is a roadmap, or - for standard input: what it says already stands in the canvas, in short.
    Without it, the canvas is blank.
    """
    from cop_roadmap import build, files

    _refuse_unknown_language(language)
    in_use = _templates(templates)
    inputs = list(files.find([path])) if path else [None]
    if len(inputs) > 1:
        _stop(f"The canvas takes one roadmap, and {path} has {len(inputs)}. Name one.")
    (found,) = inputs
    try:
        target = build.plan_canvas(found, output)
    except Misuse as misuse:
        _stop(str(misuse))
    report = _RenderReport()
    house = _theme(theme, report)
    for outcome in build.make_canvas(found, target, in_use, paper, language, house, _emit):
        report.take(outcome)
    report.close(quiet=quiet)
    raise typer.Exit(report.code)


@app.command()
def extract(
    file: Annotated[str, typer.Argument(metavar="FILE", hidden=True)],
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="PATH",
            help="The file to write, or - for standard output. Without: standard output.",
            show_default=False,
        ),
    ] = "-",
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Take the roadmap out of a PDF that carries it.

    FILE is a PDF made by render --attach-source, or - for standard input. The roadmap comes out
    byte for byte as it went in.
    """
    from cop_roadmap import embedding
    from cop_roadmap.diagnostics import Problems
    from cop_roadmap.files import STDIN, Input
    from cop_roadmap.source import MAX_BYTES

    # A name inside the PDF is never looked at: it could lead anywhere.
    target = None if output == "-" else _free(output, force=force)
    if Path(file).is_dir():
        _stop(f"{file} is a directory. Name a PDF.")
    found = Input("<stdin>", None) if file == STDIN else Input(file, Path(file))
    try:
        content = embedding.extract(found.read(embedding.MAX_PDF_BYTES), MAX_BYTES).content
    except Problems as problems:
        _stop(f"{found.name}: {problems.diagnostics[0].message}")
    except embedding.NoSource as reason:
        _stop(f"{found.name}: {reason}")
    if target:
        _write(target, content)
        _tell(quiet, f"Wrote {target}")
    elif sys.stdout.isatty():
        # A terminal obeys what a stranger may have put into the PDF.
        lines = content.decode("utf-8-sig", "replace").splitlines()
        _say("".join(f"{printable(line)}\n" for line in lines))
    else:
        _emit(content)


@templates_app.command("copy")
def copy_templates(
    directory: Annotated[str, typer.Argument(metavar="DIR", hidden=True)],
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Write the built-in templates to a directory, to be changed.

    DIR is the directory; it is made if it is not there. Delete from it what you do not change:
    render --templates takes the rest from the tool.
    """
    from cop_roadmap.templating import builtin_templates

    target = Path(directory)
    if target.exists() and not target.is_dir():
        _stop(f"{target} is a file, not a directory. Choose another.")
    contents = {target / name: content for name, content in builtin_templates()}
    existing = [str(path) for path in contents if os.path.lexists(path)]
    if existing and not force:
        _stop(
            f"{', '.join(existing)} exist{'s' * (len(existing) == 1)} already. "
            "Choose another directory, or replace with --force."
        )
    for path, content in contents.items():
        _write(path, content)
    _tell_written(quiet, contents)
    _tell(quiet, f"To use them: coproadmap render --templates {shlex.quote(directory)}")


@app.command("rules")
def explain_rules(
    name: Annotated[str | None, typer.Argument(metavar="NAME", hidden=True)] = None,
) -> None:
    """List what validate looks for, or explain one rule.

    NAME is the rule to explain: why it matters, and how it looks wrong and right.
    """
    from cop_roadmap import manual, rules

    if name is not None and name not in rules.RULES:
        _stop(rules.unknown(name))
    _say(manual.as_text(rules.RULES[name]) if name else manual.as_list())


@app.command()
def schema() -> None:
    """Print the JSON Schema of the file format.

    With it, editors complete keys and explain the canvas.
    """
    from cop_roadmap import catalogue
    from cop_roadmap import schema as json_schema

    _emit(json_schema.as_json(catalogue.load("en")).encode())


# ── what happened, said on standard error ────────────────────────────────────────────────────────


class _RenderReport:
    """Collects what became of the documents, and the exit code that follows."""

    def __init__(self) -> None:
        self.code = FINE
        self._said: set[Diagnostic] = set()
        self._written: list[Path] = []
        self._failures: dict[tuple[str, ...], None] = {}

    def take(self, outcome: "Outcome") -> None:
        from cop_roadmap.report import Gates
        from cop_roadmap.reporters import text

        # What is wrong with a template is so for every document: say it once.
        new = [found for found in outcome.diagnostics if found not in self._said]
        self._said.update(new)
        sys.stderr.write(_defused(text.as_text(new, sys.stderr)))
        self.code = max(self.code, _code_for(outcome.diagnostics, Gates()))
        if outcome.written:
            self._written.append(outcome.written)
        if outcome.failure:
            # The same library is missing for every PDF: say so once.
            self._failures[outcome.failure.args] = None
            self.code = LACKING

    def close(self, *, quiet: bool) -> None:
        _tell_written(quiet, self._written)
        for lines in self._failures:
            _complain(*lines)


class _Progress:
    """A bar on the terminal, while there is more than a moment of work."""

    def __init__(self, total: int, *, quiet: bool) -> None:
        self._bar: Any = None
        if total > 1 and not quiet and sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

            columns = (TextColumn("Rendering"), BarColumn(), MofNCompleteColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("", total=total)

    def __enter__(self) -> Self:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    @contextmanager
    def hidden(self, needed: object) -> "Iterator[None]":
        """Take the bar away while something else is written, if there is something."""
        if self._bar and needed:
            self._bar.stop()
        yield
        if self._bar and needed:
            self._bar.start()

    def advance(self, done: bool) -> None:
        if self._bar and done:
            self._bar.advance(self._task)


def _code_for(diagnostics: "Sequence[Diagnostic]", gates: "Gates") -> int:
    """Return the exit code that findings lead to."""
    from cop_roadmap.files import UNREADABLE

    if any(found.rule in UNREADABLE for found in diagnostics):
        return MISUSED
    return FINE if all(map(gates.lets_pass, diagnostics)) else HAS_ERRORS


def _words(given: "Iterable[str] | None") -> frozenset[str]:
    """Read words that are repeated, or separated by commas."""
    words = (word.strip() for text in given or () for word in text.split(","))
    return frozenset(filter(None, words))


def _tell(quiet: bool, text: str) -> None:
    if not quiet:
        _complain(text)


def _tell_written(quiet: bool, paths: "Iterable[Path]") -> None:
    for number, path in enumerate(paths):
        _tell(quiet, f"{'Wrote' if number == 0 else '     '} {path}")


def _complain(*lines: str) -> None:
    print(*(_defused(printable(line)) for line in lines), sep="\n", file=sys.stderr)


def _stop(message: str, code: int = MISUSED) -> NoReturn:
    _complain(message)
    raise typer.Exit(code)


# ── doing ────────────────────────────────────────────────────────────────────────────────────────


class _ReaderGone(Exception):
    """Whoever reads standard output has seen enough (`coproadmap schema | head`)."""


class _OutputLost(Exception):
    """Standard output takes nothing any more; the text says why."""


class _Interrupted(BaseException):
    """A signal asks to stop; on the way out everything unfinished is cleared away."""


@contextmanager
def _to_stdout() -> "Iterator[None]":
    """Give failures of standard output names of ours: Typer would end some in a way of its own."""
    try:
        yield
    except BrokenPipeError as error:
        raise _ReaderGone from error
    except OSError as error:
        raise _OutputLost(error.strerror or str(error)) from error


def _say(text: str) -> None:
    with _to_stdout():
        sys.stdout.write(text)


class _Terminal:
    """Says things as long as standard output takes them; what else is to be done is still done."""

    def __init__(self) -> None:
        self._lost: _ReaderGone | _OutputLost | None = None

    def say(self, text: str, wanted: ReportFormat) -> None:
        if self._lost:
            return
        try:
            _say(_defused(text) if wanted is ReportFormat.TEXT else text)
        except (_ReaderGone, _OutputLost) as lost:
            self._lost = lost

    def close(self) -> None:
        """Raise _OutputLost if what was said was lost against anybody's will."""
        if isinstance(self._lost, _OutputLost):
            raise self._lost
        if self._lost:
            _abandon_stdout()


def _defused(text: str) -> str:
    """Break what GitHub's runner would take for a command: a name of a file may begin like one."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return text
    return re.sub(r"(?m)^(\s*:)(?=:)|(#)(?=#\[)", "\\g<0>\u200b", text)


def _emit(content: bytes) -> None:
    with _to_stdout():
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def _refuse_unknown_language(tag: str) -> None:
    from cop_roadmap import catalogue

    if tag and catalogue.best_match(tag) is None:
        known = ", ".join(catalogue.languages())
        _stop(f"There is no language {tag!r} yet. The languages are {known}.")


def _templates(directory: Path | None) -> "Templates":
    from cop_roadmap.templating import Templates

    try:
        return Templates(directory)
    except NotADirectoryError as error:
        _stop(str(error))


def _theme(file: Path | None, report: "_RenderReport") -> "Theme":
    """Read a theme file, and stop if it cannot be used."""
    from cop_roadmap import theme
    from cop_roadmap.build import Outcome

    if file is None:
        return theme.Theme()
    found, diagnostics = theme.read_file(file)
    report.take(Outcome(diagnostics=diagnostics))
    if found is None:
        raise typer.Exit(report.code)
    return found


def _month(text: str) -> date | None:
    from cop_roadmap.roadmap import MONTH_PATTERN

    if not text:
        return None
    if not re.fullmatch(MONTH_PATTERN, text):
        _stop(
            f"{text!r} is not a month. Write year and month with a dash between: --start 2026-09."
        )
    return date.fromisoformat(f"{text}-01")


def _refuse_invalid(text: str) -> None:
    """Refuse a name that makes no valid roadmap, for instance of control characters."""
    from cop_roadmap.loading import examine

    try:
        found = examine(text.encode(), "roadmap.yaml").diagnostics
    except UnicodeEncodeError:
        _stop("The name holds a character that cannot be written.")
    if errors := [each for each in found if each.is_error]:
        _stop(f"With this name the roadmap would not be valid. {errors[0].message}")


def _free(path: str, *, force: bool) -> Path:
    """Return where a roadmap is to be written; what exists already is replaced by force only."""
    target = Path(path)
    if target.is_dir():
        target /= "roadmap.yaml"
    if os.path.lexists(target) and not force:
        _stop(f"{target} exists already. Choose another name, or replace it with --force.")
    return target


def _write(path: Path, content: bytes) -> None:
    from cop_roadmap import files

    try:
        files.save(path, content)
    except files.CannotWrite as failure:
        _stop(str(failure), LACKING)


def main() -> None:
    """Run the command, and end every failure in a plain sentence and the designed exit code."""
    # Almost everything is dropped as soon as it is used: to look for circles is mostly idle.
    gc.set_threshold(_RARELY)
    _prepare_streams()
    _catch_signals()
    code = FINE
    try:
        code = app(standalone_mode=False, prog_name="coproadmap")
        with _to_stdout():
            sys.stdout.flush()
    except _ReaderGone:
        # What was found stays found.
        _abandon_stdout()
    except _Interrupted as interrupted:
        _complain("Interrupted.")
        code = _SIGNALLED + interrupted.args[0]
    except _OutputLost as lost:
        _abandon_stdout()
        _complain(f"The output cannot be written: {lost}.")
        code = LACKING
    except OSError as error:
        _complain(f"The machine refuses this: {error.strerror or error}.")
        code = LACKING
    except Exception as error:
        code = _failed(error)
    # On its way out Python would look once more through all that a layout has left.
    gc.freeze()
    sys.exit(code)


def _abandon_stdout() -> None:
    """Let what is still waiting to be written vanish: Python would try again on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _prepare_streams() -> None:
    """Make do with closed streams, and with terminals that lack a character."""
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if sys.stdout is None:
        _complain("The output cannot be written: standard output is closed.")
        sys.exit(LACKING)
    for stream in (sys.stdout, sys.stderr):
        # What cannot be shown is shown as a code instead of ending the program.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]


def _catch_signals() -> None:
    import signal

    def interrupt(number: int, _: object) -> None:
        raise _Interrupted(number)

    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        # What was started to ignore a signal (`nohup`) goes on ignoring it.
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, interrupt)


def _failed(error: Exception) -> int:
    """Report wrong usage as the parser words it, and anything else as a fault of ours."""
    if hasattr(error, "format_message") and hasattr(error, "exit_code"):
        context = getattr(error, "ctx", None)
        # The parser's own words for a choice that does not exist begin with a term of programmers.
        _complain(str(error.format_message()).replace("Value error, ", ""))
        if context is not None:
            _complain(f"`{context.command_path} --help` shows what there is.")
        return int(error.exit_code)
    if os.environ.get("COPROADMAP_DEBUG"):
        raise error
    _complain(f"coproadmap failed, and that is a fault of its own: {type(error).__name__}: {error}")
    _complain("Please report it. COPROADMAP_DEBUG=1 shows where it happened.")
    return LACKING
