"""One writer at a time: a lock that the system itself lets go when its holder dies."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import TracebackType

from aligner.errors import StoreError

PATIENCE_S = 1.0  # a look at the lock, such as `--status` takes, holds it for an instant


class WriterLock:
    """The right to write a store, held by this process alone.

    A file beside the store, locked for as long as it is open: no kill can leave it locked. It is
    never removed, for a second writer might hold the removed one.
    """

    def __init__(self, store: Path) -> None:
        self.path = store.with_name(store.name + ".lock")
        self._store = store
        self._file: int | None = None

    def __enter__(self) -> WriterLock:
        try:
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise StoreError(
                f"{self._store}: cannot be written: {error.strerror}; a store is kept where "
                "you may write, on a local disk"
            ) from error
        patient_until = time.monotonic() + PATIENCE_S
        while not _try_lock(self._file):
            if time.monotonic() > patient_until:
                os.lseek(self._file, 0, os.SEEK_SET)
                holder = os.read(self._file, 100).decode("utf-8", "replace").strip()
                self._close()
                raise StoreError(
                    f"{self._store}: another batch is writing it ({holder or 'unknown process'}); "
                    "wait for it, or see how far it is with --status"
                )
            time.sleep(0.02)
        os.ftruncate(self._file, 0)
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, f"process {os.getpid()}".encode())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def _close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def is_held(store: Path) -> bool:
    """Whether a batch is writing this store now."""
    try:
        file = os.open(store.with_name(store.name + ".lock"), os.O_RDWR)
    except OSError:
        return False
    try:
        return not _try_lock(file)
    finally:
        os.close(file)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: int) -> bool:
        # A byte far behind the text is locked, so that the text can be read meanwhile.
        os.lseek(file, 1 << 20, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
