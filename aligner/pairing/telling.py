"""What two articles share, as a person would read it in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from aligner.pairing.marks import PileMarks, labels, marks_of
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
    capital within a sentence and never without one.
    """
    told = labels([mark for mark, _ in marks.shared(ar, en)])
    spellings: dict[str, str] = {}
    names: dict[str, str] = {}
    if told["words"] or told["names"]:
        held = list(_words(english))
        plain = {word for word, _ in held if word[0].islower()}
        for word, within in held:
            bare = word.removesuffix("'s").removesuffix("’s")
            for mark in _marks_of(word.lower()):
                spellings.setdefault(mark, bare)
                if within and bare[0].isupper() and bare.lower() not in plain:
                    names.setdefault(mark, bare)
    words = [spellings.get(f"={w}", w) for w in told["words"] if len(w) >= SHORTEST_WORD]
    likely = [
        names[f"~{n}"]
        for n in told["names"]
        if f"~{n}" in names and (len(n) >= MANY_CONSONANTS or len(names[f"~{n}"]) >= SHORTEST_NAME)
    ]
    return {
        "numbers": tuple(told["numbers"][:TOLD]),
        "words": tuple(dict.fromkeys(words))[:TOLD],
        "names": tuple(n for n in dict.fromkeys(likely) if n not in words)[:TOLD],
    }


def _words(article: Article) -> Iterator[tuple[str, bool]]:
    """The Latin words of an article, and whether each stands within a sentence."""
    for paragraph in article.paragraphs:
        for match in WORD.finditer(paragraph.text):
            before = paragraph.text[max(0, match.start() - 4) : match.start()]
            yield match[0], OPENING.search(before) is None
