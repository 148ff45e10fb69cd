"""What a paragraph looks like by itself, and where it stands among the others."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from aligner.ingest.boilerplate import arabic, cues, english
from aligner.text import Article, Language, bare

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# A paragraph's kind shows in its first words; the rest of a long one is not looked at.
_LOOKED_AT: Final = 320
PROSE_WORDS: Final = 7  # a sentence of so many words is seldom a label
FEW_WORDS: Final = 4  # a label before a list of links has fewer
ITEM_WORDS: Final = 12  # that an item without a mark has at most
EARLY: Final = 8  # paragraphs among which a title stands

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
    "points_elsewhere",
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
    "quotation",
    "item",
)
PLACE: Final = (
    "look_in_head",
    "look_inside",
    "look_in_tail",
    "look_of_anchor",
    "in_head",
    "in_tail",
    "anchor",
    "few_words_in_head",
    "few_words_in_tail",
    "many_words_in_tail",
    "ellipsis_in_tail",
    "row_in_head",
    "row_inside",
    "stop_in_head",
    "stop_inside",
    "stop_in_tail",
    "prose_in_tail",
    "far_into_tail",
    "title",
    "before_title",
    "clutter_beside_in_head",
    "clutter_beside_inside",
    "clutter_beside_in_tail",
    "clutter_earlier_in_tail",
    "clutter_later_in_head",
    "copy",
    "crumb",
    "listed",
    "repeated",
)
LINKS: Final = (
    "linked_in_head",
    "linked_inside",
    "linked_in_tail",
    "neighbours_linked_inside",
    "neighbours_linked_in_tail",
    "linked_title",
    "linked_many_words",
    "unlinked_far_into_tail",
)

_CUES: Final = {Language.AR: arabic.CUES, Language.EN: english.CUES}
_QUOTE: Final = re.compile('[«»“”"]')
_COLON: Final = re.compile(r"\s*[:|»>←→]")
_DIGIT: Final = re.compile(r"\d")
_MARKED: Final = re.compile("[|/»›>•·:–—-]")  # between the parts of a breadcrumb
_LATIN: Final = re.compile(r"[A-Za-z]")
_ARABIC: Final = re.compile(r"[\u0621-\u064A]")


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """The text folded, with single spaces: what counts as the same paragraph."""
    return " ".join(cues.fold(text).split())


@lru_cache(maxsize=8192)
def look(text: str, language: Language) -> tuple[float, ...]:
    """Features of one paragraph by itself, in the order of LOOK, each about 0 to 1."""
    of = _CUES[language]
    text = bare(text)
    beginning = text[:_LOOKED_AT]
    folded = cues.fold(beginning)
    # Arabic has no capitals, and of a cut-off text only what is looked at counts.
    shown = cues.WORD.findall(beginning) if language is Language.EN else []
    words = [w.lower() for w in shown] if shown and text.isascii() else cues.WORD.findall(folded)
    count = max(1, len(words))
    long = len(text) > _LOOKED_AT or count > 25
    short = not long and count <= 12
    covered, opens, points = 0, False, False
    for match in () if long else of.phrases.finditer(folded):
        covered += match.end() - match.start()
        if match.start() <= 3:
            opens, points = True, points or bool(_COLON.match(folded, match.end()))
    interface = 0 if long else sum(map(of.interface.__contains__, words))
    addressed = sum(map(of.address.__contains__, words))
    if addressed and _QUOTE.search(folded):
        # An address inside a quotation is somebody's, not the site's.
        own = cues.WORD.findall(cues.QUOTED.sub(" ", folded))
        addressed = sum(map(of.address.__contains__, own))
    small = sum(map(of.function.__contains__, words))
    scripts = (_LATIN, _ARABIC) if language is Language.AR else (_ARABIC, _LATIN)
    other = 0 if folded.isascii() and scripts[0] is _ARABIC else len(scripts[0].findall(folded))
    own_letters = len(scripts[1].findall(folded)) if other else 0
    digits = len(_DIGIT.findall(folded))
    breaks_off = cues.breaks_off(text)
    return (
        not long and count <= 2,
        not long and 3 <= count <= 6,
        not long and 7 <= count <= 12,
        not long and 13 <= count <= 25,
        not breaks_off and cues.closes(text),
        breaks_off,
        text.endswith(":"),
        not long and cues.SEPARATOR.search(folded) is not None,
        min(1.0, 3 * digits / max(1, len(folded))),
        short and digits > 0 and cues.DATE.search(folded) is not None,
        0.0 if long else _address_share(folded),
        short and cues.HANDLE.search(folded) is not None,
        (not long and "©" in text) or folded.startswith("(c)"),
        min(1.0, 2 * interface / count),
        interface > 0,
        min(1.0, 1.5 * covered / max(1, len(folded))),
        opens,
        points,
        short and of.labels.match(folded) is not None,
        short and of.byline.match(folded) is not None,
        not long and cues.CREDIT.search(folded) is not None,
        0.0 if long else min(1.0, 5 * addressed / count),
        addressed > 0,
        not long and bool(words) and words[0] in of.imperative,
        min(1.0, 2.5 * small / count),
        not of.telling.isdisjoint(words),
        other / max(1, other + own_letters),
        sum([w[0].isupper() for w in shown]) / max(1, len(shown)),
        # In the headline that "Read also:" points to, a quotation is nobody's in this article.
        not points and _QUOTE.search(text) is not None,
        cues.ITEM.match(folded) is not None,
    )


def _address_share(folded: str) -> float:
    """How much of the text is addresses: prose may name one, a contact line is little else."""
    if cues.ADDRESS_MARK.search(folded) is None:
        return 0.0
    named = sum([len(address) for address in cues.ADDRESS.findall(folded)])
    return min(1.0, 2.5 * named / len(folded))


@dataclass(frozen=True, eq=False)
class Page:
    """An article's paragraphs as they are whatever is linked, each array one value a paragraph."""

    look: Floats  # (paragraphs, len(LOOK))
    texts: tuple[str, ...]  # normalised
    lengths: Floats  # words
    ends: Bools  # as prose does
    breaks_off: Bools
    opens: Bools  # something, with a colon
    marked: Bools  # as an item of a list
    row: Bools  # of a table of facts: `Date: 3 May`
    copies: Bools
    crumbs: Bools
    stands: tuple[int, ...]  # see `_standing`


