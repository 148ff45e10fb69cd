from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.errors import BadArticle
from aligner.ingest import read_article
from aligner.ingest.draft import Draft
from aligner.ingest.html import read

PAGES = Path(__file__).with_name("pages")
PROSE = (
    "افتتحت بلدية المدينة يوم الأحد مكتبة عامة جديدة في حي الميناء، بعد عامين من الأعمال المتأخرة."
)


def page(body: str, head: str = "") -> Draft:
    return read(f"<html><head>{head}</head><body>{body}</body></html>".encode(), name="p.html")


def texts(draft: Draft) -> list[str]:
    return [p.text for p in draft.paragraphs]


def content(draft: Draft) -> list[str]:
    return [p.text for p in draft.paragraphs if not p.outside]


def test_a_news_page_gives_its_article_and_keeps_the_rest_apart() -> None:
    article = read_article(PAGES / "arabic_news.html")
    assert [p.text.split("،")[0] for p in article.paragraphs if not p.boilerplate] == [
        "افتتاح مكتبة عامة جديدة في حي الميناء",
        "افتتحت بلدية المدينة يوم الأحد مكتبة عامة جديدة في حي الميناء",
        "وقالت رئيسة البلدية إن المكتبة تضم اثني عشر ألف كتاب",
        "كتب الأطفال أولًا",
        "وخُصص الطابق الأول للأطفال",
        "وينتظر الأهالي افتتاح الحديقة المجاورة للمكتبة في الخريف المقبل",
        "«القراءة\xa0حق للجميع»",
    ]
    assert {"سياسة", "اقرأ أيضا", "مباراة القمة تنتهي بالتعادل"} < {
        p.text for p in article.paragraphs if p.boilerplate and p.outside
    }
    assert article.title == "افتتاح مكتبة عامة جديدة في حي الميناء"
    assert article.date == dt.date(2024, 5, 19)
    assert (article.url, article.outlet) == ("https://example.org/news/library", "صحيفة المرفأ")
    assert article.language == "ar"
    assert article.notes == ("12 of 19 paragraphs set apart by the page's structure",)


@pytest.mark.parametrize(
    "body",
    [
        "<p>كلمة</p><p>أخرى</p>",
        "<div>كلمة<div>أخرى</div></div>",
        "كلمة<p>أخرى",
        "<table><tr><td>كلمة<td>أخرى</table>",
        "<ul><li>كلمة<li>أخرى</ul>",
        "<x-card>كلمة</x-card><x-card>أخرى</x-card>",
        "<a><x-title>كلمة</x-title><x-teaser>أخرى</x-teaser></a>",
        "كلمة<x-card><p>أخرى</p></x-card>",
        "كلمة<br><br>أخرى",
        "<h2>كلمة</h2>أخرى",
    ],
)
def test_blocks_never_glue_their_words_together(body: str) -> None:
    assert texts(page(body)) == ["كلمة", "أخرى"]


def test_words_styled_in_part_stay_whole_and_links_side_by_side_stay_apart() -> None:
    assert texts(page("<p>ال<b>مكت</b>بة <a>سياسة</a><a>رياضة</a></p>")) == ["المكتبة سياسة رياضة"]


@pytest.mark.parametrize(
    "body",
    [
        "<p>قال محافظ <st1:place><st1:City>المدينة</st1:City></st1:place> إنها كبيرة</p>",
        "<div>قال محافظ <x-term>المدينة</x-term> إنها كبيرة</div>",
        "<p><x-name>قال محافظ</x-name> <b>المدينة</b> <x-term>إنها كبيرة</x-term></p>",
        "<p>قال محافظ <picture><source><img></picture>المدينة إنها <output>كبيرة</output></p>",
        "<div>قال محافظ المدينة <amp-img src=a.png></amp-img>إنها كبيرة</div>",
    ],
)
def test_elements_of_a_site_s_own_within_a_text_do_not_tear_it(body: str) -> None:
    assert texts(page(body)) == ["قال محافظ المدينة إنها كبيرة"]


def test_a_line_break_ends_a_paragraph_after_a_sentence_only() -> None:
    assert texts(page("<div>سطر أول<br>تتمته.<br>سطر ثان<br/>&nbsp;<br>سطر ثالث</div>")) == [
        "سطر أول تتمته.",
        "سطر ثان",
        "سطر ثالث",
    ]


