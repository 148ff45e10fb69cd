"""Names are known by their consonants in either script."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.segmentation.sounds import consonants, name_sounds, sound_alike


@pytest.mark.parametrize(
    ("arabic", "english"),
    [("ستوريدج", "Sturridge"), ("ترامب", "Trump"), ("وبوتين", "Putin"), ("البرادعي", "Baradei")],
)
def test_a_name_sounds_alike_in_both_scripts_with_or_without_what_is_written_before(
    arabic: str, english: str
) -> None:
    assert name_sounds(english)[0] in name_sounds(arabic)
    assert name_sounds(english)[0] != 0


def test_only_a_capital_makes_an_english_word_a_name() -> None:
    assert name_sounds("Bakers")[0] != 0
    assert name_sounds("bakers") == (0, 0)


@pytest.mark.parametrize("word", ["", "Ayo", "علي", "12", "…", "Li"])
def test_what_has_few_consonants_sounds_like_nothing(word: str) -> None:
    assert name_sounds(word) == (0, 0)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzكتابجمشغخ’ـَّ", max_size=12))
def test_consonants_are_plain_letters_and_none_is_doubled(word: str) -> None:
    found = consonants(word)
    assert all("a" <= c <= "z" for c in found)
    assert all(a != b for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("حفتر", "haftar"),
        ("حميدتي", "hamidati"),
        ("والبرازيل", "brazil"),
        ("إنتيليجنس", "intelligence"),
        ("سرت", "sirte"),  # the last e is silent
        ("الجفرة", "jufra"),
        ("طهران", "tehran"),
        ("عمّان", "amman"),
        ("تويتر", "twitter"),
    ],
)
def test_a_name_keeps_its_long_vowels_and_those_at_its_ends(arabic: str, english: str) -> None:
    assert sound_alike(arabic, english)


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        ("قياسات", "coast"),  # measurements
        ("منذ", "monday"),  # since
        ("نجلس", "english"),  # we sit
        ("فرد", "friday"),  # a person
        ("مارس", "marsa"),  # March
        ("حفتر", "sirte"),
    ],
)
def test_consonants_alone_do_not_make_a_name(arabic: str, english: str) -> None:
    assert not sound_alike(arabic, english)


@given(st.text(alphabet="كتابجمشويةء", max_size=8), st.text(alphabet="abcehikmstuxy", max_size=8))
def test_what_sounds_alike_has_the_same_consonants(arabic: str, english: str) -> None:
    assert sound_alike(arabic, arabic)
    if sound_alike(arabic, english):
        assert any(consonants(english) == consonants(arabic[n:]) for n in range(4))
