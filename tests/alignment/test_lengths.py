"""How long one version is against the other, in its own text."""

from __future__ import annotations

import numpy as np
import pytest

from aligner.alignment import lengths


def test_lengths_are_measured_by_those_of_the_text_itself() -> None:
    # Of nine beads eight are half as long again in English, and one only as long.
    ratios = np.log([1.5, 1.45, 1.55, 1.5, 1.5, 1.45, 1.55, 1.5, 1.0])
    ratio = lengths.usual_ratio(ratios)
    assert ratio == pytest.approx(np.log(1.5), abs=0.04)
    assert lengths.usual_spread(ratios, ratio) == pytest.approx(0.05, abs=0.02)


def test_a_single_bead_says_next_to_nothing() -> None:
    assert lengths.usual_ratio(np.array([0.57])) == lengths.USUAL_RATIO
    assert lengths.usual_spread(np.array([0.57]), 0.17) == lengths.USUAL_SPREAD


def test_a_text_as_regular_as_a_machine_leaves_room_for_a_word() -> None:
    assert lengths.usual_spread(np.full(9, 0.17), 0.17) == lengths.LEAST_SPREAD
