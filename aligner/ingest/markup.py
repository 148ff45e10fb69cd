"""HTML where plain text was promised: a fragment in a file, a field of a feed or of a crawl.

A text that only speaks of tags, as an article about web pages does, is none. What tells the two
apart is where the tags stand: one at work touches what it marks, one spoken of stands by itself,
between spaces or in quotation marks.
"""

from __future__ import annotations

import html
import re
from itertools import pairwise

AT_WORK = 0.8  # share of a text's tags, at the least, that are at work in it

_NAMES = (
    "a|abbr|article|aside|b|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|figcaption|figure|"
    "font|footer|h[1-6]|header|hr|i|iframe|img|ins|li|main|mark|ol|p|pre|q|s|script|section|small|"
    "span|strike|strong|style|sub|sup|table|tbody|td|th|thead|tr|tt|u|ul|video"
)
_ATTRIBUTE = r"""\s+[\w:-]+\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>]+)"""
_TAG = re.compile(rf"<(/?)({_NAMES})(?:{_ATTRIBUTE})*\s*/?>", re.IGNORECASE)
_WITHOUT_END = ("br", "hr", "img")
_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!doctype\s+html|<html[\s>])", re.IGNORECASE)
_PARAGRAPHS = re.compile(r"<(?:p|div)[\s>]", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
_QUOTES = "\"'`“”„‘’«»()[]"
_STOPS = ".…,;:!?،؛؟"


def is_html(text: str) -> bool:
    """Whether a text is a page, or a fragment of one, rather than plain text."""
    if "<" not in text:
        return False
    if _PAGE.match(text):
        return True
    text = _COMMENT.sub("", text)
    tags = list(_TAG.finditer(text))
    if not any(tag[1] or tag[2].lower() in _WITHOUT_END for tag in tags):
        return False  # "if a<b and c>d"
    # The text before, between and after the tags; where there is none, they are at work together.
    ends = [0, *(place for tag in tags for place in tag.span()), len(text)]
    gaps = [not text[start:end].strip() for start, end in zip(ends[::2], ends[1::2], strict=True)]
    at_work = sum(
        any(beside) or _touches_text(text, tag)
        for tag, beside in zip(tags, pairwise(gaps), strict=True)
    )
    return at_work >= AT_WORK * len(tags)


def marks_paragraphs(text: str) -> bool:
    """Whether a text in HTML says where its paragraphs are; else its lines do."""
    return _PAGE.match(text) is not None or _PARAGRAPHS.search(text) is not None


def unescaped(text: str) -> str:
    """The text with the characters that its entities stand for: ’ for `&#8217;`, & for `&amp;`.

    Without a semicolon they may be something else: "AT&T", the query of an address.
    """
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text) if "&" in text else text


def _touches_text(text: str, tag: re.Match[str]) -> bool:
    """Whether no space or quotation marks keep a tag apart from the text that it marks."""
    before, after = text[tag.start() - 1 : tag.start()], text[tag.end() : tag.end() + 1]
    if before in _QUOTES and after in _QUOTES:
        return False
    touches_before = not before.isspace()
    touches_after = not after.isspace() and after not in _STOPS
    if tag[2].lower() in _WITHOUT_END:
        return touches_before or touches_after or "\n" in before + after
    return touches_before if tag[1] else touches_after
