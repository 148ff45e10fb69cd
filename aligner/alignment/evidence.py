"""What speaks for each possible bead of a pair: numbers in, no decisions yet.

Three kinds of evidence, each set against what is usual in this very pair of texts:

- the cosine of the sentence vectors, as a z-score against the other side's sentences, and its
  margin over the best rival outside the bead;
- word coverage: how many of a side's words (by weight) find a near word on the other side, less
  what they find in any of its sentences; a name is found by its sound, too;
- numbers and Latin words, lengths, paragraph breaks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.encoded import EncodedArticle, WordTable

Floats = NDArray[np.float32]
ALL = slice(None)

LONGEST = 9  # sentences that one side of a bead may hold
NOISE_COSINE = 0.15  # words no nearer than this have nothing in common
SOUNDS_ALIKE = 0.7  # cosine that two names are worth which sound alike
PRIOR_SENTENCES = 3.0  # weight, in sentences, of what is usual in general against this text
PRIOR_NEARNESS = 0.15  # usual best nearness of a word to any foreign sentence
WHOLE_CELLS = 90_000  # pairs of sentences of two articles that are looked at as a whole
PRIOR_SPREAD = 0.088  # usual standard deviation of the cosines of unrelated sentences


@dataclass(frozen=True, eq=False)
class Side:
    """The content sentences of one article, renumbered from 0.

    vectors: (n, d) whose sums stand for joined sentences.
    source: the words of the whole article; used: (u,) rows of those that occur here.
    counts: (n, u) how much of each word there is in each sentence, by weight.
    weights: (n,) the sums of `counts`.
    """

    vectors: Floats
    source: WordTable
    used: NDArray[np.int64]
    counts: Floats
    weights: Floats
    word_rows: NDArray[np.int64]
    word_starts: NDArray[np.int64]
    characters: Floats
    tokens: tuple[frozenset[str], ...]
    starts: NDArray[np.bool_]  # (n,) whether the sentence begins a paragraph
    paragraph: NDArray[np.int64]  # (n,) a number for each sentence's paragraph
    numbers: NDArray[np.int64]  # (n,) sentence numbers in the article

    def __len__(self) -> int:
        return len(self.numbers)

    @cached_property
    def norms(self) -> Floats:
        """(LONGEST, n) lengths of the summed vectors of 1, 2, … sentences from each sentence on.

        Infinite for runs beyond the end, whose cosine with anything is 0 then.
        """
        norms = np.full((LONGEST, len(self)), np.inf, dtype=np.float32)
        sums = self.vectors
        for k in range(min(LONGEST, len(self))):
            if k:
                sums = sums[:-1] + self.vectors[k:]
            squares = np.einsum("nd,nd->n", sums, sums)
            norms[k, : len(sums)] = np.maximum(np.sqrt(squares), 1e-9)
        return norms

    @cached_property
    def words(self) -> Floats:
        """(u, w) unit vectors of the distinct words."""
        return self.source.vectors[self.used]


def side(encoded: EncodedArticle, content: NDArray[np.int64] | None = None) -> Side:
    """The content sentences of an encoded article (or those numbered in `content`)."""
    if content is None:
        content = np.array(encoded.article.content, dtype=np.int64)
    low, high = (int(content[0]), int(content[-1]) + 1) if len(content) else (0, 0)
    table = encoded.words
    bounds = table.starts[low : high + 1]
    sizes = np.diff(bounds)
    rows = table.rows[bounds[0] : bounds[-1]]
    if len(content) < len(sizes):
        keep = np.zeros(len(sizes), dtype=bool)
        keep[content - low] = True
        rows = rows[np.repeat(keep, sizes)]
        sizes = sizes[keep]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    present = np.zeros(len(table.vectors), dtype=bool)
    present[rows] = True
    used, rows = np.flatnonzero(present), (np.cumsum(present) - 1)[rows]
    cell = np.repeat(np.arange(len(content)) * len(used), sizes) + rows
    weights = table.weights[used][rows]
    shape = len(content), len(used)
    held = np.bincount(cell, weights=weights, minlength=shape[0] * shape[1])
    counts: Floats = held.astype(np.float32).reshape(shape)
    paragraphs = np.array(encoded.article.paragraph_of, dtype=np.int64)[content]
    opens = np.ones(len(content), dtype=bool)
    opens[1:] = paragraphs[1:] != paragraphs[:-1]
    return Side(
        vectors=_additive(encoded, content),
        source=table,
        used=used,
        counts=counts,
        weights=np.maximum(counts.sum(axis=1), 1e-6),
        word_rows=rows,
        word_starts=starts,
        characters=encoded.characters[content],
        tokens=tuple(encoded.tokens[i] for i in content.tolist()),
        starts=opens,
        paragraph=paragraphs,
        numbers=content,
    )


def _additive(encoded: EncodedArticle, content: NDArray[np.int64]) -> Floats:
    """Vectors whose sums stand for joined sentences.

    A transformer's are made so by giving each sentence the weight of its length.
    """
    vectors: Floats = encoded.vectors[content]
    if not encoded.additive:
        norms = np.maximum(np.linalg.norm(vectors, axis=1), 1e-9)
        vectors = vectors * (np.sqrt(encoded.characters[content]) / norms)[:, None]
    return vectors.astype(np.float32, copy=False)


# The bead types that are searched: so many Arabic sentences, and up to so many English ones.
GROUPS = [(1, 9), (2, 8), (3, 4), (4, 4), (5, 1), (6, 1), (7, 1), (8, 1), (9, 1)]
TYPES = [(ar, en) for ar, most in GROUPS for en in range(1, most + 1)]


class Evidence:
    """The evidence for every bead of two sides, in arrays (type, ar, en) by its first sentences."""

    def __init__(self, ar: Side, en: Side) -> None:
        self.ar, self.en = ar, en

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.ar), len(self.en)

    @cached_property
    def nearness(self) -> tuple[Floats, Floats]:
        """How near each word comes to each sentence of the other side, 0 to 1 - NOISE_COSINE.

        Shapes (n_en, words of ar) and (n_ar, words of en).
        """
        ar, en = self.ar, self.en
        if ar.source.sentences * en.source.sentences > WHOLE_CELLS:
            cosines = _cosines_of_words(ar.source, en.source, ar.used, en.used)
            return _nearness(cosines, ar.word_rows, ar.word_starts, en.word_rows, en.word_starts)
        to_en, to_ar = _nearness_of_all(ar.source, en.source)
        return to_en[np.ix_(en.numbers, ar.used)], to_ar[np.ix_(ar.numbers, en.used)]

    @cached_property
    def usual(self) -> tuple[Floats, Floats]:
        """How near each word comes to a sentence of the other side on average."""
        to_en, to_ar = self.nearness
        return _usual(to_en), _usual(to_ar)

    @cached_property
    def covered_once(self) -> tuple[Floats, Floats]:
        """(n_ar, n_en) and (n_en, n_ar): coverage of each sentence by each single sentence."""
        return tuple(  # type: ignore[return-value]
            (near @ side.counts.T - side.counts @ usual).T / side.weights[:, None]
            for near, usual, side in zip(self.nearness, self.usual, (self.ar, self.en), strict=True)
        )

    @cached_property
    def covered_ar(self) -> Floats:
        """(LONGEST, n_ar, n_en): weight of an Arabic sentence's words found in an English run."""
        return _covered(self.nearness[0], self.usual[0], self.ar.counts)

    @cached_property
    def covered_en(self) -> Floats:
        """(LONGEST, n_en, n_ar): weight of an English sentence's words found in an Arabic run."""
        return _covered(self.nearness[1], self.usual[1], self.en.counts)

    @cached_property
    def dots(self) -> NDArray[np.float64]:
        """(n_ar + 1, n_en + 1): dot products of the sentences before i with those before j, summed.

        The dot product of two runs is what their four corners say.
        """
        n, m = self.shape
        sums = np.zeros((n + 1, m + 1))
        sums[1:, 1:] = self.ar.vectors @ self.en.vectors.T
        return sums.cumsum(axis=0).cumsum(axis=1)

    @cached_property
    def cosines_ar(self) -> Floats:
        """(LONGEST, n_ar, n_en) cosines of Arabic runs with single English sentences."""
        return _cosines_of_runs(self.dots, self.ar.norms, self.en.norms[0])

    @cached_property
    def cosines_en(self) -> Floats:
        """(LONGEST, n_en, n_ar) cosines of English runs with single Arabic sentences."""
        return _cosines_of_runs(self.dots.T, self.en.norms, self.ar.norms[0])

    def cosines(self, ar: int, longest: int, first: int, last: int) -> Floats:
        """(longest, last - first, n_en) cosines of runs with runs of 1 to `longest` English ones.

        The former are the runs of `ar` Arabic sentences that begin at `first` to `last` - 1.
        """
        rows = self.dots[first + ar : last + ar] - self.dots[first:last]
        dots = (rows[:, _ends(len(self.en), longest)] - rows[:, None, :-1]).transpose(1, 0, 2)
        norms = self.ar.norms[ar - 1, first:last, None] * self.en.norms[:longest, None, :]
        return np.asarray(dots / norms, dtype=np.float32)

    def cosines_of(self, spans: Sequence[tuple[int, int, int, int]]) -> NDArray[np.float64]:
        """The cosine of each span's two sides; 0 where one of them is empty."""
        i, i_end, j, j_end = np.array(spans, dtype=np.int64).reshape(-1, 4).T
        sums = self.dots
        dots = sums[i_end, j_end] - sums[i, j_end] - sums[i_end, j] + sums[i, j]
        # A null's empty side takes the norm of some run: its dot product is 0 all the same.
        last_ar, last_en = (len(x) - 1 for x in (self.ar, self.en))
        norms = self.ar.norms[i_end - i - 1, np.minimum(i, last_ar)].astype(np.float64)
        norms *= self.en.norms[j_end - j - 1, np.minimum(j, last_en)]
        return np.asarray(np.clip(dots / norms, -1.0, 1.0))

    @cached_property
    def spread(self) -> float:
        """Pooled standard deviation of the cosines of this pair's sentences."""
        cosines = self.cosines_ar[0]
        weight = float(cosines.size)
        variance = float(cosines.var()) if weight else 0.0
        prior = PRIOR_SPREAD**2 * PRIOR_SENTENCES**2
        return float(np.sqrt((variance * weight + prior) / (weight + PRIOR_SENTENCES**2)))

    @cached_property
    def shared(self) -> tuple[Floats, Floats, Floats, Floats] | None:
        """Numbers and Latin words: found of each Arabic sentence's in English runs, and back.

        (LONGEST, n_ar, n_en), (LONGEST, n_en, n_ar), (n_ar,), (n_en,): counts found, counts held.
        None where neither text has any.
        """
        ar, en = self.ar, self.en
        in_ar = set().union(*ar.tokens) if ar.tokens else set()
        in_en = set().union(*en.tokens) if en.tokens else set()
        # A Latin word of the English text tells something only where the Arabic has it too.
        known = [t for t in in_ar | in_en if t[0].isdigit() or (t in in_ar and t in in_en)]
        if not known:
            return None
        place = {t: n for n, t in enumerate(known)}
        held_ar, held_en = _incidence(ar.tokens, place), _incidence(en.tokens, place)
        return (
            _found(held_ar, held_en),
            _found(held_en, held_ar),
            held_ar.sum(axis=1),
            held_en.sum(axis=1),
        )


