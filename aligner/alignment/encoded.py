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
class WordTable:
    """The words of an article.

    vectors: (distinct words + 1, w) unit; the last row is zero and stands for "no word".
    weights: (distinct words + 1,) the norms the words had, which say how much each tells.
    rows: rows of `vectors`, sentence after sentence, at least one for every sentence.
    starts: (sentences + 1,) where each sentence's words begin in `rows`.
    spans: (words, 2) code points in the sentence's text.
    """

    vectors: Floats
    weights: Floats
    rows: Numbers
    starts: Numbers
    spans: Numbers

    @property
    def sentences(self) -> int:
        return len(self.starts) - 1


@dataclass(frozen=True, eq=False)
class EncodedArticle:
    """A segmented article and the evidence in its sentences, boilerplate included.

    vectors: (sentences, d) sums, not unit.
    characters: (sentences,) letters that count: no marks, no tatweel, no bidi controls.
    tokens: per sentence its numbers (Western digits, no grouping) and Latin words (lower case).
    """

    article: Article
    additive: bool
    vectors: Floats
    words: WordTable
    characters: Floats
    tokens: tuple[frozenset[str], ...]

    def with_article(self, article: Article) -> EncodedArticle:
        """The same sentences under other boilerplate flags; nothing is embedded again.

        Raises ValueError if the sentences are not the same ones.
        """
        if len(article.sentences) != len(self.article.sentences):
            raise ValueError("with_article: the sentences differ; encode the article instead")
        if article is self.article:
            return self
        return replace(self, article=article)


def encode(article: Article, embedder: Embedder, lexical: StaticEmbedder) -> EncodedArticle:
    """Gather the evidence in each sentence of a segmented article.

    `embedder` gives the sentence vectors, `lexical` the word vectors; they may be the same.
    """
    texts = [s.stripped for s in article.sentences]
    words, sums = _words(texts, lexical)
    vectors = sums if embedder is lexical else np.asarray(embedder.embed(texts), dtype=np.float32)
    return EncodedArticle(
        article=article,
        additive=embedder.additive,
        vectors=vectors,
        words=words,
        characters=np.array([_weight(t) for t in texts], dtype=np.float32),
        tokens=tuple(_tokens(t, article.language) for t in texts),
    )


def word_table(texts: list[str], lexical: StaticEmbedder) -> WordTable:
    """The words of these texts, each text a sentence."""
    return _words(texts, lexical)[0]


def _words(texts: list[str], lexical: StaticEmbedder) -> tuple[WordTable, Floats]:
    """The distinct words of the texts, where they occur, and each text's sum of them.

    Gathered some texts at a time, for the vectors of all words of a book would fill the memory.
    """
    known: dict[str, int] = {}
    distinct: list[Floats] = []
    sums: list[Floats] = []
    spans: list[tuple[int, int]] = []
    rows: list[int] = []
    starts = [0]
    for first in range(0, len(texts), TEXTS_AT_ONCE):
        part = texts[first : first + TEXTS_AT_ONCE]
        words = lexical.words(part)
        bounds, places = words.starts.tolist(), words.spans.tolist()
        new: list[int] = []
        for number, text in enumerate(part):
            before = len(rows)
            for word in range(bounds[number], bounds[number + 1]):
                left, right = places[word]
                form = text[left:right]
                row = known.get(form)
                if row is None:
                    # A punctuation mark finds its like in any sentence, and so tells nothing.
                    if not any(map(str.isalnum, form)):
                        continue
                    row = known[form] = len(known)
                    new.append(word)
                rows.append(row)
                spans.append((left, right))
            if len(rows) == before:
                rows.append(-1)
                spans.append((0, 0))
            starts.append(len(rows))
        distinct.append(words.vectors[new])
        sums.append(_sums(words.vectors, words.starts))
    none = np.zeros((1, lexical.dimensions), dtype=np.float32)
    table = np.concatenate([*distinct, none])
    weights = np.linalg.norm(table, axis=1).astype(np.float32)
    table /= np.maximum(weights, 1e-9)[:, None]
    numbered = np.array(rows, dtype=np.int64)
    numbered[numbered < 0] = len(known)
    return (
        WordTable(
            table,
            weights,
            numbered,
            np.array(starts, dtype=np.int64),
            np.array(spans, dtype=np.int64).reshape(-1, 2),
        ),
        np.concatenate([none[:0], *sums]),
    )


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
