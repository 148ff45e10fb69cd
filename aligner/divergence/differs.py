"""The shape that numbers, dates and names share: two spans of one bead that do not agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from aligner.bitext import Alignment, Bead, Divergence, DivergenceKind
from aligner.text import SIDES, Article, Language

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


P = TypeVar("P", bound=Place)


@dataclass(frozen=True)
class Leftovers(Generic[P]):
    """What is told on one side of a bead and not on the other; a bead is read when it is asked for.

    told: what a sentence tells; without_counterpart: what is left of the two sides of a bead.
    """

    ar: Article
    en: Article
    alignment: Alignment
    told: Callable[[Article, int], list[P]]
    without_counterpart: Callable[[Sequence[P], Sequence[P]], tuple[list[P], list[P]]]
    # What was asked for already, by the bead's sentences.
    _kept: dict[object, tuple[list[P], list[P]]] = field(default_factory=dict)

    def apart(self) -> Iterator[tuple[Bead, list[P], list[P]]]:
        """The beads to be trusted that leave something on both sides, and what they leave."""
        for bead in self.alignment:
            # Most English sentences need not be read, for their Arabic tells nothing.
            if bead.probability >= LEAST_BEAD and self._told(bead, self.ar):
                ours, theirs = self._left(bead)
                if ours and theirs:
                    yield bead, ours, theirs

    def near(self, bead: Bead, side: Language) -> Iterator[P]:
        """What the beads around leave on a side, in the sentences near this bead's."""
        here = bead.side(side)
        for i in range(min(here) - NEARBY, max(here) + NEARBY + 1):
            other = self.alignment.bead_of(side, i)
            if other and i not in here:
                left = self._left(other)[SIDES.index(side)]
                yield from (place for place in left if place.sentence == i)

    def _left(self, bead: Bead) -> tuple[list[P], list[P]]:
        key = bead.ar, bead.en
        if key not in self._kept:
            told = [self._told(bead, article) for article in (self.ar, self.en)]
            self._kept[key] = self.without_counterpart(*told)
        return self._kept[key]

    def _told(self, bead: Bead, article: Article) -> list[P]:
        return [place for i in bead.side(article.language) for place in self.told(article, i)]


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
