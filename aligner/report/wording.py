"""The words in which every report tells the same thing.

Reports count from 1, as readers do. We flag, we do not accuse: only of two texts that look like
translations is it said that something was left out, and never by whom.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePosixPath, PureWindowsPath

from aligner.bitext import ArticlePair, Bead, Comparison, Divergence, DivergenceKind, PairKind
from aligner.report.layout import ONE_SIDED, sentences_of
from aligner.text import Article, Language

_VERDICTS = {
    PairKind.PARALLEL: "The two look like translations of one text.",
    PairKind.NOISY_PARALLEL: "The two look like translations of one text, with parts cut or added.",
    PairKind.COMPARABLE: "The two look like separate texts about the same thing.",
    PairKind.UNRELATED: "The two hardly look like versions of one text.",
}

_IN_PILE = re.compile(r"(?<=\.jsonl)#|(?<=\.ndjson)#|(?<=\.json)#")  # crawl.jsonl#7f3a

UNSURE = 0.5  # probability below which a bead is marked as one to check


def verdict(pair: ArticlePair) -> str:
    """What kind of pair it looks like, in a sentence."""
    return _VERDICTS[pair.kind]


def gaps_heading(pair: ArticlePair) -> str:
    return "Left out or added" if pair.kind.is_translation else "In one version only"


def gaps_meaning(pair: ArticlePair) -> str:
    """What a gap in such a pair means, and what it does not."""
    if pair.kind.is_translation:
        return "What one version lacks was left out of it, or added to the other."
    return "What only one of them says is a difference between two texts, not an omission."


def not_shown(comparison: Comparison) -> str:
    """That less sure differences were left out, in a sentence; "" where none were."""
    if not comparison.least_probability:
        return ""
    # In full: that 99.5% is not 99% is why it was asked for.
    return f"Differences less than {comparison.least_probability * 100:.10g}% sure are not shown."


def because(pair: ArticlePair) -> str:
    """Why it is taken for this kind, or else how much of either text has a counterpart."""
    evidence = pair.evidence.strip() or (
        f"{percent(pair.aligned_share_ar)} of the Arabic and {percent(pair.aligned_share_en)} "
        "of the English text has a counterpart"
    )
    return evidence if evidence.endswith((".", "!", "?")) else f"{evidence}."


def percent(share: float) -> str:
    """A share of 0 to 1 as a whole per cent; only all of it is 100%, only nothing 0%."""
    if 0.0 < share < 1.0:
        share = min(max(share, 0.01), 0.99)
    return f"{share * 100:.0f}%"


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def only_in(side: Language) -> str:
    return f"In the {side.label} only"


def gap_counts(comparison: Comparison, side: Language) -> str:
    """How much stands in this version only: `2 paragraphs, 1 clause`, or `nothing`."""
    counts = Counter(d.kind for d in comparison.only_in(side))
    return ", ".join(counted(counts[k], k.value) for k in ONE_SIDED if counts[k]) or "nothing"


def place(comparison: Comparison, divergence: Divergence) -> str:
    """Where it stands: `paragraph 17`, `paragraph 3, sentence 2`."""
    article = comparison.side(divergence.side)
    if divergence.kind is DivergenceKind.PARAGRAPH:
        return f"paragraph {divergence.paragraph + 1}"
    return sentences_place(article, sentences_of(divergence, comparison))


def sentences_place(article: Article, sentences: tuple[int, ...]) -> str:
    """Sentences by paragraph: `paragraph 3, sentence 2`, `paragraphs 3 and 4`.

    A sentence that is its whole paragraph is told by the paragraph alone.
    """
    if not sentences:
        return ""
    paragraphs = sorted({article.paragraph_of[i] for i in sentences})
    if len(paragraphs) > 1:
        return "paragraphs " + _listed([p + 1 for p in paragraphs])
    numbers = article.sentence_numbers[paragraphs[0]]
    name = f"paragraph {paragraphs[0] + 1}"
    if len(sentences) == len(numbers):
        return name
    within = [i - numbers.start + 1 for i in sentences]
    return f"{name}, sentence{'s' if len(within) > 1 else ''} {_listed(within)}"


def sentence_label(article: Article, sentence: int) -> str:
    """The number beside a sentence: its paragraph's, and its own where that has several."""
    paragraph = article.paragraph_of[sentence]
    numbers = article.sentence_numbers[paragraph]
    if len(numbers) == 1:
        return str(paragraph + 1)
    return f"{paragraph + 1}.{sentence - numbers.start + 1}"