def test_preformatted_lines_are_told_apart_like_line_breaks() -> None:
    assert texts(page("<pre>سطر أول\nتتمته.\nسطر ثان\n\n<b>سطر</b> ثالث</pre>")) == [
        "سطر أول تتمته.",
        "سطر ثان",
        "سطر ثالث",
    ]


def test_the_marks_of_notes_are_left_out_and_counted() -> None:
    draft = page(
        "<p>The city<sup><a href=#1>1</a></sup> had <b>4,500</b><sup>2,<i>3</i></sup> inhabitants"
        ".<a href=#4> <sup>[4]</sup></a><sup> </sup> It covers 50 km<sup>2</sup>.</p>"
    )
    assert texts(draft) == ["The city had 4,500 inhabitants. It covers 50 km²."]
    assert draft.paragraphs[0].link_share == 0.0
    assert draft.notes == ("3 note marks left out",)


def test_raised_text_with_a_break_in_it_is_read_as_any_other() -> None:
    assert texts(page("<div>a<sup>b.<br>1</sup>c<sup><p>2</p></sup></div>")) == ["ab.", "1c", "2"]


def test_the_share_of_links_is_noted_for_every_paragraph() -> None:
    draft = page("<p><a>abcd</a> efghi</p><p><a>all of it</a></p><p>none</p>")
    assert [p.link_share for p in draft.paragraphs] == [0.4, 1.0, 0.0]


def test_what_cannot_be_seen_is_not_read() -> None:
    unseen = (
        "<script>var a;</script><style>p{}</style><p hidden>b</p><p style='display: none'>c</p>"
    )
    assert texts(page(f"{unseen}<!-- d --><p>seen</p><select><option>e</select>")) == ["seen"]


@pytest.mark.parametrize("style", ["visibility: hidden", "display:none"])
def test_a_page_hidden_until_its_scripts_have_run_is_read(style: str) -> None:
    whole = f"<body style='{style}'><p>{PROSE}</p></body>".encode()
    assert content(read(whole, name="p.html")) == [PROSE]
    for body in (
        f"<div style='{style}'><article><p>{PROSE}</p></article></div>",
        f"<article style='{style}'><p>{PROSE}</p></article>",
        f"<article><p>{PROSE}</p><div style='{style}'><p>{PROSE * 2}</p></div></article>",
    ):
        assert all(not p.outside for p in page(body).paragraphs)


def test_hidden_prose_is_set_apart_and_hidden_labels_are_left_out() -> None:
    more = f"<div style='display:none'><p>{PROSE}</p><a>أقل</a></div>"
    draft = page(f"<article><h1>عنوان</h1><p>{PROSE * 2}</p>{more}<p>نهاية.</p></article>")
    assert texts(draft) == ["عنوان", PROSE * 2, PROSE, "نهاية."]
    assert content(draft) == ["عنوان", PROSE * 2, "نهاية."]
    assert draft.notes == ("1 of 4 paragraphs set apart by the page's structure",)


def test_hidden_terms_longer_than_the_article_do_not_hide_it() -> None:
    terms = f"<div hidden><p>{PROSE * 9}</p></div>"
    assert content(page(f"<article><p>{PROSE}</p></article>{terms}")) == [PROSE]


def test_a_wrapper_named_after_a_menu_does_not_lose_the_article() -> None:
    draft = page(f"<div class='sidebar-wrap'><p>{PROSE}</p></div><div class='menu'>قائمة</div>")
    assert content(draft) == [PROSE]


def test_a_page_of_plain_blocks_keeps_all_of_them() -> None:
    draft = page(f"<div>رأي</div><div>{PROSE}</div><div>{PROSE}</div>")
    assert content(draft) == ["رأي", PROSE, PROSE]


def test_the_innermost_element_with_the_text_is_the_article() -> None:
    body = f"<main><p>فوق</p><div itemprop='articleBody'><p>{PROSE}</p><p>{PROSE}</p></div></main>"
    assert content(page(body)) == [PROSE, PROSE]


def test_the_lead_above_the_article_s_body_belongs_to_it() -> None:
    body = (
        f"<header><a href='/'>موقع</a></header><article><header><h1>عنوان</h1><p>{PROSE}</p>"
        f"<p>بقلم ليلى</p></header><div class='entry-content'>{f'<p>{PROSE}</p>' * 12}</div>"
        "<div class='related'>أخرى</div></article>"
    )
    assert content(page(body)) == ["عنوان", *[PROSE] * 13]


