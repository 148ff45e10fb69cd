"""Part of an aligned sentence that stands in one version only.

A clause between punctuation marks or conjunctions is suspected when its words find nothing near
in the bead's other side while the rest of the sentence does, and when the lengths of the two sides
go together better without it, as lengths go together in this pair of texts: translators differ in
how many words they make of one. A small logistic model, fitted by training.aligner_clauses, weighs
this. Of several sentences in a bead a whole one may be such a clause, and the others its rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, compress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aligner.alignment import EncodedArticle
from aligner.alignment.encoded import Numbers
from aligner.alignment.evidence import NOISE_COSINE, Evidence, Floats, Side, between, running
from aligner.alignment.lengths import usual_ratio, usual_spread
from aligner.alignment.probability import logistic
from aligner.alignment.singles import coverage_scale
from aligner.bitext import Alignment, Bead, Divergence, DivergenceKind
from aligner.text import SIDES, Article, Language

PATH = Path(__file__).with_name("clauses.json")
FEWEST_WORDS = 4  # in a clause; less is a matter of style
FEWEST_REST = 3  # words that must be left over
SHORTEST = 12  # code points of a clause
AT_LEAST = 0.4  # probability below which a clause is not named
MOST_COVERED = 0.16  # a clause whose words find this much has its counterpart
MOST_OFF = 2.5  # spreads by which the bead's other side may be longer than usual
UNFOUND = 0.4  # cosine below which a word has found none
MOST_SPREADS = 4.0  # beyond which a length says nothing more
SLACK = 1e-4  # of a probability, for the rounding of sums

Totals = NDArray[np.float64]

FEATURES = (
    "constant",
    "covered",  # of the clause by the other side
    "rest_covered",
    "covered_nearby",  # by the other side's neighbouring sentences
    "other_loses",  # coverage that the other side loses without the clause
    "other_unfound",  # share of the other side's words that find none outside the clause
    "cosine_gain",  # of the rest with the other side, over the whole's
    "length_off",  # how far the lengths of the whole are from this text's ratio, in its spreads
    "length_gain",  # how much nearer they come without the clause
    "share",  # of the sentence's letters
    "tail",
    "after_mark",  # it begins after a punctuation mark, not just before a conjunction
    "probability",  # of the bead
)

# Every way for it to begin is in one class, which is searched for faster than an alternation.
MARK = re.compile(
    r"""[،,;؛:!؟?…\s](?:
        (?<=[،,;؛:!؟?…]) [،,;؛:!؟?…]*["'”»)\]]*\s+
    |   (?<=\s) (?: \s*[-–—]+\s+ | \s*(?=[(\[«]) | (?<=[)\]»]\s)\s* )
    )""",
    re.VERBOSE,
)
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
    found = list(candidates(ar, en, alignment, at_least=at_least))
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


def candidates(
    ar: EncodedArticle, en: EncodedArticle, alignment: Alignment, *, at_least: float = 0.0
) -> Iterator[Candidate]:
    """Clauses of all two-sided beads whose words find little on the other side.

    at_least: what cannot reach this probability is left out.
    """
    beads = [bead for bead in alignment if not bead.is_null]
    if not beads:
        return
    evidence = between(ar, en)
    scale = coverage_scale(*evidence.covered_once)
    for language, article in zip(SIDES, (ar.article, en.article), strict=True):
        searched = _Searched(evidence, language, beads, scale)
        clauses = searched.suspected(article)
        if len(clauses):
            yield from searched.weighed(clauses, at_least)


@dataclass(frozen=True, eq=False)
class _Clauses:
    """Clauses of a side; each field has an entry for every one of them."""

    texts: list[str]  # of their sentences, stripped
    sentence: Numbers
    start: Numbers  # code points in the text
    end: Numbers
    first: Numbers  # words of the side
    stop: Numbers

    def __len__(self) -> int:
        return len(self.texts)

    def where(self, chosen: NDArray[np.bool_]) -> _Clauses:
        arrays = (self.sentence, self.start, self.end, self.first, self.stop)
        return _Clauses(list(compress(self.texts, chosen)), *(x[chosen] for x in arrays))


class _Groups:
    """The sentences of each bead on one side, bead after bead."""

    def __init__(self, beads: Sequence[Bead], one: Side, language: Language) -> None:
        groups = [bead.side(language) for bead in beads]
        sizes = [len(group) for group in groups]
        self.sentences = np.searchsorted(one.numbers, np.array(list(chain(*groups))))
        self.sizes = np.array(sizes)
        self.begins = np.cumsum([0, *sizes[:-1]])
        self.bead = np.repeat(np.arange(len(beads)), sizes)  # of each sentence

    def total(self, values: Floats) -> Floats:
        """(beads, ...) from (sentences, ...)."""
        return np.add.reduceat(values[self.sentences], self.begins, axis=0)

    def most(self, values: Floats) -> Floats:
        """(beads, ...) from (sentences, ...)."""
        return np.maximum.reduceat(values[self.sentences], self.begins, axis=0)


class _Searched:
    """A side of a pair, searched for clauses that the other side of their bead lacks.

    The words of all beads are looked at together, for the beads are many and small. Sentences are
    numbered as in `Side`, words in the order in which they stand.
    """

    def __init__(
        self, evidence: Evidence, language: Language, beads: Sequence[Bead], scale: float
    ) -> None:
        own = SIDES.index(language)
        one, other = (evidence.ar, evidence.en)[:: -1 if own else 1]
        self.language, self.one, self.other = language, one, other
        self.beads, self.scale = beads, np.float32(scale)
        self.near, self.usual = evidence.nearness[own], evidence.usual[own]
        self.here, self.there = _Groups(beads, one, language), _Groups(beads, other, language.other)
        self.letters = self.here.total(one.characters)
        self.other_letters = self.there.total(other.characters)
        self.sign = -1 if own else 1  # ratios are of English to Arabic
        ratios = self.sign * np.log(self.other_letters / self.letters)
        self.ratio = usual_ratio(ratios)
        self.spread = usual_spread(ratios, self.ratio)
        self.off = self._off(self.letters, self.other_letters)
        self.words = np.diff(one.word_starts)  # in each sentence
        self.bead = np.full(len(one), -1)  # of each sentence
        self.bead[self.here.sentences] = self.here.bead
        self.weight = one.source.weights[one.used[one.word_rows]]
        self.other_weights = self.there.total(other.counts)  # (beads, distinct words)
        self.weight_before = running(self.weight)
        self.gain_before = running(self._gain(self.there.most(self.near)))

    def _off(self, letters: Floats, other_letters: Floats) -> Floats:
        """How much longer the other side is than usual, in spreads."""
        logs = np.log(other_letters / letters) - self.sign * self.ratio
        return np.asarray(logs / self.spread, dtype=np.float32)

    def _gain(self, near: Floats) -> Floats:
        """What each word finds, beyond what it finds in any sentence, by weight.

        near: (beads, distinct words) how near each word comes to what is looked at.
        """
        rows = self.one.word_rows
        found = near[np.repeat(self.bead, self.words), rows] - self.usual[rows]
        return np.asarray(found * self.weight * self.scale, dtype=np.float32)

    def suspected(self, article: Article) -> _Clauses:
        """The clauses that find little, and less than the rest of their sentence finds."""
        texts: list[str] = []
        numbers: list[int] = []
        spans: list[tuple[int, int]] = []
        sizes = self.here.sizes
        # A side that is the shorter one by far is seldom the one with more in it.
        searched = np.flatnonzero((self.bead >= 0) & (self.off[self.bead] <= MOST_OFF))
        for n, number in zip(searched.tolist(), self.one.numbers[searched].tolist(), strict=True):
            text = article.sentences[number].stripped
            found = _spans(text, self.language)
            first, last = _bare(text)
            if sizes[self.bead[n]] > 1 and last - first >= SHORTEST:
                found = (*found, (first, last))
            texts += [text] * len(found)
            numbers += [n] * len(found)
            spans += found
        sentence = np.array(numbers, dtype=np.int64)
        start, end = np.array(spans, dtype=np.int64).reshape(-1, 2).T
        clauses = _Clauses(texts, sentence, start, end, *self._words_in(sentence, start, end))
        covered, rest = self._covered(clauses)
        words = clauses.stop - clauses.first
        begin, end = self._whole(clauses)
        return clauses.where(
            (words >= FEWEST_WORDS)
            & (end - begin - words >= FEWEST_REST)
            & (covered <= MOST_COVERED)
            & (covered <= rest)
        )

    def _words_in(self, sentence: Numbers, start: Numbers, end: Numbers) -> tuple[Numbers, Numbers]:
        """The first word in each span of a sentence, and the one after its last."""
        table, begins = self.one.source, self.one.word_starts
        shift = np.repeat(table.starts[self.one.numbers] - begins[:-1], self.words)
        # One rising scale for the places in all sentences: none has 2**32 letters.
        own = np.repeat(np.arange(len(self.one)), self.words) << 32
        spans = table.spans[np.arange(len(shift)) + shift] + own[:, None]
        first = np.searchsorted(spans[:, 0], (sentence << 32) + start)
        return first, np.searchsorted(spans[:, 1], (sentence << 32) + end, "right")

    def _whole(self, clauses: _Clauses) -> tuple[Numbers, Numbers]:
        """The first word of what each clause is a part of, and the one after its last.

        That is its sentence, or where it is all of that, its side of the bead.
        """
        starts, here, bead = self.one.word_starts, self.here, self.bead[clauses.sentence]
        begin, end = starts[clauses.sentence], starts[clauses.sentence + 1]
        is_sentence = (clauses.first == begin) & (clauses.stop == end)
        first, last = here.begins[bead], here.begins[bead] + here.sizes[bead] - 1
        return (
            np.where(is_sentence, starts[here.sentences[first]], begin),
            np.where(is_sentence, starts[here.sentences[last] + 1], end),
        )

    def _covered(self, clauses: _Clauses) -> tuple[Totals, Totals]:
        """How much of each clause the other side covers, and of the rest of what it is part of."""
        begin, end = self._whole(clauses)
        sums = []
        for before in (self.gain_before, self.weight_before):
            inner = before[clauses.stop] - before[clauses.first]
            sums += [inner, before[end] - before[begin] - inner]
        gain, rest_gain, weight, rest_weight = sums
        return gain / np.maximum(weight, 1e-6), rest_gain / np.maximum(rest_weight, 1e-6)

    def _covered_nearby(self, clauses: _Clauses) -> Totals:
        """How much of each clause the sentences around the bead's other side cover."""
        there = self.there
        before = np.minimum.reduceat(there.sentences, there.begins) - 1
        after = np.maximum.reduceat(there.sentences, there.begins) + 1
        # Nothing is found beyond the text: in the row of zeros after its last, which -1 is too.
        near = np.concatenate([self.near, np.zeros_like(self.near[:1])])
        sums = running(self._gain(np.maximum(near[before], near[after])))
        found = sums[clauses.stop] - sums[clauses.first]
        found[((before < 0) & (after == len(self.other)))[self.bead[clauses.sentence]]] = 0.0
        weight = self.weight_before[clauses.stop] - self.weight_before[clauses.first]
        return np.asarray(found / weight)

    def _cosine_gain(self, clauses: _Clauses) -> Totals:
        """How much nearer each clause's side comes to the other without it."""
        one, other = self.one, self.other
        beads, at = np.unique(self.bead[clauses.sentence], return_inverse=True)
        own = _sums(self.here.total(one.counts)[beads], one)[at]
        there = _sums(self.other_weights[beads], other)[at]
        of = np.repeat(np.arange(len(clauses)), clauses.stop - clauses.first)
        words = np.concatenate(
            [np.arange(a, b) for a, b in zip(clauses.first, clauses.stop, strict=True)]
        )
        cells = of * len(one.used) + one.word_rows[words]
        counts = np.bincount(cells, self.weight[words], len(clauses) * len(one.used))
        clause = _sums(counts.reshape(len(clauses), -1).astype(np.float32), one)
        return _cosine(own - clause, there) - _cosine(own, there)

    def _left_over(self, clauses: _Clauses, number: int) -> tuple[float, float]:
        """Coverage that the other side loses without a clause, and what then finds nothing."""
        bead = self.bead[clauses.sentence[number]]
        first, last = np.flatnonzero(self.bead == bead)[[0, -1]]
        begin, end = int(self.one.word_starts[first]), int(self.one.word_starts[last + 1])
        weights = self.other_weights[bead]
        present = np.flatnonzero(weights)
        cosines = self.other.words[present] @ self.one.words[self.one.word_rows[begin:end]].T
        np.maximum(cosines, NOISE_COSINE, out=cosines)
        clause = np.s_[int(clauses.first[number]) - begin : int(clauses.stop[number]) - begin]
        rest = np.delete(cosines, clause, axis=1).max(axis=1)
        total = max(float(weights.sum()), 1e-6)
        lost = float((cosines.max(axis=1) - rest) @ weights[present])
        unfound = float(weights[present][rest < UNFOUND].sum())
        return lost * float(self.scale) / total, unfound / total

    def weighed(self, clauses: _Clauses, at_least: float) -> Iterator[Candidate]:
        """The clauses with their features, without those that cannot reach the probability."""
        bead = self.bead[clauses.sentence]
        covered, rest = self._covered(clauses)
        letters = clauses.end - clauses.start
        left = np.maximum(self.letters[bead] - letters, 1.0)
        off, off_without = self.off[bead], self._off(left, self.other_letters[bead])
        places = list(zip(clauses.texts, clauses.start.tolist(), clauses.end.tolist(), strict=True))
        features = {
            "constant": np.ones(len(clauses)),
            "covered": covered,
            "rest_covered": rest,
            "covered_nearby": self._covered_nearby(clauses),
            "other_loses": np.zeros(len(clauses)),
            "other_unfound": np.zeros(len(clauses)),
            "cosine_gain": self._cosine_gain(clauses),
            "length_off": np.clip(off, -MOST_SPREADS, MOST_SPREADS),
            "length_gain": np.clip(np.abs(off) - np.abs(off_without), -MOST_SPREADS, MOST_SPREADS),
            "share": letters / self.letters[bead],
            "tail": [end >= len(text.rstrip(EDGE)) for text, _, end in places],
            "after_mark": [not a or text[:a].rstrip()[-1:] in EDGE for text, a, _ in places],
            "probability": np.array([b.probability for b in self.beads])[bead],
        }
        table = np.stack(
            [np.asarray(features[name], dtype=np.float64) for name in FEATURES], axis=1
        )
        # What the other side loses is dear to know, and can only speak against a clause.
        dear = [FEATURES.index("other_loses"), FEATURES.index("other_unfound")]
        hopeful = logistic(table @ weights()) >= at_least - SLACK
        for n in np.flatnonzero(hopeful).tolist():
            table[n, dear] = self._left_over(clauses, n)
            yield Candidate(
                self.language,
                int(self.one.numbers[clauses.sentence[n]]),
                places[n][1],
                places[n][2],
                self.beads[bead[n]].side(self.language.other),
                tuple(table[n].tolist()),
            )


def _sums(weights: Floats, one: Side) -> Floats:
    """(n, d) vectors of some words together; weights: (n, distinct words), most of them 0."""
    present = np.flatnonzero(weights.any(axis=0))
    return np.asarray(weights[:, present] @ one.source.vectors[one.used[present]])


def _cosine(vectors: Floats, others: Floats) -> Totals:
    """The cosine of each row with its like; 0 where one of them is zero."""
    norms = np.linalg.norm(vectors, axis=1) * np.linalg.norm(others, axis=1)
    return np.asarray(np.einsum("nd,nd->n", vectors, others) / np.maximum(norms, 1e-12))


def _bare(text: str) -> tuple[int, int]:
    """The span of a text without the punctuation around it."""
    return len(text) - len(text.lstrip(EDGE)), len(text.rstrip(EDGE))


@lru_cache(maxsize=4096)
def _spans(text: str, language: Language) -> tuple[tuple[int, int], ...]:
    """Clauses of a sentence, without the punctuation around them.

    From each border to the end, from the beginning to each mark, and between two marks.
    """
    found = [m.span() for m in MARK.finditer(text)]
    ends, marks = [a for a, _ in found], [b for _, b in found]
    words = [m.end() for m in CONJUNCTION[language].finditer(text)]
    length = len(text)
    bare_ends = [len(text[:e].rstrip(EDGE)) for e in (*ends, length)]
    *bare_marks, first = (length - len(text[b:].lstrip(EDGE)) for b in (*marks, 0))
    spans = {(first, e) for e in bare_ends[:-1]}
    spans |= {(b, e) for b in bare_marks for e in bare_ends}
    spans |= {(length - len(text[b:].lstrip(EDGE)), bare_ends[-1]) for b in words}
    return tuple(sorted((start, end) for start, end in spans if end - start >= SHORTEST))
