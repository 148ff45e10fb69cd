"""The days, months, years and weekdays that a sentence tells of.

Gregorian months by all their Arabic names (يناير, كانون الثاني, جانفي), and dates in digits.
Islamic dates are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations
from typing import Final

from aligner.segmentation.numbers import Number, NumberKind, numbers_in
from aligner.text import Article, Language

_MONTHS_EN: Final = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_MONTHS_AR: Final = (
    "يناير|كانون الثاني|كانون ثاني|كانون ثان|جانفي|ينار",
    "فبراير|شباط|فيفري|فبرابر",
    "مارس|آذار|اذار",
    "أبريل|ابريل|إبريل|نيسان|أفريل|افريل",
    "مايو|أيار|ايار|ماي|مايس",
    "يونيو|يونيه|يونية|حزيران|جوان",
    "يوليو|يوليه|يولية|تموز|جويلية|يوليوز",
    "أغسطس|اغسطس|آب|أوت|غشت",
    "سبتمبر|أيلول|ايلول|شتنبر",
    "أكتوبر|اكتوبر|تشرين الأول|تشرين الاول|تشرين أول|تشرين اول",
    "نوفمبر|تشرين الثاني|تشرين ثاني|تشرين ثان|نونبر",
    "ديسمبر|كانون الأول|كانون الاول|كانون أول|كانون اول|دجنبر",
)
_WEEKDAYS_EN: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAYS_AR: Final = (
    *("الاثنين|الإثنين", "الثلاثاء|الثلثاء", "الأربعاء|الاربعاء", "الخميس", "الجمعة", "السبت"),
    "الأحد|الاحد",
)
_NUMBER_OF_EN: Final = {
    form: number
    for number, name in enumerate(_MONTHS_EN, 1)
    for form in (name, name[:3], *(["Sept"] if name == "September" else []))
}
_NUMBER_OF_AR: Final = {
    form: number for number, forms in enumerate(_MONTHS_AR, 1) for form in forms.split("|")
}
_WEEKDAY_OF: Final = {
    form: number
    for days in (_WEEKDAYS_EN, _WEEKDAYS_AR)
    for number, forms in enumerate(days)
    for form in forms.split("|")
}


def _any_of(forms: Iterable[str]) -> str:
    """The longest first, by their first letters: so most letters of a text are passed at once."""
    by_letter: dict[str, list[str]] = {}
    for form in sorted(forms, key=len, reverse=True):
        by_letter.setdefault(form[0], []).append(form[1:])
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())


# No look behind at the beginning of these: a pattern that begins with a letter is found faster.
_MONTH: Final = {
    Language.EN: re.compile(rf"(?P<name>{_any_of(_NUMBER_OF_EN)})(?!['’]?[A-Za-z])\.?"),
    Language.AR: re.compile(rf"(?P<name>{_any_of(_NUMBER_OF_AR)})(?!\w)"),
}
_WEEKDAY: Final = {
    Language.EN: re.compile(
        rf"(?P<name>{_any_of(_WEEKDAYS_EN)})s?(?!\w)"
        r"(?!\s+(?:Times|Mail|Telegraph|Herald|Express|Post))"
    ),
    Language.AR: re.compile(rf"(?P<name>{_any_of('|'.join(_WEEKDAYS_AR).split('|'))})(?!\w)"),
}
_WORD_START: Final = re.compile(r"(?:^|\W)[وفبل]?$")
# A month's name may be another word (he practised, Theresa May, Nissan, Augustus): alone it needs
# one of the words below around it.
_OTHER_WORDS_TOO: Final = frozenset(
    [
        *("March", "April", "May", "June", "August", "Sept", *(name[:3] for name in _MONTHS_EN)),
        *("مارس", "نيسان", "مايو", "ماي", "جوان", "آب", "أغسطس", "اغسطس", "أوت", "ينار"),
    ]
)
_IN_TIME: Final = {
    Language.EN: re.compile(
        r"\b(?:in|of|last|since|until|till|early|late|mid|by|from|through|during|next|this"
        r"|before|after|between)[ -]$",
        re.IGNORECASE,
    ),
    Language.AR: re.compile(
        r"(?<!\w)[وف]?(?:في|منذ|حتى|قبل|بعد|بين|[بل]?(?:خلال|حلول|شهر|شهري|مطلع|بداية|أوائل|منتصف"
        r"|أواسط|أواخر|نهاية|ختام))\s+$"
    ),
}
_TIME_AFTER: Final = re.compile(
    r"\s+(?:ال(?:ماضي|فائت|منصرم|جاري|حالي|مقبل|قادم)(?!\w)|(?:of\s+)?(?:this|last|next)\s+year\b)"
)
_LISTED: Final = re.compile(r"\s*(?:[,،–—-]|and\b|or\b|to\b|until\b|و|أو\s|إلى\s|الى\s|حتى\s)\s*")
_BEFORE_MONTH: Final = re.compile(r"\s*(?:of\s+)?(?:من\s+)?(?:شهر\s+)?")
_BEFORE_DAY: Final = re.compile(r"\s+(?:the\s+)?")
_BEFORE_YEAR: Final = re.compile(r"\s*[),،/]?\s*(?:of\s+)?(?:من\s+)?(?:ال|لل|ل)?(?:عام\s+|سنة\s+)?")
_SAME_MONTH: Final = re.compile(r"\s*[/(،-]?\s*")
_DAYS: Final = (NumberKind.DATE, NumberKind.CARDINAL, NumberKind.ORDINAL)
_THE_NIGHT_OF: Final = re.compile(r"(?<!\w)[وفبل]?(?:ليلة|عشية)\s+(?:يوم\s+)?$")
_ISLAMIC: Final = re.compile(r"\d\s?(?:هـ|ه\b)|هجري|A(?<!\wA)H\b")
_LAST_ISLAMIC = 1500  # years before it may be, in a sentence that has an Islamic date
_DIGIT_DATE: Final = re.compile(
    r"(\d(?<!\d\d)\d{0,3})\s?([-/.])\s?(\d{1,2})\s?([-/.])\s?(\d{1,4})(?!\d)"
)

Parts = tuple[int | None, int | None, int | None, int | None]  # day, month, year, weekday


@dataclass(frozen=True, slots=True)
class When:
    """What a text says of a time, as far as it does. Its span is in its paragraph."""

    sentence: int
    start: int
    end: int
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None  # 0 is Monday
    certain: bool = True
    otherwise: Parts | None = None  # the other reading of 3/5/2020, or of ليلة الجمعة

    @property
    def readings(self) -> tuple[Parts, ...]:
        parts = (self.day, self.month, self.year, self.weekday)
        return (parts,) if self.otherwise is None else (parts, self.otherwise)

    @property
    def kind(self) -> str:
        if self.weekday is not None:
            return "weekday"
        return "month" if self.month is not None else "year"

    def __str__(self) -> str:
        if self.weekday is not None:
            return _WEEKDAYS_EN[self.weekday]
        if self.otherwise:
            return f"{self.day}/{self.month}/{self.year}"
        month = _MONTHS_EN[self.month - 1] if self.month else None
        return " ".join(str(part) for part in (self.day, month, self.year) if part is not None)


def _at_words(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches at the beginning of a word, which in Arabic may have one letter before it."""
    for match in pattern.finditer(text):
        if _WORD_START.search(text[max(0, match.start() - 2) : match.start()]):
            yield match


