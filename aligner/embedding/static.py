"""The bundled model: a sentence is the sum of its tokens' vectors, read with numpy alone."""

from __future__ import annotations

import json
import re
import threading
import unicodedata
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from aligner.errors import ModelError

Content = TypeVar("Content")
Kind = TypeVar("Kind", bound=np.generic)

BUNDLED_FOLDER = Path(__file__).resolve().parent.parent / "models" / "bundled"
MOST_CHARS = 100_000  # of one text; what a longer one is about was clear long before
MOST_CACHED = 24_000  # words kept with their vectors: some 60 MB, a newspaper's daily vocabulary
BATCH = 256  # texts looked up together
LINE = 48  # words tokenised in one go
LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, which the tokeniser refuses
TATWEEL = 0x640
ARABIC_LETTERS = (0x621, 0x6D3)
LATIN_LETTERS = ((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F), (0x1E00, 0x1EFF), (0xFB00, 0xFB06))
_ONES = np.ones(1024, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some texts, with their vectors and places.

    The words of text t are rows starts[t]:starts[t + 1]: runs of letters, runs of digits and the
    punctuation that the model knows. A word's vector is the sum of its pieces'; a word of an
    unknown script has a row of zeros. spans are code points in the text as given.
    """

    vectors: NDArray[np.float32]
    starts: NDArray[np.int64]
    spans: NDArray[np.int32]


def unit(vectors: NDArray[Any]) -> NDArray[Any]:
    """Bring rows to length 1; rows of zeros stay zeros."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return vectors / np.where(lengths > 0, lengths, 1)


class StaticEmbedder:
    """Sums of token vectors, read from a folder.

    The folder holds tokenizer.json, model.safetensors with a float16 tensor `embeddings`,
    config.json and modules.json, so that sentence-transformers and model2vec load it too. Tokens
    never cross white space: whatever stands between two spaces is looked up once, and remembered.
    Safe to share between threads; a pickled embedder is loaded again from its folder.
    """

    additive = True

    def __init__(
        self, folder: Path, name: str, tokenizer: Tokenizer, table: NDArray[np.float16]
    ) -> None:
        self.folder = folder
        self.name = name
        self.dimensions: int = table.shape[1]
        self._tokenizer = tokenizer
        self._table = table
        self._lock = threading.Lock()
        self._known = _Known(table.shape[1])

    @classmethod
    def load(cls, folder: Path | None = None) -> StaticEmbedder:
        """Open a model folder (None: the bundled one). Raises ModelError in one line."""
        folder = BUNDLED_FOLDER if folder is None else Path(folder)
        if not folder.is_dir():
            raise ModelError(f"{folder}: no such model folder")
        config = _open(folder / "config.json", _read_config)
        tokenizer = _open(folder / "tokenizer.json", lambda path: Tokenizer.from_file(str(path)))
        table = _open(folder / "model.safetensors", read_table)
        if tokenizer.get_vocab_size() != len(table):
            raise ModelError(
                f"{folder}: tokenizer.json has {tokenizer.get_vocab_size()} tokens and "
                f"model.safetensors {len(table)} rows; the files belong to different models"
            )
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return cls(folder, str(config.get("name", folder.name)), tokenizer, table)

    def __reduce__(self) -> tuple[Callable[[Path], StaticEmbedder], tuple[Path]]:
        return StaticEmbedder.load, (self.folder,)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Sums of token vectors, (len(texts), dimensions), not of unit length.

        A text without tokens (empty, punctuation, an unknown script) gives a row of zeros.
        """
        sums = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for begin in range(0, len(texts), BATCH):
            pieces = [text[:MOST_CHARS].split() for text in texts[begin : begin + BATCH]]
            known, numbers = self._look_up([piece for text in pieces for piece in text])
            rows = known.sums[numbers]
            at = 0
            for row, text in enumerate(pieces, start=begin):
                # Text by text, for its words' vectors then stay in the processor's nearest cache.
                for end in range(at + len(text), at, -len(_ONES)):
                    part = known.vectors.take(rows[max(at, end - len(_ONES)) : end], axis=0)
                    sums[row] += _ONES[: len(part)] @ part
                at += len(text)
        return sums

    def words(self, texts: Sequence[str]) -> Words:
        """The words of each text with their vectors, whose sum is the text's row of `embed`."""
        pieces: list[str] = []
        offsets: list[int] = []
        sizes = []
        for text in texts:
            text = text[:MOST_CHARS]
            found = text.split()
            at = 0
            for piece in found:
                at = text.index(piece, at)
                offsets.append(at)
                at += len(piece)
            pieces += found
            sizes.append(len(found))
        known, numbers = self._look_up(pieces)
        counts = known.counts[numbers]
        ends = np.cumsum(counts)
        total = int(ends[-1]) if len(ends) else 0
        within = np.arange(total) - np.repeat(ends - counts, counts)
        rows = np.repeat(known.firsts[numbers], counts) + within
        spans = known.spans[rows] + np.repeat(np.array(offsets, dtype=np.int32), counts)[:, None]
        borders = np.concatenate([np.zeros(1, np.int64), ends])
        starts = borders[np.concatenate([[0], np.cumsum(np.array(sizes, dtype=np.int64))])]
        return Words(known.vectors[rows], starts, spans)

    def _look_up(self, pieces: list[str]) -> tuple[_Known, NDArray[np.int64]]:
        """What is known by now, and the number of each piece in it."""
        with self._lock:
            known = self._known
            if max(len(known.numbers), known.n_rows) > MOST_CACHED:
                known = self._known = _Known(self.dimensions)
            numbers = list(map(known.numbers.get, pieces))
            if None in numbers:
                missing = dict.fromkeys(
                    p for p, n in zip(pieces, numbers, strict=True) if n is None
                )
                self._learn(known, list(missing))
                numbers = list(map(known.numbers.get, pieces))
            # A copy of the references: another thread's next words may move the arrays elsewhere.
            return copy(known), np.array(numbers, dtype=np.int64)

    def _learn(self, known: _Known, pieces: list[str]) -> None:
        """Tokenise pieces that were never met, and keep their words' vectors.

        Pieces are tokenised some dozens to a line, which costs a third of one by one.
        """
        for begin in range(0, len(pieces), 8192):
            part = pieces[begin : begin + 8192]
            lines = [
                LONE_SURROGATE.sub("\ufffd", " ".join(part[at : at + LINE]))
                for at in range(0, len(part), LINE)
            ]
            ids: list[int] = []
            cuts: list[int] = []  # the run of letters or digits that a token stands in
            spans: list[tuple[int, int]] = []
            tokens_in_line = []
            for encoding in self._tokenizer.encode_batch(lines, add_special_tokens=False):
                ids += encoding.ids
                cuts += [word or 0 for word in encoding.word_ids]
                spans += encoding.offsets
                tokens_in_line.append(len(encoding.ids))
            sizes = np.array([len(line) + 1 for line in lines], dtype=np.int64)
            shift = np.repeat(np.cumsum(sizes) - sizes, tokens_in_line)
            places = np.array(spans, dtype=np.int64).reshape(-1, 2) + shift[:, None]
            letters = np.frombuffer("\n".join(lines).encode("utf-32-le"), dtype="<u4")
            lengths = np.array([len(piece) + 1 for piece in part], dtype=np.int64)
            begins = np.cumsum(lengths) - lengths
            # By a token's last letter: the mark before a Latin word is given to the letter before.
            token_piece = np.searchsorted(begins, places[:, 1] - 1, side="right") - 1
            places[:, 0] = _true_begins(places, begins[token_piece], letters)
            first = _word_begins(
                np.array(cuts, dtype=np.int64) + shift, token_piece, places, letters
            )
            word_piece = token_piece[first]
            word_spans = np.stack(
                [places[first, 0], np.maximum.reduceat(places[:, 1], first)]
                if len(first)
                else [first, first],
                axis=1,
            )
            known.add(
                part,
                np.bincount(word_piece, minlength=len(part)),
                word_spans - begins[word_piece][:, None],
                first,
                self._table[np.array(ids, dtype=np.int64)],
            )


class _Known:
    """The pieces met so far. Each has some words; a row holds a word's vector or a piece's sum."""

    def __init__(self, dimensions: int) -> None:
        self.numbers: dict[str, int] = {}
        self.firsts = np.zeros(0, dtype=np.int64)  # by piece: the row of its first word
        self.counts = np.zeros(0, dtype=np.int64)  # by piece: how many words it has
        self.sums = np.zeros(0, dtype=np.int64)  # by piece: the row of its sum
        # Row 0 stays zeros: the sum of a piece without words.
        self.vectors = np.zeros((1024, dimensions), dtype=np.float32)
        self.spans = np.zeros((1024, 2), dtype=np.int32)  # by row, within the piece
        self.n_rows = 1

    def add(
        self,
        pieces: list[str],
        counts: NDArray[np.int64],
        spans: NDArray[np.int64],
        first_tokens: NDArray[np.int64],
        token_rows: NDArray[np.float16],
    ) -> None:
        """Add pieces with their words, given the words' places and their tokens' vectors."""
        number = len(self.numbers)
        self.numbers.update(zip(pieces, range(number, number + len(pieces)), strict=True))
        vectors = np.zeros((0, self.vectors.shape[1]), dtype=np.float32)
        if len(spans):
            vectors = _sum_runs(token_rows, first_tokens)
        firsts = np.cumsum(counts) - counts
        several = np.flatnonzero(counts > 1)
        own = [
            vectors[first : first + count].sum(axis=0)
            for first, count in zip(firsts[several].tolist(), counts[several].tolist(), strict=True)
        ]
        end = self.n_rows + len(spans)
        sums = np.where(counts == 1, self.n_rows + firsts, 0)
        sums[several] = end + np.arange(len(several))
        self.vectors = _room(self.vectors, end + len(own))
        self.spans = _room(self.spans, end + len(own))
        self.vectors[self.n_rows : end] = vectors
        self.spans[self.n_rows : end] = spans
        if own:
            self.vectors[end : end + len(own)] = own
        self.firsts = np.concatenate([self.firsts, self.n_rows + firsts])
        self.counts = np.concatenate([self.counts, counts])
        self.sums = np.concatenate([self.sums, sums])
        self.n_rows = end + len(own)


def _true_begins(
    places: NDArray[np.int64], piece_begins: NDArray[np.int64], letters: NDArray[np.uint32]
) -> NDArray[np.int64]:
    """Where tokens begin, without what is no part of a Latin word but stands before it."""
    begins = np.maximum(places[:, 0], piece_begins)
    ends = places[:, 1]
    moving = np.flatnonzero((ends - begins > 1) & _is_latin(letters[ends - 1]))
    while len(moving):
        moving = moving[~_is_latin(letters[begins[moving]])]
        begins[moving] += 1
    return begins


def _word_begins(
    cuts: NDArray[np.int64],
    pieces: NDArray[np.int64],
    places: NDArray[np.int64],
    letters: NDArray[np.uint32],
) -> NDArray[np.int64]:
    """Which tokens begin a word.

    A word is a run of letters or of digits, or a punctuation mark; the tokeniser cuts an Arabic
    article off its noun, which is put together again here. cuts, pieces: the tokeniser's run and
    the piece of each token.
    """
    begins = np.ones(len(cuts), dtype=bool)
    begins[1:] = (cuts[1:] != cuts[:-1]) | (pieces[1:] != pieces[:-1])
    again = np.flatnonzero(begins[1:] & (pieces[1:] == pieces[:-1])) + 1
    ends, starts = places[again - 1, 1], places[again, 0]
    arabic = _is_arabic(letters[ends - 1]) & _is_arabic(letters[starts])
    for token, end, start in zip(
        again[arabic].tolist(), ends[arabic].tolist(), starts[arabic].tolist(), strict=True
    ):
        # Nothing stands between an article and its noun, or vowel marks and tatweel do.
        if all(code == TATWEEL or unicodedata.combining(chr(code)) for code in letters[end:start]):
            begins[token] = False
    return np.flatnonzero(begins)


def _sum_runs(rows: NDArray[np.float16], begins: NDArray[np.int64]) -> NDArray[np.float32]:
    """Sum each run of rows; most words are one token, so the others are added to the first one."""
    sums = rows[begins].astype(np.float32)
    sizes = np.diff(np.append(begins, len(rows)))
    longer = np.flatnonzero(sizes > 1)
    later = 1
    while len(longer):
        sums[longer] += rows[begins[longer] + later]
        later += 1
        longer = longer[sizes[longer] > later]
    return sums


def _is_latin(letters: NDArray[np.uint32]) -> NDArray[np.bool_]:
    found = np.zeros(len(letters), dtype=bool)
    for first, last in LATIN_LETTERS:
        found |= (letters >= first) & (letters <= last)
    return found


def _is_arabic(letters: NDArray[np.uint32]) -> NDArray[np.bool_]:
    return (letters >= ARABIC_LETTERS[0]) & (letters <= ARABIC_LETTERS[1])


def read_table(path: Path) -> NDArray[np.float16]:
    """Map the float16 tensor `embeddings` of a safetensors file into memory."""
    with path.open("rb") as file:
        header_bytes = int.from_bytes(file.read(8), "little")
        if header_bytes > 1 << 20:
            raise ValueError("not a safetensors file")
        header = json.loads(file.read(header_bytes))
    tensor = header.get("embeddings")
    if not isinstance(tensor, dict):
        raise ValueError("no tensor `embeddings`")
    if tensor["dtype"] != "F16" or len(tensor["shape"]) != 2:
        raise ValueError("`embeddings` is not a table of float16")
    rows, width = tensor["shape"]
    start = 8 + header_bytes + tensor["data_offsets"][0]
    if path.stat().st_size < start + rows * width * 2 or not rows or not width:
        raise ValueError("the file is cut short")
    return np.memmap(path, dtype="<f2", mode="r", offset=start, shape=(rows, width))


def _read_config(path: Path) -> dict[str, Any]:
    config = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(config, dict):
        raise ValueError("not a JSON object")
    return config


def _open(path: Path, read: Callable[[Path], Content]) -> Content:
    """Read one file of a model folder; whatever is wrong with it, the user gets one line."""
    if not path.is_file():
        raise ModelError(f"{path}: missing, so the folder is not a static model")
    try:
        return read(path)
    except Exception as error:  # tokenizers raises bare Exception
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise ModelError(f"{path}: cannot be read as part of a static model ({reason})") from error


def _room(array: NDArray[Kind], at_least: int) -> NDArray[Kind]:
    """Give an array room for one more than at_least rows, doubling it as often as needed."""
    size = len(array)
    while size <= at_least:
        size *= 2
    if size == len(array):
        return array
    grown = np.zeros((size, *array.shape[1:]), dtype=array.dtype)
    grown[: len(array)] = array
    return grown
