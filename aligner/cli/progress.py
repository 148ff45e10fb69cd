"""How far long work has come, on standard error, with the time that is left."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from aligner.errors import AlignerError


class Stopped(AlignerError):
    """The user has pressed Ctrl-C."""


@contextmanager
def shown() -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar where standard error is a terminal, else nothing.

    Gives a function of a step's name, what is done of it, and how much there is (0: not known).
    Turns Ctrl-C into one line that says how far the work had come.
    """
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("left"),
    )
    last = ("starting", 0, 0)
    with Progress(
        *columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()
    ) as bar:
        task = bar.add_task("starting", total=None)

        def step(name: str, done: int, total: int) -> None:
            nonlocal last
            fresh = name != last[0]
            last = (name, done, total)
            if fresh:
                bar.reset(task, description=name, total=total or None)
            bar.update(task, completed=done, total=total or None)

        try:
            yield step
        except KeyboardInterrupt:
            name, done, total = last
            how_far = f"{done:,} of {total:,}" if total else f"{done:,}"
            counted = f": {how_far} done" if done else ""
            raise Stopped(f"stopped while {name}{counted}, nothing was written") from None
