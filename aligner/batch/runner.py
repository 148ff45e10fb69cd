"""The batch: plan, compare, store. One process writes; the engine's workers do the rest."""

from __future__ import annotations

import itertools
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from aligner.batch.manifest import BadSource
from aligner.batch.pile import Pile, read_pile
from aligner.batch.plan import Fate, Planned, plan
from aligner.batch.pool import Pool
from aligner.batch.source import BadRow, Item, Source
from aligner.batch.stopping import Stop, listening
from aligner.batch.summary import SHOWN_FAILURES, Summary
from aligner.batch.work import Maker, Outcome, lost
from aligner.errors import AlignerError, UnknownName
from aligner.pipeline import Pipeline
from aligner.report.wording import counted
from aligner.store import PairName, Sighting, Store

FLUSH_PAIRS = 256  # stored together: a kill costs no more than these
FLUSH_S = 1.0
COUNT_MOST = 1_000_000  # pairs counted beforehand, for the time left
WATCH_S = 10.0
LEAST_TIMEOUT_S = 0.1
ENGINES = ("local", "dask")


class Engine(Protocol):
    """What compares items: here or elsewhere, in any order."""

    def run(
        self, items: Iterator[Item], stopping: Callable[[], bool]
    ) -> Iterator[tuple[Item, Outcome]]: ...


class Observer(Protocol):
    """Who is told how far the batch has come."""

    def step(self, summary: Summary) -> None:
        """The figures have changed."""
        ...

    def say(self, line: str) -> None:
        """Something that a person should know."""
        ...


class Silent:
    """An observer that tells nobody."""

    def step(self, summary: Summary) -> None:
        """Nothing."""

    def say(self, line: str) -> None:
        """Nothing."""


def run(
    sources: str | Path | Sequence[str | Path],
    store: str | Path,
    *,
    jobs: int | None = None,
    engine: str = "local",
    scheduler: str | None = None,
    model: str | None = None,
    device: str | None = None,
    pair: bool = False,
    watch: bool = False,
    watch_s: float = WATCH_S,
    dry_run: bool = False,
    limit: int | None = None,
    retry_failed: bool = False,
    force: bool = False,
    timeout_s: float = 120.0,
    observer: Observer | None = None,
) -> Summary:
    """Compare all pairs of the sources that the store does not have yet, or that changed.

    sources: folders, globs or manifests of pairs; with `pair`, piles of articles to be paired
    first. store: made when it is not there. jobs: processes, by default one a processor.
    engine: "local" or "dask", the latter on the cluster at `scheduler`. watch: go on looking for
    new pairs, every `watch_s` seconds, until stopped. dry_run: only count what would be done.
    limit: pairs to be done at most. retry_failed, force: do again what failed, or everything.
    timeout_s: how long a pair may take; one that takes longer, or that kills its worker, is tried
    once more and then recorded as failed.

    It may be stopped or killed at any moment and started again. Raises BadSource, StoreError,
    ModelError, and AlignerError when the workers cannot be had or a number is out of its range.
    """
    if engine not in ENGINES:
        raise UnknownName("engine", engine, ENGINES)
    _refuse_less("jobs", jobs, 1)
    _refuse_less("limit", limit, 0)
    _refuse_less("timeout_s", timeout_s, LEAST_TIMEOUT_S)
    _refuse_less("watch_s", watch_s, 0)
    given = [sources] if isinstance(sources, str | Path) else list(sources)
    batch = _Batch(
        [str(s) for s in given],
        Path(store),
        pipeline=Pipeline(model, device),
        jobs=jobs or _processors(),
        pair=pair,
        limit=limit,
        retry_failed=retry_failed,
        force=force,
        observer=observer or Silent(),
    )
    batch.refuse_sources(empty_too=not watch)
    if dry_run:
        return batch.dry_run()

    def make() -> AbstractContextManager[Engine]:
        maker = Maker(model, device)
        if engine == "dask":
            from aligner.batch.cluster import Cluster

            return Cluster(
                maker,
                jobs=jobs or _processors(),
                scheduler=scheduler,
                timeout_s=timeout_s,
                say=batch.observer.say,
            )
        return Pool(maker, jobs=jobs or _processors(), timeout_s=timeout_s, lost=lost)

    return batch.run(make, engine, watch_s if watch else None)


