"""A store summed up: what the overview shows."""

from __future__ import annotations

import hashlib
import heapq
import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from aligner.bitext import PairKind
from aligner.export import write
from aligner.report.overview import Failed, Group, Overview, Row
from aligner.store import PairName, PairRow, Store

MOST_DIFFERENT = 25
SHOWN_FAILURES = 50
MOST_GROUPS = 40  # rows by day, or else by month, or else by year
_ARABIC = re.compile("[\u0600-\u06ff]")


@dataclass(slots=True)
class _Sum:
    pairs: int = 0
    translations: int = 0
    only_ar: float = 0.0
    only_en: float = 0.0

    def add(self, row: PairRow) -> None:
        self.pairs += 1
        self.translations += PairKind(row.kind).is_translation
        self.only_ar += 1.0 - row.ar_aligned
        self.only_en += 1.0 - row.en_aligned

    def add_all(self, other: _Sum) -> None:
        self.pairs += other.pairs
        self.translations += other.translations
        self.only_ar += other.only_ar
        self.only_en += other.only_en


@dataclass(slots=True)
class _Tally:
    whole: _Sum = field(default_factory=_Sum)
    kinds: Counter[str] = field(default_factory=Counter)
    days: dict[tuple[str, str], _Sum] = field(default_factory=dict)  # by outlet and day


def overview(
    store: Store, *, most_different: int = MOST_DIFFERENT, reports: Path | None = None
) -> Overview:
    """Sum a store up; one pair at a time is in memory.

    reports: a folder, made when it is not there, into which a report of each pair that is named
    is written; the overview then links to them. Raises StoreError, OutputError.
    """
    tally = _Tally()
    differing: list[tuple[float, int, PairRow]] = []  # a heap with the least different first
    for number, row in enumerate(store.rows()):
        tally.whole.add(row)
        tally.kinds[row.kind] += 1
        tally.days.setdefault((row.outlet or "", row.date or ""), _Sum()).add(row)
        if PairKind(row.kind).is_translation:
            # The number settles ties by name, and so the same way every time.
            heapq.heappush(differing, (2.0 - row.ar_aligned - row.en_aligned, -number, row))
            if len(differing) > most_different:
                heapq.heappop(differing)
    failures = tuple(
        Failed(f.name.ar, f.name.en, f.reason, f.message)
        for f in islice(store.failures(), SHOWN_FAILURES)
    )
    pairs = max(tally.whole.pairs, 1)
    return Overview(
        pairs=tally.whole.pairs,
        kinds={str(k): tally.kinds[k] for k in PairKind if tally.kinds[k]},
        only_ar=tally.whole.only_ar / pairs,
        only_en=tally.whole.only_en / pairs,
        groups=_groups(tally),
        most_different=tuple(
            _row(store, row, reports) for _, _, row in sorted(differing, reverse=True)
        ),
        failure_reasons=dict(Counter(f.reason for f in store.failures()).most_common()),
        failures=failures,
        signatures=tuple(store.signatures()),
    )


def _groups(tally: _Tally) -> tuple[Group, ...]:
    """Outlets by days if they are few, or else by months or years."""
    for length in (10, 7, 4):
        merged: dict[tuple[str, str], _Sum] = {}
        for (outlet, day), total in tally.days.items():
            merged.setdefault((outlet, day[:length]), _Sum()).add_all(total)
        if len(merged) <= MOST_GROUPS:
            break
    return tuple(
        Group(outlet, time, s.pairs, s.translations, s.only_ar / s.pairs, s.only_en / s.pairs)
        for (outlet, time), s in sorted(merged.items())
    )


def _row(store: Store, row: PairRow, reports: Path | None) -> Row:
    link = None
    if reports is not None:
        link = _report(store, PairName(row.ar_name, row.en_name), reports)
    title = row.title or ""
    return Row(
        ar_name=row.ar_name,
        en_name=row.en_name,
        title=title,
        title_language="ar" if _ARABIC.search(title) else "en",
        kind=row.kind,
        only_ar=1.0 - row.ar_aligned,
        only_en=1.0 - row.en_aligned,
        divergences=row.divergences,
        report=link,
    )


def _report(store: Store, name: PairName, reports: Path) -> str | None:
    pair = store.pair(name)
    if pair is None:
        return None
    # Named by the pair, so that the link of today is the link of tomorrow.
    digest = hashlib.sha256("\n".join(name).encode()).hexdigest()[:16]
    write(pair.comparison, reports / f"{digest}.html")
    return f"{digest}.html"
