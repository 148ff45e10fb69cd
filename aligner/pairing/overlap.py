"""How much of one article is found in another, at a glance: stretch by stretch, in no order."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from aligner.pairing.blocks import blocks
from aligner.pairing.rivals import best_others
from aligner.pairing.search import nearest
from aligner.pairing.vectors import Floats, Places, SideVectors

ARTICLES_AT_A_TIME = 512  # Arabic ones, with all that they are compared with: some 200 MB
OTHERS = 2  # best other candidates, which say how much of any article alike would be found
PRIOR_FOUND = 0.3  # how much of an unrelated article is found, where there are too few to tell


def found_in_each_other(
    ar: SideVectors,
    en: SideVectors,
    rows: Places,
    columns: Places,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> tuple[Floats, Floats]:
    """For each link how much of its Arabic article is found in the English one, and the reverse.

    The mean, over what a text tells, of the best cosine each stretch has on the other side: about
    0.3 for texts on one topic, 0.6 and more for translations. rows must be sorted. progress: called
    with the number of Arabic articles done, and of all.
    """
    found = np.zeros((2, len(rows)), dtype=np.float32)
    order = _alike_together(ar, np.unique(rows))
    firsts, lasts = (np.searchsorted(rows, order, side) for side in ("left", "right"))
    for part in blocks(len(order), ARTICLES_AT_A_TIME):
        spans = list(zip(firsts[part].tolist(), lasts[part].tolist(), strict=True))
        met = np.unique(np.concatenate([columns[first:last] for first, last in spans]))
        mine, others = ar.stretches(order[part]), en.stretches(met)
        for n, (first, last) in enumerate(spans):
            one = slice(mine.starts[n], mine.starts[n + 1])
            vectors, mass = mine.vectors[one], mine.mass[one]
            if not len(mass):
                continue
            for link, place in enumerate(np.searchsorted(met, columns[first:last]), first):
                other = slice(others.starts[place], others.starts[place + 1])
                if other.start == other.stop:
                    continue
                cosines = vectors @ others.vectors[other].T
                weight = others.mass[other]
                found[0, link] = mass @ cosines.max(axis=1) / mass.sum()
                found[1, link] = weight @ cosines.max(axis=0) / weight.sum()
        progress(part.stop, len(order))
    return found[0], found[1]


def beyond_others(mine: Places, group: Places, found: Floats) -> Floats:
    """For each link how much more is found than in the best of this article's other candidates.

    In a large pile there are more texts that are nearly alike: the best of them tell what a
    stranger reaches here. mine, group: see `best_others`; found: (links,) mean of both ways.
    """
    others = best_others(mine, group, found, OTHERS)
    usual = np.where(others > -np.inf, others, PRIOR_FOUND).mean(axis=1)
    return np.asarray(found - usual, dtype=np.float32)


def _alike_together(side: SideVectors, articles: Places) -> Places:
    """These articles in an order that puts like ones together.

    They have candidates in common, whose stretches are then computed once for all of them.
    """
    if len(articles) <= ARTICLES_AT_A_TIME:
        return articles
    step = int(np.sqrt(len(side.whole)))
    cells = nearest(side.whole[articles], side.whole[::step], 1).places[:, 0]
    return articles[np.argsort(cells, kind="stable")]
