"""Bad input gets one clear line: what, where, what to do. The real command is run each time."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from aligner.store import Store

ENGLISH = "The ministry said on Monday that three ships had left the port.\n" * 3
ARABIC = "قالت الوزارة يوم الاثنين إن ثلاث سفن غادرت الميناء.\n" * 3


def aligner(
    *arguments: str | Path, stdin: str | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "aligner", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        input=stdin,
        cwd=cwd,
        timeout=60,
    )


def one_line(done: subprocess.CompletedProcess[str], status: int = 1) -> str:
    assert done.returncode == status, done.stderr
    (line,) = done.stderr.strip().splitlines()
    assert "Traceback" not in done.stderr
    return line


@pytest.fixture
def english(tmp_path: Path) -> Path:
    path = tmp_path / "en.txt"
    path.write_text(ENGLISH, encoding="utf-8")
    return path


@pytest.fixture
def arabic(tmp_path: Path) -> Path:
    path = tmp_path / "ar.txt"
    path.write_text(ARABIC, encoding="utf-8")
    return path


def test_a_missing_file(english: Path, tmp_path: Path) -> None:
    line = one_line(aligner("align", tmp_path / "gone.txt", english))
    assert "gone.txt" in line


def test_a_folder_in_place_of_a_file(english: Path, tmp_path: Path) -> None:
    assert str(tmp_path) in one_line(aligner("align", tmp_path, english))


def test_an_empty_file(english: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    assert "empty" in one_line(aligner("align", tmp_path / "empty.txt", english))


def test_two_articles_from_standard_input() -> None:
    line = one_line(aligner("align", "-", "-", stdin=ARABIC), 2)
    assert "only one of the two articles can come from standard input" in line


def test_a_pair_in_one_language(english: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(ENGLISH, encoding="utf-8")
    line = one_line(aligner("align", english, other))
    assert "English" in line
    assert "other.txt" in line


def test_a_page_of_nothing_but_clutter(arabic: Path, tmp_path: Path) -> None:
    clutter = tmp_path / "clutter.txt"
    clutter.write_text("Share\n\nTweet\n\nLog in\n\nForgot password?\n\nPrivacy Policy\n")
    line = one_line(aligner("align", arabic, clutter))
    assert "clutter" in line


def test_a_binary_file(arabic: Path, tmp_path: Path) -> None:
    binary = tmp_path / "picture.txt"
    binary.write_bytes(bytes(range(256)) * 8)
    assert "picture.txt" in one_line(aligner("align", arabic, binary))


def test_an_unknown_format_is_refused_before_any_work(arabic: Path, english: Path) -> None:
    line = one_line(aligner("align", arabic, english, "--to", "pdf"), 2)
    assert "no format named 'pdf'" in line
    assert "html" in line


def test_an_output_file_of_unknown_suffix(arabic: Path, english: Path, tmp_path: Path) -> None:
    line = one_line(aligner("align", arabic, english, "-o", tmp_path / "report.xyz"), 2)
    assert "report.xyz: no format has the suffix '.xyz'; known: .docx, " in line
    assert not (tmp_path / "report.xyz").exists()


def test_an_output_folder_that_is_not_there(english: Path, tmp_path: Path) -> None:
    gone = tmp_path / "gone.txt"  # the place to write is looked at before any work
    line = one_line(aligner("align", gone, english, "-o", tmp_path / "no" / "report.html"))
    assert "report.html: there is no folder" in line
    assert "no/x.html: there is no folder no" in one_line(aligner("demo", "-o", "no/x.html"))


def test_an_article_in_place_of_the_output(arabic: Path, english: Path, tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(arabic)
    for output in (arabic, english, tmp_path / "link.txt"):
        line = one_line(aligner("align", arabic, english, "-o", output))
        assert line.endswith(f"{output.name}: is what is being read; name another file")
    assert (arabic.read_text("utf-8"), english.read_text("utf-8")) == (ARABIC, ENGLISH)


@pytest.mark.skipif(not Path("/dev/stdin").exists(), reason="needs /dev/stdin")
def test_an_article_on_standard_input_in_place_of_the_output(arabic: Path, english: Path) -> None:
    command = [sys.executable, "-m", "aligner", "align", "-", str(english), "-o", str(arabic)]
    with arabic.open() as stdin:
        done = subprocess.run(command, stdin=stdin, capture_output=True, text=True)
    assert "is what is being read" in one_line(done)
    assert arabic.read_text("utf-8") == ARABIC


def test_a_store_in_place_of_the_output(tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    Store.open(store, write=True).close()
    before = store.read_bytes()
    for command in (("overview", "--to", "html"), ("store", "export", "--to", "jsonl")):
        line = one_line(aligner(*command, store, "-o", store))
        assert "s.db: is what is being read; name another file" in line
    assert store.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("store", "export", "s.db", "--to", "html"), "no format of a store's export named"),
        (("store", "export", "s.db", "-o", "x.html"), "x.html: no format has the suffix '.html'"),
        (
            ("overview", "s.db", "-o", "x.pdf"),
            "x.pdf: no format has the suffix '.pdf'; known: .htm",
        ),
        (("overview", "s.db", "-o", "x"), "x: it has no suffix; known: .htm"),
    ],
)
def test_a_format_that_is_none_is_wrong_use(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    Store.open(tmp_path / "s.db", write=True).close()
    assert said in one_line(aligner(*arguments, cwd=tmp_path), 2)


@pytest.mark.skipif(
    not Path("/proc/self").exists(), reason="needs Linux's /proc, which nobody may write in"
)
def test_an_output_folder_that_is_not_writable(arabic: Path, english: Path) -> None:
    assert "/proc/report.html" in one_line(
        aligner("align", arabic, english, "-o", "/proc/report.html")
    )


def test_a_disk_that_is_full_leaves_the_old_report_alone(
    arabic: Path, english: Path, tmp_path: Path
) -> None:
    report = tmp_path / "report.html"
    report.write_text("the old report")
    # A file-size limit stands for the full disk: the write fails half-way in the same manner.
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (512, 512));"
        f"sys.argv = ['aligner', 'align', {str(arabic)!r}, {str(english)!r}];"
        f"sys.argv += ['-o', {str(report)!r}];"
        "from aligner.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-B", "-c", code], capture_output=True, text=True, timeout=60
    )
    assert "report.html" in one_line(done)
    assert report.read_text() == "the old report"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["ar.txt", "en.txt", "report.html"]


def shell(command: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A line for bash, in which `aligner` is the command and $1, $2, … are the arguments."""
    script = f'set -o pipefail; aligner() {{ "{sys.executable}" -m aligner "$@"; }}; {command}'
    return subprocess.run(
        ["bash", "-c", script, "bash", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )


@pytest.mark.parametrize(
    "command", ['align "$1" "$2" --to json', 'align "$1" "$2" --full', "--help", "align --help"]
)
def test_a_reader_that_leaves_early_is_no_error(arabic: Path, english: Path, command: str) -> None:
    done = shell(f"aligner {command} | head -n 1", arabic, english)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", ['align "$1" "$2" --to json', 'align "$1" "$2"', "--help"])
def test_a_full_disk_behind_standard_output(arabic: Path, english: Path, command: str) -> None:
    line = one_line(shell(f"aligner {command} > /dev/full", arabic, english))
    assert line == "aligner: standard output: cannot be written: No space left on device"


@pytest.mark.skipif(sys.platform == "win32", reason="closes streams as a POSIX shell does")
def test_streams_that_are_closed(arabic: Path, english: Path, tmp_path: Path) -> None:
    line = one_line(shell('aligner align "$1" "$2" >&-', arabic, english))
    assert line == "aligner: standard output: cannot be written: it is closed"
    line = one_line(shell('aligner align - "$1" <&-', english))
    assert line.startswith("aligner: standard input: it is empty")
    table = tmp_path / "t.tsv"
    done = shell('aligner align "$1" "$2" -o "$3" >&-; aligner gone 2>&-', arabic, english, table)
    assert done.stdout == ""
    assert table.exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("batch", "x", "--engine", "spark"), "'--engine': 'spark' is not one of 'local', 'dask'"),
        (("overview", "x", "--to", "pdf"), "'--to': 'pdf' is not one of 'text', 'html', 'json'"),
        (
            ("align", "a", "b", "--at-least", "3"),
            "'--at-least': give a number of 1 or less, not '3'",
        ),
        (("align", "a", "b", "--at-least", "x"), "'--at-least': give a number, not 'x'"),
        (("batch", "x", "-j", "0"), "'--jobs' / '-j': give a number of 1 or more, not '0'"),
        (("batch", "x", "--limit", "1.5"), "'--limit': give a whole number, not '1.5'"),
        (("batch", "x", "--timeout", "0"), "'--timeout': give a number of 0.1 or more, not '0'"),
        (
            ("store", "export", "x", "--kind", "noisy"),
            "'--kind': 'noisy' is not one of 'parallel', ",
        ),
        (("batch", "x"), "give SOURCE and --store STORE.db; see "),
        (("align", "only-one.txt"), "Missing argument 'EN'; see "),
        (("align", "a", "b", "--gone"), "No such option: --gone"),
        (("gone",), "No such command 'gone'"),
        (("align", "a", "b", "-o"), "Option '-o' requires an argument"),
    ],
)
def test_wrong_use_is_told_in_one_line_of_our_own(arguments: tuple[str, ...], said: str) -> None:
    line = one_line(aligner(*arguments), 2)
    assert line.startswith(f"aligner: {said}")
    assert "Value error" not in line
    assert "Input should" not in line


