"""TSV: one bead a line, with a header, for spreadsheets and scripts."""

from __future__ import annotations

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
    "ar",  # the texts, line breaks and tabs turned into spaces
    "en",
)


def render(comparison: Comparison, *, at_least: float = 0.0) -> str:
    """A header and a line for every bead, null beads too, whose probability is `at_least`."""
    lines = ["\t".join(COLUMNS)]
    for unit in units(comparison, at_least=at_least):
        bead = unit.bead
        fields = (
            str(unit.number),
            bead.type,
            " ".join(map(str, bead.ar)),
            " ".join(map(str, bead.en)),
            f"{bead.probability:.4f}",
            "" if bead.similarity is None else f"{bead.similarity:.4f}",
            str(int(bead.moved)),
            " ".join(unit.divergences),
            unit.ar,
            unit.en,
        )
        lines.append("\t".join(fields))
    return "\n".join(lines) + "\n"
