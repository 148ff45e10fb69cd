"""Vectors of articles and of their stretches: of their words, by how much each tells."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.embedding.protocol import Embedder
from aligner.pairing.words import PileWords

Floats = NDArray[np.float32]
PRIOR_ARTICLES = 8.0  # so many articles without direction temper the mean of a small pile
WORDS_AT_A_TIME = 16_384


@dataclass(frozen=True, eq=False)
class SideVectors:
    """Vectors of the articles of one language.

    The mean of the language is taken out: it is what all articles share, and leaving it in brings
    every article near to every other.

    whole, lead: unit vectors (articles, d) of whole articles and of their beginnings; zeros for an
    article without words. vocabulary: (words, d) the words' vectors by how much they tell.
    usual: (d,) what is taken out of a stretch's vector.
    """

    pile: PileWords
    whole: Floats
    lead: Floats
    vocabulary: NDArray[np.float16]
    telling: Floats
    usual: Floats

    def stretches(self, article: int) -> tuple[Floats, Floats]:
        """Unit vectors (stretches, d) of an article's stretches, and how much each tells."""
        first, end = self.pile.bounds[article : article + 2]
        matrix = self.pile.stretches
        cells = slice(matrix.indptr[first], matrix.indptr[end])
        rows, amounts = matrix.indices[cells], matrix.data[cells]
        starts = (matrix.indptr[first:end] - matrix.indptr[first]).astype(np.int64)
        if len(rows) == 0:
            return np.zeros((0, self.vocabulary.shape[1]), np.float32), np.zeros(0, np.float32)
        weighted = self.vocabulary[rows].astype(np.float32) * amounts[:, None]
        vectors = unit(np.add.reduceat(weighted, starts, axis=0))
        mass = np.add.reduceat(self.telling[rows] * amounts, starts)
        return unit(vectors - self.usual), np.asarray(mass, dtype=np.float32)


def side_vectors(pile: PileWords, embedder: Embedder) -> SideVectors:
    """Embed the articles of one language."""
    telling = pile.telling()
    whole = pile.counts.copy()
    whole.data = np.log1p(whole.data)
    sums = [np.zeros((whole.shape[0], embedder.dimensions), np.float32) for _ in range(2)]
    vocabulary = np.zeros((len(pile.words), embedder.dimensions), dtype=np.float16)
    for start in range(0, len(pile.words), WORDS_AT_A_TIME):
        part = slice(start, start + WORDS_AT_A_TIME)
        vectors = embedder.embed(pile.words[part]) * telling[part, None]
        vocabulary[part] = vectors
        for total, counts in zip(sums, (whole, pile.lead), strict=True):
            total += counts[:, part] @ vectors
    usual = _mean(unit(sums[0]))
    return SideVectors(pile, centred(sums[0]), centred(sums[1]), vocabulary, telling, usual)


def centred(vectors: Floats) -> Floats:
    """Unit vectors without their mean; rows of zeros stay so."""
    near = unit(vectors)
    filled = near.any(axis=1, keepdims=True)
    return unit(np.where(filled, near - _mean(near), 0.0).astype(np.float32))


def unit(vectors: Floats) -> Floats:
    """Rows of length 1; rows of zeros stay zeros."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)


def _mean(near: Floats) -> Floats:
    return np.asarray(near.sum(axis=0) / (len(near) + PRIOR_ARTICLES), dtype=np.float32)
