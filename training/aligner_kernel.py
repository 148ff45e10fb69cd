"""Sums over all alignments that are permitted: forward and backward over sparse beads.

Compiled with numba, for training alone; the aligner itself does not need it.
"""

from __future__ import annotations

import numba
import numpy as np

LOW = -1e30


@numba.njit(cache=True)
def _add(a: float, b: float) -> float:
    if a < b:
        a, b = b, a
    if b <= LOW:
        return a
    return a + np.log1p(np.exp(b - a))


@numba.njit(cache=True)
def posteriors(points, pointer, size_ar, size_en, bead, ar_open, ar_continue, en_open, en_continue):
    """Log of the sum over all alignments, and the posterior of every bead and null.

    points: (n + 1, m + 1) whether an alignment may pass there: so many Arabic and English sentences
    are behind it. pointer: (n * m + 1,) where the beads that begin at cell (i, j) stand in `bead`.
    """
    n, m = points.shape[0] - 1, points.shape[1] - 1
    after = np.full((3, n + 1, m + 1), LOW)
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            if not points[i, j]:
                continue
            total = 0.0 if i == n and j == m else LOW
            if i < n and j < m:
                for c in range(pointer[i * m + j], pointer[i * m + j + 1]):
                    total = _add(total, bead[c] + after[0, i + size_ar[c], j + size_en[c]])
            en_first = en_next = ar_first = ar_next = LOW
            if j < m:
                en_first = en_open[j] + after[2, i, j + 1]
                en_next = en_continue[j] + after[2, i, j + 1]
            if i < n:
                ar_first = ar_open[i] + after[1, i + 1, j]
                ar_next = ar_continue[i] + after[1, i + 1, j]
            after[2, i, j] = _add(total, en_next)
            with_en = _add(total, en_first)
            after[0, i, j] = _add(with_en, ar_first)
            after[1, i, j] = _add(with_en, ar_next)
    log_total = after[0, 0, 0]
    before = np.full((3, n + 1, m + 1), LOW)
    before[0, 0, 0] = 0.0
    beads = np.zeros(len(bead))
    nulls = np.zeros((2, n)), np.zeros((2, m))
    for i in range(n + 1):
        for j in range(m + 1):
            if not points[i, j]:
                continue
            b, a, e = before[0, i, j], before[1, i, j], before[2, i, j]
            any_state = _add(_add(b, a), e)
            if i < n and j < m:
                for c in range(pointer[i * m + j], pointer[i * m + j + 1]):
                    x, y = i + size_ar[c], j + size_en[c]
                    score = any_state + bead[c]
                    before[0, x, y] = _add(before[0, x, y], score)
                    beads[c] = np.exp(score + after[0, x, y] - log_total)
            if i < n:
                follow = after[1, i + 1, j] - log_total
                nulls[0][0, i] += np.exp(b + ar_open[i] + follow)
                nulls[0][1, i] += np.exp(a + ar_continue[i] + follow)
                score = _add(b + ar_open[i], a + ar_continue[i])
                before[1, i + 1, j] = _add(before[1, i + 1, j], score)
            if j < m:
                follow = after[2, i, j + 1] - log_total
                not_en = _add(b, a)
                nulls[1][0, j] += np.exp(not_en + en_open[j] + follow)
                nulls[1][1, j] += np.exp(e + en_continue[j] + follow)
                score = _add(not_en + en_open[j], e + en_continue[j])
                before[2, i, j + 1] = _add(before[2, i, j + 1], score)
    return log_total, beads, nulls[0], nulls[1]


@numba.njit(cache=True)
def best_through(n, m, beads, size_ar, size_en, ar_open, ar_continue, en_open, en_continue):
    """The score of the best alignment through each bead, and of the best of all.

    beads: (n, types, m) with a very low score where there is none. Returns the same shape.
    """
    after = np.full((3, n + 1, m + 1), LOW)
    types = len(size_ar)
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            best = 0.0 if i == n and j == m else LOW
            if i < n and j < m:
                for t in range(types):
                    if i + size_ar[t] <= n and j + size_en[t] <= m:
                        best = max(best, beads[i, t, j] + after[0, i + size_ar[t], j + size_en[t]])
            en_first = en_next = ar_first = ar_next = LOW
            if j < m:
                en_first = en_open[j] + after[2, i, j + 1]
                en_next = en_continue[j] + after[2, i, j + 1]
            if i < n:
                ar_first = ar_open[i] + after[1, i + 1, j]
                ar_next = ar_continue[i] + after[1, i + 1, j]
            after[2, i, j] = max(best, en_next)
            after[0, i, j] = max(best, en_first, ar_first)
            after[1, i, j] = max(best, en_first, ar_next)
    before = np.full((3, n + 1, m + 1), LOW)
    before[0, 0, 0] = 0.0
    through = np.full(beads.shape, LOW)
    for i in range(n + 1):
        for j in range(m + 1):
            b, a, e = before[0, i, j], before[1, i, j], before[2, i, j]
            state = max(b, a, e)
            if i < n and j < m:
                for t in range(types):
                    x, y = i + size_ar[t], j + size_en[t]
                    if x <= n and y <= m:
                        score = state + beads[i, t, j]
                        before[0, x, y] = max(before[0, x, y], score)
                        through[i, t, j] = score + after[0, x, y]
            if i < n:
                score = max(b + ar_open[i], a + ar_continue[i])
                before[1, i + 1, j] = max(before[1, i + 1, j], score)
            if j < m:
                score = max(max(b, a) + en_open[j], e + en_continue[j])
                before[2, i, j + 1] = max(before[2, i, j + 1], score)
    return through, after[0, 0, 0]
