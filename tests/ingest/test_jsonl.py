from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from aligner.errors import BadArticle
from aligner.ingest import read_article, read_articles
from aligner.ingest.jsonl import from_record
from aligner.text import Language

ARTICLE = {
    "id": "ar-1",
    "lang": "ar",
    "title": "مكتبة الميناء",
    "paragraphs": ["مكتبة الميناء", "  ", "افتتحت البلدية مكتبة."],
    "date": "2024-05-19T08:30:00+03:00",
    "url": "https://example.org/1",
    "outlet": "المرفأ",
}


def test_every_field_of_an_article_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(ARTICLE), encoding="utf-8")
    article = read_article(path)
    assert (article.name, article.language, article.title) == ("ar-1", "ar", "مكتبة الميناء")
    assert [(p.line, p.text) for p in article.paragraphs] == [
        (1, "مكتبة الميناء"),
        (3, "افتتحت البلدية مكتبة."),
    ]
    assert article.date == dt.date(2024, 5, 19)
    assert (article.url, article.outlet) == ("https://example.org/1", "المرفأ")


def test_the_names_that_crawlers_use_are_known() -> None:
    draft = from_record(
        {"name": 7, "language": "en-US", "headline": "T", "maintext": "One.\n\nTwo.", "link": "u"},
        name="x",
    )
    assert (draft.name, draft.language, draft.title, draft.url) == ("7", Language.EN, "T", "u")
    assert [p.text for p in draft.paragraphs] == ["One.", "Two."]


def test_paragraphs_may_be_lists_of_sentences() -> None:
    draft = from_record({"paragraphs": [["One.", "Two."], "Three."]}, name="x")
    assert [p.text for p in draft.paragraphs] == ["One. Two.", "Three."]


def test_a_text_in_html_is_read_as_the_page_shows_it() -> None:
    text = "<p>The <b>city</b> opened a library.</p><p>It&#8217;s large.</p>"
    draft = from_record({"title": "The city&#8217;s <em>library</em>", "text": text}, name="x")
    assert [p.text for p in draft.paragraphs] == ["The city opened a library.", "It’s large."]
    assert draft.title == "The city’s library"
    assert draft.notes == ("its HTML was read: the tags are no text",)


def test_tags_written_with_entities_are_read_too() -> None:
    draft = from_record(
        {"text": "&lt;p&gt;One &amp;amp; two.&lt;/p&gt;&lt;p&gt;Three.&lt;/p&gt;"}, name="x"
    )
    assert [p.text for p in draft.paragraphs] == ["One & two.", "Three."]


def test_where_html_marks_no_paragraphs_the_lines_do() -> None:
    text = "Library opens\nIt has <b>many</b> books.\n\nSee <i>you</i>.<br>Or not."
    draft = from_record({"text": text}, name="x")
    assert [(p.line, p.text) for p in draft.paragraphs] == [
        (1, "Library opens"),
        (2, "It has many books."),
        (4, "See you."),
        (4, "Or not."),
    ]


def test_given_paragraphs_in_html_are_read_too() -> None:
    draft = from_record({"paragraphs": ["<p>One.</p>", "<p>Two.</p><p>Three.</p>"]}, name="x")
    assert [(p.line, p.text) for p in draft.paragraphs] == [(1, "One."), (2, "Two."), (2, "Three.")]


def test_an_article_about_html_stays_as_it_is() -> None:
    text = "The <p> tag opens a paragraph.\nThe tag </p> closes it, if a < b."
    for record in ({"text": text}, {"paragraphs": text.split("\n")}):
        draft = from_record(record, name="x")
        assert [p.text for p in draft.paragraphs] == text.split("\n")


def test_the_texts_that_wordpress_renders_are_taken() -> None:
    record = {"id": 7, "title": {"rendered": "A &amp; B"}, "content": {"rendered": "<p>One.</p>"}}
    draft = from_record(record, name="x")
    assert (draft.name, draft.title, draft.paragraphs[0].text) == ("7", "A & B", "One.")


def test_an_empty_title_is_looked_for_in_the_text(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    body = "The city opened a new library in the harbour district on Sunday."
    path.write_text(json.dumps({"title": "", "paragraphs": ["Harbour library opens", body]}))
    assert read_article(path).title == "Harbour library opens"


@pytest.mark.parametrize(
    ("record", "line"),
    [
        ([], "x:3: an article must be a JSON object, not a list"),
        ({"id": "a"}, "x:3: it has neither 'paragraphs' nor 'text'; add one of them"),
        ({"text": 5}, "x:3: field 'text' is a number; a string is wanted"),
        ({"paragraphs": "a"}, "x:3: field 'paragraphs' is a string; a list of strings is wanted"),
        ({"paragraphs": ["a", 1]}, "x:3: field 'paragraphs' has an item 2 that is not a string"),
        ({"lang": "fa", "text": "a"}, "x:3: its language is 'fa'; use 'ar' or 'en'"),
        ({"lang": {}, "text": "a"}, "x:3: field 'lang' is an object; a string is wanted"),
    ],
)
def test_a_wrong_field_is_named_with_its_line(record: object, line: str) -> None:
    with pytest.raises(BadArticle) as error:
        from_record(record, name="x:3")
    assert str(error.value) == line


def test_a_date_as_feeds_write_it_is_understood() -> None:
    for written in ("Tue, 21 May 2024 10:00:00 GMT", "21 May 2024"):
        assert from_record({"text": "a", "date": written}, name="x").date == dt.date(2024, 5, 21)


def test_a_date_that_is_none_is_noted_and_left_out() -> None:
    for written in ("19 May", "2024-13-45", "31 Feb 2024", "12 xyz 2024"):
        draft = from_record({"text": "a", "date": written}, name="x")
        assert draft.date is None
        assert draft.notes == (f"date {written!r} is not understood; write it as 2024-05-19",)


def test_several_articles_are_too_many_for_one(tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    path.write_text(f"{json.dumps(ARTICLE)}\n{json.dumps(ARTICLE)}\n", encoding="utf-8")
    with pytest.raises(BadArticle, match="it holds 2 articles; one is wanted here"):
        read_article(path)
    assert len(list(read_articles(path))) == 2


def test_a_json_list_is_a_pile_too(tmp_path: Path) -> None:
    path = tmp_path / "two.json"
    path.write_text(json.dumps([ARTICLE, ARTICLE], indent=1), encoding="utf-8-sig")
    assert [a.name for a in read_articles(path)] == ["ar-1", "ar-1"]


def test_a_pile_is_read_a_line_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "pile.jsonl"
    path.write_text(f"{json.dumps(ARTICLE)}\n{{broken", encoding="utf-8")
    assert next(read_articles(path)).name == "ar-1"


def test_json_nested_without_end_gets_one_line(tmp_path: Path) -> None:
    path = tmp_path / "deep.jsonl"
    path.write_text("[" * 200_000, encoding="utf-8")
    with pytest.raises(BadArticle, match=r"deep\.jsonl:1: this is no JSON"):
        list(read_articles(path))
