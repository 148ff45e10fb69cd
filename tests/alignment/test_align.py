"""The aligner on the sample articles, and what must not change its answer."""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner import alignment, samples, segmentation
from aligner.alignment import EncodedArticle, evidence, parameters, search
from aligner.alignment.singles import singles
from aligner.bitext import Alignment
from aligner.embedding import StaticEmbedder
from aligner.ingest import boilerplate, read_article
from aligner.text import Article, Language, Paragraph, Sentence

PAIRS = ("library", "olives", "water")
Beads = list[tuple[tuple[int, ...], tuple[int, ...]]]


@lru_cache
def model() -> StaticEmbedder:
    return StaticEmbedder.load()


@lru_cache
def sample(name: str) -> tuple[Article, Article]:
    """A sample pair, segmented, its clutter set apart."""
    sides = []
    for path in samples.paths(name):
        article = segmentation.segment_article(read_article(path))
        sides.append(boilerplate.set_apart(article, boilerplate.clutter_probability(article)))
    return sides[0], sides[1]


def encoded(article: Article) -> EncodedArticle:
    return alignment.encode(article, model(), model())


def beads(ar: Article, en: Article) -> Beads:
    return [(b.ar, b.en) for b in alignment.align(encoded(ar), encoded(en))]


def with_paragraphs(article: Article, paragraphs: list[Paragraph]) -> Article:
    return replace(article, paragraphs=tuple(paragraphs))


def changed(article: Article, change: object) -> Article:
    """The article with every sentence's text put through `change`; the sentences stay the same."""
    assert callable(change)
    paragraphs = []
    for paragraph in article.paragraphs:
        start, tiles = 0, []
        for sentence in paragraph.sentences:
            text = change(sentence.text)
            tiles.append(Sentence(text, start))
            start += len(text)
        text = "".join(t.text for t in tiles)
        paragraphs.append(replace(paragraph, text=text, sentences=tuple(tiles)))
    return with_paragraphs(article, paragraphs)


@pytest.mark.parametrize("name", PAIRS)
def test_every_content_sentence_is_in_exactly_one_bead(name: str):
    ar, en = sample(name)
    found = beads(ar, en)
    assert sorted(i for a, _ in found for i in a) == list(ar.content)
    assert sorted(j for _, e in found for j in e) == list(en.content)


@pytest.mark.parametrize("name", PAIRS)
def test_the_same_input_gives_the_same_beads_and_probabilities(name: str):
    ar, en = (encoded(a) for a in sample(name))
    assert alignment.align(ar, en) == alignment.align(ar, en)


@pytest.mark.parametrize("name", PAIRS)
def test_probabilities_are_probabilities_and_nulls_have_no_similarity(name: str):
    ar, en = sample(name)
    for bead in alignment.align(encoded(ar), encoded(en)):
        assert 0.0 <= bead.probability <= 1.0
        assert (bead.similarity is None) == bead.is_null


@pytest.mark.parametrize("name", PAIRS)
def test_diacritics_change_nothing(name: str):
    ar, en = sample(name)
    marked = changed(
        ar, lambda text: re.sub("(?<=[\u0628-\u063a])(?=[\u0621-\u064a])", "\u064e", text)
    )
    assert marked.sentences != ar.sentences
    assert beads(marked, en) == beads(ar, en)


@pytest.mark.parametrize("name", PAIRS)
def test_tatweel_changes_nothing(name: str):
    ar, en = sample(name)
    stretched = changed(
        ar, lambda text: re.sub("(?<=[\u0633\u0634])(?=[\u0621-\u064a])", "\u0640", text)
    )
    assert beads(stretched, en) == beads(ar, en)


@pytest.mark.parametrize("name", PAIRS)
def test_the_form_of_the_digits_changes_nothing(name: str):
    ar, en = sample(name)

    def eastern(text: str) -> str:
        return "".join(chr(0x660 + unicodedata.digit(c)) if c.isdigit() else c for c in text)

    assert beads(changed(ar, eastern), en) == beads(ar, en)


def test_a_foreign_paragraph_adds_its_nulls_and_moves_nothing_else():
    same = tried = 0
    for side, name, other in itertools.product((0, 1), PAIRS, PAIRS):
        if name == other:
            continue
        pair = sample(name)
        host, before = pair[side], beads(*pair)
        foreign = max(sample(other)[side].paragraphs, key=lambda p: len(p.text))
        for place in range(1, len(host.paragraphs)):
            paragraphs = [*host.paragraphs[:place], foreign, *host.paragraphs[place:]]
            mixed = with_paragraphs(host, paragraphs)
            found = beads(*((mixed, pair[1]) if side == 0 else (pair[0], mixed)))
            tried += 1
            same += set(found) == with_nulls(
                before, side, host.sentence_numbers[place].start, len(foreign.sentences)
            )
    assert same / tried >= 0.98, f"{same} of {tried}"


def with_nulls(before: Beads, side: int, first: int, count: int) -> set[object]:
    """The beads after so many foreign sentences have come in on one side."""
    expected: set[object] = set()
    for bead in before:
        moved = list(bead)
        moved[side] = tuple(i + count * (i >= first) for i in bead[side])
        expected.add(tuple(moved))
    for i in range(first, first + count):
        expected.add(((i,), ()) if side == 0 else ((), (i,)))
    return expected


