"""Passages of several sentences: what goes with what inside them is left open, and learnt."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("numba", reason="training needs numba: pip install numba")

from aligner.alignment import parameters
from aligner.alignment.evidence import TYPES
from aligner.embedding.static import StaticEmbedder
from training import aligner_fit
from training.aligner_passages import left_out, torn

PASSAGES = [
    ("خرج الرجل من البيت. ثم عاد.", "The man left the house. Then he came back."),
    ("كان الطقس حارا.", "The weather was hot."),
    ("وصلت السفينة إلى الميناء.", ""),
]


def test_a_passage_permits_all_beads_inside_it_and_none_across() -> None:
    document = torn("book/1/0", PASSAGES)
    assert document.gold == (((0, 1), (0, 1)), ((2,), (2,)), ((3,), ()))
    permitted = aligner_fit.permitted(document)
    assert permitted is not None
    points, beads = permitted
    found = {(i, *TYPES[t], j) for i, t, j in zip(*np.nonzero(beads), strict=True)}
    inside = {(i, 1, 1, j) for i in (0, 1) for j in (0, 1)}
    wide = {(0, 1, 2, 0), (1, 1, 2, 0), (0, 2, 1, 0), (0, 2, 1, 1), (0, 2, 2, 0)}
    assert found == inside | wide | {(2, 1, 1, 2)}
    assert points.astype(int).tolist() == [
        [1, 1, 1, 0],
        [1, 1, 1, 0],
        [1, 1, 1, 1],
        [0, 0, 1, 1],
        [0, 0, 0, 1],
    ]


def test_known_beads_permit_one_alignment() -> None:
    document = replace(torn("book/1/0", PASSAGES), passages=False)
    permitted = aligner_fit.permitted(document)
    assert permitted is not None
    points, beads = permitted
    assert beads.sum() == 2  # 2-2 and 1-1; the last sentence stands alone
    assert np.argwhere(points).tolist() == [[0, 0], [2, 2], [3, 3], [4, 3]]


@given(st.integers(0, 10_000))
def test_what_is_left_out_is_left_out_of_one_version_only(seed: int) -> None:
    passages = [(f"ا{n}", f"a{n}") for n in range(12)]
    torn_ones = left_out(passages, random.Random(seed))
    assert len(torn_ones) == 12
    for (ar, en), (was_ar, was_en) in zip(torn_ones, passages, strict=True):
        assert (ar, en) in {(was_ar, was_en), ("", was_en), (was_ar, "")}


@pytest.mark.parametrize("known", [True, False], ids=["beads known", "passages known"])
def test_the_slope_of_the_likelihood_is_that_of_small_steps(known: bool) -> None:
    document = replace(torn("book/1/0", PASSAGES), passages=not known)
    weights = parameters.load()
    ((_, evidence),) = aligner_fit.encode_all([document], StaticEmbedder.load())
    example = aligner_fit.example(document, evidence, weights, 1.0)
    assert example is not None
    at = aligner_fit.vector(weights)
    value, slope = aligner_fit.loss(at, [example])
    assert value >= 0  # all alignments together are at least as likely as the permitted ones
    for number in range(0, len(at), 7):
        step = np.zeros_like(at)
        step[number] = 1e-4
        up, down = (aligner_fit.loss(at + s, [example])[0] for s in (step, -step))
        assert slope[number] == pytest.approx((up - down) / 2e-4, abs=1e-4)
