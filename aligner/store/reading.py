"""What can be asked of a store, in one fixed order whatever the order of writing."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aligner.bitext import Comparison
from aligner.errors import StoreError
from aligner.store import schema
from aligner.store.connection import connect_reader, is_damage, plainly
from aligner.store.records import PairName, PairRow, Run, StoredFailure, StoredPair
from aligner.store.rows import (
    Packed,
    PackedArticle,
    PackedBead,
    PackedDivergence,
    storable,
    unpack,
)
from aligner.store.sense import misplaced


class Reader:
    """The questions to an open file."""

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        self.path = path
        self._db = db

    def comparisons(self) -> Iterator[Comparison]:
        """Every result, in the order of the pairs' names. One at a time is in memory."""
        return (pair.comparison for pair in self.pairs())

    def pairs(self) -> Iterator[StoredPair]:
        """Every pair that has a result, in the order of their names, as of this moment.

        What is written meanwhile is not seen. Raises StoreError where the file is damaged.
        """
        with plainly(self.path), self._snapshot() as db:
            for number, *names in db.execute(_NAMES):
                yield _read(db, number, PairName(*names))

    def pair(self, name: PairName) -> StoredPair | None:
        """One pair's result, or None. Raises StoreError where it is damaged."""
        with plainly(self.path):
            row = self._db.execute(
                _NAMES.replace(_ORDER, " AND ar_name = ? AND en_name = ?"),
                (storable(name.ar), storable(name.en)),
            ).fetchone()
            return None if row is None else _read(self._db, row[0], PairName(*row[1:]))

    def failures(self) -> Iterator[StoredFailure]:
        """Every pair that failed on what its files hold, in the order of their names."""
        with plainly(self.path), self._snapshot() as db:
            for ar, en, label, reason, message in db.execute(
                "SELECT ar_name, en_name, label, reason, message FROM failure"
                " JOIN pair ON pair.id = failure.pair ORDER BY ar_name, en_name"
            ):
                yield StoredFailure(PairName(ar, en), label, reason, message)

    def rows(self) -> Iterator[PairRow]:
        """Every pair that has a result in figures, in the order of their names."""
        with plainly(self.path), self._snapshot() as db:
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
        with plainly(self.path):
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
        with plainly(self.path):
            counts = {
                table: self._db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("article", "bead", "divergence", "failure", "run")
            }
            done = self._db.execute("SELECT count(*) FROM pair WHERE inputs IS NOT NULL")
            return {"pair": done.fetchone()[0], **counts}

    def signatures(self) -> dict[str, int]:
        """For each signature, versions and settings in one line, how many results it made."""
        with plainly(self.path):
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
        with plainly(self.path):
            return schema.version(self._db)

    def check(self) -> Iterator[str]:
        """What is wrong with the file, a line each; nothing when it is sound.

        Raises StoreError only for what is no damage, as where another program holds the file.
        """
        with plainly(self.path):
            for step, what in (
                (self._check_file, "the pages"),
                (self._check_links, "the tables"),
                (self._check_pairs, "the list of pairs"),
            ):
                try:
                    yield from step()
                except sqlite3.Error as error:
                    if not is_damage(error):
                        raise
                    yield f"damaged file: {what} cannot be read to the end: {error}"

    def _check_file(self) -> Iterator[str]:
        for (line,) in self._db.execute("PRAGMA integrity_check"):
            if line != "ok":
                yield f"damaged file: {line}"

    def _check_links(self) -> Iterator[str]:
        for table, _, parent, _ in self._db.execute("PRAGMA foreign_key_check"):
            yield f"a row of {table} belongs to no row of {parent}"

    def _check_pairs(self) -> Iterator[str]:
        for number, *names in self._db.execute(_NAMES):
            name = PairName(*names)
            try:
                comparison = _read(self._db, number, name).comparison
            except StoreError as error:
                yield str(error)
                continue
            for side in (comparison.ar, comparison.en):
                held = [i for b in comparison.alignment for i in b.side(side.language)]
                if sorted(held) != list(side.content):
                    yield (
                        f"{_told(name)}: the beads do not hold every {side.language.label} "
                        "sentence once"
                    )

    @contextmanager
    def _snapshot(self) -> Iterator[sqlite3.Connection]:
        # A connection of its own: a reader that stops half-way must not hold this one's state.
        db = connect_reader(self.path)
        try:
            db.execute("BEGIN")
            yield db
        finally:
            db.close()


_ORDER = " ORDER BY ar_name, en_name"
_NAMES = "SELECT id, ar_name, en_name FROM pair WHERE inputs IS NOT NULL" + _ORDER
_ARTICLE_COLUMNS = "{0}.hash, {0}.language, {0}.title, {0}.date, {0}.url, {0}.outlet, {0}.body"
_PAIR = (
    "SELECT label, kind, ar_aligned, en_aligned, evidence, signature, "
    + _ARTICLE_COLUMNS.format("ar")
    + ", "
    + _ARTICLE_COLUMNS.format("en")
    + " FROM pair JOIN settings ON settings.id = pair.settings"
    " JOIN article AS ar ON ar.id = ar_article JOIN article AS en ON en.id = en_article"
    " WHERE pair.id = ?"
)


def _read(db: sqlite3.Connection, number: int, name: PairName) -> StoredPair:
    """A pair's result. Raises StoreError, with the pair's name, for whatever is wrong with it."""
    try:
        found = _stored_pair(db, number, name)
        fault = next(misplaced(found.comparison), None)
    except sqlite3.Error as error:
        if not is_damage(error):
            raise
        fault = str(error)
    except _UNREADABLE as error:
        fault = str(error) or type(error).__name__
    if fault is not None:
        raise StoreError(f"{_told(name)}: cannot be read back: {fault}")
    return found


# What `unpack` meets in bytes, JSON or columns that are not as they were written.
_UNREADABLE = (
    ArithmeticError, AttributeError, KeyError, IndexError, RecursionError, TypeError, ValueError,
    zlib.error,
)  # fmt: skip


def _told(name: PairName) -> str:
    return f"{name.ar} / {name.en}"


def _stored_pair(db: sqlite3.Connection, number: int, name: PairName) -> StoredPair:
    row = db.execute(_PAIR, (number,)).fetchone()
    if row is None:
        raise ValueError("its articles or settings are gone")
    label, kind, ar_aligned, en_aligned, evidence, signature = row[:6]
    packed = Packed(
        ar=PackedArticle(*row[6:13]),
        en=PackedArticle(*row[13:20]),
        kind=kind,
        ar_aligned=ar_aligned,
        en_aligned=en_aligned,
        evidence=evidence,
        beads=tuple(
            PackedBead(*bead)
            for bead in db.execute(
                "SELECT number, ar, en, similarity, probability, moved FROM bead"
                " WHERE pair = ? ORDER BY number",
                (number,),
            )
        ),
        divergences=tuple(
            PackedDivergence(*divergence)
            for divergence in db.execute(
                "SELECT number, kind, side, paragraph, sentences, probability, start, "
                '"end", other, other_start, other_end, detail'
                " FROM divergence WHERE pair = ? ORDER BY number",
                (number,),
            )
        ),
        signature=signature,
    )
    return StoredPair(name, label, unpack(packed, ar_name=name.ar, en_name=name.en))
