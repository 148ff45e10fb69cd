"""Numbers, Latin words and names across the scripts."""

from __future__ import annotations

import pytest

from aligner.pairing import marks, telling, words
from aligner.text import Article, Language, Paragraph


@pytest.mark.parametrize(
    ("arabic", "english"),
    [("ميكلسون", "mickelson"), ("حفتر", "haftar"), ("فيوريك", "furyk"), ("طرابلس", "tripolis")],
)
def test_a_name_has_the_same_consonants_in_both_scripts(arabic: str, english: str) -> None:
    assert marks.consonants(arabic) == marks.consonants(english)


@pytest.mark.parametrize("written", ["٣٬٥٠٠", "3,500", "3500", "٣٥٠٠"])
def test_a_number_is_the_same_in_any_digits(written: str) -> None:
    assert marks.number(written) == "3500"


def test_decimals_keep_their_point() -> None:
    assert marks.number("٣٫٥") == "3.5"


def test_a_single_digit_tells_nothing() -> None:
    assert marks.marks_of("7") == ()


def test_an_article_and_a_particle_are_no_part_of_a_name() -> None:
    assert set(marks.marks_of("والبرلماني")) & set(marks.marks_of("برلماني"))


def test_two_articles_share_the_rarest_marks_first() -> None:
    ar = [text(Language.AR, "قال ميكلسون إن ٣٥٠٠ شخص"), text(Language.AR, "مرة 3500 و99")]
    en = [text(Language.EN, "Mickelson said 3,500 people"), text(Language.EN, "once 3500 and 12")]
    found = marks.read(words.read(ar), words.read(en)).shared(0, 0)
    assert [mark for mark, _ in found] == ["~mklsn", "#3500"]


def test_what_most_articles_have_is_told_of_none() -> None:
    numbers = {Language.AR: "٣٥٠٠ و{}", Language.EN: "3500 and {}"}
    ar, en = ([text(side, numbers[side].format(n)) for n in range(20, 40)] for side in numbers)
    found = marks.read(words.read(ar), words.read(en))
    assert [mark for mark, _ in found.shared(4, 4)] == ["#24"]


ARABIC_NEWS = "وصل حفتر مع ميكلسون إلى طرابلس وقال الإنجليز منذ عام إن فرد من الناس نجلس بعد ذلك in"


@pytest.mark.parametrize(
    ("english", "names"),
    [
        ("On Monday Haftar left the town.", {"Haftar"}),
        ("He met Mickelson's men.", {"Mickelson"}),
        ("By the Monday after, Tripoli fell.", set()),  # منذ is no Monday
        ("Mickelson came.", set()),  # every sentence begins with a capital
        ("We met Mickelson, a mickelson.", set()),  # it is a word as well
        ("It was a Ford in a car park.", set()),  # three letters alike are chance
    ],
)
def test_a_name_is_a_word_with_a_capital_that_is_like_one(english: str, names: set[str]) -> None:
    ar, en = [text(Language.AR, ARABIC_NEWS)], [text(Language.EN, english)]
    found = marks.read(words.read(ar), words.read(en))
    told = telling.shared(found, 0, 0, en[0])
    assert set(told["names"]) == names
    assert told["words"] == ()


def text(language: Language, content: str) -> Article:
    return Article(language, (Paragraph(content, 1),))
