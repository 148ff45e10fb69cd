"""The best way through the beads: a semi-Markov Viterbi search, row by row.

An Arabic null may stand before an English one and not after it, so that every alignment has one
order. Opening a run of nulls and continuing it have prices of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.evidence import LONGEST, TYPES, running

Scores = NDArray[np.float32]

NEVER = np.float32(-1e9)
SIZES = np.array(TYPES)


@dataclass(frozen=True, eq=False)
class Prices:
    """The score of every bead and null; higher is better.

    beads: (n_ar, types, n_en) by first sentence, NEVER where it would leave the text.
    The others: (n,) per sentence.
    """

    beads: Scores
    ar_open: Scores
    ar_continue: Scores
    en_open: Scores
    en_continue: Scores


Span = tuple[int, int, int, int]  # first and end of the Arabic, first and end of the English


def search(prices: Prices) -> tuple[list[Span], float]:
    """The best sequence of spans (a null has an empty side) and its score."""
    n, _, m = prices.beads.shape
    width = m + 1 + LONGEST
    # The texts' lengths leave only some of the types possible.
    kinds = np.flatnonzero(prices.beads.max(axis=0, initial=NEVER).max(axis=1) > NEVER)
    beads = prices.beads[:, kinds]
    # [i, j]: the best score of what follows i and j, after a bead, an Arabic and an English null.
    after_bead = np.full((n + 1 + LONGEST, width), NEVER, dtype=np.float64)
    after_ar = np.full((n + 1, m + 1), NEVER, dtype=np.float64)
    after_en = np.full((n + 1, m + 1), NEVER, dtype=np.float64)
    flat = after_bead.reshape(-1)
    step = SIZES[kinds, :1] * width + SIZES[kinds, 1:] + np.arange(m)
    follow = np.empty(step.shape)
    best = np.full(m + 1, NEVER, dtype=np.float64)
    best[m] = 0.0
    paid = running(prices.en_continue)
    opening = prices.en_open.astype(np.float64)
    ar_open, ar_continue = prices.ar_open.tolist(), prices.ar_continue.tolist()
    for i in range(n, -1, -1):
        if i < n:
            flat[i * width :].take(step, out=follow, mode="clip")  # no copy is made for this mode
            follow += beads[i]
            np.maximum.reduce(follow, axis=0, out=best[:m], initial=NEVER)
            best[m] = NEVER
        # A run of English nulls: what it ends with, less what was paid before it.
        en = after_en[i]
        np.maximum.accumulate((best + paid)[::-1], out=en[::-1])
        en -= paid
        np.maximum(best[:m], opening + en[1:], out=best[:m])
        if i < n:
            np.maximum(best, after_ar[i + 1] + ar_continue[i], out=after_ar[i])
            np.maximum(best, after_ar[i + 1] + ar_open[i], out=after_bead[i, : m + 1])
        else:
            after_ar[i] = after_bead[i, : m + 1] = best
    return _trace(prices, after_bead, after_ar, after_en), float(after_bead[0, 0])


def _trace(
    prices: Prices,
    after_bead: NDArray[np.float64],
    after_ar: NDArray[np.float64],
    after_en: NDArray[np.float64],
) -> list[Span]:
    """Walk from the start, taking the step that gave each score."""
    n, _, m = prices.beads.shape
    width = after_bead.shape[1]
    flat, steps = after_bead.reshape(-1), SIZES @ np.array([width, 1])
    path: list[Span] = []
    i = j = 0
    state = "bead"
    while i < n or j < m:
        choices: list[tuple[float, str]] = []
        if i < n and j < m:
            follow = flat.take(steps + (i * width + j))
            follow += prices.beads[i, :, j]
            kind = int(follow.argmax())
            choices.append((float(follow[kind]), "bead"))
        if i < n and state != "en":
            price = prices.ar_continue[i] if state == "ar" else prices.ar_open[i]
            choices.append((float(price + after_ar[i + 1, j]), "ar"))
        if j < m:
            price = prices.en_continue[j] if state == "en" else prices.en_open[j]
            choices.append((float(price + after_en[i, j + 1]), "en"))
        _, state = max(choices, key=lambda c: c[0])
        if state == "bead":
            ar, en = TYPES[kind]
            path.append((i, i + ar, j, j + en))
            i, j = i + ar, j + en
        elif state == "ar":
            path.append((i, i + 1, j, j))
            i += 1
        else:
            path.append((i, i, j, j + 1))
            j += 1
    return path
