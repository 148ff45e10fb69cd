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
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from aligner.bitext import Comparison
from aligner.errors import StoreError
from aligner.store import schema
from aligner.store.lock import WriterLock, is_held
from aligner.store.rows import (
    Packed,
    PackedArticle,
    PackedBead,
    PackedDivergence,
    pack,
    storable,
    unpack,
)

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
    "is_held",
    "pack",
    "storable",
]

BUSY_S = 10.0  # a reader's checkpoint or a vacuum may hold the file for a moment


class PairName(NamedTuple):
    """By what a pair is known: where its two articles came from."""

    ar: str
    en: str


class Sighting(NamedTuple):
    """A file as it was when its content was read."""

    path: str
    size: int  # bytes
    mtime_ns: int
    ctime_ns: int
    inode: int
    hash: bytes  # SHA-256 of the content


class Known(NamedTuple):
    """What the store knows of a pair before it is looked at again."""

    inputs: bytes | None  # what its result was made from; None without a result
    signature: str | None
    failed_inputs: bytes | None  # what it last failed on; None if it did not
    failed_signature: str | None
    ar: Sighting | None
    en: Sighting | None


@dataclass(frozen=True, slots=True)
class StoredPair:
    """A pair with its result and what the manifest said of it."""

    name: PairName
    label: str | None
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class StoredFailure:
    """A pair that has no result for what its files hold now."""

    name: PairName
    label: str | None
    reason: str  # a word to group by: "unreadable", "died", "hung", …
    message: str


