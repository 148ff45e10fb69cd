"""Paragraphs and sentences without a counterpart."""

from __future__ import annotations

from math import prod

from aligner.bitext import Alignment, Divergence, DivergenceKind
from aligner.text import Article, Language


def find(ar: Article, en: Article, alignment: Alignment) -> tuple[Divergence, ...]:
    """Name the paragraphs and sentences of either side that have no counterpart."""
    return (*_on_side(ar, alignment), *_on_side(en, alignment))


def _on_side(article: Article, alignment: Alignment) -> list[Divergence]:
    """The paragraphs none of whose sentences has a counterpart, and the single sentences.

    A paragraph's sentences are not named once more by themselves. What holds no letter or digit,
    as `* * *` or an empty `( )`, says nothing that the other side could lack.
    """
    side = article.language
    missing = set(alignment.unmatched(side))
    found = []
    for number, numbers in enumerate(article.sentence_numbers):
        sentences = [i for i in numbers if any(map(str.isalnum, article.sentences[i].text))]
        here = [i for i in sentences if i in missing]
        if not here or article.paragraphs[number].boilerplate:
            continue
        chances = [_probability(alignment, side, i) for i in here]
        if len(here) == len(sentences):
            # Sentences of a paragraph stand or fall together: neither the product nor the least.
            whole = prod(chances) ** (1 / len(chances))
            kind = DivergenceKind.PARAGRAPH
            found.append(Divergence(kind, side, number, tuple(here), whole))
            continue
        for i, chance in zip(here, chances, strict=True):
            found.append(Divergence(DivergenceKind.SENTENCE, side, number, (i,), chance))
    return found


def _probability(alignment: Alignment, side: Language, sentence: int) -> float:
    bead = alignment.bead_of(side, sentence)
    return bead.probability if bead else 0.0
