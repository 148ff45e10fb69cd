"""Reading and cleaning the corpus: what is kept out, and why."""

import gzip
from pathlib import Path

import pytest

from training import corpus, heldout
from training.benchmark import Guard, words

KNOWN = [
    "وقال الوزير إن الحكومة سترفع أسعار الوقود بنسبة 20 بالمئة مطلع العام المقبل.",
    "The minister said that the government would raise fuel prices by 20 per cent next year.",
    "Tom went home.",
    "Yes",
]


@pytest.mark.parametrize(
    "text",
    [
        "Tom went home!",
        "home went Tom",
        "TOM  WENT HOME",
        "وقالَ الوزيرُ إنّ الحكومةَ سترفعُ اسعار الوقود بنسبة ٢٠ بالمئة مطلع العام المقبل",
        "Yesterday the minister said that the government would raise fuel prices by 20 per cent.",
        "He wrote: the government would raise fuel prices by 20 per cent next year, and then left.",
    ],
)
def test_a_benchmark_text_is_known_in_other_clothes(text: str) -> None:
    assert Guard(KNOWN).knows(text)


@pytest.mark.parametrize(
    "text", ["Tom went to school.", "Yes", "The minister went home.", "سترفع الحكومة أسعار الخبز"]
)
def test_a_text_that_only_shares_words_is_not(text: str) -> None:
    assert not Guard(KNOWN).knows(text)


def test_every_text_of_a_benchmark_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "few.en.txt").write_text("The cat sat there\nA dog ran by\n", "utf-8")
    (tmp_path / "docs.jsonl").write_text('{"x": [["one two three"]], "n": 1}\n', "utf-8")
    guard = Guard.of_folder(tmp_path)
    assert len(guard) == 3
    assert guard.knows("three, two, one")


def test_words_are_what_a_retyped_copy_shares() -> None:
    assert words("٢٠١٨ — الحُكومـة «أعلنت»!") == words("2018 الحكومة اعلنت")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("<b>Open</b> the [file](a.md) at https://x.org/y", "Open the file at"),
        ("%s files in {name} &amp; more", "files in & more"),
        ("  **Note**   #1 ", "Note 1"),
    ],
)
def test_mark_up_goes_and_words_stay(given: str, kept: str) -> None:
    assert corpus.clean(given) == kept


@pytest.mark.parametrize(
    ("ar", "en", "fault"),
    [
        ("مرحبا بكم", "Welcome", None),
        ("123", "123", "no letters"),
        ("Hello there", "Hello there", "Arabic side in another script"),
        ("مرحبا", "مرحبا", "English side in another script"),
        ("نعم", "Yes, and much more than anybody here could say", "lengths do not belong together"),
    ],
)
def test_a_pair_in_the_wrong_language_or_length_is_named(
    ar: str, en: str, fault: str | None
) -> None:
    assert corpus.fault(ar, en) == fault


@pytest.fixture
def small_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    def write(path: str, rows: list[tuple[str, ...]]) -> None:
        file = tmp_path / "corpus" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        with gzip.open(file, "wt", encoding="utf-8") as out:
            out.writelines("\t".join(row) + "\n" for row in rows)

    write(
        "text/open/stories.tsv.gz",
        [
            ("one", "0", "كان هناك ولد صغير", "There was a little boy"),
            ("one", "1", "كان هناك 5 أولاد", "There were 5 boys"),
            ("one", "2", "كان هناك 6 أولاد", "There were 6 boys"),
            ("two", "0", "ذهب توم إلى البيت", "Tom went home."),
            ("kept out", "3", "هذه جملة من وثيقة محجوزة", "This line is held out"),
            ("three", "9", "هذه نسخة أخرى", "This line is held out"),
        ],
    )
    for name in corpus.LEXICAL:
        write(f"lexical/{name}.tsv.gz", [("list", "كتاب", "book")])
    spans = [heldout.Span("stories", "kept out", 0, 9, "stories", 1)]
    monkeypatch.setattr(heldout, "read", lambda: spans)
    (tmp_path / "eval").mkdir()
    (tmp_path / "eval" / "set.en.txt").write_text("Tom went home!\n", encoding="utf-8")
    return tmp_path


def test_what_is_dropped_is_counted_by_reason(small_corpus: Path) -> None:
    kept = corpus.gather(small_corpus / "corpus", small_corpus / "eval")
    assert [pair.en for pair in kept.pairs] == [
        "There was a little boy",
        "There were 5 boys",
        "book",
    ]
    assert dict(kept.dropped["stories"]) == {
        "read": 6,
        "kept": 2,
        "repeated": 1,
        "stands in the benchmark": 1,
        "held out": 2,
    }


def test_a_source_can_be_left_out(small_corpus: Path) -> None:
    where = small_corpus / "corpus", small_corpus / "eval"
    kept = corpus.gather(*where, without=frozenset({"stories"}))
    assert [pair.en for pair in kept.pairs] == ["book"]
    assert dict(kept.dropped["stories"]) == {"read": 6, "source left out": 6}
    # What stands in another source too stays.
    both = corpus.Pair("lexical-ui", "list|other", 0, "كتاب", "book")
    assert corpus.named_sources(both) == {"list", "other"}
    with pytest.raises(ValueError, match=r"from storeys; .*SOURCES.tsv"):
        corpus.gather(*where, without=frozenset({"storeys"}))


def test_the_held_out_list_is_of_every_kind_and_in_order() -> None:
    spans = heldout.read()
    assert len(spans) >= 400
    assert len({span.kind for span in spans}) >= 15
    assert all(span.first <= span.last and span.pairs >= 12 for span in spans)


def test_the_two_dialects_of_one_source_are_held_out_at_different_places() -> None:
    places = {
        side: {span.first for span in heldout.read() if span.source == f"nllb-seed-{side}_Arab"}
        for side in ("ary", "arz")
    }
    assert not places["ary"] & places["arz"]
