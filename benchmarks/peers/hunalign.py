"""Hunalign, Varga et al. (2005): its binary, with an empty dictionary and -realign.

It then learns a dictionary from the pair itself. Words are parted from punctuation, as it asks.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from aligner.evaluation import Link
from aligner.text import Article
from benchmarks.peers import Peer, Skipped, texts

TOKEN = re.compile(r"\w+|[^\w\s]")


def hunalign(binary: Path) -> Peer:
    """Align by its command, one process a pair."""
    if not binary.is_file():
        raise Skipped(
            f"no file {binary}; give the binary, built from https://github.com/danielvarga/hunalign"
        )

    def align(ar: Article, en: Article) -> list[Link]:
        with tempfile.TemporaryDirectory() as folder:
            files = [Path(folder) / name for name in ("empty.dic", "ar", "en")]
            files[0].touch()
            for file, side in zip(files[1:], (ar, en), strict=True):
                lines = (" ".join(TOKEN.findall(t)) for t in texts(side))
                file.write_text("\n".join(lines) + "\n", encoding="utf-8")
            done = subprocess.run(
                [str(binary.resolve()), "-utf", "-realign", *map(str, files)],
                capture_output=True,
                text=True,
                check=False,
            )
        if done.returncode:
            raise Skipped(done.stderr.strip().splitlines()[-1])
        return ladder(done.stdout.splitlines())

    return Peer("hunalign", align)


def ladder(lines: Iterable[str]) -> list[Link]:
    """Beads between rungs `n TAB m TAB score`: n Arabic sentences stand before it, m English."""
    rungs = [(int(ar), int(en)) for ar, en, *_ in map(str.split, lines)]
    return [(list(range(i, i2)), list(range(j, j2))) for (i, j), (i2, j2) in pairwise(rungs)]
