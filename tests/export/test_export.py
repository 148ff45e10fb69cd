"""The table of formats: names, suffixes, and what is said of those it lacks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from aligner import export
from aligner.errors import OutputError, UnknownName
from tests.comparisons import library

ROOT = Path(__file__).parent.parent.parent

# The formats that need no extra; tests/export/test_office.py has the others.
CORE = [e for e in export.EXPORTERS.values() if e.name not in ("docx", "xlsx", "parquet")]


@pytest.mark.parametrize("exporter", CORE, ids=lambda e: e.name)
def test_the_suffix_names_the_format(exporter: export.Exporter, tmp_path: Path) -> None:
    rendered = exporter.render(library())
    assert isinstance(rendered, bytes) is exporter.binary
    path = library().to(tmp_path / f"PAIR{exporter.suffix.upper()}")
    assert path.read_bytes() == (rendered if isinstance(rendered, bytes) else rendered.encode())


def test_names_and_suffixes_are_each_their_own() -> None:
    assert list(export.EXPORTERS) == [e.name for e in export.EXPORTERS.values()]
    assert len({e.suffix for e in export.EXPORTERS.values()}) == len(export.EXPORTERS)


def test_the_same_comparison_gives_the_same_bytes() -> None:
    for exporter in CORE:
        assert exporter.render(library()) == exporter.render(library())


def test_a_format_may_be_named_against_the_suffix(tmp_path: Path) -> None:
    path = export.write(library(), tmp_path / "pair.txt", to="tmx")
    assert "<tmx" in path.read_text("utf-8")


@pytest.mark.parametrize("name", ["pair.docm", "pair", ".html"])
def test_an_unknown_suffix_is_told_with_those_that_are_known(name: str, tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match=r"known: .*\.html.*\.tmx"):
        export.write(library(), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_name_is_told_with_those_that_are_known(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match=r"no format named 'word'; known: .*html"):
        export.write(library(), tmp_path / "pair.html", to="word")


def test_a_least_probability_leaves_out_unsure_pairs() -> None:
    for exporter in CORE:
        if exporter.by_unit:
            assert exporter.render(library(), at_least=0.9) != exporter.render(library())


def test_an_article_is_not_written_over_by_its_own_comparison(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text("whole")
    made = library()
    made = replace(made, pair=replace(made.pair, en=replace(made.en, name=str(path))))
    with pytest.raises(OutputError, match="is what is being read; name another file"):
        made.to(path)
    assert path.read_text() == "whole"
    made.to(path.with_suffix(".html"))


@pytest.mark.parametrize("number", [90, -0.1, float("nan")])
def test_a_least_probability_is_from_0_to_1(number: float, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=f"at_least is {number}; give a probability from 0 to 1"):
        export.write(library(), tmp_path / "pair.tsv", at_least=number)
    assert list(tmp_path.iterdir()) == []


def test_the_path_may_be_a_string(tmp_path: Path) -> None:
    assert export.write(library(), f"{tmp_path}/pair.tmx", at_least=1) == tmp_path / "pair.tmx"


def test_a_page_is_never_cut_by_probability() -> None:
    with pytest.raises(OutputError, match=r"html shows the whole comparison; .* tsv, jsonl, tmx"):
        export.EXPORTERS["html"].render(library(), at_least=0.5)


def test_every_format_is_documented() -> None:
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    for exporter in export.EXPORTERS.values():
        assert f"| `{exporter.name}` | `{exporter.suffix}` |" in page
