"""What the neighbours of a number make of it: a year, a price, a date, a share, part of a name."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from aligner.segmentation.number_tokens import Exact, Number, NumberKind, Role, Token, words_of
from aligner.segmentation.number_units import units_of

MONTHS_EN = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
MONTHS_AR = (
    "(?:يناير|فبراير|مارس|أبريل|ابريل|إبريل|نيسان|مايو|أيار|ايار|يونيو|يونيه|حزيران|يوليو|يوليه|تموز|أغسطس"
    "|اغسطس|آب|سبتمبر|أيلول|ايلول|أكتوبر|اكتوبر|نوفمبر|ديسمبر|كانون|تشرين|شباط|آذار|اذار|جانفي|فيفري|أفريل"
    "|جوان|جويلية|أوت|غشت|شتنبر|نونبر|دجنبر|محرم|صفر|ربيع|جمادى|رجب|شعبان|رمضان|شوال|ذو|ذي)"
)
PERCENT_AFTER = re.compile(
    r"\s?[%٪؜]+|[\s-]+(?:per\s?cent\b|percentage\s+points?\b|pct\b)"
    r"|\s+(?:في|ب)\s?(?:ال)?(?:مئة|مائة|مية|المئه|المائه)|\s+(?:نقطة|نقاط)\s+مئوية",
    re.IGNORECASE,
)
CURRENCY = "$€£¥₪﷼₤₺₽"
MONEY_BEFORE = re.compile(
    rf"(?:[{CURRENCY}]|\b(?:USD|EUR|GBP|AED|SAR|EGP|LYD|KWD|QAR|JOD|IQD|Rs\.?))\s?$"
)
MONEY_AFTER = re.compile(
    rf"\s?[{CURRENCY}]|\s+(?:U\.?S\.?\s+|American\s+|Egyptian\s+|Saudi\s+)?(?:dollars?|euros?|pounds?|cents?"
    r"|dinars?|dirhams?|riyals?|rials?|shekels?|liras?|USD|EUR|GBP)\b"
    r"|\s+(?:من\s+)?(?:ال)?(?:دولار|يورو|جنيه|ريال|درهم|دراهم|دينار|دنانير|ليرة|شيكل|شيقل|فرنك)"
)
MAGNITUDES = {
    "k": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "tn": 10**12,
}
ORDINAL_AFTER = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
DECADE_AFTER = re.compile(r"['’]?s\b")
MONTH_AFTER = re.compile(
    rf"(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTHS_EN}|\s+(?:من\s+)?(?:شهر\s+)?{MONTHS_AR}\b"
)
MONTH_BEFORE = re.compile(rf"\b{MONTHS_EN}\s+(?:the\s+)?$")
HOUR_AFTER = re.compile(r"\s?(?:a\.m|p\.m|am\b|pm\b|o['’]clock|GMT)", re.IGNORECASE)
HOUR_BEFORE = re.compile(r"الساعة\s+(?:ال)?ـ?\s?$")
YEAR_IN_WORDS_BEFORE = re.compile(r"(?<!\w)(?<!كل )[وفبل]?(?:عام|سنة)\s+$")  # كل عام: every year
YEAR_BEFORE = re.compile(r"(?:عام|سنة|العام|السنة|\b(?:year|AD|circa))\s+$")
IN_BEFORE = re.compile(r"\b(?:in|since)\s+$", re.IGNORECASE)
ERA_AFTER = re.compile(r"\s?(?:م|هـ|ه)(?!\w)")
LETTER_BEFORE = re.compile(r"[A-Za-z][-–]?$|[\u0620-\u064a]{2}[-–]$")
PART_OF_YEAR_BEFORE = re.compile(r"\b(?:mid|pre|post|early|late)[-–]$", re.IGNORECASE)
LETTERS_AFTER = re.compile(r"[A-Za-z]+")
UNITS = frozenset(
    words_of("km kg cm mm m g ft in mph kph mw gw kw gb mb tb c f h min sec lb lbs oz s")
)
RANGE = re.compile(r"\s*(?:[-–—/]|\b(?:to|or)\b|(?:إلى|الى|أو|او|حتى)\s)\s*(?:ال)?ـ?")
BETWEEN_BEFORE = re.compile(r"(?:\bbetween|بين)\s+$", re.IGNORECASE)
BETWEEN_AND = re.compile(r"\s+(?:and\s+|و)")
SPAN_OF_YEARS = re.compile(r"[-–/]")
CENTURY_BEFORE = re.compile(r"(?:القرن|للقرن|بالقرن)\s+(?:الـ?\s?)?$")
DECIMAL_COMMA = re.compile(r"\d+[,،]\d{1,2}")  # elsewhere it may part two numbers
SPELLED_MINUS = re.compile(r"\b(?:minus|negative|سالب|ناقص)\s+$", re.IGNORECASE)
DEGREES_AFTER = re.compile(r"\s?°|\s+(?:degrees|درج)")
ADDRESS = re.compile(r"(?<!\S)\S*?(?:://|www\.|@)\S*")
DIGIT_DATE = re.compile(
    r"\d(?<![\d.]\d)(?:\d{3}([-/.])\d{1,2}\1\d{1,2}|\d?([-/.])\d{1,2}\2(?:\d{4}|(?<=/)\d{2}))"
    r"(?![\d%]|\.\d)"
)
CLOCK = re.compile(r"(?<![\d:])\d{1,2}:\d{2}(?::\d{2})?(?![\d:])")
SLASHED = re.compile(r"(?<![\d/.])(\d{1,2})/(\d{1,2})(?![\d/])")
NO_ONE_BEFORE = re.compile(
    r"\b(?:no|another|any|every|each|which|this|that|the|some)[\s-]+$", re.IGNORECASE
)
A_SECOND_BEFORE = re.compile(r"\b(?:a|per|each|every|split|\d)[\s-]+$", re.IGNORECASE)
NEAR = 40  # code points before a number that its context is looked for in


class SetForm(NamedTuple):
    """A stretch of text whose digits are read together: an address, a date, a time."""

    start: int
    end: int
    numbers: tuple[Number, ...]


def set_forms(text: str, digits: list[Token]) -> list[SetForm]:
    """Addresses, dates, times and slashed pairs, in order; an address holds no number.

    digits: the runs of digits in the text.
    """
    forms: list[SetForm] = []
    if len(digits) > 2 or not all(token.plain for token in digits):
        dates = DIGIT_DATE.finditer(text)
        forms += [SetForm(*m.span(), _parts(m, NumberKind.DATE)) for m in dates]
    if "://" in text or "www." in text or "@" in text:
        forms += [SetForm(*m.span(), ()) for m in ADDRESS.finditer(text)]
    if ":" in text:
        forms += [SetForm(*m.span(), _parts(m, NumberKind.TIME)) for m in CLOCK.finditer(text)]
    for match in SLASHED.finditer(text) if "/" in text else ():
        above, below = int(match[1]), int(match[2])
        if 0 < above < below <= 10:  # ½, or the first of February
            number = Number(Fraction(above, below), *match.span(), NumberKind.FRACTION, False)
            forms.append(SetForm(*match.span(), (number,)))
        else:  # 24/7, 9/11, or a day and a month
            codes = _parts(match, NumberKind.CODE)
            forms.append(SetForm(*match.span(), tuple(n._replace(certain=False) for n in codes)))
    return sorted(forms, key=lambda form: (form.start, -form.end))


def _parts(match: re.Match[str], kind: NumberKind) -> tuple[Number, ...]:
    return tuple(
        Number(
            int(part[0]),
            match.start() + part.start(),
            match.start() + part.end(),
            NumberKind.YEAR if len(part[0]) == 4 else kind,
        )
        for part in re.finditer(r"\d+", match[0])
    )


def in_context(text: str, number: Number, alone: Token | None) -> Number | None:
    """The number with the kind that its neighbours give it; None if they say it is none.

    `alone` is its token where it has only one.
    """
    before = text[max(0, number.start - NEAR) : number.start]
    if alone is not None and alone.role is Role.DIGITS:
        number = _digitsin_context(text, number, alone, before)
    elif alone is None and _is_year_in_words(number, before):
        return number._replace(kind=NumberKind.YEAR)
    elif alone is not None and alone.role is Role.UNIT and NO_ONE_BEFORE.search(before):
        return None if number.value == 1 else number
    elif alone is not None and alone.role is Role.ORDINAL and A_SECOND_BEFORE.search(before):
        return None if number.value == 2 else number
    kind = number.kind
    if kind not in (NumberKind.CARDINAL, NumberKind.ORDINAL, NumberKind.FRACTION):
        return number
    if match := PERCENT_AFTER.match(text, number.end):
        return number._replace(kind=NumberKind.PERCENT, end=match.end())
    if before.endswith(("%", "٪")):
        return number._replace(kind=NumberKind.PERCENT, start=number.start - 1)
    if _is_money(text, number, before):
        return number._replace(kind=NumberKind.MONEY) if kind is NumberKind.CARDINAL else number
    if number.value.denominator == 1 and kind is not NumberKind.FRACTION:
        if 1 <= number.value.numerator <= 31 and (
            MONTH_AFTER.match(text, number.end) or MONTH_BEFORE.search(before)
        ):
            return number._replace(kind=NumberKind.DATE, certain=True)
        if "قرن" in before and CENTURY_BEFORE.search(before):
            return number._replace(kind=NumberKind.ORDINAL)
        in_front = "الساعة" in before and HOUR_BEFORE.search(before)
        if in_front or HOUR_AFTER.match(text, number.end):
            return number._replace(kind=NumberKind.TIME)
    return number


def _digitsin_context(text: str, number: Number, token: Token, before: str) -> Number:
    number = number._replace(otherwise=token.otherwise) if token.otherwise else number
    if not token.certain and not token.plain and _is_measured_decimal(text, number, before):
        number = number._replace(certain=True)
    letters = LETTERS_AFTER.match(text, number.end)
    attached = letters[0].lower() if letters else ""
    written = text[number.start : number.end]
    if ORDINAL_AFTER.match(text, number.end):
        return number._replace(kind=NumberKind.ORDINAL, end=number.end + 2)
    if token.plain and (decade := DECADE_AFTER.match(text, number.end)) and number.value % 10 == 0:
        if len(written) == 4:
            return number._replace(kind=NumberKind.DECADE, end=decade.end())
        if len(written) == 2:
            value = 1900 + number.value
            return Number(value, number.start, decade.end(), NumberKind.DECADE, certain=False)
    if attached in MAGNITUDES and (len(attached) > 1 or MONEY_BEFORE.search(before)):
        value = number.value * MAGNITUDES[attached]
        return number._replace(value=value, end=number.end + len(attached))
    if attached == "k":  # 10k people; a 10K run
        thousands = number.value * 1000
        return number._replace(
            value=thousands, certain=False, otherwise=number.value, end=number.end + 1
        )
    if not token.plain and written.isdigit():
        return number._replace(kind=NumberKind.CODE, certain=False)
    in_front = before[-1:] != " " and LETTER_BEFORE.search(before)
    if (in_front and not PART_OF_YEAR_BEFORE.search(before)) or (
        attached and attached not in UNITS and not HOUR_AFTER.match(text, number.end)
    ):
        return number._replace(kind=NumberKind.CODE, certain=False)
    if token.plain and _is_year(text, number, before):
        return number._replace(kind=NumberKind.YEAR)
    return _negative(text, number, before)


def _is_year(text: str, number: Number, before: str) -> bool:
    year = number.value.numerator
    if number.value.denominator > 1 or not 100 <= year < 2200:
        return False
    if PERCENT_AFTER.match(text, number.end) or _is_money(text, number, before):
        return False
    if year >= 1500 or YEAR_BEFORE.search(before) or ERA_AFTER.match(text, number.end):
        return True
    return year >= 1000 and IN_BEFORE.search(before) is not None


def _is_year_in_words(number: Number, before: str) -> bool:
    """عام ألف وتسعمئة وسبعة وستين; a round thousand or hundred may count something in that year."""
    year = number.value
    return (
        year.denominator == 1
        and 1000 < year.numerator < 2200
        and year.numerator % 100 != 0
        and YEAR_IN_WORDS_BEFORE.search(before) is not None
    )


def _is_money(text: str, number: Number, before: str) -> bool:
    # A currency's sign or letters before a number take four code points at most, its space among
    # them, and what shows that they are a word of their own one more.
    in_front = MONEY_BEFORE.search(before, len(before) - 5)
    return (in_front or MONEY_AFTER.match(text, number.end)) is not None


def _is_measured_decimal(text: str, number: Number, before: str) -> bool:
    """Whether digits with a comma are so many percent, dirhams or metres."""
    return DECIMAL_COMMA.fullmatch(text, number.start, number.end) is not None and bool(
        PERCENT_AFTER.match(text, number.end)
        or _is_money(text, number, before)
        or units_of(text, number)
    )


def _negative(text: str, number: Number, before: str) -> Number:
    if spelled := SPELLED_MINUS.search(before):
        start = number.start - len(before) + spelled.start()
        return number._replace(value=-number.value, start=start)
    # A dash at the very beginning, or with a space behind it, opens an item of a list.
    if before[-1:] in ("-", "−") and (before[-2:-1].isspace() or before[-2:-1] == "("):
        sure = PERCENT_AFTER.match(text, number.end) or DEGREES_AFTER.match(text, number.end)
        return number._replace(
            value=-number.value, start=number.start - 1, certain=sure is not None
        )
    return number


def spread_over_range(text: str, numbers: list[Number], number: Number, scale: Exact) -> None:
    """Give "3" in "3 to 5 million" its million, and in "3 to 5 percent" its percent."""
    if not numbers or numbers[-1].kind not in (NumberKind.CARDINAL, NumberKind.MONEY):
        return
    last = numbers[-1]
    ranged = RANGE.fullmatch(text, last.end, number.start) is not None
    if scale > 1 and ranged and text[last.end - 1].isdigit() and last.value * scale < number.value:
        numbers[-1] = last._replace(value=last.value * scale, certain=False)
    elif number.kind is NumberKind.PERCENT and (ranged or _is_between(text, last, number)):
        numbers[-1] = last._replace(kind=NumberKind.PERCENT)


def second_year(text: str, numbers: list[Number], number: Number) -> Number:
    """1953 for the 53 of 1950-53."""
    if not numbers or numbers[-1].kind is not NumberKind.YEAR or number.end - number.start != 2:
        return number
    first = numbers[-1]
    if not SPAN_OF_YEARS.fullmatch(text, first.end, number.start) or not number.value < 100:
        return number
    year = first.value - first.value % 100 + number.value
    if year <= first.value:
        return number
    return Number(
        year, number.start, number.end, NumberKind.YEAR, certain=False, otherwise=number.value
    )


def _is_between(text: str, low: Number, high: Number) -> bool:
    before = text[max(0, low.start - NEAR) : low.start]
    joined = BETWEEN_AND.fullmatch(text, low.end, high.start)
    return joined is not None and BETWEEN_BEFORE.search(before) is not None
