"""A file is replaced only when the new one is whole."""

from __future__ import annotations

import contextlib
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from aligner.errors import OutputError
from aligner.files import check_target, open_whole, write_whole


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


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_the_reader_of_a_pipe_gets_what_is_written(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen(["cat", tmp_path / "pipe"], stdout=subprocess.PIPE) as reader:
        write_whole(tmp_path / "pipe", "x")
        assert reader.communicate()[0] == b"x"
    assert (tmp_path / "pipe").is_fifo()


@pytest.mark.skipif(not Path("/dev/stdout").exists(), reason="needs /dev/stdout")
def test_standard_output_may_be_named_as_a_device() -> None:
    code = (
        "import pathlib\n"
        "from aligner.files import write_whole\n"
        "write_whole(pathlib.Path('/dev/stdout'), 'x')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == b"x"


def test_a_file_written_bit_by_bit_is_there_only_when_all_of_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    with open_whole(path) as file:
        file.write(b"new, ")
        assert path.read_text() == "old"
        file.write(b"and longer")
    assert path.read_text() == "new, and longer"
    with contextlib.suppress(KeyError), open_whole(path) as file:
        file.write(b"half")
        raise KeyError
    assert path.read_text() == "new, and longer"
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_being_read_is_no_target_by_whatever_name(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("old")
    (tmp_path / "link.txt").symlink_to(path)
    (tmp_path / "twin.txt").hardlink_to(path)
    for name in ("a.txt", "link.txt", "twin.txt", "../" + tmp_path.name + "/a.txt"):
        with pytest.raises(OutputError, match="is what is being read; name another file"):
            check_target(tmp_path / name, read=[tmp_path / "b.txt", path])
    with pytest.raises(OutputError, match="is what is being read"):
        check_target(tmp_path / "not-there-yet", read=[tmp_path / "not-there-yet"])


def test_a_target_beside_what_is_being_read_and_a_stream_are_free(tmp_path: Path) -> None:
    read = tmp_path / "a.txt"
    read.touch()
    check_target(tmp_path / "b.txt", read=[read, tmp_path / "gone.txt", Path("no\0path")])
    check_target(Path(os.devnull), read=[Path(os.devnull)])
    assert list(tmp_path.iterdir()) == [read]


@pytest.mark.parametrize(
    ("name", "said"),
    [("", "is a folder"), ("no/such/a.txt", "make it first"), ("a\0b", "cannot be written")],
)
def test_what_cannot_be_written_is_told_in_one_line(tmp_path: Path, name: str, said: str) -> None:
    for refuse in (check_target, lambda path: write_whole(path, "x")):
        with pytest.raises(OutputError, match=said) as raised:
            refuse(tmp_path / name)
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
