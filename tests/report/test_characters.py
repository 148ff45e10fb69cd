"""Any character can be shown, and none reaches beyond its own text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from aligner.report.characters import contained, harmless, isolated, named, shortened, visible

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def test_an_escape_is_shown_and_steers_no_terminal() -> None:
    assert visible("a\x1b[31mb\x00\x7f\x9b") == "a␛[31mb␀␡\ufffd"


def test_line_ends_of_any_kind_become_spaces() -> None:
    assert visible("a\nb\r\tc\u2028d\u2029e\x85f") == "a b  c d e f"


def test_an_override_that_is_left_open_is_closed() -> None:
    assert contained("a\u202eb") == "a\u202eb\u202c"
    assert contained("\u2067a\u202eb") == "\u2067a\u202eb\u202c\u2069"


def test_a_closer_that_closes_nothing_loses_its_effect() -> None:
    assert contained("a\u2069b\u202cc") == "a\u2060b\u2060c"


def test_an_isolates_end_closes_what_was_opened_in_it() -> None:
    assert contained("\u2067a\u202eb\u2069c") == "\u2067a\u202eb\u2069c"


def test_direction_marks_that_change_nothing_around_them_stay() -> None:
    assert contained("\u200fا\u200e\u061c") == "\u200fا\u200e\u061c"


@given(st.text())
def test_what_is_visible_keeps_its_length(text: str) -> None:
    assert len(visible(text)) == len(text)
    visible(text).encode()


@given(st.text(alphabet="ab ا" + BIDI))
def test_contained_text_is_balanced_and_keeps_its_places(text: str) -> None:
    depth: list[str] = []
    for character in contained(text):
        if character in "\u202a\u202b\u202d\u202e":
            depth.append("embedding")
        elif character in "\u2066\u2067\u2068":
            depth.append("isolate")
        elif character == "\u202c":
            assert depth.pop() == "embedding"
        elif character == "\u2069":
            while depth.pop() != "isolate":
                pass
    assert depth == []
    kept = contained(text)[: len(text)]
    assert all(a in (b, "\u2060") for a, b in zip(kept, text, strict=True))
    assert contained(contained(text)) == contained(text)


def test_an_isolated_text_begins_and_ends_its_isolate() -> None:
    assert isolated("عمرو", right_to_left=True) == "\u2067عمرو\u2069"
    assert isolated("Amr", right_to_left=False) == "\u2066Amr\u2069"


def test_a_name_with_arabic_letters_is_isolated_and_any_other_is_left_bare() -> None:
    assert named("ماء.txt") == "\u2068ماء.txt\u2069"
    assert named("crawl/ماء 2.txt") == "\u2068crawl/ماء 2.txt\u2069"
    assert named("news/water 2.txt") == "news/water 2.txt"
    assert named("Übersicht №5.txt") == "Übersicht №5.txt"


@given(st.text(alphabet=BIDI + "\x1b\n\x07aب"))
def test_a_harmless_line_steers_nothing_and_stays_one_line(text: str) -> None:
    for shown in (harmless(text), named(text)):
        assert not set(shown) & set("\x1b\n\x07")
        assert contained(shown) == shown


def test_a_long_text_is_cut_at_a_words_end() -> None:
    assert shortened("one two, three four", 12) == "one two…"
    assert shortened("one  two", 8) == "one two"


@given(st.text(alphabet="ab ،."), st.integers(2, 20))
def test_a_shortened_text_is_never_longer_than_asked(text: str, longest: int) -> None:
    assert len(shortened(text, longest)) <= longest
