"""Align the documents of a benchmark and write what score.py reads.

    python -m benchmarks.docalign INPUTS.jsonl --out PRED.jsonl [--raw DIR] [--model M]

INPUTS has one document a line: {"id", "ar": {"title", "paragraphs": [[sentence, ...], ...]}, "en"}.
Without --raw the given sentences are aligned. With it the texts DIR/<id>.ar.txt and DIR/<id>.en.txt
are read as scraped, and our own sentences are written along. A document that cannot be compared is
named on standard error and left out; the exit status is then 1.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from aligner.bitext import Comparison, DivergenceKind
from aligner.errors import AlignerError
from aligner.pipeline import Pipeline
from aligner.text import SIDES, Article, Language, Paragraph, Sentence


def article(given: dict[str, Any], language: Language, name: str) -> Article:
    """The given sentences as an article that is segmented already."""
    paragraphs, line = [], 1
    for sentences in given["paragraphs"]:
        start, tiles = 0, []
        for number, text in enumerate(sentences):
            tile = text if number + 1 == len(sentences) else text + " "
            tiles.append(Sentence(tile, start))
            start += len(tile)
        paragraphs.append(Paragraph("".join(t.text for t in tiles), line, tuple(tiles)))
        line += 2
    return Article(language, tuple(paragraphs), name=name, title=given.get("title") or None)


def prediction(identity: str, comparison: Comparison, *, own_sentences: bool) -> dict[str, Any]:
    """One line of the prediction file."""
    line: dict[str, Any] = {
        "id": identity,
        "alignments": [[list(b.ar), list(b.en)] for b in comparison.alignment],
    }
    for side in SIDES:
        text = comparison.side(side)
        missing = comparison.only_in(side)
        whole = [d for d in missing if d.kind is DivergenceKind.PARAGRAPH]
        clauses = DivergenceKind.CLAUSE
        line[f"only_{side}_paragraphs"] = [d.paragraph for d in whole]
        line[f"only_{side}_sentences"] = sorted(
            i for d in missing if d.kind is not clauses for i in d.sentences
        )
        line[f"boilerplate_{side}"] = [n for n, p in enumerate(text.paragraphs) if p.boilerplate]
        if own_sentences:
            line[f"{side}_sentences"] = [[s.stripped for s in p.sentences] for p in text.paragraphs]
    line["partial"] = [
        {
            "ar": list(d.sentences if d.side is Language.AR else d.other),
            "en": list(d.other if d.side is Language.AR else d.sentences),
            "missing_in": str(d.side.other),
        }
        for d in comparison.divergences
        if d.kind is DivergenceKind.CLAUSE
    ]
    return line


def predictions(
    items: list[dict[str, Any]], pipeline: Pipeline, raw: Path | None
) -> Iterator[dict[str, Any] | str]:
    """A line for each document, or why there is none."""
    for item in items:
        identity = item["id"]
        try:
            if raw:
                texts = [pipeline.prepare(raw / f"{identity}.{side}.txt") for side in SIDES]
            else:
                texts = [
                    pipeline.prepare(article(item[side], side, f"{identity}.{side}"))
                    for side in SIDES
                ]
            comparison = pipeline.compare(texts[0], texts[1])
        except AlignerError as error:
            yield f"{identity}: {error}"
            continue
        yield prediction(identity, comparison, own_sentences=raw is not None)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("inputs", type=Path, help="documents, one a line")
    parser.add_argument("--out", type=Path, required=True, help="where the predictions go")
    parser.add_argument("--raw", type=Path, help="folder of the texts as scraped")
    parser.add_argument("--model", help="a sentence-transformers name or folder")
    options = parser.parse_args()
    with options.inputs.open(encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines if line.strip()]
    failed = 0
    with options.out.open("w", encoding="utf-8") as out:
        for line in predictions(items, Pipeline(options.model), options.raw):
            if isinstance(line, str):
                print(line, file=sys.stderr)
                failed += 1
            else:
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
