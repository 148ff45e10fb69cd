"""Which marks end an Arabic sentence. There is no capital to go by, so the words must tell."""

from __future__ import annotations

import re

from aligner.segmentation import english
from aligner.segmentation.boundaries import Candidate, words

DIACRITICS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
LATIN = re.compile(r"[A-Za-z]")
ARABIC_WORD = re.compile(r"[\u0620-\u064a\u066e-\u06d3]+")
# One letter, or letters with dots between them: د. أ.د. ق.م. هـ. ش.م.ل.
DOTTED = re.compile(r"[\u0620-\u064a](?:\.\s?[\u0620-\u064a]{1,2})*|ه")
ABBREVIATIONS = words("تر مج مط تح تق هـ كم سم مم كغ كلم ملم كجم غم مل هاتف تلفون ص.ب أ.د")
ENDING_ABBREVIATIONS = frozenset(("الخ", "إلخ"))
ENUMERATOR = re.compile(r"[\d\u0660-\u0669\u06f0-\u06f9]{1,3}|[\u0620-\u064a]")
# After a closed quotation these words still belong to it: «هل انتهى الأمر؟» سأل الرجل.
ATTRIBUTION = re.compile(
    r"(?:قال|قالت|يقول|تقول|سأل|سألت|يسأل|تسأل|صاح|صاحت|هتف|هتفت|أجاب|أجابت|رد|ردت|تساءل|تساءلت|صرخ|صرخت|همس|همست|أضاف|أضافت|كتب|كتبت|علق|علقت)\b"
)
OPENING = re.compile(
    r"(?:و|ف)?(?:قال|أضاف|أوضح|أكد|ذكر|أشار|كان|كانت|قد|لقد|لكن|إن|أما|في|هذا|هذه|ذلك|من|على)(?:ت)?\b"
)


def ends_sentence(candidate: Candidate) -> bool:
    """Whether the text before this mark is a whole Arabic sentence."""
    after = candidate.after()
    if not after:
        return False
    word = DIACRITICS.sub("", candidate.before())
    if LATIN.match(word[-1:]) and LATIN.match(after):
        return english.ends_sentence(candidate)
    if not candidate.gap:
        return _glued(candidate, word, after)
    if set(candidate.mark) & set("!?؟‼⁇⁈⁉"):
        return _exclamation_ends(candidate, word, after)
    if candidate.is_ellipsis:
        return False
    return _full_stop_ends(candidate, word, after)


def _glued(candidate: Candidate, word: str, after: str) -> bool:
    # «انتهى.وقال»: the space got lost, as it often does on scraped pages.
    following = ARABIC_WORD.match(after)
    if following is None or not ARABIC_WORD.fullmatch(word) or candidate.closers:
        return False
    if candidate.mark in ("؟", "!", "?", "؟!"):
        return True
    return candidate.mark == "." and len(word) >= 3 and len(following[0]) >= 3


def _exclamation_ends(candidate: Candidate, word: str, after: str) -> bool:
    if not word and candidate.closers.startswith((")", "]")):
        return False  # a bare (!) or (؟) comments on the word before it
    if candidate.closes_quotation:
        return OPENING.match(after) is not None and not ATTRIBUTION.match(after)
    return not candidate.closers.startswith((")", "]"))


def _full_stop_ends(candidate: Candidate, word: str, after: str) -> bool:
    if ENUMERATOR.fullmatch(word) and candidate.opens_sentence(candidate.before()):
        return False
    if candidate.closes_quotation and ATTRIBUTION.match(after):
        return False
    if LATIN.match(word[-1:]):
        lower = word.lower()
        return len(word) > 1 and lower not in english.BEFORE_NAME and lower not in english.MAY_END
    if word in ABBREVIATIONS or DOTTED.fullmatch(word):
        return False
    if word in ENDING_ABBREVIATIONS:
        return OPENING.match(after) is not None
    return True
