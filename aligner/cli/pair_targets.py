"""Where `aligner pair` writes: what stands there already, and what of it must stay."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path

from aligner.cli.show import STDOUT
from aligner.errors import OutputError
from aligner.ingest.formats import FORMATS, PILE_SUFFIXES

MANIFEST = "pairs.csv"  # in a folder of reports
_PAGE = re.compile(r"(\d{4}|[1-9]\d{4,8})\.html")
_REPORT = b'<main class="aligner-report">'


def targets(output: Path | None, *, reports: bool) -> list[Path]:
    """The files that may be written over; with `reports`, the output is a folder for them.

    Raises OutputError for what can be no folder, and for one with pages that are called as reports
    are without being any: they would be lost.
    """
    if output is None or output == STDOUT:
        return []
    if not reports:
        return [output]
    above = next(p for p in (output, *output.absolute().parents) if os.path.lexists(p))
    if not above.is_dir() or not os.access(above, os.W_OK):
        raise OutputError(f"{output}: cannot be made a folder for reports; name another")
    pages = _pages(output)
    for page in pages:
        if not _is_report(page):
            raise OutputError(f"{page}: is no report, but is called as one; name another folder")
    manifest = output / MANIFEST
    return [*pages, manifest] if manifest.exists() else pages


def read_from(sources: Iterable[str], written_over: Sequence[Path]) -> Iterator[Path]:
    """The files that sources name; of a folder those that are read from it and written over."""
    for given in sources:
        path = Path(given)
        if path.is_dir():
            folder = path.resolve()
            for target in written_over:
                is_read = target.suffix.lower() in (*FORMATS, *PILE_SUFFIXES)
                if is_read and target.exists() and target.resolve().is_relative_to(folder):
                    yield target
        elif path.exists():
            yield path
        else:
            # Path.glob takes no absolute patterns.
            yield from map(Path, glob.glob(given, recursive=True))  # noqa: PTH207


def make_folder(folder: Path) -> None:
    """Make a folder for reports. Raises OutputError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be made a folder ({error.strerror})") from error


def drop_older_reports(folder: Path, kept: Container[str]) -> None:
    """Drop the reports of a former run, but for those of these names."""
    for page in _pages(folder):
        if page.name not in kept and _is_report(page):
            page.unlink()


def _pages(folder: Path) -> list[Path]:
    """What is called as reports are: 0001.html."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(page for page in found if _PAGE.fullmatch(page.name))


def _is_report(page: Path) -> bool:
    return page.is_file() and _REPORT in page.read_bytes()
