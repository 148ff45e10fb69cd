"""Choose the documents that stay out of the vectors' training: `python -m training.heldout`.

The aligner's own parameters are fitted on torn versions of these documents, for vectors are too
sure of text that they have seen. The choice is by hash, so it is the same on every machine and does
not move when a source is added; QUOTAS says how many documents each kind of prose gives.

Columns of heldout.tsv: source, document, first and last position (both included), kind of prose,
pairs. A source that is one long document gives blocks of it. The two dialect sides of NLLB-seed
share their English, so a block of one is held out of both.
"""

import argparse
import gzip
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

LIST = Path(__file__).with_name("heldout.tsv")
LEAST_PAIRS = 12  # shorter documents cannot be torn in interesting ways
MOST_PAIRS = 120  # of a longer document, the lines after these may be learned from
BLOCK = 20  # pairs in a block of a source that is one long document


class Quota(NamedTuple):
    documents: int
    kind: str


QUOTAS = {
    "african-storybook": Quota(12, "stories"),
    "aspose-html": Quota(8, "documentation, machine-translated"),
    "climweb": Quota(3, "documentation"),
    "dash-docs": Quota(10, "finance"),
    "ethereum-org": Quota(12, "finance"),
    "bitcoin-org": Quota(3, "finance"),
    "freecodecamp-curriculum": Quota(30, "lessons, machine-translated"),
    "freecodecamp-guide": Quota(40, "articles, machine-translated"),
    "monero-guides": Quota(2, "finance"),
    "mozilla-www-lang": Quota(10, "web prose"),
    "msbeg-IoT-For-Beginners": Quota(12, "lessons, machine-translated"),
    "msbeg-Security-101": Quota(6, "lessons, machine-translated"),
    "msbeg-azd-for-beginners": Quota(6, "lessons, machine-translated"),
    "msbeg-edgeai-for-beginners": Quota(8, "lessons, machine-translated"),
    "msdocs-alchemyinsights": Quota(30, "documentation, machine-translated"),
    "msdocs-customer-insights": Quota(8, "documentation"),
    "msdocs-dynamics365-operations": Quota(40, "documentation"),
    "msdocs-project-operations": Quota(16, "documentation"),
    "nodejs": Quota(3, "documentation"),
    "nllb-seed-ary_Arab": Quota(12, "encyclopaedia, dialect"),
    "nllb-seed-arz_Arab": Quota(12, "encyclopaedia, dialect"),
    "numpy-org": Quota(2, "web prose"),
    "opensource-guide": Quota(4, "essays"),
    "owasp-asvs": Quota(4, "rules"),
    "owasp-top10": Quota(2, "rules"),
    "quran-sahih": Quota(6, "religion"),
    "raspberrypi-projects": Quota(30, "instructions"),
    "react-docs": Quota(6, "documentation"),
    "scratch-l10n": Quota(5, "web prose"),
    "sdg-un-translations": Quota(4, "policy"),
    "thaqalayn-hadith": Quota(6, "religion"),
    "vue-docs": Quota(10, "documentation"),
    "3b1b-captions": Quota(16, "spoken lectures"),
    "adoul": Quota(6, "essays"),
    "i2p-website": Quota(24, "blog and news of a project"),
    "israel-readiness": Quota(8, "public advice"),
    "rasaif-classical": Quota(6, "classical prose"),
    "weiqi-kids": Quota(8, "essays, machine-translated"),
}
BLOCKS = {"bitcoin-org", "nllb-seed-ary_Arab", "nllb-seed-arz_Arab"}


class Span(NamedTuple):
    """Lines first to last of one document of one source."""

    source: str
    document: str
    first: int
    last: int
    kind: str
    pairs: int


def rank(*parts: str) -> bytes:
    """Return a number-like key that puts documents in the same shuffled order everywhere."""
    return hashlib.sha256("\t".join(("heldout-1", *parts)).encode()).digest()


def documents(path: Path) -> dict[str, list[int]]:
    """Map each document of a source to the positions of its pairs, in order."""
    positions = defaultdict(set)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            document, position, _, _ = line.rstrip("\n").split("\t")
            positions[document].add(int(position))
    return {document: sorted(numbers) for document, numbers in positions.items()}


def blocks(numbers: list[int]) -> Iterator[list[int]]:
    """Cut one long document into blocks of neighbouring pairs."""
    for start in range(0, len(numbers) - BLOCK + 1, BLOCK):
        yield numbers[start : start + BLOCK]


def choose(corpus: Path) -> list[Span]:
    """Name the spans to hold out, source by source."""
    spans = []
    for source, quota in sorted(QUOTAS.items()):
        path = next(corpus.glob(f"text/*/{source}.tsv.gz"))
        candidates = [
            (document, part)
            for document, numbers in documents(path).items()
            for part in (blocks(numbers) if source in BLOCKS else [numbers[:MOST_PAIRS]])
            if len(part) >= LEAST_PAIRS
        ]
        # By name and first position, so that both NLLB-seed dialects draw different blocks.
        candidates.sort(key=lambda candidate: rank(source, candidate[0], str(candidate[1][0])))
        for document, part in sorted(candidates[: quota.documents]):
            spans.append(Span(source, document, part[0], part[-1], quota.kind, len(part)))
    return spans


def read(path: Path = LIST) -> list[Span]:
    """Read the committed list."""
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    return [Span(r[0], r[1], int(r[2]), int(r[3]), r[4], int(r[5])) for r in rows]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    spans = choose(parser.parse_args().corpus)
    lines = ["\t".join(Span._fields), *("\t".join(map(str, span)) for span in spans)]
    LIST.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(spans)} documents, {sum(span.pairs for span in spans)} pairs in {LIST.name}")


if __name__ == "__main__":
    main()
