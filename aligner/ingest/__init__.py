"""Reading: a file, a text or a pile becomes articles with paragraphs, title and language."""

from aligner.ingest.formats import FORMATS
from aligner.ingest.language import identify
from aligner.ingest.layout import PARAGRAPHS
from aligner.ingest.reading import article_from_text, read_article, read_articles, read_pair
from aligner.ingest.title import find_title

__all__ = [
    "FORMATS",
    "PARAGRAPHS",
    "article_from_text",
    "find_title",
    "identify",
    "read_article",
    "read_articles",
    "read_pair",
]
