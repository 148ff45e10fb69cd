"""Which articles may go together at all: a few for each, found without aligning anything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from aligner.pairing.blocks import blocks
from aligner.pairing.marks import PileMarks
from aligner.pairing.overlap import beyond_others, found_in_each_other
from aligner.pairing.search import Allowed, Floats, Neighbours, nearest
from aligner.pairing.vectors import Halves, Places, SideVectors

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


BY_WHOLE = 5  # candidates an article gets by its whole text
BY_LEAD = 3
BY_MARKS = 2
LOOKED_AT = 16  # nearest ones, of which those are candidates that stand out most
COMMON_MARK = 100  # a mark in more articles of a side is no reason to look at a pair
USUAL = 4  # neighbours that say how crowded it is around an article
PRIOR_USUAL = 0.15  # similarity of near neighbours in a pile too small to tell
PRIOR_WEIGHT = 1.0  # neighbours that the prior counts for
LINKS_AT_A_TIME = 16_384
ARTICLES_AT_A_TIME = 1024

MEASURES = ("whole", "lead", "marks", "margin", "found", "found_least", "found_margin")


@dataclass(frozen=True, eq=False)
class PileVectors:
    """What is known of the articles of a pile before any is aligned.

    versions: for each Arabic and each English article the number of its group of versions.
    """

    ar: SideVectors
    en: SideVectors
    marks: PileMarks
    versions: tuple[Places, Places]


@dataclass(frozen=True, eq=False)
class Links:
    """Pairs that may be: Arabic article ar[n] and English article en[n], sorted, none twice.

    whole, lead: cosines of their vectors, -1 to 1; marks: cosine of their marks, 0 to 1; margin:
    `whole` less what is usual around the two. found: how much of each is found in the other, mean
    of both ways; found_least: the lesser way; found_margin: `found` less that of the best of their
    other candidates.
    """

    ar: Places
    en: Places
    whole: Floats
    lead: Floats
    marks: Floats
    margin: Floats
    found: Floats
    found_least: Floats
    found_margin: Floats

    def __len__(self) -> int:
        return len(self.ar)

    def columns(self) -> dict[str, NDArray[Any]]:
        """The measures by name."""
        return {name: getattr(self, name) for name in MEASURES}


def neighbours(pile: PileVectors, allowed: Allowed | None) -> tuple[Neighbours, Neighbours]:
    """The nearest English articles of each Arabic one, and the other way round."""
    return _both_ways(pile.ar.whole, pile.en.whole, allowed)


def find(
    pile: PileVectors,
    near: tuple[Neighbours, Neighbours],
    allowed: Allowed | None = None,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> Links:
    """Find a few candidates for every article of both sides.

    near: what `neighbours` found. allowed: whether an Arabic and an English article may be a pair,
    by what is known of them beforehand. progress: called with the number of Arabic articles whose
    candidates are compared, and of all.
    """
    found = [*outstanding(near, BY_WHOLE)]
    found += outstanding(_both_ways(pile.ar.lead, pile.en.lead, allowed), BY_LEAD)
    found.append(_by_marks(pile.marks.ar, pile.marks.en))
    width = len(pile.en.whole)
    ar, en = (np.concatenate(sides) for sides in zip(*found, strict=True))
    keys = np.unique(ar * width + en)
    ar, en = keys // max(width, 1), keys % max(width, 1)
    if allowed is not None:
        kept = allowed.pairs(ar, en)
        ar, en = ar[kept], en[kept]
    return describe(pile, near, ar, en, progress)


def describe(
    pile: PileVectors,
    near: tuple[Neighbours, Neighbours],
    ar: Places,
    en: Places,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> Links:
    """Measure the links between these articles, which are sorted; see `find`."""
    whole = _dots(pile.ar.whole, pile.en.whole, ar, en)
    lead = _dots(pile.ar.lead, pile.en.lead, ar, en)
    usual = 0.5 * (_others(near[0], ar, en) + _others(near[1], en, ar))
    marks = np.empty(len(ar), dtype=np.float32)
    for part in blocks(len(ar), LINKS_AT_A_TIME):
        product = pile.marks.ar[ar[part]].multiply(pile.marks.en[en[part]])
        marks[part] = np.asarray(product.sum(axis=1)).ravel()
    in_en, in_ar = found_in_each_other(pile.ar, pile.en, ar, en, progress)
    found = np.asarray((in_en + in_ar) / 2, dtype=np.float32)
    beyond_ar = beyond_others(ar, pile.versions[1][en], found)
    beyond_en = beyond_others(en, pile.versions[0][ar], found)
    beyond = np.asarray((beyond_ar + beyond_en) / 2, dtype=np.float32)
    margin = (whole - usual).astype(np.float32)
    least = np.minimum(in_en, in_ar)
    return Links(ar, en, whole, lead, marks, margin, found, least, beyond)


def _both_ways(ar: Halves, en: Halves, allowed: Allowed | None) -> tuple[Neighbours, Neighbours]:
    turned = None if allowed is None else allowed.turned()
    return nearest(ar, en, LOOKED_AT, allowed=allowed), nearest(en, ar, LOOKED_AT, allowed=turned)


def outstanding(
    near: tuple[Neighbours, Neighbours], few: int
) -> tuple[tuple[Places, Places], tuple[Places, Places]]:
    """Of the nearest, both ways, the few of each article that stand out most, as Arabic, English.

    Some articles are near to very many; what counts is to be nearer than others are to them
    (cross-domain similarity local scaling, Conneau et al. 2018).
    """
    crowds = [_crowd(side) for side in near]
    ar, en = _nearest_few(near[0], crowds[1], few), _nearest_few(near[1], crowds[0], few)
    return ar, en[::-1]


def _crowd(near: Neighbours) -> Floats:
    """For each article how near its nearest neighbours are, on average."""
    some = near.places[:, :USUAL] >= 0
    total = (near.similarity[:, :USUAL] * some).sum(axis=1) + PRIOR_USUAL * PRIOR_WEIGHT
    return np.asarray(total / (some.sum(axis=1) + PRIOR_WEIGHT), dtype=np.float32)


def _nearest_few(near: Neighbours, crowd: Floats, few: int) -> tuple[Places, Places]:
    """The queries and keys that are nearest, less half of how crowded it is around the key."""
    beyond = np.where(near.places >= 0, near.similarity - crowd[near.places] / 2, -np.inf)
    order = np.argsort(-beyond, axis=1, kind="stable")[:, :few]
    columns = np.take_along_axis(near.places, order, axis=1).ravel()
    rows = np.repeat(np.arange(len(order)), order.shape[1])
    return rows[columns >= 0], columns[columns >= 0]


def _by_marks(ar: csr_matrix, en: csr_matrix) -> tuple[Places, Places]:
    """For each Arabic article the English ones that share the most of its rare marks."""
    from scipy.sparse import diags

    common = np.maximum(*(np.bincount(m.indices, minlength=m.shape[1]) for m in (ar, en)))
    rare = diags((common <= COMMON_MARK).astype(np.float32))
    turned = (rare @ en.T).tocsr()
    turned.eliminate_zeros()
    rows, columns = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for part in blocks(ar.shape[0], ARTICLES_AT_A_TIME):
        shared = (ar[part] @ turned).tocoo()
        best = best_few(shared.row, shared.col, shared.data, BY_MARKS)
        rows.append(part.start + shared.row[best].astype(np.int64))
        columns.append(shared.col[best].astype(np.int64))
    return np.concatenate(rows), np.concatenate(columns)


def best_few(
    side: NDArray[np.integer], other: NDArray[np.integer], value: NDArray[np.floating], few: int
) -> NDArray[np.bool_]:
    """Whether a link is among the few of the highest value that its article of one side has.

    side, other: (links,) articles; of equal values those with the lower `other` come first.
    """
    order = np.lexsort((other, -value, side))
    ordered = side[order]
    rank = np.arange(len(side)) - np.searchsorted(ordered, ordered)
    best = np.zeros(len(side), dtype=bool)
    best[order[rank < few]] = True
    return best


def _dots(ar: Halves, en: Halves, rows: Places, columns: Places) -> Floats:
    out = np.empty(len(rows), dtype=np.float32)
    for part in blocks(len(rows), LINKS_AT_A_TIME):
        first, second = ar[rows[part]].astype(np.float32), en[columns[part]].astype(np.float32)
        out[part] = np.einsum("nd,nd->n", first, second)
    return out


def _others(near: Neighbours, own: Places, other: Places) -> Floats:
    """For each link how near an article is to its nearest neighbours other than this one."""
    places = near.places[own][:, : USUAL + 1]
    values = np.where(places >= 0, near.similarity[own][:, : USUAL + 1], 0.0)
    counted = (places >= 0) & (places != other[:, None])
    # Of five neighbours that don't hold this one, the fifth is one too many.
    counted[:, USUAL:] &= counted.sum(axis=1, keepdims=True) <= USUAL
    total = (values * counted).sum(axis=1) + PRIOR_USUAL * PRIOR_WEIGHT
    return np.asarray(total / (counted.sum(axis=1) + PRIOR_WEIGHT), dtype=np.float32)