def _listed(numbers: list[int]) -> str:
    """`3`, `3 and 4`, `3 to 6`, `3, 5 and 6`."""
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return f"{numbers[0]} to {numbers[-1]}"
    *head, last = map(str, numbers)
    return f"{', '.join(head)} and {last}" if head else last


def label(divergence: Divergence) -> str:
    """The few words on a mark: `Arabic only`, `Number differs`, `Moved`."""
    if divergence.kind in ONE_SIDED:
        return f"{divergence.side.label} only"
    if divergence.kind is DivergenceKind.MOVED:
        return "Moved"
    return f"{divergence.kind.value.capitalize()} differs"


def in_the_list(comparison: Comparison, divergence: Divergence) -> list[str]:
    """What is said of a divergence where it is listed, apart from its words."""
    where = place(comparison, divergence)
    if divergence.kind is DivergenceKind.CLAUSE:
        where = f"clause in {where}"
    elif divergence.kind not in ONE_SIDED:
        where = f"{divergence.side.label} {where}"
    return _said(where, moved_to(comparison, divergence), divergence)


def beside_the_text(comparison: Comparison, divergence: Divergence) -> list[str]:
    """What is said of a divergence where it stands, after its label."""
    where = ""
    if divergence.kind is DivergenceKind.CLAUSE:
        where = "the marked words"
    elif divergence.kind in ONE_SIDED:
        where = place(comparison, divergence)
    return _said(where, moved_to(comparison, divergence), divergence)


def _said(where: str, elsewhere: str, divergence: Divergence) -> list[str]:
    said = [where, elsewhere, divergence.detail, sure(divergence.probability)]
    return [words for words in said if words]


def sure(probability: float) -> str:
    return f"{percent(probability)} sure"


def moved_to(comparison: Comparison, divergence: Divergence) -> str:
    """Where a moved passage stands in the other version; "" for what has not moved."""
    if divergence.kind is not DivergenceKind.MOVED:
        return ""
    other = divergence.side.other
    where = sentences_place(comparison.side(other), divergence.other)
    return f"in the {other.label} it stands at {where}" if where else ""


def set_apart(paragraphs: dict[Language, int]) -> str:
    """How many paragraphs of either side were set apart; "" when none was."""
    some = {side.label: n for side, n in paragraphs.items() if n}
    if not some:
        return ""
    counts = " and ".join(f"{n} {label}" for label, n in some.items())
    noun = "paragraph" if list(some.values())[-1] == 1 else "paragraphs"
    return f"Set apart as not part of the article: {counts} {noun}"


def bead_sizes(bead: Bead) -> str:
    """An n–m bead in words: `1 Arabic sentence stands for 2 English sentences`."""
    ar = counted(len(bead.ar), "Arabic sentence")
    verb = "stands" if len(bead.ar) == 1 else "stand"
    return f"{ar} {verb} for {counted(len(bead.en), 'English sentence')}"


def short_name(article: Article) -> str:
    """What a report calls the article: its title, else its file's name without the folders.

    A report is sent to others, who have no business with the folders.
    """
    return article.title or file_name(article)


def file_name(article: Article) -> str:
    return without_folders(article.name)


def without_folders(name: str) -> str:
    """A file's name alone, of an article in a pile with its id; a web address stays whole."""
    file, mark, identity = name, "", ""
    if in_pile := _IN_PILE.search(name):
        file, mark, identity = name[: in_pile.start()], "#", name[in_pile.end() :]
    if "://" not in file:
        file = PureWindowsPath(PurePosixPath(file).name).name
    return f"{file}{mark}{identity}"
