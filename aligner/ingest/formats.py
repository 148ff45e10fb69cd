"""The formats that can be read, by suffix, and by content where the suffix says nothing."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import PurePath

from aligner.errors import BadArticle
from aligner.ingest import html, jsonl, markdown, plain
from aligner.ingest.draft import Draft, Reader


def _imported_when_used(module: str) -> Reader:
    """The reader of a format whose libraries would slow every start down."""

    def read(content: bytes, *, name: str, paragraphs: str = "auto") -> Draft:
        reader: Reader = import_module(f"aligner.ingest.{module}").read
        return reader(content, name=name, paragraphs=paragraphs)

    return read


_docx = _imported_when_used("docx")

FORMATS: dict[str, Reader] = {
    ".txt": plain.read,
    ".text": plain.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
    ".docx": _docx,
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
    ".json": jsonl.read,
}

PILE_SUFFIXES = (".jsonl", ".ndjson", ".json")  # many articles to a file

# A saved page keeps its beginning whatever it is called, and standard input has no name.
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!doctype\s+html|<html[\s>])", re.I
)

# What people hand in besides, by its first bytes, so that the line says what it is.
_UNREAD = (
    (b"%PDF", "a PDF file"),
    (b"{\\rtf", "an RTF file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file (.doc)"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)


def reader_for(name: str, content: bytes) -> Reader:
    """The reader of a file: by its suffix, else by how it begins, else as plain text.

    Raises BadArticle for a format that is known but not read.
    """
    reader = FORMATS.get(PurePath(name).suffix.lower(), plain.read)
    if reader in (plain.read, markdown.read):
        if _HTML.match(content):
            return html.read
        if content.startswith(b"PK\x03\x04") and b"word/" in content:
            return _docx
        for magic, what in _UNREAD:
            if content.startswith(magic):
                raise BadArticle(f"{name}: this is {what}; save it as text ({_known()})")
    return reader


def _known() -> str:
    return ", ".join(FORMATS)
