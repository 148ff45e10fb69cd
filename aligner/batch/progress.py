"""How far a batch has come: a bar on a terminal, plain or JSON lines in a log."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from aligner.batch.summary import Summary
from aligner.report.characters import harmless

LOG_S = 10.0  # between two lines of a log


def time_left(summary: Summary) -> float | None:
    """Seconds, by the rate so far; None when that or the total is not known."""
    worked = summary.done + summary.failed
    if summary.total is None or not worked:
        return None
    return (summary.total - summary.seen) * summary.seconds / worked


def told(summary: Summary) -> str:
    """A line of a log."""
    of = "" if summary.total is None else f" of {summary.total:,}"
    left = time_left(summary)
    rest = "" if left is None else f", {clock(left)} left"
    return (
        f"{summary.seen:,}{of} pairs, {summary.failed:,} failed, "
        f"{summary.pairs_per_second:,.1f} pairs/s{rest}"
    )


def clock(seconds: float) -> str:
    """`1:02:03`."""
    whole = max(round(seconds), 0)
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}"


class Log:
    """Lines on standard error, for a log file."""

    def __init__(self, *, as_json: bool = False) -> None:
        self._as_json = as_json
        self._told = time.monotonic()

    def step(self, summary: Summary) -> None:
        """Tell the figures, not too often."""
        if time.monotonic() - self._told >= LOG_S:
            self._told = time.monotonic()
            if self._as_json:
                self._write({"event": "progress", "total": summary.total, **_figures(summary)})
            else:
                print(told(summary), file=sys.stderr, flush=True)

    def say(self, line: str) -> None:
        """Tell a line at once."""
        if self._as_json:
            self._write({"event": "message", "message": line})
        else:
            print(harmless(" ".join(line.split())), file=sys.stderr, flush=True)

    def fail(self, line: str) -> None:
        """Tell what ends the run before its end."""
        self._write({"event": "error", "message": line})

    def end(self, summary: Summary) -> None:
        """Tell what it has come to."""
        if self._as_json:
            self._write({"event": "end", **summary.to_dict()})

    def _write(self, event: dict[str, Any]) -> None:
        print(json.dumps(event, ensure_ascii=False), file=sys.stderr, flush=True)


class Bar:
    """A bar with rate and time left, on a terminal."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn

        self._bar = Progress(
            TextColumn("{task.fields[told]}"), BarColumn(), console=Console(stderr=True)
        )
        self._task = self._bar.add_task("", total=None, told="starting")
        self._bar.start()

    def step(self, summary: Summary) -> None:
        """Move on."""
        self._bar.update(
            self._task, completed=summary.seen, total=summary.total, told=told(summary)
        )

    def say(self, line: str) -> None:
        """Print a line above the bar."""
        self._bar.console.print(harmless(" ".join(line.split())), markup=False, highlight=False)

    def close(self) -> None:
        """Leave the bar as it stands."""
        self._bar.stop()


def _figures(summary: Summary) -> dict[str, Any]:
    left = time_left(summary)
    return {
        "done": summary.done,
        "failed": summary.failed,
        "known": summary.known,
        "seconds": round(summary.seconds, 1),
        "pairs_per_second": round(summary.pairs_per_second, 2),
        "seconds_left": None if left is None else round(left),
    }
