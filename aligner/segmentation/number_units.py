"""The units behind numbers: kilometres and miles, hectares and acres, degrees of either scale."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Final

from aligner.segmentation.number_tokens import Number, words_of
from aligner.segmentation.number_words_ar import spelled


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by what it measures and how much that is."""

    quantity: str
    size: float  # in metres, square metres, litres, kilograms, kelvins, watts or bytes
    zero: float = 0.0  # of a scale that begins elsewhere: 32 °F is 0 °C


# Words in their plain spelling, a space in them as _. A word may stand for two units. Behind + an s
# may follow, behind ~ the ending of an Arabic noun that is counted.
_WORDS: Final = {
    Unit("length", 0.001): "mm millimetre+ millimeter+ ملم مم مليمتر~ ملليمتر~ ميليمتر~ ميلليمتر~",
    Unit("length", 0.01): "cm cms centimetre+ centimeter+ سم سنتيمتر~ سنتمتر~ سانتيمتر~",
    Unit("length", 1): "m metre+ meter+ م متر~ امتار",
    Unit("length", 1000): (
        "km kms kmh kph kilometre+ kilometer+ كم كلم كيلومتر~ كيلو_متر~ كيلو كيلوات"
    ),
    Unit("length", 0.0254): "inch inches بوصه بوصات انش~",
    Unit("length", 0.3048): "feet foot ft قدم~ اقدام",
    Unit("length", 0.9144): "yard+ yd yds يارد~ يارده",
    Unit("length", 1609): "mile+ mi mph ميل~ اميال",
    # A knot, of speed, is a nautical mile an hour.
    Unit("length", 1852): "nautical_mile+ knot+ ميل~_بحري~ اميال_بحريه عقده",
    Unit("area", 1): (
        "m² m2 sqm sq_m square_metre+ square_meter+ م² م2 م_مربع متر~_مربع~ امتار_مربعه"
    ),
    Unit("area", 1e6): (
        "km² km2 sq_km square_kilometre+ square_kilometer+ كم² كم2 كم_مربع كلم_مربع كلم2 "
        "كيلومتر~_مربع~ كيلومترات_مربعه كيلو_متر~_مربع~"
    ),
    Unit("area", 1e4): "hectare+ ha هكتار~",
    Unit("area", 1e3): "dunam+ dunum+ donum+ دونم~",
    Unit("area", 4047): "acre+ فدان~ افدنه اكر",
    Unit("area", 4200): "feddan+ فدان~ افدنه",
    Unit("area", 2.59e6): "square_mile+ sq_mile+ sq_mi ميل~_مربع~ اميال_مربعه",
    Unit("area", 0.0929): "square_foot square_feet sq_ft قدم~_مربع~ اقدام_مربعه",
    Unit("volume", 0.001): "ml millilitre+ milliliter+ مل مليلتر~ ملليلتر~ ميليلتر~",
    Unit("volume", 1): "l litre+ liter+ لتر~ ليتر~",
    Unit("volume", 3.785): "gallon+ غالون~ جالون~",
    Unit("volume", 28.32): "cubic_foot cubic_feet قدم~_مكعب~ اقدام_مكعبه",
    Unit("volume", 159): "barrel+ bbl bpd برميل~ براميل",
    Unit("volume", 1000): "m³ m3 cubic_metre+ cubic_meter+ م³ م3 متر~_مكعب~ امتار_مكعبه",
    Unit("weight", 1e-6): "mg milligram+ milligramme+ ملغ ملجم مليغرام~ مليجرام~ ملليغرام~",
    Unit("weight", 0.001): "g gram+ gramme+ غ غم جم غرام~ جرام~",
    Unit("weight", 1): (
        "kg kgs kilo+ kilogram+ kilogramme+ كغ كغم كجم كلغ كيلوغرام~ كيلوجرام~ "
        "كيلو_غرام~ كيلو_جرام~ كيلو كيلوات"
    ),
    Unit("weight", 1000): "t ton+ tonne+ metric_ton+ طن~ اطنان",
    Unit("weight", 0.4536): "pound+ lb lbs رطل~ ارطال باوند~",
    Unit("weight", 0.02835): "ounce+ oz اونصه اونصات اوقيه اوقيات",
    Unit("temperature", 1): (
        "° degree+ °c °_c c celsius centigrade degree+_c degree+_celsius degree+_centigrade "
        "درجه درجات درجتان درجتين مئويه درجه_مئويه درجات_مئويه درجه_حراره_مئويه"
    ),
    Unit("temperature", 5 / 9, 32): (
        "° degree+ °f °_f f fahrenheit degree+_f degree+_fahrenheit "
        "درجه درجات درجتان درجتين فهرنهايت درجه_فهرنهايت درجات_فهرنهايت درجه_فهرنهايتيه"
    ),
    Unit("power", 1e3): "kw kilowatt+ كيلوواط كيلووات كيلو_واط كيلو_وات",
    Unit("power", 1e6): "mw megawatt+ ميغاواط ميغاوات ميجاواط ميجاوات",
    Unit("power", 1e9): "gw gigawatt+ غيغاواط غيغاوات جيغاواط جيغاوات جيجاواط جيجاوات",
    Unit("data", 1e6): "mb megabyte+ ميغابايت ميجابايت",
    Unit("data", 1e9): "gb gigabyte+ غيغابايت جيغابايت جيجابايت",
    Unit("data", 1e12): "tb terabyte+ تيرابايت",
}
UNITS: Final = tuple(_WORDS)
_ENDINGS: Final = {"+": ("", "s"), "~": ("", "ا", "ات", "ان", "ين")}
# A unit has three words at most: درجة حرارة مئوية.
_WORD: Final = r"([\w°²³\u064b-\u0652]+)"
_BEHIND: Final = re.compile(rf"[\s-]*(?:من\s+)?{_WORD}(?:[\s.-]+{_WORD})?(?:\s+{_WORD})?")
# From one number to the next that shares its unit: 10 to 15 miles, 3 by 4 metres.
_TO_THE_NEXT: Final = re.compile(
    r"\s*(?:[-–x×]|(?:to|and|or|by|إلى|الى|حتى|أو|او|في)\s|و)\s*(?:ال)?(?:[\d.,٫]+|\S+(?=\s))"
)
_FAR: Final = 48  # code points behind a number in which its unit may stand


