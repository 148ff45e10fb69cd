"""Pair Arabic and English articles, align their sentences, and see what is in one version only.

>>> import aligner
>>> pair = aligner.compare("seeds/002_b6a495e6997c87aa.txt", "seeds/000_3ede18a199c0dbaf.txt")
>>> pair.ar.language.label
'Arabic'

Importing loads no model; the first comparison does, in a tenth of a second.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from aligner.batch import CallableModule
    from aligner.bitext import (
        Alignment,
        ArticlePair,
        Bead,
        Comparison,
        Divergence,
        DivergenceKind,
        PairKind,
    )
    from aligner.errors import AlignerError
    from aligner.ingest import read_article, read_articles
    from aligner.pairing import pair_articles
    from aligner.pipeline import Pipeline, compare
    from aligner.store import Store
    from aligner.text import Article, Language, Paragraph, Sentence

    batch: CallableModule

_HOME = {
    "Alignment": "bitext",
    "ArticlePair": "bitext",
    "Bead": "bitext",
    "Comparison": "bitext",
    "Divergence": "bitext",
    "DivergenceKind": "bitext",
    "PairKind": "bitext",
    "AlignerError": "errors",
    "read_article": "ingest",
    "read_articles": "ingest",
    "pair_articles": "pairing",
    "Pipeline": "pipeline",
    "compare": "pipeline",
    "Store": "store",
    "Article": "text",
    "Language": "text",
    "Paragraph": "text",
    "Sentence": "text",
}

__all__ = [
    "AlignerError",
    "Alignment",
    "Article",
    "ArticlePair",
    "Bead",
    "Comparison",
    "Divergence",
    "DivergenceKind",
    "Language",
    "PairKind",
    "Paragraph",
    "Pipeline",
    "Sentence",
    "Store",
    "batch",
    "compare",
    "pair_articles",
    "read_article",
    "read_articles",
]


# Each name is fetched when it is first used: `import aligner` then costs next to nothing.
def __getattr__(name: str) -> Any:
    if name == "batch":  # a part that can be called
        return importlib.import_module("aligner.batch")
    if name not in _HOME:
        raise AttributeError(f"module 'aligner' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"aligner.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
