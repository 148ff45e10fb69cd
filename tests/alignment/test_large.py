"""Books are cut where the two texts surely go together."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from aligner.alignment import large


def book(
    sentences: int, *, lost: float, seed: int
) -> tuple[np.ndarray, np.ndarray, dict[int, int]]:
    """Vectors of a text and its translation, some sentences lost on either side, and the truth."""
    rng = np.random.default_rng(seed)
    meaning = rng.normal(size=(sentences, 64))
    kept_ar, kept_en = (np.flatnonzero(rng.random(sentences) > lost) for _ in range(2))
    ar, en = (
        (meaning[kept] + 0.5 * rng.normal(size=(len(kept), 64))).astype(np.float32)
        for kept in (kept_ar, kept_en)
    )
    place = {s: j for j, s in enumerate(kept_en.tolist())}
    return ar, en, {i: place[s] for i, s in enumerate(kept_ar.tolist()) if s in place}


@pytest.mark.parametrize("lost", [0.0, 0.1, 0.3])
def test_parts_hold_every_sentence_once_and_are_small(lost: float):
    ar, en, _ = book(3000, lost=lost, seed=1)
    parts = large.parts(ar, en)
    assert parts[0][0] == parts[0][2] == 0
    assert (parts[-1][1], parts[-1][3]) == (len(ar), len(en))
    for (_, i, _, j), (i_next, _, j_next, _) in pairwise(parts):
        assert (i, j) == (i_next, j_next)
    assert max((b - a) * (d - c) for a, b, c, d in parts) <= 4 * large.PART_CELLS


@pytest.mark.parametrize("lost", [0.0, 0.1, 0.3])
def test_cuts_lie_between_sentences_that_go_together(lost: float):
    ar, en, truth = book(3000, lost=lost, seed=2)
    cuts = [(i, j) for i, _, j, _ in large.parts(ar, en)[1:]]
    assert len(cuts) >= 20
    # A true pair never has its halves in different parts.
    across = sum((i < cut) != (j < cut_en) for cut, cut_en in cuts for i, j in truth.items())
    assert across <= 0.001 * len(truth)


def test_two_texts_that_have_nothing_in_common_are_cut_all_the_same():
    rng = np.random.default_rng(3)
    ar, en = (rng.normal(size=(700, 32)).astype(np.float32) for _ in range(2))
    parts = large.parts(ar, en)
    assert max((b - a) * (d - c) for a, b, c, d in parts) <= large.MOST_CELLS


def test_a_small_text_is_left_whole():
    ar, en, _ = book(50, lost=0.1, seed=4)
    assert large.parts(ar, en) == [(0, len(ar), 0, len(en))]
