"""Writing a file so that it is there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from aligner.errors import OutputError


def write_whole(path: Path, content: str | bytes) -> Path:
    """Put `content` at `path`; whatever stood there is replaced only when all of it is on disk.

    Text is written as UTF-8, its line ends as they are. A link is followed, and a device or pipe
    (`/dev/stdout`) is written to as it is. Raises OutputError, one line, when that is impossible.
    """
    if isinstance(content, str):
        # A lone surrogate has no UTF-8; one bad character must not cost a whole report.
        content = content.encode("utf-8", errors="replace")
    try:
        target = path.resolve()
        if target.is_dir():
            raise OutputError(f"{path}: is a folder; name a file in it")
        # To take a file's place needs no leave of the file itself; who protected it meant it.
        if target.exists() and not os.access(target, os.W_OK):
            raise OutputError(f"{path}: is write-protected; name another file")
        if target.exists() and not target.is_file():
            target.write_bytes(content)
        else:
            _replace(target, content)
    except FileNotFoundError:
        if path.parent.is_dir():  # /proc and its like answer so to a new file
            raise OutputError(f"{path}: no file can be made in {path.parent}") from None
        raise OutputError(f"{path}: there is no folder {path.parent}; make it first") from None
    except (OSError, RuntimeError, ValueError) as error:  # no permission, link loop, NUL in name
        reason = getattr(error, "strerror", None) or str(error)
        raise OutputError(f"{path}: cannot be written: {reason}") from error
    return path


def _replace(target: Path, content: bytes) -> None:
    """Write beside `target`, then take its place in one step."""
    # The name stays short, so that a file whose own name is as long as allowed can be written.
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode & 0o7777)
        part.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
