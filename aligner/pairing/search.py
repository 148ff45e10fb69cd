"""The nearest articles of the other language: exactly in blocks, or by FAISS beyond that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from aligner.errors import MissingExtra

Floats = NDArray[np.float32]
EXACT_UP_TO = 100_000  # articles a side; beyond, exact search takes minutes
BLOCK = 1024  # rows at a time: with 100,000 articles 400 MB of similarities
NEVER = np.float32(-2.0)  # below every cosine
CELLS_LISTED = 32  # of FAISS's cells, searched for each article


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
    queries: Floats,
    keys: Floats,
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
    places = np.empty((len(queries), k), dtype=np.int64)
    similarity = np.empty((len(queries), k), dtype=np.float32)
    for start in range(0, len(queries), BLOCK):
        block = queries[start : start + BLOCK] @ keys.T
        if allowed is not None:
            block[~allowed.block(slice(start, start + len(block)))] = NEVER
        found = np.argpartition(block, -k, axis=1)[:, -k:] if k < len(keys) else None
        if found is None:
            found = np.broadcast_to(np.arange(len(keys)), block.shape)
        near = np.take_along_axis(block, found, axis=1)
        order = np.lexsort((found, -near), axis=1)
        near = np.take_along_axis(near, order, axis=1)
        places[start : start + BLOCK] = np.where(
            near > NEVER, np.take_along_axis(found, order, axis=1), -1
        )
        similarity[start : start + BLOCK] = near
    return Neighbours(places, similarity)


def _by_faiss(queries: Floats, keys: Floats, k: int) -> Neighbours:
    try:
        import faiss
    except ImportError:
        raise MissingExtra(f"pairing more than {EXACT_UP_TO:,} articles a side", "faiss") from None
    cells = int(2 * np.sqrt(len(keys)))
    flat = faiss.IndexFlatIP(keys.shape[1])
    index = faiss.IndexIVFFlat(flat, keys.shape[1], cells, faiss.METRIC_INNER_PRODUCT)
    keys = np.ascontiguousarray(keys, dtype=np.float32)
    index.train(keys[:: max(1, len(keys) // (64 * cells))])
    index.add(keys)
    index.nprobe = min(CELLS_LISTED, cells)
    similarity, places = index.search(np.ascontiguousarray(queries, dtype=np.float32), k)
    return Neighbours(places.astype(np.int64), similarity)
