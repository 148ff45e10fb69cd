"""Options that several commands share."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

Model = Annotated[
    str | None,
    typer.Option(
        help="A sentence-transformers model, by name or folder; without it the bundled model.",
        show_default=False,
        metavar="NAME_OR_FOLDER",
    ),
]
Device = Annotated[
    str | None,
    typer.Option(
        help="Where --model runs: cpu, cuda, mps; without --model only cpu.", show_default=False
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="File to write; its suffix names the format. '-' is stdout.",
        show_default=False,
    ),
]
AtLeast = Annotated[
    float,
    typer.Option(
        min=0.0,
        max=1.0,
        help="Show only differences of this probability or more, 0 to 1; of TMX and other formats "
        "made of sentence pairs, only pairs as sure.",
    ),
]


def help_in_place_of_a_command(context: typer.Context) -> None:
    """Where no command is named, show those there are: a message, and wrong use."""
    if context.invoked_subcommand is None:
        with redirect_stdout(sys.stderr):
            typer.echo(context.get_help())
        raise typer.Exit(2)


class Paragraphs(StrEnum):
    """How a plain text marks its paragraphs."""

    AUTO = "auto"  # by evidence
    LINE = "line"  # one a line
    BLANK = "blank"  # hard-wrapped lines, blank lines between
