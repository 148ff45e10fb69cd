"""Whether a name in Arabic and a name in English can be one, or must be two.

Names are compared by their consonants, in classes wide enough for any transliteration (`skeleton`).
Of well-known first names the spellings are listed: only so are محمد and Ahmed, or حسن and Hussein,
known to be two names, and يحيى and Yehia one.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations, product
from pathlib import Path
from typing import Final

from aligner.segmentation import normalise
from aligner.segmentation.sounds import sound_alike
from aligner.text import Language

UNLIKE = 0.6  # share of the consonants that must differ before two first names are two
ALIKE = 0.34  # share that may differ in what could still be the same name
SHORT = 3  # consonants up to which none may

# Sounds that one language writes in several ways count as alike; a capital is a class of its own,
# a small letter may stand for two: c (k or s), j (k or s), h (t or s, for th).
_ENGLISH: Final = (
    *(("sch", "S"), ("tch", "S"), ("sh", "S"), ("ch", "c"), ("th", "h"), ("kh", "K")),
    *(
        ("gh", "j"),
        ("ph", "B"),
        ("ck", "K"),
        ("cq", "K"),
        ("x", "KS"),
        ("q", "K"),
        ("k", "K"),
        ("c", "c"),
    ),
    *(("g", "j"), ("j", "j"), ("b", "B"), ("p", "B"), ("v", "B"), ("f", "B"), ("t", "T")),
    *(("d", "T"), ("s", "S"), ("z", "S"), ("r", "R"), ("l", "L"), ("m", "M"), ("n", "N")),
)
_ARABIC: Final = {
    **dict.fromkeys("بپفڤ", "B"),
    **dict.fromkeys("تطدض", "T"),
    **dict.fromkeys("ثذظ", "h"),
    **dict.fromkeys("سصزش", "S"),
    **dict.fromkeys("كقخ", "K"),
    **dict.fromkeys("جغ", "j"),
    "ر": "R",
    "ل": "L",
    "م": "M",
    "ن": "N",
}
_MAY_BE: Final = {"c": "KS", "j": "KS", "h": "TS"}
_ALIKE_SOUNDS: Final = frozenset(
    (a, b)
    for a in "BTSKRLMNcjh"
    for b in "BTSKRLMNcjh"
    if set(_MAY_BE.get(a, a)) & set(_MAY_BE.get(b, b))
)
_ENGLISH_SOUND: Final = re.compile("|".join(sound for sound, _ in _ENGLISH))
_CLASS_OF: Final = dict(_ENGLISH)
# Ours to list: of any other word before a surname we cannot say that it is a first name.
_FIRST_NAMES: Final = Path(__file__).with_name("first_names.json")
_ARABIC_LETTER: Final = re.compile("[\\u0621-\\u064a\\u067e\\u06a4]")
# عبد العزيز is Abdel Aziz, Abdul-Aziz, Abd al-Aziz and Abdelaziz; عبد الرحمن is Abderrahmane too.
_ARABIC_SERVANT: Final = re.compile(r"^عبد ?(?:ال)?(?=..)")
_SERVANT: Final = re.compile(
    r"^abd(?:[aeiou](?:l|([rsdntz])(?=\1|[ -]\1))?)?[ -]?(?:[aeu][lrsdntz][ -])?(?=[a-z]{2})"
)


@dataclass(frozen=True, slots=True)
class _Listed:
    """What is known of first names, by their `_plain` spellings.

    names: the names, as numbers, that a spelling may stand for; apart: every two of them that only
    their vowels tell apart, and that are two all the same; words: what is a common word too.
    """

    names: dict[str, frozenset[int]]
    apart: frozenset[tuple[int, int]]
    words: frozenset[str]


@lru_cache(maxsize=1)
def _listed() -> _Listed:
    written = json.loads(_FIRST_NAMES.read_text(encoding="utf-8"))
    words = {
        word for side in Language for line in written["words too"][side] for word in line.split()
    }
    names: dict[str, set[int]] = {}
    for number, line in enumerate(line for part in written["names"].values() for line in part):
        ar, en = line.split(": ")
        for form in (*map(_plain, ar.split("، ")), *map(_plain, en.split())):
            names.setdefault(form, set()).add(number)
    apart = {
        (first, second)
        for line in written["told apart by vowels"]
        for one, other in permutations(map(_plain, line.split()), 2)
        for first, second in product(names[one], names[other])
    }
    frozen = {form: frozenset(numbers) for form, numbers in names.items()}
    return _Listed(frozen, frozenset(apart), frozenset(words))


@lru_cache(maxsize=16384)
def _plain(name: str) -> str:
    """A name in the one form of all its spellings that differ in how its parts are joined."""
    if _ARABIC_LETTER.match(name):
        return _ARABIC_SERVANT.sub("عبد", normalise(name, Language.AR)).replace(" ", "")
    return re.sub("[ '-]", "", _SERVANT.sub("abd", normalise(name, Language.EN)))


@lru_cache(maxsize=1)
def first_names() -> dict[Language, frozenset[str]]:
    """Well-known first names, as `normalise` gives them."""
    names = frozenset(_listed().names)
    arabic = frozenset(filter(_ARABIC_LETTER.match, names))
    return {Language.AR: arabic, Language.EN: names - arabic}


@lru_cache(maxsize=16384)
def is_first_name(name: str) -> bool:
    """Whether this is a well-known first name, or عبد and what may follow it."""
    plain = _plain(name)
    return plain in _listed().names or (plain.startswith(("abd", "عبد")) and len(plain) > 5)


def is_word_too(name: str) -> bool:
    """Whether this first name is a common word as well: دون, "without"."""
    return _plain(name) in _listed().words


def may_be_one(arabic: str, english: str) -> bool:
    """Whether two words may be one first name: as listed, or else by their consonants."""
    ours, theirs = _alike_built(arabic, english)
    one, other = (_listed().names.get(plain) for plain in (ours, theirs))
    if one and other:
        return bool(one & other)
    sound = skeleton(ours)
    if len(sound) < 2:
        return sound_alike(ours, theirs)
    most = ALIKE if len(sound) > SHORT else 0.0
    # Without a silent s: Georges.
    return any(unlike(sound, skeleton(form)) <= most for form in (theirs, theirs.removesuffix("s")))


def are_two(arabic: str, english: str) -> bool:
    """Whether two first names are surely two: as listed, or else by their consonants."""
    ours, theirs = _alike_built(arabic, english)
    one, other = (_listed().names.get(plain) for plain in (ours, theirs))
    difference = unlike(skeleton(ours), skeleton(theirs))
    if not (one and other):
        return difference >= UNLIKE
    # What sounds alike may be a spelling that the list lacks.
    apart = difference > 0 or any(pair in _listed().apart for pair in product(one, other))
    return apart and not one & other


def _alike_built(arabic: str, english: str) -> tuple[str, str]:
    """Both in their plain form, without a عبد that only one has: Abdul Latif is Latif to many."""
    ours, theirs = _plain(arabic), _plain(english)
    if ours.startswith("عبد") != theirs.startswith("abd"):
        ours, theirs = re.sub("^عبد(?=...)", "", ours), re.sub("^abd(?=...)", "", theirs)
    return ours, theirs


@lru_cache(maxsize=16384)
def skeleton(word: str) -> str:
    """The classes of a word's consonants: `Khoury` and خوري are both `KR`."""
    if _ARABIC_LETTER.match(word):
        classes = (_ARABIC.get(letter, "") for letter in normalise(word, Language.AR))
    else:
        classes = (
            _CLASS_OF[sound] for sound in _ENGLISH_SOUND.findall(normalise(word, Language.EN))
        )
    found = ""
    for sound in classes:
        if found[-1:] != sound[:1]:  # a doubled consonant is written once in Arabic
            found += sound
    return found


def sound_same(one: str, other: str) -> bool:
    """Whether two skeletons are one, but for a sound of a long one, as the silent of Kavanaugh."""
    most = 1 if len(one) > SHORT or len(other) > SHORT else 0
    if not -most <= len(one) - len(other) <= most:
        return False
    if len(one) == len(other):
        pairs = zip(one, other, strict=True)
        return sum(a != b and (a, b) not in _ALIKE_SOUNDS for a, b in pairs) <= most and one != ""
    ends_alike = one[:1] == other[:1] or one[-1:] == other[-1:]
    return ends_alike and unlike(one, other) * max(len(one), len(other)) <= most


def unlike(one: str, other: str) -> float:
    """How unlike two skeletons are: changes needed over the longer's length, 0 to 1."""
    if not one or not other:
        return 0.5  # vowels alone, as in Ayo or علي, tell nothing
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        diagonal, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            same = a == b or (a, b) in _ALIKE_SOUNDS
            diagonal, row[j] = row[j], min(diagonal + (not same), row[j] + 1, row[j - 1] + 1)
    return row[-1] / max(len(one), len(other))
