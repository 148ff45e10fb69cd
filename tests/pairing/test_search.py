"""The nearest articles, exactly and by FAISS, and within a window."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from aligner.pairing import search
from aligner.pairing.search import nearest
from aligner.pairing.window import Window
from aligner.text import Article, Language


def unit(rows: list[list[float]]) -> np.ndarray:
    table = np.array(rows, dtype=np.float32)
    return table / np.linalg.norm(table, axis=1, keepdims=True)


def test_neighbours_come_nearest_first() -> None:
    found = nearest(unit([[1, 0]]), unit([[0, 1], [1, 1], [1, 0]]), 2)
    assert found.places.tolist() == [[2, 1]]
    assert found.similarity[0, 0] == pytest.approx(1.0)


def test_there_are_no_more_neighbours_than_keys() -> None:
    assert nearest(unit([[1, 0]]), unit([[1, 0]]), 5).places.tolist() == [[0]]


def test_an_empty_side_has_no_neighbours() -> None:
    empty = np.zeros((0, 2), dtype=np.float32)
    assert nearest(unit([[1, 0]]), empty, 3).places.shape == (1, 0)
    assert len(nearest(empty, unit([[1, 0]]), 3).places) == 0


def test_blocks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = np.random.default_rng(1)
    queries, keys = (unit(chance.normal(size=(40, 8)).tolist()) for _ in range(2))
    whole = nearest(queries, keys, 5)
    monkeypatch.setattr(search, "CELLS_AT_A_TIME", 7 * 40)
    assert (nearest(queries, keys, 5).places == whole.places).all()


@pytest.mark.parametrize("width", [15, 16])
def test_faiss_finds_nearly_the_same(width: int) -> None:
    pytest.importorskip("faiss")
    chance = np.random.default_rng(2)
    queries, keys = (unit(chance.normal(size=(n, width)).tolist()) for n in (50, 1500))
    exact = nearest(queries, keys, 5)
    listed = nearest(queries, keys, 5, exact_up_to=100)
    shared = [len(set(a) & set(b)) for a, b in zip(exact.places, listed.places, strict=True)]
    assert np.mean(shared) > 4  # of 5
    # What is found by rough likeness is compared exactly, and put in order.
    cosines = np.einsum("nd,nkd->nk", queries, keys[listed.places])
    assert listed.similarity == pytest.approx(cosines, abs=1e-6)
    assert (np.diff(listed.similarity, axis=1) <= 0).all()


def test_what_is_too_far_apart_in_time_is_no_neighbour() -> None:
    ar = [dated(Language.AR, 1)]
    en = [dated(Language.EN, 9), dated(Language.EN, 3), Article(Language.EN, ())]
    window = Window.of(ar, en, within=3, same_outlet=False)
    found = nearest(unit([[1, 0]]), unit([[1, 0], [1, 1], [1, 2]]), 3, allowed=window)
    assert found.places.tolist() == [[1, 2, -1]]  # what has no date is not forbidden
    assert window is not None
    assert window.against(0, 0) == "8 days apart"
    assert window.against(0, 1) == ""
    assert Window.of(ar, [dated(Language.EN, 2)], within=0, same_outlet=False).against(0, 0) == (
        "a day apart"
    )


def dated(language: Language, day: int) -> Article:
    return Article(language, (), date=dt.date(2024, 5, day))
