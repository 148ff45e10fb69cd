"""aligner pair: which Arabic article goes with which English one."""

from __future__ import annotations

import re
import sys
from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.options import Device, Model, Output, Paragraphs
from aligner.errors import BadArticle

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from aligner.ingest.manifest import Entry
    from aligner.pairing import Pairing
    from aligner.pipeline import Pipeline


class PairFormat(StrEnum):
    """How pairs are told. csv and jsonl are manifests, which `aligner batch` takes as they are."""

    TEXT = "text"
    JSON = "json"
    TSV = "tsv"
    CSV = "csv"
    JSONL = "jsonl"


def pair(
    sources: Annotated[
        list[str],
        typer.Argument(
            help="Files, folders (with all below), globs, JSON lines of articles, or manifests "
            "(.csv, .tsv, .jsonl with a column 'path').",
            metavar="FILES_OR_FOLDERS...",
        ),
    ],
    to: Annotated[
        PairFormat | None,
        typer.Option(help="Format; default text, or by -o's suffix.", show_default=False),
    ] = None,
    output: Output = None,
    within: Annotated[
        str | None,
        typer.Option(
            help="Articles whose dates are known and further apart are no pair: 3d, 2w.",
            show_default=False,
        ),
    ] = None,
    same_outlet: Annotated[
        bool, typer.Option("--same-outlet", help="Articles of different outlets are no pair.")
    ] = False,
    at_least: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Least probability of a pair, 0 to 1.")
    ] = 0.7,
    align: Annotated[
        bool,
        typer.Option(
            "--align",
            help="Go on to a report of each pair: HTML files in the folder -o, numbered as the "
            "rows of its pairs.csv, in place of those of a former run, or text.",
        ),
    ] = False,
    explain: Annotated[
        tuple[str, str] | None,
        typer.Option(help="Say why these two are or are not a pair.", metavar="A B"),
    ] = None,
    paragraphs: Annotated[
        Paragraphs, typer.Option(help="How the files mark their paragraphs.")
    ] = Paragraphs.AUTO,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", "-j", min=1, help="Processes; default one for each processor."),
    ] = None,
    model: Model = None,
    device: Device = None,
) -> None:
    """Find the pairs in a pile of Arabic and English articles, and say why.

    Example:  aligner pair seeds/ --to tsv
    """
    from aligner.cli import pair_targets, progress, tell_pairs
    from aligner.files import check_target
    from aligner.ingest.manifest import read_sources
    from aligner.pairing import pair_articles
    from aligner.pipeline import Pipeline

    if align and explain is not None:
        raise typer.BadParameter("--explain is of two articles, --align of all pairs; give one")
    if to is not None and (align or explain is not None):
        raise typer.BadParameter(
            "--to is for the list of pairs; leave it out with --align, --explain"
        )
    if output is not None and explain is not None:
        raise typer.BadParameter("--explain prints to the screen; leave -o out")
    form = to or tell_pairs.format_of(None if align else output)
    window = None if within is None else _days(within)
    targets = pair_targets.targets(output, reports=align)
    check_target(*targets, read=pair_targets.read_from(sources, targets))
    left_out: list[str] = []
    pipeline = Pipeline(model, device)
    with progress.shown() as step:
        entries: list[Entry] = []
        for entry in read_sources(
            sources, paragraphs=paragraphs, on_error=lambda error: left_out.append(str(error))
        ):
            entries.append(entry)
            step("reading articles", len(entries), 0)
        # A manifest may name one of them.
        check_target(*targets, read=(entry.path for entry in entries if entry.path))
        found = pair_articles(
            (entry.article for entry in entries),
            pipeline=pipeline,
            within=window,
            same_outlet=same_outlet,
            at_least=at_least,
            workers=1 if model else _processes(jobs),
            progress=step,
        )
    listed = form in tell_pairs.WITH_LEFT_OUT and not align and explain is None
    tell_pairs.left_out(
        left_out, listed=listed and bool(entries), to_file=output not in (None, tell_pairs.STDOUT)
    )
    if not entries:
        raise BadArticle("no Arabic or English article could be read; see the lines above")
    articles = [entry.article for entry in entries]
    if window is not None:
        tell_pairs.unknown("--within", "date", [a.date for a in articles])
    if same_outlet:
        tell_pairs.unknown("--same-outlet", "outlet", [a.outlet for a in articles])
    paths = {id(entry.article): entry.reference for entry in entries}
    if explain is not None:
        tell_pairs.explanation(found.explain(*explain))
    elif align:
        _align(found, pipeline, output, paths)
    else:
        tell_pairs.write(found, form, output, paths, left_out, pipeline.signature)


def _days(written: str) -> dt.timedelta:
    import datetime as dt

    match = re.fullmatch(r"(\d{1,5})\s*([dw]?)", written.strip().lower())
    if match is None:
        raise typer.BadParameter(f"{written!r} is no span of days; write 3d or 2w")
    return dt.timedelta(days=int(match[1]) * (7 if match[2] == "w" else 1))


def _processes(jobs: int | None) -> int:
    import os

    return jobs or os.cpu_count() or 1


def _align(
    found: Pairing, pipeline: Pipeline, output: Path | None, paths: Mapping[int, str]
) -> None:
    """Write a report of each pair into a folder, with a manifest of them, or print them."""
    from aligner.cli import pair_targets, progress, show, tell_pairs
    from aligner.errors import AlignerError
    from aligner.report.characters import harmless, named

    folder = None if output == show.STDOUT else output
    if folder is not None:
        pair_targets.make_folder(folder)
    failed = 0
    written: set[str] = set()
    # On the screen the reports themselves show how far the work has come.
    shown = nullcontext() if folder is None else progress.shown(f"reports so far are in {folder}")
    with shown as step:
        for number, one in enumerate(found, 1):
            try:
                result = pipeline.compare(one.ar, one.en)
                if folder is None:
                    show.comparison(result, None, None)
                else:
                    written.add(result.to(folder / f"{number:04d}.html").name)
            except AlignerError as error:
                failed += 1
                names = f"{named(one.ar.name)} and {named(one.en.name)}"
                print(f"{names}: {harmless(str(error))}", file=sys.stderr)
            if step is not None:
                step("writing reports", number, len(found))
    if folder is not None:
        manifest = folder / pair_targets.MANIFEST
        tell_pairs.write(found, PairFormat.CSV, manifest, paths, (), pipeline.signature)
        pair_targets.drop_older_reports(folder, written)
    tell_pairs.reports(found, failed, folder)
    if failed:
        raise typer.Exit(1)
