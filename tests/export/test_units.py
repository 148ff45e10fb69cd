"""Tables of beads: one a line, whatever the texts hold."""

from __future__ import annotations

import csv
import json

import pytest
from hypothesis import given

from aligner.bitext import Bead, Comparison
from aligner.export import jsonl, tsv
from aligner.export.units import units
from tests.comparisons import AR, EN, article, comparison, library
from tests.report.strategies import comparisons


@given(comparisons())
def test_a_tsv_has_a_line_for_every_bead_and_a_field_for_every_column(made: Comparison) -> None:
    lines = tsv.render(made).encode("utf-8", "replace").decode().split("\n")
    assert lines.pop() == ""
    assert lines.pop(0).split("\t") == list(tsv.COLUMNS)
    assert len(lines) == len(made.alignment)
    for number, row in enumerate(csv.reader(lines, delimiter="\t", strict=True)):
        fields = dict(zip(tsv.COLUMNS, row, strict=True))
        bead = made.alignment.beads[number]
        assert fields["bead"] == str(number)
        assert fields["type"] == bead.type
        assert (fields["similarity"] == "") is bead.is_null


def test_a_straight_quotation_mark_at_the_beginning_of_a_field_swallows_no_rows() -> None:
    english = ['"We stay.', '"We go", he said.']
    made = comparison(
        article(AR, [["نبقى."], ["قال: نذهب."]]),
        article(EN, [[sentence] for sentence in english]),
        [Bead((n,), (n,), 0.9, 0.9) for n in (0, 1)],
    )
    rows = csv.DictReader(tsv.render(made).splitlines(), delimiter="\t")
    assert [row["en"] for row in rows] == english


@pytest.mark.parametrize("text", ["- We stay.", "=1+1", "+20 2 2795", "@harbour"])
def test_a_text_that_a_spreadsheet_would_take_for_a_formula_is_not_altered(text: str) -> None:
    made = comparison(article(AR, [["نبقى."]]), article(EN, [[text]]), [Bead((0,), (0,), 0.9, 0.9)])
    assert tsv.render(made).endswith(f"\t{text}\n")


@given(comparisons())
def test_json_lines_are_read_back(made: Comparison) -> None:
    lines = [json.loads(line) for line in jsonl.render(made).split("\n")[:-1]]
    assert [(tuple(x["ar_sentences"]), tuple(x["en_sentences"])) for x in lines] == [
        (b.ar, b.en) for b in made.alignment
    ]


def test_units_below_the_least_probability_are_left_out() -> None:
    assert [u.number for u in units(library(), at_least=0.9)] == [0, 1, 2, 3, 5, 6]
    assert [u.number for u in units(library(), at_least=0.9, nulls=False)] == [0, 1, 2, 3, 5]


def test_a_unit_says_what_differs_in_it() -> None:
    assert [u.divergences for u in units(library())][1:4] == [
        ("ar:number",),
        ("ar:clause",),
        ("ar:moved",),
    ]
