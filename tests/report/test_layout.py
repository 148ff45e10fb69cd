"""Both articles in reading order, nothing lost and nothing twice."""

from __future__ import annotations

from hypothesis import given

from aligner.bitext import Bead, Comparison
from aligner.report.layout import BeadRow, ClutterRow, Divergences, ElsewhereRow, rows, told
from tests.comparisons import AR, EN, article, comparison, library
from tests.report.strategies import comparisons


def shape(made: Comparison) -> list[str]:
    """Each row in short: `2=3` a bead, `ar0 en5` clutter, `>3` a moved bead's English place."""

    def short(row: object) -> str:
        if isinstance(row, BeadRow):
            return "=".join(",".join(map(str, row.bead.side(side))) for side in (AR, EN))
        if isinstance(row, ElsewhereRow):
            return f">{row.number}"
        assert isinstance(row, ClutterRow)
        return " ".join(f"{side}{n}" for side in (AR, EN) for n in row.side(side))

    return [short(row) for row in rows(made)]


def test_clutter_and_moved_passages_stand_where_they_stood() -> None:
    assert shape(library()) == [
        "ar0",
        "1=0",
        ">3",
        "2=2",
        "3=3",
        "4=1",
        "5=4",
        "6,7=5",
        "8=",
        "=6",
        "ar7 en7 en8",
    ]


def test_clutter_between_two_sentences_of_a_bead_follows_it() -> None:
    ar = article(AR, [["a"], ["advert"], ["b"], ["c"]], clutter=[1])
    en = article(EN, [["ab"], ["c"]])
    made = comparison(ar, en, [Bead((0, 2), (0,), 0.9, 0.9), Bead((3,), (1,), 0.9, 0.9)])
    assert shape(made) == ["0,2=0", "ar1", "3=1"]


def test_a_passage_that_moved_to_the_end_is_pointed_to_there() -> None:
    ar = article(AR, [["a"], ["b"]])
    en = article(EN, [["b"], ["a"]])
    made = comparison(ar, en, [Bead((0,), (1,), 0.9, 0.9, moved=True), Bead((1,), (0,), 0.9, 0.9)])
    assert shape(made) == ["0=1", "1=0", ">0"]


@given(comparisons())
def test_every_bead_and_every_clutter_paragraph_has_one_row(made: Comparison) -> None:
    found = list(rows(made))
    assert [r.number for r in found if isinstance(r, BeadRow)] == list(range(len(made.alignment)))
    for side in (AR, EN):
        apart = [n for r in found if isinstance(r, ClutterRow) for n in r.side(side)]
        assert apart == [n for n, p in enumerate(made.side(side).paragraphs) if p.boilerplate]
    pointers = sorted(r.number for r in found if isinstance(r, ElsewhereRow))
    assert pointers == [n for n, b in enumerate(made.alignment) if b.moved]


def test_the_arabic_is_told_first_and_what_moved_last() -> None:
    made = library()
    kinds = [(made.divergences[n].side, str(made.divergences[n].kind)) for n in told(made)]
    assert kinds == [
        (AR, "clause"),
        (AR, "paragraph"),
        (EN, "sentence"),
        (AR, "number"),
        (AR, "moved"),
    ]


def test_a_sentence_is_cut_where_a_mark_begins_and_ends() -> None:
    made = library()
    text = made.ar.sentences[3].stripped
    pieces = list(Divergences(made).stretches(AR, 3, text))
    assert [(piece, len(over)) for piece, over in pieces] == [
        ("وقال رئيس البلدية سامي الحداد إن المبنى كلّف 1.2 مليون دولار، ", 0),
        ("وإن الأهالي تبرعوا بنصف الكتب", 1),
        (".", 0),
    ]


@given(comparisons())
def test_the_pieces_of_a_sentence_are_the_sentence_with_what_closes_it(made: Comparison) -> None:
    found = Divergences(made)
    for side in (AR, EN):
        for number, sentence in enumerate(made.side(side).sentences):
            shown = sentence.stripped + "\u2069"
            pieces = [piece for piece, _ in found.stretches(side, number, shown)]
            assert "".join(pieces) == shown
            assert all(pieces)
