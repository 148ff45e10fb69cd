"""Numbers that differ within an aligned pair, and those that only look so."""

from __future__ import annotations

import pytest

from aligner.bitext import Alignment, Bead, DivergenceKind
from aligner.divergence import numbers
from aligner.text import Article, Language, Paragraph, Sentence


def article(language: Language, *sentences: str) -> Article:
    """Each sentence a paragraph of its own."""
    return Article(
        language,
        tuple(Paragraph(s, n + 1, (Sentence(s, 0),)) for n, s in enumerate(sentences)),
    )


def pairwise(count: int, probability: float = 1.0) -> Alignment:
    return Alignment(tuple(Bead((i,), (i,), 0.9, probability) for i in range(count)))


def details(ar: str, en: str) -> list[str]:
    sides = article(Language.AR, ar), article(Language.EN, en)
    return [d.detail for d in numbers.find(*sides, pairwise(1))]


def test_3500_against_5300_is_named_with_both_spans():
    ar = article(Language.AR, "وفرت الأعمال 3500 فرصة عمل.")
    en = article(Language.EN, "The work created 5,300 jobs.")
    (found,) = numbers.find(ar, en, pairwise(1))
    assert found.kind is DivergenceKind.NUMBER
    assert found.detail == "3,500 here, 5,300 in the English"
    assert ar.paragraphs[0].text[slice(*found.span)] == "3500"
    assert en.paragraphs[0].text[slice(*found.other_span)] == "5,300"
    assert (found.side, found.sentences, found.other) == (Language.AR, (0,), (0,))
    assert found.probability > 0.9


@pytest.mark.parametrize(
    ("ar", "en"),
    [
        ("قُتل ٣٬٥٠٠ شخص.", "Some 3,500 people were killed."),
        ("قُتل ثلاثة آلاف وخمسمئة شخص.", "Some 3,500 people were killed."),
        ("بلغت الكلفة 1.5 مليون دولار.", "It cost $1,500,000."),
        ("زاره رجلان.", "Two men visited him."),
        ("تراجع الإنتاج إلى النصف.", "Output fell by 50 percent."),
        ("اشترى كتابا واحدا.", "He bought a book and 12 pens."),
        ("تبعد القرية 16 كيلومترا.", "The village is 10 miles away."),
        ("دفع 400 جنيه إسترليني.", "He paid 520 dollars."),
        ("حضر نحو 3000 شخص.", "It drew 2,980 people."),
        ("حضر 110 أشخاص.", "It drew 113 people."),
        ("بلغ الطول 2.5 متر.", "It is 2.46 metres long."),
        ("منذ قرنين من الزمن.", "For the last 200 years."),
        ("دام العمل أربعة عقود.", "The work took 40 years."),
        ("انتظر ثلاثة أيام.", "He waited for 72 hours."),
        ("غاب ثمانية عشر شهرا.", "He was away for a year and a half."),
        ("زادت أربع مرات ونصف.", "It grew 4.5 times."),
        ("طوله متران و15 سنتيمترا.", "He is 2.15 metres tall."),
        ("طوله 180 سنتيمترا.", "He is five feet 11 inches tall."),
        ("3. الطريق إلى الشمال", "4. The road north"),
        ("بدأت الساعة 17:00 مساء.", "It began at 5 p.m."),
        ("انطلقت مركبة كوفيد-19.", "The F-16 took off."),
    ],
)
def test_what_says_the_same_in_another_way_is_left_alone(ar, en):
    assert details(ar, en) == []


@pytest.mark.parametrize(
    ("ar", "en"),
    [
        ("طول الجسر 3 كيلومترات.", "The bridge is 3,000 metres long."),
        ("ضبطت 5 أطنان.", "They seized 5,000 kilograms."),
        ("طوله 1.80 متر.", "He is 180 cm tall."),
        ("يبعد 5 كيلومترات.", "It is 3 miles away."),
        ("من 16 إلى 24 كيلومترا.", "It is 10 to 15 miles."),
        ("بسرعة 120 كيلومترا في الساعة.", "At a speed of 75 mph."),
        ("بلغت الحرارة 30 درجة مئوية.", "Temperatures reached 86 degrees Fahrenheit."),
        ("بلغت الحرارة 40 درجة.", "It was 104F."),
        ("بمساحة 10 كيلومترات مربعة.", "An area of 4 square miles."),
        ("بمساحة 500 فدان.", "An area of 210 hectares."),
        ("يزن 50 كيلوغراما.", "It weighs 110 pounds."),
        ("قطع 50 كيلو.", "He covered 31 miles."),
        ("بعمق 30 قدما.", "At a depth of 9."),
    ],
)
def test_one_measure_in_two_units_is_left_alone(ar, en):
    assert details(ar, en) == []


