"""Sentence ends that no mark shows, found by the other side: one sentence against several.

A page loses a full stop, a headline runs into the text after it, a closing quotation mark stands
for both: then one sentence is aligned with two or more of the other side, which has its marks. Such
a pair is cut in two where the words before go with the sentences before and the words after with
those after. Never at a comma, a semicolon, a colon or a dash: whoever set one joined the parts on
purpose, and the bead says so truly.

All ways to cut a pair, and leaving it whole, compete in one log-linear model, fitted by
training.aligner_unmarked on documents whose marks were taken away. Places where the sentence surely
goes on compete too: where one of them is the best, the pair is one that was joined on purpose.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from aligner.alignment.clues import AFTER_CAPITAL, CLUES, OPENS, is_barred, look, may_open
from aligner.alignment.encoded import EncodedArticle, WordTable
from aligner.alignment.evidence import NOISE_COSINE, running
from aligner.segmentation.boundaries import CLOSERS, MARKS
from aligner.text import INVISIBLE, SIDES, Language

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

PATH = Path(__file__).with_name("unmarked.json")
AT_LEAST = 0.35  # probability below which a pair stays whole
AT_LEAST_SOFT = 0.5  # the same where neither side has a mark
FEWEST_WORDS = 3  # that a part of a sentence has
PROSE_WORDS = 8  # that a paragraph has at least which should end with a mark
MOST_WORDS = 400  # on either side of a pair: what is longer is no sentence but an accident
MOST_PLACES = 8  # that compete for one border: those that part the words best
SHORT = 12  # words; a longer part is as sure as any

EVIDENCE = (
    "constant",
    "gain",  # words find their like on their own side of the cut rather than across it
    "gain_back",  # the same of the other side's words
    "gain_least",  # the lesser mean of the part before and the part after
    "gain_back_least",
    "cosines",  # of the parts that would go together, less those of the others
    "cosine_least",
    "gain_behind",  # what this place lacks to the best one
    "gain_back_behind",
    "cosines_behind",
    "length_off",  # how differently the two sides share their words between the parts
    "short",  # the shorter part has few words
    "soft",  # the other side has no mark either, only the look of an end
)
FEATURES = (
    *EVIDENCE,
    *CLUES,
    "careless",  # as `carelessness` has it
    "ways",  # logarithm of how many there are to cut this pair
)
SOFT = FEATURES.index("soft")

GAP = re.compile(r"\s+")
CAPITAL_AFTER = re.compile(r"(?<=[a-z0-9\"'”’)])\s+(?=[\"'“‘(]?[A-Z])")


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence or a part of one.

    words: first and end in the article's word table.
    start, end: code points in the sentence's text, the white space around it included.
    """

    sentence: int
    words: tuple[int, int]
    start: int
    end: int


Sides = tuple[EncodedArticle, EncodedArticle]
Pair = tuple[tuple[Part, ...], tuple[Part, ...]]  # what stands against what: Arabic and English


class Place(NamedTuple):
    """White space between two words of a part."""

    part: int  # of its side of the pair
    word: int  # in the article's word table, the one that follows
    end: int  # code points in the sentence's text, of what stands before
    start: int  # the same, of what follows


class Cut(NamedTuple):
    """A place of one side against a border of the other."""

    side: int  # 0 is Arabic
    place: Place
    border: int  # so many parts of the other side stand before it
    barred: bool  # the sentence goes on at this place


@dataclass(frozen=True, eq=False)
class Ways:
    """The ways to cut a pair in two; features: (cuts, len(FEATURES))."""

    pair: Pair
    cuts: list[Cut]
    features: Floats

    def halves(self, number: int) -> tuple[Pair, Pair]:
        """What a cut makes of the pair."""
        side, place, border, _ = self.cuts[number]
        here, there = self.pair[side], self.pair[1 - side]
        left, right = _at(here[place.part], place)
        one = ((*here[: place.part], left), there[:border])
        two = ((right, *here[place.part + 1 :]), there[border:])
        return (one, two) if side == 0 else (one[::-1], two[::-1])


def _at(part: Part, place: Place) -> tuple[Part, Part]:
    return (
        replace(part, words=(part.words[0], place.word), end=place.start),
        replace(part, words=(place.word, part.words[1]), start=place.start),
    )


@lru_cache(maxsize=1)
def weights() -> Floats:
    """The fitted weights, by the features' names."""
    written = json.loads(PATH.read_text(encoding="utf-8"))["weights"]
    return np.array([written[name] for name in FEATURES], dtype=np.float32)


def sentences(encoded: EncodedArticle, numbers: Sequence[int]) -> tuple[Part, ...]:
    """Whole sentences as parts."""
    starts = encoded.words.starts
    texts = encoded.article.sentences
    return tuple(
        Part(i, (int(starts[i]), int(starts[i + 1])), 0, len(texts[i].text)) for i in numbers
    )


