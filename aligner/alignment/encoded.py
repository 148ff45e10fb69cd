"""An article with what the aligner needs to know of each sentence: vectors, words, lengths, tokens.

Encoding is the dear step and is done once per article; aligning one pair or fifty with it is cheap.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aligner.text import Article, Language

if TYPE_CHECKING:
    from aligner.embedding.protocol import Embedder
    from aligner.embedding.static import StaticEmbedder

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

TOKEN = re.compile(r"\d+(?:[.,٫٬]\d+)*|[A-Za-z][A-Za-z'’-]+")
# Tatweel, bidi controls and diacritics take no room in the text.
WEIGHTLESS = re.compile(
    "[\u0640\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u064b-\u065f\u0670]"
)


@dataclass(frozen=True, eq=False)
class EncodedArticle:
    """A segmented article and the evidence in its sentences, boilerplate included.

    vectors: (sentences, d) sums, not unit.
    word_vectors: (distinct words + 1, w) unit; the last row is zero and stands for "no word".
    word_weights: (distinct words + 1,) the norms the words had, which say how much each tells.
    word_rows: rows of `word_vectors`, sentence after sentence, at least one for every sentence.
    word_starts: (sentences + 1,) where each sentence's words begin in `word_rows`.
    word_spans: (words, 2) code points in the sentence's text.
    characters: (sentences,) letters that count: no marks, no tatweel, no bidi controls.
    tokens: per sentence its numbers (Western digits, no grouping) and Latin words (lower case).
    """

    article: Article
    additive: bool
    vectors: Floats
    word_vectors: Floats
    word_weights: Floats
    word_rows: Numbers
    word_starts: Numbers
    word_spans: Numbers
    characters: Floats
    tokens: tuple[frozenset[str], ...]

    def with_article(self, article: Article) -> EncodedArticle:
        """The same sentences under other boilerplate flags; nothing is embedded again.

        Raises ValueError if the sentences are not the same ones.
        """
        if len(article.sentences) != len(self.article.sentences):
            raise ValueError("with_article: the sentences differ; encode the article instead")
        return replace(self, article=article)


def encode(article: Article, embedder: Embedder, lexical: StaticEmbedder) -> EncodedArticle:
    """Gather the evidence in each sentence of a segmented article.

    `embedder` gives the sentence vectors, `lexical` the word vectors; they may be the same.
    """
    texts = [s.stripped for s in article.sentences]
    words = lexical.words(texts)
    starts = _bounds(words.starts, len(texts), len(words.vectors))
    if embedder is lexical:
        vectors = _sums(words.vectors, starts)
    else:
        vectors = np.asarray(embedder.embed(texts), dtype=np.float32)
    rows, distinct, starts, spans = _distinct_words(texts, words.spans, starts)
    width = words.vectors.shape[1] if words.vectors.ndim == 2 else 1
    table = np.zeros((len(distinct) + 1, width), dtype=np.float32)
    table[:-1] = words.vectors[distinct]
    weights = np.linalg.norm(table, axis=1).astype(np.float32)
    table /= np.maximum(weights, 1e-9)[:, None]
    return EncodedArticle(
        article=article,
        additive=embedder.additive,
        vectors=vectors,
        word_vectors=table,
        word_weights=weights,
        word_rows=rows,
        word_starts=starts,
        word_spans=spans,
        characters=np.array([_weight(t) for t in texts], dtype=np.float32),
        tokens=tuple(_tokens(t, article.language) for t in texts),
    )


def _bounds(starts: NDArray[np.integer], texts: int, words: int) -> Numbers:
    """Starts with the end appended, whichever way the embedder gives them."""
    bounds = np.asarray(starts, dtype=np.int64)
    return bounds if len(bounds) == texts + 1 else np.append(bounds, words)


def _sums(vectors: Floats, starts: Numbers) -> Floats:
    """Each sentence's vector: the sum of its words'."""
    totals = np.zeros((len(starts) - 1, vectors.shape[1]), dtype=np.float32)
    filled = np.flatnonzero(np.diff(starts))
    if len(filled):
        totals[filled] = np.add.reduceat(vectors, starts[filled], axis=0)
    return totals


def _distinct_words(
    texts: list[str], spans: NDArray[np.integer], starts: Numbers
) -> tuple[Numbers, list[int], Numbers, Numbers]:
    """Number the distinct words; a sentence without words gets the row of "no word"."""
    known: dict[str, int] = {}
    distinct: list[int] = []
    rows: list[int] = []
    new_starts = [0]
    new_spans: list[tuple[int, int]] = []
    pairs = spans.tolist()
    bounds = starts.tolist()
    for number, text in enumerate(texts):
        for word in range(bounds[number], bounds[number + 1]):
            begin, end = pairs[word]
            form = text[begin:end]
            row = known.get(form)
            if row is None:
                row = known[form] = len(distinct)
                distinct.append(word)
            rows.append(row)
            new_spans.append((begin, end))
        if bounds[number] == bounds[number + 1]:
            rows.append(-1)
            new_spans.append((0, 0))
        new_starts.append(len(rows))
    numbered = np.array(rows, dtype=np.int64)
    numbered[numbered < 0] = len(distinct)
    return (
        numbered,
        distinct,
        np.array(new_starts, dtype=np.int64),
        np.array(new_spans, dtype=np.int64).reshape(-1, 2),
    )


def _weight(text: str) -> float:
    return float(max(1, len(text) - len(WEIGHTLESS.findall(text))))


def _tokens(text: str, language: Language) -> frozenset[str]:
    """Numbers by their digits, and in Arabic text the Latin words too.

    English words are Latin words all of them; they count only where the Arabic has them.
    """
    found = set()
    for token in TOKEN.findall(text):
        if token[0].isdigit():
            digits = "".join(str(unicodedata.digit(c)) for c in token if c.isdigit())
            found.add(digits.lstrip("0") or "0")
        elif language is Language.AR or token[0].isupper():
            found.add(token.lower())
    return frozenset(found)
