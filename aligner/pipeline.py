"""The whole way for one pair: read, segment, embed, align, set clutter apart, compare."""

from __future__ import annotations

import zlib
from functools import cached_property
from importlib import resources

import aligner
from aligner import alignment, clutter, divergence, segmentation
from aligner.alignment import EncodedArticle
from aligner.bitext import Comparison
from aligner.embedding import Embedder, StaticEmbedder, load_embedder
from aligner.errors import BadPair
from aligner.ingest.given import Source, read_given
from aligner.text import Article, Language

# Fitted files that decide what comes out.
WEIGHTS = (
    ("aligner.alignment", "parameters.json"),
    ("aligner.alignment", "unmarked.json"),
    ("aligner.divergence", "clauses.json"),
    ("aligner.ingest.boilerplate", "weights.json"),
    ("aligner.ingest.boilerplate", "wording.json"),
)


class Pipeline:
    """A loaded model and the steps from two files to a Comparison.

    Make one and use it for many pairs. `model` is a sentence-transformers name or folder; None is
    the bundled model, which also gives the word evidence whatever the model. Safe to share
    between threads. Raises ModelError when the model cannot be had, and WrongUse for a `device`
    (other than "cpu") without a model.
    """

    def __init__(self, model: str | None = None, device: str | None = None) -> None:
        self.lexical = StaticEmbedder.load()
        self.embedder: Embedder = self.lexical
        if (model, device) != (None, None):
            loaded = load_embedder(model, device)
            self.embedder = self.lexical if loaded.name == self.lexical.name else loaded

    @cached_property
    def signature(self) -> str:
        """Versions and settings, to compare results by."""
        return " | ".join(
            (
                f"aligner {aligner.__version__}",
                f"segment:{segmentation.SIGNATURE}",
                f"embed:{self.embedder.name}",
                f"words:{self.lexical.name}",
                f"align:{alignment.SIGNATURE}",
                f"weights:{_weights_digest()}",
            )
        )

    def prepare(self, source: Source, *, paragraphs: str = "auto") -> Article:
        """Read and segment an article, and set apart what looks like clutter by itself.

        A string that is no file name is taken for the text. An Article that is segmented already
        keeps its sentences. Raises BadArticle.
        """
        article = read_given(source, paragraphs=paragraphs)
        if not article.sentences:
            article = segmentation.segment_article(article)
        return clutter.set_apart(article)

    def encode(self, article: Article) -> EncodedArticle:
        """Vectors and word evidence of a prepared article, computed once for all its pairs."""
        return alignment.encode(article, self.embedder, self.lexical)

    def compare(self, ar: Source | EncodedArticle, en: Source | EncodedArticle) -> Comparison:
        """Align two articles and say what stands in one version only.

        They may come in either order: their languages are known. Raises BadPair when both are in
        one language or one of them holds no content, BadArticle when one cannot be read.
        """
        first, second = (self._encoded(ar), self._encoded(en))
        if first.article.language is Language.EN:
            first, second = second, first
        if first.article.language is second.article.language:
            raise BadPair(
                f"{first.article.name or 'the first text'} and "
                f"{second.article.name or 'the second text'} are both in "
                f"{first.article.language.label}; give one Arabic and one English article"
            )
        for side in (first, second):
            if not side.article.content:
                raise BadPair(
                    f"{side.article.name or side.article.language.label}: nothing but site "
                    "clutter found; check that the file holds the article's text"
                )
        return self._compare(first, second)

    def _encoded(self, source: Source | EncodedArticle) -> EncodedArticle:
        return source if isinstance(source, EncodedArticle) else self.encode(self.prepare(source))

    def _compare(self, ar: EncodedArticle, en: EncodedArticle) -> Comparison:
        # Site clutter seldom has a counterpart and content mostly has: so the first alignment,
        # over everything, helps to tell them apart, and the second leaves the clutter out.
        # Where nothing looks like clutter by itself, nothing mostly is: both look at the same.
        tidy = not any(p.boilerplate for side in (ar, en) for p in side.article.paragraphs)
        ar, en = (side.with_article(clutter.put_back(side.article)) for side in (ar, en))
        first = alignment.align(ar, en, rough=True, again=tidy)
        ar, en = clutter.set_apart_by_links(ar, en, first)
        ar, en, beads = alignment.split_unmarked(ar, en, alignment.align(ar, en), self.embedder)
        return Comparison(
            pair=divergence.judge(ar.article, en.article, beads),
            alignment=beads,
            divergences=divergence.find(ar, en, beads),
            signature=self.signature,
        )


def _weights_digest() -> str:
    """Eight hexadecimal digits that change with any fitted weight, whatever the names say."""
    digest = 0
    for part, name in WEIGHTS:
        digest = zlib.crc32((resources.files(part) / name).read_bytes(), digest)
    return f"{digest:08x}"


def compare(
    ar: Source, en: Source, *, model: str | None = None, device: str | None = None
) -> Comparison:
    """Compare an Arabic article with its English counterpart; see Pipeline.compare.

    >>> import aligner
    >>> pair = aligner.compare("seeds/002_b6a495e6997c87aa.txt", "seeds/000_3ede18a199c0dbaf.txt")
    >>> len(pair.only_in("ar")) > 0
    True
    """
    return Pipeline(model, device).compare(ar, en)
