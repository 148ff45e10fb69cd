"""What is known of single sentences against single sentences: the basis of a bead's features."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.evidence import (
    GROUPS,
    LONGEST,
    PRIOR_SENTENCES,
    Evidence,
    Floats,
    Side,
    running,
)
from aligner.alignment.lengths import USUAL_RATIO

PRIOR_MEAN_COSINE = 0.05  # of unrelated sentences
USUAL_COVERAGE = 0.25  # of a sentence by its counterpart
LEAST_COVERAGE = (
    0.12  # hardly any translation is so far from its original; below it texts are strangers
)
GOOD_QUANTILE = 0.75
IMPLAUSIBLE_RATIO = 0.7  # a factor of 2: beads of many sentences come nearer to the usual ratio
MANY_SENTENCES = 4  # on one side; smaller beads are always tried
# Enough to see which paragraphs have a counterpart at all.
ROUGH_GROUPS = [(1, 3), (2, 2), (3, 1)]


@dataclass(frozen=True, eq=False)
class Runs:
    """Per side and length of run, what belongs to the run alone: (LONGEST, n) each."""

    characters: Floats
    weights: Floats
    tokens: Floats
    last_weight: Floats  # weight of the run's last sentence
    ends: Floats  # 1 where the run ends with its paragraph
    breaks: Floats  # paragraph breaks inside
    within: NDArray[np.bool_]  # whether the run lies within the text
    after: NDArray[np.int64]  # the sentence after the run, at most n


@dataclass(frozen=True, eq=False)
class Singles:
    """What is known of single sentences against single sentences: the basis of the features."""

    mean_ar: Floats  # (LONGEST, n_ar) usual cosine of an Arabic run
    mean_en: Floats
    cover_ar: Floats  # (LONGEST, n_ar, n_en) coverage of an Arabic sentence by an English run
    cover_en: Floats
    cover_margin_ar: Floats  # the same, less the best English sentence outside the run
    cover_margin_en: Floats
    totals_ar: Floats  # (LONGEST, n_ar + 1, n_en) covered weight summed over Arabic sentences
    totals_en: Floats
    rivals_ar: tuple[Floats, Floats]  # best cosine before and from each English sentence
    rivals_en: tuple[Floats, Floats]
    found_ar: Floats | None  # (LONGEST, n_ar + 1, n_en) numbers and Latin words found, summed
    found_en: Floats | None
    runs_ar: Runs
    runs_en: Runs
    weak: float


# A pair is often looked at twice, roughly and then in full.
@lru_cache(maxsize=1)
def singles(evidence: Evidence) -> Singles:
    """What single sentences tell, kept for the next look at the pair."""
    shared = evidence.shared
    cover_ar = evidence.covered_ar / evidence.ar.weights[None, :, None]
    cover_en = evidence.covered_en / evidence.en.weights[None, :, None]
    scale = coverage_scale(cover_ar[0], cover_en[0])
    cover_ar *= scale
    cover_en *= scale
    return Singles(
        mean_ar=_mean(evidence.cosines_ar),
        mean_en=_mean(evidence.cosines_en),
        cover_ar=cover_ar,
        cover_en=cover_en,
        cover_margin_ar=_over_rivals(cover_ar),
        cover_margin_en=_over_rivals(cover_en),
        totals_ar=_totals(evidence.covered_ar * scale),
        totals_en=_totals(evidence.covered_en * scale),
        rivals_ar=_before_and_from(evidence.cosines_ar),
        rivals_en=_before_and_from(evidence.cosines_en),
        found_ar=_totals(shared[0]) if shared else None,
        found_en=_totals(shared[1]) if shared else None,
        runs_ar=_runs_of(evidence.ar, shared[2] if shared else None),
        runs_en=_runs_of(evidence.en, shared[3] if shared else None),
        weak=_weak(cover_ar, cover_en),
    )


def coverage_scale(cover_ar: Floats, cover_en: Floats) -> float:
    """What brings the coverage of this pair's good counterparts to the usual one.

    How near the words of translations come to each other differs between news, law and manuals.
    Even a torn text has a counterpart for a quarter of its sentences, so an upper quartile tells.
    """
    both = (cover_ar + cover_en.T) / 2
    good = [quantile(both.max(axis=axis), GOOD_QUANTILE) for axis in (0, 1)]
    return USUAL_COVERAGE / max(sum(good) / 2, LEAST_COVERAGE)


def quantile(values: Floats, share: float) -> float:
    """As numpy's, which takes ten times as long for so few values."""
    ordered = np.sort(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    low, high = float(ordered[below]), float(ordered[above])
    return low + (high - low) * (place - below)


def _weak(cover_ar: Floats, cover_en: Floats) -> float:
    shares = [
        float((cover.max(axis=0).max(axis=1) < 0.5 * USUAL_COVERAGE).mean())
        for cover in (cover_ar, cover_en)
    ]
    return sum(shares) / 2 - 0.2


def _mean(cosines: Floats) -> Floats:
    total = cosines.sum(axis=2) + PRIOR_SENTENCES * PRIOR_MEAN_COSINE
    return np.asarray(total / (cosines.shape[2] + PRIOR_SENTENCES), dtype=np.float32)


def _totals(covered: Floats) -> Floats:
    """Sums over the sentences before each of the second axis, and over all; zero for none."""
    n = covered.shape[1]
    return np.asarray(np.tri(n + 1, n, -1, dtype=np.float32) @ covered)


def _before_and_from(values: Floats) -> tuple[Floats, Floats]:
    """Running maxima along the last axis: [..., j] the best before j, and the best from j on."""
    shape = (*values.shape[:-1], values.shape[-1] + 1)
    before, after = np.full(shape, -1.0, np.float32), np.full(shape, -1.0, np.float32)
    np.maximum.accumulate(values, axis=-1, out=before[..., 1:])
    np.maximum.accumulate(values[..., ::-1], axis=-1, out=after[..., :-1][..., ::-1])
    return before, after


def _over_rivals(cover: Floats) -> Floats:
    """Coverage by a run, less that by the best single sentence outside it, or less 0."""
    before, after = _before_and_from(cover[0])
    m = cover.shape[2]
    end = np.minimum(np.arange(m) + np.arange(1, LONGEST + 1)[:, None], m)
    outside = np.maximum(after[:, end].transpose(1, 0, 2), np.maximum(before[:, :m], 0.0))
    return np.asarray(cover - outside)


def _runs_of(side: Side, held: Floats | None) -> Runs:
    n = len(side)
    after = np.arange(n)[None] + np.arange(1, LONGEST + 1)[:, None]
    within = after <= n
    after = np.minimum(after, n)
    ends = np.ones(n, dtype=np.float32)
    ends[:-1] = side.starts[1:]
    opened = running(side.starts)
    return Runs(
        characters=_sums(side.characters, after),
        weights=_sums(side.weights, after),
        tokens=_sums(np.zeros(n) if held is None else held, after),
        last_weight=side.weights[after - 1],
        ends=ends[after - 1],
        breaks=np.minimum(opened[after] - opened[1:][None], 3.0).astype(np.float32),
        within=within,
        after=after,
    )


def _sums(values: NDArray[np.floating], after: NDArray[np.int64]) -> Floats:
    sums = running(values)
    return np.asarray(sums[after] - sums[:-1][None], dtype=np.float32)


def plausible_groups(single: Singles, *, rough: bool = False) -> list[tuple[int, int]]:
    """The groups of bead types whose lengths can go together somewhere in these two texts.

    rough: only the commonest types, for a first look.
    """
    least_ar, most_ar = _lengths(single.runs_ar)
    least_en, most_en = _lengths(single.runs_en)

    def fits(a: int, e: int) -> bool:
        if max(a, e) < MANY_SENTENCES:
            return True
        shortest = least_en[e - 1] - most_ar[a - 1] - USUAL_RATIO
        longest = most_en[e - 1] - least_ar[a - 1] - USUAL_RATIO
        return shortest < IMPLAUSIBLE_RATIO and longest > -IMPLAUSIBLE_RATIO

    found = []
    for a, most in ROUGH_GROUPS if rough else GROUPS:
        longest = next((e for e in range(most, 0, -1) if fits(a, e)), 0)
        if longest:
            found.append((a, longest))
    return found


def _lengths(runs: Runs) -> tuple[list[float], list[float]]:
    """The logarithms of the least and the most characters of runs of 1, 2, … sentences.

    Where there is no such run, least is above and most below everything.
    """
    least = np.where(runs.within, runs.characters, np.inf).min(axis=1)
    most = np.where(runs.within, runs.characters, 0.0).max(axis=1)
    with np.errstate(divide="ignore"):
        return np.log(least).tolist(), np.log(most).tolist()