# A pair is looked at more than once: with its clutter, without it, and clause by clause.
@lru_cache(maxsize=1)
def between(ar: EncodedArticle, en: EncodedArticle) -> Evidence:
    """The evidence for the beads of two articles' content, kept for the next look at them."""
    return Evidence(side(ar), side(en))


@lru_cache(maxsize=1)
def _nearness_of_all(ar: WordTable, en: WordTable) -> tuple[Floats, Floats]:
    """The nearness of all words of two articles to all sentences, clutter included."""
    return _nearness(_cosines_of_words(ar, en), ar.rows, ar.starts, en.rows, en.starts)


def _cosines_of_words(
    ar: WordTable,
    en: WordTable,
    used_ar: NDArray[np.int64] | slice = ALL,
    used_en: NDArray[np.int64] | slice = ALL,
) -> Floats:
    """Of distinct words. A name that sounds alike in the other script is as near as SOUNDS_ALIKE.

    Vectors know the names that were trained on; news is full of others.
    """
    cosines = ar.vectors[used_ar] @ en.vectors[used_en].T
    sounds, names = ar.sounds[used_ar], en.sounds[used_en, 0]
    known = np.flatnonzero(names)
    alike = (sounds[:, :, None] == names[known]).any(axis=1)
    cells = np.nonzero(alike)
    at = cells[0], known[cells[1]]
    cosines[at] = np.maximum(cosines[at], SOUNDS_ALIKE)
    return np.asarray(cosines)


