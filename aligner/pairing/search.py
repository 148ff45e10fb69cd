"""The nearest articles of the other language: exactly in blocks, or by FAISS beyond that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from aligner.errors import MissingExtra
from aligner.pairing.blocks import blocks

Floats = NDArray[np.float32]
Vectors = NDArray[np.floating]  # in float16, to save memory, or in float32
EXACT_UP_TO = 50_000  # articles a side; beyond, exact search takes minutes
CELLS_AT_A_TIME = 1 << 24  # of the table of similarities: 64 MB
KEYS_AT_A_TIME = 16_384
QUERIES_AT_A_TIME = 1024
NEVER = np.float32(-2.0)  # below every cosine
# Of the sixteen nearest these find, at 100,000 articles a side, 96 %; the nearest 99 times of 100.
CELLS_LISTED = 160  # of FAISS's cells, searched for each article by rough likeness
COMPARED = 3  # for each neighbour wanted so many by rough likeness are compared exactly


@dataclass(frozen=True, eq=False)
class Neighbours:
    """For each query its nearest keys, nearest first.

    places: (queries, k) row numbers of keys, -1 where there are fewer; similarity: (queries, k)
    cosines, -1 to 1.
    """

    places: NDArray[np.int64]
    similarity: Floats


class Allowed(Protocol):
    """Which queries and keys may be neighbours at all."""

    def block(self, queries: slice) -> NDArray[np.bool_]:
        """(queries, keys) for a run of queries."""
        ...

    def pairs(self, queries: NDArray[np.int64], keys: NDArray[np.int64]) -> NDArray[np.bool_]: ...

    def turned(self) -> Allowed:
        """The same, with queries and keys the other way round."""
        ...


def nearest(
    queries: Vectors,
    keys: Vectors,
    k: int,
    *,
    allowed: Allowed | None = None,
    exact_up_to: int = EXACT_UP_TO,
) -> Neighbours:
    """Find the k nearest of `keys` (m, d) for each of `queries` (n, d), all of unit length.

    Equal similarities are put in the order of the keys. With `allowed` the search is exact at any
    size. Raises MissingExtra where there are more than `exact_up_to` keys and no FAISS.
    """
    k = min(k, len(keys))
    if k == 0 or len(queries) == 0:
        return Neighbours(np.full((len(queries), 0), -1), np.zeros((len(queries), 0), np.float32))
    if len(keys) > exact_up_to and allowed is None:
        return _by_faiss(queries, keys, k)
    table: Floats = keys.astype(np.float32, copy=False)
    parts = []
    for queried in blocks(len(queries), max(1, CELLS_AT_A_TIME // len(keys))):
        block: Floats = queries[queried].astype(np.float32, copy=False) @ table.T
        if allowed is not None:
            block[~allowed.block(queried)] = NEVER
        parts.append(_best(block, k))
    return Neighbours(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _best(block: Floats, k: int) -> tuple[NDArray[np.int64], Floats]:
    """Columns and values of the k highest cells of each row, the highest first."""
    if k < block.shape[1]:
        found = np.argpartition(block, -k, axis=1)[:, -k:]
    else:
        found = np.broadcast_to(np.arange(k), block.shape)
    near = np.take_along_axis(block, found, axis=1)
    order = np.lexsort((found, -near), axis=1)
    near = np.take_along_axis(near, order, axis=1)
    return np.where(near > NEVER, np.take_along_axis(found, order, axis=1), -1), near


def _by_faiss(queries: Vectors, keys: Vectors, k: int) -> Neighbours:
    try:
        import faiss
    except ImportError:
        raise MissingExtra(f"pairing more than {EXACT_UP_TO:,} articles a side", "faiss") from None
    width = keys.shape[1]
    cells = int(2 * np.sqrt(len(keys)))
    flat = faiss.IndexFlatIP(width)
    # Half a byte for every two numbers (or one, of an odd width), compared many at a time.
    codes = width // 2 if width % 2 == 0 else width
    index = faiss.IndexIVFPQFastScan(flat, width, cells, codes, 4, faiss.METRIC_INNER_PRODUCT)
    index.train(_whole(keys[:: max(1, len(keys) // (64 * cells))]))
    for part in blocks(len(keys), KEYS_AT_A_TIME):
        index.add(_whole(keys[part]))
    index.nprobe = min(CELLS_LISTED, cells)
    found = []
    for part in blocks(len(queries), QUERIES_AT_A_TIME):
        queried = _whole(queries[part])
        _, rough = index.search(queried, min(COMPARED * k, len(keys)))
        found.append(_compared(queried, keys, rough, k))
    return Neighbours(*(np.concatenate(columns) for columns in zip(*found, strict=True)))


def _compared(
    queries: Floats, keys: Vectors, rough: NDArray[np.int64], k: int
) -> tuple[NDArray[np.int64], Floats]:
    """Of some keys for each query, -1 for none, the k nearest and their cosines."""
    rough = np.sort(rough, axis=1)
    near = np.einsum("nd,nkd->nk", queries, keys[rough].astype(np.float32, copy=False))
    near[rough < 0] = NEVER
    columns, near = _best(near, k)
    return np.where(columns < 0, -1, np.take_along_axis(rough, columns, axis=1)), near


def _whole(vectors: Vectors) -> Floats:
    return np.ascontiguousarray(vectors, dtype=np.float32)
