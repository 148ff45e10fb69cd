"""Dates that differ within an aligned pair, and those that only look so."""

from __future__ import annotations

import pytest

from aligner.bitext import Alignment, Bead, DivergenceKind
from aligner.divergence import dates
from aligner.text import Article, Language, Paragraph, Sentence

ALIGNED = Alignment((Bead((0,), (0,), 0.9, 1.0),))


def article(language: Language, text: str) -> Article:
    return Article(language, (Paragraph(text, 1, (Sentence(text, 0),)),))


def details(ar: str, en: str) -> list[str]:
    sides = article(Language.AR, ar), article(Language.EN, en)
    return [d.detail for d in dates.find(*sides, ALIGNED)]


def test_14_against_24_april_is_named_with_both_spans():
    ar = article(Language.AR, "وُضع حجر الأساس في 14 نيسان 2019 أمام الناس.")
    en = article(Language.EN, "The stone was laid on 24 April 2019 before a crowd.")
    (found,) = dates.find(ar, en, ALIGNED)
    assert found.kind is DivergenceKind.DATE
    assert found.detail == "14 April 2019 here, 24 April 2019 in the English"
    assert ar.paragraphs[0].text[slice(*found.span)] == "14 نيسان 2019"
    assert en.paragraphs[0].text[slice(*found.other_span)] == "24 April 2019"


@pytest.mark.parametrize(
    ("ar", "en", "detail"),
    [
        ("في 3 كانون الثاني", "on 3 February", "3 January here, 3 February in the English"),
        ("في ٣ فيفري ٢٠٢٠", "on March 3, 2020", "3 February 2020 here, 3 March 2020"),
        ("في عام 2017 جف السد.", "In 2016 the dam ran dry.", "2017 here, 2016"),
        ("وصل يوم الثلاثاء.", "He arrived on Thursday.", "Tuesday here, Thursday"),
        ("في تموز الماضي", "in June last year", "July here, June in the English"),
        ("في 12 مارس (آذار) 2021", "on 12 March 2020", "12 March 2021 here, 12 March 2020"),
        ("في 3 ماي", "on 3 June", "3 May here, 3 June"),
        ("وصل يوم الثلثاء.", "He arrived on Thursday.", "Tuesday here, Thursday"),
        ("في مايس 2003", "in June 2003", "May 2003 here, June 2003"),
        ("في كانون ثاني 2020", "in December 2020", "January 2020 here, December 2020"),
    ],
)
def test_a_month_a_year_and_a_weekday_that_differ(ar, en, detail):
    (said,) = details(ar, en)
    assert said.startswith(detail)


@pytest.mark.parametrize(
    ("ar", "en"),
    [
        ("ينتهي العمل بنهاية مارس.", "Work finishes at the end of April."),
        ("ينتهي العمل بحلول مارس/آذار.", "Work finishes by April."),
        ("لن يعود مارس (آذار) الماضي.", "Last April will not return."),
        ("ينتهي العمل قبل يناير.", "Work finishes before February."),
        ("مؤشر الأسعار لشهر أكتوبر", "the price index for November"),
        ("أظهرت بيانات أكتوبر تراجعا.", "The November figures show a decline."),
        ("كان مارس الماضي ماطرا.", "Last April was rainy."),
        ("من يناير إلى مارس", "from January to April"),
        ("بين يناير ومارس", "between January and April"),
    ],
)
def test_a_month_alone_is_named_where_it_can_be_nothing_else(ar, en):
    assert len(details(ar, en)) == 1


@pytest.mark.parametrize(
    ("ar", "en"),
    [
        ("من مارس الضغط خسر", "Those who pressed lost in April"),
        ("طلبت سيارة من نيسان", "She ordered a car in May"),
        ("دعت ماي إلى الهدوء", "In June she called for calm"),
        ("في عهد أغسطس قيصر", "In September, under Augustus Caesar"),
        ("استقالت في يناير بعد ماي", "She resigned in January after May did"),
    ],
)
def test_what_may_be_another_word_than_a_month_is_left_alone(ar, en):
    assert details(ar, en) == []


