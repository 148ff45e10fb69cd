"""What a web page's own markup says of a paragraph is believed, unless it has a counterpart."""

from __future__ import annotations

from aligner.ingest import boilerplate
from aligner.text import Article, Language, Paragraph

TEXT = "The ministry said on Monday that three ships had left the port before dawn."
PAGE = Article(
    language=Language.EN,
    paragraphs=(
        *(Paragraph(TEXT, line=n) for n in (1, 2, 3)),
        Paragraph(TEXT, line=4, outside=True),
    ),
)


def test_a_paragraph_in_the_pages_footer_is_clutter() -> None:
    assert boilerplate.clutter_probability(PAGE)[3] >= 0.99


def test_a_paragraph_in_the_pages_footer_that_has_a_counterpart_is_content() -> None:
    assert boilerplate.clutter_probability(PAGE, linked=[1.0, 1.0, 1.0, 1.0])[3] < 0.5
