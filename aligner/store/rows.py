"""Comparisons as rows and back. Pure: the workers pack, the one writer only stores."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zlib
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from aligner.bitext import (
    Alignment,
    ArticlePair,
    Bead,
    Comparison,
    Divergence,
    DivergenceKind,
    PairKind,
)
from aligner.errors import StoreError
from aligner.text import Article, Language, Paragraph, Sentence

_QUICK = 1  # zlib level: twice as fast as the default, a tenth larger


class PackedArticle(NamedTuple):
    """A row of `article`."""

    hash: bytes
    language: str
    title: str | None
    date: str | None
    url: str | None
    outlet: str | None
    body: bytes


class PackedBead(NamedTuple):
    """A row of `bead` without its pair."""

    number: int
    ar: str
    en: str
    similarity: float | None
    probability: float
    moved: int


class PackedDivergence(NamedTuple):
    """A row of `divergence` without its pair."""

    number: int
    kind: str
    side: str
    paragraph: int
    sentences: str
    probability: float
    start: int | None
    end: int | None
    other: str
    other_start: int | None
    other_end: int | None
    detail: str


@dataclass(frozen=True, slots=True)
class Packed:
    """A comparison, ready to be stored."""

    ar: PackedArticle
    en: PackedArticle
    kind: str
    ar_aligned: float
    en_aligned: float
    evidence: str
    beads: tuple[PackedBead, ...]
    divergences: tuple[PackedDivergence, ...]
    signature: str


def pack(comparison: Comparison) -> Packed:
    """The rows of a comparison. The articles' names are not among them: the pair knows them."""
    pair = comparison.pair
    return Packed(
        ar=pack_article(pair.ar),
        en=pack_article(pair.en),
        kind=str(pair.kind),
        ar_aligned=float(pair.aligned_share_ar),
        en_aligned=float(pair.aligned_share_en),
        evidence=storable(pair.evidence),
        beads=tuple(
            PackedBead(
                number,
                _numbers(bead.ar),
                _numbers(bead.en),
                None if bead.similarity is None else float(bead.similarity),
                float(bead.probability),
                int(bead.moved),
            )
            for number, bead in enumerate(comparison.alignment)
        ),
        divergences=tuple(
            PackedDivergence(
                number,
                str(d.kind),
                str(d.side),
                int(d.paragraph),
                _numbers(d.sentences),
                float(d.probability),
                *(_span(d.span)),
                _numbers(d.other),
                *(_span(d.other_span)),
                storable(d.detail),
            )
            for number, d in enumerate(comparison.divergences)
        ),
        signature=comparison.signature,
    )


def unpack(packed: Packed, *, ar_name: str = "", en_name: str = "") -> Comparison:
    """The comparison that was packed, with the names that its pair gives its articles."""
    return Comparison(
        pair=ArticlePair(
            ar=replace(unpack_article(packed.ar), name=ar_name),
            en=replace(unpack_article(packed.en), name=en_name),
            kind=PairKind(packed.kind),
            aligned_share_ar=packed.ar_aligned,
            aligned_share_en=packed.en_aligned,
            evidence=packed.evidence,
        ),
        alignment=Alignment(
            tuple(
                Bead(
                    tuple(json.loads(bead.ar)),
                    tuple(json.loads(bead.en)),
                    bead.similarity,
                    bead.probability,
                    bool(bead.moved),
                )
                for bead in packed.beads
            )
        ),
        divergences=tuple(
            Divergence(
                DivergenceKind(d.kind),
                Language(d.side),
                d.paragraph,
                tuple(json.loads(d.sentences)),
                d.probability,
                None if d.start is None or d.end is None else (d.start, d.end),
                tuple(json.loads(d.other)),
                None
                if d.other_start is None or d.other_end is None
                else (d.other_start, d.other_end),
                d.detail,
            )
            for d in packed.divergences
        ),
        signature=packed.signature,
    )


def pack_article(article: Article) -> PackedArticle:
    """The row of an article, which must be segmented."""
    body: dict[str, Any] = {
        "notes": list(article.notes),
        "paragraphs": [_paragraph_row(p) for p in article.paragraphs],
    }
    # Escapes keep a lone surrogate, which UTF-8 cannot; zlib makes up for their length.
    text = json.dumps(body, separators=(",", ":")).encode("ascii")
    about = (
        str(article.language),
        article.title,
        None if article.date is None else article.date.isoformat(),
        article.url,
        article.outlet,
    )
    digest = hashlib.sha256(json.dumps(about).encode("ascii") + text).digest()
    return PackedArticle(
        hash=digest,
        language=str(article.language),
        title=_maybe(article.title),
        date=about[2],
        url=_maybe(article.url),
        outlet=_maybe(article.outlet),
        body=zlib.compress(text, _QUICK),
    )


def unpack_article(packed: PackedArticle) -> Article:
    """The article of a row, without a name."""
    body = json.loads(zlib.decompress(packed.body))
    return Article(
        language=Language(packed.language),
        paragraphs=tuple(_paragraph(*row) for row in body["paragraphs"]),
        title=packed.title,
        date=None if packed.date is None else dt.date.fromisoformat(packed.date),
        url=packed.url,
        outlet=packed.outlet,
        notes=tuple(body["notes"]),
    )


def _paragraph_row(paragraph: Paragraph) -> list[Any]:
    # Sentences tile their paragraph, so that their lengths say all.
    if "".join(s.text for s in paragraph.sentences) != paragraph.text:
        raise StoreError(
            f"line {paragraph.line}: the sentences do not make up their paragraph; segment it first"
        )
    lengths = [len(s.text) for s in paragraph.sentences]
    row = [paragraph.text, int(paragraph.line), int(paragraph.boilerplate), lengths]
    # Only a web page tells these; the rows of other articles are as short as ever.
    if paragraph.outside or paragraph.link_share is not None:
        share = paragraph.link_share
        row += [int(paragraph.outside), None if share is None else float(share)]
    return row


def _paragraph(
    text: str,
    line: int,
    boilerplate: int,
    lengths: list[int],
    outside: int = 0,
    link_share: float | None = None,
) -> Paragraph:
    sentences, start = [], 0
    for length in lengths:
        sentences.append(Sentence(text[start : start + length], start))
        start += length
    return Paragraph(text, line, tuple(sentences), bool(boilerplate), bool(outside), link_share)


def _numbers(numbers: tuple[int, ...]) -> str:
    return "[" + ",".join(str(int(n)) for n in numbers) + "]"


def _span(span: tuple[int, int] | None) -> tuple[int | None, int | None]:
    return (None, None) if span is None else (int(span[0]), int(span[1]))


def storable(text: str) -> str:
    """The text without what SQLite's UTF-8 cannot hold: a lone surrogate is spelled out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _maybe(text: str | None) -> str | None:
    return None if text is None else storable(text)
