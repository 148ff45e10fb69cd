"""Where pairs come from: a folder, a glob or a manifest of pairs.

Everything is read as it is asked for, so that a manifest of ten million pairs needs no more
memory than one of ten.
"""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from aligner.batch.manifest import ABOUT, MANIFESTS, BadSource, open_manifest
from aligner.errors import BadArticle
from aligner.ingest import FORMATS, pile
from aligner.ingest.pile import Catalogue
from aligner.store import PairName, storable
from aligner.text import Article, Language

# `water.ar.txt`, `water_en.html`: the language stands before the suffix.
_TAGGED = re.compile(r"(?P<stem>.+)[._-](?P<side>ar|en)(?P<suffix>\.[^.]+)", re.IGNORECASE)


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

    def items(
        self,
        alone: Callable[..., None] = lambda *_: None,
        beside: Callable[[Path, Path], None] = lambda *_: None,
    ) -> Iterator[Item | BadRow]:
        """The pairs in a fixed order.

        `alone` is told of files without a counterpart, `beside` of a file whose side another one
        has taken already, and of that one. Raises BadSource when the source is not there (any
        more).
        """
        if self._is_manifest():
            yield from self._manifest(Path(self.given))
            return
        for files in self._together():
            yield from self._matched(files, alone, beside)

    def names_pairs(self) -> bool:
        """Whether it says of any file which side it is; looks no further than it must.

        A manifest does so, be it without a row. Raises BadSource for what is no source.
        """
        if self._is_manifest():
            with open_manifest(Path(self.given)) as rows:
                next(rows, None)
            return True
        return any(_key(file) for files in self._together() for file in files)

    def why_silent(self) -> str:
        """Why it names no pair, and what to do."""
        try:
            within = list(Path(self.given).iterdir()) if Path(self.given).is_dir() else []
        except OSError as error:
            return f"{self.given}: cannot be read: {error.strerror}"
        if any(file.is_symlink() and file.is_dir() for file in within):
            return f"{self.given}: links to folders are not followed; name those folders instead"
        return (
            f"{self.given}: no file there names its language, as a.ar.txt with a.en.txt or "
            "ar/a.txt with en/a.txt do; --pair finds the pairs of any files"
        )

    def is_there(self) -> bool:
        """Whether the source can be looked at now."""
        if Path(self.given).exists():
            return True
        return glob.has_magic(self.given) and any(glob.iglob(self.given, recursive=True))  # noqa: PTH207

    def absence(self) -> BadSource:
        """What to raise when it is not there."""
        if glob.has_magic(self.given):
            return BadSource(f"{self.given}: no file is so named; mind the quotes around it")
        return BadSource(f"{self.given}: there is no such file or folder; check the path")

    def _is_manifest(self) -> bool:
        path = Path(self.given)
        return path.suffix.lower() in MANIFESTS and path.is_file()

    def _together(self) -> Iterator[list[Path]]:
        """Files among which pairs are to be found."""
        path = Path(self.given)
        if path.is_dir():
            try:
                yield from _folders(path)
            except OSError as error:  # it goes while it is looked at
                raise BadSource(f"{self.given}: cannot be read: {error.strerror}") from error
        elif glob.has_magic(self.given) and not path.exists():
            # Path.glob takes no absolute patterns.
            names = sorted(glob.glob(self.given, recursive=True))  # noqa: PTH207
            if not names:
                raise self.absence()
            yield [Path(n) for n in names]
        elif path.exists():
            kinds = ", ".join(MANIFESTS)
            raise BadSource(
                f"{self.given}: a source is a folder, a glob or a manifest ({kinds}); "
                "for a single pair use 'aligner align'"
            )
        else:
            raise self.absence()

    def _matched(
        self,
        files: list[Path],
        alone: Callable[..., None],
        beside: Callable[[Path, Path], None],
    ) -> Iterator[Item]:
        sides: dict[tuple[str, str], dict[Language, Path]] = {}
        for file in files:
            key = _key(file)
            if key is not None:
                where, stem, language = key
                taken = sides.setdefault((where, stem), {}).setdefault(language, file)
                if taken is not file:
                    beside(file, taken)
        for found in sides.values():
            if len(found) == 2:
                yield self._item(found[Language.AR], found[Language.EN])
            else:
                alone(*found.values())

    def _manifest(self, path: Path) -> Iterator[Item | BadRow]:
        piles: dict[str, Catalogue] = {}
        with open_manifest(path) as rows:
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
                    sides = [self._side(path.parent, row[side], side, piles) for side in Language]
                except BadArticle as error:
                    yield BadRow(f"{path}:{number}", str(error))
                    continue
                (ar_name, ar), (en_name, en) = sides
                yield Item(PairName(ar_name, en_name), ar, en, self.given, **about)

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
        twins = _twins(root, here.relative_to(root).parts)
        if twins and twins[0] != here:
            continue  # it comes with the first of them
        for twin in twins[1:]:
            files += sorted(f for f in twin.iterdir() if f.is_file())
        yield [f for f in files if f.suffix.lower() in FORMATS]


def _twins(root: Path, parts: tuple[str, ...]) -> list[Path]:
    """A folder below `root` with those that differ from it in `ar` or `en` alone, in any case.

    A link is never the first: it is not walked through.
    """
    place = _language_folder(parts)
    if place is None:
        return []
    found = (f for f in root.joinpath(*parts[:place]).iterdir() if f.name.lower() in ("ar", "en"))
    spelled = sorted(found, key=lambda f: (f.is_symlink(), f.name.lower(), f.name))
    return [f for f in (s.joinpath(*parts[place + 1 :]) for s in spelled) if f.is_dir()]


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
