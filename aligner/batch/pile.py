"""The pairs of a pile: articles in no order, whose pairs have to be found first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from aligner.batch.source import BadRow, Item, file_of, named
from aligner.errors import BadArticle
from aligner.ingest.manifest import read_sources
from aligner.pairing import pair_articles
from aligner.pipeline import Pipeline
from aligner.store import PairName


@dataclass(frozen=True, slots=True)
class Pile:
    """What was read of a pile, and what of it belongs together."""

    items: tuple[Item, ...]  # in the order of their names
    unnamed: tuple[BadRow, ...]  # pairs that bear the name of another one
    source: str  # what the store calls its sources
    home: Path  # the store's folder, from which all is named
    read: frozenset[str]  # the names of all articles that were read
    left_out: tuple[str, ...]  # what could not be read, a line each

    def no_longer(self, known: Iterable[PairName]) -> Iterator[PairName]:
        """Those of the known pairs that are none any more: both articles were read, but found a
        better counterpart or none."""
        found = {item.name for item in self.items}
        return (name for name in known if name not in found and self.read.issuperset(name))

    def unread(self, known: Iterable[PairName]) -> Iterator[PairName]:
        """Those of the known pairs that may still be pairs, for an article could not be read.

        What has left the pile, as yesterday's files may, is not among them.
        """
        read = {file_of(name) for name in self.read}

        @cache
        def is_hurt(file: str, *, holds_many: bool) -> bool:
            # A pile that was emptied leaves no line.
            told = any(Path(file).name in line for line in self.left_out)
            return (told or (holds_many and file not in read)) and (self.home / file).exists()

        for pair in known:
            missing = (name for name in pair if name not in self.read)
            if any(is_hurt(file_of(name), holds_many=file_of(name) != name) for name in missing):
                yield pair


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
    lines: list[str] = []

    def leave_out(error: BadArticle) -> None:
        lines.append(str(error))
        left_out(str(error))

    entries = list(read_sources(sources, on_error=leave_out))
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
    return Pile(
        tuple(sorted(items.values(), key=lambda item: item.name)),
        tuple(unnamed),
        source,
        home,
        frozenset(names.values()),
        tuple(lines),
    )
