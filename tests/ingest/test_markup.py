from __future__ import annotations

import pytest

from aligner.ingest.markup import is_html, marks_paragraphs, unescaped


@pytest.mark.parametrize(
    "text",
    [
        "<p>One.</p><p>Two.</p>",
        "<p class='x' style=\"a: b\">“One.”</p>",
        "\n<h1>Title</h1>\n<p> One. </p>\n<p> Two. </p>",
        "<!-- wp:paragraph -->\n<p>One.</p>\n<!-- /wp:paragraph -->",
        "One.<br><br>Two.",
        "One. <br />\nTwo.",
        "One line<br>and the next",
        "<img src=x.jpg> The city opened a library.",
        "The city.\n\n<h2>Books</h2>\n\nThere are <strong>many</strong>.",
        "The <a href='/m'>minister</a> said <b>“no”</b>.",
        "<!DOCTYPE html><p>One.",
    ],
)
def test_a_fragment_is_known_by_tags_that_touch_what_they_mark(text: str) -> None:
    assert is_html(text)


@pytest.mark.parametrize(
    "text",
    [
        "The <p> tag opens a paragraph and </p> closes it.",
        "<p> opens a paragraph and </p> closes it.",
        "Between “<b>” and “</b>” stands what is bold, between `<i>` and `</i>` what is slanted.",
        "Use <br> to break a line. The tag <br> has no end.",
        "Write <a href='x'> and </a> around a link.",
        "<p> – a paragraph\n<br> – a line break\n<h1> – a heading",
        "وسم <p> يفتح الفقرة و</p> يغلقها، وأما <br> فيكسر السطر.",
        "If a<b and c>d, then a < d.",
        "Write to <info@example.org> or to List<String>.",
        "<Q3> sales rose; <3",
        "",
    ],
)
def test_a_text_that_only_speaks_of_tags_is_plain(text: str) -> None:
    assert not is_html(text)


def test_a_fragment_of_inline_tags_leaves_its_paragraphs_to_its_lines() -> None:
    assert marks_paragraphs("<p>One.</p>")
    assert not marks_paragraphs("One <b>library</b>.\n\n<pre>Two.</pre>")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("The mayor&#8217;s &#x201C;no&#x201d; &amp;&nbsp;more", "The mayor’s “no” &\xa0more"),
        ("AT&T; R&D, a?b=1&copy=2 &nosuch; &#8217", "AT&T; R&D, a?b=1&copy=2 &nosuch; &#8217"),
    ],
)
def test_entities_are_read_where_they_are_whole(written: str, meant: str) -> None:
    assert unescaped(written) == meant
