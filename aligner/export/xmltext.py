"""What XML 1.0 can carry."""

from __future__ import annotations

import re

# XML 1.0, production 2, Char: these cannot stand in a document even when written as references.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text without the characters that no XML document may hold."""
    return _NOT_XML.sub("", text)
