"""List what is still wrong, by cause: predicted beads that are not in the gold.

    python -m benchmarks.errors PRED.jsonl GOLD.jsonl [--cause NAME]

Prints one table row for each wrong bead: document, bead, the gold's beads of its sentences, cause.
No text is printed; the numbers are the sentences' places in the document.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from aligner.evaluation import Pair, single_nulls

Row = tuple[str, str, str, str]  # document, predicted bead, gold beads, cause

CAUSES = {
    "moved": "a passage that moved was not found again",
    "lost": "a bead was taken for two nulls",
    "strangers": "two sentences without a counterpart were put together",
    "swallowed": "a null was drawn into a neighbour's bead",
    "part lost": "a part of a larger bead was left out",
    "border": "the border between two beads is off by one",
    "cut": "a larger bead was cut into smaller ones",
    "joined": "two beads were joined into one",
    "clutter": "clutter was aligned, or content was set apart",
}


def wrong(item: dict[str, Any], line: dict[str, Any]) -> Iterator[Row]:
    """The wrong beads of a document, each with its cause."""
    gold = single_nulls((tuple(a), tuple(e)) for a, e in item["gold_sentence_alignments"])
    got = single_nulls((tuple(a), tuple(e)) for a, e in line["alignments"])
    gold_of = {("ar", i): b for b in gold for i in b[0]}
    gold_of |= {("en", j): b for b in gold for j in b[1]}
    got_of = {("ar", i): b for b in got for i in b[0]} | {("en", j): b for b in got for j in b[1]}
    for bead in sorted(got - gold, key=_place):
        held = [("ar", i) for i in sorted(bead[0])] + [("en", j) for j in sorted(bead[1])]
        known = [key for key in held if key in gold_of]
        if not known:
            continue  # nothing but clutter and teasers, which the gold leaves out
        wanted = sorted({gold_of[key] for key in known}, key=_place)
        cause = _cause(bead, wanted, len(known) < len(held), bool(item.get("crossing")))
        yield item["id"], _written(bead), " + ".join(map(_written, wanted)), cause
    apart = {k for k in gold_of if k not in got_of}
    for bead in sorted({gold_of[k] for k in apart}, key=_place):
        yield item["id"], "set apart", _written(bead), "clutter"


def _cause(bead: Pair, wanted: list[Pair], with_clutter: bool, crossing: bool) -> str:
    is_null = not bead[0] or not bead[1]
    nulls = [b for b in wanted if not b[0] or not b[1]]
    if with_clutter:
        return "clutter"
    if is_null:
        larger = len(wanted[0][0]) + len(wanted[0][1]) > 2
        return "part lost" if larger else "moved" if crossing else "lost"
    if len(nulls) == len(wanted):
        return "strangers"
    if nulls:
        return "swallowed"
    if len(wanted) > 1:
        whole = all(b[0] <= bead[0] and b[1] <= bead[1] for b in wanted)
        return "joined" if whole else "border"
    return "cut"


def _place(bead: Pair) -> tuple[int, int]:
    return min(bead[0], default=10**9), min(bead[1], default=10**9)


def _written(bead: Pair) -> str:
    sides = (",".join(map(str, sorted(side))) or "–" for side in bead)
    return "{}:{}".format(*sides)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("predictions", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--cause", choices=sorted(CAUSES))
    options = parser.parse_args()
    lines = {
        line["id"]: line
        for line in map(json.loads, options.predictions.read_text("utf-8").splitlines())
    }
    items = map(json.loads, options.gold.read_text("utf-8").splitlines())
    rows = [row for item in items if item["id"] in lines for row in wrong(item, lines[item["id"]])]
    counts = Counter(row[3] for row in rows)
    for cause, count in counts.most_common():
        print(f"{count:4} {cause}: {CAUSES[cause]}", file=sys.stderr)
    print("| document | ours | gold | cause |\n| --- | --- | --- | --- |")
    for row in sorted(rows, key=lambda row: (-counts[row[3]], row[3])):
        if options.cause in (None, row[3]):
            print("| " + " | ".join(row) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
