"""What it brings to embed joined sentences anew, where the vectors of a model are not additive.

    python -m benchmarks.joined MODEL [--longest 4] [--data DIR]

The aligner takes the sum of two sentences' vectors, each as long as the root of its length, for the
vector of both together. Here it is measured beside runs of 2 to `--longest` sentences embedded as
one text: strict, lax and null F1 on the documents of the benchmark, given sentences, clutter not
set apart; processor seconds of the model; and the mean cosine of sums with what they stand for.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from aligner import alignment
from aligner.alignment import EncodedArticle, evidence
from aligner.embedding import Embedder, StaticEmbedder, load_embedder, unit
from aligner.errors import ModelError
from aligner.evaluation import Link
from aligner.text import Article
from benchmarks.peers import Peer
from benchmarks.peers.__main__ import measure, processor_seconds

Floats = NDArray[np.float32]


class Joined:
    """A model, each text embedded once, and the runs of sentences embedded as one text."""

    additive = False

    def __init__(self, model: Embedder, longest: int) -> None:
        self.model, self.longest = model, longest
        self.name, self.dimensions = model.name, model.dimensions
        self.seconds = 0.0
        self.likeness: list[float] = []  # of each sum with the text that it stands for
        self._known: dict[str, Floats] = {}
        self._texts: dict[int, list[str]] = {}

    def embed(self, texts: Sequence[str]) -> Floats:
        new = sorted({t for t in texts if t not in self._known}, key=len)
        begun = processor_seconds()
        self._known.update(zip(new, self.model.embed(new), strict=True))
        self.seconds += processor_seconds() - begun
        return np.array([self._known[t] for t in texts])

    def encode(self, article: Article, lexical: StaticEmbedder) -> EncodedArticle:
        encoded = alignment.encode(article, self, lexical)
        self._texts[id(encoded.words)] = [s.stripped for s in article.sentences]
        return encoded

    def units(self, side: evidence.Side) -> Floats:
        """(LONGEST, n, d) unit vectors of runs by their first sentence: embedded, or of sums."""
        units = np.zeros((evidence.LONGEST, *side.vectors.shape), dtype=np.float32)
        lines = [self._texts[id(side.source)][i] for i in side.numbers.tolist()]
        sums = side.vectors
        for size in range(1, min(evidence.LONGEST, len(side)) + 1):
            if size > 1:
                sums = sums[:-1] + side.vectors[size - 1 :]
            runs = unit(sums)
            if 1 < size <= self.longest:
                anew = [" ".join(lines[i : i + size]) for i in range(len(sums))]
                runs = unit(self.embed(anew))
                self.likeness += np.einsum("nd,nd->n", unit(sums), runs).tolist()
            units[size - 1, : len(sums)] = runs
        return units

    def between(self, ar: evidence.Side, en: evidence.Side) -> JoinedEvidence:
        return JoinedEvidence(ar, en, self)


class JoinedEvidence(evidence.Evidence):
    """Evidence whose cosines are those of runs, not worked out from single sentences."""

    def __init__(self, ar: evidence.Side, en: evidence.Side, joined: Joined) -> None:
        super().__init__(ar, en)
        self.units_ar, self.units_en = joined.units(ar), joined.units(en)

    @cached_property
    def cosines_ar(self) -> Floats:
        return np.asarray(self.units_ar @ self.units_en[0].T)

    @cached_property
    def cosines_en(self) -> Floats:
        return np.asarray(self.units_en @ self.units_ar[0].T)

    def cosines(self, ar: int, longest: int, first: int, last: int) -> Floats:
        here = self.units_ar[ar - 1, first:last]
        return np.asarray(here @ self.units_en[:longest].transpose(0, 2, 1))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("model", help="a sentence-transformers name or folder")
    parser.add_argument("--longest", type=int, default=4)
    parser.add_argument("--data", type=Path, default=Path("../shared/eval/dev"))
    options = parser.parse_args()
    files = [options.data / "docalign" / name for name in ("ntrex.jsonl", "natural.jsonl")]
    if not files[0].exists():
        print(f"{files[0]}: not there; name the benchmark's folder by --data", file=sys.stderr)
        return 1
    items: list[dict[str, Any]] = [
        json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()
    ]
    try:
        lexical, model = StaticEmbedder.load(), load_embedder(options.model)
    except ModelError as error:
        print(error, file=sys.stderr)
        return 1
    for longest in (1, options.longest):
        joined = Joined(model, longest)

        def align(ar: Article, en: Article, joined: Joined = joined) -> list[Link]:
            sides = [joined.encode(a, lexical) for a in (ar, en)]
            return [(b.ar, b.en) for b in alignment.align(sides[0], sides[1])]

        with mock.patch.object(evidence, "Evidence", joined.between):
            scores = measure(Peer("", align), items)
        print("sums" if longest == 1 else f"joined text up to {longest}", end=": ")
        print(f"{joined.seconds:.0f} s of the model", end="")
        print(f", sums lie at {np.mean(joined.likeness):.3f}" if joined.likeness else "")
        for group, found in scores.items():
            print(f"  {group:20}", " / ".join(f"{s.f1:.3f}" for s in found), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
