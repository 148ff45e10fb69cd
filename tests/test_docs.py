"""What the documents say is run: their Python, every public example, every command named."""

from __future__ import annotations

import csv
import doctest
import importlib
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

import aligner
from aligner import samples
from aligner.batch import manifest as pairs
from aligner.batch.overview import overview
from aligner.batch.summary import Summary
from aligner.cli import app
from aligner.cli.tell_pairs import as_json
from aligner.ingest import FORMATS, jsonl, manifest
from aligner.report.overview import to_json
from aligner.store import Store

ROOT = Path(__file__).parent.parent
INPUT = ROOT / "docs" / "input.md"
# A file of an example, named in the comment above it.
_FILE = re.compile(r"<!-- (\S+\.\w+) -->\n```\w*\n(.*?)```", re.DOTALL)
_COMMAND = re.compile(r"<!-- run -->\n```sh\naligner (.*?)\n```")


@pytest.fixture(autouse=True)
def beside_the_articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The examples name files as from the checkout, but write into a folder of the test's own."""
    for folder in ("seeds", "data"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    monkeypatch.chdir(tmp_path)


def test_the_python_in_readme_does_what_it_shows() -> None:
    failed, tried = doctest.testfile(
        str(ROOT / "README.md"), module_relative=False, optionflags=doctest.ELLIPSIS
    )
    assert tried > 3
    assert failed == 0


@pytest.mark.parametrize(
    "name", ["aligner", *sorted({f"aligner.{m}" for m in aligner._HOME.values()})]
)
def test_the_examples_in_public_docstrings_work(name: str) -> None:
    failed, _ = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS)
    assert failed == 0


@pytest.mark.parametrize("function", [aligner.compare, aligner.read_article, aligner.pair_articles])
def test_each_function_of_the_api_has_an_example(function: object) -> None:
    assert ">>>" in (function.__doc__ or "")


def test_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    names = [c.name or c.callback.__name__ for c in app.registered_commands if c.callback]
    names += [g.name for g in app.registered_groups if g.name]
    for name in names:
        assert f"aligner {name}" in readme, name


def test_the_examples_of_input_are_read_as_the_page_says(tmp_path: Path) -> None:
    page = INPUT.read_text(encoding="utf-8")
    for name, content in _FILE.findall(page):
        (tmp_path / name).write_text(content, encoding="utf-8")
    failed, tried = doctest.testfile(str(INPUT), module_relative=False)
    assert tried > 3
    assert failed == 0
    pair, overview = (
        subprocess.run(
            [sys.executable, "-m", "aligner", *shlex.split(command)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        for command in _COMMAND.findall(page)
    )
    assert "left out" not in pair.stderr
    with (tmp_path / "found.csv").open(encoding="utf-8") as file:
        [row] = csv.DictReader(file)
    assert row["date"] == "2024-05-19"
    assert row["id"] == "w-ar--w-en"
    assert "The Harbour Paper            2024-05-19       2" in overview.stdout


def test_the_page_on_input_names_all_that_is_read() -> None:
    page = INPUT.read_text(encoding="utf-8")
    fields = [name for names in jsonl.FIELDS.values() for name in names]
    columns = [*manifest.PATH_COLUMNS, *manifest.LANGUAGE_COLUMNS, *pairs.COLUMNS]
    for name in (*FORMATS, *fields, *columns):
        assert f"`{name}`" in page, name


def _keys(value: object) -> set[str]:
    """The names of all fields, at any depth; those of counts are no fields."""
    if isinstance(value, list):
        return {key for item in value for key in _keys(item)}
    if not isinstance(value, dict):
        return set()
    counts = {"kinds", "failure_reasons"}
    within = {key for name, item in value.items() if name not in counts for key in _keys(item)}
    return {*value, *within}


def test_the_page_on_json_names_every_field(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    (tmp_path / "lost.csv").write_text("ar,en\nlost.ar.txt,lost.en.txt\n", encoding="utf-8")
    summary: Summary = aligner.batch(["data/", "lost.csv"], store="s.db", jobs=1)
    with Store.open(tmp_path / "s.db") as store:
        summed = to_json(overview(store))
    found = aligner.pair_articles(aligner.read_articles("seeds"))
    comparison = aligner.compare(*samples.paths("water")).to("water.json")
    for written in (
        json.dumps(summary.to_dict()),
        summed,
        as_json(found, (), ""),
        comparison.read_text(encoding="utf-8"),
    ):
        document = json.loads(written)
        assert f"`{document['schema']}`" in page
        for name in _keys(document):
            assert f"`{name}`" in page, name


def test_readme_leads_to_every_page_of_the_documents() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        assert f"(docs/{page.name})" in readme, page.name
