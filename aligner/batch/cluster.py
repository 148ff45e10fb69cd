"""The same work on a Dask cluster: a local one by default, any other by its scheduler's address.

Dask does again what was lost with a worker. A bounded number of small parts is in flight, so that
neither the scheduler nor we grow with the pile, and results come back as they are made.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections.abc import Callable, Iterator
from typing import Any

from aligner.batch.source import Item
from aligner.batch.work import Maker, Outcome, Worker, lost
from aligner.errors import AlignerError, MissingExtra

PART = 8  # pairs a task: large enough to hide the scheduler's work, small enough to lose
AHEAD = 3  # tasks in flight for each thread of the cluster
CONNECT_S = 30.0
# A task that only waits on a worker would be blamed too when that worker dies, and a second time.
ONE_EACH = {"distributed.scheduler.worker-saturation": 1.0}

_workers: dict[Maker, Worker] = {}
_making = threading.Lock()


def compare_part(maker: Maker, items: tuple[Item, ...], timeout_s: float) -> list[Outcome]:
    """What a worker of the cluster does with a part; it loads the model once.

    A pair that takes too long cannot be stopped from within, so it takes its process with it: the
    cluster starts another one and the part comes again, in the end a pair at a time.
    """
    with _making:
        if maker not in _workers:
            _workers[maker] = maker()
    worker = _workers[maker]
    outcomes = []
    for item in items:
        watchdog = threading.Timer(timeout_s, os._exit, (1,))
        watchdog.daemon = True
        watchdog.start()
        try:
            outcomes.append(worker(item))
        finally:
            watchdog.cancel()
    return outcomes


class Cluster:
    """A Dask cluster as an engine.

    scheduler: the address of one that runs already, such as tcp://10.0.0.5:8786; without it one
    is started here, with `jobs` processes. Raises MissingExtra, and AlignerError when there is no
    scheduler or it is lost.
    """

    def __init__(
        self,
        maker: Maker,
        *,
        jobs: int,
        scheduler: str | None,
        timeout_s: float,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._maker = maker
        self._jobs = jobs
        self._scheduler = scheduler
        self._timeout_s = timeout_s
        self._say = say
        self._client: Any = None
        self._local: Any = None

    def __enter__(self) -> Cluster:
        try:
            import dask
            import distributed as untyped
        except ImportError:
            raise MissingExtra("the dask engine", "cluster") from None
        distributed: Any = untyped
        # Its warnings of lost workers run over many lines; what matters is told in ours.
        for name in ("distributed", "tornado.application"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            if self._scheduler is None:
                from aligner.processes import quiet_start

                with quiet_start(), dask.config.set(ONE_EACH):
                    self._local = distributed.LocalCluster(
                        n_workers=self._jobs,
                        threads_per_worker=1,
                        processes=True,
                        dashboard_address=":0",  # any free port; nobody is told of it
                    )
            self._client = distributed.Client(
                self._local or self._scheduler,
                timeout=CONNECT_S,
                set_as_default=False,
            )
        except (OSError, TimeoutError, ValueError) as error:
            raise AlignerError(
                f"{self._scheduler or 'local cluster'}: no Dask scheduler answers ({error}); "
                "check the address, as tcp://HOST:8786"
            ) from error
        return self

    def __exit__(self, *_: object) -> None:
        for one in (self._client, self._local):
            if one is not None:
                with contextlib.suppress(Exception):  # what is lost already need not be closed
                    one.close(timeout=5)

    def run(
        self, items: Iterator[Item], stopping: Callable[[], bool]
    ) -> Iterator[tuple[Item, Outcome]]:
        """Give each item with its outcome, as they come."""
        import distributed as dask

        distributed: Any = dask
        parts = _parts(items, stopping)
        first = next(parts, None)
        if first is None:
            return
        done = distributed.as_completed(loop=self._client.loop)
        sent: dict[Any, tuple[Item, ...]] = {}

        def submit(part: tuple[Item, ...]) -> None:
            future = self._client.submit(
                compare_part, self._maker, part, self._timeout_s, pure=False
            )
            sent[future.key] = part
            futures[future.key] = future
            done.add(future)

        futures: dict[Any, Any] = {}
        try:
            submit(first)
            while futures:
                while len(futures) < self._room():
                    part = next(parts, None)
                    if part is None:
                        break
                    submit(part)
                future = next(done)
                part = sent.pop(future.key)
                del futures[future.key]
                if future.status == "finished":
                    yield from zip(part, self._client.gather(future), strict=True)
                    future.release()
                    continue
                self._refuse_lost_scheduler(future)
                error = future.exception()
                if isinstance(error, AlignerError):
                    raise AlignerError(str(error))
                if len(part) > 1:
                    for item in part:
                        submit((item,))
                else:
                    # Dask has tried it on one worker after another already.
                    told = (
                        f"its workers died, one after the other, or it took longer than "
                        f"{self._timeout_s:g} s"
                    )
                    yield part[0], lost(part[0], "died", told)
        except (OSError, TimeoutError, StopIteration) as error:
            raise self._lost_scheduler() from error

    def _room(self) -> int:
        """How many tasks may be in flight; workers come and go."""
        workers = self._client.scheduler_info(n_workers=-1).get("workers", {})
        threads: int = sum(w.get("nthreads", 1) for w in workers.values())
        return AHEAD * max(threads, 1)

    def _refuse_lost_scheduler(self, future: Any) -> None:
        if future.status in ("cancelled", "lost") or self._client.status not in ("running",):
            raise self._lost_scheduler()

    def _lost_scheduler(self) -> AlignerError:
        return AlignerError(
            f"{self._scheduler or 'local cluster'}: the Dask scheduler is lost; "
            "what came back is stored, start again to go on"
        )


def _parts(items: Iterator[Item], stopping: Callable[[], bool]) -> Iterator[tuple[Item, ...]]:
    part: list[Item] = []
    while not stopping():
        item = next(items, None)
        if item is None:
            break
        part.append(item)
        if len(part) == PART:
            yield tuple(part)
            part = []
    if part and not stopping():
        yield tuple(part)
