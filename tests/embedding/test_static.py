"""The bundled model's loader: the sums it gives, the bounds it keeps, the errors it tells."""

import json
import pickle
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from aligner.embedding.static import BUNDLED_FOLDER, MOST_CHARS, StaticEmbedder, unit
from aligner.errors import ModelError

PIECES = ["[UNK]", "ال", "كتاب", "read", "s", "7", "?"]
ROWS = np.array([[0, 0], [1, 0], [0, 2], [4, 0], [0, 8], [16, 16], [0, 0.5]], dtype=np.float16)
HARD = [
    "",
    "   \t\n",
    "…!؟",
    "😀👍🏽",
    "漢字かな",
    "\x00\x01",
    "\u202e\u200f",
    "ـــ",
    "ﷺ",
    "e\u0301\u0301\u0301",
    "ك\u064eت\u0627\u0628",
    "\ud800",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A model of seven tokens and two dimensions."""
    tokenizer = Tokenizer(models.Unigram([(piece, -1.0) for piece in PIECES], unk_id=0))
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKD(), normalizers.StripAccents()])
    pattern = r"(?<!\p{Arabic})ال(?=\p{Arabic}{3})|\p{Arabic}+|\d+|[a-z]+|\?"
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(pattern), behavior="removed", invert=True)
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    save_file({"embeddings": ROWS}, tmp_path / "model.safetensors")
    (tmp_path / "config.json").write_text(json.dumps({"name": "tiny-1"}), encoding="utf-8")
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"}
    ]
    (tmp_path / "modules.json").write_text(json.dumps(modules), encoding="utf-8")
    return tmp_path


@cache
def shared() -> StaticEmbedder:
    return StaticEmbedder.load()


@pytest.fixture
def bundled() -> StaticEmbedder:
    return shared()


def test_a_text_is_the_sum_of_its_tokens(folder: Path) -> None:
    embedder = StaticEmbedder.load(folder)
    assert (embedder.name, embedder.dimensions, embedder.additive) == ("tiny-1", 2, True)
    sums = embedder.embed(["reads 7", "الكتاب", "unknown ones", ""])
    assert sums.dtype == np.float32
    # "unknown ones" holds an s, which is a piece; its other letters are unknown.
    assert sums[:2].tolist() == [[20, 24], [1, 2]]
    assert sums[3].tolist() == [0, 0]


def test_words_are_runs_of_letters_with_their_places(folder: Path) -> None:
    text = "7 الكِتَاب, reads?"
    words = StaticEmbedder.load(folder).words([text, "", "7"])
    assert words.starts.tolist() == [0, 4, 4, 5]
    found = [text[begin:end] for begin, end in words.spans[:4].tolist()]
    assert found == ["7", "الكِتَاب", "reads", "?"]
    assert words.forms == found
    assert words.rows.tolist() == [0, 1, 2, 3, 0]
    assert words.vectors[:-1].tolist() == [[16, 16], [1, 2], [4, 8], [0, 0.5]]


def test_words_sum_to_the_embedding_of_their_text(bundled: StaticEmbedder) -> None:
    texts = ['وقالت الحكومةُ إنّ 12,500 شخصٍ "غادروا"…', "The U.S. said: it's over!", *HARD[:-1]]
    words = bundled.words(texts)
    sums = bundled.embed(texts)
    for number in range(len(texts)):
        own = words.vectors[words.rows[words.starts[number] : words.starts[number + 1]]]
        np.testing.assert_allclose(own.sum(axis=0), sums[number], rtol=1e-4, atol=1e-4)


def test_a_word_is_the_same_whatever_it_was_met_with(bundled: StaticEmbedder) -> None:
    words = ["شخصٍ", "word", "الحكومةُ", "12,500", "naïve", "x-y", "…", "\u202e", "end"]
    together = StaticEmbedder.load()
    together.embed([" ".join(words), "the other " + " ".join(reversed(words))])
    tokens = [bundled._tokenizer.encode(word, add_special_tokens=False).ids for word in words]
    table = bundled._table.astype(np.float32)
    expected = np.stack([table[ids].sum(axis=0) for ids in tokens])
    np.testing.assert_allclose(together.embed(words), expected, rtol=1e-4, atol=1e-4)


WRITTEN = st.text(
    alphabet="abz AZ ÅéßИ اأإةىلوال ً ّ ـ \u0301 12٣ .,،؟'\"«»(-– \u200f\u00a0ﷺﬁ½😀漢\t\x1cUSK",
    max_size=50,
)


@settings(max_examples=60)
@given(WRITTEN)
@example("Ryan met Lombok's UK envoy, praising U.S. 12,500")
def test_looking_words_up_gives_what_the_tokeniser_gives_for_the_whole_text(text: str) -> None:
    ids = shared()._tokenizer.encode(text, add_special_tokens=False).ids
    expected = shared()._table[np.array(ids, dtype=np.int64)].astype(np.float32).sum(axis=0)
    np.testing.assert_allclose(StaticEmbedder.load().embed([text])[0], expected, atol=1e-3)
    words = shared().words([text, "one more"])
    np.testing.assert_allclose(
        words.vectors[words.rows[: words.starts[1]]].sum(axis=0), expected, atol=1e-3
    )


# Words of plain letters take a shorter way through the tokeniser.
@settings(max_examples=60)
@given(st.text(alphabet="abUSK.,'\u2019 10٣٤اأىةوالكتاب،؟«»-–", max_size=50))
@example("قالت «U.S.» إنّ 12,500 و١٢٬٥٠٠ it\u2019s 3.000")
def test_plain_words_have_the_tokens_that_the_whole_tokeniser_gives(text: str) -> None:
    pieces = text.split()
    encodings = [shared()._tokenizer.encode(p, add_special_tokens=False) for p in pieces]
    table = shared()._table
    expected = [table[e.ids].astype(np.float32).sum(axis=0) for e in encodings]
    found = StaticEmbedder.load().embed([text, *pieces])
    np.testing.assert_allclose(found[1:], np.reshape(expected, (-1, 560)), atol=1e-3)


def test_latin_words_have_their_own_places(bundled: StaticEmbedder) -> None:
    text = "على Netflix، 3rd الـx (naïve)"
    spans = bundled.words([text]).spans.tolist()
    found = [text[begin:end] for begin, end in spans]
    assert [word for word in found if word.isalpha() and word.isascii()] == ["Netflix", "rd", "x"]
    assert "naïve" in found


def test_a_word_is_found_at_its_place_however_wide_the_space_before_it(
    bundled: StaticEmbedder,
) -> None:
    texts = ["  one\t\ttwo  one ", "", "\u00a0", "two one", "one,  two"]
    words = bundled.words(texts)
    starts = words.starts.tolist()
    for text, begin, end in zip(texts, starts, starts[1:], strict=False):
        at = words.spans[begin:end].tolist()
        assert [text[a:b] for a, b in at] == [words.forms[n] for n in words.rows[begin:end]]
    # What stands between spaces is looked at once.
    assert words.forms == ["one", "two", ","]


def test_joined_sentences_are_the_sum_of_theirs(bundled: StaticEmbedder) -> None:
    one, two = "ارتفعت الأسعار في العاصمة.", "وقال الوزير إن الأمر مؤقت."
    one_sum, two_sum, joined = bundled.embed([one, two, f"{one} {two}"])
    np.testing.assert_allclose(one_sum + two_sum, joined, rtol=1e-4, atol=1e-4)


@given(st.text(max_size=60))
@example("0\u249c")
def test_any_text_has_a_finite_vector_and_words_in_order(text: str) -> None:
    embedder = shared()
    words = embedder.words([text])
    assert np.isfinite(embedder.embed([text])).all()
    assert np.isfinite(words.vectors).all()
    begins, ends = words.spans[:, 0], words.spans[:, 1]
    assert (begins >= 0).all()
    assert (ends <= len(text)).all()
    assert (begins <= ends).all()
    assert (np.diff(begins) >= 0).all()


def test_odd_strings_give_no_warning_and_no_nan(bundled: StaticEmbedder) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sums = bundled.embed(HARD)
        assert np.isfinite(unit(sums)).all()
    assert not sums[:2].any()


def test_unit_rows_have_length_one_and_zero_rows_stay_zero() -> None:
    assert unit(np.array([[3.0, 4.0], [0.0, 0.0]])).tolist() == [[0.6, 0.8], [0.0, 0.0]]


@pytest.mark.parametrize("text", ["سلام" * 250_000, "word " * 200_000, "ا " * 500_000])
def test_a_line_of_a_million_characters_is_bounded(bundled: StaticEmbedder, text: str) -> None:
    began = time.process_time()
    row = bundled.embed([text])[0]
    assert time.process_time() - began < 5
    np.testing.assert_allclose(row, bundled.embed([text[:MOST_CHARS]])[0], rtol=1e-5)


def test_threads_get_what_one_thread_gets(folder: Path) -> None:
    texts = [f"read {n} الكتاب {'s ' * (n % 7)} x{n}" for n in range(2000)]
    alone = StaticEmbedder.load(folder).embed(texts)
    shared = StaticEmbedder.load(folder)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(shared.embed, [texts[n::4] for n in range(4)]))
    for n in range(4):
        assert np.array_equal(found[n], alone[n::4])


def test_an_embedder_travels_to_another_process_by_its_folder(folder: Path) -> None:
    embedder = pickle.loads(pickle.dumps(StaticEmbedder.load(folder)))
    assert embedder.embed(["read"]).tolist() == [[4, 0]]


def test_what_was_met_is_forgotten_before_it_fills_the_memory(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aligner.embedding.static.MOST_CACHED", 50)
    embedder = StaticEmbedder.load(folder)
    for n in range(20):
        assert embedder.embed([f"read{n}x{m} 7" for m in range(20)]).shape == (20, 2)
    assert len(embedder._known.words_of) <= 50 + 21
    assert embedder.embed(["read"]).tolist() == [[4, 0]]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("model.safetensors", None, "missing"),
        ("tokenizer.json", None, "missing"),
        ("config.json", None, "missing"),
        ("model.safetensors", b"", "cannot be read"),
        ("model.safetensors", b"\xff" * 64, "cannot be read"),
        ("tokenizer.json", b"{", "cannot be read"),
        ("config.json", b"[1]", "cannot be read"),
        ("config.json", b"\xff\xfe", "cannot be read"),
    ],
)
def test_a_broken_folder_is_told_in_one_line(
    folder: Path, name: str, content: bytes | None, said: str
) -> None:
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    with pytest.raises(ModelError, match=said) as caught:
        StaticEmbedder.load(folder)
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no such model folder"):
        StaticEmbedder.load(tmp_path / "none")


@pytest.mark.parametrize(
    ("tensors", "said"),
    [
        ({"other": ROWS}, "no tensor"),
        ({"embeddings": ROWS.astype(np.float32)}, "not a table of float16"),
        ({"embeddings": ROWS[:3]}, "belong to different models"),
    ],
)
def test_a_table_of_another_kind_is_refused(
    folder: Path, tensors: dict[str, np.ndarray], said: str
) -> None:
    save_file(tensors, folder / "model.safetensors")
    with pytest.raises(ModelError, match=said):
        StaticEmbedder.load(folder)


def test_a_cut_file_is_refused(folder: Path) -> None:
    whole = (folder / "model.safetensors").read_bytes()
    (folder / "model.safetensors").write_bytes(whole[:-2])
    with pytest.raises(ModelError, match="cut short"):
        StaticEmbedder.load(folder)


def test_the_bundled_folder_is_at_most_40_megabytes() -> None:
    assert sum(path.stat().st_size for path in BUNDLED_FOLDER.iterdir()) <= 40_000_000


@pytest.mark.slow
def test_sentence_transformers_gives_the_same_unit_vectors(bundled: StaticEmbedder) -> None:
    sentence_transformers = pytest.importorskip("sentence_transformers")
    model = sentence_transformers.SentenceTransformer(str(BUNDLED_FOLDER), device="cpu")
    texts = [
        "وقالت الحكومةُ إنّ 12,500 شخصٍ «غادروا» المدينة؟",
        "The U.S. government said that 12,500 people left the city.",
        "ﷺ و ٢٠١٨ — مجلسالأمن",
        "it's 😀 漢字 naïve Ångström",
    ]
    theirs = unit(np.asarray(model.encode(texts), dtype=np.float32))
    np.testing.assert_allclose(unit(bundled.embed(texts)), theirs, atol=4e-3)


def test_model2vec_gives_the_same_direction(bundled: StaticEmbedder) -> None:
    model2vec = pytest.importorskip("model2vec")
    model = model2vec.StaticModel.from_pretrained(BUNDLED_FOLDER)
    texts = ["وقالت الحكومةُ إنّ 12,500 شخصٍ «غادروا» المدينة؟", "The U.S. said: it's over!", "😀"]
    theirs = np.asarray(model.encode(texts), dtype=np.float32)
    np.testing.assert_allclose(unit(theirs), unit(bundled.embed(texts)), atol=4e-3)


@pytest.mark.parametrize("text", ["UN", "U.S.", "(UK", "non-UK", "The EU."])
def test_an_abbreviation_that_is_written_out_may_end_a_text(text: str) -> None:
    embedder = StaticEmbedder.load()
    words = embedder.words([text])
    np.testing.assert_allclose(
        words.vectors[words.rows].sum(axis=0), embedder.embed([text])[0], atol=1e-3
    )
    assert (words.spans <= len(text)).all()
