"""The commands batch, store and overview as a user types them."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from aligner.bitext import PairKind
from aligner.store import PairName, Store, pack
from benchmarks.batch import make_pairs
from tests.comparisons import library

ROOT = Path(__file__).parent.parent.parent


def aligner(*arguments: object) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "aligner", *map(str, arguments)],
        capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("batch")
    make_pairs(folder, 4, sentences=4)
    code, out, told = aligner(
        "batch", folder / "pairs.csv", "--store", folder / "s.db", "--jobs", "1",
        "--summary", folder / "summary.json",
    )  # fmt: skip
    assert (code, out) == (0, "")
    assert told.startswith("4 pairs compared in ")
    return folder / "s.db"


def test_the_summary_is_written_as_json(store: Path) -> None:
    summary = json.loads((store.parent / "summary.json").read_text(encoding="utf-8"))
    assert (summary["done"], summary["failed"], summary["stopped"]) == (4, 0, False)
    assert summary["pages_per_second"] > 0
    assert 0 <= summary["parallel_share"] <= 1


def test_a_log_as_json_has_an_object_a_line(store: Path) -> None:
    bad = store.parent / "bad.csv"
    bad.write_text("ar,en\nno.txt,none.txt\n")
    code, _, told = aligner("batch", bad, "--store", store.parent / "bad.db", "--log-json")
    events = [json.loads(line) for line in told.splitlines()]
    assert code == 1
    assert [e["event"] for e in events] == ["message", "end"]
    assert events[-1]["failure_reasons"] == {"missing": 1}


def test_no_name_in_a_manifest_steers_the_terminal(tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("ar,en\n\x1b[2J\x1b[31mno.txt,none.txt\n")
    code, out, told = aligner("batch", bad, "--store", tmp_path / "bad.db")
    assert (code, out) == (1, "")
    assert "failed (missing): " in told
    assert told.count("␛[2J␛[31mno.txt") >= 2  # at once, and in the sum
    assert "\x1b" not in told


def test_what_ends_a_batch_at_once_is_json_too_in_such_a_log(tmp_path: Path) -> None:
    (tmp_path / "no.db").write_text("no store")
    for sources, store, expected in (("nowhere", "s.db", 2), ("data", "no.db", 1)):
        code, out, told = aligner("batch", sources, "--store", tmp_path / store, "--log-json")
        assert (code, out) == (expected, "")
        [event] = [json.loads(line) for line in told.splitlines()]
        assert event["event"] == "error"


def test_a_summary_takes_nobodys_place(store: Path) -> None:
    """It is seen before any work: the store is not even made."""
    folder = store.parent
    for place in (
        folder / "nofolder" / "s.json",
        folder,
        folder / "pairs.csv",
        folder / "pairs" / "000" / "0000000.ar.txt",
        folder / "new.db",
        folder / "new.db-wal",
        store,
    ):
        before = place.read_bytes() if place.is_file() else None
        code, out, told = aligner(
            "batch", folder / "pairs.csv", "--store", folder / "new.db", "--summary", place
        )
        assert (code, out, told.count("\n")) == (1, "", 1)
        assert not (folder / "new.db").exists()
        assert before == (place.read_bytes() if place.is_file() else None)


def test_a_summary_may_take_the_place_of_the_last_one(store: Path) -> None:
    again = ("batch", store.parent / "pairs.csv", "--store", store, "--dry-run", "--summary")
    for place in (store.parent / "summary.json", "/dev/null", "-"):
        code, out, _ = aligner(*again, place)
        assert code == 0
    assert json.loads(out)["known"] == 4


@pytest.mark.parametrize(
    "arguments",
    [("batch",), ("batch", "data"), ("batch", "data", "--store", "/tmp/x.db", "--scheduler", "x"),
     ("batch", "nowhere", "--store", "/tmp/never-made.db")],
)  # fmt: skip
def test_wrong_use_ends_with_2(arguments: tuple[str, ...]) -> None:
    code, out, told = aligner(*arguments)
    assert (code, out) == (2, "")
    assert "Traceback" not in told


def test_the_status_tells_of_the_last_run(store: Path) -> None:
    code, out, _ = aligner("batch", "--status", store)
    assert code == 0
    assert "finished" in out
    assert "4 of 4 pairs: 4 compared" in out


def test_a_store_is_looked_at_checked_and_tidied(store: Path) -> None:
    code, out, _ = aligner("store", "info", store)
    assert code == 0
    assert "4 pairs" in out
    assert "embed:" in out
    assert aligner("store", "check", store)[:2] == (0, "sound\n")
    assert aligner("store", "vacuum", store)[0] == 0
    assert aligner("store", "check", store.parent / "no.db")[0] == 1


def test_a_store_is_exported_to_stdout_or_a_file(store: Path) -> None:
    code, out, told = aligner("store", "export", store, "--to", "comparisons")
    assert (code, told) == (0, "4 pairs\n")
    assert len(out.splitlines()) == 4
    target = store.parent / "out.tmx"
    assert aligner("store", "export", store, "-o", target)[0] == 0
    assert target.read_text(encoding="utf-8").startswith("<?xml")


def test_a_memory_says_how_many_pairs_it_left_out_and_how_to_have_them(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s.db", write=True) as store, store.writing():
        kinds = (PairKind.PARALLEL, PairKind.COMPARABLE, PairKind.COMPARABLE)
        for number, kind in enumerate(kinds):
            made = replace(library(), pair=replace(library().pair, kind=kind))
            name = PairName("ar", str(number))
            store.put_result(name, pack(made), inputs=b"1", label=None, source="s")
    export = ("store", "export", tmp_path / "s.db", "--to")
    code, out, told = aligner(*export, "tmx")
    assert (code, out.count("<tu ")) == (0, 6)
    assert told == ("1 pair\nleft out as no translations: 2 pairs; --kind comparable writes them\n")
    code, out, told = aligner(
        *export, "tmx", "--kind", "comparable", "--kind", "noisy parallel", "--at-least", "0.98"
    )
    assert (code, out.count("<tu "), told) == (0, 2, "2 pairs\n")
    assert aligner(*export, "jsonl")[2] == "3 pairs\n"


def show(*arguments: object) -> tuple[int, str]:
    code = "import typer; from aligner.cli.overview import overview; typer.run(overview)"
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    return done.returncode, done.stdout


def test_an_overview_is_told_or_written(store: Path) -> None:
    code, out = show(store)
    assert code == 0
    assert out.startswith("4 pairs: ")
    page = store.parent / "o.html"
    reports = store.parent / "reports"
    assert show(store, "-o", page, "--reports", reports) == (0, "")
    for report in reports.iterdir():
        assert f'href="reports/{report.name}"' in page.read_text(encoding="utf-8")
    assert len(list(reports.iterdir())) == 4


def test_an_overview_that_is_written_says_so_as_other_commands_do(store: Path) -> None:
    page = store.parent / "said.html"
    code, out, told = aligner("overview", store, "-o", page)
    assert (code, out, told) == (0, "", f"wrote {page}\n")
    reports = store.parent / "said"
    code, out, told = aligner("overview", store, "--reports", reports, "--top", "1", "-o", page)
    assert told == f"wrote 1 report into {reports}\nwrote {page}\n"
    code, out, told = aligner("overview", store)
    assert (code, told) == (0, "")
