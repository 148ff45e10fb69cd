"""How much memory this process and those it started take together, on Linux."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Self

EVERY_S = 2.0
PROC = Path("/proc")


class Peak:
    """Watches the memory while within; pages that processes share count once.

    gigabytes: the most that was seen, in GiB.
    """

    def __init__(self) -> None:
        self.gigabytes = 0.0
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._watch.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._watch.join()

    def _look(self) -> None:
        while True:
            self.gigabytes = max(self.gigabytes, sum(map(_proportional, _family())) / 2**20)
            if self._over.wait(EVERY_S):
                return


def _family() -> list[int]:
    """This process and its children."""
    own = os.getpid()
    found = [own]
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            try:
                status = (folder / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue  # it has ended
            if int(status.rpartition(")")[2].split()[1]) == own:
                found.append(int(folder.name))
    return found


def _proportional(process: int) -> int:
    """Memory of a process in KiB, shared pages divided among those that share them."""
    try:
        lines = (PROC / str(process) / "smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
