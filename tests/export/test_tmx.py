"""TMX 1.4b: the rules of its document type, checked one by one."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

import pytest
from hypothesis import given

from aligner.bitext import Bead, Comparison
from aligner.export import tmx
from tests.comparisons import AR, EN, article, comparison, library
from tests.report.strategies import comparisons

LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# element: required attributes, then children in order, each with how many there may be
RULES = {
    "tmx": ({"version"}, [("header", 1, 1), ("body", 1, 1)]),
    "header": (
        {
            "creationtool",
            "creationtoolversion",
            "segtype",
            "o-tmf",
            "adminlang",
            "srclang",
            "datatype",
        },
        [("prop", 0, None)],
    ),
    "body": (set(), [("tu", 0, None)]),
    "tu": (set(), [("prop", 0, None), ("tuv", 1, None)]),
    "tuv": ({LANG}, [("seg", 1, 1)]),
    "seg": (set(), []),
    "prop": ({"type"}, []),
}


def check(element: Xml.Element) -> None:
    required, children = RULES[element.tag]
    assert required <= set(element.attrib)
    tags = [child.tag for child in element]
    for tag, least, most in children:
        count = len(tags) - len([t for t in tags if t != tag])
        assert tags[:count] == [tag] * count, f"{tags} in {element.tag}"
        assert count >= least
        assert most is None or count <= most
        tags = tags[count:]
    assert tags == []
    for child in element:
        check(child)


@given(comparisons())
def test_any_comparison_gives_a_valid_memory(made: Comparison) -> None:
    root = Xml.fromstring(tmx.render(made).encode())
    check(root)
    ids = [tu.get("tuid") for tu in root.iter("tu")]
    assert ids == [str(n) for n, b in enumerate(made.alignment) if not b.is_null]
    for tu in root.iter("tu"):
        assert [tuv.get(LANG) for tuv in tu.iter("tuv")] == ["ar", "en"]


def test_a_unit_holds_both_texts_and_how_sure_it_is() -> None:
    root = Xml.fromstring(tmx.render(library()).encode())
    unit = next(tu for tu in root.iter("tu") if tu.get("tuid") == "5")
    assert [seg.text for seg in unit.iter("seg")] == [
        "وتفتح المكتبة أبوابها يومياً من التاسعة صباحاً. والدخول مجاني لطلاب المدارس.",
        "The library is open daily from nine in the morning, and school children enter free.",
    ]
    assert {p.get("type"): p.text for p in unit.iter("prop")} == {
        "x-probability": "0.9600",
        "x-bead-type": "2-1",
        "x-kind": "noisy parallel",
    }


def test_units_below_the_least_probability_are_left_out() -> None:
    root = Xml.fromstring(tmx.render(library(), at_least=0.9).encode())
    assert [tu.get("tuid") for tu in root.iter("tu")] == ["0", "1", "2", "3", "5"]


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\x1b", "\ud800", "\ufffe", "\uffff"])
def test_what_xml_cannot_hold_is_left_out(bad: str) -> None:
    made = comparison(
        article(AR, [[f"أ{bad}ب"]]), article(EN, [[f"a{bad}b <&>"]]), [Bead((0,), (0,), 0.9, 0.9)]
    )
    root = Xml.fromstring(tmx.render(made).encode())
    ar, en = (seg.text for seg in root.iter("seg"))
    assert ar in ("أب", "أ ب")  # a vertical tab is white space, and becomes a space
    assert en in ("ab <&>", "a b <&>")
