"""What a web page says of itself: its title, date, address and outlet."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner.ingest.draft import parse_date
from aligner.ingest.structure import ARTICLE_ELEMENTS, Block, Mark, marked

if TYPE_CHECKING:
    from lxml.etree import _Element as Element  # type: ignore[import-untyped]

ELSEWHERE = frozenset(("nav", "footer", "aside", "menu"))  # a date there is another story's

_SPACE = re.compile(r"\s+")
_SITE = re.compile(r"\s+[|\-–—»:]\s+[^|\-–—»:]{2,40}$")
_HOME = re.compile(r"(?=.)(?:(?:https?:)?//[^/?#]+)?/?(?:(?:ar|en)/?)?(?:index\.\w+)?")


@dataclass(frozen=True, slots=True)
class Head:
    """A page's own account, for its reader and for search engines."""

    shared_title: str  # as it is shown where the page is shared; empty: none
    head_title: str  # as a browser shows it, mostly with the site's name
    logos: frozenset[str]  # headings that link to the site's first page
    date: dt.date | None
    url: str | None
    outlet: str | None


def read(root: Element) -> Head:
    """What the page whose tree this is says of itself."""
    named: dict[str, str] = {}
    for element in root.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop")
        if key and (value := (element.get("content") or "").strip()):
            named.setdefault(key.lower(), value)
    heading = root.find(".//head/title")
    canonical = root.find(".//link[@rel='canonical']")
    dates = [
        named.get("article:published_time", ""),
        named.get("datepublished", ""),
        *_published(root),
        named.get("date", ""),
        *_times(root),
    ]
    return Head(
        shared_title=named.get("og:title", ""),
        head_title=_plain(heading.text or "") if heading is not None else "",
        logos=frozenset(_logos(root)),
        date=next((date for date in map(parse_date, dates) if date), None),
        url=(canonical.get("href") if canonical is not None else None) or named.get("og:url"),
        outlet=named.get("og:site_name"),
    )


def title(head: Head, blocks: Sequence[Block]) -> str | None:
    """The heading that the page's own title repeats; else that title without the site's name."""
    shared, shown = head.shared_title, head.head_title
    sites = head.logos | {head.outlet or ""}
    own_titles = [_without_site(own, sites) for own in (shared, shown)]

    def is_site(heading: str) -> bool:
        in_suffix = heading in shown and heading not in shared + own_titles[1]
        return heading in sites or (bool(shared) and in_suffix)

    first = [b.text for b in blocks if b.tag == "h1" and not is_site(b.text)]
    others = [b.text for b in blocks if b.tag in ("h2", "h3")]
    for headings in (first, others):
        if repeated := [own for own in (shared, *own_titles) if own in headings]:
            return repeated[0]
    if contained := [heading for heading in first if heading in shared or heading in shown]:
        return max(contained, key=len)
    return first[0] if len(first) == 1 else shared or own_titles[1] or None


def _without_site(own: str, sites: Set[str]) -> str:
    """A title without the name that stands before it, if known, or after it."""
    for site in sorted(sites):
        if site and (match := re.match(rf"{re.escape(site)}\s+[|\-–—»:]\s+", own)):
            return own[match.end() :]
    return _SITE.sub("", own)


def _logos(root: Element) -> Iterator[str]:
    for heading in root.iter("h1"):
        if any(_HOME.fullmatch(link.get("href") or "") for link in heading.iter("a")):
            yield _plain("".join(heading.itertext()))


def _published(root: Element) -> list[str]:
    """When the objects in the page's JSON-LD were published, those first that are articles."""
    found: list[tuple[bool, str]] = []
    for script in root.iter("script"):
        if script.get("type") != "application/ld+json" or not script.text:
            continue
        try:
            waiting = [json.loads(script.text)]
        except (ValueError, RecursionError):
            continue
        while waiting:
            match waiting.pop():
                case list() as items:
                    waiting.extend(reversed(items))
                case dict() as fields:
                    waiting.extend(reversed(fields.values()))
                    date = fields.get("datePublished")
                    if isinstance(date, str):
                        found.append((_is_article(fields.get("@type")), date))
    return [date for is_article in (True, False) for kind, date in found if kind is is_article]


def _is_article(kind: object) -> bool:
    kinds = kind if isinstance(kind, list) else [kind]
    return any(isinstance(k, str) and k.endswith(("Article", "Posting")) for k in kinds)


def _times(root: Element) -> list[str]:
    """The times on the page, those last that may be of something else."""
    found: list[tuple[bool, str]] = []
    for time in root.iterfind(".//time[@datetime]"):
        around = list(time.iterancestors())
        if ELSEWHERE.isdisjoint(element.tag for element in around):
            in_article = any(element.tag in ARTICLE_ELEMENTS for element in around)
            marks = [marked(element, in_article=in_article) for element in around]
            found.append(
                (any(m and m.mark is not Mark.ARTICLE for m in marks), time.get("datetime"))
            )
    return [date for doubtful in (False, True) for doubt, date in found if doubt is doubtful]


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