@pytest.mark.parametrize(
    "arguments",
    [
        ("align", "ar.txt", "en.txt"),
        ("align", "ar.txt", "en.txt", "--model", "bundled"),
        ("pair", "."),
        ("batch", ".", "--store", "s.db"),
    ],
)
@pytest.mark.usefixtures("arabic", "english")
def test_a_device_without_a_model_to_run_there(arguments: tuple[str, ...], tmp_path: Path) -> None:
    line = one_line(aligner(*arguments, "--device", "cuda", cwd=tmp_path), 2)
    assert "device 'cuda' is for a model that is named" in line
    assert sorted(p.name for p in tmp_path.iterdir()) == ["ar.txt", "en.txt"]


def test_the_bundled_model_may_be_told_to_run_where_it_does(arabic: Path, english: Path) -> None:
    assert aligner("align", arabic, english, "--device", "cpu").returncode == 0


@pytest.mark.parametrize(
    "to", [("--to", "json"), ("--to", "html", "-o", "x.txt"), ("-o", "x.tmx")], ids=str
)
def test_every_bead_asked_for_of_what_is_no_text_report(
    to: tuple[str, ...], arabic: Path, english: Path, tmp_path: Path
) -> None:
    done = aligner("align", arabic, english, "--full", *to, cwd=tmp_path)
    assert done.returncode == 2
    assert "--full is for the text report" in done.stderr
    assert not list(tmp_path.glob("x.*"))


