"""Persons who differ within an aligned pair, and those who are only spelt otherwise."""

from __future__ import annotations

import pytest

from aligner.bitext import Alignment, Bead, DivergenceKind
from aligner.divergence import likeness, names
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
    [
        # A surname of one consonant, twice written or not.
        ("قال سعد الحريري ذلك.", "Rafik Hariri said so."),
        ("قال ميشال عون ذلك.", "Fouad Aoun said so."),
        ("قال محمد بن علي ذلك.", "Ahmed bin Ali said so."),
        # A first name of two words, and a surname of two.
        ("قال عبد الله حمدوك ذلك.", "Abdel Fattah Hamdok said so."),
        ("قال عبد العزيز بوتفليقة ذلك.", "Said Bouteflika said so."),
        ("قال سيف الإسلام القذافي ذلك.", "Saadi Gaddafi said so."),
        ("قال حسن نصر الله ذلك.", "Hussein Nasrallah said so."),
        # One of the two is no well-known name, but stands behind a title.
        ("قال الوزير أحمد عطاف ذلك.", "Foreign Minister Ramtane Attaf said so."),
        ("قال الوزير رمسان عطاف ذلك.", "Ahmed Attaf said so."),
        # A silent letter in the surname.
        ("قال بريت كافانو ذلك.", "Dianne Kavanaugh said so."),
    ],
)
def test_another_first_name_is_found_whatever_the_surname(ar, en):
    (found,) = find(ar, en)
    assert found.detail.startswith("another first name than ")


def test_another_surname_behind_the_same_first_name_is_named_with_the_first_name():
    ar, en = "قال الوزير خالد مشعل ذلك.", "Minister Khaled Hroub said so."
    (found,) = find(ar, en)
    assert ar[slice(*found.span)] == "خالد مشعل"
    assert en[slice(*found.other_span)] == "Khaled Hroub"
    assert found.detail == "another surname than Hroub in the English"
    assert len(find("عاد محمد بن سلمان.", "Mohammed bin Zayed is back.")) == 1


def test_the_one_president_whom_both_sides_name_can_be_another():
    ar = "ودان رئيس الجمهورية عبد اللطيف رشيد الهجوم."
    en = "President Barham Salih condemned the attack."
    (found,) = find(ar, en)
    assert ar[slice(*found.span)] == "عبد اللطيف رشيد"
    assert found.detail == "another person than Barham Salih in the English"
    assert len(find("قال الرئيس العراقي السابق عبد اللطيف رشيد ذلك.", en)) == 1
    # Another role, or one who is named on the other side as well.
    assert find(ar, en.replace("President", "Ambassador")) == ()
    assert find(ar.replace("الجمهورية", "الجمهورية،"), en) == ()
    assert find(ar, en + " Latif Rashid did so too.") == ()
    assert find(ar + " وكذلك فعل برهم صالح.", en) == ()


@pytest.mark.parametrize(
    ("ar", "en"),
    [
        ("قال عبد الرحمن اليوسفي ذلك.", "Abderrahmane Youssoufi said so."),
        ("قال عبد العزيز بوتفليقة ذلك.", "Abdelaziz Bouteflika said so."),
        ("قال عبد العزيز بوتفليقة ذلك.", "Abd al-Aziz Bouteflika said so."),
        ("قال عبدالفتاح السيسي ذلك.", "Abdel-Fattah el-Sisi said so."),
        ("قال صلاح الدين ميزوار ذلك.", "Salaheddine Mezouar said so."),
        ("قال يوسف الشاهد ذلك.", "Youcef Chahed said so."),
        ("قال معمر القذافي ذلك.", "Moammar Gadhafi said so."),
        ("قال وليام كلينتون ذلك.", "Bill Clinton said so."),
        ("قال سعد الحريري ذلك.", "Prime Minister Designate Hariri said so."),
        ("قال أنطونيو غوتيريش ذلك.", "Secretary General Guterres said so."),
        ("قال الوزير السابق خوري ذلك.", "Elias Khoury said so."),
        ("أعيدوه دون ترامب.", "Donald Trump is back."),
        ("اعتمدوا على علي.", "Hassan Ali is reliable."),
        # A father's name, a nickname and a place are no other surname.
        ("قال محمد بن يعقوب الكليني ذلك.", "Mohammed al-Kulayni said so."),
        ("قال أسامة بن محمد ذلك.", "Osama al-Shami said so."),
        ("قال الرئيس جورج بوش ذلك.", "President George Walker Bush said so."),
        ("قال الوزير خالد محمد العطية ذلك.", "Minister Khaled al-Attiyah said so."),
        ("في جامعة الملك خالد السعودية", "at King Khalid University in Saudi Arabia"),
        ("قال الوزير خالد إنه عائد.", "Minister Khaled Hroub said he was on his way back."),
        ("قال الوزير خالد يعود غدا.", "Minister Khaled Hroub said he was on his way back."),
        ("وحصل المدير على درجة", "a Director Education Diploma"),
        ("تطبيق عتبة برادلي على الصور", "to apply Bradley Thresholding to images"),
    ],
)
def test_another_spelling_a_shorter_name_or_a_common_word_is_left_alone(ar, en):
    assert find(ar, en) == ()


@pytest.mark.parametrize(
    ("arabic", "english", "one", "two"),
    [
        ("ديان", "Dianne", False, False),  # a spelling that the list lacks, perhaps
        ("حسن", "Hassan", True, False),
        ("حسن", "Hussein", False, True),
        ("محمد", "Ahmed", False, True),
        ("جون", "Jonathan", True, False),
        ("عبد السلام", "Abdessalam", True, False),
        ("عبد السلام", "Abdelaziz", False, True),
    ],
)
def test_listed_names_are_one_or_two_as_listed(arabic, english, one, two):
    assert likeness.may_be_one(arabic, english) is one
    assert likeness.are_two(arabic, english) is two


@pytest.mark.parametrize(
    ("ar", "en"),
    [("خوري", "Khoury"), ("محمد", "Mohammed"), ("شادي", "Shadi"), ("بيتر", "Peter")],
)
def test_a_name_and_its_transliteration_have_one_skeleton(ar, en):
    assert likeness.unlike(likeness.skeleton(ar), likeness.skeleton(en)) == 0.0


def test_different_names_are_unlike():
    assert likeness.unlike(likeness.skeleton("فادي"), likeness.skeleton("Elias")) == 1.0
