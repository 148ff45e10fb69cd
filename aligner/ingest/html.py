"""Web pages: every paragraph that can be seen, with what the page's structure says of it.

Nothing is thrown away. What stands in menus, footers and the like, or outside the element that
holds the article, is marked as boilerplate; how much of a paragraph is links is noted for whoever
weighs it further. lxml parses; it is imported with the first page.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aligner.errors import BadArticle
from aligner.ingest.draft import Draft, parse_date
from aligner.ingest.encoding import clean, decode
from aligner.ingest.layout import ends_sentence, is_blank
from aligner.text import Paragraph

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # type: ignore[import-untyped]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


UNSEEN = _words(
    "head script style noscript template svg math iframe object embed canvas audio video map "
    "select button textarea input datalist dialog"
)
# All others end a paragraph, unknown ones too: words glued together are worse than a break.
INLINE = _words(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr o:p "
    "q rp rt ruby s samp small span strike strong sub sup time tt u var wbr"
)
CLUTTER_ELEMENTS = frozenset(("nav", "header", "footer", "aside", "form", "menu"))
CLUTTER_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search"))
CLUTTER_NAMES = _words(  # words of a class or an id
    "nav navbar navigation menu breadcrumb breadcrumbs share sharing sharedaddy social related "
    "footer sidebar comments commentlist respond cookie cookies newsletter subscribe subscription "
    "widget promo advert advertisement ads popup modal tags pagination pager login search toolbar "
    "recommended trending"
)
ARTICLE_NAMES = _words(  # whole classes or ids
    "article-body articlebody article__body article-content article-text entry-content "
    "post-content post-body story-body td-post-content wysiwyg"
)
PROSE_CHARS = 80  # a paragraph as long is text rather than a label
LINKED_SHARE = 0.4  # prose has fewer links
MAIN_SHARE = 0.5  # of the page's prose: an element that holds it is the article, not clutter

_SPACE = re.compile(r"[ \t\n\r\f]+")
_NAME_PARTS = re.compile(r"[^a-z]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)
_SITE = re.compile(r"\s+[|\-–—»:]\s+[^|\-–—»:]{2,40}$")


@dataclass(slots=True)
class Block:
    """A paragraph as it is found on the page, with the marked elements that it stands in."""

    text: str
    linked_chars: int
    line: int
    tag: str
    within: tuple[int, ...]  # numbers of the open elements that may be clutter or the article

    @property
    def link_share(self) -> float:
        return min(1.0, self.linked_chars / len(self.text))

    @property
    def prose_chars(self) -> int:
        is_prose = len(self.text) >= PROSE_CHARS and self.link_share < LINKED_SHARE
        return len(self.text) if is_prose else 0


def read(content: bytes, *, name: str, paragraphs: str = "auto") -> Draft:  # noqa: ARG001
    """A page's paragraphs, title, date, address and outlet.

    Paragraphs are those of the markup. Raises BadArticle for a page without text.
    """
    from lxml import etree  # type: ignore[import-untyped]

    decoded = decode(content, name=name, declared=_declared(content))
    cleaned = clean(decoded.text)
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(cleaned.text.encode() or b"<html/>", parser)
    if root is None:
        raise BadArticle(f"{name}: there is no text on this page")
    page = _Page()
    blocks = list(page.blocks(root))
    if not blocks:
        raise BadArticle(
            f"{name}: there is no text on this page (a script may fill it in); save it as text"
        )
    clutter = _clutter(blocks, page.may_be_clutter, page.may_be_article)
    meta = _Meta(root)
    notes = [*decoded.notes, *cleaned.notes]
    if any(clutter):
        notes.append(
            f"{sum(clutter)} of {len(blocks)} paragraphs set apart by the page's structure"
        )
    return Draft(
        paragraphs=tuple(
            Paragraph(
                block.text,
                block.line,
                boilerplate=apart,
                outside=apart,
                link_share=block.link_share,
            )
            for block, apart in zip(blocks, clutter, strict=True)
        ),
        title=_title(blocks, meta),
        date=parse_date(meta.date) if meta.date else None,
        url=meta.url,
        outlet=meta.outlet,
        notes=tuple(notes),
    )


def _declared(content: bytes) -> str | None:
    """The encoding a page claims; one for Western text, often a template's, is passed over."""
    match = _CHARSET.search(content, 0, 4096)
    charset = match[1].decode("ascii").lower() if match else ""
    western = charset.startswith(("iso-8859-1", "windows-1252", "latin", "us-ascii", "utf"))
    return None if not charset or western else charset


