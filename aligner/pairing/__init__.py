"""Which Arabic article goes with which English one."""

from __future__ import annotations

from aligner.pairing.evidence import Evidence
from aligner.pairing.matching import Progress, pair_articles
from aligner.pairing.result import Explanation, Pair, Pairing, Unpaired

__all__ = ["Evidence", "Explanation", "Pair", "Pairing", "Progress", "Unpaired", "pair_articles"]
