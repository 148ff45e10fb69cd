"""How sure a bead is: calibrated probabilities for two-sided beads and for nulls.

Two small logistic models over what the search saw: fitted, like the prices, on documents whose
own prices were fitted without them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.evidence import TYPES, Evidence, Floats
from aligner.alignment.search import Prices, Span

BEAD = (
    "constant",
    "gain",  # what the bead is better by than leaving all its sentences alone
    "gain_per_sentence",
    "over_rival",  # 1-1 gain of its first sentences over the best other partner of either
    "many",
    "size",
    "alone_around",  # neighbouring spans that are nulls, 0 to 2
    "moved",
)
NULL = (
    "constant",
    "price",  # of leaving the sentence alone
    "best_partner",  # gain of its best bead with any sentence of the other side
    "best_free_partner",  # the same, with sentences that have no counterpart either
    "alone_around",  # neighbouring sentences that are nulls, 0 to 2
    "paragraph_alone",  # share of its paragraph that is null
    "many_alone",  # share of its side that is null
    "english",
)
FURTHEST = 12.0  # a gain beyond this says nothing more

ONE_ARABIC = np.array([ar == 1 for ar, _ in TYPES])
ONE_ENGLISH = np.array([en == 1 for _, en in TYPES])


def evidence_of(
    evidence: Evidence, prices: Prices, spans: Sequence[Span], crossing: Sequence[Span]
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """The logistic models' features for each span, in order.

    Returns (two-sided spans, len(BEAD)), (nulls, len(NULL)) and for each span whether it is null.
    """
    n, m = evidence.shape
    left_ar, left_en = prices.ar_continue, prices.en_continue
    gain = prices.beads[:, 0] - left_ar[:, None] - left_en[None, :]
    best_ar = (prices.beads[:, ONE_ARABIC].max(axis=(1, 2)) - left_ar).clip(-FURTHEST, FURTHEST)
    best_en = prices.beads[:, ONE_ENGLISH].max(axis=(0, 1)) - left_en
    best_en = best_en.clip(-FURTHEST, FURTHEST)
    null_ar, null_en = np.zeros(n, dtype=bool), np.zeros(m, dtype=bool)
    for i, i_end, j, j_end in spans:
        if i == i_end:
            null_en[j] = True
        elif j == j_end:
            null_ar[i] = True
    top_ar, top_en = _best_two(gain), _best_two(gain.T)
    moved = set(crossing)
    around_ar, around_en = _around(null_ar), _around(null_en)
    paragraph_ar = _share(null_ar, evidence.ar.paragraph)
    paragraph_en = _share(null_en, evidence.en.paragraph)
    free = np.where(null_en[None, :] & null_ar[:, None], gain, -FURTHEST)
    free_ar, free_en = free.max(axis=1), free.max(axis=0)
    alone = np.array([i == i_end or j == j_end for i, i_end, j, j_end in spans])
    beads, nulls = [], []
    for i, i_end, j, j_end in spans:
        if i == i_end:
            nulls.append(
                (1.0, prices.en_open[j], best_en[j], free_en[j], around_en[j], paragraph_en[j],
                 null_en.mean(), 1.0)
            )  # fmt: skip
            continue
        if j == j_end:
            nulls.append(
                (1.0, prices.ar_open[i], best_ar[i], free_ar[i], around_ar[i], paragraph_ar[i],
                 null_ar.mean(), 0.0)
            )  # fmt: skip
            continue
        kind = TYPES.index((i_end - i, j_end - j))
        size = i_end - i + j_end - j
        whole = float(prices.beads[i, kind, j] - left_ar[i:i_end].sum() - left_en[j:j_end].sum())
        rival = max(_other(top_ar[i], gain[i, j]), _other(top_en[j], gain[i, j]))
        beads.append(
            (
                1.0,
                min(whole, 2 * FURTHEST),
                min(2 * whole / size, FURTHEST),
                max(-FURTHEST, min(float(gain[i, j]) - rival, FURTHEST)),
                float(size > 2),
                float(min(size - 2, 6)),
                (around_ar[i] + around_en[j]) / 2,
                float((i, i_end, j, j_end) in moved),
            )
        )
    return (
        np.array(beads, dtype=np.float32).reshape(-1, len(BEAD)),
        np.array(nulls, dtype=np.float32).reshape(-1, len(NULL)),
        alone,
    )


def probabilities(
    beads: Floats, nulls: Floats, alone: NDArray[np.bool_], bead: Floats, null: Floats
) -> NDArray[np.float64]:
    """The probability of each span, in the order of `alone`."""
    out = np.empty(len(alone))
    out[~alone] = logistic(beads @ bead)
    out[alone] = logistic(nulls @ null)
    return out


def logistic(values: NDArray[np.floating]) -> NDArray[np.float64]:
    """1 / (1 + exp(-x)), safe for any x."""
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(values, dtype=np.float64)))


def _best_two(gain: Floats) -> NDArray[np.float64]:
    """(rows, 2): the two best of each row; the second is very low where there is one column."""
    rows, columns = gain.shape
    if columns == 1:
        return np.stack([gain[:, 0], np.full(rows, -FURTHEST)], axis=1).astype(np.float64)
    part = np.partition(gain, columns - 2, axis=1)[:, -2:]
    return np.sort(part, axis=1)[:, ::-1].astype(np.float64)


def _other(best_two: NDArray[np.float64], own: float) -> float:
    """The best of a row that is not `own` itself."""
    return float(best_two[1] if own >= best_two[0] else best_two[0])


def _around(alone: NDArray[np.bool_]) -> Floats:
    padded = np.concatenate([[True], alone, [True]])  # what is beyond the text is not there either
    return (padded[:-2].astype(np.float32) + padded[2:]).astype(np.float32)


def _share(alone: NDArray[np.bool_], paragraph: NDArray[np.int64]) -> Floats:
    _, group = np.unique(paragraph, return_inverse=True)
    return np.asarray(
        (np.bincount(group, weights=alone) / np.bincount(group))[group], dtype=np.float32
    )
