"""The plot of what pairing costs, from a table of measures."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from aligner import ingest, samples
from benchmarks import piles_plot
from tests.conftest import ROOT

SVG = "{http://www.w3.org/2000/svg}"


def row(articles: int, f1: float) -> dict[str, float]:
    named = dict.fromkeys(piles_plot.COLUMNS, 1.0)
    return {**named, "articles": articles, "f1": f1, "children_s": articles / 100}


def test_each_size_is_a_point_and_f1_falls_downwards() -> None:
    drawn = ElementTree.fromstring(piles_plot.draw([row(1000, 0.98), row(10_000, 0.97)]))
    lines = [line.get("points", "") for line in drawn.iter(f"{SVG}polyline")]
    assert len(lines) == 3
    (x, y), (second_x, second_y) = (map(float, p.split(",")) for p in lines[-1].split())
    assert second_x > x
    assert second_y > y  # the lower, the further down the page


def test_measures_are_added_to_a_table_that_can_be_drawn(tmp_path: Path) -> None:
    articles = tmp_path / "a.jsonl"
    names = {}
    with articles.open("w", encoding="utf-8") as lines:
        for path, side in zip(samples.paths("water"), ("ar", "en"), strict=True):
            texts = [p.text for p in ingest.read_article(path).paragraphs]
            names[side] = f"water.{side}"
            lines.write(json.dumps({"id": names[side], "lang": side, "paragraphs": texts}) + "\n")
    gold = tmp_path / "gold.json"
    gold.write_text(json.dumps({"pairs": [[names["ar"], names["en"]]], **names_in_lists(names)}))
    measured = tmp_path / "m.tsv"
    command = [sys.executable, "-m", "benchmarks.docpair", articles, "--gold", gold]
    for _ in range(2):
        done = [*command, "--out", tmp_path / "p.json", "--append", measured]
        subprocess.run(list(map(str, done)), check=True, cwd=ROOT, capture_output=True)
    assert len(measured.read_text(encoding="utf-8").splitlines()) == 3
    [one] = piles_plot.read(measured)
    assert one["articles"] == 1
    assert one["f1"] == 1.0
    assert re.search(r"\| 1 \| .*\| 1\.000 \|", piles_plot.table([one]))


def names_in_lists(names: dict[str, str]) -> dict[str, list[str]]:
    return {side: [name] for side, name in names.items()}
