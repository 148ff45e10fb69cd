"""The batch, with real processes, real kills and bad files among good ones."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from aligner.batch import BadSource, Summary, run, runner
from aligner.errors import AlignerError, StoreError, UnknownName
from aligner.store import PairName, Store
from benchmarks.batch import command, digest, kill_trial, make_pairs, sound

ROOT = Path(__file__).parent.parent.parent


class Listener:
    """An observer that remembers what it was told."""

    def __init__(self, then=lambda _: None) -> None:
        self.said: list[str] = []
        self.then = then

    def step(self, summary: Summary) -> None:
        self.then(summary)

    def say(self, line: str) -> None:
        self.said.append(line)


def pairs(store: Path) -> list[PairName]:
    with Store.open(store) as opened:
        return [pair.name for pair in opened.pairs()]


def failures(store: Path) -> dict[str, str]:
    with Store.open(store) as opened:
        return {failure.name.ar: failure.reason for failure in opened.failures()}


def test_a_batch_does_everything_once_and_the_second_run_nothing(
    manifest: Path, tmp_path: Path
) -> None:
    store = tmp_path / "s.db"
    first = run(manifest, store, jobs=2)
    assert (first.done, first.failed, first.exit_code) == (6, 0, 0)
    second = run(manifest, store, jobs=2)
    assert (second.done, second.known, second.exit_code) == (0, 6, 0)
    assert second.lines() == ["nothing to do: 6 pairs done before and unchanged"]
    with Store.open(store) as opened:
        one = next(opened.pairs())
        assert list(opened.check()) == []
        assert [r.state for r in opened.runs()] == ["finished", "finished"]
    assert one.label == "0"
    assert one.comparison.ar.name == "pairs/000/0000000.ar.txt"
    assert one.comparison.ar.outlet == "outlet-0"
    assert str(one.comparison.en.date) == "2024-01-01"


def test_the_batch_is_called_by_its_own_name(manifest: Path, tmp_path: Path) -> None:
    import aligner.batch

    assert aligner.batch(manifest, tmp_path / "s.db", jobs=1, limit=2).done == 2
    assert aligner.batch.run(manifest, tmp_path / "s.db", jobs=1).done == 4


def test_one_worker_and_two_and_a_store_elsewhere_give_the_same(
    manifest: Path, tmp_path: Path
) -> None:
    for jobs in (1, 2):
        run(manifest, tmp_path / f"{jobs}.db", jobs=jobs)
    assert digest(tmp_path / "1.db") == digest(tmp_path / "2.db")


def test_exactly_what_changed_is_done_again(manifest: Path, tmp_path: Path, monkeypatch) -> None:
    store = tmp_path / "s.db"
    run(manifest, store, jobs=1)
    changed = tmp_path / "pairs" / "000" / "0000003.en.txt"
    changed.write_text(changed.read_text(encoding="utf-8") + "\nAnd one more sentence.\n")
    assert run(manifest, store, jobs=1, dry_run=True).todo == 1
    summary = run(manifest, store, jobs=1)
    assert (summary.done, summary.known) == (1, 5)
    assert run(manifest, store, jobs=1, force=True, limit=3).done == 3
    # Other settings: everything is affected.
    monkeypatch.setattr("aligner.segmentation.SIGNATURE", "rules-99")
    assert run(manifest, store, dry_run=True).todo == 6


def test_a_dry_run_makes_no_store(manifest: Path, tmp_path: Path) -> None:
    assert run(manifest, tmp_path / "s.db", dry_run=True).todo == 6
    assert not (tmp_path / "s.db").exists()


def test_a_dry_run_counts_as_the_run_would(manifest: Path, tmp_path: Path) -> None:
    lines = manifest.read_text(encoding="utf-8").splitlines()
    manifest.write_text("\n".join([*lines[:3], lines[1], ",", *lines[3:]]), encoding="utf-8")
    for _ in ("a new store", "one that is there"):
        counted = run(manifest, tmp_path / "s.db", dry_run=True)
        assert (counted.todo, counted.twice, counted.failed) == (6, 1, 1)
        assert run(manifest, tmp_path / "s.db", dry_run=True, limit=2).todo == 2
        run(manifest, tmp_path / "s.db", jobs=1, limit=0)


def test_a_bad_row_is_told_and_counted_once_however_often_it_is_looked_at(
    manifest: Path, tmp_path: Path
) -> None:
    rows = manifest.read_text(encoding="utf-8").splitlines(keepends=True)
    manifest.write_text("".join([*rows[:2], ",\n"]), encoding="utf-8")
    looks = 0

    def add_a_row(_: Summary) -> None:
        nonlocal looks
        looks += 1
        if looks == 4:
            manifest.write_text("".join([*rows[:2], ",\n", rows[2]]), encoding="utf-8")

    listener = Listener(add_a_row)
    summary = run(
        manifest, tmp_path / "s.db", jobs=1, watch=True, watch_s=0, limit=2, observer=listener
    )
    assert looks >= 4
    assert (summary.done, summary.failed, summary.known) == (2, 1, 0)
    assert sum("no path in 'ar'" in line for line in listener.said) == 1


def test_the_limit_of_a_watch_is_of_the_whole_run(manifest: Path, tmp_path: Path) -> None:
    rows = manifest.read_text(encoding="utf-8").splitlines(keepends=True)
    manifest.write_text("".join(rows[:2]), encoding="utf-8")

    def add_rows(summary: Summary) -> None:
        if summary.done == 1:
            manifest.write_text("".join(rows), encoding="utf-8")

    summary = run(
        manifest, tmp_path / "s.db", jobs=1, watch=True, watch_s=0, limit=3,
        observer=Listener(add_rows),
    )  # fmt: skip
    assert (summary.done, len(pairs(tmp_path / "s.db"))) == (3, 3)


def test_what_is_to_be_done_again_is_done_once_in_a_watch(manifest: Path, tmp_path: Path) -> None:
    rows = manifest.read_text(encoding="utf-8").splitlines(keepends=True)
    run(manifest, tmp_path / "s.db", jobs=1)
    looks = 0

    def add_rows(_: Summary) -> None:
        nonlocal looks
        looks += 1
        if looks == 2:
            more = rows[1].replace("pairs/", "pairs/../pairs/").replace("0000000.ar", "0000005.ar")
            manifest.write_text("".join([*rows, more]), encoding="utf-8")

    summary = run(
        manifest, tmp_path / "s.db", jobs=1, watch=True, watch_s=0, force=True, limit=7,
        observer=Listener(add_rows),
    )  # fmt: skip
    assert (summary.done, len(pairs(tmp_path / "s.db"))) == (7, 7)


def test_bad_files_are_recorded_and_the_others_are_done(manifest: Path, tmp_path: Path) -> None:
    def bad(name: str, content: bytes | None) -> str:
        if content is not None:
            (tmp_path / name).write_bytes(content)
        return name

    en = "pairs/000/0000000.en.txt"
    ar = "pairs/000/0000000.ar.txt"
    rows = [
        (bad("empty.txt", b""), en),
        (bad("binary.txt", bytes(range(256)) * 40), en),
        (bad("none.txt", None), en),
        (bad("bomb.html", b"<div>" * 30_000 + "نص".encode()), en),
        (bad("not-a-doc.docx", b"PK\x03\x04 broken"), en),
        (en, "pairs/000/0000001.en.txt"),
        ("..", en),
        (ar, "bad\0name.txt"),
        ("/proc/self/mem", en),
    ]
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.txt")
        rows.append(("pipe.txt", en))
    more = tmp_path / "bad.jsonl"
    more.write_text("".join(json.dumps({"ar": a, "en": e}) + "\n" for a, e in rows) + "[]\n")
    listener = Listener()
    summary = run([manifest, more], tmp_path / "s.db", jobs=2, observer=listener)
    assert (summary.done, summary.exit_code) == (6, 1)
    assert summary.failed == len(rows) + 1
    assert all("\n" not in line for line in summary.failures)
    found = failures(tmp_path / "s.db")
    assert (found["empty.txt"], found["none.txt"]) == ("unreadable", "missing")
    assert found[en] == "no pair"
    assert "unexpected" not in found.values()
    again = run([manifest, more], tmp_path / "s.db", jobs=2)
    assert (again.done, again.failed, again.failed_before) == (0, 1, len(rows))
    retried = run([manifest, more], tmp_path / "s.db", jobs=2, retry_failed=True)
    assert retried.failed == len(rows) + 1


def test_a_pair_with_its_sides_swapped_fails_and_is_not_stored_under_wrong_names(
    manifest: Path, tmp_path: Path
) -> None:
    good, bad = "pairs/000/0000000", "pairs/000/0000001"
    swapped = manifest.with_name("swapped.csv")
    swapped.write_text(f"ar,en\n{good}.ar.txt,{good}.en.txt\n{bad}.en.txt,{bad}.ar.txt\n")
    summary = run(swapped, tmp_path / "s.db", jobs=1)
    assert (summary.done, summary.reasons) == (1, {"no pair": 1})
    assert f"the sides are swapped: {bad}.en.txt is English" in summary.failures[0]
    swapped.write_text(f"ar,en\n{bad}.ar.txt,{bad}.en.txt\n")
    assert run(swapped, tmp_path / "s.db", jobs=1).done == 1


def test_a_file_that_comes_back_is_done_without_being_asked(manifest: Path, tmp_path: Path) -> None:
    gone = tmp_path / "pairs" / "000" / "0000002.ar.txt"
    text = gone.read_bytes()
    gone.unlink()
    assert run(manifest, tmp_path / "s.db", jobs=1).reasons == {"missing": 1}
    gone.write_bytes(text)
    assert run(manifest, tmp_path / "s.db", jobs=1).done == 1
    assert failures(tmp_path / "s.db") == {}


def test_a_result_stays_while_its_file_is_gone(manifest: Path, tmp_path: Path) -> None:
    run(manifest, tmp_path / "s.db", jobs=1)
    file = tmp_path / "pairs" / "000" / "0000002.ar.txt"
    file.rename(tmp_path / "away")
    assert run(manifest, tmp_path / "s.db", jobs=1).failed == 1
    assert len(pairs(tmp_path / "s.db")) == 6
    (tmp_path / "away").rename(file)
    summary = run(manifest, tmp_path / "s.db", jobs=1)
    assert (summary.known, summary.failed_before, summary.exit_code) == (6, 0, 0)
    assert failures(tmp_path / "s.db") == {}


def test_a_source_folder_that_vanishes_stops_the_run_and_records_no_failures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "FLUSH_PAIRS", 4)
    make_pairs(tmp_path / "in", 60, sentences=4)

    def vanish(summary: Summary) -> None:
        if summary.done >= 4 and (tmp_path / "in").exists():
            (tmp_path / "in").rename(tmp_path / "away")

    with pytest.raises(BadSource, match=r"has vanished; \d+ pairs? stored"):
        run(tmp_path / "in" / "pairs", tmp_path / "s.db", jobs=1, observer=Listener(vanish))
    assert failures(tmp_path / "s.db") == {}
    (tmp_path / "away").rename(tmp_path / "in")
    assert run(tmp_path / "in" / "pairs", tmp_path / "s.db", jobs=2).failed == 0
    assert len(pairs(tmp_path / "s.db")) == 60


def test_what_cannot_be_is_told_before_anything_is_made(manifest: Path, tmp_path: Path) -> None:
    with pytest.raises(BadSource, match="there is no such file or folder"):
        run(tmp_path / "nowhere", tmp_path / "s.db")
    with pytest.raises(UnknownName, match="no engine named 'cloud'; known: dask, local"):
        run(manifest, tmp_path / "s.db", engine="cloud")
    assert not (tmp_path / "s.db").exists()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"jobs": -3}, "jobs is -3; give 1 or more"),
        ({"jobs": 0}, "jobs is 0; give 1 or more"),
        ({"limit": -1}, "limit is -1; give 0 or more"),
        ({"timeout_s": 0}, r"timeout_s is 0; give 0\.1 or more"),
        ({"watch_s": float("nan")}, "watch_s is nan; give 0 or more"),
    ],
)
def test_a_number_out_of_its_range_is_told_before_anything_is_made(
    manifest: Path, tmp_path: Path, options: dict[str, float], told: str
) -> None:
    with pytest.raises(AlignerError, match=told):
        run(manifest, tmp_path / "s.db", **options)
    assert not (tmp_path / "s.db").exists()


def test_a_folder_whose_files_name_no_language_is_told_before_anything_is_made(
    manifest: Path, tmp_path: Path
) -> None:
    (tmp_path / "pile").mkdir()
    (tmp_path / "pile" / "one.txt").write_text("x")
    with pytest.raises(BadSource, match="no file there names its language"):
        run(tmp_path / "pile", tmp_path / "s.db", jobs=1)
    with pytest.raises(BadSource, match="a source is a folder, a glob or a manifest"):
        run(tmp_path / "pile" / "one.txt", tmp_path / "s.db", jobs=1)
    with pytest.raises(BadSource, match="no file is so named"):
        run(str(tmp_path / "none*.txt"), tmp_path / "s.db", jobs=1, pair=True)
    assert {p.name for p in tmp_path.iterdir()} == {"pile", "pairs", "pairs.csv"}
    # Beside others, such as the folder of a day that is to be filled, it costs them nothing.
    listener = Listener()
    summary = run([manifest, tmp_path / "pile"], tmp_path / "s.db", jobs=1, observer=listener)
    assert (summary.done, summary.exit_code) == (6, 0)
    assert "no file there names its language" in listener.said[0]


def test_a_second_file_for_one_side_is_counted_and_told(manifest: Path, tmp_path: Path) -> None:
    folder = manifest.parent / "pairs" / "000"
    shutil.copy(folder / "0000000.ar.txt", folder / "0000000.ar.text")
    listener = Listener()
    summary = run(folder, tmp_path / "s.db", jobs=1, observer=listener)
    assert (summary.done, summary.beside, summary.exit_code) == (6, 1, 0)
    assert "0000000.ar.text is that side of the pair already" in listener.said[0]


def test_a_pile_is_paired_first_and_kept_up_to_date(tmp_path: Path) -> None:
    pile = tmp_path / "pile"
    shutil.copytree(ROOT / "seeds", pile)
    summary = run(pile, tmp_path / "s.db", jobs=1, pair=True)
    assert (summary.done, summary.failed) == (1, 0)
    [name] = pairs(tmp_path / "s.db")
    assert (name.ar[:8], name.en[:8]) == ("pile/002", "pile/000")
    assert run(pile, tmp_path / "s.db", jobs=1, pair=True).known == 1
    (pile / "000_3ede18a199c0dbaf.txt").unlink()
    assert run(pile, tmp_path / "s.db", jobs=1, pair=True).dropped == 0


@pytest.mark.slow
@pytest.mark.parametrize("victim", ["parent", "worker"])
def test_a_kill_costs_nothing_but_time(tmp_path: Path, victim: str) -> None:
    made = make_pairs(tmp_path, 40, sentences=4)
    run(made, tmp_path / "whole.db", jobs=2)
    for seed in (1, 2):
        store = kill_trial(made, tmp_path, victim, 40, seed)
        sound(store, 40)
        assert digest(store) == digest(tmp_path / "whole.db")


@pytest.mark.slow
@pytest.mark.parametrize("victim", ["dask-worker", "scheduler"])
def test_a_part_of_the_cluster_is_killed_and_nothing_is_lost(tmp_path: Path, victim: str) -> None:
    pytest.importorskip("distributed", reason="needs the extra 'cluster'")
    made = make_pairs(tmp_path, 60, sentences=4)
    run(made, tmp_path / "whole.db", jobs=2)
    store = kill_trial(made, tmp_path, victim, 60, 3)
    sound(store, 60)
    assert digest(store) == digest(tmp_path / "whole.db")


@pytest.mark.slow
def test_a_local_dask_cluster_gives_what_local_processes_give(
    manifest: Path, tmp_path: Path
) -> None:
    pytest.importorskip("distributed", reason="needs the extra 'cluster'")
    run(manifest, tmp_path / "local.db", jobs=2)
    assert run(manifest, tmp_path / "dask.db", jobs=2, engine="dask").done == 6
    assert digest(tmp_path / "local.db") == digest(tmp_path / "dask.db")


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 2])
def test_ctrl_c_once_finishes_what_is_in_hand_and_twice_stops_at_once(
    tmp_path: Path, times: int
) -> None:
    made = make_pairs(tmp_path, 400, sentences=8)
    store = tmp_path / "s.db"
    # A session of its own: the signal goes to the parent and its workers, as from a terminal.
    process = subprocess.Popen(
        command(made, store, "--jobs", "2"), stderr=subprocess.PIPE, text=True, cwd=ROOT,
        start_new_session=True,
    )  # fmt: skip
    while process.poll() is None:
        try:
            if pairs(store):
                break
        except StoreError:
            pass
        time.sleep(0.05)
    for _ in range(times):
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.05)
    _, told = process.communicate(timeout=60)
    assert process.returncode == (1 if times == 1 else 130)
    assert "Traceback" not in told
    assert ("start it again to go on" in told) == (times == 1)
    with Store.open(store) as opened:
        assert opened.runs()[0].state == "stopped"
        assert list(opened.check()) == []
        assert 0 < len(list(opened.pairs())) < 400


@pytest.mark.slow
def test_two_batches_at_once_and_a_look_from_another_terminal(tmp_path: Path) -> None:
    made = make_pairs(tmp_path, 300, sentences=8)
    store = tmp_path / "s.db"
    first = subprocess.Popen(command(made, store, "--jobs", "1"), stderr=subprocess.DEVNULL)
    try:
        while not store.exists() or not _runs(store):
            assert first.poll() is None
            time.sleep(0.05)
        second = subprocess.run(command(made, store), capture_output=True, text=True)
        assert second.returncode == 1
        assert "another batch is writing it" in second.stderr
        assert second.stderr.count("\n") == 1
        status = [sys.executable, "-m", "aligner", "batch", "--status", str(store)]
        assert "running" in subprocess.run(status, capture_output=True, text=True).stdout
        first.kill()
        first.wait()
        assert "was killed" in subprocess.run(status, capture_output=True, text=True).stdout
    finally:
        first.kill()


def _runs(store: Path) -> int:
    try:
        with Store.open(store) as opened:
            return len(opened.runs())
    except StoreError:
        return 0


@pytest.mark.slow
def test_watching_finds_new_pairs_until_it_is_stopped(tmp_path: Path) -> None:
    make_pairs(tmp_path / "new", 3, sentences=4)
    watched = tmp_path / "in"
    watched.mkdir()
    shutil.copytree(tmp_path / "new" / "pairs", watched / "1")
    code = (
        "import sys; from aligner.batch import run; "
        "run(sys.argv[1], sys.argv[2], jobs=1, watch=True, watch_s=0.2)"
    )
    store = tmp_path / "s.db"
    process = subprocess.Popen([sys.executable, "-c", code, str(watched), str(store)], cwd=ROOT)
    try:
        for folder, expected in ((None, 3), ("2", 6)):
            if folder:
                shutil.copytree(tmp_path / "new" / "pairs", watched / folder)
            until = time.monotonic() + 30
            while time.monotonic() < until and not (_runs(store) and len(pairs(store)) == expected):
                time.sleep(0.05)
            assert len(pairs(store)) == expected
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
    finally:
        process.kill()
        process.wait()


def test_a_script_without_a_guard_can_run_a_batch(manifest: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        f"from aligner.batch import run\nprint(run({str(manifest)!r}, "
        f"{str(tmp_path / 's.db')!r}, jobs=1).done)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, env=environment)
    assert (done.stdout, done.stderr) == ("6\n", "")


@pytest.mark.slow
def test_a_full_disk_ends_the_batch_with_one_line_and_it_goes_on_when_there_is_room(
    tmp_path: Path,
) -> None:
    pytest.importorskip("resource", reason="this system knows no limits")
    made = make_pairs(tmp_path, 120, sentences=8)
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000)); "
        "from aligner.cli import main; sys.argv[0] = 'aligner'; main()"
    )
    store = tmp_path / "s.db"
    full = subprocess.run(
        [sys.executable, "-c", code, *command(made, store, "--jobs", "2")[3:]],
        capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    assert full.returncode == 1
    assert "the disk is full" in full.stderr
    assert full.stderr.count("\n") == 1
    with Store.open(store) as opened:
        assert list(opened.check()) == []
    assert run(made, store, jobs=2).failed == 0
    sound(store, 120)
