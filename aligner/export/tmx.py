"""TMX 1.4b: a translation memory, for every CAT tool.

https://www.gala-global.org/tmx-14b
"""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from aligner import __version__
from aligner.bitext import Comparison
from aligner.export.units import units
from aligner.export.xmltext import xml_text

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def render(comparison: Comparison, *, at_least: float = 0.0) -> str:
    """A translation unit for every two-sided bead whose probability is `at_least` or more.

    Each unit says in `prop` elements how sure it is, its bead type, what kind of pair it is from,
    and what differs in it.
    """
    tmx = Xml.Element("tmx", version="1.4")
    # `*all*`: either side may be searched; which version was written first is not known.
    header = Xml.SubElement(
        tmx,
        "header",
        {
            "creationtool": "aligner",
            "creationtoolversion": __version__,
            "segtype": "sentence",
            "o-tmf": "aligner",
            "adminlang": "en",
            "srclang": "*all*",
            "datatype": "plaintext",
        },
    )
    _prop(header, "signature", comparison.signature)
    for side, article in (("ar", comparison.ar), ("en", comparison.en)):
        if article.name:
            _prop(header, f"{side}-article", article.name)
    body = Xml.SubElement(tmx, "body")
    for unit in units(comparison, at_least=at_least, nulls=False):
        tu = Xml.SubElement(body, "tu", tuid=str(unit.number))
        _prop(tu, "probability", f"{unit.bead.probability:.4f}")
        _prop(tu, "bead-type", unit.bead.type)
        _prop(tu, "kind", comparison.pair.kind.value)  # memories get merged: a header would be lost
        if unit.divergences:
            _prop(tu, "divergences", " ".join(unit.divergences))
        for language, text in (("ar", unit.ar), ("en", unit.en)):
            tuv = Xml.SubElement(tu, "tuv", {_LANG: language})
            Xml.SubElement(tuv, "seg").text = xml_text(text)
    Xml.indent(tmx)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(tmx, "unicode") + "\n"


def _prop(parent: Xml.Element, kind: str, text: str) -> None:
    # Names of our own begin with x-, as the specification asks.
    Xml.SubElement(parent, "prop", type=f"x-{kind}").text = xml_text(text)
