"""Plain text: what the terminal shows, for a file."""

from __future__ import annotations

import io

from rich.console import Console

from aligner.bitext import Comparison
from aligner.report import terminal

_WIDTH = 80  # columns; the same whatever terminal the command was started from


def render(comparison: Comparison, *, full: bool = True) -> str:
    """The terminal's report without colours, side by side where `full`."""
    console = Console(
        file=io.StringIO(), width=_WIDTH, color_system=None, force_terminal=False, _environ={}
    )
    with console.capture() as captured:
        terminal.render(comparison, console, full=full)
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())
