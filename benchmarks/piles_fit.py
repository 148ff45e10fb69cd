"""Fit the probabilities of pairing: `python -m benchmarks.piles_fit [--corpus DIR]`.

Makes piles of several sizes from text that the bundled vectors have not learned from (see
`benchmarks.piles`), aligns the candidates of each, fits three logistic models (is a candidate worth
aligning; is it a pair by its alignment; is it one given its rivals) and writes them to
aligner/pairing/calibration.json. Takes some minutes.
"""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from aligner.pairing import calibration, candidates, choice, matching
from aligner.pairing.encoding import BundledEncoder
from aligner.pairing.evidence import FEATURES, Coverage
from aligner.text import Article
from benchmarks import piles
from benchmarks.docpair import article

CALIBRATION = Path(calibration.__file__).with_name("calibration.json")
# Articles a side, and how many piles of that size. Every other one
# is about few things, as what one desk writes in a month is.
SIZES = {8: 12, 12: 12, 25: 10, 60: 6, 120: 4, 250: 2, 600: 1}
MEASURES = candidates.MEASURES
KNOWN = ("found_margin",)  # what an alignment does not make idle
DIGITS = 4
PENALTY = 3e-4

Floats = NDArray[np.float64]


@dataclass
class Fitted:
    """A pile with its candidates, and which of them are pairs."""

    pile: matching.Pile
    links: candidates.Links
    right: NDArray[np.bool_]
    # Which of them tell: not those of an article and its pair's twin, whose numbers may be as good.
    known: NDArray[np.bool_]
    coverage: list[Coverage | None]
    pairs: int  # in the pile, found among the candidates or not

    @property
    def clashing(self) -> NDArray[np.bool_]:
        """Links whose numbers differ more than they agree; such twins are surely no pair."""
        return np.array([found is not None and found.clash >= 1 for found in self.coverage])

    @property
    def weight(self) -> float:
        """So that large piles don't drown the small ones."""
        return 1.0 / math.sqrt(len(self.links))


def prepare(articles: list[Article], gold: dict[str, Any], encoder: BundledEncoder) -> Fitted:
    """Find the candidates of a pile."""
    pile = matching.Pile(
        articles, encoder, within=None, same_outlet=False, progress=lambda *_: None
    )
    links = candidates.find(pile.vectors, pile.near)
    pairs = {(ar, en) for ar, en in gold["pairs"]}
    related = {(ar, en) for ar, en in gold.get("related", ())}
    numbers = zip(links.ar.tolist(), links.en.tolist(), strict=True)
    names = [(pile.ar[a].name, pile.en[e].name) for a, e in numbers]
    right = np.array([name in pairs for name in names])
    known = np.array([name not in related for name in names])
    return Fitted(pile, links, right, known, [None] * len(links), len(pairs))


def model(
    columns: dict[str, Floats], right: NDArray[np.bool_], weights: Floats
) -> dict[str, float]:
    """A logistic model in terms of the columns as they are.

    Evidence for a pair never counts against it: where columns say nearly the same, free weights
    would play them off against each other, and fail on texts of another kind.
    """
    table = np.column_stack(list(columns.values())).astype(float)
    mean, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    table = np.column_stack([np.ones(len(table)), (table - mean) / spread])
    sign = np.where(right, 1.0, -1.0)
    share = weights / weights.sum()

    def loss(slopes: Floats) -> tuple[float, Floats]:
        odds = sign * (table @ slopes)
        pull = -sign * share / (1.0 + np.exp(np.clip(odds, -30, 30)))
        penalty = PENALTY * slopes[1:]
        total = share @ np.logaddexp(0.0, -odds) + 0.5 * penalty @ slopes[1:]
        return float(total), table.T @ pull + np.concatenate([[0.0], penalty])

    bounds = [(None, None), *((0.0, None) for _ in columns)]
    found = minimize(loss, np.zeros(len(bounds)), jac=True, bounds=bounds, method="L-BFGS-B").x
    slopes = found[1:] / spread
    constant = float(found[0] - slopes @ mean)
    named = zip(columns, slopes.tolist(), strict=True)
    return {"constant": round(constant, DIGITS), **{n: round(s, DIGITS) for n, s in named}}


