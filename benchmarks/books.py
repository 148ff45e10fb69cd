"""Large texts: time, memory, and whether cutting at anchors changes the beads.

    python -m benchmarks.books [--data DIR] [--sentences N]

Books are made by joining the development set's torn documents (their clutter left out) over and
over; every round but the first has its documents in another order, so no two stretches are alike.
First a text small enough for the full search is aligned both ways and the beads are compared; then
a book of N by N sentences is aligned. Times are of the alignment; encoding is told by itself.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from aligner import alignment
from aligner.alignment import large
from aligner.embedding import StaticEmbedder
from aligner.text import SIDES, Article, Language, Paragraph
from benchmarks.docalign import article


def joined(items: Sequence[dict[str, Any]], sentences: int) -> tuple[Article, Article]:
    """Documents joined into one text until it has so many Arabic sentences."""
    rng = random.Random(1)
    paragraphs: dict[Language, list[Paragraph]] = {side: [] for side in SIDES}
    count = 0
    order = list(items)
    while count < sentences:
        for item in order:
            for side in SIDES:
                clutter = set(item["boilerplate"][side]) | set(item["teaser"][side])
                content = [
                    p
                    for n, p in enumerate(article(item[side], side, "").paragraphs)
                    if n not in clutter
                ]
                paragraphs[side] += content
                if side is Language.AR:
                    count += sum(len(p.sentences) for p in content)
            if count >= sentences:
                break
        rng.shuffle(order)
    ar, en = (Article(side, tuple(paragraphs[side]), name="book") for side in SIDES)
    return ar, en


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/eval/dev"))
    parser.add_argument("--sentences", type=int, default=20_000)
    options = parser.parse_args()
    path = options.data / "docalign" / "ntrex.jsonl"
    if not path.exists():
        print(f"{path}: not there; name the benchmark's folder by --data", file=sys.stderr)
        return 1
    items = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    lexical = StaticEmbedder.load()
    whole = large.MOST_CELLS
    ar, en = joined(items, options.sentences)
    began = time.perf_counter()
    encoded = [alignment.encode(a, lexical, lexical) for a in (ar, en)]
    between = time.perf_counter()
    alignment.align(encoded[0], encoded[1])
    ended = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(
        f"book: {len(ar.sentences)} by {len(en.sentences)} sentences, "
        f"encoding {between - began:.1f} s, alignment {ended - between:.1f} s, "
        f"at most {memory:.2f} GB"
    )
    for levels in (("clean", "light"), ("heavy", "brutal")):
        ar, en = joined([i for i in items if i["level"] in levels], 600)
        encoded = [alignment.encode(a, lexical, lexical) for a in (ar, en)]
        beads = []
        for most in (whole, 10**12):
            large.MOST_CELLS = most
            began = time.perf_counter()
            beads.append({(b.ar, b.en) for b in alignment.align(encoded[0], encoded[1])})
            print(f"  {'full' if most > whole else 'cut'} {time.perf_counter() - began:.2f} s")
        large.MOST_CELLS = whole
        same = len(beads[0] & beads[1]) / len(beads[1])
        print(f"{' and '.join(levels)}: {len(ar.sentences)} sentences, {same:.2%} the same beads")
    return 0


if __name__ == "__main__":
    sys.exit(main())
