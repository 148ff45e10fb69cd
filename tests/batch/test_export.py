"""A whole store as one file: in a fixed order, the same whatever the order of writing."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as Xml
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from aligner.batch.export import STORE_FORMATS, export, export_to
from aligner.batch.overview import overview
from aligner.bitext import PairKind
from aligner.errors import OutputError, StoreError, UnknownName
from aligner.report import json as report_json
from aligner.report import overview_html
from aligner.report.overview import to_json, to_text
from aligner.store import PairName, Store, StoredPair, pack
from tests.comparisons import library

NAMES = (PairName("b.txt", "b.en"), PairName("a.txt", "a\t.en"))


def filled(path: Path, names: tuple[PairName, ...]) -> Path:
    with Store.open(path, write=True) as store:
        for name in names:
            with store.writing():
                store.put_result(name, pack(library()), inputs=b"1", label="é7", source="s")
    return path


def exported(path: Path, to: str) -> bytes:
    with Store.open(path) as store:
        file = io.BytesIO()
        assert export(store, file, to).pairs == 2
        return file.getvalue()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return filled(tmp_path / "s.db", NAMES)


@pytest.mark.parametrize("to", sorted(STORE_FORMATS))
def test_an_export_is_the_same_whatever_the_order_of_writing(
    path: Path, tmp_path: Path, to: str
) -> None:
    if to == "parquet":
        pytest.importorskip("pyarrow", reason="needs the extra 'parquet'")
    other = filled(tmp_path / "other.db", NAMES[::-1])
    assert exported(path, to) == exported(other, to)


def test_comparisons_are_exported_whole(path: Path) -> None:
    first, second = map(json.loads, exported(path, "comparisons").decode().splitlines())
    assert (first["id"], report_json.from_dict(first).ar.name) == ("é7", "a.txt")
    comparison = report_json.from_dict(second)
    assert comparison.en.name == "b.en"
    assert comparison.alignment == library().alignment
    assert comparison.divergences == library().divergences


def test_json_lines_have_a_line_for_every_bead(path: Path) -> None:
    lines = [json.loads(line) for line in exported(path, "jsonl").decode().splitlines()]
    assert [line["ar_name"] for line in lines] == ["a.txt"] * 8 + ["b.txt"] * 8


def test_a_table_has_one_head_line_and_names_the_pair(path: Path) -> None:
    text = exported(path, "tsv").decode()
    rows = list(csv.DictReader(io.StringIO(text), delimiter="\t"))
    assert len(rows) == 16
    assert (rows[0]["ar_name"], rows[0]["en_name"]) == ("a.txt", "a .en")
    assert all(None not in row and None not in row.values() for row in rows)


def test_a_memory_of_many_pairs_is_one_valid_document(path: Path) -> None:
    root = Xml.fromstring(exported(path, "tmx"))
    units = root.findall("body/tu")
    assert len(units) == len({u.get("tuid") for u in units}) == 12
    assert [p.text for p in units[0].findall("prop")][:2] == ["a.txt", "a\t.en"]


def test_a_memory_stays_valid_whatever_the_files_are_called(tmp_path: Path) -> None:
    path = filled(tmp_path / "s.db", (PairName("a\x01\x1b<&>.ar", "b.en"), PairName("c", "d")))
    units = Xml.fromstring(exported(path, "tmx")).findall("body/tu")
    assert [p.text for p in units[0].findall("prop")][:2] == ["a<&>.ar", "b.en"]


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A store with a pair of each kind; its Arabic file is called as the kind."""
    with Store.open(tmp_path / "mixed.db", write=True) as store, store.writing():
        for kind in PairKind:
            made = library()
            made = replace(made, pair=replace(made.pair, kind=kind))
            name = PairName(kind.value, "en")
            store.put_result(name, pack(made), inputs=b"1", label=None, source="s")
    return tmp_path / "mixed.db"


