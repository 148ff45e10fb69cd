"""Markdown: what differs, then the two articles in a table, for a wiki, an issue or a chat."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.bitext import Comparison, Divergence, DivergenceKind
from aligner.report import wording
from aligner.report.characters import isolated, visible
from aligner.report.layout import (
    ONE_SIDED,
    BeadRow,
    Divergences,
    counterpart,
    rows,
    told,
)
from aligner.text import SIDES, Language

_SPACE = re.compile(r"\s+")
# What Markdown, or the HTML in it, could take for its own in the middle of a line.
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$])")
# An address, without what ends the sentence, the quotation or the parenthesis around it.
_WITHIN = r"[^\s<>|`\\()\"“”«»،؛؟\u2066-\u2069]"
_ADDRESS = re.compile(
    rf"((?:https?://|(?<!\w)www\.)(?:{_WITHIN}|\({_WITHIN}*\))*(?:[\w/=#&%+$~*@-]|\({_WITHIN}*\)))",
    re.IGNORECASE,
)
# What GitHub and GitLab take, escaped or not, for a person to call or an issue to link to.
_CALLED = re.compile(r"((?<!\w)@(?=\w)|#(?=\d))", re.ASCII)
_JOINER = "\u2060"  # takes no place and breaks nothing


def render(comparison: Comparison) -> str:
    """The comparison in the Markdown that GitHub, GitLab and most wikis read."""
    return "\n".join([*_head(comparison), *_found(comparison), *_table(comparison)]) + "\n"


def _text(text: str) -> str:
    return _escaped(text.strip())


def _escaped(text: str) -> str:
    """Words that Markdown shows as they are; addresses stand between angle brackets, unescaped.

    A bare address GitHub would end only after the mark that closes an isolate.
    """
    pieces = _ADDRESS.split(visible(_SPACE.sub(" ", text)))
    return "".join(_address(p) if n % 2 else _plain(p) for n, p in enumerate(pieces))


def _plain(text: str) -> str:
    return _CALLED.sub(rf"\1{_JOINER}", _SPECIAL.sub(r"\\\1", text))


def _address(text: str) -> str:
    if text.lower().startswith("www."):
        return f"[{_plain(text)}](<http://{text}>)"
    return f"<{text}>"


def _words(text: str, side: Language) -> str:
    """Words of an article, isolated: Markdown itself knows no direction."""
    return isolated(_text(text), right_to_left=side is Language.AR)


def _head(comparison: Comparison) -> Iterator[str]:
    pair = comparison.pair
    yield "# Arabic and English compared\n"
    for side in SIDES:
        article = comparison.side(side)
        name = wording.short_name(article)
        shown = _words(name, side if article.title else Language.EN)
        yield f"- {side.label}: {shown} ({wording.counted(len(article.sentences), 'sentence')})"
    yield f"\n**{wording.verdict(pair)}** {_text(wording.because(pair))}"


def _found(comparison: Comparison) -> Iterator[str]:
    order = told(comparison)
    divergences = comparison.divergences
    yield f"\n## {wording.gaps_heading(comparison.pair)}\n"
    yield wording.gaps_meaning(comparison.pair)
    if unsure := wording.not_shown(comparison):
        yield f"\n{unsure}"
    for side in SIDES:
        yield f"\n### {wording.only_in(side)}: {wording.gap_counts(comparison, side)}\n"
        for n in order:
            if divergences[n].kind in ONE_SIDED and divergences[n].side == side:
                yield from _entry(comparison, divergences[n])
    others = [n for n in order if divergences[n].kind not in ONE_SIDED]
    moved = [n for n in others if divergences[n].kind is DivergenceKind.MOVED]
    facts = [n for n in others if n not in moved]
    for heading, numbers in (
        ("Numbers, dates and names that differ", facts),
        ("Moved, not missing", moved),
    ):
        if numbers:
            yield f"\n### {heading}: {len(numbers)}\n"
            for n in numbers:
                yield from _entry(comparison, divergences[n])


def _entry(comparison: Comparison, d: Divergence) -> Iterator[str]:
    said = " · ".join(_text(part) for part in wording.in_the_list(comparison, d))
    shown = _words(comparison.text_of(d), d.side)
    there = counterpart(comparison, d)
    if there:
        shown += f" ≠ {_words(there, d.side.other)}"
    yield f"- {said}  \n  {shown}"


def _table(comparison: Comparison) -> Iterator[str]:
    found = Divergences(comparison)
    yield "\n## Side by side\n"
    yield "| | English | Arabic | |"
    yield "| --: | :-- | --: | :-- |"
    for row in rows(comparison):
        if not isinstance(row, BeadRow):
            continue
        bead = row.bead
        cells = {side: _cell(found, side, bead.side(side)) for side in SIDES}
        labels = {
            side: ", ".join(
                wording.sentence_label(comparison.side(side), i) for i in bead.side(side)
            )
            for side in SIDES
        }
        notes = {
            _note(comparison.divergences[n])
            for side in SIDES
            for n in found.of(side, bead.side(side))
        }
        note = f" **{', '.join(sorted(notes))}**" if notes else ""
        yield (
            f"| {labels[Language.EN]} | {cells[Language.EN]} | {cells[Language.AR]} "
            f"| {labels[Language.AR]}{note} |"
        )
    apart = wording.set_apart(
        {s: sum(p.boilerplate for p in comparison.side(s).paragraphs) for s in SIDES}
    )
    if apart:
        yield f"\n{apart}."
    yield f"\n`{visible(comparison.signature).replace('`', chr(39))}`"


def _note(d: Divergence) -> str:
    in_bold = ", in bold" if d.kind is DivergenceKind.CLAUSE else ""
    return f"{wording.label(d)}{in_bold}"


def _cell(found: Divergences, side: Language, sentences: tuple[int, ...]) -> str:
    if not sentences:
        return "—"
    return "<br>".join(_sentence(found, side, i) for i in sentences)


def _sentence(found: Divergences, side: Language, number: int) -> str:
    """A sentence's words; what differs in it is bold, by a tag, for asterisks need spaces."""
    words = found.comparison.side(side).sentences[number].stripped
    pieces = [
        f"<b>{_escaped(piece)}</b>" if over else _escaped(piece)
        for piece, over in found.stretches(side, number, words)
    ]
    return isolated("".join(pieces), right_to_left=side is Language.AR)
