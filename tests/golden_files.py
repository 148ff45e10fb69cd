"""Golden files: what a report or an export looks like, to be looked at when it changes.

ALIGNER_UPDATE_GOLDEN=1 pytest …  writes them anew; `git diff tests/golden` shows what changed.
"""

from __future__ import annotations

import os
from pathlib import Path

GOLDEN = Path(__file__).parent / "golden"


def check_golden(name: str, rendered: str) -> None:
    """Compare with tests/golden/NAME, byte for byte."""
    path = GOLDEN / name
    if os.environ.get("ALIGNER_UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(rendered.encode())
    assert path.read_bytes().decode() == rendered, f"{path} differs; see tests/golden_files.py"
