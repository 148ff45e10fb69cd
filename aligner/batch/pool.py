"""Processes that may die or hang without harm to more than the item in hand.

The standard ProcessPoolExecutor gives up altogether when one worker is killed, loky fails all that
is in flight, and multiprocessing.Pool waits for ever. Here every worker has a pipe of its own, so
that one that is killed can hold no lock that others need, and its items go to the next one.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import queue
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from aligner.errors import AlignerError
from aligner.processes import quiet_start

I = TypeVar("I")  # noqa: E741
R = TypeVar("R")

ATTEMPTS = 2  # the first, and one retry when the worker died or hung
AHEAD_S = 0.2  # a worker has so much work waiting, that it need not wait for us
AHEAD_MOST = 16  # items
STARTS = 3  # workers in a row that die before they are ready: then something is wrong
START_S = 300.0  # to load a big model
TICK_S = 0.25  # how soon a wish to stop is noticed


@dataclass(eq=False, slots=True)
class _Task(Generic[I]):
    item: I
    attempts: int = 0


@dataclass(eq=False, slots=True)
class _Process(Generic[I]):
    process: BaseProcess
    pipe: Connection
    since: float  # when the task in hand was begun, or the start; time.monotonic()
    ready: bool = False
    tasks: deque[_Task[I]] = field(default_factory=deque)  # the first is in hand


class Pool(Generic[I, R]):
    """`jobs` processes, each with a function of its own made by `make`.

    timeout_s: how long one item may take. lost: gives the result that stands for an item whose
    worker died or hung twice, from the item, "died" or "hung", and a line. Items and results must
    pickle. Use it with `with`: leaving kills what is still at work.
    """

    def __init__(
        self,
        make: Callable[[], Callable[[I], R]],
        *,
        jobs: int,
        timeout_s: float,
        lost: Callable[[I, str, str], R],
    ) -> None:
        self._make = make
        self._jobs = jobs
        self._timeout_s = timeout_s
        self._lost = lost
        self._workers: list[_Process[I]] = []
        self._early_deaths = 0
        self._item_s = AHEAD_S  # a running mean of what an item takes

    def __enter__(self) -> Pool[I, R]:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()
        self._workers.clear()

    @property
    def processes(self) -> tuple[int, ...]:
        """The numbers of the processes at work."""
        return tuple(w.process.pid for w in self._workers if w.process.pid is not None)

    def run(
        self, items: Iterator[I], stopping: Callable[[], bool] = lambda: False
    ) -> Iterator[tuple[I, R]]:
        """Give each item with its result, as they come; at most a few more items are in memory.

        When `stopping` becomes true no item is begun any more, and what is begun is finished.
        """
        waiting: deque[_Task[I]] = deque()  # given back by a worker that died
        more = True
        while True:
            if stopping():
                more = False
                waiting.clear()
            while more and len(waiting) < self._wanted():
                try:
                    waiting.append(_Task(next(items)))
                except StopIteration:
                    more = False
                if stopping():
                    break
            self._hand_out(waiting)
            busy = [w for w in self._workers if w.tasks]
            if not busy and not waiting and not more:
                return
            yield from self._collect(waiting)

    def _wanted(self) -> int:
        ahead = self._ahead()
        held = sum(len(w.tasks) for w in self._workers)
        return max(self._jobs * ahead - held, 0)

    def _ahead(self) -> int:
        return max(2, min(AHEAD_MOST, round(AHEAD_S / max(self._item_s, 1e-6))))

    def _hand_out(self, waiting: deque[_Task[I]]) -> None:
        busy = sum(bool(w.tasks) for w in self._workers)
        while len(self._workers) < min(self._jobs, busy + len(waiting)):
            self._workers.append(self._start())
        ahead = self._ahead()
        # The idle first, one each, so that the last items of a run are shared out.
        for level in range(1, ahead + 1):
            for worker in self._workers:
                while waiting and len(worker.tasks) < level:
                    task = waiting.popleft()
                    if not worker.tasks:
                        worker.since = time.monotonic()
                    worker.tasks.append(task)
                    with contextlib.suppress(OSError):  # it is dead; `_collect` will see it
                        worker.pipe.send(task.item)

    def _collect(self, waiting: deque[_Task[I]]) -> Iterator[tuple[I, R]]:
        by_pipe = {w.pipe: w for w in self._workers}
        for pipe in wait(list(by_pipe), timeout=TICK_S):
            worker = by_pipe[pipe]  # type: ignore[index]
            yield from self._receive(worker, waiting)
        now = time.monotonic()
        for worker in list(self._workers):
            limit = self._timeout_s if worker.ready else START_S
            if worker.tasks and now - worker.since > limit:
                worker.process.kill()
                yield from self._bury(
                    worker, waiting, "hung", f"took longer than {self._timeout_s:g} s, twice"
                )

    def _receive(self, worker: _Process[I], waiting: deque[_Task[I]]) -> Iterator[tuple[I, R]]:
        try:
            while worker.pipe.poll():
                message = worker.pipe.recv()
                now = time.monotonic()
                if not worker.ready:
                    if message is not None:
                        raise message
                    worker.ready = True
                    self._early_deaths = 0
                else:
                    self._item_s += 0.1 * (now - worker.since - self._item_s)
                    yield worker.tasks.popleft().item, message
                worker.since = now
        except (EOFError, OSError):
            worker.process.join()
            how = _how(worker.process.exitcode)
            if not worker.ready:
                self._early_deaths += 1
                if self._early_deaths >= STARTS:
                    raise AlignerError(
                        f"the worker processes die while they start ({how}); "
                        "is there enough memory?"
                    ) from None
            yield from self._bury(worker, waiting, "died", f"its worker died twice, {how}")

    def _bury(
        self, worker: _Process[I], waiting: deque[_Task[I]], reason: str, message: str
    ) -> Iterator[tuple[I, R]]:
        """Share out what a lost worker had; only the item in hand is to blame."""
        self._workers.remove(worker)
        worker.process.join()
        worker.pipe.close()
        tasks = list(worker.tasks)
        if tasks and worker.ready:
            tasks[0].attempts += 1
            if tasks[0].attempts >= ATTEMPTS:
                blamed = tasks.pop(0)
                yield blamed.item, self._lost(blamed.item, reason, message)
        waiting.extendleft(reversed(tasks))

    def _start(self) -> _Process[I]:
        # `spawn`, since a fork of a process with threads may hang, and copies our open files.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._make), daemon=True)
        with quiet_start():
            process.start()
        theirs.close()
        return _Process(process, ours, time.monotonic())


def _serve(pipe: Connection, make: Callable[[], Callable[[Any], Any]]) -> None:
    """The life of a worker: make the function, then an item in, a result out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's affair
    items: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def receive() -> None:
        # A thread that always reads, so that neither side waits for the other to read first.
        while True:
            try:
                items.put(pipe.recv())
            except (EOFError, OSError):
                os._exit(1)  # the parent has gone: nobody is left to work for

    try:
        function = make()
    except AlignerError as error:
        pipe.send(AlignerError(str(error)))
        return
    pipe.send(None)
    threading.Thread(target=receive, daemon=True).start()
    while True:
        try:
            pipe.send(function(items.get()))
        except OSError:
            os._exit(1)


def _how(code: int | None) -> str:
    if code is None or code >= 0:
        return f"exit {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = f"signal {-code}"
    return f"by {name}" + (" (out of memory?)" if name == "SIGKILL" else "")
