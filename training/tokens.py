"""The tokeniser: one normal form for both languages, and pieces that may stand anywhere in a word.

Arabic pieces carry no mark of where in the word they stand, so that a noun has one row whether it
is written alone, behind an article or before a pronoun. A unigram model finds the likeliest pieces,
also where two words were glued together, as careless typing does.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from training.kernel import Side
from training.recipe import Recipe

UNKNOWN = "[UNK]"
LEAST_LETTERS = 5.0  # weighted count from which a letter is worth a row
# Figures that are kept whole: small numbers, round ones and years. Others are cut in two or three.
FIGURES = [
    *(str(n) for n in range(100)),
    *(str(n) for n in range(100, 1000, 10)),
    *(str(n) for n in range(1900, 2040)),
    *(f"0{n}" for n in range(10)),
    "000",
]
_LETTERS = str.maketrans({"ى": "ي", "ة": "ه", "ٱ": "ا", "ک": "ك", "ی": "ي", "ہ": "ه", "ە": "ه"})
_DIGITS = {chr(zero + n): str(n) for zero in (0x660, 0x6F0) for n in range(10)}
# Upper case alone tells these from words ("us", "un"), so they are written out before it is lost.
_SHORT = {
    r"U\.?S\.?A?\.?": " united states ",
    r"U\.?K\.?": " united kingdom ",
    r"U\.?N\.?": " united nations ",
    r"E\.?U\.?": " european union ",
}
# What both languages write at the same places, and so tells sentences apart: questions, quotations.
PUNCTUATION = r"""?!.,;:"()%$€£/-"""
_PUNCTUATION = str.maketrans({
    "؟": "?", "،": ",", "؛": ";", "٪": "%", "٫": ".",
    "«": '"', "»": '"', "\u201c": '"', "\u201d": '"', "\u201e": '"',
    "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u06d4": ".",
})  # fmt: skip
START = "▁"
_LATIN = "a-zß-ɏ"
_ARTICLE = re.compile(r"([وفبكل]{0,2}ال)(?=[\u0600-\u06ff]{3})")
_AL = r"(?<!\p{Arabic})[وفبكل]{0,2}ال(?=\p{Arabic}{3})"


def normalizer() -> normalizers.Normalizer:
    """One normal form: no marks, no case, one spelling of the letters that writers mix up."""
    steps = [
        normalizers.Replace(Regex(rf"(?<![\w.]){short}(?![\w])"), long)
        for short, long in _SHORT.items()
    ]
    steps += [
        normalizers.NFKD(),
        normalizers.StripAccents(),
        normalizers.Lowercase(),
        normalizers.Replace(
            Regex(r"[\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]"), ""
        ),
        normalizers.Replace(Regex(r"[\u0000-\u001f\u007f-\u009f]"), " "),
    ]
    steps += [normalizers.Replace(chr(old), new) for old, new in _LETTERS.items()]
    steps += [normalizers.Replace(old, new) for old, new in _DIGITS.items()]
    steps += [normalizers.Replace(chr(old), new) for old, new in _PUNCTUATION.items()]
    # 12,500 and 12.500 are one number; 12.5 stays two.
    steps.append(normalizers.Replace(Regex(r"(?<=\d)[.,\u066c](?=\d{3}(?!\d))"), ""))
    steps.append(
        normalizers.Replace(Regex(r"(?<=[a-z])['\u2019](?=(s|t|re|ve|ll|d|m)(?![a-z]))"), " ")
    )
    # A Latin word's first piece is marked: "do" is a word, and something else inside "tornado".
    steps.append(normalizers.Replace(Regex(rf"(?<![{_LATIN}])(?=[a-z])"), START))
    return normalizers.Sequence(steps)


def pre_tokenizer(*, split_al: bool) -> pre_tokenizers.PreTokenizer:
    """Cut text into runs of Arabic letters, of other letters, of digits, and punctuation."""
    # Letters first: Arabic punctuation is of the Arabic script too, but is ASCII by now.
    pattern = rf"\p{{Arabic}}+|\d+|{START}?[^\W\d_\p{{Arabic}}]+|[{PUNCTUATION}]"
    if split_al:
        pattern = rf"{_AL}|{pattern}"
    return pre_tokenizers.Split(Regex(pattern), behavior="removed", invert=True)


