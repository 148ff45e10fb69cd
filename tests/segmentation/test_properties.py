"""What holds for every text: sentences tile it, and comparing forms are stable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.segmentation import normalise, segment, segment_article
from aligner.text import Article, Language, Paragraph

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
def test_no_sentence_is_blank_unless_the_whole_text_is(text, language):
    sentences = segment(text, language)
    assert all(s.stripped for s in sentences) or len(sentences) == 1


@given(TEXTS, SIDES)
def test_normalising_twice_changes_nothing(text, language):
    once = normalise(text, language)
    assert normalise(once, language) == once


@pytest.mark.parametrize("piece", ["كلمة ", "word ", ".", "؟ ", " \n", "“", "a.", "د. ", "U.S. "])
def test_a_huge_line_is_split_in_linear_time(piece):
    text = piece * 200_000
    assert "".join(s.text for s in segment(text, Language.AR)) == text


def test_an_article_gets_the_sentences_of_every_paragraph():
    article = Article(Language.EN, (Paragraph("One. Two.", 1), Paragraph("Three", 3)))
    assert [s.text for s in segment_article(article).sentences] == ["One. ", "Two.", "Three"]
