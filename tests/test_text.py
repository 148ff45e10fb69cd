"""What a text is made of."""

from __future__ import annotations

import sys

from aligner.text import bare


def test_a_text_is_bared_of_white_space_and_marks_that_show_nothing_at_both_ends() -> None:
    assert bare("\ufeff \u202bقال \u2067Macron\u2069 ذلك.\u200f \u202c\n") == (
        "قال \u2067Macron\u2069 ذلك."
    )


def test_every_kind_of_white_space_is_stripped() -> None:
    spaces = "".join(c for c in map(chr, range(sys.maxunicode)) if c.isspace())
    assert bare(f"{spaces}é{spaces}") == "é"
    assert bare(f"{spaces}\u200f") == ""
