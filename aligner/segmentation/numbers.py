"""The numbers of a text by value: ٣٬٥٠٠, 3,500 and ثلاثة آلاف وخمسمئة are the same.

Own code: the libraries that read number words either know no Arabic, or are not free to use here.
"""

from __future__ import annotations

import re
from functools import lru_cache

from aligner.segmentation import number_words_ar, number_words_en
from aligner.segmentation.number_context import (
    SetForm,
    in_context,
    second_year,
    set_forms,
    spread_over_range,
)
from aligner.segmentation.number_tokens import (
    HAS_DIGIT,
    WESTERN_DIGITS,
    Exact,
    Number,
    NumberKind,
    Reading,
    Role,
    Token,
    digit_tokens,
)
from aligner.text import Language

__all__ = ["Exact", "Number", "NumberKind", "find_numbers", "numbers_in"]

GRAMMARS = {Language.AR: number_words_ar, Language.EN: number_words_en}
# Marks of direction, which stand between the parts of a number as before and after it.
DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
OTHER_DIGIT = re.compile("[٠-٩۰-۹]")
# What may stand between the parts of a number in either language: elsewhere it ends.
JOINS = re.compile("[\\s\u00ad\u0640,و-]*")


@lru_cache(maxsize=8192)
def numbers_in(text: str, language: Language) -> tuple[Number, ...]:
    """As find_numbers gives them, kept: a sentence is asked for them more than once."""
    return find_numbers(text, language)


def find_numbers(text: str, language: Language) -> tuple[Number, ...]:
    """Every number of the text in order, without overlap: digits of any script, and words.

    Indefinite amounts (dozens, عشرات الآلاف) are none. What may be no number, or another one, is
    found all the same and marked as not `certain`.
    """
    language = Language(language)
    if not text.isascii() and DIRECTION.search(text):
        places = [n for n, letter in enumerate(text) if not DIRECTION.match(letter)]
        found = find_numbers("".join(map(text.__getitem__, places)), language)
        return tuple(n._replace(start=places[n.start], end=places[n.end - 1] + 1) for n in found)
    grammar = GRAMMARS[language]
    has_digit = HAS_DIGIT.search(text) is not None
    has_word = grammar.may_have_words(text)
    if not has_digit and not has_word:
        return ()
    if OTHER_DIGIT.search(text):
        text = text.translate(WESTERN_DIGITS)
    tokens = grammar.word_tokens(text) if has_word else []
    forms: list[SetForm] = []
    if has_digit:
        digits = digit_tokens(text, language)
        forms = set_forms(text, digits)
        tokens = sorted([*tokens, *digits])  # by their starts
    reader = grammar.Reader(text, tokens)
    numbers: list[Number] = []
    i = end = form = 0
    while i < len(tokens):
        token = tokens[i]
        if token.start < end:
            i += 1
        elif form < len(forms) and (forms[form].end <= token.start or forms[form].start < end):
            form += 1  # passed, or begun within the one before: the "00/5" of 10:00/5
        elif form < len(forms) and forms[form].start <= token.start:
            numbers += forms[form].numbers
            end = forms[form].end
        else:
            if token.role is Role.DIGITS and _is_alone(text, tokens, i):
                reading = Reading(token.value, i + 1, certain=token.certain)
            else:
                reading = reader.read(i)
            last, alone = tokens[reading.next - 1], reading.next == i + 1
            i = reading.next
            if reading.value is None:
                continue
            number = Number(reading.value, token.start, last.end, reading.kind, reading.certain)
            in_place = in_context(text, number, token if alone else None)
            # "000 10:30" and "5%30": what has been read, or is a date or a time, is not read twice.
            runs_into_form = form < len(forms) and forms[form].start < last.end
            if in_place is not None and in_place.start >= end and not runs_into_form:
                in_place = second_year(text, numbers, in_place)
                spread_over_range(text, numbers, in_place, reading.scale)
                numbers.append(in_place)
                end = in_place.end
    return tuple(numbers)


def _is_alone(text: str, tokens: list[Token], i: int) -> bool:
    """Whether token i can be part of no number that goes on with the next token."""
    return i + 1 == len(tokens) or not JOINS.fullmatch(text, tokens[i].end, tokens[i + 1].start)
