"""Rivals, and what they do to a probability."""

from __future__ import annotations

import numpy as np

from aligner.pairing import calibration


def test_the_rival_is_the_best_other_link_of_either_article() -> None:
    own = np.array([3.0, 1.0, 2.0])
    ar, en, alone = np.array([0, 0, 1]), np.array([0, 1, 0]), np.array([0, 1])
    best = calibration.best_rivals(ar, en, own, (alone, alone))
    assert best.tolist() == [2.0, 3.0, 3.0]


def test_a_version_of_an_article_is_no_rival_of_it() -> None:
    own = np.array([3.0, 2.5])
    zeros = np.zeros(2, dtype=int)
    best = calibration.best_rivals(zeros, np.array([0, 1]), own, (zeros[:1], zeros))
    assert best.tolist() == [-np.inf, -np.inf]


def test_a_near_rival_makes_a_pair_less_probable() -> None:
    own = np.array([2.0, 2.0, 2.0])
    odds = calibration.with_rivals(own, np.array([-np.inf, 0.0, 2.0]))
    assert odds[0] >= odds[1] > odds[2]


def test_no_evidence_counts_against_a_pair() -> None:
    for model in calibration.parameters().values():
        assert all(weight >= 0 for name, weight in model.items() if name != "constant")
