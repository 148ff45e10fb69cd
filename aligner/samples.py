"""The sample articles that come with the package."""

from __future__ import annotations

from pathlib import Path

from aligner.errors import AlignerError

DEMO = "water"


def folder() -> Path:
    """Where the sample articles lie: in the wheel, or beside the package in a checkout."""
    here = Path(__file__).parent
    for candidate in (here / "data", here.parent / "data"):
        if candidate.is_dir():
            return candidate
    raise AlignerError("the sample articles are not installed; reinstall aligner")


def paths(name: str = DEMO) -> tuple[Path, Path]:
    """The Arabic and the English file of a sample pair."""
    return folder() / f"{name}.ar.txt", folder() / f"{name}.en.txt"
