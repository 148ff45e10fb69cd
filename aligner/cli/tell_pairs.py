"""Put a pairing where the user asked for it: text, JSON, tables, manifests."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from aligner.cli.pair import PairFormat
from aligner.errors import UnknownSuffix
from aligner.export import tsv
from aligner.export.units import one_line
from aligner.files import write_whole
from aligner.ingest import pile
from aligner.ingest.formats import FORMATS
from aligner.pairing import Explanation, Pair, Pairing
from aligner.report.characters import harmless, named
from aligner.report.wording import counted, percent
from aligner.text import Article, Language

STDOUT = Path("-")
Paths = Mapping[int, str]  # by id() of the article: what opens it again

WITH_LEFT_OUT = (PairFormat.TEXT, PairFormat.JSON)  # formats that tell what could not be read
LEFT_OUT_TOLD = 20  # lines on standard error
MANIFEST = ("ar", "en", "id", "date", "outlet", "url", "probability", "reason")
TABLE = ("pair", "ar", "en", "probability", "reason")


def format_of(output: Path | None) -> PairFormat:
    """The format that a file's suffix names. Raises UnknownSuffix."""
    if output is None or output == STDOUT:
        return PairFormat.TEXT
    suffixes = {f".{name}": name for name in PairFormat} | {".txt": PairFormat.TEXT}
    if output.suffix.lower() not in suffixes:
        raise UnknownSuffix(output, suffixes)
    return suffixes[output.suffix.lower()]


def write(
    found: Pairing,
    form: PairFormat,
    output: Path | None,
    paths: Paths,
    left_out: Sequence[str],
    signature: str,
) -> None:
    """Write to a file, whole or not at all, or to stdout."""
    to_file = output is not None and output != STDOUT
    folder = output.resolve().parent if output is not None and to_file else None
    match form:
        case PairFormat.TEXT:
            rendered = text(found, left_out)
        case PairFormat.JSON:
            rendered = as_json(found, left_out, signature)
        case PairFormat.TSV:
            rendered = table(found)
        case PairFormat.CSV:
            rendered = _manifest(_manifest_row(pair, paths, folder) for pair in found)
        case PairFormat.JSONL:
            rows = (_manifest_row(pair, paths, folder) for pair in found)
            rendered = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if output is not None and to_file:
        write_whole(output, rendered)
        print(f"wrote {output}", file=sys.stderr)
    else:
        sys.stdout.write(rendered)
        sys.stdout.flush()


def text(found: Pairing, left_out: Sequence[str] = ()) -> str:
    """For a reader: the pairs, the articles left alone, what could not be read."""
    lines = [counted(len(found.pairs), "pair")]
    for pair in found:
        lines += [
            f"  {_percent(pair.probability)}  {named(pair.ar.name)}  ↔  {named(pair.en.name)}"
        ]
        lines += [f"        {harmless(pair.reason)}"]
        lines += [f"        another version: {named(version.name)}" for version in pair.versions]
    lines += ["", counted(len(found.unpaired), "article") + " without a counterpart"]
    for left in found.unpaired:
        near = f"{_percent(left.probability)}  " if left.candidate else "       "
        lines += [f"  {near}{named(left.article.name)}"]
        nearest = f"nearest {named(left.candidate.name)}: " if left.candidate else ""
        lines += [f"        {nearest}{harmless(left.reason)}"]
    if left_out:
        lines += ["", f"{len(left_out):,} left out"]
        lines += [f"  {harmless(reason)}" for reason in left_out]
    return "\n".join(lines) + "\n"


