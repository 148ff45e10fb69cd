"""Any sentence-transformers model, loaded through that library when it is named."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from aligner.errors import ModelError

# What model cards ask to be put before each text when the two sides are alike (translations).
# Models that carry a prompt named so in their own configuration are served from there first.
SYMMETRIC_PROMPTS = ("sts", "STS", "query")
PREFIXES = {
    re.compile(r"\be5\b.*instruct", re.I): "Instruct: Retrieve parallel sentences.\nQuery: ",
    re.compile(r"\be5\b", re.I): "query: ",
}
HUB_TIMEOUT = 10.0  # seconds to wait for a first answer, instead of minutes of retries


class TransformerEmbedder:
    """Vectors of a sentence-transformers model.

    They are not additive, yet the aligner adds up those of neighbouring sentences, each as long as
    the root of its sentence's length, and embeds no joined text, which takes eleven times as long.
    Adding up changed little with a small model that takes the mean of its tokens, and cost up to 4
    points with a weak one that takes the first; `python -m benchmarks.joined MODEL` measures any.
    """

    additive = False

    def __init__(self, model: Any, name: str) -> None:
        self._model = model
        self.name = name
        self.prefix = _prefix(name, getattr(model, "prompts", None) or {})
        self.dimensions: int = len(self.embed(["a"])[0])

    @classmethod
    def load(cls, name: str, device: str | None = None) -> TransformerEmbedder:
        """Load a model by its hub name or folder. Raises ModelError with what to do."""
        try:
            with _quiet():
                from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise ModelError(
                f"--model {name} needs sentence-transformers, which is not usable here ({error}); "
                "pip install sentence-transformers, or leave --model out to use the bundled model"
            ) from error
        try:
            local_only = not Path(name).exists()
            with _quiet():
                try:
                    model = SentenceTransformer(name, device=device, local_files_only=local_only)
                except (OSError, ValueError):
                    if not local_only:
                        raise
                    _ask_hub(name)
                    model = SentenceTransformer(name, device=device)
            return cls(model, Path(name).name if Path(name).exists() else name)
        except ModelError:
            raise
        # The library and its many backends raise all kinds; the user gets one line.
        except Exception as error:
            first_line = str(error).strip().splitlines()[0] if str(error).strip() else ""
            raise ModelError(
                f"model {name!r} cannot be loaded: {first_line or type(error).__name__}; name a "
                "sentence-transformers model or folder, or leave --model out"
            ) from error

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors (len(texts), dimensions), float32, not of unit length; blank texts get zeros."""
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        progress = len(texts) > 256 and sys.stderr.isatty()
        vectors = self._model.encode(
            [self.prefix + t for t in texts],
            convert_to_numpy=True,
            show_progress_bar=progress,
            # The prefix is ours: a default prompt of the model's would come on top of it.
            prompt="" if self.prefix else None,
        )
        array: NDArray[np.float32] = np.array(vectors, dtype=np.float32)
        array[[not t.strip() for t in texts]] = 0.0
        return array


def _prefix(name: str, prompts: dict[str, str]) -> str:
    for key in SYMMETRIC_PROMPTS:
        if prompts.get(key):
            return prompts[key]
    for pattern, prefix in PREFIXES.items():
        if pattern.search(name):
            return prefix
    return ""


def _ask_hub(name: str) -> None:
    """Find out at once whether the model can be fetched; downloading would retry for minutes."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import RepositoryNotFoundError

    try:
        if os.environ.get("HF_HUB_OFFLINE", "0") not in ("", "0"):
            raise ConnectionError("HF_HUB_OFFLINE is set")
        HfApi().model_info(name, timeout=HUB_TIMEOUT)
    except RepositoryNotFoundError as error:
        raise ModelError(
            f"no model {name!r}: it is neither a folder nor on the model hub; check the name"
        ) from error
    except Exception as error:
        raise ModelError(
            f"model {name!r} is neither a folder nor downloaded before, and the model hub cannot "
            "be reached; connect once to fetch it, give a folder, or leave --model out"
        ) from error


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep the libraries' log lines and load reports off the screen; errors become ours."""
    previous = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            yield
    finally:
        logging.disable(previous)