def kinds_in(path: Path, to: str, *kinds: PairKind) -> tuple[dict[str, int], dict[str, int]]:
    """How many two-sided beads of a pair of each kind an export holds, and what it left out."""
    file = io.BytesIO()
    with Store.open(path) as store:
        made = export(store, file, to, kinds=kinds)
    if to == "tmx":
        found = [
            p.text for p in Xml.fromstring(file.getvalue()).iterfind(".//prop[@type='x-kind']")
        ]
    elif to == "parquet":
        parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra 'parquet'")
        rows = parquet.read_table(io.BytesIO(file.getvalue())).to_pylist()
        found = [row["kind"] for row in rows if row["ar"] and row["en"]]
    else:
        text = file.getvalue().decode()
        rows = (
            list(csv.DictReader(io.StringIO(text), delimiter="\t"))
            if to == "tsv"
            else [json.loads(line) for line in text.splitlines()]
        )
        assert all(row["kind"] == row["ar_name"] for row in rows if to == "tsv")
        found = [row["kind"] for row in rows if row["ar"] and row["en"]]
    return Counter(found), {str(kind): count for kind, count in made.left_out.items()}


@pytest.mark.parametrize("to", ["jsonl", "tsv", "parquet"])
def test_every_bead_says_what_kind_its_pair_is(mixed: Path, to: str) -> None:
    assert kinds_in(mixed, to) == (dict.fromkeys(PairKind, 6), {})


def test_a_memory_is_of_translations_unless_others_are_asked_for(mixed: Path) -> None:
    found, left_out = kinds_in(mixed, "tmx")
    assert found == {"parallel": 6, "noisy parallel": 6}
    assert left_out == {"comparable": 1, "unrelated": 1}
    assert kinds_in(mixed, "tmx", PairKind.COMPARABLE)[0] == {"comparable": 6}


@pytest.mark.parametrize("to", ["jsonl", "tsv", "tmx", "parquet"])
def test_an_export_may_be_of_some_kinds_only(mixed: Path, to: str) -> None:
    found, left_out = kinds_in(mixed, to, PairKind.PARALLEL, PairKind.COMPARABLE)
    assert found == {"parallel": 6, "comparable": 6}
    assert left_out == {"noisy parallel": 1, "unrelated": 1}


def test_comparisons_of_some_kinds_only_are_whole(mixed: Path) -> None:
    file = io.BytesIO()
    with Store.open(mixed) as store:
        export(store, file, "comparisons", kinds=[PairKind.UNRELATED])
    [fields] = map(json.loads, file.getvalue().splitlines())
    assert fields["pair"]["kind"] == "unrelated"


@pytest.mark.parametrize(("to", "beads"), [("jsonl", 6), ("tsv", 6), ("tmx", 5), ("parquet", 6)])
def test_unsure_beads_and_differences_are_left_out_on_request(
    path: Path, tmp_path: Path, to: str, beads: int
) -> None:
    if to == "parquet":
        pytest.importorskip("pyarrow", reason="needs the extra 'parquet'")
    out = tmp_path / f"x.{to}"
    with Store.open(path) as store:
        export_to(store, out, at_least=0.9)
    if to == "parquet":
        from pyarrow import parquet

        assert parquet.read_table(out).num_rows == 2 * beads
        return
    text = out.read_text(encoding="utf-8")
    units = text.count("<tu ") if to == "tmx" else len(text.splitlines()) - (to == "tsv")
    assert units == 2 * beads
    assert "ar:number" in text  # 0.95 sure
    assert "ar:clause" not in text  # 0.81


def test_comparisons_keep_their_beads_and_lose_unsure_differences(path: Path) -> None:
    file = io.BytesIO()
    with Store.open(path) as store:
        export(store, file, "comparisons", at_least=0.9)
    for line in file.getvalue().splitlines():
        comparison = report_json.from_dict(json.loads(line))
        assert comparison.alignment == library().alignment
        assert comparison.divergences == library().at_least(0.9).divergences


@pytest.mark.parametrize("number", [90, -0.1, float("nan")])
def test_a_least_probability_is_from_0_to_1(path: Path, number: float) -> None:
    with Store.open(path) as store, pytest.raises(OutputError, match="from 0 to 1"):
        export(store, io.BytesIO(), "jsonl", at_least=number)


class Damaged(Store):
    """A store whose pair `b.txt` cannot be read back."""

    def pairs(self) -> Iterator[StoredPair]:
        for pair in super().pairs():
            self._refuse(pair.name)
            yield pair

    def pair(self, name: PairName) -> StoredPair | None:
        self._refuse(name)
        return super().pair(name)

    def _refuse(self, name: PairName) -> None:
        if name.ar == "b.txt":
            raise StoreError(f"{name.ar} / {name.en}: cannot be read back")


