"""Put a comparison where the user asked for it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from aligner import export
from aligner.bitext import Comparison
from aligner.cli import streams
from aligner.errors import UnknownName
from aligner.files import check_target, write_whole

STDOUT = Path("-")


def check(to: str | None, output: Path | None, *, read: Iterable[Path] = ()) -> export.Exporter:
    """Refuse before any work an unknown format, and a file that cannot or must not be written.

    read: the files that are read. Returns the format. Raises WrongUse, OutputError.
    """
    exporter = _format_of(to, output)
    if output is None or output == STDOUT:
        if exporter.binary:
            streams.refuse_terminal(exporter.name)
    else:
        check_target(output, read=read)
    return exporter


def _format_of(to: str | None, output: Path | None) -> export.Exporter:
    """The format by its name, or else by the file's suffix, or else text. Raises UnknownName."""
    if to is not None and to not in export.EXPORTERS:
        raise UnknownName("format", to, export.EXPORTERS)
    if to is None and output is not None and output != STDOUT:
        return export.format_of(output)
    return export.EXPORTERS[to or "text"]


def comparison(
    result: Comparison,
    to: str | None,
    output: Path | None,
    *,
    full: bool = False,
    at_least: float = 0.0,
) -> None:
    """Write the comparison to a file, whole or not at all, or to stdout.

    at_least: probability, 0 to 1; divergences less sure are left out, and, of the formats made of
    sentence pairs, the pairs less sure.
    """
    result = result.at_least(at_least)
    exporter = _format_of(to, output)
    if output is not None and output != STDOUT:
        write_whole(output, exporter.render(result, at_least=at_least * exporter.by_unit))
        print(f"wrote {output}", file=sys.stderr)
        _warn(result, exporter)
    elif exporter.name == "text":
        from rich.console import Console

        from aligner.report import terminal

        terminal.render(result, Console(), full=full)
    else:
        rendered = exporter.render(result, at_least=at_least * exporter.by_unit)
        if isinstance(rendered, bytes):
            sys.stdout.buffer.write(rendered)
        else:
            sys.stdout.write(rendered)
        _warn(result, exporter)
    sys.stdout.flush()  # so that a reader who has gone is noticed here, not at exit


def _warn(result: Comparison, exporter: export.Exporter) -> None:
    """Say on standard error where translations are written of what hardly is one."""
    kind = result.pair.kind
    if exporter.as_translations and not kind.is_translation:
        print(
            f"the pair looks {kind}: check its units before using them as translations",
            file=sys.stderr,
        )
