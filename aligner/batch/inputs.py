"""What a pair is made from, by content: whether it has to be done (again) rests on this alone.

Reading every file to see whether it changed would cost a nightly run most of its time, so a file's
size, times and inode stand for its content where that is safe. They are not trusted when the file
had changed within SETTLED_NS before it was read (or, by a clock that jumped back, will have been
changed in the future): then it could be written again under the very same times.
"""

from __future__ import annotations

import hashlib
import json
import stat
import time
from pathlib import Path
from typing import NamedTuple

from aligner.batch.source import Item
from aligner.ingest.source import MAX_BYTES
from aligner.store import Sighting
from aligner.text import Article

SETTLED_NS = 2_100_000_000  # FAT keeps times to 2 s; other file systems to 10 ms or less
MISSING = hashlib.sha256(b"missing").digest()


class Look(NamedTuple):
    """A side of a pair, looked at."""

    hash: bytes
    sighting: Sighting | None  # to be remembered; None where times cannot stand for the content


class Times(NamedTuple):
    """What tells that a file changed, without reading it."""

    size: int
    mtime_ns: int
    ctime_ns: int
    inode: int


def times(path: str) -> tuple[Times, bool] | None:
    """A file's times, and whether it is a regular file; None when it is not there."""
    try:
        found = Path(path).stat()
    except (OSError, ValueError):
        return None
    # SQLite's integers are signed.
    inode = found.st_ino & (2**63 - 1)
    seen = Times(found.st_size, found.st_mtime_ns, found.st_ctime_ns, inode)
    return seen, stat.S_ISREG(found.st_mode)


def look(name: str, side: str | Article, remembered: Sighting | None = None) -> Look:
    """The hash of an article's or a file's content, without reading it where that is safe."""
    if isinstance(side, Article):
        return Look(_article_hash(side), None)
    found = times(side)
    if found is None:
        return Look(MISSING, None)
    seen, regular = found
    if remembered is not None and remembered[1:5] == seen:
        return Look(remembered.hash, remembered)
    if not regular or seen.size > MAX_BYTES:
        # Not to be read: a pipe or device may never end.
        return Look(hashlib.sha256(repr(seen).encode()).digest(), None)
    now = time.time_ns()
    try:
        digest = hashlib.sha256(Path(side).read_bytes()).digest()
    except OSError as error:
        return Look(hashlib.sha256(f"unreadable {error.errno}".encode()).digest(), None)
    settled = now - max(seen.mtime_ns, seen.ctime_ns) > SETTLED_NS
    return Look(digest, Sighting(name, *seen, digest) if settled else None)


def joined(ar: Look, en: Look, item: Item) -> bytes:
    """The hash of all that a result is made from, but for the settings."""
    about = json.dumps([item.label, item.date, item.outlet, item.url]).encode("ascii")
    return hashlib.sha256(ar.hash + en.hash + about).digest()


def _article_hash(article: Article) -> bytes:
    about = [
        article.title,
        article.title_guessed,
        None if article.date is None else article.date.isoformat(),
        article.url,
        article.outlet,
        [[p.text, p.line, p.boilerplate] for p in article.paragraphs],
    ]
    return hashlib.sha256(json.dumps(about).encode("ascii")).digest()
