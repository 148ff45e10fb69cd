"""The words of a pile: which stand in which article, and how much each can tell.

What is repeated over the pile (a site's menu, a picture caption, a stock phrase) tells little of
any one article; what is rare tells much. Nothing here knows what clutter looks like.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aligner.text import Article

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

# Arabic vowel signs and tatweel belong to the word that carries them; a particle before a number is
# a word of its own.
WORD = re.compile(r"[وفبكل](?=\d)|\d+(?:[.,٫٬]\d+)*|[^\W\d_](?:[\w\u064b-\u065f\u0670'’]*\w)?")
STOP = re.compile(r"(?<=[.!?؟؛…])\s+|\n")
UNSEEN = dict.fromkeys([0x640, 0x670, *range(0x64B, 0x660)])
LEAD_WORDS = 60  # the headline and about two sentences
ARTICLES_AT_A_TIME = 4096
FREQUENT_PARAGRAPH = 3  # a paragraph of so many articles is the site's, or an agency's caption


@dataclass(frozen=True, eq=False)
class PileWords:
    """The words of the articles of one language.

    words: the distinct words, sorted, in lower case, without vowel signs.
    tokens: (tokens,) numbers of words, article after article as they are read.
    ends: (stretches + 1,) where in `tokens` each stretch of text, up to a full stop, begins.
    bounds: (articles + 1,) where in the stretches each article begins.
    share: (stretches,) 1, or where a paragraph is repeated, its part of it: it is shared out among
    the articles that have it.
    lead: (articles, words) 1 where a word is among the article's first words.
    repeated: texts of paragraphs that stand in FREQUENT_PARAGRAPH or more articles.
    """

    words: tuple[str, ...]
    tokens: NDArray[np.int32]
    ends: NDArray[np.int64]
    bounds: NDArray[np.int64]
    share: NDArray[np.float32]
    lead: csr_matrix
    repeated: frozenset[str]

    def __len__(self) -> int:
        """The number of articles."""
        return len(self.bounds) - 1

    def of(self, article: int) -> NDArray[np.int32]:
        """The numbers of the words of an article, as they are read."""
        return self.tokens[slice(*self.ends[self.bounds[article : article + 2]].tolist())]

    @cached_property
    def articles_with(self) -> NDArray[np.int64]:
        """For each word the number of articles that have it."""
        held = np.zeros(len(self.words), dtype=np.int64)
        for counts in self.counted():
            held += np.bincount(counts.indices, minlength=len(self.words))
        return held

    def counted(self) -> Iterator[csr_matrix]:
        """(articles, words) occurrences in each article, for some articles after others.

        Some at a time, for the whole table would be larger than the texts.
        """
        from scipy.sparse import csr_matrix

        for first in range(0, len(self), ARTICLES_AT_A_TIME):
            bounds = self.bounds[first : first + ARTICLES_AT_A_TIME + 1]
            ends = self.ends[bounds[0] : bounds[-1] + 1]
            weight = np.repeat(self.share[bounds[0] : bounds[-1]], np.diff(ends))
            # A copy, for summing up puts it in another order.
            tokens = self.tokens[ends[0] : ends[-1]].copy()
            shape = (len(bounds) - 1, len(self.words))
            counts = csr_matrix((weight, tokens, self.ends[bounds] - ends[0]), shape=shape)
            counts.sum_duplicates()
            yield counts

    def telling(self) -> NDArray[np.float32]:
        """(words,) how much a word tells of an article: its inverse document frequency.

        Smoothed, so that in a pile of a few articles all words tell about the same.
        """
        weight = np.log((len(self) + 12.0) / (self.articles_with + 2.0)).clip(0.05)
        return np.asarray(weight, dtype=np.float32)


class _Columns(dict[str, int]):
    """The number of each word by its spellings, given out as they are met."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        number = self[word] = self.forms.setdefault(form(word), len(self.forms))
        return number


def read(articles: Sequence[Article]) -> PileWords:
    """Count the words of articles of one language."""
    from scipy.sparse import csr_matrix

    held = _holders(articles)
    columns = _Columns()
    tokens = array("i")  # a hundred thousand articles give tens of millions of these
    ends = array("q", [0])
    bounds = array("q", [0])
    share = array("f")
    lead_tokens = array("i")
    lead_ends = array("q", [0])
    for article in articles:
        lead: list[int] = []
        for paragraph in article.paragraphs:
            times = held.get(key(paragraph.text), 1)
            for text in STOP.split(paragraph.text):
                found = [columns[word] for word in WORD.findall(text)]
                if not found:
                    continue
                tokens.extend(found)
                ends.append(len(tokens))
                share.append(1.0 / times)
                if times < FREQUENT_PARAGRAPH and len(lead) < LEAD_WORDS:
                    lead.extend(found)
        bounds.append(len(share))
        lead_tokens.extend(set(lead[:LEAD_WORDS]))
        lead_ends.append(len(lead_tokens))
    # Numbered in the order of the alphabet, so that the order of the articles changes nothing.
    words = tuple(sorted(columns.forms))
    place = np.empty(len(words), dtype=np.int32)
    place[[columns.forms[word] for word in words]] = np.arange(len(words), dtype=np.int32)
    lead_words = csr_matrix(
        (
            np.ones(len(lead_tokens), np.float32),
            place[np.frombuffer(lead_tokens, np.int32)],
            lead_ends,
        ),
        shape=(len(articles), len(words)),
    )
    lead_words.sort_indices()
    return PileWords(
        words,
        place[np.frombuffer(tokens, np.int32)],
        np.array(ends, dtype=np.int64),
        np.array(bounds, dtype=np.int64),
        np.array(share, dtype=np.float32),
        lead_words,
        frozenset(text for text, times in held.items() if times >= FREQUENT_PARAGRAPH),
    )


def key(text: str) -> str:
    """A paragraph's text for finding it again: white space aside."""
    return " ".join(text.split())


def form(word: str) -> str:
    """The word in lower case and without vowel signs."""
    return unicodedata.normalize("NFKC", word.translate(UNSEEN)).lower() or word


def _holders(articles: Sequence[Article]) -> dict[str, int]:
    """How many articles hold a paragraph, for those that stand in more than one."""
    met: set[int] = set()
    again: set[int] = set()
    for article in articles:
        # Hashes first: most paragraphs stand in one article only, and their texts fill the memory.
        for mark in {hash(key(p.text)) for p in article.paragraphs}:
            (again if mark in met else met).add(mark)
    counts = Counter(
        text
        for article in articles
        for text in {key(p.text) for p in article.paragraphs}
        if hash(text) in again
    )
    return {text: times for text, times in counts.items() if times > 1}
