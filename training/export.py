"""Write a model folder that our loader, sentence-transformers and model2vec all read."""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

MODULES = [
    {
        "idx": 0,
        "name": "0",
        "path": "",
        "type": "sentence_transformers.models.StaticEmbedding",
    }
]


def write_model(
    folder: Path,
    name: str,
    tokenizer: Tokenizer,
    table: NDArray[np.float32],
    facts: dict[str, object],
) -> None:
    """Write the files of a model, the table last, so that a half-written folder does not load."""
    folder.mkdir(parents=True, exist_ok=True)
    config = {
        "model_type": "model2vec",
        "architectures": ["StaticModel"],
        "name": name,
        "normalize": True,
        "embedding_dtype": "float16",
        "hidden_dim": int(table.shape[1]),
        **facts,
    }
    _write(folder / "config.json", json.dumps(config, ensure_ascii=False, indent=1) + "\n")
    _write(folder / "modules.json", json.dumps(MODULES, indent=1) + "\n")
    tokenizer.save(str(folder / "tokenizer.json.new"), pretty=False)
    (folder / "tokenizer.json.new").replace(folder / "tokenizer.json")
    save_file({"embeddings": table.astype(np.float16)}, folder / "model.safetensors.new")
    (folder / "model.safetensors.new").chmod(0o644)
    (folder / "model.safetensors.new").replace(folder / "model.safetensors")


def _write(path: Path, text: str) -> None:
    new = path.with_name(path.name + ".new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)
