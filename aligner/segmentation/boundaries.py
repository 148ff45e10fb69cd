"""Where a sentence might end, in any language; whether it does, the language's rules say."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from aligner.text import Sentence

CONTROLS = "\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u061c"  # bidi marks, joiners
OPENERS = "\"'“‘«‹„‟([{﴿"
CLOSERS = "\"'”’“»›«)\\]}﴾"  # “ and « too: in Arabic text they are often typed the wrong way round
QUOTES = frozenset("\"'”’“‘»›«‹")
ELLIPSIS = re.compile(r"…|\.[ \u00a0]?\.")

# Possessive throughout: a long run of dots or spaces is read once, never again from its middle.
MIGHT_END = re.compile(
    rf"""
    (?P<mark> [.!?؟…۔‼⁇⁈⁉]++ (?: [ \u00a0]\.(?![\w.]) )*+ )
    (?P<closers> (?: [{CLOSERS}{CONTROLS}] | \[\d{{1,3}}\] )*+ )
    (?P<gap> [\s{CONTROLS}]*+ )
    |
    (?P<blank> \n[^\S\n]*+\n\s*+ | [\u2029\f]\s*+ )
    |
    (?P<bullet> (?<=\s)(?=[•●▪■◦]\s) )
    """,
    re.VERBOSE,
)
PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*+\n|[\u2029\f]")
LEADING = re.compile(rf"[\s{CONTROLS}{OPENERS}”»—–-]*+")


def words(listed: str) -> frozenset[str]:
    """A word list, written with spaces between."""
    return frozenset(listed.split())


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mark that may end a sentence, with what the rules look at around it."""

    text: str
    sentence_start: int  # of the sentence that it would end
    mark_start: int
    mark: str
    closers: str  # quotation marks and brackets right after the mark
    gap: str  # white space after these; empty where none is left between the words
    next_start: int

    @property
    def is_ellipsis(self) -> bool:
        return ELLIPSIS.search(self.mark) is not None

    @property
    def closes_quotation(self) -> bool:
        return any(c in QUOTES for c in self.closers)

    def before(self) -> str:
        """The last word before the mark, without opening quotes and brackets."""
        near = self.text[max(self.sentence_start, self.mark_start - 60) : self.mark_start]
        if not near or near[-1].isspace():
            return ""
        return near.split()[-1].lstrip(OPENERS)

    def opens_sentence(self, word: str) -> bool:
        """Whether this word before the mark is the first of its sentence: `1.`, `أ.`"""
        if self.mark_start - self.sentence_start > 60:
            return False
        return self.text[self.sentence_start : self.mark_start].strip() == word

    def after(self) -> str:
        """The text that follows, from its first letter or digit; 60 code points at most."""
        return self.text[LEADING.match(self.text, self.next_start).end() :][:60]  # type: ignore[union-attr]


def split(text: str, ends_sentence: Callable[[Candidate], bool]) -> tuple[Sentence, ...]:
    """Cut the text after every candidate that ends a sentence. Linear in the text's length."""
    sentences: list[Sentence] = []
    start, length = 0, len(text)
    for match in MIGHT_END.finditer(text):
        end = match.end()
        if end >= length:
            break
        if match["mark"] is not None and not PARAGRAPH_BREAK.search(match["gap"]):
            candidate = Candidate(
                text, start, match.start(), match["mark"], match["closers"], match["gap"], end
            )
            if not ends_sentence(candidate):
                continue
        if text[start:end].isspace():
            continue
        sentences.append(Sentence(text[start:end], start))
        start = end
    if start < length:
        sentences.append(Sentence(text[start:], start))
    return tuple(sentences)
