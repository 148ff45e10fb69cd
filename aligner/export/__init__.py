"""The table of formats that a comparison can be written in.

A format is one module with a function `render`; the command line's choices, the suffixes and the
error messages come from the table. Its module is imported when the format is used, so that
nobody waits for a library of a format that he does not ask for. Formats that show a comparison
to a reader live in `aligner.report`, those that other tools read live here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from aligner.bitext import Comparison
from aligner.errors import OutputError, UnknownName, UnknownSuffix
from aligner.files import check_target, write_whole


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: what it is for, and where it is written."""

    name: str
    suffix: str
    module: str
    summary: str  # one line, for the help text
    binary: bool = False
    by_unit: bool = False  # made of sentence pairs, which a least probability can choose among
    as_translations: bool = False  # what reads it takes its sentence pairs for translations

    def render(self, comparison: Comparison, *, at_least: float = 0.0) -> str | bytes:
        """The comparison in this format: bytes if `binary`, else text.

        at_least: probability, 0 to 1, below which a pair of sentences is left out. Raises
        OutputError for another number and where the format shows the whole comparison, and
        MissingExtra where the format needs a library that is not installed.
        """
        check_least(at_least)
        render: Callable[..., str | bytes] = import_module(self.module).render
        if self.by_unit:
            return render(comparison, at_least=at_least)
        if at_least > 0.0:
            choosing = ", ".join(e.name for e in EXPORTERS.values() if e.by_unit)
            raise OutputError(
                f"{self.name} shows the whole comparison; a least probability is for {choosing}"
            )
        return render(comparison)


EXPORTERS: dict[str, Exporter] = {
    exporter.name: exporter
    for exporter in (
        Exporter("text", ".txt", "aligner.report.text", "what the terminal shows, in full"),
        Exporter("html", ".html", "aligner.report.html", "a page to read, side by side"),
        Exporter("markdown", ".md", "aligner.report.markdown", "for a wiki or an issue"),
        Exporter("json", ".json", "aligner.report.json", "everything, to be read back"),
        Exporter("tsv", ".tsv", "aligner.export.tsv", "a table, one bead a line", by_unit=True),
        Exporter("jsonl", ".jsonl", "aligner.export.jsonl", "one bead a line", by_unit=True),
        Exporter(
            "tmx",
            ".tmx",
            "aligner.export.tmx",
            "a translation memory",
            by_unit=True,
            as_translations=True,
        ),
        Exporter(
            "xliff",
            ".xlf",
            "aligner.export.xliff",
            "a bilingual file",
            by_unit=True,
            as_translations=True,
        ),
        Exporter(
            "moses",
            ".zip",
            "aligner.export.moses",
            "two plain files, line by line, in an archive",
            binary=True,
            by_unit=True,
            as_translations=True,
        ),
        Exporter("docx", ".docx", "aligner.report.docx", "a Word document", binary=True),
        Exporter(
            "xlsx", ".xlsx", "aligner.export.xlsx", "an Excel table", binary=True, by_unit=True
        ),
        Exporter(
            "parquet",
            ".parquet",
            "aligner.export.parquet",
            "a typed table for data frames",
            binary=True,
            by_unit=True,
        ),
    )
}

_ALIASES = {".htm": "html", ".markdown": "markdown", ".xliff": "xliff", ".ndjson": "jsonl"}


def check_least(probability: float) -> None:
    """Raises OutputError for a least probability that is none, NaN among them."""
    if not 0.0 <= probability <= 1.0:
        raise OutputError(f"at_least is {probability}; give a probability from 0 to 1")


def format_of(path: Path) -> Exporter:
    """The format that the path's suffix names. Raises UnknownSuffix with those we know."""
    by_suffix = {e.suffix: e for e in EXPORTERS.values()}
    by_suffix |= {alias: EXPORTERS[name] for alias, name in _ALIASES.items()}
    exporter = by_suffix.get(path.suffix.lower())
    if exporter is None:
        raise UnknownSuffix(path, by_suffix)
    return exporter


def write(
    comparison: Comparison, path: str | Path, *, to: str | None = None, at_least: float = 0.0
) -> Path:
    """Write the comparison to `path`, which is replaced only when the new file is whole.

    Neither of the two articles' own files is written over.

    to: a name of EXPORTERS; without it the suffix decides. at_least: see Exporter.render. Returns
    `path`. Raises UnknownName, OutputError, MissingExtra.
    """
    path = Path(path)
    if to is not None and to not in EXPORTERS:
        raise UnknownName("format", to, EXPORTERS)
    exporter = EXPORTERS[to] if to is not None else format_of(path)
    check_target(path, read=(Path(comparison.ar.name), Path(comparison.en.name)))
    return write_whole(path, exporter.render(comparison, at_least=at_least))
