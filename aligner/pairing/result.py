"""Pairing, Pair, Unpaired: what came of a pile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from aligner.errors import BadPair
from aligner.pairing.evidence import Evidence
from aligner.text import Article, Language

NAMES_TOLD = 3  # of the articles that may be meant


@dataclass(frozen=True)
class Pair:
    """An Arabic and an English article that belong together.

    versions are other versions of either article in the pile (copies, updates), left unpaired.
    """

    ar: Article
    en: Article
    probability: float  # 0 to 1, that they are versions of one article
    evidence: Evidence = field(repr=False)
    versions: tuple[Article, ...] = ()

    @property
    def reason(self) -> str:
        """What a person can check, in one line."""
        return self.evidence.told()

    def side(self, language: Language | str) -> Article:
        """The article in `ar` or `en`. Raises ValueError for any other language."""
        return self.ar if Language(language) is Language.AR else self.en


@dataclass(frozen=True)
class Unpaired:
    """An article without a counterpart, with the nearest that was found and why it is not one."""

    article: Article
    candidate: Article | None
    probability: float  # 0 to 1, that the candidate is its counterpart
    reason: str
    version_of: Article | None = None  # the version of it that is paired


@dataclass(frozen=True)
class Explanation:
    """Why two articles are or are not a pair."""

    ar: Article
    en: Article
    probability: float
    paired: bool
    reason: str
    evidence: Evidence = field(repr=False)


@dataclass(frozen=True)
class Pairing:
    """The pairs of a pile, the most probable first, and the articles left unpaired, by name."""

    pairs: tuple[Pair, ...]
    unpaired: tuple[Unpaired, ...]
    _explain: Callable[[Article, Article], Explanation] = field(compare=False)

    def __repr__(self) -> str:
        return f"Pairing(pairs={len(self)}, unpaired={len(self.unpaired)})"

    def __iter__(self) -> Iterator[Pair]:
        return iter(self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)

    def articles(self) -> Iterator[Article]:
        """Every article of the pile."""
        for pair in self.pairs:
            yield pair.ar
            yield pair.en
        for left in self.unpaired:
            yield left.article

    def explain(self, a: Article | str, b: Article | str) -> Explanation:
        """Say why two articles of the pile, given by name or as such, are or are not a pair.

        The end of a name does where one article has it. Raises BadPair for a name that none or
        several have, or two articles in one language.
        """
        first, second = self._find(a), self._find(b)
        if first.language is second.language:
            raise BadPair(
                f"{first.name} and {second.name} are both in {first.language.label}; "
                "name an Arabic and an English article"
            )
        if first.language is Language.EN:
            first, second = second, first
        return self._explain(first, second)

    def _find(self, wanted: Article | str) -> Article:
        if not isinstance(wanted, str):
            for article in self.articles():
                if article is wanted:
                    return article
            raise BadPair(f"{wanted.name} is no article of this pile")
        named = [a for a in self.articles() if a.name == wanted]
        found = named or [a for a in self.articles() if a.name.endswith(wanted)]
        if len(found) == 1:
            return found[0]
        near = found or [a for a in self.articles() if wanted in a.name]
        some = ", ".join(a.name for a in near[:NAMES_TOLD]) + ", …" * (len(near) > NAMES_TOLD)
        if named:
            raise BadPair(f"{len(named):,} articles of this pile are named {wanted!r}")
        if found:
            raise BadPair(f"{wanted!r} may be {some}; give more of the name")
        known = f"did you mean {some}?" if near else "names are the paths or ids given"
        raise BadPair(f"no article named {wanted!r} in this pile; {known}")
