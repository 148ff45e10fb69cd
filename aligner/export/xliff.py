"""XLIFF 1.2: the pair as a bilingual file, to go on working at in a CAT tool.

https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html
"""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from aligner import __version__
from aligner.bitext import Comparison
from aligner.export.units import Unit, units
from aligner.export.xmltext import xml_text

_NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def render(comparison: Comparison, *, at_least: float = 0.0) -> str:
    """A unit for every bead whose probability is `at_least` or more, Arabic as the source.

    A bead without English has a target that needs translation: the gaps are the work to do. A
    bead without Arabic stands as a note on the unit before it, for a unit needs a source.
    """
    root = Xml.Element("xliff", {"version": "1.2", "xmlns": _NAMESPACE})
    file = Xml.SubElement(
        root,
        "file",
        {
            "original": xml_text(comparison.ar.name) or "article",
            "source-language": "ar",
            "target-language": "en",
            "datatype": "plaintext",
        },
    )
    header = Xml.SubElement(file, "header")
    tool = {"tool-id": "aligner", "tool-name": "aligner", "tool-version": __version__}
    Xml.SubElement(header, "tool", tool)
    Xml.SubElement(header, "note").text = xml_text(comparison.signature)
    Xml.SubElement(header, "note").text = f"pair: {comparison.pair.kind.value}"
    body = Xml.SubElement(file, "body")
    before = header
    for unit in units(comparison, at_least=at_least):
        if unit.bead.ar:
            before = _unit(body, unit)
        else:
            Xml.SubElement(before, "note").text = xml_text(f"English only: {unit.en}")
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, "unicode") + "\n"


def _unit(body: Xml.Element, unit: Unit) -> Xml.Element:
    element = Xml.SubElement(body, "trans-unit", {"id": str(unit.number), _SPACE: "preserve"})
    Xml.SubElement(element, "source").text = xml_text(unit.ar)
    state = "translated" if unit.bead.en else "needs-translation"
    Xml.SubElement(element, "target", {"state": state}).text = xml_text(unit.en)
    said = f"bead {unit.bead.type}, probability {unit.bead.probability:.4f}"
    if unit.divergences:
        said += f", differs: {' '.join(unit.divergences)}"
    Xml.SubElement(element, "note").text = said
    return element
