"""Fit the probabilities of pairing: `python -m benchmarks.piles_fit [--corpus DIR]`.

Makes piles of several sizes from text that the bundled vectors have not learned from (see
`benchmarks.piles`), aligns the candidates of each, fits three logistic models (is a candidate worth
aligning; is it a pair by its alignment; is it one given its rivals) and writes them to
aligner/pairing/calibration.json. Needs scikit-learn. Takes some minutes.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from aligner.pairing import calibration, candidates, matching
from aligner.pairing.encoding import BundledEncoder
from aligner.pairing.evidence import FEATURES, Coverage, features
from aligner.text import Article
from benchmarks import piles
from benchmarks.docpair import article

CALIBRATION = Path(calibration.__file__).with_name("calibration.json")
# Articles a side, and how many piles of that size; the last takes all there is.
SIZES = {12: 8, 25: 6, 60: 4, 120: 3, 250: 2, 2000: 1}
MEASURES = ("lead", "marks", "margin", "whole")
DIGITS = 4

Floats = NDArray[np.float64]


@dataclass
class Fitted:
    """A pile with its candidates, and which of them are pairs."""

    pile: matching.Pile
    links: candidates.Links
    right: NDArray[np.bool_]
    coverage: list[Coverage | None]

    @property
    def weight(self) -> float:
        """So that large piles don't drown the small ones."""
        return 1.0 / np.sqrt(len(self.links))


def prepare(articles: list[Article], gold: dict[str, Any], encoder: BundledEncoder) -> Fitted:
    """Find the candidates of a pile."""
    pile = matching.Pile(
        articles, encoder, within=None, same_outlet=False, progress=lambda *_: None
    )
    links = candidates.find(pile.vectors, pile.near)
    pairs = {(ar, en) for ar, en in gold["pairs"]}
    names = zip(links.ar.tolist(), links.en.tolist(), strict=True)
    right = np.array([(pile.ar[a].name, pile.en[e].name) in pairs for a, e in names])
    return Fitted(pile, links, right, [None] * len(links))


def model(
    columns: dict[str, Floats], right: NDArray[np.bool_], weights: Floats, *, strength: float = 1.0
) -> dict[str, float]:
    """A logistic model in terms of the columns as they are."""
    table = np.column_stack(list(columns.values()))
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    fitted = LogisticRegression(C=strength, max_iter=5000)
    fitted.fit((table - mean) / spread, right, weights / weights.mean())
    slopes = fitted.coef_[0] / spread
    constant = float(fitted.intercept_[0] - slopes @ mean)
    named = zip(columns, slopes.tolist(), strict=True)
    return {"constant": round(constant, DIGITS), **{n: round(s, DIGITS) for n, s in named}}


def stacked(parts: list[dict[str, Floats]]) -> dict[str, Floats]:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def fit(all_piles: list[Fitted], evidence_columns: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """Fit the three models, each on what the one before leaves."""
    models: dict[str, dict[str, float]] = {}
    columns = stacked([{n: f.links.columns()[n] for n in MEASURES} for f in all_piles])
    right = np.concatenate([f.right for f in all_piles])
    weights = np.concatenate([np.full(len(f.links), f.weight) for f in all_piles])
    models["candidate"] = model(columns, right, weights)
    use(models)
    parts, rights, weight = [], [], []
    for fitted in all_piles:
        align(fitted)
        aligned = [n for n, found in enumerate(fitted.coverage) if found is not None]
        table = np.array([features(found) for found in fitted.coverage if found is not None])
        known = {n: column[aligned] for n, column in fitted.links.columns().items()}
        known.update(zip(FEATURES, table.T, strict=True))
        parts.append({n: known[n] for n in evidence_columns})
        rights.append(fitted.right[aligned])
        weight.append(np.full(len(aligned), fitted.weight))
    models["evidence"] = model(stacked(parts), np.concatenate(rights), np.concatenate(weight))
    use(models)
    parts, rights = [], []
    for fitted in all_piles:
        own = fitted.pile.log_odds(fitted.links, fitted.coverage)
        links = fitted.links
        rivals = calibration.best_rivals(
            links.ar.tolist(), links.en.tolist(), own, fitted.pile.versions
        )
        aligned = own > matching.HOPELESS
        lead = own - np.where(np.isfinite(rivals), rivals, matching.HOPELESS)
        lead = np.clip(lead, -calibration.LIMIT, calibration.LIMIT)
        parts.append({"own": own[aligned], "lead": lead[aligned]})
        rights.append(fitted.right[aligned])
    models["rivals"] = model(stacked(parts), np.concatenate(rights), np.concatenate(weight))
    use(models)
    return models


def align(fitted: Fitted) -> None:
    """Align the best candidates, once."""
    if any(found is not None for found in fitted.coverage):
        return
    pile, links = fitted.pile, fitted.links
    for n in matching.worth(links):
        ar, en = int(links.ar[n]), int(links.en[n])
        fitted.coverage[n] = pile.judge.judge((ar, pile.ar[ar]), (en, pile.en[en]))


def use(models: dict[str, dict[str, float]]) -> None:
    """Let the package use these models from here on."""
    calibration.parameters.cache_clear()
    text = {"made by": "python -m benchmarks.piles_fit", "models": models}
    CALIBRATION.write_text(json.dumps(text, indent=2) + "\n", encoding="utf-8")


def made(corpus: Path, encoder: BundledEncoder) -> list[Fitted]:
    """The piles to fit on."""
    found = piles.documents(corpus, heldout=True)
    all_piles = []
    for size, times in SIZES.items():
        for n in range(times):
            records, gold = piles.make(found, size, f"fit-{n}/{size}")
            all_piles.append(prepare([article(r) for r in records], gold, encoder))
    return all_piles


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=piles.ROOT.parent / "shared" / "corpus")
    wanted = parser.parse_args()
    if not wanted.corpus.is_dir():
        parser.error(f"{wanted.corpus}: no such folder; name the training corpus by --corpus")
    models = fit(made(wanted.corpus, BundledEncoder()), (*FEATURES, *MEASURES))
    print(json.dumps(models, indent=2))


if __name__ == "__main__":
    main()
