"""JSON gives back exactly what was written."""

from __future__ import annotations

import json as json_library
import re
from dataclasses import asdict, fields
from pathlib import Path

import pytest
from hypothesis import given

from aligner.bitext import Bead, Comparison, Divergence
from aligner.errors import BadComparison
from aligner.report import json
from aligner.text import Article, Paragraph, Sentence
from tests.comparisons import library
from tests.report.strategies import comparisons

ROOT = Path(__file__).parent.parent.parent


@given(comparisons())
def test_a_comparison_comes_back_equal(comparison: Comparison) -> None:
    again = json.read(json.render(comparison).encode())
    assert asdict(again) == asdict(comparison)  # == passes over some fields, such as notes


@pytest.mark.parametrize("part", [Article, Paragraph, Sentence, Bead, Divergence])
def test_no_field_is_forgotten(part: type) -> None:
    written = json.render(library())
    # `articles` tells the language; sentences that are read back are given ones, and so is a title.
    told = {(Article, "language"), (Article, "rule_split"), (Article, "title_guessed")}
    for field in fields(part):
        if (part, field.name) not in told:
            assert f'"{field.name}": ' in written


def test_arabic_is_written_in_arabic_letters() -> None:
    assert "بلدية الميناء" in json.render(library())


def test_spans_are_code_points_of_the_paragraph() -> None:
    written = json.to_dict(library())
    clause = next(d for d in written["divergences"] if d["kind"] == "clause")
    text = written["articles"]["ar"]["paragraphs"][clause["paragraph"]]["text"]
    start, end = clause["span"]
    assert text[start:end] == clause["text"] == "وإن الأهالي تبرعوا بنصف الكتب"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not JSON"),
        ("[]", "'schema' is None"),
        ('{"schema": "aligner.comparison/9"}', "this version reads 'aligner.comparison/1'"),
        ('{"schema": "aligner.comparison/1"}', "the field 'pair' is missing"),
        ('{"schema": "aligner.comparison/1", "pair": 3, "articles": 3}', "a wrong value"),
    ],
)
def test_what_is_no_comparison_is_told_in_one_line(text: str, said: str) -> None:
    with pytest.raises(BadComparison, match=said) as raised:
        json.read(text)
    assert "\n" not in str(raised.value)


def test_a_sentence_that_the_article_lacks_is_refused() -> None:
    written = json.to_dict(library())
    written["beads"][0]["en"] = [9]
    with pytest.raises(BadComparison, match="en has no sentence 9"):
        json.from_dict(written)


def test_a_file_from_before_the_least_probability_is_read() -> None:
    written = json.to_dict(library().at_least(0.9))
    assert written["least_probability"] == 0.9
    del written["least_probability"]
    assert json.from_dict(written).least_probability == 0.0


def test_every_field_is_documented() -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`([a-z_]+)`", page))
    written: set[str] = set()

    def collect(value: object) -> None:
        if isinstance(value, dict):
            written.update(value)
            for inner in value.values():
                collect(inner)
        elif isinstance(value, list):
            for inner in value:
                collect(inner)

    collect(json.to_dict(library()))
    assert written - documented == set()
    assert json.SCHEMA in page


def test_the_example_in_the_documentation_runs() -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert code is not None
    exec(code.group(1), {"text": json_library.dumps(json.to_dict(library()))})
