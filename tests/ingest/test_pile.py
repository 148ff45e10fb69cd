"""An article of a pile, found again by its id."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from aligner.errors import BadArticle
from aligner.ingest import pile
from aligner.ingest.manifest import read_sources
from aligner.text import Language

BOATS = "The harbour counted 41 boats on Friday."
BEES = "The valley counted 900 hives this spring."


def records(*ids: str | None) -> list[dict[str, object]]:
    texts = (BOATS, BEES)
    return [
        {"lang": "en", "text": texts[n % 2]} | ({} if identity is None else {"id": identity})
        for n, identity in enumerate(ids)
    ]


def written(folder: Path, name: str, held: list[dict[str, object]]) -> Path:
    path = folder / name
    lines = json.dumps(held) if name.endswith(".json") else "\n\n".join(map(json.dumps, held))
    path.write_text(lines, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["crawl.jsonl", "crawl.ndjson", "crawl.json"])
@pytest.mark.parametrize("ids", [("a#1", "ب"), (None, "b"), (None, None)])
def test_a_reference_opens_the_very_article(tmp_path: Path, name: str, ids: tuple[str]) -> None:
    path = written(tmp_path, name, records(*ids))
    entries = list(read_sources([path], on_error=pytest.fail))
    for entry in entries:
        found = pile.split(entry.reference)
        assert found is not None
        assert found[0] == str(path)
        assert pile.Catalogue(path).read(found[1]).paragraphs == entry.article.paragraphs
    assert [e.article.paragraphs[0].text for e in entries] == [BOATS, BEES]
    assert len({e.reference for e in entries}) == 2


def test_an_id_that_is_not_there_or_stands_twice_is_told(tmp_path: Path) -> None:
    catalogue = pile.Catalogue(written(tmp_path, "crawl.jsonl", records("a", "b", "a")))
    assert catalogue.read("b").paragraphs[0].text == BEES
    with pytest.raises(BadArticle, match=r"crawl\.jsonl#c: no article there has this id"):
        catalogue.read("c")
    with pytest.raises(BadArticle, match=r"crawl\.jsonl#a: 2 articles have this id"):
        catalogue.read("a")


def test_an_id_that_both_languages_share_is_one_in_each(tmp_path: Path) -> None:
    held: list[dict[str, object]] = [
        {"id": 7, "lang": "en", "text": BOATS},
        {"id": 7, "lang": "ar", "text": "أحصى الميناء ٤١ قاربا يوم الجمعة."},
        {"id": 7, "lang": "fr", "text": "Le port a compté 41 bateaux."},
    ]
    catalogue = pile.Catalogue(written(tmp_path, "crawl.jsonl", held))
    assert catalogue.read("7", Language.EN).paragraphs[0].text == BOATS
    assert catalogue.read("7", Language.AR).language is Language.AR
    with pytest.raises(BadArticle, match=r"crawl\.jsonl#7: 2 articles have this id"):
        catalogue.read("7")


@pytest.mark.parametrize("path", ["news/a.txt", "news#3.txt", "a.jsonl", "a.jsonl#", "a.docx#7"])
def test_a_plain_path_is_no_reference(path: str) -> None:
    assert pile.split(path) is None


def test_a_file_that_is_called_like_a_reference_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl#7").write_text(BOATS, encoding="utf-8")
    assert pile.split(str(tmp_path / "a.jsonl#7")) is None
