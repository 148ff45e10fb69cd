"""A person's name that differs within an aligned pair of sentences.

Either the first name before the same surname, or the surname behind the same first name, or the
one person of a role whom both sides name. A name is only doubted where it is well known for a first
name or stands behind a title, and where no name in the other version sounds like it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from aligner.bitext import Alignment, Bead, Divergence, DivergenceKind
from aligner.divergence import persons
from aligner.divergence.differs import LEAST_BEAD, divergence
from aligner.divergence.likeness import (
    UNLIKE,
    are_two,
    is_first_name,
    may_be_one,
    skeleton,
    sound_same,
    unlike,
)
from aligner.divergence.persons import Named, bare_first_name, is_function_word
from aligner.segmentation.sounds import sound_alike
from aligner.text import Article, Language

SURE = 0.8
_THE: Final = re.compile("^(?:[AEae]l-|[وفبكل]?ال|لل)(?=..)")
# Behind a title and a first name a word of this shape is a verb.
_VERB: Final = re.compile("[يتن].{3,}")


def find(ar: Article, en: Article, alignment: Alignment) -> tuple[Divergence, ...]:
    """Name the persons who differ, in Arabic order, each on the Arabic side.

    The English name stands in `other_span` and `detail`. A pair of names is told once.
    """
    told: set[tuple[str, str]] = set()
    found = []
    for bead in alignment:
        if bead.is_null or bead.probability < LEAST_BEAD:
            continue
        theirs = [name for i in bead.en for name in persons.in_english(en, i)]
        if not theirs:
            continue
        ours = [name for i in bead.ar for name in persons.in_arabic(ar, i)]
        for a, e, detail in _differing(ours, theirs, bead, ar, en):
            names = ar.paragraphs[ar.paragraph_of[a.sentence]].text[a.start : a.end], detail
            if names in told:
                continue
            told.add(names)
            probability = SURE * bead.probability
            found.append(divergence(DivergenceKind.NAME, ar, a, e, probability, detail))
    return tuple(found)


def _differing(
    ours: Sequence[Named], theirs: Sequence[Named], bead: Bead, ar: Article, en: Article
) -> Iterator[tuple[Named, Named, str]]:
    """The names of a bead that cannot be one person's, with what differs in words."""
    persons_differ = True
    for e in theirs:
        if a := _other_first_name(e, ours):
            persons_differ = False
            if not _is_near(e.first, ar, bead.ar) and not _is_near(a.first, en, bead.en):
                yield a, e, f"another first name than {e.first} in the English"
        elif a := _other_surname(e, ours):
            persons_differ = False
            if not _is_said(e.last, ar) and not _is_said(a.last, en):
                yield _whole(a), _whole(e), f"another surname than {e.last} in the English"
    if persons_differ:
        yield from _other_person(ours, theirs, ar, en)


def _other_person(
    ours: Sequence[Named], theirs: Sequence[Named], ar: Article, en: Article
) -> Iterator[tuple[Named, Named, str]]:
    """The two persons of one role, where either side has one whom the other never names."""
    pairs = [
        (a, e)
        for a in ours
        if a.roles and a.is_known
        for e in theirs
        if e.is_known
        and a.roles & e.roles
        and are_two(a.first, e.first)
        and _are_two_surnames(a.last, e.last)
    ]
    strangers = [(a, e) for a, e in pairs if not _is_met(a, en) and not _is_met(e, ar)]
    if len(strangers) == 1:
        ((a, e),) = strangers
        yield _whole(a), _whole(e), f"another person than {e.first} {e.last} in the English"


def _whole(name: Named) -> Named:
    """The same with the surname in its span."""
    return name._replace(end=name.until)


def _other_first_name(e: Named, ours: Sequence[Named]) -> Named | None:
    """The Arabic first name before the same surname, where it is another one each time."""
    found, surname = None, _surname_sounds(e.last)
    for a in ours:
        if not sound_same(_surname_sounds(a.last), surname) or not _is_same_surname(a, e):
            continue
        # Behind a title the word before a surname is a first name, be it well known or not.
        titled = bool(a.roles) and not a.first.startswith("ال")
        names = bare_first_name(a.first) or titled
        if not (names and (a.is_known or e.is_known) and are_two(a.first, e.first)):
            return None
        found = found or a
    return found


def _other_surname(e: Named, ours: Sequence[Named]) -> Named | None:
    """The Arabic surname behind the same first name, where it is another one each time."""
    found = None
    for a in ours if e.is_known else ():
        if is_first_name(a.first) and may_be_one(a.first, e.first):
            # Muhammad bin Yaqub and Muhammad al-Kulayni are one: a father's name is no surname.
            is_surname = e.kin if a.kin else is_first_name(a.last) or a.roles
            if not (is_surname and _are_two_surnames(a.last, e.last)):
                return None
            found = found or a
    return found


def _is_same_surname(a: Named, e: Named) -> bool:
    """Whether surnames of the same sounds are one: of Aoun or Hariri the vowels must agree too."""
    is_long = len(_surname_sounds(e.last)) > 1
    return is_long or (a.last != "على" and sound_alike(_bare(a.last), _bare(e.last).lower()))


def _are_two_surnames(arabic: str, english: str) -> bool:
    one, other = _surname_sounds(arabic), _surname_sounds(english)
    if is_function_word(arabic) or (_VERB.fullmatch(arabic) and not is_first_name(arabic)):
        return False
    return bool(one and other) and unlike(one, other) >= UNLIKE


@lru_cache(maxsize=16384)
def _surname_sounds(name: str) -> str:
    return skeleton(_bare(name))


def _bare(name: str) -> str:
    """A surname without its article."""
    return _THE.sub("", name)


def _is_met(name: Named, other: Article) -> bool:
    """Whether the other version names this person too, or another who is called alike."""
    return _is_said(name.first, other) or _is_said(name.last, other)


def _is_said(name: str, article: Article) -> bool:
    """Whether a word of this article, of the other language, may be this name."""
    return _is_near(_bare(name), article, range(len(article.sentences)))


def _is_near(name: str, article: Article, sentences: Sequence[int]) -> bool:
    """Whether a word in or around these sentences, of the other language, may be this name."""
    around = range(max(0, min(sentences) - 1), min(len(article.sentences), max(sentences) + 2))
    texts = [article.sentences[i].text for i in around]
    if article.language is Language.EN:
        return any(
            may_be_one(name, word) for text in texts for word in persons.CAPITAL.findall(text)
        )
    # Arabic has no capitals: of words that are no known names too many have the consonants alone.
    return any(
        may_be_one(known, name)
        if (known := bare_first_name(word))
        else len(skeleton(name)) > 1 and sound_alike(word, name.lower())
        for text in texts
        for word in persons.ARABIC_WORD.findall(text)
    )