@pytest.mark.parametrize(
    ("ar", "en"),
    [
        ("في 12 آذار 2021", "on March 12, 2021"),
        ("في 12 مارس/آذار 2021", "on 12 March 2021"),
        ("في الثاني عشر من تشرين الأول", "on the 12th of October"),
        ("في كانون الأول", "in December 2019"),
        ("من 3 إلى 5 أيار", "from May 3 to 5"),
        ("بين 1950 و1953", "in 1950-53"),
        ("مارس رياضة المشي عام 2010", "In May 2010 he took up walking."),
        ("عام 1442 هـ", "in 2020"),
        ("قد يصل يوم الاثنين", "He may arrive on Monday."),
        ("عام 656 هـ", "in 1258"),
        ("في 15 رمضان 1445 هـ الموافق 25 مارس", "on 25 March (15 Ramadan 1445 AH)"),
        ("في 03/04/2020", "on 3 April 2020"),
        ("في 03/04/2020", "on 4 March 2020"),
        ("في 03/04/2020", "on 04/03/2020"),
        ("في ٢٥/١٢/٢٠٢٠", "on 2020-12-25"),
        ("في 3/5/2020", "in 2020"),
        ("في 3/5/2020", "in May 2021"),
        ("الإصدار 10.0.17 في مايو", "version 10.0.17 in May"),
        ("وصل ليلة الجمعة.", "He arrived on Thursday night."),
        ("وصل ليلة الجمعة.", "He arrived on Friday night."),
        ("وصل عشية الأحد.", "He arrived on Saturday."),
        ("وصل أمس.", "He arrived on Thursday."),
    ],
)
def test_what_says_the_same_or_says_less_is_left_alone(ar, en):
    assert details(ar, en) == []


@pytest.mark.parametrize(
    ("ar", "en", "detail"),
    [
        ("في 3/5/2020", "on 3 May 2021", "3/5/2020 here, 3 May 2021 in the English"),
        ("في 03/05/2020", "on 05/03/2021", "3/5/2020 here, 5/3/2021 in the English"),
        ("في 13/5/2020", "on 14 May 2020", "13 May 2020 here, 14 May 2020 in the English"),
        ("في 03/04/2020", "on 5 April 2020", "3/4/2020 here, 5 April 2020 in the English"),
        ("في 2020-05-23", "on 23 June 2020", "23 May 2020 here, 23 June 2020 in the English"),
    ],
)
def test_a_date_in_digits_is_compared_in_any_order_of_day_and_month(ar, en, detail):
    assert details(ar, en) == [detail]


@pytest.mark.parametrize(
    ("ar", "en"),
    [
        ("بتاريخ 12/4/2022 وألغي في مايو 2023", "on 12/4/2022 and revoked in June 2023"),
        ("في رمضان 1443 هـ وألغي في مايو", "in Ramadan 1443 AH and revoked in June"),
        ("الإصدار 10.0.17 في مايو", "version 10.0.17 in June"),
    ],
)
def test_a_date_in_digits_or_an_islamic_one_does_not_silence_the_other_dates(ar, en):
    (said,) = details(ar, en)
    assert said.startswith("May")


def test_the_night_of_a_day_is_that_day_or_the_one_before_and_no_other():
    (said,) = details("وصل ليلة الجمعة.", "He arrived on Saturday night.")
    assert said == "Friday here, Saturday in the English"


def test_two_dates_without_anything_in_common_are_two_dates():
    assert details("في 3 أيار 2019", "on 8 August 2020") == []


def test_a_doubtful_bead_says_nothing():
    ar, en = article(Language.AR, "في عام 2017"), article(Language.EN, "in 2016")
    assert dates.find(ar, en, Alignment((Bead((0,), (0,), 0.2, 0.5),))) == ()
