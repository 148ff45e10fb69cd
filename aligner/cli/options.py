"""Options that several commands share."""

from __future__ import annotations

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
    typer.Option(help="Where --model runs: cpu, cuda, mps.", show_default=False),
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


class Paragraphs(StrEnum):
    """How a plain text marks its paragraphs."""

    AUTO = "auto"  # by evidence
    LINE = "line"  # one a line
    BLANK = "blank"  # hard-wrapped lines, blank lines between
