"""HTML: one page to read, side by side, that needs no network, no script and no other file."""

from __future__ import annotations

import zlib
from collections import Counter
from functools import cache
from pathlib import Path

from aligner.bitext import Comparison
from aligner.report import wording
from aligner.report.html.foot import foot
from aligner.report.html.head import head
from aligner.report.html.summary import summary
from aligner.report.html.table import table
from aligner.report.html.view import COLUMNS, View, escape
from aligner.text import SIDES

# Nothing may be fetched or run, whatever the articles hold.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

_shown: Counter[str] = Counter()  # fragments made in this process, by their comparison


def render(comparison: Comparison, *, fragment: bool = False) -> str:
    """The comparison as one HTML page, or as a fragment to stand inside another page.

    The styles of a fragment reach nothing outside it, and its ids are its own, also where one
    comparison is shown twice.
    """
    view = View(comparison, prefix=_prefix(comparison) if fragment else "")
    beside = table(view)  # first, for the summary links to what the table has marked
    inner = f'\n<div class="al-page">\n{head(view)}{summary(view)}{beside}{foot(view)}</div>\n'
    style = f"<style>\n{_style()}</style>\n"
    if fragment:
        return f'{style}<div class="aligner-report" lang="en" dir="ltr">{inner}</div>\n'
    names = " – ".join(wording.short_name(comparison.side(side)) for side in COLUMNS)
    return (
        '<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(names)}</title>\n{style}"
        "<style>html, body { margin: 0; padding: 0; } "
        ".aligner-report { min-height: 100vh; } @page { margin: 14mm 13mm; }</style>\n</head>\n"
        f'<body>\n<main class="aligner-report">{inner}</main>\n</body>\n</html>\n'
    )


@cache
def _style() -> str:
    style = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    # Named thrice, a class outweighs the rules that notebooks have for every table and list.
    return style.replace(".aligner-report", ".aligner-report" * 3)


def _prefix(comparison: Comparison) -> str:
    """What the ids of a fragment begin with, so that no two on one page are the same.

    By the comparison and how often it was shown: a notebook that is run anew stays as it was.
    """
    digest = _digest(comparison)
    _shown[digest] += 1
    return f"al-{digest}-{_shown[digest]}-"


def _digest(comparison: Comparison) -> str:
    digest = zlib.crc32(comparison.signature.encode("utf-8", "replace"))
    for side in SIDES:
        for paragraph in comparison.side(side).paragraphs:
            digest = zlib.crc32(paragraph.text.encode("utf-8", "replace"), digest)
    return f"{digest:08x}"
