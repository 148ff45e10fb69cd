"""What the store tells of pairs, files and runs: frozen, without SQL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from aligner.bitext import Comparison


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