def page_of(article: Article) -> Page:
    """What is known of an article's paragraphs before any of them is found to be clutter."""
    return _page(article.language, tuple([p.text for p in article.paragraphs]))


# A page is looked at by itself, and again when its links are known.
@lru_cache(maxsize=8)
def _page(language: Language, paragraphs: tuple[str, ...]) -> Page:
    look_of = [look(text, language) for text in paragraphs]
    looks = np.array(look_of, dtype=np.float64).reshape(len(look_of), len(LOOK))
    looks.setflags(write=False)
    texts = tuple([normalise(text) for text in paragraphs])
    lengths = np.array([t.count(" ") + 1 for t in texts], dtype=np.float64)
    return Page(
        look=looks,
        texts=texts,
        lengths=lengths,
        ends=np.array([cues.closes(t) for t in texts], dtype=bool),
        breaks_off=np.array([cues.breaks_off(t) for t in texts], dtype=bool),
        opens=np.array([t.endswith(":") for t in texts], dtype=bool),
        marked=np.array([cues.ITEM.match(t) is not None for t in texts], dtype=bool),
        row=np.array([":" in t[2:40] and t.count(" ") < 15 for t in texts], dtype=bool),
        copies=_copies(texts),
        crumbs=_crumbs(texts, lengths),
        stands=_standing(texts),
    )


def places(
    article: Article, own: Floats, linked: Sequence[float] | None, repeated: Collection[str]
) -> Floats:
    """Shape (paragraphs, len(PLACE)), or with len(LINKS) columns more where links are known.

    own: for each paragraph the log-odds that it is clutter, by its look alone.
    The article's anchors are its paragraphs of prose, where links are known those that found a
    counterpart. What stands before the first is the head, after the last the tail.
    """
    page = page_of(article)
    share = None if linked is None else np.asarray(linked, dtype=np.float64)
    few, many = page.lengths <= 3, page.lengths >= 10
    anchor = (own < 0) & many & (page.ends | (page.lengths >= 18))
    if share is not None:
        found = share >= 0.5
        # Verses, turns of a talk and steps of a manual have no prose among them.
        anchor = anchor & found if (anchor & found).any() else anchor | found
    listed = _listed(page, own)
    # Where there is no prose at all, nothing is known to stand before or after it. A list belongs
    # to the prose that opens it.
    around = ~(anchor | listed)
    head, tail = np.zeros_like(around), np.zeros_like(around)
    if anchor.any():
        first, last = int(anchor.argmax()), len(anchor) - int(anchor[::-1].argmax())
        head[:first], tail[last:] = around[:first], around[last:]
    inside = ~(head | tail | anchor)
    zones = np.array([head, inside, tail], dtype=np.float64)
    # What repeats the title is known by that, whatever the title looks like.
    copies = page.copies & ~inside
    named = page.crumbs | copies
    # So is an item of a list, with its mark.
    look = np.minimum(np.maximum(own, -6), 6) / 4
    look[named | (listed & page.marked)] = 0.0
    sure = 1 / (1 + np.exp(-own))
    title = np.zeros(len(own))
    before_title = np.zeros(len(own))
    number = _title(article, page, head & ~named, sure)
    if number is not None:
        title[number] = 1.0
        before_title[:number] = head[:number]
    far = tail * np.minimum(np.cumsum(tail), 8) / 8
    # In the order of PLACE; of `zones` rows, those of the head, the inside and the tail.
    rows = [
        look * zones,
        look * anchor,
        zones[::2],
        anchor,
        few * zones[::2],
        many & tail,
        page.breaks_off & tail,
        page.row * zones[:2],
        page.ends * zones,
        tail & page.ends & (page.lengths >= PROSE_WORDS) & (own < 0),
        far,
        title,
        before_title,
        _beside(sure) * zones,
        _so_far(sure, tail),
        _so_far(sure[::-1], head[::-1])[::-1],
        copies,
        page.crumbs,
        listed,
        np.array([t in repeated for t in page.texts], dtype=bool),
    ]
    if share is not None:
        near = _beside(share)
        share = np.where(named, 0.0, share)
        rows += [share * zones, near * zones[1:], share * title, share * many, (1 - share) * far]
    return np.concatenate(rows, axis=None).reshape(-1, len(own)).T


