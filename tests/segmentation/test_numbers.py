"""Numbers by value, in both languages, in every script, in digits and in words."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from aligner.segmentation.numbers import Number, NumberKind, find_numbers
from aligner.text import Language

K = NumberKind


def values(text, language, *, sure=False):
    return [n.value for n in find_numbers(text, language) if n.certain or not sure]


def kinds(text, language):
    return [(n.value, n.kind) for n in find_numbers(text, language)]


DIGITS = [
    ("3500", 3500),
    ("3,500", 3500),
    ("٣٬٥٠٠", 3500),
    ("٣٥٠٠", 3500),
    ("۳۵۰۰", 3500),
    ("2 000", 2000),
    ("2\u00a0000", 2000),
    ("12\u202f500\u202f000", 12_500_000),
    ("1,250,000", 1_250_000),
    ("1.250.000", 1_250_000),
    ("3.5", Fraction(7, 2)),
    ("٣٫٥", Fraction(7, 2)),
    ("٣.٥", Fraction(7, 2)),
    ("1,234.56", Fraction(123456, 100)),
    ("1.234,56", Fraction(123456, 100)),
    ("١٬٢٣٤٫٥", Fraction(12345, 10)),
    ("2½", Fraction(5, 2)),
    ("½", Fraction(1, 2)),
    ("0.25", Fraction(1, 4)),
    (".75", Fraction(3, 4)),
]


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(("written", "value"), DIGITS)
def test_digits_of_any_script_have_one_value(written, value, language):
    text = f"في {written} من" if language is Language.AR else f"some {written} of"
    assert values(text, language) == [value]


ENGLISH = [
    ("three thousand five hundred", 3500),
    ("Three thousand, five hundred", 3500),
    ("one hundred and twenty-five", 125),
    ("a hundred", 100),
    ("a thousand and one", 1001),
    ("two million three hundred thousand", 2_300_000),
    ("nineteen hundred", 1900),
    ("twelve", 12),
    ("ninety-nine", 99),
    ("a dozen", 12),
    ("two dozen", 24),
    ("half a dozen", 6),
    ("half a million", 500_000),
    ("a quarter of a million", 250_000),
    ("three quarters of a million", 750_000),
    ("2.5 million", 2_500_000),
    ("two and a half million", 2_500_000),
    ("a million and a half", 1_500_000),
    ("one and a half", Fraction(3, 2)),
    ("3 hundred thousand", 300_000),
    ("1.2 trillion", 1_200_000_000_000),
    ("2 billion 300 million", 2_300_000_000),
    ("two thirds", Fraction(2, 3)),
    ("two-thirds", Fraction(2, 3)),
    ("a third of", Fraction(1, 3)),
    ("$2.5bn", 2_500_000_000),
    ("$3m", 3_000_000),
    ("zero", 0),
    ("SEVEN", 7),
    ("minus 5", -5),
    ("fell -5%", -5),
]


@pytest.mark.parametrize(("written", "value"), ENGLISH)
def test_english_number_words_have_their_value(written, value):
    assert values(f"They say {written} now", Language.EN) == [value]


ARABIC = [
    ("ثلاثة آلاف وخمسمئة", 3500),
    ("ثلاثة آلاف وخمسمائة", 3500),
    ("ثلاثة آلاف و خمس مئة", 3500),
    ("ثَلاثَةُ آلافٍ وَخَمْسُمِئَةٍ", 3500),
    ("خَمْساً وَ عِشْرِينَ", 25),
    ("ثـلاثـة آلاف", 3000),
    ("3 آلاف و500", 3500),
    ("ألفان", 2000),
    ("ألفين", 2000),
    ("ألفي", 2000),
    ("ألف ومئتين", 1200),
    ("مليونين", 2_000_000),
    ("مليونين ونصف المليون", 2_500_000),
    ("مليون و 200 ألف", 1_200_000),
    ("خمسة عشر ألفا", 15_000),
    ("مليون وربع", 1_250_000),
    ("مليون ونصف", 1_500_000),
    ("مليون ونصف المليون", 1_500_000),
    ("نصف مليون", 500_000),
    ("ربع مليون", 250_000),
    ("ثلاثة أرباع المليون", 750_000),
    ("2.5 مليون", 2_500_000),
    ("٢٫٥ مليون", 2_500_000),
    ("مليونان و300 ألف", 2_300_000),
    ("مليونين وثلاثمئة ألف", 2_300_000),
    ("خمسة وعشرون ألفا وثلاثمئة وأربعة", 25_304),
    ("أحد عشر", 11),
    ("إحدى عشرة", 11),
    ("اثنا عشر", 12),
    ("اثنتي عشرة", 12),
    ("ثلاثة عشر", 13),
    ("ثماني عشرة", 18),
    ("واحد وعشرين", 21),
    ("إحدى وعشرين", 21),
    ("خمسة وعشرون", 25),
    ("تسعة وتسعين", 99),
    ("مئة", 100),
    ("مائة وخمسين", 150),
    ("مئتي", 200),
    ("مئتان وخمسة", 205),
    ("ثمانمائة", 800),
    ("مئة ألف", 100_000),
    ("مئتي ألف", 200_000),
    ("ثلاثمئة وخمسين ألف", 350_000),
    ("مليار", 1_000_000_000),
    ("ملياري", 2_000_000_000),
    ("ثلاثة مليارات", 3_000_000_000),
    ("1,5 مليار", 1_500_000_000),
    ("تريليون", 10**12),
    ("بعشرة", 10),
    ("وعشرون", 20),
    ("للخمسة", 5),
    ("الثلاثين", 30),
    ("يومين", 2),
    ("مرتان", 2),
    ("ساعتين ونصف", Fraction(5, 2)),
    ("ساعة ونصف", Fraction(3, 2)),
    ("ثلثي", Fraction(2, 3)),
    ("ثلث", Fraction(1, 3)),
    ("الـ21", 21),
    ("بـ50", 50),
    ("و200", 200),
    ("لـ3", 3),
    ("واحداً وثمانين", 81),
    ("ثلاثًا", 3),
    ("الصفر", 0),
    ("000 1", 1000),
    ("000 250 1", 1_250_000),
]


@pytest.mark.parametrize(("written", "value"), ARABIC)
def test_arabic_number_words_have_their_value(written, value):
    assert values(f"قال إن {written} هنا", Language.AR) == [value]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("عشرات الآلاف من النازحين", "ar"),
        ("مئات الملايين من الدولارات", "ar"),
        ("آلاف الجنود وملايين السكان", "ar"),
        ("بضعة آلاف وبضع مئات", "ar"),
        ("إحدى الدول وأحد الرجال", "ar"),
        ("يوم الاثنين والثلاثاء والأربعاء والخميس", "ar"),
        ("في كانون الثاني وتشرين الأول", "ar"),
        ("بلغ نصف النهائي", "ar"),
        ("لست أعلم كمية الماء", "ar"),
        ("المصريين والليبيين والمدنيين", "ar"),
        ("انظر https://example.org/2020/05/12?id=7 هنا", "ar"),
        ("hundreds of thousands, dozens, millions", "en"),
        ("several hundred people and a few thousand more", "en"),
        ("no one saw it; another one came", "en"),
        ("in a second, and per second", "en"),
        ("often, tension, phone, someone, weight, freight", "en"),
        ("write to user5@example.com or www.example.com/2020", "en"),
    ],
)
def test_what_is_no_number_is_not_found(text, language):
    assert find_numbers(text, language) == ()


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("50% and 12.5 percent", "en", [(50, K.PERCENT), (Fraction(25, 2), K.PERCENT)]),
        ("50% و٪12 و30 بالمئة", "ar", [(50, K.PERCENT), (12, K.PERCENT), (30, K.PERCENT)]),
        ("خمسون في المائة", "ar", [(50, K.PERCENT)]),
        ("خمسة بالمئة", "ar", [(5, K.PERCENT)]),
        ("10 to 15 percent", "en", [(10, K.PERCENT), (15, K.PERCENT)]),
        ("بين 10 و15 في المئة", "ar", [(10, K.PERCENT), (15, K.PERCENT)]),
        ("$3.50 or 40 euros", "en", [(Fraction(7, 2), K.MONEY), (40, K.MONEY)]),
        ("خمسة ملايين دولار و20 ليرة", "ar", [(5_000_000, K.MONEY), (20, K.MONEY)]),
        ("the 21st, the third", "en", [(21, K.ORDINAL), (3, K.ORDINAL)]),
        ("the twenty-first", "en", [(21, K.ORDINAL)]),
        ("one hundred and third", "en", [(103, K.ORDINAL)]),
        ("الثالث والعاشرة", "ar", [(3, K.ORDINAL), (10, K.ORDINAL)]),
        ("القرن التاسع عشر", "ar", [(19, K.ORDINAL)]),
        ("القرن الحادي والعشرين", "ar", [(21, K.ORDINAL)]),
        ("in 1987 and 2020", "en", [(1987, K.YEAR), (2020, K.YEAR)]),
        ("عام ١٩٨٧ وسنة 2020م", "ar", [(1987, K.YEAR), (2020, K.YEAR)]),
        ("سنة 204 هـ", "ar", [(204, K.YEAR)]),
        ("May 19, 2020", "en", [(19, K.DATE), (2020, K.YEAR)]),
        ("the 5th of March", "en", [(5, K.DATE)]),
        ("19 مايو 2020", "ar", [(19, K.DATE), (2020, K.YEAR)]),
        ("الخامس من أيار", "ar", [(5, K.DATE)]),
        ("12/05/2019", "en", [(12, K.DATE), (5, K.DATE), (2019, K.YEAR)]),
        ("2019-05-12", "ar", [(2019, K.YEAR), (5, K.DATE), (12, K.DATE)]),
        ("at 10:30 or 5 p.m.", "en", [(10, K.TIME), (30, K.TIME), (5, K.TIME)]),
        ("الساعة الخامسة", "ar", [(5, K.TIME)]),
        ("1950-53", "en", [(1950, K.YEAR), (1953, K.YEAR)]),
        ("القرن العشرين", "ar", [(20, K.ORDINAL)]),
        ("القرن الـ19", "ar", [(19, K.ORDINAL)]),
        ("الستينيات من القرن التاسع عشر", "ar", [(1860, K.DECADE)]),
        ("عام ألف وتسعمئة وسبعة وستين", "ar", [(1967, K.YEAR)]),
        ("كل عام ألف ومئتين وخمسين طالبا", "ar", [(1250, K.CARDINAL)]),
        ("هذا العام ألف وخمسمئة شخص", "ar", [(1500, K.CARDINAL)]),
        ("ثلاثينيات القرن العشرين", "ar", [(1930, K.DECADE)]),
        ("ثلاثينيات القرن التاسع عشر", "ar", [(1830, K.DECADE)]),
        ("تسعينيات القرن الماضي", "ar", [(1990, K.DECADE)]),
        ("in 500 places in 1453", "en", [(500, K.CARDINAL), (1453, K.YEAR)]),
        ("in mid-2021, pre-2011", "en", [(2021, K.YEAR), (2011, K.YEAR)]),
        ("in the 1990s", "en", [(1990, K.DECADE)]),
        ("في التسعينيات", "ar", [(1990, K.DECADE)]),
        ("an F-16", "en", [(16, K.CODE)]),
        ("كوفيد-19", "ar", [(19, K.CODE)]),
        ("call 0215551234", "en", [(215551234, K.CODE)]),
        ("24/7 since 9/11", "en", [(24, K.CODE), (7, K.CODE), (9, K.CODE), (11, K.CODE)]),
        ("ثلاث نقاط مئوية", "ar", [(3, K.PERCENT)]),
        ("1/2 cup", "en", [(Fraction(1, 2), K.FRACTION)]),
    ],
)
def test_the_neighbours_tell_the_kind(text, language, expected):
    assert kinds(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("one of them", "en"),
        ("the second man", "en"),
        ("two birds", "en"),
        ("في يومين", "ar"),
        ("12 500 people", "en"),
        ("10k people", "en"),
        ("رجل واحد", "ar"),
        ("المرة الأولى", "ar"),
        ("ألف كتابا كبيرا", "ar"),
        ("بلغ 3.500 نقطة", "ar"),
    ],
)
def test_what_may_mean_something_else_is_not_certain(text, language):
    assert [n.certain for n in find_numbers(text, language)] == [False]


def test_an_ambiguous_mark_leaves_both_values():
    (number,) = find_numbers("بلغ طوله 40.030 كم", Language.AR)
    assert (number.value, number.otherwise) == (Fraction("40.03"), 40_030)


@pytest.mark.parametrize(
    ("text", "value", "kind", "shown"),
    [
        ("ارتفعت 50\u200f% هذا العام", 50, K.PERCENT, "50\u200f%"),
        ("حضر \u202b٣\u200f٬٥٠٠\u202c شخص", 3500, K.CARDINAL, "٣\u200f٬٥٠٠"),
        ("قتل ثلاثة\u202c آلاف شخص", 3000, K.CARDINAL, "ثلاثة\u202c آلاف"),
        ("\u206712\u2069 مليون دولار", 12_000_000, K.MONEY, "12\u2069 مليون"),
    ],
)
def test_marks_of_direction_stand_in_no_number(text, value, kind, shown):
    (number,) = find_numbers(text, Language.AR)
    assert (number.value, number.kind) == (value, kind)
    assert text[number.start : number.end] == shown


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("بنسبة 12,5 في المئة", True),
        ("بسعر 10,85 درهما", True),
        ("بطول 3,5 كيلومترات", True),
        ("الصفحتان 12,5 منه", False),
    ],
)
def test_a_comma_is_a_decimal_mark_before_what_is_measured(text, certain):
    assert [n.certain for n in find_numbers(text, Language.AR)][-1] is certain


def test_a_thousand_that_is_counted_is_certain():
    (number,) = find_numbers("أكثر من ألف شخص", Language.AR)
    assert (number.value, number.certain) == (1000, True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("خُصص مليونا دولار للمتحف", 2_000_000),
        ("يسكنها مليارا شخص", 2_000_000_000),
        ("قتل ألفا شخص", 2000),
        ("أنفق مليونا على المشروع", 1_000_000),
        ("أنفق مليوناً دولاراً", 1_000_000),
        ("كسب مليونا سنويا", 1_000_000),
        ("كسب مليونا.", 1_000_000),
        ("خمسة عشر مليونا نسمة", 15_000_000),
        ("25 ألفا شخص", 25_000),
        ("مليونا وخمسمئة ألف شخص", 1_500_000),
        ("مليونا ونصف المليون", 1_500_000),
    ],
)
def test_a_million_in_alef_is_two_where_the_counted_noun_follows_at_once(text, value):
    assert values(text, Language.AR) == [value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("دام ساعة ونصف الساعة", [Fraction(3, 2)]),
        ("بعد شهر ونصف", [Fraction(3, 2)]),
        ("دام لشهر ونصف", [Fraction(3, 2)]),
        ("خمسة أشهر ونصف الشهر", [5, Fraction(1, 2)]),
        ("خمسة عشر عاما ونصف العام", [15, Fraction(1, 2)]),
        ("20 يوما ونصف يوم", [20, Fraction(1, 2)]),
    ],
)
def test_and_a_half_belongs_to_one_only_where_there_is_just_one(text, expected):
    assert values(text, Language.AR) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("الدورة السادسة والعشرون بعد المائة", [(126, K.ORDINAL)]),
        ("بالذكرى الخامسة عشرة بعد المئة", [(115, K.ORDINAL)]),
        ("الذكرى العشرين بعد المئتين", [(220, K.ORDINAL)]),
        ("الليلة الأولى بعد الألف", [(1001, K.ORDINAL)]),
        ("المرة الثالثة بعد مئة محاولة", [(3, K.ORDINAL), (100, K.CARDINAL)]),
        ("في الدقيقة الخامسة بعد الظهر", [(5, K.ORDINAL)]),
    ],
)
def test_an_ordinal_above_a_hundred_comes_after_the_hundred(text, expected):
    assert kinds(text, Language.AR) == expected


def test_a_range_shares_its_million():
    assert values("3 to 5 million", Language.EN) == [3_000_000, 5_000_000]
    assert values("من 3 إلى 5 ملايين", Language.AR) == [3_000_000, 5_000_000]


def test_a_list_is_not_added_up():
    assert values("three, five and seven", Language.EN) == [3, 5, 7]
    assert values("ثلاثة وخمسة وسبعة", Language.AR) == [3, 5, 7]
    assert values("200 و300", Language.AR) == [200, 300]
    assert values("مئة ومئتان", Language.AR) == [100, 200]


def test_the_span_is_where_the_number_stands():
    text = "قتل نحو ثلاثة آلاف وخمسمئة شخص، أي ٣٫٥ في المئة."
    assert [text[n.start : n.end] for n in find_numbers(text, Language.AR)] == [
        "ثلاثة آلاف وخمسمئة",
        "٣٫٥ في المئة",
    ]


PIECES = """
    ثلاثة آلاف ألف مليون و وخمسمئة عشر وعشرون نصف ونصف أحد في المئة ربع بضع عشرات \u064e \u0640
    3 ٣٫٥ 2 000 1,234 % - , . / : 10:30 1/2 ½ $ 5 2020 12/05/2019 1950-53 three hundred and
    thousand a half million of second dozen third the one twenty nineteen
