"""Ours beside other aligners, on the same sentences and, where they take vectors, with our vectors.

    python -m benchmarks.peers [--data DIR] [--peer vecalign=CLONE] [--peer hunalign=BINARY]

Gale and Church's length model runs where nltk is installed. A peer that is not on a package
registry runs from a clone (vecalign) or a binary (hunalign) that the reader names; one that is not
there is skipped with a line. All get the same sentences, paragraph and clutter unmarked, as their
authors' defaults take them; `ours, beads alone` gets no more than they do. Scores are of the
benchmark's own definition: strict and lax F1, and F1 of the sentences in one version only, with
sentences that the gold counts as clutter or teasers left out of the count.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from aligner import alignment
from aligner.embedding import StaticEmbedder
from aligner.evaluation import Link, Score, lax, nulls, single_nulls, strict
from aligner.pipeline import Pipeline
from aligner.text import SIDES, Article
from benchmarks.docalign import article

Align = Callable[[Article, Article], list[Link]]
MOST_TOGETHER = 8  # sentences that vecalign may put into one bead, both sides together
BEAD = re.compile(r"^\[([\d, ]*)\]:\[([\d, ]*)\]")


class Skipped(Exception):
    """A peer that cannot run here, and why."""


@dataclass(frozen=True)
class Peer:
    name: str
    align: Align


def texts(side: Article) -> list[str]:
    return [s.stripped for s in side.sentences]


def ours() -> Peer:
    """The whole way, clutter set apart."""
    pipeline = Pipeline()

    def align(ar: Article, en: Article) -> list[Link]:
        return [(b.ar, b.en) for b in pipeline.compare(ar, en).alignment]

    return Peer("aligner", align)


def ours_alone() -> Peer:
    """The aligner given all sentences, clutter and all, as the peers are."""
    lexical = StaticEmbedder.load()

    def align(ar: Article, en: Article) -> list[Link]:
        sides = [alignment.encode(_unmarked(a), lexical, lexical) for a in (ar, en)]
        return [(b.ar, b.en) for b in alignment.align(sides[0], sides[1])]

    return Peer("aligner, beads alone", align)


def _unmarked(side: Article) -> Article:
    return replace(side, paragraphs=tuple(replace(p, boilerplate=False) for p in side.paragraphs))


def gale_church() -> Peer:
    """Gale and Church (1993) as nltk has it."""
    try:
        from nltk.translate import gale_church as nltk_gale_church
    except ImportError as error:
        raise Skipped("pip install nltk") from error

    def align(ar: Article, en: Article) -> list[Link]:
        lengths = [[len(t) for t in texts(side)] for side in (ar, en)]
        linked = nltk_gale_church.align_blocks(lengths[0], lengths[1])
        return components(linked, len(lengths[0]), len(lengths[1]))

    return Peer("Gale–Church (nltk)", align)


def components(links: Iterable[tuple[int, int]], n_ar: int, n_en: int) -> list[Link]:
    """Linked pairs as beads: what hangs together is one, what is in no pair is null."""
    beads: list[tuple[set[int], set[int]]] = []
    for i, j in sorted(links):
        if beads and (i in beads[-1][0] or j in beads[-1][1]):
            beads[-1][0].add(i)
            beads[-1][1].add(j)
        else:
            beads.append(({i}, {j}))
    seen = [set().union(*(b[side] for b in beads)) if beads else set() for side in (0, 1)]
    alone: list[Link] = [([i], []) for i in range(n_ar) if i not in seen[0]]
    alone += [([], [j]) for j in range(n_en) if j not in seen[1]]
    return [*beads, *alone]


def vecalign(clone: Path) -> Peer:
    """Thompson and Koehn (2019) from a clone, with our sentence vectors."""
    if (clone / "vecalign" / "vecalign.py").exists():  # version 2, its dp_core built
        program = [sys.executable, "-m", "vecalign.vecalign"]
    elif (clone / "vecalign.py").exists():
        program = [sys.executable, "vecalign.py"]
    else:
        raise Skipped(f"no vecalign.py in {clone}")
    lexical = StaticEmbedder.load()

    def align(ar: Article, en: Article) -> list[Link]:
        with tempfile.TemporaryDirectory() as folder:
            command = [*program, "--alignment_max_size", str(MOST_TOGETHER)]
            for option, side in (("src", ar), ("tgt", en)):
                lines = texts(side)
                overlaps = sorted({o.strip() for o in _overlaps(lines)})
                base = Path(folder) / option
                base.with_suffix(".txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
                base.with_suffix(".over").write_text("\n".join(overlaps) + "\n", encoding="utf-8")
                vectors = lexical.embed(overlaps)
                norms = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
                (vectors / norms).astype(np.float32).tofile(base.with_suffix(".emb"))
                command += [f"--{option}", f"{base}.txt"]
                command += [f"--{option}_embed", f"{base}.over", f"{base}.emb"]
            done = subprocess.run(command, cwd=clone, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Skipped(f"vecalign: {done.stderr.strip().splitlines()[-1:]}")
        found = [BEAD.match(line) for line in done.stdout.splitlines()]
        return [(_numbers(m[1]), _numbers(m[2])) for m in found if m]

    return Peer("vecalign, our vectors", align)


def _overlaps(lines: list[str]) -> Iterable[str]:
    """Neighbouring sentences joined, as vecalign's own overlap.py writes them."""
    for size in range(1, MOST_TOGETHER + 1):
        yield from ["PAD"] * min(size - 1, len(lines))
        for start in range(len(lines) - size + 1):
            yield " ".join(lines[start : start + size])[:10_000]


