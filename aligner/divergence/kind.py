"""Parallel, noisy parallel, comparable or unrelated: how two texts belong together."""

from __future__ import annotations

from aligner.bitext import Alignment, ArticlePair, PairKind
from aligner.text import Article, Language

# Shares of the text that stands in two-sided beads, on the side that has less of its own.
PARALLEL = 0.85
NOISY = 0.5
COMPARABLE = 0.15


def judge(ar: Article, en: Article, alignment: Alignment) -> ArticlePair:
    """Say what kind of pair this looks like, and why."""
    share_ar, share_en = (_aligned_share(a, alignment) for a in (ar, en))
    less, more = sorted((share_ar, share_en))
    if less >= PARALLEL:
        kind = PairKind.PARALLEL
    elif more >= NOISY:
        kind = PairKind.NOISY_PARALLEL
    elif more >= COMPARABLE:
        kind = PairKind.COMPARABLE
    else:
        kind = PairKind.UNRELATED
    evidence = (
        f"{share_ar:.0%} of the Arabic and {share_en:.0%} of the English text has a counterpart"
    )
    return ArticlePair(ar, en, kind, share_ar, share_en, evidence)


def _aligned_share(article: Article, alignment: Alignment) -> float:
    """Share of the content's characters that stand in two-sided beads."""
    side: Language = article.language
    linked = {i for bead in alignment if not bead.is_null for i in bead.side(side)}
    lengths = {i: len(article.sentences[i].stripped) for i in article.content}
    total = sum(lengths.values())
    return sum(v for i, v in lengths.items() if i in linked) / total if total else 0.0
