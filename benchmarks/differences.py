"""Numbers, dates and names that differ: flags on human translation, recall on changed figures.

    python -m benchmarks.differences [--data DIR] [--show]

DIR holds docalign/*.jsonl (default ../shared/eval/dev). The translation is right but for a few true
slips, so most flags would be wrong; those in beads that are not the gold's are counted apart, and
`--show` prints every one to be looked at. Then in every English sentence that has one a figure or
name is changed (two digits swapped, one changed, one more; a year, month, day, weekday or first
name exchanged), over gold beads, and what is found is counted.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

from aligner.bitext import Alignment, Bead, Divergence
from aligner.divergence import dates, likeness, names, numbers
from aligner.pipeline import Pipeline
from aligner.text import SIDES, Article, Language, Paragraph, Sentence
from benchmarks.docalign import article

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
WEEKDAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
FIRST_NAMES = {name.capitalize() for name in likeness.first_names()[Language.EN]}
CHANGED = {
    "number": r"(?<![\w.,/:$£-])(?!(?:1[5-9]|20)\d\d\b)\d[\d,]*\d\b(?![\w/:%-]|\.\d)",
    "percentage or sum": r"(?<=[$£])\d[\d,]*\d\b(?!\.\d)|\b\d{2,3}(?=(?:%| per ?cent))",
    "year": r"\b(?:1[6-9]\d\d|20[0-2]\d)\b(?![-–])",
    "day": rf"\b\d{{1,2}}(?= (?:{MONTHS})\b)|(?<=[a-y] )\b\d{{1,2}}(?=, \d{{4}})",
    "month": rf"\b(?:{MONTHS})\b(?= \d)|(?<=\d )(?:{MONTHS})\b",
    "weekday": rf"\b(?:{WEEKDAYS})\b",
    "first name": rf"\b(?:{'|'.join(sorted(FIRST_NAMES))})\b(?= [A-Z][a-z])",
}


def changed(kind: str, figure: str, chance: random.Random) -> str:
    """Another figure of the same kind."""
    others = {"month": MONTHS.split("|"), "weekday": WEEKDAYS.split("|")}
    others["first name"] = sorted(FIRST_NAMES)
    if kind in others:
        return chance.choice([name for name in others[kind] if name != figure])
    if kind == "day":
        return str(int(figure) % 28 + 1)
    if kind == "year":
        return str(int(figure) + chance.choice((-10, -1, 1, 2, 10)))
    digits = [n for n, letter in enumerate(figure) if letter.isdigit()]
    letters = list(figure)
    way = chance.choice(("swap", "change", "one more"))
    if way == "swap":
        n = chance.randrange(len(digits) - 1)
        here, there = digits[n], digits[n + 1]
        letters[here], letters[there] = letters[there], letters[here]
    elif way == "change" or "," in figure or kind == "percentage or sum":
        n = chance.choice(digits)
        letters[n] = chance.choice([d for d in "123456789" if d != letters[n]])
    else:
        letters.append("0")
    return "".join(letters)


def flags(ar: Article, en: Article, alignment: Alignment) -> list[Divergence]:
    return [f for kind in (numbers, dates, names) for f in kind.find(ar, en, alignment)]


def on_translations(items: list[dict[str, Any]], pipeline: Pipeline, *, show: bool) -> None:
    found: dict[str, Counter[str]] = {}
    seconds = 0.0
    for item in items:
        pair = pipeline.compare(*(article(item[s], s, item["id"]) for s in SIDES))
        gold = {(tuple(a), tuple(e)) for a, e in item["gold_sentence_alignments"]}
        start = time.process_time()
        here = flags(pair.ar, pair.en, pair.alignment)
        seconds += time.process_time() - start
        level = item.get("level", "natural")
        count = found.setdefault(level if level != "natural" else item["source"], Counter())
        count["documents"] += 1
        count["beads"] += sum(not b.is_null for b in pair.alignment)
        for flag in here:
            bead = pair.alignment.bead_of(flag.side, flag.sentences[0])
            assert bead is not None
            right = (bead.ar, bead.en) in gold
            count[flag.kind] += 1
            count["in wrong beads"] += not right
            if show:
                where = "" if right else "  [not a gold bead]"
                print(f"  {item['id']}: {flag.detail} ({flag.probability:.2f}){where}")
    print(
        f"{'flags':22}{'documents':>10}{'beads':>8}"
        f"{'numbers':>9}{'dates':>7}{'names':>7}{'in wrong beads':>16}"
    )
    for level, count in found.items():
        print(
            f"{level:22}{count['documents']:10}{count['beads']:8}{count['number']:9}"
            f"{count['date']:7}{count['name']:7}{count['in wrong beads']:16}"
        )
    print(f"{1000 * seconds / max(1, len(items)):.2f} ms a pair")


def lone(text: str, language: Language) -> Article:
    return Article(language, (Paragraph(text, 1, (Sentence(text, 0),)),))


def on_changed_figures(items: list[dict[str, Any]]) -> None:
    chance = random.Random(1)
    bead = Alignment((Bead((0,), (0,), 0.9, 1.0),))
    tried, seen = Counter[str](), Counter[str]()
    for item in items:
        texts = {s: [t for p in item[s]["paragraphs"] for t in p] for s in SIDES}
        for beads in item["gold_sentence_alignments"]:
            ar, en = (
                " ".join(texts[s][i] for i in numbers_)
                for s, numbers_ in zip(SIDES, beads, strict=True)
            )
            if flags(lone(ar, Language.AR), lone(en, Language.EN), bead):
                continue
            for kind, pattern in CHANGED.items():
                matches = list(re.finditer(pattern, en))
                if not matches:
                    continue
                match = chance.choice(matches)
                other = changed(kind, match[0], chance)
                beside = en[max(0, match.start() - 12) : match.end() + 12]
                is_a_day = kind == "number" and re.search(MONTHS, beside)
                if other == match[0] or other.startswith("0") or is_a_day:
                    continue
                slipped = en[: match.start()] + other + en[match.end() :]
                tried[kind] += 1
                seen[kind] += bool(flags(lone(ar, Language.AR), lone(slipped, Language.EN), bead))
    print(f"\n{'changed in the English':24}{'found':>7}{'of':>6}")
    for kind in CHANGED:
        print(f"{kind:24}{seen[kind]:7}{tried[kind]:6}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/eval/dev"))
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    folder = options.data / "docalign"
    if not folder.is_dir():
        raise SystemExit(
            f"{options.data}: no docalign/ here; give the benchmark's folder with --data"
        )
    made, natural = (
        [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]
        for name in ("ntrex.jsonl", "natural.jsonl")
    )
    on_translations([*made, *natural], Pipeline(), show=options.show)
    on_changed_figures([item for item in made if item["level"] == "clean"])


if __name__ == "__main__":
    main()
