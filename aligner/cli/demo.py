"""aligner demo: the bundled sample pair, on the terminal and as HTML."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def demo(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Where the HTML report goes.")
    ] = Path("aligner-demo.html"),
) -> None:
    """Align a sample pair that comes with the package: on the terminal, and as an HTML report.

    Example:  aligner demo
    """
    from aligner import samples
    from aligner.cli import show
    from aligner.pipeline import Pipeline

    show.check("html", output, read=samples.paths())
    result = Pipeline().compare(*samples.paths())
    show.comparison(result, "text", None)
    show.comparison(result, "html", output)
