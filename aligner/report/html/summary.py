"""What was found, told before anything else, each with a link to where it stands."""

from __future__ import annotations

from aligner.bitext import DivergenceKind
from aligner.report import wording
from aligner.report.characters import shortened
from aligner.report.html.view import COLUMNS, View, listed, words
from aligner.report.layout import ONE_SIDED, counterpart, told
from aligner.text import Language

_EXCERPT = 260  # code points of a passage that the summary shows; all of it stands in the table

_AT_ONCE = 8  # entries of a list that are shown unfolded


def summary(view: View) -> str:
    divergences = view.comparison.divergences
    order = told(view.comparison)
    facts, moved = [], []
    gaps: dict[Language, list[int]] = {side: [] for side in COLUMNS}
    for n in order:
        if divergences[n].kind in ONE_SIDED:
            gaps[divergences[n].side].append(n)
        elif divergences[n].kind is DivergenceKind.MOVED:
            moved.append(n)
        else:
            facts.append(n)
    columns = "".join(f'<div class="al-{s}">{_gaps(view, s, gaps[s])}</div>' for s in COLUMNS)
    others = "".join(
        f'<div><h3 class="al-some">{heading}: <span>{len(numbers)}</span></h3>'
        f"{_list(view, numbers)}</div>"
        for heading, numbers in (
            ("Numbers, dates and names that differ", facts),
            ("Moved, not missing", moved),
        )
        if numbers
    )
    found = f"{view.prefix}found"
    unsure = wording.not_shown(view.comparison)
    not_shown = f" <strong>{unsure}</strong>" if unsure else ""
    return (
        f'<section class="al-found" aria-labelledby="{found}">\n'
        f'<h2 id="{found}">{wording.gaps_heading(view.comparison.pair)}</h2>\n'
        f'<p class="al-small">{wording.gaps_meaning(view.comparison.pair)}{not_shown}</p>\n'
        f'<div class="al-two">{columns}</div>\n'
        + (f'<div class="al-two">{others}</div>\n' if others else "")
        + "</section>\n"
    )


def _gaps(view: View, side: Language, numbers: list[int]) -> str:
    some = ' class="al-some"' if numbers else ""
    counts = wording.gap_counts(view.comparison, side)
    heading = f"<h3{some}>{wording.only_in(side)}: <span>{counts}</span></h3>"
    return heading + _list(view, numbers)


def _list(view: View, numbers: list[int]) -> str:
    first, rest = numbers[:_AT_ONCE], numbers[_AT_ONCE:]
    shown = _items(view, first)
    if rest:
        shown += f"<details><summary>{len(rest)} more</summary>{_items(view, rest)}</details>"
    return shown


def _items(view: View, numbers: list[int]) -> str:
    items = "".join(f"<li>{_entry(view, number)}</li>" for number in numbers)
    return f'<ol class="al-list">{items}</ol>' if numbers else ""


def _entry(view: View, number: int) -> str:
    """A link to a divergence: where it stands, how sure we are, its words."""
    d = view.comparison.divergences[number]
    place = listed(wording.in_the_list(view.comparison, d))
    here = _words(view.comparison.text_of(d), d.side)
    there = counterpart(view.comparison, d)
    if there:
        here = f'<span class="al-against">{here}<b>≠</b>{_words(there, d.side.other)}</span>'
    return f'<a href="{view.link(number)}"><span class="al-where">{place}</span>{here}</a>'


def _words(text: str, side: Language) -> str:
    return words(shortened(text, _EXCERPT), side, name="al-words")
