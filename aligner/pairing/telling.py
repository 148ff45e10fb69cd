"""What two articles share, as a person would read it in them."""

from __future__ import annotations

import re
from functools import lru_cache

from aligner.pairing.marks import PileMarks, labels, marks_of
from aligner.segmentation.sounds import sound_alike
from aligner.text import Article

TOLD = 4  # of each kind, the rarest
SHORTEST_WORD = 3  # letters; "in" and "com" stand in Arabic text by chance
SHORTEST_NAME = 5  # letters of a name with few consonants: فرد, a person, looks like Ford
MANY_CONSONANTS = 4
WORD = re.compile(r"[A-Za-z][\w'’-]*")
# What stands before a word that begins a sentence, a quotation or a line.
OPENING = re.compile(r"(?:^|[.!?:\"“”‘(\[•|-])\s*$")

_marks_of = lru_cache(maxsize=1 << 16)(marks_of)


def shared(marks: PileMarks, ar: int, en: int, english: Article) -> dict[str, tuple[str, ...]]:
    """The rarest numbers, Latin words and names that Arabic article `ar` and English `en` share.

    Latin words and names are spelt as the English text spells them. A name is written with a
    capital within a sentence and never without one, and sounds like the Arabic word, vowels too.
    """
    found = [mark for mark, _ in marks.shared(ar, en)]
    told = labels(found)
    texts = [paragraph.text for paragraph in english.paragraphs]
    spellings = _spellings(texts, {mark for mark in found if mark[0] != "#"})
    words = [
        next(iter(spellings.get(f"={word}", ())), word)
        for word in told["words"]
        if len(word) >= SHORTEST_WORD
    ]
    names: list[str] = []
    for consonants in told["names"]:
        if len(names) == TOLD:
            break
        spelt = spellings.get(f"~{consonants}", [])
        names += [
            name
            for name in spelt[:1]
            if (len(consonants) >= MANY_CONSONANTS or len(name) >= SHORTEST_NAME)
            and name not in (*words, *names)
            and any(sound_alike(w, name.lower()) for w in marks.bearers(f"~{consonants}", ar))
            and _is_name(name, texts)
        ]
    return {
        "numbers": tuple(told["numbers"][:TOLD]),
        "words": tuple(dict.fromkeys(words))[:TOLD],
        "names": tuple(names),
    }


def _spellings(texts: list[str], wanted: set[str]) -> dict[str, list[str]]:
    """How the texts spell these marks, in the order of the alphabet: capitals first."""
    found: dict[str, list[str]] = {}
    if wanted:
        for word in sorted({word for text in texts for word in WORD.findall(text)}):
            for mark in wanted.intersection(_marks_of(word.lower())):
                found.setdefault(mark, []).append(word.removesuffix("'s").removesuffix("’s"))
    return found


def _is_name(word: str, texts: list[str]) -> bool:
    """Whether a word is written with a capital within a sentence, and never without one."""
    if not word[0].isupper():
        return False
    plain = re.compile(rf"\b{re.escape(word.lower())}\b")
    if any(plain.search(text) for text in texts):
        return False
    return any(
        OPENING.search(text, max(0, match.start() - 4), match.start()) is None
        for text in texts
        for match in re.finditer(rf"\b{re.escape(word)}\b", text)
    )
