"""An article with what the aligner needs to know of each sentence: vectors, words, lengths, tokens.

Encoding is the dear step and is done once per article; aligning one pair or fifty with it is cheap.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aligner.segmentation.sounds import name_sounds
from aligner.text import Article, Language

if TYPE_CHECKING:
    from aligner.embedding.protocol import Embedder
    from aligner.embedding.static import StaticEmbedder

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

NO_NUMBERS = np.zeros(0, dtype=np.int64)
TEXTS_AT_ONCE = 512  # whose words' vectors are in memory together
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

    vectors: (distinct words + 1, w) unit; the last row is zero and stands for "no word".
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
    words, sums = _words(texts, lexical)
    vectors = sums if embedder is lexical else np.asarray(embedder.embed(texts), dtype=np.float32)
    return EncodedArticle(
        article=article,
        additive=embedder.additive,
        vectors=vectors,
        words=words,
        characters=np.array([weight_of(t) for t in texts], dtype=np.float32),
        tokens=tuple(tokens_of(t, article.language) for t in texts),
    )


def word_table(texts: list[str], lexical: StaticEmbedder) -> WordTable:
    """The words of these texts, each text a sentence."""
    return _words(texts, lexical)[0]


def _words(texts: list[str], lexical: StaticEmbedder) -> tuple[WordTable, Floats]:
    """The distinct words of the texts, where they occur, and each text's sum of them.

    Gathered some texts at a time, for the vectors of all words of a book would fill the memory.
    """
    row_of: dict[str, int] = {}
    n_rows = 0
    vectors: list[Floats] = []
    sums: list[Floats] = []
    rows, spans, sizes = [NO_NUMBERS], [NO_NUMBERS.reshape(0, 2)], [NO_NUMBERS]
    for first in range(0, max(len(texts), 1), TEXTS_AT_ONCE):
        words = lexical.words(texts[first : first + TEXTS_AT_ONCE])
        sums.append(_sums(words.vectors, words.rows, words.starts))
        new: list[int] = []  # the forms that were not met before
        places: list[int] = []  # of all of them
        for number, form in enumerate(words.forms):
            row = row_of.get(form)
            if row is None:
                # A punctuation mark finds its like in any sentence, and so tells nothing.
                row = -1
                if form.isalnum() or any(map(str.isalnum, form)):
                    row = n_rows
                    n_rows += 1
                    new.append(number)
                row_of[form] = row
            places.append(row)
        if first + TEXTS_AT_ONCE >= len(texts):
            new.append(len(words.forms))  # the row of zeros that stands for "no word"
        vectors.append(words.vectors[new])
        found = np.array(places, dtype=np.int64)[words.rows]
        tells = found >= 0
        ends = np.concatenate([[0], np.cumsum(tells)])[words.starts]
        empty = np.flatnonzero(ends[1:] == ends[:-1])
        kept, held = found[tells], words.spans[tells]
        if len(empty):
            # A text without words has one that is nothing.
            kept = np.insert(kept, ends[empty], -1)
            held = np.insert(held, ends[empty], 0, axis=0)
        rows.append(kept)
        spans.append(held)
        sizes.append(np.maximum(np.diff(ends), 1))
    table = vectors[0] if len(vectors) == 1 else np.concatenate(vectors)
    weights = np.sqrt(np.einsum("nd,nd->n", table, table))
    table /= np.maximum(weights, 1e-9)[:, None]
    numbered = np.concatenate(rows)
    numbered[numbered < 0] = len(table) - 1
    starts = np.cumsum(np.concatenate([[0], *sizes]))
    # In the order of their rows, as they were met.
    heard = chain.from_iterable(name_sounds(form) for form, row in row_of.items() if row >= 0)
    sounds = np.zeros((len(table), 2), dtype=np.int64)
    sounds[:-1] = np.fromiter(heard, np.int64, 2 * n_rows).reshape(-1, 2)
    words_of_all = WordTable(table, weights, numbered, starts, np.concatenate(spans), sounds)
    return words_of_all, np.concatenate(sums)


def _sums(vectors: Floats, rows: Numbers, starts: Numbers) -> Floats:
    """Each text's vector: the sum of its words'. rows, starts: as in `Words`."""
    totals = np.zeros((len(starts) - 1, vectors.shape[1]), dtype=np.float32)
    ones = np.ones(int(np.diff(starts).max(initial=0)), dtype=np.float32)
    for total, (begin, end) in zip(totals, pairwise(starts.tolist()), strict=True):
        np.dot(ones[: end - begin], vectors.take(rows[begin:end], axis=0), out=total)
    return totals


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
