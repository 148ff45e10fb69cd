"""What an epoch sees, and in which batches.

A sample is one or more pairs whose texts are put together: entries of the word lists in bags, so
that rare words are learned among others as they stand in sentences; a line of prose now and then
with the line after it, so that long texts are learned too.
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from training.recipe import WORD_LISTS, Recipe, quota

Sample = tuple[int, ...]


def by_source(sources: Sequence[str]) -> dict[str, NDArray[np.int64]]:
    """Map each source to the numbers of its pairs."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, source in enumerate(sources):
        numbers[source].append(number)
    return {source: np.array(found) for source, found in numbers.items()}


def draw(numbers: NDArray[np.int64], many: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Draw many of these numbers, each as often as any other, give or take one."""
    parts = [numbers[:0]]
    while many > 0:
        parts.append(rng.permutation(numbers)[:many])
        many -= len(parts[-1])
    return np.concatenate(parts)


def prose(
    pairs: dict[str, NDArray[np.int64]],
    documents: NDArray[np.int64],
    recipe: Recipe,
    rng: np.random.Generator,
) -> list[tuple[str, Sample]]:
    """Draw an epoch's sentences; some are joined with the next line of their document."""
    samples = []
    for source, numbers in pairs.items():
        if source in WORD_LISTS:
            continue
        drawn = draw(numbers, quota(source, len(numbers)), rng)
        following = np.minimum(drawn + 1, len(documents) - 1)
        joined = (rng.random(len(drawn)) < recipe.joined) & (
            documents[following] == documents[drawn]
        )
        joined &= following != drawn
        if source.startswith("lexical"):
            joined[:] = False
        for number, with_next in zip(drawn.tolist(), joined.tolist(), strict=True):
            samples.append((source, (number, number + 1) if with_next else (number,)))
    order = rng.permutation(len(samples))
    return [samples[i] for i in order]


def bags(
    pairs: dict[str, NDArray[np.int64]], recipe: Recipe, rng: np.random.Generator
) -> list[Sample]:
    """Draw an epoch's entries of the word lists, one to `bag` of them together."""
    drawn = np.concatenate(
        [draw(pairs[s], quota(s, len(pairs[s])), rng) for s in WORD_LISTS if s in pairs]
        or [np.zeros(0, np.int64)]
    )
    drawn = rng.permutation(drawn)
    samples, at = [], 0
    while at < len(drawn):
        size = int(rng.integers(1, recipe.bag + 1))
        samples.append(tuple(drawn[at : at + size].tolist()))
        at += size
    return samples


def batches(
    pairs: dict[str, NDArray[np.int64]],
    documents: NDArray[np.int64],
    recipe: Recipe,
    rng: np.random.Generator,
) -> list[list[Sample]]:
    """Cut an epoch into batches: of one source, of all prose, of the word lists; shuffle them."""
    sentences = prose(pairs, documents, recipe, rng)
    alone = int(len(sentences) * recipe.one_source)
    # Batches of one source: its other sentences are the hard negatives.
    grouped = sorted(sentences[:alone], key=lambda sample: sample[0])
    pools = [
        [sample for _, sample in grouped],
        [sample for _, sample in sentences[alone:]],
        bags(pairs, recipe, rng),
    ]
    size = recipe.batch
    found = [pool[at : at + size] for pool in pools for at in range(0, len(pool) - size + 1, size)]
    order = rng.permutation(len(found))
    return [found[i] for i in order]
