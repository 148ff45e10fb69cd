"""Many pairs, day after day: only what is new is done, and no crash can hurt what was done.

`aligner.batch(...)` is `aligner.batch.run(...)`.
"""

from __future__ import annotations

import inspect
import sys
from types import ModuleType

from aligner.batch.manifest import BadSource
from aligner.batch.runner import Observer, run
from aligner.batch.summary import Summary

__all__ = ["BadSource", "Observer", "Summary", "run"]


class CallableModule(ModuleType):
    """The part is called as its one function, so that both ways of writing it work."""

    __call__ = staticmethod(run)


sys.modules[__name__].__class__ = CallableModule
__signature__ = inspect.signature(run)  # for help at a prompt, which takes `sources` for a self
