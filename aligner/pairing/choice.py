"""One to one, best overall: who gets whom when several would do."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

LEAVE = 1e-3  # what leaving an article alone counts, where the solver wants every row matched


def choose(ar: Sequence[int], en: Sequence[int], gain: NDArray[np.float64]) -> list[int]:
    """Pick links so that no article is in two of them and their gains add up to the most.

    Link n joins Arabic article ar[n] and English article en[n] and is worth gain[n]; a link that
    gains nothing is never picked. No link may be given twice. Returns the numbers of the links
    picked, ascending. Each group of articles that links hold together is solved by itself, exactly.
    """
    worth = np.flatnonzero(gain > 0)
    group = _groups(np.asarray(ar)[worth], np.asarray(en)[worth])
    members: dict[int, list[int]] = {}
    for n, number in zip(worth.tolist(), group.tolist(), strict=True):
        members.setdefault(number, []).append(n)
    picked: list[int] = []
    for links in members.values():
        picked += links if len(links) == 1 else _assign(ar, en, gain, links)
    return sorted(picked)


def _groups(ar: NDArray[np.integer], en: NDArray[np.integer]) -> NDArray[np.integer]:
    """(links,) a number for each link, the same for links that share articles, also by others."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    if not len(ar):
        return np.zeros(0, dtype=np.int64)
    _, rows = np.unique(ar, return_inverse=True)
    _, columns = np.unique(en, return_inverse=True)
    columns = columns + rows.max() + 1
    size = int(columns.max()) + 1
    _, group = connected_components(
        coo_matrix((np.ones(len(rows)), (rows, columns)), shape=(size, size)), directed=False
    )
    return np.asarray(group[rows])


def _assign(
    ar: Sequence[int], en: Sequence[int], gain: NDArray[np.float64], links: list[int]
) -> list[int]:
    """Solve one group. Beside the English articles stands, for each Arabic one, an empty chair."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    rows = {a: n for n, a in enumerate(sorted({ar[n] for n in links}))}
    columns = {e: n for n, e in enumerate(sorted({en[n] for n in links}))}
    link_of = {(rows[ar[n]], columns[en[n]]): n for n in links}
    chairs = range(len(rows))
    table = csr_matrix(
        (
            [*(gain[n] + LEAVE for n in link_of.values()), *(LEAVE for _ in chairs)],
            (
                [*(row for row, _ in link_of), *chairs],
                [*(column for _, column in link_of), *(len(columns) + n for n in chairs)],
            ),
        ),
        shape=(len(rows), len(columns) + len(rows)),
    )
    seats = zip(*min_weight_full_bipartite_matching(table, maximize=True), strict=True)
    return [link_of[row, column] for row, column in seats if column < len(columns)]
