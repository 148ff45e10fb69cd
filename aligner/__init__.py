"""Pair Arabic and English articles, align their sentences, and see what is in one version only."""

__version__ = "0.1.0"
