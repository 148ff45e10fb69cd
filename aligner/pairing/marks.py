"""What survives translation: numbers, Latin words, and names by their consonants.

A chance likeness of common words weighs little, for it is common.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aligner.pairing.words import PileWords
from aligner.segmentation.sounds import SHORTEST, arabic_sounds, consonants

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

ARABIC = re.compile("[\u0621-\u064a\u066e-\u06d3]")
LATIN = re.compile("[a-z]")
FEW_HOLDERS = 3  # articles; in a small pile a mark of so many is not common yet
COMMON_SHARE = 0.1  # of the articles of a language; a mark of more is common


def number(text: str) -> str:
    """A number's digits in Western form, without grouping marks: `٣٬٥٠٠` is `3500`."""
    text = text.replace("٬", ",").replace("٫", ".")
    text = "".join(str(int(c)) if c.isdecimal() else c for c in text)
    text = re.sub(r",(?=\d{3}(?!\d))", "", text)
    return text.replace(",", ".")


def marks_of(word: str) -> tuple[str, ...]:
    """The marks that a word may share with the other language.

    `#` stands before a number, `=` before a Latin word, `~` before consonants.
    """
    if word[0].isdecimal():
        value = number(word)
        # One digit is found everywhere.
        return (f"#{value}",) if len(value) > 1 else ()
    if ARABIC.search(word):
        return tuple(f"~{sound}" for sound in arabic_sounds(word))
    if not LATIN.search(word):
        return ()
    plain = word.removesuffix("'s").removesuffix("’s")
    sound = consonants(plain)
    named = (f"~{sound}",) if len(sound) >= SHORTEST else ()
    return (f"={plain}", *named) if len(plain) > 1 else named


@dataclass(frozen=True, eq=False)
class PileMarks:
    """The marks that both languages of a pile have.

    ar, en: (articles, marks) weights of the marks an article has, rows of unit length.
    weight: (marks,) how rare a mark is, in nats; marks: their texts.
    common: (marks,) whether so many articles of a language have it that it tells a reader nothing.
    ar_words: the Arabic words; bearing: (marks, words) 1 where one of them bears a mark.
    """

    marks: tuple[str, ...]
    ar: csr_matrix
    en: csr_matrix
    weight: NDArray[np.float32]
    common: NDArray[np.bool_]
    ar_words: PileWords
    bearing: csr_matrix

    def shared(self, ar: int, en: int) -> list[tuple[str, float]]:
        """Marks that these two articles share and few others have, with their weights.

        The rarest come first.
        """
        first, second = (
            side.indices[side.indptr[n] : side.indptr[n + 1]]
            for side, n in ((self.ar, ar), (self.en, en))
        )
        both = np.intersect1d(first, second)
        telling = both[~self.common[both]].tolist()
        found = [(self.marks[m], float(self.weight[m])) for m in telling]
        return sorted(found, key=lambda mark: (-mark[1], mark[0]))

    def bearers(self, mark: str, ar: int) -> list[str]:
        """The words of this Arabic article that bear a mark of the pile."""
        row = bisect_left(self.marks, mark)
        bearing = self.bearing.indices[self.bearing.indptr[row] : self.bearing.indptr[row + 1]]
        held = bearing[np.isin(bearing, self.ar_words.of(ar))]
        return [self.ar_words.words[word] for word in held.tolist()]


def read(ar: PileWords, en: PileWords) -> PileMarks:
    """Find the marks in the words of a pile."""
    from scipy.sparse import diags

    said = [_words_of_marks(side.words) for side in (ar, en)]
    common = sorted(said[0].keys() & said[1].keys())
    bearing = [
        _bearing(side, [words[mark] for mark in common])
        for side, words in zip((ar, en), said, strict=True)
    ]
    held = [_held(side, bears) for side, bears in zip((ar, en), bearing, strict=True)]
    rarity = np.zeros(len(common), dtype=np.float32)
    frequent = np.zeros(len(common), dtype=bool)
    for matrix in held:
        holders = np.bincount(matrix.indices, minlength=len(common))
        frequent |= holders > max(FEW_HOLDERS, COMMON_SHARE * matrix.shape[0])
        rarity += 0.5 * np.log((matrix.shape[0] + 2.0) / (holders + 1.0))
    # A likeness of consonants can be chance, the more so the fewer they are; digits hardly can.
    trust = np.array([min(1.0, (len(m) - 2) / 4) if m[0] == "~" else 1.0 for m in common])
    weights = (rarity.clip(0.01) * trust).astype(np.float32)
    unit = []
    for matrix in held:
        weighted = (matrix @ diags(weights)).tocsr().astype(np.float32)
        norms = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
        weighted.data /= np.repeat(np.maximum(norms, 1e-6), np.diff(weighted.indptr))
        weighted.sort_indices()
        unit.append(weighted)
    return PileMarks(tuple(common), unit[0], unit[1], weights, frequent, ar, bearing[0])


def _words_of_marks(words: Sequence[str]) -> dict[str, list[int]]:
    """The marks of these words, each with the numbers of the words that bear it."""
    found: dict[str, list[int]] = {}
    for n, word in enumerate(words):
        for mark in marks_of(word):
            found.setdefault(mark, []).append(n)
    return found


def _bearing(side: PileWords, words: list[list[int]]) -> csr_matrix:
    """(marks, words) 1 where a word bears a mark. words: those of each mark."""
    from scipy.sparse import csr_matrix

    bearers = [word for bearing in words for word in bearing]
    ends = np.cumsum([0, *map(len, words)])
    shape = (len(words), len(side.words))
    return csr_matrix((np.ones(len(bearers), np.float32), bearers, ends), shape=shape)


def _held(side: PileWords, bearing: csr_matrix) -> csr_matrix:
    """(articles, marks) 1 where an article holds a mark, less where it is in repeated text."""
    from scipy.sparse import csr_matrix, vstack

    marks_of_words = bearing.T.tocsr()
    held = [(counts @ marks_of_words).tocsr() for counts in side.counted()]
    for part in held:
        part.data = np.minimum(part.data, 1.0)
    return vstack([csr_matrix((0, bearing.shape[0]), dtype=np.float32), *held], format="csr")


def labels(marks: Sequence[str]) -> dict[str, list[str]]:
    """Sort marks by their kind: `numbers`, `words` (Latin), `names` (consonants)."""
    kinds = {"#": "numbers", "=": "words", "~": "names"}
    told: dict[str, list[str]] = {kind: [] for kind in kinds.values()}
    for mark in marks:
        told[kinds[mark[0]]].append(mark[1:])
    return told
