"""Which paragraphs of a pair are site clutter, judged with what the alignment has found."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from aligner.alignment import EncodedArticle
from aligner.bitext import Alignment
from aligner.ingest import boilerplate, find_title
from aligner.text import Article, bare

# Around the text a link to a paragraph as surely clutter as this says nothing: two breadcrumbs
# match well.
SURELY = 0.8
# A link between two paragraphs as much like clutter as this says nothing, wherever they stand: both
# versions of a page say "Advertisement".
BOTH = 0.7
# A headline less like clutter than this stays, linked or not.
HEADLINE = 0.5
# Prose less like clutter than this, by itself, stays: a lost paragraph is worse than a kept teaser.
PROSE = 0.3
# Beads of this probability make two paragraphs clutter together or not at all.
SURE_LINK = 0.8


def set_apart(article: Article) -> Article:
    """Set apart what looks like clutter by itself; a headline hidden by it is found."""
    return _flagged(article, _alone(article))


def put_back(article: Article) -> Article:
    """The article with nothing set apart."""
    return boilerplate.flagged(article, [False] * len(article.paragraphs))


def set_apart_by_links(
    ar: EncodedArticle, en: EncodedArticle, alignment: Alignment
) -> tuple[EncodedArticle, EncodedArticle]:
    """Set clutter apart on both sides, knowing which paragraphs found a counterpart.

    alignment: of everything, clutter included. A link counts unless it leads to sure clutter around
    the text, or joins clutter to clutter.
    """
    ar, en = _retitled(ar, en, alignment), _retitled(en, ar, alignment)
    alone = [_alone(side.article) for side in (ar, en)]
    chances = [
        [own[n] for n in side.article.paragraph_of]
        for side, own in zip((ar, en), alone, strict=True)
    ]
    beads = [
        (bead.ar, bead.en)
        for bead in alignment
        if not bead.is_null
        and (
            max(chances[0][i] for i in bead.ar) < BOTH or max(chances[1][j] for j in bead.en) < BOTH
        )
    ]
    probabilities = []
    for side, other, own, others, links in (
        (ar, en, alone[0], alone[1], beads),
        (en, ar, alone[1], alone[0], [(there, here) for here, there in beads]),
    ):
        article = side.article
        shares = _linked_shares(article, other.article, others.tolist(), links)
        stands = boilerplate.standing(article)
        for number in _titles(article):
            if own[number] < HEADLINE:
                shares[stands[number]] = 1.0
        linked = boilerplate.clutter_probability(article, linked=shares, words=side.words)
        prose = (own < PROSE) & [boilerplate.closes(p.text) for p in article.paragraphs]
        probabilities.append(np.where(prose, np.minimum(linked, own), linked))
    _agree(ar.article, en.article, alignment, probabilities[0], probabilities[1])
    return (
        ar.with_article(_flagged(ar.article, probabilities[0])),
        en.with_article(_flagged(en.article, probabilities[1])),
    )


# A pair's articles are asked about twice: when they are read, and when they are aligned, by then
# with another name and date perhaps, and what was set apart put back.
_latest: deque[tuple[tuple[object, ...], NDArray[np.float64]]] = deque(maxlen=2)


def _alone(article: Article) -> NDArray[np.float64]:
    """How likely each paragraph is clutter, going by the article itself."""
    asked = (article.language, article.title, [(p.text, p.outside) for p in article.paragraphs])
    for known, probability in tuple(_latest):
        if known == asked:
            return probability
    probability = boilerplate.clutter_probability(article)
    _latest.append((asked, probability))
    return probability


def _agree(
    ar: Article,
    en: Article,
    alignment: Alignment,
    clutter_ar: NDArray[np.float64],
    clutter_en: NDArray[np.float64],
) -> None:
    """Make each paragraph no likelier to be clutter than what it is surely linked to."""
    linked = {
        (ar.paragraph_of[i], en.paragraph_of[j])
        for bead in alignment
        if not bead.is_null and bead.probability >= SURE_LINK
        for i in bead.ar
        for j in bead.en
    }
    before_ar, before_en = clutter_ar.copy(), clutter_en.copy()
    stands_ar, stands_en = boilerplate.standing(ar), boilerplate.standing(en)
    for copy, counterpart in linked:
        paragraph, other = stands_ar[copy], stands_en[counterpart]
        # What is linked to a copy of the headline is content only if it does not look like clutter.
        is_copy = paragraph != copy or other != counterpart
        if is_copy and max(before_ar[paragraph], before_en[other]) >= boilerplate.AT_LEAST:
            continue
        both = min(before_ar[paragraph], before_en[other])
        clutter_ar[paragraph] = min(clutter_ar[paragraph], both)
        clutter_en[other] = min(clutter_en[other], both)


def _linked_shares(
    article: Article,
    other: Article,
    chances: list[float],
    links: Sequence[tuple[tuple[int, ...], tuple[int, ...]]],
) -> list[float]:
    """For each paragraph the share of its sentences linked to what is not surely clutter.

    chances: how likely each paragraph of the other article is clutter, by itself. links: sentences
    of the article, and those of the other one that say the same.
    """
    paragraph_of = other.paragraph_of
    there = {paragraph_of[j] for _, others in links for j in others}
    likely = [n for n in there.difference(_titles(other)) if chances[n] < boilerplate.AT_LEAST]
    if likely:
        first, last = min(likely), max(likely)
        chances[first : last + 1] = [0.0] * (last + 1 - first)
    linked = {
        i
        for own, others in links
        if sum([chances[paragraph_of[j]] for j in others]) < SURELY * len(others)
        for i in own
    }
    shares = [
        len(linked.intersection(numbers)) / len(numbers) if numbers else 0.0
        for numbers in article.sentence_numbers
    ]
    # What a copy of the headline was linked to is the headline's counterpart.
    for number, original in enumerate(boilerplate.standing(article)):
        if number != original:
            shares[original] = max(shares[original], shares[number])
            shares[number] = 0.0
    return shares


def _retitled(side: EncodedArticle, other: EncodedArticle, alignment: Alignment) -> EncodedArticle:
    """The side with another title, where the guessed one found no counterpart and that one did.

    A site's slogan or its news ticker looks like the headline that it stands above.
    """
    article = side.article
    titles = _titles(article)
    if not (titles and article.title_guessed):
        return side
    here, there = article.language, other.article.language
    links = [(bead.side(here), bead.side(there)) for bead in alignment if not bead.is_null]
    shares = _linked_shares(article, other.article, _alone(other.article).tolist(), links)
    if any(shares[n] >= boilerplate.LINKED for n in titles):
        return side
    head = []
    for number, paragraph in enumerate(article.paragraphs):
        if boilerplate.closes(paragraph.text) and number not in titles:
            head.append(paragraph)  # here the text begins
            break
        if shares[number] >= boilerplate.LINKED:
            head.append(paragraph)
    return side.with_article(replace(article, title=find_title(head) or article.title))


def _titles(article: Article) -> list[int]:
    """The paragraphs that are the article's title."""
    return [n for n, p in enumerate(article.paragraphs) if bare(p.text) == article.title]


def _flagged(article: Article, probability: NDArray[np.float64]) -> Article:
    article = boilerplate.set_apart(article, probability)
    content = [p for p in article.paragraphs if not p.boilerplate]
    if len(content) < len(article.paragraphs) and all(
        bare(p.text) != article.title for p in content
    ):
        found = find_title(content)
        return replace(article, title=found, title_guessed=True) if found else article
    return article
