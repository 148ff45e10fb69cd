"""First names that differ within an aligned pair, and those that are only spelt otherwise."""

from __future__ import annotations

import pytest

from aligner.bitext import Alignment, Bead, DivergenceKind
from aligner.divergence import names
from aligner.text import Article, Language, Paragraph, Sentence

ALIGNED = Alignment((Bead((0,), (0,), 0.9, 1.0),))


def article(language: Language, text: str) -> Article:
    return Article(language, (Paragraph(text, 1, (Sentence(text, 0),)),))


def find(ar: str, en: str):
    return names.find(article(Language.AR, ar), article(Language.EN, en), ALIGNED)


def test_fadi_khoury_against_elias_khoury_is_named_with_both_spans():
    ar, en = "ويقول المزارع فادي خوري إن الموسم سيئ.", "The season is bad, says Elias Khoury."
    (found,) = find(ar, en)
    assert found.kind is DivergenceKind.NAME
    assert ar[slice(*found.span)] == "فادي"
    assert en[slice(*found.other_span)] == "Elias"
    assert found.detail == "another first name than Elias in the English"


def test_a_first_name_is_known_behind_the_letter_joined_to_it():
    ar, en = "التقى الوزير وفادي خوري أمس.", "The minister met Elias Khoury."
    (found,) = find(ar, en)
    assert ar[slice(*found.span)] == "فادي"
    assert find("التقى الوزير وإلياس خوري أمس.", en) == ()


@pytest.mark.parametrize(
    "en",
    [
        "Minister Suleiman Saleh arrived.",
        "Foreign Minister Suleiman Saleh arrived.",
        "They waited for Suleiman Saleh's plane.",
    ],
)
def test_a_first_name_is_found_behind_a_title_and_before_a_possessive(en):
    (found,) = find("ووصل الوزير نبيل صالح.", en)
    assert en[slice(*found.other_span)] == "Suleiman"


@pytest.mark.parametrize(
    ("ar", "en"),
    [
        ("قال سامي أبو زهري ذلك.", "Nabil Abu Zuhri said so."),
        ("قال الأمير خالد بن سلمان ذلك.", "Prince Faisal bin Salman said so."),
        ("قال خالد المنصوري ذلك.", "Ibrahim Al Mansouri said so."),
    ],
)
def test_what_stands_between_a_first_name_and_a_surname_is_stepped_over(ar, en):
    assert len(find(ar, en)) == 1


@pytest.mark.parametrize(
    ("ar", "en"),
    [
        # المعرض has the consonants of Mahmoud but for one, وقالت those of Khaled.
        ("وصل مروان صالح إلى المعرض.", "Mahmoud Saleh arrived at the fair."),
        ("وقالت مديرة الدار إن سليمان صالح غاب.", "The director said Khaled Saleh was absent."),
        ("وصل إبراهيم المنصوري من باريس.", "Nabil al-Mansouri arrived from Paris."),
        ("وصل أحمد صالح إلى بيروت.", "Layla Saleh arrived in Beirut."),
        ("وصل جيسون كوبر إلى بيروت.", "Nancy Cooper arrived in Beirut."),
    ],
)
def test_no_common_word_that_happens_to_sound_like_a_name_explains_it(ar, en):
    assert len(find(ar, en)) == 1


@pytest.mark.parametrize(
    ("ar", "en"),
    [
        ("قال إلياس خوري إن الموسم سيئ.", "The season is bad, said Elias Khoury."),
        ("قال الياس خوري إن الموسم سيئ.", "The season is bad, said Ilyas Khoury."),
        ("قال الرئيس أوباما إنه سيسافر.", "President Obama said he would travel."),
        ("قال خوري إن الموسم سيئ.", "The season is bad, said Elias Khoury."),
        ("التقى إلياس أخاه فادي خوري.", "Elias Khoury met his brother."),
        ("في معهد الفيلم الأمريكي", "at the American Film Institute"),
        ("قال محمد الحسن إنه سيعود.", "Mohamed al-Hassan said he would return."),
        ("قال جون سميث إنه سيعود.", "Jonathan Smith said he would return."),
        ("قال أحمد صالح إنه سيعود.", "Ahmed Hassan Saleh said he would return."),
        ("قال الوزير نبيل صالح إنه سيعود.", "Minister Nabil Saleh said he would return."),
        ("قال نبيل أحمد صالح إنه سيعود.", "Nabil Saleh said he would return."),
        ("عاد إيغور ومعه ناصر صالح.", "Igor Saleh is back."),
        ("عاد نبيل ومعه جورج صالح.", "Nabil Saleh is back with Georges."),
        ("قال سامي أبو زهري إنه سيعود.", "Sami Abu Zuhri said he would return."),
        ("عاد محمد بن خالد بن سلمان.", "Mohammed bin Salman is back."),
        ("قال داود صالح إنه سيعود.", "David Saleh said he would return."),
        ("قال الوزير صالح وأخوه نبيل صالح", "Suleiman Saleh, the minister, and his brother said"),
    ],
)
def test_what_sounds_alike_or_is_no_first_name_is_left_alone(ar, en):
    assert find(ar, en) == ()


@pytest.mark.parametrize(
    ("ar", "en"),
    [("خوري", "Khoury"), ("محمد", "Mohammed"), ("شادي", "Shadi"), ("بيتر", "Peter")],
)
def test_a_name_and_its_transliteration_have_one_skeleton(ar, en):
    assert names.unlike(names.skeleton(ar), names.skeleton(en)) == 0.0


def test_different_names_are_unlike():
    assert names.unlike(names.skeleton("فادي"), names.skeleton("Elias")) == 1.0
