"""Site clutter set apart: precision and recall by level, and the time an article takes.

    python -m benchmarks.boilerplate [--data DIR] [--files NAME ...] [--made N]

DIR holds docalign/*.jsonl (default ../shared/eval/dev). Given sentences; `alone` is an article by
itself, as pairing meets it; `linked` after a first alignment of everything, as the pipeline does.
Teasers (a foreign headline and its cut-off lead) count neither way; their share set apart is told.
`lost` is content set apart, in paragraphs; a lost paragraph is worse than a kept teaser. With
--made N there come N heavy and N brutal documents made of held-out text and a list of clutter of
our own (training/aligner_clutter.json), no line of which the clutter model was fitted on.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from aligner import alignment, clutter
from aligner.ingest import boilerplate
from aligner.ingest.boilerplate import features
from aligner.pipeline import Pipeline
from aligner.text import SIDES, Article
from benchmarks.docalign import article
from training import aligner_texts

SEED = 77


def count(done: Article, gold: set[int], teasers: set[int]) -> Counter[str]:
    """Paragraphs of one side: right, chosen, gold, teasers met and set apart, content lost."""
    chosen = {n for n, p in enumerate(done.paragraphs) if p.boilerplate}
    return Counter(
        right=len(chosen & gold),
        chosen=len(chosen - teasers),
        gold=len(gold),
        teasers=len(teasers),
        teasers_chosen=len(chosen & teasers),
        lost=len(chosen - gold - teasers),
        content=len(done.paragraphs) - len(gold) - len(teasers),
    )


def given(data: Path, names: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The benchmark's documents, each with what it is counted under."""
    for name in names:
        lines = (data / "docalign" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        for item in map(json.loads, lines):
            level = item.get("level", name)
            yield item["source"] if level == "natural" else level, item


def made(data: Path, corpus: Path, number: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Documents of held-out text, torn by the benchmark's own maker, with clutter of ours."""
    documents = aligner_texts.documents(corpus)
    make = aligner_texts.load_maker(data / "make_docalign.py")
    near = make.tfidf_neighbours(documents)
    lines = json.loads(aligner_texts.CLUTTER.read_text(encoding="utf-8"))
    chance = random.Random(SEED)
    for level in ("heavy", "brutal"):
        for n in range(number):
            i = chance.randrange(len(documents))
            build = random.Random(f"{SEED}/{level}/{n}")
            yield f"made {level}", make.build(documents, near, i, level, lines, build)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/eval/dev"))
    parser.add_argument("--files", nargs="*", default=["ntrex", "natural"])
    parser.add_argument("--made", type=int, default=0, metavar="N")
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    options = parser.parse_args()
    if not (options.data / "docalign").is_dir():
        raise SystemExit(
            f"{options.data}: no docalign/ here; give the benchmark's folder with --data"
        )
    items = list(given(options.data, options.files))
    if options.made:
        items += made(options.data, options.corpus, options.made)
    pipeline = Pipeline()
    totals: dict[str, Counter[str]] = {}
    articles: list[Article] = []
    for group, item in items:
        whole = [article(item[s], s, item["id"]) for s in SIDES]
        articles += whole
        ar, en = (pipeline.encode(a) for a in whole)
        linked = clutter.set_apart_by_links(ar, en, alignment.align(ar, en, rough=True))
        for n, side in enumerate(SIDES):
            gold = set(item.get("boilerplate", {}).get(side, []))
            teasers = set(item.get("teaser", {}).get(side, []))
            for use, done in (
                ("alone", clutter.set_apart(whole[n])),
                ("linked", linked[n].article),
            ):
                for key in (f"{group} {use}", f"all {use}"):
                    totals.setdefault(key, Counter()).update(count(done, gold, teasers))
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
