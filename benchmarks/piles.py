"""Make piles of articles whose pairs are known.

    python -m benchmarks.piles --corpus DIR --out DIR --sizes 1000 10000

A pile of size N has about N Arabic and N English articles; of a hundred sources 60 are there in
both languages. An article is a run of neighbouring lines of the corpus: the next run of the same
document is a decoy on the same topic. On top of that, of a hundred source articles
  10 come with a twin: the same story a day later, a third of its sentences rewritten and its
     numbers changed, in both languages alike, so that each has its own counterpart;
  25 lack a quarter of their paragraphs on one side, 10 lack half of them;
  10 hold paragraphs of another article on one side, 5 begin with another paragraph on one side;
and all wear the menus and footers of one of five made-up sites, with a headline of another article.

<out>/<N>.articles.jsonl and <out>/<N>.gold.json are as `benchmarks.docpair` and its scorer read
them. With --heldout only text that the bundled vectors have not learned from is used (for fitting;
it gives up to about 1,500 articles a side). Beyond some 60,000 articles a side lines are used
again, in other company; the gold names such `halves`, which are neither a pair nor strangers.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain, product
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent
HELDOUT = ROOT / "training" / "heldout.tsv"
NOT_ARTICLES = {
    "tatoeba-opus",
    "tatoeba-khaled5321",
    "tatoeba-manythings",
    "xsid-ar",
    "wikipedia-android",
}
SMALL = 20_000  # articles a side; for more, lines are used again
MANY_LINES = 3  # two articles that share so many are no strangers,
MANY_OF_ITS_LINES = 1 / 3  # nor are two that share so many of the shorter one's
LEAST_CHARACTERS = 25  # in a line; shorter ones are headings and buttons
ARABIC = re.compile("[\u0621-\u064a]")
DIGITS = re.compile(r"\d+")
WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")

# What stands above and below the articles of five sites that there are not.
SITES: tuple[dict[str, tuple[list[str], list[str]]], ...] = (
    {
        "ar": (
            ["الصفحة الأولى | سياسة | اقتصاد | رياضة"],
            ["حقوق النشر محفوظة لموقع الضفة", "تابعنا على تويتر", "أرسل إلى صديق"],
        ),
        "en": (
            ["Front page | Politics | Business | Sport"],
            [
                "Copyright The Bank. All rights reserved.",
                "Follow us on Twitter",
                "Send to a friend",
            ],
        ),
    },
    {
        "ar": (
            ["الأخبار", "وقت النشر: صباح اليوم"],
            ["اقرأ أيضا", "للتواصل مع التحرير: news@example.org", "الأكثر قراءة"],
        ),
        "en": (
            ["News", "Published this morning"],
            ["Read also", "Write to the editors: news@example.org", "Most read"],
        ),
    },
    {
        "ar": ([], ["التعليقات مغلقة", "كلمات مفتاحية: أخبار، عاجل، تقارير"]),
        "en": ([], ["Comments are closed", "Tags: news, breaking, reports", "Back to top"]),
    },
    {
        "ar": (
            ["بث مباشر", "مشاركة على فيسبوك"],
            ["اشترك في النشرة البريدية", "من نحن | اتصل بنا | شروط الاستخدام", "صورة: أرشيف"],
        ),
        "en": (
            ["Watch live", "Share on Facebook"],
            ["Sign up for our newsletter", "About us | Contact | Terms of use", "Photo: archive"],
        ),
    },
    {
        "ar": (["in"], ["وكالة الأنباء المتحدة", "حمل التطبيق من هنا"]),
        "en": (["Skip to main content"], ["United Press Desk", "Download our app here"]),
    },
)


class Line(NamedTuple):
    """A line of the corpus in both languages."""

    ar: str
    en: str


def documents(corpus: Path, *, heldout: bool) -> list[list[Line]]:
    """Read the documents of the corpus, each line once, in a fixed order."""
    spans = _heldout() if heldout else None
    seen: set[str] = set()
    found = []
    for path in sorted(corpus.glob("text/*/*.tsv.gz")):
        source = path.name.removesuffix(".tsv.gz")
        if source in NOT_ARTICLES:
            continue
        lines: defaultdict[str, list[Line]] = defaultdict(list)
        for document, position, ar, en in _rows(path):
            if spans is not None:
                parts = [
                    f"{document}#{first}"
                    for first, last in spans[source, document]
                    if first <= position <= last
                ]
                if not parts:
                    continue
                document = parts[0]
            if min(len(ar), len(en)) < LEAST_CHARACTERS or en in seen or ar in seen:
                continue
            if len(ARABIC.findall(ar)) < 0.4 * len(ar):
                continue
            seen.update((ar, en))
            lines[document].append(Line(ar, en))
        found += [lines[document] for document in sorted(lines)]
    return found


def _heldout() -> defaultdict[tuple[str, str], list[tuple[int, int]]]:
    spans: defaultdict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    with HELDOUT.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            spans[row["source"], row["document"]].append((int(row["first"]), int(row["last"])))
    return spans


def _rows(path: Path) -> Iterator[tuple[str, int, str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            document, position, ar, en = line.rstrip("\n").split("\t")
            yield document, int(position), ar, en


def runs(found: list[list[Line]], chance: random.Random, *, close: bool) -> list[list[Line]]:
    """Cut documents into articles of 3 to 25 lines, in any order.

    close: those of one document stay together, so that even a small pile is about few things.
    """
    cut: list[list[Line]] = []
    for lines in chance.sample(found, len(found)) if close else found:
        start = 0
        while start < len(lines):
            size = chance.choice((3, 4, 5, 6, 8, 10, 14, 18, 25))
            run = lines[start : start + size]
            if len(run) >= 3 and sum(len(line.en) for line in run) >= 150:
                cut.append(run)
            start += size
    if not close:
        chance.shuffle(cut)
    return cut


def mixtures(cut: list[list[Line]], chance: random.Random) -> Iterator[list[Line]]:
    """Articles made of the first half of one and the second half of another, without end."""
    while True:
        for first, second in zip(cut, chance.sample(cut, len(cut)), strict=True):
            yield first[: (len(first) + 1) // 2] + second[len(second) // 2 :]


def renumbered(line: Line, shift: int) -> Line:
    """The line with another value for each number that both sides have."""
    common = {n.translate(WESTERN) for n in DIGITS.findall(line.ar)} & set(DIGITS.findall(line.en))

    def other(match: re.Match[str]) -> str:
        digits = match[0].translate(WESTERN)
        return str(int(digits) + shift) if digits in common else match[0]

    return Line(DIGITS.sub(other, line.ar), DIGITS.sub(other, line.en))


class Pile:
    """Articles in the making."""

    def __init__(self, seed: str) -> None:
        self.chance = random.Random(seed)
        self.articles: list[dict[str, Any]] = []
        self.pairs: list[tuple[str, str]] = []
        self.count = {"ar": 0, "en": 0}
        self.headlines: dict[str, list[str]] = {
            "ar": ["خبر آخر من اليوم"],
            "en": ["Another story of the day"],
        }

    def add(self, lines: list[Line], kind: str, strangers: list[Line]) -> None:
        """Add a source article: in both languages, or in one (`kind` is both, ar or en)."""
        chance = self.chance
        site = chance.choice(SITES)
        fate = chance.random()
        changed = chance.choice(("ar", "en")) if kind == "both" else ""
        paragraphs, start = [], 0
        while start < len(lines):
            size = chance.choice((1, 1, 2, 2, 3))
            paragraphs.append(lines[start : start + size])
            start += size
        names = {}
        for side in ("ar", "en"):
            if kind not in ("both", side):
                continue
            texts = [" ".join(getattr(line, side) for line in p) for p in paragraphs]
            if side == changed:
                texts = self._torn(texts, fate, [getattr(line, side) for line in strangers])
            above, below = site[side]
            other = chance.choice(self.headlines[side])
            name = f"{side}-{len(self.articles):06d}"
            title = getattr(lines[0], side) if chance.random() < 0.5 else ""
            body = [*above, *texts, *below[: chance.randint(1, 3)], other]
            self.articles.append({"id": name, "lang": side, "title": title, "paragraphs": body})
            names[side] = name
            self.count[side] += 1
            self.headlines[side] = [*self.headlines[side][-50:], getattr(lines[0], side)]
        if kind == "both":
            self.pairs.append((names["ar"], names["en"]))

    def _torn(self, texts: list[str], fate: float, strangers: list[str]) -> list[str]:
        chance = self.chance
        if fate < 0.35 and len(texts) >= 4:
            lost = max(1, round(len(texts) * (0.25 if fate < 0.25 else 0.5)))
            gone = set(chance.sample(range(len(texts)), lost))
            return [text for n, text in enumerate(texts) if n not in gone]
        if fate < 0.45:
            for stranger in strangers[: max(1, len(texts) // 3)]:
                texts.insert(chance.randrange(len(texts) + 1), stranger)
        elif fate < 0.5:
            texts.insert(0, strangers[0])
        return texts


def make(
    found: list[list[Line]], size: int, seed: str, *, close: bool = False
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Make a pile of `size` articles a side, or fewer where the documents do not give as many.

    close: of neighbouring parts of few documents.
    """
    pile = Pile(seed)
    chance = pile.chance
    cut = runs(found, chance, close=close)
    supply = chain(cut, mixtures(cut, chance)) if size > SMALL else iter(cut)
    previous = cut[-1]
    related: list[tuple[str, str]] = []
    holders: dict[Line, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for lines in supply:
        kind = chance.choices(("both", "ar", "en"), (6, 2, 2))[0]
        before = len(pile.articles)
        pile.add(lines, kind, previous)
        for article in pile.articles[before:]:
            for line in lines:
                holders[line][article["lang"] == "en"].append(article["id"])
        if kind == "both" and chance.random() < 0.1:
            pile.add(twin(lines, previous, chance), "both", previous)
            (ar, en), (twin_ar, twin_en) = pile.pairs[-2:]
            related += [(ar, twin_en), (twin_ar, en)]
        previous = lines
        if min(pile.count.values()) >= size:
            break
    chance.shuffle(pile.articles)
    gold = {
        "pairs": sorted(pile.pairs),
        "related": related,  # each other's twins: neither a pair nor strangers
        "halves": halves(holders, pile.pairs),
        "ar": sorted(str(a["id"]) for a in pile.articles if a["lang"] == "ar"),
        "en": sorted(str(a["id"]) for a in pile.articles if a["lang"] == "en"),
    }
    return pile.articles, gold


def halves(
    holders: dict[Line, tuple[list[str], list[str]]], pairs: list[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Articles of both languages that share many lines, but are not each other's pair.

    Where lines are used again one is partly a translation of the other, whatever the gold says.
    """
    shared = Counter(pair for sides in holders.values() for pair in product(*sides))
    lines = Counter(name for sides in holders.values() for names in sides for name in names)
    told = set(pairs)
    return sorted(
        pair
        for pair, n in shared.items()
        if n >= min(MANY_LINES, MANY_OF_ITS_LINES * min(lines[name] for name in pair))
        and pair not in told
    )


def twin(lines: list[Line], strangers: list[Line], chance: random.Random) -> list[Line]:
    """The same story a day later: other numbers, and a third of the sentences another article's."""
    shift = chance.randint(1, 9)
    swapped = set(chance.sample(range(len(lines)), max(1, len(lines) // 3)))
    return [
        strangers[n % len(strangers)] if n in swapped else renumbered(line, shift)
        for n, line in enumerate(lines)
    ]


def write(articles: list[dict[str, Any]], gold: dict[str, Any], out: Path, size: int) -> None:
    """Write the two files of a pile."""
    with (out / f"{size}.articles.jsonl").open("w", encoding="utf-8") as file:
        for article in articles:
            file.write(json.dumps(article, ensure_ascii=False) + "\n")
    (out / f"{size}.gold.json").write_text(json.dumps(gold), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000])
    parser.add_argument("--seed", default="1")
    parser.add_argument("--heldout", action="store_true", help="only text kept from training")
    wanted = parser.parse_args()
    if not wanted.corpus.is_dir():
        parser.error(f"{wanted.corpus}: no such folder; name the training corpus by --corpus")
    wanted.out.mkdir(parents=True, exist_ok=True)
    found = documents(wanted.corpus, heldout=wanted.heldout)
    for size in wanted.sizes:
        articles, gold = make(found, size, f"{wanted.seed}/{size}")
        write(articles, gold, wanted.out, size)
        told = {name: len(gold[name]) for name in ("ar", "en", "pairs")}
        print(f"{size}: {told['ar']} Arabic, {told['en']} English, {told['pairs']} pairs")


if __name__ == "__main__":
    main()
