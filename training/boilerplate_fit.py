"""Fit the clutter model's weights: `python -m training.boilerplate_fit --corpus DIR`.

Logistic regressions on made pages, see `boilerplate_pages`: one over the vectors of a paragraph's
words (wording.json), which speaks in the others of lines that it has not seen; then by look alone,
by look and wording, with place, with place and links (weights.json). First a table over lines that
were left out of the fit, which is what a page of a site never seen may expect. The vectors are
those of the bundled model: a new model needs a new fit.
"""

import argparse
import hashlib
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from aligner.alignment.encoded import WordTable, word_table
from aligner.embedding.static import StaticEmbedder
from aligner.ingest import boilerplate
from aligner.ingest.boilerplate import features
from aligner.ingest.boilerplate.wording import FILE, WORDING, means, wording
from aligner.text import Language
from training.boilerplate_pages import Page, pages

OUT = Path(boilerplate.__file__).with_name("weights.json")
PAGES = 3000  # for each language
RIDGE = 0.9
WORDING_RIDGE = 0.1
WORDING_CONTENT = 8000  # paragraphs of content that the wording is learned on
PARTS = 4  # the wording of each part of the lines is judged by what was learned on the others
# A lexicon written by the hands that wrote the lines knows them too well: in this share of the
# clutter its features are blanked, so that the general ones must carry.
BLANKED = 0.35
LEXICAL = (
    "interface_share",
    "interface_any",
    "phrase_share",
    "phrase_opens",
    "points_elsewhere",
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
        "points_elsewhere",
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
        "wording",
        "wording_of_lead",
        "furniture_leads",
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
        "prose_in_tail",
        "item",
        "listed",
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
NAMES = {
    "look": features.LOOK,
    "read": features.LOOK + WORDING,
    "alone": features.PLACE,
    "linked": features.PLACE + features.LINKS,
}
LOOKED = {"alone": "look", "linked": "read"}

Array = NDArray[np.float64]


def fit(x: Array, y: Array, names: Sequence[str], *, ridge: float = RIDGE) -> Array:
    """Weights, the constant first, of a ridge logistic regression with signs as above.

    Columns without a name may have either sign.
    """

    def loss(w: Array) -> tuple[float, Array]:
        z = x @ w[1:] + w[0]
        value = np.logaddexp(0, z).sum() - z @ y + ridge * (w[1:] @ w[1:])
        error = 1 / (1 + np.exp(-z)) - y
        gradient = np.concatenate([[error.sum()], x.T @ error + 2 * ridge * w[1:]])
        return float(value), gradient

    bounds = [(None, None)] + [
        (0, None) if n in FOR_CLUTTER else (None, 0) if n in FOR_CONTENT else (None, None)
        for n in names or [""] * x.shape[1]
    ]
    result = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds)
    return np.asarray(result.x)


@dataclass(eq=False)
class Made:
    """A page with the words of its paragraphs, and what the features say of it."""

    page: Page
    words: WordTable

    @cached_property
    def look(self) -> Array:
        return features.page_of(self.page.article).look

    @cached_property
    def means(self) -> NDArray[np.float32]:
        return means(self.words)


def make(
    options: argparse.Namespace, lexical: StaticEmbedder, count: int, **how: int
) -> list[Made]:
    """That many pages in each language."""
    made = [p for side in Language for p in pages(options.corpus, side, count, **how)]
    return [Made(p, word_table([x.text for x in p.article.paragraphs], lexical)) for p in made]


def part_of(page: Page, number: int) -> int:
    """The same line, or the same content, is always in the same part."""
    key = page.line[number] or page.article.paragraphs[number].text
    return hashlib.sha256(key.encode()).digest()[0] % PARTS


