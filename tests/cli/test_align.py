"""aligner align and aligner demo, run as a user runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from aligner import samples


def completed(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        **options,
    )
    assert done.returncode == 0, done.stderr
    return done


def run(*arguments: str | Path, stdin: str | None = None, cwd: Path | None = None) -> str:
    return completed("-m", "aligner", *arguments, input=stdin, cwd=cwd).stdout


def test_the_two_files_may_come_in_either_order(seed_pair: tuple[Path, Path]) -> None:
    ar, en = seed_pair
    assert run("align", ar, en, "--to", "json") == run("align", en, ar, "--to", "json")


def test_a_text_may_come_by_standard_input(seed_pair: tuple[Path, Path]) -> None:
    ar, en = seed_pair
    by_file = json.loads(run("align", ar, en, "--to", "json"))
    by_pipe = json.loads(run("align", "-", en, "--to", "json", stdin=ar.read_text("utf-8")))
    assert by_pipe["beads"] == by_file["beads"]


def test_the_suffix_of_the_output_names_the_format(
    seed_pair: tuple[Path, Path], tmp_path: Path
) -> None:
    out = tmp_path / "pair.tmx"
    assert run("align", *seed_pair, "-o", out) == ""
    assert '<tmx version="1.4"' in out.read_text("utf-8")


@pytest.mark.parametrize("suffix", ["tmx", "xlf", "zip", "jsonl", "html"])
def test_a_memory_of_what_is_no_translation_is_written_and_said_to_be_none(
    suffix: str, tmp_path: Path
) -> None:
    out = tmp_path / f"pair.{suffix}"
    arabic, english = samples.paths("water")[0], samples.paths("library")[1]
    done = completed("-m", "aligner", "align", arabic, english, "-o", out)
    assert out.exists()
    told = f"wrote {out}\n"
    if suffix in ("tmx", "xlf", "zip"):
        told += "the pair looks unrelated: check its units before using them as translations\n"
    assert done.stderr == told


def test_a_memory_of_a_translation_is_written_without_a_word(
    seed_pair: tuple[Path, Path],
) -> None:
    assert completed("-m", "aligner", "align", *seed_pair, "--to", "tmx").stderr == ""


def test_at_least_leaves_out_what_is_less_sure(seed_pair: tuple[Path, Path]) -> None:
    every = json.loads(run("align", *seed_pair, "--to", "json"))["divergences"]
    sure = json.loads(run("align", *seed_pair, "--to", "json", "--at-least", "0.9"))["divergences"]
    assert sure == [d for d in every if d["probability"] >= 0.9]


def test_version_tells_the_signature_of_model_and_settings() -> None:
    line = run("--version").strip()
    assert line.startswith("aligner ")
    assert "embed:bundled" in line


def test_the_demo_shows_a_sample_and_writes_its_report(tmp_path: Path) -> None:
    shown = run("demo", cwd=tmp_path)
    assert "Arabic" in shown
    assert 'dir="rtl"' in (tmp_path / "aligner-demo.html").read_text("utf-8")


def test_every_command_has_an_example_in_its_help() -> None:
    from aligner.cli import app

    for command in app.registered_commands:
        assert command.callback is not None
        assert "Example:  aligner" in (command.callback.__doc__ or ""), command.callback.__name__


ONE_THREAD = """
import sys
import threadpoolctl
from aligner.cli import main
try:
    main()
finally:
    print([x["num_threads"] for x in threadpoolctl.threadpool_info()], file=sys.stderr)
"""


def test_the_command_shares_no_small_products_among_threads(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.endswith("_NUM_THREADS")}
    done = completed("-c", ONE_THREAD, "demo", env=environment, cwd=tmp_path)
    assert done.stderr.splitlines()[-1] == "[1]"
