"""Plain text to paragraphs: one a line, or hard-wrapped lines joined again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from aligner.errors import UnknownName
from aligner.text import INVISIBLE, Paragraph, bare

PARAGRAPHS = ("auto", "line", "blank")

WIDEST_WRAP_CHARS = 160  # longer lines were not wrapped by hand, mail or pdf tools
NARROWEST_WRAP_CHARS = 30
FULL_LINES = 0.5  # share of the lines that had no room for the next word, at the least
FINISHED_LINES = 0.4  # of these: wrapped lines seldom end with a sentence, paragraphs do
WRAPPED_LINES = 0.85  # share of the lines that are full or end a paragraph
STRAY_LINES = 0.03  # share of the lines that may go beyond the margin
SLACK = 0.06  # of the width: wrappers that even out their lines leave as much
SHORT_LINE = 0.8  # of the width: a line that ends before it, with room to spare, ends a paragraph

_OTHER_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_FINISHED = re.compile(rf"[.!?؟۔…:؛]['\"”’»)\]{INVISIBLE}]*$")
_ITEM = re.compile(rf"(?:[-*+•·–—▪●]|[0-9٠-٩۰-۹]{{1,3}}[.)\-])[{INVISIBLE}]*\s")


class Line(NamedTuple):
    """A line of a file without the white space around it."""

    text: str
    number: int  # 1-based, as an editor counts
    indented: bool = False


def split_paragraphs(text: str, paragraphs: str = "auto") -> tuple[list[Paragraph], list[str]]:
    """The paragraphs of a plain text, and what had to be decided to tell them apart.

    paragraphs: "line" takes every line for one, "blank" joins the lines between blank lines,
    "auto" decides by whether the lines look wrapped. Raises UnknownName for another word.
    """
    if paragraphs not in PARAGRAPHS:
        raise UnknownName("way to tell paragraphs", paragraphs, PARAGRAPHS)
    blocks = _blocks(text)
    if paragraphs == "blank":
        return [_join(block) for block in blocks], ["paragraphs at blank lines, as asked"]
    if paragraphs == "line":
        return _one_a_line(blocks), ["one paragraph a line, as asked"]
    if all(len(block) == 1 for block in blocks):
        return _one_a_line(blocks), []
    width = _wrap_width(blocks)
    if width is None:
        notes = ["one paragraph a line (the lines do not look wrapped)"] if len(blocks) > 1 else []
        return _one_a_line(blocks), notes
    joined = [_join(part) for block in blocks for part in _unwrapped(block, width)]
    return joined, [f"lines joined into paragraphs (they look wrapped at {width} characters)"]


def is_blank(text: str) -> bool:
    """Whether nothing in it can be seen."""
    return not bare(text)


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence does, its closing quotation marks left aside."""
    return _FINISHED.search(bare(text)) is not None


def lines_of(text: str) -> list[Line]:
    """Every line, blank ones too, with its number; any mark that ends a line is known."""
    lines = []
    others = _OTHER_BREAKS.search(text) is not None
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        # Editors do not count these as ends of lines, so the parts share a number.
        parts = _OTHER_BREAKS.split(raw) if others else (raw,)
        for part in parts:
            lines.append(Line(part.strip(), number, part[:1].isspace()))
    return lines


def _blocks(text: str) -> list[list[Line]]:
    """The lines between blank lines."""
    blocks: list[list[Line]] = []
    after_blank = True
    for line in lines_of(text):
        if is_blank(line.text):
            after_blank = True
            continue
        if after_blank:
            blocks.append([])
        blocks[-1].append(line)
        after_blank = False
    return blocks


def _one_a_line(blocks: Sequence[Sequence[Line]]) -> list[Paragraph]:
    return [Paragraph(line.text, line.number) for block in blocks for line in block]


def _wrap_width(blocks: Sequence[Sequence[Line]]) -> int | None:
    """The width at which the lines were wrapped; None where they do not look wrapped."""
    breaks = [
        (line, following)
        for block in blocks
        for line, following in pairwise(block)
        if not _is_item(following)  # a list says nothing of the text around it
    ]
    lengths = sorted(len(line.text) for block in blocks for line in block)
    # A stray table may be wider than the margin.
    width = lengths[int((1 - STRAY_LINES) * (len(lengths) - 1))]
    if len(breaks) < 2 or not NARROWEST_WRAP_CHARS <= width <= WIDEST_WRAP_CHARS:
        return None
    beyond = sum(line.text.rfind(" ") > width for block in blocks for line in block)
    if beyond > STRAY_LINES * len(lengths):
        return None
    full = [line for line, following in breaks if _reach(line, following) > width * (1 - SLACK)]
    # A paragraph's last line may end anywhere, but it ends with a sentence.
    last = sum(
        ends_sentence(line.text)
        for line, following in breaks
        if _reach(line, following) <= width * (1 - SLACK)
    )
    finished = sum(ends_sentence(line.text) for line in full)
    if len(full) < FULL_LINES * len(breaks) or finished > FINISHED_LINES * len(full):
        return None
    if len(full) + last < WRAPPED_LINES * len(breaks):
        return None
    return width


def _is_item(line: Line) -> bool:
    return _ITEM.match(bare(line.text)) is not None


def _reach(line: Line, following: Line) -> int:
    """Characters the line would have had with the next line's first word."""
    return len(line.text) + 1 + len(following.text.split(maxsplit=1)[0])


def _unwrapped(block: Sequence[Line], width: int) -> list[list[Line]]:
    """The paragraphs of a wrapped block; mostly one, more where a line ends early."""
    parts = [[block[0]]]
    for line, following in pairwise(block):
        room = SHORT_LINE if not ends_sentence(line.text) else 1 - SLACK
        ends_early = _reach(line, following) <= room * width
        # A dash within a sentence can come to stand at the margin.
        is_item = _is_item(following) and (ends_sentence(line.text) or _is_item(parts[-1][0]))
        if ends_early or is_item or (following.indented and not line.indented):
            parts.append([])
        parts[-1].append(following)
    return parts


def _join(lines: Sequence[Line]) -> Paragraph:
    text = lines[0].text
    for line in lines[1:]:
        # A word cut at the margin is put together; its hyphen may be its own ("well-known").
        cut = text[-1:] in "-\u00ad\u2010" and text[-2:-1].isalpha() and line.text[:1].islower()
        text += line.text if cut else f" {line.text}"
    return Paragraph(text, lines[0].number)
