"""Clutter is told from content by what found a counterpart, and what it is a counterpart of."""

from __future__ import annotations

import pytest

from aligner import alignment, clutter, samples
from aligner.alignment import EncodedArticle
from aligner.pipeline import Pipeline
from aligner.segmentation import segment_article
from aligner.text import Article, Language, Paragraph

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


BODY = {
    Language.AR: (
        "صوّت المجلس البلدي يوم الثلاثاء على إعادة بناء الجسر القديم الذي أُغلق بعد الفيضان.",
        "وقال المهندسون إن الأعمال ستستغرق عامين وستكلف نحو أربعة ملايين يورو.",
    ),
    Language.EN: (
        "The council voted on Tuesday to rebuild the old bridge, which was closed by the flood.",
        "Engineers said the work would take two years and cost about four million euros.",
    ),
}
HEADLINE = {
    Language.AR: "المجلس البلدي يقرر إعادة بناء الجسر القديم",
    Language.EN: "Town council decides to rebuild the old bridge",
}


def test_a_page_with_a_footer_is_not_taken_for_its_like_without_one() -> None:
    """Paragraphs are equal of which a page's markup sets one apart and not the other."""
    first, second = BODY[Language.EN]
    texts = (Paragraph(HEADLINE[Language.EN], 1), Paragraph(first, 2))
    plain = Article(Language.EN, (*texts, Paragraph(second, 3)))
    page = Article(Language.EN, (*texts, Paragraph(second, 3, outside=True)))
    assert plain == page
    assert [clutter_of(clutter.set_apart(a)) for a in (plain, page)] == [set(), {second}]


def apart(ar: tuple[str, ...], en: tuple[str, ...]) -> list[list[int]]:
    """Numbers of the paragraphs set apart on both sides."""
    pipeline = Pipeline()
    sides = [
        pipeline.encode(
            segment_article(
                Article(
                    side, tuple(Paragraph(t, n + 1) for n, t in enumerate(texts)), title=texts[0]
                )
            )
        )
        for side, texts in ((Language.AR, ar), (Language.EN, en))
    ]
    judged = clutter.set_apart_by_links(sides[0], sides[1], alignment.align(sides[0], sides[1]))
    return [[n for n, p in enumerate(s.article.paragraphs) if p.boilerplate] for s in judged]


@pytest.mark.parametrize("twice", [(Language.AR,), (Language.EN,), tuple(Language)])
def test_a_page_s_title_above_the_headline_is_clutter_whichever_of_them_is_linked(
    twice: tuple[Language, ...],
) -> None:
    ar, en = (
        (HEADLINE[side],) * (2 if side in twice else 1) + BODY[side]
        for side in (Language.AR, Language.EN)
    )
    assert apart(ar, en) == [[0] if side in twice else [] for side in (Language.AR, Language.EN)]


def test_a_lead_in_before_another_headline_is_clutter_and_a_speaker_is_not() -> None:
    headline = "نجم السينما يهاجم الصحافة في مهرجان المدينة"
    ar = (HEADLINE[Language.AR], *BODY[Language.AR])
    other = (*ar[:2], f"طالعوا كذلك: {headline}", *ar[2:])
    speaker = (*ar[:2], f"رئيس البلدية: {headline}", *ar[2:])
    en = (HEADLINE[Language.EN], *BODY[Language.EN])
    assert apart(other, en) == [[2], []]
    assert apart(speaker, en) == [[], []]


SLOGAN = "الصحيفة المستقلة الأولى في المدينة"


def test_a_slogan_above_the_headline_is_not_the_title_where_the_headline_found_a_counterpart() -> (
    None
):
    ar, en = ("\n\n".join((HEADLINE[side], *BODY[side])) for side in Language)
    compared = Pipeline().compare(f"{SLOGAN}\n\n{ar}", en)
    assert compared.ar.title == HEADLINE[Language.AR]
    assert clutter_of(compared.ar) == {SLOGAN}


def test_a_headline_of_its_own_stays_the_title_above_a_subtitle_that_found_a_counterpart() -> None:
    """Where a field or the page's markup gives the title, it is no guess."""
    ar = [
        Paragraph(t, n + 1)
        for n, t in enumerate((SLOGAN, HEADLINE[Language.AR], *BODY[Language.AR]))
    ]
    given = Article(Language.AR, tuple(ar), title=SLOGAN)
    assert (
        Pipeline().compare(given, "\n\n".join((HEADLINE[Language.EN], *BODY[Language.EN]))).ar.title
        == SLOGAN
    )


def test_a_guessed_title_stays_where_no_other_line_above_the_text_found_a_counterpart() -> None:
    ar = "\n\n".join(("حلم قديم يتحقق على ضفتي النهر", *BODY[Language.AR]))
    compared = Pipeline().compare(ar, "\n\n".join((HEADLINE[Language.EN], *BODY[Language.EN])))
    assert compared.ar.title == "حلم قديم يتحقق على ضفتي النهر"


def test_no_sentence_of_the_text_becomes_its_title() -> None:
    ar = "\n".join(("أسئلة", "كيف أطلب موعدا؟", "اتصل بالعيادة صباحا.", *BODY[Language.AR]))
    en = "\n".join(("Call the clinic in the morning.", *BODY[Language.EN]))
    assert Pipeline().compare(ar, en).ar.title == "كيف أطلب موعدا؟"


VERSE = {
    Language.AR: (
        "أجلس وحدي على ضفة النهر",
        "والماء يمضي ولا يلتفت",
        "في المساء تعود الطيور إلى عشها",
        "ولا أحد يعود إلى بيته",
    ),
    Language.EN: (
        "I sit alone upon the river bank",
        "the water passes and does not look back",
        "in the evening the birds come back to their nest",
        "and nobody comes back to his house",
    ),
}
DEMANDS = {
    Language.AR: (
        *("وطالب العمال بما يأتي:", "- رفع الأجور", "- تحسين السلامة"),
        *("- إقالة المدير", "- تقرير طبي"),
    ),
    Language.EN: ("The workers made these demands:", "- higher wages", "- better safety"),
}
CLAUSES = {
    Language.AR: (
        "1 - يطلب إلى الأمين العام أن يقدم تقريرا كل ستين يوما عن تنفيذ هذا القرار؛",
        "2 - يشجع الدول الأعضاء على تقديم تبرعات لخطة الاستجابة الإنسانية؛",
        "3 - يدين جميع الهجمات على العاملين في المجال الإنساني والمرافق الطبية؛",
    ),
    Language.EN: (
        "1. Requests the Secretary-General to report every sixty days on the implementation;",
    ),
}


@pytest.mark.parametrize("text", [VERSE, DEMANDS, CLAUSES], ids=["verse", "list", "clauses"])
def test_short_lines_of_an_article_are_content_with_and_without_a_counterpart(
    text: dict[Language, tuple[str, ...]],
) -> None:
    around = {} if text is VERSE else BODY
    ar, en = ((HEADLINE[s], *around.get(s, ()), *text[s]) for s in (Language.AR, Language.EN))
    assert apart(ar, en) == [[], []]


def test_a_last_paragraph_of_prose_stays_though_it_has_no_counterpart() -> None:
    last = "وسيعود السكان إلى بيوتهم القريبة من النهر بعد انتهاء الأعمال."
    ar = (HEADLINE[Language.AR], *BODY[Language.AR], "إعلان", last, "شارك", "اترك تعليقا")
    en = (HEADLINE[Language.EN], *BODY[Language.EN])
    assert apart(ar, en) == [[3, 5, 6], []]
