"""Parquet: one bead a row, typed, for data frames and data sets."""

from __future__ import annotations

import io

from aligner.bitext import Comparison
from aligner.errors import MissingExtra
from aligner.export.units import units


def render(comparison: Comparison, *, at_least: float = 0.0) -> bytes:
    """A table with the fields of our JSON lines and a row for every bead, null beads too.

    at_least: probability, 0 to 1, below which a bead is left out. Raises MissingExtra where
    pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise MissingExtra("a Parquet file", "parquet") from None
    numbers = pyarrow.list_(pyarrow.int32())
    schema = pyarrow.schema(
        [
            ("bead", pyarrow.int32()),
            ("type", pyarrow.string()),
            ("ar", pyarrow.string()),
            ("en", pyarrow.string()),
            ("probability", pyarrow.float64()),
            ("similarity", pyarrow.float64()),
            ("moved", pyarrow.bool_()),
            ("divergences", pyarrow.list_(pyarrow.string())),
            ("ar_sentences", numbers),
            ("en_sentences", numbers),
            ("ar_name", pyarrow.string()),
            ("en_name", pyarrow.string()),
            ("kind", pyarrow.string()),
        ],
        metadata={"signature": _whole(comparison.signature)},
    )
    rows = [
        {
            "bead": unit.number,
            "type": unit.bead.type,
            "ar": _whole(unit.ar),
            "en": _whole(unit.en),
            "probability": unit.bead.probability,
            "similarity": unit.bead.similarity,
            "moved": unit.bead.moved,
            "divergences": list(unit.divergences),
            "ar_sentences": list(unit.bead.ar),
            "en_sentences": list(unit.bead.en),
            "ar_name": _whole(comparison.ar.name),
            "en_name": _whole(comparison.en.name),
            "kind": comparison.pair.kind.value,
        }
        for unit in units(comparison, at_least=at_least)
    ]
    saved = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(rows, schema=schema), saved)
    return saved.getvalue()


def _whole(text: str) -> str:
    """The text with `?` for a lone surrogate, which UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8")