def units_of(text: str, number: Number) -> tuple[Unit, ...]:
    """What the number counts if that is a unit: more than one if its word may mean more.

    It stands right behind the number, or is in it (متران), or behind the next in a range.
    """
    after = text[number.end : number.end + _FAR]
    units = _units_at(after) or _units_at(text[number.start : number.end])
    if not units and (to_the_next := _TO_THE_NEXT.match(after)):
        return _units_at(after[to_the_next.end() :])
    return units


def _units_at(text: str) -> tuple[Unit, ...]:
    """The units whose words begin the text; the most words: square miles are no miles."""
    match = _BEHIND.match(text)
    words = [spelled(w.lower()).removeprefix("ال") for w in match.groups() if w] if match else []
    for count in range(len(words), 0, -1):
        if units := _lexicon().get(" ".join(words[:count])):
            return units
    return ()


@cache
def _lexicon() -> dict[str, tuple[Unit, ...]]:
    lexicon: dict[str, tuple[Unit, ...]] = {}
    for unit, words in _WORDS.items():
        for word in words_of(words):
            for form in _forms(word):
                lexicon[form] = (*lexicon.get(form, ()), unit)
    return lexicon


def _forms(word: str) -> Iterator[str]:
    """The word with each of its endings."""
    parts = [
        [part[:-1] + ending for ending in _ENDINGS[part[-1]]] if part[-1] in _ENDINGS else [part]
        for part in word.split("_")
    ]
    return map(" ".join, product(*parts))
