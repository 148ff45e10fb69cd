"""Days, months, years and weekdays that differ within an aligned pair of sentences.

Better quiet than wrong: of two dates one part must differ and what else both tell must agree, and
each must be the only one of its kind that is left over on its side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Final

from aligner.bitext import Alignment, Divergence, DivergenceKind
from aligner.divergence.differs import Leftovers, divergence
from aligner.divergence.times import Parts, When, times, values
from aligner.text import Article, Language


def find(ar: Article, en: Article, alignment: Alignment) -> tuple[Divergence, ...]:
    """Name the dates that differ, in Arabic order, each on the Arabic side.

    The English date stands in `other_span` and `detail`.
    """
    left = Leftovers(ar, en, alignment, times, without_counterpart)
    found = []
    for bead, ours, theirs in left.apart():
        our_values, their_values = (values(a, bead.side(a.language)) for a in (ar, en))
        for a, e, sure in differing(ours, theirs, our_values, their_values):
            if any(_agree(a, w) for w in left.near(bead, Language.EN)):
                continue
            if any(_agree(e, w) for w in left.near(bead, Language.AR)):
                continue
            detail = f"{a} here, {e} in the English"
            probability = sure * bead.probability
            found.append(divergence(DivergenceKind.DATE, ar, a, e, probability, detail))
    return tuple(found)


def _told_by_both(a: Parts, e: Parts) -> list[tuple[int, int]]:
    return [(x, y) for x, y in zip(a, e, strict=True) if x is not None and y is not None]


def _agree(a: When, e: When) -> bool:
    """Whether they share a part and contradict each other in none."""
    return any(
        {x == y for x, y in _told_by_both(*parts)} == {True}
        for parts in product(a.readings, e.readings)
    )


def without_counterpart(
    ours: Sequence[When], theirs: Sequence[When]
) -> tuple[list[When], list[When]]:
    """What is left of the times of a bead's two sides when those that agree are taken out."""
    return (
        [a for a in ours if not any(_agree(a, e) for e in theirs)],
        [e for e in theirs if not any(_agree(a, e) for a in ours)],
    )


def differing(
    ours: Sequence[When], theirs: Sequence[When], our_values: set[int], their_values: set[int]
) -> Iterator[tuple[When, When, float]]:
    """Pairs of times that should have been the same, with the probability of that.

    The values are all whole numbers of either side: in "3 to 5 May" the 3 is no stranger.
    """
    for kind in ("month", "year", "weekday"):
        a_side, e_side = ([w for w in side if w.kind == kind] for side in (ours, theirs))
        if len(a_side) != 1 or len(e_side) != 1:
            continue
        a, e = a_side[0], e_side[0]
        if not (a.certain and e.certain):
            continue
        parts = _nearest(a, e)
        if _elsewhere(*parts, our_values, their_values):
            continue
        if kind == "year" and _another_reckoning(a, e, our_values, their_values):
            continue
        both = _told_by_both(*parts)
        shared = sum(x == y for x, y in both)
        if len(both) - shared != 1:
            continue
        if kind != "month" or shared >= (2 if a.otherwise or e.otherwise else 1):
            yield a, e, _SURE[kind]
        elif all(p.count(None) == 3 for p in parts):
            yield a, e, 0.7  # a bare month each


def _nearest(a: When, e: When) -> tuple[Parts, Parts]:
    """The readings of both that contradict each other least."""
    return min(
        product(a.readings, e.readings),
        key=lambda parts: sum(x != y for x, y in _told_by_both(*parts)),
    )


def _elsewhere(a: Parts, e: Parts, our_values: set[int], their_values: set[int]) -> bool:
    """Whether a day or year that differs is in the other sentence after all, in a range or list."""
    (day, _, year, _), (other_day, _, other_year, _) = a, e
    return any(
        x is not None and y is not None and x != y and (x in their_values or y in our_values)
        for x, y in ((day, other_day), (year, other_year))
    )


_SURE: Final = {"month": 0.9, "year": 0.85, "weekday": 0.7}


def _another_reckoning(a: When, e: When, our_values: set[int], their_values: set[int]) -> bool:
    """Whether a year may be told by another calendar, or by its last digits."""
    years = [w.year for w in (a, e) if w.year is not None]
    return min(years) < 1500 <= max(years) or any(
        year % 100 in values for year, values in zip(years, (their_values, our_values), strict=True)
    )
