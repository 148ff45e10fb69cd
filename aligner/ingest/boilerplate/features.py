"""What a paragraph looks like by itself, and where it stands among the others."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from aligner.ingest.boilerplate import arabic, cues, english
from aligner.text import Article, Language

# A paragraph's kind shows in its first words; the rest of a long one is not looked at.
_LOOKED_AT: Final = 320

LOOK: Final = (
    "words_1_2",
    "words_3_6",
    "words_7_12",
    "words_13_25",
    "ends_in_stop",
    "ends_in_ellipsis",
    "ends_in_colon",
    "separator",
    "digit_share",
    "short_date",
    "web_address",
    "handle",
    "copyright",
    "interface_share",
    "interface_any",
    "phrase_share",
    "phrase_opens",
    "label",
    "byline",
    "credit",
    "address_share",
    "address_any",
    "imperative",
    "function_share",
    "telling",
    "other_script",
    "capitals",
)
PLACE: Final = (
    "first",
    "little_prose_before",
    "little_prose_after",
    "no_prose_before",
    "no_prose_after",
    "no_prose_after_long",
    "clutter_beside",
    "clutter_earlier_in_tail",
    "clutter_later_in_head",
    "copy",
    "crumb",
    "repeated",
)
LINKS: Final = (
    "linked",
    "linked_long",
    "unlinked_inside",
    "unlinked_in_tail",
    "unlinked_in_head",
    "neighbours_linked",
)

_CUES: Final = {Language.AR: arabic.CUES, Language.EN: english.CUES}
_LATIN: Final = re.compile(r"[A-Za-z]")
_ARABIC: Final = re.compile(r"[\u0621-\u064A]")


def normalise(text: str) -> str:
    """The text folded, with single spaces: what counts as the same paragraph."""
    return " ".join(cues.fold(text).split())


@lru_cache(maxsize=8192)
def look(text: str, language: Language) -> tuple[float, ...]:
    """Features of one paragraph by itself, in the order of LOOK, each about 0 to 1."""
    of = _CUES[language]
    text = text.strip()
    folded = cues.fold(text[:_LOOKED_AT])
    # An address or an order inside a quotation is somebody's, not the site's.
    words = cues.WORD.findall(folded)
    own = cues.WORD.findall(cues.QUOTED.sub(" ", folded))
    count = max(1, len(words))
    long = len(text) > _LOOKED_AT or count > 25
    covered, opens = 0, False
    for match in of.phrases.finditer(folded):
        covered += match.end() - match.start()
        opens = opens or match.start() <= 3
    interface = sum(map(of.interface.__contains__, words))
    addressed = sum(map(of.address.__contains__, own))
    letters = len(_LATIN.findall(folded)), len(_ARABIC.findall(folded))
    other = letters[0] if language is Language.AR else letters[1]
    start = words[0] if words else ""
    small = sum(map(of.function.__contains__, words))
    # Arabic has no capitals, and of a cut-off text only what is looked at counts.
    shown = cues.WORD.findall(text[:_LOOKED_AT]) if language is Language.EN else []
    capitals = sum(w[0].isupper() for w in shown) / max(1, len(shown))
    short = not long and count <= 12
    return (
        float(not long and count <= 2),
        float(not long and 3 <= count <= 6),
        float(not long and 7 <= count <= 12),
        float(not long and 13 <= count <= 25),
        float(bool(cues.SENTENCE_END.search(text)) and not cues.ELLIPSIS.search(text)),
        float(bool(cues.ELLIPSIS.search(text))),
        float(text.endswith(":")),
        float(not long and bool(cues.SEPARATOR.search(folded))),
        min(1.0, 3 * sum(map(str.isdigit, folded)) / max(1, len(folded))),
        float(short and bool(cues.DATE.search(folded))),
        float(not long and bool(cues.ADDRESS_MARK.search(folded))),
        float(short and bool(cues.HANDLE.search(folded))),
        float((not long and "©" in text) or folded.startswith("(c)")),
        0.0 if long else min(1.0, 2 * interface / count),
        float(not long and interface > 0),
        0.0 if long else min(1.0, 1.5 * covered / max(1, len(folded))),
        float(not long and opens),
        float(short and bool(of.labels.search(folded))),
        float(short and bool(of.byline.search(folded))),
        float(not long and bool(cues.CREDIT.search(folded))),
        0.0 if long else min(1.0, 5 * addressed / count),
        float(addressed > 0),
        float(not long and start in of.imperative),
        min(1.0, 2.5 * small / count),
        float(not of.telling.isdisjoint(words)),
        other / max(1, sum(letters)),
        capitals,
    )


def looks(article: Article) -> NDArray[np.float64]:
    """Shape (paragraphs, len(LOOK))."""
    rows = [look(p.text, article.language) for p in article.paragraphs]
    return np.array(rows, dtype=np.float64).reshape(len(rows), len(LOOK))


def places(
    article: Article,
    own: NDArray[np.float64],
    linked: Sequence[float] | None,
    repeated: Collection[str],
) -> NDArray[np.float64]:
    """Shape (paragraphs, len(PLACE)), or with len(LINKS) columns more where links are known.

    own: for each paragraph the probability that it is clutter, by its look alone.
    """
    texts = [normalise(p.text) for p in article.paragraphs]
    n = len(texts)
    lengths = np.array([t.count(" ") + 1 for t in texts], dtype=np.float64)
    ends = np.array([bool(cues.SENTENCE_END.search(t)) for t in texts], dtype=bool)
    share = None if linked is None else np.asarray(linked, dtype=np.float64)
    prose = (own < 0.5) & (lengths >= 10) & (ends | (lengths >= 18))
    anchor = prose
    if share is not None and (prose & (share >= 0.5)).any():
        anchor = prose & (share >= 0.5)
    weight = np.where(anchor, lengths, 0.0)
    before = np.concatenate([[0.0], np.cumsum(weight)[:-1]])
    after = weight.sum() - before - weight
    head, tail = before == 0, after == 0
    columns = [
        np.arange(n) == 0,
        1 - np.minimum(before / 60, 1),
        1 - np.minimum(after / 60, 1),
        head & ~anchor,
        tail & ~anchor,
        tail & ~anchor & (lengths >= 10),
        _beside(own),
        _so_far(own, tail & ~anchor),
        _so_far(own[::-1], (head & ~anchor)[::-1])[::-1],
        _copies(texts),
        _crumbs(texts, lengths),
        np.array([t in repeated for t in texts], dtype=bool),
    ]
    if share is not None:
        unlinked = 1 - share
        columns += [
            share,
            share * (lengths >= 10),
            unlinked * ~(head | tail),
            unlinked * (tail & ~anchor),
            unlinked * (head & ~anchor),
            _beside(share),
        ]
    return np.stack([np.asarray(c, dtype=np.float64) for c in columns], axis=1)


def _beside(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """For each paragraph the mean over its two neighbours; a missing neighbour counts as 0.5."""
    padded = np.concatenate([[0.5], values, [0.5]])
    mean: NDArray[np.float64] = (padded[:-2] + padded[2:]) / 2
    return mean


def _so_far(own: NDArray[np.float64], zone: NDArray[np.bool_]) -> NDArray[np.float64]:
    """For each paragraph of the zone how sure the surest clutter before it in the zone is."""
    surest, result = 0.0, np.zeros(len(own))
    for i, inside in enumerate(zone):
        if not inside:
            surest = 0.0
            continue
        result[i] = surest
        surest = max(surest, float(own[i]))
    return result


def _copies(texts: Sequence[str]) -> NDArray[np.bool_]:
    """Whether the same text stands earlier in the article."""
    seen: set[str] = set()
    result = np.zeros(len(texts), dtype=bool)
    for i, text in enumerate(texts):
        result[i] = text in seen
        seen.add(text)
    return result


def _crumbs(texts: Sequence[str], lengths: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Whether a short paragraph holds the whole of another one, as `Home / News / title` does."""
    # A title stands early.
    titles = [(i, t) for i, t in enumerate(texts[:8]) if 3 <= lengths[i] <= 30]
    return np.array(
        [
            lengths[i] <= 45 and any(j != i and t != text and t in text for j, t in titles)
            for i, text in enumerate(texts)
        ],
        dtype=bool,
    )
