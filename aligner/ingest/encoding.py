"""Bytes to text: which encoding they are in, by evidence alone.

A byte-order mark decides; then UTF-8, which other encodings hardly ever are by chance; then UTF-16
by the bytes that letters of one script share; then the single-byte encodings by how much the
letters that come out look like Arabic.
"""

from __future__ import annotations

import codecs
import math
import re
from dataclasses import dataclass

from aligner.errors import BadArticle

# Longest mark first: the mark of UTF-16 begins that of UTF-32.
MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)

# How often a letter stands among a thousand letters of Arabic prose (news, documentation, classical
# prose, counted over 2 million letters). Windows-1256 and ISO-8859-6 share the places of ا to ض
# and differ in the rest, so that read in the wrong one the common letters become rare ones.
ARABIC_LETTERS_PER_MILLE = {
    "ا": 141.2, "ل": 116.2, "ي": 72.2, "م": 71.3, "ت": 60.7, "ن": 47.4, "و": 46.1, "ر": 41.0,
    "ع": 33.9, "ة": 32.6, "د": 32.3, "ب": 31.6, "ك": 25.0, "ف": 24.9, "س": 23.2, "ق": 21.1,
    "ه": 19.0, "ح": 19.0, "أ": 18.0, "ج": 15.3, "خ": 12.4, "ص": 11.7, "إ": 11.4, "ش": 10.4,
    "ط": 10.0, "ى": 9.0, "ذ": 7.9, "ض": 6.0, "ث": 5.8, "ز": 5.7, "ء": 4.5, "غ": 4.2,
    "ئ": 4.1, "ظ": 2.8, "ؤ": 1.2, "آ": 0.8,
}  # fmt: skip
UNUSUAL_PER_MILLE = 0.1  # any other character from the upper half of the table
ARABIC_SURPRISE_NATS = 3.9  # mean of prose: 3.0; of one language read as another: 4.3 and more

SINGLE_BYTE = (("cp1256", "Windows-1256"), ("iso8859-6", "ISO-8859-6"))
WESTERN_RUN = 1.6  # mean run of upper-half letters: 1 in "café", 4 to 5 in Arabic words
STRANGE_SHARE = 0.2  # of a misread text's characters beyond ASCII, those that are not Arabic
EVIDENCE_BYTES = 65_536  # as much is weighed; the rest of a long file only has to decode

