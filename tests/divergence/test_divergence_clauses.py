"""A clause that stands in one version only, with the real vectors."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pytest

from aligner import alignment
from aligner.alignment.probability import logistic
from aligner.bitext import Alignment, Bead
from aligner.divergence import clauses
from aligner.embedding import StaticEmbedder
from aligner.text import Article, Language, Paragraph, Sentence

ARABIC = [
    "افتتحت البلدية يوم الاثنين مدرسة جديدة في وسط المدينة، وحضر الحفل وزير التعليم.",
    "وقال المدير إن المدرسة تتسع لستمئة طالب وطالبة.",
    "وبلغت كلفة البناء ثلاثة ملايين دولار.",
    "وسيبدأ العام الدراسي في شهر سبتمبر المقبل.",
]
FULL = [
    "The municipality opened a new school in the city centre on Monday, and the minister of"
    " education attended the ceremony.",
    "The headmaster said the school has room for six hundred pupils.",
    "Construction cost three million dollars.",
    "The school year will begin next September.",
]
SHORT = ["The municipality opened a new school in the city centre on Monday.", *FULL[1:]]


@lru_cache
def model() -> StaticEmbedder:
    return StaticEmbedder.load()


def article(texts: list[str], language: Language) -> Article:
    paragraphs = (Paragraph(t, n + 1, (Sentence(t, 0),)) for n, t in enumerate(texts))
    return Article(language, tuple(paragraphs))


def found(arabic: list[str], english: list[str]) -> list[tuple[str, str, float]]:
    ar, en = article(arabic, Language.AR), article(english, Language.EN)
    sides = [alignment.encode(a, model(), model()) for a in (ar, en)]
    named = clauses.find(sides[0], sides[1], alignment.align(sides[0], sides[1]))
    texts = {Language.AR: arabic, Language.EN: english}
    return [
        (d.side.value, texts[d.side][d.paragraph][slice(*(d.span or (0, 0)))], d.probability)
        for d in named
    ]


def test_the_arabic_clause_that_the_english_lacks_is_named_without_its_marks():
    ((side, text, chance),) = found(ARABIC, SHORT)
    assert side == "ar"
    assert text == "وحضر الحفل وزير التعليم"
    assert chance >= 0.3


def test_the_english_clause_that_the_arabic_lacks_is_named():
    shortened = [ARABIC[0].split("،")[0] + ".", *ARABIC[1:]]
    ((side, text, _),) = found(shortened, FULL)
    assert side == "en"
    assert text == "and the minister of education attended the ceremony"


def test_a_full_translation_lacks_nothing():
    assert found(ARABIC, FULL) == []


JOINED = (
    "The headmaster said the school has room for six hundred pupils, and construction cost three"
    " million dollars."
)
STRANGER = "وتساقطت الثلوج على المرتفعات الجبلية الشمالية لليوم الثالث على التوالي."


def found_in_one_bead(arabic: list[str], english: list[str]) -> list[str]:
    """What is named where all Arabic sentences but the last are one bead with the first English."""
    ar, en = article(arabic, Language.AR), article(english, Language.EN)
    sides = [alignment.encode(a, model(), model()) for a in (ar, en)]
    several = tuple(range(len(arabic) - 1))
    beads = Alignment((Bead(several, (0,), 0.8, 0.9), Bead((len(several),), (1,), 0.9, 1.0)))
    return [arabic[d.paragraph][slice(*d.span)] for d in clauses.find(*sides, beads)]


def test_a_whole_sentence_of_a_bead_of_several_is_named_where_the_others_say_all_the_other_does():
    named = found_in_one_bead([ARABIC[1], STRANGER, ARABIC[2], ARABIC[3]], [JOINED, FULL[3]])
    assert named == [STRANGER.rstrip(".")]


def test_no_sentence_is_named_of_two_that_became_one():
    assert found_in_one_bead([ARABIC[1], ARABIC[2], ARABIC[3]], [JOINED, FULL[3]]) == []


def test_no_clause_that_reaches_the_probability_is_left_out_beforehand():
    ar, en = article(ARABIC, Language.AR), article(SHORT, Language.EN)
    sides = [alignment.encode(a, model(), model()) for a in (ar, en)]
    beads = alignment.align(sides[0], sides[1])
    every = list(clauses.candidates(sides[0], sides[1], beads))
    sure = [c for c in every if logistic(np.dot(c.features, clauses.weights())) >= 0.3]
    assert 0 < len(sure) < len(every)
    assert set(sure) <= set(clauses.candidates(sides[0], sides[1], beads, at_least=0.3))


@pytest.mark.parametrize("name", ["other_loses", "other_unfound"])
def test_what_the_other_side_loses_or_never_found_speaks_against_a_clause(name: str):
    # Clauses are left out beforehand as if it were nothing.
    assert clauses.weights()[clauses.FEATURES.index(name)] < 0


HEADED = [
    "في بيان نشرته على موقعها الإلكتروني مساء الخميس، قالت البلدية إن المدرسة تتسع لستمئة طالب.",
    "In a statement published on its website on Thursday evening, the municipality said the school"
    " has room for six hundred pupils.",
]
BARE = [
    "قالت البلدية إن المدرسة تتسع لستمئة طالب.",
    "The municipality said the school has room for six hundred pupils.",
]


def test_a_clause_left_out_at_the_head_of_a_sentence_is_named_on_either_side() -> None:
    ((side, text, _),) = found([HEADED[0], *ARABIC[2:]], [BARE[1], *FULL[2:]])
    assert (side, text) == ("ar", "في بيان نشرته على موقعها الإلكتروني مساء الخميس")
    ((side, text, _),) = found([BARE[0], *ARABIC[2:]], [HEADED[1], *FULL[2:]])
    assert (side, text) == ("en", "In a statement published on its website on Thursday evening")
    assert found([HEADED[0], *ARABIC[2:]], [HEADED[1], *FULL[2:]]) == []


def test_a_relative_clause_left_out_in_the_middle_is_named_without_its_marks() -> None:
    related = "The headmaster, who has been sharply criticised for missing the ceremony, said"
    english = [FULL[0], FULL[1].replace("The headmaster said", related), *FULL[2:]]
    ((side, text, _),) = found(ARABIC, english)
    assert side == "en"
    assert text == "who has been sharply criticised for missing the ceremony"


def spans(text: str, language: Language) -> list[str]:
    """The clauses that may be named in one sentence."""
    joined = clauses.APART + text + clauses.APART
    ends = clauses._spans(joined, np.array([1]), np.array([len(joined) - 1]), language)
    return [joined[a:b] for a, b in zip(*ends, strict=True)]


def test_a_relative_clause_without_marks_ends_before_what_is_said() -> None:
    sentence = "قالت الشركة التي تملك ثلث الحصص إن الحفر سيبدأ قريبا."
    assert "التي تملك ثلث الحصص" in spans(sentence, Language.AR)


def test_nothing_that_a_colon_ends_is_a_clause() -> None:
    sentence = "The state broadcaster: seven ships have left the harbour, officials say."
    assert "The state broadcaster" not in spans(sentence, Language.EN)
    assert "seven ships have left the harbour" in spans(sentence, Language.EN)
