"""How well two articles go together: what their alignment says, in numbers and in words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from aligner.alignment import EncodedArticle
from aligner.alignment.encoded import compare_numbers
from aligner.bitext import Alignment
from aligner.text import SIDES


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against two articles being a pair.

    matched and sentences count content sentences, on the Arabic and on the English side; shares are
    of letters, 0 to 1. Where nothing was aligned, because the texts have too little in common or
    others are much nearer, the shares and the similarity are None.
    """

    sentences: tuple[int, int]
    matched: tuple[int, int]
    shares: tuple[float, float] | None
    similarity: float | None  # mean cosine of the matched sentences, -1 to 1; None if none match
    nearness: float  # cosine of the articles' vectors, the language's mean taken out, -1 to 1
    lead: float  # the same of their headlines and first sentences
    marks: float  # cosine of their numbers, Latin words and names, by rarity, 0 to 1
    margin: float  # `nearness` less what is usual around these two articles
    numbers: tuple[str, ...] = ()  # shared, rarest first
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    against: str = ""  # what forbids the pair, such as dates too far apart

    @property
    def aligned(self) -> bool:
        return self.shares is not None

    def told(self) -> str:
        """What a person can check, in one line."""
        parts = [self.against] if self.against else []
        if self.aligned:
            (ar, en), (all_ar, all_en) = self.matched, self.sentences
            parts.append(
                f"{ar} of {all_ar} Arabic and {en} of {all_en} English sentences match"
                if ar
                else "no sentence matches"
            )
        else:
            parts.append("not near enough to be aligned")
        for what, shared in (
            ("numbers", self.numbers),
            ("Latin words", self.words),
            ("names", self.names),
        ):
            if shared:
                parts.append(f"{what} {', '.join(shared)}")
        return "; ".join(parts)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of two articles an alignment covers."""

    sentences: tuple[int, int]
    matched: tuple[int, int]
    shares: tuple[float, float]
    similarity: float | None
    strength: float  # similarity times share, mean of both sides
    beads: int  # two-sided ones
    surest: float  # the highest probability of any of them; 0 without one
    closest: float  # the highest similarity times probability
    clash: float  # numbers in digits that differ in these beads, less those that agree; at least 0


def coverage(ar: EncodedArticle, en: EncodedArticle, alignment: Alignment) -> Coverage:
    """Sum up an alignment of two encoded articles."""
    letters = [0.0, 0.0]
    covered = [0.0, 0.0]
    close = [0.0, 0.0]
    matched = [0, 0]
    beads = 0
    surest = closest = clash = 0.0
    for bead in alignment:
        for n, (side, encoded) in enumerate(zip(SIDES, (ar, en), strict=True)):
            size = float(sum(encoded.characters[i] for i in bead.side(side)))
            letters[n] += size
            if not bead.is_null:
                covered[n] += size * bead.probability
                close[n] += size * bead.probability * (bead.similarity or 0.0)
                matched[n] += len(bead.side(side))
        if not bead.is_null:
            beads += 1
            surest = max(surest, bead.probability)
            closest = max(closest, bead.probability * (bead.similarity or 0.0))
            here, there = (_numbers(x, bead.side(x.article.language)) for x in (ar, en))
            agree, differ = compare_numbers(here, there)
            clash += bead.probability * (differ - agree)
    total = sum(covered)
    shares = tuple(c / max(size, 1.0) for c, size in zip(covered, letters, strict=True))
    return Coverage(
        sentences=(len(ar.article.content), len(en.article.content)),
        matched=(matched[0], matched[1]),
        shares=(shares[0], shares[1]),
        similarity=sum(close) / total if total else None,
        strength=sum(c / max(size, 1.0) for c, size in zip(close, letters, strict=True)) / 2,
        beads=beads,
        surest=surest,
        closest=closest,
        clash=max(clash, 0.0),
    )


def _numbers(encoded: EncodedArticle, sentences: Sequence[int]) -> set[str]:
    return {t for i in sentences for t in encoded.tokens[i] if t[0].isdigit()}


FEATURES = ("least", "most", "strength", "surest", "closest", "no_clash")
SURE = 9.0  # log odds of a bead beyond which it says no more
CLASHES = 5.0  # numbers that differ beyond which more say no more


def features(found: Coverage) -> tuple[float, ...]:
    """What an alignment adds to what was known before it, in the order of FEATURES.

    The order of the passages is not among them: a moved passage is no reason against a pair.
    """
    # Where one has little of the other, a single sentence that is surely translated tells most.
    doubt = max(1.0 - found.surest, 1e-9)
    surest = min(max(math.log(max(found.surest, 1e-9) / doubt), 0.0), SURE)
    # Another day's article in the same mould, rates or the weather, differs in little else.
    no_clash = -min(found.clash, CLASHES)
    return (*sorted(found.shares), found.strength, surest, found.closest, no_clash)
