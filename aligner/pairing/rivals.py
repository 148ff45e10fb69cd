"""The other candidates of an article: how good the best of them are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from aligner.pairing.vectors import Places

Values = NDArray[np.floating]


def best_others(mine: Places, group: Places, value: Values, few: int) -> NDArray[np.float64]:
    """For each link the highest values that other links of its article have, the highest first.

    mine: (links,) the article of one side; group: (links,) that of the other side, as the number of
    its group of versions: a version of an article is no other, and of one group only the best link
    counts. Returns (links, few), -inf where there are fewer.
    """
    width = int(group.max(initial=0)) + 1
    keys, place = np.unique(mine.astype(np.int64) * width + group, return_inverse=True)
    best = np.full(len(keys), -np.inf)
    np.maximum.at(best, place, value)
    # Each article's groups in a row, the best first; after all of them a few that are missing.
    owner = keys // width
    order = np.lexsort((-best, owner))
    first, end = (np.searchsorted(owner, owner, side) for side in ("left", "right"))
    rank = np.empty(len(keys), dtype=np.int64)
    rank[order] = np.arange(len(keys)) - first
    ranked = np.append(best[order], -np.inf)
    wanted = np.arange(few) + (rank[:, None] <= np.arange(few)) + first[:, None]
    found = ranked[np.where(wanted < end[:, None], wanted, len(keys))]
    return np.asarray(found[place])
