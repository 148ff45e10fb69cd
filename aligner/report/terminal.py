"""The terminal's report: what differs first, in full words; on request, all of it side by side.

Arabic is written in logical order, as every terminal and pipe expects it, each line between
isolate marks, so that a name or a number in it does not turn the line round.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
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
    rows,
    told,
)
from aligner.text import SIDES, Article, Language

_COLUMNS = (Language.EN, Language.AR)  # as on the page: both texts begin at the outer edge
_STYLES = {Language.AR: "yellow", Language.EN: "cyan"}
_WIDEST = 100  # columns; longer lines are hard to read
_NARROWEST = 60  # columns that two columns of text need; below, they stand one above the other


def render(comparison: Comparison, console: Console, *, full: bool = False) -> None:
    """Print the report to `console`.

    full: the two articles side by side as well, after the summary.
    """
    width = min(console.width, _WIDEST)
    report = _Report(comparison, console, width)
    for part in report.summary():
        console.print(part, width=width)
    if full:
        for part in report.side_by_side():
            console.print(part, width=width)
    console.print(_line(comparison.signature, "dim"), width=width)


def _line(text: str, style: str = "") -> Text:
    return Text(contained(visible(text)), style=style)


class _Report:
    """A comparison on its way to a console of some width."""

    def __init__(self, comparison: Comparison, console: Console, width: int) -> None:
        self.comparison = comparison
        self.console = console
        self.width = width
        self.found = Divergences(comparison)

    def words(self, text: str, side: Language, width: int, style: str = "") -> Text:
        """Words of an article, broken to the width; Arabic flush right, each line isolated."""
        wrapped = Text(visible(" ".join(text.split())), style=style).wrap(self.console, width)
        lines = []
        for line in wrapped:
            line.rstrip()
            if side is Language.AR:
                marked = Text(isolated(line.plain, right_to_left=True), style=style)
                marked.pad_left(max(width - marked.cell_len, 0))
            else:
                marked = Text(contained(line.plain), style=style)
            lines.append(marked)
        return Text("\n").join(lines)

    def summary(self) -> Iterator[RenderableType]:
        pair = self.comparison.pair
        for side in SIDES:
            yield self.article_line(self.comparison.side(side))
        yield Text()
        yield Text(f"{wording.verdict(pair)} {wording.shares(pair)}")
        if pair.evidence:
            yield _line(pair.evidence, "dim")
        yield Text()
        order = told(self.comparison)
        divergences = self.comparison.divergences
        for side in SIDES:
            counts = wording.gap_counts(self.comparison, side)
            yield Text.assemble((f"{wording.only_in(side)}: ", "bold"), counts)
            for n in order:
                if divergences[n].side == side and divergences[n].kind in ONE_SIDED:
                    yield self.entry(divergences[n])
            yield Text()
        others = [n for n in order if divergences[n].kind not in ONE_SIDED]
        for heading, moved in (
            ("Numbers, dates and names that differ", False),
            ("Moved, not missing", True),
        ):
            chosen = [n for n in others if (divergences[n].kind is DivergenceKind.MOVED) is moved]
            if chosen:
                yield Text.assemble((f"{heading}: ", "bold"), str(len(chosen)))
                for n in chosen:
                    yield self.entry(divergences[n])
                yield Text()
        apart = self.set_apart()
        if apart:
            yield Text(apart, style="dim")

    def article_line(self, article: Article) -> Text:
        name = visible(wording.short_name(article))
        shown = isolated(
            name, right_to_left=article.language is Language.AR and bool(article.title)
        )
        facts = [
            wording.counted(len(article.paragraphs), "paragraph"),
            wording.counted(len(article.sentences), "sentence"),
        ]
        if article.title and article.name:
            facts.insert(0, visible(wording.file_name(article)))
        return Text.assemble(
            (f"{article.language.label:8}", "bold"), shown, (f"  {', '.join(facts)}", "dim")
        )

    def entry(self, d: Divergence) -> RenderableType:
        """A divergence in full words, under where it stands."""
        where = [wording.place(self.comparison, d)]
        if d.kind in (DivergenceKind.SENTENCE, DivergenceKind.CLAUSE):
            where.insert(0, d.kind.value)
        elif d.kind not in ONE_SIDED:
            where[0] = f"{d.side.label} {where[0]}"
        if d.kind is DivergenceKind.MOVED:
            where.append(wording.moved_to(self.comparison, d))
        where += [visible(d.detail), f"{wording.percent(d.probability)} sure"]
        words = self.words(self.comparison.text_of(d), d.side, self.width - 4, _style(d))
        place = Text(contained("; ".join(w for w in where if w)), style="dim")
        return Padding(Group(place, words), (0, 2, 0, 2))

    def set_apart(self) -> str:
        counts = [
            wording.counted(number, f"{side.label} paragraph")
            for side in SIDES
            if (number := sum(p.boilerplate for p in self.comparison.side(side).paragraphs))
        ]
        return f"Set apart as not part of the article: {' and '.join(counts)}." if counts else ""

    def side_by_side(self) -> Iterator[RenderableType]:
        yield Text()
        yield Rule("side by side", style="dim", characters="─")
        for row in rows(self.comparison):
            yield self.row(row)
        yield Rule(style="dim", characters="─")

    def row(self, row: Row) -> RenderableType:
        if isinstance(row, ClutterRow):
            counts = ", ".join(
                wording.counted(len(row.side(side)), f"{side.label} paragraph")
                for side in SIDES
                if row.side(side)
            )
            return Text(f"· set apart: {counts}\n", style="dim")
        if isinstance(row, ElsewhereRow):
            where = wording.sentences_place(self.comparison.en, row.bead.en)
            beside = wording.sentences_place(self.comparison.ar, row.bead.ar)
            return Text(f"↕ English {where} is shown beside Arabic {beside}\n", style="green")
        return self.bead(row)

    def bead(self, row: BeadRow) -> RenderableType:
        bead = row.bead
        notes = [Text("  ").append_text(note) for note in self.notes(bead)]
        if self.width < _NARROWEST:
            cells = [self.cell(bead, side, self.width) for side in SIDES if bead.side(side)]
            return Group(*notes, *cells, Text())
        width = (self.width - 3) // 2
        grid = Table.grid(padding=(0, 3, 0, 0), pad_edge=False)
        for _ in _COLUMNS:
            grid.add_column(width=width, no_wrap=True, overflow="ignore")
        grid.add_row(*(self.cell(bead, side, width) for side in _COLUMNS))
        return Group(*notes, grid, Text())

    def notes(self, bead: Bead) -> Iterator[Text]:
        """What is to be said of a bead, a line each."""
        numbers = sorted({n for side in SIDES for n in self.found.of(side, bead.side(side))})
        for n in numbers:
            d = self.comparison.divergences[n]
            said = [visible(d.detail)] if d.detail else []
            if d.kind is DivergenceKind.CLAUSE:
                said.insert(0, "a clause")
            if d.kind is DivergenceKind.MOVED:
                said.insert(0, wording.moved_to(self.comparison, d))
            said.append(f"{wording.percent(d.probability)} sure")
            yield Text.assemble((wording.label(d), f"bold {_style(d)}"), f": {'; '.join(said)}")
        if bead.is_null and not numbers:
            yield Text(f"no counterpart found; {wording.percent(bead.probability)} sure")
        if not bead.is_null and bead.probability < wording.UNSURE:
            yield Text(f"check: {wording.percent(bead.probability)} sure", style="bold")
        if len(bead.ar) != len(bead.en) and not bead.is_null:
            yield Text(wording.bead_sizes(bead), style="dim")

    def cell(self, bead: Bead, side: Language, width: int) -> Text:
        article = self.comparison.side(side)
        style = _STYLES[side] if bead.is_null else ""
        lines = []
        for i in bead.side(side):
            label = Text(wording.sentence_label(article, i), style="dim")
            for line in self.words(article.sentences[i].text, side, width - 6, style).split("\n"):
                if side is Language.AR:
                    line.append_text(Text(" ")).append_text(label)
                    line.pad_right(max(width - line.cell_len, 0))
                else:
                    line = Text.assemble(label, " " * (6 - label.cell_len), line)
                lines.append(line)
                label = Text()
        return Text("\n").join(lines)


def _style(d: Divergence) -> str:
    if d.kind in ONE_SIDED:
        return _STYLES[d.side]
    return "green" if d.kind is DivergenceKind.MOVED else "magenta"
