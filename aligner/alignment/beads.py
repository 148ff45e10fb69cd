"""From two encoded articles to their Alignment: evidence, prices, search, beads."""

from __future__ import annotations

import numpy as np

from aligner.alignment import parameters
from aligner.alignment.encoded import EncodedArticle
from aligner.alignment.evidence import Evidence, Side, side
from aligner.alignment.features import singles
from aligner.alignment.search import Span, search
from aligner.bitext import Alignment, Bead
from aligner.text import Article, Language


def align(ar: EncodedArticle, en: EncodedArticle) -> Alignment:
    """Align the content sentences of an Arabic and an English article.

    Every content sentence is in exactly one bead. Either side may be empty.
    """
    one, other = side(ar), side(en)
    if not len(one) or not len(other):
        return Alignment(tuple(_alone(one, Language.AR) + _alone(other, Language.EN)))
    evidence = Evidence(one, other)
    prices = parameters.price(evidence, singles(evidence), parameters.load())
    spans, _ = search(prices)
    return Alignment(tuple(_bead(evidence, span) for span in spans))


def _alone(one: Side, language: Language) -> list[Bead]:
    return [
        Bead((i,), (), None, 1.0) if language is Language.AR else Bead((), (i,), None, 1.0)
        for i in one.numbers.tolist()
    ]


def _bead(evidence: Evidence, span: Span) -> Bead:
    i, i_end, j, j_end = span
    ar = tuple(evidence.ar.numbers[i:i_end].tolist())
    en = tuple(evidence.en.numbers[j:j_end].tolist())
    if not ar or not en:
        return Bead(ar, en, None, 0.9)
    cosine = float(evidence.ar.units[len(ar) - 1, i] @ evidence.en.units[len(en) - 1, j])
    return Bead(ar, en, float(np.clip(cosine, -1.0, 1.0)), 0.9)


def linked_shares(alignment: Alignment, article: Article) -> list[float]:
    """For each paragraph the share of its sentences in two-sided beads; 0 where it has none."""
    linked = {i for bead in alignment if not bead.is_null for i in bead.side(article.language)}
    return [
        sum(i in linked for i in numbers) / len(numbers) if numbers else 0.0
        for numbers in article.sentence_numbers
    ]
