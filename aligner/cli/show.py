"""Put a comparison where the user asked for it."""

from __future__ import annotations

import sys
from pathlib import Path

from aligner import export
from aligner.bitext import Comparison
from aligner.errors import UnknownName

STDOUT = Path("-")


def check(to: str | None, output: Path | None) -> None:
    """Refuse an unknown format before any work is done. Raises UnknownName."""
    if to is not None and to != "text" and to not in export.EXPORTERS:
        raise UnknownName("format", to, ["text", *export.EXPORTERS])
    if to is None and output not in (None, STDOUT):
        export.format_of(output)


def comparison(
    result: Comparison, to: str | None, output: Path | None, *, full: bool = False
) -> None:
    """Write the comparison to a file, whole or not at all, or to stdout."""
    if output is not None and output != STDOUT:
        export.write(result, output, to=to)
        print(f"wrote {output}", file=sys.stderr)
    elif to in (None, "text"):
        from rich.console import Console

        from aligner.report import terminal

        terminal.render(result, Console(), full=full)
    else:
        rendered = export.EXPORTERS[to].render(result)
        if isinstance(rendered, bytes):
            sys.stdout.buffer.write(rendered)
        else:
            sys.stdout.write(rendered)
    sys.stdout.flush()  # so that a reader who has gone is noticed here, not at exit
