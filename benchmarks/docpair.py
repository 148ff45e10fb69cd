"""Pair the articles of a pile and write what score.py reads.

    python -m benchmarks.docpair ARTICLES.jsonl --out PRED.json [--model M]
        [--gold GOLD.json [--append MEASURED.tsv]]

ARTICLES has one article a line: {"id", "lang", "title", "paragraphs"}. PRED gets
{"pairs": [[ar_id, en_id], ...], "probabilities": [...]}. With --gold the measures are printed too,
as one JSON object: also seconds by the clock, processor seconds of this process and of those that
it starts, the most memory of all of them, and how busy the machine was meanwhile (load, 1 for each
processor wanted).
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from aligner.pairing import pair_articles
from aligner.pipeline import Pipeline
from aligner.text import Article, Language, Paragraph
from benchmarks.memory import Peak


def article(given: dict[str, Any]) -> Article:
    """An article of the benchmark; its language is given."""
    paragraphs = tuple(Paragraph(text, n + 1) for n, text in enumerate(given["paragraphs"]))
    return Article(
        Language(given["lang"]), paragraphs, name=given["id"], title=given.get("title") or None
    )


def read(path: Path) -> Iterator[Article]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield article(json.loads(line))


def measures(pairs: set[tuple[str, str]], gold: dict[str, Any]) -> dict[str, float]:
    """Precision, recall and F1 of the pairs, and the share of lone articles left unpaired.

    Pairs that the gold calls halves, neither pairs nor strangers, are left out of the count, as
    are lone articles that have a half.
    """
    halves = {(ar, en) for ar, en in gold.get("halves", ())}
    true = {(ar, en) for ar, en in gold["pairs"]}
    pairs = pairs - halves
    right = len(pairs & true)
    precision, recall = right / max(len(pairs), 1), right / max(len(true), 1)
    f1 = 2 * precision * recall / (precision + recall) if right else 0.0
    lone = {*gold["ar"], *gold["en"]} - {name for pair in true | halves for name in pair}
    left = lone - {name for pair in pairs for name in pair}
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(f1, 4),
        "unpaired_recall": round(len(left) / len(lone), 4) if lone else 1.0,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("articles", type=Path, help="articles, one a line")
    parser.add_argument("--out", type=Path, required=True, help="where the pairs go")
    parser.add_argument("--model", help="a sentence-transformers name or folder")
    parser.add_argument("--gold", type=Path, help="the true pairs, to measure against")
    parser.add_argument("--append", type=Path, help="a table to which the measures are added")
    options = parser.parse_args()
    start = time.perf_counter()
    workers = 1 if options.model else os.cpu_count() or 1
    loads = {0: os.getloadavg()[0]}  # by the second

    def look(*_: object) -> None:
        loads[int(time.perf_counter() - start)] = os.getloadavg()[0]

    with Peak() as peak:
        articles = read(options.articles)
        pipeline = Pipeline(options.model)
        found = pair_articles(articles, pipeline=pipeline, workers=workers, progress=look)
    taken = time.perf_counter() - start
    answer = {
        "pairs": [[pair.ar.name, pair.en.name] for pair in found],
        "probabilities": [round(pair.probability, 4) for pair in found],
    }
    options.out.write_text(json.dumps(answer), encoding="utf-8")
    if options.gold:
        gold = json.loads(options.gold.read_text(encoding="utf-8"))
        told = {
            "articles": min(len(gold["ar"]), len(gold["en"])),  # a side
            **measures({(pair.ar.name, pair.en.name) for pair in found}, gold),
            "seconds": round(taken, 1),
            "parent_s": round(_processor_seconds(resource.RUSAGE_SELF), 1),
            "children_s": round(_processor_seconds(resource.RUSAGE_CHILDREN), 1),
            "gigabytes": round(peak.gigabytes, 2),
            "load": round(sum(loads.values()) / len(loads), 1),
        }
        print(json.dumps(told))
        if options.append:
            _append(options.append, told)


def _processor_seconds(who: int) -> float:
    usage = resource.getrusage(who)
    return usage.ru_utime + usage.ru_stime


def _append(path: Path, told: dict[str, float]) -> None:
    fresh = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, told, delimiter="\t", lineterminator="\n")
        if fresh:
            rows.writeheader()
        rows.writerow(told)


if __name__ == "__main__":
    main()
