"""Whether two numbers of unlike values may say the same: in another unit, rounded, abbreviated …"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from aligner.divergence.number_place import Placed
from aligner.divergence.units import (
    differ_in_kind,
    measure_elsewhere,
    measure_in_parts,
    same_measure,
)
from aligner.segmentation.numbers import Exact, NumberKind

ROUNDED = 0.05  # 2,980 may be told as 3,000
SCALES: Final = (10**3, 10**6, 10**9, 10**12)

# Where an Arabic word may begin: after what is written together with it.
_BEGINS: Final = r"(?<![\u0621-\u064a])[وفبلك]{0,2}(?:ال)?"
# Words by which a number may be told in spans so many times as long, or as short.
_SPANS: Final[Mapping[Exact, re.Pattern[str]]] = {
    factor: re.compile(words)
    for factor, words in {
        7: "week|أسبوع|أسابيع",
        10: "decade|عقد|عقود",
        12: "dozen|month|half|quarter|دزين|شهر|أشهر|نصف|ربع",
        14: "fortnight|أسبوعين",
        20: r"\bscore",
        24: "hour|half|quarter|ساعة|ساعات|نصف|ربع",
        30: "month|half|شهر|أشهر|نصف",
        60: "hour|minute|half|quarter|ساعة|ساعات|دقيقة|دقائق|نصف|ربع",
        100: "centur|قرن|قرون",
        1000: "millenni|ألفية",
    }.items()
}
_ABBREVIATION: Final = re.compile(r"\s?(?:[A-Za-z]{1,3}|[\u0621-\u064a]{1,2})\b")
_CURRENCIES: Final = {
    name: re.compile(rf"{signs}|\b(?:{english})|{_BEGINS}(?:{arabic})", re.IGNORECASE)
    for name, signs, english, arabic in (
        ("dollar", r"\$", "dollar|USD", "دولار"),
        ("euro", "€", "euro|EUR", "يورو"),
        ("pound", "£", "pound|GBP|lira", "جنيه|ليرة"),
        (
            "other",
            "[¥₪﷼₽]",
            r"dinar|dirham|r[iy]yal|rial|shekel|yen\b|yuan|rupee|rouble|ruble|peso|francs?\b",
            r"دينار|دنانير|درهم|دراهم|ريال|شيكل|شيقل|ين\b|يوان|روبية|روبل|فرنك",
        ),
    )
}


def told_otherwise(a: Placed, e: Placed) -> bool:
    """Whether two unlike values may say the same: another unit, scale, clock or calendar."""
    if a.units and e.units and same_measure(float(a.value), a.units, float(e.value), e.units):
        return True
    low, high = sorted((a.value, e.value))
    if low == 0:
        return False
    ratio = Fraction(high) / low
    kinds = {a.number.kind, e.number.kind}
    if ratio in SCALES and (
        not (a.number.certain and e.number.certain) or _abbreviated(a) or _abbreviated(e)
    ):
        return True
    span = None if NumberKind.PERCENT in kinds else _SPANS.get(ratio)
    if span and (span.search(a.around) or span.search(e.around)):
        return True
    if ratio == 100 and NumberKind.FRACTION in kinds:
        return True  # a half, 50 %
    if NumberKind.TIME in kinds and high - low == 12:
        return True
    # 1950-53, or the year 41 for 1941.
    return NumberKind.YEAR in kinds and low < 100 and high % 100 == low


def _abbreviated(number: Placed) -> bool:
    """Whether a letter or two behind it may stand for thousands or millions."""
    return _ABBREVIATION.match(number.after) is not None


def may_belong(x: Placed, y: Placed) -> bool:
    """Whether the two may be one number: four and a half, 2 metres and 15 centimetres."""
    return y.value.numerator < y.value.denominator or bool(x.units and y.units)


def make_up(x: Placed, y: Placed, whole: Placed) -> bool:
    """Whether two that may belong together are that number."""
    if x.value.denominator == 1 and x.value + y.value == whole.value:
        return y.value.numerator < y.value.denominator
    parts = [(float(n.value), n.units) for n in (x, y)]
    return measure_in_parts(parts, float(whole.value), whole.units)


def explained(a: Placed, e: Placed) -> bool:
    """Whether rounding or another unit or currency may explain the difference."""
    low, high = sorted((a.value, e.value))
    if differ_in_kind(a.units, e.units):
        return True
    for here, there in ((a, e), (e, a)):
        if not there.units and measure_elsewhere(float(here.value), here.units, float(there.value)):
            return True
    if high < low * (1 + ROUNDED) and _is_rounded(a.value, e.value):
        return True
    ours, theirs = _currency(a), _currency(e)
    return ours is not None and theirs is not None and ours != theirs


def _is_rounded(value: Exact, other: Exact) -> bool:
    """Whether one has fewer digits, and is as near to the other as its last one can tell."""
    (few, step), (many, _) = sorted(map(_digits_and_step, (value, other)))
    return few < many and -step <= value - other <= step


def _digits_and_step(value: Exact) -> tuple[int, Fraction]:
    """How many digits of a value are not zeros at either end, and what one of the last is worth."""
    places = 6
    digits = str(round(value * 10**places))
    kept = digits.rstrip("0")
    return len(kept), Fraction(10 ** (len(digits) - len(kept)), 10**places)


def _currency(number: Placed) -> str | None:
    return next((name for name, mark in _CURRENCIES.items() if mark.search(number.around)), None)
