"""Word: the two articles side by side in a document, to comment on and to change."""

# mypy: disable-error-code="import-not-found, import-untyped"
# The library is an extra; where types are checked it may not be there.

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any

from aligner.bitext import Comparison, Divergence, DivergenceKind
from aligner.errors import MissingExtra
from aligner.report import wording
from aligner.report.characters import contained, visible
from aligner.report.layout import (
    ONE_SIDED,
    BeadRow,
    ClutterRow,
    Divergences,
    ElsewhereRow,
    counterpart,
    rows,
    told,
)
from aligner.text import SIDES, Language

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

_COLUMNS = (Language.EN, Language.AR)
_WIDTHS = (13, 117, 117, 13)  # millimetres: number, English, Arabic, number
_TINTS = {Language.AR: "FDF1DD", Language.EN: "E6F0FA"}
_FACT_TINT, _MOVED_TINT = "F2EAF9", "E4F3EE"
_LANGUAGES = {Language.AR: "ar-SA", Language.EN: "en-GB"}
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # so that the same comparison gives the same bytes


def render(comparison: Comparison) -> bytes:
    """The comparison as a .docx file, Arabic right to left.

    Raises MissingExtra where python-docx is not installed.
    """
    try:
        import docx
    except ImportError:
        raise MissingExtra("a Word document", "office") from None
    document = docx.Document()
    _set_up(document, comparison)
    _head(document, comparison)
    _summary(document, comparison)
    _table(document, comparison)
    _write(document.add_paragraph(), visible(comparison.signature), small=True)
    saved = io.BytesIO()
    document.save(saved)
    return _without_times(saved.getvalue())


def _set_up(document: Document, comparison: Comparison) -> None:
    """A page on its side, a font with Arabic letters."""
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(18)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Georgia", Pt(10.5)
    style.paragraph_format.space_after = Pt(3)
    fonts = style.element.rPr.rFonts
    fonts.set(qn("w:cs"), "Times New Roman")  # the complex scripts' font, Arabic among them
    facts = document.core_properties
    facts.title = visible(" – ".join(wording.short_name(comparison.side(s)) for s in _COLUMNS))
    facts.author, facts.comments = "aligner", ""
    facts.created = facts.modified = dt.datetime(2000, 1, 1)


def _head(document: Document, comparison: Comparison) -> None:
    for side in _COLUMNS:
        article = comparison.side(side)
        heading = document.add_heading(level=1)
        _write(heading, wording.short_name(article), side if article.title else Language.EN)
    paragraph = document.add_paragraph()
    paragraph.add_run(wording.verdict(comparison.pair)).bold = True
    _write(paragraph, f" {wording.because(comparison.pair)}")


def _summary(document: Document, comparison: Comparison) -> None:
    document.add_heading(wording.gaps_heading(comparison.pair), level=2)
    _write(document.add_paragraph(), wording.gaps_meaning(comparison.pair), small=True)
    if unsure := wording.not_shown(comparison):
        _write(document.add_paragraph(), unsure, small=True)
    order = [comparison.divergences[n] for n in told(comparison)]
    for side in SIDES:
        counts = wording.gap_counts(comparison, side)
        found = [d for d in order if d.side is side and d.kind in ONE_SIDED]
        _list(document, comparison, f"{wording.only_in(side)}: {counts}", found)
    facts = [d for d in order if d.kind not in ONE_SIDED and d.kind is not DivergenceKind.MOVED]
    if facts:
        _list(document, comparison, "Numbers, dates and names that differ", facts)
    moved = [d for d in order if d.kind is DivergenceKind.MOVED]
    if moved:
        _list(document, comparison, "Moved, not missing", moved)


def _list(
    document: Document, comparison: Comparison, heading: str, found: list[Divergence]
) -> None:
    document.add_heading(heading, level=3)
    for d in found:
        said = " · ".join(wording.in_the_list(comparison, d))
        _write(document.add_paragraph(), said, small=True)
        _write(document.add_paragraph(), comparison.text_of(d), d.side, tint=_tint(d))
        there = counterpart(comparison, d)
        if there:
            _write(document.add_paragraph(), there, d.side.other, tint=_tint(d))


def _table(document: Document, comparison: Comparison) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Mm

    document.add_heading("Side by side", level=2).paragraph_format.page_break_before = True
    found = Divergences(comparison)
    table = document.add_table(rows=1, cols=4)
    _draw(table)
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    for cell, name in zip(table.rows[0].cells, ("", "English", "Arabic", ""), strict=True):
        cell.paragraphs[0].add_run(name).bold = True
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # on every page
    for row in rows(comparison):
        cells = table.add_row().cells
        match row:
            case ClutterRow():
                said = wording.set_apart({side: len(row.side(side)) for side in SIDES})
                _write(cells[0].merge(cells[3]).paragraphs[0], said, small=True)
            case ElsewhereRow():
                beside = wording.sentences_place(comparison.ar, row.bead.ar)
                where = wording.sentences_place(comparison.en, row.bead.en)
                note = f"Here stands English {where}, shown beside Arabic {beside}"
                _write(cells[1].paragraphs[0], note, small=True)
            case BeadRow():
                for side, number, text in ((Language.EN, 0, 1), (Language.AR, 3, 2)):
                    _bead(comparison, found, row, side, cells[number], cells[text])
    for line in table.rows:
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(line.cells, _WIDTHS, strict=True):
            if len(set(line.cells)) == len(_WIDTHS):
                cell.width = Mm(width)


