"""An alignment whose sentences are cut where an end without a mark was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from aligner.alignment.encoded import EncodedArticle, tokens_of, weight_of
from aligner.alignment.unmarked import Pair, Part, Sides, cut_up, sentences, softly_cut
from aligner.bitext import Alignment, Bead
from aligner.embedding.protocol import Embedder
from aligner.text import Sentence


def split_unmarked(
    ar: EncodedArticle, en: EncodedArticle, alignment: Alignment, embedder: Embedder
) -> tuple[EncodedArticle, EncodedArticle, Alignment]:
    """Cut the sentences that hold several ends without a mark, and their beads with them.

    Only sentences that our rules made (`Article.rule_split`) are cut. All else stays as it is,
    but for the sentences' numbers. Where nothing is cut, these very arguments come back.
    """
    sides = (ar, en)
    cuts: dict[int, list[tuple[Pair, float]]] = {}
    for number, bead in enumerate(alignment):
        if bead.is_null:
            continue
        pairs = cut_up(sides, pair_of(sides, bead), (ar.article.rule_split, en.article.rule_split))
        if len(pairs) > 1:
            cuts[number] = pairs
    if not cuts:
        return ar, en, alignment
    made = [_recut(sides[side], _parts(side, cuts), embedder) for side in (0, 1)]
    return made[0].encoded, made[1].encoded, _renumbered(alignment, cuts, made[0], made[1])


def pair_of(sides: Sides, bead: Bead) -> Pair:
    """A bead's sentences; the English ones in parts where they look like several.

    The look of English is not trusted alone: one Arabic sentence that may be cut must fall into
    the same parts.
    """
    ar, en = sentences(sides[0], bead.ar), sentences(sides[1], bead.en)
    if len(ar) == 1 and all(side.article.rule_split for side in sides):
        en = softly_cut(sides[1], en)
    return ar, en


@dataclass(frozen=True, eq=False)
class _Recut:
    """An article whose sentences were cut; `numbers` by old number and start of the part."""

    encoded: EncodedArticle
    numbers: dict[tuple[int, int], int]


def _parts(side: int, cuts: dict[int, list[tuple[Pair, float]]]) -> dict[int, list[Part]]:
    """The parts of each sentence that is in a bead which was cut, in order."""
    parts: dict[int, list[Part]] = {}
    for pairs in cuts.values():
        for pair, _ in pairs:
            for part in pair[side]:
                parts.setdefault(part.sentence, []).append(part)
    return parts


def _recut(encoded: EncodedArticle, parts: dict[int, list[Part]], embedder: Embedder) -> _Recut:
    article = encoded.article
    pieces: list[Part] = []
    paragraphs = []
    for paragraph, numbers in zip(article.paragraphs, article.sentence_numbers, strict=True):
        before = len(pieces)
        for number in numbers:
            pieces += parts.get(number) or sentences(encoded, [number])
        tiles = tuple(_tile(article.sentences[p.sentence], p) for p in pieces[before:])
        paragraphs.append(replace(paragraph, sentences=tiles))
    changed = replace(article, paragraphs=tuple(paragraphs))
    old = [part.sentence for part in pieces]
    vectors, characters = encoded.vectors[old], encoded.characters[old]
    tokens = [encoded.tokens[i] for i in old]
    spans = encoded.words.spans.copy()
    new = [n for n, part in enumerate(pieces) if len(parts.get(part.sentence, ())) > 1]
    texts = [changed.sentences[n].stripped for n in new]
    if new:
        vectors[new] = embedder.embed(texts)
    for n, text in zip(new, texts, strict=True):
        characters[n] = weight_of(text)
        tokens[n] = tokens_of(text, article.language)
        # The words' places count from the first letter of their sentence.
        whole = article.sentences[pieces[n].sentence].text
        first, end = pieces[n].words
        spans[first:end] -= max(pieces[n].start - (len(whole) - len(whole.lstrip())), 0)
    starts = np.array([0, *(part.words[1] for part in pieces)], dtype=np.int64)
    return _Recut(
        replace(
            encoded,
            article=changed,
            vectors=vectors,
            words=replace(encoded.words, starts=starts, spans=spans),
            characters=characters,
            tokens=tuple(tokens),
        ),
        {(part.sentence, part.start): n for n, part in enumerate(pieces)},
    )


def _tile(sentence: Sentence, part: Part) -> Sentence:
    return Sentence(sentence.text[part.start : part.end], sentence.start + part.start)


def _renumbered(
    alignment: Alignment, cuts: dict[int, list[tuple[Pair, float]]], ar: _Recut, en: _Recut
) -> Alignment:
    beads = []
    for number, bead in enumerate(alignment):
        if number in cuts:
            for (here, there), sure in cuts[number]:
                a, e = _numbers(ar, here), _numbers(en, there)
                chance = round(bead.probability * sure, 4)
                beads.append(Bead(a, e, _cosine(ar, en, a, e), chance, bead.moved))
        else:
            a = tuple(ar.numbers[i, 0] for i in bead.ar)
            e = tuple(en.numbers[j, 0] for j in bead.en)
            beads.append(replace(bead, ar=a, en=e))
    return Alignment(tuple(beads))


def _numbers(recut: _Recut, parts: Sequence[Part]) -> tuple[int, ...]:
    return tuple(recut.numbers[part.sentence, part.start] for part in parts)


def _cosine(ar: _Recut, en: _Recut, a: Sequence[int], e: Sequence[int]) -> float:
    x = ar.encoded.vectors[list(a)].sum(axis=0)
    y = en.encoded.vectors[list(e)].sum(axis=0)
    norm = float(np.linalg.norm(x) * np.linalg.norm(y))
    return float(np.clip(x @ y / norm, -1.0, 1.0)) if norm > 0 else 0.0
