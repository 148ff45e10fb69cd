"""Passages that stand elsewhere in the other version: further searches over what found nothing.

The first search keeps the order. What it leaves without a counterpart is searched by itself, and
what that leaves once more, until nothing is found, for two passages that moved may cross each
other. The further off, the dearer, for there are more places where a stranger may look alike.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.search import NEVER, SIZES, Prices, Span, search

FURTHER = 1.0  # what a moved bead pays, by the logarithm of how many others it crosses


def find(prices: Prices, spans: Sequence[Span]) -> list[Span]:
    """Beads of sentences that `spans` leaves alone, mostly out of the order of the others."""
    ar = [i for i, _, j, j_end in spans if j == j_end]
    en = [j for i, i_end, j, _ in spans if i == i_end]
    linked = np.array([s for s in spans if s[0] < s[1] and s[2] < s[3]]).reshape(-1, 4)
    out: list[Span] = []
    while ar and en:
        found = _among(prices, linked, np.array(ar), np.array(en))
        if not found:
            break
        out += found
        gone_ar, gone_en = sentences(found)
        ar = [i for i in ar if i not in gone_ar]
        en = [j for j in en if j not in gone_en]
    return out


def sentences(spans: Sequence[Span]) -> tuple[set[int], set[int]]:
    """The Arabic and the English sentences of some spans."""
    return (
        {i for first, end, _, _ in spans for i in range(first, end)},
        {j for _, _, first, end in spans for j in range(first, end)},
    )


def crossing(found: Sequence[Span], spans: Sequence[Span]) -> list[Span]:
    """Those that were found which cross the order of other beads, and so have moved."""
    beads = np.array([s for s in spans if s[0] < s[1] and s[2] < s[3]]).reshape(-1, 4)
    return [s for s in found if bool(((beads[:, 0] < s[0]) != (beads[:, 2] < s[2])).any())]


def _among(
    prices: Prices,
    linked: NDArray[np.int64],
    ar: NDArray[np.int64],
    en: NDArray[np.int64],
) -> list[Span]:
    """The beads of one search over these sentences, `linked` being the others' beads."""
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
