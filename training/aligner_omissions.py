"""Clauses left out of a sentence's head or middle, where make_docalign.py cuts tails alone.

What it has made is torn further here: some sentences with one counterpart lose a clause that stands
between marks and begins as what a sentence can be without does, with a preposition, a
conjunction, a relative pronoun, an article or a participle.
"""

from __future__ import annotations

import random
import re
from typing import Any

from aligner.divergence.clauses import OPENERS
from aligner.text import SIDES, Language

HEAD, MIDDLE, TAIL = PLACES = ("head", "middle", "tail")
FEWEST_WORDS = 4  # of a clause left out, and of what is left
MARK = {Language.EN: re.compile("[,;] "), Language.AR: re.compile("[،؛] ")}
OPENS = {
    Language.EN: re.compile(
        rf"(?:{OPENERS[Language.EN]}|an?|the|one|to|into|over|through|\w+ing|\w+ed)\b",
        re.IGNORECASE,
    ),
    Language.AR: re.compile(
        rf"(?:{OPENERS[Language.AR]}|وه[وي]|أحد|إحدى|[بلك]\w{{3,}}|[\u0621-\u064a]{{3,}}ا)\b"
    ),
}


def leave_out(item: dict[str, Any], rate: float, rng: random.Random) -> None:
    """Leave clauses out of a torn document's sentences, and note them in its gold.

    rate: of the sentences with one counterpart, as far as they have such a clause.
    """
    places = {
        side: [(n, k) for n, p in enumerate(item[side]["paragraphs"]) for k in range(len(p))]
        for side in SIDES
    }
    torn = {i for z in item["gold_partial"] for i in z["ar"]}
    for ar, en in item["gold_sentence_alignments"]:
        roll, ways = rng.random(), [(side, place) for side in SIDES for place in (HEAD, MIDDLE)]
        rng.shuffle(ways)
        if roll >= rate or len(ar) != 1 or len(en) != 1 or ar[0] in torn:
            continue
        for side, place in ways:
            paragraph, number = places[side][(ar if side is Language.AR else en)[0]]
            sentences = item[side]["paragraphs"][paragraph]
            rest = without(sentences[number], side, place, rng)
            if rest is not None:
                sentences[number] = rest
                gold = {"ar": ar, "en": en, "missing_in": side.value, "place": place}
                item["gold_partial"].append(gold)
                break


def without(sentence: str, language: Language, place: str, rng: random.Random) -> str | None:
    """The sentence without a clause of its head or middle, or None where it has none."""
    marks = [m.span() for m in MARK[language].finditer(sentence)]
    starts = [0, *(end for _, end in marks)]
    rests = []
    for n in [0] if place == HEAD else range(1, len(marks)):
        if n == len(marks):
            continue
        clause = sentence[starts[n] : marks[n][0]]
        before = sentence[: marks[n - 1][0]] if n else ""
        rest = f"{before} {sentence[marks[n][1] :]}".strip()
        fewest = min(len(clause.split()), len(rest.split()))
        if fewest >= FEWEST_WORDS and OPENS[language].match(clause):
            rests.append(rest[:1].upper() + rest[1:])
    return rng.choice(rests) if rests else None
