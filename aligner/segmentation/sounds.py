"""Words of either script by their consonants, in one alphabet: how a name survives translation.

A name is not looked up anywhere: `ميكلسون` and `Mickelson` share the consonants m-k-l-s-n, and few
other words of a text do.
"""

from __future__ import annotations

import re
import zlib
from functools import lru_cache
from typing import Final

# Sounds that the scripts do not keep apart are one letter here; vowels and half-vowels are none.
_LETTERS: Final[dict[str, str | None]] = {
    **dict.fromkeys("بپbp", "b"),
    **dict.fromkeys("تطثt", "t"),
    **dict.fromkeys("جغگgj", "g"),
    **dict.fromkeys("دضذd", "d"),
    **dict.fromkeys("رr", "r"),
    **dict.fromkeys("سصشزظsz", "s"),
    **dict.fromkeys("فڤfv", "f"),
    **dict.fromkeys("قكخکkqc", "k"),
    **dict.fromkeys("لl", "l"),
    **dict.fromkeys("مm", "m"),
    **dict.fromkeys("نn", "n"),
    "x": "ks",
    **dict.fromkeys("اأإآٱىئؤءةعحهويیہaeiouywh'’ ", None),
}
_SOUNDS: Final = str.maketrans(_LETTERS)
# The same with vowels as `a`, and as `h` what may stand beside one or be left out.
_WITH_VOWELS: Final = str.maketrans(
    {
        **_LETTERS,
        **dict.fromkeys("اأإآٱىةويیaeiouwy", "a"),
        **dict.fromkeys("عحهہءئؤh", "h"),
    }
)
_SPELLINGS: Final = (
    ("sh", "s"),
    ("ch", "ts"),
    ("ph", "f"),
    ("gh", "g"),
    ("kh", "k"),
    ("th", "t"),
    ("ck", "k"),
)
_SOFT_C: Final = re.compile("c(?=[eiy])")
_SILENT_E: Final = re.compile("(?<=[^aeiouy])e$")
_DOUBLED: Final = re.compile(r"(.)\1+")
_CLITICS: Final = re.compile("^(?:[وف]?[بكل]?ال|[وف]?لل|[وفبكل])(?=.{3})")
_LATIN: Final = re.compile("[a-z]")
SHORTEST: Final = 3  # consonants; with fewer too many words sound alike


@lru_cache(maxsize=65536)
def consonants(word: str) -> str:
    """The consonants of a word of either script, in one alphabet.

    >>> consonants("ميكلسون") == consonants("mickelson") == "mklsn"
    True
    """
    heard = _spelt(word).translate(_SOUNDS)
    if not (heard.isascii() and heard.isalpha()):
        heard = "".join(c for c in heard if "a" <= c <= "z")
    return _DOUBLED.sub(r"\1", heard)


def _spelt(word: str) -> str:
    """A Latin word with one letter for each sound; an Arabic one has them."""
    if _LATIN.search(word):
        word = _SOFT_C.sub("s", word)
        for spelling, sound in _SPELLINGS:
            word = word.replace(spelling, sound)
    return word


def sound_alike(arabic: str, english: str) -> bool:
    """Whether an Arabic and an English word, in small letters, can be one name: vowels too.

    Arabic writes long vowels only, but these, and one that ends or begins the word, both have.

    >>> sound_alike("مرسى", "marsa"), sound_alike("مارس", "marsa"), sound_alike("منذ", "monday")
    (True, False, False)
    """
    heard = consonants(english)
    for form in (arabic, _CLITICS.sub("", arabic)):
        if consonants(form) == heard:
            ours, theirs = _vowels(_spelt(form)), _vowels(_SILENT_E.sub("", _spelt(english)))
            inside = all(e or "a" not in a for a, e in zip(ours[1:-1], theirs[1:-1], strict=True))
            outside = all(ours[n] or "a" not in theirs[n] for n in (0, -1))
            if inside and outside:
                return True
    return False


@lru_cache(maxsize=65536)
def arabic_sounds(word: str) -> tuple[str, ...]:
    """The consonants of an Arabic word with and without what is written before it: و, ب, ال, …

    Only those of SHORTEST and more.
    """
    found = {consonants(form) for form in {word, _CLITICS.sub("", word)}}
    return tuple(sorted(sound for sound in found if len(sound) >= SHORTEST))


@lru_cache(maxsize=65536)
def name_sounds(word: str) -> tuple[int, int]:
    """Numbers for what a word sounds like, should it be a name: 0 for nothing.

    Of an Arabic word with and without what is written before it, of an English one the second is
    always 0, as is the first where the word has no capital.
    """
    if "\u0621" <= word[:1] <= "\u06d3":
        sounds = arabic_sounds(word)
    elif word[:1].isupper():
        sounds = (consonants(word.lower()),)
    else:
        return 0, 0
    numbers = [zlib.crc32(sound.encode()) for sound in sounds if len(sound) >= SHORTEST]
    first, second = (*numbers, 0, 0)[:2]
    return first, second


def _vowels(spelt: str) -> list[str]:
    """The vowels before, between and after the consonants of a word, one entry for each place."""
    places, last = [""], ""
    for sound in spelt.translate(_WITH_VOWELS):
        if sound in "ah":
            places[-1] += sound
        elif sound == last:
            places[-1] = ""  # as the consonant is one, what parts it is nothing
        elif "a" <= sound <= "z":
            places.append("")
            last = sound
    return places
