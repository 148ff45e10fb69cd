"""How much a paragraph's words are like those of page furniture, by their vectors.

Word lists know the words that somebody thought of; vectors know their kin. One linear weight for
each dimension, fitted by `python -m training.boilerplate_fit` on the vectors of the bundled model.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from aligner.text import Article

WORDING: Final = ("wording", "wording_of_lead", "lead", "furniture_leads")
FILE: Final = "wording.json"
# "Read also: a headline": what leads in is of one to four words.
LEAD: Final = re.compile(r"^\W*+(\w++(?:[ \u00a0]\w++){0,3}+)(?:\s?[:|»>–—]\s|\s-\s)\s*\S")
SURE: Final = 0.5  # the same for log-odds of 2
FURTHEST: Final = 6.0  # log-odds beyond this say nothing more


class Words(Protocol):
    """The words of an article, sentence after sentence; see alignment.encoded.WordTable."""

    @property
    def vectors(self) -> NDArray[np.float32]:
        """(distinct words, d) unit."""

    @property
    def weights(self) -> NDArray[np.float32]:
        """(distinct words,) how much each tells."""

    @property
    def rows(self) -> NDArray[np.int64]:
        """(words,) rows of `vectors`."""

    @property
    def starts(self) -> NDArray[np.int64]:
        """(sentences + 1,) where each sentence's words begin."""

    @property
    def spans(self) -> NDArray[np.int64]:
        """(words, 2) code points in the sentence's stripped text."""


def wording(
    article: Article, words: Words, weights: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    """Shape (paragraphs, len(WORDING)): log-odds, a quarter of them, by all words and by a lead-in.

    weights: (1 + d,) the constant first; those in the package by default.
    """
    chosen = _weights() if weights is None else weights
    score = np.asarray(words.vectors @ chosen[1:].astype(np.float32) * words.weights)
    gains, masses = (_running(x[words.rows]) for x in (score, words.weights))

    def odds(first: NDArray[np.int64] | int, end: NDArray[np.int64] | int) -> NDArray[np.float64]:
        mass = masses[end] - masses[first]
        mean = (gains[end] - gains[first]) / np.where(mass > 0, mass, np.inf)
        bounded: NDArray[np.float64] = np.minimum(np.maximum(mean + chosen[0], -FURTHEST), FURTHEST)
        return bounded / 4

    out = np.zeros((len(article.paragraphs), len(WORDING)))
    told = [(n, numbers) for n, numbers in enumerate(article.sentence_numbers) if numbers]
    first = words.starts[[numbers.start for _, numbers in told]]
    end = words.starts[[numbers.stop for _, numbers in told]]
    out[[n for n, _ in told], 0] = odds(first, end)
    for (n, numbers), begin, stop in zip(told, first.tolist(), end.tolist(), strict=True):
        if lead := LEAD.match(article.sentences[numbers.start].stripped):
            last = begin + np.searchsorted(words.spans[begin:stop, 0], lead.end(1))
            of_lead = odds(begin, last)
            out[n, 1:] = of_lead, 1.0, of_lead >= SURE
    return out


def means(words: Words) -> NDArray[np.float32]:
    """(sentences, d): the mean vector of each sentence's words, by their weights."""
    share = words.weights[words.rows]
    sums = np.add.reduceat(words.vectors[words.rows] * share[:, None], words.starts[:-1])
    mass = np.add.reduceat(share, words.starts[:-1])
    return np.asarray(sums / np.maximum(mass, 1e-6)[:, None], dtype=np.float32)


def _running(values: NDArray[np.floating]) -> NDArray[np.float64]:
    return np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])


@cache
def _weights() -> NDArray[np.float64]:
    written = json.loads((resources.files(__package__) / FILE).read_text(encoding="utf-8"))
    return np.array([written["constant"], *written["weights"]])
