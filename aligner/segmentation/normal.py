"""Forms of a text in which spellings that readers take for the same are the same.

For comparing only: what is shown is always the original.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from aligner.text import Language

UNWRITTEN = (
    *range(0x0300, 0x0370),  # accents, once NFKD has parted them from their letters
    *range(0x0610, 0x061B),  # Arabic honorific signs
    0x0640,  # tatweel
    *range(0x064B, 0x0660),  # vowel signs, shadda, sukun; the hamza and madda that NFKD has parted
    0x0670,  # dagger alef
    *range(0x06D6, 0x06DD),  # Quranic signs
    *range(0x06DF, 0x06E5),
    0x06E7,
    0x06E8,
    *range(0x06EA, 0x06EE),
    *range(0x08D3, 0x0900),
    0x00AD,  # soft hyphen
    0x061C,  # bidi marks, joiners, byte order mark
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2065),
    *range(0x2066, 0x2070),
    0xFEFF,
)
WESTERN = {
    **dict.fromkeys("“”„‟«»‹›″〃", '"'),
    **dict.fromkeys("‘’‚‛′`´ʼʻ", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict(zip("،؛؟۔٪٫٬", ",;?.%.,", strict=True)),
    **dict(zip("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2, strict=True)),
}
# Persian and Urdu keyboards' forms of Arabic letters, and the letters for p, v, ch and zh, which
# Arabic papers write now with the foreign letter and now with the nearest Arabic one.
FOREIGN_LETTERS = dict(zip("یېکڪہھەڤڥپچژ", "ييككهههففبجز", strict=True))


@cache
def _table(language: Language) -> dict[int, str | None]:
    """What becomes of each code point, by `str.translate`; None drops it."""
    letters = FOREIGN_LETTERS | _camel_letters() if language is Language.AR else {}
    return {
        **dict.fromkeys(UNWRITTEN),
        **{ord(before): after for before, after in (WESTERN | letters).items()},
    }


def _camel_letters() -> dict[str, str]:
    """Alef's forms, alef maqsura and teh marbuta, as camel-tools makes them one."""
    from camel_tools.utils import normalize  # 10 ms; an English article never needs it

    letters = "".join(map(chr, range(0x0621, 0x0700)))
    plain = normalize.normalize_alef_ar(letters)
    plain = normalize.normalize_alef_maksura_ar(plain)
    plain = normalize.normalize_teh_marbuta_ar(plain)
    return {a: b for a, b in zip(letters, plain, strict=True) if a != b}


def normalise(text: str, language: Language) -> str:
    """The text without what writers vary freely: for comparing, never for showing.

    Compatibility forms are taken apart (NFKD) and case is folded; accents, vowel signs, tatweel
    and invisible controls are dropped; digits, quotation marks, dashes and Arabic punctuation get
    their Western forms; white space becomes single spaces. In Arabic the hamza leaves its
    carrier, and the forms of alef, of yeh and of heh become one. Idempotent.
    """
    if text.isascii():
        return " ".join(text.casefold().replace("`", "'").split())
    parted = unicodedata.normalize("NFKD", text)
    folded = parted.casefold()
    if folded != parted:  # folding case can leave a compatibility form behind
        folded = unicodedata.normalize("NFKD", folded)
    return " ".join(folded.translate(_table(Language(language))).split())
