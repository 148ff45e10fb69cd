"""Where pairs come from: a folder, a glob or a manifest of pairs.

Everything is read as it is asked for, so that a manifest of ten million pairs needs no more
memory than one of ten.
"""

from __future__ import annotations

import csv
import glob
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from aligner.errors import AlignerError, BadArticle
from aligner.ingest import FORMATS, pile
from aligner.ingest.manifest import TABLES
from aligner.ingest.pile import Catalogue
from aligner.store import PairName, storable
from aligner.text import Article, Language

LINES = (".jsonl", ".ndjson")
MANIFESTS = (*TABLES, *LINES)
ABOUT = {"id": "label", "date": "date", "outlet": "outlet", "url": "url"}
COLUMNS = ("ar", "en", *ABOUT)

# `water.ar.txt`, `water_en.html`: the language stands before the suffix.
_TAGGED = re.compile(r"(?P<stem>.+)[._-](?P<side>ar|en)(?P<suffix>\.[^.]+)", re.IGNORECASE)


class BadSource(AlignerError):
    """A source of pairs that is not there or that cannot be read as one."""


@dataclass(frozen=True, slots=True)
class Item:
    """A pair to be compared: two files or two articles, with what a manifest says of them."""

    name: PairName
    ar: str | Article  # a path, or the article itself
    en: str | Article
    source: str  # the SOURCE that it came by
    label: str | None = None
    date: str | None = None
    outlet: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class BadRow:
    """A line of a manifest that names no pair, or a pair of a pile that cannot be named."""

    where: str
    message: str
    reason: str = "manifest"  # a word to group by


@dataclass(frozen=True, slots=True)
class Source:
    """A SOURCE of the command line; `home` is the store's folder, from which pairs are named."""

    given: str
    home: Path

    def items(self, alone: Callable[..., None] = lambda *_: None) -> Iterator[Item | BadRow]:
        """The pairs in a fixed order. `alone` is told of files without a counterpart.

        Raises BadSource when the source is not there (any more).
        """
        path = Path(self.given)
        if path.is_dir():
            for folder in _folders(path):
                yield from self._matched(folder, alone)
        elif path.suffix.lower() in MANIFESTS and path.is_file():
            yield from self._manifest(path)
        elif glob.has_magic(self.given):
            # Path.glob takes no absolute patterns.
            names = sorted(glob.glob(self.given, recursive=True))  # noqa: PTH207
            if not names:
                raise BadSource(f"{self.given}: no file is so named; mind the quotes around it")
            yield from self._matched([Path(n) for n in names], alone)
        elif path.exists():
            kinds = ", ".join(MANIFESTS)
            raise BadSource(
                f"{self.given}: a source is a folder, a glob or a manifest ({kinds}); "
                "for a single pair use 'aligner align'"
            )
        else:
            raise BadSource(f"{self.given}: there is no such file or folder; check the path")

    def is_there(self) -> bool:
        """Whether the source can be looked at now."""
        return glob.has_magic(self.given) or Path(self.given).exists()

    def _matched(self, files: list[Path], alone: Callable[..., None]) -> Iterator[Item]:
        sides: dict[tuple[str, str], dict[Language, Path]] = {}
        for file in files:
            key = _key(file)
            if key is not None:
                where, stem, language = key
                sides.setdefault((where, stem), {}).setdefault(language, file)
        for found in sides.values():
            if len(found) == 2:
                yield self._item(found[Language.AR], found[Language.EN])
            else:
                alone(*found.values())

    def _manifest(self, path: Path) -> Iterator[Item | BadRow]:
        piles: dict[str, Catalogue] = {}
        try:
            with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
                rows = _lines(file) if path.suffix.lower() in LINES else _table(path, file)
                for number, row in rows:
                    if isinstance(row, str):
                        yield BadRow(f"{path}:{number}", row)
                        continue
                    missing = [side for side in ("ar", "en") if not row.get(side)]
                    if missing:
                        yield BadRow(
                            f"{path}:{number}", f"no path in '{missing[0]}'; give each pair both"
                        )
                        continue
                    about = {name: row.get(key) or None for key, name in ABOUT.items()}
                    try:
                        sides = [
                            self._side(path.parent, row[side], side, piles) for side in Language
                        ]
                    except BadArticle as error:
                        yield BadRow(f"{path}:{number}", str(error))
                        continue
                    (ar_name, ar), (en_name, en) = sides
                    yield Item(PairName(ar_name, en_name), ar, en, self.given, **about)
        except OSError as error:
            raise BadSource(f"{path}: cannot be read: {error.strerror}") from error

    def _side(
        self, folder: Path, written: str, language: Language, piles: dict[str, Catalogue]
    ) -> tuple[str, str | Article]:
        """A side's name and its path; of an article in a pile, the article. Raises BadArticle."""
        full = str(folder / written)
        opened = pile.split(full)
        if opened is None:
            return named(full, self.home), full
        file, identity = opened
        if file not in piles:
            piles[file] = Catalogue(Path(file))
        return named(full, self.home), piles[file].read(identity, language)

    def _item(self, ar: Path, en: Path) -> Item:
        name = PairName(name_of(ar, self.home), name_of(en, self.home))
        return Item(name, str(ar), str(en), self.given)


