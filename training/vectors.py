"""Train the token vectors: each text is told from all others in its batch by its translation."""

from collections.abc import Callable
from pathlib import Path

import numba
import numpy as np
import torch
from numpy.typing import NDArray

from training.kernel import Floats, Ints, Side, Table, contrast, sum_rows
from training.recipe import Recipe, in_tuning
from training.sampling import Sample, batches, by_source

SHORT = 3  # texts of fewer tokens keep them all
RARE = 1e-3  # a token of this share of the text starts at half the length of a rare one


@numba.njit(cache=True, nogil=True)
def join_texts(
    ids: Ints,
    starts: NDArray[np.int64],
    numbers: NDArray[np.int64],
    groups: NDArray[np.int64],
    dropped: float,
    seed: int,
) -> tuple[Ints, NDArray[np.int64]]:
    """Put each sample's texts together, leaving tokens out by chance, though never all of them.

    Sample s is made of the texts numbers[groups[s]:groups[s + 1]].
    """
    np.random.seed(seed)
    total = 0
    for text in numbers:
        total += starts[text + 1] - starts[text]
    out = np.empty(total, np.int32)
    out_starts = np.zeros(len(groups), np.int64)
    filled = 0
    for sample in range(len(groups) - 1):
        size = 0
        for at in range(groups[sample], groups[sample + 1]):
            size += starts[numbers[at] + 1] - starts[numbers[at]]
        before = filled
        first = -1
        for at in range(groups[sample], groups[sample + 1]):
            text = numbers[at]
            for token in range(starts[text], starts[text + 1]):
                if first < 0:
                    first = ids[token]
                if size < SHORT or np.random.random() >= dropped:
                    out[filled] = ids[token]
                    filled += 1
        if filled == before and first >= 0:
            out[filled] = first
            filled += 1
        out_starts[sample + 1] = filled
    return out[:filled], out_starts


def number_of(values: list[str]) -> NDArray[np.int64]:
    """Give equal values equal numbers."""
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], np.int64)


def twins(*keys: NDArray[np.int64]) -> tuple[torch.Tensor, torch.Tensor] | None:
    """Rows and columns of a batch that share a text: they are no negatives of each other."""
    rows, columns = [], []
    for key in keys:
        order = np.argsort(key, kind="stable")
        begins = np.flatnonzero(np.r_[True, np.diff(key[order]) != 0])
        ends = np.r_[begins[1:], len(key)]
        for begin, end in zip(begins[ends - begins > 1], ends[ends - begins > 1], strict=True):
            same = order[begin:end]
            row, column = np.repeat(same, len(same)), np.tile(same, len(same))
            rows.append(row[row != column])
            columns.append(column[row != column])
    if not rows:
        return None
    return torch.from_numpy(np.concatenate(rows)), torch.from_numpy(np.concatenate(columns))


def beginning(counts: Floats, dimensions: int, rng: np.random.Generator) -> Floats:
    """Random rows, shorter for frequent tokens (Arora et al. 2017, smooth inverse frequency)."""
    rows = rng.standard_normal((len(counts), dimensions)).astype(np.float32) / np.sqrt(dimensions)
    share = counts / max(1.0, counts.sum())
    return (rows * (RARE / (RARE + share))[:, None]).astype(np.float32)


def train(
    ar: Side,
    en: Side,
    texts: list[tuple[str, str, str, str]],
    vocabulary: int,
    recipe: Recipe,
    folder: Path,
    report: Callable[[int, float, Floats], None],
) -> Floats:
    """Train for all epochs and tune, or go on from the last finished epoch; return the table.

    texts: source, document, Arabic, English of each pair, in the order of ar and en.
    After each epoch the state is kept in folder/epoch.npz and report(epoch, loss, table) is called.
    """
    pairs = by_source([source for source, _, _, _ in texts])
    documents = number_of([f"{source}\t{document}" for source, document, _, _ in texts])
    ar_keys, en_keys = number_of([t[2] for t in texts]), number_of([t[3] for t in texts])
    counts = np.bincount(ar.ids, minlength=vocabulary) + np.bincount(en.ids, minlength=vocabulary)
    rng = np.random.default_rng(recipe.seed)
    table = Table(beginning(counts.astype(np.float32), recipe.dimensions, rng))
    done = table.restore(folder / "epoch.npz")
    stages = [recipe, recipe.for_tuning()]
    by_stage = [pairs, {source: numbers for source, numbers in pairs.items() if in_tuning(source)}]
    for epoch in range(done, sum(stage.epochs for stage in stages)):
        tuning = epoch >= recipe.epochs
        stage, within = stages[tuning], epoch - recipe.epochs * tuning
        if tuning and within == 0:
            table = Table(table.rows)  # the optimiser's memory is of other text
        # Seeded by epoch, so that a run that was stopped goes on as it would have.
        rng = np.random.default_rng([recipe.seed, epoch])
        found = batches(by_stage[tuning], documents, stage, rng)
        losses = 0.0
        for number, batch in enumerate(found):
            progress = (within + number / len(found)) / stage.epochs
            rate = stage.rate * (1.0 - (1.0 - stage.last_rate) * progress)
            rate *= min(1.0, (table.steps + 1) / stage.warm_up)
            losses += _step(table, ar, en, batch, ar_keys, en_keys, stage, rate)
        table.keep(folder / "epoch.npz", epoch + 1)
        report(epoch, losses / max(1, len(found)), table.rows)
    return table.rows


def _step(
    table: Table,
    ar: Side,
    en: Side,
    batch: list[Sample],
    ar_keys: NDArray[np.int64],
    en_keys: NDArray[np.int64],
    recipe: Recipe,
    rate: float,
) -> float:
    groups = np.zeros(len(batch) + 1, np.int64)
    groups[1:] = np.cumsum([len(sample) for sample in batch])
    numbers = np.array([number for sample in batch for number in sample], np.int64)
    sides = []
    for side, salt in ((ar, 0), (en, 1)):
        seed = 2 * table.steps + salt + recipe.seed * 1_000_003
        ids, starts = join_texts(side.ids, side.starts, numbers, groups, recipe.dropped, seed)
        sums = np.empty((len(batch), recipe.dimensions), np.float32)
        sum_rows(table.rows, ids, starts, sums)
        sides.append((ids, starts, sums))
    first = numbers[groups[:-1]]
    same = twins(ar_keys[first], en_keys[first])
    loss, ar_pull, en_pull = contrast(sides[0][2], sides[1][2], recipe.scale, same, recipe.margin)
    table.step([(sides[0][0], sides[0][1], ar_pull), (sides[1][0], sides[1][1], en_pull)], rate)
    return loss
