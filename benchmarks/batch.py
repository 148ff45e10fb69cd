"""How fast `aligner batch` is, what memory it needs, and whether killing it can hurt.

    python -m benchmarks.batch                    # pairs a second, one process and two
    python -m benchmarks.batch --writer           # what is left when comparing costs nothing
    python -m benchmarks.batch --sizes 1000 10000 # rate and memory over the size of a run
    python -m benchmarks.batch --kill 20          # kill -9 at random moments, then start again

The pairs are made by rule from the sample articles in data/: 30 sentences a side, in an order and
with numbers that differ from pair to pair.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aligner import samples
from aligner.batch.export import export_to
from aligner.batch.plan import plan
from aligner.batch.pool import Pool
from aligner.batch.source import Item, Source
from aligner.batch.work import Maker, Outcome, lost
from aligner.store import Store

SENTENCES = 30
NAMES = ("water", "library", "olives")
_END = re.compile(r"(?<=[.!؟?])\s+")


def make_pairs(folder: Path, count: int, *, sentences: int = SENTENCES) -> Path:
    """Write `count` pairs into `folder` with a manifest; the same ones every time."""
    pools = [_pool(name) for name in NAMES]
    (folder / "pairs").mkdir(parents=True, exist_ok=True)
    manifest = folder / "pairs.csv"
    with manifest.open("w", encoding="utf-8") as lines:
        lines.write("ar,en,id,date,outlet\n")
        for number in range(count):
            chance = random.Random(number)
            units = [unit for pool in pools for unit in pool]
            chance.shuffle(units)
            for side, place in (("ar", 0), ("en", 1)):
                path = folder / "pairs" / f"{number // 1000:03d}" / f"{number:07d}.{side}.txt"
                path.parent.mkdir(exist_ok=True)
                path.write_text(_article(units, place, number, sentences), encoding="utf-8")
            at = f"pairs/{number // 1000:03d}/{number:07d}"
            day = f"2024-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
            lines.write(f"{at}.ar.txt,{at}.en.txt,{number},{day},outlet-{number % 5}\n")
    return manifest


def _pool(name: str) -> list[tuple[list[str], list[str]]]:
    """Passages that say the same in both languages, of a sample pair, by its gold."""
    import json

    gold = json.loads((samples.folder() / "gold.json").read_text(encoding="utf-8"))[name]
    ar, en = (
        [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        for path in samples.paths(name)
    )
    return [
        (
            [s for p in bead[0] for s in _END.split(ar[p]) if s],
            [s for p in bead[1] for s in _END.split(en[p]) if s],
        )
        for bead in gold["beads"]
        if bead[0] and bead[1]
    ]


def _article(
    units: list[tuple[list[str], list[str]]], place: int, number: int, sentences: int
) -> str:
    paragraphs, count, turn = [], 0, 0
    while count < sentences:
        said = list(units[turn % len(units)][place])[: sentences - count]
        # A number that no other paragraph has, so that no two paragraphs are the same.
        mark = 1000 + (number * 31 + turn * 7) % 8999
        word = "رقم" if place == 0 else "no."
        said[-1] = f"{said[-1].rstrip('.')} ({word} {mark})."
        paragraphs.append(" ".join(said))
        count += len(said)
        turn += 1
    return "\n\n".join(paragraphs) + "\n"


def command(manifest: Path, store: Path, *more: str) -> list[str]:
    """The batch as a user starts it."""
    return [
        *(sys.executable, "-m", "aligner", "batch", str(manifest), "--store", str(store)),
        *more,
    ]


def measure(manifest: Path, store: Path, *more: str) -> dict[str, float]:
    """Run the batch and say how long it took and what memory parent and workers needed."""
    import json

    summary = store.with_suffix(".json")
    begun = time.perf_counter()
    process = subprocess.Popen(
        command(manifest, store, "--summary", str(summary), *more), stderr=subprocess.DEVNULL
    )
    parent = children = parent_cpu_s = 0.0
    while process.poll() is None:
        parent = max(parent, _memory_mib(process.pid))
        parent_cpu_s = max(parent_cpu_s, _cpu_s(process.pid))
        children = max([children, *map(_memory_mib, _children(process.pid))])
        time.sleep(0.05)
    figures = json.loads(summary.read_text(encoding="utf-8"))
    return {
        "wall_s": time.perf_counter() - begun,
        "run_s": figures["seconds"],
        "done": figures["done"],
        "failed": figures["failed"],
        "parent_cpu_s": parent_cpu_s,
        "parent_mib": parent,
        "worker_mib": children,
    }


def _memory_mib(process: int) -> float:
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def _cpu_s(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _children(process: int) -> list[int]:
    try:
        names = Path(f"/proc/{process}/task/{process}/children").read_text()
    except OSError:
        return []
    return [int(n) for n in names.split()]


def digest(store: Path) -> str:
    """The hash of everything in the store, as its exports tell it."""
    out = store.with_suffix(".export")
    total = hashlib.sha256()
    with Store.open(store) as opened:
        for form in ("jsonl", "comparisons"):
            export_to(opened, out, form)
            total.update(out.read_bytes())
    return total.hexdigest()


def sound(store: Path, pairs: int) -> None:
    """Stop with a line if the store is damaged, or a pair is lost or there twice."""
    db = sqlite3.connect(store)
    integrity = db.execute("PRAGMA integrity_check").fetchone()[0]
    names = db.execute("SELECT ar_name, en_name FROM pair WHERE inputs IS NOT NULL").fetchall()
    failed = db.execute("SELECT count(*) FROM failure").fetchone()[0]
    db.close()
    assert integrity == "ok", integrity
    assert len(names) == len(set(names)) == pairs, f"{len(names)} of {pairs} pairs"
    assert failed == 0, f"{failed} failed"


def kill_trial(manifest: Path, folder: Path, victim: str, pairs: int, seed: int) -> Path:
    """Kill `victim` with -9 at a random moment, start again if need be; the store that came."""
    chance = random.Random(f"{victim}{seed}")
    store = folder / f"{victim}-{seed}.db"
    more = ("--jobs", "2")
    cluster: list[subprocess.Popen[bytes]] = []
    if victim in ("dask-worker", "scheduler"):
        cluster, address = start_cluster(2)
        more = ("--engine", "dask", "--scheduler", address)
    process = subprocess.Popen(command(manifest, store, *more), stderr=subprocess.DEVNULL)
    try:
        _until_some_are_stored(process, store, chance.uniform(0.0, 0.8) * pairs)
        target = {
            "parent": lambda: process.pid,
            "worker": lambda: chance.choice(_workers(process.pid) or [process.pid]),
            "scheduler": lambda: cluster[0].pid,
            "dask-worker": lambda: cluster[1].pid,
        }[victim]()
        os.kill(target, signal.SIGKILL)
        process.wait(timeout=120)
    finally:
        for one in cluster:
            one.kill()
            one.wait()
    # The lock is free again, so that whoever was killed is dead to the last worker.
    again = subprocess.run(
        command(manifest, store, "--jobs", "2"), stderr=subprocess.PIPE, text=True, timeout=300
    )
    assert again.returncode == 0, again.stderr
    return store


def _until_some_are_stored(process: subprocess.Popen[bytes], store: Path, count: float) -> None:
    while process.poll() is None:
        try:
            with Store.open(store) as opened:
                runs = opened.runs()
            if runs and runs[0].done >= count:
                time.sleep(random.Random(count).uniform(0, 0.5))
                return
        except Exception:
            pass  # it is only just being made
        time.sleep(0.02)


def _workers(parent: int) -> list[int]:
    found = []
    for child in _children(parent):
        try:
            line = Path(f"/proc/{child}/cmdline").read_bytes()
        except OSError:
            continue
        if b"spawn_main" in line:
            found.append(child)
    return found


def start_cluster(workers: int) -> tuple[list[subprocess.Popen[bytes]], str]:
    """A Dask scheduler and workers as processes of their own: the scheduler comes first."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    started = [
        subprocess.Popen(
            [
                *(sys.executable, "-m", "distributed.cli.dask_scheduler"),
                *("--host", "127.0.0.1", "--port", str(port), "--no-dashboard"),
            ],
            env=environment,
            **quiet,  # type: ignore[call-overload]
        )
    ]
    for _ in range(workers):
        started.append(
            subprocess.Popen(
                [
                    *(sys.executable, "-m", "distributed.cli.dask_worker", address),
                    *("--nthreads", "1", "--no-dashboard", "--no-nanny"),
                ],
                env=environment,
                **quiet,  # type: ignore[call-overload]
            )
        )
    return started, address


