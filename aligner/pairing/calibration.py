"""From evidence to probability: small logistic models, which benchmarks.piles_fit has fitted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from aligner.pairing.rivals import best_others
from aligner.pairing.vectors import Places

Floats = NDArray[np.float64]
BEHIND = 8.0  # log odds beyond which a rival counts no further
AHEAD = 1.0  # that there is no rival says little: in a small pile there seldom is one


def worth_aligning(columns: Mapping[str, NDArray[np.float32]]) -> Floats:
    """Log odds of being a pair, for links that are not yet aligned, by the candidates' measures."""
    return _apply("candidate", columns)


def log_odds(columns: Mapping[str, Floats]) -> Floats:
    """Log odds of being a pair, each link by itself, by the features of its alignment."""
    return _apply("evidence", columns)


def with_rivals(own: Floats, rival: Floats) -> Floats:
    """Log odds of being a pair, given the best other link of either article.

    own: (links,) log odds by itself. rival: (links,) those of the best rival; -inf without one.
    """
    return _apply("rivals", {"own": own, "lead": lead(own, rival)})


def lead(own: Floats, rival: Floats) -> Floats:
    """How far links are ahead of their rivals, in log odds; without a rival, as far as counts."""
    return np.clip(own - rival, -BEHIND, AHEAD)


def best_rivals(ar: Places, en: Places, own: Floats, versions: tuple[Places, Places]) -> Floats:
    """For each link the log odds of the best other link of either of its articles.

    versions: for each article, Arabic and English, its group; a version of an article is no rival
    of it. -inf without a rival.
    """
    of_ar = best_others(ar, versions[1][en], own, 1)
    of_en = best_others(en, versions[0][ar], own, 1)
    return np.maximum(of_ar, of_en)[:, 0]


def probability(odds: Floats) -> Floats:
    """The logistic function."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0))))


def _apply(name: str, columns: Mapping[str, NDArray[np.floating]]) -> Floats:
    model = parameters()[name]
    size = len(next(iter(columns.values())))
    total = np.full(size, model["constant"])
    for feature, weight in model.items():
        if feature != "constant":
            total += weight * columns[feature]
    return total


@cache
def parameters() -> dict[str, dict[str, float]]:
    """The weights of each model by feature, its constant among them."""
    text = (resources.files(__name__.rpartition(".")[0]) / "calibration.json").read_text("utf-8")
    models: dict[str, dict[str, float]] = json.loads(text)["models"]
    return models
