"""What can go wrong, each with one line that says what, where and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path


class AlignerError(Exception):
    """The base of every error that a user can cause and mend."""


class WrongUse(AlignerError):
    """Something asked for that cannot be, whatever the files hold. The command ends with 2."""


class UnknownName(WrongUse):
    """A name that stands in none of our tables."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f"no {kind} named {name!r}; known: {', '.join(sorted(known))}")


class UnknownSuffix(UnknownName):
    """An output file whose suffix names no format of ours."""

    def __init__(self, path: Path, known: Iterable[str]) -> None:
        has = f"no format has the suffix {path.suffix!r}" if path.suffix else "it has no suffix"
        AlignerError.__init__(self, f"{path}: {has}; known: {', '.join(sorted(known))}")


class BadArticle(AlignerError):
    """A file or text that is not an article we can read."""


class BadPair(AlignerError):
    """Two articles that are not an Arabic and an English one."""


class BadComparison(AlignerError):
    """A stored comparison that cannot be read back."""


class ModelError(AlignerError):
    """An embedding model that cannot be loaded or used."""


class MissingExtra(AlignerError):
    """A dependency that only some need and that is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an extra: pip install 'aligner[{extra}]'")


class OutputError(AlignerError):
    """A result that cannot be written where it was asked for."""


class StoreError(AlignerError):
    """A store that cannot be opened, read or written."""
