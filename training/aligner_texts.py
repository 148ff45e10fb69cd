"""Documents to fit the aligner on: held-out documents, torn, and real ones with gold beads.

The held-out documents (heldout.tsv) are those on which the vectors were not trained. They are torn
by the benchmark's own make_docalign.py, with other seeds and a list of clutter of our own.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import random
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from aligner.text import Article, Language, Paragraph, Sentence
from training import aligner_omissions, heldout
from training.boilerplate_pages import LINES

CLUTTER = Path(__file__).with_name("aligner_clutter.json")
ARABIC = re.compile("[\u0621-\u064a]")
LATIN = re.compile("[A-Za-z]")
CODE = re.compile(r"[{}<>|\\=]|::|\]\(|https?:|^[-*#]")
SHORTEST, LONGEST = 12, 60  # sentences in a document
FEWEST_WORDS = 11  # in an English sentence, on average: documentation is full of headings and lists
PARTIAL = "partial"  # a level of our own: as heavy, with three times the clauses left out
HEADED = 0.3  # of the torn documents get headings, which the texts they are made from have none of
HEADINGS = 4  # at most, in one document
CLUTTER_KEPT = 0.4  # of the torn documents keep that of one version
ONE_SIDED = 0.15  # of the headings stand in one version only

Bead = tuple[tuple[int, ...], tuple[int, ...]]  # sentences of the Arabic and of the English


@dataclass(frozen=True)
class Torn:
    """A document pair with its gold beads, over all its sentences."""

    name: str
    group: str  # level or source, to report by
    base: str  # the document it was made from: never in two folds
    ar: Article
    en: Article
    gold: tuple[Bead, ...]
    crossing: bool
    # Sentences that lack a clause, the side that it is missing on and where it stood.
    partial: tuple[tuple[frozenset[int], frozenset[int], Language, str], ...]
    passages: bool = False  # gold has whole passages: what goes with what inside them is not known


def documents(corpus: Path) -> list[dict[str, Any]]:
    """The held-out documents in the form that make_docalign.py reads."""
    out = []
    for span, lines in held_out(corpus):
        pairs = [p for p in dict.fromkeys(lines) if _is_prose(*p)]
        for part in range(0, len(pairs), LONGEST):
            piece = pairs[part : part + LONGEST]
            words = sum(len(en.split()) for _, en in piece) / max(len(piece), 1)
            if len(piece) < SHORTEST or words < FEWEST_WORDS:
                continue
            out.append(
                {
                    "doc_id": f"{span.source}/{span.document}/{span.first + part}",
                    "source": "heldout",
                    "domain": span.kind,
                    "has_title": len(piece[0][1].split()) <= 10,
                    "ar": [ar for ar, _ in piece],
                    "en": [en for _, en in piece],
                }
            )
    return out


def held_out(
    corpus: Path, sources: Collection[str] | None = None
) -> Iterator[tuple[heldout.Span, list[tuple[str, str]]]]:
    """The spans of heldout.tsv, source by source (all, or those named), with their lines."""
    by_source: dict[str, list[heldout.Span]] = {}
    for span in heldout.read():
        if sources is None or span.source in sources:
            by_source.setdefault(span.source, []).append(span)
    for source, spans in sorted(by_source.items()):
        path = next(corpus.glob(f"text/*/{source}.tsv.gz"))
        lines: dict[str, dict[int, tuple[str, str]]] = {}
        wanted = {s.document for s in spans}
        with gzip.open(path, "rt", encoding="utf-8") as rows:
            for row in rows:
                document, position, ar, en = row.rstrip("\n").split("\t")
                if document in wanted:
                    lines.setdefault(document, {})[int(position)] = (ar, en)
        for span in spans:
            numbered = lines[span.document]
            places = range(span.first, span.last + 1)
            yield span, [numbered[p] for p in places if p in numbered]


def _is_prose(ar: str, en: str) -> bool:
    """Whether a pair is text and not code, and not badly aligned by its looks."""
    if not ARABIC.search(ar) or not LATIN.search(en) or CODE.search(en) or CODE.search(ar):
        return False
    return 0.4 < len(en) / len(ar) < 3.5 and len(en.split()) >= 4


def tear(
    docs: list[dict[str, Any]],
    maker: Path,
    *,
    levels: dict[str, int],
    seed: int,
    left_out: Mapping[str, float] | None = None,
) -> list[Torn]:
    """Torn versions of the documents: `levels` says how many of each level.

    left_out: by level, of how many sentences a clause of the head or middle is left out.
    """
    make = load_maker(maker)
    make.LEVELS[PARTIAL] = {**make.LEVELS["heavy"], "omit": 0.25}
    near = make.tfidf_neighbours(docs)
    clutter = json.loads(CLUTTER.read_text(encoding="utf-8"))
    headings = heading_pairs()
    rng = random.Random(seed)
    out = []
    for level, count in levels.items():
        for number in range(count):
            i = rng.randrange(len(docs))
            key = f"{seed}/{level}/{number}/{docs[i]['doc_id']}"
            item = make.build(docs, near, i, level, clutter, random.Random(key))
            if left_out:
                omissions = random.Random(f"{key}/omissions")
                aligner_omissions.leave_out(item, left_out.get(level, 0.0), omissions)
            if random.Random(key).random() < HEADED:
                add_headings(item, headings, random.Random(key))
            out.append(torn(item, level, kept=_clutter_of(random.Random(key))))
    return out


def strangers(texts: Sequence[Torn], *, count: int, seed: int) -> list[Torn]:
    """Pairs that say different things: the Arabic of one text against the English of another.

    Every other one has the two versions of a third text before them.
    """
    rng = random.Random(seed)
    out = []
    for number in range(count):
        here, there, shared = rng.sample(texts, 3)
        while len({here.base, there.base, shared.base}) < 3 or shared.crossing:
            here, there, shared = rng.sample(texts, 3)
        ar, en, gold = here.ar, there.en, ()
        if number % 2:
            ar, en, gold = _joined(shared.ar, ar), _joined(shared.en, en), shared.gold
        out.append(
            replace(
                shared, group="strangers", ar=ar, en=en, gold=_with_nulls(gold, ar, en), partial=()
            )
        )
    return out


def _joined(first: Article, second: Article) -> Article:
    return Article(first.language, first.paragraphs + second.paragraphs)


def arguments(doc: str | None, *, folds: int) -> argparse.ArgumentParser:
    """What every fit on these texts is told: where they are, and how many folds to leave out."""
    parser = argparse.ArgumentParser(description=(doc or "").splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--data", type=Path, default=Path("../shared/eval/dev"))
    parser.add_argument(
        "--folds", type=int, default=folds, help="report figures by cross-validation"
    )
    return parser


def write_weights(path: Path, words: str, names: Sequence[str], values: Iterable[float]) -> None:
    """Write one weight for each name, with the vectors that they were fitted to."""
    weights = {name: round(float(x), 4) for name, x in zip(names, values, strict=True)}
    written = {"words": words, "weights": weights}
    path.write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")


def heading_pairs() -> list[tuple[str, str]]:
    """Headings in both languages, our own: line by line the same in boilerplate_lines.toml."""
    table = tomllib.loads(LINES.read_text(encoding="utf-8"))
    out = []
    for kind in ("subheadings", "headlines"):
        sides = (table[side]["content"][kind].strip().splitlines() for side in ("ar", "en"))
        out += list(zip(*sides, strict=True))
    return out


def add_headings(
    item: dict[str, Any], pairs: Sequence[tuple[str, str]], rng: random.Random
) -> None:
    """Put headings, each a paragraph of its own, above paragraphs that begin alike on both sides.

    Documents with a passage that moved are left as they are.
    """
    if item.get("crossing"):
        return
    first = {side: _first_sentences(item[side]["paragraphs"]) for side in ("ar", "en")}
    begins = [
        (first["ar"][a[0]], first["en"][e[0]])
        for a, e in item["gold_sentence_alignments"]
        if a and e and a[0] in first["ar"] and e[0] in first["en"]
    ]
    places = rng.sample(begins, min(len(begins), rng.randint(1, HEADINGS)))
    # From the end, so that the places before stay what they are.
    for place in sorted(places, reverse=True):
        heading = rng.choice(pairs)
        sides = (0, 1) if rng.random() >= ONE_SIDED else (rng.randint(0, 1),)
        bead: list[list[int]] = [[], []]
        for side in sides:
            key = ("ar", "en")[side]
            paragraphs = item[key]["paragraphs"]
            number = sum(map(len, paragraphs[: place[side]]))
            paragraphs.insert(place[side], [heading[side]])
            _shift(item, side, number, place[side])
            bead[side] = [number]
        item["gold_sentence_alignments"].append(bead)


def _first_sentences(paragraphs: Sequence[Sequence[str]]) -> dict[int, int]:
    """The paragraph of every sentence that begins one."""
    starts = [0]
    for paragraph in paragraphs:
        starts.append(starts[-1] + len(paragraph))
    return {start: number for number, start in enumerate(starts[:-1])}


def _shift(item: dict[str, Any], side: int, sentence: int, paragraph: int) -> None:
    """Count one more from this sentence and this paragraph on, wherever they are named."""
    key = ("ar", "en")[side]
    for bead in item["gold_sentence_alignments"]:
        bead[side] = [i + (i >= sentence) for i in bead[side]]
    for clause in item.get("gold_partial", []):
        clause[key] = [i + (i >= sentence) for i in clause[key]]
    for role in ("boilerplate", "teaser"):
        numbers = item.get(role, {}).get(key, [])
        numbers[:] = [n + (n >= paragraph) for n in numbers]


def load_maker(path: Path) -> ModuleType:
    """The benchmark's make_docalign.py, loaded from where it lies."""
    spec = importlib.util.spec_from_file_location("make_docalign", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _clutter_of(rng: random.Random) -> Language | None:
    """The version whose clutter is kept, if any."""
    return rng.choice((Language.AR, Language.EN)) if rng.random() < CLUTTER_KEPT else None


def torn(item: dict[str, Any], group: str, *, kept: Language | None = None) -> Torn:
    """A benchmark item as articles and beads; clutter is set apart but in the version `kept`.

    Never is it kept in both: by the gold it has no counterpart, though both say "4 min read", and
    who learns from that leaves short sentences alone that say the same.
    """
    articles = []
    beads = [(tuple(a), tuple(e)) for a, e in item["gold_sentence_alignments"]]
    for side, key in ((Language.AR, "ar"), (Language.EN, "en")):
        clutter = set(item.get("boilerplate", {}).get(key, []))
        articles.append(article(item[key], side, set() if side is kept else clutter))
    return Torn(
        item["id"],
        group,
        item["doc_id"],
        articles[0],
        articles[1],
        _with_nulls(beads, articles[0], articles[1]),
        bool(item.get("crossing")),
        tuple(
            (
                frozenset(z["ar"]),
                frozenset(z["en"]),
                Language(z["missing_in"]),
                z.get("place", aligner_omissions.TAIL),
            )
            for z in item.get("gold_partial", [])
        ),
    )


def _with_nulls(beads: Sequence[Bead], ar: Article, en: Article) -> tuple[Bead, ...]:
    """The beads, and a null bead for each sentence of content that is in none."""
    held_ar, held_en = ({i for bead in beads for i in bead[side]} for side in (0, 1))
    nulls_ar: list[Bead] = [((i,), ()) for i in ar.content if i not in held_ar]
    nulls_en: list[Bead] = [((), (j,)) for j in en.content if j not in held_en]
    return (*beads, *nulls_ar, *nulls_en)


def article(given: dict[str, Any], language: Language, clutter: set[int]) -> Article:
    """The sentences as a segmented article."""
    paragraphs = []
    for number, sentences in enumerate(given["paragraphs"]):
        start, tiles = 0, []
        for place, text in enumerate(sentences):
            tile = text if place + 1 == len(sentences) else text + " "
            tiles.append(Sentence(tile, start))
            start += len(tile)
        text = "".join(t.text for t in tiles)
        paragraphs.append(Paragraph(text, number + 1, tuple(tiles), number in clutter))
    return Article(language, tuple(paragraphs))


def dev_documents(path: Path) -> list[dict[str, Any]]:
    """The news documents that the benchmark's torn ones are made from."""
    lines = path.read_text(encoding="utf-8").splitlines()
    docs: list[dict[str, Any]] = [json.loads(line) for line in lines if line.strip()]
    return [d for d in docs if d["source"] == "ntrex" and len(d["ar"]) >= 6]


def gold(path: Path, *, left_out: float = 0.0) -> list[Torn]:
    """Benchmark items with gold beads, clutter set apart (a file as docalign/natural.jsonl).

    left_out: of how many sentences a clause of the head or middle is left out besides.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    items = [json.loads(line) for line in lines if line.strip()]
    for item in items if left_out else ():
        aligner_omissions.leave_out(item, left_out, random.Random(item["id"]))
    return [torn(item, _group(item)) for item in items]


def _group(item: dict[str, Any]) -> str:
    """The level of a torn document, the source of a real one."""
    return str(item["source"] if item["level"] == "natural" else item["level"])
