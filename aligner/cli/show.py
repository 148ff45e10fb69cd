"""Put a comparison where the user asked for it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from aligner import export
from aligner.bitext import Comparison
from aligner.errors import UnknownName
from aligner.files import check_target, write_whole

STDOUT = Path("-")


def check(to: str | None, output: Path | None, *, read: Iterable[Path] = ()) -> None:
    """Refuse before any work an unknown format, and a file that cannot or must not be written.

    read: the files that are read. Raises UnknownName, OutputError.
    """
    if to is not None and to not in export.EXPORTERS:
        raise UnknownName("format", to, export.EXPORTERS)
    if output is not None and output != STDOUT:
        if to is None:
            export.format_of(output)
        check_target(output, read=read)


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
    if output is not None and output != STDOUT:
        exporter = export.EXPORTERS[to] if to else export.format_of(output)
        write_whole(output, exporter.render(result, at_least=at_least * exporter.by_unit))
        print(f"wrote {output}", file=sys.stderr)
        _warn(result, exporter)
    elif to in (None, "text"):
        from rich.console import Console

        from aligner.report import terminal

        terminal.render(result, Console(), full=full)
    else:
        exporter = export.EXPORTERS[to]
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
