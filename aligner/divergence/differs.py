"""The shape that numbers, dates and names share: two spans of one bead that do not agree."""

from __future__ import annotations

from typing import Protocol

from aligner.bitext import Divergence, DivergenceKind
from aligner.text import Article, Language

LEAST_BEAD = 0.7  # probability of a bead below which what it holds says nothing
NEARBY = 3  # sentences before and after, in which what is missed may have found its place


class Place(Protocol):
    """A span of a sentence's paragraph."""

    @property
    def sentence(self) -> int: ...

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


def divergence(
    kind: DivergenceKind, ar: Article, here: Place, there: Place, probability: float, detail: str
) -> Divergence:
    """Name what differs, on the Arabic side, with its English counterpart in `other_span`."""
    return Divergence(
        kind,
        Language.AR,
        ar.paragraph_of[here.sentence],
        (here.sentence,),
        probability,
        span=(here.start, here.end),
        other=(there.sentence,),
        other_span=(there.start, there.end),
        detail=detail,
    )
