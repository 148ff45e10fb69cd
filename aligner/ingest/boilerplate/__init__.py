"""Site clutter around and inside an article: navigation, share rows, teasers, cookie banners.

A small additive model over general features: a paragraph's look (length, closing mark, small
words, words of interfaces), its place, and, after a first alignment, whether it found a
counterpart. Fitted by `python -m training.boilerplate_fit`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from aligner.ingest.boilerplate import features
from aligner.ingest.boilerplate.cues import closes
from aligner.ingest.boilerplate.wording import WORDING, Words, wording
from aligner.text import Article

# A lost paragraph is worse than a kept teaser.
AT_LEAST = 0.5
OUTSIDE = 0.99  # probability of clutter that a page's own markup is worth
LINKED = 0.5  # share of a paragraph's sentences with a counterpart that outweighs the markup

__all__ = [
    "AT_LEAST",
    "closes",
    "clutter_probability",
    "flagged",
    "normalise",
    "set_apart",
    "standing",
]


def clutter_probability(
    article: Article,
    *,
    linked: Sequence[float] | None = None,
    words: Words | None = None,
    repeated: Collection[str] = (),
) -> NDArray[np.float64]:
    """For each paragraph the probability, 0 to 1, that it is site clutter.

    linked: for each paragraph the share, 0 to 1, of its sentences that a first alignment put into
    two-sided beads. words: the words of a segmented article; without `linked` they are not looked
    at. repeated: paragraph texts, as `normalise` gives them, that stand in many
    articles of a pile.
    """
    if not article.paragraphs:
        return np.zeros(0)
    if linked is not None and len(linked) != len(article.paragraphs):
        raise ValueError(f"{len(linked)} shares for {len(article.paragraphs)} paragraphs")
    weights = _weights()
    look = features.page_of(article).look
    chosen = weights["look" if linked is None else "read"]
    own = look @ chosen[1 : 1 + look.shape[1]] + chosen[0]
    if linked is not None and words is not None:
        own += wording(article, words) @ chosen[1 + look.shape[1] :]
    place = features.places(article, own, linked, repeated)
    chosen = weights["alone" if linked is None else "linked"]
    probability = _logistic(place @ chosen[1:] + chosen[0])
    # A page's own markup (menu, footer, related links) is believed, unless a counterpart was found.
    for number, paragraph in enumerate(article.paragraphs):
        if paragraph.outside and (linked is None or linked[number] < LINKED):
            probability[number] = max(probability[number], OUTSIDE)
    return probability


def set_apart(
    article: Article, probability: NDArray[np.float64], *, at_least: float = AT_LEAST
) -> Article:
    """The article with every paragraph of that probability or more flagged as boilerplate."""
    return flagged(article, (probability >= at_least).tolist())


def flagged(article: Article, flags: Sequence[bool]) -> Article:
    """The article with these paragraphs for boilerplate; itself where they are so already."""
    if all(p.boilerplate == flag for p, flag in zip(article.paragraphs, flags, strict=True)):
        return article
    return replace(
        article,
        paragraphs=tuple(
            paragraph if paragraph.boilerplate == flag else replace(paragraph, boilerplate=flag)
            for paragraph, flag in zip(article.paragraphs, flags, strict=True)
        ),
    )


def normalise(text: str) -> str:
    """A paragraph's text for counting how often it recurs in a pile."""
    return features.normalise(text)


def standing(article: Article) -> tuple[int, ...]:
    """For each paragraph the one that stands for it: of equal ones at the beginning the last."""
    return features.page_of(article).stands


@cache
def _weights() -> dict[str, NDArray[np.float64]]:
    """Each model's weights, its constant first, in the order of the features' names."""
    text = (resources.files(__name__) / "weights.json").read_text(encoding="utf-8")
    names = {
        "look": features.LOOK,
        "read": features.LOOK + WORDING,
        "alone": features.PLACE,
        "linked": features.PLACE + features.LINKS,
    }
    return {
        model: np.array([weights["constant"], *(weights[name] for name in names[model])])
        for model, weights in json.loads(text)["models"].items()
    }


def _logistic(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1.0 / (1.0 + np.exp(-np.minimum(np.maximum(scores, -30), 30)))
