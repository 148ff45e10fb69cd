"""Gale and Church (1993), which looks at lengths alone, as nltk has it."""

from __future__ import annotations

from aligner.evaluation import Link
from aligner.text import Article
from benchmarks.peers import Peer, Skipped, linked, texts, whole


def gale_church() -> Peer:
    """Align by the lengths in characters."""
    try:
        from nltk.translate import gale_church as published
    except ImportError as error:
        raise Skipped("pip install nltk") from error

    def align(ar: Article, en: Article) -> list[Link]:
        lengths = [[len(t) for t in texts(side)] for side in (ar, en)]
        found = published.align_blocks(lengths[0], lengths[1])
        return whole(linked(([i], [j]) for i, j in found), ar, en)

    return Peer("Gale–Church (nltk)", align)
