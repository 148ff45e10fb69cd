"""What a terminal and a pipe get: what differs, in full words, within the width."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from aligner.bitext import Comparison
from aligner.report import terminal
from tests.comparisons import AR, library
from tests.report.strategies import comparisons


def shown(made: Comparison, width: int = 80, *, full: bool = False, colour: bool = False) -> str:
    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        _environ={},
    )
    with console.capture() as captured:
        terminal.render(made, console, full=full)
    return captured.get()


def test_what_is_on_one_side_only_is_told_in_full_words() -> None:
    text = shown(library())
    assert "In the Arabic only: 1 paragraph, 1 clause\n" in text
    assert "  paragraph 7 · 98% sure\n" in text
    assert "واعترض صيادون على إغلاق الرصيف القديم، وقالوا إن أحداً لم يستشرهم." in text
    assert "In the English only: 1 sentence\n" in text


def test_the_short_report_leaves_out_what_agrees() -> None:
    assert "It dates from 1932" not in shown(library())
    assert "It dates from 1932" in shown(library(), full=True)


def test_a_pipe_gets_no_colours_and_the_same_words() -> None:
    plain = shown(library(), full=True)
    coloured = shown(library(), full=True, colour=True)
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == plain
    assert coloured != plain


@pytest.mark.parametrize("width", [30, 60, 80, 100])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    for line in shown(library(), width, full=True).split("\n"):
        assert cell_len(line) <= width, line


def test_on_a_wide_terminal_lines_stay_readable() -> None:
    assert max(map(cell_len, shown(library(), 300, full=True).split("\n"))) <= 100


def test_every_arabic_line_is_isolated() -> None:
    arabic = re.compile("[\u0620-\u064a]{2}")
    for line in shown(library(), full=True).split("\n"):
        assert not arabic.search(re.sub("\u2067[^\u2069]*\u2069", "", line)), line


def test_a_sentence_keeps_its_words_when_it_is_broken() -> None:
    sentence = library().side(AR).sentences[5].stripped
    text = shown(library(), full=True)
    for word in sentence.split():
        assert word in text


@given(comparisons(), st.integers(20, 120), st.booleans())
def test_anything_can_be_shown_and_steers_nothing(made: Comparison, width: int, full: bool) -> None:
    text = shown(made, width, full=full)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]", text)
