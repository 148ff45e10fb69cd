"""Word documents (.docx): paragraphs in order, those of tables and text boxes too.

The zipped XML is read with the standard library. It takes insertions as made and deletions as
gone, as Word shows them; what python-docx calls a paragraph's text lacks tracked insertions and
content controls.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from aligner.errors import BadArticle
from aligner.ingest.draft import Draft
from aligner.ingest.layout import ends_sentence, is_blank
from aligner.ingest.source import MAX_BYTES
from aligner.ingest.superscript import superscript
from aligner.text import Paragraph

UNREADABLE = (  # what a damaged or protected archive can raise
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,  # of bz2 and lzma; the bytes are in memory
    RuntimeError,
    ValueError,
)
BODY = "word/document.xml"
NOTES = ("word/footnotes.xml", "word/endnotes.xml")
STYLES = "word/styles.xml"

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE = frozenset(("del", "moveFrom"))  # such text stands nowhere, or elsewhere
# A fallback says the same again, a change of properties what they were before.
_LEFT_OUT = _GONE | frozenset(("Fallback", "pPrChange", "rPrChange"))
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_TITLE_STYLES = ("title", "heading1")
# Word numbers the notes -1 and 0 for its rules between text and notes.
_OWN_NOTES = ("separator", "continuationSeparator", "continuationNotice")


@dataclass(slots=True)
class _Open:
    """A paragraph that is being read; a text box within it opens another."""

    text: list[str] = field(default_factory=list)
    linked_chars: int = 0
    style: str = ""  # its id, which a word processor in another language may number
    runs_on: bool = False  # its mark was deleted: what comes next is one paragraph with it
    raised: bool = False  # whether its open run is a superscript
    note_marks: int = 0  # how many were left out


def read(content: bytes, *, name: str, paragraphs: str = "auto") -> Draft:  # noqa: ARG001
    """A document's paragraphs, in the order of its body; `line` is a paragraph's number.

    Raises BadArticle for a damaged or protected file.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            opened = list(_paragraphs(_part(archive, BODY, name)))
            styled = STYLES in archive.namelist()
            styles = _style_names(_part(archive, STYLES, name)) if styled else {}
            notes_count = sum(
                _note_count(_part(archive, part, name))
                for part in NOTES
                if part in archive.namelist()
            )
    except UNREADABLE as error:
        raise BadArticle(
            f"{name}: this is not a readable .docx file (damaged, or protected by a password); "
            "save it anew from the word processor"
        ) from error
    found: list[Paragraph] = []
    title: str | None = None
    for number, paragraph in _whole(opened):
        whole = "".join(paragraph.text)
        share = min(1.0, paragraph.linked_chars / len(whole)) if whole else 0.0
        texts = list(_split(whole))
        found.extend(Paragraph(text, number, link_share=share) for text in texts)
        style = styles.get(paragraph.style, paragraph.style).lower().replace(" ", "")
        if title is None and texts and style in _TITLE_STYLES:
            title = texts[0]
    counts = {"footnote": notes_count, "note mark": sum(p.note_marks for p in opened)}
    left_out = (f"{n} {what}{'s'[: n != 1]} left out" for what, n in counts.items() if n)
    return Draft(tuple(found), title=title, notes=tuple(left_out))


def _part(archive: zipfile.ZipFile, part: str, name: str) -> bytes:
    if archive.getinfo(part).file_size > MAX_BYTES:
        raise BadArticle(f"{name}: its text has more than {MAX_BYTES // 2**20} MiB; split it")
    xml = archive.read(part)
    if b"<!DOCTYPE" in xml[:4096]:  # Word writes none; entities that multiply stand in one
        raise BadArticle(f"{name}: this is not a .docx file that a word processor wrote")
    return xml


def _paragraphs(xml: bytes) -> Iterator[_Open]:
    """Paragraphs as they end; the paragraphs of a text box come before the one it is set in."""
    stack: list[_Open] = []
    left_out = links = properties = 0
    for event, element in ElementTree.iterparse(io.BytesIO(xml), events=("start", "end")):
        tag = element.tag.replace(_STRICT, _WORD)
        local = tag.removeprefix(_WORD) if tag != _FALLBACK else "Fallback"
        step = 1 if event == "start" else -1
        if local in _LEFT_OUT:
            if properties and local in _GONE:
                stack[-1].runs_on = True
            left_out += step
        elif left_out:
            pass
        elif local == "hyperlink":
            links += step
        elif local == "pPr":
            properties += step if stack else 0
        elif event == "start":
            if local == "p":
                stack.append(_Open())
            elif local == "r" and stack:
                stack[-1].raised = False
        elif local == "p":
            yield stack.pop()
            element.clear()
        elif not stack:
            pass
        elif local == "t":
            _add(stack[-1], element.text or "", linked=links > 0)
        elif local == "vertAlign":
            stack[-1].raised = _value(element) == "superscript"
        elif local == "pStyle":
            stack[-1].style = _value(element)
        elif local in _MARKS and not _is_tab_stop(element.attrib):
            stack[-1].text.append(_MARKS[local])


def _whole(paragraphs: Iterable[_Open]) -> Iterator[tuple[int, _Open]]:
    """The paragraphs with their numbers, those joined that run on; the last one's style counts."""
    begun: tuple[int, _Open] | None = None
    for number, paragraph in enumerate(paragraphs, 1):
        whole = (number, paragraph)
        if begun is not None and begun[1].text:
            whole = (begun[0], paragraph)
            paragraph.text[:0] = begun[1].text
            paragraph.linked_chars += begun[1].linked_chars
        begun = whole if paragraph.runs_on else None
        if begun is None:
            yield whole
    if begun is not None:
        yield begun


def _style_names(xml: bytes) -> dict[str, str]:
    """The names of the styles by their ids; a name is English whatever Word's language."""
    names = {}
    for style in ElementTree.fromstring(xml):
        for word in (_WORD, _STRICT):
            name = style.find(f"{word}name")
            if name is not None:
                names[style.get(f"{word}styleId") or ""] = _value(name)
    return names


def _add(paragraph: _Open, text: str, *, linked: bool) -> None:
    if paragraph.raised and text:
        before = paragraph.text[-1] if paragraph.text else ""
        text = superscript(text, before=before, linked=linked)
        paragraph.note_marks += not text
    if text:
        paragraph.text.append(text)
        paragraph.linked_chars += len(text) if linked else 0


def _value(element: ElementTree.Element) -> str:
    return element.get(f"{_WORD}val") or element.get(f"{_STRICT}val") or ""


def _is_tab_stop(attributes: dict[str, str]) -> bool:
    """A `tab` with a position describes the ruler; one without is a character."""
    return any(key.endswith("}pos") for key in attributes)


def _split(text: str) -> Iterator[str]:
    """A paragraph's parts: a line break after a sentence divides it, within one it is for looks."""
    part = ""
    for line in text.split("\n"):
        if part and (is_blank(line) or ends_sentence(part)):
            yield part
            part = ""
        line = line.strip()
        if not is_blank(line):
            part = f"{part} {line}" if part else line
    if part:
        yield part


def _note_count(xml: bytes) -> int:
    notes = ElementTree.fromstring(xml)
    return sum(
        not any(value in _OWN_NOTES for key, value in note.attrib.items() if key.endswith("}type"))
        for note in notes
    )
