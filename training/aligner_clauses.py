"""Fit what tells a clause that stands in one version only: `python -m training.aligner_clauses`.

On the held-out and development news documents, torn with seeds of our own and aligned by the
fitted aligner. A torn document tells in which bead a clause is missing and not which words of the
other side stand for it, so the likeliest clause of each sentence is taken for it, the weights are
fitted, and both steps repeated. With --folds N the development documents are left out in turn.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aligner import alignment
from aligner.alignment.probability import logistic
from aligner.divergence import clauses
from aligner.embedding.static import StaticEmbedder
from training import aligner_texts
from training.aligner_fit import fit_logistic, fold_of
from training.aligner_texts import PARTIAL, Torn

LEVELS = {"clean": 40, "light": 150, "heavy": 150, "brutal": 100, PARTIAL: 150}
SEED = 31
ROUNDS = 6
START = {
    "constant": -1.0, "covered": -6.0, "rest_covered": 4.0, "other_loses": -15.0,
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
        self.truth = any(
            missing is not first.side
            and (own & (ar if first.side == "ar" else en))
            and (other & (en if first.side == "ar" else ar))
            for ar, en, missing in torn.partial
        )


def sentences_of(texts: Sequence[Torn], lexical: StaticEmbedder) -> tuple[list[Sentence], int]:
    """All sentences with candidates, and how many clauses are missing in all."""
    out, missing = [], 0
    for torn in texts:
        ar, en = (alignment.encode(a, lexical, lexical) for a in (torn.ar, torn.en))
        by_sentence: dict[tuple[str, int], list[clauses.Candidate]] = {}
        for c in clauses.candidates(ar, en, alignment.align(ar, en)):
            by_sentence.setdefault((c.side, c.sentence), []).append(c)
        out += [Sentence(torn, found) for found in by_sentence.values()]
        missing += len(torn.partial)
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


def measure(sentences: Sequence[Sentence], weights: Floats, least: float) -> tuple[int, int]:
    """How many clauses are named, and how many of these rightly."""
    named = [s for s in sentences if logistic(best(s, weights) @ weights) >= least]
    return len(named), sum(s.truth for s in named)


def main() -> None:
    options = aligner_texts.arguments(__doc__, folds=4).parse_args()
    maker = options.data / "make_docalign.py"
    lexical = StaticEmbedder.load()
    manuals = aligner_texts.documents(options.corpus)
    news = aligner_texts.dev_documents(options.data / "sources/docs.jsonl")
    texts = aligner_texts.tear(manuals, maker, levels=LEVELS, seed=SEED)
    texts += aligner_texts.tear(news, maker, levels=LEVELS, seed=SEED + 1)
    learned, _ = sentences_of(texts, lexical)
    measured, missing = sentences_of(
        aligner_texts.gold(options.data / "docalign/ntrex.jsonl"), lexical
    )
    print(f"{len(learned)} sentences with candidates, {sum(s.truth for s in learned)} missing")
    reach = sum(s.truth for s in measured)
    for least in (0.2, 0.3, 0.4, 0.45, 0.5, 0.7):
        named = right = 0
        for fold in range(options.folds):
            seen = [s for s in learned if fold_of(s.base, options.folds) != fold]
            held = [s for s in measured if fold_of(s.base, options.folds) == fold]
            counts = measure(held, fit(seen), least)
            named, right = named + counts[0], right + counts[1]
        print(f"left out, at least {least}: P {right / max(named, 1):.3f} R {right / missing:.3f}")
    print(f"{reach} of {missing} missing clauses are among the candidates")
    aligner_texts.write_weights(clauses.PATH, lexical.name, clauses.FEATURES, fit(learned))


if __name__ == "__main__":
    main()