def _title(article: Article, page: Page, head: Bools, sure: Floats) -> int | None:
    """The one paragraph that is the headline: the given title, or the longest one in the head."""
    given = normalise(article.title) if article.title else None
    # A plain text's title is a guess, and a cookie banner may stand first.
    where = [i for i, text in enumerate(page.texts) if text == given and sure[i] < 0.85]
    if where:
        return next((i for i in reversed(where) if head[i]), where[0])
    fitting = head & (page.lengths >= 3) & (page.lengths <= 30) & (sure < 0.7)
    return int(np.where(fitting, page.lengths, 0.0).argmax()) if fitting.any() else None


def _beside(values: Floats) -> Floats:
    """For each paragraph the mean over its two neighbours; a missing neighbour counts as 0.5."""
    padded = np.full(len(values) + 2, 0.5)
    padded[1:-1] = values
    mean: Floats = (padded[:-2] + padded[2:]) / 2
    return mean


def _so_far(own: Floats, zone: Bools) -> Floats:
    """For each paragraph of the zone how sure the surest clutter before it in the zone is."""
    surest, result = 0.0, np.zeros(len(own))
    if not zone.any():
        return result
    for i, (inside, clutter) in enumerate(zip(zone.tolist(), own.tolist(), strict=True)):
        result[i] = surest if inside else 0.0
        surest = max(surest, clutter) if inside else 0.0
    return result


def _listed(page: Page, own: Floats) -> Bools:
    """Whether a paragraph is of a list that something told in prose opens with a colon.

    The items of a list have a mark all of them, or are all short.
    """
    listed = np.zeros(len(own), dtype=bool)
    if not page.opens.any():
        return listed
    marked, lengths = page.marked, page.lengths
    for i in range(1, len(own)):
        if page.opens[i - 1]:
            listed[i] = own[i - 1] < 0 and lengths[i - 1] >= FEW_WORDS
        elif listed[i - 1] and marked[i] == marked[i - 1]:
            listed[i] = marked[i] or (lengths[i - 1 : i + 1] <= ITEM_WORDS).all()
    return listed


def _standing(texts: Sequence[str]) -> tuple[int, ...]:
    """For each text the number of the one that stands for it, mostly itself.

    Of two titles at the beginning the second is the article's own, the first the page's.
    """
    last = {text: i for i, text in enumerate(texts[:EARLY])}
    return tuple([last[text] if i < EARLY else i for i, text in enumerate(texts)])


def _copies(texts: Sequence[str]) -> Bools:
    """Whether the same text counts elsewhere: where it stands early, or for the first time."""
    if len(set(texts)) == len(texts):
        return np.zeros(len(texts), dtype=bool)
    kept = dict(zip(reversed(texts), range(len(texts) - 1, -1, -1), strict=True))
    kept |= {text: i for i, text in enumerate(texts[:EARLY])}
    return np.array([kept[text] != i for i, text in enumerate(texts)], dtype=bool)


def _crumbs(texts: Sequence[str], lengths: Floats) -> Bools:
    """Whether a paragraph is another one and a little more, as `Home / News / title` is."""
    titles = [(i, t) for i, t in enumerate(texts[:EARLY]) if 3 <= lengths[i] <= 30]
    found = np.zeros(len(texts), dtype=bool)
    named = tuple(t for _, t in titles)
    for i, text in enumerate(texts):
        if not (text.startswith(named) or text.endswith(named)):
            continue
        found[i] = any(
            0 < len(text) - len(t) <= 60
            and lengths[i] - lengths[j] <= 8
            and (
                (text.startswith(t) and _MARKED.search(text[len(t) :]))
                or (text.endswith(t) and _MARKED.search(text[: -len(t)]))
            )
            for j, t in titles
        )
    return found
