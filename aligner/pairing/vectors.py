"""One vector an article: its words' vectors, by how much each word tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aligner.embedding.protocol import Embedder
from aligner.pairing.words import PileWords

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]
PRIOR_ARTICLES = 8.0  # so many articles without direction temper the mean of a small pile
WORDS_AT_A_TIME = 65_536


def article_vectors(pile: PileWords, embedder: Embedder) -> tuple[Floats, Floats]:
    """Unit vectors (articles, d) of whole articles, and of their leads.

    The mean of the language is taken out of both: it is what all articles share, and leaving it in
    brings every article near to every other. An article without words gets zeros.
    """
    telling = pile.telling()
    whole = pile.counts.copy()
    whole.data = np.log1p(whole.data)
    sums = [np.zeros((whole.shape[0], embedder.dimensions), np.float32) for _ in range(2)]
    for start in range(0, len(pile.words), WORDS_AT_A_TIME):
        part = slice(start, start + WORDS_AT_A_TIME)
        vectors = embedder.embed(pile.words[part]) * telling[part, None]
        for total, counts in zip(sums, (whole, pile.lead), strict=True):
            total += counts[:, part] @ vectors
    return centred(sums[0]), centred(sums[1])


def centred(vectors: Floats) -> Floats:
    """Unit vectors without their mean; rows of zeros stay so."""
    unit = _unit(vectors)
    mean = unit.sum(axis=0) / (len(unit) + PRIOR_ARTICLES)
    return _unit(np.where(unit.any(axis=1, keepdims=True), unit - mean, 0.0).astype(np.float32))


def _unit(vectors: Floats) -> Floats:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-9), dtype=np.float32)
