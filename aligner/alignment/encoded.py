"""An article with what the aligner needs to know of each sentence: vectors, words, lengths, tokens.

Encoding is the dear step and is done once per article; aligning one pair or fifty with it is cheap.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Set
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aligner.segmentation.sounds import name_sounds
from aligner.text import Article, Language

if TYPE_CHECKING:
    from aligner.embedding.protocol import Embedder
    from aligner.embedding.static import StaticEmbedder, Words

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

# Numbers, and the Latin words that count: in Arabic text all, in English those with a capital. An
# English word without one is met all the same, for a capital inside it is no word's.
NUMBER = r"\d+(?:[.,٫٬]\d+)*"
TOKEN = {
    Language.AR: re.compile(rf"{NUMBER}|[A-Za-z][A-Za-z'’-]+"),
    Language.EN: re.compile(rf"({NUMBER}|[A-Z][A-Za-z'’-]+)|[a-z][A-Za-z'’-]+"),
}
# Tatweel, bidi controls and diacritics take no room in the text.
WEIGHTLESS = re.compile(
    "[\u0640\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u064b-\u065f\u0670]"
)


@dataclass(frozen=True, eq=False)
class WordTable:
    """The words of an article.

    vectors: (distinct words + 1, w) unit; the last row is zero and stands for "no word". What tells
        nothing, a punctuation mark, has a row too, but stands in no sentence.
    weights: (distinct words + 1,) the norms the words had, which say how much each tells.
    rows: rows of `vectors`, sentence after sentence, at least one for every sentence.
    starts: (sentences + 1,) where each sentence's words begin in `rows`.
    spans: (words, 2) code points in the sentence's text.
    sounds: (distinct words + 1, 2) what each sounds like, should it be a name; 0 for nothing.
    """

    vectors: Floats
    weights: Floats
    rows: Numbers
    starts: Numbers
    spans: Numbers
    sounds: Numbers

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
    words = lexical.words(texts)
    vectors = words.sums() if embedder is lexical else np.asarray(embedder.embed(texts), np.float32)
    return EncodedArticle(
        article=article,
        additive=embedder.additive,
        vectors=vectors,
        words=_table_of(words),
        characters=np.array([weight_of(t) for t in texts], dtype=np.float32),
        tokens=tuple(tokens_of(t, article.language) for t in texts),
    )


def word_table(texts: list[str], lexical: StaticEmbedder) -> WordTable:
    """The words of these texts, each text a sentence."""
    return _table_of(lexical.words(texts))


def _table_of(words: Words) -> WordTable:
    """The words that tell something, with unit vectors, which take the place of those given."""
    # A punctuation mark finds its like in any sentence, and so tells nothing.
    tells = [form.isalnum() or any(map(str.isalnum, form)) for form in words.forms]
    kept = np.array(tells, dtype=bool)[words.rows]
    rows, spans = words.rows[kept], words.spans[kept]
    starts = np.concatenate([[0], np.cumsum(kept)])[words.starts]
    empty = np.flatnonzero(starts[1:] == starts[:-1])
    if len(empty):
        # A text without words has one that is nothing.
        rows = np.insert(rows, starts[empty], len(words.forms))
        spans = np.insert(spans, starts[empty], 0, axis=0)
        starts[1:] += np.cumsum(starts[1:] == starts[:-1])
    vectors = words.vectors
    weights = np.sqrt(np.einsum("nd,nd->n", vectors, vectors))
    vectors /= np.maximum(weights, 1e-9)[:, None]
    sounds = np.zeros((len(vectors), 2), dtype=np.int64)
    heard = chain.from_iterable(map(name_sounds, words.forms))
    sounds[:-1] = np.fromiter(heard, np.int64, 2 * len(words.forms)).reshape(-1, 2)
    return WordTable(vectors, weights, rows, starts, spans, sounds)


def weight_of(text: str) -> float:
    """The letters of a text that count, at least 1."""
    weightless = 0 if text.isascii() else len(WEIGHTLESS.findall(text))
    return float(max(1, len(text) - weightless))


def tokens_of(text: str, language: Language) -> frozenset[str]:
    """Numbers by their digits, and in Arabic text the Latin words too.

    English words are Latin words all of them; they count only where the Arabic has them.
    """
    found = set()
    for token in TOKEN[language].findall(text):
        if token[:1].isdigit():
            digits = token.replace(",", "").replace(".", "")
            if not digits.isascii():
                digits = "".join(str(unicodedata.digit(c)) for c in digits if c.isdigit())
            found.add(digits.lstrip("0") or "0")
        elif token:
            found.add(token.lower())
    return frozenset(found)


def compare_numbers(here: Set[str], there: Set[str]) -> tuple[int, int]:
    """How many numbers the two sides of a bead share, and in how many they differ.

    What only one of them has in digits the other may have in words.
    """
    return len(here & there), min(len(here - there), len(there - here))
