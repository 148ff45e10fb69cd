"""Every kind of divergence, gathered through one table."""

from __future__ import annotations

from aligner.alignment import EncodedArticle
from aligner.bitext import Alignment, Divergence
from aligner.divergence import clauses, missing
from aligner.text import SIDES


def find(ar: EncodedArticle, en: EncodedArticle, alignment: Alignment) -> tuple[Divergence, ...]:
    """Say what the two versions do not share, in reading order of each side."""
    found: list[Divergence] = []
    for side, encoded in zip(SIDES, (ar, en), strict=True):
        found += missing.find(encoded.article, alignment, side)
    found += clauses.find(ar, en, alignment)
    return tuple(found)
