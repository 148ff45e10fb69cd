"""JSON lines: one bead a line, for those who build corpora."""

from __future__ import annotations

import json

from aligner.bitext import Comparison
from aligner.export.units import units


def render(comparison: Comparison, *, at_least: float = 0.0) -> str:
    """A JSON object for every bead, null beads too, whose probability is `at_least` or more.

    Each says whose pair it is and what kind of pair that looks like.
    """
    return "".join(
        json.dumps(
            {
                "bead": unit.number,
                "type": unit.bead.type,
                "ar": unit.ar,
                "en": unit.en,
                "probability": float(unit.bead.probability),
                "similarity": (
                    None if unit.bead.similarity is None else float(unit.bead.similarity)
                ),
                "moved": bool(unit.bead.moved),
                "divergences": list(unit.divergences),
                "ar_sentences": [int(i) for i in unit.bead.ar],
                "en_sentences": [int(i) for i in unit.bead.en],
                "ar_name": comparison.ar.name,
                "en_name": comparison.en.name,
                "kind": comparison.pair.kind.value,
            },
            ensure_ascii=False,
        )
        + "\n"
        for unit in units(comparison, at_least=at_least)
    )
