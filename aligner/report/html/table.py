"""The two articles side by side, a bead a row, every sentence once."""

from __future__ import annotations

import html
from functools import cache

from aligner.bitext import Bead
from aligner.report import wording
from aligner.report.characters import contained, visible
from aligner.report.html.view import COLUMNS, DIRECTION, View, class_of, listed, words
from aligner.report.layout import BeadRow, ClutterRow, ElsewhereRow, Row
from aligner.text import SIDES, Language


def table(view: View) -> str:
    first, second = (
        f'<th role="columnheader" scope="col" class="al-{side}">{side.label}</th>'
        for side in COLUMNS
    )
    body = "\n".join(_row(view, row) for row in view.rows)
    only = f"{view.prefix}only"
    # A checkbox and a style sheet make the filter: no script, which mail programs distrust.
    return (
        f'<input class="al-only" type="checkbox" id="{only}">'
        f'<label class="al-filter" for="{only}">Show only what differs</label>\n'
        '<table class="al-table" role="table" aria-label="The two articles side by side">\n'
        f'<thead role="rowgroup"><tr role="row">{first}'
        '<th role="columnheader" scope="col"><span class="al-unseen">How they correspond</span>'
        f"</th>{second}</tr></thead>\n"
        f'<tbody role="rowgroup">\n{body}\n</tbody></table>\n'
    )


def _row(view: View, row: Row) -> str:
    match row:
        case BeadRow():
            return _bead_row(view, row)
        case ElsewhereRow():
            return _elsewhere_row(view, row)
        case ClutterRow():
            return _clutter_row(view, row)


def _bead_row(view: View, row: BeadRow) -> str:
    bead = row.bead
    numbers = {side: view.found.of(side, bead.side(side)) for side in SIDES}
    unsure = not bead.is_null and bead.probability < wording.UNSURE
    # The rest of a passage whose beginning has been told in the row above.
    rest = bead.is_null and any(view.is_anchored(n) for side in SIDES for n in numbers[side])
    agrees = not (any(numbers.values()) or bead.is_null or bead.moved or unsure)
    states = {"same": agrees, "unsure": unsure, "is-moved": bead.moved, "rest": rest}
    classes = ["al-row", *(f"al-{state}" for state, holds in states.items() if holds)]
    first, second = (_cell(view, bead, side, numbers[side], rest=rest) for side in COLUMNS)
    return (
        f'<tr role="row" class="{" ".join(classes)}" id="{view.prefix}bead-{row.number}">'
        f"{first}{_link(bead, unsure=unsure)}{second}</tr>"
    )


def _cell(view: View, bead: Bead, side: Language, numbers: list[int], *, rest: bool) -> str:
    sentences = bead.side(side)
    if not sentences:
        ghost = "" if rest else f"<span>no counterpart in the {side.label}</span>"
        return (
            f'<td role="cell" class="al-cell-{side} al-lacks">'
            f'<span class="al-ghost">{ghost}</span></td>'
        )
    chips = "".join(_chip(view, number) for number in numbers)
    if bead.is_null and not numbers:
        chips = (
            f'<span class="al-chip">no counterpart found · {wording.sure(bead.probability)}</span>'
        )
    here = " al-here" if bead.is_null and numbers else ""
    texts = "".join(_sentence(view, side, i) for i in sentences)
    return f'<td role="cell" class="al-cell-{side}{here}">{chips}{texts}</td>'


def _chip(view: View, number: int) -> str:
    """What is said above a passage that differs, with the way back to the summary.

    Said once: a passage may run over several rows.
    """
    if view.is_anchored(number):
        return ""
    d = view.comparison.divergences[number]
    said = listed(wording.beside_the_text(view.comparison, d))
    jumps = [_jump(f"{view.prefix}found", "back to the summary", "↑")]
    after = view.next_told.get(number)
    if after is not None:
        jumps.append(_jump(f"{view.prefix}d-{after}", "to the next difference", "↓"))
    return (
        f'<span class="al-chip {class_of(d)} al-of-{d.side}"{view.anchor(number)}>'
        f'<b>{wording.label(d)}</b> · {said} <span class="al-jump">{" ".join(jumps)}</span></span>'
    )


def _jump(place: str, said: str, sign: str) -> str:
    """A link by an arrow, of which a screen reader would only say that it is one."""
    return f'<a href="#{place}" title="{said}" aria-label="{said}">{sign}</a>'


