"""Passages that stand elsewhere in the other version: a second search over what found nothing.

The first search keeps the order. What it leaves without a counterpart is searched once more by
itself, each bead at a price, for two strangers in a pile of leftovers easily look alike.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.search import NEVER, SIZES, Prices, Span, search


def find(prices: Prices, spans: list[Span], *, price: float) -> list[Span]:
    """Beads of sentences that `spans` leaves alone, out of the order of the others.

    price: what such a bead must be better by than an orderly one.
    """
    ar = np.array([i for i, i_end, j, j_end in spans if j == j_end], dtype=np.int64)
    en = np.array([j for i, i_end, j, j_end in spans if i == i_end], dtype=np.int64)
    if not len(ar) or not len(en):
        return []
    beads = prices.beads[ar][:, :, en] - np.float32(price)
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
