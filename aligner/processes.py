"""Starting processes that stay out of the user's way."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator

THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")


@contextlib.contextmanager
def quiet_start() -> Iterator[None]:
    """Start processes that have one thread each, are deaf to Ctrl-C and run no user's script."""
    with _one_thread(), _without_main(), _deaf():
        yield


@contextlib.contextmanager
def _one_thread() -> Iterator[None]:
    """Each worker has one processor: more threads would only get in each other's way."""
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Keep a worker from running the user's script again, guarded by `__main__` or not."""
    main = sys.modules["__main__"]
    kept = {n: getattr(main, n) for n in ("__file__", "__spec__") if hasattr(main, n)}
    for name in kept:
        setattr(main, name, None)
    try:
        yield
    finally:
        for name, value in kept.items():
            setattr(main, name, value)


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """A child begins with Ctrl-C ignored, for it would break in its imports otherwise."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
