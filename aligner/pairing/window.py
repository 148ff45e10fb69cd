"""What is known of two articles beforehand: days apart, and whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from aligner.text import Article

UNDATED = np.iinfo(np.int64).min
ANY_OUTLET = -1


@dataclass(frozen=True, eq=False)
class Window:
    """Which articles are near enough in time, and of one outlet, to be a pair.

    What is not known of an article forbids nothing.
    """

    days: tuple[NDArray[np.int64], NDArray[np.int64]]
    outlets: tuple[NDArray[np.int64], NDArray[np.int64]]
    within: int | None  # days

    @classmethod
    def of(
        cls,
        ar: Sequence[Article],
        en: Sequence[Article],
        *,
        within: int | None,
        same_outlet: bool,
    ) -> Self | None:
        """The window of these articles; None where it would forbid nothing."""
        if within is None and not same_outlet:
            return None
        named = sorted({a.outlet.casefold() for a in (*ar, *en) if a.outlet})
        place = {name: n for n, name in enumerate(named)}
        days, outlets = [], []
        for side in (ar, en):
            days.append(np.array([a.date.toordinal() if a.date else UNDATED for a in side]))
            known = [a.outlet.casefold() if same_outlet and a.outlet else "" for a in side]
            outlets.append(np.array([place.get(name, ANY_OUTLET) for name in known]))
        return cls((days[0], days[1]), (outlets[0], outlets[1]), within)

    def block(self, queries: slice) -> NDArray[np.bool_]:
        """(queries, keys) whether they may be a pair, for a run of queries."""
        return self._judge(
            self.days[0][queries, None],
            self.days[1][None, :],
            self.outlets[0][queries, None],
            self.outlets[1][None, :],
        )

    def pairs(self, queries: NDArray[np.int64], keys: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether these may be pairs, one by one."""
        return self._judge(
            self.days[0][queries],
            self.days[1][keys],
            self.outlets[0][queries],
            self.outlets[1][keys],
        )

    def turned(self) -> Window:
        return Window(self.days[::-1], self.outlets[::-1], self.within)

    def against(self, ar: int, en: int) -> str:
        """What forbids this pair, in words; empty where nothing does."""
        days, other = self.days[0][ar], self.days[1][en]
        if self.within is not None and UNDATED not in (days, other):
            apart = abs(int(days - other))
            if apart > self.within:
                return f"{apart} days apart" if apart > 1 else "a day apart"
        outlet, second = self.outlets[0][ar], self.outlets[1][en]
        if ANY_OUTLET not in (outlet, second) and outlet != second:
            return "of different outlets"
        return ""

    def _judge(
        self,
        days: NDArray[np.int64],
        other_days: NDArray[np.int64],
        outlets: NDArray[np.int64],
        other_outlets: NDArray[np.int64],
    ) -> NDArray[np.bool_]:
        one_outlet = (
            (outlets == other_outlets) | (outlets == ANY_OUTLET) | (other_outlets == ANY_OUTLET)
        )
        if self.within is None:
            return np.asarray(one_outlet)
        undated = (days == UNDATED) | (other_days == UNDATED)
        known = np.where(days == UNDATED, 0, days)
        other_known = np.where(other_days == UNDATED, 0, other_days)
        return np.asarray(one_outlet & (undated | (np.abs(known - other_known) <= self.within)))
