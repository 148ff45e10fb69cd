"""Sentences: the labelled cases, and what holds for every text."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from aligner.segmentation import normalise, segment, segment_article
from aligner.text import Article, Language, Paragraph
from benchmarks.segmentation import inner_ends, read_cases

BUSY = 'ابوه د.ص.؟!…؛،"«»“”()[]1٣۵٫٬ \n\t\u200f\u2029AabMr.US•-'
TEXTS = st.one_of(st.text(alphabet=BUSY, max_size=60), st.text(max_size=40))
SIDES = st.sampled_from(list(Language))


@given(TEXTS, SIDES)
def test_sentences_join_back_into_their_paragraph(text, language):
    assert "".join(s.text for s in segment(text, language)) == text


@given(TEXTS, SIDES)
def test_every_sentence_stands_where_it_says(text, language):
    for sentence in segment(text, language):
        assert text[sentence.start : sentence.end] == sentence.text


@given(TEXTS, SIDES)
@example("! • ", Language.AR)
def test_no_sentence_is_blank_unless_the_whole_text_is(text, language):
    sentences = segment(text, language)
    assert all(s.stripped for s in sentences) or len(sentences) == 1


@given(TEXTS, SIDES)
def test_normalising_twice_changes_nothing(text, language):
    once = normalise(text, language)
    assert normalise(once, language) == once


@pytest.mark.parametrize("piece", ["كلمة ", "word ", ".", "؟ ", " \n", "“", "a.", '. " ', "U.S. "])
def test_a_long_line_without_a_sentence_end_or_with_many_is_split(piece):
    # A quadratic step would take minutes here.
    text = piece * 40_000
    assert "".join(s.text for s in segment(text, Language.AR)) == text


def labelled(language):
    for heading, sentences in read_cases(language):
        known = pytest.mark.xfail(reason=heading, strict=True)
        marks = [known] if heading.startswith("Known failures") else []
        yield pytest.param(sentences, marks=marks)


@pytest.mark.parametrize("sentences", list(labelled(Language.AR)))
def test_an_arabic_case_is_split_as_labelled(sentences):
    found = [s.text for s in segment("".join(sentences), Language.AR)]
    assert inner_ends(found) == inner_ends(sentences), "|".join(found)


@pytest.mark.parametrize("sentences", list(labelled(Language.EN)))
def test_an_english_case_is_split_as_labelled(sentences):
    found = [s.text for s in segment("".join(sentences), Language.EN)]
    assert inner_ends(found) == inner_ends(sentences), "|".join(found)


def test_white_space_after_a_sentence_belongs_to_it():
    assert [s.text for s in segment("  One.  Two. ", Language.EN)] == ["  One.  ", "Two. "]


def test_a_blank_line_ends_a_sentence_and_a_single_line_feed_does_not():
    assert len(segment("A title\n\nThe text\ngoes on", Language.EN)) == 2


def test_nothing_has_no_sentences():
    assert segment("", Language.AR) == ()


@pytest.mark.parametrize(
    "sentences",
    [
        ["وصل الوفد إلى القاهرة.\u200f ", "وقال إنه سعيد."],
        ["وصل الوفد إلى القاهرة\u200f. ", "وقال إنه سعيد."],
        ["وصل الوفد إلى القاهرة.\u200f", "وقال إنه سعيد."],
        ["وصل الوفد إلى القاهرة.\u202c \u202b", "وقال إنه سعيد.\u202c"],
        ["وصل الوفد إلى القاهرة\u200b.\u200b ", "وقال إنه سعيد."],
        ["وصل \u200fد\u200f. وليد إلى القاهرة.\u200f ", "وقال إنه سعيد."],
        ["\u200f1\u200f. وصل الوفد. ", "2. غادر."],
    ],
)
def test_marks_that_show_nothing_neither_make_a_sentence_nor_hide_one(sentences: list[str]):
    assert [s.text for s in segment("".join(sentences), Language.AR)] == sentences


def test_an_article_gets_the_sentences_of_every_paragraph():
    article = Article(Language.EN, (Paragraph("One. Two.", 1), Paragraph("Three", 3)))
    assert [s.text for s in segment_article(article).sentences] == ["One. ", "Two.", "Three"]


@pytest.mark.parametrize(
    "sentences",
    [
        ["هل عاد الوفد? ", "نعم عاد أمس. ", "متى يسافر ثانية?! ", "لا أحد يعلم."],
        ["هل وصل الوفد ؟ ", "لم يصل بعد."],
        ["كم بلغت الخسائر؟؟ ", "لا جواب."],
        ["١) أغلقت السوق أبوابها. ", "٢) نُقل الباعة إلى ساحة جديدة."],
        ["١- أغلقت السوق أبوابها. ", "٢- نُقل الباعة إلى ساحة جديدة."],
        ["قررت اللجنة: ١. إغلاق السوق. ", "٢. نقل الباعة. ", "٣. دفع التعويضات."],
        ["المادة ٥. يحظر البيع في الشوارع. ", "المادة ٦. يعاقب المخالف."],
        ["بلغت النسبة ٣.٥ في المئة. ", "وارتفعت إلى ٤٫٢ بعد عام."],
    ],
)
def test_question_marks_and_numbered_items_in_either_form(sentences: list[str]):
    western = str.maketrans("٠١٢٣٤٥٦٧٨٩؟", "0123456789?")
    for form in (sentences, [s.translate(western) for s in sentences]):
        assert [s.text for s in segment("".join(form), Language.AR)] == form
