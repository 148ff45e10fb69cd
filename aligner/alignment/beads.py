"""From two encoded articles to their Alignment: evidence, prices, search, beads."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aligner.alignment import large, leftovers, parameters, probability
from aligner.alignment.encoded import EncodedArticle
from aligner.alignment.evidence import Evidence, between, side
from aligner.alignment.lengths import ratio_of
from aligner.alignment.parameters import Parameters
from aligner.alignment.search import Prices, Span, search
from aligner.alignment.singles import singles
from aligner.bitext import Alignment, Bead
from aligner.text import Article, Language


def align(
    ar: EncodedArticle, en: EncodedArticle, *, rough: bool = False, again: bool = False
) -> Alignment:
    """Align the content sentences of an Arabic and an English article.

    Every content sentence is in exactly one bead. Either side may be empty. rough: a first look
    in half the time, enough to see which paragraphs have a counterpart (beads up to 3-1 and 1-3).
    again: these very articles will likely be aligned in full next; a rough look works out then
    what both need. It changes no bead.
    """
    content = [np.array(x.article.content, dtype=np.int64) for x in (ar, en)]
    if not len(content[0]) or not len(content[1]):
        return Alignment(tuple(_alone(content[0], Language.AR) + _alone(content[1], Language.EN)))
    if len(content[0]) * len(content[1]) <= large.MOST_CELLS:
        return Alignment(tuple(_align(between(ar, en), rough=rough, again=again)))
    beads: list[Bead] = []
    for i, i_end, j, j_end in large.parts(ar.vectors[content[0]], en.vectors[content[1]]):
        here, there = content[0][i:i_end], content[1][j:j_end]
        if len(here) and len(there):
            beads += _align(Evidence(side(ar, here), side(en, there)), rough=rough, again=False)
        else:
            beads += _alone(here, Language.AR) + _alone(there, Language.EN)
    return Alignment(tuple(beads))


def _align(evidence: Evidence, *, rough: bool, again: bool) -> list[Bead]:
    """Align two texts that are small enough to look at every pair of their sentences."""
    weights = parameters.load()
    if rough and not again:
        prices = parameters.price(evidence, singles(evidence), weights, rough=True)
    else:
        prices = parameters.full_price(evidence, singles(evidence), weights)
        prices = parameters.roughly(prices) if rough else prices
    if not rough:
        prices = at_own_ratio(evidence, prices, weights)
    spans, crossing = spans_of(prices)
    cosines = evidence.cosines_of(spans)
    chances = probability.probabilities(
        *probability.evidence_of(evidence, prices, spans, crossing, cosines),
        weights.bead_probability,
        weights.null_probability,
    )
    return _beads(evidence, spans, chances, cosines, set(crossing))


def at_own_ratio(evidence: Evidence, prices: Prices, weights: Parameters) -> Prices:
    """The prices of a pair, at the ratio of lengths that is usual in its own best alignment."""
    ratio = ratio_of(evidence, search(prices)[0])
    return parameters.at_ratio(prices, singles(evidence), weights, ratio)


def spans_of(prices: Prices) -> tuple[list[Span], list[Span]]:
    """The best spans, in Arabic order, and those of them that have moved."""
    spans, _ = search(prices)
    found = leftovers.find(prices, spans)
    merged = merge(spans, found)
    return merged, leftovers.crossing(found, merged)


def merge(spans: Sequence[Span], found: Sequence[Span]) -> list[Span]:
    """All spans in Arabic order, nulls replaced by the beads that were found for them.

    An English null follows what holds the English sentence before it.
    """
    if not found:
        return list(spans)
    gone_ar, gone_en = leftovers.sentences(found)
    kept = [s for s in spans if not (s[2] == s[3] and s[0] in gone_ar) and s[0] != s[1]]
    ordered = sorted([*kept, *found])
    out: list[Span] = []
    alone = [s for s in spans if s[0] == s[1] and s[2] not in gone_en]
    follows: dict[int, list[Span]] = {}
    for null in alone:
        follows.setdefault(null[2], []).append(null)
    # At the head, what has no English sentence before it; then after each bead what follows it.
    _take(follows, 0, out)
    for span in ordered:
        out.append(span)
        if span[3] > span[2]:
            _take(follows, span[3], out)
    return out


def _take(follows: dict[int, list[Span]], sentence: int, out: list[Span]) -> None:
    """Move the English nulls that begin at `sentence`, and those right after them, to `out`."""
    while sentence in follows:
        out += follows.pop(sentence)
        sentence += 1


def _alone(numbers: NDArray[np.int64], language: Language) -> list[Bead]:
    return [
        Bead((i,), (), None, 1.0) if language is Language.AR else Bead((), (i,), None, 1.0)
        for i in numbers.tolist()
    ]


def _beads(
    evidence: Evidence,
    spans: Sequence[Span],
    chances: NDArray[np.float64],
    cosines: NDArray[np.float64],
    moved: set[Span],
) -> list[Bead]:
    """The spans as beads, with the numbers that their sentences have in the articles."""
    ar, en = evidence.ar.numbers.tolist(), evidence.en.numbers.tolist()
    beads = []
    for span, chance, cosine in zip(spans, chances.tolist(), cosines.tolist(), strict=True):
        i, i_end, j, j_end = span
        similarity = None if i == i_end or j == j_end else cosine
        here, there = tuple(ar[i:i_end]), tuple(en[j:j_end])
        beads.append(Bead(here, there, similarity, round(chance, 4), span in moved))
    return beads


def linked_shares(alignment: Alignment, article: Article) -> list[float]:
    """For each paragraph the share of its sentences in two-sided beads; 0 where it has none."""
    linked = {i for bead in alignment if not bead.is_null for i in bead.side(article.language)}
    return [
        sum(i in linked for i in numbers) / len(numbers) if numbers else 0.0
        for numbers in article.sentence_numbers
    ]
