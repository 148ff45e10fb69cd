from __future__ import annotations

import datetime as dt

import pytest

from aligner.ingest.draft import Draft
from aligner.ingest.markdown import read, without_marks


def markdown(text: str) -> Draft:
    return read(text.encode(), name="a.md")


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: 'Library opens'\ndate: 2024-05-21T10:00:00Z\ntags:\n- books\n---\n",
        '+++\ntitle = "Library opens"\ndate = 2024-05-21\ndraft = false\n\n+++\n',
    ],
)
def test_the_front_matter_gives_title_and_date_and_is_no_text(front: str) -> None:
    draft = markdown(f"{front}\nThe city opened a library.\n")
    assert (draft.title, draft.date) == ("Library opens", dt.date(2024, 5, 21))
    assert [(p.line, p.text) for p in draft.paragraphs] == [
        (front.count("\n") + 2, "The city opened a library.")
    ]
    assert draft.notes == ("the front matter is no text",)


@pytest.mark.parametrize("text", ["---\n\nIt is large.\n\n---\n\nIt is old.\n", "---\na: b\n"])
def test_a_rule_at_the_top_opens_no_front_matter(text: str) -> None:
    draft = markdown(text)
    assert "".join(p.text for p in draft.paragraphs) == text.replace("\n", "")
    assert draft.title is None


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("![Fire](https://x.org/1280x720_(1).jpg 'Fire')", ""),
        ("[![Fire](f.jpg)](/gallery) Two died.", " Two died."),
        ("Read [the (long) law](https://x.org/a/20931) now.", "Read the (long) law now."),
        ("It rose.[^1] [Sic]: he said so.", "It rose. [Sic]: he said so."),
        ("[law]: https://x.org/law 'The law'", ""),
        ("## Inquiry ##", "Inquiry"),
        ("> > He said no.", "He said no."),
        ("#library is 5 > 3, [3] [a](b", "#library is 5 > 3, [3] [a](b"),
        ("- one\n- two", "- one\n- two"),
    ],
)
def test_marks_are_no_words(written: str, shown: str) -> None:
    assert without_marks(written) == shown


def test_html_within_markdown_is_read_too() -> None:
    draft = markdown("# Library opens\n\nIt covers 50 km<sup>2</sup>.<br>\nIt is <b>old</b>.\n")
    assert [p.text for p in draft.paragraphs] == [
        "Library opens",
        "It covers 50 km².",
        "It is old.",
    ]
