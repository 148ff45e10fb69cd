"""Keep every benchmark text out of the training, in whatever form.

A training pair is dropped when one of its sides stands in a benchmark file: as it is, with other
punctuation, marks or digits, in another word order, or as a near-duplicate (half of its word
quadruples stand together in one benchmark text, or the other way round).
"""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

SHINGLE = 4  # words; quadruples of function words alone are rare enough not to matter
SHARED = 0.5  # share of a text's quadruples that makes it a near-duplicate

_WORD = re.compile(r"\w+")
_SPELLINGS = str.maketrans("أإآٱىةؤئ", "اااايهوي")


def words(text: str) -> list[str]:
    """Reduce a text to the words that a re-typed copy would share with it."""
    text = unicodedata.normalize("NFKC", text).replace("ـ", "")
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    found = _WORD.findall(text.casefold().translate(_SPELLINGS))
    return [str(int(word)) if word.isdecimal() else word for word in found]


def texts(path: Path) -> Iterator[str]:
    """Yield every string that a benchmark file holds, whatever its format."""
    if path.suffix in {".json", ".jsonl"}:
        content = path.read_text(encoding="utf-8")
        rows = content.splitlines() if path.suffix == ".jsonl" else [content]
        for row in rows:
            if row.strip():
                yield from _strings(json.loads(row))
    elif path.suffix in {".txt", ".tsv"}:
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from line.split("\t")


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from value.splitlines()
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)


class Guard:
    """Knows the benchmark's texts and answers whether a text is one of them."""

    def __init__(self, benchmark_texts: Iterable[str]) -> None:
        self._bags: set[tuple[str, ...]] = set()
        self._holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._lengths: list[int] = []
        for text in benchmark_texts:
            found = words(text)
            bag = tuple(sorted(found))
            # One word alone is nobody's sentence: dropping "Yes" would cost the word list a word.
            if len(found) < 2 or bag in self._bags:
                continue
            self._bags.add(bag)
            number = len(self._lengths)
            shingles = _shingles(found)
            self._lengths.append(len(shingles))
            for shingle in shingles:
                self._holders[shingle].append(number)

    @classmethod
    def of_folder(cls, folder: Path) -> "Guard":
        """Read every benchmark file below a folder."""
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return cls(text for path in files for text in texts(path))

    def __len__(self) -> int:
        return len(self._bags)

    def knows(self, text: str) -> bool:
        """Tell whether a text stands in the benchmark, as it is or nearly."""
        found = words(text)
        if tuple(sorted(found)) in self._bags:
            return True
        shingles = _shingles(found)
        common: Counter[int] = Counter()
        for shingle in shingles:
            common.update(self._holders.get(shingle, ()))
        return any(
            shared >= 2 and shared >= SHARED * min(len(shingles), self._lengths[number])
            for number, shared in common.most_common(3)
        )


def _shingles(found: list[str]) -> set[tuple[str, ...]]:
    return {tuple(found[i : i + SHINGLE]) for i in range(len(found) - SHINGLE + 1)}
