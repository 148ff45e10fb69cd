"""Torn documents get headings, and their gold follows."""

from __future__ import annotations

import random
from typing import Any

from training.aligner_texts import add_headings, heading_pairs


def item() -> dict[str, Any]:
    return {
        "ar": {"paragraphs": [["ا", "ب"], ["ج"], ["د"]]},
        "en": {"paragraphs": [["a", "b"], ["menu"], ["c"]]},
        "gold_sentence_alignments": [[[0], [0]], [[1], [1]], [[2], [3]], [[3], []]],
        "gold_partial": [{"ar": [2], "en": [3], "missing_in": "en"}],
        "boilerplate": {"ar": [], "en": [1]},
        "teaser": {"ar": [], "en": []},
    }


def test_headings_move_what_follows_them_and_nothing_else() -> None:
    pairs = heading_pairs()
    other = dict(pairs)
    for seed in range(40):
        made = item()
        add_headings(made, pairs, random.Random(seed))
        sides = [[s for p in made[key]["paragraphs"] for s in p] for key in ("ar", "en")]
        texts = [
            (sides[0][a[0]] if a else None, sides[1][e[0]] if e else None)
            for a, e in made["gold_sentence_alignments"]
        ]
        assert texts[:4] == [("ا", "a"), ("ب", "b"), ("ج", "c"), ("د", None)]
        for ar, en in texts[4:]:
            assert ar is None or en is None or other[ar] == en
        assert made["en"]["paragraphs"][made["boilerplate"]["en"][0]] == ["menu"]
        clause = made["gold_partial"][0]
        assert (sides[0][clause["ar"][0]], sides[1][clause["en"][0]]) == ("ج", "c")


def test_a_document_with_a_moved_passage_gets_none() -> None:
    made = {**item(), "crossing": True}
    add_headings(made, heading_pairs(), random.Random(1))
    assert made == {**item(), "crossing": True}
