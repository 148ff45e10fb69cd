"""The store: whole or not at all, one writer, many readers, one order."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from aligner.errors import StoreError
from aligner.store import PairName, Sighting, Store, pack, schema
from tests.comparisons import library

GOLDEN = Path(__file__).parent.parent / "golden"
NAME = PairName("news/ar/library.txt", "news/en/library.txt")
ROOT = os.geteuid() == 0 if hasattr(os, "geteuid") else False


def fill(store: Store, *names: PairName) -> None:
    with store.writing():
        for name in names:
            store.put_result(name, pack(library()), inputs=b"1", label="7", source="news")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "store.db"
    with Store.open(path, write=True) as store:
        fill(store, NAME)
    return path


def test_a_comparison_comes_back_as_it_was_put(path: Path) -> None:
    with Store.open(path) as store:
        assert list(store.comparisons()) == [library()]
        assert list(store.check()) == []


def test_what_a_web_page_tells_of_a_paragraph_is_kept(tmp_path: Path) -> None:
    made = library()
    first, second, *rest = made.ar.paragraphs
    page = (replace(first, outside=True), replace(second, link_share=0.1 + 0.2), *rest)
    pair = replace(made.pair, ar=replace(made.ar, paragraphs=page))
    with Store.open(tmp_path / "s.db", write=True) as store:
        with store.writing():
            packed = pack(replace(made, pair=pair))
            store.put_result(NAME, packed, inputs=b"1", label=None, source="news")
        [stored] = store.comparisons()
    told = [(p.outside, p.link_share) for p in stored.ar.paragraphs]
    assert told == [(p.outside, p.link_share) for p in page]


def test_pairs_come_in_the_order_of_their_names_and_not_of_writing(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.db", write=True) as store:
        fill(store, PairName("b", "x"), PairName("a", "z"), PairName("a", "y"))
        assert [p.name for p in store.pairs()] == [("a", "y"), ("a", "z"), ("b", "x")]


def test_the_same_article_is_kept_once(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.db", write=True) as store:
        fill(store, PairName("a", "x"), PairName("b", "y"))
        assert store.counts()["article"] == 2


def test_a_result_is_put_whole_or_not_at_all(path: Path) -> None:
    with Store.open(path, write=True) as store:
        with pytest.raises(KeyboardInterrupt), store.writing():  # noqa: PT012
            store.put_result(
                PairName("a", "b"), pack(library()), inputs=b"1", label=None, source="news"
            )
            raise KeyboardInterrupt
        assert [p.name for p in store.pairs()] == [NAME]


def test_a_failure_takes_the_place_of_a_result_unless_that_is_to_stay(path: Path) -> None:
    failure = {
        "inputs": b"2", "signature": "s", "reason": "unreadable", "message": "no text",
        "label": None, "source": "news",
    }  # fmt: skip
    with Store.open(path, write=True) as store:
        with store.writing():
            store.put_failure(NAME, **failure, keep_result=True)
        assert len(list(store.pairs())) == len(list(store.failures())) == 1
        with store.writing():
            store.put_failure(NAME, **failure, keep_result=False)
        assert list(store.pairs()) == []
        assert store.counts()["bead"] == 0
        fill(store, NAME)
        assert list(store.failures()) == []


def test_what_a_pair_was_made_from_is_known_again(path: Path) -> None:
    sighting = Sighting(NAME.ar, 10, 20, 30, 40, b"hash")
    with Store.open(path, write=True) as store:
        with store.writing():
            store.put_sighting(sighting)
        known = store.known(NAME)
        assert known is not None
        assert (known.inputs, known.signature) == (b"1", library().signature)
        assert (known.ar, known.en) == (sighting, None)
        assert store.known(PairName("a", "b")) is None


def test_a_second_writer_gets_one_line_and_readers_go_on(path: Path) -> None:
    with Store.open(path, write=True) as store:
        told = rf"another batch is writing it \(process {os.getpid()}\)"
        with pytest.raises(StoreError, match=told):
            Store.open(path, write=True)
        with store.writing():
            store.put_sighting(Sighting("x", 1, 2, 3, 4, b""))
            with Store.open(path) as reader:
                assert len(list(reader.comparisons())) == 1
    Store.open(path, write=True).close()


def test_a_reader_sees_one_moment_while_another_writes(path: Path) -> None:
    with Store.open(path, write=True) as store, Store.open(path) as reader:
        pairs = reader.pairs()
        next(pairs)
        fill(store, PairName("z", "z"))
        assert list(pairs) == []
        assert len(list(reader.pairs())) == 2


def test_a_store_of_a_newer_version_is_left_alone(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    before = path.read_bytes()
    for write in (False, True):
        with pytest.raises(StoreError, match=r"newer aligner .store version 99.*upgrade"):
            Store.open(path, write=write)
    assert path.read_bytes() == before


def test_a_store_of_version_1_is_read_for_ever(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "old.db")
    db.executescript((GOLDEN / "store-v1.sql").read_text(encoding="utf-8"))
    db.close()
    with Store.open(tmp_path / "old.db", write=True) as store:
        assert store.version == len(schema.MIGRATIONS)
        assert list(store.comparisons()) == [library()]
        assert [f.reason for f in store.failures()] == ["unreadable"]
        assert list(store.check()) == []


def test_a_step_to_a_newer_version_keeps_the_results_or_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = "ALTER TABLE pair ADD COLUMN note TEXT;\n"
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, step + "BROKEN;\n"))
    with pytest.raises(StoreError):
        Store.open(path, write=True)
    with pytest.raises(StoreError, match="older version 1"):
        Store.open(path)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS[:-1], step))
    with Store.open(path, write=True) as store:
        assert store.version == 2
        assert len(list(store.comparisons())) == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"no database, but a text of some length\n" * 40, "not a store"), (b"", "is empty")],
)
def test_what_is_no_store_is_told_in_one_line(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "s.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match=told) as caught:
        Store.open(path)
    assert "\n" not in str(caught.value)


def test_a_database_of_something_else_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE mine (x)")
    db.close()
    with pytest.raises(StoreError, match="not a store of aligner"):
        Store.open(path, write=True)


def test_what_is_no_store_is_left_without_a_trace(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database, but a text of some length\n" * 40)
    for name, journal in (("plain.db", "DELETE"), ("logged.db", "WAL")):
        db = sqlite3.connect(tmp_path / name)
        db.execute(f"PRAGMA journal_mode = {journal}")
        db.execute("CREATE TABLE mine (x)")
        db.close()
    before = sorted(tmp_path.iterdir())
    for path in before:
        with pytest.raises(StoreError, match="not a store"):
            Store.open(path, write=True)
    assert sorted(tmp_path.iterdir()) == before


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    (tmp_path / "s.db").touch()
    with Store.open(tmp_path / "s.db", write=True) as store:
        assert store.version == len(schema.MIGRATIONS)


def test_a_store_that_is_not_there_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such store"):
        Store.open(tmp_path / "s.db")
    with pytest.raises(StoreError, match="is a folder"):
        Store.open(tmp_path, write=True)
    with pytest.raises(StoreError, match="no folder"):
        Store.open(tmp_path / "a" / "s.db", write=True)


def test_check_finds_a_bead_that_has_gone(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("DELETE FROM bead WHERE number = 2")
    db.commit()
    db.close()
    with Store.open(path) as store:
        assert "do not hold every Arabic sentence once" in "\n".join(store.check())


DAMAGES = {
    "UPDATE article SET body = x'789c00ff' WHERE language = 'ar'": "while decompressing",
    "UPDATE article SET body = 'text' WHERE language = 'ar'": "bytes-like",
    "UPDATE article SET body = CAST(x'ff' AS TEXT) WHERE language = 'ar'": "decode to UTF-8",
    "UPDATE pair SET kind = 'odd'": "'odd' is not a valid PairKind",
    "UPDATE bead SET ar = '[0,' WHERE number = 0": "Expecting value",
    "UPDATE bead SET ar = '7' WHERE number = 0": "not iterable",
    "UPDATE bead SET ar = '[99]' WHERE number = 0": "Arabic text has no sentence 99",
    "UPDATE divergence SET paragraph = 999": "text has no paragraph 999",
    "UPDATE divergence SET other = '[-1]'": "text has no sentence -1",
    'UPDATE divergence SET start = 1, "end" = 9999': "has no characters 1 to 9999",
    "UPDATE divergence SET other = '[0]', other_start = 3, other_end = 2": "no characters 3 to 2",
    "UPDATE divergence SET other = '[]', other_start = 3, other_end = 2": "span in no",
    "DELETE FROM article WHERE language = 'ar'": "are gone",
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_result_that_makes_no_sense_is_found_and_told_with_its_name(
    path: Path, damage: str
) -> None:
    with Store.open(path, write=True) as store:
        fill(store, PairName("z", "z"))
    db = sqlite3.connect(path)
    # Both pairs share their articles; beads and divergences are damaged in the first one only.
    sharing = "bead" in damage or "divergence" in damage
    where = "AND" if "WHERE" in damage else "WHERE"
    db.execute(f"{damage} {where} pair = 1" if sharing else damage)
    db.commit()
    db.close()
    with Store.open(path) as store:
        told = next(f for f in store.check() if not f.startswith("a row of"))
        assert told.startswith(f"{NAME.ar} / {NAME.en}: cannot be read back: ")
        assert DAMAGES[damage] in told
        for read in (lambda: list(store.pairs()), lambda: store.pair(NAME)):
            with pytest.raises(StoreError, match=f"{NAME.ar} / {NAME.en}: cannot be read back"):
                read()
        if sharing:
            assert store.pair(PairName("z", "z")) is not None


@pytest.mark.parametrize("page", range(12))
def test_a_damaged_page_is_found(path: Path, page: int) -> None:
    size = path.stat().st_size // 4096
    with path.open("r+b") as file:
        file.seek(4096 * (page % size) + 100 * (page == 0))  # the first begins with SQLite's own
        file.write(b"\xff" * 3996)
    try:
        with Store.open(path) as store:
            faults = list(store.check())
    except StoreError as error:
        faults = [str(error)]
        assert page == 0
    assert faults
    assert all("store check" not in fault for fault in faults)


def test_vacuum_drops_only_what_no_result_needs(path: Path) -> None:
    with Store.open(path, write=True) as store:
        assert store.vacuum() == 0
        with store.writing():
            store.drop([*store.names_by("news")])
        assert store.vacuum() == 2
        assert store.counts()["article"] == 0


SMALL_DISK = """
import sys
from aligner.errors import StoreError
from aligner.store import PairName, Store, pack
from tests.comparisons import library
if sys.argv[2] == "limit":
    import resource
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    with Store.open(sys.argv[1] + "/s.db", write=True) as store:
        for n in range(10_000):
            with store.writing():
                store.put_result(PairName(str(n), "x"), pack(library()), inputs=b"1",
                                 label=None, source="s")
            print(n)
