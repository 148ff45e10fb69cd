"""From a file, a text or a pile to articles: read, then find the title and the language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from aligner.errors import BadArticle, BadPair, WrongUse
from aligner.ingest import jsonl, plain, source
from aligner.ingest.draft import Draft
from aligner.ingest.formats import FORMATS, PILE_SUFFIXES, reader_for
from aligner.ingest.language import checked, guess
from aligner.ingest.title import find_title
from aligner.text import Article, Language


def read_article(
    path: str | Path, *, language: Language | None = None, paragraphs: str = "auto"
) -> Article:
    """Read one article from a file, or from standard input for "-".

    language: taken as given instead of looked for. paragraphs: "line" takes every line of a plain
    text for one, "blank" joins the lines between blank lines, "auto" decides by how the lines
    look. What had to be decided stands in the article's `notes`.

    Raises BadArticle for a file that cannot be read, is empty or binary, or is in another
    language; UnknownName for another `paragraphs`.

    >>> article = read_article("seeds/003_f4a5d2eb1d99dd7e.txt")
    >>> article.language.label, len(article.paragraphs), article.title
    ('English', 15, 'Russia’s fighters retreat from Western Libya as Haftar counts losses')
    """
    content = source.read_bytes(path)
    name = source.name_of(path)
    if not content:
        raise BadArticle(f"{name}: it is empty; give a file with an article in it")
    draft = reader_for(name, content)(content, name=name, paragraphs=paragraphs)
    return finished(draft, name, language)


def article_from_text(
    text: str, *, name: str = "", language: Language | None = None, paragraphs: str = "auto"
) -> Article:
    """Make an article of a text in memory; the options are those of `read_article`.

    Raises BadArticle for an empty text or one in another language.

    >>> article_from_text("افتتحت البلدية مكتبة.\\n\\nوهي في حي الميناء.").paragraphs[1].line
    3
    """
    return finished(plain.from_text(text, paragraphs=paragraphs), name, language)


def read_articles(
    path: str | Path, *, paragraphs: str = "auto", on_error: jsonl.OnError | None = None
) -> Iterator[Article]:
    """Read every article of a pile: a `.jsonl` file, a folder with all below it, or one file.

    Articles come one at a time, in the order of the lines or of the file names, so that a pile
    may be larger than the memory. In a folder, files of unknown suffix and hidden ones are left
    out. Raises BadArticle at the first article that cannot be read, or hands it to `on_error` and
    goes on.

    >>> [str(article.language) for article in read_articles("seeds")]
    ['en', 'en', 'ar', 'en', 'en']
    """
    pile = Path(path)
    try:
        if pile.is_dir():
            files = sorted(f for f in pile.rglob("*") if _is_article_file(f, pile))
            if not files:
                known = ", ".join(FORMATS)
                raise BadArticle(f"{pile}: there is no article in this folder ({known})")
            for file in files:
                yield from read_articles(file, paragraphs=paragraphs, on_error=on_error)
        elif pile.suffix.lower() in PILE_SUFFIXES:
            for draft in jsonl.read_pile(pile, paragraphs=paragraphs, on_error=on_error):
                try:
                    yield finished(draft, str(pile), None)
                except BadArticle as error:
                    if on_error is None:
                        raise
                    on_error(error)
        else:
            yield read_article(path, paragraphs=paragraphs)
    except BadArticle as error:
        if on_error is None:
            raise
        on_error(error)


def read_pair(a: str | Path, b: str | Path, *, paragraphs: str = "auto") -> tuple[Article, Article]:
    """Read an Arabic and an English article, given in either order; the Arabic one comes first.

    Raises BadArticle as `read_article` does, BadPair when both are in one language, WrongUse when
    both are to come from standard input.

    >>> ar, en = read_pair("seeds/000_3ede18a199c0dbaf.txt", "seeds/002_b6a495e6997c87aa.txt")
    >>> ar.name
    'seeds/002_b6a495e6997c87aa.txt'
    """
    if str(a) == str(b) == source.STANDARD_INPUT:
        raise WrongUse("only one of the two articles can come from standard input; name a file")
    first, second = read_article(a, paragraphs=paragraphs), read_article(b, paragraphs=paragraphs)
    if first.language is second.language:
        raise BadPair(
            f"{first.name} and {second.name} are both {first.language.label}; "
            "give one Arabic and one English article"
        )
    return (first, second) if first.language is Language.AR else (second, first)


def finished(draft: Draft, name: str, language: Language | None) -> Article:
    """The article of a draft, its language found where it is not known. Raises BadArticle."""
    name = draft.name or name
    if not draft.paragraphs:
        where = f"{name}: " if name else ""
        raise BadArticle(f"{where}it holds only white space; give an article")
    notes = draft.notes
    language = language or draft.language
    if language is None:
        content = [p.text for p in draft.paragraphs if not p.boilerplate]
        found = guess("\n".join(content or (p.text for p in draft.paragraphs)))
        language = checked(found, name=name)
        if found.note:
            notes = (*notes, found.note)
    return Article(
        language=language,
        paragraphs=draft.paragraphs,
        name=name,
        title=draft.title or find_title(draft.paragraphs),
        date=draft.date,
        url=draft.url,
        outlet=draft.outlet,
        notes=notes,
        title_guessed=not draft.title,
    )


def _is_article_file(file: Path, folder: Path) -> bool:
    known = file.suffix.lower() in FORMATS or file.suffix.lower() in PILE_SUFFIXES
    hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
    return known and not hidden and file.is_file()
