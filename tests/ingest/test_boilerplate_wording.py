"""What a paragraph's words are near to: furniture or a story."""

from __future__ import annotations

import numpy as np
import pytest

from aligner.alignment.encoded import word_table
from aligner.embedding.static import StaticEmbedder
from aligner.ingest.boilerplate.wording import LEAD, WORDING, means, wording
from aligner.text import Article, Language, Paragraph, Sentence


@pytest.fixture(scope="module")
def lexical() -> StaticEmbedder:
    return StaticEmbedder.load()


def of(lexical: StaticEmbedder, *texts: str) -> np.ndarray:
    paragraphs = tuple(Paragraph(t, n, (Sentence(t, 0),)) for n, t in enumerate(texts))
    return wording(Article(Language.EN, paragraphs), word_table(list(texts), lexical))


def test_furniture_in_words_of_no_list_is_told_from_a_story(lexical: StaticEmbedder) -> None:
    odds = of(
        lexical,
        "Personalise your bulletin preferences on the profile screen",
        "عدّل تفضيلات النشرة في صفحة ملفك الشخصي",
        "The army shelled two villages before dawn and nine people died",
        "قصف الجيش قريتين قبل الفجر وقتل تسعة أشخاص",
    )[:, 0]
    assert min(odds[:2]) > 0 > max(odds[2:])


def test_a_lead_in_is_judged_by_itself(lexical: StaticEmbedder) -> None:
    rows = of(
        lexical, "Read also: nine die in a village", "Minister: nine die", "Nine die in a village"
    )
    table = dict(zip(WORDING, rows.T, strict=True))
    assert table["lead"].tolist() == [1, 1, 0]
    assert table["wording_of_lead"][0] > table["wording_of_lead"][1]
    assert table["wording_of_lead"][0] > table["wording"][0]
    assert table["wording_of_lead"][2] == 0


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("اقرأ أيضا: الجسر يعود", "اقرأ أيضا"),
        ("More on this | The bridge", "More on this"),
        ("He said that he would: go", None),
        ("At 12:30 it began", None),
        ("A well-known bridge", None),
    ],
)
def test_what_a_lead_in_is(text: str, lead: str | None) -> None:
    found = LEAD.match(text)
    assert (found.group(1) if found else None) == lead


def test_a_paragraph_without_sentences_or_words_says_nothing(lexical: StaticEmbedder) -> None:
    article = Article(Language.EN, (Paragraph("", 1), Paragraph("…", 2, (Sentence("…", 0),))))
    rows = wording(article, word_table(["…"], lexical))
    assert rows.shape == (2, len(WORDING))
    assert rows[0].tolist() == [0] * len(WORDING)
    assert np.isfinite(rows).all()


def test_a_mean_is_no_longer_than_a_word(lexical: StaticEmbedder) -> None:
    found = means(word_table(["a bridge over the river", "bridge", "…"], lexical))
    lengths = np.linalg.norm(found, axis=1)
    assert lengths[1] == pytest.approx(1.0, abs=1e-4)
    assert lengths[0] < 1.0
    assert lengths[2] == 0.0
