"""aligner align: one pair of files, one report."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.options import AtLeast, Device, Model, Output, Paragraphs


def align(
    ar: Annotated[Path, typer.Argument(help="The Arabic file; '-' is stdin.", metavar="AR")],
    en: Annotated[Path, typer.Argument(help="The English file; either order.", metavar="EN")],
    to: Annotated[
        str | None,
        typer.Option(
            help="Format: text, html, json, tsv, tmx, …; default text, or by -o's suffix."
        ),
    ] = None,
    output: Output = None,
    full: Annotated[
        bool, typer.Option("--full", help="In the text report, show every bead side by side.")
    ] = False,
    at_least: AtLeast = 0.0,
    paragraphs: Annotated[
        Paragraphs, typer.Option(help="How the files mark their paragraphs.")
    ] = Paragraphs.AUTO,
    model: Model = None,
    device: Device = None,
) -> None:
    """Align an Arabic article with its English version and show what is in one version only.

    Example:  aligner align data/water.ar.txt data/water.en.txt -o report.html
    """
    from aligner.cli import show
    from aligner.ingest import read_pair
    from aligner.pipeline import Pipeline

    # What `< FILE` puts on standard input is read from a file too.
    form = show.check(
        to, output, read=[Path("/dev/stdin") if str(p) == "-" else p for p in (ar, en)]
    )
    if full and form.name != "text":
        raise typer.BadParameter(f"--full is for the text report; leave it out with {form.name}")
    pipeline = Pipeline(model, device)
    result = pipeline.compare(*read_pair(ar, en, paragraphs=paragraphs))
    show.comparison(result, to, output, full=full, at_least=at_least)
