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

TEXTS_AT_ONCE = 512  # whose words' vectors are in memory together
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
    found = _Words()
    for first in range(0, len(texts), TEXTS_AT_ONCE):
        found.add(texts[first : first + TEXTS_AT_ONCE], lexical)
    table = np.zeros((len(found.distinct) + 1, lexical.dimensions), dtype=np.float32)
    if found.distinct:
        np.stack(found.distinct, out=table[:-1])
    weights = np.linalg.norm(table, axis=1).astype(np.float32)
    table /= np.maximum(weights, 1e-9)[:, None]
    rows = np.array(found.rows, dtype=np.int64)
    rows[rows < 0] = len(found.distinct)
    if embedder is lexical:
        vectors = np.concatenate([*found.sums, np.zeros((0, lexical.dimensions), np.float32)])
    else:
        vectors = np.asarray(embedder.embed(texts), dtype=np.float32)
    return EncodedArticle(
        article=article,
        additive=embedder.additive,
        vectors=vectors,
        word_vectors=table,
        word_weights=weights,
        word_rows=rows,
        word_starts=np.array(found.starts, dtype=np.int64),
        word_spans=np.array(found.spans, dtype=np.int64).reshape(-1, 2),
        characters=np.array([_weight(t) for t in texts], dtype=np.float32),
        tokens=tuple(_tokens(t, article.language) for t in texts),
    )


class _Words:
    """The distinct words of many texts and where they occur, gathered some texts at a time."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}
        self.distinct: list[Floats] = []
        self.rows: list[int] = []  # -1 for the "no word" of a text without words
        self.starts = [0]
        self.spans: list[tuple[int, int]] = []
        self.sums: list[Floats] = []

    def add(self, texts: list[str], lexical: StaticEmbedder) -> None:
        words = lexical.words(texts)
        bounds, spans = words.starts.tolist(), words.spans.tolist()
        for number, text in enumerate(texts):
            for word in range(bounds[number], bounds[number + 1]):
                begin, end = spans[word]
                form = text[begin:end]
                row = self.known.get(form)
                if row is None:
                    row = self.known[form] = len(self.distinct)
                    self.distinct.append(words.vectors[word].copy())
                self.rows.append(row)
                self.spans.append((begin, end))
            if bounds[number] == bounds[number + 1]:
                self.rows.append(-1)
                self.spans.append((0, 0))
            self.starts.append(len(self.rows))
        self.sums.append(_sums(words.vectors, words.starts))


def _sums(vectors: Floats, starts: Numbers) -> Floats:
    """Each text's vector: the sum of its words'."""
    totals = np.zeros((len(starts) - 1, vectors.shape[1]), dtype=np.float32)
    filled = np.flatnonzero(np.diff(starts))
    if len(filled):
        totals[filled] = np.add.reduceat(vectors, starts[filled], axis=0)
    return totals


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
