from __future__ import annotations

import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import BadArticle
from aligner.ingest.encoding import clean, decode

ARABIC = "افتتحت بلدية المدينة يوم الأحد مكتبة عامة جديدة، بعد عامين من الأعمال؛ فهل تكفي؟\n"
ENGLISH = "The mayor’s café – “open until midnight” – drew a crowd.\n"
NO_MARK = "(no byte-order mark)"


@pytest.mark.parametrize(
    ("codec", "note"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("utf-16", "read as UTF-16"),
        ("utf-16-le", f"read as UTF-16 {NO_MARK}"),
        ("utf-16-be", f"read as UTF-16 {NO_MARK}"),
        ("utf-32", "read as UTF-32"),
        ("cp1256", "read as Windows-1256"),
        ("iso8859-6", "read as ISO-8859-6"),
    ],
)
@pytest.mark.parametrize("text", [ARABIC, " ".join(ARABIC.split()[:3]), f"CNN: {ARABIC}"])
def test_arabic_comes_out_of_every_encoding_it_is_written_in(
    codec: str, note: str | None, text: str
) -> None:
    decoded = decode(text.encode(codec), name="a.txt")
    assert decoded.text == text
    assert decoded.notes == ((note,) if note else ())


@pytest.mark.parametrize("codec", ["utf-8", "utf-16", "utf-16-be", "cp1252", "cp1256"])
def test_english_comes_out_of_every_encoding_it_is_written_in(codec: str) -> None:
    assert decode(ENGLISH.encode(codec), name="a.txt").text == ENGLISH


def test_big_endian_utf_16_with_a_mark_is_read() -> None:
    content = codecs.BOM_UTF16_BE + ARABIC.encode("utf-16-be")
    assert decode(content, name="a.txt").text == ARABIC


@pytest.mark.parametrize(
    ("codec", "label"), [("cp1252", "Windows-1252"), ("cp1256", "Windows-1256")]
)
@pytest.mark.parametrize("text", [ARABIC, ENGLISH])
def test_utf_8_that_was_once_misread_is_mended(codec: str, label: str, text: str) -> None:
    spoilt = "".join(
        chr(byte)
        if codec == "cp1252" and byte in b"\x81\x8d\x8f\x90\x9d"
        else bytes([byte]).decode(codec)
        for byte in text.encode()
    )
    decoded = decode(spoilt.encode(), name="a.txt")
    assert decoded.text == text
    assert decoded.notes == (f"mended: UTF-8 that had been read as {label}",)


def test_a_few_broken_bytes_in_utf_8_are_shown_and_counted() -> None:
    content = (ARABIC * 4).encode() + b"\xd8 " + ARABIC.encode()
    decoded = decode(content, name="a.txt")
    assert decoded.text.count("\ufffd") == 1
    assert decoded.notes == ("UTF-8 with 1 character broken, first on line 5: shown as �",)


QUOTED = "The minister’s spokesman said: “No comment.” He left.\n"
LINE_2 = "first on line 2"


@pytest.mark.parametrize(
    ("stray", "read", "note"),
    [
        (b"He left\xa0early.\n", "He left\xa0early.\n", "1 character broken"),
        (b"He didn\x92t.\n", "He didn’t.\n", "1 character broken"),
        (b"He didn\x92t say \x93more\x94\n", "He didn’t say “more”\n", "3 characters broken"),
        (b"At a caf\xe9\n", "At a café\n", "1 character broken"),
    ],
)
def test_bytes_of_windows_1252_in_english_utf_8_are_read_as_what_they_are(
    stray: bytes, read: str, note: str
) -> None:
    decoded = decode(QUOTED.encode() + stray, name="a.txt")
    assert decoded.text == QUOTED + read
    assert decoded.notes == (f"UTF-8 with {note}, {LINE_2}: read as Windows-1252",)


@pytest.mark.parametrize("end", ["“", "é", "ل", "😀"])
def test_an_english_file_cut_within_a_character_is_still_utf_8(end: str) -> None:
    for kept in range(1, len(end.encode())):
        decoded = decode(QUOTED.encode() + b"He said " + end.encode()[:kept], name="a.txt")
        assert decoded.text == f"{QUOTED}He said \ufffd"
        assert decoded.notes == (f"UTF-8 with 1 character broken, {LINE_2}: shown as �",)