ENTRY = f"<article><h2>14:05</h2><p>{PROSE * 3}</p></article>"
TEASER = f"<h3><a href=/2>خبر آخر من السوق</a></h3><p>{PROSE[:60]}…</p>"


def test_the_entries_of_a_live_report_belong_together_short_ones_too() -> None:
    body = (
        f"<h1>مباشر</h1>{ENTRY}<article><h2>13:50</h2><p>{PROSE}</p></article>"
        "<article><h2>13:10</h2><p>وصول سيارات الإسعاف.</p></article>"
    )
    expected = ["مباشر", "14:05", PROSE * 3, "13:50", PROSE, "13:10", "وصول سيارات الإسعاف."]
    assert content(page(body)) == expected
    assert content(page(f"<main>{body}</main>")) == expected


@pytest.mark.parametrize(
    "story",
    [
        f"<article>{TEASER}</article>",
        f"<article><h3><a href=/2>خبر آخر من السوق القديم</a></h3><p>{PROSE}</p></article>",
        f"<article><h1>خبر آخر</h1><p>{PROSE}</p></article>",
        f"<section><article><h3>خبر</h3><p>{PROSE}</p></article></section>",
    ],
)
def test_another_story_beside_the_article_is_no_part_of_it(story: str) -> None:
    kept = content(page(f"<article><h1>عنوان</h1><p>{PROSE * 12}</p></article>{story}"))
    assert [text for text in kept if text != "خبر آخر"] == ["عنوان", PROSE * 12]


def test_what_follows_an_advertisement_within_the_article_belongs_to_it() -> None:
    part = "<div class='article-body'><p>{}</p></div>"
    advert = "<div class=ad>إعلان</div>"
    teaser = f"<div class='article-body'>{TEASER}</div>"
    body = f"{part.format(PROSE)}{advert}{part.format('لم يعتقل أحد.')}{teaser}"
    assert content(page(f"<article><h1>عنوان</h1>{body}</article>")) == [
        "عنوان",
        PROSE,
        "لم يعتقل أحد.",
    ]


def test_a_box_of_facts_within_the_article_belongs_to_it_and_links_beside_it_do_not() -> None:
    facts = f"<aside><h3>خلفية</h3><p>{PROSE}</p></aside>"
    others = [
        "<aside><h3>اقرأ أيضا</h3><ul><li><a href=/2>خبر آخر</a></ul></aside>",
        f"<aside>{TEASER}</aside>",
        f"<aside class=newsletter><p>{PROSE}</p></aside>",
    ]
    text = f"<p>{PROSE}</p>" * 4
    beside = f"<aside><p>{PROSE}</p></aside>"
    draft = page(f"<article><h1>عنوان</h1>{text}{facts}{''.join(others)}</article>{beside}")
    assert content(draft) == ["عنوان", *[PROSE] * 4, "خلفية", PROSE]


def test_a_page_all_built_of_widgets_keeps_its_text() -> None:
    widget = f"<div class='elementor-widget'><p>{PROSE}</p></div>"
    assert content(page(f"<nav>قائمة</nav>{widget * 3}")) == [PROSE] * 3


def test_many_teasers_do_not_hide_the_article_among_them() -> None:
    teasers = "<article><a>خبر آخر قصير</a></article>" * 20
    assert content(page(f"{teasers}<article><p>{PROSE}</p></article>")) == [PROSE]


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Library opens | The Harbour</title>", "<p>x</p>", "Library opens"),
        ("<title>Library opens - The Harbour</title>", "<h1>Library opens</h1>", "Library opens"),
        (
            "<meta property='og:title' content='Library opens'>",
            "<h1>A</h1><h1>B</h1>",
            "Library opens",
        ),
        ("", "<h1>Library\n opens</h1>", "Library opens"),
    ],
)
def test_the_title_is_the_heading_or_the_head_s_without_the_site(
    head: str, body: str, title: str
) -> None:
    assert page(body, head).title == title


