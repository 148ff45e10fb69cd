"""Small raised text: the marks of notes, which are no words of the text, exponents and endings."""

from __future__ import annotations

import re

# A number that was read as one with what stands raised behind it would be another number.
_RAISED = str.maketrans("0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "⁰¹²³⁴⁵⁶⁷⁸⁹" * 3)

_BRACKETED = re.compile(r"(?:\[[^\[\]]{1,30}\]\s*)+")
_SIGNS = re.compile(r"[*†‡§¶,،;]+")
_NUMBERS = re.compile(r"\(?\d{1,3}(?:\s?[,،;–-]\s?\d{1,3})*\)?")
_AFTER_STOP = re.compile(r"[.,:;!?…،؛؟%٪»”’\"']\s?$")
_AFTER_NUMBER = re.compile(r"\d$")
_AFTER_BASE = re.compile(r"(?<![\d.,٫٬])(?:\d|10|١٠|۱۰)$")  # of a power: 10⁶, 2⁸
_LETTER = r"[^\W\d_][\u064b-\u065f\u0670]*"
_AFTER_WORD = re.compile(rf"(?:{_LETTER}){{2}}$")
_AFTER_UNIT = re.compile(
    rf"(?<![^\W\d_])(?:(?:{_LETTER}){{1,2}}|(?i:met(?:er|re)s?|miles?|inch(?:es)?|foot|feet|yards?)"
    r"|متر|مترا|أمتار|كلم|كيلومتر|كيلومترا|ميل|ميلا|أميال|قدم|قدما)$"
)
_OF_AREA_OR_VOLUME = ("2", "3", "٢", "٣", "۲", "۳")


def superscript(raised: str, *, before: str, linked: bool = False) -> str:
    """How raised text is read: not at all where it marks a note, in raised digits where it counts.

    before: the text that it follows. linked: it is a link of its own.
    """
    mark = raised.strip()
    if _BRACKETED.fullmatch(mark) or (before.strip() and _is_note_mark(mark, before, linked)):
        return ""
    return raised.translate(_RAISED) if mark.isdecimal() else raised


def _is_note_mark(mark: str, before: str, linked: bool) -> bool:
    if _SIGNS.fullmatch(mark):
        return True
    if not _NUMBERS.fullmatch(mark):
        return False
    if linked or _AFTER_STOP.search(before):
        return True
    if _AFTER_NUMBER.search(before):
        return not _AFTER_BASE.search(before)
    is_exponent = mark in _OF_AREA_OR_VOLUME and _AFTER_UNIT.search(before)
    return not is_exponent and _AFTER_WORD.search(before) is not None