@lru_cache(maxsize=8192)
def _times(text: str, language: Language) -> tuple[tuple[When, ...], frozenset[int]]:
    """The times a sentence tells of, with spans in it, and all its whole numbers."""
    numbers = [n for n in numbers_in(text, language) if n.value.denominator == 1]
    values = frozenset(int(n.value) for n in numbers)
    found = [_weekday(match, text) for match in _at_words(_WEEKDAY[language], text)]
    # Its letters are looked for first: most texts have none of them.
    if numbers and ("ه" in text or "AH" in text) and _ISLAMIC.search(text):
        numbers = [n for n in numbers if n.kind is not NumberKind.YEAR or n.value >= _LAST_ISLAMIC]
    for match in _DIGIT_DATE.finditer(text):
        start, end = match.span()
        numbers = [n for n in numbers if n.end <= start or n.start >= end]
        found += _in_digits(match)
    used: set[int] = set()
    last: When | None = None
    for month, start, end, certain in _months(text, language):
        day = year = None
        listed = last is not None and last.certain and _LISTED.fullmatch(text, last.end, start)
        for n in numbers:
            if _may_be_day(n) and n.end <= start:
                if day is None and _BEFORE_MONTH.fullmatch(text, n.end, start):
                    day, start = int(n.value), n.start
            elif n.kind is NumberKind.DATE and n.start >= end and day is None:
                if _BEFORE_DAY.fullmatch(text, end, n.start):
                    day, end = int(n.value), n.end
            elif (
                n.kind is NumberKind.YEAR
                and n.start >= end
                and year is None
                and _BEFORE_YEAR.fullmatch(text, end, n.start)
            ):
                year, end = int(n.value), n.end
                used.add(n.start)
        certain = certain or bool(listed) or day is not None or year is not None
        last = When(0, start, end, day, month, year, certain=certain)
        found.append(last)
    found += [
        When(0, n.start, n.end, year=int(n.value), certain=n.certain)
        for n in numbers
        if n.kind is NumberKind.YEAR and n.start not in used
    ]
    return tuple(found), values


