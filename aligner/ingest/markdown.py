"""Markdown: plain text whose front matter tells of it, and whose marks are no words of it.

Marks of emphasis are left where they stand, for they do not hinder; so are those of lists, by
which the paragraphs are told apart.
"""

from __future__ import annotations

import re
from dataclasses import replace

from aligner.ingest import plain
from aligner.ingest.draft import Draft, parse_date
from aligner.ingest.encoding import decode

FRONT_MATTER_READ = "the front matter is no text"

# YAML between dashes or TOML between plus signs: names with values, or more of a value indented.
_FRONT = re.compile(
    r"\ufeff?(---|\+\+\+)[ \t]*\n"
    r"((?:\w[\w.-]*[ \t]*[:=].*\n|[ \t\-#\]}].*\n|\n)+?)"
    r"\1[ \t]*(?=\n|\Z)"
)
_FIELD = re.compile(r"^(title|date)[ \t]*[:=][ \t]*(.+?)[ \t]*$", re.MULTILINE | re.IGNORECASE)
_TARGET = r"\((?:[^()\n]|\([^()\n]*\))*\)"
_IMAGE = re.compile(rf"!\[[^\]\n]*\](?:{_TARGET}|\[[^\]\n]*\])")
_LINK = re.compile(rf"\[([^\[\]\n]*)\]{_TARGET}")
_NOTE = re.compile(r"\[\^[^\]\s]+\](?!:)")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]^\n]+\]:[ \t]+<?(?:\w+:|[/.#])\S*.*$", re.MULTILINE)
_QUOTED = re.compile(r"^ {0,3}(?:>[ \t]?)+", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE)


def read(content: bytes, *, name: str, paragraphs: str = "auto") -> Draft:
    """A Markdown file's paragraphs, and the title and date of its front matter.

    Raises BadArticle for a binary or undecodable file.
    """
    decoded = decode(content, name=name)
    text = decoded.text.replace("\r\n", "\n")
    notes = decoded.notes
    fields: dict[str, str] = {}
    if front := _FRONT.match(text):
        fields = {key.lower(): value.strip("\"'") for key, value in _FIELD.findall(front[2])}
        text = "\n" * front[0].count("\n") + text[front.end() :]  # lines keep their numbers
        notes = (*notes, FRONT_MATTER_READ)
    draft = plain.from_text(without_marks(text), paragraphs=paragraphs)
    return replace(
        draft,
        title=fields.get("title") or draft.title,
        date=parse_date(fields.get("date", "")) or draft.date,
        notes=(*notes, *draft.notes),
    )


def without_marks(text: str) -> str:
    """The text without pictures, the targets of links, and the marks of headings and quotations.

    What a picture is called in its mark is shown only where there is no picture, so it goes too.
    """
    text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    text = _DEFINITION.sub("", _NOTE.sub("", text))
    return _HEADING.sub(r"\1", _QUOTED.sub("", text))
