"""A small pile of pairs, made by the rule of the benchmark."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.batch import make_pairs


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """Six pairs of four sentences."""
    return make_pairs(tmp_path, 6, sentences=4)
