"""The page's foot: how to read it, and what made it."""

from __future__ import annotations

from aligner.report.html.view import View, escape

_NOTES = (
    "The numbers beside the text count paragraphs as they stand in the file; 12.2 is the second "
    "sentence of paragraph 12.",
    "Where two sentences on one side stand against one on the other, translators merged or split "
    "sentences; together they say the same.",
    "Arabic only: a solid bar. English only: a double bar. Words marked inside a sentence are "
    "missing from, or differ in, the sentence beside it.",
    "The two bars at the top are the whole texts from beginning to end, with what differs in "
    "colour; hatched is what was set apart.",
    "“Sure” is the probability that a reader would agree; “check” stands where sentences may have "
    "been put together wrongly.",
)


def foot(view: View) -> str:
    notes = "".join(f"<li>{note}</li>" for note in _NOTES)
    return (
        f'<footer class="al-foot">\n<h2>How to read this page</h2>\n<ul>{notes}</ul>\n'
        f'<p class="al-small"><code>{escape(view.comparison.signature)}</code></p>\n</footer>\n'
    )