class PairRow(NamedTuple):
    """A pair in figures, for tables over all pairs."""

    ar_name: str
    en_name: str
    label: str | None
    outlet: str | None
    date: str | None  # ISO 8601
    title: str | None  # the Arabic one, or else the English
    kind: str
    ar_aligned: float  # 0 to 1: characters of content in two-sided beads
    en_aligned: float
    beads: int
    divergences: int


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the batch, as the store tells it."""

    number: int
    source: str
    engine: str
    host: str
    process: int
    started: str
    updated: str
    state: str  # running, finished, stopped, broken
    total: int | None
    seen: int
    known: int
    done: int
    failed: int
    seconds: float
    signature: str


class Store:
    """An open store. Use it with `with`, or close it.

    Not to be shared between threads or processes: each opens its own.
    """

    def __init__(self, path: Path, db: sqlite3.Connection, lock: WriterLock | None) -> None:
        self.path = path
        self._db = db
        self._lock = lock

    @classmethod
    def open(cls, path: str | Path, *, write: bool = False) -> Store:
        """Open a store to read it, or, with `write`, to fill it: then it is made when not there.

        An older version is brought up to date when it is opened to write. Raises StoreError.
        """
        path = Path(path)
        if write:
            return _open_writer(path)
        return _open_reader(path)

    @property
    def is_writer(self) -> bool:
        """Whether it was opened to write."""
        return self._lock is not None

    def close(self) -> None:
        """Close the file and let the next writer in."""
        try:
            with _plainly(self.path):
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

    # -- reading ---------------------------------------------------------------------------

    def comparisons(self) -> Iterator[Comparison]:
        """Every result, in the order of the pairs' names. One at a time is in memory."""
        return (pair.comparison for pair in self.pairs())

    def pairs(self) -> Iterator[StoredPair]:
        """Every pair that has a result, in the order of their names, as of this moment.

        What is written meanwhile is not seen. Raises StoreError where the file is damaged.
        """
        with _plainly(self.path), self._snapshot() as db:
            for row in db.execute(_PAIRS):
                yield _stored_pair(db, row)

    def pair(self, name: PairName) -> StoredPair | None:
        """One pair's result, or None."""
        with _plainly(self.path):
            row = self._db.execute(
                _PAIRS.replace(_ORDER, " AND pair.ar_name = ? AND pair.en_name = ?"),
                (storable(name.ar), storable(name.en)),
            ).fetchone()
            return None if row is None else _stored_pair(self._db, row)

    def failures(self) -> Iterator[StoredFailure]:
        """Every pair that failed on what its files hold, in the order of their names."""
        with _plainly(self.path), self._snapshot() as db:
            for ar, en, label, reason, message in db.execute(
                "SELECT ar_name, en_name, label, reason, message FROM failure"
                " JOIN pair ON pair.id = failure.pair ORDER BY ar_name, en_name"
            ):
                yield StoredFailure(PairName(ar, en), label, reason, message)

    def rows(self) -> Iterator[PairRow]:
        """Every pair that has a result in figures, in the order of their names."""
        with _plainly(self.path), self._snapshot() as db:
            for row in db.execute(
                "SELECT ar_name, en_name, label, coalesce(ar.outlet, en.outlet),"
                " coalesce(ar.date, en.date), coalesce(ar.title, en.title), kind,"
                " ar_aligned, en_aligned,"
                " (SELECT count(*) FROM bead WHERE bead.pair = pair.id),"
                " (SELECT count(*) FROM divergence WHERE divergence.pair = pair.id)"
                " FROM pair JOIN article AS ar ON ar.id = ar_article"
                " JOIN article AS en ON en.id = en_article" + _ORDER
            ):
                yield PairRow(*row)

    def runs(self) -> tuple[Run, ...]:
        """All runs, the latest first."""
        with _plainly(self.path):
            return tuple(
                Run(*row)
                for row in self._db.execute(
                    "SELECT run.id, source, engine, host, process, started, updated, state, total,"
                    " seen, known, done, failed, seconds, signature"
                    " FROM run JOIN settings ON settings.id = run.settings ORDER BY run.id DESC"
                )
            )

    def counts(self) -> dict[str, int]:
        """How many rows of each sort there are."""
        with _plainly(self.path):
            counts = {
                table: self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("article", "bead", "divergence", "failure", "run")
            }
            done = self._db.execute("SELECT count(*) FROM pair WHERE inputs IS NOT NULL")
            return {"pair": done.fetchone()[0], **counts}

    def signatures(self) -> dict[str, int]:
        """For each signature, versions and settings in one line, how many results it made."""
        with _plainly(self.path):
            return dict(
                self._db.execute(
                    "SELECT signature, count(*) FROM pair JOIN settings"
                    " ON settings.id = pair.settings WHERE inputs IS NOT NULL"
                    " GROUP BY signature ORDER BY signature"
                )
            )

    @property
    def version(self) -> int:
        """The version of its tables."""
        with _plainly(self.path):
            return schema.version(self._db)

    def check(self) -> Iterator[str]:
        """What is wrong with the file, a line each; nothing when it is sound."""
        with _plainly(self.path):
            for (line,) in self._db.execute("PRAGMA integrity_check"):
                if line != "ok":
                    yield f"damaged file: {line}"
            for table, _, parent, _ in self._db.execute("PRAGMA foreign_key_check"):
                yield f"a row of {table} belongs to no row of {parent}"
            yield from self._check_pairs()

    def _check_pairs(self) -> Iterator[str]:
        for row in self._db.execute(_PAIRS):
            name = f"{row[1]} / {row[2]}"
            try:
                comparison = _stored_pair(self._db, row).comparison
            except (ValueError, KeyError, IndexError, TypeError, ArithmeticError) as error:
                yield f"{name}: cannot be read back: {error}"
                continue
            for side in (comparison.ar, comparison.en):
                held = [i for b in comparison.alignment for i in b.side(side.language)]
                if sorted(held) != list(side.content):
                    yield (
                        f"{name}: the beads do not hold every {side.language.label} sentence once"
                    )

    # -- writing ---------------------------------------------------------------------------

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
        with _plainly(self.path):
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

    def drop_others(self, source: str, keep: Iterable[PairName]) -> int:
        """Drop the pairs that came by `source` and are not among `keep`; how many they were."""
        db = self._db
        db.execute("CREATE TEMP TABLE IF NOT EXISTS keep (ar, en, PRIMARY KEY (ar, en))")
        db.execute("DELETE FROM keep")
        db.executemany("INSERT OR IGNORE INTO keep VALUES (?, ?)", keep)
        return db.execute(
            "DELETE FROM pair WHERE source = ? AND (ar_name, en_name) NOT IN"
            " (SELECT ar, en FROM keep)",
            (source,),
        ).rowcount

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
        with _plainly(self.path):
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

    @contextmanager
    def _snapshot(self) -> Iterator[sqlite3.Connection]:
        # A connection of its own: a reader that stops half-way must not hold this one's state.
        db = _connect_reader(self.path)
        try:
            db.execute("BEGIN")
            yield db
        finally:
            db.close()


