"""From an article to what the aligner needs, kept while it is likely to be asked for again."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import replace
from typing import Protocol

from aligner import alignment, segmentation
from aligner.alignment import EncodedArticle
from aligner.embedding import StaticEmbedder
from aligner.ingest import boilerplate
from aligner.pairing.words import key
from aligner.text import Article

KEPT = 32  # encoded articles a side, some 300 KB each; those that are compared come together


class Encoder(Protocol):
    """The steps of a `Pipeline` that pairing uses."""

    @property
    def lexical(self) -> StaticEmbedder: ...

    def prepare(self, source: Article, /) -> Article: ...

    def encode(self, article: Article, /) -> EncodedArticle: ...


class BundledEncoder:
    """These steps with the bundled model."""

    def __init__(self) -> None:
        self.lexical = StaticEmbedder.load()

    def prepare(self, source: Article, /) -> Article:
        article = source if source.sentences else segmentation.segment_article(source)
        return boilerplate.set_apart(article, boilerplate.clutter_probability(article))

    def encode(self, article: Article, /) -> EncodedArticle:
        return alignment.encode(article, self.lexical, self.lexical)


def encode(encoder: Encoder, article: Article, repeated: Collection[str]) -> EncodedArticle:
    """Encode an article with its clutter and what the pile repeats set apart.

    Where nothing would be left, only the repeated paragraphs are: a short article can look like
    clutter all over.
    """
    prepared = encoder.prepare(article)
    again = [key(p.text) in repeated for p in prepared.paragraphs]
    flags = [p.boilerplate or r for p, r in zip(prepared.paragraphs, again, strict=True)]
    if all(flags):
        flags = again
    paragraphs = zip(prepared.paragraphs, flags, strict=True)
    return encoder.encode(
        replace(prepared, paragraphs=tuple(replace(p, boilerplate=f) for p, f in paragraphs))
    )


class Shelf:
    """The encoded articles of one side that were asked for last."""

    def __init__(self, encoder: Encoder, repeated: Collection[str], kept: int = KEPT) -> None:
        self._encoder = encoder
        self._repeated = repeated
        self._kept = kept
        self._encoded: OrderedDict[int, EncodedArticle] = OrderedDict()

    def get(self, number: int, article: Article) -> EncodedArticle:
        """The article of this number, encoded."""
        found = self._encoded.get(number)
        if found is None:
            found = encode(self._encoder, article, self._repeated)
            self._encoded[number] = found
            if len(self._encoded) > self._kept:
                self._encoded.popitem(last=False)
        else:
            self._encoded.move_to_end(number)
        return found
