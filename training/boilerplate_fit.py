"""Fit the clutter model's weights: `python -m training.boilerplate_fit --corpus DIR`.

Three logistic regressions (by look alone, with place, with place and links) on made pages, see
`boilerplate_pages`. First a table over lines that were left out of the fit, which is what a page of
a site never seen may expect; then the fit on all of them, written to weights.json.
"""

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from aligner.ingest import boilerplate
from aligner.ingest.boilerplate import features
from aligner.text import Language
from training.boilerplate_pages import Page, pages

OUT = Path(boilerplate.__file__).with_name("weights.json")
PAGES = 2000  # for each language
RIDGE = 0.3
# A lexicon written by the hands that wrote the lines knows them too well: in this share of the
# clutter its features are blanked, so that the general ones must carry.
BLANKED = 0.35
LEXICAL = (
    "interface_share",
    "interface_any",
    "phrase_share",
    "phrase_opens",
    "label",
    "imperative",
    "address_share",
    "address_any",
)
# Which way a feature may speak: for clutter, or for content.
FOR_CLUTTER = frozenset(
    {
        "separator",
        "short_date",
        "web_address",
        "handle",
        "copyright",
        "interface_share",
        "interface_any",
        "phrase_share",
        "phrase_opens",
        "label",
        "byline",
        "credit",
        "address_share",
        "imperative",
        "ends_in_ellipsis",
        "other_script",
        "look_in_head",
        "look_inside",
        "look_in_tail",
        "look_of_anchor",
        "repeated",
        "copy",
        "crumb",
        "ellipsis_in_tail",
        "clutter_earlier_in_tail",
        "clutter_beside_in_head",
        "clutter_beside_inside",
        "clutter_beside_in_tail",
        "clutter_later_in_head",
        "before_title",
        "unlinked_far_into_tail",
    }
)
FOR_CONTENT = frozenset(
    {
        "function_share",
        "telling",
        "quotation",
        "anchor",
        "stop_in_head",
        "stop_inside",
        "stop_in_tail",
        "title",
        "linked_in_head",
        "linked_inside",
        "linked_in_tail",
        "linked_title",
        "linked_many_words",
        "neighbours_linked_inside",
        "neighbours_linked_in_tail",
    }
)
# No page that is made teaches what recurs in a pile; it is as good as sure.
REPEATED = 6.0

Array = NDArray[np.float64]


def fit(x: Array, y: Array, names: Sequence[str]) -> Array:
    """Weights, the constant first, of a ridge logistic regression with signs as above."""

    def loss(w: Array) -> tuple[float, Array]:
        z = x @ w[1:] + w[0]
        value = np.logaddexp(0, z).sum() - z @ y + RIDGE * (w[1:] @ w[1:])
        error = 1 / (1 + np.exp(-z)) - y
        gradient = np.concatenate([[error.sum()], x.T @ error + 2 * RIDGE * w[1:]])
        return float(value), gradient

    bounds = [(None, None)] + [
        (0, None) if n in FOR_CLUTTER else (None, 0) if n in FOR_CONTENT else (None, None)
        for n in names
    ]
    result = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds)
    return np.asarray(result.x)


def table(made: Sequence[Page], chance: random.Random | None) -> tuple[Array, Array]:
    """Look features and labels of all paragraphs; with `chance`, lexical ones blanked at times."""
    x = np.vstack([features.looks(p.article) for p in made])
    y = np.array([c for p in made for c in p.clutter], dtype=np.float64)
    if chance is not None:
        columns = [features.LOOK.index(name) for name in LEXICAL]
        rows = [i for i in range(len(x)) if y[i] and chance.random() < BLANKED]
        x[np.ix_(rows, columns)] = 0.0
    return x, y


def fit_all(made: Sequence[Page], seed: int) -> dict[str, Array]:
    chance = random.Random(seed)
    x, y = table(made, chance)
    weights = {"look": fit(x, y, features.LOOK)}
    own = x @ weights["look"][1:] + weights["look"][0]
    for model, with_links in (("alone", False), ("linked", True)):
        place, start = [], 0
        for page in made:
            end = start + len(page.clutter)
            links = page.linked if with_links else None
            place.append(features.places(page.article, own[start:end], links, ()))
            start = end
        names = features.PLACE + (features.LINKS if with_links else ())
        weights[model] = fit(np.vstack(place), y, names)
        weights[model][1 + names.index("repeated")] = REPEATED
    return weights


def probabilities(page: Page, weights: dict[str, Array], *, with_links: bool) -> Array:
    x = features.looks(page.article)
    own = x @ weights["look"][1:] + weights["look"][0]
    place = features.places(page.article, own, page.linked if with_links else None, ())
    w = weights["linked" if with_links else "alone"]
    return np.asarray(1 / (1 + np.exp(-(place @ w[1:] + w[0]))))


def report(rows: dict[str, list[tuple[float, bool]]]) -> None:
    print(f"{'':8}{'threshold':>10}{'precision':>11}{'recall':>8}")
    for model, pairs in rows.items():
        p = np.array([v for v, _ in pairs])
        y = np.array([c for _, c in pairs])
        for threshold in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
            chosen = p >= threshold
            right = (chosen & y).sum()
            print(
                f"{model:8}{threshold:10.1f}{right / max(1, chosen.sum()):11.3f}"
                f"{right / max(1, y.sum()):8.3f}"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="print this many errors")
    options = parser.parse_args()
    rows: dict[str, list[tuple[float, bool]]] = {"alone": [], "linked": []}
    wrong: list[tuple[str, float, str]] = []
    for fold in range(4):
        train = [
            p
            for side in Language
            for p in pages(options.corpus, side, PAGES // 2, seed=options.seed, fold=fold)
        ]
        weights = fit_all(train, options.seed)
        seen = {line for p in train for line in p.line}
        for side in Language:
            for page in pages(options.corpus, side, 200, seed=options.seed + 100 + fold):
                for model in rows:
                    p = probabilities(page, weights, with_links=model == "linked")
                    for n, line in enumerate(page.line):
                        if line not in seen or not page.clutter[n]:
                            rows[model].append((float(p[n]), page.clutter[n]))
                            if (p[n] >= 0.5) != page.clutter[n] and model == "linked":
                                kind = "lost" if not page.clutter[n] else f"kept: {line}:"
                                wrong.append((kind, float(p[n]), page.article.paragraphs[n].text))
    report(rows)
    for kind, value, text in random.Random(1).sample(wrong, min(options.show, len(wrong))):
        print(f"{kind} {value:.2f} {text[:110]}")
    made = [p for side in Language for p in pages(options.corpus, side, PAGES, seed=options.seed)]
    names = {
        "look": features.LOOK,
        "alone": features.PLACE,
        "linked": features.PLACE + features.LINKS,
    }
    models = {
        model: {
            "constant": round(float(w[0]), 3),
            **{n: round(float(v), 3) for n, v in zip(names[model], w[1:], strict=True)},
        }
        for model, w in fit_all(made, options.seed).items()
    }
    options.out.write_text(json.dumps({"models": models}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
