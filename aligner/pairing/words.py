"""The words of a pile: which stand in which article, and how much each can tell.

What is repeated over the pile (a site's menu, a picture caption, a stock phrase) tells little of
any one article; what is rare tells much. Nothing here knows what clutter looks like.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aligner.text import Article

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

# Arabic vowel signs and tatweel belong to the word that carries them.
WORD = re.compile(r"\d+(?:[.,٫٬]\d+)*|[^\W\d_](?:[\w\u064b-\u065f\u0670'’]*\w)?")
STOP = re.compile(r"(?<=[.!?؟؛…])\s+|\n")
UNSEEN = dict.fromkeys([0x640, 0x670, *range(0x64B, 0x660)])
LEAD_WORDS = 60  # the headline and about two sentences
FREQUENT_PARAGRAPH = 3  # a paragraph of so many articles is the site's, or an agency's caption


@dataclass(frozen=True, eq=False)
class PileWords:
    """The words of the articles of one language.

    words: the distinct words, sorted, in lower case, without vowel signs.
    stretches: (stretches, words) occurrences in each stretch of text up to a full stop; where a
    paragraph is repeated, shared out among the articles that have it.
    bounds: (articles + 1,) where each article's stretches begin.
    counts: (articles, words) the same, summed up for each article.
    lead: (articles, words) 1 where a word is among the article's first words.
    repeated: texts of paragraphs that stand in FREQUENT_PARAGRAPH or more articles.
    """

    words: tuple[str, ...]
    stretches: csr_matrix
    bounds: NDArray[np.int64]
    counts: csr_matrix
    lead: csr_matrix
    repeated: frozenset[str]

    @property
    def articles_with(self) -> NDArray[np.int64]:
        """For each word the number of articles that have it."""
        return np.bincount(self.counts.indices, minlength=len(self.words))

    def telling(self) -> NDArray[np.float32]:
        """(words,) how much a word tells of an article: its inverse document frequency.

        Smoothed, so that in a pile of a few articles all words tell about the same.
        """
        n = self.counts.shape[0]
        weight = np.log((n + 12.0) / (self.articles_with + 2.0)).clip(0.05)
        return np.asarray(weight, dtype=np.float32)


def read(articles: Sequence[Article]) -> PileWords:
    """Count the words of articles of one language."""
    from scipy.sparse import csr_matrix

    held = Counter(text for a in articles for text in {key(p.text) for p in a.paragraphs})
    seen: dict[str, int] = {}
    forms: dict[str, str] = {}
    columns = array("i")  # a hundred thousand articles give tens of millions of these
    values = array("f")
    ends = array("q", [0])
    bounds = array("q", [0])
    lead_columns = array("i")
    lead_ends = array("q", [0])
    for article in articles:
        lead: list[str] = []
        for paragraph in article.paragraphs:
            times = held[key(paragraph.text)]
            for text in STOP.split(paragraph.text):
                found = [form(word, forms) for word in WORD.findall(text)]
                if not found:
                    continue
                counts = Counter(found)
                columns.extend(seen.setdefault(word, len(seen)) for word in counts)
                values.extend(count / times for count in counts.values())
                ends.append(len(columns))
                if times < FREQUENT_PARAGRAPH and len(lead) < LEAD_WORDS:
                    lead.extend(found)
        bounds.append(len(ends) - 1)
        lead_columns.extend({seen[word] for word in lead[:LEAD_WORDS]})
        lead_ends.append(len(lead_columns))
    words = tuple(sorted(seen))
    # Columns in the order of the words, so that the order of the articles changes nothing.
    place = np.empty(len(seen), dtype=np.int32)
    place[[seen[w] for w in words]] = np.arange(len(seen), dtype=np.int32)
    stretches = csr_matrix(
        (np.frombuffer(values, np.float32), place[np.frombuffer(columns, np.int32)], ends),
        shape=(len(ends) - 1, len(words)),
    )
    lead_words = csr_matrix(
        (
            np.ones(len(lead_columns), np.float32),
            place[np.array(lead_columns, np.int32)],
            lead_ends,
        ),
        shape=(len(articles), len(words)),
    )
    starts = np.array(bounds, dtype=np.int64)
    whole = csr_matrix(
        (np.ones(len(ends) - 1, np.float32), np.arange(len(ends) - 1), starts),
        shape=(len(articles), len(ends) - 1),
    )
    counts_of_articles = (whole @ stretches).tocsr()
    for matrix in (stretches, counts_of_articles, lead_words):
        matrix.sort_indices()
    repeated = frozenset(text for text, times in held.items() if times >= FREQUENT_PARAGRAPH)
    return PileWords(words, stretches, starts, counts_of_articles, lead_words, repeated)


def key(text: str) -> str:
    """A paragraph's text for finding it again: white space aside."""
    return " ".join(text.split())


def form(word: str, known: dict[str, str]) -> str:
    """The word in lower case and without vowel signs; `known` remembers those met before."""
    plain = known.get(word)
    if plain is None:
        plain = unicodedata.normalize("NFKC", word.translate(UNSEEN)).lower() or word
        known[word] = plain
    return plain
