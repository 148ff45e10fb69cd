"""Bertalign, Liu and Zhu (2022), from a clone: its class with its defaults, beads of n + m up to 5.

As published it loads LaBSE when it is imported and asks a web service for the language of each
text. Small objects stand in for these two, and give our vectors and a fixed answer; the clone stays
as it is. Needs faiss-cpu, numba and torch.
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
from numpy.typing import NDArray

from aligner.embedding import StaticEmbedder
from aligner.evaluation import Link
from aligner.text import Article
from benchmarks.peers import Peer, Skipped, embed, in_clone, overlaps, quiet, texts, whole


class Encoder:
    """What its aligner asks of an encoder, answered by the bundled model."""

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name
        self.lexical = StaticEmbedder.load()

    def transform(
        self, sents: list[str], num_overlaps: int
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Vectors (runs, sentences, d) and lengths in bytes (runs, sentences)."""
        layers = overlaps(sents, num_overlaps)
        sizes = [[len(text.encode()) for text in layer] for layer in layers]
        return embed(self.lexical, layers), np.array(sizes)


class Translator:
    """The web service: it is asked for the language, which then is printed and no more."""

    def __init__(self, service_urls: list[str]) -> None:
        del service_urls

    def detect(self, text: str) -> SimpleNamespace:
        del text
        return SimpleNamespace(lang="ar")


def stand_in(name: str, **contents: object) -> None:
    module = ModuleType(name)
    vars(module).update(contents)
    sys.modules[name] = module


def bertalign(clone: Path) -> Peer:
    """Align given sentences by its class."""
    in_clone(clone, "bertalign/aligner.py", "https://github.com/bfsujason/bertalign")
    stand_in("bertalign.encoder", Encoder=Encoder)
    stand_in("googletrans", Translator=Translator)
    stand_in("sentence_splitter", SentenceSplitter=None)  # for texts that are not split yet
    sys.path.insert(0, str(clone.resolve()))
    try:
        published = importlib.import_module("bertalign").Bertalign
    except ImportError as error:
        raise Skipped(f"{error}; pip install faiss-cpu numba torch") from error

    def align(ar: Article, en: Article) -> list[Link]:
        with quiet():
            pair = published("\n".join(texts(ar)), "\n".join(texts(en)), is_split=True)
            try:
                pair.align_sents()
            except (
                IndexError
            ):  # no anchor in the whole pair: it stops with "list index out of range"
                return whole([], ar, en)
        return [(list(a), list(e)) for a, e in pair.result]

    return Peer("bertalign", align)
