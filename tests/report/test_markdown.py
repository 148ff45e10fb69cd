"""Markdown shows the words as they are, whatever they would mean to it or to GitHub."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from aligner.report import markdown
from tests.comparisons import AR, EN, Bead, article, comparison

JOINER = "\u2060"


def written(sentence: str) -> str:
    """The row of the table in which this English sentence stands."""
    ar, en = article(AR, [["نص."]]), article(EN, [[sentence]])
    rendered = markdown.render(comparison(ar, en, [Bead((0,), (0,), 0.9, 0.9)]))
    [row] = [line for line in rendered.splitlines() if "نص." in line and line.startswith("|")]
    return row


def links(row: str) -> list[str]:
    """The addresses that a reader of the row can click."""
    table = (
        MarkdownIt("commonmark").enable("table").parse(f"| a | b | c | d |\n|--|--|--|--|\n{row}")
    )
    spans = [child for token in table for child in token.children or ()]
    return [str(span.attrs["href"]) for span in spans if span.type == "link_open"]


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a?utm_source=x&utm_medium=y",
        "http://example.org/*_~$",
        "https://en.wikipedia.org/wiki/Mina_(town)",
        "https://example.org/@reporter#12",
        "HTTPS://example.org/a_b",
    ],
)
@pytest.mark.parametrize("around", ["{}", "See {}.", "Seen ({}), it says.", "“{}”", "({})."])
def test_an_address_leads_where_it_says(url: str, around: str) -> None:
    assert [link.lower() for link in links(written(around.format(url)))] == [url.lower()]


def test_an_address_without_a_scheme_is_one_too() -> None:
    assert links(written("See www.example.org/a_b?c&d.")) == ["http://www.example.org/a_b?c&d"]


def test_an_address_ends_where_arabic_goes_on() -> None:
    assert "<https://example.org/a_b>، " in written("https://example.org/a_b، see https://x")


def test_what_would_end_an_address_or_the_cell_is_kept_out_of_it() -> None:
    row = written("https://example.org/a_b<c|d")
    assert r"<https://example.org/a_b>\<c\|d" in row


def test_nobody_is_called_and_no_issue_is_linked() -> None:
    row = written("Ask @editor or (@news) about #12; write to a@b.org, see #ليبيا and C#.")
    assert f"Ask @{JOINER}editor or (@{JOINER}news) about #{JOINER}12;" in row
    assert "write to a@b.org, see #ليبيا and C#." in row


def test_marks_outside_of_an_address_are_escaped() -> None:
    assert r"a\_b \*c\* \[d\] e\&f" in written("a_b *c* [d] e&f")
