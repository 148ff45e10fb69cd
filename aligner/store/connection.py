"""The way to a store's file: opened to read or to write, with what SQLite says put plainly."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aligner.errors import StoreError
from aligner.store import schema
from aligner.store.lock import WriterLock

BUSY_S = 10.0  # a reader's checkpoint or a vacuum may hold the file for a moment


def files_of(path: Path) -> tuple[Path, ...]:
    """All files of a store: itself, its lock, and what SQLite keeps beside it."""
    endings = ("", ".lock", "-wal", "-shm", "-journal")
    return tuple(path.with_name(path.name + ending) for ending in endings)


def open_writer(path: Path) -> tuple[sqlite3.Connection, WriterLock]:
    """The file, made or brought up to date, and the lock that keeps other writers out."""
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; name a file in it, such as {path / 'store.db'}")
    if not path.parent.is_dir():
        raise StoreError(f"{path}: there is no folder {path.parent}; make it first")
    _refuse_stranger(path)
    lock = WriterLock(path).__enter__()
    try:
        with _opening(path):
            db = sqlite3.connect(path, timeout=BUSY_S, isolation_level=None)
            try:
                _refuse_newer(path, schema.version(db))
                db.execute("PRAGMA journal_mode = WAL")
                db.execute("PRAGMA synchronous = NORMAL")  # a power cut costs results, never sense
                db.execute("PRAGMA foreign_keys = ON")
                schema.migrate(db)
            except BaseException:
                db.close()
                raise
    except BaseException:
        lock.__exit__(None, None, None)
        raise
    return db, lock


def open_reader(path: Path) -> sqlite3.Connection:
    """The file, if it is a store of today's version. Raises StoreError."""
    if not path.is_file():
        raise StoreError(f"{path}: no such store; aligner batch SOURCE --store {path} makes one")
    with _opening(path):
        db = connect_reader(path)
        try:
            found = schema.version(db)
            _refuse_newer(path, found)
            if 0 < found < len(schema.MIGRATIONS):
                raise StoreError(
                    f"{path}: is of the older version {found}; "
                    f"'aligner store vacuum {path}' brings it up to date"
                )
            if found == 0:
                raise StoreError(f"{path}: is empty; aligner batch SOURCE --store {path} fills it")
        except BaseException:
            db.close()
            raise
    return db


def connect_reader(path: Path) -> sqlite3.Connection:
    """A connection that never writes, also where nothing may be written."""
    uri = path.absolute().as_uri() + "?mode=ro"
    db = sqlite3.connect(uri, timeout=BUSY_S, isolation_level=None, uri=True)
    try:
        db.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        db.close()
        if path.with_name(path.name + "-wal").exists() or os.access(path.parent, os.W_OK):
            raise
        # Where nothing may be written there can be no index of the log either; without a log
        # none is needed.
        db = sqlite3.connect(uri + "&immutable=1", isolation_level=None, uri=True)
    return db


def _refuse_stranger(path: Path) -> None:
    """Refuse what is no store of ours before a lock is put beside it. Raises StoreError."""
    if not path.is_file():
        return
    with plainly(path):
        # Looked at without its log, which leaves no trace beside a database of somebody else.
        db = sqlite3.connect(path.absolute().as_uri() + "?mode=ro&immutable=1", uri=True)
        try:
            _refuse_newer(path, schema.version(db))
        except sqlite3.Error as error:
            # Of anything else the log may know better; then the writer will meet it.
            if getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
                raise
        finally:
            db.close()


def _refuse_newer(path: Path, found: int) -> None:
    if found > len(schema.MIGRATIONS):
        raise StoreError(
            f"{path}: was written by a newer aligner (store version {found}, this one knows "
            f"{len(schema.MIGRATIONS)}); upgrade aligner"
        )


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """Tell what SQLite complains of in one line that says what to do."""
    try:
        yield
    except StoreError as error:
        told = str(error)
        raise error if told.startswith(str(path)) else StoreError(f"{path}: {told}") from None
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {_cure(error)}") from error


@contextmanager
def _opening(path: Path) -> Iterator[None]:
    """As `plainly`, but what cannot even be opened no other command can tell more about."""
    with plainly(path):
        try:
            yield
        except sqlite3.Error as error:
            if not is_damage(error):
                raise
            told = "is damaged at its root and cannot be opened; restore it from a copy"
            raise StoreError(f"{path}: {told}") from error


def is_damage(error: sqlite3.Error) -> bool:
    """Whether SQLite complains of what the file holds, and not of what hinders it from reading."""
    # What Python itself cannot decode has no name.
    name = getattr(error, "sqlite_errorname", None)
    return name is None or name.startswith("SQLITE_CORRUPT")


def _cure(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", "") or ""
    for beginning, told in _CURES:
        if name.startswith(beginning):
            return told
    return f"cannot be used: {error}"


_CURES = (
    ("SQLITE_FULL", "the disk is full; what was stored is safe: make room and start again"),
    (
        "SQLITE_IOERR",
        "the disk is full, or has a fault; what was stored is safe: make room and start again",
    ),
    ("SQLITE_READONLY", "is read-only; copy it to where you may write"),
    ("SQLITE_CANTOPEN", "cannot be opened; check that you may write in its folder"),
    ("SQLITE_NOTADB", "is not a store (no SQLite file); name another file"),
    ("SQLITE_CORRUPT", "is damaged; 'aligner store check' tells more, 'store export' may save it"),
    ("SQLITE_BUSY", "is in use by another program; try again later"),
)
