from __future__ import annotations

import doctest
import json
from pathlib import Path

import pytest

from aligner.errors import AlignerError, BadArticle, BadPair, WrongUse
from aligner.ingest import article_from_text, read_article, read_articles, read_pair, reading
from aligner.text import Language

ROOT = Path(__file__).parents[2]
ARABIC = (
    "مكتبة الميناء تفتح أبوابها\n\nافتتحت البلدية مكتبة جديدة في حي الميناء بعد عامين من الأعمال.\n"
)
ENGLISH = (
    "Harbour library opens\n\nThe city opened a new library in the harbour district on Sunday.\n"
)
PERSIAN = "شهرداری روز یکشنبه کتابخانه‌ای تازه را در محلهٔ بندر باز کرد که ساخت آن دو سال طول کشید.\n"


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    for name, text in (("a/ar.txt", ARABIC), ("b.md", ENGLISH), ("c.txt", PERSIAN)):
        path = tmp_path / "pile" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (tmp_path / "pile" / "notes.bak").write_text("left out", encoding="utf-8")
    (tmp_path / "pile" / ".hidden.txt").write_text("left out", encoding="utf-8")
    return tmp_path / "pile"


def written(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


def test_a_file_becomes_an_article_with_language_title_and_numbered_lines(tmp_path: Path) -> None:
    path = written(tmp_path, "ar.txt", ARABIC)
    article = read_article(path)
    assert article.language is Language.AR
    assert article.title == "مكتبة الميناء تفتح أبوابها"
    assert [p.line for p in article.paragraphs] == [1, 3]
    assert article.name == str(path)
    assert article.notes == ()
    assert not article.sentences


def test_what_had_to_be_decided_stands_in_the_notes(tmp_path: Path) -> None:
    article = read_article(written(tmp_path, "ar.txt", ARABIC, "cp1256"), paragraphs="line")
    assert article.notes == ("read as Windows-1256", "one paragraph a line, as asked")


def test_a_text_in_memory_is_read_like_a_file() -> None:
    article = article_from_text(ENGLISH, name="mine")
    assert (article.language, article.name, len(article.paragraphs)) == (Language.EN, "mine", 2)


def test_a_given_language_is_not_looked_for() -> None:
    assert article_from_text(PERSIAN, language=Language.AR).language is Language.AR


def test_a_surrogate_in_a_text_cannot_break_what_is_written_later() -> None:
    article = article_from_text("The library \ud800 of the city is open.")
    article.paragraphs[0].text.encode("utf-8")


@pytest.mark.parametrize("text", ["", " \n\t\r\n ", "\u200f\n\ufeff\n"])
def test_a_text_of_white_space_only_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(BadArticle, match="white space"):
        article_from_text(text)
    if text:
        path = written(tmp_path, "blank.txt", text)
        with pytest.raises(BadArticle, match=r"blank\.txt: it holds only white space"):
            read_article(path)


def test_a_persian_file_is_named_as_persian(pile: Path) -> None:
    with pytest.raises(BadArticle, match=r"c\.txt: this looks like Persian; give an Arabic"):
        read_article(pile / "c.txt")


def test_a_million_characters_on_one_line_are_read(tmp_path: Path) -> None:
    path = written(tmp_path, "long.txt", "كلمة في " * 125_000)
    article = read_article(path)
    assert article.language is Language.AR
    assert len(article.paragraphs[0].text) == 999_999


def test_a_pair_is_put_into_arabic_english_order(pile: Path) -> None:
    for pair in ((pile / "a/ar.txt", pile / "b.md"), (pile / "b.md", pile / "a/ar.txt")):
        assert [article.language for article in read_pair(*pair)] == [Language.AR, Language.EN]


def test_a_pair_in_one_language_gets_one_clear_line(pile: Path) -> None:
    with pytest.raises(BadPair) as error:
        read_pair(pile / "a/ar.txt", pile / "a/ar.txt")
    assert str(error.value).endswith("are both Arabic; give one Arabic and one English article")


def test_standard_input_can_be_one_of_a_pair_only() -> None:
    with pytest.raises(WrongUse, match="only one of the two"):
        read_pair("-", "-")


def test_a_folder_is_read_in_the_order_of_its_names_and_one_bad_file_stops_nothing(
    pile: Path,
) -> None:
    errors: list[AlignerError] = []
    articles = list(read_articles(pile, on_error=errors.append))
    assert [Path(a.name).name for a in articles] == ["ar.txt", "b.md"]
    assert ["Persian" in str(error) for error in errors] == [True]
    with pytest.raises(BadArticle, match="Persian"):
        list(read_articles(pile))


def test_a_file_that_vanishes_while_the_folder_is_read_is_one_error(pile: Path) -> None:
    errors: list[AlignerError] = []
    articles = read_articles(pile, on_error=errors.append)
    assert next(articles).language is Language.AR
    (pile / "b.md").unlink()
    assert list(articles) == []
    assert ["b.md: there is no such file" in str(error) for error in errors] == [True, False]


def test_a_folder_without_articles_is_said_to_be_so(tmp_path: Path) -> None:
    with pytest.raises(BadArticle, match=r"there is no article in this folder \(\.txt, "):
        list(read_articles(tmp_path))


def test_bad_lines_of_a_pile_are_named_and_passed_over(tmp_path: Path) -> None:
    lines = [
        json.dumps(
            {"id": "ar-1", "lang": "ar", "title": "عنوان", "paragraphs": ["نص أول.", "نص ثان."]}
        ),
        "",
        "{broken",
        json.dumps({"id": "fa-1", "text": PERSIAN}),
        json.dumps({"id": "en-1", "text": ENGLISH}),
        json.dumps({"id": "fr-1", "lang": "fr", "text": "Bonjour"}),
    ]
    path = written(tmp_path, "pile.jsonl", "\n".join(lines))
    errors: list[str] = []
    articles = list(read_articles(path, on_error=lambda error: errors.append(str(error))))
    assert [(a.name, a.language) for a in articles] == [("ar-1", "ar"), ("en-1", "en")]
    assert errors[0].startswith(f"{path}:3: this is no JSON")
    assert errors[1].startswith("fa-1: this looks like Persian")
    assert errors[2] == f"{path}:6: its language is 'fr'; use 'ar' or 'en'"


def test_the_examples_of_the_functions_are_true(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testmod(reading)
    assert (failed, tried) == (0, 6)