def main() -> None:
    """Read the options, print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=600, help="pairs of the comparison of jobs")
    parser.add_argument("--writer", action="store_true", help="workers that answer at once")
    parser.add_argument("--sizes", type=int, nargs="*", help="rate and memory at these sizes")
    parser.add_argument("--sentences", type=int, default=SENTENCES, help="a side, for --sizes")
    parser.add_argument("--kill", type=int, metavar="TIMES", help="kill each part so many times")
    parser.add_argument("--kill-pairs", type=int, default=150)
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as name:
        folder = Path(name)
        if chosen.kill:
            print_kills(folder, chosen.kill, chosen.kill_pairs)
        elif chosen.writer:
            print_writer(folder)
        elif chosen.sizes:
            print_sizes(folder, chosen.sizes, chosen.sentences)
        else:
            print_jobs(folder, chosen.pairs)


def print_jobs(folder: Path, pairs: int) -> None:
    """One process and two, raw text to stored result."""
    manifest = make_pairs(folder, pairs)
    rates = {}
    print(
        "| processes | pairs | pairs a second | ms of the writer a pair | MiB parent |"
        f" MiB a worker |\n{'| ---: ' * 6}|"
    )
    for jobs in (1, 2):
        got = measure(manifest, folder / f"{jobs}.db", "--jobs", str(jobs))
        rates[jobs] = got["done"] / got["run_s"]
        print(
            f"| {jobs} | {got['done']:,} | {rates[jobs]:.1f} |"
            f" {1000 * got['parent_cpu_s'] / got['done']:.1f} | {got['parent_mib']:.0f} |"
            f" {got['worker_mib']:.0f} |",
            flush=True,
        )
    print(f"\ntwo processes: {rates[2] / rates[1]:.2f} times one; load {os.getloadavg()[0]:.1f}")


@dataclass(frozen=True)
class Echo:
    """Makes a worker's function that has its answer ready."""

    outcome: Outcome

    def __call__(self) -> Callable[[Item], Outcome]:
        return lambda _: self.outcome


