"""Sentence ends that no mark shows: found where the other side has one, and nowhere else."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner import alignment, samples, segmentation
from aligner.alignment import EncodedArticle, clues, unmarked
from aligner.bitext import Alignment
from aligner.pipeline import Pipeline
from aligner.text import Article, Language

PIPELINE = Pipeline()

ARABIC = """افتتح الوزير صباح الأحد مستشفى جديدا في مدينة الزرقاء{0}وقال المقاول إن العمل استغرق \
خمس سنوات.

وقالت الطبيبة ليلى حداد: "كنا ننقل المرضى إلى العاصمة في سيارات الأجرة"{1}وتأمل الممرضات أن تنتهي \
قوائم الانتظار قبل الشتاء.

وبلغت كلفة البناء ثلاثين مليون دينار."""
ENGLISH = """The minister opened a new hospital in the city of Zarqa on Sunday morning{0}The \
contractor said that the work had taken five years.

"We used to take patients to the capital in taxis," doctor Laila Haddad said. The nurses hope that \
the waiting lists will be gone before winter.

Construction cost thirty million dinars."""

Cut = tuple[EncodedArticle, EncodedArticle, Alignment]


def texts(first: str = ". ", second: str = ". ", english: str = ". ") -> tuple[str, str]:
    return ARABIC.format(first, second), ENGLISH.format(english)


def encoded(ar: str, en: str) -> tuple[EncodedArticle, EncodedArticle]:
    return PIPELINE.encode(PIPELINE.prepare(ar)), PIPELINE.encode(PIPELINE.prepare(en))


def cut(ar: EncodedArticle, en: EncodedArticle) -> Cut:
    return alignment.split_unmarked(ar, en, alignment.align(ar, en), PIPELINE.embedder)


def begins(article: Article) -> list[list[str]]:
    """The first word of every sentence, paragraph by paragraph."""
    return [[s.text.split()[0] for s in p.sentences] for p in article.paragraphs]


WHOLE = [["افتتح", "وقال"], ["وقالت", "وتأمل"], ["وبلغت"]]


def test_with_all_its_marks_the_text_stays_as_it_is():
    ar, en = encoded(*texts())
    assert begins(ar.article) == WHOLE
    found = alignment.align(ar, en)
    again = alignment.split_unmarked(ar, en, found, PIPELINE.embedder)
    assert all(one is other for one, other in zip(again, (ar, en, found), strict=True))


@pytest.mark.parametrize(
    ("first", "second"), [(" ", ". "), (". ", " "), (" ", " ")], ids=["bare", "quoted", "both"]
)
def test_an_end_without_a_mark_is_found_by_the_english_full_stop(first: str, second: str):
    ar, en = encoded(*texts(first, second))
    assert begins(ar.article) != WHOLE
    ar, _, found = cut(ar, en)
    assert begins(ar.article) == WHOLE
    assert [(b.ar, b.en) for b in found] == [((i,), (i,)) for i in range(5)]


def test_the_end_of_an_english_sentence_is_found_by_the_arabic_one():
    ar, en = encoded(*texts(english=" "))
    assert begins(en.article)[0] == ["The"]
    _, en, found = cut(ar, en)
    assert begins(en.article)[0] == ["The", "The"]
    assert all(b.type == "1-1" for b in found)


def test_an_end_that_both_versions_lost_is_found_by_the_capital():
    ar, en, found = cut(*encoded(*texts(first=" ", english=" ")))
    assert begins(ar.article)[0] == ["افتتح", "وقال"]
    assert begins(en.article)[0] == ["The", "The"]
    assert all(b.type == "1-1" for b in found)


@pytest.mark.parametrize("mark", ["، ", "؛ ", ": ", " – "])
def test_a_mark_that_joins_is_left_alone(mark: str):
    ar, en = encoded(*texts(first=mark))
    assert begins(ar.article)[0] == ["افتتح"]
    ar, _, found = cut(ar, en)
    assert begins(ar.article)[0] == ["افتتح"]
    assert next((b.ar, b.en) for b in found) == ((0,), (0, 1))


def test_given_sentences_are_never_cut():
    ar, en = encoded(*texts(first=" "))
    given = replace(ar, article=replace(ar.article, rule_split=False))
    found = alignment.align(given, en)
    assert alignment.split_unmarked(given, en, found, PIPELINE.embedder)[2] is found


def test_an_article_that_comes_with_sentences_keeps_them_all_the_way():
    ar, en = (PIPELINE.prepare(text) for text in texts(first=" "))
    assert len(PIPELINE.compare(ar, en).ar.sentences) == 5
    given = replace(ar, rule_split=False)
    assert len(PIPELINE.compare(given, en).ar.sentences) == 4


def test_a_cut_article_is_encoded_as_if_it_had_been_cut_from_the_start():
    ar, _, _ = cut(*encoded(*texts(first=" ", second=" ")))
    fresh = PIPELINE.encode(ar.article)
    assert ar.tokens == fresh.tokens
    np.testing.assert_array_equal(ar.characters, fresh.characters)
    np.testing.assert_allclose(ar.vectors, fresh.vectors, rtol=1e-5, atol=1e-5)
    np.testing.assert_array_equal(ar.words.starts, fresh.words.starts)
    np.testing.assert_array_equal(ar.words.spans, fresh.words.spans)
    np.testing.assert_array_equal(
        ar.words.vectors[ar.words.rows], fresh.words.vectors[fresh.words.rows]
    )


def test_the_parts_tile_their_paragraph_and_all_are_in_one_bead():
    ar, en, found = cut(*encoded(*texts(first=" ", second=" ", english=" ")))
    for article in (ar.article, en.article):
        for paragraph in article.paragraphs:
            assert "".join(s.text for s in paragraph.sentences) == paragraph.text
            assert all(paragraph.text[s.start : s.end] == s.text for s in paragraph.sentences)
        held = [i for b in found for i in b.side(article.language)]
        assert sorted(held) == list(article.content)


def test_what_was_cut_is_less_sure_than_its_bead():
    ar, en = encoded(*texts(first=" "))
    whole = alignment.align(ar, en).bead_of(Language.AR, 0)
    _, _, found = cut(ar, en)
    assert whole is not None
    assert found.beads[0].probability == whole.probability
    assert found.beads[1].probability < whole.probability
    assert 0.3 < found.beads[1].similarity <= 1  # type: ignore[operator]


@pytest.mark.parametrize(
    ("arabic", "english"),
    [
        (
            "انفجر أنبوب غاز في الحي قبل الفجر ما أدى إلى إصابة سبعة من السكان بحروق.",
            "A gas pipe exploded in the old quarter before dawn. Seven residents suffered burns.",
        ),
        (
            "دشن المحافظ الجسر في احتفاله الخامس والعشرين بحضور جمهور كبير من سكان الضفتين.",
            "The governor opened the bridge at its twenty-fifth celebration. A large crowd "
            "came from both banks.",
        ),
        (
            "خسر الفريق بثلاثة أهداف مقابل هدف في المباراة التي جرت مساء الجمعة على ملعب المدينة.",
            "The team lost by three goals to one. The match was played on Friday evening at the "
            "city stadium.",
        ),
    ],
)
def test_what_a_careful_writer_said_in_one_sentence_stays_one(arabic: str, english: str):
    ar = f"خبر من المدينة\n\n{arabic}\n\nوانتهى كل شيء قبل حلول مساء ذلك اليوم."
    en = f"News from the city\n\n{english}\n\nIt was all over before the evening of that day."
    assert [len(p.sentences) for p in cut(*encoded(ar, en))[0].article.paragraphs] == [1, 1, 1]


def test_nothing_begins_inside_a_number():
    text = "في الدورة الخامسة والأربعين بحضور الناشرين"
    gaps = [m.span() for m in re.finditer(" ", text)]
    looks = [clues.look(text, *gap, Language.AR) for gap in gaps]
    assert [seen is not None and bool(seen[clues.GOES_ON]) for seen in looks] == [
        True,
        False,
        True,
        False,
        False,
    ]


def test_one_paragraph_without_a_mark_in_many_tells_of_a_careless_writer():
    def carelessness(*paragraphs: str) -> float:
        return unmarked.carelessness(PIPELINE.encode(PIPELINE.prepare("\n\n".join(paragraphs))))

    marked = "وصل الوزير إلى المدينة صباح يوم الأحد وزار المدرسة."
    bare = "غادر الوزير المدينة مساء يوم الأحد بعد زيارة المدرسة"
    assert carelessness(marked, marked, marked, marked) == pytest.approx(np.log(0.5 / 4.5))
    assert carelessness(marked, marked, marked, bare) == pytest.approx(np.log(1.5 / 3.5))
    assert carelessness(bare, bare, bare, bare) == 0  # verses, or a list


@pytest.mark.parametrize("name", ["library", "olives", "water"])
def test_nothing_is_cut_in_the_samples(name: str):
    ar, en = (PIPELINE.encode(PIPELINE.prepare(path)) for path in samples.paths(name))
    assert cut(ar, en)[0] is ar
    assert cut(ar, en)[1] is en


def test_every_weight_has_its_feature():
    assert len(unmarked.weights()) == len(unmarked.FEATURES)


@lru_cache
def sample(name: str) -> tuple[Article, Article]:
    ar, en = (PIPELINE.prepare(path) for path in samples.paths(name))
    return ar, en


def without_marks(article: Article, lost: set[int]) -> Article:
    """The article read again after these sentences have lost their end marks."""
    paragraphs = []
    for paragraph, numbers in zip(article.paragraphs, article.sentence_numbers, strict=True):
        tiles = zip(numbers, paragraph.sentences, strict=True)
        kept = [re.sub(r"[.؟?!]+(?=\W*$)", "", s.text) if n in lost else s.text for n, s in tiles]
        paragraphs.append(replace(paragraph, text="".join(kept), sentences=()))
    return segmentation.segment_article(replace(article, paragraphs=tuple(paragraphs)))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["library", "olives", "water"]), st.sets(st.integers(0, 40)), st.data())
def test_whatever_marks_are_lost_the_whole_is_sound(name: str, lost: set[int], data: st.DataObject):
    also = data.draw(st.sets(st.integers(0, 40)))
    ar, en = (without_marks(a, n) for a, n in zip(sample(name), (lost, also), strict=True))
    before = alignment.align(*map(PIPELINE.encode, (ar, en)))
    changed_ar, changed_en, found = cut(*map(PIPELINE.encode, (ar, en)))
    for was, now in ((ar, changed_ar), (en, changed_en)):
        article = now.article
        assert [p.text for p in article.paragraphs] == [p.text for p in was.paragraphs]
        for paragraph in article.paragraphs:
            assert "".join(s.text for s in paragraph.sentences) == paragraph.text
            assert all(s.stripped for s in paragraph.sentences)
        held = [i for b in found for i in b.side(article.language)]
        assert sorted(held) == list(article.content)
        np.testing.assert_array_equal(now.words.starts, PIPELINE.encode(article).words.starts)
    assert sum(b.is_null for b in found) == sum(b.is_null for b in before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Chelsea led after a goal by Eden ", "Hazard in the first half"),  # a name
        ("He was asked whether the mayor and ", "The Herald had agreed"),  # goes on after "and"
        ("There is nobody who wonders as much as ", "I do about the harvest"),
        ("The company sold its shares in the autumn of ", "2014 and closed down"),
        ("A neighbour said last night ", '"We heard nothing at all"'),
    ],
)
def test_a_capital_or_a_figure_inside_a_sentence_is_barred(before: str, after: str):
    seen = clues.look(before + after, len(before.rstrip()), len(before), Language.EN)
    assert seen is not None
    assert clues.is_barred(seen)


@pytest.mark.parametrize(
    ("before", "after", "barred"),
    [
        ("وصل الوفد إلى ", "العاصمة مساء أمس", True),
        ("استقبل الوزير الوفد ", "الذي وصل أمس", True),
        ("أغلقت المدرسة أبوابها عام ", "2014 بعد الحريق", True),
        ("وأضاف رئيس البلدية أمس ", '"لن نغلق السوق"', True),
        ("أغلقت المدرسة أبوابها بعد الحريق، ", "وعاد الطلاب إلى بيوتهم", True),
        ("أغلقت المدرسة أبوابها بعد الحريق ", "وعاد الطلاب إلى بيوتهم", False),
        ('قال المدير: "لن نغلق المدرسة" ', "وعاد الطلاب إلى بيوتهم", False),
    ],
)
def test_an_arabic_sentence_goes_on_after_some_words_and_marks(
    before: str, after: str, barred: bool
):
    seen = clues.look(before + after, len(before.rstrip()), len(before), Language.AR)
    assert seen is not None
    assert clues.is_barred(seen) is barred