@pytest.mark.parametrize("to", sorted(STORE_FORMATS))
def test_of_a_damaged_store_all_that_can_be_read_is_saved(tmp_path: Path, to: str) -> None:
    if to == "parquet":
        pytest.importorskip("pyarrow", reason="needs the extra 'parquet'")
    sound = (*NAMES[1:], PairName("c.txt", "c.en"))
    filled(tmp_path / "s.db", (*NAMES, PairName("c.txt", "c.en")))
    told: list[str] = []
    file = io.BytesIO()
    with Damaged.open(tmp_path / "s.db") as store:
        assert export(store, file, to, on_error=lambda error: told.append(str(error))).pairs == 2
        with pytest.raises(StoreError, match="cannot be read back"):
            export(store, io.BytesIO(), to)
    assert told == ["b.txt / b.en: cannot be read back"]
    assert file.getvalue() == exported(filled(tmp_path / "sound.db", sound), to)


def test_an_empty_store_gives_an_empty_document(tmp_path: Path) -> None:
    filled(tmp_path / "s.db", ())
    with Store.open(tmp_path / "s.db") as store:
        file = io.BytesIO()
        assert export(store, file, "tmx").pairs == 0
    assert Xml.fromstring(file.getvalue()).find("body") is not None


def test_an_export_is_there_whole_or_not_at_all(path: Path, tmp_path: Path, monkeypatch) -> None:
    out = tmp_path / "out" / "x.jsonl"
    out.parent.mkdir()
    out.write_text("old")

    def break_off(_pairs, file, _at_least) -> None:
        file.write(b"half")
        raise KeyboardInterrupt

    monkeypatch.setitem(STORE_FORMATS, "jsonl", break_off)
    with Store.open(path) as store, pytest.raises(KeyboardInterrupt):
        export_to(store, out)
    assert [p.name for p in out.parent.iterdir()] == ["x.jsonl"]
    assert out.read_text() == "old"


def test_a_format_that_is_none_is_told(path: Path, tmp_path: Path) -> None:
    with Store.open(path) as store:
        with pytest.raises(UnknownName, match=r"no format has the suffix '.docx'; known: .comp"):
            export_to(store, tmp_path / "x.docx")
        with pytest.raises(UnknownName, match="export named 'docx'; known: comp"):
            export_to(store, tmp_path / "x.jsonl", "docx")


@pytest.mark.parametrize("name", ["out", "out.ndjson", "OUT.JSONL"])
def test_without_a_suffix_of_its_own_an_export_is_json_lines(
    path: Path, tmp_path: Path, name: str
) -> None:
    with Store.open(path) as store:
        assert export_to(store, tmp_path / name).pairs == 2
    assert (tmp_path / name).read_bytes() == exported(path, "jsonl")


@pytest.mark.parametrize("end", ["", "-wal", "-shm", ".lock"])
def test_no_file_of_the_store_is_written_over(path: Path, end: str) -> None:
    before = path.read_bytes()
    with Store.open(path) as store:
        with pytest.raises(OutputError, match="is what is being read; name another file"):
            export_to(store, path.with_name(path.name + end), "jsonl")
        assert len(list(store.pairs())) == 2
    assert path.read_bytes() == before


def test_an_export_may_lie_beside_its_store(path: Path) -> None:
    with Store.open(path) as store:
        assert export_to(store, path.with_suffix(".jsonl")).pairs == 2


def test_an_export_follows_a_link_to_its_file(path: Path, tmp_path: Path) -> None:
    (tmp_path / "link.tsv").symlink_to(tmp_path / "file.tsv")
    with Store.open(path) as store:
        export_to(store, tmp_path / "link.tsv")
    assert (tmp_path / "link.tsv").is_symlink()
    assert (tmp_path / "file.tsv").read_bytes() == exported(path, "tsv")


def test_an_overview_sums_up_and_links_to_reports(path: Path, tmp_path: Path) -> None:
    with Store.open(path, write=True) as store, store.writing():
        store.put_failure(
            PairName("<x>", "y"), inputs=b"1", signature="s", reason="hung", message="took long",
            label=None, source="s", keep_result=False,
        )  # fmt: skip
    (tmp_path / "reports").mkdir()
    with Store.open(path) as store:
        summed = overview(store, reports=tmp_path / "reports")
    assert (summed.pairs, summed.kinds) == (2, {"noisy parallel": 2})
    assert summed.only_ar == pytest.approx(0.2)
    [group] = summed.groups
    assert (group.outlet, group.time, group.pairs) == ("صحيفة المرفأ", "2023-05-16", 2)
    assert [r.ar_name for r in summed.most_different] == ["a.txt", "b.txt"]
    assert all((tmp_path / "reports" / str(r.report)).is_file() for r in summed.most_different)
    page = overview_html.render(summed)
    assert f'href="{summed.most_different[0].report}"' in page
    assert "&lt;x&gt;" in page
    assert "<x>" not in page
    assert "failed: 1 hung" in to_text(summed)
    assert json.loads(to_json(summed))["failure_reasons"] == {"hung": 1}