def _sentence(view: View, side: Language, number: int) -> str:
    article = view.comparison.side(side)
    paragraph = article.paragraphs[article.paragraph_of[number]]
    label = wording.sentence_label(article, number)
    title = f"sentence {number + 1} of the {side.label}, line {paragraph.line} of the file"
    return (
        f'<p class="al-s" id="{view.prefix}{side}-{number}" lang="{side}" '
        f'dir="{DIRECTION[side]}"><span class="al-n" dir="ltr" title="{title}">{label}</span>'
        f'<span class="al-t">{_marked(view, side, number)}</span></p>'
    )


def _marked(view: View, side: Language, number: int) -> str:
    """A sentence's words, escaped, with every span that differs marked."""
    text = contained(visible(view.comparison.side(side).sentences[number].stripped))
    pieces = []
    for stretch, over in view.found.stretches(side, number, text):
        piece = html.escape(stretch)
        for n in over:
            # Not isolated: marking words must not change the order they are shown in.
            name = class_of(view.comparison.divergences[n])
            piece = f'<mark class="{name}">{piece}</mark>'
        pieces.append(piece)
    return "".join(pieces)


def _elsewhere_row(view: View, row: ElsewhereRow) -> str:
    where = wording.sentences_place(view.comparison.en, row.bead.en)
    beside = wording.sentences_place(view.comparison.ar, row.bead.ar)
    link = f'<a href="#{view.prefix}bead-{row.number}">beside Arabic {beside}</a>'
    cells = {
        Language.EN: '<td role="cell" class="al-cell-en">'
        f'<span class="al-note">Here stands English {where}, shown {link}</span></td>',
        Language.AR: '<td role="cell"></td>',
    }
    first, second = (cells[side] for side in COLUMNS)
    return (
        f'<tr role="row" class="al-elsewhere">{first}'
        '<th role="rowheader" scope="row" class="al-link"><span class="al-unseen">moved</span></th>'
        f"{second}</tr>"
    )


def _clutter_row(view: View, row: ClutterRow) -> str:
    said = wording.set_apart({side: len(row.side(side)) for side in SIDES})
    columns = "".join(
        f"<div>{''.join(_clutter(view, side, n) for n in row.side(side))}</div>" for side in COLUMNS
    )
    return (
        '<tr role="row" class="al-clutter al-same">'
        '<td role="cell" aria-colspan="3" colspan="3">'
        f"<details><summary>{said}</summary>"
        f'<div class="al-two">{columns}</div></details></td></tr>'
    )


def _clutter(view: View, side: Language, number: int) -> str:
    article = view.comparison.side(side)
    sentences = article.sentence_numbers[number]
    if not sentences:
        return words(article.paragraphs[number].text, side, "p", "al-s")
    return "".join(_sentence(view, side, i) for i in sentences)


def _link(bead: Bead, *, unsure: bool) -> str:
    """The row's head: lines that join the sentences that stand for each other."""
    if bead.is_null:
        said = '<span class="al-unseen">without a counterpart</span>'
    else:
        sizes = wording.bead_sizes(bead)
        said = _fan(len(bead.en), len(bead.ar), sizes)
        if bead.type != "1-1":
            said += f'<span class="al-sizes">{sizes}</span> '
        if unsure:
            said += f'<span class="al-check"><b>check</b> {wording.sure(bead.probability)}</span>'
    return f'<th role="rowheader" scope="row" class="al-link">{said}</th>'


@cache
def _fan(left: int, right: int, title: str) -> str:
    """Dots for the sentences of either side, joined in the middle."""
    height = 4 + 9 * max(left, right)
    lines, dots = [], []
    for edge, count in ((2, left), (38, right)):
        for n in range(count):
            y = height / 2 + 9 * (n - (count - 1) / 2)
            lines.append(f"M{edge} {y:g}Q{(edge + 20) / 2:g} {height / 2:g} 20 {height / 2:g}")
            dots.append(f'<circle cx="{edge}" cy="{y:g}" r="2"/>')
    return (
        f'<svg viewBox="0 0 40 {height}" role="img" aria-label="{title}"><title>{title}</title>'
        f'<path d="{"".join(lines)}"/>{"".join(dots)}</svg>'
    )
