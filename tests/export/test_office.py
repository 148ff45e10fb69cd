"""Word, Excel and Parquet: whole, in the right direction, and the same every time."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given, settings

from aligner.bitext import Bead, Comparison
from aligner.errors import MissingExtra
from aligner.export import EXPORTERS
from tests.comparisons import AR, EN, article, comparison, library
from tests.report.strategies import comparisons

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LIBRARIES = {"docx": "docx", "xlsx": "xlsxwriter", "parquet": "pyarrow"}


def rendered(name: str, made: Comparison) -> bytes:
    pytest.importorskip(LIBRARIES[name])
    written = EXPORTERS[name].render(made)
    assert isinstance(written, bytes)
    return written


def part(archive: bytes, name: str) -> Xml.Element:
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        return Xml.fromstring(files.read(name))


def words(element: Xml.Element) -> str:
    return "".join(t.text or "" for t in element.iter(f"{W}t"))


def test_a_word_table_holds_every_sentence_of_every_bead_once() -> None:
    made = library()
    table = next(part(rendered("docx", made), "word/document.xml").iter(f"{W}tbl"))
    text = words(table)
    for side in (AR, EN):
        for i in made.side(side).content:
            assert text.count(made.side(side).sentences[i].stripped) == 1


def test_arabic_paragraphs_of_a_word_document_run_right_to_left() -> None:
    body = part(rendered("docx", library()), "word/document.xml")
    for paragraph in body.iter(f"{W}p"):
        # A file's name or our own words may be Latin; what has Arabic letters must be marked.
        if re.search("[\u0620-\u064a]", words(paragraph)):
            assert paragraph.find(f"{W}pPr/{W}bidi") is not None
            for run in paragraph.iter(f"{W}r"):
                assert run.find(f"{W}rPr/{W}rtl") is not None
                language = run.find(f"{W}rPr/{W}lang")
                assert language is not None
                assert language.get(f"{W}bidi") == "ar-SA"


@settings(max_examples=15)
@given(comparisons())
def test_any_comparison_becomes_a_word_document(made: Comparison) -> None:
    body = part(rendered("docx", made), "word/document.xml")
    # The header, and then what the page has.
    assert len(list(body.iter(f"{W}tr"))) > len(made.alignment)


@settings(max_examples=25)
@given(comparisons())
def test_an_excel_sheet_has_a_row_for_every_bead(made: Comparison) -> None:
    sheet = part(rendered("xlsx", made), "xl/worksheets/sheet1.xml")
    assert len(list(sheet.iter(f"{S}row"))) == len(made.alignment) + 1


def test_no_words_of_an_article_become_a_formula() -> None:
    made = comparison(
        article(AR, [["=1+1"]]), article(EN, [["=HYPERLINK(1)"]]), [Bead((0,), (0,), 0.9, 0.9)]
    )
    sheet = part(rendered("xlsx", made), "xl/worksheets/sheet1.xml")
    assert list(sheet.iter(f"{S}f")) == []


def test_a_text_that_no_excel_cell_can_hold_is_cut() -> None:
    made = comparison(
        article(AR, [["ب " * 20_000]]), article(EN, [["b"]]), [Bead((0,), (0,), 0.9, 0.9)]
    )
    texts = part(rendered("xlsx", made), "xl/sharedStrings.xml")
    longest = max((t.text or "" for t in texts.iter(f"{S}t")), key=len)
    assert len(longest) == 32_767
    assert longest.endswith("…")


@settings(max_examples=25)
@given(comparisons())
def test_a_parquet_file_has_a_row_for_every_bead(made: Comparison) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(rendered("parquet", made)))
    assert table["ar_sentences"].to_pylist() == [list(b.ar) for b in made.alignment]
    assert table["similarity"].to_pylist() == [b.similarity for b in made.alignment]


@pytest.mark.parametrize("name", LIBRARIES)
def test_the_same_comparison_gives_the_same_bytes(name: str) -> None:
    assert rendered(name, library()) == rendered(name, library())


@pytest.mark.parametrize(
    ("name", "extra"), [("docx", "office"), ("xlsx", "office"), ("parquet", "parquet")]
)
def test_a_library_that_is_not_there_is_named_with_its_extra(
    name: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, LIBRARIES[name], None)
    with pytest.raises(MissingExtra, match=rf"aligner\[{extra}\]"):
        EXPORTERS[name].render(library())
