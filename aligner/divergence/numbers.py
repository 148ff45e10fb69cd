"""Numbers that differ in value within an aligned pair of sentences.

Better quiet than wrong: only numbers that stand in a bead without a counterpart on either side,
that are of one kind and that no rounding, unit, range or neighbouring sentence explains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from typing import Final

from aligner.bitext import Alignment, Divergence, DivergenceKind
from aligner.divergence.differs import divergence
from aligner.divergence.units import (
    differ_in_kind,
    measure_elsewhere,
    measure_in_parts,
    same_measure,
)
from aligner.segmentation.number_units import Unit, units_of
from aligner.segmentation.numbers import Number, NumberKind, find_numbers
from aligner.text import SIDES, Article, Language, Sentence

LEAST = 3  # one and two are said in too many ways: dual nouns, "a", "both", "twice"
MOST_IN_A_BEAD = 3  # numbers without a counterpart; more is a list, or a wrong bead
LEAST_BEAD = 0.7  # probability of a bead below which its numbers say nothing
NEARBY = 3  # sentences before and after, in which a number may have found its place
ROUNDED = 0.05  # 2,980 may be told as 3,000
UNSURE = 0.7  # probability of a slip where one number might be something else

_COUNTED: Final = (NumberKind.CARDINAL, NumberKind.MONEY)
_KINDS: Final = (*_COUNTED, NumberKind.PERCENT, NumberKind.ORDINAL)

# Where an Arabic word may begin: after what is written together with it.
_BEGINS: Final = r"(?<![\u0621-\u064a])[وفبلك]{0,2}(?:ال)?"
# Words by which a number may be told in spans so many times as long, or as short.
_SPANS: Final[Mapping[Fraction, re.Pattern[str]]] = {
    Fraction(factor): re.compile(words)
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
# An hour told by two clocks.
_ZONE: Final = re.compile(
    r"\b(?:GMT|UTC|BST|CET|[ECMP][SD]T)\b|\blocal time|توقيت|[غج]رينتش|\bت\.?\s?غ\b"
)
_SCALES: Final = (10**3, 10**6, 10**9, 10**12)
_ABBREVIATION: Final = re.compile(r"\s?(?:[A-Za-z]{1,3}|[\u0621-\u064a]{1,2})\b")
_ITEM: Final = re.compile(r"\s*[(\[]?\W?\s*$")
_ITEM_END: Final = re.compile(r"\s*[.):\]–-]\s")
# Before a number that says which one, though it looks like a count: Article 5, at the age of 45.
_SAYS_WHICH: Final = re.compile(
    r"\b(?:article|chapter|part|section|paragraph|clause|item|rule|page|volume|verse|act|phase|stage|level|grade"
    r"|round|group|day|week|session|minute|aged?|age of)\s$"
    r"|(?:مادة|فقرة|فصل|باب|بند|جزء|صفحة|مجلد|آية|مرحلة|مستوى|صف|جولة|مجموعة|يوم|أسبوع|دورة|جلسة|دقيقة)\s(?:رقم\s)?$",
    re.IGNORECASE,
)
_TENTH: Final = re.compile(
    "[وفبك]?(?:ال|لل)[\u0621-\u0652]+[وي]ن"
)  # الخمسون: fifty, or the fiftieth
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


@dataclass(frozen=True, slots=True)
class Placed:
    """A number with its sentence, and that sentence's place in its paragraph."""

    number: Number
    sentence: int
    whole: Sentence

    @property
    def start(self) -> int:
        return self.whole.start + self.number.start

    @property
    def end(self) -> int:
        return self.whole.start + self.number.end

    @property
    def text(self) -> str:
        """As it stands."""
        return self.whole.text[self.number.start : self.number.end].strip()

    @property
    def around(self) -> str:
        """With a few words before and after."""
        return self.whole.text[max(0, self.number.start - 24) : self.number.end + 24]

    @property
    def before(self) -> str:
        """A few words before it."""
        return self.whole.text[max(0, self.number.start - 24) : self.number.start]

    @property
    def after(self) -> str:
        """A few letters after it."""
        return self.whole.text[self.number.end : self.number.end + 6]

    @property
    def value(self) -> Fraction:
        value = self.number.value
        return value if value.numerator >= 0 else -value

    @property
    def units(self) -> tuple[Unit, ...]:
        """What it counts if that is a unit; a sum of money is none."""
        money = self.number.kind in (NumberKind.MONEY, NumberKind.PERCENT)
        return () if money else units_of(self.whole.text, self.number)

    @property
    def in_a_name(self) -> bool:
        """Whether letters are written together with it: Covid-19, K2."""
        text, number = self.whole.text, self.number
        before = text[: number.start].rstrip("-–")[-1:]
        after = text[number.end : number.end + 1]
        return number.kind is NumberKind.CODE and (before.isalpha() or after.isalpha())

    @property
    def in_digits(self) -> bool:
        return any(letter.isdigit() for letter in self.text)


