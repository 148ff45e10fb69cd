"""The bundled model: a sentence is the sum of its tokens' vectors, read with numpy alone."""

from __future__ import annotations

import json
import re
import threading
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain, filterfalse, islice, pairwise
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer, normalizers

from aligner.errors import ModelError

Content = TypeVar("Content")

BUNDLED_FOLDER = Path(__file__).resolve().parent.parent / "models" / "bundled"
MOST_CHARS = 100_000  # of one text; what a longer one is about was clear long before
MOST_CACHED = 100_000  # words kept with their tokens: some 30 MB, a newspaper's monthly vocabulary
BATCH = 256  # texts looked up together
LINE = 48  # words tokenised in one go
WORTH_THREADS = 16  # such lines; fewer are tokenised one after the other
# What most words are made of, none of which is half of another character.
PLAIN = "".join(map(chr, range(0x20, 0x7F))) + "".join(
    map(chr, [*range(0x621, 0x63B), *range(0x641, 0x64B), *range(0x660, 0x66A)])
)
PLAIN += "،؛؟«»\u201c\u201d\u2019\u2013\u2014"
LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, which the tokeniser refuses
MARK = "▁"  # what the tokeniser puts before a Latin word
TATWEEL = 0x640
ARABIC_LETTERS = (0x621, 0x6D3)
LATIN_LETTERS = ((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0x24F), (0x1E00, 0x1EFF), (0xFB00, 0xFB06))
TOKEN = np.dtype(np.int32)
PLACED = np.dtype([("number", np.int32), ("begin", np.int32), ("end", np.int32)])  # in its piece
_ONES = np.ones(1024, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of some texts, with their vectors and places.

    The words of text t are starts[t]:starts[t + 1] of `rows` and `spans`: runs of letters, runs of
    digits and the punctuation that the model knows. forms and vectors are those of the distinct
    words, in the order in which they are first met, and rows says which of them each word of a text
    is. A word's vector is the sum of its pieces'; a word of an unknown script has a row of zeros.
    spans are code points in the text as given.
    """

    forms: list[str]
    vectors: NDArray[np.float32]  # (len(forms) + 1, dimensions), the last row zero
    rows: NDArray[np.int64]
    starts: NDArray[np.int64]
    spans: NDArray[np.int64]

    def sums(self) -> NDArray[np.float32]:
        """(texts, dimensions): the vectors of each text's words, summed."""
        sums = np.empty((len(self.starts) - 1, self.vectors.shape[1]), dtype=np.float32)
        # Text by text, for its vectors then stay in the processor's nearest cache.
        for text, (first, last) in enumerate(pairwise(self.starts.tolist())):
            sums[text] = _sum(self.vectors, self.rows[first:last])
        return sums


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
        self._table = np.asarray(table)
        self._plain = _Plain(tokenizer)
        tokens = (tokenizer.id_to_token(number) or "" for number in range(len(table)))
        self._marked = np.array([token.startswith(MARK) for token in tokens], dtype=np.bool_)
        self._lock = threading.Lock()
        self._known = _Known(self._table)

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

        A text without tokens (empty, an unknown script) gives a row of zeros.
        """
        sums = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for begin in range(0, len(texts), BATCH):
            pieces = [text[:MOST_CHARS].split() for text in texts[begin : begin + BATCH]]
            known, found = self._look_up(list(chain.from_iterable(pieces)))
            words = iter(found)
            for text, own in enumerate(pieces, start=begin):
                placed = np.frombuffer(b"".join(islice(words, len(own))), dtype=PLACED)
                tokens = b"".join([known.tokens[number] for number in placed["number"].tolist()])
                sums[text] = _sum(known.vectors, np.frombuffer(tokens, dtype=TOKEN))
        return sums

    def words(self, texts: Sequence[str]) -> Words:
        """The words of each text with their vectors, whose sum is the text's row of `embed`."""
        pieces, offsets, sizes = _split([text[:MOST_CHARS] for text in texts])
        known, found = self._look_up(pieces)
        counts = np.fromiter(map(len, found), np.int64, len(found)) // PLACED.itemsize
        placed = np.frombuffer(b"".join(found), dtype=PLACED)
        numbers = placed["number"].tolist()
        row_of = {number: row for row, number in enumerate(dict.fromkeys(numbers))}
        shift = np.repeat(offsets, counts)
        return Words(
            [known.forms[number] for number in row_of],
            _sum_runs(known.vectors, [known.tokens[number] for number in row_of]),
            np.fromiter(map(row_of.__getitem__, numbers), np.int64, len(numbers)),
            _before(counts)[_before(sizes)],
            np.stack([placed["begin"] + shift, placed["end"] + shift], axis=1),
        )

    def _look_up(self, pieces: list[str]) -> tuple[_Known, list[bytes]]:
        """What is known by now, and the words of each piece in it."""
        known = self._known
        try:
            return known, list(map(known.words_of.__getitem__, pieces))
        except KeyError:
            with self._lock:
                if len(self._known.words_of) > MOST_CACHED:
                    self._known = _Known(self._table)
                known = self._known
                new = filterfalse(known.words_of.__contains__, dict.fromkeys(pieces))
                self._learn(known, list(new))
                return known, list(map(known.words_of.__getitem__, pieces))

    def _learn(self, known: _Known, pieces: list[str]) -> None:
        """Tokenise pieces that were never met, and keep their tokens.

        Pieces are tokenised some dozens to a line, which costs a third of one by one.
        """
        plain = self._plain.letters.fullmatch
        by_kind: tuple[list[str], list[str]] = ([], [])
        for piece in pieces:
            by_kind[plain(piece) is None].append(piece)
        for begin in range(0, max(map(len, by_kind)), 8192):
            self._learn_some(known, *(part[begin : begin + 8192] for part in by_kind))

    def _encode(self, lines: list[str]) -> list[Encoding]:
        return _encode(self._tokenizer, lines)

    def _learn_some(self, known: _Known, plain: list[str], others: list[str]) -> None:
        """Tokenise pieces of plain letters in their shorter way, the others in the whole one."""
        part = plain + others
        plain_lines, other_lines = _lines(plain), _lines(others)
        lines = plain_lines + other_lines
        found: list[int] = []
        cuts: list[int] = []  # the run of letters or digits that a token stands in
        spans: list[tuple[int, int]] = []
        tokens_in_line = []
        for encoding in chain(self._plain.encode(plain_lines), self._encode(other_lines)):
            found += encoding.ids
            cuts += [word or 0 for word in encoding.word_ids]
            spans += encoding.offsets
            tokens_in_line.append(len(encoding.ids))
        ids = np.array(found, dtype=np.int64)
        sizes = np.array([len(line) + 1 for line in lines], dtype=np.int64)
        shift = np.repeat(np.cumsum(sizes) - sizes, tokens_in_line)
        places = np.fromiter(chain.from_iterable(spans), np.int64, 2 * len(spans))
        places = places.reshape(-1, 2) + shift[:, None]
        # A line break behind the last line too: a token that the normaliser wrote out ("UN" is
        # "united nations") may begin where its piece ends.
        letters = np.frombuffer(("\n".join(lines) + "\n").encode("utf-32-le"), dtype="<u4")
        lengths = np.array([len(piece) + 1 for piece in part], dtype=np.int64)
        begins = np.cumsum(lengths) - lengths
        # The tokeniser gives the mark before a Latin word to the letter before, if any.
        places[:, 0] += self._marked[ids] & (places[:, 0] > shift)
        # A character that is written out has several tokens: none begins before the last one.
        np.maximum.accumulate(places[:, 0], out=places[:, 0])
        places[:, 1] = places.max(axis=1)
        pieces_of = np.searchsorted(begins, places[:, 0], side="right") - 1
        places[:, 0] = _true_begins(places, begins[pieces_of], letters)
        opens = _opens_word(np.array(cuts, dtype=np.int64) + shift, pieces_of, places, letters)
        firsts = np.flatnonzero(opens)
        holders = pieces_of[firsts]
        placed = np.empty(len(firsts), dtype=PLACED)
        placed["begin"] = places[firsts, 0] - begins[holders]
        if len(firsts):
            placed["end"] = np.maximum.reduceat(places[:, 1], firsts) - begins[holders]
        tokens = known.slots(ids).tobytes()
        borders = [*(firsts * TOKEN.itemsize).tolist(), len(tokens)]
        placed["number"] = [
            known.number(part[holder][begin:end], tokens[first:last])
            for holder, begin, end, (first, last) in zip(
                holders.tolist(),
                placed["begin"].tolist(),
                placed["end"].tolist(),
                pairwise(borders),
                strict=True,
            )
        ]
        words = placed.tobytes()
        bounds = (_before(np.bincount(holders, minlength=len(part))) * PLACED.itemsize).tolist()
        known.words_of.update(
            (piece, words[begin:end])
            for piece, (begin, end) in zip(part, pairwise(bounds), strict=True)
        )


def _encode(tokenizer: Tokenizer, lines: list[str]) -> list[Encoding]:
    # A few lines cost more to share out among threads than to tokenise.
    if len(lines) < WORTH_THREADS:
        return [tokenizer.encode(line, add_special_tokens=False) for line in lines]
    encodings: list[Encoding] = tokenizer.encode_batch(lines, add_special_tokens=False)
    return encodings


def _lines(pieces: list[str]) -> list[str]:
    """The pieces, LINE to a line, without halves of characters."""
    return [
        LONE_SURROGATE.sub("\ufffd", " ".join(pieces[at : at + LINE]))
        for at in range(0, len(pieces), LINE)
    ]


class _Plain:
    """The tokeniser for words of plain letters, in half the time.

    Most steps of its normal form treat each character by itself. For plain ones they are done
    here in one pass, which leaves every character at its place; the other steps are kept.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        whole = tokenizer.normalizer
        sequence = whole if isinstance(whole, normalizers.Sequence) else ()
        steps = [sequence[at] for at in range(len(sequence))]
        alone = normalizers.Sequence([step for step in steps if _is_by_character(step)])
        written = {character: alone.normalize_str(character) for character in PLAIN if steps}
        written = {character: text for character, text in written.items() if len(text) == 1}
        # Without steps that can be spared, no word counts as plain.
        self.letters = re.compile(f"[{re.escape(''.join(written))}]+" if written else "(?!)")
        self._written = str.maketrans(written)
        self._tokenizer = Tokenizer(tokenizer.model)
        self._tokenizer.pre_tokenizer = tokenizer.pre_tokenizer
        self._tokenizer.normalizer = normalizers.Sequence(
            [step for step in steps if not _is_by_character(step)]
        )

    def encode(self, lines: list[str]) -> list[Encoding]:
        """Tokenise lines of plain words, with places in the lines as given."""
        return _encode(self._tokenizer, [line.translate(self._written) for line in lines])


def _is_by_character(step: normalizers.Normalizer) -> bool:
    """Whether a step of the normal form treats each plain character whatever stands beside it."""
    told = json.loads(step.__getstate__())
    if told["type"] != "Replace":
        return told["type"] in {"NFC", "NFD", "NFKC", "NFKD", "StripAccents"}
    pattern = told["pattern"]
    one_class = re.fullmatch(r"\[[^\[\]]+\]", pattern.get("Regex", ""))
    return len(pattern.get("String", "")) == 1 or one_class is not None


class _Known:
    """The pieces met so far with their words, the words with their tokens, and these' vectors.

    Words and tokens are kept as bytes, of which many are soon joined and Python's collector knows
    nothing.
    """

    def __init__(self, table: NDArray[np.float16]) -> None:
        self._table = table
        self._slot_of = np.full(len(table), -1, dtype=TOKEN)  # by token id: its row in vectors
        self._n_slots = 0
        # Room for all: what is not written to takes no memory, and nothing need be moved later.
        self.vectors = np.zeros(table.shape, dtype=np.float32)
        self.words_of: dict[str, bytes] = {}  # by piece, of the type PLACED
        self.forms: list[str] = []
        self.tokens: list[bytes] = []  # by word's number, of the type TOKEN: rows of vectors
        self._numbers: dict[tuple[str, bytes], int] = {}

    def slots(self, ids: NDArray[np.int64]) -> NDArray[np.int32]:
        """The rows of `vectors` that these tokens have from now on."""
        met = np.unique(ids)
        new = met[self._slot_of[met] < 0]
        end = self._n_slots + len(new)
        self.vectors[self._n_slots : end] = self._table[new]
        self._slot_of[new] = np.arange(self._n_slots, end)
        self._n_slots = end
        return self._slot_of[ids]

    def number(self, form: str, tokens: bytes) -> int:
        """The number of a word."""
        number = self._numbers.setdefault((form, tokens), len(self.forms))
        if number == len(self.forms):
            self.forms.append(form)
            self.tokens.append(tokens)
        return number


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


def _opens_word(
    cuts: NDArray[np.int64],
    pieces: NDArray[np.int64],
    places: NDArray[np.int64],
    letters: NDArray[np.uint32],
) -> NDArray[np.bool_]:
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
    return begins


def _split(texts: Sequence[str]) -> tuple[list[str], NDArray[np.int64], NDArray[np.int64]]:
    """What stands between white space in all texts, where in its text, and how many in each."""
    pieces: list[str] = []
    sizes: list[int] = []
    for text in texts:
        found = text.split()
        pieces += found
        sizes.append(len(found))
    counts = np.array(sizes, dtype=np.int64)
    # One space between two and none around is the rule.
    ends = np.cumsum(np.fromiter(map(len, pieces), np.int64, len(pieces)) + 1)
    borders = _before(counts)
    bounds = np.append(0, ends)[borders]
    offsets = np.append(0, ends[:-1]) - np.repeat(bounds[:-1], counts)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    for number in np.flatnonzero((np.diff(bounds) != lengths + 1) & (counts > 0)).tolist():
        at = 0
        for place in range(borders[number], borders[number + 1]):
            at = texts[number].index(pieces[place], at)
            offsets[place] = at
            at += len(pieces[place])
    return pieces, offsets, counts


def _before(counts: NDArray[Any]) -> NDArray[np.int64]:
    """How many there are before each, and in all."""
    before = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=before[1:])
    return before


def _sum(vectors: NDArray[np.float32], rows: NDArray[Any]) -> NDArray[np.float32]:
    """The sum of these rows, of many some at a time."""
    total = np.zeros(vectors.shape[1], dtype=np.float32)
    for at in range(0, len(rows), len(_ONES)):
        part = vectors.take(rows[at : at + len(_ONES)], axis=0)
        total += _ONES[: len(part)] @ part
    return total


def _sum_runs(vectors: NDArray[np.float32], words: Sequence[bytes]) -> NDArray[np.float32]:
    """Sum the rows of each word's tokens, and one of none; most words are one token."""
    tokens = np.frombuffer(b"".join(words), dtype=TOKEN)
    sizes = np.fromiter(map(len, words), np.int64, len(words)) // TOKEN.itemsize
    begins = np.cumsum(sizes) - sizes
    sums = np.empty((len(words) + 1, vectors.shape[1]), dtype=np.float32)
    sums[-1] = 0.0
    vectors.take(tokens[begins], axis=0, out=sums[:-1], mode="clip")  # no copy for this mode
    longer = np.flatnonzero(sizes > 1)
    later = 1
    while len(longer):
        sums[longer] += vectors[tokens[begins[longer] + later]]
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
