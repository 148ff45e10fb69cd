"""XLIFF 1.2: units in order, each with a source; gaps as work to do."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from hypothesis import given

from aligner.bitext import Comparison
from aligner.export import xliff
from tests.comparisons import library
from tests.report.strategies import comparisons

X = "{urn:oasis:names:tc:xliff:document:1.2}"


@given(comparisons())
def test_any_comparison_gives_units_with_a_source_and_a_target(made: Comparison) -> None:
    root = Xml.fromstring(xliff.render(made).encode())
    units = list(root.iter(f"{X}trans-unit"))
    assert [u.get("id") for u in units] == [str(n) for n, b in enumerate(made.alignment) if b.ar]
    for unit in units:
        assert [child.tag for child in unit][:2] == [f"{X}source", f"{X}target"]


def test_a_gap_needs_translation_and_what_english_adds_is_a_note() -> None:
    root = Xml.fromstring(xliff.render(library()).encode())
    *_, gap = root.iter(f"{X}trans-unit")
    source, target, *notes = gap
    assert source.text is not None
    assert source.text.startswith("واعترض صيادون")
    assert target.get("state") == "needs-translation"
    assert [n.text for n in notes][1] == "English only: A café is to follow next year."
