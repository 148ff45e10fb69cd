"""Every kind of divergence, gathered through one table."""

from __future__ import annotations

from collections.abc import Callable

from aligner.alignment import EncodedArticle
from aligner.bitext import Alignment, Divergence
from aligner.divergence import clauses, dates, missing, moved, names, numbers
from aligner.text import Article

# What needs no more than the words as they stand. Clauses need the words' vectors too.
FINDERS: tuple[Callable[[Article, Article, Alignment], tuple[Divergence, ...]], ...] = (
    missing.find,
    moved.find,
    numbers.find,
    dates.find,
    names.find,
)


def find(ar: EncodedArticle, en: EncodedArticle, alignment: Alignment) -> tuple[Divergence, ...]:
    """Say what the two versions do not share.

    In reading order: the Arabic side's first, then what stands on the English side.
    """
    found: list[Divergence] = list(clauses.find(ar, en, alignment))
    for finder in FINDERS:
        found += finder(ar.article, en.article, alignment)
    found.sort(key=lambda d: (d.side, d.sentences, d.span or (0, 0), d.kind))
    return tuple(found)
