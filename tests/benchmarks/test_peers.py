"""Other aligners: what is read from their output, what is given to them, what is skipped how."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.embedding import StaticEmbedder
from aligner.text import Article, Language
from benchmarks import peers
from benchmarks.docalign import article
from benchmarks.peers import Peer, Skipped, bertalign, gale_church, hunalign, lingtrain
from benchmarks.peers.__main__ import NAMED, counted, measure


def side(language: Language, *sentences: str) -> Article:
    return article({"paragraphs": [list(sentences)]}, language, "test")


def test_vecaligns_lines_are_beads_and_its_costs_are_not() -> None:
    written = ["[0]:[0]:0.123", "[1, 2]:[1]:0.2", "[]:[2]:0.000000", "[3]:[]:0.0", "a warning: [1]"]
    assert peers.written_beads(written) == [
        ([0], [0]),
        ([1, 2], [1]),
        ([], [2]),
        ([3], []),
    ]


def test_sentaligns_path_is_beads() -> None:
    path = "[0:0]\n[1,2:1]\n[:2]\n[3:]\n"
    assert peers.written_beads(path.splitlines()) == [
        ([0], [0]),
        ([1, 2], [1]),
        ([], [2]),
        ([3], []),
    ]


def test_hunaligns_beads_lie_between_its_rungs() -> None:
    assert hunalign.ladder(["0\t0\t0.3", "1\t1\t1.2", "2\t3\t0.1", "3\t3\t0.3"]) == [
        ([0], [0]),
        ([1], [1, 2]),
        ([2], []),
    ]


def test_lingtrains_rows_are_counted_from_one_and_join_where_they_share_a_line() -> None:
    index = [[[1, "[1]", 1, "[1]"], [2, "[2]", 2, "[2, 3]"]], [[3, "[3]", 3, "[3]"]]]
    assert lingtrain.rows(index) == [({0}, {0}), ({1, 2}, {1, 2})]


def test_a_late_link_joins_two_beads() -> None:
    assert peers.linked([([0], [0]), ([1], [1]), ([2], [5]), ([0], [1])]) == [
        ({2}, {5}),
        ({0, 1}, {0, 1}),
    ]


LINKS = st.lists(st.tuples(st.sets(st.integers(0, 7)), st.sets(st.integers(0, 5))))


@given(LINKS)
def test_every_sentence_ends_in_exactly_one_bead(links: list[tuple[set[int], set[int]]]) -> None:
    ar, en = side(Language.AR, *"ابتثجحخد"), side(Language.EN, *"abcdef")
    beads = peers.whole(peers.linked(links), ar, en)
    assert sorted(i for ar, _ in beads for i in ar) == list(range(8))
    assert sorted(j for _, en in beads for j in en) == list(range(6))


def test_runs_stand_where_they_end_after_padding() -> None:
    assert peers.overlaps(["a", "b", "c"], 3) == [
        ["a", "b", "c"],
        ["PAD", "a b", "b c"],
        ["PAD", "PAD", "a b c"],
    ]


def test_more_runs_than_lines_are_all_padding() -> None:
    assert peers.overlaps(["a"], 2) == [["a"], ["PAD"]]


def test_a_sentence_of_several_lines_is_given_as_one() -> None:
    assert peers.texts(side(Language.EN, "One\nand\u2028two.", "Three.")) == [
        "One and two.",
        "Three.",
    ]


def test_bertaligns_stand_in_gives_unit_vectors_and_lengths_in_bytes() -> None:
    vectors, lengths = bertalign.Encoder("LaBSE").transform(["حرب", "war"], 2)
    assert vectors.shape == (2, 2, StaticEmbedder.load().dimensions)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=2), 1, atol=1e-5)
    assert lengths.tolist() == [[6, 3], [3, 10]]


@pytest.mark.parametrize("name", NAMED)
def test_a_wrong_path_is_one_line_that_says_what_to_give(name: str, tmp_path: Path) -> None:
    with pytest.raises(Skipped, match=r"no .*; give the .*https://github\.com/") as error:
        NAMED[name](tmp_path / "nowhere")
    assert "\n" not in str(error.value)


def test_a_clone_that_is_not_compiled_is_told_how(tmp_path: Path) -> None:
    (tmp_path / "vecalign").mkdir()
    (tmp_path / "vecalign" / "vecalign.py").touch()
    with pytest.raises(Skipped, match=r"python setup\.py build_ext --inplace"):
        NAMED["vecalign"](tmp_path)


def test_a_package_that_is_missing_is_told_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nltk.translate", None)
    with pytest.raises(Skipped, match="pip install nltk"):
        gale_church.gale_church()


def test_a_program_in_place_of_hunalign_is_given_words_and_read(tmp_path: Path) -> None:
    program = tmp_path / "hunalign"
    # It shows what it was given by failing unless the words are parted from the full stop.
    program.write_text(
        '#!/bin/sh\n[ "$1 $2" = "-utf -realign" ] && grep -qx "A war ." "$5" || exit 1\n'
        'printf "0\\t0\\t1\\n1\\t1\\t1\\n"\n'
    )
    program.chmod(0o755)
    peer = hunalign.hunalign(program)
    assert peer.align(side(Language.AR, "حرب."), side(Language.EN, "A war.")) == [([0], [0])]


def torn(gold: list[list[list[int]]]) -> dict[str, object]:
    sides = {"ar": {"paragraphs": [["أ", "ب"]]}, "en": {"paragraphs": [["a", "b"]]}}
    return {"id": "x", "level": "light", "gold_sentence_alignments": gold, **sides}


def test_sentences_that_a_peer_sets_apart_are_no_nulls() -> None:
    peer = Peer("two beads", lambda _ar, _en: [([0], [0]), ([1], [])])
    (scores,) = measure(peer, [torn([[[0], [0]], [[1], []], [[], [1]]])]).values()
    assert [(s.precision, s.recall) for s in scores] == [(1, 1), (1, 1), (1, 0.5)]


def test_a_bead_of_clutter_alone_is_not_counted() -> None:
    item = torn([[[0], [0]]])
    assert counted(item, [([0], [0]), ([1], [1])]) == [({0}, {0})]


@pytest.mark.slow
@pytest.mark.parametrize("given", ["vecalign", "nobody=/x", "vecalign="])
def test_a_wrong_peer_is_one_line_that_names_the_known_ones(given: str, tmp_path: Path) -> None:
    (tmp_path / "docalign").mkdir()
    for name in ("ntrex.jsonl", "natural.jsonl"):
        (tmp_path / "docalign" / name).touch()
    command = [sys.executable, "-m", "benchmarks.peers", "--data", str(tmp_path), "--peer", given]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "give NAME=PATH, NAME one of hunalign, vecalign, bertalign, SentAlign" in done.stderr
