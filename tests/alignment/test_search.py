"""The search by hand-worked prices."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.alignment import leftovers
from aligner.alignment.beads import merge
from aligner.alignment.evidence import TYPES
from aligner.alignment.search import NEVER, Prices, search


def prices(
    one_to_one: list[list[float]],
    *,
    null: float = -1.0,
    again: float | None = None,
    others: dict[tuple[int, int, int, int], float] | None = None,
) -> Prices:
    """1-1 scores as given; other beads only where named by (ar, en, sizes)."""
    scores = np.array(one_to_one, dtype=np.float32)
    n, m = scores.shape
    beads = np.full((n, len(TYPES), m), NEVER, dtype=np.float32)
    beads[:, 0] = scores
    for (i, j, size_ar, size_en), score in (others or {}).items():
        beads[i, TYPES.index((size_ar, size_en)), j] = score
    again = null if again is None else again
    return Prices(
        beads,
        np.full(n, null, np.float32),
        np.full(n, again, np.float32),
        np.full(m, null, np.float32),
        np.full(m, again, np.float32),
    )


def test_good_pairs_are_beads_and_what_is_left_is_null():
    spans, score = search(prices([[5.0, -5.0], [-5.0, -5.0], [-5.0, 5.0]]))
    assert spans == [(0, 1, 0, 1), (1, 2, 1, 1), (2, 3, 1, 2)]
    assert score == 9.0


def test_two_sentences_against_one_are_one_bead_where_that_scores_more():
    found, _ = search(prices([[1.0], [0.5]], others={(0, 0, 2, 1): 3.0}))
    assert found == [(0, 2, 0, 1)]


def test_an_arabic_null_stands_before_an_english_one():
    spans, _ = search(prices([[-9.0]]))
    assert spans == [(0, 1, 0, 0), (1, 1, 0, 1)]


def test_going_on_with_nulls_has_a_price_of_its_own():
    _, score = search(prices([[-9.0]] * 3, null=-2.0, again=-0.5))
    assert score == -2.0 - 0.5 - 0.5 - 2.0


def test_what_moved_is_found_among_the_leftovers():
    given_prices = prices([[-9.0, 8.0, -9.0], [8.0, -9.0, -9.0], [-9.0, -9.0, 8.0]])
    spans, _ = search(given_prices)
    assert sum(a < b and c < d for a, b, c, d in spans) == 2  # one of the crossing pairs is lost
    crossing = leftovers.find(given_prices, spans)
    assert len(crossing) == 1
    assert sorted(merge(spans, crossing)) == [(0, 1, 1, 2), (1, 2, 0, 1), (2, 3, 2, 3)]


def test_passages_that_moved_and_cross_each_other_are_all_found():
    # Five paragraphs in the opposite order.
    scores = np.full((5, 5), -9.0)
    scores[np.arange(5), np.arange(5)[::-1]] = 8.0
    given_prices = prices(scores.tolist())
    spans, _ = search(given_prices)
    merged = merge(spans, leftovers.find(given_prices, spans))
    assert merged == [(i, i + 1, 4 - i, 5 - i) for i in range(5)]


@pytest.mark.parametrize(
    ("count", "other", "together"), [(2, 0.0, False), (3, 0.0, True), (2, -3.0, True)]
)
def test_two_runs_side_by_side_are_no_nulls_if_they_are_long_or_their_pairs_lead_by_far(
    count: int, other: float, together: bool
):
    # Alone they would cost less: a bead is 0.5, going on with a run 2.
    scores = np.where(np.eye(count) > 0, 0.5, other)
    given_prices = prices(scores.tolist(), null=0.0, again=2.0)
    spans, _ = search(given_prices)
    assert all(a == b or c == d for a, b, c, d in spans)
    found = [(i, i + 1, i, i + 1) for i in range(count)] if together else []
    assert leftovers.find(given_prices, spans) == found


@pytest.mark.parametrize(("lead", "found"), [(3.0, []), (5.0, [(0, 1, 2, 3)])])
def test_what_moved_out_of_a_run_is_found_where_it_leads_by_far(lead: float, found: list[object]):
    # The first two Arabic sentences are left, and the last two English ones.
    scores = np.full((4, 4), -9.0)
    scores[2, 0] = scores[3, 1] = 30.0
    scores[0, 2], scores[0, 3] = 2.0, 2.0 - lead
    given_prices = prices(scores.tolist(), null=-1.0, again=3.0)
    spans, _ = search(given_prices)
    assert leftovers.find(given_prices, spans) == found


def test_a_bead_found_late_has_moved_only_where_it_crosses_another():
    spans = [(0, 1, 0, 1), (1, 2, 3, 4), (2, 3, 2, 3), (3, 4, 4, 5)]
    assert leftovers.crossing([(2, 3, 2, 3), (3, 4, 4, 5)], spans) == [(2, 3, 2, 3)]


def test_a_weak_leftover_pair_stays_apart():
    given_prices = prices([[-9.0, -1.8, -9.0], [8.0, -9.0, -9.0], [-9.0, -9.0, 8.0]])
    spans, _ = search(given_prices)
    assert leftovers.find(given_prices, spans) == []


@pytest.mark.parametrize(("size", "found"), [(2, [(0, 1, 1, 2)]), (8, [])])
def test_what_would_have_moved_far_must_fit_better(size: int, found: list[object]):
    # The first Arabic sentence and the last English one are left: 0.8 better together than alone.
    scores = np.full((size, size), -9.0)
    scores[np.arange(1, size), np.arange(size - 1)] = 8.0
    scores[0, size - 1] = -1.2
    given_prices = prices(scores.tolist())
    spans, _ = search(given_prices)
    assert leftovers.find(given_prices, spans) == found


@st.composite
def some_prices(draw: st.DrawFn) -> Prices:
    n, m = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    beads = rng.normal(0, 3, (n, len(TYPES), m)).astype(np.float32)
    for t, (size_ar, size_en) in enumerate(TYPES):
        beads[max(n - size_ar + 1, 0) :, t] = NEVER
        beads[:, t, max(m - size_en + 1, 0) :] = NEVER
    nulls = [rng.normal(-1, 1, size).astype(np.float32) for size in (n, n, m, m)]
    return Prices(beads, *nulls)


@given(some_prices())
def test_every_sentence_is_in_exactly_one_span(given_prices: Prices):
    n, _, m = given_prices.beads.shape
    spans, _ = search(given_prices)
    assert [i for a, b, _, _ in spans for i in range(a, b)] == list(range(n))
    assert [j for _, _, c, d in spans for j in range(c, d)] == list(range(m))


@given(some_prices())
@settings(max_examples=60, deadline=None)
def test_no_other_way_through_scores_more(given_prices: Prices):
    _, score = search(given_prices)
    assert np.isclose(score, best_by_trying_all(given_prices), atol=1e-4)


@given(some_prices())
def test_the_sides_swapped_give_the_mirrored_beads(given_prices: Prices):
    unmirrored = [n for n, (ar, en) in enumerate(TYPES) if (en, ar) not in TYPES]
    given_prices.beads[:, unmirrored] = NEVER
    mirror = [TYPES.index((en, ar)) if (en, ar) in TYPES else n for n, (ar, en) in enumerate(TYPES)]
    swapped = Prices(
        np.ascontiguousarray(given_prices.beads.transpose(2, 1, 0)[:, mirror]),
        given_prices.en_open,
        given_prices.en_continue,
        given_prices.ar_open,
        given_prices.ar_continue,
    )
    spans, score = search(given_prices)
    turned, other = search(swapped)
    assert np.isclose(score, other, atol=1e-4)
    assert {(j, j_end, i, i_end) for i, i_end, j, j_end in turned if i < i_end and j < j_end} == {
        s for s in spans if s[0] < s[1] and s[2] < s[3]
    }


def best_by_trying_all(given_prices: Prices) -> float:
    n, _, m = given_prices.beads.shape

    def best(i: int, j: int, state: str) -> float:
        if (i, j) == (n, m):
            return 0.0
        options = [
            float(given_prices.beads[i, t, j]) + best(i + a, j + e, "bead")
            for t, (a, e) in enumerate(TYPES)
            if i + a <= n and j + e <= m
        ]
        if i < n and state != "en":
            price = given_prices.ar_continue if state == "ar" else given_prices.ar_open
            options.append(float(price[i]) + best(i + 1, j, "ar"))
        if j < m:
            price = given_prices.en_continue if state == "en" else given_prices.en_open
            options.append(float(price[j]) + best(i, j + 1, "en"))
        return max(options, default=float(NEVER))

    return best(0, 0, "bead")


@given(some_prices())
def test_with_what_moved_every_sentence_is_still_in_one_span(given_prices: Prices):
    n, _, m = given_prices.beads.shape
    spans, _ = search(given_prices)
    merged = merge(spans, leftovers.find(given_prices, spans))
    assert sorted(i for a, b, _, _ in merged for i in range(a, b)) == list(range(n))
    assert sorted(j for _, _, c, d in merged for j in range(c, d)) == list(range(m))
    arabic = [i for a, b, _, _ in merged for i in range(a, b)]
    assert arabic == list(range(n))


def test_the_types_hold_each_size_once():
    assert len(set(TYPES)) == len(TYPES)
    assert TYPES[0] == (1, 1)
    assert set(itertools.product((1, 2), range(1, 9))) <= set(TYPES)
