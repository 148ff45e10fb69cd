"""The overview as one HTML page in the style of the reports: no network, no script."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from aligner.report import html as report
from aligner.report.html.view import escape
from aligner.report.overview import Failed, Group, Overview, Row
from aligner.report.wording import counted, percent, without_folders

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def render(overview: Overview) -> str:
    """A page with figures, groups, the pairs that differ most, and what failed."""
    style = Path(report.__file__).with_name("page.css").read_text(encoding="utf-8")
    own = Path(__file__).with_name("overview.css").read_text(encoding="utf-8")
    return (
        '<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{counted(overview.pairs, 'pair')}</title>\n"
        f"<style>\n{style}{own}</style>\n</head>\n<body>\n"
        '<main class="aligner-report"><div class="al-page">\n'
        f"{_head(overview)}{_groups(overview)}{_different(overview)}{_failures(overview)}"
        f"{_foot(overview)}</div></main>\n</body>\n</html>\n"
    )


def _head(overview: Overview) -> str:
    kinds = ", ".join(f"{count:,} {escape(kind)}" for kind, count in overview.kinds.items())
    return (
        '<p class="al-kicker">Overview</p>\n'
        f"<h1>{counted(overview.pairs, 'Arabic–English pair')}</h1>\n"
        f'<p class="al-verdict">{kinds[:1].upper() + kinds[1:]}. On average '
        f"<strong>{percent(overview.only_ar)}</strong> of the Arabic text and "
        f"<strong>{percent(overview.only_en)}</strong> of the English have no counterpart.</p>\n"
        '<p class="al-small">Only in translations may a gap be an omission; between texts that '
        "merely tell of the same event it says nothing.</p>\n"
    )


def _groups(overview: Overview) -> str:
    rows = "".join(map(_group, overview.groups))
    return (
        "<h2>By outlet and date</h2>\n<div class='ov-wide'><table>\n<thead><tr><th>Outlet</th>"
        "<th>Date</th><th>Pairs</th><th>Translations</th><th>Only in Arabic</th>"
        f"<th>Only in English</th></tr></thead>\n<tbody>{rows}</tbody>\n</table></div>\n"
    )


def _group(group: Group) -> str:
    return (
        f"<tr><td><bdi>{escape(group.outlet) or '–'}</bdi></td><td>{escape(group.time) or '–'}</td>"
        f"<td>{group.pairs:,}</td><td>{group.translations:,}</td>"
        f"{_share(group.only_ar, 'ar')}{_share(group.only_en, 'en')}</tr>\n"
    )


def _share(share: float, side: str) -> str:
    # The bar repeats the figure, for the eye alone.
    return (
        f'<td class="ov-share"><span>{percent(share)}</span><i class="ov-{side}" '
        f'aria-hidden="true" style="inline-size:{100 * share:.1f}%"></i></td>'
    )


def _different(overview: Overview) -> str:
    if not overview.most_different:
        return ""
    rows = "".join(map(_row, overview.most_different))
    return (
        "<h2>Translations that differ most</h2>\n<div class='ov-wide'><table>\n<thead><tr>"
        "<th>Pair</th><th>Differences</th><th>Only in Arabic</th><th>Only in English</th></tr>"
        f"</thead>\n<tbody>{rows}</tbody>\n</table></div>\n"
    )


def _row(row: Row) -> str:
    title = f'<bdi lang="{row.title_language}">{escape(row.title)}</bdi>' if row.title else ""
    names = _names(row)
    told = title or names
    if row.report is not None:
        # In an address a space, # or % of a folder's name means something else.
        address = quote(os.fsencode(row.report))
        told = f'<a href="{address}">{told}</a>'
    small = f'<span class="al-small ov-names">{names}</span>' if title else ""
    return (
        f"<tr><td>{told}{small}</td><td>{row.divergences:,}</td>"
        f"{_share(row.only_ar, 'ar')}{_share(row.only_en, 'en')}</tr>\n"
    )


def _failures(overview: Overview) -> str:
    if not overview.failure_reasons:
        return ""
    reasons = ", ".join(f"{n:,} {escape(r)}" for r, n in overview.failure_reasons.items())
    rows = "".join(
        f"<tr><td>{_names(f)}</td><td><bdi>{escape(_message(f))}</bdi></td></tr>\n"
        for f in overview.failures
    )
    more = sum(overview.failure_reasons.values()) - len(overview.failures)
    rest = f'<p class="al-small">and {more:,} more</p>\n' if more > 0 else ""
    return (
        f'<h2>Failed</h2>\n<p class="al-small">{reasons}</p>\n<div class="ov-wide">'
        '<table class="ov-failed"><thead><tr><th>Pair</th><th>Why</th></tr></thead>\n'
        f"<tbody>{rows}</tbody></table></div>\n{rest}"
    )


def _names(pair: Row | Failed) -> str:
    """Both files without their folders, which are no business of those a page is sent to."""
    ar, en = (escape(without_folders(name)) for name in (pair.ar_name, pair.en_name))
    return f"<bdi>{ar}</bdi> – <bdi>{en}</bdi>"


def _message(failed: Failed) -> str:
    """The message, its files without their folders, from wherever it names them."""
    message = failed.message
    for name in (failed.ar_name, failed.en_name):
        file, path = without_folders(name), name
        while len(path) > len(file):
            message = message.replace(path, file)
            path = path.partition("/")[2]
    return message


def _foot(overview: Overview) -> str:
    lines = "<br>".join(escape(signature) for signature in overview.signatures)
    return f'<p class="al-small ov-foot">{lines}</p>\n'
