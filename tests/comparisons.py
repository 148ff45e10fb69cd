"""Comparisons made by hand, for the tests of reports and exports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from aligner.bitext import (
    Alignment,
    ArticlePair,
    Bead,
    Comparison,
    Divergence,
    DivergenceKind,
    PairKind,
)
from aligner.text import Article, Language, Paragraph, Sentence

AR, EN = Language.AR, Language.EN
SIGNATURE = "aligner 0.1.0 | segment:rules-1 | embed:bundled-1 | align:beads-1"


def article(
    language: Language,
    paragraphs: Sequence[Sequence[str]],
    *,
    clutter: Sequence[int] = (),
    **fields,
) -> Article:
    """An article from its sentences; those of a paragraph are joined by a space."""
    made = []
    for number, sentences in enumerate(paragraphs):
        texts = [*(f"{s} " for s in sentences[:-1]), *sentences[-1:]]
        tiles, start = [], 0
        for text in texts:
            tiles.append(Sentence(text, start))
            start += len(text)
        made.append(
            Paragraph("".join(texts), 2 * number + 1, tuple(tiles), boilerplate=number in clutter)
        )
    return Article(language, tuple(made), **fields)


def comparison(
    ar: Article,
    en: Article,
    beads: Sequence[Bead],
    divergences: Sequence[Divergence] = (),
    kind: PairKind = PairKind.NOISY_PARALLEL,
    shares: tuple[float, float] = (0.8, 0.9),
    evidence: str = "",
) -> Comparison:
    return Comparison(
        ArticlePair(ar, en, kind, *shares, evidence),
        Alignment(tuple(beads)),
        tuple(divergences),
        SIGNATURE,
    )


def span_of(article: Article, paragraph: int, words: str) -> tuple[int, int]:
    """Where these words stand in the paragraph."""
    start = article.paragraphs[paragraph].text.index(words)
    return start, start + len(words)


def library() -> Comparison:
    """The opening of a library, with one of everything that a report can show."""
    ar = article(
        AR,
        [
            ["الرئيسية / محليات"],
            ["بلدية الميناء تفتتح مكتبة «على البحر»"],
            [
                "افتتحت بلدية الميناء، يوم الثلاثاء، مكتبةً عامةً تضم ٣٬٥٠٠ كتاب.",
                "وقال رئيس البلدية سامي الحداد إن المبنى كلّف 1.2 مليون دولار، "
                "وإن الأهالي تبرعوا بنصف الكتب.",
            ],
            ["وأضاف الحداد: «هذا البيت لكم، فادخلوه آمنين»."],
            [
                "ويعود تاريخ المبنى إلى عام 1932، حين كان مخزناً للحبوب تديره شركة "
                "Levant Trading Co. البريطانية."
            ],
            [
                "وتفتح المكتبة أبوابها يومياً من التاسعة صباحاً.",
                "والدخول مجاني لطلاب المدارس.",
            ],
            ["واعترض صيادون على إغلاق الرصيف القديم، وقالوا إن أحداً لم يستشرهم."],
            ["اقرأ أيضاً: مهرجان الصيف يعود"],
        ],
        clutter=(0, 7),
        name="news/ar/library.txt",
        title="بلدية الميناء تفتتح مكتبة «على البحر»",
        date=dt.date(2023, 5, 16),
        outlet="صحيفة المرفأ",
        url="https://example.org/ar/library",
        notes=("a paragraph per line",),
    )
    en = article(
        EN,
        [
            ["Al-Mina opens a library “by the sea”"],
            ["“This house is yours; enter it in peace,” said mayor Sami al-Haddad."],
            ["The town of Al-Mina opened a public library of 5,300 books on Tuesday."],
            ["The building cost $1.2 million, the mayor said."],
            ["It dates from 1932, when it was a granary run by the British Levant Trading Co."],
            ["The library is open daily from nine in the morning, and school children enter free."],
            ["A café is to follow next year."],
            ["Share this article on Facebook"],
            ["© 2023 The Harbour Paper. All rights reserved."],
        ],
        clutter=(7, 8),
        name="news/en/library.txt",
        title="Al-Mina opens a library “by the sea”",
    )
    beads = [
        Bead((1,), (0,), 0.91, 0.99),
        Bead((2,), (2,), 0.83, 0.97),
        Bead((3,), (3,), 0.71, 0.93),
        Bead((4,), (1,), 0.77, 0.91, moved=True),
        Bead((5,), (4,), 0.42, 0.44),
        Bead((6, 7), (5,), 0.8, 0.96),
        Bead((8,), (), None, 0.98),
        Bead((), (6,), None, 0.88),
    ]
    divergences = [
        Divergence(DivergenceKind.PARAGRAPH, AR, 6, (8,), 0.98),
        Divergence(DivergenceKind.SENTENCE, EN, 6, (6,), 0.88),
        Divergence(
            DivergenceKind.CLAUSE,
            AR,
            2,
            (3,),
            0.81,
            span=span_of(ar, 2, "وإن الأهالي تبرعوا بنصف الكتب"),
            other=(3,),
        ),
        Divergence(
            DivergenceKind.NUMBER,
            AR,
            2,
            (2,),
            0.95,
            span=span_of(ar, 2, "٣٬٥٠٠"),
            other=(2,),
            other_span=span_of(en, 2, "5,300"),
            detail="3,500 here, 5,300 in the English",
        ),
        Divergence(DivergenceKind.MOVED, AR, 3, (4,), 0.91, other=(1,)),
    ]
    return comparison(
        ar,
        en,
        beads,
        divergences,
        evidence="80% of the Arabic and 90% of the English text has a counterpart",
    )
