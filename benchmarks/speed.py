"""How fast it is: cold start to report, help, pairs a second by stage, memory.

    python -m benchmarks.speed [--pairs 40]

The machine decides the figures; compare them within one run. Set OMP_NUM_THREADS=1 for one core.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from aligner import alignment, divergence, samples
from aligner.pipeline import Pipeline
from aligner.text import Article

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


def stages(n_pairs: int) -> dict[str, float]:
    """Processor milliseconds a sample pair (20 to 27 sentences a side), words met before."""
    pipeline = Pipeline()
    texts = [
        tuple(path.read_text(encoding="utf-8") for path in samples.paths(name))
        for name in ("water", "library", "olives")
    ]
    spent = {"read": 0.0, "encode": 0.0, "align": 0.0, "diverge": 0.0, "raw text to result": 0.0}
    for number in range(n_pairs + len(texts)):
        if number == len(texts):  # the first round warms up
            spent = dict.fromkeys(spent, 0.0)
        pair = texts[number % len(texts)]
        began = time.process_time()
        articles: list[Article] = [pipeline.prepare(text) for text in pair]
        read = time.process_time()
        ar, en = (pipeline.encode(article) for article in articles)
        encoded = time.process_time()
        beads = alignment.align(ar, en)
        aligned = time.process_time()
        divergence.find(ar, en, beads)
        found = time.process_time()
        pipeline.compare(*pair)
        done = time.process_time()
        for step, seconds in zip(
            spent,
            (read - began, encoded - read, aligned - encoded, found - aligned, done - found),
            strict=True,
        ):
            spent[step] += 1000 * seconds / n_pairs
    return spent


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
    print("\n| step | processor ms a pair | pairs a second |\n| --- | ---: | ---: |")
    for step, milliseconds in stages(n_pairs).items():
        print(f"| {step} | {milliseconds:.1f} | {1000 / milliseconds:.0f} |")


if __name__ == "__main__":
    main()
