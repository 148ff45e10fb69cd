from __future__ import annotations

from pathlib import Path

import pytest

from aligner.errors import BadArticle
from aligner.ingest import FORMATS, read_article
from aligner.text import Language

PAGE = "<!DOCTYPE html>\n<html><p>The city opened a library.</p><p>It is large.</p></html>"


def test_the_suffix_names_the_format_in_either_case(tmp_path: Path) -> None:
    path = tmp_path / "PAGE.HTM"
    path.write_text(PAGE, encoding="utf-8")
    assert [p.text for p in read_article(path).paragraphs] == [
        "The city opened a library.",
        "It is large.",
    ]


def test_a_page_is_known_by_its_beginning_whatever_it_is_called(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(b"\xef\xbb\xbf \n" + PAGE.encode())
    assert len(read_article(path).paragraphs) == 2


def test_a_fragment_of_a_page_in_a_text_file_is_read_without_its_tags(tmp_path: Path) -> None:
    path = tmp_path / "fragment.txt"
    path.write_text(
        "<h1>Library opens</h1>\n<p>The city opened a library.</p>\n<p>It is large.</p>"
    )
    article = read_article(path)
    assert [(p.line, p.text) for p in article.paragraphs] == [
        (1, "Library opens"),
        (2, "The city opened a library."),
        (3, "It is large."),
    ]
    assert article.title == "Library opens"
    assert article.notes[0] == "its HTML was read: the tags are no text"


def test_an_unknown_suffix_is_read_as_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "article.ar"
    path.write_text("افتتحت البلدية مكتبة جديدة في حي الميناء.", encoding="utf-8")
    assert read_article(path).language is Language.AR


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF file"),
        (b"{\\rtf1\\ansi", "an RTF file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", r"an old Word file \(\.doc\)"),
        (b"PK\x03\x04\x14\0\0\0", "a zip archive"),
        (b"\x89PNG\r\n\x1a\n\0", "a picture"),
    ],
)
def test_a_format_that_is_not_read_is_named(content: bytes, what: str, tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(content)
    with pytest.raises(BadArticle, match=rf"this is {what}; save it as text \(\.txt"):
        read_article(path)


def test_every_format_says_which_file_it_cannot_read(tmp_path: Path) -> None:
    for suffix in FORMATS:
        path = tmp_path / f"bad{suffix}"
        path.write_bytes(b"\0\1\2\3" * 50)
        with pytest.raises(BadArticle, match=rf"bad\{suffix}: "):
            read_article(path)
