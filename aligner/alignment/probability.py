"""How sure a bead is: calibrated probabilities for two-sided beads and for nulls.

Two small logistic models over what the search saw: fitted, like the prices, on documents whose
own prices were fitted without them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.evidence import TYPES, Evidence, Floats, running
from aligner.alignment.search import NEVER, Prices, Span

BEAD = (
    "constant",
    "gain",  # what the bead is better by than leaving all its sentences alone
    "gain_per_sentence",
    "over_rival",  # 1-1 gain of its first sentences over the best other partner of either
    "many",
    "size",
    "alone_around",  # neighbouring spans that are nulls, 0 to 2
    "moved",
    "cosine",  # of its two sides' vectors
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
    "joined",  # what it would add to the bead before it or behind it
)
FURTHEST = 12.0  # a gain beyond this says nothing more
LEAST_JOINED = -6.0  # a sentence that adds less to a bead is no part of it

ONE_ARABIC = np.array([n for n, (ar, _) in enumerate(TYPES) if ar == 1])
ONE_ENGLISH = np.array([n for n, (_, en) in enumerate(TYPES) if en == 1])
TYPE_NUMBER = {sizes: n for n, sizes in enumerate(TYPES)}


def evidence_of(
    evidence: Evidence,
    prices: Prices,
    spans: Sequence[Span],
    crossing: Sequence[Span],
    cosines: NDArray[np.float64],
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """The logistic models' features for each span, in order.

    cosines: (spans,) as `Evidence.cosines_of` gives them.
    Returns (two-sided spans, len(BEAD)), (nulls, len(NULL)) and for each span whether it is null.
    """
    n, m = evidence.shape
    left_ar, left_en = prices.ar_continue, prices.en_continue
    gain = prices.beads[:, 0] - left_ar[:, None] - left_en[None, :]
    table = np.array(spans, dtype=np.int64).reshape(-1, 4)
    first_ar, end_ar, first_en, end_en = table.T
    size_ar, size_en = end_ar - first_ar, end_en - first_en
    is_ar, is_en = size_en == 0, size_ar == 0
    null_ar, null_en = np.zeros(n, dtype=bool), np.zeros(m, dtype=bool)
    null_ar[first_ar[is_ar]] = True
    null_en[first_en[is_en]] = True
    around_ar, around_en = _around(null_ar), _around(null_en)
    alone = is_ar | is_en
    # Nulls, by sentence first.
    best_ar = prices.beads[:, ONE_ARABIC].max(axis=1).max(axis=1) - left_ar
    best_en = prices.beads[:, ONE_ENGLISH].max(axis=0).max(axis=0) - left_en
    free = np.where(null_en[None, :] & null_ar[:, None], gain, np.float32(-FURTHEST))
    side_ar = _null_features(
        prices.ar_open, best_ar, free.max(axis=1), null_ar, evidence.ar.paragraph, 0.0
    )
    side_en = _null_features(
        prices.en_open, best_en, free.max(axis=0), null_en, evidence.en.paragraph, 1.0
    )
    both = np.empty((len(table), len(NULL)), dtype=np.float32)
    both[is_ar, :-1] = side_ar[first_ar[is_ar]]
    both[is_en, :-1] = side_en[first_en[is_en]]
    both[alone, -1] = joined(prices, spans)
    # Two-sided beads.
    i, j = first_ar[~alone], first_en[~alone]
    sizes_ar, sizes_en = size_ar[~alone], size_en[~alone]
    kinds = [TYPE_NUMBER[s] for s in zip(sizes_ar.tolist(), sizes_en.tolist(), strict=True)]
    paid_ar = running(left_ar)
    paid_en = running(left_en)
    whole = prices.beads[i, np.array(kinds, dtype=np.int64), j] - (
        paid_ar[end_ar[~alone]] - paid_ar[i] + paid_en[end_en[~alone]] - paid_en[j]
    )
    own = gain[i, j].astype(np.float64)
    top_ar, top_en = _best_two(gain), _best_two(gain.T)
    rival = np.maximum(
        np.where(own >= top_ar[i, 0], top_ar[i, 1], top_ar[i, 0]),
        np.where(own >= top_en[j, 0], top_en[j, 1], top_en[j, 0]),
    )
    size = sizes_ar + sizes_en
    moved = set(crossing)
    beads = np.stack(
        [
            np.ones(len(i)),
            np.minimum(whole, 2 * FURTHEST),
            np.minimum(2 * whole / size, FURTHEST),
            np.clip(own - rival, -FURTHEST, FURTHEST),
            size > 2,
            np.minimum(size - 2, 6),
            (around_ar[i] + around_en[j]) / 2,
            [s in moved for s, null in zip(spans, alone.tolist(), strict=True) if not null],
            cosines[~alone],
        ],
        axis=1,
    ).astype(np.float32)
    return beads, both[alone], alone


def _null_features(
    price: Floats,
    best: Floats,
    free: Floats,
    alone: NDArray[np.bool_],
    paragraph: NDArray[np.int64],
    english: float,
) -> Floats:
    """(n, len(NULL) - 1) for all sentences of a side: all but what needs the beads beside them."""
    out = np.empty((len(alone), len(NULL) - 1), dtype=np.float32)
    columns: tuple[Floats | float, ...] = (
        1.0,
        price,
        np.minimum(np.maximum(best, -FURTHEST), FURTHEST),
        free,
        _around(alone),
        _share(alone, paragraph),
        np.count_nonzero(alone) / len(alone),
        english,
    )
    for number, column in enumerate(columns):
        out[:, number] = column
    return out


def joined(prices: Prices, spans: Sequence[Span]) -> list[float]:
    """For each null, in order, the most that it would add to the bead before it or behind it."""
    most = {
        (0, i) if i < i_end else (1, j): LEAST_JOINED
        for i, i_end, j, j_end in spans
        if i == i_end or j == j_end
    }
    left = prices.ar_continue, prices.en_continue
    for bead in spans:
        i, i_end, j, j_end = bead
        if i == i_end or j == j_end:
            continue
        for side, sentence, grown in (
            (0, i - 1, (i - 1, i_end, j, j_end)),
            (0, i_end, (i, i_end + 1, j, j_end)),
            (1, j - 1, (i, i_end, j - 1, j_end)),
            (1, j_end, (i, i_end, j, j_end + 1)),
        ):
            if (side, sentence) in most:
                added = _price(prices, grown) - _price(prices, bead) - left[side][sentence]
                most[side, sentence] = max(most[side, sentence], float(added))
    return list(most.values())


def _price(prices: Prices, bead: Span) -> np.float32:
    i, i_end, j, j_end = bead
    kind = TYPE_NUMBER.get((i_end - i, j_end - j))
    return NEVER if kind is None else prices.beads[i, kind, j]


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
    odds: NDArray[np.float64] = np.tanh(0.5 * np.asarray(values, dtype=np.float64))
    return 0.5 * (1.0 + odds)


def _best_two(gain: Floats) -> NDArray[np.float64]:
    """(rows, 2): the two best of each row; the second is very low where there is one column."""
    rows, columns = gain.shape
    if columns == 1:
        return np.stack([gain[:, 0], np.full(rows, -FURTHEST)], axis=1).astype(np.float64)
    part = np.partition(gain, columns - 2, axis=1)[:, -2:]
    return np.sort(part, axis=1)[:, ::-1].astype(np.float64)


def _around(alone: NDArray[np.bool_]) -> Floats:
    padded = np.concatenate([[True], alone, [True]])  # what is beyond the text is not there either
    return np.asarray(padded[:-2].astype(np.float32) + padded[2:], dtype=np.float32)


def _share(alone: NDArray[np.bool_], paragraph: NDArray[np.int64]) -> Floats:
    group = np.zeros(len(paragraph), dtype=np.int64)
    np.cumsum(paragraph[1:] != paragraph[:-1], out=group[1:])
    shares = np.bincount(group, weights=alone) / np.bincount(group)
    return np.asarray(shares[group], dtype=np.float32)
