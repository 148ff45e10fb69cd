"""Many articles at once: files, folders, globs, piles, and manifests that list them.

A manifest is a table (`.csv`, `.tsv`) or JSON lines with a `path` for each article, read from the
manifest's own folder, and where known `language`, `date`, `url`, `outlet` and `id`.
"""

from __future__ import annotations

import csv
import glob
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from aligner.errors import BadArticle
from aligner.ingest import pile, source
from aligner.ingest.draft import parse_date
from aligner.ingest.encoding import decode
from aligner.ingest.formats import FORMATS, PILE_SUFFIXES
from aligner.ingest.reading import read_article, read_articles
from aligner.text import Article, Language

TABLES = {".csv": ",", ".tsv": "\t"}
PATH_COLUMNS = ("path", "file", "filename")
LANGUAGE_COLUMNS = ("language", "lang")
KINDS_TOLD = 5

OnError = Callable[[BadArticle], None]


@dataclass(frozen=True)
class Entry:
    """An article, the file that holds it and nothing else (None for one of a pile of many), and
    what names it to the batch: that file, or `pile.jsonl#id`."""

    article: Article
    path: Path | None
    reference: str


def read_sources(
    sources: Iterable[str | Path], *, paragraphs: str = "auto", on_error: OnError
) -> Iterator[Entry]:
    """Read all articles that these files, folders, globs, piles and manifests name, each once.

    Folders are read with all below them. What cannot be read, or is in a third language, is handed
    to `on_error` and left out; of a folder's files of other kinds only the number is told. Raises
    BadArticle for a source that is not there.
    """
    seen: set[Path] = set()
    for given in sources:
        for path in _expand(given, on_error):
            resolved = path.resolve()
            if resolved in seen:
                continue
            seen.add(resolved)
            yield from _read_file(path, paragraphs, on_error)


def _expand(given: str | Path, on_error: OnError) -> Iterator[Path]:
    path = Path(given)
    if path.is_dir():
        yield from _below(path, on_error)
    elif path.exists():
        yield path
    elif glob.has_magic(str(given)):
        # Path.glob takes no absolute patterns.
        found = sorted(glob.glob(str(given), recursive=True))  # noqa: PTH207
        if not found:
            raise BadArticle(f"{given}: no file is so named; mind the quotes around a pattern")
        for name in found:
            if Path(name).is_file():
                yield Path(name)
    else:
        raise BadArticle(f"{given}: there is no such file or folder")


def _below(folder: Path, on_error: OnError) -> Iterator[Path]:
    """The files in a folder and below it that can be read; the hidden ones are left alone."""
    known = {*FORMATS, *PILE_SUFFIXES}
    others: Counter[str] = Counter()
    empty = True
    for file in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if hidden or not file.is_file():
            continue
        empty = False
        if file.suffix.lower() in known:
            yield file
        else:
            others[file.suffix.lower() or "without a suffix"] += 1
    if others:
        kinds = ", ".join(kind for kind, _ in others.most_common(KINDS_TOLD))
        more = ", …" if len(others) > KINDS_TOLD else ""
        files = "1 file" if others.total() == 1 else f"{others.total():,} files"
        on_error(
            BadArticle(
                f"{folder}: {files} of other kinds ({kinds}{more}); "
                "name one by itself to have it read"
            )
        )
    elif empty:
        on_error(BadArticle(f"{folder}: there is no file in this folder"))


def _read_file(path: Path, paragraphs: str, on_error: OnError) -> Iterator[Entry]:
    suffix = path.suffix.lower()
    if suffix in TABLES:
        yield from _read_rows(path, _table(path, TABLES[suffix]), paragraphs, on_error)
    elif suffix in PILE_SUFFIXES and _lists_paths(path):
        yield from _read_rows(path, _records(path, on_error), paragraphs, on_error)
    elif suffix in PILE_SUFFIXES or suffix == ".json":
        for article in read_articles(path, paragraphs=paragraphs, on_error=on_error):
            yield Entry(article, None, pile.reference(path, article.name))
    else:
        try:
            yield Entry(read_article(path, paragraphs=paragraphs), path, str(path))
        except BadArticle as error:
            on_error(error)


def _read_rows(
    manifest: Path,
    rows: Iterator[tuple[int, Mapping[str, str]]],
    paragraphs: str,
    on_error: OnError,
) -> Iterator[Entry]:
    for number, row in rows:
        where = f"{manifest}:{number}"
        name = next((row[c] for c in PATH_COLUMNS if row.get(c)), None)
        if name is None:
            on_error(BadArticle(f"{where}: no path; give each article one in a column 'path'"))
            continue
        path = manifest.parent / name
        try:
            article = read_article(path, language=_language(row, where), paragraphs=paragraphs)
            yield Entry(_known(article, row, where), path, str(path))
        except BadArticle as error:
            on_error(error)


def _known(article: Article, row: Mapping[str, str], where: str) -> Article:
    """The article with what the manifest knows of it."""
    date = article.date
    if row.get("date"):
        date = parse_date(row["date"])
        if date is None:
            raise BadArticle(f"{where}: date {row['date']!r} is not understood; write 2024-05-19")
    return replace(
        article,
        name=row.get("id") or article.name,
        date=date,
        url=row.get("url") or article.url,
        outlet=row.get("outlet") or article.outlet,
        title=row.get("title") or article.title,
        title_guessed=article.title_guessed and not row.get("title"),
    )


def _language(row: Mapping[str, str], where: str) -> Language | None:
    written = next((row[c] for c in LANGUAGE_COLUMNS if row.get(c)), "").lower()
    if not written:
        return None
    if written[:2] not in ("ar", "en"):
        raise BadArticle(f"{where}: language {written!r}; only Arabic ('ar') and English ('en')")
    return Language(written[:2])


def _table(path: Path, separator: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    text = decode(source.read_bytes(path), name=str(path)).text
    lines = csv.DictReader(text.splitlines(), delimiter=separator)
    if not set(lines.fieldnames or ()) & set(PATH_COLUMNS):
        raise BadArticle(f"{path}: it has no column 'path'; a manifest names a file in each row")
    for row in lines:
        yield lines.line_num, {k: (v or "").strip() for k, v in row.items() if isinstance(v, str)}


def _records(path: Path, on_error: OnError) -> Iterator[tuple[int, Mapping[str, str]]]:
    text = decode(source.read_bytes(path), name=str(path)).text
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError:
            on_error(BadArticle(f"{path}:{number}: this is no JSON"))
            continue
        if isinstance(record, dict):
            yield number, {k: str(v) for k, v in record.items() if v is not None}


def _lists_paths(path: Path) -> bool:
    """Whether the first record names a file rather than holding an article."""
    try:
        with path.open(encoding="utf-8-sig") as lines:
            first = json.loads(next((line for line in lines if line.strip()), "null"))
    except (OSError, ValueError):
        return False  # the reader of piles says what is wrong with it
    return isinstance(first, dict) and "path" in first and not {"paragraphs", "text"} & set(first)
