from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from aligner.errors import BadArticle
from aligner.ingest.source import MAX_BYTES, read_bytes

NOBODY = 65_534


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadArticle, match=r"gone\.txt: there is no such file; check the path"):
        read_bytes(tmp_path / "gone.txt")


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(BadArticle, match="this is a folder; name a file in it"):
        read_bytes(tmp_path)


def test_a_path_through_a_file_and_a_path_of_odd_characters_get_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path / "file" / "in.txt", tmp_path / "nu\0ll", tmp_path / ("long" * 200)):
        with pytest.raises(BadArticle) as error:
            read_bytes(path)
        assert "\0" not in str(error.value)
        assert "\n" not in str(error.value)


def test_a_200_mb_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)  # a hole: it takes no room on the disk
    with pytest.raises(BadArticle, match="64 MiB at most and this has 200 MiB; split it"):
        read_bytes(path)


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "limit.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES)
    assert len(read_bytes(path)) == MAX_BYTES


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero here")
def test_a_device_without_end_is_read_up_to_the_limit_only() -> None:
    with pytest.raises(BadArticle, match="64 MiB at most and this has more"):
        read_bytes("/dev/zero")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_which_tells_no_size_is_read_whole(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    with subprocess.Popen(["sh", "-c", f"(echo one; echo two) > '{pipe}'"]):
        assert read_bytes(pipe) == b"one\ntwo\n"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="access rights are of another kind here")
def test_a_file_without_permission_gets_one_line(tmp_path: Path) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("text", encoding="utf-8")
    path.chmod(0)
    child = os.fork()
    if child == 0:  # root may read anything, so the reading is done as somebody else
        if os.getuid() == 0:
            os.setuid(NOBODY)
        try:
            read_bytes(path)
        except BadArticle as error:
            os._exit(0 if "no permission to read it" in str(error) else 1)
        os._exit(2)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_standard_input_is_a_source() -> None:
    script = "from aligner.ingest import read_article as r; a = r('-'); print(a.language, a.name)"
    text = "افتتحت البلدية مكتبة جديدة في حي الميناء.\n"
    done = subprocess.run(
        [sys.executable, "-c", script], input=text.encode("cp1256"), capture_output=True, check=True
    )
    assert done.stdout.decode().strip() == "ar standard input"
