"""Lingtrain-aligner (2021–): the package, with the steps of its author's guide.

Batches of 100 lines in a window of 40, then three rounds that settle "conflicts" between chains of
lines in order. Each Arabic line takes its best English line; English lines that none took are
nulls, and what stays unsettled is taken as the package leaves it.
"""

from __future__ import annotations

import importlib
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.embedding import StaticEmbedder
from aligner.evaluation import Link
from aligner.text import Article
from benchmarks.peers import Peer, Skipped, embed, linked, quiet, texts, whole

BATCH, WINDOW, ROUNDS = 100, 40, 3
NAME = "bundled"  # of the model; looked up in its table only where no model is given


class Model:
    """What the package asks of a sentence-transformers model, answered by the bundled one."""

    def __init__(self) -> None:
        self.lexical = StaticEmbedder.load()

    def encode(self, lines: Sequence[str], **_: object) -> NDArray[np.float32]:
        return embed(self.lexical, [list(lines)])[0]


def lingtrain() -> Peer:
    """Align given sentences in a database of its own."""
    try:
        aligner = importlib.import_module("lingtrain_aligner.aligner")
        resolver = importlib.import_module("lingtrain_aligner.resolver")
        helper = importlib.import_module("lingtrain_aligner.helper")
    except ImportError as error:
        raise Skipped(
            f"{error}; pip install lingtrain-aligner dateparser matplotlib more-itertools razdel "
            "scikit-learn sentence-transformers"
        ) from error
    model = Model()

    def align(ar: Article, en: Article) -> list[Link]:
        lines = [texts(side) for side in (ar, en)]
        batches = list(range(-(-len(lines[0]) // BATCH)))
        with tempfile.TemporaryDirectory() as folder, quiet():
            base = str(Path(folder) / "pair.db")
            aligner.fill_db(base, "ar", "en", *lines)
            aligner.align_db(base, NAME, BATCH, WINDOW, batch_ids=batches, model=model)
            for turn in range(ROUNDS):
                found, rest = resolver.get_all_conflicts(
                    base,
                    min_chain_length=2 + turn,
                    max_conflicts_len=6 * (turn + 1),
                    batch_id=-1,
                    handle_start=True,
                    handle_finish=True,
                )
                resolver.resolve_all_conflicts(base, found, NAME, model=model)
                if not rest:
                    break
            return whole(rows(helper.get_doc_index_original(base)), ar, en)

    return Peer("lingtrain-aligner", align)


def rows(index: list[list[Any]]) -> list[Link]:
    """Beads from its index: per batch rows (_, "[ar lines]", _, "[en lines]"), counted from 1."""
    pairs = ((json.loads(row[1]), json.loads(row[3])) for batch in index for row in batch)
    return linked(([i - 1 for i in ar], [j - 1 for j in en]) for ar, en in pairs)
