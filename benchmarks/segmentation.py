"""Sentence splitters side by side on hard cases labelled by hand: ours, sentencex, pysbd.

    python -m benchmarks.segmentation [--wrong SPLITTER]

The cases stand in tests/segmentation/cases_{ar,en}.txt. Most were written before our rules were
tuned on them, so their share of cases wholly right flatters ours. A second set of forty a language
was written and labelled after the rules were settled; at first sight ours got 36 of 40 Arabic and
34 of 40 English cases wholly right, sentencex 25 and 32, pysbd 15 and 31. A library that is not
installed is skipped (`pip install sentencex pysbd`).
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable
from itertools import accumulate
from pathlib import Path

from aligner.segmentation import segment
from aligner.text import Language

CASES = Path(__file__).parent.parent / "tests" / "segmentation"
Splitter = Callable[[str], list[str]]


def read_cases(language: Language) -> list[tuple[str, list[str]]]:
    """(heading, sentences) of every labelled case; the sentences join into the text to split."""
    cases, heading = [], ""
    for line in (CASES / f"cases_{language}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line[3:]
        elif line and not line.startswith("#"):
            cases.append((heading, line.replace("⏎", "\n").split("|")))
    return cases


def splitters(language: Language) -> dict[str, Splitter]:
    """The splitters at hand for a language, ours first."""
    found: dict[str, Splitter] = {"ours": lambda text: [s.text for s in segment(text, language)]}
    try:
        import sentencex

        found["sentencex"] = lambda text: list(sentencex.segment(str(language), text))
    except ImportError:
        print("sentencex is not installed: skipped")
    try:
        import pysbd

        segmenter = pysbd.Segmenter(language=str(language), clean=False)
        found["pysbd"] = lambda text: list(segmenter.segment(text))
    except ImportError:
        print("pysbd is not installed: skipped")
    return found


def inner_ends(sentences: Iterable[str]) -> set[int]:
    """Where sentences end but the last, counted in characters that are not white space."""
    lengths = [len("".join(s.split())) for s in sentences]
    return set(accumulate(lengths)) - {sum(lengths), 0}


def show_wrong(name: str) -> None:
    """Print every case that this splitter gets wrong, as labelled and as split."""
    for language in Language:
        for heading, sentences in read_cases(language):
            got = splitters(language)[name]("".join(sentences))
            if inner_ends(got) != inner_ends(sentences):
                print(f"[{heading}]\n  label {'|'.join(sentences)!r}\n  got   {'|'.join(got)!r}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wrong", metavar="SPLITTER", help="print the cases it gets wrong")
    if name := parser.parse_args().wrong:
        show_wrong(name)
        return
    print(
        f"{'side':5}{'splitter':11}{'cases right':>16}{'precision':>11}{'recall':>8}{'µs/case':>9}"
    )
    for language in Language:
        cases = read_cases(language)
        for name, split in splitters(language).items():
            right = hits = given = gold = 0
            began = time.perf_counter()
            split_cases = [split("".join(sentences)) for _, sentences in cases]
            micros = (time.perf_counter() - began) / len(cases) * 1e6
            for (_, sentences), got in zip(cases, split_cases, strict=True):
                label, found = inner_ends(sentences), inner_ends(got)
                right += label == found
                hits += len(label & found)
                given += len(found)
                gold += len(label)
            share = f"{right}/{len(cases)} {right / len(cases):.1%}"
            print(
                f"{language:5}{name:11}{share:>16}{hits / max(given, 1):11.3f}{hits / gold:8.3f}"
                f"{micros:9.0f}"
            )


if __name__ == "__main__":
    main()
