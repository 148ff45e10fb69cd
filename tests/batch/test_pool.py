"""Processes that die, hang or are killed: only the item in hand is touched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from aligner.batch.pool import Pool
from aligner.errors import AlignerError

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


def make():
    return work


def make_nothing():
    raise AlignerError("no model here")


def make_and_die():
    os._exit(3)


def work(item):
    match item:
        case int():
            time.sleep(0.002)
            return item * item
        case "die":
            os.kill(os.getpid(), KILL)
        case "hang":
            time.sleep(60)
        case ("once", path):
            if not Path(path).exists():
                Path(path).touch()
                os.kill(os.getpid(), KILL)
            return "second time"
        case "threads":
            return os.environ["OMP_NUM_THREADS"]
        case bytes():
            return item * 2
    return None


def lost(_, reason, message):
    return f"{reason}: {message}"


def pool(jobs=2, timeout_s=1.0, maker=make):
    return Pool(maker, jobs=jobs, timeout_s=timeout_s, lost=lost)


def test_every_item_comes_with_its_result_once() -> None:
    with pool() as p:
        assert sorted(p.run(iter(range(300)))) == [(n, n * n) for n in range(300)]


def test_nothing_is_started_when_there_is_nothing_to_do() -> None:
    with pool() as p:
        assert list(p.run(iter(()))) == []
        assert p.processes == ()


def test_items_that_kill_their_worker_or_hang_fail_alone() -> None:
    items = [*range(40), "die", *range(40, 80), "hang", *range(80, 120)]
    with pool() as p:
        got = dict(p.run(iter(items)))
    assert got.pop("die").startswith("died: its worker died twice, by SIGKILL")
    assert got.pop("hang") == "hung: took longer than 1 s, twice"
    assert got == {n: n * n for n in range(120)}


def test_an_item_gets_one_retry(tmp_path: Path) -> None:
    item = ("once", str(tmp_path / "met"))
    with pool(jobs=1) as p:
        assert dict(p.run(iter([1, item, 2])))[item] == "second time"


@pytest.mark.slow
def test_workers_killed_from_outside_lose_nothing() -> None:
    got, kills = [], 0
    with pool(timeout_s=30) as p:
        for n, one in enumerate(p.run(iter(range(2000)))):
            got.append(one)
            if n % 150 == 10 and p.processes:
                os.kill(p.processes[n % len(p.processes)], KILL)
                kills += 1
    assert kills > 10
    assert sorted(got) == [(n, n * n) for n in range(2000)]


def test_a_wish_to_stop_finishes_what_is_begun_and_begins_no_more() -> None:
    taken = []

    def items():
        for n in range(100_000):
            taken.append(n)
            yield n

    got = []
    with pool() as p:
        for item, _ in p.run(items(), lambda: len(got) >= 10):
            got.append(item)
    assert 10 <= len(got) <= len(taken) < 200


def test_items_are_taken_only_as_they_are_needed() -> None:
    taken = 0

    def items():
        nonlocal taken
        for n in range(2000):
            taken += 1
            yield n

    with pool() as p:
        for got, _ in enumerate(p.run(items())):
            assert taken <= got + 2 * 16 + 2


def test_large_items_and_results_do_not_block_each_other() -> None:
    large = bytes(2_000_000)
    with pool(jobs=1, timeout_s=30) as p:
        assert [len(r) for _, r in p.run(iter([large] * 12))] == [4_000_000] * 12


def test_workers_have_one_thread_and_leave_our_environment_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    with pool(jobs=1) as p:
        assert list(p.run(iter(["threads"]))) == [("threads", "1")]
    assert os.environ["OMP_NUM_THREADS"] == "7"


@pytest.mark.parametrize(
    ("maker", "told"), [(make_nothing, "no model here"), (make_and_die, "die while they start")]
)
def test_workers_that_cannot_start_end_the_run_with_one_line(maker, told) -> None:
    with pool(maker=maker) as p, pytest.raises(AlignerError, match=told):
        list(p.run(iter(range(5))))


@pytest.mark.slow
def test_workers_go_when_their_parent_is_killed() -> None:
    code = """
import sys
sys.path.insert(0, "tests/batch")
from test_pool import pool
with pool(timeout_s=60) as p:
    for n, _ in enumerate(p.run(iter([1, 2, "hang", "hang"]))):
        if n == 1:
            print(*p.processes, flush=True)
"""
    parent = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True,
        cwd=Path(__file__).parent.parent.parent,
    )  # fmt: skip
    assert parent.stdout is not None
    workers = [int(n) for n in parent.stdout.readline().split()]
    assert len(workers) == 2
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 10
    while any(map(_lives, workers)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not any(map(_lives, workers))


def _lives(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"
