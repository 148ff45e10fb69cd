"""Excel: one bead a row, Arabic right to left, what differs in colour."""

# mypy: disable-error-code="import-not-found, import-untyped"
# The library is an extra; where types are checked it may not be there.

from __future__ import annotations

import datetime as dt
import io

from aligner.bitext import Comparison
from aligner.errors import MissingExtra
from aligner.export.units import Unit, units
from aligner.export.xmltext import xml_text

_LONGEST = 32_767  # characters that a cell can hold
_COLUMNS = (  # heading, width in characters
    ("bead", 6),
    ("type", 6),
    ("English", 60),
    ("Arabic", 60),
    ("probability", 11),
    ("similarity", 10),
    ("moved", 7),
    ("differs", 20),
    ("English sentences", 10),
    ("Arabic sentences", 10),
    ("pair", 14),
)


def render(comparison: Comparison, *, at_least: float = 0.0) -> bytes:
    """A workbook with a row for every bead whose probability is `at_least` or more.

    Sentences and beads are numbered from 0, as in TSV. Raises MissingExtra where XlsxWriter is
    not installed.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise MissingExtra("an Excel workbook", "office") from None
    saved = io.BytesIO()
    book = xlsxwriter.Workbook(saved, {"in_memory": True, "strings_to_formulas": False})
    # A time that never changes gives the same bytes for the same comparison.
    book.set_properties({"created": dt.datetime(2000, 1, 1), "comments": comparison.signature})
    sheet = book.add_worksheet("beads")
    heading = book.add_format({"bold": True, "bottom": 2})
    plain = {"valign": "top", "text_wrap": True}
    left, right = {"reading_order": 1}, {"reading_order": 2, "align": "right"}
    formats = {
        (side, tint): book.add_format(plain | order | ({"bg_color": colour} if colour else {}))
        for side, order in (("en", left), ("ar", right))
        for tint, colour in (("", ""), ("ar", "#FDF1DD"), ("en", "#E6F0FA"), ("both", "#F2EAF9"))
    }
    top = book.add_format({"valign": "top"})
    for column, (name, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, heading)
    last = 0
    for row, unit in enumerate(units(comparison, at_least=at_least), start=1):
        bead, tint, last = unit.bead, _tint(unit), row
        sheet.write_number(row, 0, unit.number, top)
        sheet.write_string(row, 1, bead.type, top)
        sheet.write_string(row, 2, _cell(unit.en), formats["en", tint])
        sheet.write_string(row, 3, _cell(unit.ar), formats["ar", tint])
        sheet.write_number(row, 4, round(bead.probability, 4), top)
        if bead.similarity is not None:
            sheet.write_number(row, 5, round(bead.similarity, 4), top)
        sheet.write_boolean(row, 6, bead.moved, top)
        sheet.write_string(row, 7, " ".join(unit.divergences), top)
        sheet.write_string(row, 8, " ".join(map(str, bead.en)), top)
        sheet.write_string(row, 9, " ".join(map(str, bead.ar)), top)
        sheet.write_string(row, 10, comparison.pair.kind.value, top)
    sheet.autofilter(0, 0, last, len(_COLUMNS) - 1)
    sheet.freeze_panes(1, 0)
    book.close()
    return saved.getvalue()


def _cell(text: str) -> str:
    text = xml_text(text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _tint(unit: Unit) -> str:
    if not unit.bead.en:
        return "ar"
    if not unit.bead.ar:
        return "en"
    return "both" if unit.divergences else ""
