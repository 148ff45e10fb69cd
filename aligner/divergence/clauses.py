"""Part of an aligned sentence that stands in one version only.

A clause between punctuation marks or conjunctions is suspected when its words find nothing near
in the bead's other side while the rest of the sentence does, and when the lengths of the two sides
agree better without it. A small logistic model, fitted by training.aligner_clauses, weighs this.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aligner.alignment import EncodedArticle
from aligner.alignment.encoded import WordTable
from aligner.alignment.evidence import Evidence, Floats, Side, side
from aligner.alignment.features import LENGTH_RATIO, coverage_scale
from aligner.bitext import Alignment, Divergence, DivergenceKind
from aligner.text import SIDES, Language

PATH = Path(__file__).with_name("clauses.json")
FEWEST_WORDS = 4  # in a clause; less is a matter of style
FEWEST_REST = 3  # words that must be left over
AT_LEAST = 0.35  # probability below which a clause is not named
MOST_COVERED = 0.16  # a clause whose words find this much has its counterpart

FEATURES = (
    "constant",
    "covered",  # of the clause by the other side
    "rest_covered",
    "contrast",  # of rest and clause, by the square root of its words: how sure the two are
    "covered_nearby",  # by the other side's neighbouring sentences
    "other_loses",  # coverage that the other side loses without the clause
    "cosine_gain",  # of the rest with the other side, over the whole's
    "ratio_off",  # how far the lengths of the whole are from the usual ratio
    "ratio_gain",  # how much nearer they come without the clause
    "words",  # logarithm of the number of words
    "share",  # of the sentence's letters
    "tail",
    "after_mark",  # it begins after a punctuation mark, not just before a conjunction
    "probability",  # of the bead
)

MARK = re.compile(r"[،,;؛:!؟?…]+[\"'”»)\]]*\s+|\s+[-–—]+\s+|\s+(?=[(\[«])|(?<=[)\]»])\s+")
CONJUNCTION = {
    Language.EN: re.compile(
        r"\s+(?=(?:and|but|while|although|though|because|which|who|whose|where|when|as|after|"
        r"before|since|until|amid|with|saying|adding|including|despite)\s)"
    ),
    Language.AR: re.compile(
        r"\s+(?=(?:و(?=[\u0621-\u064a]{3})|ف(?=[\u0621-\u064a]{4})|حيث|لكن|بينما|إذ|الذي|التي|الذين|مما|"
        r"عندما|بعد|قبل|رغم|وسط|مع|حتى|كما|لأن|غير)[\u0621-\u064a]*\s)"
    ),
}
EDGE = " \t\u00a0.,;:!?،؛؟…\"'“”«»()[]-–—"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause that may stand in one version only."""

    side: Language
    sentence: int
    start: int  # code points in the sentence's stripped text
    end: int
    other: tuple[int, ...]
    features: tuple[float, ...]


@lru_cache(maxsize=1)
def weights() -> Floats:
    """The fitted weights, by the features' names."""
    written = json.loads(PATH.read_text(encoding="utf-8"))["weights"]
    return np.array([written[name] for name in FEATURES], dtype=np.float32)


def find(
    ar: EncodedArticle, en: EncodedArticle, alignment: Alignment, *, at_least: float = AT_LEAST
) -> list[Divergence]:
    """Name the clauses that stand in one version only: the likeliest of each sentence."""
    best: dict[tuple[Language, int], tuple[float, Candidate]] = {}
    found = list(candidates(ar, en, alignment))
    if not found:
        return []
    table = np.array([c.features for c in found], dtype=np.float32) @ weights()
    for candidate, value in zip(found, table.tolist(), strict=True):
        key = (candidate.side, candidate.sentence)
        if key not in best or value > best[key][0]:
            best[key] = (value, candidate)
    articles = dict(zip(SIDES, (ar.article, en.article), strict=True))
    out = []
    for value, candidate in best.values():
        chance = float(1.0 / (1.0 + np.exp(-value)))
        if chance < at_least:
            continue
        article = articles[candidate.side]
        sentence = article.sentences[candidate.sentence]
        shift = sentence.start + len(sentence.text) - len(sentence.text.lstrip())
        out.append(
            Divergence(
                DivergenceKind.CLAUSE,
                candidate.side,
                article.paragraph_of[candidate.sentence],
                (candidate.sentence,),
                round(chance, 4),
                span=(shift + candidate.start, shift + candidate.end),
                other=candidate.other,
            )
        )
    return out


def candidates(ar: EncodedArticle, en: EncodedArticle, alignment: Alignment) -> Iterator[Candidate]:
    """Clauses of all two-sided beads whose words find little on the other side."""
    sides = (side(ar), side(en))
    if not len(sides[0]) or not len(sides[1]):
        return
    evidence = Evidence(*sides)
    scale = coverage_scale(*evidence.covered_once)
    place = [{s: n for n, s in enumerate(one.numbers.tolist())} for one in sides]
    for bead in alignment:
        if bead.is_null:
            continue
        inside = ([place[0][i] for i in bead.ar], [place[1][j] for j in bead.en])
        for own, encoded in ((0, ar), (1, en)):
            yield from _of_side(
                sides, evidence, scale, encoded, own, inside, bead.side(SIDES[1 - own]),
                bead.probability,
            )  # fmt: skip


