"""The bytes of a file or of standard input: bounded, and one clear line where there are none."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

from aligner.errors import BadArticle

MAX_BYTES = 64 * 1024 * 1024  # far above any article; a 200 MB file is a pile or a mistake
STANDARD_INPUT = "-"


def read_bytes(source: str | Path) -> bytes:
    """The whole content of a file, or of standard input for "-".

    Raises BadArticle for what is missing, a folder, not permitted, or above MAX_BYTES; a large
    file is refused before it is read.
    """
    if str(source) == STANDARD_INPUT:
        return _within_limit(sys.stdin.buffer.read(MAX_BYTES + 1), name_of(source))
    path = Path(source)
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            if stat.S_ISREG(status.st_mode) and status.st_size > MAX_BYTES:
                raise _too_large(str(path), status.st_size)
            # A buffer of the whole limit costs more than reading a small file into it.
            content = file.read(status.st_size + 1)
            if len(content) > status.st_size:
                # Pipes and devices tell no size, and a file can grow while it is read.
                content += file.read(MAX_BYTES - status.st_size)
            return _within_limit(content, str(path))
    except (OSError, ValueError) as error:
        raise cannot_read(path, error) from error


def cannot_read(path: Path, error: OSError | ValueError) -> BadArticle:
    """The line for an error that the operating system gave on opening or reading `path`."""
    match error:
        case FileNotFoundError():
            reason = "there is no such file; check the path"
        case IsADirectoryError():
            reason = "this is a folder; name a file in it"
        case PermissionError():
            reason = "no permission to read it; change its access rights"
        case OSError():
            reason = f"it cannot be read ({error.strerror or error}); check the path"
        case _:  # a null character in the path
            reason = "this is not a path; check its characters"
    return BadArticle(f"{path}: {reason}".replace("\0", "�"))


def name_of(source: str | Path) -> str:
    """What messages call this source."""
    return "standard input" if str(source) == STANDARD_INPUT else str(source)


def _within_limit(content: bytes, name: str) -> bytes:
    if len(content) > MAX_BYTES:
        raise _too_large(name, len(content))
    return content


def _too_large(name: str, size: int) -> BadArticle:
    mebibytes = f"{size / 2**20:.0f} MiB" if size > MAX_BYTES + 1 else "more"
    return BadArticle(
        f"{name}: an article may have {MAX_BYTES // 2**20} MiB at most and this has {mebibytes}; "
        "split it into its articles"
    )
