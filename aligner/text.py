"""Language, Sentence, Paragraph, Article: what a text is made of.

Offsets count code points in the text as it was read; nothing here is normalised.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Language(StrEnum):
    """A side of the bitext. Equal to its two-letter code: `Language.AR == "ar"`."""

    AR = "ar"
    EN = "en"

    @property
    def other(self) -> Language:
        return Language.EN if self is Language.AR else Language.AR

    @property
    def label(self) -> str:
        """The language's English name, for messages and reports."""
        return "Arabic" if self is Language.AR else "English"


SIDES = (Language.AR, Language.EN)

# What shows nothing though it is no white space: bidi marks, joiners, soft hyphens, byte-order
# marks. Arabic text from the web has them at both ends of many a line.
INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061"
    "\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f\ufeff"
)
_WHITE_SPACE = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)


def bare(text: str) -> str:
    """The text from the first to the last character that shows: for asking how it begins or ends.

    >>> bare(" \\u202bانتهى.\\u200f \\u202c")
    'انتهى.'
    """
    return text.strip() if text.isascii() else text.strip(_WHITE_SPACE + INVISIBLE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its place in its paragraph.

    The sentences of a paragraph tile it: the white space after a sentence belongs to it, so
    that joined they give the paragraph exactly. `stripped` is what a report shows.
    """

    text: str
    start: int  # code points from the beginning of the paragraph

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def stripped(self) -> str:
        return self.text.strip()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as it stood in the file.

    `sentences` is empty until the paragraph has been segmented.
    """

    text: str
    line: int  # 1-based line of the file on which it begins
    sentences: tuple[Sentence, ...] = field(default=(), repr=False)
    boilerplate: bool = False  # site clutter: shown greyed, neither aligned nor flagged
    # The page itself sets it apart (a menu, a footer), whatever its words are like.
    outside: bool = field(default=False, compare=False)
    # 0 to 1, how much of the text is links; None where the format tells of none.
    link_share: float | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Article:
    """One article in one language, in reading order.

    Sentences and paragraphs are numbered from 0 over the whole article, boilerplate included.
    """

    language: Language
    paragraphs: tuple[Paragraph, ...]
    name: str = ""  # what messages call it: a path, an id
    title: str | None = None
    date: dt.date | None = None
    url: str | None = None
    outlet: str | None = None
    notes: tuple[str, ...] = field(default=(), compare=False)  # what reading it had to decide
    # Whether our rules cut the sentences: then a pair may show that one is in truth two.
    rule_split: bool = field(default=False, compare=False)
    # Whether the title is only the line that looked most like one; what is aligned may correct it.
    title_guessed: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        # The plain string "ar" would pass for neither language further on.
        object.__setattr__(self, "language", Language(self.language))

    def __repr__(self) -> str:
        """Which article it is and how long, in a line.

        >>> Article(Language.EN, (Paragraph("It rained.", 1),), name="rain.txt")
        Article('rain.txt', en, paragraphs=1)
        """
        counts = f"paragraphs={len(self.paragraphs)}"
        if self.sentences:  # none until it has been segmented
            counts += f", sentences={len(self.sentences)}"
        return f"Article({self.name or self.title or ''!r}, {self.language}, {counts})"

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in reading order; the place in this tuple is a sentence's number."""
        return tuple(s for p in self.paragraphs for s in p.sentences)

    @cached_property
    def paragraph_of(self) -> tuple[int, ...]:
        """For each sentence number its paragraph's number."""
        return tuple(n for n, p in enumerate(self.paragraphs) for _ in p.sentences)

    @cached_property
    def sentence_numbers(self) -> tuple[range, ...]:
        """For each paragraph the numbers of its sentences."""
        ranges, start = [], 0
        for paragraph in self.paragraphs:
            ranges.append(range(start, start + len(paragraph.sentences)))
            start += len(paragraph.sentences)
        return tuple(ranges)

    @property
    def content(self) -> tuple[int, ...]:
        """Numbers of the sentences that are not boilerplate."""
        return tuple(
            i for i, p in enumerate(self.paragraph_of) if not self.paragraphs[p].boilerplate
        )

    def sentence_text(self, numbers: tuple[int, ...]) -> str:
        """The text of these sentences, joined by a space where a paragraph ends between them."""
        return " ".join(self.sentences[i].stripped for i in numbers)
