"""What has no counterpart, what has moved, and what kind of pair it is: by hand-made beads."""

from __future__ import annotations

import pytest

from aligner.bitext import Alignment, Bead, DivergenceKind, PairKind
from aligner.divergence import judge, missing, moved
from aligner.text import Article, Language, Paragraph, Sentence


def article(language: Language, *paragraphs: list[str]) -> Article:
    made = []
    for line, sentences in enumerate(paragraphs, 1):
        start, tiles = 0, []
        for text in sentences:
            tiles.append(Sentence(text, start))
            start += len(text)
        made.append(Paragraph("".join(sentences), line, tuple(tiles)))
    return Article(language, tuple(made))


AR = article(Language.AR, ["أولا. ", "ثانيا."], ["ثالثا. ", "رابعا."], ["خامسا."])
EN = article(Language.EN, ["One. ", "Two."], ["Five."])


def bead(
    ar: tuple[int, ...], en: tuple[int, ...], chance: float = 0.9, moved: bool = False
) -> Bead:
    return Bead(ar, en, 0.5 if ar and en else None, chance, moved)


def test_a_paragraph_without_counterpart_is_named_once_and_not_by_its_sentences():
    beads = Alignment(
        (
            bead((0,), (0,)),
            bead((1,), (1,)),
            bead((2,), (), 0.9),
            bead((3,), (), 0.4),
            bead((4,), (2,)),
        )
    )
    (found,) = missing.find(AR, EN, beads)
    assert (found.kind, found.side, found.paragraph) == (DivergenceKind.PARAGRAPH, Language.AR, 1)
    assert found.sentences == (2, 3)
    assert found.probability == pytest.approx(0.6)


def test_a_sentence_alone_in_its_paragraph_is_named_by_itself():
    beads = Alignment(
        (bead((0,), (0,)), bead((1, 2, 3), ()), bead((4,), (2,)), bead((), (1,), 0.7))
    )
    found = missing.find(AR, EN, beads)
    named = [(d.kind, d.side, d.sentences) for d in found]
    assert (DivergenceKind.SENTENCE, Language.AR, (1,)) in named
    assert (DivergenceKind.SENTENCE, Language.EN, (1,)) in named


def test_nothing_is_missing_where_all_is_aligned():
    beads = Alignment((bead((0, 1), (0, 1)), bead((2, 3, 4), (2,))))
    assert missing.find(AR, EN, beads) == ()


def test_a_sentence_of_marks_alone_is_not_missing():
    ar = article(Language.AR, ["أولا. ", "( )"], ["* * *"], ["ثالثا. ", "— …"])
    en = article(Language.EN, ["One."])
    beads = Alignment((bead((0,), (0,)), bead((1, 2), ()), bead((3,), ()), bead((4,), ())))
    (found,) = missing.find(ar, en, beads)
    # What it stands beside is the whole paragraph.
    assert (found.kind, found.paragraph, found.sentences) == (DivergenceKind.PARAGRAPH, 2, (3,))


def test_moved_neighbours_are_one_passage():
    beads = Alignment(
        (
            bead((0,), (1,)),
            bead((1,), (2,)),
            bead((2,), (0,), moved=True),
            bead((3,), (), 0.8),
            bead((4,), ()),
        )
    )
    (found,) = moved.find(AR, EN, beads)
    assert (found.sentences, found.other, found.paragraph) == ((2,), (0,), 1)


def test_a_pair_with_all_text_aligned_is_parallel():
    beads = Alignment((bead((0, 1), (0, 1), 1.0), bead((2, 3, 4), (2,), 1.0)))
    pair = judge(AR, EN, beads)
    assert pair.kind is PairKind.PARALLEL
    assert pair.evidence.startswith("100% of the Arabic and 100% of the English text")


def test_doubtful_beads_do_not_make_a_pair():
    beads = Alignment((bead((0, 1), (0, 1), 0.1), bead((2, 3, 4), (2,), 0.1)))
    pair = judge(AR, EN, beads)
    assert pair.kind is PairKind.UNRELATED
    assert pair.evidence == (
        "100% of the Arabic and 100% of the English text has a counterpart, but doubtfully: 10% "
        "and 10% when unsure sentences count for less; at most 2 pairs of sentences follow "
        "without a gap"
    )