def _refuse_less(name: str, value: float | None, least: float) -> None:
    if value is not None and not value >= least:  # NaN is no number to work by either
        raise AlignerError(f"{name} is {value}; give {least:g} or more")


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Batch:
    """A run's settings and figures."""

    def __init__(
        self,
        sources: list[str],
        path: Path,
        *,
        pipeline: Pipeline,
        jobs: int,
        pair: bool,
        limit: int | None,
        retry_failed: bool,
        force: bool,
        observer: Observer,
    ) -> None:
        self.path = path
        self.sources = [Source(s, path.parent) for s in sources]
        self.pipeline = pipeline
        self.jobs = jobs
        self.pair = pair
        self.limit = limit
        self.retry_failed = retry_failed
        self.force = force
        self.observer = observer
        self.summary = Summary(signature=pipeline.signature)
        self._begun = time.monotonic()
        self._is_first_look = True  # at the sources; `watch` takes more
        self._handed_out = 0  # pairs, in all looks together
        self._told: set[str] = set()  # so that each look need not tell them again
        self._failed: set[PairName] = set()  # in this run
        self._fresh: list[Sighting] = []  # learnt while planning, not yet stored
        self._recovered: list[Item] = []

    def refuse_sources(self, *, empty_too: bool) -> None:
        """Look at the sources before anything is made.

        Raises BadSource for what is none and, with `empty_too`, when none of them names a pair.
        """
        for source in self.sources:
            if not source.is_there():
                raise source.absence()
        if self.pair:
            return
        silent = [source for source in self.sources if not source.names_pairs()]
        if empty_too and len(silent) == len(self.sources):
            raise BadSource("; ".join(source.why_silent() for source in silent))
        for source in silent:
            self.observer.say(source.why_silent())

    def dry_run(self) -> Summary:
        """Count what would be done; the store is not made or changed."""
        with _as_it_is(self.path) as store:
            for item in self._todo(store, lambda: False):
                self.summary.todo += 1
                self.observer.say(f"would be done: {item.name.ar} / {item.name.en}")
        return self._timed()

    def run(
        self,
        make: Callable[[], AbstractContextManager[Engine]],
        engine_name: str,
        watch_s: float | None,
    ) -> Summary:
        """Do it, once or until stopped."""
        with (
            listening(self.observer.say) as stop,
            Store.open(self.path, write=True) as store,
        ):
            number = store.begin_run(
                signature=self.pipeline.signature,
                source=" ".join(s.given for s in self.sources),
                engine=engine_name,
            )
            state = "broken"
            try:
                with make() as engine:
                    self._once(store, engine, stop, number)
                    while watch_s is not None and not stop() and not self._limit_reached():
                        _sleep(watch_s, stop)
                        self._look_again(store, engine, stop, number)
                state = "stopped" if stop() else "finished"
                self.summary.stopped = stop() and watch_s is None
            except KeyboardInterrupt:
                state = "stopped"
                raise
            finally:
                self._timed()
                _note_end(store, number, self.summary, state)
        return self.summary

    def _once(self, store: Store, engine: Engine, stop: Stop, number: int) -> None:
        self._store_all(store, engine.run(self._todo(store, stop), stop), number)
        if not stop() and self.limit is None:
            self.summary.total = self.summary.seen

    def _look_again(self, store: Store, engine: Engine, stop: Stop, number: int) -> None:
        """One more look at the sources, as `watch` takes them."""
        gone = [s.given for s in self.sources if not s.is_there()]
        if stop() or gone:
            return  # a disk that is not mounted now may be so later
        store.forget_sights()
        self._is_first_look = False
        summary = self.summary
        done, failed = summary.done, summary.failed
        # What is counted anew at every look; what is new is added to the rest.
        summary.total = None
        summary.failed_before = summary.twice = 0
        summary.alone = summary.beside = summary.unread = 0
        self._once(store, engine, stop, number)
        done, failed = summary.done - done, summary.failed - failed
        if done or failed:
            self.observer.say(f"{done:,} new pairs compared, {failed:,} failed")

    def _store_all(
        self, store: Store, outcomes: Iterable[tuple[Item, Outcome]], number: int
    ) -> None:
        pending: list[tuple[Item, Outcome]] = []
        flushed = time.monotonic()
        for item, outcome in outcomes:
            if outcome.reason == "missing":
                self._refuse_vanished(item)
            pending.append((item, outcome))
            self._count_in(item, outcome)
            now = time.monotonic()
            if len(pending) >= FLUSH_PAIRS or now - flushed >= FLUSH_S:
                self._flush(store, pending, number)
                flushed = now
                self.observer.step(self._timed())
        self._flush(store, pending, number)
        self.observer.step(self._timed())

    def _refuse_vanished(self, item: Item) -> None:
        """Ten thousand missing files are one failure when their disk has gone."""
        source = Source(item.source, self.path.parent)
        if not self.pair and not source.is_there():
            raise BadSource(
                f"{item.source}: has vanished; {counted(self.summary.done, 'pair')} stored, "
                "start it again when it is back"
            )

    def _flush(self, store: Store, pending: list[tuple[Item, Outcome]], number: int) -> None:
        self._remember(store)
        with store.writing():
            for item, outcome in pending:
                _put(store, item, outcome, self.pipeline.signature)
            _note(store, number, self._timed(), "running")
        pending.clear()

    def _remember(self, store: Store) -> None:
        """Store what planning learnt, so that it need not be kept in memory."""
        if store.is_writer and (self._fresh or self._recovered):
            with store.writing():
                for sighting in self._fresh:
                    store.put_sighting(sighting)
                for item in self._recovered:
                    store.clear_failure(item.name)
        self._fresh.clear()
        self._recovered.clear()

    def _count_in(self, item: Item, outcome: Outcome) -> None:
        if outcome.packed is not None:
            self.summary.done += 1
            self.summary.kinds[outcome.packed.kind] += 1
        else:
            self._failed.add(item.name)
            line = f"{item.name.ar} / {item.name.en}: {outcome.message}"
            self.summary.fail(outcome.reason, line)
            self.observer.say(f"failed ({outcome.reason}): {line}")

    def _todo(self, store: Store, stop: Callable[[], bool]) -> Iterator[Item]:
        """What has to be done, found as it is asked for."""
        for item in self._items(store):
            if stop() or self._limit_reached():
                return
            if isinstance(item, BadRow):
                self._count_bad(item)
                continue
            planned = plan(
                store,
                item,
                self.pipeline.signature,
                force=self.force and self._is_first_look,
                retry_failed=self.retry_failed and self._is_first_look,
            )
            self._learn(item, planned)
            if len(self._fresh) + len(self._recovered) >= FLUSH_PAIRS:
                self._remember(store)
            if planned.fate.is_work:
                if self.summary.total is None and store.is_writer:
                    self.summary.total = self._count()
                self._handed_out += 1
                yield item

    def _count_bad(self, row: BadRow) -> None:
        line = f"{row.where}: {row.message}"
        if self._is_news(line):
            self.summary.fail(row.reason, line)
            self.observer.say(f"failed ({row.reason}): {line}")

    def _is_news(self, line: str) -> bool:
        """Whether this run has not told it yet."""
        known = len(self._told)
        self._told.add(line)
        return len(self._told) > known

    def _learn(self, item: Item, planned: Planned) -> None:
        self._fresh.extend(planned.sightings)
        match planned.fate:
            case Fate.DONE:
                # Later looks meet what this run has done itself.
                self.summary.known += self._is_first_look
                if planned.recovered:
                    self._recovered.append(item)
            case Fate.FAILED:
                self.summary.failed_before += item.name not in self._failed
            case Fate.TWICE:
                self.summary.twice += 1

    def _items(self, store: Store) -> Iterator[Item | BadRow]:
        if not self.pair:

            def alone(*files: Path) -> None:
                self.summary.alone += len(files)

            def beside(file: Path, taken: Path) -> None:
                self.summary.beside += 1
                if self.summary.beside <= SHOWN_FAILURES:
                    self._leave_out(f"{file}: {taken.name} is that side of the pair already")

            return itertools.chain.from_iterable(s.items(alone, beside) for s in self.sources)
        pile = read_pile(
            [s.given for s in self.sources],
            self.path.parent,
            self.pipeline,
            jobs=self.jobs,
            left_out=self._leave_out,
        )
        self.summary.total = len(pile.items)
        self._keep_up(store, pile)
        return itertools.chain(pile.unnamed, pile.items)

    def _leave_out(self, line: str) -> None:
        if self._is_news(line):
            self.observer.say(f"left out: {line}")

    def _keep_up(self, store: Store, pile: Pile) -> None:
        """Drop the pairs that are none any more, and count those of which that cannot be told."""
        gone = list(pile.no_longer(store.names_by(pile.source)))
        self.summary.unread = sum(1 for _ in pile.unread(store.names_by(pile.source)))
        self.summary.dropped += len(gone)
        if store.is_writer:
            with store.writing():
                store.drop(gone)

    def _count(self) -> int | None:
        items = itertools.chain.from_iterable(s.items() for s in self.sources)
        count = sum(1 for _ in itertools.islice(items, COUNT_MOST + 1))
        return count if count <= COUNT_MOST else None

    def _limit_reached(self) -> bool:
        return self.limit is not None and self._handed_out >= self.limit

    def _timed(self) -> Summary:
        self.summary.seconds = time.monotonic() - self._begun
        return self.summary


