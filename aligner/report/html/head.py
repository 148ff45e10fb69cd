"""The page's head: both titles, what kind of pair it is, and the two texts at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from aligner.report import wording
from aligner.report.html.view import COLUMNS, DIRECTION, View, class_of, escape, words
from aligner.report.layout import ONE_SIDED
from aligner.text import Article, Language


def head(view: View) -> str:
    pair = view.comparison.pair
    titles = "".join(f'<div class="al-{s}">{_title(pair.side(s))}</div>' for s in COLUMNS)
    strips = "".join(
        f'<div class="al-{s}"><div class="al-strip" dir="{DIRECTION[s]}">'
        f"{''.join(_strip(view, s))}</div></div>"
        for s in COLUMNS
    )
    return (
        '<header>\n<p class="al-kicker">Arabic and English compared</p>\n'
        f'<div class="al-two al-titles">{titles}</div>\n'
        f'<p class="al-verdict"><strong>{wording.verdict(pair)}</strong> '
        f"{escape(wording.because(pair))}</p>\n"
        # The same is told in words below, so a screen reader need not go through it.
        f'<div class="al-two al-strips" aria-hidden="true">{strips}</div>\n</header>\n'
    )


def _title(article: Article) -> str:
    facts = []
    if article.outlet:
        facts.append(f"<bdi>{escape(article.outlet)}</bdi>")
    if article.date:
        facts.append(f'<time datetime="{article.date}"><bdi>{article.date}</bdi></time>')
    if article.title and article.name:
        facts.append(f"<bdi>{escape(wording.file_name(article))}</bdi>")
    if article.url:
        facts.append(_web_link(article.url))
    facts += [f"<bdi>{escape(note)}</bdi>" for note in article.notes]
    name = wording.short_name(article) or f"{article.language.label} article"
    # A file's name is no Arabic heading, even where the article is Arabic.
    heading = (
        words(name, article.language, "h1")
        if article.title
        else f'<h1 dir="auto">{escape(name)}</h1>'
    )
    return f'{heading}<p class="al-small">{" · ".join(facts)}</p>'


def _web_link(url: str) -> str:
    """A link where the address is one of the web's, else its text: `javascript:` is no link."""
    shown = f"<bdi>{escape(url)}</bdi>"
    if not url.lower().startswith(("http://", "https://")):
        return shown
    return f'<a href="{escape(url)}" rel="noreferrer nofollow">{shown}</a>'


def _strip(view: View, side: Language) -> Iterator[str]:
    """The text as a bar: what is matched and what is not, in proportion to its length."""
    pieces = (
        (_strip_class(view, side, i), view.bead_numbers.get((side, i)), len(sentence.text))
        for i, sentence in enumerate(view.comparison.side(side).sentences)
    )
    for kind, neighbours in groupby(pieces, key=lambda piece: piece[0]):
        members = list(neighbours)
        length = sum(piece[2] for piece in members)
        bead = next((number for _, number, _ in members if number is not None), None)
        link = "" if bead is None else f' href="#{view.prefix}bead-{bead}"'
        yield f'<a class="{kind}" style="flex:{length}" tabindex="-1"{link}></a>'


def _strip_class(view: View, side: Language, sentence: int) -> str:
    bead = view.comparison.alignment.bead_of(side, sentence)
    if bead is None:
        return "al-clutter"
    if bead.is_null:
        return "al-gap"
    divergences = view.comparison.divergences
    against = view.found.by_counterpart.get((side, sentence), ())
    kinds = {class_of(divergences[n]) for n in view.found.of(side, (sentence,))}
    # What stands on the other side only is nothing to be seen on this one.
    kinds |= {class_of(divergences[n]) for n in against if divergences[n].kind not in ONE_SIDED}
    if bead.moved:
        kinds.add("al-moved")
    order = ("al-gap", "al-clause", "al-fact", "al-moved")
    return next((kind for kind in order if kind in kinds), "al-matched")
