"""What a run has come to: while it goes on, and at its end."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aligner.errors import OutputError
from aligner.files import check_target
from aligner.report.wording import counted, percent
from aligner.store import files_of

SCHEMA = "aligner.batch/1"
SHOWN_FAILURES = 20  # the rest stands in the store


@dataclass(slots=True)
class Summary:
    """The figures of a run."""

    done: int = 0  # compared in this run
    failed: int = 0  # in this run
    known: int = 0  # done before and unchanged
    failed_before: int = 0  # and not tried again
    twice: int = 0  # named more than once
    alone: int = 0  # files without a counterpart
    beside: int = 0  # files whose side of a pair another file has taken
    dropped: int = 0  # pairs of a pile that are no longer pairs
    unread: int = 0  # pairs of a pile kept from before, for an article cannot be read now
    total: int | None = None  # pairs in the sources, once counted
    todo: int = 0  # of a dry run: what would be done
    seconds: float = 0.0  # by a clock that cannot jump
    stopped: bool = False  # before everything was done
    kinds: Counter[str] = field(default_factory=Counter)  # of the pairs done in this run
    reasons: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)  # the first SHOWN_FAILURES, a line each
    signature: str = ""

    @property
    def seen(self) -> int:
        return self.done + self.failed + self.known + self.failed_before

    @property
    def pairs_per_second(self) -> float:
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def parallel_share(self) -> float | None:
        """0 to 1: pairs done in this run that are translations; None when none was done."""
        if not self.done:
            return None
        return (self.kinds["parallel"] + self.kinds["noisy parallel"]) / self.done

    @property
    def exit_code(self) -> int:
        """0: every pair has its result; 1: some have none."""
        return int(bool(self.failed or self.failed_before or self.unread or self.stopped))

    def fail(self, reason: str, line: str) -> None:
        """Count a failure and keep its line for the end."""
        self.failed += 1
        self.reasons[reason] += 1
        if len(self.failures) < SHOWN_FAILURES:
            self.failures.append(line)

    def to_dict(self) -> dict[str, Any]:
        """For JSON. Shares are 0 to 1; a page is one article."""
        return {
            "schema": SCHEMA,
            "done": self.done,
            "failed": self.failed,
            "known": self.known,
            "failed_before": self.failed_before,
            "named_twice": self.twice,
            "without_counterpart": self.alone,
            "beside_another": self.beside,
            "no_longer_pairs": self.dropped,
            "kept_unread": self.unread,
            "seconds": round(self.seconds, 3),
            "pages_per_second": round(2 * self.pairs_per_second, 2),
            "parallel_share": self.parallel_share,
            "kinds": dict(sorted(self.kinds.items())),
            "failure_reasons": dict(sorted(self.reasons.items())),
            "failures": self.failures,
            "stopped": self.stopped,
            "signature": self.signature,
        }

    def lines(self, *, dry_run: bool = False) -> list[str]:
        """For a person."""
        would = f"{counted(self.todo, 'pair')} would be compared"
        told = [would if dry_run else self._first_line()]
        if self.done:
            told.append(
                f"{percent(self.parallel_share or 0.0)} are translations; "
                f"{2 * self.pairs_per_second:,.1f} pages a second"
            )
        if self.failed:
            reasons = ", ".join(f"{n:,} {r}" for r, n in self.reasons.most_common())
            told.append(f"{self.failed:,} failed: {reasons}")
            told += [f"  {line}" for line in self.failures]
            if self.failed > len(self.failures):
                told.append(f"  and {self.failed - len(self.failures):,} more, kept in the store")
        if self.failed_before:
            told.append(
                f"{self.failed_before:,} failed before and have not changed; "
                "--retry-failed tries them again"
            )
        for count, words in (
            (self.twice, "named more than once, done once"),
            (self.alone, "without a counterpart"),
            (self.beside, "left out beside another file for the same side"),
            (self.dropped, "no longer paired in the pile"),
            (self.unread, "kept as before, for an article could not be read now"),
        ):
            if count:
                told.append(f"{count:,} {words}")
        if self.stopped:
            told.append("stopped; start it again to go on")
        return told

    def _first_line(self) -> str:
        if self.total == 0:
            return "nothing to do: no pair was found"
        if not self.done and not self.failed and not self.stopped:
            return f"nothing to do: {counted(self.known, 'pair')} done before and unchanged"
        known = f", {self.known:,} done before" if self.known else ""
        return f"{counted(self.done, 'pair')} compared in {self.seconds:.1f} s{known}"


def check_place(path: Path, store: Path) -> None:
    """See beforehand that a summary can be written there, in nobody's place but a former one's.

    Articles, manifests and the store are all files that are no summary. Raises OutputError.
    """
    check_target(path, read=files_of(store))
    if path.is_file() and not _may_be_replaced(path):
        raise OutputError(f"{path}: is there and holds no summary; name another file")


def _may_be_replaced(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(200)
    return not head.strip() or SCHEMA.encode() in head
