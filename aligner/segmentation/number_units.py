"""The units behind numbers: kilometres and miles, hectares and acres, degrees of either scale."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from aligner.segmentation.number_tokens import Number


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by what it measures and how much that is."""

    quantity: str
    size: float  # in metres, square metres, litres, kilograms, kelvins, watts or bytes
    zero: float = 0.0  # of a scale that begins elsewhere: 32 °F is 0 °C


_SQUARE: Final = r"(?:square|sq\.?)[\s-]*"
_ENDING: Final = "(?:ات|ا|ان|ين)?"  # of an Arabic noun that is counted; stands for ~ below
_DEGREES: Final = "(?:[°º]|degrees?|deg)"
_DEGREES_AR: Final = "(?:[°º]|درجة|درجات|درجتان|درجتين)"
# A word that may be either of two units stands with both.
_WORDS: Final = {
    Unit("length", 0.001): ("mm|millimet(?:re|er)s?", "ملم|مم|مل+يمتر~|ميل+يمتر~"),
    Unit("length", 0.01): ("cms?|centimet(?:re|er)s?", "سم|سا?نتي?متر~"),
    Unit("length", 1): ("m|met(?:re|er)s?", "م|متر~|أمتار|امتار"),
    Unit("length", 1000): (
        "kms?|kilomet(?:re|er)s?|kmh|kph",
        r"كم|كلم|كيلو\s?متر~|كيلو|كيلوات",
    ),
    Unit("length", 0.0254): ("inch(?:es)?", "بوصة|بوصات|إنش~|انش~"),
    Unit("length", 0.3048): ("feet|foot|ft", "قدم~|أقدام|اقدام"),
    Unit("length", 0.9144): ("yards?|yds?", "ياردة?|ياردات|يارد~"),
    Unit("length", 1609): ("miles?|mi|mph", "ميل~|أميال|اميال"),
    # Of speed as well: a knot is a nautical mile an hour.
    Unit("length", 1852): (
        r"nautical\s+miles?|knots?",
        r"(?:ميل~|أميال|اميال)\s+بحري\w*|عقدة",
    ),
    Unit("area", 1): (
        rf"{_SQUARE}met(?:re|er)s?|{_SQUARE}m|m[²2]",
        r"(?:متر~|أمتار|امتار|م)\s?(?:مربع\w*|²|2)",
    ),
    Unit("area", 1e6): (
        rf"{_SQUARE}kilomet(?:re|er)s?|{_SQUARE}km|km[²2]",
        r"(?:كيلو\s?متر~|كم|كلم)\s?(?:مربع\w*|²|2)",
    ),
    Unit("area", 1e4): ("hectares?|ha", "هكتار~"),
    Unit("area", 1e3): ("dun[au]ms?|donums?", "دونم~"),
    Unit("area", 4047): ("acres?", "فدان~|أفدنة|آكر|أكر|ايكر"),
    Unit("area", 4200): ("feddans?", "فدان~|أفدنة"),
    Unit("area", 2.59e6): (rf"{_SQUARE}miles?", r"(?:ميل~|أميال|اميال)\s+مربع\w*"),
    Unit("area", 0.0929): (rf"{_SQUARE}(?:feet|foot|ft)", r"(?:قدم~|أقدام|اقدام)\s+مربع\w*"),
    Unit("volume", 0.001): ("ml|millilit(?:re|er)s?", "مل|مل+يلتر~|ميل+يلتر~"),
    Unit("volume", 1): ("l|lit(?:re|er)s?", "لتر~|ليتر~"),
    Unit("volume", 3.785): ("gallons?", "غالون~|جالون~"),
    Unit("volume", 159): ("barrels?|bbl|bpd", "برميل~|براميل"),
    Unit("volume", 28.32): (r"cubic[\s-]+(?:feet|foot)", r"(?:قدم~|أقدام|اقدام)\s+مكعب\w*"),
    Unit("volume", 1000): (
        r"cubic[\s-]+met(?:re|er)s?|m[³3]",
        r"(?:متر~|أمتار|امتار|م)\s?(?:مكعب\w*|³|3)",
    ),
    Unit("weight", 1e-6): ("mg|milligram(?:me)?s?", "ملغ|ملجم|مل+ي?[غج]رام~"),
    Unit("weight", 0.001): ("g|gram(?:me)?s?", "غ|غم|جم|[غج]رام~"),
    Unit("weight", 1): (
        "kgs?|kilos?|kilogram(?:me)?s?",
        r"كغ|كغم|كجم|كلغ|كيلو\s?[غج]رام~|كيلو|كيلوات",
    ),
    Unit("weight", 1000): (r"t|(?:metric\s+)?tons?|tonnes?", "طن~|أطنان|اطنان"),
    Unit("weight", 0.4536): ("pounds?|lbs?", "رطل~|أرطال|ارطال|باوند~"),
    Unit("weight", 0.02835): ("ounces?|oz", "أونصة|أونصات|أوقية|أوقيات"),
    Unit("weight", 6.35): ("stones?", "ستون"),
    Unit("temperature", 1): (
        rf"{_DEGREES}?\s?(?:C|Celsius|centigrade)|{_DEGREES}",
        rf"{_DEGREES_AR}(?:\s+حرارة)?(?:\s*(?:م|مئوي\w*|سلسيوس|سيلسيوس))?|مئوي\w*",
    ),
    Unit("temperature", 5 / 9, 32): (
        rf"{_DEGREES}?\s?(?:F|Fahrenheit)|{_DEGREES}",
        rf"{_DEGREES_AR}(?:\s+حرارة)?(?:\s*(?:ف|فهرنهايت\w*))?|فهرنهايت\w*",
    ),
    Unit("power", 1e3): ("kw|kilowatts?", r"كيلو\s?وا[تط]"),
    Unit("power", 1e6): ("mw|megawatts?", r"مي[غج]ا\s?وا[تط]"),
    Unit("power", 1e9): ("gw|gigawatts?", r"[غج]ي[غج]ا\s?وا[تط]"),
    Unit("data", 1e6): ("mb|megabytes?", r"مي[غج]ا\s?بايت"),
    Unit("data", 1e9): ("gb|gigabytes?", r"[غج]ي[غج]ا\s?بايت"),
    Unit("data", 1e12): ("tb|terabytes?", r"تيرا\s?بايت"),
}
UNITS: Final = tuple(_WORDS)
_PATTERNS: Final = {
    unit: re.compile(
        rf"[\s-]*(?:{english}|(?:من\s+)?(?:ال)?(?:{arabic.replace('~', _ENDING)}))(?![\w²³])",
        re.IGNORECASE,
    )
    for unit, (english, arabic) in _WORDS.items()
}
# From one number to the next that shares its unit: 10 to 15 miles, 3 by 4 metres.
_TO_THE_NEXT: Final = re.compile(
    r"\s*(?:[-–x×]|(?:to|and|or|by|إلى|الى|حتى|أو|او|في)\s|و)\s*(?:ال)?(?:[\d.,٫]+|\S+(?=\s))"
)
_VOWELS: Final = re.compile("[\u0640\u064b-\u0652]")
_FAR: Final = 48  # code points behind a number in which its unit may stand


def units_of(text: str, number: Number) -> tuple[Unit, ...]:
    """What the number counts if that is a unit: more than one if its word may mean more.

    It stands right behind the number, or is in it (متران), or behind the next in a range.
    """
    after = _VOWELS.sub("", text[number.end : number.end + _FAR])
    units = _units_at(after) or _units_at(_VOWELS.sub("", text[number.start : number.end]))
    if not units and (to_the_next := _TO_THE_NEXT.match(after)):
        return _units_at(after[to_the_next.end() :])
    return units


@lru_cache(maxsize=8192)
def _units_at(text: str) -> tuple[Unit, ...]:
    """The units whose word begins the text; the longest: square miles are no miles."""
    found = {u: match.end() for u, p in _PATTERNS.items() if (match := p.match(text))}
    longest = max(found.values(), default=0)
    return tuple(unit for unit, end in found.items() if end == longest)
