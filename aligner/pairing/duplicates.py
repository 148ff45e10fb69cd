"""Articles that are one article: copies, and updated versions of it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from aligner.pairing.vectors import Places
from aligner.pairing.words import FREQUENT_PARAGRAPH, PileWords

Marks = NDArray[np.uint64]

RUN = 4  # words that stand together in both
SKETCH = 48  # runs kept of each article: those with the lowest marks, the same in both versions
LEAST_SHARED = (
    0.5  # of the shorter sketch; a version with half of its text rewritten is another article
)
CROWD = 64  # a run in more articles than this is a stock phrase
NONE = np.iinfo(np.uint64).max
ODD = np.uint64(0x9E3779B97F4A7C15)  # multiplying by it scatters numbers over all 64 bits


def versions(pile: PileWords) -> Places:
    """Number the groups of articles (all in one language) that are versions of each other.

    Paragraphs of the site don't count. Returns for each article the number of the first article of
    its group; an article without other versions has its own number.
    """
    sketches = np.array(list(_sketches(pile)), dtype=np.uint64).reshape(-1, SKETCH)
    sizes = (sketches != NONE).sum(axis=1)
    first, second, common = _shared(sketches)
    near = common >= LEAST_SHARED * np.minimum(sizes[first], sizes[second])
    group = list(range(len(pile)))

    def root(n: int) -> int:
        while group[n] != n:
            group[n] = group[group[n]]
            n = group[n]
        return n

    for one, other in zip(first[near].tolist(), second[near].tolist(), strict=True):
        if max(sizes[one], sizes[other]) == SKETCH and not _alike(sketches[one], sketches[other]):
            continue
        low, high = sorted((root(one), root(other)))
        group[high] = low
    return np.array([root(n) for n in range(len(group))], dtype=np.int64)


def _alike(first: Marks, second: Marks) -> bool:
    """Whether two articles share enough of their runs, one having more than a sketch holds."""
    # Of the lowest marks of both together, those in both: an unbiased guess of their likeness.
    both = np.union1d(first, second)[:SKETCH]
    return bool(np.isin(both, np.intersect1d(first, second)).sum() >= LEAST_SHARED * SKETCH)


def _shared(sketches: Marks) -> tuple[Places, Places, Places]:
    """The pairs of articles that share runs, and how many of their sketches' runs they share."""
    held = np.flatnonzero(sketches != NONE)
    holders, runs = held // SKETCH, sketches.ravel()[held]
    order = np.lexsort((holders, runs))
    holders, runs = holders[order], runs[order]
    ends = np.flatnonzero(np.append(runs[1:] != runs[:-1], [True] * (len(runs) > 0))) + 1
    crowds = np.diff(ends, prepend=0)
    pairs = [np.zeros(0, dtype=np.int64)]
    for size in range(2, CROWD + 1):
        chosen = ends[crowds == size]
        together = holders[chosen[:, None] - size + np.arange(size)]
        one, other = np.triu_indices(size, 1)
        pairs.append((together[:, one] * len(sketches) + together[:, other]).ravel())
    found, common = np.unique(np.concatenate(pairs), return_counts=True)
    return found // max(len(sketches), 1), found % max(len(sketches), 1), common


def _sketches(pile: PileWords) -> Iterator[Marks]:
    """For each article its lowest marks of runs, ascending, filled up with NONE."""
    own = pile.share > 1.0 / (FREQUENT_PARAGRAPH - 0.5)
    starts = pile.ends[pile.bounds]
    for n, (first, end) in enumerate(zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True)):
        stretches = slice(pile.bounds[n], pile.bounds[n + 1])
        kept = np.repeat(own[stretches], np.diff(pile.ends[stretches.start : stretches.stop + 1]))
        runs = np.unique(_marks(pile.tokens[first:end][kept]))[:SKETCH]
        yield np.append(runs, np.full(SKETCH - len(runs), NONE))


def _marks(tokens: NDArray[np.int32]) -> Marks:
    """A number for every run of words, the same for the same run."""
    wide = tokens.astype(np.uint64) + np.uint64(1)
    marks = np.zeros(max(0, len(wide) - RUN + 1), dtype=np.uint64)
    for place in range(RUN):
        marks = (marks + wide[place : len(wide) - RUN + 1 + place]) * ODD
        marks ^= marks >> np.uint64(29)
    return marks