@dataclass(slots=True)
class _Page:
    """A walk over the tree that gathers text into blocks."""

    may_be_clutter: set[int] = field(default_factory=set)
    may_be_article: set[int] = field(default_factory=set)
    _pieces: list[tuple[str, int, int]] = field(default_factory=list)  # text, linked chars, line
    _runs: list[str] = field(default_factory=list)
    _linked: int = 0
    _line: int = 0
    _open: list[int] = field(default_factory=list)

    def blocks(self, root: Element) -> Iterator[Block]:
        from lxml import etree

        unseen: Element | None = None
        links, counter, block_tags = 0, 0, ["body"]
        marked: list[Element] = []
        after_link = False
        for event, element in etree.iterwalk(root, events=("start", "end")):
            tag = element.tag
            if not isinstance(tag, str):
                continue
            inline = tag in INLINE
            if event == "start" and unseen is None:
                if _is_unseen(element):
                    unseen = element
                    continue
                if not inline and tag != "br":
                    yield from self._flush(block_tags[-1])
                    block_tags.append(tag)
                kind = _kind(element)
                if kind:
                    counter += 1
                    (self.may_be_article if kind == "article" else self.may_be_clutter).add(counter)
                    self._open.append(counter)
                    marked.append(element)
                if tag == "br":
                    self._end_piece()
                elif tag == "a":
                    if after_link:  # links side by side are set apart by styles
                        self._runs.append(" ")
                    links += 1
                if element.text:
                    self._add(element.text, element, linked=links > 0)
                    after_link = False
                continue
            if event == "start":
                continue
            if unseen is not None:
                if unseen is not element:
                    continue
                unseen = None
            else:
                if tag == "a":
                    links -= 1
                    after_link = True
                if not inline and tag != "br":
                    yield from self._flush(block_tags.pop())
                if marked and marked[-1] is element:
                    marked.pop()
                    self._open.pop()
            if element.tail:
                self._add(element.tail, element, linked=links > 0)
                after_link = False
        yield from self._flush("body")

    def _add(self, text: str, element: Element, *, linked: bool) -> None:
        if not self._line and not text.isspace():
            self._line = element.sourceline or 1
        self._runs.append(text)
        if linked:
            self._linked += len(_SPACE.sub(" ", text).strip())

    def _end_piece(self) -> None:
        text = _SPACE.sub(" ", "".join(self._runs)).strip(" \xa0\u2003")
        self._pieces.append(("" if is_blank(text) else text, self._linked, self._line))
        self._runs, self._linked, self._line = [], 0, 0

    def _flush(self, tag: str) -> Iterator[Block]:
        """The paragraphs gathered since the last block; line breaks divide them by evidence."""
        if not self._runs and not self._pieces:
            return
        self._end_piece()
        text, linked, line = "", 0, 0
        for piece, piece_linked, piece_line in [*self._pieces, ("", 0, 0)]:
            # A break within a sentence is for looks; after one, or doubled, it ends a paragraph.
            if text and (not piece or ends_sentence(text)):
                yield Block(text, linked, line, tag, tuple(self._open))
                text, linked, line = "", 0, 0
            if piece:
                text = f"{text} {piece}" if text else piece
                linked, line = linked + piece_linked, line or piece_line
        self._pieces = []