def _nearness(
    cosines: Floats,
    rows_ar: NDArray[np.int64],
    starts_ar: NDArray[np.int64],
    rows_en: NDArray[np.int64],
    starts_en: NDArray[np.int64],
) -> tuple[Floats, Floats]:
    to_en = _best_of_each(np.ascontiguousarray(cosines.T), rows_en, starts_en)
    to_ar = _best_of_each(cosines, rows_ar, starts_ar)
    for near in (to_en, to_ar):
        near -= NOISE_COSINE
        np.maximum(near, 0.0, out=near)
    return to_en, to_ar


def _best_of_each(values: Floats, rows: NDArray[np.int64], starts: NDArray[np.int64]) -> Floats:
    """For each sentence the maximum over its words' rows.

    Sentence by sentence, for a few rows stay in the processor's nearest cache.
    """
    best = np.empty((len(starts) - 1, values.shape[1]), dtype=np.float32)
    for out, (begin, end) in zip(best, pairwise(starts.tolist()), strict=True):
        np.maximum.reduce(values.take(rows[begin:end], axis=0), axis=0, out=out)
    return best


def running(values: NDArray[np.number] | NDArray[np.bool_]) -> NDArray[np.float64]:
    """(n + 1,) from (n,): the sum of what stands before each value, and of all of them."""
    sums = np.zeros(len(values) + 1)
    np.cumsum(values, out=sums[1:])
    return sums


