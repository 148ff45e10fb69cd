"""Moses: line n of one file stands for line n of the other."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given

from aligner.bitext import Comparison
from aligner.export import moses
from tests.comparisons import library
from tests.report.strategies import comparisons


def lines(made: Comparison, at_least: float = 0.0) -> list[list[str]]:
    with zipfile.ZipFile(io.BytesIO(moses.render(made, at_least=at_least))) as archive:
        names = ("bitext.ar", "bitext.en")
        return [archive.read(name).decode().split("\n")[:-1] for name in names]


@given(comparisons())
def test_both_files_have_a_line_for_every_two_sided_bead(made: Comparison) -> None:
    ar, en = lines(made)
    assert len(ar) == len(en) == len([b for b in made.alignment if not b.is_null])
    assert all(ar)
    assert all(en)


def test_unsure_pairs_are_left_out_on_request() -> None:
    ar, en = lines(library(), at_least=0.95)
    assert len(ar) == 3
    assert en[1] == "The town of Al-Mina opened a public library of 5,300 books on Tuesday."
