"""How far long work has come, on standard error, with the time that is left."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from aligner.errors import AlignerError

LOG_S = 30.0  # between two lines of a log

Step = Callable[[str, int, int], None]


class Stopped(AlignerError):
    """The user has pressed Ctrl-C."""


@contextmanager
def shown(outcome: str = "nothing was written") -> Iterator[Step]:
    """Show a bar where standard error is a terminal, else a line now and then.

    Gives a function of a step's name, what is done of it, and how much there is (0: not known).
    Turns Ctrl-C into one line that says how far the work had come, and its outcome.
    """
    last = ("starting", 0, 0)
    with _bar() if sys.stderr.isatty() else _log() as tell:

        def step(name: str, done: int, total: int) -> None:
            nonlocal last
            last = (name, done, total)
            tell(name, done, total)

        try:
            yield step
        except KeyboardInterrupt:
            name, done, total = last
            counted = f": {_how_far(done, total)} done" if done else ""
            raise Stopped(f"stopped while {name}{counted}, {outcome}") from None


@contextmanager
def _bar() -> Iterator[Step]:
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
    current = "starting"
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(current, total=None)

        def tell(name: str, done: int, total: int) -> None:
            nonlocal current
            if name != current:
                current = name
                bar.reset(task, description=name, total=total or None)
            bar.update(task, completed=done, total=total or None)

        yield tell


@contextmanager
def _log() -> Iterator[Step]:
    current = ""
    begun = told = time.monotonic()

    def tell(name: str, done: int, total: int) -> None:
        nonlocal current, begun, told
        now = time.monotonic()
        if name != current:
            current, begun = name, now
        if now - told >= LOG_S:
            told = now
            print(_line(name, done, total, now - begun), file=sys.stderr, flush=True)

    yield tell


def _line(name: str, done: int, total: int, seconds: float) -> str:
    """A line of a log, after so many seconds of this step."""
    from aligner.batch.progress import clock

    counted = f": {_how_far(done, total)}" if done else ""
    left = f", {clock(seconds * (total - done) / done)} left" if done and total else ""
    return f"{name}{counted}{left}"


def _how_far(done: int, total: int) -> str:
    return f"{done:,} of {total:,}" if total else f"{done:,}"
