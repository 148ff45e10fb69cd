"""A plain text's headline, found by what headlines are like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from aligner.text import INVISIBLE, Paragraph, bare

HEAD_PARAGRAPHS = 12  # site clutter above a headline seldom takes more
LONGEST_TITLE_WORDS = 30
LONGEST_TITLE_CHARS = 600
LABEL_WORDS = 4  # of "كتب محمد عبد الله" or "Share with your friends"
BODY_WORDS = 40  # a paragraph of as many words is the article itself, whatever it ends with

_BREADCRUMB = re.compile(r"\s(?:[/>›»|«‹]|::|→|←)\s")
_FULL_STOP = re.compile(rf"(?<![.…])[.。۔]['\"”’»)\]{INVISIBLE}]*$")
_NO_HEADLINE = re.compile(
    r"https?://|www\.|\S@\S|[:؛،,;]$|^(?:by\b(?!\s+(?:the\b|\d))|read (?:also|more)\b)"
    r"|^(?:بقلم|اقرأ (?:أيضا|المزيد))\b",
    re.IGNORECASE,
)
# "Share this story" and "كتب محمد علي" are none, "Share prices fall in Cairo" and "كتب عربية في
# معرض لندن" are: what follows such a word tells, and how much of it there is.
_LABEL = re.compile(
    r"(?:from|photo|share|updated|published|كتبت?|تصوير|اقرأ|شارك|نُ?شر|آخر تحديث)\b"
    r"(?P<label>\s*[:|/]|\s+[-–—]\s|\s+(?:this|on|via|with|by|at)\b"
    r"|\s+(?:هذا|هذه|عبر|على|مع|بواسطة|بتاريخ|يوم)\b)?",
    re.IGNORECASE,
)
_DATE = re.compile(r"\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b|\b\d{1,2}:\d{2}\b|\b(?:19|20)\d{2}\b")
_DIGITS = re.compile(r"\d")
_HEADING_MARK = re.compile(r"^#{1,6}\s+|\s+#{1,6}$")


def find_title(paragraphs: Sequence[Paragraph]) -> str | None:
    """The headline among the first paragraphs; None where the text seems to have none.

    What is said twice (once in a breadcrumb, say) speaks for itself; else the longest line
    without a full stop before the first paragraph of running text.
    """
    head: list[tuple[str, int]] = []
    for paragraph in paragraphs[:HEAD_PARAGRAPHS]:
        if len(paragraph.text) > LONGEST_TITLE_CHARS:
            break
        text = _HEADING_MARK.sub("", bare(paragraph.text))
        words = len(text.split())
        is_crumbs_end = any(crumb.endswith(text) and crumb != text for crumb, _ in head)
        if _is_body(text, words) and not is_crumbs_end:
            break
        head.append((text, words))
    else:
        if len(paragraphs) <= len(head):  # nothing but short lines: a list, not an article
            return None
    repeated = Counter(text for text, _ in head)
    best: tuple[int, str] | None = None
    for text, words in head:
        if words > LONGEST_TITLE_WORDS or _NO_HEADLINE.search(text) or _is_label(text, words):
            continue
        is_crumb = _BREADCRUMB.search(text) is not None
        said_twice = repeated[text] > 1 or any(
            other.endswith(text) and other != text for other, _ in head
        )
        dated = sum(_DIGITS.search(word) is not None for word in text.split()) * 3 >= words
        if dated or words < 2 or (words < 3 and not said_twice):
            continue
        weight = min(words, 4) + 10 * (said_twice and words >= 3) - 6 * is_crumb
        # The headline is the first of its like; what follows is a subtitle.
        if best is None or weight > best[0] + 1:
            best = (weight, text)
    return _BREADCRUMB.split(best[1])[-1] if best else None


def _is_label(text: str, words: int) -> bool:
    """Whether it is a byline, a date or a button, by its first word and what follows."""
    label = _LABEL.match(text)
    if label is None:
        return False
    return words <= LABEL_WORDS or label["label"] is not None or _DATE.search(text) is not None


def _is_body(text: str, words: int) -> bool:
    if _BREADCRUMB.search(text):
        return False
    return words >= BODY_WORDS or (words >= 8 and _FULL_STOP.search(text) is not None)
