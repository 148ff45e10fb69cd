"""How surely texts are read: encoding, language, paragraphs and title, told by evidence alone.

    python -m benchmarks.reading [--data DIR]

Every text of the development benchmark is written in each encoding and in each layout, and read
again. Prints one line a question: how many were read as they were written, of how many.
"""

from __future__ import annotations

import argparse
import json
import textwrap
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from aligner.errors import BadArticle
from aligner.ingest import article_from_text
from aligner.ingest.encoding import decode
from aligner.ingest.language import guess
from aligner.ingest.layout import split_paragraphs
from aligner.ingest.title import find_title
from aligner.text import Paragraph

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1256", "iso8859-6")
WRAP_CHARS = (40, 60, 72, 80, 100, 120)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/eval/dev"))
    data = parser.parse_args().data
    texts = [
        (path.name[-6:-4], path.read_text(encoding="utf-8"))
        for path in sorted((data / "docalign" / "raw").glob("*.txt"))
    ]
    if not texts:
        raise SystemExit(f"{data}: no benchmark here; name its folder with --data")
    lines = [
        (path.name[-6:-4], line)
        for path in sorted((data / "retrieval").glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    answers: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    questions = (
        *_languages("documents", texts),
        *_languages("sentences", lines),
        *_encodings("documents", texts),
        *_encodings("sentences", lines),
        *_layouts(texts),
        *_titles(data),
    )
    for question, right in questions:
        asked[question] += 1
        answers[question] += right
    for question, number in asked.items():
        print(f"{question:40} {answers[question]:6,} of {number:6,}")
    started = time.perf_counter()
    for _, text in texts:
        article_from_text(text)
    mean_ms = 1000 * (time.perf_counter() - started) / len(texts)
    mean_chars = sum(len(text) for _, text in texts) / len(texts)
    print(f"a text of {mean_chars:,.0f} characters takes {mean_ms:.2f} ms")


def _languages(what: str, texts: list[tuple[str, str]]) -> Iterator[tuple[str, bool]]:
    for language, text in texts:
        yield f"language of {what}", guess(text).language == language


def _encodings(what: str, texts: list[tuple[str, str]]) -> Iterator[tuple[str, bool]]:
    for language, text in texts:
        for encoding in ENCODINGS if language == "ar" else (*ENCODINGS[:3], "cp1252"):
            try:
                content = text.encode(encoding)
            except UnicodeEncodeError:
                continue
            yield f"{encoding} {what}", _decodes(content, text)


def _decodes(content: bytes, text: str) -> bool:
    try:
        return decode(content, name="").text == text
    except BadArticle:
        return False


def _layouts(texts: list[tuple[str, str]]) -> Iterator[tuple[str, bool]]:
    for _, text in texts:
        paragraphs = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        yield "a paragraph a line", _reads("\n".join(paragraphs), paragraphs)
        yield "a blank line between", _reads("\n\n".join(paragraphs), paragraphs)
        for width in WRAP_CHARS:
            wrapped = "\n\n".join(
                textwrap.fill(p, width, break_long_words=False, break_on_hyphens=False)
                for p in paragraphs
            )
            yield f"wrapped at {width}, blank lines between", _reads(wrapped, paragraphs)


def _reads(text: str, paragraphs: list[str]) -> bool:
    return [p.text for p in split_paragraphs(text)[0]] == paragraphs


def _titles(data: Path) -> Iterator[tuple[str, bool]]:
    for path in sorted((data / "docpair").glob("*.articles.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            paragraphs = article["paragraphs"]
            if article["title"] in paragraphs:
                found = find_title([Paragraph(text, n) for n, text in enumerate(paragraphs, 1)])
                yield "title, where there is one", found == article["title"]


if __name__ == "__main__":
    main()
