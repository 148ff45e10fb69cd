"""Articles with site clutter around and inside them, to fit `aligner.ingest.boilerplate` on.

The prose comes from the corpus (never committed), the clutter from `boilerplate_lines.toml`, which
is ours. Every page knows which of its paragraphs are clutter; with which sentences a first
alignment would have linked is drawn by lot, at rates seen on the held-out documents.
"""

import gzip
import random
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aligner.text import Article, Language, Paragraph, Sentence

LINES = Path(__file__).with_name("boilerplate_lines.toml")
PROSE = {  # source: how often a page takes its prose from it
    "nllb-seed-ary_Arab": 8,
    "opensource-guide": 2,
    "owasp-top10": 1,
    "african-storybook": 1,
    "freecodecamp-guide": 2,
    "msbeg-Security-101": 1,
}
SPOKEN = "tatoeba-khaled5321"  # everyday sentences: what people in an article say
# Rates at which paragraphs find a counterpart in a first alignment.
LINKED_CONTENT = 0.94
LINKED_ONLY_HERE = 0.06
LINKED_CLUTTER = 0.06
LINKED_LABEL = 0.75  # content of so few words has little to be found by
LABEL_WORDS = 3
LATE_INSIDE = 0.3
QUOTING = 0.12  # of the headlines have something in quotation marks
LIST = 0.1  # of the pages have one in their prose
SHORT_LINES = 0.04  # of the pages are verse, talk, steps or the articles of a law
MARKS = ["", "", "- ", "• ", "* ", "– "]  # before the items of a list
PAGE_TITLE = 0.2  # of the pages have their title above the headline once more


@dataclass(frozen=True)
class Page:
    """One side of a made pair. `clutter`, `linked` and `line`: one entry for each paragraph."""

    article: Article
    clutter: tuple[bool, ...]
    linked: tuple[float, ...]
    line: tuple[
        str, ...
    ]  # the clutter line it was made from, to leave lines out by; "" for content


class Lines:
    """The clutter lines and slots of one language; `keep` leaves lines out."""

    def __init__(self, language: Language, fold: int | None = None, folds: int = 4) -> None:
        table: dict[str, Any] = tomllib.loads(LINES.read_text(encoding="utf-8"))
        self.slots = {k: v.split("|") for k, v in table["slots"][language].items()}
        self.content = {k: _cut(v) for k, v in table[language]["content"].items()}
        self.where: dict[str, list[list[list[str]]]] = {}
        for where in ("before", "inside", "after"):
            kinds = []
            for kind, text in table[language][where].items():
                units = (
                    [_cut(group) for group in text.split("---\n")]
                    if kind == "groups"
                    else [[line] for line in _cut(text)]
                )
                kinds.append([u for n, u in enumerate(units) if fold is None or n % folds != fold])
            self.where[where] = kinds


def _cut(text: str) -> list[str]:
    return [line for line in text.strip().splitlines() if line.strip()]


def prose(corpus: Path, language: Language) -> dict[str, list[list[str]]]:
    """Sentences of each source, document by document, in reading order."""
    column = 2 if language is Language.AR else 3
    result: dict[str, list[list[str]]] = {}
    for source in (*PROSE, SPOKEN):
        documents: dict[str, list[str]] = defaultdict(list)
        with gzip.open(corpus / "text" / "open" / f"{source}.tsv.gz", "rt", encoding="utf-8") as f:
            for line in f:
                fields = line.rstrip("\n").split("\t")
                text = fields[column].strip()
                if text and re.search(r"[.!?؟»”\"]$", text) and not re.search(r"[{}<>`|_=]", text):
                    documents[fields[0]].append(text)
        result[source] = [d for d in documents.values() if len(d) >= 6]
    return result


def pages(
    corpus: Path, language: Language, number: int, *, seed: int, fold: int | None = None
) -> Iterator[Page]:
    """Make that many pages; `fold` 0 to 3 leaves every fourth line of clutter out."""
    chance = random.Random(f"{seed}/{language}")
    lines = Lines(language, fold)
    text = prose(corpus, language)
    for _ in range(number):
        yield _Maker(language, lines, text, chance).page()


