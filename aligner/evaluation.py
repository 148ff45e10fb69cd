"""Strict, lax, null and flag measures: beads and flags in, counts and rates out.

Strict and lax are the measures of Sennrich and Volk (2011) as Vecalign reports them. Null beads
have a measure of their own, for what stands in one version only is what we are after.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

Link = tuple[Collection[int], Collection[int]]
Pair = tuple[frozenset[int], frozenset[int]]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts behind a precision and a recall; add two to pool them over documents."""

    right: int = 0  # of the predicted
    predicted: int = 0
    found: int = 0  # of the gold
    gold: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right,
            self.predicted + other.predicted,
            self.found + other.found,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        """0 to 1; 0 where nothing was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """0 to 1; 0 where there is nothing to find."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def single_nulls(beads: Iterable[Link]) -> set[Pair]:
    """Beads as sets, a null of several sentences cut into nulls of one."""
    out: set[Pair] = set()
    nothing: frozenset[int] = frozenset()
    for ar, en in beads:
        if ar and en:
            out.add((frozenset(ar), frozenset(en)))
        else:
            out.update((frozenset({i}), nothing) for i in ar)
            out.update((nothing, frozenset({j})) for j in en)
    return out


def strict(gold: Iterable[Link], predicted: Iterable[Link]) -> Score:
    """A bead is right if exactly it is in the other set.

    Precision is over all predicted beads, nulls included; recall over the gold's two-sided ones.
    """
    wanted, got = single_nulls(gold), single_nulls(predicted)
    two_sided = {b for b in wanted if b[0] and b[1]}
    return Score(len(got & wanted), len(got), len(two_sided & got), len(two_sided))


def lax(gold: Iterable[Link], predicted: Iterable[Link]) -> Score:
    """A bead is right if it is exact, or if a pair of its sentences is linked in the other set."""
    wanted, got = single_nulls(gold), single_nulls(predicted)
    two_sided = {b for b in wanted if b[0] and b[1]}
    found = {b for b in got if b[0] and b[1]}
    return Score(
        _linked(got, wanted), len(got), _linked(two_sided, found | (got & wanted)), len(two_sided)
    )


def _linked(beads: set[Pair], others: set[Pair]) -> int:
    links = {(i, j) for ar, en in others for i in ar for j in en}
    return sum(
        bead in others or any((i, j) in links for i in bead[0] for j in bead[1]) for bead in beads
    )


def nulls(gold: Iterable[Link], predicted: Iterable[Link]) -> Score:
    """How well the sentences without a counterpart are found, both sides together."""
    wanted = {b for b in single_nulls(gold) if not (b[0] and b[1])}
    got = {b for b in single_nulls(predicted) if not (b[0] and b[1])}
    hits = len(wanted & got)
    return Score(hits, len(got), hits, len(wanted))


def flags(gold: Collection[int], flagged: Collection[int], ignore: Collection[int] = ()) -> Score:
    """Flags against the units that deserve one; what is in `ignore` counts neither way."""
    wanted, got = set(gold) - set(ignore), set(flagged) - set(ignore)
    return Score(len(wanted & got), len(got), len(wanted & got), len(wanted))


@dataclass(frozen=True, slots=True)
class Bin:
    """One row of a reliability table."""

    least: float  # predicted probability from here
    below: float  # to here
    count: int
    predicted: float | None  # mean of the predictions; None for an empty bin
    observed: float | None  # share that came true


def reliability(
    predicted: Sequence[float], came_true: Sequence[bool], *, bins: int = 10
) -> list[Bin]:
    """Predicted against observed, in bins of equal width."""
    if len(predicted) != len(came_true):
        raise ValueError(f"{len(predicted)} predictions but {len(came_true)} outcomes")
    rows: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for chance, outcome in zip(predicted, came_true, strict=True):
        rows[min(int(chance * bins), bins - 1)].append((chance, outcome))
    return [
        Bin(
            n / bins,
            (n + 1) / bins,
            len(row),
            sum(c for c, _ in row) / len(row) if row else None,
            sum(o for _, o in row) / len(row) if row else None,
        )
        for n, row in enumerate(rows)
    ]


def calibration_error(table: Iterable[Bin]) -> float:
    """The mean distance between predicted and observed, weighted by the bins' counts."""
    filled = [
        (b.count, abs(b.predicted - b.observed))
        for b in table
        if b.predicted is not None and b.observed is not None
    ]
    total = sum(count for count, _ in filled)
    return sum(count * gap for count, gap in filled) / total if total else 0.0