def bare() -> Tokenizer:
    """A tokeniser without a vocabulary, to normalise and to cut words."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizer()
    tokenizer.pre_tokenizer = pre_tokenizer(split_al=False)
    return tokenizer


@dataclass(frozen=True, slots=True)
class Store:
    """The corpus as numbers of words: word w of the corpus is types[w]."""

    types: list[str]
    ar: Side
    en: Side


def store(pairs: Iterable[tuple[str, str]]) -> Store:
    """Cut all texts into words once, so that every later step works on each word only once.

    Words are cut without the Arabic article's split, which `parts` makes up for.
    """
    tokenizer = bare()
    normal, cut = tokenizer.normalizer, tokenizer.pre_tokenizer
    numbers: dict[str, int] = {}
    ids: tuple[list[int], list[int]] = ([], [])
    starts: tuple[list[int], list[int]] = ([0], [0])
    for pair in pairs:
        for side, text in enumerate(pair):
            words = cut.pre_tokenize_str(normal.normalize_str(text))
            ids[side].extend(numbers.setdefault(word, len(numbers)) for word, _ in words)
            starts[side].append(len(ids[side]))
    sides = [
        Side(np.array(i, np.int32), np.array(s, np.int64)) for i, s in zip(ids, starts, strict=True)
    ]
    return Store(list(numbers), sides[0], sides[1])


def parts(word: str) -> list[str]:
    """Split the article and what is written before it off an Arabic word."""
    article = _ARTICLE.match(word)
    return [article[1], word[article.end() :]] if article else [word]


def counts(words: Store, weights: NDArray[np.float64]) -> dict[str, float]:
    """Count every word part, each pair's words with the pair's weight."""
    totals = np.zeros(len(words.types))
    for side in (words.ar, words.en):
        per_word = np.repeat(weights, np.diff(side.starts))
        totals += np.bincount(side.ids, weights=per_word, minlength=len(words.types))
    found: Counter[str] = Counter()
    for word, total in zip(words.types, totals.tolist(), strict=True):
        for part in parts(word):
            found[part] += total
    return dict(found)


def find_pieces(count: Mapping[str, float], recipe: Recipe) -> Tokenizer:
    """Train a unigram model on damped counts, which makes its pieces look like morphemes."""
    tokenizer = Tokenizer(models.Unigram())
    trainer = trainers.UnigramTrainer(
        vocab_size=recipe.candidates,
        special_tokens=[UNKNOWN],
        unk_token=UNKNOWN,
        max_piece_length=18,
        show_progress=False,
    )
    repeated = (
        word
        for word, n in count.items()
        if n >= 1 and len(word) <= 24 and not word.isdigit()
        for _ in range(max(1, round(n**recipe.damping)))
    )
    tokenizer.train_from_iterator(repeated, trainer)
    return tokenizer


def choose(count: Mapping[str, float], pieces: Tokenizer, recipe: Recipe) -> Tokenizer:
    """Build the tokeniser: frequent words whole, figures, letters, then the pieces most used.

    A piece's score is the logarithm of how often it stands in the text with frequent words whole.
    """
    names = {number: piece for piece, number in pieces.get_vocab().items()}
    words = list(count)
    cuts = {
        word: [names[i] for i in encoding.ids]
        for word, encoding in zip(words, pieces.encode_batch_fast(words), strict=True)
    }
    frequent = sorted(
        (w for w in words if count[w] >= recipe.least_count and not w.isdigit() and len(w) <= 22),
        key=lambda word: (-count[word], word),
    )
    whole = dict.fromkeys([*frequent[: recipe.whole_words], *FIGURES])
    use: Counter[str] = Counter()
    letters: Counter[str] = Counter()
    for word in words:
        for letter in word:
            letters[letter] += count[word]
        if word not in whole and not word.isdigit():
            for piece in cuts[word]:
                use[piece] += count[word] ** 0.7
    known_letters = sorted(letter for letter, n in letters.items() if n >= LEAST_LETTERS)
    by_use = sorted(use, key=lambda piece: (-use[piece], piece))
    vocabulary = list(dict.fromkeys([UNKNOWN, *whole, *known_letters, *by_use]))
    vocabulary = vocabulary[: recipe.vocabulary]
    kept = set(vocabulary)
    totals = dict.fromkeys(vocabulary, 0.5)
    for word in words:
        for piece in [word] if word in whole else cuts[word]:
            if piece in kept:
                totals[piece] += count[word]
    everything = sum(totals.values())
    scored = [(p, 0.0 if p == UNKNOWN else math.log(totals[p] / everything)) for p in vocabulary]
    tokenizer = Tokenizer(models.Unigram(scored, unk_id=0, byte_fallback=False))
    tokenizer.normalizer = normalizer()
    tokenizer.pre_tokenizer = pre_tokenizer(split_al=True)
    return tokenizer


def encode(words: Store, tokenizer: Tokenizer) -> tuple[Side, Side]:
    """Write the corpus as token numbers, tokenising each word once."""
    encodings = tokenizer.encode_batch_fast(words.types, add_special_tokens=False)
    pieces = [encoding.ids for encoding in encodings]
    lengths = np.array([len(ids) for ids in pieces], np.int64)
    flat = np.array([i for ids in pieces for i in ids], np.int32)
    begins = np.concatenate([np.zeros(1, np.int64), np.cumsum(lengths)])
    sides = []
    for side in (words.ar, words.en):
        sizes = lengths[side.ids]
        ends = np.cumsum(sizes)
        within = np.arange(ends[-1]) - np.repeat(ends - sizes, sizes)
        ids = flat[np.repeat(begins[side.ids], sizes) + within]
        borders = np.concatenate([np.zeros(1, np.int64), ends])
        sides.append(Side(ids, borders[side.starts]))
    return sides[0], sides[1]