class _Maker:
    def __init__(
        self,
        language: Language,
        lines: Lines,
        text: dict[str, list[list[str]]],
        chance: random.Random,
    ) -> None:
        self.language, self.lines, self.text, self.chance = language, lines, text, chance
        self.semicolon = "؛" if language is Language.AR else ";"
        self.title = self.headline()

    def sentences(self, number: int) -> list[str]:
        source = self.chance.choices(list(PROSE), list(PROSE.values()))[0]
        document = self.chance.choice(self.text[source])
        start = self.chance.randrange(max(1, len(document) - number))
        return document[start : start + number]

    def headline(self) -> str:
        """One of our own, or a short sentence that lost its full stop; some quote a few words."""
        line = self.plain_headline()
        words = line.split()
        if len(words) < 5 or self.chance.random() >= QUOTING:
            return line
        first = self.chance.randint(0, len(words) - 3)
        last = first + self.chance.randint(1, 2)
        words[first], words[last] = '"' + words[first], words[last] + '"'
        return " ".join(words)

    def plain_headline(self) -> str:
        if self.chance.random() < 0.12:
            return self.slots(self.chance.choice(self.lines.content["labelled"]))
        if self.chance.random() < 0.5:
            return self.chance.choice(self.lines.content["headlines"])
        for _ in range(20):
            sentence = self.sentences(1)[0].rstrip(".")
            if 4 <= len(sentence.split()) <= 22 and not re.search(r"[.!?؟]", sentence):
                return sentence
        return self.chance.choice(self.lines.content["headlines"])

    def slots(self, line: str, **more: str) -> str:
        """The line with something in its slots."""
        number = str(self.chance.choice([1, 2, 3, 5, 12, 40, 251, 2020, 2023]))
        time = f"{self.chance.randint(0, 23):02}:{self.chance.randint(0, 59):02}"
        known = {"n": number, "time": time, **more}
        for slot in re.findall(r"\{(\w+)\}", line):
            value = known.get(slot) or self.chance.choice(self.lines.slots[slot])
            line = line.replace("{" + slot + "}", value, 1)
        return line

    def fill(self, line: str) -> str:
        """The line of clutter as one page has it."""
        lead = " ".join(self.sentences(1)[0].split()[: self.chance.randint(8, 20)])
        lead += self.chance.choice([" …", "…", "...", " ..."])
        line = self.slots(line, title=self.title, other=self.headline(), lead=lead)
        turn = 1.0 if line == self.title else self.chance.random()
        if turn < 0.04:
            line = self.chance.choice(["• ", "- ", "» ", "* "]) + line
        elif turn < 0.07:
            line = line.upper()
        elif turn < 0.10 and self.language is Language.AR:
            line = line.translate(
                {ord(d): a for d, a in zip("0123456789", "٠١٢٣٤٥٦٧٨٩", strict=True)}
            )
        return line

    def clutter(self, where: str, number: int) -> list[tuple[str, str]]:
        """About that many (text, line it is made from)."""
        kinds = [k for k in self.lines.where[where] if k]
        result: list[tuple[str, str]] = []
        while len(result) < number:
            kind = self.chance.choices(kinds, [len(k) ** 0.5 for k in kinds])[0]
            result += [(self.fill(line), line) for line in self.chance.choice(kind)]
        return result

    def short(self) -> str:
        """A few words: an everyday sentence, or the beginning of one of prose, without a stop."""
        if self.chance.random() < 0.5:
            return self.chance.choice(self.text[SPOKEN][0]).rstrip(".")
        words = self.sentences(1)[0].split()[: self.chance.randint(1, 7)]
        return " ".join(words).rstrip(".:;,،؛")

    def items(self, number: int) -> list[str]:
        """A list, each item with its mark or number and closed in the same way."""
        mark, close = (
            self.chance.choice([*MARKS, "1. ", "1) "]),
            self.chance.choice(["", "", ".", ";"]),
        )
        close = "؛" if close == ";" and self.language is Language.AR else close
        return [
            mark.replace("1", str(n + 1)) + self.short().rstrip("؟?!") + close
            for n in range(number)
        ]

    def short_lines(self) -> list[str]:
        """Content that has no prose: verse, turns of a talk, steps, a law with short articles."""
        chance, number = self.chance, self.chance.randint(4, 24)
        if chance.random() < 0.3:
            heading = chance.choice(self.lines.content["parts"])
            close = chance.choice([".", ".", self.semicolon])
            law = []
            for n in range(1, number // 2 + 2):
                law += [self.slots(heading, n=str(n)), self.sentences(1)[0].rstrip(".") + close]
            return law
        if chance.random() < 0.5:
            return self.items(number)
        return [chance.choice(self.text[SPOKEN][0]) for _ in range(number)]

    def body(self) -> list[str]:
        content, chance = self.lines.content, self.chance
        if chance.random() < SHORT_LINES:
            return self.short_lines()
        sentences = self.sentences(chance.randint(3, 30))
        result: list[str] = []
        if chance.random() < 0.12:  # a box of facts
            facts = chance.sample(content["facts"], chance.randint(2, 7))
            result += [self.slots(line) for line in facts]
        while sentences:
            n = chance.choice([1, 1, 1, 2, 2, 3])
            result.append(" ".join(sentences[:n]))
            sentences = sentences[n:]
            if sentences and chance.random() < 0.12:
                # Of a part and of its first chapter, and the same in every part.
                result += chance.sample(content["subheadings"], chance.choice([1, 1, 1, 1, 2]))
            elif sentences and chance.random() < 0.04:  # one that is a small headline
                result.append(self.headline())
            if chance.random() < 0.07:
                result.append(chance.choice(content["quotations"]))
            if chance.random() < 0.14:  # a short sentence, or the end of a quotation
                result.append(
                    chance.choice(self.text[SPOKEN][0]) + chance.choice(["", "", '"', "»"])
                )
            if sentences and chance.random() < 0.04:  # facts
                facts = chance.sample(content["facts"], chance.randint(1, 4))
                result += [self.slots(line) for line in facts]
        if chance.random() < LIST:
            at = chance.randint(1, len(result))
            result[at - 1] = result[at - 1].rstrip(".!?؟") + ":"
            result[at:at] = self.items(chance.randint(2, 9))
        if chance.random() < 0.3:
            result.append(chance.choice(content["closing"]))
        if chance.random() < 0.15:
            result += [self.headline() for _ in range(chance.randint(1, 3))]
        return result

    def page(self) -> Page:
        chance = self.chance
        rows: list[tuple[str, bool, str]] = []
        dressed = chance.random() < 0.75
        before = self.clutter("before", chance.randint(0, 5)) if dressed else []
        titled = chance.random() < 0.85
        if dressed and titled and chance.random() < PAGE_TITLE:
            before.insert(0, (self.title, "{title}"))
        at = chance.randint(0, len(before))
        # A bare title is the page's only where the article's own follows.
        rows += [(t, True, line) for t, line in before[:at] if titled or line != "{title}"]
        if titled:
            rows.append((self.title, False, ""))
        rows += [(t, True, line) for t, line in before[at:] if line != "{title}"]
        body: list[tuple[str, bool, str]] = [(t, False, "") for t in self.body()]
        if dressed and chance.random() < 0.4:
            for text, line in self.clutter("inside", chance.randint(1, 3)):
                # Often before the last paragraph or two: that the rest is content must be seen.
                least = max(1, len(body) - 2) if chance.random() < LATE_INSIDE else 1
                body.insert(chance.randint(least, len(body)), (text, True, line))
        rows += body
        if dressed:
            rows += [(t, True, line) for t, line in self.clutter("after", chance.randint(1, 16))]
        return Page(
            article=Article(
                self.language,
                tuple(Paragraph(t, n + 1, (Sentence(t, 0),)) for n, (t, _, _) in enumerate(rows)),
            ),
            clutter=tuple(c for _, c, _ in rows),
            linked=self.links([(t, c) for t, c, _ in rows]),
            line=tuple(line for _, _, line in rows),
        )

    def links(self, rows: list[tuple[str, bool]]) -> tuple[float, ...]:
        """What a first alignment might have linked; content in one version only stands in runs."""
        chance, result, only_here = self.chance, [], False
        loss = chance.choice([0.0, 0.05, 0.15, 0.3])  # some pairs have lost more than others
        for n, (text, clutter) in enumerate(rows):
            last = n + 1 == len(rows) or rows[n + 1][1]
            only_here = not clutter and chance.random() < (
                0.5 if only_here else 0.25 if last and n else loss
            )
            found = LINKED_LABEL if len(text.split()) <= LABEL_WORDS else LINKED_CONTENT
            rate = LINKED_CLUTTER if clutter else LINKED_ONLY_HERE if only_here else found
            # Of a paragraph of several sentences a part may be linked.
            parts = max(1, text.count(". ") + 1)
            result.append(sum(chance.random() < rate for _ in range(parts)) / parts)
        return tuple(result)
