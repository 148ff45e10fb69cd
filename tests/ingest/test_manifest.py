"""Files, folders, globs, piles and manifests as one list of articles."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from aligner.errors import BadArticle
from aligner.ingest.manifest import Entry, read_sources

ARABIC = "افتتحت السلطات المحلية محطة جديدة لتحلية مياه البحر يوم الاثنين."
ENGLISH = "Local authorities opened a new desalination plant on Monday."
RUSSIAN = "Местные власти открыли новую опреснительную станцию в понедельник."


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.txt").write_text(ARABIC, encoding="utf-8")
    (tmp_path / "deep" / "b.txt").write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "deep" / "c.txt").write_text(RUSSIAN, encoding="utf-8")
    return tmp_path


def read(*sources: str | Path) -> tuple[list[Entry], list[str]]:
    errors: list[str] = []
    return list(read_sources(sources, on_error=lambda e: errors.append(str(e)))), errors


def test_a_folder_is_read_with_all_below_and_a_third_language_is_left_out(pile: Path) -> None:
    entries, errors = read(pile)
    assert [entry.path for entry in entries] == [pile / "a.txt", pile / "deep" / "b.txt"]
    assert len(errors) == 1
    assert "c.txt" in errors[0]


def test_a_folder_s_files_of_other_kinds_are_counted(pile: Path) -> None:
    for name in ("a.pdf", "b.pdf", "deep/c.jpg", "noname", ".hidden.pdf"):
        (pile / name).write_bytes(b"x")
    _, errors = read(pile)
    assert f"{pile}: 4 files of other kinds (.pdf, .jpg, without a suffix)" in errors[-1]


def test_a_file_named_twice_is_read_once(pile: Path) -> None:
    entries, _ = read(pile, str(pile / "*.txt"), pile / "a.txt")
    assert len(entries) == 2


def test_a_table_tells_of_language_date_and_outlet(pile: Path) -> None:
    manifest = pile / "list.csv"
    manifest.write_text(
        "path,language,date,outlet,id\na.txt,ar,2024-05-19,The Bank,n1\ndeep/b.txt,en,,,\n",
        encoding="utf-8",
    )
    entries, errors = read(manifest)
    assert errors == []
    first, second = (entry.article for entry in entries)
    assert (first.name, first.date, first.outlet) == ("n1", dt.date(2024, 5, 19), "The Bank")
    assert second.date is None


def test_json_lines_with_paths_are_a_manifest_too(pile: Path) -> None:
    manifest = pile / "list.jsonl"
    rows = [{"path": "a.txt", "date": "2024-05-19"}, {"path": "missing.txt"}, {"url": "x"}]
    manifest.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    entries, errors = read(manifest)
    assert [entry.path for entry in entries] == [pile / "a.txt"]
    assert len(errors) == 2


def test_json_lines_with_text_are_articles(pile: Path) -> None:
    (pile / "x.jsonl").write_text(
        json.dumps({"id": "n7", "lang": "en", "paragraphs": [ENGLISH]}), encoding="utf-8"
    )
    entries, _ = read(pile / "x.jsonl")
    assert [(entry.article.name, entry.path) for entry in entries] == [("n7", None)]


def test_a_wrong_date_and_a_third_language_leave_out_their_row_alone(pile: Path) -> None:
    manifest = pile / "list.tsv"
    manifest.write_text(
        "path\tdate\tlanguage\na.txt\tyesterday\t\na.txt\t\tfr\ndeep/b.txt\t\t\n", encoding="utf-8"
    )
    entries, errors = read(manifest)
    assert len(entries) == 1
    assert "yesterday" in errors[0]
    assert "'fr'" in errors[1]


@pytest.mark.parametrize("wrong", ["nowhere.txt", "nothing-*.txt"])
def test_a_source_that_is_not_there_is_named(pile: Path, wrong: str) -> None:
    with pytest.raises(BadArticle, match="no"):
        read(pile / wrong)


def test_a_table_without_paths_is_refused(pile: Path) -> None:
    (pile / "list.csv").write_text("name\na.txt\n", encoding="utf-8")
    with pytest.raises(BadArticle, match="no column 'path'"):
        read(pile / "list.csv")
