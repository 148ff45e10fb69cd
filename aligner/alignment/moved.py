"""Passages that stand elsewhere in the other version: a second search over what found nothing.

The first search keeps the order. What it leaves without a counterpart is searched once more by
itself. The further off, the dearer, for there are more places where a stranger may look alike.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.search import NEVER, SIZES, Prices, Span, search

FURTHER = 1.0  # what a moved bead pays, by the logarithm of how many others it crosses


def find(prices: Prices, spans: list[Span]) -> list[Span]:
    """Beads of sentences that `spans` leaves alone, out of the order of the others."""
    ar = np.array([i for i, i_end, j, j_end in spans if j == j_end], dtype=np.int64)
    en = np.array([j for i, i_end, j, j_end in spans if i == i_end], dtype=np.int64)
    if not len(ar) or not len(en):
        return []
    linked = np.array([s for s in spans if s[0] < s[1] and s[2] < s[3]]).reshape(-1, 4)
    before_ar = np.searchsorted(linked[:, 0], ar)
    before_en = np.searchsorted(linked[:, 2], en)
    crossed = np.abs(before_ar[:, None] - before_en[None])
    cost = FURTHER * np.log1p(crossed)
    beads = prices.beads[ar][:, :, en] - cost[:, None, :].astype(np.float32)
    beads[~_neighbours(ar, 0)[:, :, None] | ~_neighbours(en, 1).T[None]] = NEVER
    left = Prices(
        beads,
        np.minimum(prices.ar_open, prices.ar_continue)[ar],
        prices.ar_continue[ar],
        np.minimum(prices.en_open, prices.en_continue)[en],
        prices.en_continue[en],
    )
    found, _ = search(left)
    return [
        (int(ar[i]), int(ar[i_end - 1]) + 1, int(en[j]), int(en[j_end - 1]) + 1)
        for i, i_end, j, j_end in found
        if i_end > i and j_end > j
    ]


def _neighbours(numbers: NDArray[np.int64], side: int) -> NDArray[np.bool_]:
    """(n, types): whether the sentences of a bead from here on stood next to each other."""
    n = len(numbers)
    last = np.arange(n)[:, None] + SIZES[None, :, side] - 1
    together = numbers[np.minimum(last, n - 1)] - numbers[:, None] == SIZES[None, :, side] - 1
    return np.asarray(together & (last < n))
