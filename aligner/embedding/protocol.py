"""What the rest of the toolkit asks of an embedding model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Embedder(Protocol):
    """Turns texts into vectors.

    `additive` says that the vector of joined texts is the sum of theirs, so that joined
    sentences need no second embedding.
    """

    @property
    def name(self) -> str: ...

    @property
    def dimensions(self) -> int: ...

    @property
    def additive(self) -> bool: ...

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), dimensions), not of unit length.

        A text without words gets a row of zeros.
        """
        ...