@lru_cache(maxsize=8192)
def numbers_in(text: str, language: Language) -> tuple[Number, ...]:
    """As find_numbers gives them, kept: a sentence is asked for them more than once."""
    return find_numbers(text, language)


def placed(article: Article, sentence: int) -> list[Placed]:
    """The numbers of a sentence, in order."""
    whole = article.sentences[sentence]
    return [
        Placed(n, sentence, whole)
        for n in numbers_in(whole.text, article.language)
        if not _is_item(whole.text, n)
    ]


def _is_item(text: str, number: Number) -> bool:
    """Whether the number only counts the items of a list: `3. The road`."""
    return bool(_ITEM.fullmatch(text[: number.start]) and _ITEM_END.match(text, number.end))


def find(ar: Article, en: Article, alignment: Alignment) -> tuple[Divergence, ...]:
    """Name the numbers that differ in value, in Arabic order.

    Each stands on the Arabic side, with the English number in `other_span` and `detail`.
    """
    sides = {Language.AR: ar, Language.EN: en}
    left: dict[tuple[Language, int], list[Placed]] = {}
    for bead in alignment:
        pair = [[n for i in bead.side(s) for n in placed(sides[s], i)] for s in SIDES]
        for side, numbers in zip(SIDES, without_counterpart(*pair), strict=True):
            for number in numbers:
                left.setdefault((side, number.sentence), []).append(number)
    found = []
    for bead in alignment:
        if bead.is_null or bead.probability < LEAST_BEAD:
            continue
        ours, theirs = ([n for i in bead.side(s) for n in left.get((s, i), ())] for s in SIDES)
        for a, e, sure in differing(ours, theirs):
            if _is_near(a, bead.en, left, Language.EN) or _is_near(e, bead.ar, left, Language.AR):
                continue
            detail = f"{_written(a)} here, {_written(e)} in the English"
            probability = sure * bead.probability
            found.append(divergence(DivergenceKind.NUMBER, ar, a, e, probability, detail))
    return tuple(found)


def _is_near(
    number: Placed,
    sentences: Sequence[int],
    left: Mapping[tuple[Language, int], list[Placed]],
    side: Language,
) -> bool:
    """Whether its value stands without a counterpart around, but not in, these sentences."""
    around = range(min(sentences) - NEARBY, max(sentences) + NEARBY + 1)
    return any(
        other.value == number.value
        for i in around
        if i not in sentences
        for other in left.get((side, i), ())
    )


def without_counterpart(
    ours: Sequence[Placed], theirs: Sequence[Placed]
) -> tuple[list[Placed], list[Placed]]:
    """What is left of the numbers of a bead's two sides when equal values are taken out.

    A whole and a half on one side go with their sum on the other.
    """
    ours, theirs = list(ours), list(theirs)
    for same in (_equal, _told_otherwise):
        if not ours or not theirs:
            break
        for a in list(ours):
            match = next((e for e in theirs if same(a, e)), None)
            if match is not None:
                ours.remove(a)
                theirs.remove(match)
    _take_out_sums(ours, theirs)
    _take_out_sums(theirs, ours)
    return ours, theirs


def _take_out_sums(parts: list[Placed], wholes: list[Placed]) -> None:
    for whole in list(wholes):
        pair = next((p for p in combinations(parts, 2) if _make_up(*p, whole)), None)
        if pair is not None:
            wholes.remove(whole)
            for part in pair:
                parts.remove(part)


def _make_up(x: Placed, y: Placed, whole: Placed) -> bool:
    """Whether the two belong to one number: four and a half, 2 metres and 15 centimetres."""
    if 0 < y.value < 1 and x.value.denominator == 1 and x.value + y.value == whole.value:
        return True
    parts = [(float(n.value), n.units) for n in (x, y)]
    return measure_in_parts(parts, float(whole.value), whole.units)


