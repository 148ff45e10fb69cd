"""Reading: a file, a text or a pile becomes articles with paragraphs, title and language."""

from aligner.ingest.formats import FORMATS
from aligner.ingest.language import identify
from aligner.ingest.layout import PARAGRAPHS
from aligner.ingest.reading import article_from_text, read_article, read_articles, read_pair

__all__ = [
    "FORMATS",
    "PARAGRAPHS",
    "article_from_text",
    "identify",
    "read_article",
    "read_articles",
    "read_pair",
]
