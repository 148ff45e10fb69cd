"""Train the bundled model: `python -m training [STAGE ...]`.

Stages, each of which keeps what it made in --work and is skipped when that is there:
  gather    read and clean the corpus, without benchmark texts and held-out documents
  tokens    choose the vocabulary
  train     train the vectors; kept after each epoch, so that a stopped run goes on
  export    write the model folder, with its settings and figures
About half an hour on one free core. Remove a stage's file (or name another --work) to do it anew.
"""

import argparse
import csv
import dataclasses
import gzip
import json
import os
import pickle
import time
from pathlib import Path

# More threads gain nothing here: the work is memory-bound, and one core is what others leave us.
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from tokenizers import Tokenizer

from training import corpus, rules, tokens
from training.export import write_model
from training.kernel import Floats, Side, sum_rows
from training.recipe import Recipe, vocabulary_weight
from training.vectors import train

STAGES = ("gather", "tokens", "train", "export")
ROOT = Path(__file__).resolve().parent.parent
Text = tuple[str, str, str, str]  # source, document, Arabic, English


def gather(options: argparse.Namespace) -> None:
    """Write the pairs worth learning from, and what was dropped."""
    try:
        kept = corpus.gather(options.corpus, options.eval_dir, without=frozenset(options.without))
    except ValueError as error:
        raise SystemExit(f"--without: {error}") from error
    with gzip.open(options.work / "pairs.tsv.gz", "wt", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter="\t", quoting=csv.QUOTE_NONE, escapechar="\\")
        rows.writerows((pair.source, pair.document, pair.ar, pair.en) for pair in kept.pairs)
        rows.writerows(("rules", "numbers", ar, en) for ar, en in rules.number_pairs())
    report = {source: dict(counts) for source, counts in sorted(kept.dropped.items())}
    (options.work / "gathered.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
    print(f"{len(kept.pairs)} pairs kept of {sum(c['read'] for c in kept.dropped.values())}")


def read_pairs(work: Path) -> list[Text]:
    """Read what `gather` wrote."""
    with gzip.open(work / "pairs.tsv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE, escapechar="\\")
        return [(source, document, ar, en) for source, document, ar, en in rows]


def choose_tokens(options: argparse.Namespace, recipe: Recipe) -> None:
    """Write the tokeniser and the corpus as token numbers."""
    pairs = read_pairs(options.work)
    words = tokens.store((ar, en) for _, _, ar, en in pairs)
    weights = np.array([vocabulary_weight(source) for source, _, _, _ in pairs])
    count = tokens.counts(words, weights)
    tokenizer = tokens.choose(count, tokens.find_pieces(count, recipe), recipe)
    tokenizer.save(str(options.work / "tokenizer.json"), pretty=False)
    with (options.work / "encoded.pickle").open("wb") as file:
        pickle.dump(tokens.encode(words, tokenizer), file)
    print(f"{tokenizer.get_vocab_size()} tokens")


def encode(tokenizer: Tokenizer, texts: list[str]) -> Side:
    """Write texts as token numbers."""
    ids = [e.ids for e in tokenizer.encode_batch_fast(texts, add_special_tokens=False)]
    starts = np.concatenate([[0], np.cumsum([len(i) for i in ids])]).astype(np.int64)
    return Side(np.array([i for text in ids for i in text], np.int32), starts)


def measure(tokenizer: Tokenizer, table: Floats, folder: Path) -> dict[str, dict[str, float]]:
    """Score the table on every retrieval set of the benchmark folder."""
    from benchmarks.retrieval import score

    figures = {}
    for ar_file in sorted((folder / "retrieval").glob("*.ar.txt")):
        name = ar_file.name.removesuffix(".ar.txt")
        vectors = []
        for path in (ar_file, ar_file.with_name(f"{name}.en.txt")):
            side = encode(tokenizer, path.read_text(encoding="utf-8").splitlines())
            sums = np.empty((len(side.starts) - 1, table.shape[1]), np.float32)
            sum_rows(table, side.ids, side.starts, sums)
            vectors.append(sums)
        figures[name] = score(vectors[0], vectors[1])
    return figures


def train_vectors(options: argparse.Namespace, recipe: Recipe) -> None:
    """Train, measuring after each epoch, and write the table and a log."""
    tokenizer = Tokenizer.from_file(str(options.work / "tokenizer.json"))
    with (options.work / "encoded.pickle").open("rb") as file:
        ar, en = pickle.load(file)
    began = time.monotonic()

    def report(epoch: int, loss: float, table: Floats) -> None:
        figures = measure(tokenizer, table, options.eval_dir)
        line = {
            "epoch": epoch + 1,
            "loss": round(loss, 4),
            "seconds": round(time.monotonic() - began),
            "retrieval": figures,
        }
        with (options.work / "log.jsonl").open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
        worst = "  ".join(
            f"{name} {min(f['ar2en'], f['en2ar']):.3f}"
            f" ({min(f['margin_ar2en'], f['margin_en2ar']):.3f})"
            for name, f in figures.items()
        )
        print(f"epoch {epoch + 1}: loss {loss:.3f}, worse way (by margin): {worst}", flush=True)

    pairs = read_pairs(options.work)
    size = tokenizer.get_vocab_size()
    table = train(ar, en, pairs, size, recipe, options.work, report)
    np.save(options.work / "table.npy", table)


def export(options: argparse.Namespace, recipe: Recipe) -> None:
    """Write the model folder."""
    tokenizer = Tokenizer.from_file(str(options.work / "tokenizer.json"))
    table = np.load(options.work / "table.npy")
    table[tokenizer.token_to_id(tokens.UNKNOWN)] = 0.0
    facts: dict[str, object] = {
        "recipe": dataclasses.asdict(recipe),
        "retrieval": measure(tokenizer, table, options.eval_dir),
    }
    write_model(options.out, recipe.name, tokenizer, table, facts)
    print(f"{options.out}: {table.shape[0]} tokens, {table.shape[1]} dimensions")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "stages", nargs="*", metavar="STAGE", choices=[[], *STAGES], default=list(STAGES)
    )
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--eval-dir", type=Path, default=ROOT.parent / "shared" / "eval" / "dev")
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "training")
    parser.add_argument("--out", type=Path, default=ROOT / "aligner" / "models" / "bundled")
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="SOURCE",
        help="learn nothing from this source of aligner/models/SOURCES.tsv (repeatable)",
    )
    for field in dataclasses.fields(Recipe):
        parser.add_argument(
            f"--{field.name.replace('_', '-')}", type=type(field.default), default=field.default
        )
    options = parser.parse_args()
    recipe = Recipe(**{f.name: getattr(options, f.name) for f in dataclasses.fields(Recipe)})
    options.work.mkdir(parents=True, exist_ok=True)
    steps = {
        "gather": ("pairs.tsv.gz", lambda: gather(options)),
        "tokens": ("encoded.pickle", lambda: choose_tokens(options, recipe)),
        "train": ("table.npy", lambda: train_vectors(options, recipe)),
        "export": (None, lambda: export(options, recipe)),
    }
    for stage in STAGES:
        made, step = steps[stage]
        if stage not in options.stages:
            continue
        if made and (options.work / made).is_file():
            print(f"{stage}: {options.work / made} is there already")
        else:
            step()


if __name__ == "__main__":
    main()
