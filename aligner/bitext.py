"""Bead, Alignment, Divergence, ArticlePair, Comparison: what stands against what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from aligner.text import Article, Language


@dataclass(frozen=True, slots=True)
class Bead:
    """A smallest group of sentences that say the same thing on both sides.

    `ar` and `en` are sentence numbers, ascending. One of them may be empty: a null bead, a
    sentence without a counterpart.
    """

    ar: tuple[int, ...]
    en: tuple[int, ...]
    similarity: float | None  # cosine, -1 to 1; None for a null bead
    probability: float  # 0 to 1, that the bead is right; of a null: that no counterpart exists
    moved: bool = False  # it crosses the order of the other beads

    @property
    def is_null(self) -> bool:
        return not self.ar or not self.en

    @property
    def type(self) -> str:
        """The bead type as the field writes it: `1-1`, `1-2`, `0-1`."""
        return f"{len(self.ar)}-{len(self.en)}"

    def side(self, language: Language) -> tuple[int, ...]:
        return self.ar if language == Language.AR else self.en


@dataclass(frozen=True)
class Alignment:
    """Beads that hold every content sentence of both sides exactly once.

    The beads stand in Arabic order; an English null bead follows the bead of the English
    sentence before it. Boilerplate sentences are in no bead.
    """

    beads: tuple[Bead, ...]

    def __repr__(self) -> str:
        alone = ", ".join(f"unmatched_{side}={len(self.unmatched(side))}" for side in Language)
        return f"Alignment(beads={len(self)}, {alone})"

    def __iter__(self) -> Iterator[Bead]:
        return iter(self.beads)

    def __len__(self) -> int:
        return len(self.beads)

    def unmatched(self, side: Language) -> tuple[int, ...]:
        """Numbers of the sentences of `side` that are in a null bead, ascending."""
        return tuple(sorted(i for b in self.beads if b.is_null for i in b.side(side)))

    @cached_property
    def _bead_of(self) -> dict[tuple[Language, int], Bead]:
        return {(side, i): b for b in self.beads for side in Language for i in b.side(side)}

    def bead_of(self, side: Language, sentence: int) -> Bead | None:
        """The bead that holds this sentence; None for boilerplate."""
        return self._bead_of.get((side, sentence))


class DivergenceKind(StrEnum):
    """What differs. The order is the order in which reports tell them."""

    PARAGRAPH = "paragraph"  # a whole paragraph that is in one version only
    SENTENCE = "sentence"  # a sentence that is in one version only
    CLAUSE = "clause"  # part of an aligned sentence that is in one version only
    NUMBER = "number"  # an aligned pair whose numbers differ in value
    DATE = "date"
    NAME = "name"
    MOVED = "moved"  # not missing: it stands elsewhere in the other version


@dataclass(frozen=True, slots=True)
class Divergence:
    """Something that the two versions do not share.

    It stands on `side`: there it is shown, by sentences and, where it is smaller than a
    sentence, by a span of its paragraph. `other` names the sentences of the other side against
    which it was found (a clause's or a number's counterpart, a moved passage's new place).
    """

    kind: DivergenceKind
    side: Language
    paragraph: int  # paragraph number on `side`
    sentences: tuple[int, ...]  # sentence numbers on `side`
    probability: float  # 0 to 1, that a reader would agree
    span: tuple[int, int] | None = None  # code points in the paragraph's text; None: all of it
    other: tuple[int, ...] = ()  # sentence numbers on the other side
    other_span: tuple[int, int] | None = None  # code points in the paragraph of `other[0]`
    detail: str = ""  # what a reader needs besides, such as "3,500 here, 5,300 there"


class PairKind(StrEnum):
    """How the two texts belong together."""

    PARALLEL = "parallel"
    NOISY_PARALLEL = "noisy parallel"
    COMPARABLE = "comparable"
    UNRELATED = "unrelated"

    @property
    def is_translation(self) -> bool:
        """Whether a gap may be called an omission at all."""
        return self in (PairKind.PARALLEL, PairKind.NOISY_PARALLEL)


@dataclass(frozen=True)
class ArticlePair:
    """An Arabic and an English article, segmented, with what kind of pair they look like."""

    ar: Article
    en: Article
    kind: PairKind
    aligned_share_ar: float  # 0 to 1: characters of content in two-sided beads
    aligned_share_en: float
    evidence: str = ""  # why it is taken for this kind, in a sentence

    def side(self, language: Language | str) -> Article:
        """The article in `ar` or `en`. Raises ValueError for any other language."""
        return self.ar if Language(language) is Language.AR else self.en


@dataclass(frozen=True)
class Comparison:
    """All that is known of a pair: its alignment and its divergences."""

    pair: ArticlePair
    alignment: Alignment
    divergences: tuple[Divergence, ...]
    signature: str  # versions and settings that made it, to compare results by
    least_probability: float = 0.0  # 0 to 1; divergences less sure than this were left out

    def __repr__(self) -> str:
        pair = self.pair
        alone = ", ".join(f"only_{side}={len(self.only_in(side))}" for side in Language)
        return (
            f"Comparison(ar={pair.ar!r}, en={pair.en!r}, kind={str(pair.kind)!r}, "
            f"beads={len(self.alignment)}, {alone}, divergences={len(self.divergences)})"
        )

    @property
    def ar(self) -> Article:
        return self.pair.ar

    @property
    def en(self) -> Article:
        return self.pair.en

    def side(self, language: Language | str) -> Article:
        """The article in `ar` or `en`. Raises ValueError for any other language."""
        return self.pair.side(language)

    def only_in(self, side: Language | str, *, at_least: float = 0.0) -> tuple[Divergence, ...]:
        """Paragraphs, sentences and clauses in this version only, at this probability or more.

        Raises ValueError for a side that is neither `ar` nor `en`.
        """
        wanted = Language(side)
        missing = (DivergenceKind.PARAGRAPH, DivergenceKind.SENTENCE, DivergenceKind.CLAUSE)
        return tuple(
            d
            for d in self.divergences
            if d.side is wanted and d.kind in missing and d.probability >= at_least
        )

    def at_least(self, probability: float) -> Comparison:
        """The same comparison without the divergences that are less sure than this.

        It remembers the probability, so that no report of it passes for the whole.
        """
        kept = tuple(d for d in self.divergences if d.probability >= probability)
        least = max(probability, self.least_probability)
        return replace(self, divergences=kept, least_probability=least)

    def text_of(self, divergence: Divergence) -> str:
        """The words of a divergence as they stand in the article."""
        article = self.side(divergence.side)
        if divergence.span is None:
            return article.sentence_text(divergence.sentences)
        start, end = divergence.span
        return article.paragraphs[divergence.paragraph].text[start:end]

    def to(self, target: str | Path) -> Path:
        """Write a report or export; the suffix names the format (`report.html`, `pair.tmx`).

        Raises UnknownName for a suffix without a format, OutputError where it cannot be written.
        """
        from aligner import export  # the formats' table; looked up late, see DESIGN

        return export.write(self, Path(target))

    def _repr_html_(self) -> str:
        from aligner.report import html

        return html.render(self, fragment=True)
