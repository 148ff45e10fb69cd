"""Read the corpus and keep the pairs that are worth learning from.

A pair is dropped when it stands in a benchmark or in a held-out document, when a side is in the
wrong script, when the lengths cannot belong together, or when it repeats a pair that is already
there (numbers apart). What was dropped, and why, is counted source by source.
"""

import gzip
import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from training import heldout
from training.benchmark import Guard, words

LEXICAL = ("ui", "lexicon", "names")
MOST_CHARS = 1200  # longer pairs are whole pages glued together
LENGTH_RATIOS = (0.35, 2.8)  # Arabic to English characters; outside, one side lacks something
LENIENT_CHARS = (
    20  # short strings vary more: a difference in length under this is never held against them
)

_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
_LETTER = re.compile(r"[^\W\d_]")
_ASCII_LETTER = re.compile(r"[A-Za-z]")
_TAG = re.compile(r"<[^<>]{1,200}>")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_PLACEHOLDER = re.compile(
    r"%\(\w+\)[sdf]|%\d*\$?[sdif@]|%\d|\$?\{\{?[^{}]{0,60}\}?\}|\$\d|&[a-z]+\.[\w.]+;"
)
_MARKUP = re.compile(r"[*_`#|~=\\]{1,}|^\s*[-•>]+\s+")
_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"\d+")


class Pair(NamedTuple):
    """One text and its translation."""

    source: str
    document: str
    position: int
    ar: str
    en: str


@dataclass
class Kept:
    """The pairs that passed, and what became of the others."""

    pairs: list[Pair] = field(default_factory=list)
    dropped: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


def clean(text: str) -> str:
    """Take mark-up, links, placeholders and doubled spaces out of a text."""
    text = html.unescape(text)
    text = _LINK.sub(r"\1", _TAG.sub(" ", text))
    text = _ADDRESS.sub(" ", text)
    text = _PLACEHOLDER.sub(" ", text)
    text = _MARKUP.sub(" ", text)
    return _SPACE.sub(" ", text).strip()


def fault(ar: str, en: str) -> str | None:
    """Name what is wrong with a pair's language or length, if anything is."""
    ar_letters, en_letters = len(_LETTER.findall(ar)), len(_LETTER.findall(en))
    if not ar_letters or not en_letters:
        return "no letters"
    if len(_ARABIC.findall(ar)) < 0.5 * ar_letters:
        return "Arabic side in another script"
    if len(_ASCII_LETTER.findall(en)) < 0.8 * en_letters:
        return "English side in another script"
    if max(len(ar), len(en)) > MOST_CHARS:
        return "too long"
    ratio = ar_letters / en_letters
    if abs(ar_letters - en_letters) > LENIENT_CHARS and not (
        LENGTH_RATIOS[0] < ratio < LENGTH_RATIOS[1]
    ):
        return "lengths do not belong together"
    return None


def read(corpus: Path, *, with_unstated: bool = False) -> Iterator[Pair]:
    """Yield every pair of the corpus, prose first, in the order of its documents."""
    folders = ["open", "unstated"] if with_unstated else ["open"]
    for folder in folders:
        for path in sorted((corpus / "text" / folder).glob("*.tsv.gz")):
            source = path.name.removesuffix(".tsv.gz")
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                for line in lines:
                    document, position, ar, en = line.rstrip("\n").split("\t")
                    yield Pair(source, document, int(position), ar, en)
    for name in LEXICAL:
        with gzip.open(corpus / "lexical" / f"{name}.tsv.gz", "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                origin, ar, en = line.rstrip("\n").split("\t")
                yield Pair(f"lexical-{name}", origin, number, ar, en)


class Outside:
    """Knows the held-out documents by place and, for copies of them elsewhere, by text."""

    def __init__(self, corpus: Path) -> None:
        self._spans: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for span in heldout.read():
            self._spans[span.source, span.document].append((span.first, span.last))
        self._texts: set[tuple[str, ...]] = set()
        sources = {source for source, _ in self._spans}
        for pair in read(corpus, with_unstated=True):
            if pair.source in sources and self._placed(pair):
                self._texts.update(
                    tuple(key) for key in map(words, (pair.ar, pair.en)) if len(key) > 3
                )

    def _placed(self, pair: Pair) -> bool:
        spans = self._spans.get((pair.source, pair.document), ())
        return any(first <= pair.position <= last for first, last in spans)

    def holds(self, pair: Pair) -> bool:
        """Tell whether a pair, or a copy of one of its sides, is held out."""
        return (
            self._placed(pair)
            or tuple(words(pair.ar)) in self._texts
            or tuple(words(pair.en)) in self._texts
        )


def named_sources(pair: Pair) -> frozenset[str]:
    """The sources of a pair as the table beside the model names them; a word may have several."""
    lexical = pair.source.startswith("lexical-")
    return frozenset(pair.document.split("|") if lexical else [pair.source])


def gather(
    corpus: Path,
    benchmark: Path,
    *,
    with_unstated: bool = False,
    without: frozenset[str] = frozenset(),
) -> Kept:
    """Read the whole corpus and keep what is worth learning from.

    without: names of sources; a pair goes when it stands in no other. Raises ValueError for a name
    that no pair has.
    """
    guard, outside = Guard.of_folder(benchmark), Outside(corpus)
    kept = Kept()
    seen: set[tuple[str, str]] = set()
    not_met = set(without)
    for pair in read(corpus, with_unstated=with_unstated):
        dropped = kept.dropped[pair.source]
        dropped["read"] += 1
        if without:
            sources = named_sources(pair)
            not_met -= sources
            if sources <= without:
                dropped["source left out"] += 1
                continue
        ar, en = clean(pair.ar), clean(pair.en)
        key = (_template(ar), _template(en))
        if key in seen:
            dropped["repeated"] += 1
        elif outside.holds(pair):
            dropped["held out"] += 1
        elif reason := fault(ar, en):
            dropped[reason] += 1
        # The text as given too: cleaning must not hide a benchmark text from the guard.
        elif any(guard.knows(text) for text in {ar, en, pair.ar, pair.en}):
            dropped["stands in the benchmark"] += 1
        else:
            seen.add(key)
            dropped["kept"] += 1
            kept.pairs.append(pair._replace(ar=ar, en=en))
    if not_met:
        raise ValueError(
            f"no pair of the corpus is from {', '.join(sorted(not_met))}; "
            "aligner/models/SOURCES.tsv has the names"
        )
    return kept


def _template(text: str) -> str:
    return _NUMBER.sub("0", " ".join(words(text)))
