"""What the documents say is run: README's Python, every public example, every command named."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

import aligner
from aligner.cli import app

ROOT = Path(__file__).parent.parent


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
