"""The HTML report in a real browser: directions, widths, contrast, the filter without a script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from aligner.bitext import Bead
from aligner.report import html, overview_html
from aligner.report.overview import Group, Overview, Row
from tests.browser.chromium import measured, needs_chromium, needs_pdftotext, printed
from tests.comparisons import AR, EN, article, comparison, library

pytestmark = [needs_chromium, pytest.mark.slow]

MEASURE = """(document, window, page) => {
  const all = selector => [...document.querySelectorAll(selector)];
  const style = (element, name) => window.getComputedStyle(element)[name];
  const root = document.documentElement;
  all("details").forEach(element => element.open = true);

  const channel = c => (c /= 255) <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const rgba = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => .2126 * channel(r) + .7152 * channel(g) + .0722 * channel(b);
  const behind = element => {
    for (; element; element = element.parentElement) {
      const colour = rgba(style(element, "backgroundColor"));
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const contrast = element => {
    const pair = [light(rgba(style(element, "color"))), light(behind(element))].sort();
    return (Math.max(...pair) + .05) / (Math.min(...pair) + .05);
  };
  const texts = all(".aligner-report *").filter(element =>
    [...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) &&
    element.tagName !== "TITLE");
  const faint = texts.filter(element => contrast(element) < 4.5)
    .map(element => element.className + ": " + element.textContent.slice(0, 40));

  // Where the first and the last letter of an element are shown.
  const places = element => {
    const walker = document.createTreeWalker(element, 4), nodes = [];
    while (walker.nextNode()) if (walker.currentNode.data) nodes.push(walker.currentNode);
    const place = (node, at) => {
      const range = document.createRange();
      range.setStart(node, at); range.setEnd(node, at + 1);
      return range.getBoundingClientRect();
    };
    const last = nodes[nodes.length - 1];
    return [place(nodes[0], 0), place(last, last.data.length - 1)];
  };
  const order = element => {
    const [first, last] = places(element);
    return first.top !== last.top ? "wrapped" : first.left < last.left ? "ltr" : "rtl";
  };
  const wide = all(".aligner-report *").filter(element => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && (box.right > page.width + 1 || box.left < -1);
  }).map(element => element.tagName + "." + element.className);

  const shape = all(".aligner-report *").map(element => {
    const box = element.getBoundingClientRect();
    return [element.tagName, ...[box.left, box.top, box.width, box.height].map(Math.round),
      style(element, "color"), style(element, "backgroundColor"), style(element, "textAlign")];
  }).join("\\n");

  const report = {
    shape,
    scroll: root.scrollWidth, wide, faint,
    directions: Object.fromEntries(["ar", "en"].map(side =>
      [side, [...new Set(all(`.al-s[lang=${side}]`).map(e => style(e, "direction")))]])),
    aligned: Object.fromEntries(["ar", "en"].map(side =>
      [side, [...new Set(all(`.al-cell-${side} .al-s`).map(e => style(e, "textAlign")))]])),
    isolates: [...new Set(all("[dir]").filter(e => style(e, "display") === "inline")
      .map(e => style(e, "unicodeBidi")))],
    columns: all("tr.al-row").map(row => {
      const [en, ar] = ["en", "ar"].map(side =>
        row.querySelector(`.al-cell-${side}`).getBoundingClientRect());
      return en.right <= ar.left + 1 ? "beside" : "above";
    }),
    orders: Object.fromEntries(all(".al-t").map(e => [e.parentElement.id, order(e)])),
    chips: all(".al-chip").map(order),
    fonts: [...new Set(all(".al-t").map(e => style(e, "fontFamily").split(",")[0]))].length,
  };
  const rows = () => all("tr").filter(e => e.getBoundingClientRect().height > 0).length;
  report.rows = rows();
  all("input.al-only")[0].click();
  report.filtered = rows();
  return report;
}"""


# Rules of the kind that JupyterLab has for whatever HTML a cell shows.
NOTEBOOK = """
.jp td, .jp th, .jp tr { text-align: right; padding: .5em; line-height: normal; max-width: none }
.jp table { font-size: 12px; margin: auto; table-layout: fixed }
.jp tbody tr:nth-child(odd) { background: #777 }
.jp tbody tr:nth-child(even) { background: #888 }
.jp a:link { color: #999 }
.jp p { text-align: left; margin-bottom: 1em }
.jp ol:not(.list-inline) { padding-left: 2em; list-style: decimal }
.jp h1, .jp h2, .jp h3 { color: #888; line-height: 1; margin: 1em 0 }
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    page = html.render(library())
    inner = html.render(library(), fragment=True)
    fragment = f"<!DOCTYPE html><body style='margin:0'>{inner}</body>"
    notebook = f"{fragment}<style>{NOTEBOOK}</style>".replace("<body", "<body class=jp")
    pages = [
        {"name": f"{name} {width}", "width": width, "source": source}
        for name, source in (
            ("page", page),
            ("fragment", fragment),
            ("notebook", notebook),
            ("hostile", hostile()),
        )
        for width in (380, 1200)
    ]
    return measured(tmp_path_factory.mktemp("light"), pages, MEASURE)


def hostile() -> str:
    """Words that try to leave their cell: too long, overriding, unclosed."""
    ar = article(AR, [["ب" * 400], ["مرحبا\u202d abc", "ثم نعود"]], title="ا" * 300, name="x")
    en = article(EN, [["W" * 400], ["abc\u202e def", "ghi jkl\u2069\u2069\u202e", "mno pqr"]])
    beads = [Bead((0,), (0,), 0.9, 0.9), Bead((1, 2), (1, 2, 3), 0.3, 0.3)]
    return html.render(comparison(ar, en, beads, evidence="see \u202e this"))


PAGES = [
    f"{name} {width}"
    for name in ("page", "fragment", "notebook", "hostile")
    for width in (380, 1200)
]


@pytest.mark.parametrize("page", PAGES)
def test_nothing_is_wider_than_the_screen(said: dict[str, Any], page: str) -> None:
    assert said[page]["scroll"] <= int(page.split()[1])
    assert said[page]["wide"] == []


@pytest.mark.parametrize("page", PAGES)
def test_each_language_runs_in_its_own_direction(said: dict[str, Any], page: str) -> None:
    assert said[page]["directions"] == {"ar": ["rtl"], "en": ["ltr"]}
    assert said[page]["aligned"] == {"ar": ["start"], "en": ["start"]}
    assert set(said[page]["isolates"]) <= {"isolate"}


def test_short_sentences_are_shown_in_their_order(said: dict[str, Any]) -> None:
    orders = said["page 1200"]["orders"]
    assert orders["ar-6"] == orders["ar-4"] == "rtl"
    assert orders["en-0"] == orders["en-6"] == "ltr"
    assert set(said["page 1200"]["chips"]) == {"ltr"}


def test_an_override_turns_no_other_sentence_round(said: dict[str, Any]) -> None:
    orders = said["hostile 1200"]["orders"]
    assert orders["en-3"] == "ltr"
    assert orders["ar-2"] == "rtl"


def test_the_texts_stand_side_by_side_where_there_is_room(said: dict[str, Any]) -> None:
    for name in ("page", "fragment"):
        assert set(said[f"{name} 1200"]["columns"]) == {"beside"}
        assert set(said[f"{name} 380"]["columns"]) == {"above"}


def test_a_file_s_name_stands_where_the_title_would(tmp_path: Path) -> None:
    ar, en = (
        article(side, [[word]], name=f"a.{side}.txt") for side, word in ((AR, "نص"), (EN, "a"))
    )
    measure = """document => [...document.querySelectorAll(".al-titles h1")].map(name => {
      const words = document.createRange();
      words.selectNodeContents(name);
      const [inner, outer] = [words, name].map(of => of.getBoundingClientRect());
      return [name.textContent, outer.right - inner.right < 1];
    })"""
    source = html.render(comparison(ar, en, [Bead((0,), (0,), 0.9, 0.9)]))
    page = {"name": "names", "width": 1200, "source": source}
    said = measured(tmp_path, [page], measure)["names"]
    assert said == [["a.en.txt", False], ["a.ar.txt", True]]


def test_the_filter_leaves_what_differs(said: dict[str, Any]) -> None:
    # The table's head, the pointer to the moved passage, six beads that differ or are unsure.
    assert said["page 1200"]["rows"] == 12
    assert said["page 1200"]["filtered"] == 8


@pytest.mark.parametrize("page", PAGES)
def test_every_word_stands_out_from_its_ground(said: dict[str, Any], page: str) -> None:
    assert said[page]["faint"] == []


def test_a_notebooks_own_styles_change_nothing(said: dict[str, Any]) -> None:
    assert said["notebook 1200"]["shape"] == said["fragment 1200"]["shape"]


def test_every_word_stands_out_from_its_ground_in_the_dark(tmp_path: Path) -> None:
    pages = [{"name": "dark", "width": 1200, "source": html.render(library())}]
    assert measured(tmp_path, pages, MEASURE, dark=True)["dark"]["faint"] == []


@needs_pdftotext
def test_on_paper_no_bead_is_cut_by_the_end_of_a_sheet(tmp_path: Path) -> None:
    numbers = range(1, 41)
    ar = article(AR, [["كلمة " * 12 + "نهاية."] for _ in numbers])
    en = article(EN, [[f"begin{n} " + "word " * (3 * n) + f"end{n}."] for n in numbers])
    beads = [Bead((n,), (n,), 0.9, 0.9) for n in range(len(numbers))]
    sheets = printed(tmp_path, html.render(comparison(ar, en, beads)))
    assert len(sheets) > 2
    for n in numbers:
        begin, end = (
            [k for k, sheet in enumerate(sheets) if f"{word}{n}" in sheet.replace(".", " ").split()]
            for word in ("begin", "end")
        )
        assert begin == end
        assert len(begin) == 1


@needs_pdftotext
def test_paper_shows_labels_and_no_buttons(tmp_path: Path) -> None:
    text = " ".join(" ".join(printed(tmp_path, html.render(library()))).split())
    assert "English only · paragraph 7 · 88% sure" in text
    assert "no counterpart in the Arabic" in text
    assert "Show only what differs" not in text
    assert "↑" not in text


def test_a_phone_shows_the_titles_of_an_overview_in_words(tmp_path: Path) -> None:
    row = Row("a.ar.txt", "a.en.txt", "محطة تحلية جديدة", "ar", "parallel", 0.1, 0.0, 4)
    group = Group("The Harbour Paper", "2024-05-19", 1, 1, 0.1, 0.0)
    store = Overview(1, {"parallel": 1}, 0.1, 0.0, (group,), (row,), {}, (), ())
    measure = """document => [...document.querySelectorAll("td:first-child, td:nth-child(2)")]
      .map(cell => {
        const words = document.createRange();
        words.selectNodeContents(cell);
        const line = parseFloat(getComputedStyle(cell).lineHeight);
        return [cell.textContent, words.getBoundingClientRect().height / line];
      })"""
    page = {"name": "phone", "width": 390, "source": overview_html.render(store)}
    lines = dict(measured(tmp_path, [page], measure)["phone"])
    assert lines["2024-05-19"] < 2
    assert all(height < 4 for height in lines.values()), lines