@pytest.mark.parametrize(
    ("sure", "kind"), [(0.75, PairKind.PARALLEL), (0.65, PairKind.NOISY_PARALLEL)]
)
def test_a_free_translation_is_parallel_unless_its_beads_are_doubtful(sure: float, kind: PairKind):
    beads = Alignment((bead((0, 1), (0, 1), sure), bead((2, 3, 4), (2,), sure)))
    assert judge(AR, EN, beads).kind is kind


def test_a_text_without_a_gap_has_a_counterpart_of_all_of_it_however_sure_the_beads():
    beads = Alignment((bead((0, 1), (0, 1), 0.95), bead((2, 3, 4), (2,), 0.9)))
    pair = judge(AR, EN, beads)
    assert (pair.aligned_share_ar, pair.aligned_share_en) == (1.0, 1.0)
    assert pair.evidence.startswith(
        "100% of the Arabic and 100% of the English text has a counterpart; at most 2 pairs"
    )


def test_the_share_in_beads_is_of_the_characters_and_never_rounded_to_all():
    ar = article(Language.AR, ["أ" * 397, "ب", "ج", "د"])
    beads = Alignment((bead((0,), (0, 1), 0.9), bead((1,), (2,)), bead((2,), ()), bead((3,), ())))
    pair = judge(ar, EN, beads)
    assert (pair.aligned_share_ar, pair.aligned_share_en) == (0.995, 1.0)
    assert pair.evidence.startswith("99% of the Arabic and 100% of the English text")


def test_a_version_with_much_of_its_own_is_noisy_parallel():
    beads = Alignment(
        (bead((0,), (0,), 1.0), bead((1,), (1,), 1.0), bead((2, 3, 4), ()), bead((), (2,)))
    )
    pair = judge(AR, EN, beads)
    assert pair.kind is PairKind.NOISY_PARALLEL
    assert pair.aligned_share_ar < pair.aligned_share_en


def told(*sentences: tuple[str, str]) -> tuple[Article, Article, Alignment]:
    """Arabic and English sentences that are aligned each with its own."""
    ar, en = (
        article(side, *([text] for text in texts))
        for side, texts in zip(Language, zip(*sentences, strict=True), strict=True)
    )
    return ar, en, Alignment(tuple(bead((n,), (n,), 1.0) for n in range(len(sentences))))


FULHAM = "ضم الهلال المهاجم ميتروفيتش من فولهام مقابل 52 مليون يورو في 19 أغسطس."


def test_the_same_story_of_other_people_and_other_figures_is_comparable():
    pair = judge(*told((FULHAM, "Ittihad signed Fabinho from Liverpool for €46m on 31 July.")))
    assert pair.kind is PairKind.COMPARABLE
    assert pair.evidence == (
        "100% of the Arabic and 100% of the English text has a counterpart, but 2 numbers in it "
        "differ, and no number and no name agrees; at most 1 pair of sentences follow without a gap"
    )


@pytest.mark.parametrize(
    "english",
    [
        # A name or a number agrees, what differs stands in words on one side, or is one number.
        "Hilal signed Mitrovic from Fulham for €46m on 31 July.",
        "Ittihad signed Fabinho from Liverpool for €46m on 19 July.",
        "Ittihad signed Fabinho from Liverpool for forty-six million on 31 July.",
        # No name that could agree.
        "the striker was signed for 46 million euros, on the 31st.",
    ],
)
def test_a_translation_with_wrong_figures_is_still_one(english: str):
    assert judge(*told((FULHAM, english))).kind is PairKind.PARALLEL


def test_a_number_that_agrees_anywhere_outweighs_those_that_differ():
    wrong = (FULHAM, "Ittihad signed Fabinho from Liverpool for €46m on 31 July.")
    assert judge(*told(wrong, ("عام 2023", "in 2023"))).kind is PairKind.PARALLEL
