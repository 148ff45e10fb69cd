"""What is told of long work where there is no terminal."""

from __future__ import annotations

import pytest

from aligner.cli import progress


def test_a_log_has_a_line_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = iter([0.0, 1.0, 10.0, 41.0, 50.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(now))
    with progress.shown() as step:
        step("reading articles", 7, 0)
        step("aligning candidates", 0, 4000)
        step("aligning candidates", 1000, 4000)
        step("aligning candidates", 1250, 4000)
    # The step began at 10 s; 31 s later a quarter is done.
    assert capsys.readouterr().err == "aligning candidates: 1,000 of 4,000, 0:01:33 left\n"


@pytest.mark.parametrize(
    ("done", "total", "how_far"), [(0, 9, ""), (3, 9, ": 3 of 9 done"), (3, 0, ": 3 done")]
)
def test_ctrl_c_says_how_far_the_work_had_come(done: int, total: int, how_far: str) -> None:
    def work() -> None:
        with progress.shown("all is kept") as step:
            step("pairing", done, total)
            raise KeyboardInterrupt

    with pytest.raises(progress.Stopped, match=f"^stopped while pairing{how_far}, all is kept$"):
        work()
