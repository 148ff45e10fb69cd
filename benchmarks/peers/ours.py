"""Our own aligner, the whole way and with no more than the others get."""

from __future__ import annotations

from aligner import alignment
from aligner.embedding import StaticEmbedder
from aligner.evaluation import Link
from aligner.pipeline import Pipeline
from aligner.text import Article
from benchmarks.docalign import article
from benchmarks.peers import Peer, texts


def ours() -> Peer:
    """The whole way: paragraphs seen, clutter set apart, divergences found."""
    pipeline = Pipeline()

    def align(ar: Article, en: Article) -> list[Link]:
        return [(b.ar, b.en) for b in pipeline.compare(ar, en).alignment]

    return Peer("aligner", align)


def ours_alone() -> Peer:
    """The aligner given all sentences in a row, clutter and all, as the others are."""
    lexical = StaticEmbedder.load()

    def align(ar: Article, en: Article) -> list[Link]:
        rows = [article({"paragraphs": [texts(a)]}, a.language, a.name) for a in (ar, en)]
        sides = [alignment.encode(row, lexical, lexical) for row in rows]
        return [(b.ar, b.en) for b in alignment.align(sides[0], sides[1])]

    return Peer("aligner, beads alone", align)
