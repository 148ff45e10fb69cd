"""Which language a text is in: by its script, then by letters and small words.

Only Arabic and English are read. The others are known by name so that a reader learns at once
that a file is, say, Persian.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from aligner.errors import BadArticle
from aligner.text import Language


@dataclass(frozen=True, slots=True)
class Trait:
    """What gives a language away within its script."""

    words: frozenset[str]  # small words that the other languages of the table lack
    letters: frozenset[str] = frozenset()  # a word that holds one of them counts too


def _trait(words: str, letters: str = "") -> Trait:
    return Trait(frozenset(words.split()), frozenset(letters))


# Written with ك, ي and ه, since Arabic typed on another keyboard has their variants too: see
# SAME_LETTERS.
ARABIC = _trait(
    "في من على إلى الى أن ان إن التي الذي الذين هذا هذه عن مع كان كانت لا لم لن هو هي بعد قد قبل "
    "بين ذلك تلك حتى كما كل أو او ثم أي عند عندما حيث غير خلال منذ ضد وقد وهو وهي ولا كانوا وفي "
    "ومن وعلى ليس لكن ولكن أكثر إذا نحن أنا أنت هل لماذا كيف مثل له لها لهم فيه فيها منها عليه "
    "عليها إنه أنه بأن وأن وإن دون يوم عام قال يا اللي ده دي مش"
)
ARABIC_ARTICLE = ("ال", "وال", "فال", "بال", "كال", "وبال", "لل", "ولل")  # at the word's beginning

ARABIC_SCRIPT = {
    "Persian": _trait(
        "كه از در اين است را با آن هاي براي مي يك شد شده خود نيز كرد بود ها تا نمي شود كند هر "
        "اما باشد دارد يا خواهد كردند بودند هستند نيست ايران گفت دارند",
        "پچژگ",
    ),
    "Urdu": _trait("كا كو سے كي پر اور نے يه وه تها تهي تو بهي جو هو گيا", "ٹڈڑںےۓۂ۔"),
    "Punjabi": _trait("دا دے دي نوں وچ نے اے تے نال وي اوه ايه سي كيتا", "ݨ"),
    "Pashto": _trait("د په او چې كې له ته دي ده سره يې هغه وي شي نه څخه خو دا كړي", "ټډړږښګڼېۍځڅ"),
    "Central Kurdish": _trait("لە بە كە بۆ ئەم ئەو لەگەڵ و بوو دەكات هەر لەو ئێمە", "ێڕڵۆڤ"),
    "Uyghur": _trait("ۋە بىلەن ئۈچۈن بۇ بىر دەپ هەم ئۇ بولغان", "ۇۈۋېڭ"),
    "Sindhi": _trait("جي جو كي آهي ۽ ۾ تي سان هن آهن جا", "ٻڀٺٽٿڄڃڇڊڏڌڍڻڳڱڪڦ"),
    "Malay in Arabic script": _trait("دان يڠ دڠن اونتوق اد دالم كڤد اين ايت", "ڠڤڽݢۏ"),
}

ENGLISH = _trait(  # without a, an, no, do, so, i and me, which others have too
    "the of and to that for with by from this have has had not are his her he she it its they "
    "which at be been will would who said you your we our their more about after in is on as was "
    "were or but can could should all when there what if into over than also my up"
)

LATIN_SCRIPT = {
    "French": _trait(
        "le la les des et est une dans que pour du qui au aux sur pas avec ce cette il elle sont "
        "par plus ne se qu ont été leur mais nous vous ses"
    ),
    "German": _trait(
        "der die und das den von zu mit ist des nicht ein eine auf dem sich im für als auch es an "
        "werden aus hat dass sie nach wird bei einer um noch wie einem über zum haben nur oder",
        "ß",
    ),
    "Spanish": _trait(
        "el la los las de que y en un una por con para del se es su al lo como más pero sus le ha "
        "este fue son sin sobre también entre ser", "ñ¿¡"
    ),
    "Portuguese": _trait(
        "os da do em um uma para com não que por mais como dos das foi ao ele sua ou ser quando "
        "muito nos já está também só pelo pela até seu são", "ãõ"
    ),
    "Italian": _trait(
        "il di che la un una per con non del della sono gli le dei nel alla si è anche come più "
        "lo ha dal delle questo ma da nella al"
    ),
    "Dutch": _trait(
        "de het een van en dat niet zijn op te voor met aan er om ook als bij maar uit naar wordt "
        "door heeft worden nog wel deze over ze hij ik"
    ),
    "Swedish, Norwegian or Danish": _trait(
        "och att det som på av för är den till inte har og ikke af til et jeg med om var på de vi "
        "ett kan eller blir ble å skal vil fra", "åøæ"
    ),
    "Polish": _trait("na nie się że do jest to jak po za od przez są ale", "ąęłńśźż"),
    "Romanian": _trait("și în de la cu pe nu că din un este sunt care mai pentru", "ășțţ"),
    "Czech or Slovak": _trait("na je se že do to jako pro by jsou ale který", "řěůťďľ"),
    "Hungarian": _trait("az és hogy nem egy is van ez meg csak de volt", "őű"),
    "Finnish": _trait("ja on ei että se hän oli ovat mutta kun mukaan myös olla joka"),
    "Bosnian, Croatian or Serbian": _trait(
        "je na se da su za od što koji sa kao ne nije će", "đ"
    ),
    "Albanian": _trait("të dhe në për një që nga është ka më janë së nuk"),
    "Turkish": _trait(
        "ve bir bu için ile da de olarak olan daha çok ne gibi sonra kadar en ama değil var "
        "olduğu ise mi", "ğış"
    ),
    "Azerbaijani": _trait("və bir bu üçün ilə da də olan olaraq edir isə onun ki", "əğ"),
    "Northern Kurdish": _trait("li ku di ji bi de ev ew ye jî bo wî wê xwe min", "êîû"),
    "Indonesian or Malay": _trait(
        "yang dan di dengan untuk dari pada ini itu dalam tidak adalah akan oleh ke mereka telah "
        "juga sebagai bahwa atau kepada saya tersebut bisa ada karena setiap orang"
    ),
    "Filipino": _trait("ang ng sa mga na at ay ni para ito hindi kung siya niya nang kanyang"),
    "Vietnamese": _trait(
        "và của là có không được người trong cho một các với này đã",
        "ảạấậầẩắặẻẽẹếềểệỉịọốồổộớờởợụứừửữựỳỷỹỵđư",
    ),
    "Swahili": _trait("ya na wa kwa ni za katika la kuwa cha hii huyo kama yake mtu kila haki"),
    "Somali": _trait("iyo ka ku oo waa in ay uu la ee soo waxaa leh qof kasta"),
    "Hausa": _trait("da na ya ta ba wannan cikin ga su shi yana kuma don ko wanda", "ɗƙɓ"),
    "Maltese": _trait("li ta il ma dan huwa tal fil għal kull minn jew", "ħġżċ"),
}  # fmt: skip

SAME_LETTERS = (("ک", "ك"), ("ی", "ي"), ("ہ", "ه"), ("ھ", "ه"), ("ٱ", "ا"))

SAMPLE_CHARS = 18_000  # as much is looked at, from the head, the middle and the tail of a long text
PLAIN_SHARE = 0.25  # of the words: no other language reaches it with small words of ours
SMALL_WORD_EVERY = 4  # words of running English
ENOUGH_WORDS = 40  # of running text: with fewer, the want of small words says nothing
PROSE_WORDS = 10  # a line of as many words is running text, not a menu
FLOWING_WORDS = 7  # and so are as many without a mark or a figure between: no item of a list

_WORD = re.compile(r"[^\W\d_]+")
_NOT_PROSE = re.compile(r"https?://\S+|www\.\S+|[@#]\w+")
_BREAK = re.compile(r"[\n\d.,:;!?()|/•–—،؛؟۔]")
_ARABIC_BLOCKS = re.compile("[\u0600-\u077f\ufb50-\ufefc]")
_PRESENTATION_FORMS = re.compile("[\ufb50-\ufefc]")
_MARKS = re.compile(
    "[\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"
)  # tatweel, diacritics, Quranic signs


@dataclass(frozen=True, slots=True)
class Guess:
    """What a text looks like. `language` is None for one that is not read here."""

    language: Language | None
    looks_like: str  # the name of the language, or why none can be told
    note: str = ""  # what a reader should know of the decision


def identify(text: str, *, name: str = "") -> Language:
    """The language of a text, Arabic or English.

    Raises BadArticle, in one line that names what the text looks like, for any other.
    """
    return checked(guess(text), name=name)


def checked(found: Guess, *, name: str) -> Language:
    """The language of a guess; raises BadArticle where it is none of ours."""
    if found.language is None:
        where = f"{name}: " if name else ""
        raise BadArticle(f"{where}this {found.looks_like}; give an Arabic or an English article")
    return found.language


def guess(text: str) -> Guess:
    """Weigh scripts, letters and small words; never fails, for a short text or a mixed one."""
    sample = _sample(text)
    words = _words(sample)
    latin = _latin(words)
    arabic = _arabic(words)
    others = len(words) - len(arabic) - len(latin)
    if not words:
        return Guess(None, "holds no words")
    if others > len(arabic) and others > len(latin):
        return Guess(None, f"looks like {_other_script(words)}")
    fewer, more = sorted((len(arabic), len(latin)))
    mixed = fewer > 0.25 * more
    is_arabic = len(arabic) > len(latin)
    if mixed:
        # Arabic texts hold names and terms in Latin script; English ones have small words between.
        small = sum(w.lower() in ENGLISH.words for w in latin)
        is_arabic = len(arabic) > min(len(latin), SMALL_WORD_EVERY * small)
        prose_ar, prose_en = _prose(sample)
        if min(prose_ar, prose_en) > 0.6 * max(prose_ar, prose_en) > 0:
            return Guess(None, "is half Arabic and half Latin script")
        if max(prose_ar, prose_en) > 2 * min(prose_ar, prose_en):
            is_arabic = prose_ar > prose_en
    found = _arabic_script(arabic, sample) if is_arabic else _latin_script(latin, sample)
    if mixed and found.language is not None:
        other = len(latin) if is_arabic else len(arabic)
        share = f"{other / (len(arabic) + len(latin)):.0%}"
        script = "Latin" if is_arabic else "Arabic"
        return Guess(
            found.language,
            found.looks_like,
            f"read as {found.language.label}, though {share} of its words are in {script} script",
        )
    return found


def _arabic_script(words: list[str], text: str) -> Guess:
    counts = Counter(words)
    ours = sum(n for w, n in counts.items() if w in ARABIC.words or w.startswith(ARABIC_ARTICLE))
    return _weigh(Language.AR, ours, counts, ARABIC_SCRIPT, text)


def _latin_script(words: list[str], text: str) -> Guess:
    counts = Counter(" ".join(words).lower().split())
    ours = sum(counts[w] for w in ENGLISH.words)
    return _weigh(Language.EN, ours, counts, LATIN_SCRIPT, text)


def _weigh(
    language: Language, ours: int, counts: Counter[str], rivals: Mapping[str, Trait], text: str
) -> Guess:
    total = counts.total()
    if ours > PLAIN_SHARE * total:
        return Guess(language, language.label)
    rival, theirs = max(
        ((name, _evidence(counts, trait)) for name, trait in rivals.items()), key=lambda x: x[1]
    )
    # One small word may be a name or a quotation; the other language must outweigh ours.
    if theirs >= 2 and theirs > 1.2 * ours and theirs >= 0.08 * total:
        return Guess(None, f"looks like {rival}")
    # Lists do without small words in any language.
    if total >= ENOUGH_WORDS and ours < 0.03 * total and _flowing(text) >= ENOUGH_WORDS:
        script = "Arabic" if language is Language.AR else "Latin"
        return Guess(None, f"looks like a language in {script} script, not {language.label}")
    return Guess(language, language.label)


def _evidence(counts: Counter[str], trait: Trait) -> int:
    """How many words speak for a language; one alone, however often, may be a word of ours too."""
    found = [w for w in trait.words if w in counts]
    if trait.letters:
        found += [w for w in counts if not trait.letters.isdisjoint(w) and w not in trait.words]
    return sum(counts[w] for w in found) if len(found) >= 2 else 0


def _flowing(text: str) -> int:
    """How many words stand in long runs without a mark or a figure between them."""
    runs = (len(_words(run)) for run in _BREAK.split(text))
    return sum(words for words in runs if words >= FLOWING_WORDS)


def _words(text: str) -> list[str]:
    if "http" in text or "www." in text or "@" in text or "#" in text:
        text = _NOT_PROSE.sub(" ", text)
    if _ARABIC_BLOCKS.search(text):
        if _PRESENTATION_FORMS.search(text):
            text = unicodedata.normalize("NFKC", text)
        text = _MARKS.sub("", text)
        for variant, plain in SAME_LETTERS:
            text = text.replace(variant, plain)
    return _WORD.findall(text)


def _arabic(words: list[str]) -> list[str]:
    return [w for w in words if "\u0600" <= w < "\u0780"]


def _latin(words: list[str]) -> list[str]:
    return [w for w in words if w < "\u0250" or "\u1e00" <= w < "\u1f00"]


def _prose(text: str) -> tuple[int, int]:
    """Words in running text: those of Arabic lines, those of Latin lines."""
    arabic_words = latin_words = 0
    for line in text.splitlines():
        words = _words(line)
        if len(words) >= PROSE_WORDS:
            arabic = len(_arabic(words))
            latin = len(_latin(words))
            if arabic > latin:
                arabic_words += arabic
            else:
                latin_words += latin
    return arabic_words, latin_words


def _sample(text: str) -> str:
    if len(text) <= SAMPLE_CHARS:
        return text
    part, middle = SAMPLE_CHARS // 3, len(text) // 2
    return f"{text[:part]}\n{text[middle : middle + part]}\n{text[-part:]}"


OTHER_SCRIPTS = {
    "CYRILLIC": "Russian or another language in Cyrillic script",
    "HEBREW": "Hebrew",
    "GREEK": "Greek",
    "CJK": "Chinese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "DEVANAGARI": "Hindi or another language in Devanagari script",
    "ETHIOPIC": "Amharic or another language in Ethiopic script",
}


def _other_script(words: list[str]) -> str:
    ours = {*_arabic(words), *_latin(words)}
    scripts = Counter(
        unicodedata.name(letter, "unknown").split()[0]
        for word in words
        if word not in ours
        for letter in word
    )
    # Japanese is written with Chinese characters between its own.
    script = next((s for s in ("HIRAGANA", "KATAKANA") if scripts[s]), scripts.most_common(1)[0][0])
    return OTHER_SCRIPTS.get(script, f"a language in {script.capitalize()} script")
