"""Pairs made by rule: numbers in digits and in words, which prose seldom teaches.

The same figure has the same row in both languages, so digits against digits need no pair.
"""

from collections.abc import Iterator

EN_ONES = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
]  # fmt: skip
EN_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
AR_ONES = [
    "صفر", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة",
]  # fmt: skip
AR_TEENS = [
    "أحد عشر", "اثنا عشر", "ثلاثة عشر", "أربعة عشر", "خمسة عشر", "ستة عشر", "سبعة عشر",
    "ثمانية عشر", "تسعة عشر",
]  # fmt: skip
AR_TENS = ["عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"]
EN_ORDINALS = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth",
]  # fmt: skip
AR_ORDINALS = [
    "الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع",
    "العاشر", "الحادي عشر", "الثاني عشر",
]  # fmt: skip
HUNDREDS = (
    (100, "one hundred", "مائة"), (100, "a hundred", "مئة"), (200, "two hundred", "مائتان"),
    (300, "three hundred", "ثلاثمائة"), (400, "four hundred", "أربعمائة"),
    (500, "five hundred", "خمسمائة"), (600, "six hundred", "ستمائة"),
    (700, "seven hundred", "سبعمائة"), (800, "eight hundred", "ثمانمائة"),
    (900, "nine hundred", "تسعمائة"), (1000, "one thousand", "ألف"), (1000, "a thousand", "ألف"),
    (2000, "two thousand", "ألفان"), (1000000, "one million", "مليون"),
    (1000000000, "one billion", "مليار"),
)  # fmt: skip


def number_words(number: int) -> tuple[str, str]:
    """Spell a number from 0 to 99 in English and in Arabic."""
    tens, ones = divmod(number, 10)
    if number < 20:
        en = EN_ONES[number]
        ar = AR_ONES[number] if number <= 10 else AR_TEENS[number - 11]
    else:
        en = EN_TENS[tens - 2] + (f"-{EN_ONES[ones]}" if ones else "")
        ar = (f"{AR_ONES[ones]} و" if ones else "") + AR_TENS[tens - 2]
    return ar, en


def number_pairs() -> Iterator[tuple[str, str]]:
    """Yield Arabic and English spellings of numbers, each also against its digits."""
    for number in range(100):
        ar, en = number_words(number)
        # The oblique case of newspapers: اثنين وثلاثين.
        oblique = ar.replace("ون", "ين").replace("اثنان", "اثنين").replace("اثنا ", "اثني ")
        yield ar, en
        for spelling in dict.fromkeys((ar, oblique)):
            yield spelling, str(number)
        yield str(number), en
    for number, en, ar in HUNDREDS:
        yield ar, en
        yield ar, str(number)
        yield str(number), en
    for number, (ar, en) in enumerate(zip(AR_ORDINALS, EN_ORDINALS, strict=True), start=1):
        yield ar, en
        yield ar, f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number, 'th') }"
    for decade in range(20, 100, 10):
        yield f"{AR_TENS[decade // 10 - 2][:-2]}ينيات", f"{decade}s"
