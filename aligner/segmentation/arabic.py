"""Which marks end an Arabic sentence. There is no capital to go by, so the words must tell."""

from __future__ import annotations

import re

from aligner.segmentation import english
from aligner.segmentation.boundaries import Candidate, words

DIACRITICS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
LATIN = re.compile(r"[A-Za-z]")
LETTER = "[\u0620-\u063a\u0641-\u064a\u066e-\u06d3]"
ARABIC_WORD = re.compile(f"{LETTER}+")
# One letter, or letters with dots between, with or without a clitic: د. وأ. أ.د. ش.م.ل. الو.م.أ.
DOTTED = re.compile(rf"{LETTER}|و[أدمصج]|(?:[وفبكل]|و?ال)?{LETTER}(?:\.{LETTER}{{1,2}})+")
ABBREVIATIONS = words("تر مج مط تح تق كم سم مم كغ كلم ملم كجم غم مل")
# The names of Latin letters, for initials: جورج دبليو. بوش, جيه. كيه. رولينج.
INITIALS = words(
    "إيه بي سي إي إف اف جي إتش اتش آي جيه كيه إل إم إن أو كيو آر إس اس تي يو في دبليو إكس واي زد"
)
# These close a sentence as often as not: what comes next tells.
MAY_END = words("الخ إلخ هـ ه م")
# After these a sentence goes on, and so it does before a relative pronoun.
NEVER_LAST = re.compile(
    "[وف]?(?:في|من|على|إلى|الى|عن|مع|بين|بعد|قبل|عند|منذ|خلال|حتى|ضد|نحو|لدى|أن|إن|أنه|إنه|أنها|إنها"
    "|أو|ثم|بل|لا|لم|لن|ما|قد|كان|كانت|كل|بعض|غير|دون|أي|هذا|هذه|تلك|هو|هي|حيث|عندما|لكن|إذا|كما"
    "|الذي|التي|الذين)"
)
RELATIVE = re.compile(r"(?:الذي|التي|الذين|اللذين|اللتين|اللذان|اللتان|اللواتي|أو|أن)\b")
ENUMERATOR = re.compile(
    rf"""\d{{1,3}} | \d{{1,2}}(?:\.\d{{1,2}})+ | {LETTER}
    | (?:المادة|الفصل|الباب|البند|الفقرة|الخطوة|القاعدة|الجزء|السؤال)\s+(?:\d+|ال\w+)""",
    re.VERBOSE,
)
NEXT_ITEM = re.compile(rf"{LETTER}ـ?[.)]\s")
# After a closed quotation these still belong to it, «هل انتهى الأمر؟» سأل الرجل, unless they
# bring the next one: «هل انتهى الأمر؟» أجاب الرجل: «نعم».
ATTRIBUTION = re.compile(
    r"(?:[يت]?(?:قال|قول|سأل|صاح|صيح|هتف|أجاب|جيب|رد|تساءل|صرخ|همس|أضاف|كتب|علق|تمتم|نادى)(?:ت|وا)?)\b(?![^.!؟\n]{0,30}:)"
)
REPORTS_ON = "قال|أضاف|أوضح|أكد|ذكر|أشار|تابع|شدد|لفت|كشف|أعلن|نقل|اعتبر|رأى"
SPEAKS_ON = f"{REPORTS_ON}|بين|كان|جاء|دعا|غادر|خرج"
NEW_SPEECH = re.compile(rf"(?:{SPEAKS_ON}|أجاب|رد|سأل|صاح|هتف)(?:ت|وا)?\b[^.!؟\n]{{0,30}}:")
OPENING = re.compile(
    rf"[وف](?:{SPEAKS_ON}|انتهى|عاد)(?:ت|وا)?\b|و(?:قد|لقد|لكن|هذا|هذه|أما|بعد|عندما|حين|لما)\b|(?:ثم|لكن|هكذا|كان|لقد)\b"
)
# No name and no measure goes on so, after whatever abbreviation: «50 كم. وأضاف», but «د. وليد».
SURELY_OPENS = re.compile(rf"[وف](?:{REPORTS_ON}|كان)(?:ت|وا)?\b|و(?:قد|لقد|لكن|هذا|هذه|أما)\b")
YEAR_OR_SHARE = re.compile(r"\d{4}|[%٪]\d[\d.,٫٬]*|\d[\d.,٫٬]*[%٪]")
# و before a word that is not one more item of what is counted: سنة 15 هـ. وكانت فاصلة.
NEW_CLAUSE = re.compile(rf"[وف](?!حتى|سنة|عام|إلى|في\b|من\b|نحو|بين|بعد|قبل){LETTER}{{3,}}|ثم\b")


def ends_sentence(candidate: Candidate) -> bool:
    """Whether the text before this mark is a whole Arabic sentence."""
    after = candidate.after()
    if not after:
        return False
    word = DIACRITICS.sub("", candidate.before())
    if LATIN.match(word[-1:]) and LATIN.match(after):
        return english.ends_sentence(candidate)
    if not candidate.has_gap:
        return _lost_its_space(candidate, word, after)
    if candidate.closes_aside:
        return False
    if candidate.is_shouted:
        return _exclamation_ends(candidate, word, after)
    return not candidate.is_ellipsis and _full_stop_ends(candidate, word, after)


def _lost_its_space(candidate: Candidate, word: str, after: str) -> bool:
    # «انتهى.وقال»: scraped pages often lose the space; «د.محمد» and «3.5» have none to lose.
    following = ARABIC_WORD.match(after)
    if following is None or _is_numbered(candidate):
        return False
    if candidate.closers:
        return candidate.stands_by_closing_quote and SURELY_OPENS.match(after) is not None
    if candidate.is_shouted:
        return ARABIC_WORD.fullmatch(word) is not None
    if candidate.mark != ".":
        return False
    if SURELY_OPENS.match(after):
        return True
    if YEAR_OR_SHARE.fullmatch(word):
        return len(following[0]) >= 3
    # A single letter is the beginning of a name, or the next item: «عن الناس.ب. جمع المال».
    begins = len(following[0]) >= 2 or NEXT_ITEM.match(after) is not None
    return ARABIC_WORD.fullmatch(word) is not None and len(word) >= 3 and begins


def _exclamation_ends(candidate: Candidate, word: str, after: str) -> bool:
    if candidate.closes_quotation:
        # كتاب «من نحن؟» للباحث: a title or an outcry within a sentence, unless a new one opens.
        return OPENING.match(after) is not None or NEW_SPEECH.match(after) is not None
    return word.lower() not in english.EXCLAIMING_NAMES


def _full_stop_ends(candidate: Candidate, word: str, after: str) -> bool:
    if _is_numbered(candidate):
        return False
    if candidate.closes_quotation and ATTRIBUTION.match(after):
        return False
    if SURELY_OPENS.match(after):
        return True
    if LATIN.match(word[-1:]):
        return _latin_word_ends(word)
    if word in MAY_END:
        return NEW_CLAUSE.match(after) is not None
    if word in INITIALS:
        return OPENING.match(after) is not None
    return word not in ABBREVIATIONS and not DOTTED.fullmatch(word)


def _is_numbered(candidate: Candidate) -> bool:
    return ENUMERATOR.fullmatch(candidate.head) is not None or candidate.numbers_an_item


def _latin_word_ends(word: str) -> bool:
    lower = word.lower()
    known = lower in english.BEFORE_NAME or lower in english.MAY_END
    known = known and word not in english.DAYS_AND_MONTHS
    return len(word) > 1 and not known and not english.DOTTED.fullmatch(word)
