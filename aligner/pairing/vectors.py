"""Vectors of articles and of their stretches: of their words, by how much each tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aligner.embedding.protocol import Embedder
from aligner.pairing.blocks import blocks
from aligner.pairing.words import PileWords

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]  # what is kept: a hundred thousand articles fill the memory otherwise
Places = NDArray[np.int64]
PRIOR_ARTICLES = 8.0  # so many articles without direction temper the mean of a small pile
AT_A_TIME = 8192  # words, or vectors
STRETCHES_AT_A_TIME = 1024  # whose vectors stay in the processor's cache


@dataclass(frozen=True, eq=False)
class Stretches:
    """The stretches of some articles, one article after the other.

    vectors: (stretches, d) unit; mass: (stretches,) how much each tells; starts: (articles + 1,)
    where each article's begin.
    """

    vectors: Floats
    mass: Floats
    starts: Places


@dataclass(frozen=True, eq=False)
class SideVectors:
    """Vectors of the articles of one language.

    The mean of the language is taken out: it is what all articles share, and leaving it in brings
    every article near to every other.

    whole, lead: unit vectors (articles, d) of whole articles and of their beginnings; zeros for an
    article without words. vocabulary: (words, d) the words' vectors by how much they tell.
    telling: (words,). usual: (d,) what is taken out of a stretch's vector.
    """

    pile: PileWords
    whole: Halves
    lead: Halves
    vocabulary: Halves
    telling: Floats
    usual: Floats

    def stretches(self, articles: Places) -> Stretches:
        """The stretches of these articles."""
        from scipy.sparse import csr_matrix

        pile = self.pile
        chosen, starts = _ranges(pile.bounds[articles], pile.bounds[articles + 1])
        places, ends = _ranges(pile.ends[chosen], pile.ends[chosen + 1])
        met, tokens = _met(pile.tokens[places], len(pile.words))
        vocabulary, telling = self.vocabulary[met].astype(np.float32), self.telling[met]
        amounts = np.repeat(pile.share[chosen], np.diff(ends))
        vectors = np.empty((len(chosen), vocabulary.shape[1]), dtype=np.float32)
        mass = np.empty(len(chosen), dtype=np.float32)
        for part in blocks(len(chosen), STRETCHES_AT_A_TIME):
            bounds = ends[part.start : part.stop + 1]
            said = slice(bounds[0], bounds[-1])
            counts = csr_matrix(
                (amounts[said], tokens[said], bounds - bounds[0]),
                shape=(len(bounds) - 1, len(met)),
            )
            near = unit(counts @ vocabulary)
            near -= self.usual
            vectors[part] = unit(near)
            mass[part] = counts @ telling
        return Stretches(vectors, mass, starts)


def side_vectors(pile: PileWords, embedder: Embedder) -> SideVectors:
    """Embed the articles of one language."""
    telling = pile.telling()
    vocabulary = np.empty((len(pile.words), embedder.dimensions), dtype=np.float16)
    for part in blocks(len(pile.words), AT_A_TIME):
        vocabulary[part] = embedder.embed(pile.words[part]) * telling[part, None]
    whole, usual = _centred(map(_damped, pile.counted()), len(pile), vocabulary)
    lead, _ = _centred(_parts(pile.lead), len(pile), vocabulary)
    return SideVectors(pile, whole, lead, vocabulary, telling, usual)


def unit(vectors: Floats) -> Floats:
    """Bring these rows to length 1, and give them back; rows of zeros stay zeros."""
    norms = np.sqrt(np.einsum("nd,nd->n", vectors, vectors))[:, None]
    vectors /= np.maximum(norms, 1e-9)
    return vectors


def _centred(
    counts: Iterable[csr_matrix], articles: int, vocabulary: Halves
) -> tuple[Halves, Floats]:
    """Unit vectors of articles without their mean, and the mean; rows of zeros stay so."""
    vectors = np.zeros((articles, vocabulary.shape[1]), dtype=np.float16)
    total = np.zeros(vocabulary.shape[1], dtype=np.float64)
    first = 0
    for part in counts:
        near = unit(_times(part, vocabulary))
        vectors[first : first + len(near)] = near
        total += near.sum(axis=0)
        first += len(near)
    mean = np.asarray(total / (articles + PRIOR_ARTICLES), dtype=np.float32)
    for chosen in blocks(articles, AT_A_TIME):
        near = vectors[chosen].astype(np.float32)
        filled = near.any(axis=1, keepdims=True)
        vectors[chosen] = unit(np.where(filled, near - mean, 0.0))
    return vectors, mean


def _times(counts: csr_matrix, vocabulary: Halves) -> Floats:
    """Sums of the words' vectors; only the words that occur are looked at."""
    from scipy.sparse import csr_matrix

    met, places = _met(counts.indices, len(vocabulary))
    narrow = csr_matrix((counts.data, places, counts.indptr), shape=(counts.shape[0], len(met)))
    return np.asarray(narrow @ vocabulary[met].astype(np.float32))


def _met(tokens: NDArray[np.integer], words: int) -> tuple[NDArray[np.integer], NDArray[np.int32]]:
    """The words, of so many, that occur, ascending; for each token its word's place among them."""
    occurs = np.zeros(words, dtype=bool)
    occurs[tokens] = True
    met = np.flatnonzero(occurs)
    place = np.zeros(words, dtype=np.int32)
    place[met] = np.arange(len(met), dtype=np.int32)
    return met, place[tokens]


def _damped(counts: csr_matrix) -> csr_matrix:
    """A word said twice tells less than twice as much."""
    counts.data = np.log1p(counts.data)
    return counts


def _parts(counts: csr_matrix) -> Iterator[csr_matrix]:
    for part in blocks(counts.shape[0], AT_A_TIME):
        yield counts[part]


def _ranges(first: Places, end: Places) -> tuple[Places, Places]:
    """All numbers from each `first` up to its `end`, and where each run of them begins."""
    sizes = end - first
    starts = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    return np.arange(starts[-1]) + np.repeat(first - starts[:-1], sizes), starts
