"""Writing a file so that it is there whole or not at all, and never over what is being read."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from aligner.errors import OutputError


def check_target(*paths: Path, read: Iterable[Path] = ()) -> None:
    """Refuse, before any work, a place where its result could not be put or would do harm.

    read: the files that the work reads, whether they are there or not; what is written would take
    their place. Raises OutputError, one line.
    """
    reading = {_identity(path) for path in read} - {None}
    for path in paths:
        _target(path)
        if _identity(path) in reading:
            raise OutputError(f"{path}: is what is being read; name another file")


def write_whole(path: Path, content: str | bytes) -> Path:
    """Put `content` at `path`; whatever stood there is replaced only when all of it is on disk.

    Text is written as UTF-8, its line ends as they are. A link is followed, and a device or pipe
    (`/dev/stdout`) is written to as it is. Raises OutputError, one line, when that is impossible.
    """
    if isinstance(content, str):
        # A lone surrogate has no UTF-8; one bad character must not cost a whole report.
        content = content.encode("utf-8", errors="replace")
    with open_whole(path) as file:
        file.write(content)
    return path


@contextlib.contextmanager
def open_whole(path: Path) -> Iterator[IO[bytes]]:
    """`write_whole` bit by bit: a file that is put at `path` when the block ends without an error.

    Raises OutputError where it cannot be written.
    """
    target = _target(path)
    try:
        with target.open("wb") if _is_stream(target) else _beside(target) as file:
            yield file
    except FileNotFoundError:  # /proc and its like answer so to a new file
        raise OutputError(f"{path}: no file can be made in {path.parent}") from None
    except OSError as error:
        raise _unwritable(path, error) from error


def _target(path: Path) -> Path:
    """What is really written: a stream itself, else the file at the end of all links."""
    try:
        if _is_stream(path):
            return path  # its link may lead to no name at all, as that of `/dev/stdout` does
        target = path.resolve()
        if target.is_dir():
            raise OutputError(f"{path}: is a folder; name a file in it")
        # To take a file's place needs no leave of the file itself; who protected it meant it.
        if target.exists() and not os.access(target, os.W_OK):
            raise OutputError(f"{path}: is write-protected; name another file")
        folder = target.parent if path.is_symlink() else path.parent
        if not folder.is_dir():
            raise OutputError(f"{path}: there is no folder {folder}; make it first")
        if not os.access(folder, os.W_OK):
            raise OutputError(f"{path}: no file can be made in {folder}")
    except (OSError, RuntimeError, ValueError) as error:  # a link loop, NUL in the name
        raise _unwritable(path, error) from error
    return target


def _is_stream(path: Path) -> bool:
    """Whether it is a device or pipe, which is written to and never replaced."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _identity(path: Path) -> object:
    """What all names of one file, there or not, have in common; None for what is not replaced."""
    try:
        if path.is_file():
            status = path.stat()
            return status.st_dev, status.st_ino
        return None if path.exists() else path.resolve()
    except (OSError, RuntimeError, ValueError):  # whoever reads it tells what is wrong with it
        return None


def _unwritable(path: Path, error: OSError | RuntimeError | ValueError) -> OutputError:
    reason = getattr(error, "strerror", None) or str(error)
    return OutputError(f"{path}: cannot be written: {reason}")


@contextlib.contextmanager
def _beside(target: Path) -> Iterator[IO[bytes]]:
    """A file beside `target` that takes its place in one step when the block ends."""
    # The name stays short, so that a file whose own name is as long as allowed can be written.
    part = target.with_name(f".{secrets.token_hex(8)}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode & 0o7777)
        part.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink()
        raise
