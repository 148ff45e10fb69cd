"""How often a sentence's nearest neighbour in the other language is its translation.

    python -m benchmarks.retrieval NAME.ar.txt NAME.en.txt [--model M]
        one JSON object
    python -m benchmarks.retrieval [--data DIR] [--model M ...]
        a table: every set, every model
    python -m benchmarks.retrieval --speed [FILE ...] [--model M]
        sentences a second, one thread, of news length: with words never met, and met before

Line i of both files are translations. ar2en and en2ar are top-1 by cosine, margin_ar2en and
margin_en2ar by the ratio margin of Artetxe and Schwenk (2019, arXiv:1811.01136) with 4 neighbours;
all from 0 to 1, ties count as wrong. Without --model the bundled model is measured; --model takes
the name or the folder of any sentence-transformers model, and may be given several times for the
table. --speed embeds the lines of 60 to 250 characters of the files (default: of every set), each
line once, by an embedder that was just loaded, and then all of them again; processor seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from aligner.embedding import Embedder, load_embedder, unit
from aligner.errors import AlignerError

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "eval" / "dev"
WHERE = (
    "NTREX-128 is at github.com/MicrosoftTranslator/NTREX, FLORES (SIB-200) at "
    "github.com/dadelani/sib-200, Tatoeba-Challenge at github.com/Helsinki-NLP/OPUS-MT-testsets; "
    "put NAME.ar.txt and NAME.en.txt, a line each, into DIR/retrieval and name DIR with --data"
)
NEIGHBOURS = 4
NEWS_CHARS = (60, 250)  # a sentence of news length
# Arabic to English and back, top-1 by cosine on all 1,997 lines of NTREX-128 (--data may hold a
# part of them), and Arabic to English on Tatoeba: the MTEB results repository at f4cc6c8, not
# measured by this command.
PUBLISHED = {
    "LaBSE (1.9 GB)": (0.993, 0.989, 0.911),
    "multilingual-e5-small (470 MB)": (0.975, 0.961, 0.807),
    "static-similarity-mrl-multilingual-v1": (0.965, 0.964, 0.859),
    "potion-multilingual-128M": (0.648, 0.651, 0.402),
}
Floats = NDArray[np.float32]


def top1(similarity: Floats) -> float:
    """Share of rows whose diagonal is the strict maximum."""
    right = np.diag(similarity)
    others = similarity.copy()
    np.fill_diagonal(others, -np.inf)
    return float(np.mean(right > others.max(axis=1)))


def score(ar: Floats, en: Floats) -> dict[str, float]:
    """Measure both directions, by cosine and by margin; rows i of both are translations."""
    cosine = unit(ar) @ unit(en).T
    k = min(NEIGHBOURS, len(cosine))
    near_ar = np.sort(cosine, axis=1)[:, -k:].mean(axis=1)
    near_en = np.sort(cosine, axis=0)[-k:].mean(axis=0)
    margin = cosine / ((near_ar[:, None] + near_en[None, :]) / 2)
    return {
        "ar2en": top1(cosine),
        "en2ar": top1(cosine.T),
        "margin_ar2en": top1(margin),
        "margin_en2ar": top1(margin.T),
    }


def measure(embedder: Embedder, ar_file: Path, en_file: Path) -> dict[str, float]:
    """Embed two files and score them."""
    ar, en = read(ar_file), read(en_file)
    if len(ar) != len(en) or not ar:
        raise AlignerError(
            f"{ar_file} has {len(ar)} lines and {en_file} {len(en)}; line i must translate line i"
        )
    return {"n": len(ar), **score(embedder.embed(ar), embedder.embed(en))}


def speed(name: str | None, files: Sequence[Path]) -> dict[str, float]:
    """Time loading, and embedding a stream of different lines once and again."""
    lines = dict.fromkeys(line for path in files for line in read(path))
    stream = [line for line in lines if NEWS_CHARS[0] <= len(line) <= NEWS_CHARS[1]]
    if not stream:
        raise AlignerError("no line of the files has {} to {} characters".format(*NEWS_CHARS))
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    times = [time.process_time()]
    embedder = load_embedder(name)
    times.append(time.process_time())
    for _ in range(2):
        embedder.embed(stream)
        times.append(time.process_time())
    load, cold, warm = np.diff(times).tolist()
    return {
        "load seconds": round(load, 3),
        "sentences": len(stream),
        "a second, words never met": round(len(stream) / cold),
        "a second, words met before": round(len(stream) / warm),
    }


def read(path: Path) -> list[str]:
    """Read a file's lines."""
    if not path.is_file():
        raise AlignerError(f"{path}: no such file. {WHERE}")
    return path.read_text(encoding="utf-8").splitlines()


def sets(folder: Path) -> dict[str, tuple[Path, Path]]:
    """Find the retrieval sets of a benchmark folder."""
    found = {
        path.name.removesuffix(".ar.txt"): (path, path.with_name(path.name.replace(".ar.", ".en.")))
        for path in sorted((folder / "retrieval").glob("*.ar.txt"))
    }
    if not found:
        raise AlignerError(f"{folder / 'retrieval'}: no retrieval sets. {WHERE}")
    return found


def table(models: Sequence[str | None], folder: Path) -> str:
    """Lay models and sets out side by side, in Markdown, in per cent."""
    found = sets(folder)
    head = ["model", *found]
    rows = [head, ["---"] * len(head)]
    for name in models:
        embedder = load_embedder(name)
        cells = [f"{embedder.name} ({embedder.dimensions} dimensions)"]
        for ar_file, en_file in found.values():
            m = {k: 100 * v for k, v in measure(embedder, ar_file, en_file).items()}
            cells.append(
                f"{m['ar2en']:.1f} / {m['en2ar']:.1f} "
                f"({m['margin_ar2en']:.1f} / {m['margin_en2ar']:.1f})"
            )
        rows.append(cells)
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines += [
        "",
        "Per cent right: ar→en / en→ar by cosine (by margin).",
        "",
        "Published, by cosine (MTEB results repository, f4cc6c8):",
        "",
        "| model | NTREX-128, all 1,997 lines | Tatoeba, ar→en |",
        "| --- | --- | --- |",
    ]
    for name, (ar2en, en2ar, tatoeba) in PUBLISHED.items():
        lines.append(f"| {name} | {100 * ar2en:.1f} / {100 * en2ar:.1f} | {100 * tatoeba:.1f} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 done, 1 something could not be read, 2 wrong use."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.retrieval",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--model", action="append", metavar="M", help="default: the bundled model")
    parser.add_argument("--data", type=Path, default=DATA, metavar="DIR")
    parser.add_argument("--speed", action="store_true", help="time it, in place of scoring it")
    options = parser.parse_args(arguments)
    models: list[str | None] = options.model or [None]
    if options.speed and len(models) > 1:
        parser.error("--speed times one model")
    if not options.speed and (
        len(options.files) not in (0, 2) or (options.files and len(models) > 1)
    ):
        parser.error("give an Arabic and an English file and one model, or no files for the table")
    try:
        if options.speed:
            files = options.files or [f for both in sets(options.data).values() for f in both]
            print(json.dumps(speed(models[0], files), indent=1))
        elif options.files:
            figures = measure(load_embedder(models[0]), *options.files)
            print(json.dumps(figures, indent=1))
        else:
            print(table([None, *(m for m in models if m)], options.data))
    except AlignerError as error:
        print(f"benchmarks.retrieval: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
