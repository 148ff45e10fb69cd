"""The pairs of a pile: articles in no order, whose pairs have to be found first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from aligner.batch.source import BadRow, Item, named
from aligner.ingest.manifest import read_sources
from aligner.pairing import pair_articles
from aligner.pipeline import Pipeline
from aligner.store import PairName


@dataclass(frozen=True, slots=True)
class Pile:
    """What was read of a pile, and what of it belongs together."""

    items: tuple[Item, ...]  # in the order of their names
    unnamed: tuple[BadRow, ...]  # pairs that bear the name of another one


def read_pile(
    sources: Iterable[str],
    home: Path,
    pipeline: Pipeline,
    *,
    jobs: int = 1,
    left_out: Callable[[str], None] = lambda _: None,
) -> Pile:
    """Read a pile of articles and find its pairs; it is held in memory.

    home: the store's folder, from which pairs are named. `left_out` is told of what cannot be
    read. Raises BadArticle.
    """
    sources = list(sources)
    entries = list(read_sources(sources, on_error=lambda error: left_out(str(error))))
    names = {id(e.article): named(e.reference, home) for e in entries}
    source = " ".join(sources)
    items: dict[PairName, Item] = {}
    unnamed = []
    for pair in pair_articles((e.article for e in entries), pipeline=pipeline, workers=jobs):
        name = PairName(names[id(pair.ar)], names[id(pair.en)])
        if name in items:
            told = "another pair there has the same ids; give each article its own"
            unnamed.append(BadRow(f"{name.ar} / {name.en}", told, "ids"))
        else:
            items[name] = Item(name, pair.ar, pair.en, source)
    return Pile(tuple(sorted(items.values(), key=lambda item: item.name)), tuple(unnamed))
