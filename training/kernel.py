"""The inner loop: sums of token rows forth, sparse Adam back, on one core.

A batch touches some ten thousand rows of the table; only these are read, and only these move. The
similarities of a batch are one matrix product, in bfloat16 where the processor has it.
"""

import math
from dataclasses import dataclass
from pathlib import Path

import numba
import numpy as np
import torch
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8


@numba.njit(fastmath=True, cache=True, nogil=True)
def sum_rows(table: Floats, ids: Ints, starts: NDArray[np.int64], out: Floats) -> None:
    """Write to out[t] the sum of the rows of text t, ids[starts[t]:starts[t + 1]]."""
    width = table.shape[1]
    for text in range(out.shape[0]):
        for k in range(width):
            out[text, k] = 0.0
        for at in range(starts[text], starts[text + 1]):
            row = ids[at]
            for k in range(width):
                out[text, k] += table[row, k]


@numba.njit(fastmath=True, cache=True, nogil=True)
def add_gradients(
    ids: Ints,
    starts: NDArray[np.int64],
    grads: Floats,
    place: Ints,
    rows: Ints,
    n_rows: int,
    sums: Floats,
) -> int:
    """Add each text's gradient to every row it used; returns how many rows are in use now."""
    width = grads.shape[1]
    for text in range(grads.shape[0]):
        for at in range(starts[text], starts[text + 1]):
            row = ids[at]
            slot = place[row]
            if slot < 0:
                slot = n_rows
                place[row] = slot
                rows[slot] = row
                n_rows += 1
                for k in range(width):
                    sums[slot, k] = 0.0
            for k in range(width):
                sums[slot, k] += grads[text, k]
    return n_rows


@numba.njit(fastmath=True, cache=True, nogil=True)
def adam(
    table: Floats,
    first: Floats,
    second: Floats,
    rows: Ints,
    n_rows: int,
    sums: Floats,
    place: Ints,
    rate: float,
    correct1: float,
    correct2: float,
    decay: float,
) -> None:
    """Move the rows in use against their gradients, and forget which rows these were."""
    width = table.shape[1]
    b1, b2 = np.float32(BETA1), np.float32(BETA2)
    c1, c2 = np.float32(rate / correct1), np.float32(1.0 / correct2)
    keep = np.float32(1.0 - rate * decay)
    eps = np.float32(EPSILON)
    one = np.float32(1.0)
    for slot in range(n_rows):
        row = rows[slot]
        place[row] = -1
        for k in range(width):
            g = sums[slot, k]
            m = b1 * first[row, k] + (one - b1) * g
            v = b2 * second[row, k] + (one - b2) * g * g
            first[row, k] = m
            second[row, k] = v
            table[row, k] = keep * table[row, k] - c1 * m / (np.sqrt(v * c2) + eps)


@dataclass
class Side:
    """All texts of one language as token ids: text t is ids[starts[t]:starts[t + 1]]."""

    ids: Ints
    starts: NDArray[np.int64]


class Table:
    """The token vectors with their optimiser's memory."""

    def __init__(self, start: Floats) -> None:
        self.rows = start
        self._first = np.zeros_like(start)
        self._second = np.zeros_like(start)
        self._place = np.full(len(start), -1, np.int32)
        self._used = np.empty(len(start), np.int32)
        self._sums = np.empty_like(start)
        self.steps = 0

    def keep(self, path: Path, epochs_done: int) -> None:
        """Save everything that the next epoch needs."""
        new = path.with_suffix(".new.npz")
        np.savez(
            new, rows=self.rows, first=self._first, second=self._second,
            steps=self.steps, epochs=epochs_done,
        )  # fmt: skip
        new.replace(path)

    def restore(self, path: Path) -> int:
        """Take up a saved state; returns how many epochs are done (0 when there is none)."""
        if not path.is_file():
            return 0
        with np.load(path) as state:
            if state["rows"].shape != self.rows.shape:
                raise SystemExit(f"{path}: belongs to another recipe; remove it to start again")
            self.rows, self._first = state["rows"], state["first"]
            self._second, self.steps = state["second"], int(state["steps"])
            return int(state["epochs"])

    def step(
        self, sides: list[tuple[Ints, NDArray[np.int64], Floats]], rate: float, decay: float = 0.0
    ) -> None:
        """Apply the gradients of several groups of texts at once."""
        self.steps += 1
        n = 0
        for ids, starts, grads in sides:
            n = add_gradients(ids, starts, grads, self._place, self._used, n, self._sums)
        adam(
            self.rows, self._first, self._second, self._used, n, self._sums, self._place, rate,
            1.0 - BETA1**self.steps, 1.0 - BETA2**self.steps, decay,
        )  # fmt: skip


def contrast(
    ar: Floats,
    en: Floats,
    scale: float,
    same: tuple[torch.Tensor, torch.Tensor] | None,
    margin: float = 0.0,
) -> tuple[float, Floats, Floats]:
    """Tell each pair from all others in the batch, both ways (InfoNCE).

    ar, en: (n, width) sums, row i of both a pair. same: row and column numbers that are no
    negatives, since one of their texts is the same. margin: what a pair's cosine must be above
    the others', as in LaBSE's additive margin softmax. Returns the loss and the gradients.
    """
    a, e = torch.from_numpy(ar), torch.from_numpy(en)
    norm_a, norm_e = (
        a.norm(dim=1, keepdim=True).clamp_(1e-6),
        e.norm(dim=1, keepdim=True).clamp_(1e-6),
    )
    unit_a, unit_e = a / norm_a, e / norm_e
    half_a, half_e = unit_a.bfloat16(), unit_e.bfloat16()
    # Cosines times 20 cannot overflow, so no maximum need be taken off before the exponential.
    weights = (half_a @ half_e.T).float().mul_(scale)
    weights.exp_()
    if same is not None:
        weights[same] = 0.0
    weights.diagonal().mul_(math.exp(-scale * margin))
    by_row, by_column = weights.sum(dim=1), weights.sum(dim=0)
    right = weights.diagonal()
    loss = float(-0.5 * (torch.log(right / by_row) + torch.log(right / by_column)).mean())
    n = len(weights)
    weights *= (0.5 / by_row)[:, None] + (0.5 / by_column)[None, :]
    weights.diagonal().sub_(1.0)
    pull = weights.mul_(scale / n).bfloat16()
    grad_a, grad_e = (pull @ half_e).float(), (pull.T @ half_a).float()
    grad_a = (grad_a - unit_a * (grad_a * unit_a).sum(1, keepdim=True)) / norm_a
    grad_e = (grad_e - unit_e * (grad_e * unit_e).sum(1, keepdim=True)) / norm_e
    return loss, grad_a.numpy(), grad_e.numpy()
