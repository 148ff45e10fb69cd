"""The pieces that numbers are put together from: runs of digits, and number words."""

from __future__ import annotations

import re
from enum import StrEnum, auto
from fractions import Fraction
from typing import NamedTuple

from aligner.text import Language

Exact = int | Fraction


class Role(StrEnum):
    """What a token does in a number."""

    DIGITS = auto()
    UNIT = auto()  # 0 to 10; in English to 19
    TENS = auto()  # 20 to 90
    HUNDRED = auto()  # 100; in Arabic also خمسمئة, 500, in one word
    SCALE = auto()  # dozen, thousand, million …
    DUAL_SCALE = auto()  # مليونان: two of a scale
    PLURAL_SCALE = auto()  # آلاف, millions: a scale after a number, indefinite without one
    PART = auto()  # half, ثلث: a fraction
    PARTS = auto()  # thirds, أرباع: a fraction after a number
    ORDINAL = auto()
    DUAL = auto()  # يومان: two of what is counted
    DECADE = auto()  # nineties, تسعينيات
    JOINT = auto()  # half of a compound that is no number by itself: أحد in أحد عشر
    ORDINAL_JOINT = auto()  # likewise حادي in حادي عشر
    VAGUE = auto()  # several, بضع: what follows is indefinite
    A = auto()
    AND = auto()
    OF = auto()


def words_of(listed: str) -> list[str]:
    """A word list, written with spaces between."""
    return listed.split()


class Token(NamedTuple):
    """A run of digits or a number word, with its place in the text."""

    start: int
    end: int
    role: Role
    value: Exact
    certain: bool = True
    joined: bool = False  # with و before it, in Arabic
    definite: bool = False  # with ال before it
    plain: bool = False  # of digits: an integer without marks, as years and days are written
    otherwise: Exact | None = None  # the value of another reading, of 3.500 for one


class NumberKind(StrEnum):
    """What a number counts or names."""

    CARDINAL = auto()
    ORDINAL = auto()
    PERCENT = auto()  # its value is that before the sign: 50 for 50 %
    MONEY = auto()
    FRACTION = auto()
    YEAR = auto()
    DECADE = auto()  # its value is its first year
    DATE = auto()  # a day or a month in digits, beside a month or in a date
    TIME = auto()  # an hour or a minute
    CODE = auto()  # part of a name: F-16, Covid-19, 2.1.3, a telephone number


class Number(NamedTuple):
    """A number as it stands in a text.

    `value` is exact, and equal to the int, float or Decimal of the same value. It is the value
    before a percent or currency sign: 50 for 50 %, 3.5 for $3.50.
    """

    value: Exact
    start: int  # code points in the text
    end: int
    kind: NumberKind
    certain: bool = True  # False: it may mean another value, or no number at all (واحد, "second")
    otherwise: Exact | None = None  # the value of another reading: 3.500 is 3.5, or 3,500


class Reading(NamedTuple):
    """What a language makes of some neighbouring tokens; None for the value: no number."""

    value: Exact | None
    next: int  # number of the first token that is not part of it
    kind: NumberKind = NumberKind.CARDINAL
    certain: bool = True
    scale: Exact = 1  # the thousand, million … of digits before one


# One code point to one, so that offsets stay: digits of every script that our readers use.
WESTERN_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
SPACES = " \u00a0\u202f\u2009\u2007"
VULGAR = {
    **{"½": Fraction(1, 2), "⅓": Fraction(1, 3), "⅔": Fraction(2, 3), "¼": Fraction(1, 4)},
    **{"¾": Fraction(3, 4), "⅕": Fraction(1, 5), "⅖": Fraction(2, 5), "⅗": Fraction(3, 5)},
    **{"⅘": Fraction(4, 5), "⅙": Fraction(1, 6), "⅚": Fraction(5, 6), "⅛": Fraction(1, 8)},
    **{"⅜": Fraction(3, 8), "⅝": Fraction(5, 8), "⅞": Fraction(7, 8)},
}
GROUPS = f"(?: [{SPACES}]\\d{{3}} )"
MARKED = "(?: [.,٫٬،]\\d+ )*"
# It begins with one class of characters, which is searched for several times faster than an
# alternation; the empty groups say which form was met.
DIGIT_RUN = re.compile(
    rf"""[\d.{"".join(VULGAR)}] (?:
      (?<=0) (?<![\d.,]0) 00 {GROUPS}* [{SPACES}]\d{{1,3}} (?![\d.,]) (?P<turned>)
    | (?<=\d) (?<![\d.,]\d) \d{{0,2}} {GROUPS}+ (?!\d) (?: [.,٫]\d+ )? (?![.,٫]\d) (?P<spaced>)
    | (?<=\d) \d* {MARKED} [{SPACES}]? (?P<vulgar> [{"".join(VULGAR)}] )
    | (?<=\d) \d* {MARKED} (?P<whole>)
    | (?<=\.) (?<![\w.]\.) \d+ (?P<decimals>)
    | (?<=[{"".join(VULGAR)}]) (?P<alone>)
    )""",
    re.VERBOSE,
)
HAS_DIGIT = re.compile(rf"[\d{''.join(VULGAR)}]")
MOST_DIGITS = 100
MARK = re.compile(r"[.,٫٬،]")
GROUPED = re.compile(r"\d{1,3}(?:([.,٬،])\d{3})(?:\1\d{3})*")


