from __future__ import annotations

import pytest

from aligner.ingest.superscript import superscript


@pytest.mark.parametrize(
    ("before", "mark"),
    [
        ("The city had 4,500", "3"),
        ("in 2019", "12"),
        ("It took hours.", "1"),
        ("It took hours. ", "1"),
        ("“No,” he said, ”", "2, 3"),
        ("The hospital", "2"),
        ("the price of it", "14"),
        ("بلغ عددهم ٤٥٠٠", "٣"),
        ("في المدينةِ", "(٢)"),
        ("the price of it", "*"),
        ("The population", "[3][4]"),
        ("", "[citation needed]"),
    ],
)
def test_the_mark_of_a_note_is_no_text(before: str, mark: str) -> None:
    assert superscript(mark, before=before) == ""


@pytest.mark.parametrize(
    ("before", "raised", "read"),
    [
        ("50 km", "2", "²"),
        ("على مساحة 50 كم", "٢", "²"),
        ("على مساحة 50 متر", "2", "²"),
        ("400 miles", "2", "²"),
        ("5 m", "3", "³"),
        ("E = mc", "2", "²"),
        ("some 10", "6", "⁶"),
        ("a memory of 2", "32", "³²"),
        ("the ", "14", "¹⁴"),
        ("", "1", "¹"),
        ("1", "st", "st"),
        ("the Windows", "TM", "TM"),
        ("10", "-6", "-6"),
    ],
)
def test_exponents_and_the_endings_of_ordinals_are_text(
    before: str, raised: str, read: str
) -> None:
    assert superscript(raised, before=before) == read


def test_a_raised_link_is_a_note_whatever_it_follows() -> None:
    assert superscript("2", before="50 km", linked=True) == ""
    assert superscript("st", before="the 1", linked=True) == "st"
