"""Results such as 2-1 that differ: two digits that are compared as one, whichever stands first."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from aligner.bitext import Bead
from aligner.divergence.differs import NEARBY
from aligner.text import Article

SURE = 0.75  # probability that a reader would say so too

_SCORE: Final = re.compile(r"(?<![\d.,/:٫٬–-])(\d)\s?[-–]\s?(\d)(?![\d/:–-]|[.,٫٬]\d)")


@dataclass(frozen=True, slots=True)
class Score:
    """A result with its sentence; its span is in its paragraph."""

    sentence: int
    start: int
    end: int
    goals: tuple[int, int]  # the fewer first: in Arabic either may be written first

    def __str__(self) -> str:
        fewer, more = self.goals
        return f"{more}-{fewer}"


def differing(ar: Article, en: Article, bead: Bead) -> tuple[Score, Score] | None:
    """The two results of a bead, if each side has but one, and they are not the same.

    Neither may stand in the other version near by, told of another match.
    """
    sides = (ar, bead.ar), (en, bead.en)
    ours, theirs = ([r for i in place for r in _scores(text, i)] for text, place in sides)
    if len(ours) != 1 or len(theirs) != 1 or ours[0].goals == theirs[0].goals:
        return None
    for (text, place), score in zip(sides, (theirs[0], ours[0]), strict=True):
        first, last = max(0, place[0] - NEARBY), min(len(text.sentences), place[-1] + NEARBY + 1)
        if any(r.goals == score.goals for i in range(first, last) for r in _scores(text, i)):
            return None
    return ours[0], theirs[0]


def _scores(article: Article, sentence: int) -> list[Score]:
    whole = article.sentences[sentence]
    if "-" not in whole.text and "–" not in whole.text:
        return []
    found = []
    for match in _SCORE.finditer(whole.text):
        fewer, more = sorted((int(match[1]), int(match[2])))
        start, end = whole.start + match.start(), whole.start + match.end()
        found.append(Score(sentence, start, end, (fewer, more)))
    return found
