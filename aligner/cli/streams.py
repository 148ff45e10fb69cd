"""The standard streams: UTF-8 under any locale, and one clear line where one is closed or full."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import Any

from aligner.errors import OutputError, WrongUse


class ReaderGone(Exception):
    """The reader of our output has left, as `| head` does. Nobody is left to be told."""


def prepare() -> None:
    """Make the standard streams ready, also those that are closed (`>&-`)."""
    if sys.stdin is None:
        sys.stdin = io.TextIOWrapper(io.BytesIO())
    if sys.stdout is None:
        sys.stdout = _text(_Output(None))
    elif isinstance(sys.stdout, io.TextIOWrapper):
        buffer = sys.stdout.buffer
        raw = getattr(buffer, "raw", buffer)  # unbuffered under `python -u`
        sys.stdout = _text(_Output(raw), line_buffering=sys.stdout.line_buffering)
    if sys.stderr is None:
        # Without it `print(…, file=sys.stderr)` would go to standard output.
        sys.stderr = _text(io.FileIO(os.devnull, "w"))
    elif isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr.reconfigure(encoding="utf-8", errors="replace")


def refuse_terminal(form: str) -> None:
    """Keep a format that is no text from the screen. Raises WrongUse."""
    if sys.stdout.isatty():
        raise WrongUse(f"{form} is no text to show on a terminal; name a file with -o")


def _text(raw: io.RawIOBase, *, line_buffering: bool = False) -> io.TextIOWrapper:
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding="utf-8", errors="replace", line_buffering=line_buffering
    )


class _Output(io.RawIOBase):
    """Standard output as every writer to it uses it, whose failures are told in our own words.

    It fails once; what still comes then goes nowhere, so that the end of the process does not
    fail again.
    """

    def __init__(self, raw: Any) -> None:
        self._raw = raw  # None where it is closed
        self._has_failed = False

    def write(self, content: Any) -> int | None:
        if self._has_failed:
            return len(content)
        try:
            if self._raw is None:
                raise OSError(errno.EBADF, "it is closed")
            written: int | None = self._raw.write(content)
        except OSError as error:
            self._has_failed = True
            if isinstance(error, BrokenPipeError):
                raise ReaderGone from None
            raise OutputError(f"standard output: cannot be written: {error.strerror}") from error
        return written

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return self._raw is not None and self._raw.isatty()

    def fileno(self) -> int:
        if self._raw is None:
            raise io.UnsupportedOperation("standard output is closed")
        number: int = self._raw.fileno()
        return number
