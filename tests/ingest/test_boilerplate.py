"""Site clutter is set apart, content is kept."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.ingest import boilerplate
from aligner.ingest.boilerplate.cues import Cues
from aligner.text import Article, Language, Paragraph

ROOT = Path(__file__).parents[2]
GOLD = json.loads((ROOT / "data" / "gold.json").read_text(encoding="utf-8"))
SAMPLES = [(name, side) for name in GOLD for side in Language]


def article(*texts: str, language: Language = Language.EN) -> Article:
    return Article(language, tuple(Paragraph(text, n + 1) for n, text in enumerate(texts)))


def sample(name: str, side: Language) -> Article:
    text = (ROOT / "data" / f"{name}.{side}.txt").read_text(encoding="utf-8")
    return article(*(line for line in text.splitlines() if line.strip()), language=side)


def set_apart(*texts: str, language: Language = Language.EN) -> list[int]:
    whole = article(*texts, language=language)
    done = boilerplate.set_apart(whole, boilerplate.clutter_probability(whole))
    return [n for n, p in enumerate(done.paragraphs) if p.boilerplate]


BODY = (
    "The council voted on Tuesday to rebuild the old bridge, which was closed after the flood.",
    "Engineers said the work would take two years and cost about four million euros.",
    "“We have waited long enough,” said the mayor, who was elected in May.",
)
ARABIC_BODY = (
    "صوّت المجلس البلدي يوم الثلاثاء على إعادة بناء الجسر القديم الذي أُغلق بعد الفيضان.",
    "وقال المهندسون إن الأعمال ستستغرق عامين وستكلف نحو أربعة ملايين يورو.",
)


@pytest.mark.parametrize(("name", "side"), SAMPLES)
def test_no_content_of_the_samples_is_lost_even_without_links(name, side):
    whole = sample(name, side)
    probability = boilerplate.clutter_probability(whole)
    content = set(range(len(whole.paragraphs))) - set(GOLD[name]["boilerplate"][side])
    assert [n for n in sorted(content) if probability[n] >= boilerplate.AT_LEAST] == []


def test_a_row_of_share_buttons_and_a_copyright_line_are_clutter():
    assert set_apart(*BODY, "Share | Tweet | Print", "© 2021 The Valley News") == [3, 4]


def test_an_arabic_breadcrumb_and_read_also_are_clutter():
    assert set_apart("الرئيسية » محليات", *ARABIC_BODY, "اقرأ أيضا:", language=Language.AR) == [
        0,
        3,
    ]


def test_what_read_also_points_to_is_clutter_however_long_and_with_a_quotation_in_it():
    pointer = 'Read also: Harbour workers call the new contract "a great step" after a long strike'
    assert set_apart(*BODY[:2], pointer, BODY[2]) == [2]
    arabic = "اقرأ أيضا: عمال الميناء يصفون العقد الجديد بأنه «خطوة كبيرة» بعد إضراب دام أسابيع"
    assert set_apart(ARABIC_BODY[0], arabic, ARABIC_BODY[1], language=Language.AR) == [1]
    # Without the colon it is a sentence of the article.
    assert set_apart(*BODY[:2], "Read also means to read something aloud.", BODY[2]) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "The report of the inquiry is on the council's website, www.council.example",
        "وتقرير لجنة التحقيق متاح على موقع المجلس www.council.example",
    ],
)
def test_a_sentence_that_ends_in_a_web_address_is_content(sentence):
    assert unlinked(sentence) < boilerplate.AT_LEAST


@pytest.mark.parametrize(
    "line",
    ["Contact the newsroom: desk@example.com", "News tips? Write to desk@example.com"],
)
def test_a_line_that_is_little_more_than_an_address_is_clutter(line):
    assert unlinked(line) > boilerplate.AT_LEAST


@pytest.mark.parametrize("credit", ["REUTERS/Laila Nasser", "[File photo]"])
def test_a_credit_may_stand_behind_the_caption_s_full_stop_or_in_square_brackets(credit):
    caption = "Shoppers at the fish market on Tuesday."
    assert unlinked(f"{caption} {credit}") > 2 * unlinked(caption)


def test_related_before_a_colon_leads_in_another_headline_and_elsewhere_it_does_not():
    headline = "صندوق النقد يدعو البلاد إلى خفض الدعم"
    assert unlinked(f"ذات صلة: {headline}") > boilerplate.AT_LEAST
    assert unlinked("RELATED: Fund urges the country to cut subsidies") > boilerplate.AT_LEAST
    assert unlinked("وناقش النواب قضايا ذات صلة بالفساد في الموانئ.") < 0.2
    assert unlinked("The two fires were not related.") < 0.2


def unlinked(text: str) -> float:
    """How likely it is clutter between paragraphs that all found a counterpart."""
    language = Language.AR if any("ء" <= c <= "ي" for c in text) else Language.EN
    body = (*ARABIC_BODY, ARABIC_BODY[0]) if language is Language.AR else BODY
    whole = article(*body[:2], text, body[2], language=language)
    return float(boilerplate.clutter_probability(whole, linked=[1.0, 1.0, 0.0, 1.0])[2])


def test_a_sub_heading_between_two_paragraphs_is_content():
    assert set_apart(BODY[0], "A long wait", *BODY[1:]) == []


def test_a_last_paragraph_that_tells_something_is_content():
    assert set_apart(*BODY, "The vote followed a debate that lasted six hours.") == []


def test_a_paragraph_that_recurs_in_the_pile_is_clutter():
    words = "The Valley News has told the story of the valley since the railway came."
    repeated = {boilerplate.normalise(words)}
    whole = article(*BODY, words)
    alone = boilerplate.clutter_probability(whole)[-1]
    assert boilerplate.clutter_probability(whole, repeated=repeated)[-1] > alone


def test_a_counterpart_in_the_other_version_speaks_for_content():
    whole = article(*BODY, "Rivers and their bridges")
    without = boilerplate.clutter_probability(whole, linked=[1.0, 1.0, 1.0, 0.0])[-1]
    assert boilerplate.clutter_probability(whole, linked=[1.0, 1.0, 1.0, 1.0])[-1] < without


def test_diacritics_tatweel_and_digit_forms_change_nothing():
    plain = article(*ARABIC_BODY, "اشترك في النشرة البريدية 12", language=Language.AR)
    dressed = article(*ARABIC_BODY, "اشـتَرِك في النشرة البريدية ١٢", language=Language.AR)
    assert boilerplate.clutter_probability(plain)[-1] == pytest.approx(
        boilerplate.clutter_probability(dressed)[-1], abs=0.02
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "\u200f"), ("\u202b", "\u202c"), ("\u2067", "\u2069"), ("\ufeff", "")],
)
def test_marks_that_show_nothing_around_a_paragraph_change_nothing(before, after):
    lines = (
        "إعادة بناء الجسر القديم",
        *ARABIC_BODY,
        "وأغلقت البلدية الطريق.",
        "وقال: «سنعود.»",
        "المزيد:",
    )
    plain = article(*lines, language=Language.AR)
    wrapped = article(*(f"{before}{line}{after}" for line in lines), language=Language.AR)
    assert boilerplate.clutter_probability(wrapped).tolist() == (
        boilerplate.clutter_probability(plain).tolist()
    )


def test_an_article_without_paragraphs_has_no_probabilities():
    assert boilerplate.clutter_probability(article()).shape == (0,)


def test_shares_of_another_article_are_refused():
    with pytest.raises(ValueError, match="2 shares for 3 paragraphs"):
        boilerplate.clutter_probability(article(*BODY), linked=[1.0, 1.0])


@given(
    st.lists(st.text(alphabet="اب ت.؟…|»12 Share you\n", min_size=1), max_size=12), st.booleans()
)
def test_every_paragraph_gets_a_probability(texts, with_links):
    whole = article(*texts, language=Language.AR)
    links = [0.5] * len(texts) if with_links else None
    probability = boilerplate.clutter_probability(whole, linked=links)
    assert probability.shape == (len(texts),)
    assert np.all((probability >= 0) & (probability <= 1))
    kept = boilerplate.set_apart(whole, probability)
    assert [p.text for p in kept.paragraphs] == texts


def test_a_cookie_banner_taken_for_the_title_does_not_hide_the_headline():
    banner = "We use cookies to improve your experience on our site. Accept all"
    whole = replace(article(banner, "Culture", "A bridge comes back to life", *BODY), title=banner)
    probability = boilerplate.clutter_probability(whole)
    assert [n for n, p in enumerate(probability) if p >= boilerplate.AT_LEAST] == [0, 1]


def test_of_two_equal_titles_the_article_s_own_is_kept():
    title = "Town council votes to rebuild the old bridge"
    assert set_apart(title, "Home » Local", title, *BODY) == [0, 1]


def test_a_line_that_ends_like_the_title_is_a_crumb_only_with_a_separator():
    title = "The flood and the old bridge"
    assert set_apart(f"Home / Local / {title}", title, *BODY) == [0]
    assert set_apart(f"Background on {title.lower()}", title, *BODY) == []


KINDS = ("interface", "address", "imperative", "function", "telling", "labels", "byline")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("read more", "read more"),
        ("Home: also watch more", "also watch more"),
        ("also share", "share"),
        ("shares", None),
        ("we reread more", None),
        ("12 shares", "12 shares"),
        ("واقرا ايضا", "واقرا ايضا"),
        ("شاهد ايضا", "شاهد ايضا"),
    ],
)
def test_a_phrase_is_found_by_each_word_that_it_may_begin_with(text, found):
    phrases = "(?:also )?(?:read|watch) more\nshare\n\\d+ shares?\nو?(?:اقرا|شاهد) ايضا"
    match = Cues(**dict.fromkeys(KINDS, ""), phrases=phrases).phrases.search(text)
    assert (match and match[0]) == found
