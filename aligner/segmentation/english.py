"""Which marks end an English sentence."""

from __future__ import annotations

import re

from aligner.segmentation.boundaries import Candidate, words

# Always before a name or a number: the sentence goes on. Titles have a capital: a coach counts
# "one more rep. The crowd cheered".
TITLES = words(
    """mr mrs ms mx dr prof rev fr sr sra hon pres gov sen rep reps sens gen lt col maj capt cpt
    cmdr sgt cpl pvt adm brig supt insp det st ste mt ft messrs eng mme mlle sheikh amb atty
    dept univ assn"""
)
BEFORE_NAME = TITLES | words("vs v e.g i.e viz cf al ca approx est")
# Before a number it is an abbreviation, otherwise a word or the end: "No. 5", but "I said no."
BEFORE_NUMBER = words(
    """no nos p pp vol vols fig figs eq sec sect art arts ch chap para ex ed pt tel ext app c
    jan feb mar apr jun jul aug sep sept oct nov dec op"""
)
# In lower case these are words too: where an amount follows and no reference, "She said no. 5
# people left", or where nothing refers, "They built the app. 12 engineers tested it".
WORDS_BEFORE_NUMBER = words("no art app ex")
AMOUNT = re.compile(
    r"\d[\d.,]*\s*(?:%|(?:per\s?cent|hundred|thousand|million|billion|people|men|women|children|years"
    r"|months|weeks|days|hours|minutes|others|more|of\s+(?:his|her|my|them|us|these|those))\b)"
)
NOTHING_REFERS = re.compile(r"\b(?!(?:see|cf|under|per|in|of|to|and|or)\b)[a-z]++\s++(?:app|ex)$")
# In lower case these are words, not days and months: "The planet orbits the sun."
DAYS_AND_MONTHS = words(
    """mon tue tues wed thu thurs fri sat sun
    jan feb mar apr jun jul aug sep sept oct nov dec"""
)
# A measure goes on in lower case, with a figure or to a point of the compass. Looked for in the
# last 6 characters.
MEASURE = re.compile(r"\d\s?(?:km|kg|lbs?|oz|ft|hrs?|sec)$|\b(?:min|max)$")
POINT_OF_COMPASS = re.compile(r"[NSEW]{1,3}\b|North|South|East|West")
# An abbreviation that often closes a sentence too: only a word that opens one tells.
MAY_END = words(
    """inc ltd co corp bros llc plc jr sr esq etc ph.d m.d b.a m.a b.sc m.sc d.c a.m p.m a.d b.c
    b.c.e c.e u.s u.k u.n e.u u.s.a u.a.e jan feb aug sept oct nov dec mon tue tues wed thu thurs
    fri sat sun ave blvd rd hwy min max hr hrs sec km kg lb lbs oz ft et"""
)
OPENING_WORDS = words(
    """a about according after all along also although among an and another any are as at because
    before both but by did do does during each earlier even every few finally first following for
    from further had has have he her here his how however i i'm i've if in indeed instead is it
    it's its last later let's many meanwhile more moreover most my nevertheless next no nobody none
    nor not nothing now of on once one only or other others our over people perhaps she since so
    some still such that that's the their then there there's therefore these they they're this
    those though three through throughout thus to today two under unlike until was we we're were
    what when where whether which while who why with without yes yesterday yet you your"""
)
# After these a sentence goes on, whatever capital follows.
NEVER_LAST = words(
    """a an the and or but nor of in on at to from for with by as than that which who whose while
    because if when where into between under against during its his their our my your is are was
    were be been has have had will would can could may might must should not"""
)
SAYING = (
    "said|says|asked|asks|told|tells|added|adds|replied|replies|wrote|writes|shouted|cried|exclaimed"
    "|answered|wondered|whispered|tweeted|warned|insisted|screamed|yelled|repeated|joked"
)
# “Is it over?” John Smith asked.
ATTRIBUTION = re.compile(rf"([A-Z][\w'’-]*\.?)\s+(?:[A-Z][\w'’-]+\.?\s+){{0,3}}(?:{SAYING})\b")
DOTTED = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]{1,2}")
ROMAN = re.compile(r"(?:[IVXL]{2,}|[VX])\b")
ENUMERATOR = re.compile(
    r"""\d{1,3} | [A-Za-z] | [ivxIVX]{2,5} | \d{1,2}(?:\.\d{1,2})+
    | (?:Sec\.|Art\.|No\.|Section|Article|Chapter|Part|Step|Rule|Clause|Table|Figure
        |Question)\s+(?:\d+|[IVX]+)""",
    re.VERBOSE,
)
SMALL_ENUMERATOR = re.compile(r"(?:[ivx]{1,4}|[a-h])[.)]\s")
EXCLAIMING_NAMES = words("yahoo jeopardy wham")
CAMEL_BRAND = re.compile(r"[a-z][A-Z]")  # iPhone, eBay: they open a sentence as they are
FIRST_WORD = re.compile(r"[\w'’]+")
GLUED = re.compile(r"[a-z]{3}")
# A bare figure of one or two digits may number the next item: "the card 2.Select the product".
FIGURE = re.compile(r"[$€£]\d[\d.,]*|\d[\d.,]*%|\d[\d,:/]*\d\d")
GLUED_NEXT = re.compile(r"(?:[A-Z][a-z]+|[AI])\s+[a-z]")


