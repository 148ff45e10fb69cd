"""The terminal's report: what differs first, in full words; on request, all of it side by side.

Arabic is written in logical order, as every terminal and pipe expects it, each line between
isolate marks, so that a name or a number in it does not turn the line round.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from rich.console import Console
from rich.text import Text

from aligner.bitext import Bead, Comparison, Divergence, DivergenceKind
from aligner.report import wording
from aligner.report.characters import contained, isolated, visible
from aligner.report.layout import (
    ONE_SIDED,
    BeadRow,
    ClutterRow,
    Divergences,
    ElsewhereRow,
    Row,
    counterpart,
    rows,
    told,
)
from aligner.text import SIDES, Article, Language

_STYLES = {Language.AR: "yellow", Language.EN: "cyan"}
_WIDEST = 100  # columns; longer lines are hard to read
_NARROWEST = 60  # columns that two texts side by side need; below, one stands above the other
_LABEL = 6  # columns of a sentence's number and the space beside it
_GUTTER = 2  # columns between the texts


def render(comparison: Comparison, console: Console, *, full: bool = False) -> None:
    """Print the report to `console`.

    full: the two articles side by side as well, after the summary.
    """
    report = _Report(comparison, console)
    for line in report.lines(full=full):
        console.print(line, no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)


class _Report:
    """A comparison on its way to a console of some width."""

    def __init__(self, comparison: Comparison, console: Console) -> None:
        self.comparison = comparison
        self.console = console
        self.width = min(console.width, _WIDEST)
        self.found = Divergences(comparison)

    def lines(self, *, full: bool) -> Iterator[Text]:
        yield from self.head()
        yield from self.summary()
        if full:
            yield Text("─" * self.width, style="dim")
            for row in rows(self.comparison):
                yield from self.row(row)
        yield from self.wrapped(Text(contained(visible(self.comparison.signature)), style="dim"))

    # Lines

    def wrapped(self, text: Text, indent: int = 0) -> Iterator[Text]:
        """Text of our own, broken to the width."""
        for line in text.wrap(self.console, max(self.width - indent, 1)):
            line.rstrip()
            line.pad_left(indent)
            yield line

    def words(self, text: Text, side: Language, width: int) -> Iterator[Text]:
        """Words of an article, broken to `width`: Arabic flush right, each line isolated."""
        for line in text.wrap(self.console, max(width, 1)):
            line.rstrip()
            if contained(line.plain) != line.plain:  # the marks of its spans do not fit any more
                line = Text(contained(line.plain), style=line.style)
            if side is Language.AR:
                line = Text.assemble("\u2067", line, "\u2069")
                line.pad_left(max(width - line.cell_len, 0))
            yield line

    # Head and summary

    def head(self) -> Iterator[Text]:
        pair = self.comparison.pair
        for side in SIDES:
            yield from self.article(self.comparison.side(side))
        yield Text()
        because = contained(visible(wording.because(pair)))
        yield from self.wrapped(Text.assemble((wording.verdict(pair), "bold"), f" {because}"))
        yield Text()

    def article(self, article: Article) -> Iterator[Text]:
        # A file's name is no Arabic text, even where the article is.
        side = article.language if article.title else Language.EN
        name = Text(visible(wording.short_name(article)))
        label = f"{article.language.label:<9}"
        for line in self.words(name, side, self.width - len(label)):
            yield Text.assemble((label, "bold"), line)
            label = " " * len(label)
        facts = [
            visible(wording.file_name(article)) if article.title else "",
            wording.counted(len(article.paragraphs), "paragraph"),
            wording.counted(len(article.sentences), "sentence"),
            *(visible(note) for note in article.notes),
        ]
        yield from self.wrapped(Text(", ".join(f for f in facts if f), style="dim"), 9)

    def summary(self) -> Iterator[Text]:
        order = told(self.comparison)
        divergences = self.comparison.divergences
        groups: list[tuple[str, str, list[int]]] = [
            (
                wording.only_in(side),
                wording.gap_counts(self.comparison, side),
                [
                    n
                    for n in order
                    if divergences[n].kind in ONE_SIDED and divergences[n].side == side
                ],
            )
            for side in SIDES
        ]
        others = [n for n in order if divergences[n].kind not in ONE_SIDED]
        moved = [n for n in others if divergences[n].kind is DivergenceKind.MOVED]
        facts = [n for n in others if n not in moved]
        if facts:
            groups.append(("Numbers, dates and names that differ", str(len(facts)), facts))
        if moved:
            groups.append(("Moved, not missing", str(len(moved)), moved))
        if unsure := wording.not_shown(self.comparison):
            yield from self.wrapped(Text(unsure))
            yield Text()
        for heading, count, numbers in groups:
            yield from self.wrapped(Text.assemble((f"{heading}: ", "bold"), count))
            for n in numbers:
                yield from self.entry(divergences[n])
            yield Text()
        apart = wording.set_apart(
            {s: sum(p.boilerplate for p in self.comparison.side(s).paragraphs) for s in SIDES}
        )
        if apart:
            yield from self.wrapped(Text(apart, style="dim"))
            yield Text()

    def entry(self, d: Divergence) -> Iterator[Text]:
        """A divergence in full words, under where it stands."""
        said = " · ".join(wording.in_the_list(self.comparison, d))
        yield from self.wrapped(Text(contained(visible(said)), style="dim"), 2)
        texts = [(self.comparison.text_of(d), d.side)]
        there = counterpart(self.comparison, d)
        if there:  # short: a number, a date, a name against another
            here, other = (
                isolated(visible(t), right_to_left=s is Language.AR)
                for t, s in (*texts, (there, d.side.other))
            )
            yield from self.wrapped(Text(f"{here} ≠ {other}", style=_style(d)), 4)
            return
        for text, side in texts:
            whole = Text(visible(" ".join(text.split())), style=_style(d))
            for line in self.words(whole, side, self.width - 4):
                line.pad_left(4)
                yield line

    # Side by side

    def row(self, row: Row) -> Iterator[Text]:
        match row:
            case ClutterRow():
                said = wording.set_apart({side: len(row.side(side)) for side in SIDES})
                yield from self.wrapped(Text(f"· {said}", style="dim"))
            case ElsewhereRow():
                where = wording.sentences_place(self.comparison.en, row.bead.en)
                beside = wording.sentences_place(self.comparison.ar, row.bead.ar)
                note = f"↕ Here stands English {where}, shown beside Arabic {beside}"
                yield from self.wrapped(Text(note, style="green"))
            case BeadRow():
                yield from self.bead(row.bead)
        yield Text()

    def bead(self, bead: Bead) -> Iterator[Text]:
        for note in self.notes(bead):
            yield from self.wrapped(note, _LABEL)
        if self.width < _NARROWEST:
            for side in SIDES:
                yield from self.cell(bead, side, self.width)
            return
        width = (self.width - _GUTTER) // 2
        left, right = (self.cell(bead, side, width) for side in (Language.EN, Language.AR))
        for en, ar in zip_longest(left, right, fillvalue=Text()):
            line = en.copy()
            if ar.plain:
                line.pad_right(width + _GUTTER - line.cell_len)
            yield line.append_text(ar)

    def notes(self, bead: Bead) -> Iterator[Text]:
        """What is to be said of a bead, a line each."""
        numbers = sorted({n for side in SIDES for n in self.found.of(side, bead.side(side))})
        for n in numbers:
            d = self.comparison.divergences[n]
            said = " · ".join(wording.beside_the_text(self.comparison, d))
            said = contained(visible(said))
            yield Text.assemble((wording.label(d), f"bold {_style(d)}"), f" · {said}")
        if bead.is_null and not numbers:
            yield Text(f"no counterpart found · {wording.sure(bead.probability)}")
        if not bead.is_null and bead.probability < wording.UNSURE:
            yield Text(f"check: {wording.sure(bead.probability)}", style="bold")
        if not bead.is_null and bead.type != "1-1":
            yield Text(wording.bead_sizes(bead), style="dim")

    def cell(self, bead: Bead, side: Language, width: int) -> Iterator[Text]:
        for sentence in bead.side(side):
            label = Text(wording.sentence_label(self.comparison.side(side), sentence), style="dim")
            text = self.sentence(side, sentence, _STYLES[side] if bead.is_null else "")
            for line in self.words(text, side, width - _LABEL):
                space = " " * (_LABEL - label.cell_len)
                if side is Language.EN:
                    yield Text.assemble(label, space, line)
                else:
                    yield Text.assemble(line, space, label) if label.plain else line
                label = Text()

    def sentence(self, side: Language, number: int, style: str) -> Text:
        """A sentence with the spans that differ in colour."""
        words = self.comparison.side(side).sentences[number].stripped
        text = Text(visible(words), style=style)
        for start, end, n in self.found.marks(side, number):
            text.stylize(f"{_style(self.comparison.divergences[n])} underline", start, end)
        return text


def _style(d: Divergence) -> str:
    if d.kind in ONE_SIDED:
        return _STYLES[d.side]
    return "green" if d.kind is DivergenceKind.MOVED else "magenta"
