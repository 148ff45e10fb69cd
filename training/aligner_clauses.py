"""Fit what tells a clause that stands in one version only: `python -m training.aligner_clauses`.

On the held-out and development news documents, torn with seeds of our own, clauses of heads and
middles left out as well as tails (aligner_omissions.py), and aligned by the fitted aligner. A torn
document tells in which bead a clause is missing and not which words of the other side stand for
it, so the likeliest clause of each sentence is taken for it, the weights are fitted, and both
steps repeated. With --folds N the development documents are left out in turn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aligner import alignment
from aligner.alignment.probability import logistic
from aligner.divergence import clauses
from aligner.embedding.static import StaticEmbedder
from training import aligner_texts
from training.aligner_fit import fit_logistic, fold_of
from training.aligner_omissions import PLACES
from training.aligner_texts import PARTIAL, Torn

LEVELS = {"clean": 40, "light": 150, "heavy": 150, "brutal": 100, PARTIAL: 150}
LEFT_OUT = {"light": 0.06, "heavy": 0.12, "brutal": 0.15, PARTIAL: 0.3}
MEASURED = 0.1  # of the benchmark's sentences lose a head or middle besides its tails
SEED = 31
ROUNDS = 6
START = {
    "constant": -1.0, "covered": -6.0, "other_loses": -15.0,
    "cosine_gain": 10.0, "length_gain": 0.5, "tail": 0.5,
}  # fmt: skip

Floats = NDArray[np.float64]


class Sentence:
    """The candidates of one aligned sentence, and whether a clause of it is really missing."""

    def __init__(self, torn: Torn, candidates: list[clauses.Candidate]) -> None:
        self.base, self.group = torn.base, torn.group
        self.features = np.array([c.features for c in candidates], dtype=np.float64)
        first = candidates[0]
        own, other = {first.sentence}, set(first.other)
        self.places = [
            place
            for ar, en, missing, place in torn.partial
            if missing is not first.side
            and (own & (ar if first.side == "ar" else en))
            and (other & (en if first.side == "ar" else ar))
        ]
        self.truth = bool(self.places)


def sentences_of(
    texts: Sequence[Torn], lexical: StaticEmbedder
) -> tuple[list[Sentence], Counter[str]]:
    """All sentences with candidates, and how many clauses of each place are missing in all."""
    out, missing = [], Counter[str]()
    for torn in texts:
        ar, en = (alignment.encode(a, lexical, lexical) for a in (torn.ar, torn.en))
        by_sentence: dict[tuple[str, int], list[clauses.Candidate]] = {}
        for c in clauses.candidates(ar, en, alignment.align(ar, en)):
            by_sentence.setdefault((c.side, c.sentence), []).append(c)
        out += [Sentence(torn, found) for found in by_sentence.values()]
        missing.update(place for *_, place in torn.partial)
    return out, missing


def best(sentence: Sentence, weights: Floats) -> Floats:
    row: Floats = sentence.features[int(np.argmax(sentence.features @ weights))]
    return row


def fit(sentences: Sequence[Sentence]) -> Floats:
    weights = np.array([START.get(name, 0.0) for name in clauses.FEATURES])
    truth = np.array([s.truth for s in sentences])
    for _ in range(ROUNDS):
        chosen = np.array([best(s, weights) for s in sentences])
        weights = fit_logistic(chosen, truth).astype(np.float64)
    return weights


def report(
    name: str, sentences: Sequence[Sentence], missing: Counter[str], fitted: Sequence[Floats]
) -> None:
    """Print precision and, by place, recall; each sentence by the weights that have not seen it."""
    chances = []
    for s in sentences:
        weights = fitted[fold_of(s.base, len(fitted))]
        chances.append(float(logistic(best(s, weights) @ weights)))
    for least in (0.4, 0.45, 0.5, clauses.AT_LEAST, 0.6, 0.7):
        named = [s for s, chance in zip(sentences, chances, strict=True) if chance >= least]
        right = Counter(s.places[0] for s in named if s.truth)
        recall = " ".join(f"{p} {right[p] / missing[p]:.3f}" for p in PLACES if missing[p])
        precision = right.total() / max(len(named), 1)
        print(f"{name}, at least {least}: P {precision:.3f} R {recall}")
    reach = Counter(s.places[0] for s in sentences if s.truth)
    print(f"{name}: {reach.total()} of {missing.total()} are among the candidates")


def main() -> None:
    options = aligner_texts.arguments(__doc__, folds=4).parse_args()
    maker = options.data / "make_docalign.py"
    lexical = StaticEmbedder.load()
    manuals = aligner_texts.documents(options.corpus)
    news = aligner_texts.dev_documents(options.data / "sources/docs.jsonl")
    texts = [
        torn
        for docs, seed in ((manuals, SEED), (news, SEED + 1))
        for torn in aligner_texts.tear(docs, maker, levels=LEVELS, seed=seed, left_out=LEFT_OUT)
    ]
    learned, missing = sentences_of(texts, lexical)
    print(f"{len(learned)} sentences with candidates; missing: {dict(missing)}")
    folds = range(options.folds)
    fitted = [fit([s for s in learned if fold_of(s.base, len(folds)) != fold]) for fold in folds]
    for name, left_out in (("benchmark", 0.0), ("all places", MEASURED)):
        items = aligner_texts.gold(options.data / "docalign/ntrex.jsonl", left_out=left_out)
        report(name, *sentences_of(items, lexical), fitted)
    aligner_texts.write_weights(clauses.PATH, lexical.name, clauses.FEATURES, fit(learned))


if __name__ == "__main__":
    main()
