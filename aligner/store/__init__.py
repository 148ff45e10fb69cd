"""The store: what is known of every pair, in one SQLite file that no crash can hurt.

The only part with SQL. A result is written whole or not at all; one process writes, any number
read meanwhile. What a reader gets comes in one fixed order, whatever the order of writing.
"""

from __future__ import annotations

import datetime as dt
import os
import socket
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from aligner.store.connection import files_of, open_reader, open_writer, plainly
from aligner.store.lock import WriterLock, is_held
from aligner.store.reading import Reader
from aligner.store.records import (
    Known,
    PairName,
    PairRow,
    Run,
    Sighting,
    StoredFailure,
    StoredPair,
)
from aligner.store.rows import Packed, PackedArticle, pack, storable

__all__ = [
    "Known",
    "Packed",
    "PairName",
    "PairRow",
    "Run",
    "Sighting",
    "Store",
    "StoredFailure",
    "StoredPair",
    "files_of",
    "is_held",
    "pack",
    "storable",
]


class Store(Reader):
    """An open store. Use it with `with`, or close it.

    Not to be shared between threads or processes: each opens its own.
    """

    def __init__(self, path: Path, db: sqlite3.Connection, lock: WriterLock | None = None) -> None:
        super().__init__(path, db)
        self._lock = lock

    @classmethod
    def open(cls, path: str | Path, *, write: bool = False) -> Store:
        """Open a store to read it, or, with `write`, to fill it: then it is made when not there.

        An older version is brought up to date when it is opened to write. Raises StoreError.
        """
        path = Path(path)
        if write:
            return cls(path, *open_writer(path))
        return cls(path, open_reader(path))

    @property
    def is_writer(self) -> bool:
        """Whether it was opened to write."""
        return self._lock is not None

    def close(self) -> None:
        """Close the file and let the next writer in."""
        try:
            with plainly(self.path):
                self._db.close()
        finally:
            if self._lock is not None:
                self._lock.__exit__(None, None, None)
                self._lock = None

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def known(self, name: PairName) -> Known | None:
        """What is known of a pair and of its two files; None when it has never been met."""
        row = self._db.execute(
            "SELECT pair.inputs, made.signature, failure.inputs, failing.signature,"
            " ar.size, ar.mtime_ns, ar.ctime_ns, ar.inode, ar.hash,"
            " en.size, en.mtime_ns, en.ctime_ns, en.inode, en.hash"
            " FROM pair LEFT JOIN settings AS made ON made.id = pair.settings"
            " LEFT JOIN failure ON failure.pair = pair.id"
            " LEFT JOIN settings AS failing ON failing.id = failure.settings"
            " LEFT JOIN file AS ar ON ar.path = ar_name LEFT JOIN file AS en ON en.path = en_name"
            " WHERE ar_name = ? AND en_name = ?",
            name,
        ).fetchone()
        if row is None:
            return None
        return Known(
            row[0],
            row[1],
            row[2],
            row[3],
            None if row[4] is None else Sighting(name.ar, *row[4:9]),
            None if row[9] is None else Sighting(name.en, *row[9:14]),
        )

    def is_first_sight(self, name: PairName) -> bool:
        """Whether this run meets the pair for the first time. Kept on disk, not in memory."""
        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS seen (ar, en, PRIMARY KEY (ar, en))")
        return self._db.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", name).rowcount == 1

    def forget_sights(self) -> None:
        """Begin a new look at the sources."""
        self._db.execute("DROP TABLE IF EXISTS temp.seen")

    @contextmanager
    def writing(self) -> Iterator[None]:
        """What is put within is stored together, or nothing of it.

        Raises StoreError, as when the disk is full; what was stored before is safe.
        """
        with plainly(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                # A full disk has rolled back by itself already.
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def put_result(
        self, name: PairName, packed: Packed, *, inputs: bytes, label: str | None, source: str
    ) -> None:
        """Store a pair's result in place of whatever was known of the pair."""
        db = self._db
        pair = self._pair_id(name, label, source)
        db.execute("DELETE FROM bead WHERE pair = ?", (pair,))
        db.execute("DELETE FROM divergence WHERE pair = ?", (pair,))
        db.execute("DELETE FROM failure WHERE pair = ?", (pair,))
        db.execute(
            "UPDATE pair SET inputs = ?, settings = ?, ar_article = ?, en_article = ?, kind = ?,"
            " ar_aligned = ?, en_aligned = ?, evidence = ? WHERE id = ?",
            (
                inputs,
                self._settings_id(packed.signature),
                self._article_id(packed.ar),
                self._article_id(packed.en),
                packed.kind,
                packed.ar_aligned,
                packed.en_aligned,
                packed.evidence,
                pair,
            ),
        )
        db.executemany(
            "INSERT INTO bead VALUES (?,?,?,?,?,?,?)", [(pair, *b) for b in packed.beads]
        )
        db.executemany(
            "INSERT INTO divergence VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
            [(pair, *d) for d in packed.divergences],
        )

    def put_failure(
        self,
        name: PairName,
        *,
        inputs: bytes,
        signature: str,
        reason: str,
        message: str,
        label: str | None,
        source: str,
        keep_result: bool,
    ) -> None:
        """Record why a pair has no result.

        keep_result: an older result stays, as when a file is gone for now but did not change.
        """
        pair = self._pair_id(name, label, source)
        if not keep_result:
            self._db.execute("DELETE FROM bead WHERE pair = ?", (pair,))
            self._db.execute("DELETE FROM divergence WHERE pair = ?", (pair,))
            self._db.execute(
                "UPDATE pair SET inputs = NULL, settings = NULL, ar_article = NULL,"
                " en_article = NULL, kind = NULL, ar_aligned = NULL, en_aligned = NULL,"
                " evidence = NULL WHERE id = ?",
                (pair,),
            )
        self._db.execute(
            "INSERT OR REPLACE INTO failure VALUES (?, ?, ?, ?, ?)",
            (pair, inputs, self._settings_id(signature), reason, storable(message)),
        )

    def clear_failure(self, name: PairName) -> None:
        """Forget that a pair failed: what its result was made from is there again."""
        self._db.execute(
            "DELETE FROM failure WHERE pair = (SELECT id FROM pair WHERE ar_name = ?"
            " AND en_name = ?)",
            name,
        )

    def put_sighting(self, sighting: Sighting) -> None:
        """Remember what a file holds."""
        self._db.execute("INSERT OR REPLACE INTO file VALUES (?,?,?,?,?,?)", sighting)

    def names_by(self, source: str) -> Iterator[PairName]:
        """The pairs that came by `source`, with a result or without."""
        return (
            PairName(*row)
            for row in self._db.execute(
                "SELECT ar_name, en_name FROM pair WHERE source = ?", (storable(source),)
            )
        )

    def drop(self, names: Iterable[PairName]) -> None:
        """Drop pairs with all that is known of them."""
        self._db.executemany("DELETE FROM pair WHERE ar_name = ? AND en_name = ?", names)

    def begin_run(self, *, signature: str, source: str, engine: str) -> int:
        """Note that a run begins; its number."""
        now = _now()
        with self.writing():
            # Whoever still counts as running is dead: the lock is ours.
            self._db.execute("UPDATE run SET state = 'broken' WHERE state = 'running'")
            cursor = self._db.execute(
                "INSERT INTO run (settings, source, engine, host, process, started, updated, state)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, 'running')",
                (
                    self._settings_id(signature),
                    storable(source),
                    engine,
                    socket.gethostname(),
                    os.getpid(),
                    now,
                    now,
                ),
            )
        number = cursor.lastrowid
        assert number is not None
        return number

    def note_run(
        self,
        number: int,
        *,
        seen: int,
        known: int,
        done: int,
        failed: int,
        seconds: float,
        total: int | None = None,
        state: str = "running",
    ) -> None:
        """Bring a run's figures up to date, within `writing`."""
        self._db.execute(
            "UPDATE run SET seen = ?, known = ?, done = ?, failed = ?, seconds = ?, total = ?,"
            " state = ?, updated = ? WHERE id = ?",
            (seen, known, done, failed, seconds, total, state, _now(), number),
        )

    def vacuum(self) -> int:
        """Drop the articles that no result needs any more and close up; how many they were."""
        with plainly(self.path):
            with self.writing():
                dropped = self._db.execute(
                    "DELETE FROM article WHERE id NOT IN (SELECT ar_article FROM pair"
                    " WHERE ar_article IS NOT NULL UNION SELECT en_article FROM pair"
                    " WHERE en_article IS NOT NULL)"
                ).rowcount
            self._db.execute("VACUUM")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return dropped

    def _pair_id(self, name: PairName, label: str | None, source: str) -> int:
        row = self._db.execute(
            "INSERT INTO pair (ar_name, en_name, label, source) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (ar_name, en_name) DO UPDATE SET label = excluded.label,"
            " source = excluded.source RETURNING id",
            (*name, None if label is None else storable(label), storable(source)),
        ).fetchone()
        return int(row[0])

    def _article_id(self, article: PackedArticle) -> int:
        row = self._db.execute("SELECT id FROM article WHERE hash = ?", (article.hash,)).fetchone()
        if row is None:
            row = self._db.execute(
                "INSERT INTO article (hash, language, title, date, url, outlet, body)"
                " VALUES (?,?,?,?,?,?,?) RETURNING id",
                article,
            ).fetchone()
        return int(row[0])

    def _settings_id(self, signature: str) -> int:
        row = self._db.execute(
            "SELECT id FROM settings WHERE signature = ?", (signature,)
        ).fetchone()
        if row is None:
            row = self._db.execute(
                "INSERT INTO settings (signature) VALUES (?) RETURNING id", (signature,)
            ).fetchone()
        return int(row[0])


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
