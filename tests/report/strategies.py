"""Comparisons of any shape, with any characters in them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import strategies as st

from aligner.bitext import Bead, Comparison, Divergence, DivergenceKind, PairKind
from aligner.text import Article, Language
from tests.comparisons import AR, EN, article, comparison

WORDS = st.text(min_size=1, max_size=12).filter(str.strip)
PROBABILITY = st.floats(0, 1)


@st.composite
def articles(draw: st.DrawFn, language: Language) -> Article:
    paragraphs = draw(st.lists(st.lists(WORDS, min_size=1, max_size=3), min_size=1, max_size=5))
    clutter = draw(st.sets(st.integers(0, len(paragraphs) - 1)))
    made = article(
        language,
        paragraphs,
        clutter=tuple(clutter),
        name=draw(st.text(max_size=8)),
        title=draw(st.none() | st.text(max_size=8)),
        date=draw(st.none() | st.dates(dt.date(1900, 1, 1))),
        url=draw(st.none() | st.sampled_from(["https://example.org/?a=1&b='", "javascript:x"])),
        outlet=draw(st.none() | st.text(max_size=8)),
        notes=tuple(draw(st.lists(st.text(max_size=8), max_size=2))),
    )
    marked = tuple(
        replace(p, outside=draw(st.booleans()), link_share=draw(st.none() | PROBABILITY))
        for p in made.paragraphs
    )
    return replace(made, paragraphs=marked)


@st.composite
def comparisons(draw: st.DrawFn) -> Comparison:
    """Beads that hold every content sentence once, and divergences anywhere."""
    sides = {side: draw(articles(side)) for side in (AR, EN)}
    left = {side: list(a.content) for side, a in sides.items()}
    beads = []
    while left[AR] or left[EN]:
        sizes = {side: draw(st.integers(0, min(3, len(left[side])))) for side in (AR, EN)}
        if not any(sizes.values()):
            sizes = {side: len(left[side]) for side in (AR, EN)}
        taken = {side: tuple(left[side].pop(0) for _ in range(sizes[side])) for side in (AR, EN)}
        null = not all(taken.values())
        beads.append(
            Bead(
                taken[AR],
                taken[EN],
                None if null else draw(st.floats(-1, 1)),
                draw(PROBABILITY),
                moved=not null and draw(st.booleans()),
            )
        )
    divergences = draw(st.lists(_divergence(sides), max_size=6))
    made = comparison(
        sides[AR],
        sides[EN],
        beads,
        divergences,
        kind=draw(st.sampled_from(PairKind)),
        shares=(draw(PROBABILITY), draw(PROBABILITY)),
        evidence=draw(st.text(max_size=20)),
    )
    return replace(made, least_probability=draw(st.just(0.0) | PROBABILITY))


@st.composite
def _divergence(draw: st.DrawFn, sides: dict[Language, Article]) -> Divergence:
    side = draw(st.sampled_from(Language))
    sentence = draw(st.integers(0, len(sides[side].sentences) - 1))
    paragraph = sides[side].paragraph_of[sentence]
    other = draw(st.none() | st.integers(0, len(sides[side.other].sentences) - 1))
    return Divergence(
        draw(st.sampled_from(DivergenceKind)),
        side,
        paragraph,
        (sentence,),
        draw(PROBABILITY),
        span=draw(st.none() | _span(sides[side], paragraph)),
        other=() if other is None else (other,),
        other_span=None
        if other is None
        else draw(_span(sides[side.other], sides[side.other].paragraph_of[other])),
        detail=draw(st.text(max_size=8)),
    )


def _span(article: Article, paragraph: int) -> st.SearchStrategy[tuple[int, int]]:
    end = len(article.paragraphs[paragraph].text)
    edges = st.integers(0, end)
    return st.tuples(edges, edges).filter(lambda s: s[0] < s[1])
