"""Whether a comparison speaks only of what its articles hold."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.bitext import Comparison, Divergence
from aligner.text import SIDES, Language


def misplaced(comparison: Comparison) -> Iterator[str]:
    """Each sentence, paragraph and span that is spoken of and is not there, in a line."""
    spoken = {side: {i for b in comparison.alignment for i in b.side(side)} for side in SIDES}
    for d in comparison.divergences:
        spoken[d.side].update(d.sentences)
        spoken[d.side.other].update(d.other)
    for side, numbers in spoken.items():
        known = len(comparison.side(side).sentences)
        for i in sorted(numbers):
            if not 0 <= i < known:
                yield f"the {side.label} text has no sentence {i}, only {known}"
    for d in comparison.divergences:
        yield from _misplaced_spans(comparison, d)


def _misplaced_spans(comparison: Comparison, d: Divergence) -> Iterator[str]:
    known = len(comparison.side(d.side).paragraphs)
    if not 0 <= d.paragraph < known:
        yield f"the {d.side.label} text has no paragraph {d.paragraph}, only {known}"
    elif d.span is not None:
        yield from _outside(comparison, d.side, d.paragraph, d.span)
    if d.other_span is None:
        return
    paragraph_of = comparison.side(d.side.other).paragraph_of
    if not d.other:
        yield f"a {d.kind} has a span in no {d.side.other.label} sentence"
    elif 0 <= d.other[0] < len(paragraph_of):
        yield from _outside(comparison, d.side.other, paragraph_of[d.other[0]], d.other_span)


def _outside(
    comparison: Comparison, side: Language, paragraph: int, span: tuple[int, int]
) -> Iterator[str]:
    start, end = span
    length = len(comparison.side(side).paragraphs[paragraph].text)
    if not 0 <= start <= end <= length:
        yield (
            f"the {side.label} paragraph {paragraph} has no characters {start} to {end}, "
            f"only {length}"
        )
