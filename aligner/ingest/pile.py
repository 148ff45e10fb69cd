"""One article of a pile, named by the file and its id: `crawl.jsonl#7f3a`.

An article without an id is named by its line (in a `.json` list, by its place): `crawl.jsonl#12`.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from aligner.errors import BadArticle
from aligner.ingest import jsonl
from aligner.ingest.formats import PILE_SUFFIXES
from aligner.ingest.reading import finished
from aligner.text import Article, Language

MARK = "#"


def reference(pile: str | Path, name: str) -> str:
    """What opens an article of this name out of a pile again."""
    return f"{pile}{MARK}{name.removeprefix(f'{pile}:')}"


def split(written: str) -> tuple[str, str] | None:
    """The file and the id of a reference; None for what is none, such as a plain path."""
    for suffix in PILE_SUFFIXES:
        before, mark, identity = written.partition(f"{suffix}{MARK}")
        if mark and identity and not Path(written).is_file():
            return before + suffix, identity
    return None


class Catalogue:
    """Where each article of a pile stands, found by one reading of it.

    Of a `.jsonl` file only the places are in memory. Raises BadArticle where it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._places: dict[str, list[object]] = {}
        for identity, place in jsonl.places(path):
            self._places.setdefault(identity, []).append(place)

    def read(self, identity: str, language: Language | None = None) -> Article:
        """The article of this id, and in this language where articles of both have the same id.

        Raises BadArticle for none, several, or what is no article.
        """
        places = self._places.get(identity, [])
        where = f"{self._path}{MARK}{identity}"
        if not places:
            raise BadArticle(f"{where}: no article there has this id; pair the articles again")
        if len(places) == 1:
            return self._opened(places[0], where)
        found = list(self._readable(places, where))
        fitting = [article for article in found if language in (None, article.language)]
        if len(fitting) != 1:
            kind = "" if language is None else f"{language.label} "
            raise BadArticle(
                f"{where}: {len(fitting) or 'no'} {kind}articles have this id; give each its own"
            )
        return fitting[0]

    def _readable(self, places: list[object], where: str) -> Iterator[Article]:
        for place in places:
            with contextlib.suppress(BadArticle):  # such as a third version in French
                yield self._opened(place, where)

    def _opened(self, place: object, where: str) -> Article:
        return finished(jsonl.read_place(self._path, place, name=where), where, None)