def named(reference: str, home: Path) -> str:
    """What an article is called in the store, by whichever way it came: its file, or file#id."""
    opened = pile.split(reference)
    if opened is None:
        return name_of(Path(reference), home)
    file, identity = opened
    return storable(pile.reference(name_of(Path(file), home), identity))


def file_of(name: str) -> str:
    """The file in which an article of this name stands."""
    opened = pile.split(name)
    return name if opened is None else opened[0]


def name_of(path: Path, home: Path) -> str:
    """What a file is called in the store: from the store's folder if below it, else in full.

    So a folder that holds both can be moved, and no two files share a name.
    """
    # On strings, for it is done for every file at every run; Path takes ten times as long.
    full, base = os.path.abspath(path), os.path.abspath(home)  # noqa: PTH100
    if full.startswith(base + os.sep):
        full = full[len(base) + 1 :]
    return storable(full.replace(os.sep, "/"))


def _folders(root: Path) -> Iterator[list[Path]]:
    """The files below a folder, those of one folder at a time; `ar` comes with its `en`."""
    for folder, below, names in os.walk(root):
        below[:] = sorted(b for b in below if not b.startswith("."))
        here = Path(folder)
        files = [here / n for n in sorted(names) if not n.startswith(".")]
        parts = here.relative_to(root).parts
        place = _language_folder(parts)
        if place is not None:
            other = "en" if parts[place].lower() == "ar" else "ar"
            twin = root.joinpath(*parts[:place], other, *parts[place + 1 :])
            if twin.is_dir():
                if other == "ar":
                    continue  # it came with the Arabic folder
                files += sorted(f for f in twin.iterdir() if f.is_file())
        yield [f for f in files if f.suffix.lower() in FORMATS]


def _language_folder(parts: tuple[str, ...]) -> int | None:
    """The place of the last part that is `ar` or `en`."""
    return next((n for n in reversed(range(len(parts))) if parts[n].lower() in ("ar", "en")), None)


def _key(file: Path) -> tuple[str, str, Language] | None:
    """What the two files of a pair share, and which of the two this is."""
    tagged = _TAGGED.fullmatch(file.name)
    if tagged is not None:
        return str(file.parent), tagged["stem"], Language(tagged["side"].lower())
    parts = file.parent.parts
    place = _language_folder(parts)
    if place is None:
        return None
    where = "/".join((*parts[:place], "*", *parts[place + 1 :]))
    return where, file.stem, Language(parts[place].lower())


def _table(path: Path, file: TextIO) -> Iterator[tuple[int, Mapping[str, str] | str]]:
    reader = csv.DictReader(file, delimiter=TABLES[path.suffix.lower()])
    try:
        names = [n.strip().lower() for n in reader.fieldnames or ()]
    except csv.Error as error:
        raise BadSource(f"{path}: is no table: {error}") from None
    if not {"ar", "en"} <= set(names):
        raise BadSource(
            f"{path}: the head line needs the columns 'ar' and 'en', it has: "
            f"{', '.join(names[:9]) or 'nothing'}; for a pile of articles add --pair"
        )
    reader.fieldnames = names
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:  # a cell too large, as a lost quote makes one
            yield reader.line_num, f"is no line of a table: {error}"
            continue
        yield reader.line_num, {k: v.strip() for k, v in row.items() if isinstance(v, str)}


def _lines(file: TextIO) -> Iterator[tuple[int, Mapping[str, str] | str]]:
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            yield number, "is no JSON object; write one a line"
            continue
        if not isinstance(row, dict):
            yield number, "is no JSON object; write one a line"
            continue
        yield number, {k: str(v) for k, v in row.items() if k in COLUMNS and v is not None}
