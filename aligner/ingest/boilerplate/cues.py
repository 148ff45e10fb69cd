"""The marks, and the kinds of words, by which a page's furniture is known from its article.

The words themselves, of web interfaces in general and no site's own, are in `english` and
`arabic`. They are written in the folded form that `fold` gives: lower case, without diacritics,
one alef, ya for alef maqsura, ha for ta marbuta.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property, lru_cache
from typing import Final

from aligner.text import INVISIBLE

_DROPPED: Final = re.compile(rf"[\u064b-\u065f\u0670\u0640{INVISIBLE}]")  # diacritics, tatweel
_SAME: Final = {
    **dict.fromkeys("أإآٱ", "ا"),
    "ى": "ي",
    "ة": "ه",
    **{digit: str(n % 10) for n, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")},
    "’": "'",
    "\u00a0": " ",
}


# A short paragraph is folded for its look, and again for being compared with the others.
@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """The text as the word lists write it."""
    if not text.isascii():
        # Several times faster than `translate`, which asks its table for every character.
        text = _DROPPED.sub("", text)
        for written, plain in _SAME.items():
            text = text.replace(written, plain)
    return text.lower()


class Cues:
    """One language's words, each kind given as text to be cut at white space or lines."""

    def __init__(
        self,
        *,
        interface: str,
        address: str,
        imperative: str,
        function: str,
        telling: str,
        phrases: str,
        labels: str,
        byline: str,
    ) -> None:
        # Words that hardly ever stand in an article but often around it.
        self.interface = frozenset(interface.split())
        # A reader is addressed, or the site speaks of itself.
        self.address = frozenset(address.split())
        self.imperative = frozenset(imperative.split())
        # Small words that sentences are made of and labels do without.
        self.function = frozenset(function.split())
        # Verbs of report and of being: where they stand, something is told.
        self.telling = frozenset(telling.split())
        self._phrases, self._labels, self._byline = phrases, labels, byline

    @cached_property
    def phrases(self) -> re.Pattern[str]:
        """Phrases that are furniture wherever they open or fill a short paragraph."""
        # By their first letters, so that at a word only those are tried that may begin there.
        by_letter: defaultdict[str, list[str]] = defaultdict(list)
        for line in self._phrases.strip().splitlines():
            for phrase in _openings(line.strip()):
                by_letter[phrase[0]].append(phrase)
        tried = "|".join(f"(?:{'|'.join(phrases)})" for phrases in by_letter.values())
        return re.compile(rf"(?<!\w)(?:{tried})(?!\w)")

    @cached_property
    def labels(self) -> re.Pattern[str]:
        """Names of pieces of furniture, alone or before a colon."""
        names = "|".join(label.replace("_", " ") for label in self._labels.split())
        return re.compile(rf"^\W*(?:{names})\s*(?:[:|]|$)")

    @cached_property
    def byline(self) -> re.Pattern[str]:
        return re.compile(self._byline)


def _openings(phrase: str) -> list[str]:
    """A phrase's pattern, written out once for each word or letter that it may begin with."""
    first = _FIRST.match(phrase)
    assert first is not None
    rest = phrase[first.end() :]
    words = [first["letter"]] if first["words"] is None else first["words"].split("|")
    ways = [word + rest for word in words]
    return ways + _openings(rest) if first["may_lack"] else ways


_FIRST: Final = re.compile(r"(?:\(\?:(?P<words>[^()]*)\)|(?P<letter>\\?.))(?P<may_lack>\??)")

# Where in a picture's caption its source stands.
CREDIT: Final = re.compile(
    r"(?:[(\[/|©]|: ?|- ?)\s*(?:reuters|ap|afp|getty|epa|file|archive|courtesy|handout|"
    r"shutterstock|رويترز|ا ?ف ?ب|ا ?ب|فرانس برس|الاناضول|غيتي|ارشيف\w*|الفرنسيه|وكالات|"
    r"مواقع التواصل|شترستوك|د ب ا)\b[^.]{0,40}$"
    r"|\b(?:reuters|afp|epa|getty images|رويترز) ?/ ?\w[^./]{0,40}$"
)
_MONTHS: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|"
    "يناير|فبراير|مارس|ابريل|مايو|يونيو|يوليو|اغسطس|سبتمبر|اكتوبر|نوفمبر|ديسمبر|"
    "كانون|شباط|اذار|نيسان|ايار|حزيران|تموز|اب|ايلول|تشرين|"
    "جانفي|فيفري|افريل|ماي|جوان|جويليه|اوت|شتنبر|نونبر|دجنبر|"
    "محرم|صفر|ربيع|جمادي|رجب|شعبان|رمضان|شوال|ذو"
)
DATE: Final = re.compile(
    r"\b\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4}\b|\b\d{1,2}:\d{2}\b|"
    rf"\b(?:{_MONTHS})\b\.? ?\d|\d ?(?:st|nd|rd|th)? ?(?:{_MONTHS})\b"
)
# What begins with one class of characters is searched for several times faster.
SEPARATOR: Final = re.compile(r"[|/»›>•·→←‹«-](?:(?<=\|)|(?<!\S.)(?!\S))")
ADDRESS_MARK: Final = re.compile(
    r"[:.@](?:(?<=http:)|(?<=https:)|(?<=www\.)|(?<=\w@)(?=\w)|(?<=\.)(?:com|org|net)\b)"
)
# The whole of what such a mark stands in.
ADDRESS: Final = re.compile(r"\S*(?:https?:|www\.|\w@\w|\.(?:com|org|net)\b)\S*")
HANDLE: Final = re.compile(r"(?<!\w)[@#]\w")
# A quotation may run over several paragraphs and so have only one of its marks here.
QUOTED: Final = re.compile(r"[«“\"][^»”\"]*(?:[»”\"]|$)|^[^«“\"]*[»”\"]")
WORD: Final = re.compile(r"\w++(?:['\-]\w++)*+")
# A list's mark before one of its items.
ITEM: Final = re.compile(
    r"(?:[-–—•*▪●◦·]|\(?\d{1,2}(?:[.)]| ?[-–] )|\(?[a-z]\)|\(?[ابجدهوزحطي](?:\)| ?[-–]))"
    r"\s*(?=[^\W\d]|[\"'«“(])"
)
_LEADING: Final = 5  # words before a web address that make a sentence of it
_CLOSING: Final = "\"'”’»)]" + INVISIBLE


def closes(text: str) -> bool:
    """Whether the text ends as prose does; quotation marks may close behind it.

    A semicolon or comma is such an end: in laws and resolutions paragraphs are clauses of one
    sentence. So is a web address that a sentence leads up to: a full stop might be taken for a part
    of it.
    """
    shown = text.rstrip(_CLOSING)
    if shown.endswith((".", "!", "?", "؟", ";", "؛", ",", "،")):
        return True
    *leading, last = shown.rsplit(maxsplit=_LEADING) or [""]
    return len(leading) == _LEADING and "@" not in last and ADDRESS_MARK.search(last) is not None


def breaks_off(text: str) -> bool:
    """Whether the text ends with an ellipsis; quotation marks may close behind it."""
    return text.rstrip(_CLOSING).endswith(("…", ".."))
