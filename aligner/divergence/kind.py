"""Parallel, noisy parallel, comparable or unrelated: how two texts belong together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from aligner.alignment.encoded import compare_numbers, tokens_of
from aligner.bitext import Alignment, ArticlePair, PairKind
from aligner.segmentation.sounds import name_sounds
from aligner.text import Article, Language

# Shares of the text that has a counterpart: but for the first, each bead counts by its probability.
PARALLEL = 0.87  # both sides, however free the translation
TRUSTED = 0.7  # both sides of a parallel pair
NOISY = 0.5  # the fuller side: text was put in or left out, but what is left goes together
COMPARABLE = 0.2  # the fuller side
CLASHING = 2  # numbers that differ beside none that agrees, and no name that does
_WORD: Final = re.compile("[^\\W\\d_][\\w\u064b-\u0652]*")  # vowel signs and all


def judge(ar: Article, en: Article, alignment: Alignment) -> ArticlePair:
    """Say what kind of pair this looks like, and why.

    A translation with gaps has most of one side in the other, in long runs; two reports on one
    event share sentences here and there; two strangers share none that can be trusted. What is told
    in the same words of other figures and other people, as two transfers or two banks' rates, is no
    translation, however much of it goes together.
    """
    shares = _aligned_share(ar, alignment), _aligned_share(en, alignment)
    # Each bead counts by its probability, so that doubtful ones do not make a pair.
    trusted = [_aligned_share(a, alignment, trusted=True) for a in (ar, en)]
    kind = _kind(shares, trusted)
    run = _longest_run(alignment)
    in_ar, in_en = map(_percent, shares)
    evidence = f"{in_ar} of the Arabic and {in_en} of the English text has a counterpart"
    # What looks like a translation with a gap needs no explaining.
    if _kind(shares, shares) is not kind and kind in (PairKind.COMPARABLE, PairKind.UNRELATED):
        in_ar, in_en = map(_percent, trusted)
        evidence += f", but doubtfully: {in_ar} and {in_en} when unsure sentences count for less"
    if kind in (PairKind.PARALLEL, PairKind.NOISY_PARALLEL):
        clashes = _clashes(ar, en, alignment)
        if clashes >= CLASHING:
            kind = PairKind.COMPARABLE
            evidence += f", but {clashes} numbers in it differ, and no number and no name agrees"
    pairs = "1 pair" if run == 1 else f"{run} pairs"
    evidence += f"; at most {pairs} of sentences follow without a gap"
    return ArticlePair(ar, en, kind, *shares, evidence)


def _kind(shares: Sequence[float], trusted: Sequence[float]) -> PairKind:
    less, more = sorted(trusted)
    if min(shares) >= PARALLEL and less >= TRUSTED:
        return PairKind.PARALLEL
    if more >= NOISY:
        return PairKind.NOISY_PARALLEL
    return PairKind.COMPARABLE if more >= COMPARABLE else PairKind.UNRELATED


def _aligned_share(article: Article, alignment: Alignment, *, trusted: bool = False) -> float:
    """Share of the content's characters that are in two-sided beads.

    trusted: each bead counts by its probability alone.
    """
    side: Language = article.language
    counts = {
        i: bead.probability if trusted else 1.0
        for bead in alignment
        if not bead.is_null
        for i in bead.side(side)
    }
    lengths = {i: len(article.sentences[i].stripped) for i in article.content}
    total = sum(lengths.values())
    found = sum(length * counts.get(i, 0.0) for i, length in lengths.items())
    return found / total if total else 0.0


def _percent(share: float) -> str:
    """In whole per cent; only all of it is 100%, only nothing 0%."""
    return f"{min(max(share, 0.01), 0.99) if 0.0 < share < 1.0 else share:.0%}"


def _clashes(ar: Article, en: Article, alignment: Alignment) -> int:
    """How many numbers in digits differ; none where one agrees, or a name does or there is none."""
    beads = [bead for bead in alignment if not bead.is_null]
    differing = 0
    for bead in beads:
        agree, differ = compare_numbers(*(_numbers(a, bead.side(a.language)) for a in (ar, en)))
        if agree:
            return 0
        differing += differ
    if differing < CLASHING:
        return 0
    named = False
    for bead in beads:
        here, there = (set(_sounds(a, bead.side(a.language))) for a in (ar, en))
        if here & there:
            return 0
        named = named or bool(there)
    return differing if named else 0


def _numbers(article: Article, sentences: Sequence[int]) -> set[str]:
    """The numbers of some sentences; one digit is found everywhere."""
    tokens = (tokens_of(article.sentences[i].text, article.language) for i in sentences)
    return {token for found in tokens for token in found if token[0].isdigit() and len(token) > 1}


def _sounds(article: Article, sentences: Sequence[int]) -> Iterator[int]:
    """What the words of some sentences sound like, of English ones those with a capital."""
    for i in sentences:
        for word in _WORD.findall(article.sentences[i].text):
            yield from filter(None, name_sounds(word))


def _longest_run(alignment: Alignment) -> int:
    """The most two-sided beads in a row."""
    longest = run = 0
    for bead in alignment:
        run = 0 if bead.is_null else run + 1
        longest = max(longest, run)
    return longest
