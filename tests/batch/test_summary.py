"""What a run says at its end."""

from __future__ import annotations

from aligner.batch.summary import Summary


def test_one_pair_is_no_pairs() -> None:
    assert Summary(done=1, seconds=0.25).lines()[0] == "1 pair compared in 0.2 s"
    assert Summary(known=1).lines() == ["nothing to do: 1 pair done before and unchanged"]
    assert Summary(todo=1).lines(dry_run=True) == ["1 pair would be compared"]


def test_large_numbers_are_told_with_separators() -> None:
    assert Summary(known=10_000).lines() == [
        "nothing to do: 10,000 pairs done before and unchanged"
    ]


def test_where_there_is_no_pair_none_is_called_done() -> None:
    assert Summary(total=0).lines() == ["nothing to do: no pair was found"]
