from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import BadArticle
from aligner.ingest.language import guess, identify
from aligner.text import Language

ARABIC = "افتتحت البلدية مكتبة جديدة في حي الميناء بعد عامين من الأعمال التي تأخرت."
ENGLISH = "The city opened a new library in the harbour district after two years of work."

# The same sentence about a library, a language a line.
OTHERS = dict(
    line.split("\t")
    for line in Path(__file__)
    .with_name("other_languages.tsv")
    .read_text(encoding="utf-8")
    .splitlines()
)


@pytest.mark.parametrize(("name", "text"), OTHERS.items(), ids=OTHERS)
def test_another_language_is_named_in_one_line(name: str, text: str) -> None:
    with pytest.raises(BadArticle) as error:
        identify(text, name="a.txt")
    assert str(error.value).startswith(f"a.txt: this looks like {name}")
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "text",
    [
        ARABIC,
        "مرحبا",
        "الجزائر",
        "وَقَالَتْ رَئِيسَةُ الْبَلَدِيَّةِ إِنَّ الْمَكْتَبَةَ",
        "تعيين إصدار MS Word",
        "قال پوتين إن چاد وگوگل وفولكسڤاگن في القائمة",
        ARABIC.replace("ي", "ی").replace("ك", "ک"),  # typed on a Persian keyboard
        "ﺍﻓﺘﺘﺤﺖ ﺍﻟﺒﻠﺪﻳﺔ ﻣﻜﺘﺒﺔ ﺟﺪﻳﺪﺓ ﻓﻲ ﺣﻲ ﺍﻟﻤﻴﻨﺎﺀ",  # letter forms, as out of a PDF
        "\u202bمرحبا بكم في مكتبة المدينة\u202c",
    ],
)
def test_arabic_is_known_however_short_or_written(text: str) -> None:
    assert identify(text) is Language.AR


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        "Hello",
        "Log in",
        "Emirates jumps from Haftar boat",
        "The word كتاب means book, and مكتبة means library, in the Arabic of today.",
        "President Macron of La République en Marche said the plan for Le Havre was under way.",
        "HARBOUR LIBRARY OPENS",
    ],
)
def test_english_is_known_however_short_or_mixed(text: str) -> None:
    assert identify(text) is Language.EN


def test_an_arabic_page_with_much_english_in_it_stays_arabic() -> None:
    names = "Microsoft Word, Google Docs, LibreOffice Writer, Apple Pages, Notepad, Vim, Emacs"
    found = guess(f"{ARABIC} {names}\n{ARABIC}\nhttps://example.org/the/of/and/to")
    assert found.language is Language.AR
    assert "Latin" in found.note


def test_a_text_half_in_each_language_is_not_guessed_at() -> None:
    with pytest.raises(BadArticle, match="half Arabic and half Latin"):
        identify("\n".join([ARABIC, ENGLISH] * 4))


def test_a_long_text_without_small_words_of_english_is_not_english() -> None:
    with pytest.raises(BadArticle, match="Latin script, not English"):
        identify("lorem ipsum dolor amet consectetur adipiscing elit eiusmod tempor " * 6)


WELSH = (
    "Agorodd y ddinas lyfrgell newydd yn ardal yr harbwr ddydd Sul ar ôl dwy flynedd o waith. "
    "Dywedodd y maer y byddai'r llyfrgell ar agor tan hanner nos bob dydd o'r wythnos i bawb. "
)


def test_a_language_that_is_not_known_by_name_is_not_english() -> None:
    with pytest.raises(BadArticle, match="Latin script, not English"):
        identify(WELSH * 2)


@pytest.mark.parametrize(
    "text",
    [
        "Lentil soup\n2 cups red lentils\n1 onion, chopped\n3 carrots, diced\n2 cloves garlic\n"
        "1 tsp cumin\n1 tsp turmeric\n6 cups vegetable stock\nSalt, pepper\nFresh parsley\n"
        "Heat oil, fry onion, garlic 5 minutes. Add carrots, lentils, spices. Pour stock. Simmer "
        "25 minutes. Pour soup through sieve. Serve hot, parsley on top.",
        "Chicken rice\nPreparation: 10 min\nCooking: 25 min\nRest: 5 min\n2 breasts\n1 onion",
        "Phone specifications\nDisplay: 6.8 inch Dynamic AMOLED, 120Hz\nProcessor: eight cores\n"
        "Memory: 12GB\nStorage: 256GB, 512GB\nRear camera: 200MP wide, 12MP ultrawide, 50MP "
        "periscope telephoto, 10MP telephoto\nFront camera: 12MP\nBattery: 5000mAh, 45W wired "
        "charging, 15W wireless charging\nColours: black, grey, violet\nPrice: 1299 US dollars",
    ],
)
def test_a_list_in_english_does_without_small_words(text: str) -> None:
    assert identify(text) is Language.EN


def test_a_list_in_arabic_does_without_small_words() -> None:
    text = (
        "شوربة عدس\n2 كوب عدس أحمر\n1 بصلة مفرومة\n3 جزرات مقطعة\n2 فص ثوم مهروس\n1 ملعقة كمون\n"
        "1 ملعقة كركم\n6 أكواب مرق خضار\nعصير ليمونة\nملح وفلفل\nبقدونس طازج مفروم\nزيت زيتون\n"
        "سخني زيتا، قلبي بصلا وثوما 5 دقائق. أضيفي جزرا، عدسا، بهارات، مرقا. اتركيه 25 دقيقة.\n"
    )
    assert identify(text) is Language.AR


def test_a_text_without_words_is_said_to_have_none() -> None:
    with pytest.raises(BadArticle, match="holds no words"):
        identify("12.5 % — 2024")


@given(st.text(max_size=300))
def test_guessing_never_fails_and_repeats_itself(text: str) -> None:
    assert guess(text) == guess(text)


@given(st.lists(st.sampled_from([ARABIC, "اقرأ أيضا", "0"]), min_size=1))
def test_the_order_of_lines_does_not_matter(lines: list[str]) -> None:
    assert guess("\n".join(lines)) == guess("\n".join(reversed(lines)))
