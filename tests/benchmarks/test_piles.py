"""Made piles say which articles are pairs, and which share too much to be strangers."""

from __future__ import annotations

from benchmarks.docpair import measures
from benchmarks.piles import Line, halves, make

TEXT = "The council of the town met again on a Tuesday about matter number"


def lines(first: int, count: int) -> list[Line]:
    return [
        Line(f"اجتمع مجلس البلدة مرة أخرى بشأن المسألة {n}", f"{TEXT} {n}")
        for n in range(first, first + count)
    ]


def test_a_pile_has_pairs_and_lone_articles_and_repeats_no_line():
    pile, gold = make([lines(1000 * n, 60) for n in range(40)], 50, "1")
    ids = {article["id"] for article in pile}
    assert {name for pair in gold["pairs"] for name in pair} < ids
    assert {*gold["ar"], *gold["en"]} == ids
    assert gold["halves"] == []


def test_articles_that_share_many_lines_are_halves_unless_they_are_a_pair():
    own, other, shared = lines(0, 20), lines(20, 4), lines(24, 3)
    held = {line: (["ar-1"], ["en-1"]) for line in own}
    held |= {line: ([], ["en-2"]) for line in lines(27, 20)}
    held |= {line: (["ar-3"], []) for line in other}
    pairs = [("ar-1", "en-1")]
    assert halves(held, pairs) == []
    # Three lines are many for any article, two for one that has six, and one is not.
    three = {line: (["ar-1"], ["en-1", "en-2"]) for line in shared}
    assert halves({**held, **three}, pairs) == [("ar-1", "en-2")]
    two = {line: (["ar-1", "ar-3"], ["en-1"]) for line in shared[:2]}
    assert halves({**held, **two}, pairs) == [("ar-3", "en-1")]
    one = {line: (["ar-3"], ["en-1"]) for line in shared[:1]}
    assert halves({**held, **one}, pairs) == []


def test_halves_count_neither_as_right_nor_as_wrong():
    gold = {
        "pairs": [["a1", "e1"], ["a2", "e2"]],
        "halves": [["a3", "e3"]],
        "ar": ["a1", "a2", "a3", "a4"],
        "en": ["e1", "e2", "e3", "e4"],
    }
    found = measures({("a1", "e1"), ("a3", "e3"), ("a4", "e4")}, gold)
    assert found["precision"] == found["recall"] == 0.5
    assert found["unpaired_recall"] == 0.0  # a4 and e4 are all that is lone
