"""Part of an aligned sentence that stands in one version only.

A clause between punctuation marks or conjunctions, at the head of its sentence, in the middle or at
the tail, is suspected when its words find nothing near in the bead's other side while the rest of
the sentence does, and when the lengths of the two sides go together better without it, as lengths
go together in this pair of texts: translators differ in how many words they make of one. A small
logistic model, fitted by training.aligner_clauses, weighs this. Of several sentences in a bead a
whole one may be such a clause, and the others its rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aligner.alignment import EncodedArticle
from aligner.alignment.encoded import Numbers
from aligner.alignment.evidence import (
    ALL,
    NOISE_COSINE,
    Evidence,
    Floats,
    Side,
    between,
    running,
)
from aligner.alignment.lengths import usual_ratio, usual_spread
from aligner.alignment.probability import logistic
from aligner.alignment.singles import coverage_scale
from aligner.bitext import Alignment, Bead, Divergence, DivergenceKind
from aligner.text import SIDES, Article, Language

PATH = Path(__file__).with_name("clauses.json")
FEWEST_WORDS = 4  # in a clause; less is a matter of style
FEWEST_REST = 3  # words that must be left over
SHORTEST = 12  # code points of a clause
AT_LEAST = 0.53  # probability below which a clause is not named
MOST_COVERED = 0.16  # a clause whose words find this much has its counterpart
MOST_OFF = 2.5  # spreads by which the bead's other side may be longer than usual
UNFOUND = 0.4  # cosine below which a word has found none
MOST_SPREADS = 4.0  # beyond which a length says nothing more
SLACK = 1e-4  # of a probability, for the rounding of sums

Totals = NDArray[np.float64]

FEATURES = (
    "constant",
    "covered",  # of the clause by the other side
    "covered_nearby",  # by the other side's neighbouring sentences
    "other_loses",  # coverage that the other side loses without the clause
    "other_unfound",  # share of the other side's words that find none outside the clause
    "cosine_gain",  # of the rest with the other side, over the whole's
    "length_off",  # how far the lengths of the whole are from this text's ratio, in its spreads
    "length_gain",  # how much nearer they come without the clause
    "share",  # of the sentence's letters
    "tail",
    "opens",  # it begins with a word of a closed class, as what a sentence can be without does
    "after_mark",  # it begins after a punctuation mark, not just before a conjunction
    "probability",  # of the bead
)

# What a verb of saying or a noun needs begins with these: a clause ends before it, and it is none.
COMPLEMENTISERS = {Language.EN: "that", Language.AR: "[إأ]ن"}
# Words of closed classes with which a clause begins that says when, where, how or who.
OPENERS = {
    Language.EN: (
        "and|but|or|in|on|at|by|for|from|of|under|among|amid|during|since|until|after|before|with|"
        "without|despite|following|according|including|like|as|while|when|where|if|although|though|"
        "because|who|whose|whom|which|that"
    ),
    Language.AR: (
        "[وف]?(?:في|من|على|إلى|عن|مع|عند|بين|تحت|وسط|دون|خلال|أثناء|منذ|حتى|بعد|قبل|عقب|إثر|رغم|"
        "بسبب|نتيجة|بحسب|حسب|وفقا?|كما|لكن|لأن|إذا?|حين|عندما|بينما|حيث|الذي|التي|الذين|"
        "الل(?:ذان|ذين|تان|تين))"
    ),
}
OPENS = {
    language: re.compile(rf"(?:{words})\b", re.IGNORECASE) for language, words in OPENERS.items()
}

# Words before which a clause may begin without a mark.
CONJUNCTIONS = {
    Language.EN: (
        "(?:a(?:nd|s|fter|lthough|mid|dding)|b(?:ut|ecause|efore)|s(?:ince|aying)|though|until|"
        "w(?:hile|hich|ho|hose|here|hen|ith)|including|despite)"
    ),
    Language.AR: (
        r"(?:و(?=[\u0621-\u064a]{3})|ف(?=[\u0621-\u064a]{4})|ال(?:ذي|تي|ذين)|ح(?:يث|تى)|ل(?:كن|أن)|"
        r"ب(?:ينما|عد)|م(?:ما|ع)|إذ|عندما|قبل|رغم|وسط|كما|غير)[\u0621-\u064a]*"
    ),
}
# Every way for it to begin is in one class, which is searched for faster than an alternation; the
# empty groups say that no mark was met.
BORDER = {
    language: re.compile(
        rf"""[،,;؛:!؟?…\s](?:
            (?<=[،,;؛:!؟?…]) [،,;؛:!؟?…]*["'”»)\]]*\s+
        |   (?<=\s) (?: \s*(?: [-–—]+\s+ | (?=[(\[«]) ) | (?<=[)\]»]\s)\s* )
        |   (?<=\s) \s*(?={words}\s) (?P<conjunction>)
        |   (?<=\s) \s*(?={COMPLEMENTISERS[language]}\s) (?P<complementiser>)
        )""",
        re.VERBOSE,
    )
    for language, words in CONJUNCTIONS.items()
}
EDGE = " \t\u00a0.,;:!?،؛؟…\"'“”«»()[]-–—"
IS_EDGE = np.isin(np.arange(ord(max(EDGE)) + 2), [ord(mark) for mark in EDGE])  # by code point
APART = "\0"  # between sentences: no part of a word, a mark or a space


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
    pair = _Pair(between(ar, en), beads)
    for language, article in zip(SIDES, (ar.article, en.article), strict=True):
        searched = _Searched(pair, language, article)
        clauses = searched.suspected()
        if len(clauses):
            yield from searched.weighed(clauses, at_least)


@dataclass(frozen=True, eq=False)
class _Clauses:
    """Clauses of a side; each field has an entry for every one of them."""

    sentence: Numbers
    start: Numbers  # code points in the side's text
    end: Numbers
    first: Numbers  # words of the side
    stop: Numbers
    covered: Totals  # by the other side

    def __len__(self) -> int:
        return len(self.sentence)

    def where(self, chosen: NDArray[np.bool_]) -> _Clauses:
        return _Clauses(*(getattr(self, field.name)[chosen] for field in fields(self)))

    @cached_property
    def words(self) -> Numbers:
        """The words of all of them, clause after clause."""
        return _ranges(self.first, self.stop - self.first)

    @cached_property
    def of(self) -> Numbers:
        """The clause of each of these words."""
        return np.repeat(np.arange(len(self)), self.stop - self.first)


class _Groups:
    """The sentences of each bead on one side, bead after bead."""

    def __init__(self, beads: Sequence[Bead], one: Side, language: Language) -> None:
        groups = [bead.side(language) for bead in beads]
        self.sentences = np.searchsorted(one.numbers, np.array(list(chain(*groups))))
        self.sizes = np.array([len(group) for group in groups])
        self.begins = np.cumsum(self.sizes) - self.sizes
        self.first = self.sentences[self.begins]
        self.last = self.sentences[self.begins + self.sizes - 1]
        self.letters = np.add.reduceat(one.characters[self.sentences], self.begins)

    def total(self, values: Floats, beads: Numbers) -> Floats:
        """(beads, ...) from (sentences, ...), of some beads."""
        sizes = self.sizes[beads]
        chosen = self.sentences[_ranges(self.begins[beads], sizes)]
        return np.add.reduceat(values[chosen], np.cumsum(sizes) - sizes, axis=0)

    def most(self, values: Floats, beads: Numbers, columns: Numbers) -> Floats:
        """The most that (sentences, columns) values come to in a bead, at some of both."""
        most: Floats = values[self.first[beads], columns]
        for n in range(1, int(self.sizes.max())):
            sentences = self.sentences[self.begins + np.minimum(n, self.sizes - 1)]
            np.maximum(most, values[sentences[beads], columns], out=most)
        return most


class _Pair:
    """The two-sided beads of two texts, and what is usual in these texts."""

    def __init__(self, evidence: Evidence, beads: Sequence[Bead]) -> None:
        self.evidence, self.beads = evidence, beads
        self.sides = evidence.ar, evidence.en
        self.groups = [_Groups(beads, *one) for one in zip(self.sides, SIDES, strict=True)]
        self.scale = np.float32(coverage_scale(*evidence.covered_once))
        ratios = np.log(self.groups[1].letters / self.groups[0].letters)
        self.ratio = usual_ratio(ratios)
        self.spread = usual_spread(ratios, self.ratio)


class _Searched:
    """A side of a pair, searched for clauses that the other side of their bead lacks.

    The words of all beads are looked at together, for the beads are many and small. Sentences are
    numbered as in `Side`, words in the order in which they stand; places are code points in the
    sentences joined by APART.
    """

    def __init__(self, pair: _Pair, language: Language, article: Article) -> None:
        own = SIDES.index(language)
        one, other = pair.sides[own], pair.sides[1 - own]
        self.pair, self.language, self.one, self.other = pair, language, one, other
        self.near, self.usual = pair.evidence.nearness[own], pair.evidence.usual[own]
        self.here, self.there = pair.groups[own], pair.groups[1 - own]
        self.sign = -1 if own else 1  # ratios are of English to Arabic
        self.off = self._off(self.here.letters, self.there.letters)
        texts = [article.sentences[number].stripped for number in one.numbers.tolist()]
        self.text = APART.join(["", *texts, ""])
        self.begins = np.cumsum([1, *(len(text) + 1 for text in texts)])[:-1]  # of each sentence
        self.ends = np.append(self.begins[1:] - 1, len(self.text) - 1)
        self.words = np.diff(one.word_starts)  # in each sentence
        self.bead = np.full(len(one), -1)  # of each sentence
        self.bead[self.here.sentences] = np.repeat(np.arange(len(pair.beads)), self.here.sizes)
        self.weight = one.source.weights[one.used[one.word_rows]]
        self.weight_before = running(self.weight)
        near = self.there.most(self.near, np.repeat(self.bead, self.words), one.word_rows)
        self.gain_before = running(self._gain(near, ALL))

    def _off(self, letters: Floats, other_letters: Floats) -> Floats:
        """How much longer the other side is than usual, in spreads."""
        logs = np.log(other_letters / letters) - self.sign * self.pair.ratio
        return np.asarray(logs / self.pair.spread, dtype=np.float32)

    def _gain(self, near: Floats, words: Numbers | slice) -> Floats:
        """What words find, beyond what they find in any sentence, by weight.

        near: how near each of them comes to what is looked at.
        """
        found = near - self.usual[self.one.word_rows[words]]
        return np.asarray(found * self.weight[words] * self.pair.scale, dtype=np.float32)

    def suspected(self) -> _Clauses:
        """The clauses that find little, and less than the rest of their sentence finds."""
        start, end = _spans(self.text, self.begins, self.ends, self.language)
        sentence = np.searchsorted(self.begins, start, "right") - 1
        # A side that is the shorter one by far is seldom the one with more in it.
        searched = (self.bead >= 0) & (self.off[self.bead] <= MOST_OFF)
        chosen = searched[sentence]
        start, end, sentence = start[chosen], end[chosen], sentence[chosen]
        first, stop = self._words_in(start, end)
        begin, finish = self._whole(sentence, first, stop)
        words, whole = stop - first, finish - begin
        sums = []
        for before in (self.gain_before, self.weight_before):
            inner = before[stop] - before[first]
            sums += [inner, before[finish] - before[begin] - inner]
        gain, rest_gain, weight, rest_weight = sums
        covered = gain / np.maximum(weight, 1e-6)
        rest = rest_gain / np.maximum(rest_weight, 1e-6)
        return _Clauses(sentence, start, end, first, stop, covered).where(
            (words >= FEWEST_WORDS)
            & (whole - words >= FEWEST_REST)
            & (covered <= MOST_COVERED)
            & (covered <= rest)
        )

    def _words_in(self, start: Numbers, end: Numbers) -> tuple[Numbers, Numbers]:
        """The first word in each span, and the one after its last."""
        table = self.one.source
        spans = table.spans[_ranges(table.starts[self.one.numbers], self.words)]
        spans += np.repeat(self.begins, self.words)[:, None]
        first = np.searchsorted(spans[:, 0], start)
        return first, np.searchsorted(spans[:, 1], end, "right")

    def _whole(self, sentence: Numbers, first: Numbers, stop: Numbers) -> tuple[Numbers, Numbers]:
        """The first word of what each clause is a part of, and the one after its last.

        That is its sentence, or where it is all of that, its side of the bead.
        """
        starts, bead = self.one.word_starts, self.bead[sentence]
        begin, finish = starts[sentence], starts[sentence + 1]
        is_sentence = (first == begin) & (stop == finish)
        return (
            np.where(is_sentence, starts[self.here.first[bead]], begin),
            np.where(is_sentence, starts[self.here.last[bead] + 1], finish),
        )

    def _covered_nearby(self, clauses: _Clauses) -> Totals:
        """How much of each clause the sentences around the bead's other side cover."""
        bead, rows = self.bead[clauses.sentence], self.one.word_rows[clauses.words]
        before, after = self.there.first[bead] - 1, self.there.last[bead] + 1
        # Nothing is found beyond the text: in the row of zeros after its last, which -1 is too.
        near = np.concatenate([self.near, np.zeros_like(self.near[:1])])
        near = np.maximum(near[before[clauses.of], rows], near[after[clauses.of], rows])
        found = np.bincount(clauses.of, self._gain(near, clauses.words), len(clauses))
        found[(before < 0) & (after == len(self.other))] = 0.0
        return found / (self.weight_before[clauses.stop] - self.weight_before[clauses.first])

    def _cosine_gain(self, clauses: _Clauses) -> Totals:
        """How much nearer each clause's side comes to the other without it."""
        one, bead = self.one, self.bead[clauses.sentence]
        cells = clauses.of * len(one.used) + one.word_rows[clauses.words]
        lost = np.bincount(cells, self.weight[clauses.words], len(clauses) * len(one.used))
        whole = self.here.total(one.counts, bead)
        rest = whole - lost.astype(np.float32).reshape(whole.shape)
        ours = _sums(np.concatenate([rest, whole]), one)
        theirs = _sums(self.there.total(self.other.counts, bead), self.other)
        cosines = _cosine(ours.reshape(2, *theirs.shape), theirs)
        return np.asarray(cosines[0] - cosines[1])

    def _left_over(self, clauses: _Clauses, number: int) -> tuple[float, float]:
        """Coverage that the other side loses without a clause, and what then finds nothing."""
        bead = self.bead[clauses.sentence[number]]
        starts = self.one.word_starts
        begin = int(starts[self.here.first[bead]])
        end = int(starts[self.here.last[bead] + 1])
        weights = self.there.total(self.other.counts, np.array([bead]))[0]
        present = np.flatnonzero(weights)
        cosines = self.other.words[present] @ self.one.words[self.one.word_rows[begin:end]].T
        np.maximum(cosines, NOISE_COSINE, out=cosines)
        clause = np.s_[int(clauses.first[number]) - begin : int(clauses.stop[number]) - begin]
        rest = np.delete(cosines, clause, axis=1).max(axis=1)
        total = max(float(weights.sum()), 1e-6)
        lost = float((cosines.max(axis=1) - rest) @ weights[present])
        unfound = float(weights[present][rest < UNFOUND].sum())
        return lost * float(self.pair.scale) / total, unfound / total

    def weighed(self, clauses: _Clauses, at_least: float) -> Iterator[Candidate]:
        """The clauses with their features, without those that cannot reach the probability."""
        bead, begins = self.bead[clauses.sentence], self.begins[clauses.sentence]
        all_letters, other_letters = self.here.letters[bead], self.there.letters[bead]
        letters = clauses.end - clauses.start
        left = np.maximum(all_letters - letters, 1.0)
        off, off_without = self.off[bead], self._off(left, other_letters)
        start = clauses.start.tolist()
        before = map(slice, begins.tolist(), start)
        behind = map(slice, clauses.end.tolist(), self.ends[clauses.sentence].tolist())
        features = {
            "constant": 1.0,
            "covered": clauses.covered,
            "covered_nearby": self._covered_nearby(clauses),
            "other_loses": 0.0,
            "other_unfound": 0.0,
            "cosine_gain": self._cosine_gain(clauses),
            "length_off": _limited(off),
            "length_gain": _limited(np.abs(off) - np.abs(off_without)),
            "share": letters / all_letters,
            "tail": [not self.text[place].strip(EDGE) for place in behind],
            "opens": [OPENS[self.language].match(self.text, n) is not None for n in start],
            "after_mark": [self.text[place].rstrip()[-1:] in EDGE for place in before],
            "probability": np.array([b.probability for b in self.pair.beads])[bead],
        }
        table = np.empty((len(clauses), len(FEATURES)))
        for column, name in zip(table.T, FEATURES, strict=True):
            column[:] = features[name]
        # What the other side loses is dear to know, and can only speak against a clause.
        dear = [FEATURES.index("other_loses"), FEATURES.index("other_unfound")]
        hopeful = logistic(table @ weights()) >= at_least - SLACK
        for n in np.flatnonzero(hopeful).tolist():
            table[n, dear] = self._left_over(clauses, n)
            yield Candidate(
                self.language,
                int(self.one.numbers[clauses.sentence[n]]),
                int(clauses.start[n] - begins[n]),
                int(clauses.end[n] - begins[n]),
                self.pair.beads[bead[n]].side(self.language.other),
                tuple(table[n].tolist()),
            )


def _ranges(first: Numbers, sizes: Numbers) -> Numbers:
    """Rising numbers, so many from each first on, one range after the other."""
    ends = np.cumsum(sizes)
    return np.arange(sizes.sum()) + np.repeat(first - ends + sizes, sizes)


def _sums(weights: Floats, one: Side) -> Floats:
    """(n, d) vectors of some words together; weights: (n, distinct words), most of them 0."""
    present = np.flatnonzero(weights.any(axis=0))
    return np.asarray(weights[:, present] @ one.source.vectors[one.used[present]])


def _cosine(vectors: Floats, others: Floats) -> Floats:
    """The cosine of each of (..., n, d) with its like of (n, d); 0 where one of them is zero."""
    norms, other_norms = (np.sqrt(np.einsum("...d,...d->...", x, x)) for x in (vectors, others))
    dots = np.einsum("...d,...d->...", vectors, others)
    return np.asarray(dots / np.maximum(norms * other_norms, 1e-12))


def _limited(spreads: Floats) -> Floats:
    return np.minimum(np.maximum(spreads, -MOST_SPREADS), MOST_SPREADS)


def _spans(
    text: str, begins: Numbers, ends: Numbers, language: Language
) -> tuple[Numbers, Numbers]:
    """The clauses of sentences, without the punctuation around them: where they start and end.

    text: the sentences with APART before, between and behind them; begins, ends: of each.
    From the beginning or a mark to each mark behind it or the end, and from a conjunction to the
    next one or a complementiser, to the next mark and to the end. A colon ends none: what stands
    before it is a label or names a speaker, and a translation says that in other words.
    """
    borders = [(*m.span(), m.lastindex or 0) for m in BORDER[language].finditer(text)]
    before, after, kind = np.array(borders, dtype=np.int64).reshape(-1, 3).T
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    shown = np.flatnonzero(~IS_EDGE.take(points, mode="clip"))

    def bare_starts(places: Numbers) -> Numbers:
        return shown[np.searchsorted(shown, places)]

    def bare_ends(places: Numbers) -> Numbers:
        return shown[np.searchsorted(shown, places) - 1] + 1

    is_mark, is_conjunction = kind == 0, kind == 1  # by the groups of BORDER
    sentence = np.searchsorted(begins, before, "right") - 1
    # The parts of each sentence begin with it or behind a mark, and end with it or before one.
    parts = np.bincount(sentence[is_mark], minlength=len(begins)) + 1
    starts = np.sort(np.concatenate([begins, after[is_mark]]))
    stops = np.sort(np.concatenate([ends, before[is_mark]]))
    each = np.repeat(parts, parts)
    first_stop = np.repeat(np.cumsum(parts) - parts, parts)
    unmarked = after[is_conjunction]
    last = ends[sentence[is_conjunction]]
    mark = stops[np.searchsorted(stops, unmarked)]
    borders_before = np.sort(np.concatenate([ends, before]))
    border = borders_before[np.searchsorted(borders_before, unmarked)]
    start = bare_starts(
        np.concatenate(
            [np.repeat(starts, each), unmarked, unmarked[mark < last], unmarked[border < mark]]
        )
    )
    end = bare_ends(
        np.concatenate(
            [stops[_ranges(first_stop, each)], last, mark[mark < last], border[border < mark]]
        )
    )
    kept = (end - start >= SHORTEST) & (points[end] != ord(":"))
    return start[kept], end[kept]
