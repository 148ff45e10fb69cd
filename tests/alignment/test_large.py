"""Books are cut where the two texts surely go together."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def test_a_passage_that_stands_again_far_off_is_no_anchor():
    right = [(10, 10), (20, 20), (30, 30), (40, 40)]
    again = [(31, 90), (32, 91), (33, 92), (34, 93), (35, 94)]
    ar, en = np.array(sorted(right + again)).T
    assert large.rising(ar, en, (0, 100, 0, 100), 1) == right


def test_anchors_far_off_the_diagonal_are_kept_where_one_text_lacks_a_chapter():
    ar = np.arange(10, 100, 10)
    assert len(large.rising(ar, ar + 300, (0, 100, 0, 400), 1)) == 9


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=20))
def test_a_chain_of_anchors_rises_on_both_sides(anchors: list[tuple[int, int]]):
    rows = sorted(dict(anchors).items())
    ar, en = np.array(rows, dtype=np.int64).reshape(-1, 2).T
    chain = large.rising(ar, en, (-1, 41, -1, 41), 1)
    assert set(chain) <= set(rows)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(chain))
