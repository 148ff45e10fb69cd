"""Ctrl-C while `aligner pair` works, as a terminal sends it: to every process."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from aligner import ingest, samples
from tests.conftest import ROOT

pty = pytest.importorskip("pty", reason="needs a terminal")

# The command itself; `at_once` makes small piles be aligned by processes as large ones are. A suite
# that runs in the background is deaf to Ctrl-C, and what it starts would be so too.
COMMAND = (
    "import signal\n"
    "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "from aligner.pairing import judging\n"
    "judging.CHUNK, judging.WORTH_PROCESSES = 3, {at_once}\n"
    "from aligner.cli import main; main()"
)
ANSI = re.compile(rb"\x1b\[[0-9;?]*[a-zA-Z]")


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """Two hundred articles a side; each pair has numbers and an order of its own."""
    path = tmp_path / "pile.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for side in (0, 1):
            articles = [
                ingest.read_article(samples.paths(name)[side])
                for name in ("library", "olives", "water")
            ]
            for n in range(200):
                article = articles[n % 3]
                turn = n % len(article.paragraphs)
                texts = [p.text for p in article.paragraphs[turn:] + article.paragraphs[:turn]]
                record = {
                    "id": f"{article.language}-{n}",
                    "lang": article.language,
                    "paragraphs": [f"{1000 + 7 * n} {text}" for text in texts],
                }
                file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


@pytest.mark.skipif(os.name != "posix", reason="signals to a group of processes")
@pytest.mark.parametrize("at_once", [10**9, 1], ids=["one process", "two processes"])
def test_ctrl_c_ends_with_one_line_and_leaves_no_file(pile: Path, at_once: int) -> None:
    output = pile.with_name("pairs.csv")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", COMMAND.format(at_once=at_once)]
    process = subprocess.Popen(
        [*command, "pair", str(pile), "-o", str(output), "--jobs", "2"],
        stdout=subprocess.DEVNULL,
        stderr=theirs,
        cwd=ROOT,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "120"},
        start_new_session=True,
    )
    os.close(theirs)
    told = b""
    # Not before a few are done, so that there is something to tell.
    while not re.search(rb"aligning candidates\D*[1-9]\d*/", ANSI.sub(b"", told)):
        told += os.read(ours, 4096)
    os.killpg(process.pid, signal.SIGINT)
    told = _rest(ours)
    assert process.wait(timeout=60) == 130
    lines = [line for line in told.decode(errors="replace").splitlines() if "aligner:" in line]
    assert len(lines) == 1
    assert re.search(
        r"stopped while aligning candidates: \d+ of \d+ done, nothing was written$", lines[0]
    )
    assert b"Traceback" not in told
    assert not output.exists()
    assert [p.name for p in pile.parent.iterdir()] == ["pile.jsonl"]


def _rest(terminal: int) -> bytes:
    """What still comes, until every process has closed the terminal."""
    told = b""
    try:
        while part := os.read(terminal, 4096):
            told += part
    except OSError:  # Linux says so instead of giving nothing
        pass
    finally:
        os.close(terminal)
    return told