_ORDER = " ORDER BY pair.ar_name, pair.en_name"
_ARTICLE_COLUMNS = "{0}.hash, {0}.language, {0}.title, {0}.date, {0}.url, {0}.outlet, {0}.body"
_PAIRS = (
    "SELECT pair.id, ar_name, en_name, label, kind, ar_aligned, en_aligned, evidence, signature, "
    + _ARTICLE_COLUMNS.format("ar")
    + ", "
    + _ARTICLE_COLUMNS.format("en")
    + " FROM pair JOIN settings ON settings.id = pair.settings"
    " JOIN article AS ar ON ar.id = ar_article JOIN article AS en ON en.id = en_article"
    " WHERE inputs IS NOT NULL" + _ORDER
)


def _stored_pair(db: sqlite3.Connection, row: tuple[Any, ...]) -> StoredPair:
    pair, ar_name, en_name, label, kind, ar_aligned, en_aligned, evidence, signature = row[:9]
    packed = Packed(
        ar=PackedArticle(*row[9:16]),
        en=PackedArticle(*row[16:23]),
        kind=kind,
        ar_aligned=ar_aligned,
        en_aligned=en_aligned,
        evidence=evidence,
        beads=tuple(
            PackedBead(*bead)
            for bead in db.execute(
                "SELECT number, ar, en, similarity, probability, moved FROM bead"
                " WHERE pair = ? ORDER BY number",
                (pair,),
            )
        ),
        divergences=tuple(
            PackedDivergence(*divergence)
            for divergence in db.execute(
                "SELECT number, kind, side, paragraph, sentences, probability, start, "
                '"end", other, other_start, other_end, detail'
                " FROM divergence WHERE pair = ? ORDER BY number",
                (pair,),
            )
        ),
        signature=signature,
    )
    comparison = unpack(packed, ar_name=ar_name, en_name=en_name)
    return StoredPair(PairName(ar_name, en_name), label, comparison)


def _open_writer(path: Path) -> Store:
    if path.is_dir():
        raise StoreError(f"{path}: is a folder; name a file in it, such as {path / 'store.db'}")
    if not path.parent.is_dir():
        raise StoreError(f"{path}: there is no folder {path.parent}; make it first")
    lock = WriterLock(path).__enter__()
    try:
        with _plainly(path):
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
    return Store(path, db, lock)


def _open_reader(path: Path) -> Store:
    if not path.is_file():
        raise StoreError(f"{path}: no such store; aligner batch SOURCE --store {path} makes one")
    with _plainly(path):
        db = _connect_reader(path)
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
    return Store(path, db, None)


def _connect_reader(path: Path) -> sqlite3.Connection:
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


def _refuse_newer(path: Path, found: int) -> None:
    if found > len(schema.MIGRATIONS):
        raise StoreError(
            f"{path}: was written by a newer aligner (store version {found}, this one knows "
            f"{len(schema.MIGRATIONS)}); upgrade aligner"
        )


@contextmanager
def _plainly(path: Path) -> Iterator[None]:
    """Tell what SQLite complains of in one line that says what to do."""
    try:
        yield
    except StoreError as error:
        told = str(error)
        raise error if told.startswith(str(path)) else StoreError(f"{path}: {told}") from None
    except sqlite3.Error as error:
        raise StoreError(f"{path}: {_cure(error)}") from error


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


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
