"""What a web page's markup says of its paragraphs: the article, or what stands around it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # type: ignore[import-untyped]


class Mark(Enum):
    """What an element may be, going by its tag, its role and its names."""

    ARTICLE = "article"
    ASIDE = "aside"  # links beside the text, or a box of facts that belongs to it
    CLUTTER = "clutter"  # by its tag or role
    NAMED_CLUTTER = "named clutter"  # by a word of its class or id, which may mean something else
    HIDDEN = "hidden"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ARTICLE_ELEMENTS = _words("article main")
ARTICLE_NAMES = _words(  # whole classes or ids
    "article-body articlebody article__body article-content article-text entry-content "
    "post-content post-body story-body td-post-content wysiwyg"
)
CLUTTER_ELEMENTS = _words("nav footer form menu")
CLUTTER_ROLES = _words("navigation banner contentinfo search")
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
CARD_LINKED_SHARE = 0.15  # a story card is a linked headline and a teaser; a part of a text is not

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
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


@dataclass(frozen=True, slots=True)
class Marked:
    """An element that is marked, with what it shares with the other parts of its article."""

    mark: Mark
    by: str  # the tag, role or name that marks it
    parent: Element | None


def is_hidden(element: Element) -> bool:
    """Whether a page hides an element; a whole page is hidden only until its scripts have run."""
    style = element.get("style")
    hides = element.get("hidden") is not None or bool(style and _HIDDEN.search(style.lower()))
    return hides and element.tag not in ("html", "body")


def marked(element: Element, *, in_article: bool) -> Marked | None:
    """What an element may be. in_article: it stands in one that may be the article."""
    tag, role = element.tag, element.get("role", "")
    names = f"{element.get('class', '')} {element.get('id', '')}".lower()
    article_names = ARTICLE_NAMES.intersection(names.split())
    is_named_clutter = not CLUTTER_NAMES.isdisjoint(_NAME_PARTS.split(names))
    if tag in CLUTTER_ELEMENTS or role in CLUTTER_ROLES:
        return Marked(Mark.CLUTTER, tag, element.getparent())
    if tag == "aside" or role == "complementary":
        mark = Mark.CLUTTER if is_named_clutter else Mark.ASIDE
        return Marked(mark, tag, element.getparent())
    if tag == "header":  # a site's, or the headline and lead of an article
        return None if in_article else Marked(Mark.CLUTTER, tag, element.getparent())
    if tag in ARTICLE_ELEMENTS or role in ARTICLE_ELEMENTS:
        by = tag if tag in ARTICLE_ELEMENTS else role
        return Marked(Mark.ARTICLE, by, element.getparent())
    if element.get("itemprop") == "articleBody" or article_names:
        by = min(article_names, default="articleBody")
        return Marked(Mark.ARTICLE, by, element.getparent())
    if tag in ("body", "html") or not is_named_clutter:
        return None
    return Marked(Mark.NAMED_CLUTTER, tag, element.getparent())


@dataclass(slots=True)
class _Content:
    """What a marked element holds."""

    chars: int = 0
    prose_chars: int = 0
    linked_chars: int = 0
    has_headline: bool = False
    around: frozenset[int] = frozenset()  # numbers of the marked elements that it stands in

    @property
    def is_card(self) -> bool:
        return self.linked_chars >= CARD_LINKED_SHARE * self.chars


def hidden(blocks: Sequence[Block], marks: Mapping[int, Marked]) -> set[int]:
    """The hidden elements, but for one with most of the text: a script is to show it.

    Where another element may be the article, most of the text can be a site's terms of use.
    """
    if all(m.mark is not Mark.HIDDEN for m in marks.values()):
        return set()
    contents = _contents(blocks)
    enough = MAIN_SHARE * sum(block.prose_chars for block in blocks)
    articles = {
        n for n, held in contents.items() if marks[n].mark is Mark.ARTICLE and held.prose_chars
    }

    def is_main(number: int, held: _Content) -> bool:
        elsewhere = {
            n for n in articles if n not in held.around and number not in contents[n].around
        }
        return held.prose_chars > enough and not elsewhere

    return {
        n for n, held in contents.items() if marks[n].mark is Mark.HIDDEN and not is_main(n, held)
    }


def outside(
    blocks: Sequence[Block], marks: Mapping[int, Marked], unseen: Set[int] = frozenset()
) -> list[bool]:
    """For each block whether it stands outside the article, or is hidden.

    marks: by the number of the element; an element has a higher number than those around it.
    unseen: the numbers of those that are hidden. A page whose markup says nothing, or the wrong
    thing, keeps all its blocks.
    """
    seen = [block for block in blocks if unseen.isdisjoint(block.within)]
    contents = _contents(seen)
    enough = MAIN_SHARE * sum(block.prose_chars for block in seen)
    articles = {
        n: held.prose_chars
        for n, held in contents.items()
        if marks[n].mark is Mark.ARTICLE and held.prose_chars > enough
    }
    most = max(articles.values(), default=0)
    # They are nested, since each holds more than half.
    body = max((n for n, prose in articles.items() if prose >= NEARLY_ALL * most), default=None)
    parts = frozenset() if body is None else _parts(body, contents, marks, articles.keys())
    clutter = _clutter(seen, contents, marks, enough) - _fact_boxes(contents, marks, parts)

    def is_outside(block: Block) -> bool:
        if not unseen.isdisjoint(block.within):
            return True
        if block.tag == "h1" and block.link_share < NEARLY_ALL:  # a logo is a link
            return False
        return not clutter.isdisjoint(block.within) or not _belongs(block, parts, articles.keys())

    return [is_outside(block) for block in blocks]


def _contents(blocks: Sequence[Block]) -> dict[int, _Content]:
    """What each marked element holds; one that holds nothing is left out."""
    contents: dict[int, _Content] = {}
    for block in blocks:
        for depth, number in enumerate(block.within):
            held = contents.setdefault(number, _Content(around=frozenset(block.within[:depth])))
            held.chars += len(block.text)
            held.prose_chars += block.prose_chars
            held.linked_chars += block.linked_chars
            held.has_headline |= block.tag == "h1"
    return contents


def _belongs(block: Block, parts: Set[int], articles: Set[int]) -> bool:
    """In the article's body, or a lead that stands in the article but above its body."""
    if not parts or not parts.isdisjoint(block.within):
        return True
    return block.prose_chars > 0 and not articles.isdisjoint(block.within)


