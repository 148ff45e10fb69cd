"""Long work in parts, so that only one of them is in memory."""

from __future__ import annotations

from collections.abc import Iterator


def blocks(size: int, step: int) -> Iterator[slice]:
    """The numbers from 0 to `size` in runs of `step`, the last one shorter where need be."""
    for start in range(0, size, step):
        yield slice(start, min(start + step, size))