_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x7f]")
_C1 = re.compile("[\x80-\x9f]")
_UPPER_RUNS = re.compile(rb"[\xc0-\xff]+")
# A byte of Windows-1252 pasted into UTF-8: alone between ASCII it is no part of a character there.
# Not those that most letters and quotation marks begin with, nor the last: their rest may be lost.
_STRAY = re.compile(
    rb"(?<![\x80-\xff])(?:[\x80-\xbf]|[\xc0\xc1\xc4-\xd7\xdc-\xe1\xe3-\xff](?!\Z))(?![\x80-\xff])"
)
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
# What the second byte of a UTF-8 letter becomes in Windows-1252 and Windows-1256.
_TRAIL = "\x80-\xbf€‚ƒ„…†‡ˆ‰‹Œ‘’“”•–—™›œ"
_MOJIBAKE = re.compile(f"[ÂÃØÙÚâ][{_TRAIL}ŠŽ˜šžŸ]|[طظعآأâ][{_TRAIL}\u200c\u200dپٹچژڈگکڑںھ،؛؟]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text with what had to be decided to read it."""

    text: str
    notes: tuple[str, ...] = ()


def decode(content: bytes, *, name: str, declared: str | None = None) -> Decoded:
    """Read bytes as text, in the encoding that they speak for.

    declared: an encoding that the file itself claims (a web page may), believed where the bytes
    allow it. Raises BadArticle for a binary file and where no encoding fits.
    """
    for mark, codec, label in MARKS:
        if content.startswith(mark):
            return _marked(content[len(mark) :], codec, label, name)
    # Every other byte of Arabic in UTF-16 is 6; Latin letters, spaces and digits have a null.
    if b"\0" in content or 3 * content.count(6) >= len(content) > 0:
        return _without_mark(content, name)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(content, error, name, declared)
    _refuse_binary(text, name)
    return mend_mojibake(text)


def clean(text: str) -> Decoded:
    """Join surrogate pairs, and show as U+FFFD what no file can hold: lone surrogates and nulls."""
    if not _UNWRITABLE.search(text):
        return Decoded(text)
    whole = text.replace("\0", "\ufffd").encode("utf-16-le", "surrogatepass")
    cleaned = whole.decode("utf-16-le", "replace")
    lost = cleaned.count("\ufffd") - text.count("\ufffd")
    return Decoded(cleaned, (f"{_characters(lost)} broken, shown as �",) if lost else ())


def mend_mojibake(text: str) -> Decoded:
    """Undo UTF-8 that was once read as Windows-1252 or Windows-1256 ("Ø§Ù„" or "ط§ظ„" for ال).

    Only where the whole text turns back into UTF-8, which Arabic or English does not do by chance.
    """
    if text.isascii() or not _MOJIBAKE.search(text, 0, EVIDENCE_BYTES):
        return Decoded(text)
    for codec, label in (("cp1252", "Windows-1252"), ("cp1256", "Windows-1256")):
        try:
            mended = _bytes_misread(text, codec).decode("utf-8")
        except UnicodeError:
            continue
        # What was misread is full of signs that no text has; a few Arabic letters and commas are
        # not, even where their bytes happen to make UTF-8.
        beyond_ascii = [c for c in text[:EVIDENCE_BYTES] if c > "\x7f"]
        strange = sum(not "\u0600" <= c <= "\u06ff" for c in beyond_ascii)
        if strange < STRANGE_SHARE * len(beyond_ascii):
            continue
        return Decoded(mended, (f"mended: UTF-8 that had been read as {label}",))
    return Decoded(text)


def _bytes_misread(text: str, codec: str) -> bytes:
    """What the text was read from. Bytes that the codec leaves undefined stand as controls C1."""
    if not _C1.search(text):
        return text.encode(codec)
    return b"".join(c.encode("latin-1" if _C1.match(c) else codec) for c in text)


def _marked(content: bytes, codec: str, label: str, name: str) -> Decoded:
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as error:
        if codec == "utf-8":
            return _not_utf8(content, error, name, None)
        raise BadArticle(
            f"{name}: it begins as {label} but breaks off at byte {error.start}; save it anew"
        ) from error
    _refuse_binary(text, name)
    return Decoded(text) if codec == "utf-8" else Decoded(text, (f"read as {label}",))


def _without_mark(content: bytes, name: str) -> Decoded:
    """UTF-16 without a mark, the only text that holds null bytes; else a binary file."""
    for codec in ("utf-16-le", "utf-16-be"):
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        head = text[:EVIDENCE_BYTES]
        # Read in the wrong order, letters scatter over rare blocks and private use.
        usual = sum(
            c < "\u0250" or "\u0600" <= c <= "\u06ff" or "\u2000" <= c <= "\u206f" for c in head
        )
        if usual >= 0.8 * len(head) and not _CONTROLS.search(text):
            return Decoded(text, ("read as UTF-16 (no byte-order mark)",))
    raise _binary(name)


def _not_utf8(
    content: bytes, error: UnicodeDecodeError, name: str, declared: str | None
) -> Decoded:
    if declared is not None:
        try:
            text = content.decode(declared)
        except (LookupError, UnicodeDecodeError):
            pass
        else:
            return Decoded(text, (f"read as {declared}, as it declares",))
    return _damaged_utf8(content, error, name) or _single_byte(content, name)


def _damaged_utf8(content: bytes, error: UnicodeDecodeError, name: str) -> Decoded | None:
    """UTF-8 with errors here and there; None for what is another encoding."""
    text = content.decode("utf-8", "replace")
    head, broken = text[:EVIDENCE_BYTES], text.count("\ufffd")
    whole = "".join(c for c in head if c > "\x7f" and c != "\ufffd")
    # A single-byte text breaks at nearly every letter. Bytes are weighed, for a quotation mark of
    # three is hardly ever whole by chance.
    if len(whole.encode()) < head.count("\ufffd") or broken * 20 > len(text):
        return None
    _refuse_binary(text, name)
    if len(whole) < sum(c.isascii() and c.isalpha() for c in head):
        western = _STRAY.sub(lambda byte: byte[0].decode("cp1252", "replace").encode(), content)
        text = western.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    how = ["read as Windows-1252"] * (lost < broken) + ["shown as �"] * (lost > 0)
    line = content.count(b"\n", 0, error.start) + 1
    return Decoded(
        text,
        (f"UTF-8 with {_characters(broken)} broken, first on line {line}: {' or '.join(how)}",),
    )


def _single_byte(content: bytes, name: str) -> Decoded:
    head = content[:EVIDENCE_BYTES]
    _refuse_binary(head.decode("latin-1"), name)
    runs = _UPPER_RUNS.findall(head)
    ascii_letters = sum(65 <= b <= 90 or 97 <= b <= 122 for b in head)
    upper_letters = sum(map(len, runs))
    western = upper_letters < 0.2 * ascii_letters
    western = western and upper_letters <= WESTERN_RUN * max(len(runs), 1)
    if western:
        try:
            return Decoded(content.decode("cp1252"), ("read as Windows-1252",))
        except UnicodeDecodeError:
            pass
    best: tuple[float, str, str] | None = None
    for codec, label in () if western else SINGLE_BYTE:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        surprise = _surprise(text[:EVIDENCE_BYTES])
        if best is None or surprise < best[0]:
            best = (surprise, text, label)
    if best is None or best[0] > ARABIC_SURPRISE_NATS:
        raise BadArticle(
            f"{name}: its encoding cannot be told (neither UTF-8, UTF-16, Windows-1256 nor "
            "ISO-8859-6 fits); save it as UTF-8"
        )
    return Decoded(best[1], (f"read as {best[2]}",))


def _surprise(text: str) -> float:
    """How unlike Arabic the letters beyond ASCII are: mean negative log-probability, in nats."""
    total, letters = 0.0, 0
    for character in text:
        if character > "\x7f" and (character.isalpha() or character == "×"):
            per_mille = ARABIC_LETTERS_PER_MILLE.get(character, UNUSUAL_PER_MILLE)
            total -= math.log(per_mille / 1000)
            letters += 1
    return total / letters if letters else math.inf


def _refuse_binary(text: str, name: str) -> None:
    # One stray control is an accident of copying; a null or many of them are no text.
    controls = _CONTROLS.findall(text)
    if controls and ("\0" in controls or 100 * len(controls) > len(text)):
        raise _binary(name)


def _binary(name: str) -> BadArticle:
    return BadArticle(
        f"{name}: this is not a text (it holds null or control bytes); save it as UTF-8 text"
    )


def _characters(number: int) -> str:
    return "1 character" if number == 1 else f"{number:,} characters"