"""
BUSY = st.lists(st.sampled_from(re.split(r"\s+", PIECES)), max_size=12).map(" ".join)


@given(
    st.one_of(BUSY, st.text("0123456789٣ .,:/-%$٪٫،½aم", max_size=30), st.text(max_size=40)),
    st.sampled_from(list(Language)),
)
@example("0:00/0", Language.AR)
@settings(max_examples=400)
def test_numbers_stand_in_order_within_the_text(text, language):
    end = 0
    for number in find_numbers(text, language):
        assert isinstance(number, Number)
        assert end <= number.start < number.end <= len(text)
        end = number.end


@given(BUSY, st.sampled_from(list(Language)))
def test_the_script_of_the_digits_changes_nothing(text, language):
    for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"):
        other = text.translate(str.maketrans("0123456789", digits))
        assert find_numbers(other, language) == find_numbers(text, language)


@pytest.mark.parametrize(
    "piece", ["1", "1 000 ", "1,000,", "ثلاثة و", "one and ", "1/2/", "a@b ", ":", "x.1", "- 5 "]
)
def test_a_huge_line_is_read_to_its_end(piece):
    # A quadratic step would take minutes here.
    for language in Language:
        find_numbers(piece * 5_000, language)


@given(st.integers(0, 10**13))
def test_grouping_marks_change_no_value(value):
    for mark in (",", "٬", "\u00a0"):
        written = f"{value:,}".replace(",", mark)
        assert values(f"in all {written} items", Language.EN) == [value]


SMALL = re.split(
    r"\s+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen",
)
TENS = re.split(r"\s+", "- - twenty thirty forty fifty sixty seventy eighty ninety")
UNITS_AR = re.split(r"\s+", "- واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة")
TENS_AR = re.split(r"\s+", "- - عشرون ثلاثون أربعون خمسون ستون سبعون ثمانون تسعون")
HUNDREDS_AR = re.split(r"\s+", "- مئة مئتان ثلاثمئة أربعمئة خمسمئة ستمئة سبعمئة ثمانمئة تسعمئة")


def english_words(n):
    if n < 20:
        return SMALL[n]
    if n < 100:
        return TENS[n // 10] + (f"-{SMALL[n % 10]}" if n % 10 else "")
    for scale, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if n >= scale:
            rest = f" {english_words(n % scale)}" if n % scale else ""
            return f"{english_words(n // scale)} {name}{rest}"
    return f"{SMALL[n // 100]} hundred" + (f" and {english_words(n % 100)}" if n % 100 else "")


@given(st.integers(2, 10**12 - 1))
def test_every_english_number_in_words_is_read_back(n):
    assert values(english_words(n), Language.EN) == [n]


def arabic_words(n):
    scales = (
        (10**9, "مليار", "ملياران", "مليارات"),
        (10**6, "مليون", "مليونان", "ملايين"),
        (10**3, "ألف", "ألفان", "آلاف"),
    )
    parts = []
    for scale, one, two, many in scales:
        count, n = divmod(n, scale)
        if count:
            counted = f"{arabic_words(count)} {many if 3 <= count <= 10 else one}"
            parts.append({1: one, 2: two}.get(count, counted))
    if n >= 100:
        parts.append(HUNDREDS_AR[n // 100])
        n %= 100
    if 0 < n <= 10:
        parts.append(UNITS_AR[n])
    elif 10 < n < 20:
        parts.append({11: "أحد عشر", 12: "اثنا عشر"}.get(n, f"{UNITS_AR[n - 10]} عشر"))
    elif n:
        parts.append(
            " و".join(filter(None, (UNITS_AR[n % 10] if n % 10 else "", TENS_AR[n // 10])))
        )
    return " و".join(parts)


@given(st.integers(2, 10**12 - 1))
def test_every_arabic_number_in_words_is_read_back(n):
    assert values(arabic_words(n), Language.AR) == [n]
