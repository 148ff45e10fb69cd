"""Fit what tells a sentence end without a mark: `python -m training.aligner_unmarked`.

On the held-out documents alone (heldout.tsv), torn, with some end marks taken away, some sentences
and phrases put in quotation marks, cut by our rules and aligned. Of each bead with several
sentences on a side the gold beads tell which of the ways to cut it are right, if any.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from aligner import alignment, segmentation
from aligner.alignment import recut, unmarked
from aligner.alignment.unmarked import FEATURES, SOFT, Pair
from aligner.embedding.static import StaticEmbedder
from aligner.text import Article, Language
from training import aligner_texts
from training.aligner_fit import fold_of
from training.aligner_texts import Torn

# How careless a document is: its marks are lost so many times as often as usual.
CARELESS = (0.0, 0.0, 1.0, 3.0)
LEVELS = {"clean": 300, "light": 300, "heavy": 200, "brutal": 100}
SEED = 47
# How often the end of a two-sided bead loses its mark: in both versions, or in one of them.
BOTH_LOST, ARABIC_LOST, ENGLISH_LOST = 0.04, 0.10, 0.04
QUOTED_END = 0.4  # of the ends that lose their mark, where a quotation mark stands for it
QUOTED_PHRASE = 0.15  # of the sentences, somewhere inside
# How often a sentence is told in two, where a clause or a phrase begins, and with what words each.
PARTED = 0.06
PARTED_WORDS = 4
PARTS = {
    Language.AR: re.compile(r"[،؛]?\s+(?=و\w{3}|(?:في|من|على|مع|بعد|قبل|خلال|حيث|الذي|التي)\s)"),
    Language.EN: re.compile(
        r"[,;]?\s+(?=(?:in|at|on|after|before|during|when|while|where|which|who|with|by|for|to|from|as"
        r"|because|and|but|that|under)\s)"
    ),
}
END = re.compile(r"[.!?؟…]+(?=[\"'”’»)]*$)")
PENALTY = 0.5

Floats = NDArray[np.float64]
Places = dict[tuple[int, int], int]  # paragraph and code point to the sentence that begins there


@dataclass(frozen=True)
class Choice:
    """The ways to cut one pair, which of them are right and which the sentence forbids."""

    base: str
    features: Floats
    right: NDArray[np.bool_]
    barred: NDArray[np.bool_]

    @property
    def is_cut(self) -> bool:
        """Whether the pair falls into two at all."""
        return bool(self.right.any())

    @property
    def is_soft(self) -> bool:
        return bool(self.features[:, SOFT].any())


def choices(texts: Sequence[Torn], lexical: StaticEmbedder) -> Iterator[Choice]:
    """What there is to choose in these documents, all halves of rightly cut pairs included."""
    for number, given in enumerate(texts):
        torn, begins = worn(given, random.Random(f"{SEED}/{number}"))
        if not torn.ar.content or not torn.en.content:
            continue
        ar, en = (alignment.encode(a, lexical, lexical) for a in (torn.ar, torn.en))
        for bead in alignment.align(ar, en):
            queue: list[Pair] = [] if bead.is_null else [recut.pair_of((ar, en), bead)]
            while queue:
                found = unmarked.ways((ar, en), queue.pop(), (True, True))
                if not found.cuts:
                    continue
                barred = np.array([c.barred for c in found.cuts])
                right = np.array(
                    [
                        not barred[n] and _is_right(found.halves(n)[1], torn, begins)
                        for n in range(len(found.cuts))
                    ]
                )
                yield Choice(torn.base, found.features.astype(np.float64), right, barred)
                if right.any():
                    queue += found.halves(int(np.argmax(right)))


def worn(torn: Torn, rng: random.Random) -> tuple[Torn, tuple[Places, Places]]:
    """The documents as they would be read, less some marks, cut by our rules.

    Also where the given sentences begin on either side.
    """
    begins: tuple[Places, Places] = ({}, {})
    articles = []
    for given, lost, at in zip((torn.ar, torn.en), _losing(torn, rng), begins, strict=True):
        paragraphs = []
        for place, numbers in enumerate(given.sentence_numbers):
            text = ""
            for number in numbers:
                at[place, len(text)] = number
                said = _parted(given.sentences[number].stripped, given.language, rng)
                text += _worn(said, rng, bare=number in lost)
                text += "" if number == numbers[-1] else " "
            paragraphs.append(replace(given.paragraphs[place], text=text, sentences=()))
        articles.append(segmentation.segment_article(Article(given.language, tuple(paragraphs))))
    return replace(torn, ar=articles[0], en=articles[1]), begins


def _losing(torn: Torn, rng: random.Random) -> tuple[set[int], set[int]]:
    """The sentences of either side that are to lose their end mark."""
    lost: tuple[set[int], set[int]] = (set(), set())
    careless = rng.choice(CARELESS)
    for bead in torn.gold:
        chance = rng.random() / careless if careless else 1.0
        if all(bead) and chance < BOTH_LOST + ARABIC_LOST:
            lost[0].add(max(bead[0]))
        if all(bead) and (
            chance < BOTH_LOST or 0 <= chance - BOTH_LOST - ARABIC_LOST < ENGLISH_LOST
        ):
            lost[1].add(max(bead[1]))
    return lost


def _parted(text: str, language: Language, rng: random.Random) -> str:
    """The text, sometimes as two sentences: the other version joins in one what these two say."""
    places = [m for m in PARTS[language].finditer(text) if _is_inside(text, m)]
    if not places or rng.random() >= PARTED:
        return text
    place = rng.choice(places)
    rest = text[place.end() :]
    return f"{text[: place.start()]}. {rest[0].upper()}{rest[1:]}"


def _is_inside(text: str, place: re.Match[str]) -> bool:
    return all(
        len(part.split()) >= PARTED_WORDS for part in (text[: place.start()], text[place.end() :])
    )


def _worn(text: str, rng: random.Random, *, bare: bool) -> str:
    words = text.split(" ")
    can_quote = len(words) > 8 and '"' not in text
    if can_quote and rng.random() < QUOTED_PHRASE:
        start = rng.randrange(1, len(words) - 4)
        end = min(start + rng.randrange(1, 6), len(words) - 2)
        words[start], words[end] = '"' + words[start], words[end] + '"'
        can_quote = False
    if bare:
        words[-1] = END.sub("", words[-1])
        if can_quote and rng.random() < QUOTED_END:
            start = rng.randrange(len(words) - 2)
            words[start], words[-1] = '"' + words[start], words[-1] + '"'
    return " ".join(words)


def _is_right(second: Pair, torn: Torn, begins: tuple[Places, Places]) -> bool:
    """Whether the gold has a border before the second half: on both sides, and in no bead."""
    numbers = []
    for article, parts, at in zip((torn.ar, torn.en), second, begins, strict=True):
        first = parts[0]
        sentence = article.sentences[first.sentence]
        place = (article.paragraph_of[first.sentence], sentence.start + first.start)
        if place not in at:
            return False
        numbers.append(at[place])
    for ar, en in torn.gold:
        before = [i < numbers[0] for i in ar] + [j < numbers[1] for j in en]
        if ar and en and any(before) and not all(before):
            return False
    return True


def fit(found: Sequence[Choice]) -> Floats:
    """First all weights where the other side has a mark, then that of having none.

    The halves of a sentence go with the halves of its translation whether or not an end was lost,
    so a border that is only supposed would teach that the evidence is worth little.
    """
    weights = _most_likely([c for c in found if not c.is_soft])
    _, likelihood = _objective([c for c in found if c.is_soft])

    def with_soft(value: float) -> Floats:
        changed = weights.copy()
        changed[SOFT] = value
        return changed

    soft = min(np.arange(-6.0, 6.0, 0.05), key=lambda v: likelihood(with_soft(float(v)))[0])
    return with_soft(float(soft))


def _most_likely(found: Sequence[Choice]) -> Floats:
    scale, objective = _objective(found)

    def penalised(scaled: Floats) -> tuple[float, Floats]:
        loss, slope = objective(scaled / scale)
        return loss + PENALTY * float(scaled @ scaled) / 2, slope / scale + PENALTY * scaled

    start = np.zeros(len(FEATURES))
    solved = minimize(penalised, start, jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return np.asarray(solved.x / scale)


def _objective(found: Sequence[Choice]):  # type: ignore[no-untyped-def]
    """The spread of each feature, and the negative log likelihood with its slope.

    What should stay whole may have its best place where a comma joins: as right as no place.
    """
    table = np.concatenate([c.features for c in found])
    scale = table.std(axis=0)
    scale[scale == 0] = 1.0
    sizes = np.array([len(c.right) for c in found])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    right = np.concatenate([c.right if c.is_cut else c.barred for c in found])
    none = np.array([not c.is_cut for c in found])

    def objective(weights: Floats) -> tuple[float, Floats]:
        value = table @ weights
        top = np.maximum(np.maximum.reduceat(value, starts), 0.0)
        odds = np.exp(value - np.repeat(top, sizes))
        every = np.add.reduceat(odds, starts) + np.exp(-top)
        good = np.add.reduceat(odds * right, starts) + np.exp(-top) * none
        slope = odds / np.repeat(every, sizes) - odds * right / np.repeat(good, sizes)
        return float((np.log(every) - np.log(good)).sum()), slope @ table

    return scale, objective


def chances(choice: Choice, weights: Floats) -> Floats:
    """The probability of each way to cut."""
    value = choice.features @ weights
    top = max(float(value.max()), 0.0)
    odds = np.exp(value - top)
    return np.asarray(odds / (odds.sum() + np.exp(-top)))


def show(found: Sequence[Choice], weights: Sequence[Floats]) -> None:
    """Print precision and recall of the cuts; a cut one word off is wrong."""
    best = []
    for choice, own in zip(found, weights, strict=True):
        chance = chances(choice, own)
        n = int(np.argmax(chance))
        best.append((float(chance[n]) * (not choice.barred[n]), bool(choice.right[n])))
    for soft in (False, True):
        kind = "the look of an end" if soft else "a mark"
        chosen = [b for b, c in zip(best, found, strict=True) if c.is_soft is soft]
        wanted = sum(c.is_cut for c in found if c.is_soft is soft)
        for least in (0.2, 0.35, 0.5, 0.7):
            made = [right for chance, right in chosen if chance >= least]
            print(
                f"{kind} on the other side, at least {least}: P {sum(made) / max(len(made), 1):.3f}"
                f" R {sum(made) / max(wanted, 1):.3f} ({wanted} in {len(chosen)})"
            )


def main() -> None:
    options = aligner_texts.arguments(__doc__, folds=4).parse_args()
    lexical = StaticEmbedder.load()
    texts = aligner_texts.tear(
        aligner_texts.documents(options.corpus),
        options.data / "make_docalign.py",
        levels=LEVELS,
        seed=SEED,
    )
    found = list(choices(texts, lexical))
    fold = [fold_of(choice.base, options.folds) for choice in found]
    fitted = [
        fit([c for c, g in zip(found, fold, strict=True) if g != left_out])
        for left_out in range(options.folds)
    ]
    show(found, [fitted[g] for g in fold])
    aligner_texts.write_weights(unmarked.PATH, lexical.name, FEATURES, fit(found))


if __name__ == "__main__":
    main()
