"""The command line: options in, calls, report, exit code; nothing else. A module per command."""

import gc
import os
import sys
from typing import Annotated

# Plugins of pydantic belong to other programs; looking for them costs time, and loading them trust.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

import typer

from cop_roadmap import __version__
from cop_roadmap.cli.canvas import canvas
from cop_roadmap.cli.extract import extract
from cop_roadmap.cli.init import init
from cop_roadmap.cli.next import make_next_year
from cop_roadmap.cli.render import render
from cop_roadmap.cli.rules import explain_rules
from cop_roadmap.cli.schema import schema
from cop_roadmap.cli.speaking import (
    FINE,
    LACKING,
    MISUSED,
    OutputLost,
    ReaderGone,
    abandon_stdout,
    complain,
    flush,
    prepare_streams,
    say,
)
from cop_roadmap.cli.status import status
from cop_roadmap.cli.templates import copy_templates
from cop_roadmap.cli.translated import note_translations
from cop_roadmap.cli.validate import validate

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


def _print_version(wanted: bool) -> None:
    if wanted:
        say(f"coproadmap {__version__}\n")
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
        complain(*context.get_help().splitlines())
        raise typer.Exit(MISUSED)


for command in (init, validate, render, canvas, status):
    app.command()(command)
app.command("next")(make_next_year)
app.command("translated")(note_translations)
app.command()(extract)
app.add_typer(templates_app, name="templates")
templates_app.command("copy")(copy_templates)
app.command("rules")(explain_rules)
app.command()(schema)


class _Interrupted(BaseException):
    """A signal asks to stop; on the way out everything unfinished is cleared away."""


def main() -> None:
    """Run the command, and end every failure in a plain sentence and the designed exit code."""
    # Almost everything is dropped as soon as it is used: to look for circles is mostly idle.
    gc.set_threshold(_RARELY)
    prepare_streams()
    _catch_signals()
    code = FINE
    try:
        code = app(standalone_mode=False, prog_name="coproadmap")
        flush()
    except ReaderGone:
        # What was found stays found.
        abandon_stdout()
    except _Interrupted as interrupted:
        complain("Interrupted.")
        code = _SIGNALLED + interrupted.args[0]
    except OutputLost as lost:
        abandon_stdout()
        complain(f"The output cannot be written: {lost}.")
        code = LACKING
    except OSError as error:
        complain(f"The machine refuses this: {error.strerror or error}.")
        code = LACKING
    except Exception as error:
        code = _failed(error)
    # On its way out Python would look once more through all that a layout has left.
    gc.freeze()
    sys.exit(code)


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
        complain(str(error.format_message()).replace("Value error, ", ""))
        if context is not None:
            complain(f"`{context.command_path} --help` shows what there is.")
        return int(error.exit_code)
    if os.environ.get("COPROADMAP_DEBUG"):
        raise error
    complain(f"coproadmap failed, and that is a fault of its own: {type(error).__name__}: {error}")
    complain("Please report it. COPROADMAP_DEBUG=1 shows where it happened.")
    return LACKING