def print_writer(folder: Path, pairs: int = 3000) -> None:
    """What the one writer can take: planning, sending, receiving and storing, without comparing."""
    from benchmarks.batch import Echo  # by its real name, for a worker does not know `__main__`

    manifest = make_pairs(folder, pairs)
    source = Source(str(manifest), folder)
    items = [item for item in source.items() if isinstance(item, Item)]
    outcome = Maker()()(items[0])
    assert outcome.packed is not None
    with (
        Store.open(folder / "s.db", write=True) as store,
        Pool(Echo(outcome), jobs=2, timeout_s=60, lost=lost) as pool,
    ):
        begun, cpu = time.perf_counter(), time.process_time()
        pending = 0
        todo = (item for item in items if plan(store, item, "any").fate.is_work)
        outcomes = pool.run(todo)
        while part := list(itertools.islice(outcomes, 256)):
            with store.writing():
                for item, made in part:
                    assert made.packed is not None
                    store.put_result(
                        item.name, made.packed, inputs=made.inputs, label=None, source="benchmark"
                    )
            pending += len(part)
        wall, cpu = time.perf_counter() - begun, time.process_time() - cpu
    print(f"writer: {1000 * cpu / pending:.2f} ms of processor time a pair, ", end="")
    print(f"{pending / wall:,.0f} pairs a second with workers that answer at once")


def print_sizes(folder: Path, sizes: list[int], sentences: int) -> None:
    """Rate and memory over the size of a run, and what a second run on the same costs."""
    print(
        "| pairs | pairs a second | MiB parent | MiB a worker | second run, s |\n"
        + "| ---: " * 5
        + "|"
    )
    for size in sizes:
        here = folder / str(size)
        manifest = make_pairs(here, size, sentences=sentences)
        got = measure(manifest, here / "s.db", "--jobs", "2")
        again = measure(manifest, here / "s.db", "--jobs", "2")
        assert again["done"] == again["failed"] == 0
        print(
            f"| {size:,} | {got['done'] / got['run_s']:.1f} | {got['parent_mib']:.0f} |"
            f" {got['worker_mib']:.0f} | {again['wall_s']:.2f} |",
            flush=True,
        )


def print_kills(folder: Path, times: int, pairs: int) -> None:
    """Kill every part so many times; each store must come out as the undisturbed one."""
    manifest = make_pairs(folder, pairs, sentences=8)
    whole = folder / "whole.db"
    subprocess.run(command(manifest, whole, "--jobs", "2"), check=True, stderr=subprocess.DEVNULL)
    sound(whole, pairs)
    right = digest(whole)
    for victim in ("parent", "worker", "dask-worker", "scheduler"):
        for seed in range(times):
            store = kill_trial(manifest, folder, victim, pairs, seed)
            sound(store, pairs)
            assert digest(store) == right, f"{victim} {seed}: another result"
        print(f"{victim}: killed {times} times, {times} stores sound and byte for byte the same")


if __name__ == "__main__":
    main()