def _parts(
    body: int, contents: Mapping[int, _Content], marks: Mapping[int, Marked], articles: Set[int]
) -> frozenset[int]:
    """The body and the other parts of its text: entries of a live report, what follows an advert.

    They are marked like it and stand beside it, or by a name within the same article. What is
    linked like a card, or has a headline too, is another story.
    """

    def is_part(number: int, held: _Content) -> bool:
        own, other = marks[body], marks[number]
        if (other.mark, other.by) != (own.mark, own.by) or held.is_card:
            return False
        if held.has_headline and contents[body].has_headline:
            return False
        by_name = own.by not in ARTICLE_ELEMENTS
        return other.parent is own.parent or (by_name and not articles.isdisjoint(held.around))

    return frozenset({body} | {n for n, held in contents.items() if is_part(n, held)})


def _fact_boxes(
    contents: Mapping[int, _Content], marks: Mapping[int, Marked], parts: Set[int]
) -> set[int]:
    """Asides within the text that are prose themselves, not links to something else."""
    return {
        n
        for n, held in contents.items()
        if marks[n].mark is Mark.ASIDE
        and not parts.isdisjoint(held.around)
        and held.prose_chars > 0
        and not held.is_card
    }


def _clutter(
    blocks: Sequence[Block],
    contents: Mapping[int, _Content],
    marks: Mapping[int, Marked],
    enough: float,
) -> set[int]:
    # A wrapper named after a menu can hold the whole article.
    small = {
        n
        for n, held in contents.items()
        if marks[n].mark not in (Mark.ARTICLE, Mark.HIDDEN) and held.prose_chars <= enough
    }
    named = {n for n in small if marks[n].mark is Mark.NAMED_CLUTTER}
    lost = sum(block.prose_chars for block in blocks if not named.isdisjoint(block.within))
    # Some site builders call every part of a page a widget.
    return small - named if lost > enough else small
