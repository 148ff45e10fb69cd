"""A pile in the batch: what its pairs are called, and what becomes of the old ones."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from aligner import samples
from aligner.batch import run
from aligner.store import PairName, Store

WATER, OLIVES = samples.paths("water"), samples.paths("olives")


def pile(path: Path, *articles: tuple[str, Path]) -> Path:
    """JSON lines of articles with their ids."""
    records = ({"id": i, "text": file.read_text(encoding="utf-8")} for i, file in articles)
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records))
    return path


def pairs(store: Path) -> list[PairName]:
    with Store.open(store) as opened:
        return [pair.name for pair in opened.pairs()]


def test_articles_of_two_piles_may_share_their_ids(tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    a = pile(tmp_path / "a.jsonl", ("1", WATER[0]), ("2", WATER[1]))
    b = pile(tmp_path / "b.jsonl", ("1", OLIVES[0]), ("2", OLIVES[1]))
    both = [("a.jsonl#1", "a.jsonl#2"), ("b.jsonl#1", "b.jsonl#2")]
    assert run([a, b], store, jobs=1, pair=True).done == 2
    assert pairs(store) == both
    # Day by day, the second pile takes nothing of the first one's place.
    daily = tmp_path / "daily.db"
    for day in (a, b):
        assert run(day, daily, jobs=1, pair=True).done == 1
    assert pairs(daily) == both


def test_a_pair_of_a_pile_is_named_as_its_manifest_names_it(tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    a = pile(tmp_path / "a.jsonl", ("1", WATER[0]), ("2", WATER[1]))
    manifest = tmp_path / "pairs.csv"
    manifest.write_text("ar,en\na.jsonl#1,a.jsonl#2\n")
    run(a, store, jobs=1, pair=True)
    assert run(manifest, store, jobs=1).known == 1


def test_two_pairs_with_the_same_ids_are_one_done_and_one_told(tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    a = pile(
        tmp_path / "a.jsonl", ("1", WATER[0]), ("2", WATER[1]), ("1", OLIVES[0]), ("2", OLIVES[1])
    )
    summary = run(a, store, jobs=1, pair=True)
    assert (summary.done, summary.reasons, summary.exit_code) == (1, {"ids": 1}, 1)
    assert "a.jsonl#1 / a.jsonl#2: another pair there has the same ids" in summary.failures[0]


def test_the_two_sides_of_a_pair_may_share_their_id(tmp_path: Path) -> None:
    a = pile(tmp_path / "a.jsonl", ("7", WATER[0]), ("7", WATER[1]))
    assert run(a, tmp_path / "s.db", jobs=1, pair=True).done == 1
    assert pairs(tmp_path / "s.db") == [("a.jsonl#7", "a.jsonl#7")]


def test_a_file_that_cannot_be_read_for_a_moment_costs_no_result(tmp_path: Path) -> None:
    store, crawl = tmp_path / "s.db", tmp_path / "crawl"
    crawl.mkdir()
    for file in (*WATER, *OLIVES):
        shutil.copy(file, crawl)
    assert run(crawl, store, jobs=1, pair=True).done == 2
    (crawl / WATER[0].name).write_text("")
    summary = run(crawl, store, jobs=1, pair=True)
    assert (summary.known, summary.dropped, summary.unread, summary.exit_code) == (1, 0, 1, 1)
    assert "1 kept as before, for an article could not be read now" in summary.lines()
    assert len(pairs(store)) == 2
    shutil.copy(WATER[0], crawl)
    summary = run(crawl, store, jobs=1, pair=True)
    assert (summary.known, summary.unread, summary.exit_code) == (2, 0, 0)


def test_a_pile_that_is_emptied_for_a_moment_costs_no_result(tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    a = pile(tmp_path / "a.jsonl", ("1", WATER[0]), ("2", WATER[1]))
    b = pile(tmp_path / "b.jsonl", ("1", OLIVES[0]), ("2", OLIVES[1]))
    run([a, b], store, jobs=1, pair=True)
    text = a.read_text()
    for hurt in ("", text.replace("{", "", 1)):
        a.write_text(hurt)
        assert run([a, b], store, jobs=1, pair=True).unread == 1
        assert len(pairs(store)) == 2


def crawled(folder: Path) -> tuple[Path, Path]:
    """A store with the two pairs of a pile, and the folder with the pile."""
    store, crawl = folder / "s.db", folder / "crawl"
    crawl.mkdir()
    for file in (*WATER, *OLIVES):
        shutil.copy(file, crawl)
    run(crawl, store, jobs=1, pair=True)
    return store, crawl


def test_files_that_left_the_pile_leave_their_results_and_are_no_failure(tmp_path: Path) -> None:
    store, crawl = crawled(tmp_path)
    for file in WATER:
        (crawl / file.name).unlink()
    assert run(crawl, store, jobs=1, pair=True).exit_code == 0
    assert len(pairs(store)) == 2


def test_a_pair_whose_articles_are_read_but_paired_no_more_is_dropped(tmp_path: Path) -> None:
    store, crawl = crawled(tmp_path)
    shutil.copy(OLIVES[1], crawl / WATER[1].name)
    assert run(crawl, store, jobs=1, pair=True).dropped == 1
    assert len(pairs(store)) == 1
