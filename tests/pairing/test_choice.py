"""One to one, best overall."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from aligner.pairing.choice import choose


def test_each_takes_the_other_when_nobody_else_asks() -> None:
    assert choose([0, 1], [0, 1], np.array([2.0, 1.0])) == [0, 1]


def test_the_best_sum_wins_over_the_best_single_link() -> None:
    # 0-0 alone gains 5; 0-1 and 1-0 together gain 8.
    assert choose([0, 0, 1], [0, 1, 0], np.array([5.0, 4.0, 4.0])) == [1, 2]


def test_a_link_that_gains_nothing_is_never_picked() -> None:
    assert choose([0, 1], [0, 1], np.array([0.0, -1.0])) == []


def test_the_loser_of_a_contest_stays_alone() -> None:
    assert choose([0, 1], [0, 0], np.array([1.0, 2.0])) == [1]


LINKS = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(-3, 9), max_size=8
)


@given(LINKS)
def test_no_other_choice_gains_more(links: dict[tuple[int, int], int]) -> None:
    ar, en = [a for a, _ in links], [e for _, e in links]
    gain = np.array(list(links.values()), dtype=float)

    def valid(picked: tuple[int, ...]) -> bool:
        return len({ar[n] for n in picked}) == len({en[n] for n in picked}) == len(picked)

    subsets = (s for k in range(5) for s in combinations(range(len(ar)), k))
    best = max(sum(gain[n] for n in s) for s in subsets if valid(s))
    picked = choose(ar, en, gain)
    assert valid(tuple(picked))
    assert sum(gain[n] for n in picked) == best
