from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aligner.errors import BadArticle
from aligner.ingest import read_article
from aligner.ingest.docx import read
from aligner.ingest.draft import Draft

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def packed(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, xml in parts.items():
            archive.writestr(f"word/{part}.xml", xml)
    return file.getvalue()


def body(inner: str, word: str = WORD) -> str:
    return (
        f'<?xml version="1.0"?><w:document xmlns:w="{word}" xmlns:mc="{COMPATIBILITY}">'
        f"<w:body>{inner}</w:body></w:document>"
    )


def document(inner: str, word: str = WORD) -> Draft:
    return read(packed(document=body(inner, word)), name="a.docx")


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def texts(draft: Draft) -> list[str]:
    return [p.text for p in draft.paragraphs]


def test_a_document_becomes_an_article(tmp_path: Path) -> None:
    heading = '<w:p><w:pPr><w:pStyle w:val="Heading 1"/></w:pPr>' + run("مكتبة الميناء") + "</w:p>"
    text = f"<w:p>{run('افتتحت البلدية ')}{run('مكتبة')}{run(' جديدة في الحي.')}</w:p>"
    path = tmp_path / "a.docx"
    path.write_bytes(packed(document=body(f"{heading}<w:p/>{text}")))
    article = read_article(path)
    assert (article.language, article.title) == ("ar", "مكتبة الميناء")
    assert [(p.line, p.text) for p in article.paragraphs] == [
        (1, "مكتبة الميناء"),
        (3, "افتتحت البلدية مكتبة جديدة في الحي."),
    ]


def test_a_document_without_a_suffix_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(packed(document=body(f"<w:p>{run('The library of the city is open.')}</w:p>")))
    assert read_article(path).language == "en"


def test_tracked_changes_are_read_as_word_shows_them() -> None:
    inner = (
        f"<w:p>{run('kept ')}<w:ins>{run('inserted')}</w:ins><w:del><w:r><w:delText>gone"
        f"</w:delText></w:r></w:del><w:moveFrom>{run('moved')}</w:moveFrom></w:p>"
    )
    assert texts(document(inner)) == ["kept inserted"]


def test_a_paragraph_whose_mark_was_deleted_runs_on_into_the_next() -> None:
    gone = '<w:pPr><w:pStyle w:val="{}"/><w:rPr><w:{}/></w:rPr></w:pPr>'
    inner = (
        f"<w:p>{gone.format('Title', 'del')}{run('The city ')}</w:p>"
        f"<w:p>{gone.format('Title', 'moveFrom')}{run('opened ')}</w:p>"
        f"<w:p>{run('a library.')}</w:p>"
        f"<w:p>{gone.format('', 'del')}<w:del>{run('Gone.')}</w:del></w:p>"
        f"<w:p>{run('It is old.')}</w:p><w:p>{gone.format('', 'del')}{run('The end.')}</w:p>"
    )
    draft = document(inner)
    assert [(p.line, p.text) for p in draft.paragraphs] == [
        (1, "The city opened a library."),
        (5, "It is old."),
        (6, "The end."),
    ]
    assert draft.title is None


def test_what_properties_were_before_a_tracked_change_does_not_count() -> None:
    was_title = '<w:pPr><w:pPrChange><w:pPr><w:pStyle w:val="Title"/></w:pPr></w:pPrChange></w:pPr>'
    was_raised = (
        '<w:r><w:rPr><w:rPrChange><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:rPrChange>'
        "</w:rPr><w:t>3</w:t></w:r>"
    )
    draft = document(f"<w:p>{was_title}{run('in 2019')}{was_raised}</w:p>")
    assert (texts(draft), draft.title) == (["in 20193"], None)


@pytest.mark.parametrize("word", [WORD, STRICT])
def test_a_style_is_known_by_its_name_where_its_id_is_a_number(word: str) -> None:
    style = '<w:style w:styleId="{}"><w:name w:val="{}"/></w:style>'
    styles = f"{style.format('a', 'Normal')}{style.format('1', 'heading 1')}"
    heading = f'<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr>{run("Library opens")}</w:p>'
    content = packed(
        document=body(f"<w:p>{run('21 May')}</w:p>{heading}", word),
        styles=f'<w:styles xmlns:w="{word}">{styles}</w:styles>',
    )
    assert read(content, name="a.docx").title == "Library opens"


def test_tables_content_controls_and_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent><w:p>{run('box')}</w:p></w:txbxContent>"
    inner = (
        f"<w:tbl><w:tr><w:tc><w:p>{run('cell')}</w:p></w:tc></w:tr></w:tbl>"
        f"<w:sdt><w:sdtContent><w:p>{run('control')}</w:p></w:sdtContent></w:sdt>"
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>{run('around')}</w:p>"
    )
    assert texts(document(inner)) == ["cell", "control", "box", "around"]


def test_a_line_break_ends_a_paragraph_after_a_sentence_only() -> None:
    inner = f"<w:p>{run('one')}<w:r><w:br/></w:r>{run('line.')}<w:r><w:br/></w:r>{run('two')}</w:p>"
    draft = document(inner)
    assert [(p.line, p.text) for p in draft.paragraphs] == [(1, "one line."), (1, "two")]


def test_a_tab_stop_is_no_text_and_a_tab_is() -> None:
    stops = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr>'
    assert texts(document(f"<w:p>{stops}{run('a')}<w:r><w:tab/></w:r>{run('b')}</w:p>")) == ["a\tb"]


def test_the_share_of_links_is_noted() -> None:
    draft = document(f"<w:p><w:hyperlink>{run('abc')}</w:hyperlink>{run('defghi')}x</w:p>")
    assert draft.paragraphs[0].link_share == pytest.approx(1 / 3)


def test_the_strict_variant_of_the_format_is_read() -> None:
    assert texts(document(f"<w:p>{run('text')}</w:p>", STRICT)) == ["text"]


def test_footnotes_are_left_out_and_counted() -> None:
    note = '<w:footnote w:type="{}"><w:p/></w:footnote>'
    inner = note.format("separator") + note.format("normal") * 2
    notes = f'<w:footnotes xmlns:w="{WORD}">{inner}</w:footnotes>'
    content = packed(document=body(f"<w:p>{run('text')}</w:p>"), footnotes=notes)
    assert read(content, name="a.docx").notes == ("2 footnotes left out",)


def test_the_marks_of_notes_are_left_out_and_counted() -> None:
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{}</w:t></w:r>'
    inner = f"{run('In 2019')}{raised.format(3)}{run(' it had 50 km')}{raised.format(2)}{run('.')}"
    draft = document(f"<w:p>{inner}</w:p>")
    assert texts(draft) == ["In 2019 it had 50 km²."]
    assert draft.notes == ("1 note mark left out",)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 and no more",
        packed(other=body("")),
        packed(document="<w:document"),
        packed(document=body("<w:p>"))[:-30],
    ],
)
def test_a_damaged_document_gets_one_line(content: bytes) -> None:
    with pytest.raises(BadArticle, match=r"^a\.docx: this is not a readable \.docx file"):
        read(content, name="a.docx")


def test_entities_that_multiply_are_refused() -> None:
    bomb = (
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><d>&b;</d>'
    )
    with pytest.raises(BadArticle, match=r"not a \.docx file that a word processor wrote"):
        read(packed(document=bomb), name="a.docx")


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused() -> None:
    content = packed(document=" " * (65 * 1024 * 1024))
    assert len(content) < 100_000
    with pytest.raises(BadArticle, match="its text has more than 64 MiB"):
        read(content, name="a.docx")


@given(st.integers(0, 10_000), st.integers(1, 255))
@example(at=1145, change=4)  # another way of packing is named
def test_a_document_with_a_wrong_byte_is_read_or_refused_in_one_line(at: int, change: int) -> None:
    content = bytearray(packed(document=body(f"<w:p>{run('The library is open.')}</w:p>")))
    content[at % len(content)] ^= change
    assert "\n" not in text_or_refusal(bytes(content))


def text_or_refusal(content: bytes) -> str:
    try:
        return " ".join(texts(read(content, name="a.docx")))
    except BadArticle as error:
        return str(error)
