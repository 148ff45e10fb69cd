"""What a caller gives for an article: the article, a path, or the text itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from aligner.errors import BadArticle
from aligner.ingest.formats import FORMATS
from aligner.ingest.reading import article_from_text, read_article, read_articles
from aligner.text import Article

Source = Article | str | Path

SHOWN = 20  # characters of what is no article
LONGEST_NAME = 255  # bytes; no system has longer names of files


def read_given(source: Source, *, paragraphs: str = "auto") -> Article:
    """The article that was given. A string that is no file name is taken for the text.

    Raises BadArticle for what cannot be read, or is none of these.
    """
    match source:
        case Article():
            return source
        case Path():
            return read_article(source, paragraphs=paragraphs)
        case str():
            if not _is_path(source):
                return article_from_text(source, paragraphs=paragraphs)
            if " " in source and not _exists(source):
                raise BadArticle(
                    f"{source}: there is no such file; if this is the text itself, "
                    "end it with a line break"
                )
            return read_article(source, paragraphs=paragraphs)
    raise BadArticle(
        f"{_named(source)} is no article; give an Article, the path of a file, or a text"
    )


def read_all_given(sources: Source | Iterable[Source]) -> Iterator[Article]:
    """All articles that were given, those of folders and of files that hold many among them.

    Raises BadArticle as `read_given` and `read_articles` do.
    """
    if isinstance(sources, Article | str | Path) or not isinstance(sources, Iterable):
        sources = [sources]
    for source in sources:
        if isinstance(source, Path) or (isinstance(source, str) and _exists(source)):
            yield from read_articles(source)
        else:
            yield read_given(source)


def _is_path(source: str) -> bool:
    """Whether a string names a file rather than being the text itself.

    A text has a line break, or words; a name that is neither there nor looks like text is taken
    for a path, so that a slip of the pen is reported as a missing file.
    """
    if not source.strip() or "\n" in source:
        return False
    if any(len(part.encode(errors="replace")) > LONGEST_NAME for part in Path(source).parts):
        return False
    return (
        source == "-"
        or " " not in source.strip()
        or _exists(source)
        or Path(source).suffix.lower() in FORMATS
    )


def _exists(name: str) -> bool:
    try:
        return bool(name) and Path(name).exists()
    except (OSError, ValueError):  # too long for a name, or with characters that none has
        return False


def _named(value: object) -> str:
    """A value that is nothing of ours: itself where that is short, as None is, or its type."""
    shown = str(value)
    return shown if len(shown) <= SHOWN and "\n" not in shown else type(value).__name__
