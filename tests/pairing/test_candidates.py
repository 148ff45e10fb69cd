"""Who is looked at: not those who are near to everybody."""

from __future__ import annotations

import numpy as np

from aligner.pairing.candidates import outstanding
from aligner.pairing.search import Neighbours


def neighbours(places: list[list[int]], similarity: list[list[float]]) -> Neighbours:
    return Neighbours(np.array(places), np.array(similarity, dtype=np.float32))


def test_an_article_that_is_near_to_all_is_a_candidate_of_few() -> None:
    # English article 0 is nearest to every Arabic one, but each has one of its own.
    of_ar = neighbours([[0, 1], [0, 2], [0, 3]], [[0.65, 0.6]] * 3)
    of_en = neighbours(
        [[0, 1, 2], [0, -1, -1], [1, -1, -1], [2, -1, -1]],
        [[0.65, 0.65, 0.65], *[[0.6, 0.0, 0.0]] * 3],
    )
    ar, en = outstanding((of_ar, of_en), 1)
    assert [side.tolist() for side in ar] == [[0, 1, 2], [1, 2, 3]]
    assert [side.tolist() for side in en] == [[0, 0, 1, 2], [0, 1, 2, 3]]
