"""How much of one article is found in another, at a glance: stretch by stretch, in no order."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray

from aligner.pairing.vectors import Floats, SideVectors

Places = NDArray[np.int64]
KEPT = 4096  # articles whose stretches are kept at hand; some 12 KB each
PRIOR_FOUND = 0.3  # how much of an unrelated article is found, where there are too few to tell
PRIOR_WEIGHT = 0.5


class Stretches:
    """The stretches of one side's articles, those asked for last kept at hand."""

    def __init__(self, side: SideVectors) -> None:
        self._side = side
        self._kept: OrderedDict[int, tuple[Floats, Floats]] = OrderedDict()

    def get(self, article: int) -> tuple[Floats, Floats]:
        found = self._kept.get(article)
        if found is None:
            found = self._side.stretches(article)
            self._kept[article] = found
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found


def found_in_each_other(
    ar: SideVectors, en: SideVectors, rows: Places, columns: Places
) -> tuple[Floats, Floats]:
    """For each link how much of its Arabic article is found in the English one, and the reverse.

    The mean, over what a text tells, of the best cosine each stretch has on the other side: about
    0.3 for texts on one topic, 0.6 and more for translations.
    """
    sides = Stretches(ar), Stretches(en)
    found = np.zeros((2, len(rows)), dtype=np.float32)
    for n, (row, column) in enumerate(zip(rows.tolist(), columns.tolist(), strict=True)):
        (first, weight), (second, other_weight) = sides[0].get(row), sides[1].get(column)
        if len(first) and len(second):
            cosines = first @ second.T
            found[0, n] = weight @ cosines.max(axis=1) / weight.sum()
            found[1, n] = other_weight @ cosines.max(axis=0) / other_weight.sum()
    return found[0], found[1]


def beyond_usual(mine: Places, found: Floats) -> Floats:
    """For each link how much more is found than in this article's other candidates, on average.

    mine: (links,) the article of one side; found: (links,) mean of both ways.
    """
    size = int(mine.max(initial=-1)) + 1
    total = np.bincount(mine, found, size)
    count = np.bincount(mine, minlength=size)
    others = (total[mine] - found + PRIOR_FOUND * PRIOR_WEIGHT) / (count[mine] - 1 + PRIOR_WEIGHT)
    return np.asarray(found - others, dtype=np.float32)
