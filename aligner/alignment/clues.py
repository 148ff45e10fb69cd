"""How the text looks around white space where a sentence may end without a mark."""

from __future__ import annotations

import re

from aligner.segmentation import arabic, boundaries, english
from aligner.segmentation.numbers import numbers_in
from aligner.text import INVISIBLE, Language

CLUES = (
    "after_end",  # a mark that ends sentences, though the rules took it for an abbreviation's
    "after_quote",
    "before_quote",
    "opens",  # the word that follows seldom stands but at a beginning
    "english",
    "ar_and",  # و joined to the word that follows
    "ar_the",
    "ar_verb",  # looks like one, and an Arabic sentence likes to begin with it
    "ar_preposition",
    "ar_and_preposition",
    "ar_agrees",  # the words before and after may be noun and adjective
    "en_after_capital",  # the word before has a capital too: part of a name, perhaps
    "joined",  # by a comma, semicolon, colon or dash
    "goes_on",  # the words around say so
)
OPENS, AFTER_CAPITAL, JOINED, GOES_ON = (
    CLUES.index(name) for name in ("opens", "en_after_capital", "joined", "goes_on")
)

ARABIC_SPEECH = re.compile(rf"\b[وف]?[يت]?(?:{arabic.SPEAKS_ON})(?:ت|وا)?\b")
ENGLISH_SPEECH = re.compile(rf"\b(?:{english.SAYING})\b")
PRONOUN = re.compile(r"I\b")
JOINING = frozenset("،,؛;:-–—/\\+&=|_([{«“‘<")
END_MARKS = frozenset(boundaries.MARKS)
LETTERS = "[\u0621-\u064a]"
AND = re.compile(f"و{LETTERS}{{2}}")
THE = re.compile(f"[ولبفك]?ال{LETTERS}{{2}}|لل{LETTERS}{{2}}")
VERB = re.compile(
    rf"[وف]?(?:س?[يتن]|أ)[\u064b-\u0652]*{LETTERS}(?!\w*(?:ات|ة|ية|يين)\b)[\u0621-\u0652]{{2,}}"
)
_PREPOSITION = (
    r"(?:إلى|الى|في|من|على|عن|مع|بين|حتى|منذ|خلال|بعد|قبل|عند|لدى|ضد|نحو|وسط|ضمن|عبر|بسبب|بهدف)\b"
)
PREPOSITION = re.compile(rf"{_PREPOSITION}|(?:بال|لل|كال){LETTERS}{{2}}")
AND_PREPOSITION = re.compile(f"و{_PREPOSITION}")
FEMININE = re.compile(f"(?!ال){LETTERS}{{2,}}ة")


def look(text: str, end: int, start: int, language: Language) -> tuple[float, ...] | None:
    """How the text looks around white space, in the order of CLUES; None where no word follows.

    end, start: code points in the text, of what stands before and of what follows.
    """
    before = text[max(end - boundaries.NEAR, 0) : end].rstrip(INVISIBLE)
    after = text[start : start + boundaries.NEAR]
    bare = before.rstrip(boundaries.CLOSERS)
    word = after.lstrip(boundaries.OPENERS + INVISIBLE)
    if not bare or bare.isspace() or not word or not word[0].isalnum():
        return None
    last = bare.split()[-1].lstrip(boundaries.OPENERS)
    quotes = word[0] != after[0]
    if language is Language.AR:
        opens = arabic.OPENING.match(word) is not None
        goes_on = bool(arabic.NEVER_LAST.fullmatch(last) or arabic.RELATIVE.match(word))
        speaks = ARABIC_SPEECH
        shapes = (p.match(word) is not None for p in (AND, THE, VERB, PREPOSITION, AND_PREPOSITION))
        agrees = any(p.match(last) and p.match(word) for p in (THE, FEMININE))
        looks = (0.0, *map(float, shapes), float(agrees), 0.0)
    else:
        # “I” has its capital anywhere, and a word that is no usual opening may be a name.
        opens = english.opens_with_known_word(word) and PRONOUN.match(word) is None
        goes_on = not (opens or before != bare or bare[-1] in END_MARKS)
        goes_on = goes_on or word[0].islower() or last.lower() in english.NEVER_LAST
        speaks = ENGLISH_SPEECH
        looks = (1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, float(last[:1].isupper()))
    # What was said belongs to who said it, and a sentence seldom begins with a figure.
    said = quotes and before == bare and speaks.search(bare) is not None
    goes_on = goes_on or word[0].isdigit() or said
    goes_on = goes_on or any(n.start < end and start < n.end for n in numbers_in(text, language))
    return (
        float(bare[-1] in END_MARKS),
        float(before != bare and before[-1] in boundaries.QUOTES),
        float(quotes),
        float(opens),
        *looks,
        float(before[-1] in JOINING or bare[-1] in JOINING),
        float(goes_on),
    )


def may_open(text: str, start: int) -> bool:
    """Whether an English sentence may well begin here: a first look, sooner done."""
    after = text[start : start + boundaries.NEAR]
    return english.opens_with_known_word(after.lstrip(boundaries.OPENERS))


def is_barred(clues: tuple[float, ...]) -> bool:
    """Whether the sentence surely goes on."""
    return bool(clues[JOINED] or clues[GOES_ON])