def fit_wording(made: Sequence[Made], seed: int, without: int | None = None) -> Array:
    """Weights of a mean vector, the constant first, of distinct paragraphs outside one part."""
    rows: dict[str, tuple[NDArray[np.float32], bool]] = {}
    for m in made:
        for n, paragraph in enumerate(m.page.article.paragraphs):
            if part_of(m.page, n) != without:
                rows.setdefault(paragraph.text, (m.means[n], m.page.clutter[n]))
    clutter = [x for x, c in rows.values() if c]
    content = [x for x, c in rows.values() if not c]
    content = random.Random(seed).sample(content, min(len(content), WORDING_CONTENT))
    x = np.array(clutter + content, dtype=np.float64)
    y = np.repeat([1.0, 0.0], [len(clutter), len(content)])
    return fit(x, y, (), ridge=WORDING_RIDGE)


def fit_all(made: Sequence[Made], seed: int) -> dict[str, Array]:
    """The weights of each model, the constant first."""
    chance = random.Random(seed)
    x = np.vstack([m.look for m in made])
    y = np.array([c for m in made for c in m.page.clutter], dtype=np.float64)
    columns = [features.LOOK.index(name) for name in LEXICAL]
    blanked = [i for i in range(len(x)) if y[i] and chance.random() < BLANKED]
    x[np.ix_(blanked, columns)] = 0.0
    by_part = [fit_wording(made, seed, without=part) for part in range(PARTS)]
    meaning = []
    for m in made:
        said = [wording(m.page.article, m.words, w) for w in by_part]
        meaning += [said[part_of(m.page, n)][n] for n in range(len(m.page.line))]
    read = np.concatenate([x, np.array(meaning)], axis=1)
    weights = {
        "wording": fit_wording(made, seed),
        "look": fit(x, y, features.LOOK),
        "read": fit(read, y, features.LOOK + WORDING),
    }
    for model, seen, with_links in (("alone", x, False), ("linked", read, True)):
        own = seen @ weights[LOOKED[model]][1:] + weights[LOOKED[model]][0]
        place, start = [], 0
        for m in made:
            end = start + len(m.page.clutter)
            links = m.page.linked if with_links else None
            place.append(features.places(m.page.article, own[start:end], links, ()))
            start = end
        names = NAMES[model]
        weights[model] = fit(np.vstack(place), y, names)
        weights[model][1 + names.index("repeated")] = REPEATED
    return weights


def probabilities(made: Made, weights: dict[str, Array], *, with_links: bool) -> Array:
    model = "linked" if with_links else "alone"
    article, x = made.page.article, made.look
    if with_links:
        x = np.concatenate([x, wording(article, made.words, weights["wording"])], axis=1)
    own = x @ weights[LOOKED[model]][1:] + weights[LOOKED[model]][0]
    place = features.places(article, own, made.page.linked if with_links else None, ())
    w = weights[model]
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
    lexical = StaticEmbedder.load()
    for fold in range(4):
        train = make(options, lexical, PAGES // 2, seed=options.seed, fold=fold)
        weights = fit_all(train, options.seed)
        seen = {line for m in train for line in m.page.line}
        for m in make(options, lexical, 200, seed=options.seed + 100 + fold):
            for model in rows:
                p = probabilities(m, weights, with_links=model == "linked")
                for n, line in enumerate(m.page.line):
                    clutter, text = m.page.clutter[n], m.page.article.paragraphs[n].text
                    if line not in seen or not clutter:
                        rows[model].append((float(p[n]), clutter))
                        if (p[n] >= 0.5) != clutter and model == "linked":
                            kind = f"kept: {line}:" if clutter else "lost"
                            wrong.append((kind, float(p[n]), text))
    report(rows)
    for kind, value, text in random.Random(1).sample(wrong, min(options.show, len(wrong))):
        print(f"{kind} {value:.2f} {text[:110]}")
    weights = fit_all(make(options, lexical, PAGES, seed=options.seed), options.seed)
    models = {
        model: {
            "constant": round(float(weights[model][0]), 3),
            **{n: round(float(v), 3) for n, v in zip(names, weights[model][1:], strict=True)},
        }
        for model, names in NAMES.items()
    }
    options.out.write_text(json.dumps({"models": models}, indent=1) + "\n", encoding="utf-8")
    constant, *vector = (round(float(v), 3) for v in weights["wording"])
    written = {"words": lexical.name, "constant": constant, "weights": vector}
    options.out.with_name(FILE).write_text(json.dumps(written) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
