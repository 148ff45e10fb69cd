"""Rows: both articles in reading order, side by side, with every sentence in its place once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from aligner.bitext import Bead, Comparison, Divergence, DivergenceKind
from aligner.text import SIDES, Language


@dataclass(frozen=True, slots=True)
class BeadRow:
    """A bead at its place in the Arabic."""

    number: int  # of the bead, from 0
    bead: Bead


@dataclass(frozen=True, slots=True)
class ElsewhereRow:
    """Where, in the English, a moved bead's sentences stood; they are shown with the bead."""

    number: int
    bead: Bead


@dataclass(frozen=True, slots=True)
class ClutterRow:
    """Neighbouring paragraphs that were set apart as boilerplate, by number."""

    ar: tuple[int, ...]
    en: tuple[int, ...]

    def side(self, language: Language) -> tuple[int, ...]:
        return self.ar if language is Language.AR else self.en


Row = BeadRow | ElsewhereRow | ClutterRow


def rows(comparison: Comparison) -> Iterator[Row]:
    """The comparison from top to bottom: beads in their order, clutter where it stood."""
    clutter = {
        side: [n for n, p in enumerate(comparison.side(side).paragraphs) if p.boilerplate]
        for side in SIDES
    }
    moved = sorted(
        (
            (bead.en[0], number, bead)
            for number, bead in enumerate(comparison.alignment)
            if bead.moved and bead.ar and bead.en
        ),
        key=lambda place: place[:2],
    )
    for number, bead in enumerate(comparison.alignment):
        passed: dict[Language, list[int]] = {side: [] for side in SIDES}
        for side in SIDES:
            # A moved bead says nothing of how far the English has been read.
            if bead.side(side) and not (bead.moved and side is Language.EN):
                paragraph = comparison.side(side).paragraph_of[bead.side(side)[0]]
                while clutter[side] and clutter[side][0] < paragraph:
                    passed[side].append(clutter[side].pop(0))
        if any(passed.values()):
            yield ClutterRow(tuple(passed[Language.AR]), tuple(passed[Language.EN]))
        if bead.en and not bead.moved:
            while moved and moved[0][0] < bead.en[0]:
                yield ElsewhereRow(*moved.pop(0)[1:])
        yield BeadRow(number, bead)
    for _, number, bead in moved:
        yield ElsewhereRow(number, bead)
    if any(clutter.values()):
        yield ClutterRow(tuple(clutter[Language.AR]), tuple(clutter[Language.EN]))


@dataclass(frozen=True)
class Divergences:
    """The divergences of a comparison, by where they stand."""

    comparison: Comparison

    @cached_property
    def by_sentence(self) -> Mapping[tuple[Language, int], list[int]]:
        """For a sentence the numbers of the divergences that stand on it."""
        found: dict[tuple[Language, int], list[int]] = {}
        for number, d in enumerate(self.comparison.divergences):
            for sentence in sentences_of(d, self.comparison):
                found.setdefault((d.side, sentence), []).append(number)
        return found

    @cached_property
    def by_counterpart(self) -> Mapping[tuple[Language, int], list[int]]:
        """For a sentence the numbers of the divergences that stand against it."""
        found: dict[tuple[Language, int], list[int]] = {}
        for number, d in enumerate(self.comparison.divergences):
            for sentence in d.other:
                found.setdefault((d.side.other, sentence), []).append(number)
        return found

    @cached_property
    def _spans(self) -> Mapping[tuple[Language, int], list[tuple[int, int, int]]]:
        """For a paragraph its marked spans: start, end, the number of the divergence."""
        found: dict[tuple[Language, int], list[tuple[int, int, int]]] = {}
        for number, d in enumerate(self.comparison.divergences):
            if d.span is not None:
                found.setdefault((d.side, d.paragraph), []).append((*d.span, number))
            if d.other_span is not None and d.other:
                side = d.side.other
                paragraph = self.comparison.side(side).paragraph_of[d.other[0]]
                found.setdefault((side, paragraph), []).append((*d.other_span, number))
        return found

    def marks(self, side: Language, sentence: int) -> list[tuple[int, int, int]]:
        """What differs inside a sentence, on either side: start, end, the divergence's number.

        Code points of the sentence as it is shown, without the white space around it.
        """
        article = self.comparison.side(side)
        spans = self._spans.get((side, article.paragraph_of[sentence]), ())
        whole = article.sentences[sentence]
        start = whole.start + len(whole.text) - len(whole.text.lstrip())
        length = len(whole.stripped)
        return [
            (max(first - start, 0), min(last - start, length), number)
            for first, last, number in spans
            if first - start < length and last > start
        ]

    def stretches(
        self, side: Language, sentence: int, text: str
    ) -> Iterator[tuple[str, tuple[int, ...]]]:
        """A sentence cut where a mark begins or ends, with the divergences that mark each piece.

        text: the sentence as it is shown; it may go on beyond its own end, with closing bidi marks.
        """
        spans = self.marks(side, sentence)
        inside = {edge for span in spans for edge in span[:2] if 0 < edge < len(text)}
        for first, last in pairwise(sorted({0, *inside, len(text)})):
            yield text[first:last], tuple(n for begin, end, n in spans if begin <= first < end)

    def of(self, side: Language, sentences: tuple[int, ...]) -> list[int]:
        """Numbers of the divergences that stand on these sentences, ascending."""
        return sorted({n for i in sentences for n in self.by_sentence.get((side, i), ())})


def sentences_of(divergence: Divergence, comparison: Comparison) -> tuple[int, ...]:
    """The sentences a divergence stands on; those of its paragraph where it names none."""
    if divergence.sentences:
        return divergence.sentences
    return tuple(comparison.side(divergence.side).sentence_numbers[divergence.paragraph])


ONE_SIDED = (DivergenceKind.PARAGRAPH, DivergenceKind.SENTENCE, DivergenceKind.CLAUSE)


def told(comparison: Comparison) -> list[int]:
    """The divergences in the order of telling: by kind of news, then as they stand in the text.

    First what is in the Arabic only, then what is in the English only, then what differs, then
    what moved.
    """

    def place(number: int) -> tuple[int, int, int, int]:
        d = comparison.divergences[number]
        if d.kind in ONE_SIDED:
            group = SIDES.index(d.side)
        else:
            group = 2 if d.kind is not DivergenceKind.MOVED else 3
        return group, d.paragraph, d.span[0] if d.span else -1, number

    return sorted(range(len(comparison.divergences)), key=place)


def counterpart(comparison: Comparison, divergence: Divergence) -> str:
    """The words on the other side that differ from the divergence's; "" when there are none."""
    if divergence.other_span is None or not divergence.other:
        return ""
    article = comparison.side(divergence.side.other)
    start, end = divergence.other_span
    return article.paragraphs[article.paragraph_of[divergence.other[0]]].text[start:end]
