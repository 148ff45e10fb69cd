"""The whole way, with the real model, on the samples and the seed articles."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest

from aligner import samples
from aligner.bitext import Comparison
from aligner.errors import BadPair, WrongUse
from aligner.pipeline import Pipeline
from aligner.text import SIDES, Article, Language, Paragraph

NAMES = ("water", "library", "olives")


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    return Pipeline()


@pytest.fixture(scope="module")
def seed(pipeline: Pipeline, seed_pair: tuple[Path, Path]) -> Comparison:
    return pipeline.compare(*seed_pair)


def test_the_two_paragraphs_that_only_the_arabic_seed_has_are_flagged(seed: Comparison) -> None:
    paragraphs = [d for d in seed.divergences if d.kind == "paragraph"]
    assert [(d.side, d.paragraph) for d in paragraphs] == [("ar", 17), ("ar", 18)]


def test_all_clutter_of_the_seed_is_set_apart_and_nothing_else(seed: Comparison) -> None:
    clutter = {
        side: [n for n, p in enumerate(seed.side(side).paragraphs) if p.boilerplate]
        for side in SIDES
    }
    assert clutter == {"ar": [0], "en": [0, *range(17, 31)]}


def test_the_other_sixteen_paragraphs_of_the_seed_stand_one_to_one(seed: Comparison) -> None:
    linked = {
        (seed.ar.paragraph_of[i], seed.en.paragraph_of[j])
        for bead in seed.alignment
        for i in bead.ar
        for j in bead.en
    }
    assert linked == {(n, n) for n in range(1, 17)}


def test_the_clause_that_the_english_seed_lacks_is_found_to_the_letter(seed: Comparison) -> None:
    (clause,) = [d for d in seed.divergences if d.kind == "clause"]
    assert (clause.side, clause.paragraph) == ("ar", 3)
    found = seed.text_of(clause).strip("،. ")
    assert found == "فبدأت من الإمارات حتى وصلت إلى أكبر داعمي حفتر مصري وروسيا"


def test_nothing_else_in_the_seed_is_flagged(seed: Comparison) -> None:
    assert {(d.kind, d.side, d.paragraph) for d in seed.divergences} <= {
        ("paragraph", "ar", 17),
        ("paragraph", "ar", 18),
        ("clause", "ar", 3),
    }


def gold(name: str) -> dict[str, object]:
    document: dict[str, dict[str, object]] = json.loads(
        (samples.folder() / "gold.json").read_text(encoding="utf-8")
    )
    return document[name]


@pytest.mark.parametrize("name", NAMES)
def test_paragraphs_in_one_version_only_are_flagged_in_the_samples(
    pipeline: Pipeline, name: str
) -> None:
    comparison = pipeline.compare(*samples.paths(name))
    flagged: dict[str, list[int]] = {side.value: [] for side in SIDES}
    for divergence in comparison.divergences:
        if divergence.kind == "paragraph":
            flagged[divergence.side.value].append(divergence.paragraph)
    assert flagged == gold(name)["only"]


def test_a_translation_with_a_paragraph_cut_is_told_without_reserve(pipeline: Pipeline) -> None:
    evidence = pipeline.compare(*samples.paths("water")).pair.evidence
    assert evidence.startswith("88% of the Arabic and 100% of the English text has a counterpart;")


@pytest.mark.parametrize("name", NAMES)
def test_every_content_sentence_is_in_exactly_one_bead(pipeline: Pipeline, name: str) -> None:
    comparison = pipeline.compare(*samples.paths(name))
    for side in SIDES:
        in_beads = sorted(i for bead in comparison.alignment for i in bead.side(side))
        assert in_beads == list(comparison.side(side).content)


def test_a_wrong_number_is_caught_in_the_demo(pipeline: Pipeline) -> None:
    comparison = pipeline.compare(*samples.paths("water"))
    (number,) = [d for d in comparison.divergences if d.kind == "number"]
    assert "5,300" in number.detail or "5300" in number.detail


def test_a_headline_that_is_clutter_gives_way_to_the_next(pipeline: Pipeline) -> None:
    english = pipeline.prepare(samples.paths("water")[1])
    assert english.title == "New desalination plant ends years of thirst in Marsa al-Zahra"


@pytest.mark.parametrize(("ar", "en"), list(permutations(NAMES, 2)))
def test_articles_on_different_things_have_little_in_common(
    pipeline: Pipeline, ar: str, en: str
) -> None:
    pair = pipeline.compare(samples.paths(ar)[0], samples.paths(en)[1]).pair
    assert max(pair.aligned_share_ar, pair.aligned_share_en) < 0.5


def test_texts_may_be_given_as_they_are(pipeline: Pipeline) -> None:
    comparison = pipeline.compare(
        "غادرت ثلاث سفن الميناء يوم الاثنين.\nوقالت وزارة النقل إن السفن ستعود في الصيف.",
        "Three ships left the port on Monday.\n"
        "The ministry of transport said the ships would return in the summer.",
    )
    assert [b.type for b in comparison.alignment] == ["1-1", "1-1"]


def test_a_text_of_one_long_line_is_no_file_name(pipeline: Pipeline) -> None:
    ar = "افتتح الوزير محطة المياه الجديدة في المدينة يوم الثلاثاء بعد عامين من العمل. " * 3
    en = "The minister opened the new water plant in the city on Tuesday after two years. " * 3
    assert len(ar.encode()) > 255
    assert len(pipeline.compare(ar, en).ar.sentences) == 3


def test_two_texts_in_one_language_are_refused(pipeline: Pipeline) -> None:
    with pytest.raises(BadPair, match="both in English"):
        pipeline.compare("Three ships left the port.\nOne stayed.", "Ships left the port.\nYes.")


def test_articles_come_out_as_arabic_and_english_whatever_their_order(
    pipeline: Pipeline, seed_pair: tuple[Path, Path], seed: Comparison
) -> None:
    turned = pipeline.compare(*reversed(seed_pair))
    assert turned.ar.language is Language.AR
    assert turned == seed


def test_a_side_may_be_named_by_its_two_letters_and_by_nothing_else(seed: Comparison) -> None:
    assert seed.side("ar").language is Language.AR
    assert seed.only_in("en") == seed.only_in(Language.EN)
    with pytest.raises(ValueError, match="arabic"):
        seed.side("arabic")
    plain = Article("ar", (Paragraph("نص.", 1),))  # type: ignore[arg-type]
    assert plain.language is Language.AR


@pytest.mark.parametrize("model", [None, "bundled"])
def test_a_device_is_for_a_model_that_is_named(model: str | None) -> None:
    with pytest.raises(WrongUse, match="device 'bogus' is for a model that is named"):
        Pipeline(model, "bogus")
    assert Pipeline(model, "cpu").signature == Pipeline().signature
