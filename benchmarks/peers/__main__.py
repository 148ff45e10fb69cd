"""Ours beside other aligners, on the same sentences and, where they take vectors, with our vectors.

    python -m benchmarks.peers [--data DIR] [--peer vecalign=CLONE] [--peer hunalign=BINARY] ...

What pip installs runs where it is installed; the others run from a clone or a binary that the
reader names. One that is not there is skipped with a line. All get the same sentences in a row,
paragraphs and clutter unmarked; so does `aligner, beads alone`. Scores are of the benchmark's own
definition: strict and lax F1, and F1 of the sentences in one version only, with sentences that the
gold counts as clutter or teasers left out of the count. The last column is the processor time for
all documents, vectors and started programs included, loading not.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from aligner.evaluation import Link, Score, lax, nulls, single_nulls, strict
from aligner.text import SIDES
from benchmarks.docalign import article
from benchmarks.peers import Peer, Skipped
from benchmarks.peers.bertalign import bertalign
from benchmarks.peers.gale_church import gale_church
from benchmarks.peers.hunalign import hunalign
from benchmarks.peers.lingtrain import lingtrain
from benchmarks.peers.ours import ours, ours_alone
from benchmarks.peers.sentalign import sentalign
from benchmarks.peers.vecalign import sentalign_package, vecalign

NAMED: dict[str, Callable[[Path], Peer]] = {
    "hunalign": hunalign,
    "vecalign": vecalign,
    "bertalign": bertalign,
    "SentAlign": sentalign,
}
INSTALLED: dict[str, Callable[[], Peer]] = {
    "Gale–Church": gale_church,
    "lingtrain-aligner": lingtrain,
    "sentalign": sentalign_package,
}
OURS: dict[str, Callable[[], Peer]] = {"aligner, beads alone": ours_alone, "aligner": ours}


def not_named(name: str) -> Peer:
    raise Skipped(f"name it by --peer {name}=PATH")


def counted(item: dict[str, Any], beads: Iterable[Link]) -> list[Link]:
    """Beads that hold something besides the gold's clutter and teasers."""
    gold = single_nulls((tuple(a), tuple(e)) for a, e in item["gold_sentence_alignments"])
    held = [{i for b in gold for i in b[side]} for side in (0, 1)]
    return [
        (ar, en)
        for ar, en in single_nulls(beads)
        if any(i in held[0] for i in ar) or any(j in held[1] for j in en)
    ]


def measure(peer: Peer, items: list[dict[str, Any]]) -> dict[str, list[Score]]:
    """Strict, lax and null scores, pooled by level (torn documents) or source (real ones)."""
    groups: dict[str, list[Score]] = {}
    for item in items:
        ar, en = (article(item[side], side, f"{item['id']}.{side}") for side in SIDES)
        gold = [(tuple(a), tuple(e)) for a, e in item["gold_sentence_alignments"]]
        got = counted(item, peer.align(ar, en))
        scores = [rate(gold, got) for rate in (strict, lax, nulls)]
        name = item["source"] if item["level"] == "natural" else item["level"]
        before = groups.get(name, [Score()] * len(scores))
        groups[name] = [a + b for a, b in zip(before, scores, strict=True)]
    return groups


def processor_seconds() -> float:
    """What this process and the programs it started have used."""
    used = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(u.ru_utime + u.ru_stime for u in used)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/eval/dev"))
    known = ", ".join(NAMED)
    parser.add_argument(
        "--peer", action="append", default=[], metavar="NAME=PATH", help=f"one of {known}"
    )
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args()
    files = [options.data / "docalign" / name for name in ("ntrex.jsonl", "natural.jsonl")]
    if not files[0].exists():
        print(f"{files[0]}: not there; name the benchmark's folder by --data", file=sys.stderr)
        return 1
    items = [json.loads(line) for f in files for line in f.read_text("utf-8").splitlines()]
    paths: dict[str, Path] = {}
    for given in options.peer:
        name, _, path = given.partition("=")
        if name not in NAMED or not path:
            parser.error(f"--peer {given}: give NAME=PATH, NAME one of {known}")
        paths[name] = Path(path)
    named = {
        name: partial(make, paths[name]) if name in paths else partial(not_named, name)
        for name, make in NAMED.items()
    }
    results: dict[str, dict[str, list[float]]] = {}
    seconds: dict[str, float] = {}
    skipped = []
    for name, make in {**INSTALLED, **named, **OURS}.items():
        try:
            peer = make()
            before = processor_seconds()
            scores = measure(peer, items)
        except Skipped as error:
            skipped.append(f"{name}: skipped ({error})")
            continue
        seconds[peer.name] = processor_seconds() - before
        results[peer.name] = {g: [s.f1 for s in found] for g, found in scores.items()}
        print(f"{peer.name}: {seconds[peer.name]:.1f} s", file=sys.stderr)
    groups = list(next(iter(results.values())))
    print("| strict F1 / lax F1 / nulls F1 | " + " | ".join(groups) + " | s |")
    print("| --- |" + " ---: |" * (len(groups) + 1))
    for name, by_group in results.items():
        cells = [" / ".join(f"{x:.3f}" for x in by_group[g]) for g in groups]
        print(f"| {name} | " + " | ".join(cells) + f" | {seconds[name]:.1f} |")
    for line in skipped:
        print(line)
    if options.json:
        kept = {name: {**results[name], "seconds": seconds[name]} for name in results}
        options.json.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