def _of_side(
    sides: tuple[Side, Side],
    evidence: Evidence,
    scale: float,
    encoded: EncodedArticle,
    own: int,
    inside: tuple[list[int], list[int]],
    counterpart: tuple[int, ...],
    probability: float,
) -> Iterator[Candidate]:
    one, other = sides[own], sides[1 - own]
    near, usual = evidence.nearness[own], evidence.usual[own]
    here, there = inside[own], inside[1 - own]
    around = [j for j in (min(there) - 1, max(there) + 1) if 0 <= j < len(other)]
    own_letters = float(one.characters[here].sum())
    other_letters = float(other.characters[there].sum())
    expected = LENGTH_RATIO if own == 0 else -LENGTH_RATIO  # of other over own
    off = np.log(other_letters / own_letters) - expected
    if off > 0.35:
        return  # this side is the shorter one by far
    vectors: _Vectors | None = None
    for i in here:
        number = int(one.numbers[i])
        text = encoded.article.sentences[number].stripped
        spans = _spans(text, SIDES[own])
        if not spans:
            continue
        first, last = encoded.words.starts[number : number + 2].tolist()
        word_spans = encoded.words.spans[first:last]
        rows = one.word_rows[one.word_starts[i] : one.word_starts[i + 1]]
        weight = encoded.words.weights[encoded.words.rows[first:last]]
        gain = (near[there][:, rows].max(axis=0) - usual[rows]) * weight * scale
        sums, weights_before = _running(gain), _running(weight)
        bounds = np.array(spans)
        begins = np.searchsorted(word_spans[:, 0], bounds[:, 0])
        stops = np.searchsorted(word_spans[:, 1], bounds[:, 1], "right")
        inner = weights_before[stops] - weights_before[begins]
        outer = weights_before[-1] - inner
        size = stops - begins
        clause_gain = sums[stops] - sums[begins]
        covered = clause_gain / np.maximum(inner, 1e-6)
        rest = (sums[-1] - clause_gain) / np.maximum(outer, 1e-6)
        suspected = (size >= FEWEST_WORDS) & (len(rows) - size >= FEWEST_REST)
        suspected &= (covered <= MOST_COVERED) & (covered <= rest)
        if not suspected.any():
            continue
        nearby_sums = np.zeros_like(sums)
        if around:
            nearby = (near[around][:, rows].max(axis=0) - usual[rows]) * weight * scale
            nearby_sums = _running(nearby)
        vectors = vectors or _Vectors(sides, own, here, there)
        for k in np.flatnonzero(suspected).tolist():
            (start, end), a, b = spans[k], int(begins[k]), int(stops[k])
            letters = float(end - start)
            without = np.log(other_letters / max(own_letters - letters, 1.0)) - expected
            features = (
                1.0,
                covered[k],
                rest[k],
                (rest[k] - covered[k]) * np.sqrt(b - a),
                (nearby_sums[b] - nearby_sums[a]) / inner[k],
                vectors.loss(rows, a, b) * scale,
                vectors.cosine_gain(_word_sum(encoded.words, first + a, first + b)),
                np.clip(off, -1.5, 1.5),
                np.clip(abs(off) - abs(without), -1.5, 1.5),
                np.log(b - a),
                letters / own_letters,
                end >= len(text.rstrip(EDGE)),
                start == 0 or text[:start].rstrip()[-1:] in EDGE,
                probability,
            )
            yield Candidate(
                SIDES[own], number, start, end, counterpart, tuple(float(f) for f in features)
            )


class _Vectors:
    """A bead's two sides as sums of their words' vectors."""

    def __init__(
        self, sides: tuple[Side, Side], own: int, here: list[int], there: list[int]
    ) -> None:
        self.one, other = sides[own], sides[1 - own]
        self.own = self.one.counts[here].sum(axis=0) @ self.one.words
        weights = other.counts[there].sum(axis=0)
        present = np.flatnonzero(weights)
        self.weights, self.words = weights[present], other.words[present]
        self.other = self.weights @ self.words
        self.cosine = _cosine(self.own, self.other)

    def cosine_gain(self, clause: Floats) -> float:
        """How much nearer the side comes to the other without the clause."""
        return _cosine(self.own - clause, self.other) - self.cosine

    def loss(self, rows: NDArray[np.int64], a: int, b: int) -> float:
        """Coverage that the other side loses if words a to b of these are taken away."""
        cosines = self.words @ self.one.words[rows].T
        kept = np.concatenate([cosines[:, :a], cosines[:, b:]], axis=1).max(axis=1)
        drop = np.maximum(cosines.max(axis=1), 0.2) - np.maximum(kept, 0.2)
        return float((drop * self.weights).sum() / max(float(self.weights.sum()), 1e-6))


def _running(values: NDArray[np.floating]) -> NDArray[np.float64]:
    return np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])


def _word_sum(words: WordTable, first: int, last: int) -> Floats:
    rows = words.rows[first:last]
    return np.asarray(words.weights[rows] @ words.vectors[rows], dtype=np.float32)


def _cosine(vector: Floats, other: Floats) -> float:
    norm = float(np.linalg.norm(vector)) * float(np.linalg.norm(other))
    return float(vector @ other) / norm if norm > 0 else 0.0


@lru_cache(maxsize=4096)
def _spans(text: str, language: Language) -> tuple[tuple[int, int], ...]:
    """Clauses of a sentence, without the punctuation around them.

    From each border to the end, from the beginning to each mark, and between two marks.
    """
    marks = [m.end() for m in MARK.finditer(text)]
    words = [m.end() for m in CONJUNCTION[language].finditer(text)]
    ends = [m.start() for m in MARK.finditer(text)]
    length = len(text)
    raw = {(b, length) for b in (*marks, *words)}
    raw |= {(0, e) for e in ends}
    raw |= {(b, e) for b in marks for e in ends if e > b}
    spans = set()
    for start, end in raw:
        inner = text[start:end]
        start += len(inner) - len(inner.lstrip(EDGE))
        end -= len(inner) - len(inner.rstrip(EDGE))
        if end - start >= 12:
            spans.add((start, end))
    return tuple(sorted(spans))
