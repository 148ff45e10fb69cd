"""Beads as the translation units that other tools take: two texts on a line each, and how sure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aligner.bitext import Bead, Comparison
from aligner.text import SIDES


@dataclass(frozen=True, slots=True)
class Unit:
    """A bead with its words."""

    number: int  # of the bead, from 0
    bead: Bead
    ar: str  # without line breaks or tabs; "" for an English null bead
    en: str
    divergences: tuple[str, ...]  # what differs in it, as `ar:clause`, without repeats


def units(comparison: Comparison, *, at_least: float = 0.0, nulls: bool = True) -> Iterator[Unit]:
    """The beads whose probability is `at_least` (0 to 1) or more, in the alignment's order.

    nulls: whether beads with an empty side are among them.
    """
    bead_of = {
        (side, sentence): number
        for number, bead in enumerate(comparison.alignment)
        for side in SIDES
        for sentence in bead.side(side)
    }
    differing: dict[int, dict[str, None]] = {}
    for d in comparison.divergences:
        for sentence in d.sentences:
            number = bead_of.get((d.side, sentence))
            if number is not None:
                differing.setdefault(number, {})[f"{d.side}:{d.kind}"] = None
    for number, bead in enumerate(comparison.alignment):
        if bead.probability >= at_least and (nulls or not bead.is_null):
            yield Unit(
                number,
                bead,
                ar=one_line(comparison.ar.sentence_text(bead.ar)),
                en=one_line(comparison.en.sentence_text(bead.en)),
                divergences=tuple(differing.get(number, ())),
            )


def one_line(text: str) -> str:
    """The text with every run of white space, line ends of any kind among them, as one space."""
    return " ".join(text.split())
