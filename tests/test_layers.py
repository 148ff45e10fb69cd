"""The house stays in order: imports point downwards, and nothing heavy is loaded unasked."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "aligner"

# From the bottom up. A part may import what stands in a row below its own, not its neighbours.
ROWS = [
    {"errors", "text", "bitext", "files", "samples", "processes"},
    {"ingest", "segmentation", "embedding"},
    {"alignment"},
    {"clutter", "pairing", "divergence", "evaluation"},
    {"report", "export", "store"},
    {"pipeline"},
    {"batch", "review"},
    {"cli"},
]
ROW_OF = {part: n for n, row in enumerate(ROWS) for part in row}
EXCEPTIONS = {
    # Users expect `Comparison.to()` and `_repr_html_` on the object; they look the table up late.
    ("bitext", "export"),
    ("bitext", "report"),
}
BOTTOM_ORDER = ["errors", "files", "processes", "samples", "text", "bitext"]


def imports(path: Path) -> set[str]:
    """Names of the parts of aligner that a file imports anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{a.name}" for a in node.names)]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "aligner" and len(parts) > 1 and parts[1] in ROW_OF:
                found.add(parts[1])
    return found


FILES = [
    p for p in sorted(PACKAGE.rglob("*.py")) if p.parent != PACKAGE or not p.name.startswith("__")
]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_down_the_list_of_layers(path: Path) -> None:
    part = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    assert part in ROW_OF, f"{part} stands in no row of the layers"
    for other in imports(path) - {part}:
        if (part, other) in EXCEPTIONS:
            continue
        if ROW_OF[part] == ROW_OF[other] == 0:
            assert BOTTOM_ORDER.index(other) < BOTTOM_ORDER.index(part)
        else:
            assert ROW_OF[other] < ROW_OF[part], f"{part} imports {other}, which is not below it"


def run_python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return done.stdout


def test_the_default_run_loads_no_torch() -> None:
    loaded = run_python(
        "import sys, aligner, aligner.samples\n"
        "aligner.compare(*aligner.samples.paths())\n"
        "print(*{'torch', 'transformers', 'sentence_transformers', 'scipy', 'sklearn', 'pandas'}"
        " & set(sys.modules))"
    )
    assert loaded.strip() == ""


def test_importing_aligner_loads_not_even_numpy() -> None:
    assert run_python("import sys, aligner; print('numpy' in sys.modules)").strip() == "False"


def test_every_public_name_can_be_had() -> None:
    import aligner

    for name in aligner.__all__:
        assert getattr(aligner, name) is not None


def test_every_public_name_is_offered_before_it_is_used() -> None:
    told = run_python("import aligner; print(set(aligner.__all__) <= set(dir(aligner)))")
    assert told.strip() == "True"


@pytest.mark.slow
def test_a_user_s_script_is_checked_by_its_types(tmp_path: Path) -> None:
    mypy = pytest.importorskip("mypy.api")
    script = tmp_path / "script.py"
    script.write_text(
        "import aligner\n"
        "import aligner.batch.pool\n"
        "from aligner.batch import Summary\n"
        "done: Summary = aligner.batch(['news/'], store='news.db', jobs=2)\n"
        "again: Summary = aligner.batch.run('news/', 'news.db')\n"
        "found = aligner.pair_articles(['a.txt', aligner.read_article('b.txt')])\n"
        "aligner.batch(['news/'], store='news.db', job=2)  # type: ignore[call-arg]\n",
        encoding="utf-8",
    )
    cache = f"--cache-dir={tmp_path / 'cache'}"
    told, _, status = mypy.run(["--strict", "--warn-unused-ignores", cache, str(script)])
    assert status == 0, told