def _equal(a: Placed, e: Placed) -> bool:
    # As a.value == e.value, which asks about types first.
    x, y = a.value, e.value
    return x.numerator == y.numerator and x.denominator == y.denominator


def _told_otherwise(a: Placed, e: Placed) -> bool:
    """Whether two unlike values may say the same: another unit, scale, clock or calendar."""
    if a.units and e.units and same_measure(float(a.value), a.units, float(e.value), e.units):
        return True
    low, high = sorted((a.value, e.value))
    if low == 0:
        return False
    ratio = high / low
    kinds = {a.number.kind, e.number.kind}
    if ratio in _SCALES and (
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


def differing(
    ours: Sequence[Placed], theirs: Sequence[Placed]
) -> Iterator[tuple[Placed, Placed, float]]:
    """Pairs of numbers, both without a counterpart, that should have been the same.

    With each the probability that a reader would say so too.
    """
    if not ours or not theirs:
        return
    if len(ours) == len(theirs) == 1 and (
        _slipped(ours[0], theirs[0]) or _differ_alone(ours[0], theirs[0])
    ):
        yield ours[0], theirs[0], UNSURE
        return
    a_side, e_side = ([n for n in side if _counts(n)] for side in (ours, theirs))
    if _any_doubt(ours, e_side) or _any_doubt(theirs, a_side) or _in_parts(ours, theirs):
        return
    if not a_side or not e_side or max(len(a_side), len(e_side)) > MOST_IN_A_BEAD:
        return
    kinds_agree = _one_kind
    if len(a_side) == len(e_side):
        pairs = list(zip(a_side, e_side, strict=True))
        if _is_alone(a_side[0], ours) and _is_alone(e_side[0], theirs):
            kinds_agree = _count_or_order
    else:
        pairs = [(a, e) for a in a_side for e in e_side if slip(a, e)]
        if len(pairs) != 1:
            return
    if all(kinds_agree(a, e) and not _explained(a, e) for a, e in pairs):
        for a, e in pairs:
            yield a, e, _sure(a, e) * (1.0 if len(a_side) == len(e_side) == 1 else 0.9)


def _slipped(a: Placed, e: Placed) -> bool:
    """Whether a slip shows though what one of the two is by itself is not sure.

    150.000 may be a thousandth of what it looks like, and 2000 a year: a slip of the other says no.
    """
    kinds = {a.number.kind, e.number.kind}
    alike = kinds <= {*_COUNTED} or kinds == {NumberKind.PERCENT}
    unsure = alike and not (a.number.certain and e.number.certain)
    may_be_a_year = kinds == {NumberKind.CARDINAL, NumberKind.YEAR}
    return (unsure or may_be_a_year) and slip(a, e) and not _explained(a, e)


def _differ_alone(a: Placed, e: Placed) -> bool:
    """Whether two hours, fractions or decades, all that is left of a bead, are not the same."""
    if a.number.kind is not e.number.kind:
        return False
    certain = [n.number.certain for n in (a, e)]
    match a.number.kind:
        case NumberKind.TIME:
            whole = a.value.denominator == e.value.denominator == 1
            return whole and all(certain) and not any(_ZONE.search(n.whole.text) for n in (a, e))
        case NumberKind.DECADE:  # the 1900s may be the century, the fifties those of any
            same_name = (a.value - e.value) % 100 == 0 and not all(certain)
            return any(certain) and not same_name and 0 not in (a.value % 100, e.value % 100)
        case NumberKind.FRACTION:  # a quarter is also one of a town; a half is said of too much
            return any(certain) and Fraction(1, 2) not in (a.value, e.value)
    return False


def _counts(number: Placed) -> bool:
    kind = number.number.kind
    small = number.value < LEAST and not (
        number.in_digits and (number.value.denominator > 1 or kind is NumberKind.PERCENT)
    )
    return number.number.certain and kind in _KINDS and not small


def _any_doubt(numbers: Sequence[Placed], others: Sequence[Placed]) -> bool:
    """Whether one of the numbers may be something else, and so the counterpart of another.

    But never in a name (Covid-19), and never a share for a count.
    """
    shares = {n.number.kind is NumberKind.PERCENT for n in others}
    return any(
        not n.number.certain
        and n.value >= LEAST
        and not n.in_a_name
        and (n.number.kind is NumberKind.PERCENT) in shares
        for n in numbers
    )


def _in_parts(ours: Sequence[Placed], theirs: Sequence[Placed]) -> bool:
    """Whether one side may tell in two numbers what the other tells in one: 3 men and 5 women."""
    sums = [{x.value + y.value for x, y in combinations(side, 2)} for side in (ours, theirs)]
    return any(n.value in sums[1] for n in ours) or any(n.value in sums[0] for n in theirs)


def _one_kind(a: Placed, e: Placed) -> bool:
    kinds = a.number.kind, e.number.kind
    return kinds[0] is kinds[1] or all(kind in _COUNTED for kind in kinds)


def _is_alone(number: Placed, others: Sequence[Placed]) -> bool:
    """Whether it is all there is to compare of these."""
    return not any(n is not number and n.value >= LEAST and not n.in_a_name for n in others)


def _count_or_order(a: Placed, e: Placed) -> bool:
    """Whether both count, or say which one: المادة الخامسة, Article 5."""
    if _one_kind(a, e):
        return True
    kinds = {a.number.kind, e.number.kind}
    if kinds != {NumberKind.CARDINAL, NumberKind.ORDINAL} or min(a.value, e.value) < LEAST:
        return False
    return (a.in_digits and e.in_digits) or any(
        n.number.kind is NumberKind.CARDINAL
        and (_SAYS_WHICH.search(n.before) or (n.value < 100 and _TENTH.fullmatch(n.text)))
        for n in (a, e)
    )


def _explained(a: Placed, e: Placed) -> bool:
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


def _is_rounded(value: Fraction, other: Fraction) -> bool:
    """Whether one has fewer digits, and is as near to the other as its last one can tell."""
    (few, step), (many, _) = sorted(map(_digits_and_step, (value, other)))
    return few < many and abs(value - other) <= step


def _digits_and_step(value: Fraction) -> tuple[int, Fraction]:
    """How many digits of a value are not zeros at either end, and what one of the last is worth."""
    places = 6
    digits = str(round(value * 10**places))
    kept = digits.rstrip("0")
    return len(kept), Fraction(10 ** (len(digits) - len(kept)), 10**places)


def _currency(number: Placed) -> str | None:
    return next((name for name, mark in _CURRENCIES.items() if mark.search(number.around)), None)


def slip(a: Placed, e: Placed) -> bool:
    """Whether one is the other with two digits changed about, one changed, or one more."""
    if not (a.in_digits and e.in_digits):
        return False
    short, long = sorted((_digits(a.value), _digits(e.value)), key=len)
    if len(long) < 3:
        return False
    if len(short) == len(long):
        changed = sum(x != y for x, y in zip(short, long, strict=True))
        return changed == 1 or (changed == 2 and sorted(short) == sorted(long))
    return len(long) == len(short) + 1 and any(
        long[:i] + long[i + 1 :] == short for i in range(len(long))
    )


def _digits(value: Fraction) -> str:
    return f"{float(value):f}".rstrip("0").rstrip(".") if value.denominator > 1 else str(value)


def _sure(a: Placed, e: Placed) -> float:
    """By how the numbers are written: what is in digits on both sides is read most surely."""
    low, high = sorted((a.value, e.value))
    if any(high == low * scale for scale in _SCALES):
        return 0.7  # an abbreviation that we don't know may make up for it
    if slip(a, e):
        return 0.95
    if NumberKind.ORDINAL in (a.number.kind, e.number.kind):
        return 0.7
    if a.in_digits and e.in_digits:
        return 0.85
    return 0.75


def _written(number: Placed) -> str:
    """Its value in Western digits, as `3,500`, `40 %`, `15th`."""
    value = number.number.value
    whole = value.denominator == 1
    text = f"{int(value):,}" if whole else f"{float(value):,.10g}"
    if number.number.kind is NumberKind.PERCENT:
        return f"{text} %"
    if number.number.kind is NumberKind.ORDINAL:
        return f"number {text}"
    if number.number.kind is NumberKind.DECADE:
        return f"{value}s"
    if number.number.kind is NumberKind.FRACTION:
        return str(value)
    return text