def _is_unseen(element: Element) -> bool:
    if element.tag in UNSEEN:
        return True
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDDEN.search(style.lower()))


def _kind(element: Element) -> str:
    """Whether an element may be "clutter" or the "article", by its tag, role and names."""
    tag, role = element.tag, element.get("role", "")
    if tag in CLUTTER_ELEMENTS or role in CLUTTER_ROLES:
        return "clutter"
    names = f"{element.get('class', '')} {element.get('id', '')}".lower()
    if tag in ("article", "main") or role in ("main", "article"):
        return "article"
    if element.get("itemprop") == "articleBody" or not ARTICLE_NAMES.isdisjoint(names.split()):
        return "article"
    if tag in ("body", "html") or names == " ":
        return ""
    return "" if CLUTTER_NAMES.isdisjoint(_NAME_PARTS.split(names)) else "clutter"


def _clutter(
    blocks: Sequence[Block], may_be_clutter: set[int], may_be_article: set[int]
) -> list[bool]:
    """For each block whether the structure of the page sets it apart."""
    prose: Counter[int] = Counter()
    for block in blocks:
        for number in block.within:
            prose[number] += block.prose_chars
    enough = MAIN_SHARE * sum(block.prose_chars for block in blocks)
    # A wrapper named after a menu can hold the whole article.
    clutter = {number for number in may_be_clutter if prose[number] <= enough}
    articles = [n for n in may_be_article if prose[n] > enough]
    most = max((prose[n] for n in articles), default=0)
    # Of nested elements the innermost that holds nearly all: numbers grow inwards.
    main = max((n for n in articles if prose[n] >= 0.9 * most), default=None)
    return [
        block.tag != "h1"
        and (
            not clutter.isdisjoint(block.within) or (main is not None and main not in block.within)
        )
        for block in blocks
    ]


class _Meta:
    """What a page says of itself in its head."""

    def __init__(self, root: Element) -> None:
        named: dict[str, str] = {}
        for element in root.iter("meta"):
            key = element.get("property") or element.get("name") or element.get("itemprop")
            if key and (value := (element.get("content") or "").strip()):
                named.setdefault(key.lower(), value)
        linked = _linked_data(root)
        heading = root.find(".//head/title")
        canonical = root.find(".//link[@rel='canonical']")
        time = root.find(".//time[@datetime]")
        self.title = named.get("og:title")
        self.head_title = (
            _SPACE.sub(" ", (heading.text or "")).strip() if heading is not None else ""
        )
        self.url = (canonical.get("href") if canonical is not None else None) or named.get("og:url")
        self.outlet = named.get("og:site_name")
        self.date = (
            named.get("article:published_time")
            or named.get("datepublished")
            or linked.get("datePublished")
            or named.get("date")
            or (time.get("datetime") if time is not None else None)
        )


def _linked_data(root: Element) -> dict[str, str]:
    """The strings that the page's JSON-LD gives for an article; the first of a name counts."""
    found: dict[str, str] = {}
    for script in root.iter("script"):
        if script.get("type") != "application/ld+json" or not script.text:
            continue
        try:
            waiting = [json.loads(script.text)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            match waiting.pop():
                case list() as items:
                    waiting.extend(items)
                case dict() as fields:
                    waiting.extend(v for v in fields.values() if isinstance(v, dict | list))
                    for key, value in fields.items():
                        if isinstance(value, str):
                            found.setdefault(key, value)
    return found


def _title(blocks: Sequence[Block], meta: _Meta) -> str | None:
    """The heading that the page's own title repeats; else that title without the site's name."""
    headings = [block.text for block in blocks if block.tag == "h1"]
    for heading in headings:
        if heading in (meta.title or "") or heading in meta.head_title:
            return heading
    if len(headings) == 1:
        return headings[0]
    return meta.title or _SITE.sub("", meta.head_title) or None
