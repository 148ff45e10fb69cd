"""What a format's reader makes of a file, before its language is known."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Protocol

from aligner.text import Language, Paragraph

_ISO_DATE = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_MAIL_DATE = re.compile(r"(?:[a-z]{3}, *)?(\d{1,2}) ([a-z]{3}) (\d{4})\b", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


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
    """The day of an ISO date or time, or of one as in mails and feeds; None for what is neither.

    >>> parse_date("Tue, 21 May 2024 10:00:00 GMT") == parse_date("2024-05-21T10:00")
    True
    """
    written = written.strip()
    try:
        if match := _ISO_DATE.match(written):
            return dt.date(*map(int, match.groups()))
        if match := _MAIL_DATE.match(written):
            return dt.date(int(match[3]), _MONTHS.index(match[2].lower()) + 1, int(match[1]))
    except ValueError:
        return None
    return None
