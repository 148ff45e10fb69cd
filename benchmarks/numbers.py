"""How often the numbers of translated sentences agree by value: what a number check may rely on.

    python -m benchmarks.numbers NAME.ar.txt NAME.en.txt [--show N]

Line i of both files are translations, so nearly every difference is a number that was misread (a
few are slips of the translator). Counted are pairs with a number that we are certain of; a pair
agrees if each of these has its value somewhere on the other side, certain or not.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from aligner.segmentation.numbers import Number, find_numbers
from aligner.text import Language


def unmatched(numbers: tuple[Number, ...], others: tuple[Number, ...]) -> list[Number]:
    """The certain numbers whose value the other side has in no reading."""
    there = {v for n in others for v in (n.value, n.otherwise)}
    return [n for n in numbers if n.certain and n.value not in there]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ar", type=Path)
    parser.add_argument("en", type=Path)
    parser.add_argument("--show", type=int, default=0, help="print so many pairs that disagree")
    options = parser.parse_args()
    with_numbers = agreeing = 0
    lines = zip(
        options.ar.read_text(encoding="utf-8").splitlines(),
        options.en.read_text(encoding="utf-8").splitlines(),
        strict=True,
    )
    for ar, en in lines:
        ar_numbers, en_numbers = find_numbers(ar, Language.AR), find_numbers(en, Language.EN)
        if not any(n.certain for n in ar_numbers + en_numbers):
            continue
        with_numbers += 1
        missing_ar, missing_en = (
            unmatched(en_numbers, ar_numbers),
            unmatched(ar_numbers, en_numbers),
        )
        if not missing_ar and not missing_en:
            agreeing += 1
        elif options.show:
            options.show -= 1
            print("only here:", [en[n.start : n.end] for n in missing_ar], en, sep="\n  ")
            print("only here:", [ar[n.start : n.end] for n in missing_en], ar, sep="\n  ")
    share = agreeing / with_numbers if with_numbers else None
    print(json.dumps({"pairs": with_numbers, "agreeing": agreeing, "share": share}))


if __name__ == "__main__":
    main()
