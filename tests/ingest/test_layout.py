from __future__ import annotations

import re
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import UnknownName
from aligner.ingest.layout import is_blank, split_paragraphs

LONG_AR = (
    "افتتحت بلدية المدينة يوم الأحد مكتبة عامة جديدة في حي الميناء، بعد عامين من الأعمال التي "
    "تأخرت مرارا بسبب نقص التمويل، وقالت رئيسة البلدية إن القاعة ستبقى مفتوحة حتى منتصف الليل."
)
LONG_EN = (
    "The city opened a new public library in the harbour district on Sunday, after two years of "
    "work that had been held up again and again for want of money, and the mayor said it would "
    "stay open until midnight."
)


def texts(text: str, paragraphs: str = "auto") -> list[str]:
    return [p.text for p in split_paragraphs(text, paragraphs)[0]]


def test_a_paragraph_a_line_keeps_its_line_number_over_blank_lines() -> None:
    found, notes = split_paragraphs("عنوان\n\n\nنص أول.\n \t\nنص ثان.\n")
    assert [(p.line, p.text) for p in found] == [(1, "عنوان"), (4, "نص أول."), (6, "نص ثان.")]
    assert notes == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"])
def test_every_mark_that_ends_a_line_is_known(end: str) -> None:
    assert texts(f"أول.{end}{end}ثان.{end}") == ["أول.", "ثان."]


def test_line_numbers_count_as_an_editor_does() -> None:
    found, _ = split_paragraphs("one.\r\ntwo.\rthree.\u2028four.\nfive.")
    assert [p.line for p in found] == [1, 2, 3, 3, 4]


@pytest.mark.parametrize("width", [40, 60, 72, 100])
@pytest.mark.parametrize("long", [LONG_AR, LONG_EN])
def test_hard_wrapped_paragraphs_are_joined_again(long: str, width: int) -> None:
    wrapped = "\n\n".join([textwrap.fill(long, width)] * 3)
    found, notes = split_paragraphs(wrapped)
    assert [p.text for p in found] == [long] * 3
    assert notes[0].startswith("lines joined into paragraphs (they look wrapped at")


def test_wrapped_paragraphs_without_blank_lines_end_with_their_short_line() -> None:
    wrapped = "\n".join([textwrap.fill(LONG_EN, 60)] * 4)
    assert texts(wrapped) == [LONG_EN] * 4


@pytest.mark.parametrize(
    ("before", "after"), [("", "\u200f"), ("\u202b", "\u202c"), ("\u200e", "")]
)
def test_bidi_marks_around_wrapped_lines_change_no_paragraph(before: str, after: str) -> None:
    lines = [*textwrap.wrap(LONG_AR, 60), "- القاعة", "- الحديقة", *textwrap.wrap(LONG_AR, 60)]
    marked = texts("\n".join(f"{before}{line}{after}" for line in lines))
    plain = texts("\n".join(lines))
    assert [re.sub("[\u200e\u200f\u202b\u202c]", "", text) for text in marked] == plain
    assert len(plain) == 4


def test_a_heading_and_a_list_among_wrapped_lines_stay_apart() -> None:
    wrapped = "\n".join(["The library", textwrap.fill(LONG_EN, 60), "- the hall", "- the garden"])
    text = f"{wrapped}\n\n{textwrap.fill(LONG_EN, 60)}"
    assert texts(text) == ["The library", LONG_EN, "- the hall", "- the garden", LONG_EN]


def test_a_dash_that_comes_to_stand_at_the_margin_is_no_list() -> None:
    text = "The library that the city had promised to the people of the harbour - open at last"
    wrapped = f"{text[:67]}\n{text[68:]}\n\n{textwrap.fill(LONG_EN, 70)}"
    assert wrapped.splitlines()[1].startswith("- open")
    assert texts(wrapped) == [text.strip(), LONG_EN]


def test_short_entries_one_under_the_other_are_not_joined() -> None:
    entries = ["State validation in development now", "Fraud proofs in development by now"]
    text = "\n".join(
        ["Proofs only for users on a list that is not open to anybody yet", *entries * 2]
    )
    assert len(texts(text)) == 5


def test_a_word_cut_at_the_margin_is_put_together() -> None:
    assert texts("a well-\nknown library", "blank") == ["a well-known library"]


@pytest.mark.parametrize("long", [LONG_AR, LONG_EN])
def test_long_lines_one_under_the_other_are_paragraphs(long: str) -> None:
    found, notes = split_paragraphs(f"{long}\n{long}\n\n{long}")
    assert len(found) == 3
    assert notes == ["one paragraph a line (the lines do not look wrapped)"]


def test_short_finished_lines_are_paragraphs() -> None:
    text = "قال الوزير ذلك في بيان قصير أمس.\nولم يعلق.\nثم غادر القاعة مع من كان معه.\nانتهى."
    assert len(texts(text)) == 4


def test_lines_of_verse_are_not_joined() -> None:
    verse = "Shall I compare thee\nto a summer's day of May\nwith winds\nand darling buds that go"
    assert len(texts(verse)) == 4


def test_a_wish_overrides_the_evidence_and_is_told() -> None:
    text = "one\ntwo\n\nthree"
    assert split_paragraphs(text, "blank")[1] == ["paragraphs at blank lines, as asked"]
    assert texts(text, "blank") == ["one two", "three"]
    assert texts(text, "line") == ["one", "two", "three"]
    with pytest.raises(UnknownName, match="no way to tell paragraphs named 'both'"):
        split_paragraphs(text, "both")


def test_a_line_of_marks_that_show_nothing_is_blank() -> None:
    assert is_blank("\u200f \u202a\ufeff\xa0")
    assert texts("one\n\u200f\ntwo", "blank") == ["one", "two"]


def test_bidi_controls_in_a_text_are_kept() -> None:
    text = "\u202bقال \u2067Macron\u2069 ذلك\u202c \u200fثم"
    assert texts(text) == [text]


def test_a_million_characters_on_one_line_are_one_paragraph() -> None:
    line = "كلمة " * 200_000
    (paragraph,) = split_paragraphs(line)[0]
    assert paragraph.text == line.strip()


@given(
    st.text(alphabet="اب. \n\r\u2028-x", max_size=200), st.sampled_from(["auto", "line", "blank"])
)
def test_no_character_that_can_be_seen_is_lost(text: str, way: str) -> None:
    assert "".join("".join(texts(text, way)).split()) == "".join(text.split())