def _bead(
    comparison: Comparison,
    found: Divergences,
    row: BeadRow,
    side: Language,
    number: _Cell,
    text: _Cell,
) -> None:
    """One side of a bead: its numbers in one cell, what is said of it and its words in another."""
    sentences = row.bead.side(side)
    article = comparison.side(side)
    if row.bead.is_null:
        if not sentences:
            _write(text.paragraphs[0], f"no counterpart in the {side.label}", small=True)
            return
        _shade(text._tc.get_or_add_tcPr(), _TINTS[side])
    labels = ", ".join(wording.sentence_label(article, i) for i in sentences)
    _write(number.paragraphs[0], labels, small=True)
    fresh = text.paragraphs[0]
    for n in found.of(side, sentences):
        d = comparison.divergences[n]
        said = " · ".join([wording.label(d), *wording.beside_the_text(comparison, d)])
        _write(fresh, said, small=True)
        fresh = text.add_paragraph()
    if row.bead.probability < wording.UNSURE and not row.bead.is_null and side is Language.EN:
        _write(fresh, f"check: {wording.sure(row.bead.probability)}", small=True)
        fresh = text.add_paragraph()
    for i in sentences:
        _sentence(fresh, comparison, found, side, i)
        if i != sentences[-1]:
            fresh = text.add_paragraph()


def _sentence(
    paragraph: Paragraph, comparison: Comparison, found: Divergences, side: Language, number: int
) -> None:
    """A sentence's words, a run for each stretch of it that differs in another way."""
    text = contained(visible(comparison.side(side).sentences[number].stripped))
    for piece, over in found.stretches(side, number, text):
        tint = _tint(comparison.divergences[over[0]]) if over else None
        _write(paragraph, piece, side, tint=tint)


def _tint(d: Divergence) -> str:
    if d.kind in ONE_SIDED:
        return _TINTS[d.side]
    return _MOVED_TINT if d.kind is DivergenceKind.MOVED else _FACT_TINT


def _write(
    paragraph: Paragraph,
    text: str,
    side: Language | None = None,
    *,
    small: bool = False,
    tint: str | None = None,
) -> None:
    """Add words to a paragraph; with a side, in its language and direction."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(contained(visible(text)))
    properties = run._r.get_or_add_rPr()
    if tint is not None:
        _shade(properties, tint)
    if small:
        run.font.size, run.font.color.rgb = Pt(8), RGBColor(0x63, 0x68, 0x6F)
    if side is Language.AR:
        of_paragraph = paragraph._p.get_or_add_pPr()
        if of_paragraph.find(qn("w:bidi")) is None:
            of_paragraph.insert_element_before(
                OxmlElement("w:bidi"), "w:adjustRightInd", "w:spacing", "w:ind", "w:jc", "w:rPr"
            )
        run.font.rtl = True
        size = OxmlElement("w:szCs")  # in half points
        size.set(qn("w:val"), "25")
        properties.insert_element_before(size, "w:highlight", "w:shd", "w:rtl", "w:lang")
    if side is not None:
        language = OxmlElement("w:lang")
        language.set(qn("w:val" if side is Language.EN else "w:bidi"), _LANGUAGES[side])
        properties.append(language)


def _shade(properties: Any, colour: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour)):
        shade.set(qn(name), value)
    properties.append(shade)


def _draw(table: Table) -> None:
    """Fixed columns, thin quiet lines between the rows, air around the words."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    table.autofit = False
    line = 'w:val="single" w:sz="4" w:space="0" w:color="C9C4B8"'
    margins = "".join(f'<w:{s} w:w="90" w:type="dxa"/>' for s in ("top", "left", "bottom", "right"))
    properties = table._tbl.tblPr
    for name, inner in (
        ("tblBorders", f"<w:top {line}/><w:bottom {line}/><w:insideH {line}/>"),
        ("tblCellMar", margins),
    ):
        made = parse_xml(f"<w:{name} {nsdecls('w')}>{inner}</w:{name}>")
        # The schema wants the table's properties in this order.
        followers = ("w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
        properties.insert_element_before(made, *followers[0 if name == "tblBorders" else 3 :])


def _without_times(archive: bytes) -> bytes:
    """The same zip archive, its members without the time they were written at."""
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(again, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, _NO_TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return again.getvalue()