def _numbers(written: str) -> list[int]:
    return [int(n) for n in written.split(",") if n.strip()]


def hunalign(binary: Path) -> Peer:
    """Varga et al. (2005), its binary, without a dictionary: it learns one from the pair."""
    if not binary.exists():
        raise Skipped(f"{binary} is not there")

    def align(ar: Article, en: Article) -> list[Link]:
        with tempfile.TemporaryDirectory() as folder:
            files = []
            for name, side in (("ar", ar), ("en", en)):
                file = Path(folder) / name
                tokens = (" ".join(re.findall(r"\w+|[^\w\s]", t)) for t in texts(side))
                file.write_text("\n".join(tokens) + "\n", encoding="utf-8")
                files.append(str(file))
            empty = Path(folder) / "empty.dic"
            empty.write_text("", encoding="utf-8")
            done = subprocess.run(
                [str(binary), "-realign", str(empty), *files],
                capture_output=True,
                text=True,
                check=False,
            )
        if done.returncode:
            raise Skipped(f"hunalign: {done.stderr.strip().splitlines()[-1:]}")
        rungs = [tuple(map(int, line.split()[:2])) for line in done.stdout.splitlines()]
        return [(list(range(i, i2)), list(range(j, j2))) for (i, j), (i2, j2) in pairwise(rungs)]

    return Peer("hunalign", align)


CLONES: dict[str, Callable[[Path], Peer]] = {"vecalign": vecalign, "hunalign": hunalign}


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
        sides = [article(item[side], side, f"{item['id']}.{side}") for side in SIDES]
        got = counted(item, peer.align(sides[0], sides[1]))
        gold = [(tuple(a), tuple(e)) for a, e in item["gold_sentence_alignments"]]
        name = item["source"] if item["level"] == "natural" else item["level"]
        scores = [rate(gold, got) for rate in (strict, lax, nulls)]
        before = groups.get(name, [Score()] * len(scores))
        groups[name] = [a + b for a, b in zip(before, scores, strict=True)]
    return groups


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/eval/dev"))
    parser.add_argument("--peer", action="append", default=[], metavar="NAME=PATH")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args()
    files = [options.data / "docalign" / name for name in ("ntrex.jsonl", "natural.jsonl")]
    if not files[0].exists():
        print(f"{files[0]}: not there; name the benchmark's folder by --data", file=sys.stderr)
        return 1
    items = [json.loads(line) for f in files for line in f.read_text("utf-8").splitlines()]
    named = dict(p.split("=", 1) for p in options.peer)
    unknown = set(named) - set(CLONES)
    if unknown:
        parser.error(f"no peer named {sorted(unknown)[0]!r}; known: {', '.join(sorted(CLONES))}")
    makers: list[tuple[str, Callable[[], Peer]]] = [
        ("Gale–Church", gale_church),
        *((n, lambda n=n: CLONES[n](Path(named[n]))) for n in CLONES if n in named),
        ("aligner, beads alone", ours_alone),
        ("aligner", ours),
    ]
    skipped = [f"{n}: skipped; name it by --peer {n}=PATH" for n in CLONES if n not in named]
    results: dict[str, dict[str, list[float]]] = {}
    for name, make in makers:
        try:
            peer = make()
            began = time.perf_counter()
            scores = measure(peer, items)
        except Skipped as error:
            skipped.append(f"{name}: skipped ({error})")
            continue
        results[peer.name] = {g: [s.f1 for s in found] for g, found in scores.items()}
        print(f"{peer.name}: {time.perf_counter() - began:.1f} s", file=sys.stderr)
    groups = list(next(iter(results.values())))
    print("| strict F1 / lax F1 / nulls F1 | " + " | ".join(groups) + " |")
    print("| --- |" + " ---: |" * len(groups))
    for name, by_group in results.items():
        cells = (" / ".join(f"{x:.3f}" for x in by_group[g]) for g in groups)
        print(f"| {name} | " + " | ".join(cells) + " |")
    for line in skipped:
        print(line)
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
