"""Articles as JSON: one object a line (`.jsonl`), or one object or a list of them (`.json`).

An object has `paragraphs` (strings, or lists of sentences) or `text`, and where known `id`,
`lang`, `title`, `date`, `url` and `outlet`. Names that crawlers use for these are known too.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from aligner.errors import BadArticle
from aligner.ingest import plain, source
from aligner.ingest.draft import Draft, parse_date
from aligner.ingest.encoding import clean, decode
from aligner.text import Language, Paragraph

FIELDS = {
    "name": ("id", "name"),
    "language": ("lang", "language"),
    "title": ("title", "headline"),
    "paragraphs": ("paragraphs",),
    "text": ("text", "body", "content", "maintext", "articleBody"),
    "date": ("date", "published", "date_publish", "datePublished"),
    "url": ("url", "link"),
    "outlet": ("outlet", "source", "source_domain", "site"),
}
LANGUAGES = {
    "ar": Language.AR, "ara": Language.AR, "arb": Language.AR, "arabic": Language.AR,
    "en": Language.EN, "eng": Language.EN, "english": Language.EN,
}  # fmt: skip

OnError = Callable[[BadArticle], None]


def read(content: bytes, *, name: str, paragraphs: str = "auto") -> Draft:
    """The one article of a file. Raises BadArticle where there are more (see `read_articles`)."""
    drafts = list(_of_content(content, name, paragraphs))
    if len(drafts) == 1:
        return drafts[0]
    if not drafts:
        raise BadArticle(f"{name}: it holds no article")
    raise BadArticle(f"{name}: it holds {len(drafts)} articles; one is wanted here")


def read_pile(
    path: Path, *, paragraphs: str = "auto", on_error: OnError | None = None
) -> Iterator[Draft]:
    """Every article of a file; of a `.jsonl` file only a line is in memory at a time.

    Raises BadArticle at a line that holds none, or hands it to `on_error` and goes on.
    """
    listed = path.suffix.lower() == ".json"
    for number, _, record in _placed(path):
        where = f"{path}, article {number}" if listed else f"{path}:{number}"
        try:
            value = _parsed(record, where) if isinstance(record, bytes) else record
            draft = from_record(value, name=where, paragraphs=paragraphs)
            yield replace(draft, name=draft.name or f"{path}:{number}")
        except BadArticle as error:
            if on_error is None:
                raise
            on_error(error)


def places(path: Path) -> Iterator[tuple[str, object]]:
    """The ids of a pile's articles, each with what `read_place` needs; without an id, its number.

    Records that are no articles are passed over.
    """
    for number, place, record in _placed(path):
        try:
            value = _parsed(record, "") if isinstance(record, bytes) else record
            identity = _string(value, "name", "") if isinstance(value, dict) else None
        except BadArticle:
            continue
        if isinstance(value, dict):
            yield identity or str(number), place


def read_place(path: Path, place: object, *, name: str, paragraphs: str = "auto") -> Draft:
    """The article that `places` found there. Raises BadArticle."""
    record = place
    if isinstance(place, int):
        try:
            with path.open("rb") as file:
                file.seek(place)
                record = _parsed(file.readline(source.MAX_BYTES + 1), name)
        except OSError as error:
            raise source.cannot_read(path, error) from error
    return from_record(record, name=name, paragraphs=paragraphs)


def from_record(record: object, *, name: str, paragraphs: str = "auto") -> Draft:
    """The draft of one JSON object. Raises BadArticle with the field that is wrong."""
    if not isinstance(record, dict):
        raise BadArticle(f"{name}: an article must be a JSON object, not {_kind(record)}")
    notes: list[str] = []
    language = _string(record, "language", name)
    date = _string(record, "date", name)
    day = parse_date(date) if date else None
    if date and day is None:
        notes.append(f"date {date!r} is not understood; write it as 2024-05-19")
    given = _paragraphs(record, name)
    if given is None:
        text = _string(record, "text", name)
        if text is None:
            raise BadArticle(f"{name}: it has neither 'paragraphs' nor 'text'; add one of them")
        draft = plain.from_text(text, paragraphs=paragraphs)
    else:
        draft = plain.from_paragraphs(given)
    title = plain.from_paragraphs([Paragraph(_string(record, "title", name) or "", 1)])
    return Draft(
        paragraphs=draft.paragraphs,
        title=" ".join(p.text for p in title.paragraphs) or draft.title,
        language=_language(language, name) if language else None,
        name=_string(record, "name", name) or "",
        date=day or draft.date,
        url=_string(record, "url", name) or draft.url,
        outlet=_string(record, "outlet", name) or draft.outlet,
        notes=(*notes, *draft.notes),
    )


def _placed(path: Path) -> Iterator[tuple[int, object, object]]:
    """The number, the place (where a line begins, else the record itself) and the record."""
    if path.suffix.lower() != ".json":
        yield from _lines(path)
        return
    value = _parsed(source.read_bytes(path), str(path))
    for number, record in enumerate(value if isinstance(value, list) else [value], 1):
        yield number, record, record


def _lines(path: Path) -> Iterator[tuple[int, int, bytes]]:
    """The lines that are not blank, with their numbers and where they begin."""
    try:
        with path.open("rb") as file:
            number = begin = 0
            while line := file.readline(source.MAX_BYTES + 1):
                number += 1
                if len(line) > source.MAX_BYTES:
                    raise BadArticle(
                        f"{path}:{number}: a line may have {source.MAX_BYTES // 2**20} MiB at most"
                    )
                if line.strip():
                    yield number, begin, line
                begin += len(line)
    except (OSError, ValueError) as error:
        raise source.cannot_read(path, error) from error


def _of_content(content: bytes, name: str, paragraphs: str) -> Iterator[Draft]:
    """One JSON value, or one a line."""
    lines = [line for line in content.splitlines() if line.strip()]
    if lines[1:] and lines[0].strip().endswith(b"}"):
        records = [(f"{name}:{n}", _parsed(line, f"{name}:{n}")) for n, line in enumerate(lines, 1)]
    else:
        value = _parsed(content, name)
        records = [(name, item) for item in (value if isinstance(value, list) else [value])]
    for where, record in records:
        yield from_record(record, name=where, paragraphs=paragraphs)


def _parsed(content: bytes, name: str) -> object:
    try:
        return json.loads(decode(content, name=name).text)
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", "nested too deep")
        raise BadArticle(f"{name}: this is no JSON ({reason}); mend or remove it") from error


def _field(record: Mapping[str, Any], meaning: str) -> tuple[str, Any]:
    """The first of a field's names that has a value; WordPress wraps a text in `rendered`."""
    for key in FIELDS[meaning]:
        match record.get(key):
            case None:
                continue
            case {"rendered": str(rendered)}:
                return key, rendered
            case value:
                return key, value
    return FIELDS[meaning][0], None


