"""HTML: one page to read, side by side, that needs no network, no script and no other file."""

from __future__ import annotations

import html as escaping
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

from aligner.bitext import Bead, Comparison, Divergence, DivergenceKind
from aligner.report import wording
from aligner.report.characters import contained, shortened, visible
from aligner.report.layout import (
    ONE_SIDED,
    BeadRow,
    ClutterRow,
    Divergences,
    ElsewhereRow,
    Row,
    rows,
    told,
)
from aligner.text import SIDES, Article, Language

# English stands left and Arabic right, so that both texts begin at the outer edge, as in
# bilingual editions; a screen reader meets them in the same order.
_COLUMNS = (Language.EN, Language.AR)
_DIRECTION = {Language.AR: "rtl", Language.EN: "ltr"}
_EXCERPT = 260  # code points of a gap that the summary shows; all of it stands in the table

# Nothing may be fetched or run, whatever the articles hold.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def render(comparison: Comparison, *, fragment: bool = False) -> str:
    """The comparison as one HTML page, or as a fragment to stand inside another page.

    The styles of a fragment reach nothing outside it, and its ids are its own.
    """
    report = _Report(comparison, prefix=f"al-{_digest(comparison)}-" if fragment else "")
    body = "".join(report.parts())
    style = f"<style>\n{_style()}</style>\n"
    if fragment:
        return f'{style}<div class="aligner-report" lang="en" dir="ltr">{body}</div>\n'
    names = " – ".join(wording.short_name(comparison.side(side)) for side in _COLUMNS)
    return (
        '<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{_text(names)}</title>\n{style}"
        "<style>html, body { margin: 0; padding: 0; min-height: 100%; } "
        ".aligner-report { min-height: 100vh; }</style>\n</head>\n"
        f'<body>\n<main class="aligner-report">{body}</main>\n</body>\n</html>\n'
    )


@cache
def _style() -> str:
    return Path(__file__).with_name("report.css").read_text(encoding="utf-8")


def _digest(comparison: Comparison) -> str:
    """A short name for the comparison, so that two fragments on one page keep apart."""
    digest = 0
    for side in SIDES:
        for paragraph in comparison.side(side).paragraphs:
            digest = zlib.crc32(paragraph.text.encode("utf-8", "replace"), digest)
    return f"{zlib.crc32(comparison.signature.encode('utf-8', 'replace'), digest):08x}"


def _text(text: str) -> str:
    """Any text, safe between tags and inside a quoted attribute."""
    return escaping.escape(contained(visible(text)))


def _words(text: str, side: Language, tag: str = "span", attributes: str = "") -> str:
    """Words of an article: in their own language and direction, isolated from what is around."""
    return f'<{tag}{attributes} lang="{side}" dir="{_DIRECTION[side]}">{_text(text)}</{tag}>'


def _class_of(divergence: Divergence) -> str:
    if divergence.kind is DivergenceKind.CLAUSE:
        return "al-clause"
    if divergence.kind in ONE_SIDED:
        return "al-gap"
    return "al-moved" if divergence.kind is DivergenceKind.MOVED else "al-fact"


