"""Large texts: time, memory, and whether cutting at anchors changes the beads.

    python -m benchmarks.books [--data DIR] [--sentences N]

Books are made by joining the development set's torn documents (their clutter left out) over and
over; every round but the first has its documents in another order, so no two stretches are alike.
A book of N by N sentences is aligned; then texts small enough for the full search are aligned both
ways and the beads are compared with each other and with the gold. Times are of the processor, for
the alignment; encoding is told by itself.
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

from aligner import alignment, evaluation
from aligner.alignment import large
from aligner.embedding import StaticEmbedder
from aligner.evaluation import Link
from aligner.text import SIDES, Article, Language, Paragraph
from benchmarks.docalign import article


def joined(items: Sequence[dict[str, Any]], sentences: int) -> tuple[Article, Article, list[Link]]:
    """Documents joined into one text until it has so many Arabic sentences, and its gold beads."""
    rng = random.Random(1)
    paragraphs: dict[Language, list[Paragraph]] = {side: [] for side in SIDES}
    count = dict.fromkeys(SIDES, 0)
    gold: list[Link] = []
    order = list(items)
    while count[Language.AR] < sentences:
        for item in order:
            places: list[dict[int, int]] = []  # in the book, by number in the document
            for side in SIDES:
                clutter = set(item["boilerplate"][side]) | set(item["teaser"][side])
                document = article(item[side], side, "")
                content = [n for n in range(len(document.paragraphs)) if n not in clutter]
                paragraphs[side] += [document.paragraphs[n] for n in content]
                kept = [i for n in content for i in document.sentence_numbers[n]]
                places.append({i: count[side] + n for n, i in enumerate(kept)})
                count[side] += len(kept)
            for bead in item["gold_sentence_alignments"]:
                ar, en = (
                    [there[i] for i in numbers if i in there]
                    for numbers, there in zip(bead, places, strict=True)
                )
                if ar or en:
                    gold.append((ar, en))
            if count[Language.AR] >= sentences:
                break
        rng.shuffle(order)
    book = [Article(side, tuple(paragraphs[side]), name="book") for side in SIDES]
    return book[0], book[1], gold


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
    ar, en, _ = joined(items, options.sentences)
    began = time.process_time()
    encoded = [alignment.encode(a, lexical, lexical) for a in (ar, en)]
    between = time.process_time()
    alignment.align(encoded[0], encoded[1])
    ended = time.process_time()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(
        f"book: {len(ar.sentences)} by {len(en.sentences)} sentences, "
        f"encoding {between - began:.1f} s, alignment {ended - between:.1f} s, "
        f"at most {memory:.2f} GB"
    )
    for levels in (("clean", "light"), ("heavy", "brutal")):
        ar, en, gold = joined([i for i in items if i["level"] in levels], 600)
        encoded = [alignment.encode(a, lexical, lexical) for a in (ar, en)]
        beads = []
        print(f"{' and '.join(levels)}: {len(ar.sentences)} by {len(en.sentences)} sentences")
        for way, most in (("cut", whole), ("full", 10**12)):
            large.MOST_CELLS = most
            began = time.process_time()
            beads.append({(b.ar, b.en) for b in alignment.align(encoded[0], encoded[1])})
            spent = time.process_time() - began
            strict, nulls = (
                measure(gold, beads[-1]).f1 for measure in (evaluation.strict, evaluation.nulls)
            )
            print(f"  {way}: {spent:.2f} s, strict F1 {strict:.3f}, nulls F1 {nulls:.3f}")
        large.MOST_CELLS = whole
        same = len(beads[0] & beads[1]) / len(beads[1])
        print(f"  {same:.2%} of the full search's beads are the same")
    return 0


if __name__ == "__main__":
    sys.exit(main())
