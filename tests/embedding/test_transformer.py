"""Models that are named are loaded through sentence-transformers, and failures are one line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from aligner.embedding import load_embedder
from aligner.embedding.transformer import TransformerEmbedder
from aligner.errors import ModelError

pytestmark = pytest.mark.slow


def test_a_named_folder_gives_the_vectors_that_sentence_transformers_gives(
    tiny_transformer: Path,
) -> None:
    from sentence_transformers import SentenceTransformer

    texts = ["The army withdrew.", "انسحب الجيش."]
    embedder = load_embedder(str(tiny_transformer), device="cpu")
    expected = SentenceTransformer(str(tiny_transformer), device="cpu").encode(texts)
    assert embedder.dimensions == 32
    assert not embedder.additive
    np.testing.assert_allclose(embedder.embed(texts), expected, atol=1e-6)


def test_blank_texts_get_zeros_and_no_texts_get_no_rows(tiny_transformer: Path) -> None:
    embedder = TransformerEmbedder.load(str(tiny_transformer), "cpu")
    assert not embedder.embed(["  "]).any()
    assert embedder.embed([]).shape == (0, 32)


def test_an_e5_model_gets_the_prefix_that_its_card_asks_for(
    tiny_transformer: Path, tmp_path: Path
) -> None:
    from sentence_transformers import SentenceTransformer

    shutil.copytree(tiny_transformer, tmp_path / "tiny-e5")
    embedder = TransformerEmbedder.load(str(tmp_path / "tiny-e5"), "cpu")
    plain = SentenceTransformer(str(tiny_transformer), device="cpu")
    np.testing.assert_allclose(embedder.embed(["a war"]), plain.encode(["query: a war"]), atol=1e-6)


def test_a_prompt_in_the_models_own_configuration_comes_first(
    tiny_transformer: Path, tmp_path: Path
) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(tiny_transformer), device="cpu", prompts={"sts": "match: "})
    model.save(str(tmp_path / "tiny-e5"))
    embedder = TransformerEmbedder.load(str(tmp_path / "tiny-e5"), "cpu")
    assert embedder.prefix == "match: "


def test_a_folder_without_a_model_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded") as error:
        load_embedder(str(tmp_path))
    assert "\n" not in str(error.value)


def test_an_unreachable_hub_is_one_line_and_exit_1(seed_pair: tuple[Path, Path]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "aligner", "align", *map(str, seed_pair), "--model", "no/such"],
        capture_output=True,
        text=True,
        env={**os.environ, "HF_ENDPOINT": "http://127.0.0.1:9"},
        timeout=120,
    )
    assert done.returncode == 1
    assert done.stdout == ""
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("aligner: model 'no/such' is neither a folder nor downloaded before")
