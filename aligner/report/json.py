"""JSON: everything that is known of a pair, and the way back from it.

The schema is told in docs/json.md. What can be worked out from the rest (a sentence's text, a
bead's type) is written for the reader's sake and not read back.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from aligner.bitext import (
    Alignment,
    ArticlePair,
    Bead,
    Comparison,
    Divergence,
    DivergenceKind,
    PairKind,
)
from aligner.errors import BadComparison
from aligner.text import SIDES, Article, Language, Paragraph, Sentence

# The number grows when a field changes its meaning or goes; new fields leave it as it is.
SCHEMA = "aligner.comparison/1"


def render(comparison: Comparison) -> str:
    """The comparison as indented JSON, Arabic as Arabic letters, with a newline at the end."""
    text = json.dumps(to_dict(comparison), ensure_ascii=False, indent=2) + "\n"
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate, which only an escape can carry
        text = json.dumps(to_dict(comparison), indent=2) + "\n"
    return text


def read(text: str | bytes) -> Comparison:
    """The comparison that `render` wrote.

    Raises BadComparison for what is not JSON or not of this schema.
    """
    try:
        fields = json.loads(text)
    except ValueError as error:
        raise BadComparison(f"not JSON: {error}") from None
    return from_dict(fields)


def to_dict(comparison: Comparison) -> dict[str, Any]:
    """Plain dicts, lists, strings and numbers; `from_dict` gives an equal comparison back."""
    pair = comparison.pair
    return {
        "schema": SCHEMA,
        "signature": comparison.signature,
        "least_probability": float(comparison.least_probability),
        "pair": {
            "kind": pair.kind.value,
            "is_translation": pair.kind.is_translation,
            "aligned_share": {
                "ar": float(pair.aligned_share_ar),
                "en": float(pair.aligned_share_en),
            },
            "evidence": pair.evidence,
        },
        "articles": {side.value: _article(comparison.side(side)) for side in SIDES},
        "beads": [_bead(bead) for bead in comparison.alignment],
        "divergences": [_divergence(d, comparison) for d in comparison.divergences],
    }


def _article(article: Article) -> dict[str, Any]:
    numbers = article.sentence_numbers
    return {
        "name": article.name,
        "title": article.title,
        "date": article.date.isoformat() if article.date else None,
        "url": article.url,
        "outlet": article.outlet,
        "notes": list(article.notes),
        "paragraphs": [
            {
                "number": number,
                "line": paragraph.line,
                "boilerplate": bool(paragraph.boilerplate),
                "outside": bool(paragraph.outside),
                "link_share": None if paragraph.link_share is None else float(paragraph.link_share),
                "text": paragraph.text,
                "sentences": [
                    {"number": i, "start": s.start, "end": s.end, "text": s.text}
                    for i, s in zip(numbers[number], paragraph.sentences, strict=True)
                ],
            }
            for number, paragraph in enumerate(article.paragraphs)
        ],
    }


def _bead(bead: Bead) -> dict[str, Any]:
    return {
        "type": bead.type,
        "ar": [int(i) for i in bead.ar],
        "en": [int(i) for i in bead.en],
        "similarity": None if bead.similarity is None else float(bead.similarity),
        "probability": float(bead.probability),
        "moved": bool(bead.moved),
    }


def _divergence(divergence: Divergence, comparison: Comparison) -> dict[str, Any]:
    return {
        "kind": divergence.kind.value,
        "side": divergence.side.value,
        "paragraph": int(divergence.paragraph),
        "sentences": [int(i) for i in divergence.sentences],
        "probability": float(divergence.probability),
        "span": _span(divergence.span),
        "other": [int(i) for i in divergence.other],
        "other_span": _span(divergence.other_span),
        "detail": divergence.detail,
        "text": comparison.text_of(divergence),
    }


def _span(span: tuple[int, int] | None) -> list[int] | None:
    return None if span is None else [int(span[0]), int(span[1])]


def from_dict(fields: dict[str, Any]) -> Comparison:
    """The comparison that `to_dict` wrote.

    Raises BadComparison with what is missing or wrong.
    """
    schema = fields.get("schema") if isinstance(fields, dict) else None
    if schema != SCHEMA:
        raise BadComparison(f"'schema' is {schema!r}; this version reads {SCHEMA!r}")
    try:
        return _read_comparison(fields)
    except KeyError as error:
        raise BadComparison(f"{SCHEMA}: the field {error} is missing") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise BadComparison(f"{SCHEMA}: a field has a wrong value: {error}") from None


def _read_comparison(fields: dict[str, Any]) -> Comparison:
    pair, articles = fields["pair"], fields["articles"]
    comparison = Comparison(
        pair=ArticlePair(
            ar=_read_article(Language.AR, articles["ar"]),
            en=_read_article(Language.EN, articles["en"]),
            kind=PairKind(pair["kind"]),
            aligned_share_ar=pair["aligned_share"]["ar"],
            aligned_share_en=pair["aligned_share"]["en"],
            evidence=pair["evidence"],
        ),
        alignment=Alignment(
            tuple(
                Bead(
                    ar=tuple(b["ar"]),
                    en=tuple(b["en"]),
                    similarity=b["similarity"],
                    probability=b["probability"],
                    moved=b["moved"],
                )
                for b in fields["beads"]
            )
        ),
        divergences=tuple(
            Divergence(
                kind=DivergenceKind(d["kind"]),
                side=Language(d["side"]),
                paragraph=d["paragraph"],
                sentences=tuple(d["sentences"]),
                probability=d["probability"],
                span=_read_span(d["span"]),
                other=tuple(d["other"]),
                other_span=_read_span(d["other_span"]),
                detail=d["detail"],
            )
            for d in fields["divergences"]
        ),
        signature=fields["signature"],
        least_probability=float(fields.get("least_probability", 0.0)),  # a later field
    )
    _check_numbers(comparison)
    return comparison


def _check_numbers(comparison: Comparison) -> None:
    """See that every sentence and paragraph spoken of is there. Raises BadComparison."""
    spoken = {side: {i for b in comparison.alignment for i in b.side(side)} for side in SIDES}
    for d in comparison.divergences:
        spoken[d.side].update(d.sentences)
        spoken[d.side.other].update(d.other)
        if not 0 <= d.paragraph < len(comparison.side(d.side).paragraphs):
            raise BadComparison(f"{SCHEMA}: {d.side} has no paragraph {d.paragraph}")
    for side, numbers in spoken.items():
        known = len(comparison.side(side).sentences)
        for i in sorted(numbers):
            if not 0 <= i < known:
                raise BadComparison(f"{SCHEMA}: {side} has no sentence {i}, only {known}")


def _read_article(language: Language, fields: dict[str, Any]) -> Article:
    return Article(
        language=language,
        paragraphs=tuple(
            Paragraph(
                text=p["text"],
                line=p["line"],
                sentences=tuple(Sentence(s["text"], s["start"]) for s in p["sentences"]),
                boilerplate=p["boilerplate"],
                outside=p["outside"],
                link_share=p["link_share"],
            )
            for p in fields["paragraphs"]
        ),
        name=fields["name"],
        title=fields["title"],
        date=dt.date.fromisoformat(fields["date"]) if fields["date"] else None,
        url=fields["url"],
        outlet=fields["outlet"],
        notes=tuple(fields["notes"]),
    )


def _read_span(span: list[int] | None) -> tuple[int, int] | None:
    if span is None:
        return None
    start, end = span
    return start, end