@pytest.mark.parametrize("to", [(), ("--to", "text"), ("-o", "x.txt"), ("-o", "-")], ids=str)
def test_every_bead_asked_for_of_a_text_report(
    to: tuple[str, ...], arabic: Path, english: Path, tmp_path: Path
) -> None:
    assert aligner("align", arabic, english, "--full", *to, cwd=tmp_path).returncode == 0


def on_a_terminal(*arguments: str | Path) -> tuple[int, bytes]:
    """The status of the command and what it shows on a screen."""
    pty = pytest.importorskip("pty", reason="needs a terminal")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "aligner", *map(str, arguments)]
    process = subprocess.Popen(command, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    # Linux answers with an error where the other end has been closed.
    with contextlib.suppress(OSError):
        while part := os.read(ours, 4096):
            shown += part
    os.close(ours)
    return process.wait(timeout=60), shown


@pytest.mark.parametrize("form", ["xlsx", "docx", "parquet", "moses"])
def test_bytes_for_a_terminal(form: str, tmp_path: Path) -> None:
    status, shown = on_a_terminal("align", tmp_path / "gone", "-", "--to", form)
    assert status == 2
    assert f"{form} is no text to show on a terminal; name a file with -o".encode() in shown


def test_a_table_of_a_store_in_bytes_for_a_terminal(tmp_path: Path) -> None:
    Store.open(tmp_path / "s.db", write=True).close()
    status, shown = on_a_terminal("store", "export", tmp_path / "s.db", "--to", "parquet")
    assert status == 2
    assert b"parquet is no text" in shown
    assert on_a_terminal("store", "export", tmp_path / "s.db")[0] == 0


def test_bytes_for_a_pipe(arabic: Path, english: Path) -> None:
    done = shell('aligner align "$1" "$2" --to moses | wc -c', arabic, english)
    assert done.returncode == 0
    assert int(done.stdout) > 100


@pytest.mark.parametrize("group", [(), ("store",)])
def test_a_command_that_is_not_named(group: tuple[str, ...]) -> None:
    done = aligner(*group)
    assert (done.returncode, done.stdout) == (2, "")
    asked_for = aligner(*group, "--help")
    assert (asked_for.returncode, asked_for.stderr) == (0, "")
    assert done.stderr.strip() == asked_for.stdout.strip()


def test_debug_shows_the_traceback_of_an_error(english: Path, tmp_path: Path) -> None:
    done = aligner("align", tmp_path / "gone.txt", english, "--debug")
    assert "Traceback" in done.stderr


def test_a_million_characters_without_a_full_stop_are_aligned(arabic: Path, tmp_path: Path) -> None:
    long = tmp_path / "long.txt"
    long.write_text("The ship sailed on and on " * 40_000, encoding="utf-8")
    assert aligner("align", arabic, long, "--to", "tsv").returncode == 0
