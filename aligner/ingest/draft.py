"""What a format's reader makes of a file, before its language is known."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Protocol

from aligner.text import Language, Paragraph

_ISO_DATE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Draft:
    """An article whose title and language may still have to be found in its text."""

    paragraphs: tuple[Paragraph, ...]
    title: str | None = None
    language: Language | None = None
    name: str = ""  # an id of its own; empty: it is called as its file
    date: dt.date | None = None
    url: str | None = None
    outlet: str | None = None
    notes: tuple[str, ...] = ()


class Reader(Protocol):
    """A format's way from the bytes of a file to a draft.

    name: what messages call the file. paragraphs: "auto", "line" or "blank"; a format that marks
    its paragraphs itself has no use for it. Raises BadArticle.
    """

    def __call__(self, content: bytes, *, name: str, paragraphs: str = "auto") -> Draft: ...


def parse_date(written: str) -> dt.date | None:
    """The day of an ISO date or date and time; None for what is none."""
    match = _ISO_DATE.match(written.strip())
    if match is None:
        return None
    try:
        return dt.date(*map(int, match.groups()))
    except ValueError:
        return None
