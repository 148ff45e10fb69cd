"""What can be asked of a store, in one fixed order whatever the order of writing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from aligner.bitext import Comparison
from aligner.store import schema
from aligner.store.connection import connect_reader, plainly
from aligner.store.records import PairName, PairRow, Run, StoredFailure, StoredPair
from aligner.store.rows import (
    Packed,
    PackedArticle,
    PackedBead,
    PackedDivergence,
    storable,
    unpack,
)


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
            for row in db.execute(_PAIRS):
                yield _stored_pair(db, row)

    def pair(self, name: PairName) -> StoredPair | None:
        """One pair's result, or None."""
        with plainly(self.path):
            row = self._db.execute(
                _PAIRS.replace(_ORDER, " AND pair.ar_name = ? AND pair.en_name = ?"),
                (storable(name.ar), storable(name.en)),
            ).fetchone()
            return None if row is None else _stored_pair(self._db, row)

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
        """What is wrong with the file, a line each; nothing when it is sound."""
        with plainly(self.path):
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

    @contextmanager
    def _snapshot(self) -> Iterator[sqlite3.Connection]:
        # A connection of its own: a reader that stops half-way must not hold this one's state.
        db = connect_reader(self.path)
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