def test_what_fits_and_what_does_not_is_told_in_one_note() -> None:
    decoded = decode(QUOTED.encode() + b"didn\x92t: \xe2\x80", name="a.txt")
    assert decoded.text == f"{QUOTED}didn’t: \ufffd"
    assert decoded.notes == (
        f"UTF-8 with 2 characters broken, {LINE_2}: read as Windows-1252 or shown as �",
    )


def test_english_in_no_known_encoding_is_not_taken_for_arabic() -> None:
    # As MS-DOS wrote it: the accents stand where Windows has none.
    content = "Zoé’s café is à la mode, she said.".replace("’", "'").encode("cp850")
    assert text_or_refusal(content + b" \x8d\x9d\xe2") == (
        "a.txt: its encoding cannot be told (neither UTF-8, UTF-16, Windows-1256 nor ISO-8859-6 "
        "fits); save it as UTF-8"
    )


@pytest.mark.parametrize("codec", ["cp1256", "iso8859-6"])
@pytest.mark.parametrize("text", ["لا، لا، لا!", "كلا، شكرا؟", "من؟ أنت؟ وأنا؟", "ع، غ، ط؛ ظ؟"])
def test_arabic_letters_before_commas_that_look_like_utf_8_do_not_make_it(
    codec: str, text: str
) -> None:
    assert decode(f"{text} {ARABIC}".encode(codec), name="a.txt").text == f"{text} {ARABIC}"


def test_a_file_cut_within_a_letter_is_still_utf_8() -> None:
    assert decode(ARABIC.strip().encode()[:-1], name="a.txt").text == ARABIC.strip()[:-1] + "\ufffd"


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        bytes(range(256)) * 4,
        "نص\0 فيه صفر".encode(),
        b"\0" * 100,
        random.Random(1).randbytes(4096),
    ],
)
def test_a_binary_file_is_refused(content: bytes) -> None:
    with pytest.raises(BadArticle, match=r"^a\.txt: .*; save it as UTF-8"):
        decode(content, name="a.txt")


@pytest.mark.parametrize("codec", ["koi8-r", "cp1251"])
def test_a_single_byte_text_that_is_not_arabic_is_refused(codec: str) -> None:
    russian = "Город открыл в воскресенье новую библиотеку в портовом районе, где живут моряки."
    with pytest.raises(BadArticle, match="its encoding cannot be told"):
        decode(russian.encode(codec), name="a.txt")


def test_utf_16_that_breaks_off_is_refused() -> None:
    with pytest.raises(BadArticle, match="begins as UTF-16 but breaks off"):
        decode(ARABIC.encode("utf-16")[:-1], name="a.txt")


def test_a_declared_encoding_is_believed_where_the_bytes_allow_it() -> None:
    russian = "Новая библиотека"
    assert decode(russian.encode("cp1251"), name="p.html", declared="windows-1251").text == russian
    assert decode(ARABIC.encode("cp1256"), name="p.html", declared="no-such").text == ARABIC


def test_nulls_and_lone_surrogates_are_shown_as_broken_and_a_pair_is_joined() -> None:
    cleaned = clean("كتاب \ud83d ثم \ud83d\ude00 ثم \0")
    assert cleaned.text == "كتاب \ufffd ثم 😀 ثم \ufffd"
    assert cleaned.notes == ("2 characters broken, shown as �",)


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤإئ ،؛؟\n0123 abc.", max_size=400))
def test_utf_8_is_always_read_as_what_it_is(text: str) -> None:
    assert decode(text.encode(), name="a.txt").text == text


def text_or_refusal(content: bytes) -> str:
    try:
        return decode(content, name="a.txt").text
    except BadArticle as error:
        return str(error)


@given(st.binary(max_size=300))
def test_any_bytes_give_a_text_without_nulls_or_one_clear_line(content: bytes) -> None:
    found = text_or_refusal(content)
    assert "\0" not in found
    found.encode("utf-8")  # nothing that cannot be written again


def test_a_few_arabic_letters_and_commas_are_not_mended() -> None:
    # In Windows-1256 their bytes are C2 A1 C2 A1, which is UTF-8 for "¡¡".
    assert decode("آ،آ،".encode(), name="a.txt").text == "آ،آ،"
