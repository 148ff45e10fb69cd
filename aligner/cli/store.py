"""aligner store: look at a store, check it, take everything out of it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from aligner.bitext import PairKind
from aligner.cli.options import help_in_place_of_a_command

store = typer.Typer()


@store.callback(invoke_without_command=True)
def options(context: typer.Context) -> None:
    """Look at a store, check it, export it, tidy it up."""
    help_in_place_of_a_command(context)


StorePath = Annotated[Path, typer.Argument(help="The store.", metavar="STORE.db")]


@store.command()
def info(path: StorePath) -> None:
    """Say what a store holds.

    Example:  aligner store info news.db
    """
    from aligner.store import Store

    with Store.open(path) as opened:
        typer.echo(f"store version {opened.version}, {path.stat().st_size / 2**20:,.1f} MiB")
        for table, count in opened.counts().items():
            typer.echo(f"{count:>12,} {table}{'' if count == 1 else 's'}")
        for signature, count in opened.signatures().items():
            typer.echo(f"{count:>12,} by {signature}")


@store.command()
def check(path: StorePath) -> None:
    """Check that the file is sound and every result can be read back. Exit 1 if not.

    Example:  aligner store check news.db
    """
    from aligner.report.characters import harmless
    from aligner.store import Store

    faults = 0
    with Store.open(path) as opened:
        for fault in opened.check():
            faults += 1
            typer.echo(harmless(fault))
    if faults:
        raise typer.Exit(1)
    typer.echo("sound")


@store.command()
def export(
    path: StorePath,
    to: Annotated[
        str | None,
        typer.Option(
            help="jsonl, tsv, tmx, parquet: beads; comparisons: JSON lines of everything. "
            "Default: by -o's suffix, or jsonl.",
            show_default=False,
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; '-' is stdout.")
    ] = None,
    at_least: Annotated[
        float,
        typer.Option(
            min=0.0,
            max=1.0,
            help="Only beads and differences of this probability or more, 0 to 1.",
        ),
    ] = 0.0,
    kind: Annotated[
        list[PairKind] | None,
        typer.Option(
            help="Only pairs that look so; may be given again. Default: all, in TMX translations "
            "alone: parallel, noisy parallel.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Write all results as one file, in a fixed order, with nothing that differs by run.

    Every bead bears its probability and the kind of its pair, to choose by. Of a damaged store
    what can still be read; the rest is named, and ends with 1.

    Example:  aligner store export news.db --to jsonl -o news.jsonl
    """
    from aligner.batch import export as exporting
    from aligner.cli import streams
    from aligner.errors import StoreError
    from aligner.export import EXPORTERS
    from aligner.report import wording
    from aligner.report.characters import harmless
    from aligner.store import Store

    unreadable = 0

    def unread(error: StoreError) -> None:
        nonlocal unreadable
        unreadable += 1
        typer.echo(f"left out: {harmless(str(error))}", err=True)

    with Store.open(path) as opened:
        if output is None or str(output) == "-":
            if to in EXPORTERS and EXPORTERS[to].binary:
                streams.refuse_terminal(to)
            out = sys.stdout.buffer
            made = exporting.export(
                opened,
                out,
                to or "jsonl",
                kinds=kind or (),
                at_least=at_least,
                on_error=unread,
            )
            out.flush()
        else:
            made = exporting.export_to(
                opened, output, to, kinds=kind or (), at_least=at_least, on_error=unread
            )
    typer.echo(wording.counted(made.pairs, "pair"), err=True)
    if made.left_out and not kind:
        those = wording.counted(made.left_out.total(), "pair")
        asking = " ".join(f"--kind {name}" for name in PairKind if made.left_out[name])
        typer.echo(f"left out as no translations: {those}; {asking} writes them", err=True)
    if unreadable:
        raise typer.Exit(1)


@store.command()
def vacuum(path: StorePath) -> None:
    """Drop articles that no result needs and close up the file; bring an old store up to date.

    Example:  aligner store vacuum news.db
    """
    from aligner.errors import StoreError
    from aligner.store import Store

    if not path.is_file():
        raise StoreError(f"{path}: no such store")
    with Store.open(path, write=True) as opened:
        dropped = opened.vacuum()
    typer.echo(f"{dropped:,} articles dropped, {path.stat().st_size / 2**20:,.1f} MiB", err=True)
