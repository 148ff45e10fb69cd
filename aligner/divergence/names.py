"""A person's first name that differs within an aligned pair of sentences.

Names are compared by their consonants, in classes wide enough for any transliteration (`skeleton`).
A first name is only doubted where the surname behind it agrees, where both words are known first
names, and where no name around it in the other version sounds like it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final

from aligner.bitext import Alignment, Divergence, DivergenceKind
from aligner.divergence.differs import LEAST_BEAD, divergence
from aligner.segmentation import normalise
from aligner.segmentation.sounds import sound_alike
from aligner.text import Article, Language

SURE = 0.8
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
_FULL_NAME: Final = re.compile(
    r"([A-Z](?<![\w.’'-][A-Z])[a-z]{2,})"
    # Looked at, not taken: in "Minister Suleiman Saleh" the second word may be the first name.
    r"(?=\s+(?:(?:[Aa]bu|[Aa]bou|[Bb]in|[Bb]en|[AaEe]l)\s+)?"
    r"((?:[Aa]l-|[Ee]l-|Mc|Mac|O['’])?[A-Z][a-z]{2,})(?![\w-]|[’'](?!s\b)))"
)
_ARABIC_WORD: Final = re.compile(r"[\u0621-\u064a\u067e\u06a4]+")
# A word of a name, with what stands before a surname: أبو زهري, بن سلمان.
_ARABIC_NAME: Final = re.compile(
    rf"(?<![\u0621-\u064a])(?:(?:أبو|ابو|أبي|بن|آل)\s+)?({_ARABIC_WORD.pattern})"
)
# Ours to list: of any other word before a surname we cannot say that it is a first name.
_FIRST_NAMES: Final = Path(__file__).with_name("first_names.json")
_JOINED: Final = frozenset("وفبلك")
_CAPITAL: Final = re.compile(r"[A-Z](?<![\w’'-][A-Z])[a-z]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A first name before a surname, with its span in its paragraph."""

    first: str
    last: str
    sentence: int
    start: int
    end: int


@lru_cache(maxsize=1)
def first_names() -> dict[Language, frozenset[str]]:
    """Well-known first names, as `normalise` gives them."""
    written = json.loads(_FIRST_NAMES.read_text(encoding="utf-8"))
    return {
        side: frozenset(normalise(name, side) for line in written[side] for name in line.split())
        for side in Language
    }


@lru_cache(maxsize=16384)
def skeleton(word: str) -> str:
    """The classes of a word's consonants: `Khoury` and خوري are both `KR`."""
    if _ARABIC_WORD.match(word):
        classes = (_ARABIC.get(letter, "") for letter in normalise(word, Language.AR))
    else:
        classes = (_CLASS_OF[sound] for sound in _ENGLISH_SOUND.findall(word.lower()))
    found = ""
    for sound in classes:
        if found[-1:] != sound[:1]:  # a doubled consonant is written once in Arabic
            found += sound
    return found


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


def find(ar: Article, en: Article, alignment: Alignment) -> tuple[Divergence, ...]:
    """Name the first names that differ, in Arabic order, each on the Arabic side.

    The English name stands in `other_span` and `detail`. A pair of names is told once.
    """
    told: set[tuple[str, str]] = set()
    found = []
    for bead in alignment:
        if bead.is_null or bead.probability < LEAST_BEAD:
            continue
        for e in (name for i in bead.en for name in _full_names(en, i)):
            a = _other_first_name(e, ar, bead.ar)
            if a is None or (a.first, e.first) in told:
                continue
            if _is_named(e.first, ar, bead.ar) or _is_named(a.first, en, bead.en):
                continue
            told.add((a.first, e.first))
            detail = f"another first name than {e.first} in the English"
            probability = SURE * bead.probability
            found.append(divergence(DivergenceKind.NAME, ar, a, e, probability, detail))
    return tuple(found)


def _full_names(article: Article, sentence: int) -> Iterator[Named]:
    whole, known = article.sentences[sentence], first_names()[Language.EN]
    for match in _FULL_NAME.finditer(whole.text):
        if match[1].lower() in known:
            start, end = match.span(1)
            yield Named(match[1], match[2], sentence, whole.start + start, whole.start + end)


def _other_first_name(name: Named, ar: Article, sentences: Sequence[int]) -> Named | None:
    """The Arabic first name before the same surname, where it is another one each time."""
    surname = skeleton(re.sub(r"^[AEae]l-", "", name.last))
    if len(surname) < 2:
        return None
    found = None
    for i in sentences:
        whole = ar.sentences[i]
        words = list(_ARABIC_NAME.finditer(whole.text))
        for first, last in pairwise(words):
            if not whole.text[first.end() : last.start()].isspace():
                continue
            other = skeleton(last[1].removeprefix("ال"))
            if len(other) != len(surname) or unlike(surname, other) > 0:
                continue
            form = _bare_first_name(first[1])
            if form is None or unlike(skeleton(name.first), skeleton(form)) < UNLIKE:
                return None
            end = whole.start + first.end()
            found = found or Named(form, last[1], i, end - len(form), end)
    return found


@lru_cache(maxsize=16384)
def _bare_first_name(word: str) -> str | None:
    """An Arabic first name without a letter joined to it: ودونالد; None where it is not one."""
    forms = (word, word[1:]) if word[:1] in _JOINED else (word,)
    known = first_names()[Language.AR]
    return next((form for form in forms if normalise(form, Language.AR) in known), None)


def _is_named(name: str, article: Article, sentences: Sequence[int]) -> bool:
    """Whether a word in or around these sentences, of the other language, may be this name."""
    around = range(max(0, min(sentences) - 1), min(len(article.sentences), max(sentences) + 2))
    texts = [article.sentences[i].text for i in around]
    if article.language is Language.EN:
        return any(_alike(name, word) for text in texts for word in _CAPITAL.findall(text))
    # Arabic has no capitals: of words that are no known names too many have the consonants alone.
    return any(
        ((known := _bare_first_name(word)) and _alike(known, name))
        or (len(skeleton(name)) > 1 and sound_alike(word, name.lower()))
        for text in texts
        for word in _ARABIC_WORD.findall(text)
    )


def _alike(arabic: str, english: str) -> bool:
    """Whether two words may be one name: by their consonants, without a silent s (Georges)."""
    ours = skeleton(arabic)
    most = ALIKE if len(ours) > SHORT else 0.0
    return any(unlike(ours, skeleton(w)) <= most for w in (english, english.removesuffix("s")))
