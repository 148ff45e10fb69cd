"""What has to be done: exactly what changed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from aligner.batch import inputs
from aligner.batch.plan import Fate, plan
from aligner.batch.source import Item
from aligner.store import PairName, Store, pack
from tests.comparisons import library

SIGNATURE = library().signature
OLD_NS = 1_700_000_000_000_000_000


@pytest.fixture
def item(tmp_path: Path) -> Item:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    return Item(PairName("a.txt", "b.txt"), str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "s")


@pytest.fixture
def store(tmp_path: Path, item: Item):
    """A store that holds the item's result."""
    with Store.open(tmp_path / "s.db", write=True) as store:
        remember(store, item)
        yield store


def looks(item: Item) -> list[inputs.Look]:
    return [inputs.look(item.name.ar, item.ar), inputs.look(item.name.en, item.en)]


def remember(store: Store, item: Item) -> None:
    seen = looks(item)
    with store.writing():
        store.put_result(
            item.name, pack(library()), inputs=inputs.joined(*seen, item), label=None, source="s"
        )
        for look in seen:
            if look.sighting:
                store.put_sighting(look.sighting)


def fate(store: Store, item: Item, signature: str = SIGNATURE, **options: bool) -> Fate:
    store.forget_sights()
    return plan(store, item, signature, **options).fate


def test_what_is_unchanged_is_done(store: Store, item: Item) -> None:
    assert fate(store, item) is Fate.DONE


def test_a_changed_file_manifest_row_or_setting_is_done_again(store: Store, item: Item) -> None:
    from dataclasses import replace

    assert fate(store, item, "aligner 0.2.0") is Fate.CHANGED
    assert fate(store, replace(item, outlet="another")) is Fate.CHANGED
    assert fate(store, item, force=True) is Fate.CHANGED
    Path(item.en).write_text("c.txt")
    assert fate(store, item) is Fate.CHANGED


def test_a_file_written_again_with_the_same_content_is_not_done_again(
    store: Store, item: Item
) -> None:
    Path(item.ar).unlink()
    Path(item.ar).write_text("a.txt")
    assert fate(store, item) is Fate.DONE


def test_a_pair_named_twice_is_done_once(store: Store, item: Item) -> None:
    store.forget_sights()
    plan(store, item, SIGNATURE)
    assert plan(store, item, SIGNATURE).fate is Fate.TWICE


def test_what_failed_is_left_until_it_changes_or_is_asked_for(store: Store, item: Item) -> None:
    with store.writing():
        store.put_failure(
            item.name, inputs=inputs.joined(*looks(item), item), signature=SIGNATURE,
            reason="unreadable", message="", label=None, source="s", keep_result=False,
        )  # fmt: skip
    assert fate(store, item) is Fate.FAILED
    assert fate(store, item, retry_failed=True) is Fate.RETRY
    assert fate(store, item, "aligner 0.2.0") is Fate.CHANGED
    Path(item.ar).write_text("better")
    assert fate(store, item) is Fate.CHANGED


def test_a_file_changed_just_now_is_never_known_by_its_times(item: Item) -> None:
    # It could be written again within the same granule of the clock: same size, same times.
    assert inputs.look(item.name.ar, item.ar).sighting is None


def test_a_file_from_the_future_is_never_known_by_its_times(
    item: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The clock jumped back after it was written.
    now = time.time_ns()
    monkeypatch.setattr(inputs.time, "time_ns", lambda: now - 3_600_000_000_000)
    assert inputs.look(item.name.ar, item.ar).sighting is None


def test_a_file_known_by_its_times_is_not_read_and_a_touched_one_is(
    item: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = time.time_ns() + 10_000_000_000
    monkeypatch.setattr(inputs.time, "time_ns", lambda: later)
    first = inputs.look(item.name.ar, item.ar)
    assert first.sighting is not None
    Path(item.ar).chmod(0o000 if os.geteuid() else 0o644)
    os.utime(item.ar, ns=(OLD_NS, OLD_NS))
    Path(item.ar).chmod(0o644)
    # Same content, other times: read again, with the same hash.
    assert inputs.look(item.name.ar, item.ar, first.sighting).hash == first.hash
    # A rewrite whose mtime was set back to the old one is still seen by its ctime.
    Path(item.ar).write_text("A.txt")
    os.utime(item.ar, ns=(first.sighting.mtime_ns, first.sighting.mtime_ns))
    assert inputs.look(item.name.ar, item.ar, first.sighting).hash != first.hash


def test_a_pipe_is_never_read(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes on this system")
    os.mkfifo(tmp_path / "pipe")
    assert inputs.look("pipe", str(tmp_path / "pipe")).sighting is None


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    assert inputs.look("no", str(tmp_path / "no")).hash == inputs.MISSING
    assert inputs.look("no", "a\0b").hash == inputs.MISSING
