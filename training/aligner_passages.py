"""Documents whose lines are passages of several sentences, freely translated.

One long sentence stands against three to nine short ones here more often than anywhere else. Which
goes with which inside a passage nobody has said, but no bead crosses from one passage to the next.
The sources are those held-out ones (heldout.tsv) that books are made like.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from aligner.segmentation import segment
from aligner.text import Article, Language
from training import aligner_texts
from training.aligner_texts import ARABIC, LATIN, Torn

SOURCES = ("african-storybook", "quran-sahih", "rasaif-classical", "thaqalayn-hadith")
MOST, FEWEST = 24, 8  # passages in a document
LEAST_RATIO, MOST_RATIO = 0.5, 3.0  # English letters to one Arabic letter
MOST_DROPPED = 2  # times that something is left out of one version, in a torn document
LONGEST_DROPPED = 3  # passages


def documents(corpus: Path) -> list[Torn]:
    """Each document as it is, and once more with passages left out of either version."""
    out = []
    for name, passages in _held_out(corpus):
        out.append(torn(name, passages))
        out.append(torn(name, left_out(passages, random.Random(name))))
    return out


def _held_out(corpus: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Name and passages of the held-out documents, those of one book one after the other."""
    for span, lines in aligner_texts.held_out(corpus, SOURCES):
        stripped = [(ar.strip(), en.strip()) for ar, en in lines]
        passages = [p for p in stripped if _is_translation(*p)]
        for first in range(0, len(passages), MOST):
            piece = passages[first : first + MOST]
            if len(piece) >= FEWEST:
                yield f"{span.source}/{span.document}/{span.first + first}", piece


def _is_translation(ar: str, en: str) -> bool:
    if not ARABIC.search(ar) or not LATIN.search(en):
        return False
    return LEAST_RATIO < len(en) / len(ar) < MOST_RATIO


def left_out(passages: Sequence[tuple[str, str]], rng: random.Random) -> list[tuple[str, str]]:
    """The passages with some of them empty on one side."""
    sides = [list(texts) for texts in zip(*passages, strict=True)]
    for number in (0, 1):
        for _ in range(rng.randint(0, MOST_DROPPED)):
            first = rng.randrange(len(passages))
            for place in range(first, min(first + rng.randint(1, LONGEST_DROPPED), len(passages))):
                if sides[1 - number][place]:
                    sides[number][place] = ""
    return list(zip(*sides, strict=True))


def torn(name: str, passages: Sequence[tuple[str, str]]) -> Torn:
    """A document of these passages, of which either side may be empty."""
    ar, of_ar = _article([a for a, _ in passages], Language.AR)
    en, of_en = _article([e for _, e in passages], Language.EN)
    gold = tuple(zip(of_ar, of_en, strict=True))
    base = name.rpartition("/")[0]
    return Torn(name, "passages", base, ar, en, gold, False, (), passages=True)


def _article(passages: Sequence[str], language: Language) -> tuple[Article, list[tuple[int, ...]]]:
    """All in one paragraph, so that no break betrays the passages, and each one's sentences."""
    sentences: list[str] = []
    held = []
    for passage in passages:
        first = len(sentences)
        sentences += [s.stripped for s in segment(passage, language)] if passage else []
        held.append(tuple(range(first, len(sentences))))
    return aligner_texts.article({"paragraphs": [sentences]}, language, set()), held
