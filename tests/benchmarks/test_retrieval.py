"""The retrieval benchmark: hand-worked figures, its command, the bundled model's floors."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks import retrieval

ROOT = Path(__file__).resolve().parents[2]
FLOORS = json.loads((ROOT / "benchmarks" / "floors.json").read_text(encoding="utf-8"))["retrieval"]


def test_a_nearer_stranger_is_a_miss() -> None:
    ar = np.array([[1, 0], [1, 0.1]], dtype=np.float32)
    en = np.array([[1, 0], [0, 1]], dtype=np.float32)
    figures = retrieval.score(ar, en)
    # Arabic line 1 lies nearer to English line 0; the other way round nothing is amiss.
    assert (figures["ar2en"], figures["en2ar"]) == (0.5, 1.0)


def test_a_tie_counts_as_wrong() -> None:
    same = np.ones((3, 2), dtype=np.float32)
    assert retrieval.score(same, same)["ar2en"] == 0.0


def test_the_margin_sees_through_a_vector_that_is_near_to_all() -> None:
    ar = np.array([[1, 0, 0.6], [0, 1, 0.6]], dtype=np.float32)
    en = np.array([[1, 0, 0], [0.2, 0.6, 2]], dtype=np.float32)
    figures = retrieval.score(ar, en)
    assert figures["margin_ar2en"] >= figures["ar2en"]


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    ar, en = tmp_path / "few.ar.txt", tmp_path / "few.en.txt"
    ar.write_text("أين الكتاب؟\nأغلق الباب من فضلك.\nالطقس جميل اليوم.\n", encoding="utf-8")
    en.write_text(
        "Where is the book?\nPlease close the door.\nNice weather today.\n", encoding="utf-8"
    )
    return str(ar), str(en)


def test_the_command_prints_one_json_object(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert retrieval.main(files) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures == {"n": 3, "ar2en": 1, "en2ar": 1, "margin_ar2en": 1, "margin_en2ar": 1}


def test_files_of_different_lengths_are_told_in_one_line(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path(files[1]).write_text("one line\n", encoding="utf-8")
    assert retrieval.main(files) == 1
    assert "has 3 lines and" in capsys.readouterr().err


def test_missing_data_is_told_with_where_it_can_be_had(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert retrieval.main(["--data", str(tmp_path)]) == 1
    assert "github.com/MicrosoftTranslator/NTREX" in capsys.readouterr().err


def test_the_speed_is_of_lines_of_news_length(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = "The minister said on Monday that the bridge over the river would open in spring."
    (tmp_path / "lines.txt").write_text(f"short\n{line}\n{line}\n", encoding="utf-8")
    assert retrieval.main(["--speed", str(tmp_path / "lines.txt")]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["sentences"] == 1
    (tmp_path / "lines.txt").write_text("short\n", encoding="utf-8")
    assert retrieval.main(["--speed", str(tmp_path / "lines.txt")]) == 1
    assert "60 to 250 characters" in capsys.readouterr().err


def test_the_module_runs_as_a_command(files: tuple[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.retrieval", *files],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["n"] == 3


@pytest.mark.parametrize("name", FLOORS)
def test_the_bundled_model_stays_above_its_floors(name: str) -> None:
    if not (retrieval.DATA / "retrieval").is_dir():
        pytest.skip(f"no benchmark data in {retrieval.DATA}. {retrieval.WHERE}")
    figures = retrieval.measure(
        retrieval.load_embedder(None), *retrieval.sets(retrieval.DATA)[name]
    )
    for measure, floor in FLOORS[name].items():
        # One sentence's flip is noise of the platform, not a fall.
        assert figures[measure] >= floor - 1.01 / figures["n"], (measure, figures)