class _Report:
    """One report in the making: the comparison with what is looked up again and again."""

    def __init__(self, comparison: Comparison, prefix: str) -> None:
        self.comparison = comparison
        self.prefix = prefix
        self.pair = comparison.pair
        self.found = Divergences(comparison)
        self.rows = list(rows(comparison))
        self.bead_numbers = {
            (side, i): row.number
            for row in self.rows
            if isinstance(row, BeadRow)
            for side in SIDES
            for i in row.bead.side(side)
        }
        self.anchored: set[int] = set()  # divergences whose link target has been written

    def parts(self) -> Iterator[str]:
        yield '\n<div class="al-page">\n'
        yield self.head()
        yield self.summary()
        yield self.table()
        yield self.foot()
        yield "</div>\n"

    # The head

    def head(self) -> str:
        titles = "".join(
            f'<div class="al-{side}">{self.title(self.comparison.side(side))}</div>'
            for side in _COLUMNS
        )
        strips = "".join(
            f'<div class="al-{side}"><div class="al-strip" dir="{_DIRECTION[side]}">'
            f"{''.join(self.strip(side))}</div></div>"
            for side in _COLUMNS
        )
        evidence = f" {_text(self.pair.evidence)}" if self.pair.evidence else ""
        return (
            f'<header>\n<p class="al-kicker">Arabic and English compared</p>\n'
            f'<div class="al-two al-titles">{titles}</div>\n'
            f'<p class="al-verdict"><strong>{wording.verdict(self.pair)}</strong> '
            f'{wording.shares(self.pair)}</p>\n<p class="al-small">{evidence}</p>\n'
            f'<div class="al-two al-strips" aria-hidden="true">{strips}</div>\n</header>\n'
        )

    def title(self, article: Article) -> str:
        facts = [_text(fact) for fact in (article.outlet,) if fact]
        if article.date:
            facts.append(f'<time datetime="{article.date}">{article.date}</time>')
        if article.title and article.name:
            facts.append(f"<bdi>{_text(wording.file_name(article))}</bdi>")
        if article.url:
            facts.append(_web_link(article.url))
        facts += [_text(note) for note in article.notes]
        name = wording.short_name(article) or f"{article.language.label} article"
        # A file's name is no Arabic heading, even where the article is Arabic.
        heading = (
            _words(name, article.language, "h1")
            if article.title
            else f'<h1 dir="auto">{_text(name)}</h1>'
        )
        return f'{heading}<p class="al-small">{" · ".join(facts)}</p>'

    def strip(self, side: Language) -> Iterator[str]:
        """The text as a bar: what is matched, what is not, in proportion to its length."""
        article = self.comparison.side(side)
        pieces = (
            (self.strip_class(side, i), self.bead_numbers.get((side, i)), len(sentence.text))
            for i, sentence in enumerate(article.sentences)
        )
        for kind, group in groupby(pieces, key=lambda piece: piece[0]):
            members = list(group)
            length = sum(piece[2] for piece in members)
            target = next((n for _, n, _ in members if n is not None), None)
            link = "" if target is None else f' href="#{self.prefix}bead-{target}"'
            yield f'<a class="{kind}" style="flex:{length}" tabindex="-1"{link}></a>'

    def strip_class(self, side: Language, sentence: int) -> str:
        bead = self.comparison.alignment.bead_of(side, sentence)
        if bead is None:
            return "al-clutter"
        if bead.is_null:
            return "al-gap"
        kinds = {
            _class_of(self.comparison.divergences[n]) for n in self.found.of(side, (sentence,))
        }
        order = ("al-gap", "al-clause", "al-fact", "al-moved")
        return next((kind for kind in order if kind in kinds), "al-matched")

    # The summary

    def summary(self) -> str:
        divergences = self.comparison.divergences
        order = told(self.comparison)
        gaps = "".join(
            f'<div class="al-{side}">{self.gaps(side, order)}</div>' for side in _COLUMNS
        )
        facts = [n for n in order if _class_of(divergences[n]) == "al-fact"]
        moved = [n for n in order if divergences[n].kind is DivergenceKind.MOVED]
        others = [
            f'<div><h3 class="al-some">{heading} <span>{len(numbers)}</span></h3>'
            f"{self.list_of(numbers)}</div>"
            for heading, numbers in (
                ("Numbers, dates and names that differ", facts),
                ("Moved, not missing", moved),
            )
            if numbers
        ]
        return (
            f'<section class="al-found" aria-labelledby="{self.prefix}found">\n'
            f'<h2 id="{self.prefix}found">{wording.gaps_heading(self.pair)}</h2>\n'
            f'<p class="al-small">{wording.gaps_meaning(self.pair)}</p>\n'
            f'<div class="al-two">{gaps}</div>\n'
            + (f'<div class="al-two">{"".join(others)}</div>\n' if others else "")
            + "</section>\n"
        )

    def gaps(self, side: Language, order: Iterable[int]) -> str:
        numbers = [
            n
            for n in order
            if (d := self.comparison.divergences[n]).side == side and d.kind in ONE_SIDED
        ]
        some = ' class="al-some"' if numbers else ""
        counts = wording.gap_counts(self.comparison, side)
        return (
            f"<h3{some}>{wording.only_in(side)}: <span>{counts}</span></h3>{self.list_of(numbers)}"
        )

    def list_of(self, numbers: list[int]) -> str:
        items = "".join(f"<li>{self.entry(number)}</li>" for number in numbers)
        return f'<ol class="al-list">{items}</ol>' if numbers else ""

    def entry(self, number: int) -> str:
        """A link to a divergence: where it stands, how sure we are, its words."""
        d = self.comparison.divergences[number]
        where = [f"{d.kind.value}, {wording.place(self.comparison, d)}"]
        if d.kind is DivergenceKind.PARAGRAPH:
            where = [wording.place(self.comparison, d)]
        elif d.kind not in ONE_SIDED:
            where = [f"{d.side.label} {wording.place(self.comparison, d)}"]
        if d.kind is DivergenceKind.MOVED:
            where.append(wording.moved_to(self.comparison, d))
        where += [d.detail, f"{wording.percent(d.probability)} sure"]
        place = "; ".join(_text(w) for w in where if w)
        excerpt = shortened(self.comparison.text_of(d), _EXCERPT)
        words = _words(excerpt, d.side, attributes=' class="al-words"')
        link = f"#{self.prefix}d-{number}"
        return f'<a href="{link}"><span class="al-where">{place}</span>{words}</a>'

    # Side by side

    def table(self) -> str:
        heads = {
            side: f'<th role="columnheader" scope="col" class="al-{side}">{side.label}</th>'
            for side in SIDES
        }
        first, second = (heads[side] for side in _COLUMNS)
        body = "\n".join(self.row(row) for row in self.rows)
        only = f"{self.prefix}only"
        return (
            f'<input class="al-only" type="checkbox" id="{only}">'
            f'<label class="al-filter" for="{only}">Show only what differs</label>\n'
            '<table class="al-table" role="table" aria-label="The two articles side by side">\n'
            f'<thead role="rowgroup"><tr role="row">{first}'
            '<th role="columnheader" scope="col"><span class="al-unseen">How they correspond</span>'
            f"</th>{second}</tr></thead>\n"
            f'<tbody role="rowgroup">\n{body}\n</tbody></table>\n'
        )

    def row(self, row: Row) -> str:
        match row:
            case BeadRow():
                return self.bead_row(row)
            case ElsewhereRow():
                return self.elsewhere_row(row)
            case ClutterRow():
                return self.clutter_row(row)

    def bead_row(self, row: BeadRow) -> str:
        bead = row.bead
        numbers = {side: self.found.of(side, bead.side(side)) for side in SIDES}
        unsure = not bead.is_null and bead.probability < wording.UNSURE
        classes = ["al-row"]
        if not (any(numbers.values()) or bead.is_null or bead.moved or unsure):
            classes.append("al-same")
        if unsure:
            classes.append("al-unsure")
        if bead.moved:
            classes.append("al-is-moved")
        cells = {side: self.cell(bead, side, numbers[side]) for side in SIDES}
        first, second = (cells[side] for side in _COLUMNS)
        return (
            f'<tr role="row" class="{" ".join(classes)}" id="{self.prefix}bead-{row.number}">'
            f"{first}{_link(bead, unsure=unsure)}{second}</tr>"
        )

    def cell(self, bead: Bead, side: Language, numbers: list[int]) -> str:
        sentences = bead.side(side)
        if not sentences:
            ghost = f"no counterpart in the {side.label}"
            return (
                f'<td role="cell" class="al-cell-{side} al-lacks">'
                f'<span class="al-ghost"><span>{ghost}</span></span></td>'
            )
        chips = "".join(self.chip(number) for number in numbers)
        if bead.is_null and not numbers:
            unsure = f"no counterpart found; {wording.percent(bead.probability)} sure"
            chips = f'<span class="al-chip">{unsure}</span>'
        here = " al-here" if bead.is_null and numbers else ""
        texts = "".join(self.sentence(side, i) for i in sentences)
        return f'<td role="cell" class="al-cell-{side}{here}">{chips}{texts}</td>'

    def chip(self, number: int) -> str:
        """What is said above a passage that differs, with the way back to the summary."""
        d = self.comparison.divergences[number]
        anchor = ""
        if d.span is None:
            anchor = self.anchor(number)
        said = [d.detail] if d.detail else []
        if d.kind in ONE_SIDED:
            said.insert(0, wording.place(self.comparison, d))
            if d.kind is DivergenceKind.CLAUSE:
                said[0] = "the marked words"
        if d.kind is DivergenceKind.MOVED:
            said.insert(0, wording.moved_to(self.comparison, d))
        said.append(f"{wording.percent(d.probability)} sure")
        words = "; ".join(_text(word) for word in said if word)
        back = f'<a class="al-back" href="#{self.prefix}found" title="back to the summary">↑</a>'
        return (
            f'<span class="al-chip {_class_of(d)} al-of-{d.side}"{anchor}>'
            f"<b>{wording.label(d)}</b> · {words} {back}</span>"
        )

    def anchor(self, number: int) -> str:
        """The id that the summary links to, at the first place that asks for it."""
        if number in self.anchored:
            return ""
        self.anchored.add(number)
        return f' id="{self.prefix}d-{number}"'

    def sentence(self, side: Language, number: int) -> str:
        article = self.comparison.side(side)
        paragraph = article.paragraphs[article.paragraph_of[number]]
        label = wording.sentence_label(article, number)
        title = f"sentence {number + 1} of the {side.label}, line {paragraph.line} of the file"
        return (
            f'<p class="al-s" id="{self.prefix}{side}-{number}" lang="{side}" '
            f'dir="{_DIRECTION[side]}"><span class="al-n" dir="ltr" title="{title}">{label}</span>'
            f'<span class="al-t">{self.marked(side, number)}</span></p>'
        )

    def marked(self, side: Language, number: int) -> str:
        """A sentence's words, escaped, with every span that differs marked."""
        article = self.comparison.side(side)
        sentence = article.sentences[number]
        stripped = sentence.stripped
        start = sentence.start + len(sentence.text) - len(sentence.text.lstrip())
        text = contained(visible(stripped))
        spans = [
            (max(first - start, 0), min(last - start, len(stripped)), n, other)
            for first, last, n, other in self.found.spans.get(
                (side, article.paragraph_of[number]), ()
            )
            if first - start < len(stripped) and last > start
        ]
        if not spans:
            return escaping.escape(text)
        edges = sorted({0, *(s[0] for s in spans), *(s[1] for s in spans)})
        pieces = []
        # The last piece runs to the end of `text`, which may hold closing bidi marks more.
        for first, last in zip(edges, [*edges[1:], len(text)], strict=True):
            opened = [s for s in spans if s[0] <= first and s[1] > first]
            piece = escaping.escape(text[first:last])
            for _, _, n, other in opened:
                d = self.comparison.divergences[n]
                anchor = "" if other else self.anchor(n)
                piece = f'<mark class="{_class_of(d)}"{anchor}>{piece}</mark>'
            pieces.append(piece)
        return "".join(pieces)

    def elsewhere_row(self, row: ElsewhereRow) -> str:
        where = wording.sentences_place(self.comparison.en, row.bead.en)
        beside = wording.sentences_place(self.comparison.ar, row.bead.ar)
        link = f'<a href="#{self.prefix}bead-{row.number}">beside Arabic {beside}</a>'
        note = (
            '<td role="cell" class="al-cell-en">'
            f'<span class="al-note">Here stands English {where}, shown {link}</span></td>'
        )
        empty = '<td role="cell"></td>'
        first, second = (note if side is Language.EN else empty for side in _COLUMNS)
        return (
            f'<tr role="row" class="al-elsewhere">{first}'
            f'<th role="rowheader" class="al-link"><span class="al-unseen">moved</span></th>'
            f"{second}</tr>"
        )

    def clutter_row(self, row: ClutterRow) -> str:
        counts = " and ".join(
            wording.counted(len(row.side(side)), f"{side.label} paragraph")
            for side in SIDES
            if row.side(side)
        )
        columns = "".join(
            f"<div>{''.join(self.clutter(side, n) for n in row.side(side))}</div>"
            for side in _COLUMNS
        )
        return (
            '<tr role="row" class="al-clutter al-same">'
            '<td role="cell" aria-colspan="3" colspan="3">'
            f"<details><summary>Set apart as not part of the article: {counts}</summary>"
            f'<div class="al-two">{columns}</div></details></td></tr>'
        )

    def clutter(self, side: Language, number: int) -> str:
        article = self.comparison.side(side)
        sentences = article.sentence_numbers[number]
        if sentences:
            return "".join(self.sentence(side, i) for i in sentences)
        return _words(article.paragraphs[number].text, side, "p", ' class="al-s"')

    # The foot

    def foot(self) -> str:
        return (
            '<footer class="al-foot">\n<h2>How to read this page</h2>\n<ul>'
            "<li>The numbers beside the text count paragraphs as they stand in the file; 12.2 is "
            "the second sentence of paragraph 12.</li>"
            "<li>Two sentences on one side against one on the other: translators merge and split "
            "sentences; together they say the same.</li>"
            "<li>Arabic only: a solid bar. English only: a double bar. Words marked inside a "
            "sentence are missing from, or differ in, the sentence beside it.</li>"
            "<li>“Sure” is the probability that a reader would agree; “check” stands where "
            "sentences may have been put together wrongly.</li>"
            "</ul>\n"
            f'<p class="al-small"><code>{_text(self.comparison.signature)}</code></p>\n</footer>\n'
        )


