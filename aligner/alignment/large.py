"""Books: cut at safe anchors into parts that are aligned by themselves.

No step looks at all pairs of sentences. A sample of one side is compared with the other side; pairs
that are each other's best by far, and whose neighbours go together too, and that lie on one rising
chain, are anchors. Between anchors that lie too far apart the same is done again.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.evidence import WHOLE_CELLS, Floats

MOST_CELLS = WHOLE_CELLS
PART_CELLS = 3_600  # pairs of sentences that a part should have, 60 by 60
SAMPLE = 800  # sentences looked up at a time
SAFE_MARGIN = 0.12  # cosine of an anchor over its best rival
SKIPPED = 0.1  # of an anchor's worth, that a sentence left out between two costs
SAFE_NEIGHBOUR = 0.25  # cosine of the sentences before and after an anchor

Numbers = NDArray[np.int64]
Part = tuple[int, int, int, int]  # first and end of the Arabic, first and end of the English


def parts(ar: Floats, en: Floats) -> list[Part]:
    """Cut two texts into parts, in order.

    ar, en: (n, d) sentence vectors; they are centred and brought to unit length here.
    """
    ar, en = _centred(ar), _centred(en)
    return list(_cut(ar, en, (0, len(ar), 0, len(en))))


def _centred(vectors: Floats) -> Floats:
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    unit -= unit.mean(axis=0)
    unit /= np.maximum(np.linalg.norm(unit, axis=1, keepdims=True), 1e-9)
    return np.asarray(unit, dtype=np.float32)


def _cut(ar: Floats, en: Floats, part: Part) -> Iterator[Part]:
    first, end, first_en, end_en = part
    if (end - first) * (end_en - first_en) <= PART_CELLS:
        yield part
        return
    anchors = _anchors(ar, en, part)
    if not anchors:
        if (end - first) * (end_en - first_en) > MOST_CELLS:
            # Nothing goes together for sure: in halves, for a search of it all would not end.
            anchors = [((first + end) // 2, (first_en + end_en) // 2)]
        else:
            yield part
            return
    kept = _spaced(anchors, part)
    corners = [(first, first_en), *kept, (end, end_en)]
    for (i, j), (i_end, j_end) in pairwise(corners):
        smaller = (i, i_end, j, j_end)
        if smaller == part or (i_end - i) * (j_end - j) <= PART_CELLS * 2:
            yield smaller
        else:
            yield from _cut(ar, en, smaller)


def _anchors(ar: Floats, en: Floats, part: Part) -> list[tuple[int, int]]:
    """Pairs that surely go together, in rising order on both sides."""
    first, end, first_en, end_en = part
    step = max(1, (end - first) // SAMPLE)
    sample = np.arange(first + step // 2, end, step)
    best, lead = _best(ar[sample], en[first_en:end_en])
    partner = best + first_en
    back, back_lead = _best(en[partner], ar[first:end])
    mutual = (back + first == sample) & (np.minimum(lead, back_lead) > SAFE_MARGIN)
    safe = mutual & _neighbours_agree(ar, en, sample, partner)
    chosen = safe if safe.sum() else mutual
    inside = (sample > first) & (partner > first_en)
    keep = chosen & inside
    return rising(sample[keep], partner[keep], part, step)


def _best(rows: Floats, others: Floats) -> tuple[NDArray[np.int64], Floats]:
    """The nearest of `others` to each row, and its lead over the second."""
    nearest, lead = [], []
    for start in range(0, len(rows), 128):
        cosines = rows[start : start + 128] @ others.T
        place = cosines.argmax(axis=1)
        top = cosines[np.arange(len(place)), place]
        cosines[np.arange(len(place)), place] = -1.0
        nearest.append(place)
        lead.append(top - cosines.max(axis=1))
    return np.concatenate(nearest), np.concatenate(lead)


def _neighbours_agree(
    ar: Floats, en: Floats, sample: NDArray[np.int64], partner: NDArray[np.int64]
) -> NDArray[np.bool_]:
    agree = np.ones(len(sample), dtype=bool)
    for shift in (-1, 1):
        i = np.clip(sample + shift, 0, len(ar) - 1)
        j = np.clip(partner + shift, 0, len(en) - 1)
        agree &= np.einsum("nd,nd->n", ar[i], en[j]) > SAFE_NEIGHBOUR
    return agree


def rising(ar: Numbers, en: Numbers, part: Part, step: int) -> list[tuple[int, int]]:
    """The best chain that rises on both sides; `ar` rises already.

    An anchor is worth one, and what the texts must leave out between two of them costs: a passage
    that stands a second time elsewhere looks as good as the right one, but lies far off.
    """
    first, end, first_en, end_en = part
    ar = np.concatenate([[first - 1], ar, [end]])
    en = np.concatenate([[first_en - 1], en, [end_en]])
    shift = en - ar
    worth = np.zeros(len(ar))
    before = np.zeros(len(ar), dtype=np.int64)
    for number in range(1, len(ar)):
        cost = SKIPPED * np.abs(shift[number] - shift[:number]) / step
        chains = np.where(en[:number] < en[number], worth[:number] - cost, -np.inf)
        before[number] = chains.argmax()
        worth[number] = 1 + chains[before[number]]
    chain = []
    number = int(before[-1])
    while number > 0:
        chain.append((int(ar[number]), int(en[number])))
        number = int(before[number])
    return chain[::-1]


def _spaced(anchors: list[tuple[int, int]], part: Part) -> list[tuple[int, int]]:
    """Only as many anchors as are needed for parts of the size wanted."""
    kept: list[tuple[int, int]] = []
    last = (part[0], part[2])
    for number, (i, j) in enumerate(anchors):
        following = anchors[number + 1] if number + 1 < len(anchors) else (part[1], part[3])
        if (following[0] - last[0]) * (following[1] - last[1]) > PART_CELLS:
            kept.append((i, j))
            last = (i, j)
    return kept
