"""Persons by first name and surname, as the sentences of either language name them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple

from aligner.divergence.likeness import is_first_name, is_word_too
from aligner.segmentation import normalise
from aligner.text import Article, Language

_LOWER: Final = "[a-zß-öø-ɏ]"
_CAPITAL: Final = "[A-ZÀ-ÖØ-Þ]"
# What makes a first name one of two words: Abdel Fattah, Abd al-Aziz, Saif al-Islam.
_SECOND: Final = (
    rf"(?:(?:(?<=Abd)|(?<=Abd[aeou][lrnsdtz]))[ -](?:[AaEe]l[ -])?{_CAPITAL}{_LOWER}+"
    r"|[ -](?:[AaEe][dl]|[Uu]d)[ -]?(?:Islam|Din|Dine|Deen)\b)?"
)
_FULL_NAME: Final = re.compile(
    rf"({_CAPITAL}(?<![\w.’'-].){_LOWER}{{2,}}{_SECOND})"
    # Looked at, not taken: in "Minister Suleiman Saleh" the second word may be the first name.
    r"(?=\s+((?:[Aa]bu|[Aa]bou|[Bb]in|[Bb]en)\s+)?(?:[AaEe]l\s+)?"
    rf"((?:[Aa]l-|[Ee]l-|Mc|Mac|O['’])?{_CAPITAL}{_LOWER}{{2,}})(?![\w-]|[’'](?!s\b)))"
)
CAPITAL: Final = re.compile(rf"{_CAPITAL}(?<![\w’'-].){_LOWER}+{_SECOND}")
_ARABIC_LETTER: Final = re.compile("[\u0621-\u06d3]")
_LETTERS: Final = "[\u0621-\u064a\u067e\u06a4]+"
_ARABIC_NAMES: Final = (
    rf"[وفبلك]?عبد\s+ال{_LETTERS}|{_LETTERS}\s+(?:الدين|الله|الإسلام|الاسلام)(?!{_LETTERS})"
    rf"|{_LETTERS}"
)
ARABIC_WORD: Final = re.compile(_ARABIC_NAMES)
# A word of a name, with what stands before a surname: أبو زهري, بن سلمان.
_ARABIC_NAME: Final = re.compile(
    rf"(?<![\u0621-\u064a])((?:أبو|ابو|أبي|أبا|بن|ابن|آل)\s+)?({_ARABIC_NAMES})"
)
# What may stand between a role and a name: of which country, and whether it is held still.
_OF_A_ROLE: Final = re.compile("ال.{2,}ية?|(?:السابق|الأسبق|الراحل|المكلف|الحالي|الأعلى)ة?")
_JOINED: Final = frozenset("وفبلك")
_KIN: Final = frozenset({"abu", "abou", "bin", "ben", "ibn", "al", "el"})
_PERSON_WORDS: Final = Path(__file__).with_name("person_words.json")
NO_ROLE: Final[frozenset[int]] = frozenset()


class Named(NamedTuple):
    """A first name before a surname, with its span in its paragraph; the surname ends at `until`.

    roles: what the word before it may say of the person, as numbers of the table; kin: whether a
    word such as بن stands between the two.
    """

    first: str
    last: str
    sentence: int
    start: int
    end: int
    until: int
    roles: frozenset[int]
    kin: bool

    @property
    def is_known(self) -> bool:
        """Whether the first word is a well-known first name, and surely one here."""
        known = is_first_name(self.first) and not is_function_word(self.first)
        return known and bool(self.roles or not is_word_too(self.first))


@dataclass(frozen=True, slots=True)
class _Words:
    """What tells a person from what is none.

    roles: by the words, in `normalise`'s form, that stand right before a name, the roles that they
    may stand for in either language; no_person: what follows a first name in the name of a place or
    a house; no_first_name: what is none beside a role or, as أن and على, anywhere.
    """

    roles: dict[str, frozenset[int]]
    no_person: frozenset[str]
    no_first_name: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    written = json.loads(_PERSON_WORDS.read_text(encoding="utf-8"))
    roles: dict[str, set[int]] = {}
    for number, sides in enumerate(written["roles"]):
        for side, words in zip(Language, sides, strict=True):
            for word in words.split():
                roles.setdefault(normalise(word, side), set()).add(number)
    no_person, no_first_name = (
        frozenset(word for line in written[what] for word in line.split())
        for what in ("no person", "no first name")
    )
    frozen = {word: frozenset(numbers) for word, numbers in roles.items()}
    return _Words(frozen, no_person, no_first_name)


def is_function_word(word: str) -> bool:
    """Whether this is no name, though أن may be Anne and على Ali."""
    return word in _words().no_first_name


@lru_cache(maxsize=16384)
def _role(word: str) -> frozenset[int]:
    language = Language.AR if _ARABIC_LETTER.match(word) else Language.EN
    return _words().roles.get(normalise(word, language), NO_ROLE)


def in_english(article: Article, sentence: int) -> Iterator[Named]:
    """The full names of a sentence whose first name is well known or stands behind a title."""
    whole, no_person = article.sentences[sentence], _words().no_person
    for match in _FULL_NAME.finditer(whole.text):
        start, end = match.span(1)
        before = whole.text[max(0, start - 20) : start].split()
        word = before[-1].rstrip(".") if before else ""
        role = _role(word) if word else NO_ROLE
        if not (role or is_first_name(match[1])) or word.lower() in _KIN:
            continue
        if not (_role(match[1]) or is_function_word(match[1]) or match[3] in no_person):
            start, end, until = (whole.start + n for n in (start, end, match.end(3)))
            yield Named(match[1], match[3], sentence, start, end, until, role, bool(match[2]))


def _role_before(words: Sequence[re.Match[str]], n: int, furthest: int) -> frozenset[int]:
    """The role that the words before a name give it: الرئيس, or الرئيس المصري السابق."""
    for k in range(n - 1, max(-1, n - 1 - furthest), -1):
        before = words[k]
        role = _role(before[2])
        if not (role or _OF_A_ROLE.fullmatch(before[2])):
            break
        if not before.string[before.end() : words[k + 1].start()].isspace():
            break
        if role:
            return role
    return NO_ROLE


def in_arabic(article: Article, sentence: int) -> Iterator[Named]:
    """Every two neighbouring words of a sentence, the first without a letter joined to a name."""
    whole = article.sentences[sentence]
    words = list(_ARABIC_NAME.finditer(whole.text))
    for n, (first, last) in enumerate(pairwise(words)):
        # A name behind بن is a father's.
        if first[1] or not whole.text[first.end() : last.start()].isspace():
            continue
        known = bare_first_name(first[2])
        form = known or first[2]
        end, until = whole.start + first.end(), whole.start + last.end()
        # Of any other word only a title right before it may make a name.
        role = _role_before(words, n, furthest=3 if known else 1)
        yield Named(form, last[2], sentence, end - len(form), end, until, role, bool(last[1]))


@lru_cache(maxsize=16384)
def bare_first_name(word: str) -> str | None:
    """An Arabic first name without a letter joined to it: ودونالد; None where it is not one."""
    if is_function_word(word):
        return None
    forms = (word, word[1:]) if word[:1] in _JOINED else (word,)
    return next((form for form in forms if is_first_name(form)), None)