def _string(record: Mapping[str, Any], meaning: str, name: str) -> str | None:
    key, value = _field(record, meaning)
    if meaning == "name" and isinstance(value, int):
        return str(value)
    if value is not None and not isinstance(value, str):
        raise BadArticle(f"{name}: field '{key}' is {_kind(value)}; a string is wanted")
    return clean(value).text.strip() if value is not None and meaning != "text" else value


def _paragraphs(record: Mapping[str, Any], name: str) -> list[Paragraph] | None:
    """The given paragraphs, numbered from 1 for want of lines; blank ones keep their number."""
    key, value = _field(record, "paragraphs")
    if value is None:
        return None
    if not isinstance(value, list):
        raise BadArticle(f"{name}: field '{key}' is {_kind(value)}; a list of strings is wanted")
    found = []
    for number, item in enumerate(value, 1):
        sentences = item if isinstance(item, list) else [item]
        if not all(isinstance(sentence, str) for sentence in sentences):
            raise BadArticle(f"{name}: field '{key}' has an item {number} that is not a string")
        text = clean(" ".join(sentences)).text.strip()
        if text:
            found.append(Paragraph(text, number))
    return found


def _language(written: str, name: str) -> Language:
    primary = written.lower().replace("_", "-").split("-")[0]  # "ar-SA" is Arabic
    if primary not in LANGUAGES:
        raise BadArticle(f"{name}: its language is {written!r}; use 'ar' or 'en'")
    return LANGUAGES[primary]


def _kind(value: object) -> str:
    match value:
        case None:
            return "null"
        case bool() | int() | float():
            return "a number"
        case str():
            return "a string"
        case list():
            return "a list"
        case _:
            return "an object"
