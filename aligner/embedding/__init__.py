"""Sentence vectors: the bundled model, or any sentence-transformers model that is named."""

from __future__ import annotations

from pathlib import Path

from aligner.embedding.protocol import Embedder
from aligner.embedding.static import StaticEmbedder, unit
from aligner.errors import WrongUse

__all__ = ["BUNDLED", "Embedder", "StaticEmbedder", "load_embedder", "unit"]

BUNDLED = "bundled"


def load_embedder(name: str | None = None, device: str | None = None) -> Embedder:
    """Load the bundled model (None or "bundled"), or the model of this name or folder.

    A folder that holds a static model of our layout is read without torch; everything else goes
    through sentence-transformers, on `device` ("cpu", "cuda", "mps"; None: the best there is).
    Raises ModelError, in one line, when the model cannot be had, and WrongUse for the bundled one
    on another device than the processor.
    """
    if name is None or name == BUNDLED:
        if device not in (None, "cpu"):
            raise WrongUse(
                f"device {device!r} is for a model that is named; the bundled one runs on the "
                "processor alone, so leave the device out or name a model"
            )
        return StaticEmbedder.load()
    folder = Path(name)
    if device is None and (folder / "model.safetensors").is_file() and _is_static(folder):
        return StaticEmbedder.load(folder)
    from aligner.embedding.transformer import TransformerEmbedder  # 5 s of imports

    return TransformerEmbedder.load(name, device)


def _is_static(folder: Path) -> bool:
    modules = folder / "modules.json"
    return modules.is_file() and "StaticEmbedding" in modules.read_text(encoding="utf-8")
