"""Every report says the same thing in the same words, and accuses nobody."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from aligner.bitext import Bead, Comparison, Divergence, DivergenceKind, PairKind
from aligner.export import EXPORTERS
from aligner.report import wording
from tests.comparisons import AR, EN, article, comparison, library


@pytest.mark.parametrize("kind", PairKind)
def test_only_of_translations_is_it_said_that_something_was_left_out(kind: PairKind) -> None:
    pair = replace(library().pair, kind=kind)
    said = wording.gaps_heading(pair) + wording.gaps_meaning(pair)
    assert ("left out" in said) is kind.is_translation


def test_what_stands_on_one_side_is_counted_by_its_size() -> None:
    assert wording.gap_counts(library(), AR) == "1 paragraph, 1 clause"
    assert wording.gap_counts(library(), EN) == "1 sentence"
    none = replace(library(), divergences=())
    assert wording.gap_counts(none, AR) == "nothing"


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.0, "0%"), (0.0001, "1%"), (0.5, "50%"), (0.9999, "99%"), (1.0, "100%")],
)
def test_only_all_is_a_hundred_per_cent_and_only_nothing_is_none(share: float, said: str) -> None:
    assert wording.percent(share) == said


@pytest.mark.parametrize(
    ("least", "said"), [(0.995, "99.5%"), (0.9, "90%"), (0.07, "7%"), (1.0, "100%")]
)
def test_a_least_probability_is_told_as_it_was_asked_for(least: float, said: str) -> None:
    told = wording.not_shown(library().at_least(least))
    assert told == f"Differences less than {said} sure are not shown."


def test_of_two_least_probabilities_the_greater_counts() -> None:
    assert library().at_least(0.9).at_least(0.5) == library().at_least(0.9)
    assert library().at_least(0.5).at_least(0.9) == library().at_least(0.9)


@pytest.mark.parametrize("name", ["text", "html", "markdown", "docx"])
def test_every_report_says_that_it_does_not_show_all_but_only_then(name: str) -> None:
    told = {least: _words(name, library().at_least(least)) for least in (0.0, 0.995)}
    assert told[0.995].count("Differences less than 99.5% sure are not shown.") == 1
    assert "sure are not shown" not in told[0.0]


def _words(name: str, made: Comparison) -> str:
    rendered = EXPORTERS[name].render(made) if name != "docx" else _word_document(made)
    return str(rendered)


def _word_document(made: Comparison) -> str:
    docx = pytest.importorskip("docx", reason="needs the extra 'office'")
    rendered = EXPORTERS["docx"].render(made)
    assert isinstance(rendered, bytes)
    return "\n".join(p.text for p in docx.Document(io.BytesIO(rendered)).paragraphs)


@pytest.mark.parametrize(
    ("sentences", "said"),
    [
        ((0,), "paragraph 1"),
        ((1,), "paragraph 2, sentence 1"),
        ((2, 3), "paragraph 2, sentences 2 and 3"),
        ((1, 2, 3), "paragraph 2"),
        ((3, 4), "paragraphs 2 and 3"),
        ((0, 1, 4), "paragraphs 1 to 3"),
        ((), ""),
    ],
)
def test_sentences_are_placed_by_paragraph(sentences: tuple[int, ...], said: str) -> None:
    text = article(EN, [["a"], ["b", "c", "d"], ["e"]])
    assert wording.sentences_place(text, sentences) == said


def test_the_number_beside_a_sentence_is_its_paragraphs() -> None:
    text = article(EN, [["a"], ["b", "c"]])
    assert [wording.sentence_label(text, i) for i in range(3)] == ["1", "2.1", "2.2"]


def test_where_something_stands_is_said_once() -> None:
    text, other = article(AR, [["أ.", "ب.", "ج."]]), article(EN, [["a.", "c."]])
    sentence = Divergence(DivergenceKind.SENTENCE, AR, 0, (1,), 0.9)
    clause = Divergence(DivergenceKind.CLAUSE, AR, 0, (1,), 0.9, span=(3, 4))
    made = comparison(text, other, [], [sentence, clause])
    assert [wording.in_the_list(made, d)[0] for d in made.divergences] == [
        "paragraph 1, sentence 2",
        "clause in paragraph 1, sentence 2",
    ]


def test_a_moved_passage_is_told_with_its_other_place() -> None:
    made = library()
    moved = next(d for d in made.divergences if d.kind == "moved")
    assert wording.in_the_list(made, moved) == [
        "Arabic paragraph 4",
        "in the English it stands at paragraph 2",
        "91% sure",
    ]


def test_bead_sizes_are_told_in_words() -> None:
    assert (
        wording.bead_sizes(Bead((1,), (4, 5), 0.9, 0.9))
        == "1 Arabic sentence stands for 2 English sentences"
    )


def test_a_report_does_not_tell_the_folders_of_its_files() -> None:
    for name in ("/home/me/secret/a.txt", r"C:\secret\a.txt", "a.txt"):
        assert wording.short_name(article(AR, [["a"]], name=name)) == "a.txt"
    web = article(AR, [["a"]], name="https://example.org/ar/1")
    assert wording.short_name(web) == "https://example.org/ar/1"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("/home/me/crawl.jsonl#7/a", "crawl.jsonl#7/a"),
        ("/home/me/crawl.jsonl#https://example.org/a", "crawl.jsonl#https://example.org/a"),
        ("C:\\me\\crawl.json#7", "crawl.json#7"),
        ("https://example.org/a.json#b/c", "https://example.org/a.json#b/c"),
        ("/home/me/#1/a.txt", "a.txt"),
        ("", ""),
    ],
)
def test_without_its_folders_an_article_of_a_pile_keeps_its_id(name: str, told: str) -> None:
    assert wording.without_folders(name) == told


def test_without_evidence_the_shares_are_told() -> None:
    pair = comparison(article(AR, [["a"]]), article(EN, [["b"]]), []).pair
    assert wording.because(pair) == (
        "80% of the Arabic and 90% of the English text has a counterpart."
    )


def test_what_was_set_apart_is_counted_by_side() -> None:
    said = "Set apart as not part of the article: "
    assert wording.set_apart({AR: 1, EN: 14}) == f"{said}1 Arabic and 14 English paragraphs"
    assert wording.set_apart({AR: 0, EN: 1}) == f"{said}1 English paragraph"
    assert wording.set_apart({AR: 0, EN: 0}) == ""
