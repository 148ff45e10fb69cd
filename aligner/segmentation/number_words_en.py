"""English number words, and how they are put together with digits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from aligner.segmentation.number_tokens import Exact, NumberKind, Reading, Role, Token, words_of

WORD = re.compile(r"[A-Za-z]+")
SMALL = words_of(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
)
TENS = words_of("twenty thirty forty fifty sixty seventy eighty ninety")
SMALL_ORDINALS = words_of(
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
    "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
SCALES = {
    "dozen": 12,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
}
PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4} | {
    ordinal: number for number, ordinal in enumerate(SMALL_ORDINALS) if number >= 5
}
VAGUE = words_of("several few many countless some")
NEAR = re.compile(r"[\s\u00ad-]*")  # between the words of one number
COMMA = re.compile(r"\s*,\s+")  # likewise: three thousand, five hundred


@cache
def _lexicon() -> dict[str, tuple[Role, Exact, bool]]:
    """Each word, in small letters, with capital and in capitals, to its role, value, certainty."""
    words: dict[str, tuple[Role, Exact, bool]] = {
        "hundred": (Role.HUNDRED, 100, True),
        "a": (Role.A, 1, True),
        "an": (Role.A, 1, True),
        "and": (Role.AND, 0, True),
        "of": (Role.OF, 0, True),
        "half": (Role.PART, Fraction(1, 2), False),
        "quarter": (Role.PART, Fraction(1, 4), False),
    }
    words |= dict.fromkeys(VAGUE, (Role.VAGUE, 0, True))
    # "one" is often a pronoun; "two" an ending in Arabic, which need not look like a number there.
    words |= {w: (Role.UNIT, n, n not in (1, 2)) for n, w in enumerate(SMALL)}
    for n, w in enumerate(TENS, 2):
        words[w] = (Role.TENS, 10 * n, True)
        words[w[:-1] + "ieth"] = (Role.ORDINAL, 10 * n, True)
        words[w[:-1] + "ies"] = (Role.DECADE, 1900 + 10 * n, False)
    # "first" and "second" are as often adverb, title or time as number.
    words |= {w: (Role.ORDINAL, n, n > 2) for n, w in enumerate(SMALL_ORDINALS) if n}
    words |= {w: (Role.SCALE, n, True) for w, n in SCALES.items()}
    words |= {f"{w}s": (Role.PLURAL_SCALE, n, True) for w, n in SCALES.items()}
    words |= {f"{w}th": (Role.ORDINAL, n, True) for w, n in SCALES.items() if n > 12}
    words |= {
        "hundreds": (Role.PLURAL_SCALE, 100, True),
        "hundredth": (Role.ORDINAL, 100, True),
    }
    words |= {f"{w}s": (Role.PARTS, Fraction(1, n), True) for w, n in PARTS.items() if w != "half"}
    words["halves"] = (Role.PARTS, Fraction(1, 2), True)
    del words["halvess"]
    return {form: word for w, word in words.items() for form in (w, w.capitalize(), w.upper())}


@cache
def _telling_words() -> frozenset[str]:
    """The words that make a number; without one, "a", "and" and "of" tell nothing."""
    small = (Role.A, Role.AND, Role.OF, Role.VAGUE)
    return frozenset(word for word, (role, _, _) in _lexicon().items() if role not in small)


def may_have_words(text: str) -> bool:
    """Whether a number word stands in the text."""
    return not _telling_words().isdisjoint(WORD.findall(text))


def word_tokens(text: str) -> list[Token]:
    """The number words of the text, and the small words that may stand among them."""
    lexicon = _lexicon()
    return [
        Token(match.start(), match.end(), *found)
        for match in WORD.finditer(text)
        if (found := lexicon.get(match[0])) is not None
    ]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the numbers of a text from its tokens."""

    text: str
    tokens: list[Token]

    def role(self, i: int) -> Role | None:
        """The role of token i if only space or a hyphen is between it and the one before."""
        if i >= len(self.tokens) or (
            i and not NEAR.fullmatch(self.text, self.tokens[i - 1].end, self.tokens[i].start)
        ):
            return None
        return self.tokens[i].role

    def roles(self, i: int, *roles: Role) -> bool:
        return all(self.role(n) is role for n, role in enumerate(roles, i))

    def value(self, i: int) -> Exact:
        return self.tokens[i].value

    def read(self, i: int) -> Reading:
        """Read the longest number that begins at token i."""
        token = self.tokens[i]
        nothing = Reading(None, i + 1)
        if token.role in (Role.AND, Role.OF):  # with these none begins
            return nothing
        if token.role is Role.VAGUE:
            counted = (Role.HUNDRED, Role.SCALE, Role.PLURAL_SCALE)
            return Reading(None, i + 2) if self.role(i + 1) in counted else nothing
        if token.role is Role.A and self.role(i + 1) is None:
            return nothing
        if token.role in (Role.PART, Role.A):
            return self._part(i) or (self._number(i) if token.role is Role.A else nothing)
        if token.role is Role.DECADE:
            return Reading(token.value, i + 1, NumberKind.DECADE, False)
        if token.role in (Role.DIGITS, Role.UNIT, Role.TENS, Role.ORDINAL):
            return self._number(i)
        if token.role in (Role.HUNDRED, Role.SCALE) and token.value >= 100:
            return Reading(token.value, i + 1, certain=False)  # per thousand, the million
        return nothing

    def _part(self, i: int) -> Reading | None:
        """half a million, a quarter of a million, half, a third of"""
        start = i
        i += self.tokens[i].role is Role.A
        is_part = self.tokens[i : i + 1] and self.role(i) in (Role.PART, Role.ORDINAL)
        if i == start:
            is_part = self.tokens[i].role is Role.PART
        if not is_part:
            return None
        part = self.value(i)
        if self.tokens[i].role is Role.ORDINAL:
            if self.role(i + 1) is not Role.OF or part < 3:
                return None
            part = Fraction(1) / part
        i += 1
        j = i + (self.role(i) is Role.OF)
        j += self.role(j) is Role.A
        if self.role(j) is Role.SCALE:
            return Reading(part * self.value(j), j + 1)
        if part == Fraction(1, 4) and start == i - 1:
            return Reading(None, i)  # a quarter of the year, of a town
        return Reading(
            part, i, NumberKind.FRACTION, part < Fraction(1, 2) and part != Fraction(1, 4)
        )

    def _number(self, i: int) -> Reading:
        total: Exact = 0
        certain, scale, start = True, None, i
        while True:
            group = self._group(i)
            if group is None:
                break
            value, sure, j, kind = group
            j, value = self._and_a_half(j, value, 1)
            step: Exact = 1
            scales = (Role.SCALE, Role.PLURAL_SCALE)
            while self.role(j) in scales and kind is NumberKind.CARDINAL:
                step *= self.value(j)
                j += 1
            j, value = self._and_a_half(j, value * step, step)
            if self.role(j) is Role.ORDINAL and self.value(j) >= 100:
                value, j, kind = value * self.value(j), j + 1, NumberKind.ORDINAL
            if scale is not None and value >= scale:
                break
            total, certain, end, last_kind = total + value, certain and (sure or step > 1), j, kind
            scale = step
            if step < 1000 or kind is not NumberKind.CARDINAL:
                break
            i = j + (self.role(j) is Role.AND)
            digits_alone = self.role(i) is Role.DIGITS and self.role(i + 1) is not Role.SCALE
            listed = (
                self.role(i) in (Role.UNIT, Role.TENS, Role.DIGITS, Role.A) and not digits_alone
            )
            if not listed and not self._goes_on_after_comma(i):
                break
        if scale is None:
            return Reading(None, start + 1)
        certain = certain or (last_kind is NumberKind.CARDINAL and end > start + 1)
        scale = scale if end == start + 2 else 1
        return self._fraction(start, end, total) or Reading(total, end, last_kind, certain, scale)

    def _and_a_half(self, j: int, value: Exact, of: Exact) -> tuple[int, Exact]:
        """two *and a half*, a million *and a half*"""
        if self.role(j) is Role.AND and self.roles(j + 1, Role.A, Role.PART):
            return j + 3, value + of * self.value(j + 2)
        return j, value

    def _goes_on_after_comma(self, i: int) -> bool:
        if i + 1 >= len(self.tokens) or self.tokens[i].role is not Role.UNIT:
            return False
        gap = COMMA.fullmatch(self.text, self.tokens[i - 1].end, self.tokens[i].start)
        return gap is not None and self.role(i + 1) in (Role.HUNDRED, Role.SCALE)

    def _fraction(self, start: int, end: int, value: Exact) -> Reading | None:
        """two thirds, three quarters of a million, one third"""
        if self.tokens[start].role is Role.DIGITS or end - start != 1:
            return None
        one_part = value == 1 and self.role(end) in (Role.ORDINAL, Role.PART)
        if self.role(end) is not Role.PARTS and not one_part:
            return None
        part = self.value(end)
        part = value * (part if part < 1 else Fraction(1) / part)
        j = end + 1
        if self.roles(j, Role.OF, Role.A, Role.SCALE):
            return Reading(part * self.value(j + 2), j + 3)
        return Reading(part, j, NumberKind.FRACTION)

    def _group(self, i: int) -> tuple[Exact, bool, int, NumberKind] | None:
        """(value, certain, next, kind) of a number below 1,000, or of digits."""
        token = self.tokens[i]
        if token.role is Role.DIGITS:
            value, certain, j = token.value, token.certain, i + 1
            if self.role(j) is Role.HUNDRED:
                return value * 100, certain, j + 1, NumberKind.CARDINAL
            return value, certain, j, NumberKind.CARDINAL
        if token.role is Role.A:
            if self.role(i + 1) not in (Role.HUNDRED, Role.SCALE):
                return None
            value, certain, j, kind = 1, True, i + 1, NumberKind.CARDINAL
        else:
            found = self._below_hundred(i)
            if found is None:
                return None
            value, certain, j, kind = found
        if self.role(j) is Role.HUNDRED and kind is NumberKind.CARDINAL:
            value, certain, j = value * 100, True, j + 1
            k = j + (self.role(j) is Role.AND)
            if self.role(k) in (Role.UNIT, Role.TENS, Role.ORDINAL) and self.value(k) < 100:
                rest = self._below_hundred(k)
                if rest is not None:
                    value, j, kind = value + rest[0], rest[2], rest[3]
        elif 13 <= value <= 20 and self.role(j) is Role.TENS and kind is NumberKind.CARDINAL:
            rest = self._below_hundred(j)  # nineteen ninety-nine
            if rest is not None and rest[3] is NumberKind.CARDINAL:
                return value * 100 + rest[0], False, rest[2], NumberKind.YEAR
        return value, certain, j, kind

    def _below_hundred(self, i: int) -> tuple[Exact, bool, int, NumberKind] | None:
        token = self.tokens[i]
        if token.role is Role.ORDINAL:
            return token.value, token.certain, i + 1, NumberKind.ORDINAL
        if token.role is Role.TENS:
            follows = self.role(i + 1)
            if follows in (Role.UNIT, Role.ORDINAL) and 0 < self.value(i + 1) < 10:
                kind = NumberKind.ORDINAL if follows is Role.ORDINAL else NumberKind.CARDINAL
                return token.value + self.value(i + 1), True, i + 2, kind
            return token.value, True, i + 1, NumberKind.CARDINAL
        if token.role is Role.UNIT:
            return token.value, token.certain, i + 1, NumberKind.CARDINAL
        return None
