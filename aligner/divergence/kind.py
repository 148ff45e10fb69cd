"""Parallel, noisy parallel, comparable or unrelated: how two texts belong together."""

from __future__ import annotations

from aligner.bitext import Alignment, ArticlePair, PairKind
from aligner.text import Article, Language

# Shares of the text that has a counterpart: of the side that has less of its own, and of the other.
PARALLEL = 0.85  # both sides
NOISY = 0.5  # the fuller side: text was put in or left out, but what is left goes together
COMPARABLE = 0.2  # the fuller side


def judge(ar: Article, en: Article, alignment: Alignment) -> ArticlePair:
    """Say what kind of pair this looks like, and why.

    A translation with gaps has most of one side in the other, in long runs; two reports on one
    event share sentences here and there; two strangers share none that can be trusted.
    """
    share_ar, share_en = (_aligned_share(a, alignment) for a in (ar, en))
    run = _longest_run(alignment)
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
        f"{share_ar:.0%} of the Arabic and {share_en:.0%} of the English text has a counterpart; "
        f"the longest unbroken passage holds {run} bead{'' if run == 1 else 's'}"
    )
    return ArticlePair(ar, en, kind, share_ar, share_en, evidence)


def _aligned_share(article: Article, alignment: Alignment) -> float:
    """Share of the content's characters that have a counterpart.

    Each bead counts by its probability, so that a few doubtful ones do not make a pair.
    """
    side: Language = article.language
    chance = {
        i: bead.probability for bead in alignment if not bead.is_null for i in bead.side(side)
    }
    lengths = {i: len(article.sentences[i].stripped) for i in article.content}
    total = sum(lengths.values())
    found = sum(length * chance.get(i, 0.0) for i, length in lengths.items())
    return found / total if total else 0.0


def _longest_run(alignment: Alignment) -> int:
    """The most two-sided beads in a row."""
    longest = run = 0
    for bead in alignment:
        run = 0 if bead.is_null else run + 1
        longest = max(longest, run)
    return longest