@pytest.mark.parametrize(
    ("ar", "en", "detail"),
    [
        ("طوله 50 كيلومترا.", "It is 80 kilometres long.", "50 here, 80 in the English"),
        ("يبعد 16 كيلومترا.", "It is 13 miles away.", "16 here, 13 in the English"),
        ("40 درجة مئوية.", "It was 44 degrees Celsius.", "40 here, 44 in the English"),
        (
            "كلف 50 مليون جنيه.",
            "It cost 110 million pounds.",
            "50,000,000 here, 110,000,000 in the English",
        ),
        # The letters of feet, of miles and of metres in other words.
        ("وقدم الاتحاد 500 منحة.", "The union offered 800 grants.", "500 here, 800 in the English"),
        ("قتل 25 من الميليشيا.", "It killed 40 militiamen.", "25 here, 40 in the English"),
        ("سلم المترجم 30 صفحة.", "He sent 98 pages.", "30 here, 98 in the English"),
    ],
)
def test_a_unit_excuses_no_difference_that_it_does_not_make(ar, en, detail):
    assert details(ar, en) == [detail]


def test_a_word_against_a_digit_is_found_less_surely_than_two_digits():
    words = article(Language.AR, "أصيب خمسة وعشرون عاملا.")
    digits = article(Language.AR, "أصيب 25 عاملا.")
    en = article(Language.EN, "Some 45 workers were injured.")
    (by_words,) = numbers.find(words, en, pairwise(1))
    (by_digits,) = numbers.find(digits, en, pairwise(1))
    assert by_words.detail == by_digits.detail == "25 here, 45 in the English"
    assert by_words.probability < by_digits.probability


def test_a_percentage_is_told_as_one():
    assert details("ارتفعت الأسعار بنسبة 14٪.", "Prices rose by 41 percent.") == [
        "14 % here, 41 % in the English"
    ]


def test_nothing_at_all_differs_from_something():
    assert details("ارتفعت الأسعار بنسبة 0%.", "Prices rose by 5%.") == [
        "0 % here, 5 % in the English"
    ]


@pytest.mark.parametrize(
    ("ar", "en", "detail"),
    [
        # The dot may be a decimal point, but 70.000 is a slip of neither.
        ("حضر 77.000 مشاهد.", "It drew 87,000 viewers.", "77,000 here, 87,000 in the English"),
        # By itself 2000 looks like a year.
        (
            "في سوريا 2000 جندي.",
            "Some 8,000 troops are in Syria.",
            "2,000 here, 8,000 in the English",
        ),
        # الترشح holds the letters of "litre", France those of "franc".
        (
            "عارض ترشحه 48٪ منهم.",
            "Of them 43 percent opposed it.",
            "48 % here, 43 % in the English",
        ),
        # Half is no hour: twenty times two is nothing to do with forty percent.
        (
            "كان لدى 40 في المئة منهم حسابان ونصفهم خاص.",
            "Of them 45 percent had two profiles, half of them private.",
            "40 % here, 45 % in the English",
        ),
        ("بنسبة 12,5 في المئة.", "By 18.5 percent.", "12.5 % here, 18.5 % in the English"),
        ("كلف 10,85 درهما.", "It cost 18.50 dirhams.", "10.85 here, 18.5 in the English"),
        # A number rounded to tens is never 18 away.
        ("حضر 2720 شخصا.", "It drew 2,702 people.", "2,720 here, 2,702 in the English"),
        ("دفعت 480 دولارا.", "In France he paid $ 430.", "480 here, 430 in the English"),
    ],
)
def test_a_slip_is_found_though_the_number_might_be_something_else(ar, en, detail):
    assert details(ar, en) == [detail]


@pytest.mark.parametrize(
    ("ar", "en"),
    [
        ("بلغ الوزن 1.500 كيلوغرام.", "It weighed 1.5 tons."),
        ("عام 2000 بدأ العمل.", "Work began with 40 people."),
        ("دفع 480 ين.", "He paid $430."),
    ],
)
def test_what_might_be_something_else_is_left_alone_where_no_slip_shows(ar, en):
    assert details(ar, en) == []


def test_a_number_that_stands_in_one_version_only_is_no_number_that_differs():
    assert details("أصيب 25 عاملا.", "Workers were injured.") == []


def test_a_number_told_in_two_parts_leaves_the_others_to_be_compared():
    ar = "كلف 88 مليون يورو بعقد مدته خمس سنوات ونصف."
    en = "It cost 80 million euros on a five-and-a-half-year contract."
    assert details(ar, en) == ["88,000,000 here, 80,000,000 in the English"]


@pytest.mark.parametrize(
    ("ar", "en", "detail"),
    [
        (
            "سجلت 300 إصابة بفيروس كورونا.",
            "It counted 500 new Covid-19 infections.",
            "300 here, 500 in the English",
        ),
        ("حضر القمة 40 زعيما.", "COP28 drew 60 leaders.", "40 here, 60 in the English"),
        (
            "ألف الكتاب الذي قرأه 48٪.",
            "He wrote the book that 37 percent read.",
            "48 % here, 37 % in the English",
        ),
    ],
)
def test_a_doubtful_number_silences_only_what_it_could_stand_for(ar, en, detail):
    assert details(ar, en) == [detail]


