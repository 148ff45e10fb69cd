"""The training: gradients against differences, batches, a run that is stopped and goes on."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("numba", reason="training needs numba: pip install numba")

from training.kernel import Side, contrast
from training.recipe import Recipe, quota
from training.rules import number_pairs, number_words
from training.sampling import bags, batches, by_source, draw
from training.vectors import join_texts, number_of, train, twins

RECIPE = Recipe(dimensions=8, epochs=2, tuning_epochs=2, batch=16, warm_up=1, rate=0.05)


def test_the_gradient_is_the_slope_of_the_loss() -> None:
    rng = np.random.default_rng(0)
    ar, en = rng.standard_normal((2, 6, 8)).astype(np.float32)
    _, pull, _ = contrast(ar, en, 5.0, None)
    step = 0.3 * pull / np.linalg.norm(pull)
    before, _, _ = contrast(ar - step, en, 5.0, None)
    after, _, _ = contrast(ar + step, en, 5.0, None)
    # bfloat16 products: two digits are right.
    assert after - before == pytest.approx(2 * float((step * pull).sum()) * len(ar) / 6, rel=0.15)


def test_the_margin_is_asked_of_the_pair_alone() -> None:
    rng = np.random.default_rng(1)
    ar, en = rng.standard_normal((2, 6, 8)).astype(np.float32)
    plain, pull, _ = contrast(ar, en, 5.0, None)
    harder, more, _ = contrast(ar, en, 5.0, None, margin=0.3)
    # At most the margin times the scale comes on top, and the pull is still the slope of the loss.
    assert 0 < harder - plain < 5.0 * 0.3
    step = 0.3 * more / np.linalg.norm(more)
    before, _, _ = contrast(ar - step, en, 5.0, None, margin=0.3)
    after, _, _ = contrast(ar + step, en, 5.0, None, margin=0.3)
    assert after - before == pytest.approx(2 * float((step * more).sum()) * len(ar) / 6, rel=0.15)
    assert not np.allclose(pull, more)


def test_pairs_that_share_a_text_are_no_negatives() -> None:
    rows, columns = twins(np.array([7, 1, 7]), np.array([4, 5, 6]))
    assert sorted(zip(rows.tolist(), columns.tolist(), strict=True)) == [(0, 2), (2, 0)]
    assert twins(np.array([1, 2]), np.array([3, 4])) is None


def test_short_texts_keep_their_tokens_and_none_is_emptied() -> None:
    side = Side(np.arange(12, dtype=np.int32), np.array([0, 2, 12]))
    numbers, groups = np.array([0, 1, 0, 1]), np.array([0, 1, 2, 4])
    ids, starts = join_texts(side.ids, side.starts, numbers, groups, 0.9999, 1)
    assert ids[: starts[1]].tolist() == [0, 1]
    assert (np.diff(starts) >= 1).all()
    ids, starts = join_texts(side.ids, side.starts, numbers, groups, 0.0, 1)
    assert ids[starts[2] :].tolist() == list(range(12))


def test_a_source_is_drawn_evenly() -> None:
    found = draw(np.arange(4), 10, np.random.default_rng(0))
    assert sorted(np.bincount(found).tolist()) == [2, 2, 3, 3]


def test_an_epoch_draws_each_source_by_its_quota() -> None:
    sources = ["tatoeba-opus"] * 40 + ["lexical-lexicon"] * 40
    pairs = by_source(sources)
    documents = number_of([str(n // 4) for n in range(80)])
    found = batches(pairs, documents, RECIPE, np.random.default_rng(0))
    assert all(len(batch) == RECIPE.batch for batch in found)
    joined = [sample for batch in found for sample in batch if len(sample) == 2 and sample[0] < 40]
    assert all(b == a + 1 and a // 4 == b // 4 for a, b in joined)
    assert sum(map(len, bags(pairs, RECIPE, np.random.default_rng(0)))) == 40
    assert quota("tatoeba-opus", 40) == 60
    assert quota("msbeg-new", 90_000) == 10_000


@pytest.mark.parametrize(
    ("number", "ar", "en"),
    [(0, "صفر", "zero"), (11, "أحد عشر", "eleven"), (32, "اثنان وثلاثون", "thirty-two")],
)
def test_numbers_are_spelled(number: int, ar: str, en: str) -> None:
    assert number_words(number) == (ar, en)
    assert (str(number), en) in set(number_pairs())


def small_run(
    folder: Path,
    recipe: Recipe,
    after: Callable[[int, float, np.ndarray], None] = lambda *_: None,
    source: str = "tatoeba-opus",
) -> tuple[np.ndarray, list[float]]:
    """Sixty-four pairs of two-token texts, each with tokens of its own."""
    ids = np.arange(128, dtype=np.int32)
    ar, en = Side(ids, np.arange(0, 129, 2)), Side(ids + 128, np.arange(0, 129, 2))
    texts = [(source, str(n), f"ar {n}", f"en {n}") for n in range(64)]
    losses: list[float] = []

    def report(epoch: int, loss: float, table: np.ndarray) -> None:
        losses.append(loss)
        after(epoch, loss, table)

    folder.mkdir(exist_ok=True)
    return train(ar, en, texts, 256, recipe, folder, report), losses


def test_training_brings_pairs_together(tmp_path: Path) -> None:
    recipe = Recipe(dimensions=8, epochs=8, tuning_epochs=0, batch=16, warm_up=1, rate=0.05)
    _, losses = small_run(tmp_path, recipe)
    assert losses[-1] < 0.5 * losses[0]


@pytest.mark.parametrize("epochs_before", [1, 2, 3])
def test_a_stopped_run_goes_on_as_it_would_have(tmp_path: Path, epochs_before: int) -> None:
    whole, _ = small_run(tmp_path / "whole", RECIPE)

    class Stopped(Exception):
        pass

    def stop(epoch: int, *_: object) -> None:
        if epoch + 1 == epochs_before:
            raise Stopped

    folder = tmp_path / "stopped"
    with pytest.raises(Stopped):
        small_run(folder, RECIPE, stop)
    resumed, losses = small_run(folder, RECIPE)
    assert len(losses) == RECIPE.epochs + RECIPE.tuning_epochs - epochs_before
    np.testing.assert_array_equal(resumed, whole)


def test_the_tuning_draws_from_people_and_word_lists_alone(tmp_path: Path) -> None:
    sources = ["tatoeba-opus", "msdocs-alchemyinsights"]
    recipe = replace(RECIPE, epochs=0)
    moved = []
    for source in sources:
        table, _ = small_run(tmp_path / source, recipe, source=source)
        start, _ = small_run(tmp_path / f"{source}-0", replace(recipe, tuning_epochs=0))
        moved.append(bool((table != start).any()))
    assert moved == [True, False]
