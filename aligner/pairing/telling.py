"""What two articles share, as a person would read it in them."""

from __future__ import annotations

import re
from functools import lru_cache

from aligner.pairing.marks import PileMarks, labels, marks_of
from aligner.text import Article

TOLD = 4  # of each kind, the rarest
CAPITALISED = re.compile(r"\b[A-Z][\w'’-]*[a-z][\w'’-]*")

_marks_of = lru_cache(maxsize=1 << 16)(marks_of)


def shared(marks: PileMarks, ar: int, en: int, english: Article) -> dict[str, tuple[str, ...]]:
    """The rarest numbers, Latin words and names that Arabic article `ar` and English `en` share.

    Latin words and names are spelt as the English text spells them; what it never writes with a
    capital is no name.
    """
    found = [mark for mark, _ in marks.shared(ar, en)]
    told = labels(found)
    spellings: dict[str, str] = {}
    if told["words"] or told["names"]:
        for paragraph in english.paragraphs:
            for word in CAPITALISED.findall(paragraph.text):
                for mark in _marks_of(word.lower()):
                    spellings.setdefault(mark, word.removesuffix("'s").removesuffix("’s"))
    names = [spellings[f"~{n}"] for n in told["names"] if f"~{n}" in spellings]
    words = [spellings.get(f"={w}", w) for w in told["words"]]
    return {
        "numbers": tuple(told["numbers"][:TOLD]),
        "words": tuple(dict.fromkeys(words))[:TOLD],
        "names": tuple(n for n in dict.fromkeys(names) if n not in words)[:TOLD],
    }
