"""Site clutter set apart: precision and recall by level, and the time an article takes.

    python -m benchmarks.boilerplate [--data DIR] [--files NAME ...]

DIR holds docalign/*.jsonl (default ../shared/eval/dev). Given sentences; `alone` is an article by
itself, as pairing meets it; `linked` after a first alignment of everything, as the pipeline does.
Teasers (a foreign headline and its cut-off lead) count neither way; their share set apart is told.
`lost` is content set apart, in paragraphs; a lost paragraph is worse than a kept teaser.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from pathlib import Path

from aligner import alignment
from aligner.alignment import EncodedArticle
from aligner.ingest import boilerplate
from aligner.ingest.boilerplate import features
from aligner.pipeline import Pipeline
from aligner.text import SIDES, Article
from benchmarks.docalign import article


def count(
    encoded: EncodedArticle, linked: list[float] | None, clutter: set[int], teasers: set[int]
) -> Counter[str]:
    """Paragraphs of one side: right, chosen, gold, teasers met and set apart, content lost."""
    whole = encoded.article
    probability = boilerplate.clutter_probability(whole, linked=linked, words=encoded.words)
    done = boilerplate.set_apart(whole, probability)
    chosen = {n for n, p in enumerate(done.paragraphs) if p.boilerplate}
    return Counter(
        right=len(chosen & clutter),
        chosen=len(chosen - teasers),
        gold=len(clutter),
        teasers=len(teasers),
        teasers_chosen=len(chosen & teasers),
        lost=len(chosen - clutter - teasers),
        content=len(whole.paragraphs) - len(clutter) - len(teasers),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/eval/dev"))
    parser.add_argument("--files", nargs="+", default=["ntrex", "natural"])
    options = parser.parse_args()
    if not (options.data / "docalign").is_dir():
        raise SystemExit(
            f"{options.data}: no docalign/ here; give the benchmark's folder with --data"
        )
    pipeline = Pipeline()
    totals: dict[str, Counter[str]] = {}
    articles: list[Article] = []
    for name in options.files:
        lines = (options.data / "docalign" / f"{name}.jsonl").read_text(encoding="utf-8")
        for line in lines.splitlines():
            item = json.loads(line)
            pair = {s: pipeline.encode(article(item[s], s, item["id"])) for s in SIDES}
            first = alignment.align(*(pair[s] for s in SIDES))
            level = item.get("level", name)
            if level == "natural":
                level = item["source"]
            for side in SIDES:
                whole = pair[side].article
                links = alignment.linked_shares(first, whole)
                clutter = set(item.get("boilerplate", {}).get(side, []))
                teasers = set(item.get("teaser", {}).get(side, []))
                articles.append(whole)
                for use, known in (("alone", None), ("linked", links)):
                    for key in (f"{level} {use}", f"all {use}"):
                        found = count(pair[side], known, clutter, teasers)
                        totals.setdefault(key, Counter()).update(found)
    print(f"{'':28}{'P':>7}{'R':>7}{'gold':>7}{'lost':>6}{'of':>7}{'teasers set apart':>20}")
    for key, c in totals.items():
        precision = c["right"] / c["chosen"] if c["chosen"] else 1.0
        recall = c["right"] / c["gold"] if c["gold"] else 1.0
        apart = f"{c['teasers_chosen']}/{c['teasers']}"
        print(
            f"{key:28}{precision:7.3f}{recall:7.3f}{c['gold']:7}{c['lost']:6}"
            f"{c['content']:7}{apart:>20}"
        )
    features.look.cache_clear()
    start = time.process_time()
    for whole in articles:
        boilerplate.clutter_probability(whole)
    seconds = time.process_time() - start
    print(f"{1000 * seconds / len(articles):.2f} ms an article, alone")


if __name__ == "__main__":
    main()
