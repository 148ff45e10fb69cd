"""What an alignment tells, in numbers."""

from __future__ import annotations

import math

import pytest

from aligner.pairing.evidence import CLASHES, FEATURES, SURE, Coverage, features


@pytest.mark.parametrize(
    ("surest", "told"), [(0.0, 0.0), (0.4, 0.0), (0.9, math.log(9)), (1.0, SURE)]
)
def test_the_surest_bead_tells_by_its_odds(surest: float, told: float) -> None:
    found = Coverage(
        sentences=(4, 8),
        matched=(2, 2),
        shares=(0.5, 0.25),
        similarity=0.7,
        strength=0.26,
        beads=2,
        surest=surest,
        closest=0.6,
        clash=7.5,
    )
    named = dict(zip(FEATURES, features(found), strict=True))
    assert named.pop("surest") == pytest.approx(told)
    assert named == {
        "least": 0.25,
        "most": 0.5,
        "strength": 0.26,
        "closest": 0.6,
        "no_clash": -CLASHES,
    }
