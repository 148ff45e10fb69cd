"""Other aligners on the sentences of the benchmark, a file each; `python -m benchmarks.peers`.

An adapter is a function that gives a `Peer`, or raises `Skipped` with what to do. It runs what its
authors published, with their defaults, from a package or from a clone that the reader names; none
of their code is kept here. Those that take vectors get ours: sentences joined by a space are
embedded as one text.
"""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aligner.embedding import StaticEmbedder, unit
from aligner.evaluation import Link
from aligner.text import Article

Align = Callable[[Article, Article], list[Link]]
PADDING = "PAD"  # what vecalign and those after it put where a run would begin before the text
MOST_CHARS = 10_000  # of joined sentences that they embed
BEAD = re.compile(r"^\[([\d, ]*)\]?:\[?([\d, ]*)\]")


class Skipped(Exception):
    """A peer that cannot run here, and what to do."""


@dataclass(frozen=True)
class Peer:
    """An aligner under the name that the table gives it."""

    name: str
    align: Align


def texts(side: Article) -> list[str]:
    """The sentences, each on one line."""
    return [" ".join(s.text.split()) for s in side.sentences]


def in_clone(clone: Path, file: str, repository: str) -> Path:
    """A file of a clone. Raises Skipped where it is not there."""
    if not (clone / file).is_file():
        raise Skipped(f"no {file} in {clone}; give the folder of a clone of {repository}")
    return clone / file


def overlaps(lines: list[str], most: int) -> list[list[str]]:
    """Runs of 1 to `most` lines by where they end, as vecalign's own overlap.py writes them."""
    layers = []
    for size in range(1, most + 1):
        runs = [" ".join(lines[i : i + size]) for i in range(len(lines) - size + 1)]
        padding = [PADDING] * min(size - 1, len(lines))
        layers.append(padding + [run[:MOST_CHARS] for run in runs])
    return layers


def embed(embedder: StaticEmbedder, layers: list[list[str]]) -> NDArray[np.float32]:
    """Unit vectors of texts in layers of equal length: (layers, texts, d)."""
    flat = [text for layer in layers for text in layer]
    vectors: NDArray[np.float32] = unit(embedder.embed(flat)).astype(np.float32)
    return vectors.reshape(len(layers), -1, embedder.dimensions)


def written_beads(lines: Iterable[str]) -> list[Link]:
    """Beads from lines like `[0, 1]:[2]:0.31` or `[0,1:2]`; other lines are passed over."""
    found = [BEAD.match(line.strip()) for line in lines]
    return [(_numbers(m[1]), _numbers(m[2])) for m in found if m]


def _numbers(written: str) -> list[int]:
    return [int(n) for n in written.split(",") if n.strip()]


def linked(links: Iterable[Link]) -> list[Link]:
    """Links as beads: those that share a sentence are one."""
    beads: list[tuple[set[int], set[int]]] = []
    for ar, en in links:
        new = (set(ar), set(en))
        apart = []
        for bead in beads:
            if new[0] & bead[0] or new[1] & bead[1]:
                new = (new[0] | bead[0], new[1] | bead[1])
            else:
                apart.append(bead)
        beads = [*apart, new]
    return list(beads)


def whole(beads: list[Link], ar: Article, en: Article) -> list[Link]:
    """The beads and a null for every sentence that is in none."""
    seen = [{i for bead in beads for i in bead[side]} for side in (0, 1)]
    alone: list[Link] = [([i], []) for i in range(len(ar.sentences)) if i not in seen[0]]
    alone += [([], [j]) for j in range(len(en.sentences)) if j not in seen[1]]
    return [*beads, *alone]


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep what a peer prints off the screen."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        yield
