"""Whole piles, with the bundled model: the seeds, the samples, and what makes pairing hard."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import numpy as np
import pytest

from aligner import ingest, samples
from aligner.errors import BadPair
from aligner.pairing import Pairing, matching, pair_articles
from aligner.text import Article, Language, Paragraph
from tests.conftest import SEEDS

NAMES = ("library", "olives", "water")


def sample(name: str) -> tuple[Article, Article]:
    ar, en = (ingest.read_article(path) for path in samples.paths(name))
    return replace(ar, name=f"{name}.ar"), replace(en, name=f"{name}.en")


def pile() -> list[Article]:
    """Three pairs and five articles on one war."""
    articles = [article for name in NAMES for article in sample(name)]
    return articles + list(ingest.read_articles(SEEDS))


def named(found: Pairing) -> set[tuple[str, str]]:
    return {(pair.ar.name, pair.en.name) for pair in found}


def parts(article: Article, chosen: slice, name: str) -> Article:
    return replace(article, paragraphs=article.paragraphs[chosen], name=name)


def changed(article: Article, name: str, swaps: dict[str, str]) -> Article:
    """The article a day later: other figures and words."""

    def swap(text: str) -> str:
        for old, new in swaps.items():
            text = text.replace(old, new)
        return text

    return replace(
        article,
        name=name,
        paragraphs=tuple(Paragraph(swap(p.text), p.line) for p in article.paragraphs),
    )


SAMPLE_PAIRS = {(f"{name}.ar", f"{name}.en") for name in NAMES}


def test_the_seeds_hold_one_pair_and_three_decoys() -> None:
    found = pair_articles(ingest.read_articles(SEEDS))
    [pair] = found.pairs
    assert "002" in pair.ar.name
    assert "000" in pair.en.name
    assert pair.probability >= 0.95
    assert len(found.unpaired) == 3
    assert all(left.probability <= 0.2 for left in found.unpaired)


def test_a_pairing_shows_itself_in_a_line() -> None:
    found = pair_articles(ingest.read_articles(SEEDS))
    assert repr(found) == "Pairing(pairs=1, unpaired=3)"
    for shown in map(repr, (*found, *found.unpaired)):
        assert "\n" not in shown
        assert len(shown) < 1000


def test_every_article_is_in_a_pair_or_left_alone_once() -> None:
    articles = pile()
    found = pair_articles(articles)
    assert named(found) >= SAMPLE_PAIRS
    assert sorted(a.name for a in found.articles()) == sorted(a.name for a in articles)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_the_articles_changes_nothing(seed: int) -> None:
    articles = pile()
    first = pair_articles(articles)
    random.Random(seed).shuffle(articles)
    again = pair_articles(articles)
    assert again.pairs == first.pairs
    assert again.unpaired == first.unpaired


def test_two_reports_on_one_event_a_day_apart_keep_their_own_counterparts() -> None:
    ar, en = sample("olives")
    numbers = {"٢٬٤٠٠": "٣٬١٠٠", "2,400": "3,100", "٤٬٩٠٠": "٥٬٢٠٠", "4,900": "5,200"}
    later_ar = changed(parts(ar, slice(0, 5), ""), "later.ar", numbers)
    later_en = changed(parts(en, slice(0, 5), ""), "later.en", numbers)
    found = pair_articles([ar, en, later_ar, later_en, *sample("water")])
    assert {("olives.ar", "olives.en"), ("later.ar", "later.en")} <= named(found)


def rates(day: tuple[str, str], index: str, turnover: str, firms: str) -> tuple[Article, Article]:
    """One day's article on the stock exchange, as every day's is."""
    ar = (
        f"أغلق مؤشر بورصة عمان يوم {day[0]} عند {index} نقطة.",
        f"وبلغت قيمة التداول {turnover} مليون دينار، وشملت التعاملات أسهم {firms} شركة.",
        "وقال متعاملون إن المستثمرين يترقبون نتائج الشركات الفصلية.",
    )
    en = (
        f"The Amman stock index closed at {index} points on {day[1]}.",
        f"Turnover reached {turnover} million dinars, and shares of {firms} companies were traded.",
        "Dealers said investors were waiting for the companies' quarterly results.",
    )
    return (
        Article(
            Language.AR, tuple(Paragraph(t, n) for n, t in enumerate(ar, 1)), name=f"{index}.ar"
        ),
        Article(
            Language.EN, tuple(Paragraph(t, n) for n, t in enumerate(en, 1)), name=f"{index}.en"
        ),
    )


def test_articles_in_one_mould_whose_numbers_clash_are_no_pair() -> None:
    monday = rates(("الاثنين", "Monday"), "4571", "275", "38")
    wednesday = rates(("الأربعاء", "Wednesday"), "4589", "330", "44")
    assert named(pair_articles([*monday, *sample("water")])) == {
        ("4571.ar", "4571.en"),
        ("water.ar", "water.en"),
    }
    assert named(pair_articles([monday[0], wednesday[1], *sample("water")])) == {
        ("water.ar", "water.en")
    }


def test_a_long_article_and_its_short_version_each_find_their_own() -> None:
    ar, en = sample("library")
    short = parts(ar, slice(2, 7), "short.ar"), parts(en, slice(3, 7), "short.en")
    found = pair_articles([ar, en, *short, *sample("water")])
    assert {("library.ar", "library.en"), ("short.ar", "short.en")} <= named(found)


def test_a_translation_with_half_of_the_text_left_out_is_found() -> None:
    articles = pile()
    half = [
        replace(a, paragraphs=a.paragraphs[: len(a.paragraphs) // 2])
        if a.name == "library.en"
        else a
        for a in articles
    ]
    assert ("library.ar", "library.en") in named(pair_articles(half))


def test_an_article_and_its_update_are_grouped_and_only_one_of_them_is_paired() -> None:
    ar, en = sample("olives")
    update = replace(
        ar,
        name="update.ar",
        paragraphs=(*ar.paragraphs, Paragraph("وأضاف مراسلنا أن المعاصر فتحت أبوابها.", 99)),
    )
    found = pair_articles([ar, en, update, *sample("water")])
    [pair] = [p for p in found if p.en.name == "olives.en"]
    left = next(u for u in found.unpaired if u.article.name in ("olives.ar", "update.ar"))
    assert pair.versions == (left.article,)
    assert left.version_of == pair.ar
    assert "another version" in left.reason


def test_an_update_in_both_languages_goes_with_its_like() -> None:
    added = {
        Language.AR: "وأضاف مراسلنا أن المعاصر فتحت أبوابها صباح الأربعاء وأن الصف بلغ الطريق.",
        Language.EN: "Our correspondent adds that the presses opened on Wednesday morning and that "
        "queues reached the road.",
    }
    first = sample("olives")
    later = [
        replace(
            article,
            name=f"update.{article.language}",
            paragraphs=(*article.paragraphs, Paragraph(added[article.language], 99)),
        )
        for article in first
    ]
    found = pair_articles([*first, *later, *sample("water")])
    assert {("olives.ar", "olives.en"), ("update.ar", "update.en")} <= named(found)


def test_one_picture_caption_in_twenty_articles_pairs_none_of_them() -> None:
    captions = {
        Language.AR: "صورة: رئيس الوزراء يلقي كلمة أمام البرلمان في العاصمة يوم الأحد",
        Language.EN: "Photo: the prime minister addresses parliament in the capital on Sunday",
    }
    fillers = {
        Language.AR: "جلست العائلة رقم {} في الحديقة وأكلت طبق {} مع الجيران حتى المساء.",
        Language.EN: "Engine number {} of the old railway pulled {} wagons of coal to the port.",
    }
    articles = [
        Article(
            side,
            (
                Paragraph(caption, 1),
                Paragraph(fillers[side].format(n, 3 * n + offset), 2),
            ),
            name=f"{side}-{n}",
        )
        for offset, (side, caption) in enumerate(captions.items())
        for n in range(10)
    ]
    assert named(pair_articles(articles + pile())).isdisjoint(
        {(f"ar-{n}", f"en-{m}") for n in range(10) for m in range(10)}
    )


def test_a_page_of_pure_clutter_stays_alone() -> None:
    clutter = Article(
        Language.AR,
        tuple(
            Paragraph(text, n)
            for n, text in enumerate(("الرئيسية", "شارك", "اطبع", "اقرأ أيضا", "اتصل بنا"), 1)
        ),
        name="clutter",
    )
    found = pair_articles([clutter, *pile()])
    assert "clutter" in {left.article.name for left in found.unpaired}


def test_an_arabic_page_with_much_english_inside_finds_its_counterpart() -> None:
    ar, en = sample("water")
    _, other = sample("library")
    quoted = tuple(Paragraph(p.text, 100 + n) for n, p in enumerate(other.paragraphs[3:6]))
    mixed = replace(ar, name="mixed.ar", paragraphs=(*ar.paragraphs, *quoted))
    found = pair_articles([mixed, en, other])
    assert named(found) == {("mixed.ar", "water.en")}


def test_every_step_that_is_counted_comes_to_its_end() -> None:
    steps: dict[str, tuple[int, int]] = {}
    found = pair_articles(
        pile(), progress=lambda name, done, total: steps.update({name: (done, total)})
    )
    counted = {name: ends for name, ends in steps.items() if ends[1]}
    assert list(counted) == ["comparing candidates", "aligning candidates", "giving reasons"]
    assert all(done == total for done, total in counted.values())
    assert counted["giving reasons"] == (len(found) + len(found.unpaired),) * 2


def test_a_reason_can_be_checked() -> None:
    [pair] = [p for p in pair_articles(pile()) if p.ar.name == "water.ar"]
    match = re.match(r"(\d+) of (\d+) Arabic and (\d+) of (\d+) English", pair.reason)
    assert match is not None
    assert int(match[1]) <= int(match[2])
    assert "numbers" in pair.reason
    for shown in pair.evidence.numbers:
        assert any(shown in p.text.replace(",", "") for p in pair.en.paragraphs)


def test_explaining_says_who_goes_better_with_whom() -> None:
    found = pair_articles(pile())
    assert found.explain("water.en", "water.ar").paired
    other = found.explain("water.ar", "library.en")
    assert not other.paired
    assert other.probability < 0.2
    assert "water.ar goes better with water.en" in other.reason
    with pytest.raises(BadPair, match="both in Arabic"):
        found.explain("water.ar", "library.ar")
    with pytest.raises(BadPair, match="no article named 'x'"):
        found.explain("x", "library.en")


def test_links_that_share_articles_come_together() -> None:
    # A chain of articles, each linked with the next of the other side, given in any order.
    chain = [(n // 2 + n % 2, n // 2) for n in range(200)]
    random.Random(3).shuffle(chain)
    ar, en = (np.array(side) for side in zip(*chain, strict=True))
    order = matching._together(ar, en)
    assert sorted(order.tolist()) == list(range(200))
    for side in (ar[order], en[order]):
        places = [np.flatnonzero(side == article) for article in set(side.tolist())]
        assert max(int(found[-1] - found[0]) for found in places) <= 4


@pytest.mark.parametrize("kept", [Language.AR, Language.EN, None])
def test_a_pile_in_one_language_or_empty_has_no_pairs(kept: Language | None) -> None:
    found = pair_articles([a for a in pile() if a.language is kept])
    assert found.pairs == ()
    assert all(left.candidate is None for left in found.unpaired)