except StoreError as error:
    print(error, file=sys.stderr)
"""


def run(code: str, *arguments: str, within: list[str] | None = None) -> tuple[str, str]:
    done = subprocess.run(
        [*(within or []), sys.executable, "-c", code, *arguments],
        capture_output=True, text=True, cwd=GOLDEN.parent.parent,
    )  # fmt: skip
    return done.stdout, done.stderr


def can_mount() -> bool:
    return bool(shutil.which("unshare")) and (
        subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode == 0
    )


@pytest.mark.slow
@pytest.mark.parametrize("how", ["limit", "tmpfs"])
def test_on_a_full_disk_what_was_stored_is_safe(tmp_path: Path, how: str) -> None:
    if how == "tmpfs":
        if not can_mount():
            pytest.skip("this system lets nobody mount a small disk")
        script = (
            'mount -t tmpfs -o size=400k none "$1" && "$2" -c "$3" "$1" tmpfs; cp "$1"/s.db* "$4"'
        )
        copy = tmp_path / "copy"
        copy.mkdir()
        disk = tmp_path / "disk"
        disk.mkdir()
        done = subprocess.run(
            ["unshare", "-rm", "sh", "-c", script, "sh", disk, sys.executable, SMALL_DISK, copy],
            capture_output=True, text=True, cwd=GOLDEN.parent.parent,
        )  # fmt: skip
        out, error, folder = done.stdout, done.stderr, copy
    else:
        out, error = run(SMALL_DISK, str(tmp_path), "limit")
        folder = tmp_path
    assert "disk is full" in error
    assert error.count("\n") == 1
    with Store.open(folder / "s.db") as store:
        assert list(store.check()) == []
        assert len(list(store.pairs())) == len(out.split()) > 0


@pytest.mark.slow
@pytest.mark.skipif(not can_mount(), reason="this system lets nobody mount a read-only folder")
def test_a_store_on_a_read_only_disk_can_be_read_and_not_written(path: Path) -> None:
    code = """
import sys
from aligner.errors import StoreError
from aligner.store import Store
print(len(list(Store.open(sys.argv[1]).comparisons())))
try:
    Store.open(sys.argv[1], write=True)
except StoreError as error:
    print(error)
"""
    script = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && "$2" -c "$3" "$4"'
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", path.parent, sys.executable, code, path],
        capture_output=True, text=True, cwd=GOLDEN.parent.parent,
    )  # fmt: skip
    count, told = done.stdout.splitlines()
    assert count == "1"
    assert "cannot be written: Read-only file system" in told
