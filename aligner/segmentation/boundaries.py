"""Where a sentence might end, in any language; whether it does, the language's rules say.

Semicolons are not among the marks, on either side: in 3,000 lines of parallel text with «؛» inside,
the English has a semicolon in 79 of 100 and a new sentence in 9; of the English semicolons one in
six is a full stop in the Arabic.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from aligner.text import INVISIBLE, Sentence, bare

OPENERS = "\"'“‘«‹„‟([{﴿"
# “ and « close too: in Arabic text they are often typed the wrong way round.
CLOSERS = "\"'”’“»›«)]}﴾"
QUOTATION_MARKS = "\"'”’“‘»›«‹"
QUOTES = frozenset(QUOTATION_MARKS)
BRACKETS = frozenset(")]}")
SHOUTED = frozenset("!?؟‼⁇⁈⁉")
ELLIPSIS = re.compile(r"…|\.[ \u00a0]?\.")

MARKS = ".!?؟…۔‼⁇⁈⁉"
BULLETS = "•●▪■◦"
RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"  # the number of a note: "It lasted six hours.¹ The governor"
# The number of a note that has come down to the line: "It lasted six hours.1 The governor".
NOTE_COME_DOWN = (
    r'(?: (?<=[a-z]{3}[.!?]) | (?<=[a-z][.!?][”"]) ) \d{1,3}(?:,\d{1,3})*+ (?=\s+[“"]?[A-Z])'
)

# It begins with one class of characters, which is searched for several times faster than an
# alternation. Possessive throughout: a long run of dots or spaces is read once, never again from
# its middle.
MIGHT_END = re.compile(
    rf"""
    [{MARKS}\n\u2029\f{BULLETS}]
    (?:
        (?<=[{MARKS}]) [{MARKS}]*+
        (?: [ \u00a0]\.(?![\w.]) )*+
        (?P<closers>
            (?: [{re.escape(CLOSERS)}{INVISIBLE}{RAISED}] | \[\d{{1,3}}\] | [ \u00a0][»”](?=\s) )*+
            (?: {NOTE_COME_DOWN} )?+ )
        (?P<gap> [\s{INVISIBLE}]*+ )
    |   (?P<blank> (?<=\n) [^\S\n]*+\n\s*+ | (?<=[\u2029\f]) \s*+ )
    |   (?P<bullet> (?<=\s[{BULLETS}])(?=\s) )
    )
    """,
    re.VERBOSE,
)
PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*+\n|[\u2029\f]")
NOTE = re.compile(r"\[\d+\]")  # of Wikipedia: "The city fell in 1258.[3] It was rebuilt."
LONE_QUOTE = re.compile(r'"(?:\s++|$)')
LISTED_AT_END = re.compile(
    r"[:;؛]\s+(?:\d{1,2}|[a-z])$"
)  # "decided: 1. to form": a list within a sentence
LEADING = re.compile(rf"[\s{INVISIBLE}{re.escape(OPENERS)}”»—–-]*+")
NEAR = 60  # code points on either side that the rules look at


def words(listed: str) -> frozenset[str]:
    """A word list, written with spaces between."""
    return frozenset(listed.split())


class Candidate(NamedTuple):
    """A mark that may end a sentence, with what the rules look at around it."""

    text: str
    sentence_start: int  # of the sentence that it would end
    mark_start: int
    mark: str
    closers: str  # quotation marks, brackets and numbers of notes right after the mark
    next_start: int  # where the next sentence would start; the white space before it is a gap
    has_gap: bool  # whether there is white space after the mark at all

    @property
    def is_shouted(self) -> bool:
        """Whether a question or exclamation mark is in it."""
        return not SHOUTED.isdisjoint(self.mark)

    @property
    def is_ellipsis(self) -> bool:
        return ELLIPSIS.search(self.mark) is not None

    @property
    def closes_quotation(self) -> bool:
        return not QUOTES.isdisjoint(self.closers)

    @property
    def stands_by_closing_quote(self) -> bool:
        """Whether a quotation mark that can only close is right before or right after the mark."""
        return self.lead.endswith(('"', "”", "»")) or self.closers.endswith(("”", "»"))

    @property
    def closes_aside(self) -> bool:
        """Whether a bracket closes here that opened within the sentence: `came (see p.) and`."""
        closes = not BRACKETS.isdisjoint(NOTE.sub("", self.closers))
        return closes and not self.head.startswith(("(", "[", "{"))

    @property
    def head(self) -> str:
        """The beginning of the sentence, without white space, up to the mark; NEAR at most."""
        return bare(self.text[self.sentence_start : self.mark_start][:NEAR])

    @property
    def numbers_an_item(self) -> bool:
        """Whether the mark follows the number of an item in a list after a colon."""
        return LISTED_AT_END.search(self.lead[-5:]) is not None

    @property
    def lead(self) -> str:
        """The end of the sentence before the mark; NEAR at most."""
        near = self.text[max(self.sentence_start, self.mark_start - NEAR) : self.mark_start]
        return near.rstrip(INVISIBLE)

    def before(self) -> str:
        """The last word before the mark, without the quotation marks around it."""
        near = self.lead
        if not near or near[-1].isspace():
            return ""
        word = near.rsplit(maxsplit=1)[-1]
        return word.lstrip(OPENERS + INVISIBLE).rstrip(QUOTATION_MARKS + INVISIBLE)

    def after(self) -> str:
        """The text that follows, from its first letter or digit; NEAR at most."""
        ahead = self.text[self.next_start : self.next_start + NEAR]
        leading = LEADING.match(ahead)
        return ahead[leading.end() :] if leading else ahead


def split(text: str, ends_sentence: Callable[[Candidate], bool]) -> tuple[Sentence, ...]:
    """Cut the text after every candidate that ends a sentence. Linear in the text's length."""
    sentences: list[Sentence] = []
    start = counted = quotes = 0
    for match in MIGHT_END.finditer(text):
        closers, gap = match.group("closers", "gap")
        end = match.end() if match["bullet"] is None else match.start()
        if closers is not None:
            mark = text[match.start() : match.start("closers")]
            if gap and (lone := LONE_QUOTE.match(text, end)):
                # `. " Then`: a quotation mark between spaces closes if one was open before it.
                quotes += text.count('"', counted, end)
                counted = end
                if quotes % 2:
                    closers, end = closers + '"', lone.end()
            if end >= len(text):
                break
            candidate = Candidate(text, start, match.start(), mark, bare(closers), end, gap != "")
            if not PARAGRAPH_BREAK.search(gap) and not ends_sentence(candidate):
                continue
        if end >= len(text):
            break
        if not text[start:end].strip():
            continue
        sentences.append(Sentence(text[start:end], start))
        start = end
    if start < len(text):
        sentences.append(Sentence(text[start:], start))
    return tuple(sentences)
