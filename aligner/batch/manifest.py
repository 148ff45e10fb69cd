"""A manifest of pairs: a table or JSON lines that name two files a row, in any usual encoding."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from aligner.errors import BadArticle, WrongUse
from aligner.ingest.encoding import MARKS, SINGLE_BYTE, decode
from aligner.ingest.manifest import TABLES

LINES = (".jsonl", ".ndjson")
MANIFESTS = (*TABLES, *LINES)
ABOUT = {"id": "label", "date": "date", "outlet": "outlet", "url": "url"}
COLUMNS = ("ar", "en", *ABOUT)

HEAD_BYTES = 2**20  # are weighed; the rest of a longer manifest is read as its beginning
UTF_8 = "utf-8"
UNMARKED = (UTF_8, "utf-16-le", "utf-16-be", "cp1252", *(codec for codec, _ in SINGLE_BYTE))
# The names under which Python passes over the mark.
MARKED = {codec: "utf-8-sig" if codec == UTF_8 else codec[:6] for _, codec, _ in MARKS}


class BadSource(WrongUse):
    """A source of pairs that is not there or that cannot be read as one."""


@contextmanager
def open_manifest(path: Path) -> Iterator[Iterator[tuple[int, Mapping[str, str] | str]]]:
    """The rows of a manifest with their numbers, or what is wrong with a row.

    They are read as they are asked for. Raises BadSource when it cannot be read or is none.
    """
    try:
        with path.open(encoding=_encoding(path), errors="replace", newline="") as file:
            yield _lines(file) if path.suffix.lower() in LINES else _table(path, file)
    except OSError as error:
        raise BadSource(f"{path}: cannot be read: {error.strerror}") from error


def _encoding(path: Path) -> str:
    """The encoding that the beginning of a file speaks for, as the reading of articles hears it."""
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    for mark, codec, _ in MARKS:
        if head.startswith(mark):
            return MARKED[codec]
    if len(head) == HEAD_BYTES:
        head = _whole_lines(head)
    try:
        text = decode(head, name=str(path)).text
    except BadArticle:
        return UTF_8  # what is in no encoding is told row by row
    return next((codec for codec in UNMARKED if head.decode(codec, "replace") == text), UTF_8)


def _whole_lines(head: bytes) -> bytes:
    """Without the line that was cut, perhaps within a letter, which would speak for nothing."""
    end = head.rfind(b"\n") + 1
    if b"\0" in head:
        end += end % 2  # in UTF-16 the other byte of the line's end may come after
    return head[:end] or head


def _table(path: Path, file: TextIO) -> Iterator[tuple[int, Mapping[str, str] | str]]:
    reader = csv.DictReader(file, delimiter=TABLES[path.suffix.lower()])
    try:
        names = [n.strip().lower() for n in reader.fieldnames or ()]
    except csv.Error as error:
        raise BadSource(f"{path}: is no table: {error}") from None
    if not {"ar", "en"} <= set(names):
        raise BadSource(
            f"{path}: the head line needs the columns 'ar' and 'en', it has: "
            f"{', '.join(names[:9]) or 'nothing'}; for a pile of articles add --pair"
        )
    reader.fieldnames = names
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:  # a cell too large, as a lost quote makes one
            yield reader.line_num, f"is no line of a table: {error}"
            continue
        yield reader.line_num, {k: v.strip() for k, v in row.items() if isinstance(v, str)}


def _lines(file: TextIO) -> Iterator[tuple[int, Mapping[str, str] | str]]:
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            yield number, "is no JSON object; write one a line"
            continue
        if not isinstance(row, dict):
            yield number, "is no JSON object; write one a line"
            continue
        yield number, {k: str(v) for k, v in row.items() if k in COLUMNS and v is not None}