def softly_cut(encoded: EncodedArticle, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """English sentences, cut where a capital alone suggests that an end was lost."""
    out: list[Part] = []
    for part in parts:
        text = encoded.article.sentences[part.sentence].text
        if not any(
            may_open(text, gap.end()) for gap in CAPITAL_AFTER.finditer(text, part.start, part.end)
        ):
            out.append(part)
            continue
        for place in _places(encoded, (part,), CAPITAL_AFTER):
            seen = look(text, place.end, place.start, Language.EN)
            if seen and seen[OPENS] and not seen[AFTER_CAPITAL] and not is_barred(seen):
                left, part = _at(part, place)
                out.append(left)
        out.append(part)
    return tuple(out)


def united(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts with those that follow each other in one sentence made one."""
    out = [parts[0]]
    for part in parts[1:]:
        last = out[-1]
        if part.sentence == last.sentence:
            out[-1] = replace(last, words=(last.words[0], part.words[1]), end=part.end)
        else:
            out.append(part)
    return tuple(out)


def cut_up(sides: Sides, pair: Pair, may: tuple[bool, bool]) -> list[tuple[Pair, float]]:
    """The pairs that a pair falls into, in order, each with the probability that one begins there.

    may: whether a side's sentences may be cut at all. Parts of one sentence that stay together
    are one part in the result.
    """
    found: list[tuple[Pair, float]] = []
    for piece, sure in _pieces(sides, pair, may):
        if sure:
            found.append((piece, sure))
        else:
            (ar, en), before = found.pop()
            found.append(((ar + piece[0], en + piece[1]), before))
    return [((united(ar), united(en)), sure) for (ar, en), sure in found]


def _pieces(sides: Sides, pair: Pair, may: tuple[bool, bool]) -> list[tuple[Pair, float]]:
    """As cut_up, but cut at barred places too: what begins there has the probability 0."""
    if max(len(pair[0]), len(pair[1])) < 2:
        return [(pair, 1.0)]
    found = ways(sides, pair, may)
    if not found.cuts:
        return [(pair, 1.0)]
    value = (found.features @ weights()).astype(np.float64)
    best = int(np.argmax(value))
    top = max(float(value[best]), 0.0)
    sure = float(np.exp(value[best] - top) / (np.exp(value - top).sum() + np.exp(-top)))
    if sure < (AT_LEAST_SOFT if found.features[best, SOFT] else AT_LEAST):
        return [(pair, 1.0)]
    first, second = (_pieces(sides, half, may) for half in found.halves(best))
    begins = 0.0 if found.cuts[best].barred else sure
    return [*first, (second[0][0], begins), *second[1:]]


def ways(sides: Sides, pair: Pair, may: tuple[bool, bool]) -> Ways:
    """The ways to cut a pair: the best places of one side for each border of the other's parts."""
    cuts: list[Cut] = []
    rows: list[list[float]] = []
    for own in (0, 1):
        here, there = pair[own], pair[1 - own]
        if not may[own] or len(there) < 2:
            continue
        places = _places(sides[own], here, GAP)
        words, other = _Words(sides[own].words, here), _Words(sides[1 - own].words, there)
        if not places or max(len(words), len(other)) > MOST_WORDS:
            continue
        looks: dict[int, tuple[float, ...] | None] = {}
        for border, (chosen, evidence) in enumerate(_evidence(words, other, places), start=1):
            for n, row in zip(chosen.tolist(), evidence.tolist(), strict=True):
                place = places[n]
                if n not in looks:
                    text = sides[own].article.sentences[here[place.part].sentence].text
                    looks[n] = look(text, place.end, place.start, SIDES[own])
                if (found := looks[n]) is not None:
                    cuts.append(Cut(own, place, border, is_barred(found)))
                    rows.append([*row, *found, carelessness(sides[own])])
    features = np.empty((len(cuts), len(FEATURES)), dtype=np.float32)
    if cuts:
        features[:, :-1] = rows
        features[:, -1] = np.log(len(cuts))
    return Ways(pair, cuts, features)


@lru_cache(maxsize=2)
def carelessness(encoded: EncodedArticle) -> float:
    """The log odds that a paragraph of this article's prose ends without a mark, at most 0.

    Whoever marks the ends of all paragraphs seldom leaves out the mark of a sentence within. Where
    most have none, they are verses or lists, and tell nothing.
    """
    prose = [
        p.text.rstrip(CLOSERS + INVISIBLE + " ")
        for p in encoded.article.paragraphs
        if not p.boilerplate and p.text.count(" ") >= PROSE_WORDS - 1
    ]
    marked = sum(text.endswith((*MARKS, *"؛;،,:")) for text in prose)
    return min(float(np.log((len(prose) - marked + 0.5) / (marked + 0.5))), 0.0)


def _places(
    encoded: EncodedArticle, parts: Sequence[Part], pattern: re.Pattern[str]
) -> list[Place]:
    """White space of this pattern that has enough words of its part around it."""
    places: list[Place] = []
    for number, part in enumerate(parts):
        first, end = part.words
        if end - first < 2 * FEWEST_WORDS:
            continue
        text = encoded.article.sentences[part.sentence].text
        gaps = [gap.span() for gap in pattern.finditer(text, part.start, part.end)]
        if not gaps:
            continue
        lead = len(text) - len(text.lstrip())
        begins = encoded.words.spans[first:end, 0] + lead
        following = np.searchsorted(begins, [start for _, start in gaps]).tolist()
        places += [
            Place(number, first + word, *gap)
            for word, gap in zip(following, gaps, strict=True)
            if FEWEST_WORDS <= word <= end - first - FEWEST_WORDS
        ]
    return places


class _Words:
    """The words of some parts, in order.

    vectors: (words, w) unit; weights: (words,) above 0; bounds: how many words stand before each
    part, and in all; firsts: where each part begins in the article's word table.
    """

    def __init__(self, table: WordTable, parts: Sequence[Part]) -> None:
        rows = np.concatenate([table.rows[first:end] for first, end in (p.words for p in parts)])
        self.vectors: Floats = table.vectors[rows]
        # What is no word weighs nothing; a little keeps the means defined.
        self.weights: Floats = np.maximum(table.weights[rows], np.float32(1e-6))
        self.bounds = [0]
        for first, end in (part.words for part in parts):
            self.bounds.append(self.bounds[-1] + end - first)
        self.firsts = [part.words[0] for part in parts]
        self.sentences = [part.sentence for part in parts]

    def __len__(self) -> int:
        return len(self.weights)


def _evidence(
    own: _Words, other: _Words, places: Sequence[Place]
) -> Iterator[tuple[Numbers, Floats]]:
    """For each border of the other side the best places and (chosen, len(EVIDENCE))."""
    n, m = len(own), len(other)
    cuts = np.array([own.bounds[p.part] + p.word - own.firsts[p.part] for p in places])
    near = np.maximum(own.vectors @ other.vectors.T, NOISE_COSINE)
    before, after = np.empty((n + 1, m), np.float32), np.empty((n + 1, m), np.float32)
    before[0] = after[n] = NOISE_COSINE
    np.maximum.accumulate(near, axis=0, out=before[1:])
    np.maximum.accumulate(near[::-1], axis=0, out=after[:-1][::-1])
    lead = _running_rows((before[cuts] - after[cuts]) * other.weights)
    held, held_there = running(own.weights), running(other.weights)
    for number in range(1, len(other.sentences)):
        j = other.bounds[number]
        across = near[:, :j].max(axis=1) - near[:, j:].max(axis=1)
        total = running(across * own.weights)
        left, right = total[cuts], total[cuts] - total[n]
        back_left, back_right = lead[:, j], lead[:, j] - lead[:, m]
        gain, gain_back = left + right, back_left + back_right
        chosen = np.arange(len(cuts))
        if len(cuts) > MOST_PLACES:
            best = np.argpartition(-(gain + gain_back), MOST_PLACES)[:MOST_PLACES]
            chosen = np.sort(best)
        at = cuts[chosen]
        head = (np.arange(n) < at[:, None]) * own.weights @ own.vectors
        tail = own.weights @ own.vectors - head
        first = other.weights[:j] @ other.vectors[:j]
        second = other.weights[j:] @ other.vectors[j:]
        cosines = _cosines(np.concatenate([head, tail]), np.stack([first, second]))
        k = len(chosen)
        same = cosines[:k, 0], cosines[k:, 1]
        contrast = same[0] + same[1] - cosines[:k, 1] - cosines[k:, 0]
        least = np.minimum(left / held[cuts], right / (held[n] - held[cuts]))
        least_back = np.minimum(
            back_left / held_there[j], back_right / (held_there[m] - held_there[j])
        )
        columns = (
            1.0,
            gain[chosen],
            gain_back[chosen],
            least[chosen],
            least_back[chosen],
            contrast,
            np.minimum(*same),
            gain.max() - gain[chosen],
            gain_back.max() - gain_back[chosen],
            contrast.max() - contrast,
            np.abs(np.log(at / (n - at)) - np.log(j / (m - j))),
            np.log(SHORT / np.minimum(np.minimum(at, n - at), SHORT)),
            other.sentences[number - 1] == other.sentences[number],
        )
        table = np.empty((k, len(EVIDENCE)), np.float32)
        for column, values in enumerate(columns):
            table[:, column] = values
        yield chosen, table


def _cosines(rows: Floats, others: Floats) -> Floats:
    norms = np.sqrt(np.einsum("nd,nd->n", rows, rows))[:, None]
    norms = norms * np.sqrt(np.einsum("nd,nd->n", others, others))
    return np.asarray(rows @ others.T / np.maximum(norms, 1e-9), dtype=np.float32)


def _running_rows(values: Floats) -> NDArray[np.float64]:
    out = np.zeros((len(values), values.shape[1] + 1))
    np.cumsum(values, axis=1, out=out[:, 1:])
    return out
