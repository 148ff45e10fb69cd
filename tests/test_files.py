"""A file is replaced only when the new one is whole."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from aligner.errors import OutputError
from aligner.files import write_whole


def test_text_is_written_as_utf_8_with_its_line_ends(tmp_path: Path) -> None:
    path = write_whole(tmp_path / "a.txt", "سطر\nline\r\n")
    assert path.read_bytes() == "سطر\nline\r\n".encode()


def test_what_stood_there_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old and longer")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.touch()
    path.chmod(0o640)
    write_whole(path, "new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_protected_file_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    path.chmod(0o444)
    with pytest.raises(OutputError, match="write-protected"):
        write_whole(path, "new")
    assert path.read_text() == "old"


def test_a_link_is_followed_and_stays_a_link(tmp_path: Path) -> None:
    target = tmp_path / "target.txt"
    target.write_text("old")
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    write_whole(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_a_half_character_does_not_cost_the_file(tmp_path: Path) -> None:
    assert write_whole(tmp_path / "a.txt", "a\ud800b").read_text() == "a?b"


def test_a_file_whose_name_is_as_long_as_allowed_can_be_written(tmp_path: Path) -> None:
    assert write_whole(tmp_path / ("n" * 251 + ".txt"), "x").read_text() == "x"


def test_a_device_is_written_to_as_it_is() -> None:
    write_whole(Path(os.devnull), "x")
    assert not Path(os.devnull).is_file()


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "is a folder"), ("no/such/a.txt", "make it first"), ("a\0b", "cannot be written")],
)
def test_what_cannot_be_written_is_told_in_one_line(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(OutputError, match=said) as raised:
        write_whole(tmp_path / name, "x")
    assert "\n" not in str(raised.value)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    code = (
        "import resource, signal, sys, pathlib\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))\n"
        "from aligner.errors import OutputError\n"
        "from aligner.files import write_whole\n"
        "try:\n    write_whole(pathlib.Path(sys.argv[1]), 'x' * 100)\n"
        "except OutputError as error:\n    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    assert "cannot be written" in done.stdout
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
