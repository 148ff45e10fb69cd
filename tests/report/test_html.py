"""The page holds every sentence once, lets nothing in, and links to what it tells."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

import pytest
from hypothesis import given

from aligner.bitext import Bead, Comparison, Divergence, DivergenceKind, PairKind
from aligner.report import html
from aligner.report.characters import contained, visible
from tests.comparisons import AR, EN, article, comparison, library, span_of
from tests.report.strategies import comparisons

VOID = {"meta", "input", "circle", "path", "br"}
TAGS = VOID | {"html", "head", "title", "style", "body", "main", "div", "header", "footer"}
TAGS |= {"h1", "h2", "h3", "p", "a", "b", "strong", "bdi", "time", "span", "mark", "code", "svg"}
TAGS |= {"section", "ol", "ul", "li", "label", "table", "thead", "tbody", "tr", "th", "td"}
TAGS |= {"details", "summary"}


@dataclass
class Page(HTMLParser):
    """A page taken apart: its tags, and the words of every sentence."""

    source: str
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    sentences: dict[str, str] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.stack: list[tuple[str, dict[str, str | None]]] = []
        self.feed(self.source)
        self.close()
        assert self.stack == []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))
        if tag not in VOID:
            self.stack.append((tag, dict(attributes)))

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop()[0] == tag

    def handle_data(self, text: str) -> None:
        names = [a.get("class") for _, a in self.stack]
        if self.stack and self.stack[-1][0] != "style":
            self.words.append(text)
        if "al-t" in names:
            sentence = self.stack[names.index("al-t") - 1][1]["id"]
            assert sentence is not None
            self.sentences[sentence] = self.sentences.get(sentence, "") + text

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())

    @property
    def ids(self) -> list[str]:
        return [i for _, a in self.tags if (i := a.get("id"))]


@given(comparisons())
def test_every_sentence_stands_in_the_page_once(made: Comparison) -> None:
    page = Page(html.render(made))
    assert page.sentences == {
        f"{side}-{n}": contained(visible(sentence.stripped))
        for side in (AR, EN)
        for n, sentence in enumerate(made.side(side).sentences)
    }
    assert max(Counter(page.ids).values()) == 1


@given(comparisons())
def test_no_text_becomes_a_tag_or_an_address(made: Comparison) -> None:
    for fragment in (False, True):
        page = Page(html.render(made, fragment=fragment))
        assert {tag for tag, _ in page.tags} <= TAGS
        for _, attributes in page.tags:
            assert not [name for name in attributes if name.startswith("on")]
            assert "src" not in attributes
            address = attributes.get("href") or "#"
            assert address.startswith(("#", "https://example.org/"))


@given(comparisons())
def test_every_link_leads_to_a_place_in_the_page(made: Comparison) -> None:
    for fragment in (False, True):
        page = Page(html.render(made, fragment=fragment))
        links = {a["href"] for tag, a in page.tags if tag == "a" and a.get("href")}
        inner = {str(link)[1:] for link in links if str(link).startswith("#")}
        assert inner - {""} <= set(page.ids)


def hostile(text: str) -> Comparison:
    """A comparison that says the same bad thing wherever it can."""
    named = {"name": text, "title": text, "outlet": text, "url": text, "notes": (text,)}
    ar, en = article(AR, [[text], ["ب"]], **named), article(EN, [[text], ["b"]], **named)
    made = comparison(
        ar,
        en,
        [Bead((0,), (0,), 0.9, 0.9), Bead((1,), (1,), 0.9, 0.9)],
        [
            Divergence(DivergenceKind.CLAUSE, AR, 0, (0,), 0.9, (0, 9), (0,), (2, 5), text),
            Divergence(DivergenceKind.NUMBER, EN, 0, (0,), 0.9, (1, 4), (0,), (2, 5), text),
        ],
        evidence=text,
    )
    return replace(made, signature=text)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "\"><img src=x onerror='alert(1)'>",
        "</title></style><script>alert(1)</script>",
        "javascript:alert(1)",
        "&lt;b&gt; &amp; &#x27;",
        "-->]]><!--",
    ],
)
def test_hostile_words_are_shown_as_they_are(text: str) -> None:
    page = Page(html.render(hostile(text)))
    assert {tag for tag, _ in page.tags} <= TAGS
    assert page.sentences["ar-0"] == page.sentences["en-0"] == text
    assert not [a for _, a in page.tags if (a.get("href") or "").startswith("javascript")]


def test_an_override_in_a_sentence_is_closed_in_it() -> None:
    page = Page(html.render(hostile("abc\u202edefghij")))
    assert page.sentences["en-0"] == "abc\u202edefghij\u202c"
    assert "abc\u202edefghij\u202c" in "".join(page.words)


def test_the_page_asks_for_nothing_from_elsewhere() -> None:
    page = html.render(library())
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<link|@import|url\(|\ssrc=", page)


def test_each_side_has_its_language_and_direction() -> None:
    page = Page(html.render(library()))
    for tag, attributes in page.tags:
        if tag == "p" and attributes.get("class") == "al-s":
            side = str(attributes["id"])[:2]
            assert attributes["lang"] == side
            assert attributes["dir"] == {"ar": "rtl", "en": "ltr"}[side]


def test_the_summary_counts_and_links_what_stands_on_one_side() -> None:
    page = Page(html.render(library()))
    assert "In the Arabic only: 1 paragraph, 1 clause" in page.text
    assert "In the English only: 1 sentence" in page.text
    links = {a.get("href") for tag, a in page.tags if tag == "a"}
    assert {f"#d-{n}" for n in range(5)} <= links


def test_a_number_that_differs_is_marked_on_both_sides() -> None:
    page = html.render(library())
    assert '<mark class="al-fact">٣٬٥٠٠</mark>' in page
    assert '<mark class="al-fact">5,300</mark>' in page


def test_both_bars_show_what_differs_and_what_moved() -> None:
    page = html.render(library())
    bars = {
        side: re.findall(
            r'class="al-(\w+)" style',
            page.split(f'<div class="al-{side}"><div class="al-strip"')[1].split("</div>")[0],
        )
        for side in (AR, EN)
    }
    assert bars == {
        "ar": ["clutter", "matched", "fact", "clause", "moved", "matched", "gap", "clutter"],
        "en": ["matched", "moved", "fact", "matched", "gap", "clutter"],
    }


def test_marks_that_overlap_are_nested_and_lose_no_letter() -> None:
    ar = article(AR, [["كتب 35 رسالة"]])
    en = article(EN, [["He wrote"]])
    made = comparison(
        ar,
        en,
        [Bead((0,), (0,), 0.9, 0.9)],
        [
            Divergence(DivergenceKind.CLAUSE, AR, 0, (0,), 0.9, span_of(ar, 0, "كتب 35")),
            Divergence(DivergenceKind.NUMBER, AR, 0, (0,), 0.9, span_of(ar, 0, "35 رسالة")),
        ],
    )
    page = Page(html.render(made))
    assert page.sentences["ar-0"] == "كتب 35 رسالة"
    assert len([1 for tag, _ in page.tags if tag == "mark"]) == 4


def test_a_passage_of_several_rows_is_told_once() -> None:
    ar = article(AR, [["واحد.", "اثنان.", "ثلاثة."]])
    en = article(EN, [["Else."]])
    beads = [Bead((n,), (), None, 0.9) for n in range(3)]
    missing = Divergence(DivergenceKind.PARAGRAPH, AR, 0, (0, 1, 2), 0.9)
    page = Page(html.render(comparison(ar, en, [*beads, Bead((), (0,), None, 0.9)], [missing])))
    assert page.text.count("Arabic only · paragraph 1") == 1
    assert page.text.count("no counterpart in the English") == 1


def test_a_long_list_of_differences_is_folded_after_eight() -> None:
    ar, en = article(AR, [[f"جملة {n}"] for n in range(20)]), article(EN, [["Else."]])
    beads = [*(Bead((n,), (), None, 0.9) for n in range(20)), Bead((), (0,), None, 0.9)]
    missing = [Divergence(DivergenceKind.PARAGRAPH, AR, n, (n,), 0.9) for n in range(20)]
    page = html.render(comparison(ar, en, beads, missing))
    shown, folded = page.split("<summary>12 more</summary>")
    assert shown.count('<li><a href="#d-') == 8
    assert folded.count('<li><a href="#d-') == 12


def test_from_each_difference_one_can_go_to_the_next() -> None:
    page = html.render(library())
    chips = re.findall(r'<span class="al-chip.*?id="d-(\d)">.*?</span></span>', page)
    onward = re.findall(r'href="#d-(\d)" title="to the next difference"', page)
    assert chips == ["3", "2", "4", "0", "1"]
    assert onward == chips[1:]


def test_a_link_without_words_says_where_it_leads() -> None:
    page = html.render(library())
    arrows = re.findall(r"<a ([^>]*)>[↑↓]</a>", page)
    assert len(arrows) == 5 + 4
    for arrow in arrows:
        assert re.search(r'aria-label="(back to the summary|to the next difference)"', arrow)


def test_a_bead_that_may_be_wrong_is_marked_for_checking() -> None:
    assert "check 44% sure" in Page(html.render(library())).text


def test_what_was_set_apart_is_there_and_folded() -> None:
    page = html.render(library())
    folded = re.findall(r"<details>(.*?)</details>", page, re.DOTALL)
    assert len(folded) == 2
    assert "Share this article on Facebook" in folded[1]


def test_two_texts_on_one_event_are_not_called_omissions() -> None:
    made = library()
    apart = replace(made, pair=replace(made.pair, kind=PairKind.COMPARABLE))
    text = Page(html.render(apart)).text
    assert "In one version only" in text
    assert "left out" not in text.lower()


def test_a_fragment_brings_its_styles_and_ids_of_its_own() -> None:
    one = Page(html.render(library(), fragment=True))
    assert {"html", "head", "body", "main"}.isdisjoint(tag for tag, _ in one.tags)
    for other in (hostile("x"), library()):
        assert set(one.ids).isdisjoint(Page(html.render(other, fragment=True)).ids)
    styles = re.search(r"<style>(.*?)</style>", one.source, re.DOTALL)
    assert styles is not None
    bare = re.sub(r"/\*.*?\*/", "", styles.group(1), flags=re.DOTALL)
    for selectors in re.findall(r"([^{}]+)\{", bare):
        for selector in re.split(r",(?![^(]*\))", selectors):
            name = selector.strip()
            assert name.startswith((".aligner-report", "@")), name


def test_a_notebook_shows_the_fragment() -> None:
    page = Page(library()._repr_html_())
    assert ("div", {"class": "aligner-report", "lang": "en", "dir": "ltr"}) in page.tags
    labels = [a["for"] for tag, a in page.tags if tag == "label"]
    assert labels == [a["id"] for tag, a in page.tags if tag == "input"]


def test_the_way_to_a_page_loads_neither_rich_nor_numpy() -> None:
    code = (
        "import sys\n"
        "from tests.comparisons import library\n"
        "from aligner import export\n"
        "made = library()\n"
        "for name in ('html', 'json', 'tsv', 'jsonl', 'tmx'): export.EXPORTERS[name].render(made)\n"
        "print(*sorted({'rich', 'numpy', 'jinja2', 'zipfile'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
