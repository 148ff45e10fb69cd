"""Aligning the best candidates: here, or in several processes side by side."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import nullcontext
from dataclasses import dataclass
from multiprocessing import get_context

from aligner import alignment
from aligner.pairing.encoding import Encoder, Shelf
from aligner.pairing.evidence import Coverage, coverage
from aligner.processes import quiet_start
from aligner.text import Article

Repeated = tuple[Collection[str], Collection[str]]
CHUNK = 250  # links handed to a process at a time
WORTH_PROCESSES = 2000  # links; for fewer, starting processes costs more than it saves


class Judge:
    """Aligns articles and says how much of both is covered."""

    def __init__(self, encoder: Encoder, repeated: Repeated) -> None:
        self._ar, self._en = (Shelf(encoder, side) for side in repeated)

    def judge(self, ar: tuple[int, Article], en: tuple[int, Article]) -> Coverage | None:
        """Align two numbered articles; None where one of them has no content at all."""
        first, second = self._ar.get(*ar), self._en.get(*en)
        if not first.article.content or not second.article.content:
            return None
        return coverage(first, second, alignment.align(first, second, rough=True))


@dataclass(frozen=True)
class Chunk:
    """Some links with the articles they need: what travels to a process."""

    start: int
    links: tuple[tuple[int, int], ...]
    ar: dict[int, Article]
    en: dict[int, Article]


def judge_all(
    judge: Judge,
    encoder: Encoder,
    repeated: Repeated,
    articles: tuple[Sequence[Article], Sequence[Article]],
    links: Sequence[tuple[int, int]],
    *,
    workers: int,
    progress: Callable[[int], None],
) -> list[Coverage | None]:
    """Align all these links, in their order. progress: called with the number done."""
    if workers <= 1 or len(links) < WORTH_PROCESSES:
        found = []
        for n, (ar, en) in enumerate(links):
            found.append(judge.judge((ar, articles[0][ar]), (en, articles[1][en])))
            progress(n + 1)
        return found
    results: list[Coverage | None] = [None] * len(links)
    done = 0
    # Spawned, not forked: the tokenizer's threads don't live through a fork.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (encoder, repeated))
    try:
        waiting: dict[Future[list[Coverage | None]], Chunk] = {}
        for begun, chunk in enumerate(_chunks(articles, links)):
            # A worker is started with each of the first chunks.
            with quiet_start() if begun < workers else nullcontext():
                waiting[pool.submit(_judge_chunk, chunk)] = chunk
            while len(waiting) >= 2 * workers:
                done += _collect(waiting, results)
                progress(done)
        while waiting:
            done += _collect(waiting, results)
            progress(done)
    finally:
        pool.shutdown(cancel_futures=True)
    return results


def _collect(
    waiting: dict[Future[list[Coverage | None]], Chunk], results: list[Coverage | None]
) -> int:
    """Take in the next chunk that is done; returns its number of links."""
    future = next(as_completed(waiting))
    chunk = waiting.pop(future)
    results[chunk.start : chunk.start + len(chunk.links)] = future.result()
    return len(chunk.links)


def _chunks(
    articles: tuple[Sequence[Article], Sequence[Article]], links: Sequence[tuple[int, int]]
) -> Iterator[Chunk]:
    for start in range(0, len(links), CHUNK):
        part = tuple(links[start : start + CHUNK])
        yield Chunk(
            start,
            part,
            {ar: articles[0][ar] for ar, _ in part},
            {en: articles[1][en] for _, en in part},
        )


_own: list[Judge] = []  # the judge of this process, made once when it starts


def _begin(encoder: Encoder, repeated: Repeated) -> None:
    _own.append(Judge(encoder, repeated))


def _judge_chunk(chunk: Chunk) -> list[Coverage | None]:
    judge = _own[-1]
    return [judge.judge((a, chunk.ar[a]), (e, chunk.en[e])) for a, e in chunk.links]
