"""The measures, by beads that can be counted on the fingers."""

from __future__ import annotations

import pytest

from aligner.evaluation import (
    Score,
    calibration_error,
    flags,
    lax,
    nulls,
    reliability,
    single_nulls,
    strict,
)

GOLD = [([0], [0]), ([1], [1, 2]), ([2], [])]


def test_the_same_beads_are_all_right():
    for measure in (strict, lax, nulls):
        assert measure(GOLD, GOLD).f1 == 1.0


def test_a_half_right_bead_is_wrong_strictly_and_right_laxly():
    predicted = [([0], [0]), ([1], [1]), ([], [2]), ([2], [])]
    assert strict(GOLD, predicted) == Score(right=2, predicted=4, found=1, gold=2)
    assert lax(GOLD, predicted) == Score(right=3, predicted=4, found=2, gold=2)
    assert nulls(GOLD, predicted) == Score(right=1, predicted=2, found=1, gold=1)


def test_nothing_predicted_scores_nothing():
    assert strict(GOLD, []).f1 == 0.0
    assert Score().precision == 0.0


def test_a_null_of_two_sentences_counts_as_two():
    assert len(single_nulls([([0, 1], [])])) == 2


def test_counts_are_pooled_and_not_means():
    pooled = strict([([0], [0])], []) + strict(GOLD, GOLD)
    assert pooled.recall == 2 / 3


def test_flags_that_are_to_be_ignored_count_neither_way():
    assert flags({1, 2}, {2, 3, 9}, ignore={9}) == Score(right=1, predicted=2, found=1, gold=2)


def test_reliability_puts_what_was_said_beside_what_came():
    table = reliability([0.95, 0.91, 0.05], [True, False, False])
    assert table[9].count == 2
    assert table[9].predicted == pytest.approx(0.93)
    assert table[9].observed == 0.5
    assert table[3].observed is None
    assert calibration_error(table) == pytest.approx((2 * 0.43 + 0.05) / 3)


def test_a_certainty_falls_into_the_last_bin():
    assert reliability([1.0], [True])[9].count == 1


def test_predictions_and_outcomes_must_be_as_many():
    with pytest.raises(ValueError, match="2 predictions but 1"):
        reliability([0.1, 0.2], [True])
