"""The commands. Each is one file, a thin twin of a library function; this one joins them.

Results go to stdout, messages to stderr. Exit 0: done; 1: something failed; 2: wrong use;
130: stopped by Ctrl-C.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Annotated

import typer

from aligner.cli import align, batch, demo, overview, pair, store, streams, wrong_use
from aligner.cli.options import help_in_place_of_a_command
from aligner.cli.progress import Stopped
from aligner.errors import AlignerError, WrongUse
from aligner.report.characters import harmless

app = typer.Typer(
    name="aligner",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(align.align)
app.command()(pair.pair)
app.command()(batch.batch)
app.command()(overview.overview)
app.add_typer(store.store, name="store")
app.command()(demo.demo)


def _version(wanted: bool) -> None:
    if wanted:
        from aligner.pipeline import Pipeline

        typer.echo(Pipeline().signature)
        raise typer.Exit


@app.callback(invoke_without_command=True)
def options(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 (its callback does the work)
        bool,
        typer.Option(
            "--version",
            callback=_version,
            is_eager=True,
            help="Print the version with the signature of model and settings.",
        ),
    ] = False,
    debug: Annotated[  # noqa: ARG001 (`main` looks for it; here it is for the help)
        bool, typer.Option("--debug", help="Show the traceback of an error; anywhere on the line.")
    ] = False,
) -> None:
    """Pair Arabic and English articles, align their sentences, see what is in one version only."""
    help_in_place_of_a_command(context)


def main() -> None:
    """Run the command line. Every error a user can cause ends in one line."""
    # An article's products are so small that sharing them among threads costs more than they do,
    # and the last digits would be another machine's. numpy reads this when it is first imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    debug = "--debug" in sys.argv
    sys.argv = [a for a in sys.argv if a != "--debug"]
    streams.prepare()
    try:
        _run()
    except AlignerError as error:
        if debug:
            raise
        is_wrong = isinstance(error, WrongUse)
        _fail(str(error), code=130 if isinstance(error, Stopped) else 2 if is_wrong else 1)
    except KeyboardInterrupt:
        if debug:
            raise
        _fail("stopped", code=130)
    except streams.ReaderGone:
        sys.exit(0)
    except Exception as error:
        if debug:
            raise
        _fail(f"unexpected {type(error).__name__}: {error}; --debug shows where, please report it")


def _run() -> None:
    """Run the command, let all that it said be out, and end with its status."""
    try:
        status = app(standalone_mode=False)
    except wrong_use.UsageError as error:
        raise WrongUse(wrong_use.told(error)) from error
    except typer.Abort:  # so some versions of Typer call Ctrl-C
        raise KeyboardInterrupt from None
    with suppress(streams.ReaderGone):
        sys.stdout.flush()
    sys.exit(status)


def _fail(message: str, code: int = 1) -> None:
    print(f"aligner: {harmless(' '.join(message.split()))}", file=sys.stderr)
    sys.exit(code)
