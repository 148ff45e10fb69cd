"""How far the probabilities can be believed: predicted against observed, in ten bins.

    python -m benchmarks.reliability [GOLD.jsonl ...] [--data DIR] [--model M]

GOLD has documents with gold alignments (docalign/*.jsonl of the development set by default). For
two-sided beads the probability says that exactly this bead is right, for nulls that the sentence
has no counterpart; sentences that the gold counts as clutter or teasers are left out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from aligner.bitext import Comparison
from aligner.errors import AlignerError
from aligner.evaluation import calibration_error, reliability, single_nulls
from aligner.pipeline import Pipeline
from aligner.text import SIDES, Language
from benchmarks.docalign import article

Outcomes = dict[str, list[tuple[float, bool]]]


def outcomes(items: Iterable[dict[str, Any]], pipeline: Pipeline) -> Outcomes:
    """For beads and nulls, the probability of each and whether it came true."""
    found: Outcomes = {"beads": [], "nulls": []}
    for item in items:
        sides = [article(item[side], side, f"{item['id']}.{side}") for side in SIDES]
        try:
            comparison = pipeline.compare(sides[0], sides[1])
        except AlignerError as error:
            print(f"{item['id']}: {error}", file=sys.stderr)
            continue
        collect(item, comparison, found)
    return found


def collect(item: dict[str, Any], comparison: Comparison, found: Outcomes) -> None:
    gold = single_nulls((tuple(a), tuple(e)) for a, e in item["gold_sentence_alignments"])
    counted = {(Language.AR, i) for a, _ in gold for i in a}
    counted |= {(Language.EN, j) for _, e in gold for j in e}
    for bead in comparison.alignment:
        held = {(side, i) for side in SIDES for i in bead.side(side)}
        if not held <= counted:
            continue
        right = (frozenset(bead.ar), frozenset(bead.en)) in gold
        found["nulls" if bead.is_null else "beads"].append((bead.probability, right))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("gold", type=Path, nargs="*", help="documents with gold alignments")
    parser.add_argument("--data", type=Path, default=Path("../shared/eval/dev"))
    parser.add_argument("--model", help="a sentence-transformers name or folder")
    options = parser.parse_args()
    files = options.gold or [
        options.data / "docalign" / name for name in ("ntrex.jsonl", "natural.jsonl")
    ]
    missing = [str(f) for f in files if not f.exists()]
    if missing:
        print(f"{missing[0]}: not there; name the benchmark's folder by --data", file=sys.stderr)
        return 1
    items = [
        json.loads(line)
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    for name, pairs in outcomes(items, Pipeline(options.model)).items():
        table = reliability([p for p, _ in pairs], [r for _, r in pairs])
        print(f"\n{name}: {len(pairs)}, mean distance {calibration_error(table):.3f}\n")
        print("| predicted | count | mean | observed |\n| --- | ---: | ---: | ---: |")
        for row in table:
            if row.predicted is None or row.observed is None:
                print(f"| {row.least:.1f} to {row.below:.1f} | 0 | – | – |")
            else:
                print(
                    f"| {row.least:.1f} to {row.below:.1f} | {row.count} "
                    f"| {row.predicted:.3f} | {row.observed:.3f} |"
                )
    return 0


if __name__ == "__main__":
    sys.exit(main())
