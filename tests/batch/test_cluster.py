"""The Dask engine: what hangs or kills its worker costs itself alone."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

import pytest

from aligner.batch.source import Item
from aligner.batch.work import Outcome
from aligner.errors import AlignerError
from aligner.store import PairName

pytest.importorskip("distributed", reason="needs the extra 'cluster'")
pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Maker:
    """Makes a function that does what the item's name says."""

    def __call__(self):
        return work


def work(item: Item) -> Outcome:
    if item.name.ar == "hang":
        time.sleep(60)
    if item.name.ar == "die":
        os._exit(1)
    return Outcome(b"", (), None, "tried", item.name.ar)


def item(name: str) -> Item:
    return Item(PairName(name, ""), "no-file", "no-file", "s")


def test_pairs_that_hang_or_kill_their_worker_fail_alone() -> None:
    import dask

    from aligner.batch.cluster import Cluster

    names = [*map(str, range(12)), "hang", "die", *map(str, range(12, 24))]
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        Cluster(Maker(), jobs=2, scheduler=None, timeout_s=0.5) as cluster,
    ):
        got = {i.name.ar: o.reason for i, o in cluster.run(map(item, names), lambda: False)}
    assert got.pop("hang") == got.pop("die") == "died"
    assert got == {str(n): "tried" for n in range(24)}


def test_an_address_without_a_scheduler_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from aligner.batch import cluster

    monkeypatch.setattr(cluster, "CONNECT_S", 1.0)
    with (
        pytest.raises(AlignerError, match=r"no Dask scheduler answers.*check the address"),
        cluster.Cluster(Maker(), jobs=1, scheduler="tcp://127.0.0.1:9", timeout_s=1.0),
    ):
        pass
