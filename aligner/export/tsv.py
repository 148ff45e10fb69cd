"""TSV: one bead a line, with a header, for scripts and data frames.

A field that begins with = or - stands as it is, for a corpus must not be altered; to a spreadsheet,
which would take it for a formula, belongs the Excel table.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from aligner.bitext import Comparison
from aligner.export.units import units

COLUMNS = (
    "bead",  # number, from 0, in the order of the alignment
    "type",  # Arabic-English sizes: 1-1, 2-1, 0-1
    "ar_sentences",  # numbers, from 0, separated by spaces; empty for a null bead
    "en_sentences",
    "probability",  # 0 to 1
    "similarity",  # cosine, -1 to 1; empty for a null bead
    "moved",  # 1 or 0
    "divergences",  # what differs, as side:kind, separated by spaces
    "kind",  # what kind of pair it looks like, the same on every line of a pair
    "ar",  # the texts, line breaks and tabs turned into spaces
    "en",
)


# These would end a field or a line; what merely looks like a space is left as it is.
_ENDS = str.maketrans("\t\r\n", "   ")


def render(comparison: Comparison, *, at_least: float = 0.0) -> str:
    """A header and a line for every bead, null beads too, whose probability is `at_least`."""
    return table((COLUMNS, *rows(comparison, at_least=at_least)))


def rows(comparison: Comparison, *, at_least: float = 0.0) -> Iterator[tuple[str, ...]]:
    """The fields of COLUMNS for every bead."""
    for unit in units(comparison, at_least=at_least):
        bead = unit.bead
        yield (
            str(unit.number),
            bead.type,
            " ".join(map(str, bead.ar)),
            " ".join(map(str, bead.en)),
            f"{bead.probability:.4f}",
            "" if bead.similarity is None else f"{bead.similarity:.4f}",
            str(int(bead.moved)),
            " ".join(unit.divergences),
            comparison.pair.kind.value,
            unit.ar,
            unit.en,
        )


def table(rows: Iterable[Iterable[str]]) -> str:
    """A line for each row, its fields separated by tabs.

    As spreadsheets and data frames expect it, a field with a quotation mark stands in quotation
    marks and its own are doubled. Tabs and line ends within a field become spaces.
    """
    made = io.StringIO()
    lines = csv.writer(made, delimiter="\t", lineterminator="\n")
    lines.writerows([field.translate(_ENDS) for field in row] for row in rows)
    return made.getvalue()
