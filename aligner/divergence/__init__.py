"""What stands in one version only, and what kind of pair the two texts look like."""

from aligner.divergence.find import find
from aligner.divergence.kind import judge

__all__ = ["find", "judge"]
