"""What a web page's markup says of its paragraphs: the article, or what stands around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # type: ignore[import-untyped]


class Mark(Enum):
    """What an element may be, going by its tag, its role and its names."""

    ARTICLE = "article"
    CLUTTER = "clutter"  # by its tag or role
    NAMED_CLUTTER = "named clutter"  # by a word of its class or id, which may mean something else


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ARTICLE_ELEMENTS = _words("article main")
ARTICLE_NAMES = _words(  # whole classes or ids
    "article-body articlebody article__body article-content article-text entry-content "
    "post-content post-body story-body td-post-content wysiwyg"
)
CLUTTER_ELEMENTS = _words("nav footer aside form menu")
CLUTTER_ROLES = _words("navigation banner contentinfo complementary search")
CLUTTER_NAMES = _words(  # parts of classes or ids
    "nav navbar navigation menu breadcrumb breadcrumbs share sharing sharedaddy social related "
    "footer sidebar comments commentlist respond cookie cookies newsletter subscribe subscription "
    "widget promo advert advertisement ads popup modal tags pagination pager login search toolbar "
    "recommended trending"
)
PROSE_CHARS = 80  # a paragraph as long is text rather than a label
LINKED_SHARE = 0.4  # prose has fewer links
MAIN_SHARE = 0.5  # of the page's prose: an element that holds it is the article, not clutter
NEARLY_ALL = 0.9

_NAME_PARTS = re.compile(r"[^a-z]+")


@dataclass(slots=True)
class Block:
    """A paragraph as it is found on the page, with the marked elements that it stands in."""

    text: str
    linked_chars: int
    line: int
    tag: str
    within: tuple[int, ...]  # numbers of the marked elements around it, outermost first

    @property
    def link_share(self) -> float:
        return min(1.0, self.linked_chars / len(self.text))

    @property
    def prose_chars(self) -> int:
        is_prose = len(self.text) >= PROSE_CHARS and self.link_share < LINKED_SHARE
        return len(self.text) if is_prose else 0


def mark_of(element: Element, *, in_article: bool) -> Mark | None:
    """What an element may be. in_article: it stands in one that may be the article."""
    tag, role = element.tag, element.get("role", "")
    if tag in CLUTTER_ELEMENTS or role in CLUTTER_ROLES:
        return Mark.CLUTTER
    if tag == "header":  # a site's, or the headline and lead of an article
        return None if in_article else Mark.CLUTTER
    names = f"{element.get('class', '')} {element.get('id', '')}".lower()
    if tag in ARTICLE_ELEMENTS or role in ARTICLE_ELEMENTS:
        return Mark.ARTICLE
    if element.get("itemprop") == "articleBody" or not ARTICLE_NAMES.isdisjoint(names.split()):
        return Mark.ARTICLE
    if tag in ("body", "html") or names == " ":
        return None
    return None if CLUTTER_NAMES.isdisjoint(_NAME_PARTS.split(names)) else Mark.NAMED_CLUTTER


def outside(blocks: Sequence[Block], marks: Mapping[int, Mark]) -> list[bool]:
    """For each block whether it stands outside the article.

    marks: by the number of the element; an element has a higher number than those around it.
    A page whose markup says nothing, or the wrong thing, keeps all its blocks.
    """
    prose: Counter[int] = Counter()
    for block in blocks:
        for number in block.within:
            prose[number] += block.prose_chars
    enough = MAIN_SHARE * sum(block.prose_chars for block in blocks)
    clutter = _clutter(blocks, marks, prose, enough)
    articles = [n for n, mark in marks.items() if mark is Mark.ARTICLE and prose[n] > enough]
    most = max((prose[n] for n in articles), default=0)
    # They are nested, since each holds more than half.
    body = max((n for n in articles if prose[n] >= NEARLY_ALL * most), default=None)
    return [
        block.tag != "h1"
        and (not clutter.isdisjoint(block.within) or not _belongs(block, body, articles))
        for block in blocks
    ]


def _belongs(block: Block, body: int | None, articles: Sequence[int]) -> bool:
    """In the article's body, or a lead that stands in the article but above its body."""
    if body is None or body in block.within:
        return True
    return block.prose_chars > 0 and not set(articles).isdisjoint(block.within)


def _clutter(
    blocks: Sequence[Block], marks: Mapping[int, Mark], prose: Mapping[int, int], enough: float
) -> set[int]:
    # A wrapper named after a menu can hold the whole article.
    small = {n for n, mark in marks.items() if mark is not Mark.ARTICLE and prose[n] <= enough}
    named = {n for n in small if marks[n] is Mark.NAMED_CLUTTER}
    lost = sum(block.prose_chars for block in blocks if not named.isdisjoint(block.within))
    # Some site builders call every part of a page a widget.
    return small - named if lost > enough else small
