"""The command `aligner pair`, as a user runs it."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from aligner import samples
from aligner.store import Store
from tests.conftest import ROOT, SEEDS

AR, EN = "002_b6a495e6997c87aa", "000_3ede18a199c0dbaf"


def run(*arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "aligner", "pair", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=cwd)


def test_the_pair_of_the_seeds_is_told_with_its_reason() -> None:
    done = run("seeds")
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.startswith("1 pair\n")
    assert f"{AR}.txt" in done.stdout
    assert "sentences match" in done.stdout
    assert "3 articles without a counterpart" in done.stdout


def test_json_holds_pairs_and_unpaired_with_probabilities() -> None:
    document = json.loads(run("seeds", "--to", "json").stdout)
    [pair] = document["pairs"]
    assert pair["probability"] >= 0.95
    assert len(document["unpaired"]) == 3
    assert document["signature"].startswith("aligner ")


def test_a_table_has_a_row_for_every_pair_and_every_lone_article() -> None:
    rows = list(csv.DictReader(run("seeds", "--to", "tsv").stdout.splitlines(), delimiter="\t"))
    assert [row["pair"] for row in rows] == ["yes", "no: en", "no: en", "no: en"]


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_a_manifest_names_the_files_from_its_own_folder(tmp_path: Path, suffix: str) -> None:
    manifest = tmp_path / f"pairs.{suffix}"
    assert run("seeds", "-o", manifest).returncode == 0
    text = manifest.read_text(encoding="utf-8")
    rows = (
        [json.loads(line) for line in text.splitlines()]
        if suffix == "jsonl"
        else list(csv.DictReader(text.splitlines()))
    )
    [row] = rows
    assert (tmp_path / row["ar"]).resolve() == SEEDS / f"{AR}.txt"
    assert (tmp_path / row["en"]).resolve() == SEEDS / f"{EN}.txt"


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_a_manifest_names_files_as_they_are_called(tmp_path: Path, suffix: str) -> None:
    for path, name in zip(samples.paths("water"), ("ماء  عذب.ar", 'a\u00a0"b",c.en'), strict=True):
        (tmp_path / f"{name}.txt").write_bytes(path.read_bytes())
    assert run(".", "-o", f"pairs.{suffix}", cwd=tmp_path).returncode == 0
    command = [sys.executable, "-m", "aligner", "batch", f"pairs.{suffix}", "--store", "s.db"]
    done = subprocess.run([*command, "--jobs", "1"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("suffix", "ids", "first"),
    [
        ("csv", lambda path: path.stem, "water.ar"),
        ("jsonl", lambda path: path.stem, "water.ar"),
        ("csv", lambda path: path.name.partition(".")[0], "water"),  # both languages share an id
        ("csv", lambda _: None, "1"),
    ],
)
def test_the_pairs_of_a_pile_in_one_file_go_on_to_the_batch(
    tmp_path: Path, suffix: str, ids: Callable[[Path], str | None], first: str
) -> None:
    crawl = tmp_path / "crawl" / "2024.jsonl"
    crawl.parent.mkdir()
    files = [*samples.paths("water"), *samples.paths("olives"), *samples.paths("library")[:1]]
    with crawl.open("w", encoding="utf-8") as lines:
        for path in files:
            record = {"id": ids(path), "text": path.read_text(encoding="utf-8")}
            lines.write(json.dumps(record) + "\n")
    manifest = tmp_path / f"pairs.{suffix}"
    assert run(crawl, "-o", manifest).returncode == 0
    rows = manifest.read_text(encoding="utf-8")
    assert f"crawl/2024.jsonl#{first}" in rows
    if suffix == "csv":
        assert len({row["id"] for row in csv.DictReader(rows.splitlines())}) == 2
    command = [sys.executable, "-m", "aligner", "batch", str(manifest), "--jobs", "1"]
    store = tmp_path / "s.aligner"
    done = subprocess.run(
        [*command, "--store", str(store)], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr
    with Store.open(store) as kept:
        assert kept.counts()["article"] == 4


def test_explaining_a_decoy_says_what_goes_better() -> None:
    done = run("seeds", "--explain", f"{AR}.txt", "001_6097995370764821.txt")
    assert "not a pair" in done.stdout
    assert f"goes better with seeds/{EN}.txt" in done.stdout


EVIL = "خبر\x1b[2J\x1b[31mX\nsecond \u202eline"


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    """A pile whose ids hold what would steer a terminal, with a record that cannot be read."""
    path = tmp_path / "evil.jsonl"
    texts = [p.read_text(encoding="utf-8") for p in (*samples.paths("water"), SEEDS / f"{EN}.txt")]
    records = [{"id": f"{EVIL}{n}", "text": text} for n, text in enumerate([*texts, ""])]
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


@pytest.mark.parametrize("arguments", [(), ("--explain", EVIL + "0", EVIL + "1")])
def test_no_id_of_an_article_steers_the_terminal(evil: Path, arguments: tuple[str, ...]) -> None:
    done = run(evil, *arguments)
    assert done.returncode == 0, done.stderr
    name = "\u2068خبر␛[2J␛[31mX second \u202eline{}\u202c\u2069"
    assert f"{name.format(0)}  ↔  {name.format(1)}" in done.stdout
    assert "\x1b" not in done.stdout + done.stderr
    assert "\nsecond" not in done.stdout + done.stderr
    assert not arguments or done.stderr.startswith("left out: ")


def test_for_a_program_an_id_stands_as_it_is(evil: Path) -> None:
    [pair] = json.loads(run(evil, "--to", "json").stdout)["pairs"]
    assert (pair["ar"], pair["en"]) == (f"{EVIL}0", f"{EVIL}1")


def test_align_goes_on_to_a_report_of_each_pair_numbered_as_in_a_table(tmp_path: Path) -> None:
    done = run("seeds", "--align", "-o", tmp_path / "reports")
    assert done.returncode == 0
    assert "wrote 1 report into" in done.stderr
    assert "3 articles without a counterpart" in done.stderr
    assert sorted(p.name for p in (tmp_path / "reports").iterdir()) == ["0001.html", "pairs.csv"]


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """A folder with two pairs, and a manifest of one of them."""
    folder = tmp_path / "pile"
    folder.mkdir()
    for path in (*samples.paths("water"), *samples.paths("olives")):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "list.csv").write_text("path\nwater.ar.txt\nwater.en.txt\n")
    return folder


def test_reports_of_a_former_run_do_not_stay_beside_the_new_ones(
    pile: Path, tmp_path: Path
) -> None:
    reports = tmp_path / "reports"
    assert run(pile, "--align", "-o", reports).returncode == 0
    (reports / "notes.html").touch()
    assert sorted(p.name for p in reports.glob("0*")) == ["0001.html", "0002.html"]
    assert run(pile / "list.csv", "--align", "-o", reports).returncode == 0
    assert sorted(p.name for p in reports.iterdir()) == ["0001.html", "notes.html", "pairs.csv"]


def test_a_page_that_is_no_report_of_ours_is_neither_dropped_nor_replaced(
    pile: Path, tmp_path: Path
) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "0009.html").write_text("<p>mine")
    done = run(pile, "--align", "-o", reports)
    assert done.returncode == 1
    assert "0009.html: is no report, but is called as one; name another folder" in done.stderr
    assert [p.name for p in reports.iterdir()] == ["0009.html"]


@pytest.mark.parametrize(
    ("sources", "arguments"),
    [
        (("list.csv",), ("-o", "list.csv")),
        (("list.csv",), ("-o", "water.ar.txt")),  # the manifest names it
        ((".",), ("-o", "water.ar.txt")),
        (("*.txt",), ("-o", "water.ar.txt")),
        (("pairs.csv",), ("--align", "-o", ".")),
    ],
)
def test_what_is_read_is_not_written_over(
    pile: Path, sources: tuple[str, ...], arguments: tuple[str, ...]
) -> None:
    (pile / "pairs.csv").write_bytes((pile / "list.csv").read_bytes())
    before = {path.name: path.read_bytes() for path in pile.iterdir()}
    done = run(*sources, *arguments, cwd=pile)
    assert done.returncode == 1
    assert "is what is being read; name another file" in done.stderr
    assert {path.name: path.read_bytes() for path in pile.iterdir()} == before


def test_a_table_may_be_written_again_into_the_folder_it_was_made_from(pile: Path) -> None:
    for _ in range(2):
        assert run(".", "-o", "pairs.csv", cwd=pile).returncode == 0


def test_what_cannot_be_read_is_listed_once_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    done = run("seeds", tmp_path)
    assert done.returncode == 0
    assert "2 left out" in done.stdout
    assert "empty.txt" in done.stdout
    assert "1 file of other kinds (.jpg)" in done.stdout
    assert done.stderr == ""
    table = run("seeds", tmp_path, "--to", "tsv")
    assert "empty.txt" not in table.stdout
    assert "empty.txt" in table.stderr


def test_of_much_that_cannot_be_read_the_first_is_told(tmp_path: Path) -> None:
    for n in range(25):
        (tmp_path / f"{n:02d}.txt").write_text(" ")
    told = run("seeds", tmp_path, "--to", "csv").stderr.splitlines()
    assert len(told) == 21
    assert told[-1] == "left out: 5 more; --to json lists them all"


def test_a_window_says_for_how_many_articles_it_can_forbid_nothing() -> None:
    done = run("seeds", "--within", "3d", "--same-outlet")
    assert done.stdout.startswith("1 pair\n")
    assert "--within: 5 of 5 articles have no known date" in done.stderr
    assert "--same-outlet: 5 of 5 articles have no known outlet" in done.stderr


def test_a_folder_with_nothing_to_read_is_told(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"left out: {tmp_path}: there is no file in this folder",
        "aligner: no Arabic or English article could be read; see the lines above",
    ]


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("nowhere",), 1, "aligner: nowhere: there is no such file or folder"),
        (("seeds", "--within", "soon"), 2, "no span of days"),
        (("seeds", "-o", "pairs.pdf"), 2, "pairs.pdf: no format has the suffix '.pdf'"),
        (("nowhere", "-o", "no/pairs.csv"), 1, "no/pairs.csv: there is no folder no"),
        (("nowhere", "--align", "-o", "README.md"), 1, "README.md: cannot be made a folder"),
        (("seeds", "--explain", "x", "y"), 1, "no article named 'x'"),
        (("seeds", "--explain", "002_b6", AR), 1, f"did you mean seeds/{AR}.txt?"),
        (("seeds", "--explain", ".txt", AR), 1, "'.txt' may be"),
        (("seeds", "--align", "--to", "csv"), 2, "list of pairs"),
        (("seeds", "--align", "--explain", "a", "b"), 2, "give one"),
        (("seeds", "--explain", "a", "b", "-o", "x.txt"), 2, "leave -o out"),
    ],
)
def test_a_mistake_ends_in_one_line(arguments: tuple[str, ...], status: int, message: str) -> None:
    done = run(*arguments)
    assert done.returncode == status
    assert message in done.stderr
    assert "Traceback" not in done.stderr