@contextmanager
def _as_it_is(path: Path) -> Iterator[Store]:
    """The store, only to be read. One that is not there yet is as good as an empty one."""
    if path.exists():
        with Store.open(path) as store:
            yield store
        return
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "empty.db"
        Store.open(empty, write=True).close()
        with Store.open(empty) as store:
            yield store


def _put(store: Store, item: Item, outcome: Outcome, signature: str) -> None:
    for sighting in outcome.sightings:
        store.put_sighting(sighting)
    if outcome.packed is not None:
        store.put_result(
            item.name, outcome.packed, inputs=outcome.inputs, label=item.label, source=item.source
        )
        return
    store.put_failure(
        item.name,
        inputs=outcome.inputs,
        signature=signature,
        reason=outcome.reason,
        message=outcome.message,
        label=item.label,
        source=item.source,
        keep_result=outcome.reason == "missing",
    )


def _note(store: Store, number: int, summary: Summary, state: str) -> None:
    store.note_run(
        number,
        seen=summary.seen,
        known=summary.known,
        done=summary.done,
        failed=summary.failed,
        seconds=summary.seconds,
        total=summary.total,
        state=state,
    )


def _note_end(store: Store, number: int, summary: Summary, state: str) -> None:
    try:
        with store.writing():
            _note(store, number, summary, state)
    except AlignerError:
        # The disk is full: that is being told already, and a run without an end is seen as broken.
        if state == "finished":
            raise


def _sleep(seconds: float, stop: Stop) -> None:
    until = time.monotonic() + seconds
    while not stop() and time.monotonic() < until:
        time.sleep(min(0.2, seconds))
