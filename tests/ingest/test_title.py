from __future__ import annotations

import pytest

from aligner.ingest.title import find_title
from aligner.text import Paragraph

BODY = (
    "The city opened a new public library in the harbour district on Sunday, after two years of "
    "work that had been held up for want of money."
)
BODY_AR = "افتتحت بلدية المدينة يوم الأحد مكتبة عامة جديدة في حي الميناء، بعد عامين من الأعمال."


def title(*lines: str) -> str | None:
    return find_title([Paragraph(text, n) for n, text in enumerate(lines, 1)])


def test_the_first_line_without_a_full_stop_is_the_title() -> None:
    assert title("Harbour library opens", BODY) == "Harbour library opens"
    assert title("هل تكفي مكتبة واحدة؟", BODY_AR) == "هل تكفي مكتبة واحدة؟"


def test_site_clutter_above_the_title_is_passed_over() -> None:
    lines = ("in", "0", "May 19, 2024", "By Layla Haddad", "Harbour library opens at last", BODY)
    assert title(*lines) == "Harbour library opens at last"


@pytest.mark.parametrize("mark", ["/", ">", "›", "»", "|"])
def test_the_title_is_what_a_breadcrumb_repeats(mark: str) -> None:
    crumb = f"Home {mark} City {mark} Harbour library opens"
    assert title(crumb, "Share this story with your friends", "Harbour library opens", BODY) == (
        "Harbour library opens"
    )


@pytest.mark.parametrize(
    "headline",
    [
        "كتب عربية في معرض لندن",
        "نشر قوات دولية في ليبيا",
        "شارك الآلاف في تشييع الضحايا",
        "تصوير فيلم مصري جديد في المغرب",
        "آخر تحديث لأسعار الذهب في مصر",
        "Share prices fall in Cairo",
        "From Gaza to Cairo: a family's journey",
        "By the numbers: the harbour library",
        "Updated vaccine reaches the harbour district",
    ],
)
def test_a_headline_may_begin_with_the_word_of_a_label(headline: str) -> None:
    assert title("City news", headline, BODY, BODY_AR) == headline


@pytest.mark.parametrize(
    "label",
    [
        "By Layla Haddad in the harbour district",
        "From our own correspondent",
        "Photo: the harbour library at night",
        "Photo by Samir Haddad for the Valley News",
        "Share this story with your friends",
        "Share | Tweet | Print | Send by mail",
        "Updated on Sunday by the Valley News",
        "Published Sunday May 19, 2024 in City news",
        "Read more about the harbour library here",
        "بقلم الدكتورة ليلى حداد أستاذة التاريخ في الجامعة",
        "كتب محمد عبد الله",
        "كتبت – ليلى حداد وسمير حداد ومنى سالم",
        "تصوير: سمير حداد من أمام مكتبة الميناء",
        "شارك هذا الخبر مع أصدقائك على فيسبوك",
        "نُشر الأحد 19 مايو 2024 في أخبار المدينة",
        "آخر تحديث الأحد الساعة 10:30 بتوقيت المدينة",
        "اقرأ أيضا حكاية المكتبة القديمة في الميناء",
    ],
)
def test_a_byline_a_date_or_a_button_is_no_headline(label: str) -> None:
    assert title(label, "Harbour library opens at last", BODY) == "Harbour library opens at last"
    assert title(label, BODY) is None


def test_a_subtitle_does_not_take_the_titles_place() -> None:
    assert title("Harbour library opens", "The mayor promised it two long years ago", BODY) == (
        "Harbour library opens"
    )


def test_a_text_that_begins_with_prose_has_no_title() -> None:
    assert title(BODY, "Harbour library opens", BODY) is None


def test_a_list_of_short_lines_has_no_title() -> None:
    assert title("Home page", "Sports news today", "Weather and traffic") is None


def test_a_heading_mark_is_no_part_of_the_title() -> None:
    assert title("# مكتبة الميناء تفتح أبوابها", BODY_AR) == "مكتبة الميناء تفتح أبوابها"


@pytest.mark.parametrize(
    ("before", "after"), [("", "\u200f"), ("\u202b", "\u202c"), ("\u2067", "\u2069")]
)
def test_bidi_marks_around_the_lines_hide_no_title(before: str, after: str) -> None:
    lines = ("بقلم ليلى حداد", "مكتبة الميناء تفتح أبوابها", BODY_AR, "وهي مفتوحة حتى منتصف الليل")
    assert title(*(f"{before}{line}{after}" for line in lines)) == "مكتبة الميناء تفتح أبوابها"


def test_nothing_has_no_title() -> None:
    assert title() is None
