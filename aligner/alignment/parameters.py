"""The weights of the features, read from parameters.json (written by training.aligner_fit)."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from aligner.alignment import probability
from aligner.alignment.evidence import TYPES, Evidence, Floats
from aligner.alignment.features import (
    MANY,
    NULL,
    ONE,
    SHAPE_FEATURES,
    SHAPE_STATISTICS,
    SHAPES,
    group_features,
    length_off,
    null_features,
    shape_statistics,
    statistics,
)
from aligner.alignment.lengths import USUAL_RATIO
from aligner.alignment.search import NEVER, Prices
from aligner.alignment.singles import ROUGH_GROUPS, Singles, plausible_groups

PATH = Path(__file__).with_name("parameters.json")
ROUGH_KINDS = [TYPES.index((a, e)) for a, most in ROUGH_GROUPS for e in range(1, most + 1)]
LATER = 0.002
CELLS_AT_ONCE = 40_000  # of (ar, en) pairs for which features are held in memory together


@dataclass(frozen=True, eq=False)
class Parameters:
    """Linear weights; what each stands for is in `features`."""

    one: Floats  # (len(ONE),) with the bias of a 1-1 bead fixed at 0
    many: Floats  # (len(MANY),)
    shapes: Floats  # (len(SHAPES),)
    shape_statistics: Floats  # (len(SHAPE_STATISTICS),)
    null: Floats  # (len(NULL),)
    bead_probability: Floats  # (len(probability.BEAD),)
    null_probability: Floats  # (len(probability.NULL),)
    version: str


BLOCKS = {
    "one": ONE,
    "many": MANY,
    "shapes": SHAPES,
    "shape_statistics": SHAPE_STATISTICS,
    "null": NULL,
}
CALIBRATION = {"bead_probability": probability.BEAD, "null_probability": probability.NULL}


@lru_cache(maxsize=4)
def load(path: Path = PATH) -> Parameters:
    """Read the weights, each by its name, so that a renamed feature cannot pass unseen."""
    written = json.loads(path.read_text(encoding="utf-8"))
    blocks = {
        block: np.array([written[block][name] for name in names], dtype=np.float32)
        for block, names in (BLOCKS | CALIBRATION).items()
    }
    return Parameters(**blocks, version=str(written["version"]))


def version(path: Path = PATH) -> str:
    """Which fit the weights come from."""
    return str(json.loads(path.read_text(encoding="utf-8"))["version"])


def price(
    evidence: Evidence,
    single: Singles,
    weights: Parameters,
    ratio: float = USUAL_RATIO,
    *,
    rough: bool = False,
) -> Prices:
    """Score every bead and every null of a pair.

    ratio: as in `features.group_features`. rough: only the commonest bead types, in a third of
    the time.
    """
    n, m = evidence.shape
    bias, nulls = _of_the_document(evidence, single, weights)
    beads = np.full((n, len(bias), m), NEVER, dtype=np.float32)
    step = max(1, CELLS_AT_ONCE // m)
    for a, longest in plausible_groups(single, rough=rough):
        kinds = slice(TYPES.index((a, 1)), TYPES.index((a, 1)) + longest)
        within = single.runs_en.within[:longest, None, :]
        for first in range(0, n - a + 1, step):
            last = min(first + step, n - a + 1)
            features = group_features(evidence, single, (a, longest), first, last, ratio)
            block = _weighed(weights.many, features)
            if a == 1:
                block[0] = _weighed(weights.one, features[: len(ONE), 0])
            block += bias[kinds, None, None]
            beads[first:last, kinds] = np.where(within, block, NEVER).transpose(1, 0, 2)
    # Of two copies of a headline the one nearer to the text is meant.
    later = LATER * (np.arange(n)[:, None] / n + np.arange(m)[None] / m)
    beads += later[:, None, :].astype(np.float32)
    return Prices(beads, *nulls)


@lru_cache(maxsize=1)
def full_price(evidence: Evidence, single: Singles, weights: Parameters) -> Prices:
    """The full price of a pair at the usual ratio of lengths, kept for the next look at it."""
    return price(evidence, single, weights)


def at_ratio(prices: Prices, single: Singles, weights: Parameters, ratio: float) -> Prices:
    """The prices of a pair at this ratio of lengths, out of those at the usual one."""
    beads = prices.beads.copy()
    # (2, types, 1, 1) what the length and its square weigh.
    of_length = np.empty((2, len(TYPES), 1, 1), dtype=np.float32)
    for n, name in enumerate(("length", "length_squared")):
        of_length[n] = weights.many[MANY.index(name)]
        of_length[n, 0] = weights.one[ONE.index(name)]
    for a, longest in plausible_groups(single):
        starts = max(len(beads) - a + 1, 0)
        kinds = slice(TYPES.index((a, 1)), TYPES.index((a, 1)) + longest)
        off, before = (length_off(single, (a, longest), 0, starts, x) for x in (ratio, USUAL_RATIO))
        linear, square = of_length[:, kinds]
        change = linear * (off - before) + square * (off * off - before * before)
        change *= single.runs_en.within[:longest, None, :]
        beads[:starts, kinds] += change.transpose(1, 0, 2)
    return replace(prices, beads=beads)


def roughly(prices: Prices) -> Prices:
    """What `price` gives for a rough look, out of the full price."""
    beads = np.full_like(prices.beads, NEVER)
    beads[:, ROUGH_KINDS] = prices.beads[:, ROUGH_KINDS]
    return replace(prices, beads=beads)


# Like `singles`, the same for a rough and a full look.
@lru_cache(maxsize=1)
def _of_the_document(
    evidence: Evidence, single: Singles, weights: Parameters
) -> tuple[Floats, tuple[Floats, Floats, Floats, Floats]]:
    """What each type of bead costs by its shape, (types,), and the nulls' prices as in `Prices`."""
    document = statistics(evidence, single)
    bias = SHAPE_FEATURES @ weights.shapes + shape_statistics(document) @ weights.shape_statistics
    ar_open, ar_on, en_open, en_on = (
        features @ weights.null for features in null_features(evidence, single, document)
    )
    return bias, (ar_open, ar_on, en_open, en_on)


def _weighed(weights: Floats, features: Floats) -> Floats:
    """The weighted sum over the first axis."""
    shape = features.shape[1:]
    return np.asarray(weights @ features.reshape(len(weights), -1)).reshape(shape)
