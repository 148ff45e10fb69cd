"""Showing text that may hold anything: control characters, half characters, bidi overrides."""

from __future__ import annotations

import re

# What a screen cannot show or what steers a terminal: C0, DEL, C1, half surrogates, the line and
# paragraph separators (which would end an isolate), and two code points that are no characters.
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_EMBEDDINGS = frozenset("\u202a\u202b\u202d\u202e")
_ISOLATES = frozenset("\u2066\u2067\u2068")
_PDF, _PDI = "\u202c", "\u2069"
_NOTHING = "\u2060"  # word joiner: takes no place and breaks nothing

LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", _PDI
# Letters of Hebrew, Arabic and the scripts beside them, and the old forms of their letters.
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def visible(text: str) -> str:
    """The text with a sign in place of each character that cannot be shown; lengths stay equal.

    Line ends and tabs become spaces.
    """
    return _UNSHOWN.sub(_sign, text) if _UNSHOWN.search(text) else text


def _sign(match: re.Match[str]) -> str:
    code = ord(match.group())
    if match.group() in "\t\n\v\f\r\x85\u2028\u2029":
        return " "
    if code < 0x20:
        return chr(0x2400 + code)  # the control pictures: ␀ ␁ ␛
    return "␡" if code == 0x7F else "\ufffd"


def contained(text: str) -> str:
    """The text with its bidi embeddings and isolates closed, so that none reaches beyond it.

    Closers are appended; a closer that closes nothing, and so would end an isolate around the
    text, loses its effect. The text's own characters keep their places.
    """
    if not _BIDI.search(text):
        return text
    characters = list(text)
    stack: list[str] = []
    for place, character in enumerate(characters):
        if character in _EMBEDDINGS or character in _ISOLATES:
            stack.append(character)
        elif character == _PDF:
            if stack and stack[-1] in _EMBEDDINGS:
                stack.pop()
            else:
                characters[place] = _NOTHING
        elif character == _PDI:
            if not _ISOLATES.isdisjoint(stack):
                while stack.pop() not in _ISOLATES:
                    pass  # an isolate's end closes what was opened inside it
            else:
                characters[place] = _NOTHING
    closers = (_PDI if opener in _ISOLATES else _PDF for opener in reversed(stack))
    return "".join(characters) + "".join(closers)


def isolated(text: str, *, right_to_left: bool) -> str:
    """The text between isolate marks, for plain-text lines that mix directions."""
    return f"{RLI if right_to_left else LRI}{contained(text)}{PDI}"


def harmless(text: str) -> str:
    """A line of ours with others' words in it, on one line, steering neither screen nor order."""
    return contained(visible(text))


def named(name: str) -> str:
    """A name in a line of ours: on one line, turning neither screen nor the words beside it.

    With letters that run from right to left it is isolated, in the direction that it begins with;
    any other is left bare, for what is copied from a screen should be the name.
    """
    shown = harmless(name)
    return f"{FSI}{shown}{PDI}" if _RIGHT_TO_LEFT.search(shown) else shown


def shortened(text: str, longest: int) -> str:
    """The text on one line, cut at a word's end with `…` where it is longer than `longest`."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    # A word longer than the room there is has to be cut inside.
    head = cut.rsplit(" ", 1)[0] if " " in cut else cut
    return head.rstrip(" ,،;؛:.-–—") + "…"
