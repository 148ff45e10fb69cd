"""A whole store as one file, in the pairs' fixed order, a pair at a time in memory.

Nothing that differs from run to run is in it: no times, no row numbers, no order of writing.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as Xml

from aligner import __version__
from aligner.bitext import Comparison, PairKind
from aligner.errors import MissingExtra, OutputError, StoreError, UnknownName, UnknownSuffix
from aligner.export import EXPORTERS, check_least, jsonl, parquet, tmx, tsv
from aligner.export.xmltext import xml_text
from aligner.files import check_target, open_whole
from aligner.report import json as report_json
from aligner.store import PairName, Store, StoredPair, files_of

OnError = Callable[[StoreError], None]
GROUP = 64  # pairs in a row group of Parquet


@dataclass(frozen=True, slots=True)
class Exported:
    """How many pairs an export holds, and how many of which kinds it left out for their kind."""

    pairs: int
    left_out: Counter[PairKind]


def export(
    store: Store,
    file: IO[bytes],
    to: str,
    *,
    kinds: Collection[PairKind] = (),
    at_least: float = 0.0,
    on_error: OnError | None = None,
) -> Exported:
    """Write the results of a store to an open binary file.

    to: a name of STORE_FORMATS. kinds: which pairs; without any, those that `usual_kinds` names.
    at_least: probability, 0 to 1, below which beads and divergences are left out; `comparisons`
    keep their beads. A pair that cannot be read back is handed to `on_error` and left out, or
    raised as StoreError. Raises UnknownName, OutputError, MissingExtra, and OSError where the file
    cannot be written.
    """
    render = STORE_FORMATS[_known(to)]
    check_least(at_least)
    wanted = frozenset(kinds) or usual_kinds(to)
    count = 0
    left_out: Counter[PairKind] = Counter()

    def chosen() -> Iterator[StoredPair]:
        nonlocal count
        for pair in store.pairs() if on_error is None else _readable(store, on_error):
            kind = pair.comparison.pair.kind
            if kind in wanted:
                count += 1
                yield replace(pair, comparison=pair.comparison.at_least(at_least))
            else:
                left_out[kind] += 1

    render(chosen(), file, at_least)
    return Exported(count, left_out)


def export_to(
    store: Store,
    path: Path,
    to: str | None = None,
    *,
    kinds: Collection[PairKind] = (),
    at_least: float = 0.0,
    on_error: OnError | None = None,
) -> Exported:
    """Write the export to `path`, which is replaced only when the new file is whole.

    Without `to` the suffix names the format, and JSON lines where there is none. Raises what
    `export` does, and OutputError, also for a file of the store itself.
    """
    to = _known(to) if to else format_of(path)
    check_target(path, read=files_of(store.path))
    with open_whole(path) as file:
        return export(store, file, to, kinds=kinds, at_least=at_least, on_error=on_error)


def usual_kinds(to: str) -> frozenset[PairKind]:
    """The kinds of pairs in a format where none are named: in a memory translations alone."""
    as_translations = to in EXPORTERS and EXPORTERS[to].as_translations
    return frozenset(kind for kind in PairKind if kind.is_translation or not as_translations)


def format_of(path: Path) -> str:
    """The format that the path's suffix names. Raises UnknownSuffix with those we know."""
    by_suffix = {f".{name}": name for name in STORE_FORMATS} | {"": "jsonl", ".ndjson": "jsonl"}
    name = by_suffix.get(path.suffix.lower())
    if name is None:
        raise UnknownSuffix(path, filter(None, by_suffix))
    return name


def _known(name: str) -> str:
    if name not in STORE_FORMATS:
        raise UnknownName("format of a store's export", name, STORE_FORMATS)
    return name