def test_joining_two_sentences_changes_only_their_bead():
    same = tried = 0
    for name in PAIRS:
        ar, en = sample(name)
        before = beads(ar, en)
        one_to_one = {e[0]: a for a, e in before if len(a) == len(e) == 1}
        for number, paragraph in enumerate(en.paragraphs):
            for at in range(len(paragraph.sentences) - 1):
                j = en.sentence_numbers[number].start + at
                if j not in one_to_one or j + 1 not in one_to_one:
                    continue
                if one_to_one[j][0] + 1 != one_to_one[j + 1][0]:
                    continue
                tried += 1
                joined = list(paragraph.sentences)
                joined[at : at + 2] = [
                    Sentence(joined[at].text + joined[at + 1].text, joined[at].start)
                ]
                changed_en = list(en.paragraphs)
                changed_en[number] = replace(paragraph, sentences=tuple(joined))
                expected = [
                    (a, tuple(x - (x > j) for x in e)) for a, e in before if not set(e) & {j, j + 1}
                ]
                expected.append(((*one_to_one[j], *one_to_one[j + 1]), (j,)))
                found = beads(ar, with_paragraphs(en, changed_en))
                same += set(found) == set(expected)
    assert tried >= 5
    assert same / tried >= 0.9, f"{same} of {tried}"


def test_a_text_against_nothing_is_all_nulls():
    ar, en = sample("water")
    empty = with_paragraphs(en, [replace(p, boilerplate=True) for p in en.paragraphs])
    found = alignment.align(encoded(ar), encoded(empty))
    assert found.unmatched(Language.AR) == ar.content
    assert all(b.is_null for b in found)


def test_other_flags_need_no_second_encoding():
    ar, en = sample("olives")
    once = encoded(ar)
    flagged = with_paragraphs(
        ar, [replace(p, boilerplate=n < 2) for n, p in enumerate(ar.paragraphs)]
    )
    again: Alignment = alignment.align(once.with_article(flagged), encoded(en))
    assert again == alignment.align(encoded(flagged), encoded(en))
    with pytest.raises(ValueError, match="sentences differ"):
        once.with_article(en)


def test_linked_shares_are_told_by_paragraph():
    ar, en = sample("water")
    found = alignment.align(encoded(ar), encoded(en))
    shares = alignment.linked_shares(found, ar)
    assert len(shares) == len(ar.paragraphs)
    assert all(0.0 <= s <= 1.0 for s in shares)
    for number, paragraph in enumerate(ar.paragraphs):
        if paragraph.boilerplate:
            assert shares[number] == 0.0


@given(
    st.lists(
        st.sampled_from(["ماء", "نهر كبير", "water", "٣٥", "", "..."]), min_size=1, max_size=6
    ),
    st.lists(st.sampled_from(["water", "a big river", "35", "", "!"]), min_size=1, max_size=6),
)
@settings(max_examples=25, deadline=None)
def test_odd_sentences_are_aligned_without_complaint(arabic: list[str], english: list[str]):
    def article(texts: list[str], language: Language) -> Article:
        return Article(
            language, tuple(Paragraph(t, n + 1, (Sentence(t, 0),)) for n, t in enumerate(texts))
        )

    found = beads(article(arabic, Language.AR), article(english, Language.EN))
    assert sorted(i for a, _ in found for i in a) == list(range(len(arabic)))
    assert sorted(j for _, e in found for j in e) == list(range(len(english)))


def test_a_name_that_no_vector_knows_is_found_by_its_sound() -> None:
    sides = []
    for language, text in (
        (Language.AR, "وصل زغربولتن أمس."),
        (Language.EN, "Zagrbolten arrived."),
    ):
        article = Article(language, (Paragraph(text, 1, (Sentence(text, 0),)),))
        sides.append(evidence.side(alignment.encode(article, model(), model())))
    ar, en = sides
    by_vector = float((ar.words[1] @ en.words.T).max())
    assert by_vector < evidence.SOUNDS_ALIKE
    near, _ = evidence.Evidence(ar, en).nearness
    assert near[0, 1] == pytest.approx(evidence.SOUNDS_ALIKE - evidence.NOISE_COSINE)


@pytest.mark.parametrize(
    "heading",
    [("مقدمة", "Introduction"), ("الخلفية", "Background"), ("المراجع", "References")],
)
def test_headings_of_one_word_that_say_the_same_are_a_pair(heading: tuple[str, str]) -> None:
    for name in PAIRS:
        headed = []
        for article, word in zip(sample(name), heading, strict=True):
            first, *others = article.paragraphs
            top = Paragraph(word, 1, (Sentence(word, 0),))
            headed.append(with_paragraphs(article, [first, top, *others]))
        places = tuple((side.sentence_numbers[1].start,) for side in headed)
        assert places in beads(*headed)


@pytest.mark.parametrize("name", PAIRS)
def test_a_rough_look_sees_the_same_whether_a_full_one_follows_or_not(name: str):
    ar, en = (encoded(article) for article in sample(name))
    alone = alignment.align(ar, en, rough=True)
    before_full = alignment.align(ar, en, rough=True, again=True)
    assert [(b.ar, b.en, b.moved) for b in alone] == [(b.ar, b.en, b.moved) for b in before_full]
    chances = [b.probability for b in before_full]
    assert [b.probability for b in alone] == pytest.approx(chances, abs=2e-4)


@pytest.mark.parametrize("ratio", [-0.4, 0.5])
def test_prices_at_another_ratio_of_lengths_are_as_priced_anew(ratio: float):
    ar, en = (encoded(a) for a in sample("olives"))
    pair, weights = evidence.between(ar, en), parameters.load()
    single = singles(pair)
    anew = parameters.price(pair, single, weights, ratio)
    changed = parameters.at_ratio(parameters.price(pair, single, weights), single, weights, ratio)
    np.testing.assert_allclose(changed.beads, anew.beads, atol=1e-3)
    assert np.array_equal(changed.beads == search.NEVER, anew.beads == search.NEVER)
