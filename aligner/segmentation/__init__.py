"""A paragraph to its sentences, one module a language; and forms for comparing."""

from __future__ import annotations

from dataclasses import replace

from aligner.segmentation import arabic, english
from aligner.segmentation.boundaries import split
from aligner.segmentation.normal import normalise
from aligner.text import Article, Language, Sentence

__all__ = ["SIGNATURE", "normalise", "segment", "segment_article"]

SIGNATURE = "rules-2"  # of the rules: results are comparable only where it is the same

ENDS_SENTENCE = {Language.AR: arabic.ends_sentence, Language.EN: english.ends_sentence}


def segment(text: str, language: Language) -> tuple[Sentence, ...]:
    """Split a paragraph into its sentences.

    They tile the text: joined they give it exactly, white space included. An empty text has
    none. Where a mark may or may not end a sentence, it does not: half a sentence misleads an
    aligner more than two sentences in one do. A blank line always ends a sentence.
    """
    return split(text, ENDS_SENTENCE[Language(language)])


def segment_article(article: Article) -> Article:
    """The same article with the sentences of every paragraph filled in."""
    ends_sentence = ENDS_SENTENCE[article.language]
    paragraphs = tuple(
        [replace(p, sentences=split(p.text, ends_sentence)) for p in article.paragraphs]
    )
    return replace(article, paragraphs=paragraphs, rule_split=True)
