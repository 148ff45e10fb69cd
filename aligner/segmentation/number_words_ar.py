"""Arabic number words in every gender, case and spelling, and how they join with digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache

from aligner.segmentation.number_tokens import Exact, NumberKind, Reading, Role, Token, words_of

DIACRITICS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]")
WORD = re.compile("[\u0610-\u061a\u0620-\u0670\u06d6-\u06ed]+")
NEAR = re.compile("\\s*(?:(?<!\\w)(و)[\\s\u0640\u064b-\u0652]*)?")
SPELLING = tuple(zip("أإآىة", "اااي" + "ه", strict=True))

UNITS = {
    1: "واحد واحده واحدا",
    2: "اثنان اثنين اثنتان اثنتين",
    3: "ثلاث ثلاثه ثلاثا",
    4: "اربع اربعه اربعا",
    5: "خمس خمسه خمسا",
    6: "ست سته ستا",
    7: "سبع سبعه سبعا",
    8: "ثمان ثماني ثمانيه ثمانيا",
    9: "تسع تسعه تسعا",
    10: "عشر عشره عشرا",
}
ZERO = "صفر صفرا"
BEFORE_TEN = {1: "احد احدي", 2: "اثنا اثني اثنتا اثنتي"}  # only in 11, 12, 21, 31 …
TENS = {
    20: "عشرون عشرين",
    30: "ثلاثون ثلاثين",
    40: "اربعون اربعين",
    50: "خمسون خمسين",
    60: "ستون ستين",
    70: "سبعون سبعين",
    80: "ثمانون ثمانين",
    90: "تسعون تسعين",
}
HUNDRED = words_of("مئه مائه ميه مايه")
TWO_HUNDRED = "مئتان مئتين مئتا مئتي مائتان مائتين مائتا مائتي ميتين ميتان"
BEFORE_HUNDRED = {
    3: "ثلاث",
    4: "اربع",
    5: "خمس",
    6: "ست",
    7: "سبع",
    8: "ثمان ثماني",
    9: "تسع",
}
SCALES = {  # singular and what follows eleven · dual · plural
    10**3: ("الف الفا", "الفان الفين الفي", "الاف"),
    10**6: ("مليون مليونا", "مليونان مليونين مليوني", "ملايين"),
    10**9: (
        "مليار مليارا بليون بليونا",
        "ملياران مليارين ملياري بليونان بليونين بليوني",
        "مليارات بلايين",
    ),
    10**12: (
        "تريليون تريليونا ترليون ترليونا",
        "تريليونان تريليونين تريليوني ترليونين",
        "تريليونات ترليونات",
    ),
}
ORDINALS = {
    1: "اول اولي",
    2: "ثاني ثانيه ثان",
    3: "ثالث ثالثه",
    4: "رابع رابعه",
    5: "خامس خامسه",
    6: "سادس سادسه",
    7: "سابع سابعه",
    8: "ثامن ثامنه",
    9: "تاسع تاسعه",
    10: "عاشر عاشره",
}
ORDINAL_ONE = "حادي حاديه"  # only in eleventh, twenty-first …
PARTS = {Fraction(1, 2): "نصف", Fraction(1, 3): "ثلث", Fraction(1, 4): "ربع"}
TWO_PARTS = {Fraction(2, 3): "ثلثا ثلثي ثلثان ثلثين"}
PLURAL_PARTS = {Fraction(1, 4): "ارباع", Fraction(1, 5): "اخماس", Fraction(1, 10): "اعشار"}
VAGUE = "بضع بضعه عده عشرات مئات"
DECADES = dict(
    zip(TENS, words_of("عشرين ثلاثين اربعين خمسين ستين سبعين ثمانين تسعين"), strict=True)
)
# Days, months, years, persons …: of these words an ending in ين is a dual. Most words for people
# are left out, for theirs may be a plural as well: مصريين. English may say "both" or nothing.
DUALS = words_of(
    "يوم شهر عام اسبوع قرن عقد شخص طفل رجل جندي هدف طابق كيلومتر متر هكتار مقعد منزل صاروخ "
    "قتيل جريح"
)
FEMININE_DUALS = words_of(
    "سنه ساعه دقيقه ثانيه مره دوله مدينه امراه مرحله جوله درجه نقطه مباراه قريه سياره"
)
NOT_NUMBERS = ("الاثنين", "لست", "كميه", "لميه")  # Monday, "I am not", quantity, for water
PREFIXES = ("", "ب", "ل", "ك", "ال", "بال", "كال", "لل")
JOINED = ("", "و", "ف")
MONTH_BEFORE = re.compile("(?:تشرين|كانون|ربيع|جمادى|جمادي)\\s+$")
COUNTED_BEFORE = re.compile("(?:من|نحو|حوالي|قرابة|زهاء|يقارب|تجاوز|بلغ|إلى)\\s+$")  # … ألف
AND_ELEVEN = re.compile("وأحد")  # with its hamza the first half of "and eleven", not واحد
CENTURY_AHEAD = re.compile("\\s+(?:من\\s+)?القرن\\s+(?P<last>الماضي|المنصرم)?")
ONE_BEFORE = re.compile(
    "(?<![\u0621-\u064a])[وف]?[بلك]?"
    "(?:ساعة|يوم|أسبوع|شهر|عام|سنة|قرن|عقد|مرة|متر|كيلومتر|طن|درجة)[اً]*\\s+$"
)
# مليونا دولار: two million. No noun follows at once on مليونا, one million in the accusative; and a
# counted noun is in the genitive, without a final alef. A first letter that may be a word of its
# own (و and, ل for) leaves it unsure.
NOUN_AHEAD = re.compile(
    r"\s+(?!ال|لل|(?:من|في|على|إلى|الى|عن|أو|او|أم|ثم|بعد|قبل|كل|لكل|مع|عند|منذ|حتى|لدى|خلال|بين|ضد|عبر|غير|فقط"
    r"|آخر|اخر)(?!\w))(?P<clitic>[وفبلك]?)[\u0621-\u0652]{2,}(?<![اىً])(?!\w)"
)
AFTER = re.compile("\\s+بعد\\s+")  # الخامسة بعد المئة, the 105th
FINAL_AHEAD = re.compile("\\s+(?:ال)?نهائي")  # نصف النهائي, a semi-final


def spelled(word: str) -> str:
    """The word without vowel signs and tatweel, its alefs, yehs and hehs as in our lists."""
    return _with_our_letters(DIACRITICS.sub("", word))


def _with_our_letters(text: str) -> str:
    # Many times as fast as str.translate.
    for letter, ours in SPELLING:
        text = text.replace(letter, ours)
    return text


def _bare_words() -> Iterator[tuple[str, Role, Exact, bool]]:
    """(word, role, value, certain), without clitics."""

    def listed(
        words: str, role: Role, value: Exact, certain: bool = True
    ) -> Iterator[tuple[str, Role, Exact, bool]]:
        return ((word, role, value, certain) for word in words.split())

    for n, words in UNITS.items():
        yield from listed(words, Role.UNIT, n, certain=n > 1)  # واحد: one, or someone, or the same
    yield from listed(ZERO, Role.UNIT, 0, certain=False)  # also a month of the Hijri year
    for n, words in BEFORE_TEN.items():
        yield from listed(words, Role.JOINT, n)
    for n, words in TENS.items():
        yield from listed(words, Role.TENS, n)
    yield from listed(" ".join(HUNDRED), Role.HUNDRED, 100)
    yield from listed(TWO_HUNDRED, Role.HUNDRED, 200)
    for n, words in BEFORE_HUNDRED.items():
        for word in words.split():
            yield from listed(" ".join(word + h for h in HUNDRED), Role.HUNDRED, 100 * n)
    for n, (singular, dual, plural) in SCALES.items():
        yield from listed(singular, Role.SCALE, n, certain=n > 1000)  # ألف: also "wrote"
        yield from listed(dual, Role.DUAL_SCALE, 2 * n)
        yield from listed(plural, Role.PLURAL_SCALE, n)
    for n, words in ORDINALS.items():
        yield from listed(words, Role.ORDINAL, n, certain=n > 2)
    yield from listed(ORDINAL_ONE, Role.ORDINAL_JOINT, 1)
    for part, words in (PARTS | TWO_PARTS).items():
        yield from listed(
            words, Role.PART, part, certain=part not in (Fraction(1, 2), Fraction(1, 4))
        )
    for part, words in PLURAL_PARTS.items():
        yield from listed(words, Role.PARTS, part)
    for n, stem in DECADES.items():
        yield from listed(f"{stem}ات {stem}يات", Role.DECADE, 1900 + n)
    yield from listed(VAGUE, Role.VAGUE, 0)
    for noun in DUALS:
        yield from listed(f"{noun}ان {noun}ين", Role.DUAL, 2, certain=False)
    for noun in FEMININE_DUALS:
        stem = noun.removesuffix("ه")
        yield from listed(f"{stem}تان {stem}تين", Role.DUAL, 2, certain=False)


Entry = tuple[Role, Exact, bool, bool, bool]  # role, value, certain, joined, definite


@cache
def _lexicon() -> dict[str, Entry]:
    """Each word with each clitic to its role, value, certainty, whether joined, definite."""
    lexicon: dict[str, Entry] = {}
    bare = {word: (role, value, certain) for word, role, value, certain in _bare_words()}
    for joint in JOINED:
        for prefix in PREFIXES:
            for word, (role, value, certain) in bare.items():
                form = joint + prefix + word
                if form in bare and form != word:
                    continue  # a word of its own: فالفان is none of ours, والد neither
                definite = prefix.endswith("ال") or prefix == "لل"
                lexicon[form] = (role, value, certain, joint == "و", definite)
    for word in NOT_NUMBERS:
        for joint in JOINED:
            lexicon.pop(joint + word, None)
    return lexicon


def may_have_words(text: str) -> bool:
    """Whether a number word stands in the text."""
    return not _lexicon().keys().isdisjoint(WORD.findall(spelled(text)))


def word_tokens(text: str) -> list[Token]:
    """The number words of the text."""
    lexicon, tokens = _lexicon(), []
    has_signs = DIACRITICS.search(text) is not None
    for match in WORD.finditer(_with_our_letters(text)):
        found = lexicon.get(DIACRITICS.sub("", match[0]) if has_signs else match[0])
        if found is None:
            continue
        role, value, certain, joined, definite = found
        if value == 1 and AND_ELEVEN.fullmatch(DIACRITICS.sub("", text[slice(*match.span())])):
            role, joined = Role.JOINT, True
        tokens.append(Token(*match.span(), role, value, certain, joined, definite))
    return tokens


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the numbers of a text from its tokens."""

    text: str
    tokens: list[Token]
    joints: dict[int, bool | None] = field(default_factory=dict)  # what `joint` has found

    def role(self, i: int, *, joined: bool) -> Role | None:
        """The role of token i if it follows the one before at once, with و or without as asked."""
        if i >= len(self.tokens) or self.joint(i) is not joined:
            return None
        return self.tokens[i].role

    def joint(self, i: int) -> bool | None:
        """Whether token i follows the one before with و; None if not at once."""
        if i not in self.joints:
            near = NEAR.fullmatch(self.text, self.tokens[i - 1].end, self.tokens[i].start)
            self.joints[i] = near and (self.tokens[i].joined or near[1] is not None)
        return self.joints[i]

    def value(self, i: int) -> Exact:
        return self.tokens[i].value

    def read(self, i: int) -> Reading:
        """Read the longest number that begins at token i."""
        token = self.tokens[i]
        nothing = Reading(None, i + 1)
        match token.role:
            case Role.VAGUE | Role.PLURAL_SCALE:
                return self._vague(i)
            case Role.PART:
                return self._part(i)
            case Role.ORDINAL | Role.ORDINAL_JOINT:
                return self._ordinal(i)
            case Role.DECADE:
                return self._decade(i)
            case Role.DUAL:
                j, value = self._and_part(i + 1, token.value, 1)
                return Reading(value, j, certain=value > 2)
            case Role.PARTS:
                return nothing
            case Role.HUNDRED if token.definite:
                return nothing  # في المئة, or the hundred of which was spoken
            case _:
                return self._number(i)

    def _vague(self, i: int) -> Reading:
        """عشرات الآلاف, بضع مئات, ملايين: no number at all."""
        j = i + 1
        while self.role(j, joined=False) in (
            Role.VAGUE,
            Role.PLURAL_SCALE,
            Role.SCALE,
            Role.HUNDRED,
        ):
            j += 1
        return Reading(None, j)

    def _part(self, i: int) -> Reading:
        """نصف مليون, ثلث, ربع المليار"""
        part = self.tokens[i]
        if self.role(i + 1, joined=False) is Role.SCALE:
            return Reading(part.value * self.value(i + 1), i + 2)
        if part.joined and self._has_one_before(i):
            return Reading(1 + part.value, i + 1)  # ساعة ونصف
        if FINAL_AHEAD.match(self.text, part.end):
            return Reading(None, i + 1)
        return Reading(part.value, i + 1, NumberKind.FRACTION, part.certain)

    def _has_one_before(self, i: int) -> bool:
        """Whether one of something stands before token i: ساعة, but not خمس عشرة ساعة"""
        start = self.tokens[i].start
        one = ONE_BEFORE.search(self.text, max(0, start - 15), start)
        if one is None or i == 0:
            return one is not None
        return not NEAR.fullmatch(self.text, self.tokens[i - 1].end, one.start())

    def _decade(self, i: int) -> Reading:
        """تسعينيات القرن الماضي, ثلاثينيات القرن التاسع عشر; alone it may be an age."""
        decade, j = self.value(i), i + 1
        century = CENTURY_AHEAD.match(self.text, self.tokens[i].end)
        if century is None:
            return Reading(decade, j, NumberKind.DECADE, False)
        if century["last"] is None and j < len(self.tokens):
            if self.tokens[j].start != century.end():
                return Reading(decade, j, NumberKind.DECADE, False)
            ordinal = self.read(j)
            if ordinal.value is not None and 1 < ordinal.value < 30:
                decade = decade % 100 + 100 * (ordinal.value - 1)
                j = ordinal.next
        return Reading(decade, j, NumberKind.DECADE)

    def _ordinal(self, i: int) -> Reading:
        """الثالث, الثالث عشر, الحادي والعشرين, الخامسة والعشرين بعد المئة"""
        token = self.tokens[i]
        value, certain, j = token.value, True, i + 2
        if self.role(i + 1, joined=False) is Role.UNIT and self.value(i + 1) == 10:
            value += 10
        elif value < 10 and self.role(i + 1, joined=True) is Role.TENS:
            value += self.value(i + 1)
        elif token.role is Role.ORDINAL_JOINT or MONTH_BEFORE.search(
            self.text, max(0, token.start - 12), token.start
        ):
            return Reading(None, i + 1)
        else:
            certain, j = token.certain, i + 1
        if after := self._hundred_before(j):
            value, certain, j = value + after, True, j + 1
        return Reading(value, j, NumberKind.ORDINAL, certain)

    def _hundred_before(self, j: int) -> Exact | None:
        """What an ordinal that ends at token j comes after: الخامسة *بعد المئة*"""
        if (
            j < len(self.tokens)
            and self.tokens[j].definite
            and self.tokens[j].role in (Role.HUNDRED, Role.SCALE, Role.DUAL_SCALE)
            and AFTER.fullmatch(self.text, self.tokens[j - 1].end, self.tokens[j].start)
        ):
            return self.value(j)
        return None

    def _number(self, i: int) -> Reading:
        token = self.tokens[i]
        total: Exact = 0
        certain, scale, end = True, None, i
        while True:
            term = self._term(i)
            if term is None or (scale is not None and term[0] >= scale):
                break
            value, sure, j, step = term
            alone = scale is None
            total, certain, scale, end = total + value, certain and sure, step, j
            if step < 1000 or self.role(j, joined=True) not in (
                Role.UNIT,
                Role.JOINT,
                Role.TENS,
                Role.HUNDRED,
                Role.SCALE,
                Role.DUAL_SCALE,
                Role.DIGITS,
            ):
                break
            i = j
        if scale is None:
            return Reading(None, end + 1)
        if token.role is Role.TENS and token.definite and (after := self._hundred_before(end)):
            return Reading(total + after, end + 1, NumberKind.ORDINAL)
        if total < 10 and self.role(end, joined=False) is Role.PARTS:
            return self._parts(total, end)
        if alone and not certain and token.role is Role.SCALE:
            before = COUNTED_BEFORE.search(self.text, max(0, token.start - 12), token.start)
            certain = before is not None
        # ألف by itself may be the verb; with more behind it, it is the number.
        return Reading(total, end, certain=certain or not alone, scale=scale if alone else 1)

    def _parts(self, count: Exact, i: int) -> Reading:
        """ثلاثة أرباع, ثلاثة أرباع المليون"""
        value = count * self.value(i)
        if self.role(i + 1, joined=False) is Role.SCALE:
            return Reading(value * self.value(i + 1), i + 2)
        return Reading(value, i + 1, NumberKind.FRACTION)

    def _and_part(self, j: int, value: Exact, of: Exact) -> tuple[int, Exact]:
        """ثلاثة *ونصف*, مليون *ونصف المليون*"""
        if self.role(j, joined=True) is not Role.PART:
            return j, value
        value += of * self.value(j)
        j += 1
        if of > 1 and self.role(j, joined=False) is Role.SCALE and self.value(j) == of:
            j += 1
        return j, value

    def _term(self, i: int) -> tuple[Exact, bool, int, Exact] | None:
        """(value, certain, next, scale) of digits or words with the scales after them."""
        token = self.tokens[i]
        if token.role in (Role.SCALE, Role.DUAL_SCALE):
            scale = token.value // 2 if token.role is Role.DUAL_SCALE else token.value
            value, certain, j, step = token.value, token.certain, i + 1, scale
            if noun := self._noun_of_two(i):
                value, certain = 2 * scale, certain and not noun["clitic"]
        else:
            group = self._group(i)
            if group is None:
                return None
            value, certain, j = group
            step = 1
            j, value = self._and_part(j, value, step)
        while self.role(j, joined=False) in (Role.SCALE, Role.PLURAL_SCALE):
            value, step, certain, j = value * self.value(j), step * self.value(j), True, j + 1
        if step > 1:
            j, value = self._and_part(j, value, step)
        return value, certain and (token.certain or step > 1), j, step

    def _noun_of_two(self, i: int) -> re.Match[str] | None:
        """What مليونا counts, where that shows it to be a dual: مليونا دولار"""
        token = self.tokens[i]
        written = self.text[token.start : token.end]
        if token.role is not Role.SCALE or not written.endswith("ا") or "ً" in written:
            return None
        if self.role(i + 1, joined=True) is not None:
            return None  # مليونا وخمسمئة ألف
        return NOUN_AHEAD.match(self.text, token.end)

    def _group(self, i: int) -> tuple[Exact, bool, int] | None:
        """(value, certain, next) of digits or of a number below 1,000."""
        token = self.tokens[i]
        if token.role is Role.DIGITS:
            return token.value, token.certain, i + 1
        if token.role is Role.HUNDRED:
            value, j = token.value, i + 1
        elif (
            token.role is Role.UNIT
            and self.role(i + 1, joined=False) is Role.HUNDRED
            and self.value(i + 1) == 100
            and not self.tokens[i + 1].definite
        ):
            value, j = token.value * 100, i + 2
        else:
            return self._below_hundred(i)
        if self.role(j, joined=True) in (Role.UNIT, Role.TENS, Role.JOINT):
            rest = self._below_hundred(j)
            if rest is not None:
                return value + rest[0], True, rest[2]
        return value, True, j

    def _below_hundred(self, i: int) -> tuple[Exact, bool, int] | None:
        token = self.tokens[i]
        if token.role not in (Role.UNIT, Role.JOINT, Role.TENS):
            return None
        if token.role is not Role.TENS and 0 < token.value < 10:
            if self.role(i + 1, joined=False) is Role.UNIT and self.value(i + 1) == 10:
                return token.value + 10, True, i + 2
            if self.role(i + 1, joined=True) is Role.TENS:
                return token.value + self.value(i + 1), True, i + 2
        if token.role is Role.JOINT:
            return None
        return token.value, token.certain, i + 1
