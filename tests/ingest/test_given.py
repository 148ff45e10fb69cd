"""What a caller gives for an article: the article, a path, or the text itself."""

from __future__ import annotations

from pathlib import Path

import pytest

import aligner
from aligner.errors import AlignerError, BadArticle
from aligner.ingest.given import read_all_given, read_given
from aligner.text import Article, Language, Paragraph
from tests.conftest import SEEDS

ENGLISH = "The town opened a public library on Tuesday."
ARTICLE = Article(Language.EN, (Paragraph(ENGLISH, 1),))


def test_an_article_a_path_and_a_text_are_all_taken(tmp_path: Path) -> None:
    file = tmp_path / "my article.txt"
    file.write_text(ENGLISH, encoding="utf-8")
    assert read_given(ARTICLE) is ARTICLE
    for given in (file, str(file), ENGLISH):
        assert read_given(given).paragraphs[0].text == ENGLISH


@pytest.mark.parametrize(
    "text", ["See my notes.txt\n", "We were told on Monday. " * 12 + "See notes.txt"]
)
def test_a_text_may_end_as_a_file_s_name_does(text: str) -> None:
    assert read_given(f"The town opened a library. {text}").paragraphs[0].text.endswith("notes.txt")


def test_a_file_that_is_not_there_may_be_meant_for_a_text() -> None:
    with pytest.raises(BadArticle, match=r"see notes\.txt: there is no such file; if this is the"):
        read_given("The town opened a library, see notes.txt")
    with pytest.raises(BadArticle, match=r"^lost\.txt: there is no such file; check the path$"):
        read_given("lost.txt")


@pytest.mark.parametrize("given", ["", " ", "\n"])
def test_an_empty_cell_of_a_table_is_no_folder(given: str) -> None:
    with pytest.raises(BadArticle, match=r"^it holds only white space; give an article$"):
        read_given(given)


@pytest.mark.parametrize(
    ("given", "named"),
    [(None, "None"), (float("nan"), "nan"), ({"text": ENGLISH}, "dict"), (7, "7")],
)
def test_what_is_no_article_is_told_in_a_line(given: object, named: str) -> None:
    told = f"^{named} is no article; give an Article, the path of a file, or a text$"
    with pytest.raises(AlignerError, match=told):
        aligner.compare(given, ENGLISH)  # type: ignore[arg-type]
    for pile in ([given], given):
        if not isinstance(pile, dict):
            with pytest.raises(AlignerError, match=told):
                aligner.pair_articles(pile)  # type: ignore[arg-type]


def test_a_pile_is_given_as_articles_texts_files_or_folders() -> None:
    seeds = sorted(SEEDS.glob("*.txt"))
    assert [a.name for a in read_all_given(SEEDS)] == [str(path) for path in seeds]
    assert [a.name for a in read_all_given(str(SEEDS))] == [str(path) for path in seeds]
    mixed = [ARTICLE, seeds[0], str(seeds[1]), ENGLISH]
    assert [a.name for a in read_all_given(mixed)] == ["", str(seeds[0]), str(seeds[1]), ""]
    assert list(read_all_given(ARTICLE)) == [ARTICLE]


def test_a_pile_that_is_not_there_is_told() -> None:
    with pytest.raises(BadArticle, match="lost: there is no such file"):
        list(read_all_given("lost"))
