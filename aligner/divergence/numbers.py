"""Numbers that differ in value within an aligned pair of sentences.

Better quiet than wrong: only numbers that stand in a bead without a counterpart on either side,
that are of one kind and that no rounding, unit, range or neighbouring sentence explains.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Final

from aligner.bitext import Alignment, Divergence, DivergenceKind
from aligner.divergence import scores
from aligner.divergence.differs import Leftovers, divergence
from aligner.divergence.number_place import Placed
from aligner.divergence.retold import SCALES, explained, make_up, may_belong, told_otherwise
from aligner.segmentation.numbers import Exact, Number, NumberKind, numbers_in
from aligner.text import Article, Language

LEAST = 3  # one and two are said in too many ways: dual nouns, "a", "both", "twice"
MOST_IN_A_BEAD = 3  # numbers without a counterpart; more is a list, or a wrong bead
UNSURE = 0.7  # probability of a slip where one number might be something else

_COUNTED: Final = (NumberKind.CARDINAL, NumberKind.MONEY)
_KINDS: Final = (*_COUNTED, NumberKind.PERCENT, NumberKind.ORDINAL)

# What shows that an hour may be told by two clocks.
_ZONE: Final = re.compile(
    r"\b(?:GMT|UTC|BST|CET|[ECMP][SD]T)\b|\blocal time|توقيت|[غج]رينتش|\bت\.?\s?غ\b"
)
_ITEM: Final = re.compile(r"\s*[(\[]?\W?\s*$")
_ITEM_END: Final = re.compile(r"\s*[.):\]–-]\s")
# Before a number that says which one, though it looks like a count: Article 5, at the age of 45.
_SAYS_WHICH: Final = re.compile(
    r"\b(?:article|chapter|part|section|paragraph|clause|item|rule|page|volume|verse|act|phase|stage|level|grade"
    r"|round|group|day|week|session|minute|aged?|age of)\s$"
    r"|(?:مادة|فقرة|فصل|باب|بند|جزء|صفحة|مجلد|آية|مرحلة|مستوى|صف|جولة|مجموعة|يوم|أسبوع|دورة|جلسة|دقيقة)\s(?:رقم\s)?$",
    re.IGNORECASE,
)
# A definite ten is both: الخمسون, fifty or the fiftieth.
_TENTH: Final = re.compile("[وفبك]?(?:ال|لل)[\u0621-\u0652]+[وي]ن")


def placed(article: Article, sentence: int) -> list[Placed]:
    """The numbers of a sentence, in order."""
    whole = article.sentences[sentence]
    numbers = numbers_in(whole.text, article.language)
    if numbers and _is_item(whole.text, numbers[0]):
        numbers = numbers[1:]
    return [Placed(n, sentence, whole) for n in numbers]


def _is_item(text: str, number: Number) -> bool:
    """Whether the number only counts the items of a list: `3. The road`."""
    return bool(_ITEM.fullmatch(text[: number.start]) and _ITEM_END.match(text, number.end))


def find(ar: Article, en: Article, alignment: Alignment) -> tuple[Divergence, ...]:
    """Name the numbers that differ in value, in Arabic order.

    Each stands on the Arabic side, with the English number in `other_span` and `detail`.
    """
    left = Leftovers(ar, en, alignment, placed, without_counterpart)
    found = []
    for bead, ours, theirs in left.apart():
        pairs = list(differing(ours, theirs))
        for a, e, sure in pairs:
            if any(n.value == a.value for n in left.near(bead, Language.EN)):
                continue
            if any(n.value == e.value for n in left.near(bead, Language.AR)):
                continue
            detail = f"{_written(a)} here, {_written(e)} in the English"
            probability = sure * bead.probability
            found.append(divergence(DivergenceKind.NUMBER, ar, a, e, probability, detail))
        if not pairs and (results := scores.differing(ar, en, bead)):
            detail = f"{results[0]} here, {results[1]} in the English"
            probability = scores.SURE * bead.probability
            found.append(divergence(DivergenceKind.NUMBER, ar, *results, probability, detail))
    return tuple(found)


def without_counterpart(
    ours: Sequence[Placed], theirs: Sequence[Placed]
) -> tuple[list[Placed], list[Placed]]:
    """What is left of the numbers of a bead's two sides when equal values are taken out.

    A whole and a half on one side go with their sum on the other.
    """
    ours, theirs = list(ours), list(theirs)
    for same in (_equal, told_otherwise):
        if not ours or not theirs:
            break
        for a in list(ours):
            match = next((e for e in theirs if same(a, e)), None)
            if match is not None:
                ours.remove(a)
                theirs.remove(match)
    if ours and theirs:
        _take_out_sums(ours, theirs)
        _take_out_sums(theirs, ours)
    return ours, theirs


def _take_out_sums(parts: list[Placed], wholes: list[Placed]) -> None:
    for x, y in list(pairwise(parts)):
        if not may_belong(x, y):
            continue
        whole = next((w for w in wholes if make_up(x, y, w)), None)
        if whole is not None and x in parts:
            wholes.remove(whole)
            parts.remove(x)
            parts.remove(y)


def _equal(a: Placed, e: Placed) -> bool:
    # As a.value == e.value, which asks about types first.
    x, y = a.value, e.value
    return x.numerator == y.numerator and x.denominator == y.denominator


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
    if all(kinds_agree(a, e) and not explained(a, e) for a, e in pairs):
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
    return (unsure or may_be_a_year) and slip(a, e) and not explained(a, e)


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


def _digits(value: Exact) -> str:
    return f"{float(value):f}".rstrip("0").rstrip(".") if value.denominator > 1 else str(value)


def _sure(a: Placed, e: Placed) -> float:
    """By how the numbers are written: what is in digits on both sides is read most surely."""
    low, high = sorted((a.value, e.value))
    if any(high == low * scale for scale in SCALES):
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
