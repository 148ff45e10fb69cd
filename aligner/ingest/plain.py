"""Plain text, Markdown among it: any encoding, paragraphs by line or by blank line."""

from __future__ import annotations

from aligner.ingest.draft import Draft
from aligner.ingest.encoding import clean, decode
from aligner.ingest.layout import split_paragraphs


def read(content: bytes, *, name: str, paragraphs: str = "auto") -> Draft:
    """A text file's paragraphs. Raises BadArticle for a binary or undecodable one."""
    decoded = decode(content, name=name)
    draft = from_text(decoded.text, paragraphs=paragraphs)
    return Draft(draft.paragraphs, notes=(*decoded.notes, *draft.notes))


def from_text(text: str, *, paragraphs: str = "auto") -> Draft:
    """The paragraphs of a text that is in memory already."""
    cleaned = clean(text)
    found, notes = split_paragraphs(cleaned.text, paragraphs)
    return Draft(tuple(found), notes=(*cleaned.notes, *notes))