def _web_link(url: str) -> str:
    """A link where the address is one of the web's, else its text: `javascript:` is no link."""
    if url.lower().startswith(("http://", "https://")):
        return f'<a href="{_text(url)}" rel="noreferrer nofollow"><bdi>{_text(url)}</bdi></a>'
    return f"<bdi>{_text(url)}</bdi>"


def _link(bead: Bead, *, unsure: bool) -> str:
    """The row's head: lines that join the sentences that stand for each other."""
    if bead.is_null:
        return (
            '<th role="rowheader" scope="row" class="al-link">'
            '<span class="al-unseen">without a counterpart</span></th>'
        )
    sizes = wording.bead_sizes(bead)
    plain = "" if len(bead.ar) == len(bead.en) == 1 else f'<span class="al-sizes">{sizes}</span> '
    check = (
        f'<span class="al-check">check: {wording.percent(bead.probability)} sure</span>'
        if unsure
        else ""
    )
    return (
        '<th role="rowheader" scope="row" class="al-link">'
        f"{_fan(len(bead.en), len(bead.ar), sizes)}{plain}{check}</th>"
    )


@cache
def _fan(left: int, right: int, title: str) -> str:
    """Dots for the sentences of either side, joined in the middle."""
    height = 8 * max(left, right)

    def heights(dots: int) -> list[float]:
        return [height / 2 + 8 * (n - (dots - 1) / 2) for n in range(dots)]

    middle = height / 2
    paths, circles = [], []
    for edge, dots in ((2, left), (38, right)):
        for y in heights(dots):
            paths.append(f"M{edge} {y:g}Q{(edge + 20) / 2:g} {middle:g} 20 {middle:g}")
            circles.append(f'<circle cx="{edge}" cy="{y:g}" r="2"/>')
    return (
        f'<svg viewBox="0 0 40 {height}" role="img" aria-label="{title}"><title>{title}</title>'
        f'<path d="{"".join(paths)}"/>{"".join(circles)}</svg>'
    )
