"""SentAlign, Steingrímsson, Loftsson and Way (2023), from a clone: its search and its second look.

Its script loads LaBSE and reads folders; the search under it (`align_anchors`) takes vectors. Texts
of less than 4,000,000 cells, such as these, go to it whole. The other numbers are the defaults of
its script; the cut-off of 0.4 was set for LaBSE.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import SimpleNamespace

from aligner.embedding import StaticEmbedder
from aligner.evaluation import Link
from aligner.text import Article
from benchmarks.peers import Peer, Skipped, embed, in_clone, overlaps, texts, written_beads

MOST_ON_A_SIDE = 4
DEFAULTS = {
    "score_cutoff": 0.4,
    "max_concats": MOST_ON_A_SIDE,
    "minimum_length_words": 1,
    "maximum_length_words": 110,
    "start_penalty_word_number": 80,
    "penalty_per_word": 0.01,
    "free_concats": 2,
}


def sentalign(clone: Path) -> Peer:
    """Align by `align_anchors.align_anchors`."""
    file = in_clone(clone, "align_anchors.py", "https://github.com/steinst/SentAlign")
    spec = importlib.util.spec_from_file_location("align_anchors", file)
    if spec is None or spec.loader is None:
        raise Skipped(f"{file} is no Python module")
    published = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(published)
    lexical = StaticEmbedder.load()
    progress = SimpleNamespace(add_nodes=lambda _: None)

    def align(ar: Article, en: Article) -> list[Link]:
        sides = [texts(ar), texts(en)]
        vectors = []
        for lines in sides:
            layers = overlaps(lines, MOST_ON_A_SIDE)
            runs = [run for layer in layers for run in layer]
            vectors.append(dict(zip(runs, embed(lexical, [runs])[0], strict=True)))
        _, path = published.align_anchors(
            ((-1, -1), (len(sides[0]), len(sides[1]))),
            *(dict(enumerate(lines)) for lines in sides),
            *vectors,
            **DEFAULTS,
            processInfo=progress,
        )
        return written_beads(path.splitlines())

    return Peer("SentAlign", align)
