"""Plain text: any encoding, paragraphs by line or by blank line; HTML that it turns out to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from aligner.ingest import html, markup
from aligner.ingest.draft import Draft
from aligner.ingest.encoding import clean, decode
from aligner.ingest.layout import split_paragraphs
from aligner.text import Paragraph

HTML_READ = "its HTML was read: the tags are no text"


def read(content: bytes, *, name: str, paragraphs: str = "auto") -> Draft:
    """A text file's paragraphs. Raises BadArticle for a binary or undecodable one."""
    decoded = decode(content, name=name)
    draft = from_text(decoded.text, paragraphs=paragraphs)
    return replace(draft, notes=(*decoded.notes, *draft.notes))


def from_text(text: str, *, paragraphs: str = "auto") -> Draft:
    """The paragraphs of a text that is in memory already."""
    cleaned = clean(text)
    # Feeds may write the tags themselves with entities.
    shown, is_html = cleaned.text, markup.is_html(cleaned.text)
    if not is_html:
        shown = markup.unescaped(shown)
        is_html = markup.is_html(shown)
    if is_html and markup.marks_paragraphs(shown):
        draft = html.from_text(shown)
    else:
        found, decided = split_paragraphs(shown, paragraphs)
        draft = Draft(tuple(_without_tags(found) if is_html else found), notes=tuple(decided))
    html_read = (HTML_READ,) if is_html else ()
    return replace(draft, notes=(*cleaned.notes, *html_read, *draft.notes))


def from_paragraphs(paragraphs: Sequence[Paragraph]) -> Draft:
    """The same of paragraphs that are told apart already; one in HTML may hold several."""
    if markup.is_html("\n".join(p.text for p in paragraphs)):
        return Draft(tuple(_without_tags(paragraphs)), notes=(HTML_READ,))
    return Draft(tuple(replace(p, text=markup.unescaped(p.text)) for p in paragraphs))


def _without_tags(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    for paragraph in paragraphs:
        for found in html.from_text(paragraph.text).paragraphs:
            yield Paragraph(found.text, paragraph.line, link_share=found.link_share)
