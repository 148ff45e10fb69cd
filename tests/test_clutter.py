"""Clutter is told from content by what found a counterpart, and what it is a counterpart of."""

from __future__ import annotations

import pytest

from aligner import alignment, clutter, samples
from aligner.alignment import EncodedArticle
from aligner.pipeline import Pipeline
from aligner.text import Article, Language

CRUMBS = {Language.AR: "الرئيسية / الأخبار / اقتصاد", Language.EN: "Home » News » Economy"}


@pytest.fixture(scope="module")
def judged() -> dict[str, tuple[EncodedArticle, EncodedArticle]]:
    pipeline = Pipeline()
    found = {}
    for name in ("water", "library"):
        ar, en = (
            pipeline.encode(clutter.put_back(pipeline.prepare(path)))
            for path in samples.paths(name)
        )
        found[name] = clutter.set_apart_by_links(ar, en, alignment.align(ar, en))
    return found


def clutter_of(article: Article) -> set[str]:
    return {p.text for p in article.paragraphs if p.boilerplate}


def test_two_breadcrumbs_that_match_are_still_clutter(
    judged: dict[str, tuple[EncodedArticle, EncodedArticle]],
) -> None:
    for side in judged["water"]:
        assert CRUMBS[side.article.language] in clutter_of(side.article)


def test_a_headline_is_kept_whether_or_not_it_found_its_counterpart(
    judged: dict[str, tuple[EncodedArticle, EncodedArticle]],
) -> None:
    ar, en = (side.article for side in judged["library"])
    assert ar.title == "مكتبة عمرها قرن تعود إلى الحياة في تل الورد"
    assert ar.title not in clutter_of(ar)
    assert "A hundred-year-old library comes back to life in Tell al-Ward" not in clutter_of(en)


def test_put_back_leaves_nothing_set_apart(
    judged: dict[str, tuple[EncodedArticle, EncodedArticle]],
) -> None:
    for side in judged["water"]:
        assert clutter_of(side.article)
        assert not clutter_of(clutter.put_back(side.article))
