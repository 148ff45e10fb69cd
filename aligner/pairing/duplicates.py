"""Articles that are one article: copies, and updated versions of it."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Collection, Sequence

from aligner.pairing.words import WORD, key
from aligner.text import Article

RUN = 4  # words that stand together in both
SKETCH = 48  # runs kept of each article: those with the lowest hashes, the same in both versions
LEAST_SHARED = (
    0.5  # of the shorter sketch; a version with half of its text rewritten is another article
)
CROWD = 64  # a run in more articles than this is a stock phrase


def versions(articles: Sequence[Article], repeated: Collection[str]) -> list[int]:
    """Number the groups of articles (all in one language) that are versions of each other.

    `repeated` are paragraphs of the site, which don't count. Returns for each article the number of
    the first article of its group; an article without other versions has its own number.
    """
    sketches = [_sketch(article, repeated) for article in articles]
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for n, sketch in enumerate(sketches):
        for run in sketch:
            holders[run].append(n)
    shared: defaultdict[tuple[int, int], int] = defaultdict(int)
    for crowd in holders.values():
        if 1 < len(crowd) <= CROWD:
            for n, first in enumerate(crowd):
                for second in crowd[n + 1 :]:
                    shared[first, second] += 1
    group = list(range(len(articles)))

    def root(n: int) -> int:
        while group[n] != n:
            group[n] = group[group[n]]
            n = group[n]
        return n

    for (first, second), common in sorted(shared.items()):
        if _alike(sketches[first], sketches[second], common):
            low, high = sorted((root(first), root(second)))
            group[high] = low
    return [root(n) for n in range(len(articles))]


def _alike(first: frozenset[int], second: frozenset[int], common: int) -> bool:
    if len(first) < SKETCH and len(second) < SKETCH:
        return common >= LEAST_SHARED * min(len(first), len(second))
    # Of the lowest hashes of both together, those in both: an unbiased guess of their likeness.
    both = sorted(first | second)[:SKETCH]
    held = sum(1 for run in both if run in first and run in second)
    return held >= LEAST_SHARED * len(both)


def _sketch(article: Article, repeated: Collection[str]) -> frozenset[int]:
    runs = set()
    for paragraph in article.paragraphs:
        if key(paragraph.text) in repeated:
            continue
        words = WORD.findall(paragraph.text.lower())
        for n in range(len(words) - RUN + 1):
            runs.add(zlib.crc32(" ".join(words[n : n + RUN]).encode()))
    return frozenset(sorted(runs)[:SKETCH])
