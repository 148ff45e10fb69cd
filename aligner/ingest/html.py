"""Web pages: every paragraph that can be seen, with what the page's structure says of it.

No prose is thrown away. What is hidden, stands in menus, footers and the like, or outside the
element that holds the article, is marked as boilerplate; how much of a paragraph is links is noted
for whoever weighs it further. lxml parses; it is imported with the first page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from aligner.errors import BadArticle
from aligner.ingest import head
from aligner.ingest.draft import Draft
from aligner.ingest.encoding import clean, decode
from aligner.ingest.layout import ends_sentence, is_blank
from aligner.ingest.structure import (
    PROSE_CHARS,
    Block,
    Mark,
    Marked,
    hidden,
    is_hidden,
    marked,
    outside,
)
from aligner.ingest.superscript import superscript
from aligner.text import Paragraph

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # type: ignore[import-untyped]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


UNSEEN = _words(
    "head script style noscript template svg math iframe object embed canvas audio video map "
    "select button textarea input datalist dialog"
)
INLINE = _words(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark meter "
    "nobr o:p output picture progress q rb rp rt rtc ruby s samp small source span strike strong "
    "sub sup time tt u var wbr"
)
BLOCKS = _words(
    "address article aside blockquote body caption center col colgroup dd details dir div dl dt "
    "fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html "
    "legend li link main menu meta nav ol p pre search section summary table tbody td tfoot th "
    "thead title tr ul"
)
HOLDS_NO_BLOCKS = _words("p h1 h2 h3 h4 h5 h6")

_SPACE = re.compile(r"[ \t\n\r\f]+")
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE)


def read(content: bytes, *, name: str, paragraphs: str = "auto") -> Draft:  # noqa: ARG001
    """A page's paragraphs, title, date, address and outlet.

    Paragraphs are those of the markup. Raises BadArticle for a page without text.
    """
    decoded = decode(content, name=name, declared=_declared(content))
    cleaned = clean(decoded.text)
    draft = from_text(cleaned.text)
    if not draft.paragraphs:
        raise BadArticle(
            f"{name}: there is no text on this page (a script may fill it in); save it as text"
        )
    return replace(draft, notes=(*decoded.notes, *cleaned.notes, *draft.notes))


def from_text(text: str) -> Draft:
    """The draft of a page, or of a fragment of one, that is in memory; perhaps without text."""
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(text.encode() or b"<html/>", parser)
    if root is None:
        return Draft(())
    page = _Page()
    blocks = list(page.blocks(root))
    unseen = hidden(blocks, page.marks)
    blocks = [b for b in blocks if b.prose_chars or unseen.isdisjoint(b.within)]
    apart = outside(blocks, page.marks, unseen)
    said = head.read(root)
    notes = []
    if any(apart):
        notes.append(f"{sum(apart)} of {len(blocks)} paragraphs set apart by the page's structure")
    if page.note_marks:
        notes.append(f"{page.note_marks} note mark{'s'[: page.note_marks != 1]} left out")
    return Draft(
        paragraphs=tuple(
            Paragraph(
                block.text,
                block.line,
                boilerplate=is_apart,
                outside=is_apart,
                link_share=block.link_share,
            )
            for block, is_apart in zip(blocks, apart, strict=True)
        ),
        title=head.title(said, blocks),
        date=said.date,
        url=said.url,
        outlet=said.outlet,
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
    """A walk over the tree, without recursion, that gathers text into blocks."""

    marks: dict[int, Marked] = field(default_factory=dict)  # of the marked elements, by number
    _open: list[tuple[int, Element]] = field(default_factory=list)  # the marked ones around
    _tags: list[str] = field(default_factory=lambda: ["body"])  # the blocks around
    _blocks: list[Element] = field(default_factory=list)  # the same, as elements
    _pieces: list[tuple[str, int, int]] = field(default_factory=list)  # text, linked chars, line
    _runs: list[str] = field(default_factory=list)
    _linked: int = 0
    _line: int = 0
    _links: int = 0  # how many links are open
    _after_link: bool = False
    _raised: tuple[int, int] | None = None  # runs and linked chars before an open superscript
    note_marks: int = 0  # how many were left out

    def blocks(self, root: Element) -> Iterator[Block]:
        from lxml import etree

        unseen: Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            if not isinstance(element.tag, str):
                continue
            if unseen is None and event == "start":
                hides = is_hidden(element)
                if element.tag in UNSEEN or (hides and not _may_be_prose(element)):
                    unseen = element
                else:
                    yield from self._enter(element, hides)
            elif event == "end":
                if unseen is None:
                    yield from self._leave(element)
                if unseen is None or unseen is element:
                    unseen = None
                    self._add(element.tail, element)
        yield from self._flush()

    def _enter(self, element: Element, hides: bool) -> Iterator[Block]:
        tag = element.tag
        if hides or self._is_block(element):
            yield from self._flush()
            self._tags.append(tag)
            self._blocks.append(element)
        in_article = any(self.marks[number].mark is Mark.ARTICLE for number, _ in self._open)
        meaning = marked(element, in_article=in_article)
        for found in (Marked(Mark.HIDDEN, tag, None) if hides else None, meaning):
            if found is not None:
                self._open.append((len(self.marks), element))
                self.marks[len(self.marks)] = found
        if tag == "br":
            self._end_piece()
        elif tag == "a":
            if self._after_link:  # links side by side are set apart by styles
                self._runs.append(" ")
            self._links += 1
        elif tag == "sup":
            self._raised = len(self._runs), self._linked
        self._add(element.text, element)

    def _leave(self, element: Element) -> Iterator[Block]:
        tag = element.tag
        if tag == "a":
            self._links -= 1
            self._after_link = True
        elif tag == "sup":
            self._lower(element)
        if self._blocks and self._blocks[-1] is element:
            yield from self._flush()
            self._tags.pop()
            self._blocks.pop()
        while self._open and self._open[-1][1] is element:
            self._open.pop()

    def _is_block(self, element: Element) -> bool:
        """Whether an element ends a paragraph.

        A site's own element is part of one where it stands in its text; else it ends one too:
        words glued together are worse than a break.
        """
        if element.tag in INLINE:
            return False
        if element.tag in BLOCKS or any(part.tag in BLOCKS for part in element.iterdescendants()):
            return True
        parent, previous = element.getparent(), element.getprevious()
        if parent is None or parent.tag in HOLDS_NO_BLOCKS:
            return parent is None
        if parent.tag not in INLINE and parent is not self._blocks[-1]:
            return False  # its own element is part of the text
        before = parent.text if previous is None else previous.tail
        return is_blank(before or "") and is_blank(element.tail or "")

    def _add(self, text: str | None, element: Element) -> None:
        if not text:
            return
        if not self._line and not text.isspace():
            self._line = element.sourceline or 1
        first, *others = text.split("\n") if "pre" in self._tags else (text,)
        self._runs.append(first)
        for line in others:
            self._end_piece()
            self._line = element.sourceline or 1
            self._runs.append(line)
        self._after_link = False
        if self._links:
            self._linked += len(_SPACE.sub(" ", text).strip())

    def _lower(self, element: Element) -> None:
        """Set what stood raised among the rest, unless it marks a note."""
        if self._raised is None:
            return
        start, linked = self._raised
        raised = "".join(self._runs[start:])
        before = next((run for run in reversed(self._runs[:start]) if run), "")
        read = superscript(raised, before=before, linked=_is_linked(element))
        self._runs[start:] = [read]
        if raised and not read:
            self._linked = linked
            self.note_marks += 1
        self._raised = None

    def _end_piece(self) -> None:
        text = _SPACE.sub(" ", "".join(self._runs)).strip(" \xa0\u2003")
        self._pieces.append(("" if is_blank(text) else text, self._linked, self._line))
        self._runs, self._linked, self._line = [], 0, 0
        self._raised = None

    def _flush(self) -> Iterator[Block]:
        """The paragraphs gathered since the last block; line breaks divide them by evidence."""
        if not self._runs and not self._pieces:
            return
        self._end_piece()
        text, linked, line = "", 0, 0
        for piece, piece_linked, piece_line in [*self._pieces, ("", 0, 0)]:
            # A break within a sentence is for looks; after one, or doubled, it ends a paragraph.
            if text and (not piece or ends_sentence(text)):
                within = tuple(number for number, _ in self._open)
                yield Block(text, linked, line, self._tags[-1], within)
                text, linked, line = "", 0, 0
            if piece:
                text = f"{text} {piece}" if text else piece
                linked, line = linked + piece_linked, line or piece_line
        self._pieces = []


def _may_be_prose(hidden: Element) -> bool:
    """Whether a hidden element has enough text for prose, which a click may show."""
    return sum(map(len, hidden.itertext())) >= PROSE_CHARS


def _is_linked(raised: Element) -> bool:
    """Whether a superscript holds a link, or is all that a link holds."""
    if raised.find(".//a") is not None:
        return True
    link = raised.getparent()
    return link is not None and link.tag == "a" and len(link) == 1 and not (link.text or "").strip()