@pytest.mark.parametrize(
    ("head", "logo"),
    [
        ("<title>{} | The Harbour</title>", "<h1><a href=/>The Harbour</a></h1>"),
        ("<title>{} | The Harbour Daily Gazette</title>", "<h1>The Harbour Daily Gazette</h1>"),
        ("<title>The Harbour - {}</title>", "<h1><a href='https://h.org'>The Harbour</a></h1>"),
        ("<title>{}</title><meta property=og:site_name content=Harbour>", "<h1>Harbour</h1>"),
        ("<title>{0} | Harbour</title><meta property=og:title content='{0}'>", "<h1>Harbour</h1>"),
    ],
)
def test_a_site_s_logo_is_not_the_title(head: str, logo: str) -> None:
    title = "Library opens"
    for rank in ("h1", "h2"):
        body = f"<header>{logo}</header><main><{rank}>{title}</{rank}><p>{PROSE}</p></main>"
        assert page(body, head.format(title)).title == title


def test_a_headline_above_the_article_belongs_to_it_and_a_logo_does_not() -> None:
    header = "<header><h1><a href=/>Harbour</a></h1><h1>Library opens</h1></header>"
    assert content(page(f"{header}<article><p>{PROSE}</p></article>")) == ["Library opens", PROSE]


def test_a_headline_linked_to_its_own_page_is_the_title() -> None:
    body = "<h1><a href=/2024/library>Library opens</a></h1>"
    assert page(body, "<title>Library opens - Harbour</title>").title == "Library opens"


def linked_data(json: str) -> str:
    return f"<script type='application/ld+json'>{json}</script>"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (linked_data('{"datePublished": "2024-05-21", "x": {"datePublished": "2012-01-01"}}'), ""),
        (linked_data('[{"datePublished": "2024-05-21"}, {"datePublished": "2012-01-01"}]'), ""),
        (
            linked_data(
                '{"@graph": [{"@type": "WebPage", "datePublished": "2012-01-01"},'
                '{"@type": ["NewsArticle"], "datePublished": "2024-05-21"}]}'
            ),
            "",
        ),
        ("<meta name=date content='Tue, 21 May 2024 10:00:00 GMT'>", ""),
        ("<meta name=date content=today>", "<time datetime=2024-05-21>yesterday</time>"),
        ("", "<nav><time datetime=2012-01-01>1</time></nav><time datetime=2024-05-21>2</time>"),
        (
            "",
            "<div class=related><time datetime=2012-01-01>1</time></div>"
            "<article><header><time datetime=2024-05-21>2</time></header></article>",
        ),
        ("", "<div class=widget><time datetime=2024-05-21>2</time></div>"),
    ],
)
def test_the_date_is_the_article_s_own(head: str, body: str) -> None:
    assert page(f"{body}<p>{PROSE}</p>", head).date == dt.date(2024, 5, 21)


def test_the_date_of_another_story_is_none() -> None:
    body = f"<p>{PROSE}</p><aside><time datetime=2012-01-01>1</time></aside>"
    assert page(body).date is None


def test_the_encoding_a_page_declares_is_believed_unless_it_is_a_template_s() -> None:
    for declared in ("windows-1256", "iso-8859-1", "utf-8"):
        content = f"<meta charset={declared}><p>{PROSE}</p>".encode("cp1256")
        assert texts(read(content, name="p.html")) == [PROSE]


@pytest.mark.parametrize("body", ["", "<script>fill()</script>", "<img src=a.png>", "&nbsp;"])
def test_a_page_without_text_gets_one_line(body: str) -> None:
    with pytest.raises(BadArticle, match=r"p\.html: there is no text on this page"):
        page(body)


def test_a_damaged_page_is_read_as_far_as_it_goes() -> None:
    assert texts(page(f"<div><p>{PROSE}<b></div></p></i><<<p>&nosuch; &#1575;</"))[0] == PROSE


def test_linked_data_that_is_broken_is_passed_over() -> None:
    script = "<script type='application/ld+json'>{{</script>"
    assert page("<p>text</p>", script).date is None


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div>", "</div>", "<a href=x>", "</a>", "<br>", "<nav>", "</nav>",
             "<b>", "</b>", "<td>", "<script>", "</script>", "كلمة", "two words", ". ", "&amp;"]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_any_tags_in_any_order_lose_no_visible_word(tags: list[str]) -> None:
    seen: list[str] = []
    unseen = False
    for tag in tags:
        unseen = tag == "<script>" or (unseen and tag != "</script>")
        if not unseen and not tag.startswith("<"):
            seen.append(tag.replace("&amp;", "&"))
    found = texts(page("".join(["start ", *tags])))
    assert "".join("".join(found).split()) == "".join(f"start{''.join(seen)}".split())
