"""What stands against what, and how it shows itself at a prompt."""

from __future__ import annotations

from tests.comparisons import library


def test_a_comparison_shows_itself_in_a_line() -> None:
    made = library()
    assert repr(made.ar) == "Article('news/ar/library.txt', ar, paragraphs=8, sentences=10)"
    assert repr(made) == (
        f"Comparison(ar={made.ar!r}, en={made.en!r}, kind='noisy parallel', beads=8, "
        "only_ar=2, only_en=1, divergences=5)"
    )
    assert repr(made.alignment) == "Alignment(beads=8, unmatched_ar=1, unmatched_en=1)"
    assert len(repr(made.pair)) < 400
