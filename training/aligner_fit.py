"""Fit the aligner's weights: `python -m training.aligner_fit`.

The weights of alignment/parameters.json maximise the exact likelihood of gold alignments under
the semi-Markov model of alignment/search.py, less a penalty on their size, on five kinds of text:
held-out documents (heldout.tsv) and the news documents of the development set, both torn by
make_docalign.py with seeds, clutter and headings of our own; held-out documents that are strangers
to each other; the real documents of docalign/natural; and held-out documents whose lines are
passages (aligner_passages.py). Of these the likelihood is that of all alignments that keep the
passages apart.
With --folds N the development documents are left out fold by fold, in every torn version of them,
and the benchmark's items of each are aligned by weights that have not seen the document.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from aligner import alignment
from aligner.alignment import parameters, probability
from aligner.alignment.beads import at_own_ratio, spans_of
from aligner.alignment.evidence import GROUPS, TYPES, Evidence, side
from aligner.alignment.features import (
    MANY,
    ONE,
    SHAPE_FEATURES,
    group_features,
    null_features,
    shape_statistics,
    statistics,
)
from aligner.alignment.lengths import ratio_of
from aligner.alignment.parameters import BLOCKS, CALIBRATION, Parameters, price
from aligner.alignment.search import Prices, search
from aligner.alignment.singles import singles
from aligner.embedding.static import StaticEmbedder
from aligner.evaluation import (
    Score,
    calibration_error,
    nulls,
    reliability,
    single_nulls,
    strict,
)
from training import aligner_passages, aligner_texts
from training.aligner_kernel import LOW, best_through, posteriors
from training.aligner_texts import Torn

Floats = NDArray[np.float32]
LEVELS = {"clean": 20, "light": 90, "heavy": 140, "brutal": 140}
NEWS_LEVELS = {"clean": 15, "light": 45, "heavy": 90, "brutal": 90}
STRANGERS = 60
SEED = 20
KEEP_WITHIN = 16.0  # of the best alignment's score: other beads are left out of the sums
PENALTY = 3.0
NATURAL_WEIGHT = 3.0
PASSAGES_WEIGHT = 0.3
STRANGERS_WEIGHT = 0.02  # without, articles on different things share a half and more
SIZE_AR = np.array([a for a, _ in TYPES])
SIZE_EN = np.array([e for _, e in TYPES])
TYPE_NUMBER = {t: n for n, t in enumerate(TYPES)}


@dataclass(eq=False)
class Example:
    """One document with the features of every bead worth summing over."""

    torn: Torn
    evidence: Evidence
    shape: tuple[int, int]
    pointer: NDArray[np.int64]
    size_ar: NDArray[np.int64]
    size_en: NDArray[np.int64]
    is_one: NDArray[np.bool_]
    one: Floats  # (1-1 beads, len(ONE))
    many: Floats  # (other beads, len(MANY) + shapes + their statistics)
    nulls: tuple[Floats, Floats, Floats, Floats]
    points: NDArray[np.bool_]  # (ar + 1, en + 1) where an alignment that the gold permits may pass
    permitted: NDArray[np.bool_]  # the beads that the gold permits
    weight: float


def vector(weights: Parameters) -> NDArray[np.float64]:
    return np.concatenate([getattr(weights, block) for block in BLOCKS]).astype(np.float64)


def from_vector(values: NDArray[np.float64], version: str = "fit") -> Parameters:
    cuts = np.cumsum([len(names) for names in BLOCKS.values()])[:-1]
    parts = [part.astype(np.float32) for part in np.split(values, cuts)]
    unset = (np.zeros(len(names), dtype=np.float32) for names in CALIBRATION.values())
    return Parameters(*parts, *unset, version=version)


def gold_path(torn: Torn) -> list[tuple[int, int, int, int]] | None:
    """The gold as spans over content sentences, or None where the model cannot express it."""
    place_ar = {s: n for n, s in enumerate(torn.ar.content)}
    place_en = {s: n for n, s in enumerate(torn.en.content)}
    two_sided = sorted((a, e) for a, e in torn.gold if a and e)
    path, i, j = [], 0, 0
    ends = [(len(place_ar), len(place_ar), len(place_en), len(place_en))]
    spans = []
    for a, e in two_sided:
        first, stop = place_ar[a[0]], place_ar[a[-1]] + 1
        first_en, stop_en = place_en[e[0]], place_en[e[-1]] + 1
        if stop - first != len(a) or stop_en - first_en != len(e):
            return None
        if (len(a), len(e)) not in TYPE_NUMBER and not torn.passages:
            return None
        spans.append((first, stop, first_en, stop_en))
    for first, stop, first_en, stop_en in [*spans, *ends]:
        if first < i or first_en < j:
            return None  # a crossing
        path += [(x, x + 1, j, j) for x in range(i, first)]
        path += [(first, first, y, y + 1) for y in range(j, first_en)]
        if stop > first:
            path.append((first, stop, first_en, stop_en))
        i, j = stop, stop_en
    return path


def permitted(torn: Torn) -> tuple[NDArray[np.bool_], NDArray[np.bool_]] | None:
    """What alignments the gold permits, or None where the model cannot express it.

    The points (n + 1, m + 1) that they may pass and the beads (n, types, m) that they may take.
    """
    path = gold_path(torn)
    if path is None:
        return None
    n, m = len(torn.ar.content), len(torn.en.content)
    points = np.zeros((n + 1, m + 1), dtype=np.bool_)
    beads = np.zeros((n, len(TYPES), m), dtype=np.bool_)
    points[0, 0] = True
    for i, i2, j, j2 in path:
        if torn.passages:
            points[i : i2 + 1, j : j2 + 1] = True
            for t, (a, e) in enumerate(TYPES):
                beads[i : max(i2 - a + 1, i), t, j : max(j2 - e + 1, j)] = True
        else:
            points[i2, j2] = True
            if i2 > i and j2 > j:
                beads[i, TYPE_NUMBER[i2 - i, j2 - j], j] = True
    return points, beads


def example(torn: Torn, evidence: Evidence, weights: Parameters, weight: float) -> Example | None:
    """The document's features, or None where the model cannot express its gold."""
    allowed = permitted(torn)
    if allowed is None:
        return None
    n, m = evidence.shape
    single = singles(evidence)
    document = statistics(evidence, single)
    ratio = ratio_of(evidence, search(price(evidence, single, weights))[0])
    prices = price(evidence, single, weights, ratio)
    through, best = best_through(
        n,
        m,
        prices.beads.astype(np.float64),
        SIZE_AR,
        SIZE_EN,
        prices.ar_open,
        prices.ar_continue,
        prices.en_open,
        prices.en_continue,
    )
    keep = (through > best - KEEP_WITHIN) | allowed[1]
    rows, columns, kinds = np.nonzero(keep.transpose(0, 2, 1))  # by (ar, en, type)
    features = np.empty((len(rows), len(MANY)), dtype=np.float32)
    step = max(1, parameters.CELLS_AT_ONCE // m)
    for a, longest in GROUPS:
        base = TYPE_NUMBER[a, 1]
        of_group = (kinds >= base) & (kinds < base + longest)
        for first in range(0, n - a + 1, step):
            last = min(first + step, n - a + 1)
            here = of_group & (rows >= first) & (rows < last)
            if here.any():
                block = group_features(evidence, single, (a, longest), first, last, ratio)
                features[here] = block[:, kinds[here] - base, rows[here] - first, columns[here]].T
    is_one = kinds == 0
    shapes = np.concatenate([SHAPE_FEATURES, shape_statistics(document)], axis=1)
    one = features[is_one][:, : len(ONE)]
    many = np.concatenate([features[~is_one], shapes[kinds[~is_one]]], axis=1)
    null = null_features(evidence, single, document)
    starts = np.searchsorted(rows * m + columns, np.arange(n * m + 1))
    return Example(
        torn,
        evidence,
        (n, m),
        starts.astype(np.int64),
        SIZE_AR[kinds],
        SIZE_EN[kinds],
        is_one,
        one,
        many,
        null,
        allowed[0],
        allowed[1][rows, kinds, columns],
        weight,
    )


def loss(
    values: NDArray[np.float64], examples: Sequence[Example]
) -> tuple[float, NDArray[np.float64]]:
    """Negative log-likelihood and its gradient."""
    cut_one, cut_null = len(ONE), len(values) - len(BLOCKS["null"])
    w_one, w_many, w_null = values[:cut_one], values[cut_one:cut_null], values[cut_null:]
    total, gradient = 0.0, np.zeros_like(values)
    for x in examples:
        bead = np.empty(len(x.is_one))
        bead[x.is_one] = x.one @ w_one
        bead[~x.is_one] = x.many @ w_many
        null = [f @ w_null for f in x.nulls]
        log_total, expected = _summed(x, np.ones_like(x.points), bead, null)
        of_gold = np.where(x.permitted, bead, LOW)
        log_gold, gold = _summed(x, x.points, of_gold, null)
        total += x.weight * (log_total - log_gold)
        gradient += x.weight * (expected - gold)
    return total, gradient


def _summed(
    x: Example,
    points: NDArray[np.bool_],
    bead: NDArray[np.float64],
    null: Sequence[NDArray[np.float64]],
) -> tuple[float, NDArray[np.float64]]:
    """Log of the sum over the alignments that pass these points, and their mean features."""
    log_total, beads, null_ar, null_en = posteriors(
        points, x.pointer, x.size_ar, x.size_en, bead, *null
    )
    opened_ar, continued_ar, opened_en, continued_en = x.nulls
    nulls = null_ar[0] @ opened_ar + null_ar[1] @ continued_ar
    nulls += null_en[0] @ opened_en + null_en[1] @ continued_en
    mean = np.concatenate([beads[x.is_one] @ x.one, beads[~x.is_one] @ x.many, nulls])
    return float(log_total), mean


def scales(examples: Sequence[Example]) -> NDArray[np.float64]:
    """The spread of each feature, so that the penalty means the same for each."""
    one = np.concatenate([x.one for x in examples]).std(0)
    many = np.concatenate([x.many for x in examples]).std(0)
    null = np.concatenate([np.concatenate(x.nulls) for x in examples]).std(0)
    return np.maximum(np.concatenate([one, many, null]).astype(np.float64), 0.02)


def fit(examples: Sequence[Example], start: Parameters, *, penalty: float = PENALTY) -> Parameters:
    spread = scales(examples)

    def objective(z: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, gradient = loss(z / spread, examples)
        return value + penalty * float(z @ z), gradient / spread + 2 * penalty * z

    begin = vector(start) * spread
    found = minimize(
        objective, begin, jac=True, method="L-BFGS-B", options={"maxiter": 150, "ftol": 1e-7}
    )
    return from_vector(found.x / spread)


def _priced(weights: Parameters, evidence: Evidence) -> Prices:
    return at_own_ratio(evidence, price(evidence, singles(evidence), weights), weights)


def score(weights: Parameters, torn: Torn, evidence: Evidence) -> tuple[Score, Score]:
    spans, _ = spans_of(_priced(weights, evidence))
    numbers_ar, numbers_en = evidence.ar.numbers.tolist(), evidence.en.numbers.tolist()
    got = [(tuple(numbers_ar[i:i2]), tuple(numbers_en[j:j2])) for i, i2, j, j2 in spans]
    return strict(torn.gold, got), nulls(torn.gold, got)


def calibrate(
    weights: Parameters, held: Sequence[tuple[Torn, Evidence]]
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.float64], NDArray[np.bool_]]:
    """What the probability models see of documents new to the weights, and what is right."""
    seen: tuple[list[Floats], list[bool], list[Floats], list[bool]] = ([], [], [], [])
    for torn, evidence in held:
        prices = _priced(weights, evidence)
        spans, crossed = spans_of(prices)
        cosines = evidence.cosines_of(spans)
        beads, lonely, alone = probability.evidence_of(evidence, prices, spans, crossed, cosines)
        gold = single_nulls(torn.gold)
        ar, en = evidence.ar.numbers.tolist(), evidence.en.numbers.tolist()
        right = [(frozenset(ar[i:i2]), frozenset(en[j:j2])) in gold for i, i2, j, j2 in spans]
        seen[0].append(beads)
        seen[1].extend(r for r, a in zip(right, alone, strict=True) if not a)
        seen[2].append(lonely)
        seen[3].extend(r for r, a in zip(right, alone, strict=True) if a)
    return (
        np.concatenate(seen[0]).astype(np.float64),
        np.array(seen[1]),
        np.concatenate(seen[2]).astype(np.float64),
        np.array(seen[3]),
    )


def fit_logistic(
    features: NDArray[np.float64],
    truth: NDArray[np.bool_],
    weight: NDArray[np.float64] | float = 1.0,
) -> Floats:
    """Logistic regression with a small penalty on all but the constant."""
    sign = np.where(truth, 1.0, -1.0)

    def objective(w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (features @ w)
        slope = -sign * probability.logistic(-margin) * weight
        penalty = 0.05 * w
        penalty[0] = 0.0
        return float(
            (np.logaddexp(0, -margin) * weight).sum() + penalty @ w / 2
        ), features.T @ slope + penalty

    found = minimize(objective, np.zeros(features.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(found.x, dtype=np.float32)


def scores(weights: Parameters, held: Sequence[tuple[Torn, Evidence]]) -> dict[str, list[Score]]:
    """Strict and null measures, pooled by group."""
    groups: dict[str, list[Score]] = {}
    for torn, evidence in held:
        add(groups, {torn.group: list(score(weights, torn, evidence))})
    return groups


@dataclass(eq=False)
class Texts:
    """Everything to fit and measure on, with its evidence."""

    learned: list[tuple[Torn, Evidence, float]]  # with weights
    measured: list[tuple[Torn, Evidence]]  # benchmark items, each of a document in `learned`


def nats(weights: Parameters, examples: Sequence[Example]) -> dict[str, tuple[float, int]]:
    """By group, how unlikely the gold is (its negative log-likelihood), and how many beads it has.

    Of texts whose passages alone are known these are what is kept apart.
    """
    found: dict[str, tuple[float, int]] = {}
    for x in examples:
        total, beads = found.get(x.torn.group, (0.0, 0))
        lost, _ = loss(vector(weights), [replace(x, weight=1.0)])
        found[x.torn.group] = total + lost, beads + len(x.torn.gold)
    return found


def load_texts(options: argparse.Namespace, lexical: StaticEmbedder) -> Texts:
    docs = aligner_texts.documents(options.corpus)
    manuals = aligner_texts.tear(docs, options.maker, levels=LEVELS, seed=SEED)
    strangers = aligner_texts.strangers(manuals, count=STRANGERS, seed=SEED)
    news_docs = aligner_texts.dev_documents(options.data / "sources/docs.jsonl")
    news = aligner_texts.tear(news_docs, options.maker, levels=NEWS_LEVELS, seed=SEED + 1)
    real = aligner_texts.gold(options.data / "docalign/natural.jsonl")
    dev = aligner_texts.gold(options.data / "docalign/ntrex.jsonl")
    real_encoded = encode_all(real, lexical)
    passages = encode_all(aligner_passages.documents(options.corpus), lexical)
    return Texts(
        [(t, e, 1.0) for t, e in encode_all([*manuals, *news], lexical)]
        + [(t, e, STRANGERS_WEIGHT) for t, e in encode_all(strangers, lexical)]
        + [(t, e, NATURAL_WEIGHT) for t, e in real_encoded]
        + [(t, e, options.passages) for t, e in passages],
        encode_all(dev, lexical) + real_encoded,
    )


def encode_all(texts: Sequence[Torn], lexical: StaticEmbedder) -> list[tuple[Torn, Evidence]]:
    """Evidence for every document that has content on both sides."""
    out = []
    for torn in texts:
        sides = [side(alignment.encode(a, lexical, lexical)) for a in (torn.ar, torn.en)]
        if len(sides[0]) and len(sides[1]):
            out.append((torn, Evidence(sides[0], sides[1])))
    return out


def fold_of(base: str, folds: int) -> int:
    """The same document, however torn, is always in the same fold."""
    return int(hashlib.sha256(base.encode()).hexdigest(), 16) % folds


def main() -> None:
    parser = aligner_texts.arguments(__doc__, folds=0)
    parser.add_argument("--maker", type=Path, help="make_docalign.py; DATA has it")
    parser.add_argument("--model", type=Path, help="folder of the static model")
    parser.add_argument(
        "--passages", type=float, default=PASSAGES_WEIGHT, help="weight of aligner_passages.py's"
    )
    parser.add_argument("--version", default=None, help="name of the fit")
    options = parser.parse_args()
    options.maker = options.maker or options.data / "make_docalign.py"
    began = time.monotonic()
    lexical = StaticEmbedder.load(options.model)
    texts = load_texts(options, lexical)
    start = parameters.load()
    examples = [example(t, e, start, weight) for t, e, weight in texts.learned]
    usable = [x for x in examples if x is not None]
    print(f"{len(usable)} documents, {time.monotonic() - began:.0f} s", flush=True)
    pooled: dict[str, list[Score]] = {}
    unlikely: dict[str, tuple[float, int]] = {}
    for fold in range(options.folds):
        weights = fit([x for x in usable if fold_of(x.torn.base, options.folds) != fold], start)
        held = [(t, e) for t, e in texts.measured if fold_of(t.base, options.folds) == fold]
        add(pooled, scores(weights, held))
        left = [x for x in usable if fold_of(x.torn.base, options.folds) == fold]
        for group, (lost, beads) in nats(weights, left).items():
            before = unlikely.get(group, (0.0, 0))
            unlikely[group] = before[0] + lost, before[1] + beads
    for group, (linked, alone) in sorted(pooled.items()):
        print(f"left out  {group:22} strict {linked.f1:.4f}  null {alone.f1:.4f}", flush=True)
    for group, (lost, count) in sorted(unlikely.items()):
        print(f"left out  {group:22} {lost / count:.4f} nats for each of {count}", flush=True)
    weights = fit(usable, start)
    # The probabilities are fitted on alignments of documents that the weights have not seen, and
    # of which each bead is known.
    known = [(t, e) for t, e, _ in texts.learned if not t.passages]
    seen = []
    for half in (0, 1):
        other = fit([x for x in usable if fold_of(x.torn.base, 2) != half], weights)
        held = [(t, e) for t, e in known if fold_of(t.base, 2) == half]
        seen.append(calibrate(other, held))
    bead, bead_right, null, null_right = (
        np.concatenate(parts) for parts in zip(*seen, strict=True)
    )
    weights = replace(
        weights,
        bead_probability=fit_logistic(bead, bead_right),
        null_probability=fit_logistic(null, null_right),
    )
    for group, (linked, alone) in sorted(scores(weights, texts.measured).items()):
        print(f"all seen  {group:22} strict {linked.f1:.4f}  null {alone.f1:.4f}")
    for name, features, truth, w in (
        ("beads", bead, bead_right, weights.bead_probability),
        ("nulls", null, null_right, weights.null_probability),
    ):
        table = reliability(probability.logistic(features @ w).tolist(), truth.tolist())
        print(f"{name}: calibration error {calibration_error(table):.3f} over {len(truth)}")
    write(weights, lexical.name, options.version or str(int(parameters.version()) + 1))
    print(f"fitted in {time.monotonic() - began:.0f} s")


def add(pooled: dict[str, list[Score]], more: dict[str, list[Score]]) -> None:
    for group, found in more.items():
        before = pooled.get(group, [Score(), Score()])
        pooled[group] = [a + b for a, b in zip(before, found, strict=True)]


def write(weights: Parameters, model: str, version: str) -> None:
    """Write the weights by name, with what they were fitted for."""
    values = {
        block: {
            name: round(float(x), 5) for name, x in zip(names, getattr(weights, block), strict=True)
        }
        for block, names in (BLOCKS | CALIBRATION).items()
    }
    written = {"version": version, "words": model, **values}
    parameters.PATH.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
