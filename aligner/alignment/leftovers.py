"""What the first search leaves without a counterpart, looked at again: mostly what has moved.

The first search keeps the order. What it leaves is searched by itself, and what that leaves once
more, until nothing is found, for two passages that moved may cross each other. The further off, the
dearer, for there are more places where a stranger may look alike.

In a run of sentences without a counterpart each but the first is cheaply left alone, and so two
that belong together may be left in two runs, or side by side between what was added and what was
left out. They are found where they are each other's best by far, or where the two runs stand side
by side and go together one by one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.search import NEVER, SIZES, Prices, Span, search

FURTHER = 1.0  # what a moved bead pays, by the logarithm of how many others it crosses
FAR_AHEAD = 2.0  # nats by which, that price paid, each other's best leads the next best of both
IN_STEP = 3  # sentences on either side of a gap, at least, that go together one by one

Sentences = NDArray[np.int64]


def find(prices: Prices, spans: Sequence[Span]) -> list[Span]:
    """Beads of sentences that `spans` leaves alone."""
    linked = _beads(spans)
    out = [s for gap in _gaps(spans) for s in _in_step(prices, *gap)]
    ar = _but([i for i, _, j, j_end in spans if j == j_end], sentences(out)[0])
    en = _but([j for i, i_end, j, _ in spans if i == i_end], sentences(out)[1])
    found = [
        s
        for s in _among(prices, linked, ar, en, in_runs=False)
        if _lead(prices, s) >= FAR_AHEAD + FURTHER * np.log1p(_crossed(s, linked))
    ]
    while True:
        out += found
        gone_ar, gone_en = sentences(found)
        ar, en = _but(ar.tolist(), gone_ar), _but(en.tolist(), gone_en)
        found = _among(prices, linked, ar, en)
        if not found:
            return out


def crossing(found: Sequence[Span], spans: Sequence[Span]) -> list[Span]:
    """Those that were found which cross the order of other beads, and so have moved."""
    beads = _beads(spans)
    return [s for s in found if _crossed(s, beads)]


def sentences(spans: Sequence[Span]) -> tuple[set[int], set[int]]:
    """The Arabic and the English sentences of some spans."""
    return (
        {i for first, end, _, _ in spans for i in range(first, end)},
        {j for _, _, first, end in spans for j in range(first, end)},
    )


def _beads(spans: Sequence[Span]) -> NDArray[np.int64]:
    """(beads, 4): the two-sided spans."""
    two_sided = [s for s in spans if s[0] < s[1] and s[2] < s[3]]
    return np.array(two_sided, dtype=np.int64).reshape(-1, 4)


def _but(numbers: Sequence[int], gone: set[int]) -> Sentences:
    return np.array([n for n in numbers if n not in gone], dtype=np.int64)


def _crossed(span: Span, beads: NDArray[np.int64]) -> int:
    """How many of the beads' order it crosses."""
    return int(np.count_nonzero((beads[:, 0] < span[0]) != (beads[:, 2] < span[2])))


def _lead(prices: Prices, span: Span) -> float:
    """By how much a 1-1 bead is better than any other of its two sentences; -inf for others."""
    i, i_end, j, j_end = span
    if i_end - i != 1 or j_end - j != 1:
        return -np.inf
    ones = prices.beads[:, 0]
    others = np.concatenate([np.delete(ones[i], j), np.delete(ones[:, j], i)])
    return float(ones[i, j] - others.max(initial=NEVER))


def _gaps(spans: Sequence[Span]) -> list[tuple[list[int], list[int]]]:
    """What is left alone between two beads, or around them: Arabic and English sentences."""
    gaps: list[tuple[list[int], list[int]]] = [([], [])]
    for i, i_end, j, j_end in spans:
        if i < i_end and j < j_end:
            gaps.append(([], []))
        else:
            gaps[-1][0].extend(range(i, i_end))
            gaps[-1][1].extend(range(j, j_end))
    return gaps


def _in_step(prices: Prices, ar: Sequence[int], en: Sequence[int]) -> list[Span]:
    """The 1-1 beads of two runs side by side, if they go together one by one."""
    if len(ar) != len(en) or len(ar) < IN_STEP:
        return []
    pairs = [(i, i + 1, j, j + 1) for i, j in zip(ar, en, strict=True)]
    return pairs if all(_lead(prices, pair) >= 0 for pair in pairs) else []


def _among(
    prices: Prices, linked: NDArray[np.int64], ar: Sentences, en: Sentences, *, in_runs: bool = True
) -> list[Span]:
    """The beads of one search over these sentences, `linked` being the others' beads.

    in_runs: whether sentences in a run are left alone at the price of going on with one.
    """
    if not len(ar) or not len(en):
        return []
    before_ar = np.searchsorted(linked[:, 0], ar)
    before_en = np.searchsorted(linked[:, 2], en)
    crossed = np.abs(before_ar[:, None] - before_en[None])
    cost = FURTHER * np.log1p(crossed)
    beads = prices.beads[ar][:, :, en] - cost[:, None, :].astype(np.float32)
    beads[~_neighbours(ar, 0)[:, :, None] | ~_neighbours(en, 1).T[None]] = NEVER
    open_ar = np.minimum(prices.ar_open, prices.ar_continue)[ar]
    open_en = np.minimum(prices.en_open, prices.en_continue)[en]
    left = Prices(
        beads,
        open_ar,
        prices.ar_continue[ar] if in_runs else open_ar,
        open_en,
        prices.en_continue[en] if in_runs else open_en,
    )
    found, _ = search(left)
    return [
        (int(ar[i]), int(ar[i_end - 1]) + 1, int(en[j]), int(en[j_end - 1]) + 1)
        for i, i_end, j, j_end in found
        if i_end > i and j_end > j
    ]


def _neighbours(numbers: Sentences, side: int) -> NDArray[np.bool_]:
    """(n, types): whether the sentences of a bead from here on stood next to each other."""
    n = len(numbers)
    last = np.arange(n)[:, None] + SIZES[None, :, side] - 1
    together = numbers[np.minimum(last, n - 1)] - numbers[:, None] == SIZES[None, :, side] - 1
    return np.asarray(together & (last < n))
