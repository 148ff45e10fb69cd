"""The tokeniser's normal form and cuts, which the shipped model carries in tokenizer.json."""

import pytest

from aligner.embedding.static import BUNDLED_FOLDER

pytest.importorskip("numba", reason="training needs numba: pip install numba")

from training import tokens
from training.recipe import Recipe


def cut(text: str, *, split_al: bool = True) -> list[str]:
    normal = tokens.normalizer().normalize_str(text)
    return [word for word, _ in tokens.pre_tokenizer(split_al=split_al).pre_tokenize_str(normal)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("الكِتَابُ والكتابـــ", ["ال", "كتاب", "وال", "كتاب"]),
        ("الي الان", ["الي", "الان"]),
        ("إلى أُمّةٍ آمنة", ["الي", "امه", "امنه"]),
        ("٢٠١٨ و ۱۲٫۵", ["2018", "و", "12", ".", "5"]),
        ("12,500 or 12.500 or 12.5", ["12500", "▁or", "12500", "▁or", "12", ".", "5"]),
        ("The U.S. told us", ["▁the", "▁united", "▁states", "▁told", "▁us"]),
        ("UK's EU", ["▁united", "▁kingdom", "▁s", "▁european", "▁union"]),
        ("هل؟ «نعم»،", ["هل", "?", '"', "نعم", '"', ","]),
        ("علىNetflix2", ["علي", "▁netflix", "2"]),
        ("a\u200fb\x00c", ["▁ab", "▁c"]),
    ],
)
def test_one_normal_form_for_what_writers_spell_in_many_ways(text: str, words: list[str]) -> None:
    assert cut(text) == words


def test_the_bundled_tokeniser_is_the_one_that_this_code_makes() -> None:
    from tokenizers import Tokenizer

    shipped = Tokenizer.from_file(str(BUNDLED_FOLDER / "tokenizer.json"))
    text = "وقالت الحكومةُ إنّ ١٢٬٥٠٠ شخصٍ «غادروا» الـمدينة؟ It's the U.S. — naïve!"
    normal = shipped.normalizer.normalize_str(text)
    assert normal == tokens.normalizer().normalize_str(text)
    assert [word for word, _ in shipped.pre_tokenizer.pre_tokenize_str(normal)] == cut(text)


def test_a_vocabulary_keeps_frequent_words_whole_and_builds_the_rest() -> None:
    texts = [("الكتاب كبير", "the book is big"), ("كتابهم", "bookish bookworm")] * 60
    words = tokens.store(texts)
    weights = tokens.np.ones(len(texts))
    recipe = Recipe(vocabulary=330, whole_words=4, least_count=50, candidates=60)
    count = tokens.counts(words, weights)
    assert count["ال"] == 60
    assert count["كتاب"] == 60
    tokenizer = tokens.choose(count, tokens.find_pieces(count, recipe), recipe)
    assert tokenizer.get_vocab_size() <= recipe.vocabulary
    assert "▁book" in tokenizer.encode("the book").tokens
    ar, en = tokens.encode(words, tokenizer)
    assert ar.starts[-1] == len(ar.ids)
    assert len(en.starts) == len(texts) + 1
    assert en.ids[: en.starts[1]].tolist() == tokenizer.encode("the book is big").ids
