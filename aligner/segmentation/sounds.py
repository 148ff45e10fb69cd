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
_SOUNDS: Final = str.maketrans(
    {
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
_DOUBLED: Final = re.compile(r"(.)\1+")
_CLITICS: Final = re.compile("^(?:[وف]?[بكل]?ال|[وف]?لل|[وفبكل])(?=.{3})")
_LATIN: Final = re.compile("[a-z]")
SHORTEST: Final = 3  # consonants; with fewer too many words sound alike


def consonants(word: str) -> str:
    """The consonants of a word of either script, in one alphabet.

    >>> consonants("ميكلسون") == consonants("mickelson") == "mklsn"
    True
    """
    if _LATIN.search(word):
        word = _SOFT_C.sub("s", word)
        for spelling, sound in _SPELLINGS:
            word = word.replace(spelling, sound)
    heard = word.translate(_SOUNDS)
    if not (heard.isascii() and heard.isalpha()):
        heard = "".join(c for c in heard if "a" <= c <= "z")
    return _DOUBLED.sub(r"\1", heard)


@lru_cache(maxsize=65536)
def arabic_sounds(word: str) -> tuple[str, ...]:
    """The consonants of an Arabic word with and without what is written before it: و, ب, ال, …

    Only those of SHORTEST and more.
    """
    found = {consonants(word), consonants(_CLITICS.sub("", word))}
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