def opens_with_known_word(after: str) -> bool:
    """Whether a word comes next that seldom has a capital inside a sentence."""
    word = FIRST_WORD.match(after)
    return word is not None and word[0][0].isupper() and _is_opening_word(word[0])


def _is_opening_word(word: str) -> bool:
    return word.replace("’", "'").lower() in OPENING_WORDS


def ends_sentence(candidate: Candidate) -> bool:
    """Whether the text before this mark is a whole English sentence."""
    after = candidate.after()
    if not after:
        return False
    if not candidate.has_gap:
        return _lost_its_space(candidate, after)
    if after[0].islower() and not CAMEL_BRAND.match(after) and not SMALL_ENUMERATOR.match(after):
        return False
    if candidate.closes_aside:
        return False
    if candidate.is_shouted:
        return _exclamation_ends(candidate, after)
    if candidate.is_ellipsis:
        # “A way out … Has he burnt his cards?”: a spaced ellipsis is a pause, not an end.
        pauses = candidate.text[candidate.mark_start - 1].isspace()
        return after[0].isupper() and not pauses and not re.match(r"I\b", after)
    return _full_stop_ends(candidate, after)


def _lost_its_space(candidate: Candidate, after: str) -> bool:
    # "the end.The next", "in 2016.The next"; but "Node.js" and "3.5" have no space to lose.
    if candidate.mark not in (".", "!", "?") or _is_numbered(candidate):
        return False
    word = candidate.before()
    whole = FIGURE.fullmatch(word) or GLUED.fullmatch(word[-3:])
    if not whole and not candidate.stands_by_closing_quote:
        return False
    return GLUED_NEXT.match(after) is not None or (
        opens_with_known_word(after) and " " in after[:12]
    )


def _exclamation_ends(candidate: Candidate, after: str) -> bool:
    if candidate.closes_quotation:
        saying = ATTRIBUTION.match(after)
        if saying and (saying[1] == "I" or not _is_opening_word(saying[1])):
            return False
    return candidate.before().lower() not in EXCLAIMING_NAMES


def _full_stop_ends(candidate: Candidate, after: str) -> bool:
    word = candidate.before()
    lower = word.lower()
    if _is_numbered(candidate):
        return False
    if lower in BEFORE_NUMBER and candidate.closers[:1].isdecimal():
        return False  # "Fig.3 The results" is no note
    if lower in BEFORE_NUMBER and (after[0].isdigit() or ROMAN.match(after)):
        return _is_word_before_number(candidate, word, after)
    if len(word) == 1 and word.isupper():
        return opens_with_known_word(after)
    if word in DAYS_AND_MONTHS:
        return True
    if MEASURE.search(candidate.lead[-6:]) and after[0].isupper():
        return POINT_OF_COMPASS.match(after) is None
    if word in TITLES:
        return opens_with_known_word(after)
    if lower in MAY_END or DOTTED.fullmatch(word):
        # "WASHINGTON, D.C. — The Senate": a dateline goes on after its dash.
        dashed = candidate.text[candidate.next_start] in "—–-"
        return lower not in BEFORE_NAME and not dashed and opens_with_known_word(after)
    return lower not in BEFORE_NAME


def _is_numbered(candidate: Candidate) -> bool:
    return ENUMERATOR.fullmatch(candidate.head) is not None or candidate.numbers_an_item


def _is_word_before_number(candidate: Candidate, word: str, after: str) -> bool:
    if word not in WORDS_BEFORE_NUMBER:
        return False
    return bool(AMOUNT.match(after) or NOTHING_REFERS.search(candidate.lead))