def as_json(found: Pairing, left_out: Sequence[str], signature: str) -> str:
    """For a program: everything."""
    document = {
        "schema": "aligner.pairing/1",
        "signature": signature,
        "pairs": [
            {
                "ar": pair.ar.name,
                "en": pair.en.name,
                "probability": round(pair.probability, 4),
                "reason": pair.reason,
                "evidence": {
                    "sentences": pair.evidence.sentences,
                    "matched": pair.evidence.matched,
                    "shares": pair.evidence.shares
                    and [round(share, 4) for share in pair.evidence.shares],
                    "numbers": pair.evidence.numbers,
                    "words": pair.evidence.words,
                    "names": pair.evidence.names,
                },
                "versions": [version.name for version in pair.versions],
            }
            for pair in found
        ],
        "unpaired": [
            {
                "article": left.article.name,
                "language": left.article.language,
                "candidate": left.candidate.name if left.candidate else None,
                "probability": round(left.probability, 4),
                "reason": left.reason,
                "version_of": left.version_of.name if left.version_of else None,
            }
            for left in found.unpaired
        ],
        "left_out": list(left_out),
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def table(found: Pairing) -> str:
    """For a spreadsheet: a row for each pair and each article left alone with its nearest."""
    rows = [
        ("yes", pair.ar.name, pair.en.name, f"{pair.probability:.4f}", one_line(pair.reason))
        for pair in found
    ]
    for left in found.unpaired:
        other = left.candidate.name if left.candidate else ""
        names = (left.article.name, other)
        if left.article.language is Language.EN:
            names = names[::-1]
        told = f"{left.probability:.4f}", one_line(left.reason)
        rows.append((f"no: {left.article.language}", *names, *told))
    return tsv.table((TABLE, *rows))


def left_out(lines: Sequence[str], *, listed: bool, to_file: bool) -> None:
    """Tell on standard error what could not be read.

    listed: whether the output tells it too; on the screen once is enough then.
    """
    if listed and not to_file:
        return
    for reason in lines[:LEFT_OUT_TOLD]:
        print(f"left out: {harmless(reason)}", file=sys.stderr)
    if len(lines) > LEFT_OUT_TOLD:
        more = len(lines) - LEFT_OUT_TOLD
        where = "the output lists" if listed else "--to json lists"
        print(f"left out: {more:,} more; {where} them all", file=sys.stderr)


def unknown(option: str, what: str, values: Sequence[object]) -> None:
    """Say on standard error for how many articles an option can forbid nothing."""
    missing = sum(not value for value in values)
    if missing:
        print(
            f"{option}: {missing:,} of {counted(len(values), 'article')} have no known {what}, "
            "and may go with any",
            file=sys.stderr,
        )


def reports(found: Pairing, failed: int, folder: Path | None) -> None:
    """Say on standard error what came of aligning the pairs."""
    alone = f"{counted(len(found.unpaired), 'article')} without a counterpart"
    if folder is None:
        print(f"{counted(len(found), 'pair')}, {alone}", file=sys.stderr)
    else:
        made = counted(len(found) - failed, "report")
        print(f"wrote {made} into {folder}; {alone}", file=sys.stderr)


def explanation(found: Explanation) -> None:
    """Print why two articles are or are not a pair."""
    verdict = "a pair" if found.paired else "not a pair"
    pair = f"{named(found.ar.name)}  ↔  {named(found.en.name)}"
    print(f"{pair}: {verdict}, probability {found.probability:.3f}")
    print(harmless(found.reason))
    evidence = found.evidence
    if evidence.shares is not None:
        ar, en = evidence.shares
        print(f"matched text: {percent(ar)} of the Arabic, {percent(en)} of the English")
    print(
        f"likeness of the whole texts {evidence.nearness:.2f} ({evidence.margin:+.2f} against "
        f"their other neighbours), of their beginnings {evidence.lead:.2f}, of numbers and names "
        f"{evidence.marks:.2f}"
    )


def _manifest_row(pair: Pair, paths: Paths, folder: Path | None) -> dict[str, str]:
    date = pair.ar.date or pair.en.date
    return {
        "ar": _path(pair.ar, paths, folder),
        "en": _path(pair.en, paths, folder),
        "id": f"{_short(pair.ar)}--{_short(pair.en)}",
        "date": date.isoformat() if date else "",
        "outlet": pair.ar.outlet or pair.en.outlet or "",
        "url": pair.ar.url or pair.en.url or "",
        "probability": f"{pair.probability:.4f}",
        "reason": one_line(pair.reason),
    }


def _short(article: Article) -> str:
    """An article's name without its folder and, if it is a file's, without the suffix."""
    path = Path(article.name)
    return path.stem if path.suffix.lower() in FORMATS else path.name


def _path(article: Article, paths: Paths, folder: Path | None) -> str:
    """The article's file, as seen from the manifest's folder; of a pile, with the article's id."""
    written = paths[id(article)]
    if folder is None:
        return written
    file, identity = pile.split(written) or (written, "")
    seen = os.path.relpath(Path(file).resolve(), folder)
    return pile.reference(seen, identity) if identity else seen


def _manifest(rows: Iterable[Mapping[str, str]]) -> str:
    made = io.StringIO()
    writer = csv.DictWriter(made, MANIFEST, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return made.getvalue()


def _percent(probability: float) -> str:
    return f"{min(probability, 0.999):5.1%}"
