"""The marks, and the kinds of words, by which a page's furniture is known from its article.

The words themselves, of web interfaces in general and no site's own, are in `english` and
`arabic`. They are written in the folded form that `fold` gives: lower case, without diacritics,
one alef, ya for alef maqsura, ha for ta marbuta.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Final

from aligner.text import INVISIBLE

_FOLD: Final = {
    **dict.fromkeys([*range(0x064B, 0x0660), 0x0670, 0x0640]),  # diacritics, tatweel
    **dict.fromkeys(map(ord, INVISIBLE)),
    **{ord(letter): "ا" for letter in "أإآٱ"},
    ord("ى"): "ي",
    ord("ة"): "ه",
    **{ord(digit): str(n % 10) for n, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")},
    ord("’"): "'",
    ord("\u00a0"): " ",
}


# A short paragraph is folded for its look, and again for being compared with the others.
@lru_cache(maxsize=1024)
def fold(text: str) -> str:
    """The text as the word lists write it."""
    return text.lower() if text.isascii() else text.translate(_FOLD).lower()


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
        lines = [line.strip() for line in self._phrases.strip().splitlines()]
        return re.compile(r"(?<!\w)(?:" + "|".join(lines) + r")(?!\w)")

    @cached_property
    def labels(self) -> re.Pattern[str]:
        """Names of pieces of furniture, alone or before a colon."""
        names = "|".join(label.replace("_", " ") for label in self._labels.split())
        return re.compile(rf"^\W*(?:{names})\s*(?:[:|]|$)")

    @cached_property
    def byline(self) -> re.Pattern[str]:
        return re.compile(self._byline)


# Where in a picture's caption its source stands.
CREDIT: Final = re.compile(
    r"(?:\(|/|\||©|: ?|- ?)\s*(?:reuters|ap|afp|getty|epa|file|archive|courtesy|handout|"
    r"shutterstock|رويترز|ا ?ف ?ب|ا ?ب|فرانس برس|الاناضول|غيتي|ارشيف\w*|الفرنسيه|وكالات|"
    r"مواقع التواصل|شترستوك|د ب ا)\b[^.]{0,40}$"
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
SEPARATOR: Final = re.compile(r"(?:^|\s)[|/»›>•·→←‹«-](?=\s|$)|\s/\s|\|")
ADDRESS_MARK: Final = re.compile(r"https?:|www\.|\w@\w|\.(?:com|org|net)\b")
HANDLE: Final = re.compile(r"(?<!\w)[@#]\w")
# A quotation may run over several paragraphs and so have only one of its marks here.
QUOTED: Final = re.compile(r"[«“\"][^»”\"]*(?:[»”\"]|$)|^[^«“\"]*[»”\"]")
WORD: Final = re.compile(r"\w+(?:['\-]\w+)*")
# A list's mark before one of its items.
ITEM: Final = re.compile(
    r"(?:[-–—•*▪●◦·]|\(?\d{1,2}(?:[.)]| ?[-–] )|\(?[a-z]\)|\(?[ابجدهوزحطي](?:\)| ?[-–]))"
    r"\s*(?=[^\W\d]|[\"'«“(])"
)
_CLOSING: Final = "\"'”’»)]" + INVISIBLE


def closes(text: str) -> bool:
    """Whether the text ends as prose does; quotation marks may close behind it.

    A semicolon or comma is such an end: in laws and resolutions paragraphs are clauses of one
    sentence.
    """
    return text.rstrip(_CLOSING).endswith((".", "!", "?", "؟", ";", "؛", ",", "،"))


def breaks_off(text: str) -> bool:
    """Whether the text ends with an ellipsis; quotation marks may close behind it."""
    return text.rstrip(_CLOSING).endswith(("…", ".."))
