"""How fast it is: cold start to report, help, pairs a second by stage, memory.

    python -m benchmarks.speed [--pairs 40]

Sample pairs have 20 to 27 sentences a side and are met over and over; made pairs, those of
benchmarks.batch, have 30 and are new each time. `align` looks at a pair for the first time. The
machine decides the figures; compare them within one run. Set OMP_NUM_THREADS=1 for one core.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from aligner import alignment, divergence, samples
from aligner.pipeline import Pipeline
from aligner.text import Article
from benchmarks.batch import make_pairs

ROOT = Path(__file__).parent.parent
SEEDS = [
    str(ROOT / "seeds" / name) for name in ("002_b6a495e6997c87aa.txt", "000_3ede18a199c0dbaf.txt")
]
RUNS = 5


def command(arguments: list[str]) -> tuple[float, float, float]:
    """Median wall seconds, processor seconds and peak MiB of a whole process."""
    walls, cpus, peaks = [], [], []
    for _ in range(RUNS):
        began = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "aligner", *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        walls.append(time.perf_counter() - began)
        if status:
            raise SystemExit(f"aligner {' '.join(arguments)} failed")
        cpus.append(usage.ru_utime + usage.ru_stime)
        peaks.append(usage.ru_maxrss / 1024)
    return statistics.median(walls), statistics.median(cpus), statistics.median(peaks)


def stages(pipeline: Pipeline, pairs: Sequence[tuple[Path, Path]]) -> dict[str, float]:
    """Processor milliseconds a pair, by stage and on the whole way.

    No pair takes both ways, for what the first one leaves in memory would help the second.
    """
    spent = dict.fromkeys(("read", "encode", "align", "diverge", "raw text to result"), 0.0)
    for pair in pairs[::2]:
        began = time.process_time()
        articles: list[Article] = [pipeline.prepare(path) for path in pair]
        read = time.process_time()
        ar, en = (pipeline.encode(article) for article in articles)
        encoded = time.process_time()
        beads = alignment.align(ar, en)
        aligned = time.process_time()
        divergence.find(ar, en, beads)
        found = time.process_time()
        for step, seconds in zip(
            spent, (read - began, encoded - read, aligned - encoded, found - aligned), strict=False
        ):
            spent[step] += 1000 * seconds / len(pairs[::2])
    for pair in pairs[1::2]:
        began = time.process_time()
        pipeline.compare(*pair)
        whole = time.process_time() - began
        spent["raw text to result"] += 1000 * whole / len(pairs[1::2])
    return spent


def measured(n_pairs: int) -> dict[str, dict[str, float]]:
    """The stages of sample pairs, all sentences met before, and of made pairs, each new."""
    pipeline = Pipeline()
    known = [samples.paths(name) for name in ("water", "library", "olives")]
    for pair in known:
        pipeline.compare(*pair)
    with tempfile.TemporaryDirectory() as folder:
        make_pairs(Path(folder), 2 * n_pairs)
        made = [
            (path, path.with_name(path.name.replace(".ar.", ".en.")))
            for path in sorted((Path(folder) / "pairs").rglob("*.ar.txt"))
        ]
        return {
            "sample": stages(pipeline, [known[n % len(known)] for n in range(2 * n_pairs)]),
            "made": stages(pipeline, made),
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pairs", type=int, default=40)
    n_pairs = parser.parse_args().pairs
    with tempfile.TemporaryDirectory() as folder:
        report = str(Path(folder) / "report.html")
        print("| command | wall s | processor s | peak MiB |\n| --- | ---: | ---: | ---: |")
        for shown, arguments in (
            ("aligner --help", ["--help"]),
            ("aligner align SEED SEED -o report.html", ["align", *SEEDS, "-o", report]),
        ):
            wall, cpu, peak = command(arguments)
            print(f"| `{shown}` | {wall:.2f} | {cpu:.2f} | {peak:.0f} |")
    print("\n| step | sample pair, ms | a second | made pair, ms | a second |")
    print("| --- | ---: | ---: | ---: | ---: |")
    sample, made = measured(n_pairs).values()
    for step in sample:
        cells = (f"{ms:.1f} | {1000 / ms:.0f}" for ms in (sample[step], made[step]))
        print(f"| {step} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