def _readable(store: Store, on_error: OnError) -> Iterator[StoredPair]:
    """The pairs that can be read back, in their order."""
    last = None
    try:
        for pair in store.pairs():
            yield pair
            last = pair.name
        return
    except StoreError:
        pass  # the rest one by one: a walk that has failed cannot go on
    for row in store.rows():
        name = PairName(row.ar_name, row.en_name)
        if last is not None and name <= last:
            continue
        try:
            found = store.pair(name)
        except StoreError as error:
            on_error(error)
        else:
            if found is not None:
                yield found


def _json_lines(pairs: Iterable[StoredPair], file: IO[bytes], at_least: float) -> None:
    for pair in pairs:
        file.write(_utf8(jsonl.render(pair.comparison, at_least=at_least)))


def _comparisons(pairs: Iterable[StoredPair], file: IO[bytes], _: float) -> None:
    for pair in pairs:
        fields = {"id": pair.label, **report_json.to_dict(pair.comparison)}
        file.write(_utf8(json.dumps(fields, ensure_ascii=False) + "\n"))


def _tsv(pairs: Iterable[StoredPair], file: IO[bytes], at_least: float) -> None:
    file.write(_utf8(tsv.table([("ar_name", "en_name", *tsv.COLUMNS)])))
    for pair in pairs:
        rows = ((*pair.name, *row) for row in tsv.rows(pair.comparison, at_least=at_least))
        file.write(_utf8(tsv.table(rows)))


def _tmx(pairs: Iterable[StoredPair], file: IO[bytes], at_least: float) -> None:
    opened = False
    for number, pair in enumerate(pairs):
        document = Xml.fromstring(tmx.render(pair.comparison, at_least=at_least))
        header = document.find("header")
        if not opened and header is not None:
            # The header of one pair names that pair; in a memory of many each unit does.
            for prop in list(header):
                header.remove(prop)
            file.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n')
            file.write(Xml.tostring(header, "utf-8").strip() + b"\n<body>\n")
            opened = True
        for unit in document.iter("tu"):
            unit.set("tuid", f"{number}-{unit.get('tuid')}")
            for place, (kind, name) in enumerate(zip(("ar", "en"), pair.name, strict=True)):
                prop = Xml.Element("prop", type=f"x-{kind}-article")
                prop.text = xml_text(name)
                unit.insert(place, prop)
            Xml.indent(unit)
            file.write(Xml.tostring(unit, "utf-8").strip() + b"\n")
    if not opened:
        file.write(
            b'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n<header '
            b'creationtool="aligner" creationtoolversion="' + __version__.encode() + b'" '
            b'segtype="sentence" o-tmf="aligner" adminlang="en" srclang="*all*" '
            b'datatype="plaintext" />\n<body>\n'
        )
    file.write(b"</body>\n</tmx>\n")


def _parquet(pairs: Iterable[StoredPair], file: IO[bytes], at_least: float) -> None:
    try:
        import pyarrow
        from pyarrow import parquet as arrow
    except ImportError:
        raise MissingExtra("a Parquet file", "parquet") from None

    def table(comparison: Comparison) -> object:
        read = arrow.read_table(io.BytesIO(parquet.render(comparison, at_least=at_least)))
        return read.replace_schema_metadata(None)

    writer = None
    group: list[object] = []
    for pair in pairs:
        group.append(table(pair.comparison))
        if writer is None:
            writer = arrow.ParquetWriter(file, group[0].schema)  # type: ignore[attr-defined]
        if len(group) == GROUP:
            writer.write_table(pyarrow.concat_tables(group))
            group = []
    if writer is None:
        raise OutputError("the store holds no pair to write; a Parquet file needs one")
    if group:
        writer.write_table(pyarrow.concat_tables(group))
    writer.close()


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "replace")


STORE_FORMATS: dict[str, Callable[[Iterable[StoredPair], IO[bytes], float], None]] = {
    "jsonl": _json_lines,
    "tsv": _tsv,
    "tmx": _tmx,
    "parquet": _parquet,
    "comparisons": _comparisons,
}
