"""Where pairs come from: folders, globs, manifests; and what they are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.batch import manifest
from aligner.batch.manifest import BadSource
from aligner.batch.source import BadRow, Source, name_of


def touch(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x", encoding="utf-8")


def names(given: Path, home: Path, alone=lambda *_: None) -> list[tuple[str, str]]:
    return [tuple(item.name) for item in Source(str(given), home).items(alone)]


def test_files_of_a_folder_are_matched_by_their_language(tmp_path: Path) -> None:
    touch(tmp_path, "b.ar.txt", "b.en.html", "a_AR.txt", "a_EN.txt", "notes.txt", "x.ar.pdf")
    assert names(tmp_path, tmp_path) == [("a_AR.txt", "a_EN.txt"), ("b.ar.txt", "b.en.html")]


def test_folders_named_ar_and_en_are_matched_with_all_below(tmp_path: Path) -> None:
    touch(tmp_path, "ar/2024/x.txt", "en/2024/x.html", "ar/y.txt", "en/y.txt", "news/ar/z.txt",
          "news/en/z.txt")  # fmt: skip
    assert names(tmp_path, tmp_path) == [
        ("ar/y.txt", "en/y.txt"),
        ("ar/2024/x.txt", "en/2024/x.html"),
        ("news/ar/z.txt", "news/en/z.txt"),
    ]


def test_the_twin_of_a_language_folder_is_found_whatever_its_case(tmp_path: Path) -> None:
    touch(tmp_path, "caps/AR/w.txt", "caps/EN/w.txt", "x/Ar/d/z.txt", "x/en/d/z.txt")
    assert names(tmp_path, tmp_path) == [
        ("caps/AR/w.txt", "caps/EN/w.txt"),
        ("x/Ar/d/z.txt", "x/en/d/z.txt"),
    ]


def test_a_language_folder_that_is_a_link_comes_with_its_twin(tmp_path: Path) -> None:
    touch(tmp_path, "else/d/w.txt", "in/en/d/w.txt")
    (tmp_path / "in" / "ar").symlink_to(tmp_path / "else")
    assert names(tmp_path / "in", tmp_path) == [("in/ar/d/w.txt", "in/en/d/w.txt")]


def test_a_second_file_for_the_same_side_is_told(tmp_path: Path) -> None:
    touch(tmp_path, "a.ar.html", "a.ar.txt", "a.en.txt")
    told: list[str] = []
    [item] = Source(str(tmp_path), tmp_path).items(
        beside=lambda file, taken: told.extend((file.name, taken.name))
    )
    assert item.name == ("a.ar.html", "a.en.txt")
    assert told == ["a.ar.txt", "a.ar.html"]


def test_a_source_names_pairs_where_a_file_or_a_manifest_tells_a_side(tmp_path: Path) -> None:
    touch(tmp_path, "pile/one.txt", "pile/two.txt", "half/a.ar.txt", "pile/deep/en/notes.pdf")
    (tmp_path / "m.csv").write_text("ar,en\n")
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "day").symlink_to(tmp_path / "half")
    given = {name: Source(str(tmp_path / name), tmp_path) for name in
             ("pile", "half", "m.csv", "links", "p*/*.txt")}  # fmt: skip
    assert {name: source.names_pairs() for name, source in given.items()} == {
        "pile": False, "half": True, "m.csv": True, "links": False, "p*/*.txt": False
    }  # fmt: skip
    assert "--pair finds the pairs" in given["pile"].why_silent()
    assert "links to folders are not followed" in given["links"].why_silent()


def test_files_without_a_counterpart_are_told(tmp_path: Path) -> None:
    touch(tmp_path, "a.ar.txt", "b.ar.txt", "b.en.txt")
    alone: list[Path] = []
    names(tmp_path, tmp_path, lambda *files: alone.extend(files))
    assert [p.name for p in alone] == ["a.ar.txt"]


def test_a_glob_is_matched_like_a_folder(tmp_path: Path) -> None:
    touch(tmp_path, "day1/a.ar.txt", "day1/a.en.txt", "day2/a.ar.txt", "day2/a.en.txt")
    found = names(tmp_path / "day*" / "*.txt", tmp_path)
    assert found == [("day1/a.ar.txt", "day1/a.en.txt"), ("day2/a.ar.txt", "day2/a.en.txt")]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("m.csv", '\ufeffAR,en,id,date,outlet,url\nx/1.txt,"y, 1.txt",7,2024-05-17,صحيفة,\n'),
        ("m.tsv", "en\tar\tid\toutlet\tdate\ny, 1.txt\tx/1.txt\t7\tصحيفة\t2024-05-17\n"),
        (
            "m.jsonl",
            '{"ar": "x/1.txt", "en": "y, 1.txt", "id": 7, "date": "2024-05-17",'
            ' "outlet": "صحيفة", "other": [1]}\n\n',
        ),
    ],
)
def test_a_manifest_names_files_from_its_own_folder(tmp_path: Path, file: str, text: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / file).write_text(text, encoding="utf-8")
    [item] = Source(str(tmp_path / "in" / file), tmp_path).items()
    assert item.name == ("in/x/1.txt", "in/y, 1.txt")
    assert item.ar == str(tmp_path / "in/x/1.txt")
    assert (item.label, item.date, item.outlet, item.url) == ("7", "2024-05-17", "صحيفة", None)


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859-6", "utf-16", "utf-16-le", "utf-8-sig"])
@pytest.mark.parametrize("name", ["m.csv", "m.jsonl"])
@pytest.mark.parametrize("rows", [2, 40])
def test_a_manifest_is_read_in_the_encoding_that_it_is_in(
    tmp_path: Path, encoding: str, name: str, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(manifest, "HEAD_BYTES", 255)
    lines = {
        "m.csv": ["ar,en", *["محطة التحلية.txt,the plant.txt"] * rows],
        "m.jsonl": ['{"ar": "محطة التحلية.txt", "en": "the plant.txt"}'] * rows,
    }[name]
    (tmp_path / name).write_bytes("\r\n".join(lines).encode(encoding))
    found = list(Source(str(tmp_path / name), tmp_path).items())
    assert [item.name for item in found] == [("محطة التحلية.txt", "the plant.txt")] * rows


def test_a_long_manifest_is_not_misread_where_its_beginning_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "m.csv"
    path.write_text("ar,en\n" + "محطة,b\n" * 50, encoding="utf-8")
    for head in range(100, 120):
        monkeypatch.setattr(manifest, "HEAD_BYTES", head)
        items = list(Source(str(path), tmp_path).items())
        assert (items[-1].name, len(items)) == (("محطة", "b"), 50)


def test_a_line_in_no_encoding_does_not_stop_the_others(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_bytes("ar,en\nمحطة,b\n".encode() + bytes(range(256)) + b"\n\0\0\0\nc,d\n")
    found = [f.name for f in Source(str(path), tmp_path).items() if not isinstance(f, BadRow)]
    assert (found[0], found[-1]) == (("محطة", "b"), ("c", "d"))


def test_a_bad_line_of_a_manifest_does_not_stop_the_others(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_text('{"ar": "a", "en": "b"}\n[1]\n{"ar": "a"}\nnonsense\n{"ar": "c", "en": "d"}\n')
    found = list(Source(str(path), tmp_path).items())
    assert [f.where[-2:] for f in found if isinstance(f, BadRow)] == [":2", ":3", ":4"]
    assert len(found) == 5


def test_a_lost_quote_costs_one_line_of_the_table(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text('ar,en\na,b\n"' + "x" * 200_000 + "\nc,d\n")
    found = list(Source(str(path), tmp_path).items())
    assert found[0].name == ("a", "b")
    assert "no line of a table" in found[1].message


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("no.csv", None, "no such file"),
        ("m.csv", "path,language\n", "needs the columns 'ar' and 'en', it has: path, language"),
        ("m.csv", "", "it has: nothing"),
        ("a.txt", "x", "use 'aligner align'"),
        ("*.csv", None, "no file is so named"),
    ],
)
def test_a_source_that_is_none_is_told(tmp_path: Path, name: str, text: str | None, told) -> None:
    if text is not None:
        (tmp_path / name).write_text(text)
    with pytest.raises(BadSource, match=told):
        list(Source(str(tmp_path / name), tmp_path).items())


def test_files_are_named_from_the_folder_of_the_store(tmp_path: Path) -> None:
    assert name_of(tmp_path / "a" / ".." / "b.txt", tmp_path) == "b.txt"
    assert name_of(Path("/elsewhere/b.txt"), tmp_path) == "/elsewhere/b.txt"


def test_a_file_name_that_is_no_utf8_can_be_stored(tmp_path: Path) -> None:
    assert name_of(tmp_path / "a\udcff.txt", tmp_path) == "a\\udcff.txt"


def test_a_manifest_is_read_only_as_far_as_it_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("ar,en\n" + "a,b\n" * 5000 + "bad\n")
    items = Source(str(path), tmp_path).items()
    assert next(items).name == ("a", "b")
