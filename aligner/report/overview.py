"""Many pairs at a glance: by outlet and date, what is in one version only, what fails."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from rich.cells import cell_len

from aligner.report.characters import harmless, named
from aligner.report.wording import counted, percent


@dataclass(frozen=True, slots=True)
class Group:
    """The pairs of one outlet and time. Shares are means over the pairs, 0 to 1."""

    outlet: str  # "" where it is not known
    time: str  # a day, month or year as ISO 8601 writes it; "" where it is not known
    pairs: int
    translations: int  # of them parallel or noisy parallel
    only_ar: float  # characters of content without a counterpart
    only_en: float


@dataclass(frozen=True, slots=True)
class Row:
    """A pair that is told by itself."""

    ar_name: str
    en_name: str
    title: str
    title_language: str  # ar or en
    kind: str
    only_ar: float  # 0 to 1
    only_en: float
    divergences: int
    report: str | None = None  # a link to its report


@dataclass(frozen=True, slots=True)
class Failed:
    """A pair without a result."""

    ar_name: str
    en_name: str
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class Overview:
    """A store in figures."""

    pairs: int
    kinds: dict[str, int]
    only_ar: float  # mean over all pairs, 0 to 1
    only_en: float
    groups: tuple[Group, ...]  # by outlet, then time
    most_different: tuple[Row, ...]  # translations alone: elsewhere a gap is no omission
    failure_reasons: dict[str, int]
    failures: tuple[Failed, ...]  # the first ones
    signatures: tuple[str, ...]


def to_json(overview: Overview) -> str:
    """Everything, indented; shares are 0 to 1."""
    fields = {"schema": "aligner.overview/1", **asdict(overview)}
    return json.dumps(fields, ensure_ascii=False, indent=2) + "\n"


def to_text(overview: Overview) -> str:
    """For a terminal."""
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in overview.kinds.items())
    lines = [
        f"{counted(overview.pairs, 'pair')}{': ' + kinds if kinds else ''}",
        f"in one version only, on average: {percent(overview.only_ar)} of the Arabic text, "
        f"{percent(overview.only_en)} of the English",
        "",
        f"{'outlet':<28} {'date':<10} {'pairs':>7} {'transl.':>8} {'only ar':>8} {'only en':>8}",
    ]
    for g in overview.groups:
        lines.append(
            f"{_padded(g.outlet or '–', 28)} {g.time or '–':<10} {g.pairs:>7,} "
            f"{g.translations:>8,} {percent(g.only_ar):>8} {percent(g.only_en):>8}"
        )
    if overview.most_different:
        lines += ["", "translations that differ most (only in Arabic, only in English)"]
        for row in overview.most_different:
            lines.append(
                f"{percent(row.only_ar):>5} {percent(row.only_en):>5}  "
                f"{named(row.ar_name)} / {named(row.en_name)}"
            )
    if overview.failure_reasons:
        reasons = ", ".join(f"{n:,} {reason}" for reason, n in overview.failure_reasons.items())
        lines += ["", f"failed: {reasons}"]
        lines += [
            f"  {named(f.ar_name)} / {named(f.en_name)}: {harmless(f.message)}"
            for f in overview.failures
        ]
    return "\n".join(lines) + "\n"


def _padded(name: str, columns: int) -> str:
    """A name and spaces to this width, as a terminal counts: isolate marks and vowels take none."""
    shown = named(name)
    return shown + " " * (columns - cell_len(shown))
