"""The whole of pairing: a pile in, its pairs out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from aligner.ingest.given import Source, read_all_given
from aligner.pairing import (
    calibration,
    candidates,
    choice,
    duplicates,
    marks,
    telling,
    vectors,
    words,
)
from aligner.pairing.calibration import Floats
from aligner.pairing.candidates import Links, PileVectors
from aligner.pairing.encoding import BundledEncoder, Encoder
from aligner.pairing.evidence import FEATURES, Coverage, Evidence, features
from aligner.pairing.judging import Judge, judge_all
from aligner.pairing.result import Explanation, Pair, Pairing, Unpaired
from aligner.pairing.vectors import Places
from aligner.pairing.window import Window
from aligner.text import Article, Language

ALIGNED_EACH = 3  # candidates of an article that are aligned at most, of either side
LEAST_WORTH = -4.5  # log odds before alignment; below, hardly a pair was seen to come of it
CLEAR = 2.0  # log odds before alignment of a link whose rivals need no look
CLEAR_LEAD = 2.0  # how far, in log odds, the best of its rivals then is behind
HOPELESS = -12.0  # log odds of what has no sentence in common that we know of; others have more

AT_LEAST = 0.7  # a wrong pair does more harm than a missed one

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, eq=False)
class Judged:
    """Links with what is known of each in the end.

    coverage: None where a link was not aligned. own: log odds of a link by itself; odds: given its
    rivals.
    """

    links: Links
    coverage: Sequence[Coverage | None]
    own: Floats
    odds: Floats


class Pile:
    """Articles of both languages, with all that is asked of them on the way to their pairs."""

    def __init__(
        self,
        articles: Iterable[Article],
        encoder: Encoder,
        *,
        within: dt.timedelta | None,
        same_outlet: bool,
        progress: Progress,
    ) -> None:
        # In an order of their own, so that the order in which they were given changes nothing.
        given = sorted(articles, key=_order)
        self.ar = [a for a in given if a.language is Language.AR]
        self.en = [a for a in given if a.language is Language.EN]
        self.encoder = encoder
        progress("reading words", 0, 0)
        read = words.read(self.ar), words.read(self.en)
        self.repeated = read[0].repeated, read[1].repeated
        progress("looking for versions", 0, 0)
        self.versions = duplicates.versions(read[0]), duplicates.versions(read[1])
        progress("weighing words", 0, 0)
        ar, en = (vectors.side_vectors(side, encoder.lexical) for side in read)
        self.vectors = PileVectors(ar, en, marks.read(*read), self.versions)
        days = None if within is None else within.days
        self.window = Window.of(self.ar, self.en, within=days, same_outlet=same_outlet)
        progress("looking for candidates", 0, 0)
        self.near = candidates.neighbours(self.vectors, self.window)
        self.judge = Judge(encoder, self.repeated)

    def find(self, *, workers: int, progress: Progress) -> Judged:
        """Find the candidates, align the best of them, and weigh each against its rivals."""
        links = candidates.find(
            self.vectors,
            self.near,
            self.window,
            lambda done, of: progress("comparing candidates", done, of),
        )
        chosen = worth(links, self.versions)
        pairs = list(zip(links.ar[chosen].tolist(), links.en[chosen].tolist(), strict=True))
        found = judge_all(
            self.judge,
            self.encoder,
            self.repeated,
            (self.ar, self.en),
            pairs,
            workers=workers,
            progress=lambda done: progress("aligning candidates", done, len(pairs)),
        )
        coverage: list[Coverage | None] = [None] * len(links)
        for n, one in zip(chosen.tolist(), found, strict=True):
            coverage[n] = one
        own = log_odds(links, coverage)
        rivals = calibration.best_rivals(links.ar, links.en, own, self.versions)
        return Judged(links, coverage, own, _with_rivals(own, rivals))

    def evidence(self, links: Links, n: int, coverage: Coverage | None) -> Evidence:
        """What speaks for link n and against it."""
        ar, en = int(links.ar[n]), int(links.en[n])
        shared = telling.shared(self.vectors.marks, ar, en, self.en[en])
        return Evidence(
            sentences=coverage.sentences if coverage else (0, 0),
            matched=coverage.matched if coverage else (0, 0),
            shares=coverage.shares if coverage else None,
            similarity=coverage.similarity if coverage else None,
            nearness=float(links.whole[n]),
            lead=float(links.lead[n]),
            marks=float(links.marks[n]),
            margin=float(links.margin[n]),
            numbers=shared["numbers"],
            words=shared["words"],
            names=shared["names"],
            against=self.window.against(ar, en) if self.window else "",
        )


def pair_articles(
    articles: Source | Iterable[Source],
    *,
    pipeline: Encoder | None = None,
    within: dt.timedelta | None = None,
    same_outlet: bool = False,
    at_least: float = AT_LEAST,
    workers: int = 1,
    progress: Progress | None = None,
) -> Pairing:
    """Find which Arabic article goes with which English one, in a pile of any size.

    articles: Articles, texts, or paths of files, of folders and of JSON lines. within: articles
    whose dates are known and further apart are no pair. same_outlet: nor are articles of different
    outlets. at_least: pairs of a lower probability are left unpaired. workers: processes that
    align candidates. progress: called with a step's name, what is done of it, and how much there
    is. The order of the articles changes nothing. Raises BadArticle, ModelError.

    >>> from aligner import pair_articles
    >>> found = pair_articles("seeds")
    >>> [(pair.ar.name[6:9], pair.en.name[6:9]) for pair in found]
    [('002', '000')]
    """
    report = progress or (lambda *_: None)
    encoder: Encoder = BundledEncoder() if pipeline is None else pipeline
    given = read_all_given(articles)
    pile = Pile(given, encoder, within=within, same_outlet=same_outlet, progress=report)
    judged = pile.find(workers=workers, progress=report)
    limit = (
        float(np.log(at_least / (1.0 - at_least))) if 0 < at_least < 1 else 30 * (2 * at_least - 1)
    )
    links = judged.links
    picked = choice.choose(links.ar.tolist(), links.en.tolist(), judged.odds - limit)
    return _pairing(pile, judged, picked, report)


def _pairing(pile: Pile, judged: Judged, picked: list[int], progress: Progress) -> Pairing:
    links, chance = judged.links, calibration.probability(judged.odds)
    partner_ar = {int(links.ar[n]): n for n in picked}
    partner_en = {int(links.en[n]): n for n in picked}
    groups = [_groups(side.tolist()) for side in pile.versions]

    def versions(side: int, number: int, paired: dict[int, int]) -> list[Article]:
        group = groups[side].get(pile.versions[side][number], [])
        articles = (pile.ar, pile.en)[side]
        return [articles[m] for m in group if m != number and m not in paired]

    pairs: list[Pair] = []
    unpaired: list[Unpaired] = []
    to_tell = len(pile.ar) + len(pile.en) - len(picked)

    def told() -> None:
        progress("giving reasons", len(pairs) + len(unpaired), to_tell)

    for n in picked:
        ar, en = int(links.ar[n]), int(links.en[n])
        others = (*versions(0, ar, partner_ar), *versions(1, en, partner_en))
        evidence = pile.evidence(links, n, judged.coverage[n])
        pairs.append(Pair(pile.ar[ar], pile.en[en], float(chance[n]), evidence, others))
        told()
    pairs.sort(key=lambda pair: (-pair.probability, pair.ar.name, pair.en.name))
    for side, (mine, partner) in enumerate(((links.ar, partner_ar), (links.en, partner_en))):
        best = _best(mine, judged)
        for number, article in enumerate((pile.ar, pile.en)[side]):
            if number in partner:
                continue
            group = groups[side].get(pile.versions[side][number], [])
            kept = next((m for m in group if m in partner), None)
            unpaired.append(
                _unpaired(
                    pile,
                    judged,
                    chance,
                    side,
                    article,
                    best.get(number),
                    kept,
                    partner_en,
                    partner_ar,
                )
            )
            told()
    unpaired.sort(key=lambda left: (left.article.language, left.article.name))

    def explain(ar: Article, en: Article) -> Explanation:
        return _explanation(pile, judged, partner_ar, ar, en)

    return Pairing(tuple(pairs), tuple(unpaired), explain)


def _unpaired(
    pile: Pile,
    judged: Judged,
    chance: Floats,
    side: int,
    article: Article,
    best: int | None,
    kept: int | None,
    partner_en: dict[int, int],
    partner_ar: dict[int, int],
) -> Unpaired:
    links = judged.links
    version_of = None if kept is None else (pile.ar, pile.en)[side][kept]
    if best is None:
        other = article.language.other
        none_there = not (pile.en if side == 0 else pile.ar)
        reason = f"no {other.label} article in the pile" if none_there else "nothing comes near it"
        return Unpaired(article, None, 0.0, reason, version_of)
    places = links.en if side == 0 else links.ar
    number = int(places[best])
    candidate = (pile.en, pile.ar)[side][number]
    reason = pile.evidence(links, best, judged.coverage[best]).told()
    taken = (partner_en, partner_ar)[side].get(number)
    if version_of is not None:
        reason = f"another version of {version_of.name}, which is paired"
    elif taken is not None:
        rival = (pile.ar, pile.en)[side][int((links.ar, links.en)[side][taken])]
        reason = f"{reason}; {candidate.name} goes better with {rival.name}"
    return Unpaired(article, candidate, float(chance[best]), reason, version_of)


def _explanation(
    pile: Pile, judged: Judged, partner_ar: dict[int, int], ar: Article, en: Article
) -> Explanation:
    row = next(n for n, article in enumerate(pile.ar) if article is ar)
    column = next(n for n, article in enumerate(pile.en) if article is en)
    links = judged.links
    known = np.flatnonzero((links.ar == row) & (links.en == column))
    n = int(known[0]) if len(known) else None
    if n is not None and judged.coverage[n] is not None:
        found, one, place, odds = judged.coverage[n], links, n, judged.odds
    else:
        around = (links.ar == row) | (links.en == column)
        others = around & ~((links.ar == row) & (links.en == column))
        ends = np.append(links.ar[others], row), np.append(links.en[others], column)
        order = np.lexsort(ends[::-1])
        one = candidates.describe(pile.vectors, pile.near, ends[0][order], ends[1][order])
        place = int(np.flatnonzero(order == others.sum())[0])
        found = pile.judge.judge((row, ar), (column, en))
        own = log_odds(one, [found if n == place else None for n in range(len(one))])
        rival = float(judged.own[around].max(initial=-np.inf))
        odds = _with_rivals(own, np.full(len(one), rival))
    evidence = pile.evidence(one, place, found)
    paired = n is not None and partner_ar.get(row) == n
    chance = 0.0 if evidence.against else float(calibration.probability(odds[place : place + 1])[0])
    reason = evidence.told()
    if not paired:
        for number, articles, places in ((row, pile.en, links.en), (column, pile.ar, links.ar)):
            partner = next(
                (
                    m
                    for m in partner_ar.values()
                    if (links.ar[m] if articles is pile.en else links.en[m]) == number
                ),
                None,
            )
            if partner is not None:
                owner = (ar if articles is pile.en else en).name
                reason = f"{reason}; {owner} goes better with {articles[int(places[partner])].name}"
    return Explanation(ar, en, chance, paired, reason, evidence)


def _with_rivals(own: Floats, rivals: Floats) -> Floats:
    return np.where(own <= HOPELESS, HOPELESS, calibration.with_rivals(own, rivals))


def columns(links: Links, coverage: Sequence[Coverage | None]) -> dict[str, Floats]:
    """All that is known of each link, by name; 0 for what an alignment would have to say."""
    table = np.zeros((len(links), len(FEATURES)))
    for n, found in enumerate(coverage):
        if found is not None:
            table[n] = features(found)
    told = zip(FEATURES, table.T, strict=True)
    return {**links.columns(), **dict(told)}


def log_odds(links: Links, coverage: Sequence[Coverage | None]) -> Floats:
    """Log odds of each link by itself; HOPELESS where not one sentence was matched."""
    own = np.maximum(calibration.log_odds(columns(links, coverage)), HOPELESS + 1.0)
    return np.where(matched(coverage), own, HOPELESS)


def matched(coverage: Sequence[Coverage | None]) -> NDArray[np.bool_]:
    """Whether links were aligned and a sentence of theirs matches.

    Texts can be alike in all other ways, as what one desk writes by one pattern is.
    """
    return np.array([found is not None and found.beads > 0 for found in coverage], dtype=bool)


def worth(links: Links, versions: tuple[Places, Places]) -> NDArray[np.int64]:
    """Numbers of the links that are worth aligning: the best few of each article.

    Where one is clear beforehand, its rivals are left alone. Links that share articles come
    together, so that an article is seldom encoded twice.
    """
    odds = calibration.worth_aligning(links.columns())
    few = candidates.best_few(links.ar, links.en, odds, ALIGNED_EACH)
    few |= candidates.best_few(links.en, links.ar, odds, ALIGNED_EACH)
    few &= odds > LEAST_WORTH
    rivals = calibration.best_rivals(links.ar, links.en, odds, versions)
    clear = few & (odds >= CLEAR) & (odds - rivals >= CLEAR_LEAD)
    settled = np.isin(links.ar, links.ar[clear]) | np.isin(links.en, links.en[clear])
    chosen = np.flatnonzero(few & (clear | ~settled))
    return chosen[_together(links.ar[chosen], links.en[chosen])]


def _together(ar: NDArray[np.int64], en: NDArray[np.int64]) -> NDArray[np.int64]:
    """An order of links in which those of one article are near each other.

    By the algorithm of Cuthill and McKee (1969), which numbers neighbours closely.
    """
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import reverse_cuthill_mckee

    if not len(ar):
        return np.zeros(0, dtype=np.int64)
    first_en = int(ar.max()) + 1
    size = first_en + int(en.max()) + 1
    ends = np.concatenate([ar, en + first_en]), np.concatenate([en + first_en, ar])
    graph = coo_matrix((np.ones(2 * len(ar), np.int8), ends), shape=(size, size)).tocsr()
    place = np.empty(size, dtype=np.int64)
    place[reverse_cuthill_mckee(graph, symmetric_mode=True)] = np.arange(size)
    return np.lexsort((place[en + first_en], place[ar]))


def _best(mine: NDArray[np.int64], judged: Judged) -> dict[int, int]:
    """For each article of a side its most probable link."""
    # Of links that were not aligned, the nearest; they are all equally improbable.
    order = np.lexsort((judged.links.margin, judged.odds))
    return {int(mine[n]): int(n) for n in order.tolist()}


def _groups(roots: Sequence[int]) -> dict[int, list[int]]:
    """The groups of more than one version."""
    members: dict[int, list[int]] = {}
    for number, root in enumerate(roots):
        members.setdefault(root, []).append(number)
    return {root: held for root, held in members.items() if len(held) > 1}


def _order(article: Article) -> tuple[str, ...]:
    return (article.language, article.name, *(p.text for p in article.paragraphs))
