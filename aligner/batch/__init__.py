"""Many pairs, day after day: only what is new is done, and no crash can hurt what was done.

`aligner.batch(...)` is `aligner.batch.run(...)`.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from aligner.batch.manifest import BadSource
from aligner.batch.runner import Observer, run
from aligner.batch.summary import Summary

__all__ = ["BadSource", "Observer", "Summary", "run"]


class _Callable(ModuleType):
    """The part is called as its one function, so that both ways of writing it work."""

    def __call__(self, *args: Any, **options: Any) -> Summary:
        return run(*args, **options)


sys.modules[__name__].__class__ = _Callable