@pytest.mark.parametrize(
    ("ar", "en", "detail"),
    [
        ("انظر المادة الخامسة.", "See Article 6.", "number 5 here, 6 in the English"),
        ("في الدقيقة 42.", "In the 24th minute.", "42 here, number 24 in the English"),
        ("دورتها الـ78.", "Its 87th session.", "78 here, number 87 in the English"),
        ("القرن الـ19.", "The 18th century.", "number 19 here, number 18 in the English"),
        ("في الخامسة والثلاثين.", "At the age of 45.", "number 35 here, 45 in the English"),
        ("الذكرى الخمسون.", "The 60th anniversary.", "50 here, number 60 in the English"),
    ],
)
def test_an_ordinal_is_compared_with_a_number_that_says_which(ar, en, detail):
    assert details(ar, en) == [detail]


@pytest.mark.parametrize(
    ("ar", "en"),
    [
        ("انظر المادة الخامسة.", "See Article 5."),
        ("دام زواجه الثالث ست سنوات.", "His third marriage was to a lively woman."),
        ("زار الملك عبد الله الثالث القرية.", "The king visited 12 villages."),
        ("حضر 25 نائبا الجلسة.", "The third session drew members."),
    ],
)
def test_an_ordinal_is_not_compared_with_a_count_of_other_things(ar, en):
    assert details(ar, en) == []


@pytest.mark.parametrize(
    ("ar", "en", "detail"),
    [
        ("ستينيات القرن الماضي.", "The 1950s.", "1960s here, 1950s in the English"),
        ("الستينيات من القرن العشرين.", "The 1950s.", "1960s here, 1950s in the English"),
        ("ثلث السكان.", "A quarter of the people.", "1/3 here, 1/4 in the English"),
        ("ثلاثة أرباع السكان.", "Two thirds of the people.", "3/4 here, 2/3 in the English"),
        ("الساعة الثامنة مساء.", "At 9 p.m.", "8 here, 9 in the English"),
        ("عند الساعة 20:30.", "At 9:30 p.m.", "20 here, 9 in the English"),
    ],
)
def test_hours_fractions_and_decades_are_compared_where_nothing_else_is_left(ar, en, detail):
    assert details(ar, en) == [detail]


@pytest.mark.parametrize(
    ("ar", "en"),
    [
        ("ثمانينيات القرن التاسع عشر.", "The late 1800s."),
        ("نصف السكان.", "A third of the people, or more."),
        ("عند الساعة 20:30.", "At 8:30 p.m."),
        ("الساعة السابعة إلا ربعا.", "At 6:45 p.m."),
        ("الساعة السادسة بتوقيت غرينتش.", "At 9 p.m."),
    ],
)
def test_hours_fractions_and_decades_may_be_told_in_another_way(ar, en):
    assert details(ar, en) == []


@pytest.mark.parametrize(
    ("ar", "en", "detail"),
    [
        ("فاز الفريق 2-1.", "The team won 2-0.", ["2-1 here, 2-0 in the English"]),
        ("تعادلا ٠-٠.", "They drew 2–2.", ["0-0 here, 2-2 in the English"]),
        ("فاز الفريق 1-2.", "The team won 2-1.", []),
        ("فاز 2-1 ثم 1-0.", "They won 2-0.", []),
    ],
)
def test_a_result_is_compared_as_one_in_either_order(ar, en, detail):
    assert details(ar, en) == detail


def test_a_result_that_is_told_near_by_is_left_alone():
    ar = article(Language.AR, "فاز الفريق 2-1.", "وخسر الآخر 2-0.")
    en = article(Language.EN, "One team won 2-0.", "The other beat its rival.")
    assert numbers.find(ar, en, pairwise(2)) == ()


def test_a_number_that_moved_to_the_next_sentence_is_left_alone():
    ar = article(Language.AR, "أصيب 25 عاملا في 40 موقعا.", "وتضررت المباني.")
    en = article(Language.EN, "Workers were injured at 60 of 40 sites.", "Damage hit 25 of them.")
    assert numbers.find(ar, en, pairwise(2)) == ()


def test_a_doubtful_bead_says_nothing():
    ar = article(Language.AR, "وفرت الأعمال 3500 فرصة عمل.")
    en = article(Language.EN, "The work created 5,300 jobs.")
    assert numbers.find(ar, en, pairwise(1, probability=0.5)) == ()


def test_spans_of_a_later_sentence_count_from_the_paragraph():
    first, second = "انتهى العمل. ", "وكلف 70 مليون دولار."
    ar = Article(
        Language.AR,
        (Paragraph(first + second, 1, (Sentence(first, 0), Sentence(second, len(first)))),),
    )
    en = article(Language.EN, "Work ended.", "It cost 90 million dollars.")
    (found,) = numbers.find(ar, en, pairwise(2))
    assert ar.paragraphs[0].text[slice(*found.span)] == "70 مليون"
    assert found.detail == "70,000,000 here, 90,000,000 in the English"
