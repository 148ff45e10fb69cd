"""How long an English version is against its Arabic one, in general and in one pair of texts.

Translators differ in how many letters they make of one, and each is regular: what is usual in this
very pair tells more than what is usual in general. Ratios are logarithms of English letters per
Arabic letter.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np

from aligner.alignment.evidence import Evidence, Floats, running
from aligner.alignment.search import Span

USUAL_RATIO = 0.17
USUAL_SPREAD = 0.15  # median distance of a bead's ratio from its text's
LEAST_SPREAD = 0.05  # no text is more regular than that
PRIOR_BEADS = 3  # of the usual kind, that are added to those of a text, for it may have few


def usual_ratio(ratios: Floats) -> float:
    """The median of some beads' ratios, with PRIOR_BEADS usual ones among them."""
    return float(median([*ratios.tolist(), *[USUAL_RATIO] * PRIOR_BEADS]))


def usual_spread(ratios: Floats, ratio: float) -> float:
    """The median distance of their ratios from what is usual among them, likewise; above 0."""
    distances = np.abs(ratios - ratio)
    usual = float(median([*distances.tolist(), *[USUAL_SPREAD] * PRIOR_BEADS]))
    return max(usual, LEAST_SPREAD)


def ratio_of(evidence: Evidence, spans: Sequence[Span]) -> float:
    """What is usual in the two-sided ones of a pair's spans."""
    first_ar, end_ar, first_en, end_en = np.array(spans, dtype=np.int64).reshape(-1, 4).T
    ar, en = (running(x.characters) for x in (evidence.ar, evidence.en))
    letters, letters_en = ar[end_ar] - ar[first_ar], en[end_en] - en[first_en]
    both = (end_ar > first_ar) & (end_en > first_en)
    return usual_ratio(np.log(letters_en[both] / letters[both]).astype(np.float32))
