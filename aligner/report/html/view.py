"""What the parts of the page share: the comparison looked up, and the escaping of every word."""

from __future__ import annotations

import html
from functools import cached_property
from itertools import pairwise

from aligner.bitext import Comparison, Divergence, DivergenceKind
from aligner.report.characters import contained, visible
from aligner.report.layout import ONE_SIDED, BeadRow, Divergences, Row, rows, sentences_of
from aligner.text import SIDES, Language

# English stands left and Arabic right, so that both texts begin at the outer edge, as in
# bilingual editions; a screen reader meets them in the same order.
COLUMNS = (Language.EN, Language.AR)
DIRECTION = {Language.AR: "rtl", Language.EN: "ltr"}


def escape(text: str) -> str:
    """Any text, safe between tags and inside a quoted attribute."""
    return html.escape(contained(visible(text)))


def words(text: str, side: Language, tag: str = "span", name: str = "") -> str:
    """Words of an article: in their own language and direction, isolated from what is around.

    name: the element's class.
    """
    of_class = f' class="{name}"' if name else ""
    return f'<{tag}{of_class} lang="{side}" dir="{DIRECTION[side]}">{escape(text)}</{tag}>'


def listed(parts: list[str]) -> str:
    """Short remarks in a row; a line breaks between them rather than in them."""
    return " · ".join(f'<span class="al-part">{escape(part)}</span>' for part in parts)


def class_of(divergence: Divergence) -> str:
    """The style of a kind of divergence."""
    if divergence.kind is DivergenceKind.CLAUSE:
        return "al-clause"
    if divergence.kind in ONE_SIDED:
        return "al-gap"
    return "al-moved" if divergence.kind is DivergenceKind.MOVED else "al-fact"


class View:
    """A comparison on its way to a page, with what is looked up again and again."""

    def __init__(self, comparison: Comparison, prefix: str) -> None:
        self.comparison = comparison
        self.prefix = prefix  # of every id, so that two fragments can stand on one page
        self.found = Divergences(comparison)
        self._anchored: set[int] = set()

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        return tuple(rows(self.comparison))

    @cached_property
    def bead_numbers(self) -> dict[tuple[Language, int], int]:
        """For each sentence the number of its bead."""
        return {
            (side, sentence): row.number
            for row in self.rows
            if isinstance(row, BeadRow)
            for side in SIDES
            for sentence in row.bead.side(side)
        }

    @cached_property
    def next_told(self) -> dict[int, int]:
        """For each divergence that stands in the table the next one there."""
        order = dict.fromkeys(
            number
            for row in self.rows
            if isinstance(row, BeadRow)
            for side in COLUMNS
            for number in self.found.of(side, row.bead.side(side))
        )
        return dict(pairwise(order))

    def anchor(self, number: int) -> str:
        """The id that the summary links to, for the place where the divergence is told."""
        self._anchored.add(number)
        return f' id="{self.prefix}d-{number}"'

    def is_anchored(self, number: int) -> bool:
        return number in self._anchored

    def link(self, number: int) -> str:
        """Where the divergence is told; where it is nowhere, as in clutter, its sentence."""
        if number in self._anchored:
            return f"#{self.prefix}d-{number}"
        divergence = self.comparison.divergences[number]
        sentence = next(iter(sentences_of(divergence, self.comparison)), None)
        return "#" if sentence is None else f"#{self.prefix}{divergence.side}-{sentence}"