def test_the_links_of_an_overview_lead_into_any_folder(path: Path) -> None:
    with Store.open(path) as store:
        summed = overview(store)
    row = replace(summed.most_different[0], report="rep #1 50%/ماء/<a>.html")
    page = overview_html.render(replace(summed, most_different=(row,)))
    assert 'href="rep%20%231%2050%25/%D9%85%D8%A7%D8%A1/%3Ca%3E.html"' in page


def test_an_overview_calls_only_nothing_0_per_cent_and_only_all_100(path: Path) -> None:
    with Store.open(path) as store:
        summed = overview(store)
    nearly = {"only_ar": 0.003, "only_en": 0.997}
    summed = replace(
        summed,
        groups=(replace(summed.groups[0], **nearly),),
        most_different=(replace(summed.most_different[0], **nearly),),
        **nearly,
    )
    page = overview_html.render(summed)
    told = page.partition("<main")[2] + to_text(summed)
    shares = re.findall(r"(\d+)%(?!\")", told)  # a bar's width is no figure to read
    assert set(shares) == {"1", "99"}
    assert len(shares) == 12


def test_a_page_to_send_does_not_tell_the_folders_of_its_files(tmp_path: Path) -> None:
    names = PairName("/home/me/secret folder/a.txt", "/home/me/secret folder/b.txt")
    filled(tmp_path / "s.db", (names,))
    messages = {
        "/home/me/secret folder/c.txt": "/home/me/secret folder/c.txt: it is empty",
        "/home/me/secret folder/d.txt": "../secret folder/d.txt: it is empty",
    }
    with Store.open(tmp_path / "s.db", write=True) as store, store.writing():
        for ar, message in messages.items():
            store.put_failure(
                PairName(ar, names.en), inputs=b"1", signature="s", reason="unreadable",
                message=message, label=None, source="s", keep_result=False,
            )  # fmt: skip
    with Store.open(tmp_path / "s.db") as store:
        summed = overview(store)
    summed = replace(summed, most_different=(replace(summed.most_different[0], title=""),))
    page = overview_html.render(summed)
    assert "secret" not in page
    assert "<bdi>a.txt</bdi> – <bdi>b.txt</bdi>" in page
    assert "<bdi>c.txt: it is empty</bdi>" in page
    assert names.ar in to_text(summed)
    assert (
        json.loads(to_json(summed))["failures"][0]["message"]
        == messages["/home/me/secret folder/c.txt"]
    )


@pytest.mark.parametrize("outlet", ["صحيفة المرفأ", "جَرِيدَةٌ", "The Harbour Paper", "港湾新闻", ""])
def test_the_columns_of_an_overview_stand_one_below_the_other(path: Path, outlet: str) -> None:
    with Store.open(path) as store:
        summed = overview(store)
    rows = (replace(summed.groups[0], outlet=outlet), replace(summed.groups[0], outlet="plain"))
    lines = to_text(replace(summed, groups=rows)).splitlines()
    first, second = (line for line in lines if "2023-05-16" in line)
    assert cell_len(first.partition("2023")[0]) == cell_len(second.partition("2023")[0]) == 29
    assert ("\u2068" in first) is (outlet in ("صحيفة المرفأ", "جَرِيدَةٌ"))


def test_one_pair_is_a_pair(tmp_path: Path) -> None:
    filled(tmp_path / "s.db", NAMES[:1])
    with Store.open(tmp_path / "s.db") as store:
        summed = overview(store)
    assert to_text(summed).startswith("1 pair: 1 noisy parallel\n")
    assert "<title>1 pair</title>" in overview_html.render(summed)


def test_an_overview_of_nothing_is_no_error(tmp_path: Path) -> None:
    filled(tmp_path / "s.db", ())
    with Store.open(tmp_path / "s.db") as store:
        summed = overview(store)
    assert to_text(summed).startswith("0 pairs\n")
    assert "0 Arabic–English pairs" in overview_html.render(summed)
