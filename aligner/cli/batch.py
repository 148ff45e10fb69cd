"""aligner batch: many pairs, only what is new, into a store."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.options import Device, Model


class EngineName(StrEnum):
    """Where the pairs are compared."""

    LOCAL = "local"
    DASK = "dask"


def batch(
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            help="Folders (a.ar.txt with a.en.txt, or ar/a.txt with en/a.txt), globs, or manifests "
            "of pairs (.csv, .tsv, .jsonl with 'ar' and 'en').",
            metavar="SOURCE...",
            show_default=False,
        ),
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option(help="The store, made when it is not there.", show_default=False),
    ] = None,
    pair: Annotated[
        bool, typer.Option("--pair", help="The sources are piles: find the pairs first.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, help="Processes; default one for each processor."),
    ] = None,
    engine: Annotated[
        EngineName, typer.Option(help="Processes here, or a Dask cluster.")
    ] = EngineName.LOCAL,
    scheduler: Annotated[
        str | None,
        typer.Option(help="Dask scheduler, tcp://HOST:PORT; without it a local cluster."),
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on looking for new pairs until stopped.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be done.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option(min=0, help="Do this many pairs at most.", show_default=False)
    ] = None,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Try again what failed and has not changed.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Do everything again.")] = False,
    timeout: Annotated[
        float, typer.Option(min=0.1, help="Seconds that one pair may take.")
    ] = 120.0,
    summary: Annotated[
        Path | None,
        typer.Option(help="Write the summary as JSON; '-' is stdout.", show_default=False),
    ] = None,
    log_json: Annotated[
        bool, typer.Option("--log-json", help="Log as JSON lines on stderr.")
    ] = False,
    status: Annotated[
        Path | None,
        typer.Option(help="Only say how far the batch on this store is.", show_default=False),
    ] = None,
    model: Model = None,
    device: Device = None,
) -> None:
    """Compare many pairs and keep the results in a store; do only what is new or has changed.

    Stop it with Ctrl-C, or kill it: started again it goes on. Exit 0: every pair has its result;
    1: some have none; 2: wrong use; 130: stopped by a second Ctrl-C.

    Example:  aligner batch data/ --store news.db
    """
    from aligner.report.characters import harmless

    if status is not None:
        for line in _status(status):
            typer.echo(harmless(line))
        return
    if not sources or store is None:
        raise typer.BadParameter("give SOURCE and --store STORE.db")
    if scheduler is not None and engine is not EngineName.DASK:
        raise typer.BadParameter("--scheduler belongs to --engine dask")
    from aligner.batch import run
    from aligner.batch.progress import Bar, Log
    from aligner.batch.summary import check_place
    from aligner.errors import AlignerError, WrongUse
    from aligner.files import write_whole

    show_bar = sys.stderr.isatty() and not log_json
    observer: Bar | Log = Bar() if show_bar else Log(as_json=log_json)
    try:
        if summary is not None and str(summary) != "-":
            check_place(summary, store)
        result = run(
            sources,
            store,
            jobs=jobs,
            engine=str(engine),
            scheduler=scheduler,
            model=model,
            device=device,
            pair=pair,
            watch=watch,
            dry_run=dry_run,
            limit=limit,
            retry_failed=retry_failed,
            force=force,
            timeout_s=timeout,
            observer=observer,
        )
    except AlignerError as error:
        if isinstance(observer, Bar) or not log_json:
            raise
        observer.fail(str(error))
        raise typer.Exit(2 if isinstance(error, WrongUse) else 1) from None
    finally:
        if isinstance(observer, Bar):
            observer.close()
    if isinstance(observer, Log):
        observer.end(result)
    if summary is not None:
        text = json.dumps(result.to_dict(), ensure_ascii=False, indent=2) + "\n"
        if str(summary) == "-":
            typer.echo(text, nl=False)
        else:
            write_whole(summary, text)
    if not log_json:
        for line in result.lines(dry_run=dry_run):
            typer.echo(harmless(line), err=True)
    raise typer.Exit(result.exit_code)


def _status(path: Path) -> list[str]:
    """How far the latest run is, and whether it is still at work."""
    from aligner.batch.progress import clock
    from aligner.store import Store, is_held

    with Store.open(path) as store:
        runs = store.runs()
    if not runs:
        return ["no batch has run on this store yet"]
    run = runs[0]
    words = {"finished": "finished", "stopped": "was stopped", "broken": "broke off"}
    state = words.get(run.state, "running" if is_held(path) else "was killed")
    of = "" if run.total is None else f" of {run.total:,}"
    rate = run.done / run.seconds if run.seconds else 0.0
    lines = [
        f"run {run.number} of {run.source} {state} (process {run.process} on {run.host}, "
        f"{run.engine}, since {run.started})",
        f"{run.seen:,}{of} pairs: {run.done:,} compared, {run.known:,} known, "
        f"{run.failed:,} failed, {rate:,.1f} pairs/s, {clock(run.seconds)} so far",
    ]
    worked = run.done + run.failed
    if state == "running" and run.total is not None and worked:
        lines.append(f"{clock((run.total - run.seen) * run.seconds / worked)} left")
    return lines