def _weekday(match: re.Match[str], text: str) -> When:
    """A weekday; in Arabic its night may be the one before it."""
    weekday = _WEEKDAY_OF[match["name"]]
    is_night = _THE_NIGHT_OF.search(text[max(0, match.start() - 16) : match.start()])
    before = (None, None, None, (weekday - 1) % 7) if is_night else None
    return When(0, *match.span(), weekday=weekday, otherwise=before)


def _in_digits(match: re.Match[str]) -> Iterator[When]:
    """The date in 3/5/2020 or 2020-05-03: the day may stand before the month or behind it."""
    first, mark, middle, other_mark, last = match.groups()
    year, outer = (first, last) if len(first) == 4 else (last, first)
    if mark != other_mark or len(year) != 4 or len(outer) > 2:
        return
    readings: list[Parts] = [
        (day, month, int(year), None)
        for day, month in dict.fromkeys(permutations((int(outer), int(middle))))
        if 1 <= day <= 31 and 1 <= month <= 12
    ]
    if readings:
        (day, month, *_), *others = readings
        yield When(0, *match.span(), day, month, int(year), otherwise=others[0] if others else None)


def _months(text: str, language: Language) -> list[tuple[int, int, int, bool]]:
    """Months by name: which, from where to where, and whether it can be nothing else.

    Two names of one month are one, and certain: مارس/آذار.
    """
    numbers = _NUMBER_OF_AR if language is Language.AR else _NUMBER_OF_EN
    found: list[tuple[int, int, int, bool]] = []
    for match in _at_words(_MONTH[language], text):
        name, month = match["name"], numbers[match["name"]]
        start, end = match.span()
        if found and found[-1][0] == month and _SAME_MONTH.fullmatch(text, found[-1][2], start):
            found[-1] = (month, found[-1][1], end, True)
        else:
            in_time = _IN_TIME[language].search(text[max(0, start - 16) : start])
            certain = name not in _OTHER_WORDS_TOO or in_time or _TIME_AFTER.match(text, end)
            found.append((month, start, end, bool(certain)))
    return found


def _may_be_day(number: Number) -> bool:
    return number.kind in _DAYS and 1 <= number.value <= 31


def times(article: Article, sentence: int) -> list[When]:
    """The times that a sentence tells of, with their spans in its paragraph."""
    whole = article.sentences[sentence]
    return [
        When(
            sentence,
            whole.start + w.start,
            whole.start + w.end,
            w.day,
            w.month,
            w.year,
            w.weekday,
            w.certain,
            w.otherwise,
        )
        for w in _times(whole.text, article.language)[0]
    ]


def values(article: Article, sentences: Sequence[int]) -> set[int]:
    """All whole numbers of some sentences, dates or not."""
    return {v for i in sentences for v in _times(article.sentences[i].text, article.language)[1]}
