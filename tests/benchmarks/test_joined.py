"""Runs embedded as joined text take the place of sums where the aligner looks for them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aligner.alignment import evidence
from aligner.embedding import StaticEmbedder
from aligner.text import Article, Language
from benchmarks.docalign import article
from benchmarks.joined import Joined


class ByLength:
    """Two numbers for a text, and for two joined texts not those that a sum would give."""

    name, dimensions, additive = "by length", 2, False

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.array([[len(t) ** 2, 10] for t in texts], dtype=np.float32).reshape(-1, 2)


def side(language: Language, *sentences: str) -> Article:
    return article({"paragraphs": [list(sentences)]}, language, "test")


def cosine(one: str, other: str) -> float:
    a, b = ByLength().embed([one, other])
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def test_the_cosine_of_two_sentences_with_one_is_that_of_the_joined_text() -> None:
    joined, lexical = Joined(ByLength(), longest=2), StaticEmbedder.load()
    ar = joined.encode(side(Language.AR, "أ", "بب", "ت"), lexical)
    en = joined.encode(side(Language.EN, "abcd", "e"), lexical)
    found = joined.between(evidence.side(ar), evidence.side(en))
    np.testing.assert_allclose(found.cosines_ar[0, 0, 0], cosine("أ", "abcd"), atol=1e-5)
    np.testing.assert_allclose(found.cosines_ar[1, 1, 1], cosine("بب ت", "e"), atol=1e-5)
    np.testing.assert_allclose(found.cosines_en[1, 0, 1], cosine("abcd e", "بب"), atol=1e-5)
    two_with_two = found.cosines(ar=2, longest=2, first=0, last=2)[1, :, 0]
    wanted = [cosine("أ بب", "abcd e"), cosine("بب ت", "abcd e")]
    np.testing.assert_allclose(two_with_two, wanted, atol=1e-5)
    assert all(value < 0.9999 for value in joined.likeness)


def test_with_no_run_embedded_the_cosines_are_the_aligners_own() -> None:
    joined, lexical = Joined(ByLength(), longest=1), StaticEmbedder.load()
    ar = evidence.side(joined.encode(side(Language.AR, "أ", "بب", "ت"), lexical))
    en = evidence.side(joined.encode(side(Language.EN, "abcd", "e"), lexical))
    found, usual = joined.between(ar, en), evidence.Evidence(ar, en)
    np.testing.assert_allclose(found.cosines_ar, usual.cosines_ar, atol=1e-5)
    np.testing.assert_allclose(found.cosines_en, usual.cosines_en, atol=1e-5)
    for size in (1, 2):
        own = usual.cosines(size, 2, 0, 3 - size)
        np.testing.assert_allclose(found.cosines(size, 2, 0, 3 - size), own, atol=1e-5)
