"""The tables of a store, and the way from every older version to this one."""

from __future__ import annotations

import sqlite3

from aligner.errors import StoreError

# "alnr": `file` and other tools, and we ourselves, know a store by it.
APPLICATION_ID = 0x616C6E72

_VERSION_1 = """
-- What made a result: versions, model and settings in one line.
CREATE TABLE settings (
    id        INTEGER PRIMARY KEY,
    signature TEXT NOT NULL UNIQUE
);

-- A run of the batch. Times are for people; no decision rests on them.
CREATE TABLE run (
    id       INTEGER PRIMARY KEY,
    settings INTEGER NOT NULL REFERENCES settings,
    source   TEXT NOT NULL,
    engine   TEXT NOT NULL,
    host     TEXT NOT NULL,
    process  INTEGER NOT NULL,
    started  TEXT NOT NULL,          -- UTC, ISO 8601
    updated  TEXT NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('running', 'finished', 'stopped', 'broken')),
    total    INTEGER,                -- pairs in the source, once they are counted
    seen     INTEGER NOT NULL DEFAULT 0,
    known    INTEGER NOT NULL DEFAULT 0,  -- done in an earlier run and unchanged
    done     INTEGER NOT NULL DEFAULT 0,
    failed   INTEGER NOT NULL DEFAULT 0,
    seconds  REAL NOT NULL DEFAULT 0      -- by a clock that cannot jump
);

-- What a file held when it was last read, so that an unchanged one need not be read again.
CREATE TABLE file (
    path     TEXT PRIMARY KEY,
    size     INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    ctime_ns INTEGER NOT NULL,
    inode    INTEGER NOT NULL,
    hash     BLOB NOT NULL           -- SHA-256 of the bytes
) WITHOUT ROWID;

-- Articles as they were aligned: segmented, clutter set apart. The same one is kept once.
CREATE TABLE article (
    id       INTEGER PRIMARY KEY,
    hash     BLOB NOT NULL UNIQUE,   -- SHA-256 of all that follows
    language TEXT NOT NULL CHECK (language IN ('ar', 'en')),
    title    TEXT,
    date     TEXT,
    url      TEXT,
    outlet   TEXT,
    -- zlib, JSON: {"notes": …, "paragraphs": [[text, line, clutter, sentence lengths], …]}
    body     BLOB NOT NULL
);

-- Two articles that belong together, by where they came from, with the result if there is one.
CREATE TABLE pair (
    id         INTEGER PRIMARY KEY,
    ar_name    TEXT NOT NULL,
    en_name    TEXT NOT NULL,
    label      TEXT,                 -- `id` of the manifest
    source     TEXT NOT NULL,        -- the SOURCE by which it came
    inputs     BLOB,                 -- SHA-256 over both files and the manifest's row
    settings   INTEGER REFERENCES settings,
    ar_article INTEGER REFERENCES article,
    en_article INTEGER REFERENCES article,
    kind       TEXT,
    ar_aligned REAL,                 -- 0 to 1: characters of content in two-sided beads
    en_aligned REAL,
    evidence   TEXT,
    UNIQUE (ar_name, en_name)
);

CREATE TABLE bead (
    pair        INTEGER NOT NULL REFERENCES pair ON DELETE CASCADE,
    number      INTEGER NOT NULL,
    ar          TEXT NOT NULL,       -- JSON list of sentence numbers
    en          TEXT NOT NULL,
    similarity  REAL,                -- cosine, -1 to 1; NULL for a null bead
    probability REAL NOT NULL,       -- 0 to 1
    moved       INTEGER NOT NULL,
    PRIMARY KEY (pair, number)
) WITHOUT ROWID;

CREATE TABLE divergence (
    pair        INTEGER NOT NULL REFERENCES pair ON DELETE CASCADE,
    number      INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    side        TEXT NOT NULL,
    paragraph   INTEGER NOT NULL,
    sentences   TEXT NOT NULL,       -- JSON list of sentence numbers
    probability REAL NOT NULL,
    start       INTEGER,             -- code points in the paragraph; NULL: all of it
    "end"       INTEGER,
    other       TEXT NOT NULL,
    other_start INTEGER,
    other_end   INTEGER,
    detail      TEXT NOT NULL,
    PRIMARY KEY (pair, number)
) WITHOUT ROWID;

-- Why a pair has no result for what its files hold now.
CREATE TABLE failure (
    pair     INTEGER PRIMARY KEY REFERENCES pair ON DELETE CASCADE,
    inputs   BLOB NOT NULL,
    settings INTEGER NOT NULL REFERENCES settings,
    reason   TEXT NOT NULL,          -- a word to group by
    message  TEXT NOT NULL
);
"""

# One script a version, in order; what has been released is never changed, only added to.
MIGRATIONS: tuple[str, ...] = (_VERSION_1,)


def version(db: sqlite3.Connection) -> int:
    """The version of the tables; 0 of a new file. Raises StoreError when it is no store."""
    number: int = db.execute("PRAGMA user_version").fetchone()[0]
    mark: int = db.execute("PRAGMA application_id").fetchone()[0]
    if mark == APPLICATION_ID:
        return number
    empty = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if number or mark or not empty:
        raise StoreError("is an SQLite file, but not a store of aligner; name another file")
    return 0


def migrate(db: sqlite3.Connection) -> None:
    """Bring the tables to this version, all steps or none."""
    db.execute("BEGIN IMMEDIATE")
    try:
        for script in MIGRATIONS[version(db) :]:
            for statement in _statements(script):
                db.execute(statement)
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _statements(script: str) -> list[str]:
    # `executescript` commits what is open, which would split the migration in two.
    found, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            found.append(pending)
            pending = ""
    return found
