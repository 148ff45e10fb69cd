"""A pair of encoded articles in, beads out."""

from __future__ import annotations

from aligner.alignment import parameters
from aligner.alignment.beads import align, linked_shares
from aligner.alignment.encoded import EncodedArticle, encode
from aligner.alignment.recut import split_unmarked

SIGNATURE = f"crf-{parameters.version()}"

__all__ = ["SIGNATURE", "EncodedArticle", "align", "encode", "linked_shares", "split_unmarked"]
