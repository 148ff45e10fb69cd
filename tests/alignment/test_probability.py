"""What a null's probability looks at."""

from __future__ import annotations

import numpy as np

from aligner.alignment import parameters, probability
from aligner.alignment.evidence import TYPES
from aligner.alignment.search import NEVER, Prices


def prices(beads: dict[tuple[int, int, int, int], float], n: int, m: int) -> Prices:
    """These beads and no others; leaving a sentence alone costs 1."""
    table = np.full((n, len(TYPES), m), NEVER, dtype=np.float32)
    for (i, i_end, j, j_end), value in beads.items():
        table[i, probability.TYPE_NUMBER[i_end - i, j_end - j], j] = value
    alone = [np.full(size, -1.0, dtype=np.float32) for size in (n, n, m, m)]
    return Prices(table, *alone)


def test_a_null_is_asked_what_it_would_add_to_the_bead_before_it_or_behind_it():
    known = prices({(0, 1, 0, 1): 5.0, (0, 2, 0, 1): 3.5, (2, 3, 1, 2): 4.0}, 3, 2)
    # Joined, 3.5; apart, 5 and -1.
    assert probability.joined(known, [(0, 1, 0, 1), (1, 2, 1, 1), (2, 3, 1, 2)]) == [-0.5]
    known = prices({(0, 1, 0, 1): 5.0, (0, 1, 1, 2): 4.0, (0, 1, 0, 2): 2.0}, 1, 2)
    assert probability.joined(known, [(0, 0, 0, 1), (0, 1, 1, 2)]) == [-1.0]


def test_what_stands_beside_no_bead_that_it_could_be_part_of_would_add_least():
    known = prices({(0, 1, 0, 1): 5.0}, 3, 1)
    spans = [(0, 1, 0, 1), (1, 2, 1, 1), (2, 3, 1, 1)]
    assert probability.joined(known, spans) == [probability.LEAST_JOINED] * 2


def test_the_more_a_null_would_add_to_its_neighbours_bead_the_less_sure_it_is():
    assert parameters.load().null_probability[probability.NULL.index("joined")] < 0
