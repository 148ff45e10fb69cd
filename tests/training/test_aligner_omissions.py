"""Clauses left out of heads and middles, and the gold that tells of them."""

from __future__ import annotations

import random
from typing import Any

import pytest

from aligner.text import Language
from training.aligner_omissions import HEAD, MIDDLE, leave_out, without

ENGLISH = (
    "In a statement on Thursday, the mayor, who was elected last spring by one vote, closed the"
    " old bridge."
)
ARABIC = "وفي بيان صدر مساء الخميس، أغلق رئيس البلدية الجسر القديم."


@pytest.mark.parametrize(
    ("place", "rest"),
    [
        (
            HEAD,
            "The mayor, who was elected last spring by one vote, closed the old bridge.",
        ),
        (MIDDLE, "In a statement on Thursday, the mayor closed the old bridge."),
    ],
)
def test_a_head_or_a_middle_goes_with_its_marks(place: str, rest: str) -> None:
    assert without(ENGLISH, Language.EN, place, random.Random(1)) == rest


def test_an_arabic_head_goes_too() -> None:
    assert without(ARABIC, Language.AR, HEAD, random.Random(1)) == "أغلق رئيس البلدية الجسر القديم."


@pytest.mark.parametrize("place", [HEAD, MIDDLE])
def test_a_sentence_keeps_what_it_cannot_be_without(place: str) -> None:
    for sentence in ("The mayor closed the bridge.", "Bakers, butchers, tailors and others came."):
        assert without(sentence, Language.EN, place, random.Random(1)) is None


def test_the_gold_tells_which_side_lacks_a_clause_and_no_sentence_loses_two() -> None:
    item: dict[str, Any] = {
        "ar": {"paragraphs": [[ARABIC], [ARABIC]]},
        "en": {"paragraphs": [[ENGLISH], [ENGLISH]]},
        "gold_sentence_alignments": [[[0], [0]], [[1], [1]]],
        "gold_partial": [{"ar": [1], "en": [1], "missing_in": "en"}],
    }
    leave_out(item, 1.0, random.Random(3))
    assert [item[side]["paragraphs"][1] for side in ("ar", "en")] == [[ARABIC], [ENGLISH]]
    clause = item["gold_partial"][1]
    assert (clause["ar"], clause["en"]) == ([0], [0])
    shorter = [s for s in ("ar", "en") if item[s]["paragraphs"][0] != item[s]["paragraphs"][1]]
    assert shorter == [clause["missing_in"]]