def stacked(parts: list[dict[str, Floats]]) -> dict[str, Floats]:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def fit(all_piles: list[Fitted], evidence_columns: tuple[str, ...]) -> dict[str, dict[str, float]]:
    """Fit the three models, each on what the one before leaves."""
    models: dict[str, dict[str, float]] = {}

    def learn(name: str, columns: list[dict[str, Floats]], kept: list[NDArray[np.bool_]]) -> None:
        right = [f.right[keep] for f, keep in zip(all_piles, kept, strict=True)]
        weights = [np.full(keep.sum(), f.weight) for f, keep in zip(all_piles, kept, strict=True)]
        held = [
            {n: column[keep] for n, column in part.items()}
            for part, keep in zip(columns, kept, strict=True)
        ]
        models[name] = model(stacked(held), np.concatenate(right), np.concatenate(weights))
        use(models)

    known = [f.known for f in all_piles]
    learn("candidate", [f.links.columns() for f in all_piles], known)
    for fitted in all_piles:
        align(fitted)
    aligned = [matching.matched(f.coverage) & (f.known | f.clashing) for f in all_piles]
    columns = [matching.columns(f.links, f.coverage) for f in all_piles]
    learn("evidence", [{n: part[n] for n in evidence_columns} for part in columns], aligned)
    weighed = []
    for fitted in all_piles:
        links, versions = fitted.links, fitted.pile.versions
        own = matching.log_odds(links, fitted.coverage)
        rivals = calibration.best_rivals(links.ar, links.en, own, versions)
        weighed.append({"own": own, "lead": calibration.lead(own, rivals)})
    learn("rivals", weighed, aligned)
    return models


def align(fitted: Fitted) -> None:
    """Align the best candidates, once."""
    if any(found is not None for found in fitted.coverage):
        return
    pile, links = fitted.pile, fitted.links
    for n in matching.worth(links, pile.versions):
        ar, en = int(links.ar[n]), int(links.en[n])
        fitted.coverage[n] = pile.judge.judge((ar, pile.ar[ar]), (en, pile.en[en]))


def use(models: dict[str, dict[str, float]]) -> None:
    """Let the package use these models from here on, in this process."""
    held = calibration.parameters()
    held.clear()
    held.update(models)


def write(models: dict[str, dict[str, float]]) -> None:
    """Put the models where the package finds them."""
    text = {"made by": "python -m benchmarks.piles_fit", "models": models}
    CALIBRATION.write_text(json.dumps(text, indent=2) + "\n", encoding="utf-8")


def made(corpus: Path, encoder: BundledEncoder) -> list[Fitted]:
    """The piles to fit on."""
    found = piles.documents(corpus, heldout=True)
    all_piles = []
    for size, times in SIZES.items():
        for n in range(times):
            records, gold = piles.make(found, size, f"fit-{n}/{size}", close=n % 2 == 1)
            all_piles.append(prepare([article(r) for r in records], gold, encoder))
    return all_piles


ABLATIONS = {
    "all": (*FEATURES, *KNOWN),
    "with leads, marks and articles' vectors": (*FEATURES, *KNOWN, "lead", "marks", "margin"),
    "without the alignment": ("lead", "marks", "margin", "found_margin"),
    "without the surest and the closest sentence": ("least", "most", "strength", *KNOWN),
    "without the numbers that clash": (*(f for f in FEATURES if f != "no_clash"), *KNOWN),
    "without stretches": (*FEATURES, "lead", "marks", "margin"),
    "alignment alone": FEATURES,
    "articles' vectors alone": ("margin",),
    "stretches alone": ("found_margin",),
    "leads alone": ("lead",),
    "numbers, Latin words, names alone": ("marks",),
}


def ablation(all_piles: list[Fitted]) -> None:
    """Print how well the pairs of the piles are found with some of the evidence only."""
    print("| evidence | precision | recall | F1 |\n| --- | ---: | ---: | ---: |")
    limit = math.log(matching.AT_LEAST / (1 - matching.AT_LEAST))
    for name, evidence in ABLATIONS.items():
        fit(all_piles, evidence)
        right = given = wanted = 0
        for fitted in all_piles:
            links, versions = fitted.links, fitted.pile.versions
            own = matching.log_odds(links, fitted.coverage)
            rivals = calibration.best_rivals(links.ar, links.en, own, versions)
            odds = calibration.with_rivals(own, rivals)
            odds[own <= matching.HOPELESS] = matching.HOPELESS
            picked = choice.choose(links.ar.tolist(), links.en.tolist(), odds - limit)
            right += int(fitted.right[picked].sum())
            given += len(picked)
            wanted += fitted.pairs
        told = (right / given, right / wanted, 2 * right / (given + wanted))
        print(f"| {name} |", " | ".join(f"{value:.3f}" for value in told), "|")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=piles.ROOT.parent / "shared" / "corpus")
    parser.add_argument("--ablation", action="store_true", help="print what each signal gives")
    wanted = parser.parse_args()
    if not wanted.corpus.is_dir():
        parser.error(f"{wanted.corpus}: no such folder; name the training corpus by --corpus")
    all_piles = made(wanted.corpus, BundledEncoder())
    if wanted.ablation:
        ablation(all_piles)
    else:
        write(fit(all_piles, (*FEATURES, *KNOWN)))
        print(CALIBRATION.read_text(encoding="utf-8"), end="")


if __name__ == "__main__":
    main()