def _ends(n: int, longest: int) -> NDArray[np.int64]:
    """(longest, n): the sentence after the run of 1, 2, … sentences from each on, at most n."""
    return np.asarray(np.minimum(np.arange(n) + np.arange(1, longest + 1)[:, None], n))


def _cosines_of_runs(dots: NDArray[np.float64], norms: Floats, others: Floats) -> Floats:
    """(LONGEST, n, m) cosines of runs with m single sentences, from the sums of dot products."""
    singles = np.diff(dots, axis=1)
    runs = singles[_ends(len(dots) - 1, LONGEST)] - singles[:-1]
    return np.asarray(runs / (norms[:, :, None] * others), dtype=np.float32)


def _usual(near: Floats) -> Floats:
    """The mean over the sentences, drawn towards the prior where these are few."""
    n = len(near)
    total = near.sum(axis=0) + PRIOR_SENTENCES * PRIOR_NEARNESS
    return np.asarray(total / (n + PRIOR_SENTENCES), dtype=np.float32)


def _covered(near: Floats, usual: Floats, counts: Floats) -> Floats:
    """(LONGEST, sentences that hold the words, sentences in which they are sought)."""
    found = counts @ _best_of_runs(near).transpose(0, 2, 1)
    found -= (counts @ usual)[:, None]
    return np.asarray(found)


def _best_of_runs(values: Floats) -> Floats:
    """(LONGEST, n, …) from (n, …): the maximum over the run of 1, 2, … rows from each on."""
    n = len(values)
    runs = np.empty((LONGEST, *values.shape), dtype=np.float32)
    runs[0] = values
    for k in range(1, LONGEST):
        runs[k] = runs[k - 1]
        if k < n:
            np.maximum(runs[k - 1, : n - k], values[k:], out=runs[k, : n - k])
    return runs


def _incidence(tokens: tuple[frozenset[str], ...], place: dict[str, int]) -> Floats:
    held = np.zeros((len(tokens), len(place)), dtype=np.float32)
    for n, found in enumerate(tokens):
        for token in found:
            if token in place:
                held[n, place[token]] = 1.0
    return held


def _found(held: Floats, sought: Floats) -> Floats:
    return np.asarray(held @ _best_of_runs(sought).transpose(0, 2, 1), dtype=np.float32)
