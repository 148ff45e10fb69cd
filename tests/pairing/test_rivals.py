"""The other candidates of an article."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.pairing.overlap import PRIOR_FOUND, beyond_others
from aligner.pairing.rivals import best_others

NONE = -np.inf


def test_the_best_others_come_first() -> None:
    mine, group = np.array([7, 7, 7, 8]), np.array([0, 1, 2, 0])
    found = best_others(mine, group, np.array([0.2, 0.9, 0.5, 0.4]), 2)
    assert found.tolist() == [[0.9, 0.5], [0.5, 0.2], [0.9, 0.2], [NONE, NONE]]


def test_versions_are_no_others_and_count_once() -> None:
    # Articles 1 and 2 are of one group.
    mine, group = np.array([0, 0, 0]), np.array([0, 1, 1])
    found = best_others(mine, group, np.array([0.5, 0.8, 0.7]), 2)
    assert found.tolist() == [[0.8, NONE], [0.5, NONE], [0.5, NONE]]


LINKS = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(0, 4)), st.integers(-3, 9), max_size=12
)


@given(LINKS, st.integers(1, 3))
def test_best_others_are_what_a_search_through_all_finds(
    links: dict[tuple[int, int], int], few: int
) -> None:
    group = [other // 2 for _, other in links]
    mine, value = [article for article, _ in links], list(links.values())
    columns = (np.array(mine, dtype=int), np.array(group, dtype=int), np.array(value, dtype=float))
    found = best_others(*columns, few)
    for n, row in enumerate(found.tolist()):
        of_others: dict[int, float] = {}
        for m in range(len(links)):
            if mine[m] == mine[n] and group[m] != group[n]:
                of_others[group[m]] = max(of_others.get(group[m], NONE), value[m])
        assert row == [*sorted(of_others.values(), reverse=True), NONE, NONE, NONE][:few]


def test_a_link_among_others_as_good_stands_out_little() -> None:
    group = np.arange(3)
    alone = beyond_others(np.array([0, 1, 2]), group, np.array([0.7, 0.7, 0.7]))
    crowd = beyond_others(np.array([0, 0, 0]), group, np.array([0.7, 0.7, 0.7]))
    assert alone == pytest.approx([0.7 - PRIOR_FOUND] * 3)
    assert crowd == pytest.approx([0.0] * 3)
