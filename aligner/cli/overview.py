"""aligner overview: a store at a glance."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.options import Output


class OverviewFormat(StrEnum):
    """How an overview is told."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"


def overview(
    store: Annotated[Path, typer.Argument(help="The store.", metavar="STORE.db")],
    to: Annotated[
        OverviewFormat | None,
        typer.Option(help="Format; default text, or by -o's suffix.", show_default=False),
    ] = None,
    output: Output = None,
    reports: Annotated[
        Path | None,
        typer.Option(
            help="A folder for the reports of the pairs that are named; the HTML links to them.",
            show_default=False,
        ),
    ] = None,
    top: Annotated[int, typer.Option(min=0, help="How many of the most different pairs.")] = 25,
) -> None:
    """Show a store at a glance: pairs by outlet and date, what differs most, what fails.

    Example:  aligner overview news.db -o overview.html --reports reports/
    """
    from dataclasses import replace

    from aligner.batch.overview import overview as sum_up
    from aligner.errors import OutputError
    from aligner.files import check_target, write_whole
    from aligner.report import overview as telling
    from aligner.report import overview_html
    from aligner.report.wording import counted
    from aligner.store import Store, files_of

    to_file = output is not None and str(output) != "-"
    if to is None:
        to = _format_of(output) if output is not None and to_file else OverviewFormat.TEXT
    if output is not None and to_file:
        check_target(output, read=files_of(store))
    with Store.open(store) as opened:
        if reports is not None:
            try:
                reports.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise OutputError(f"{reports}: cannot be made: {error.strerror}") from error
        summed = sum_up(opened, most_different=top, reports=reports)
    if reports is not None:
        base = output.parent if output is not None and to_file else Path()
        folder = Path(os.path.relpath(reports, base)).as_posix()
        summed = replace(
            summed,
            most_different=tuple(
                replace(r, report=None if r.report is None else f"{folder}/{r.report}")
                for r in summed.most_different
            ),
        )
    render = {
        OverviewFormat.TEXT: telling.to_text,
        OverviewFormat.HTML: overview_html.render,
        OverviewFormat.JSON: telling.to_json,
    }[to]
    if reports is not None:
        made = sum(row.report is not None for row in summed.most_different)
        print(f"wrote {counted(made, 'report')} into {reports}", file=sys.stderr)
    if output is not None and to_file:
        write_whole(output, render(summed))
        print(f"wrote {output}", file=sys.stderr)
    else:
        typer.echo(render(summed), nl=False)


def _format_of(output: Path) -> OverviewFormat:
    from aligner.errors import UnknownSuffix

    suffixes = {f".{name}": name for name in OverviewFormat}
    suffixes |= {".htm": OverviewFormat.HTML, ".txt": OverviewFormat.TEXT}
    if output.suffix.lower() not in suffixes:
        raise UnknownSuffix(output, suffixes)
    return suffixes[output.suffix.lower()]