def digit_tokens(text: str, language: Language) -> list[Token]:
    """Every run of digits with its value. `text` has Western digits already."""
    tokens: list[Token] = []
    for match in DIGIT_RUN.finditer(text):
        start, end = match.span()
        if end - start > MOST_DIGITS:
            continue  # no number that anyone reads
        written = match[0]
        match match.lastgroup:
            case "alone":
                tokens.append(Token(start, end, Role.DIGITS, VULGAR[written]))
            case "vulgar":
                run = written[:-1].rstrip(SPACES)
                for token in _run_tokens(run, start, language)[:1]:
                    value = token.value + VULGAR[written[-1]]
                    tokens.append(Token(start, end, Role.DIGITS, value))
            case "spaced":
                tokens.append(_spaced_token(written, start))
            case "turned":
                # Pages of the United Nations have the groups as they look from the right: 000 100.
                groups = re.split(f"[{SPACES}]", written)
                whole = int("".join(reversed(groups)))
                tokens.append(Token(start, end, Role.DIGITS, whole))
            case _:
                tokens += _run_tokens(written, start, language)
    return tokens


def _spaced_token(run: str, start: int) -> Token:
    whole, *decimals = re.split(r"[.,٫]", run)
    groups = re.split(f"[{SPACES}]", whole)
    value = Fraction("".join(groups) + ("." + decimals[0] if decimals else ""))
    # "12 500" may be two numbers; a group like 000, or a no-break space, cannot.
    certain = " " not in whole or any(group.startswith("0") for group in groups[1:])
    return Token(start, start + len(run), Role.DIGITS, value, certain)


def _run_tokens(run: str, start: int, language: Language) -> list[Token]:
    """The number, or, where its marks make none (2.1.3 or 1،2،4), the integers in it."""
    marks = MARK.findall(run)
    token = None
    if not marks:
        plain = len(run) < 10 and not (run[0] == "0" and len(run) > 2)
        token = Token(start, start + len(run), Role.DIGITS, int(run), plain, plain=plain)
    elif (reading := _marked_value(run, marks, language)) is not None:
        value, certain, otherwise = reading
        token = Token(start, start + len(run), Role.DIGITS, value, certain, otherwise=otherwise)
    if token is not None:
        return [token]
    pieces = re.finditer(r"\d+", run)
    return [
        Token(start + p.start(), start + p.end(), Role.DIGITS, int(p[0]), certain=False)
        for p in pieces
    ]


def _marked_value(
    run: str, marks: list[str], language: Language
) -> tuple[Exact, bool, Exact | None] | None:
    """(value, whether it is certain, what else it may be) of digits with marks between them."""
    last = marks[-1]
    if len(set(marks)) > 1:
        # The last of two kinds is the decimal mark: 1,234.5 or ١٬٢٣٤٫٥ or 1.234,5.
        whole, decimals = run.rsplit(last, 1)
        if marks.count(last) > 1 or not GROUPED.fullmatch(whole):
            return None
        return _decimal(MARK.sub("", whole), decimals), True, None
    grouped = GROUPED.fullmatch(run) is not None and not run.startswith("0")
    if len(marks) > 1:
        return (int(MARK.sub("", run)), True, None) if grouped else None
    if grouped and last in ",٬،":
        return int(MARK.sub("", run)), last != "،", None
    as_decimal = _decimal(*run.split(last))
    if last == "٫":
        return as_decimal, True, None
    if not grouped:
        # "3,5": a decimal in French-taught countries, elsewhere two numbers.
        return as_decimal, last == ".", None
    # "3.500": a German or Moroccan three and a half thousand, or three and a half to the mill.
    looks_grouped = language is Language.AR and run.endswith("00")
    certain = language is Language.EN and not run.endswith("00")
    as_grouped = int(MARK.sub("", run))
    if looks_grouped:
        return as_grouped, certain, as_decimal
    return as_decimal, certain, as_grouped


def _decimal(whole: str, decimals: str) -> Fraction:
    # Several times as fast as Fraction reads them itself.
    return Fraction(int(whole + decimals), 10 ** len(decimals))
