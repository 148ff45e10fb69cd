"""Vecalign, Thompson and Koehn (2019): version 2 from a clone, or its search as packaged by others.

The clone needs its search compiled once, inside it: `python setup.py build_ext --inplace`. The
package `sentalign` (which has nothing to do with SentAlign) holds the same search for use in
memory. Beads of up to 8 sentences, both sides together, as in vecalign's README.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aligner.embedding import StaticEmbedder
from aligner.evaluation import Link
from aligner.text import Article
from benchmarks.peers import Peer, Skipped, embed, in_clone, overlaps, texts, written_beads

MOST_TOGETHER = 8


def vecalign(clone: Path) -> Peer:
    """Align by its command, one process a pair."""
    in_clone(clone, "vecalign/vecalign.py", "https://github.com/thompsonb/vecalign")
    if not list(clone.glob("vecalign/dp_core.*.[sp][oy]*")):
        raise Skipped(f"not compiled; in {clone}: python setup.py build_ext --inplace")
    lexical = StaticEmbedder.load()

    def align(ar: Article, en: Article) -> list[Link]:
        command = [sys.executable, "-m", "vecalign.vecalign"]
        command += ["--alignment_max_size", str(MOST_TOGETHER)]
        with tempfile.TemporaryDirectory() as folder:
            for option, side in (("src", ar), ("tgt", en)):
                lines = texts(side)
                runs = sorted({run for layer in overlaps(lines, MOST_TOGETHER) for run in layer})
                base = Path(folder) / option
                base.with_suffix(".txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
                base.with_suffix(".over").write_text("\n".join(runs) + "\n", encoding="utf-8")
                embed(lexical, [runs]).tofile(base.with_suffix(".emb"))
                command += [f"--{option}", f"{base}.txt"]
                command += [f"--{option}_embed", f"{base}.over", f"{base}.emb"]
            done = subprocess.run(command, cwd=clone, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Skipped(done.stderr.strip().splitlines()[-1])
        return written_beads(done.stdout.splitlines())

    return Peer("vecalign", align)


def sentalign_package() -> Peer:
    """Align by the package `sentalign`, in memory."""
    try:
        from sentalign import sentalign as published
    except ImportError as error:
        raise Skipped("pip install sentalign") from error
    lexical = StaticEmbedder.load()

    def vectors(lines: Sequence[str]) -> NDArray[np.float32]:
        return embed(lexical, [list(lines)])[0]

    def align(ar: Article, en: Article) -> list[Link]:
        found = published(texts(ar), texts(en), encoder=vectors, alignment_max_size=MOST_TOGETHER)
        return [(a.src_indices, a.tgt_indices) for a in found.alignments]

    return Peer("vecalign's search (pip: sentalign)", align)
