"""Moses: two plain files, line by line, as machine translation toolkits read them."""

from __future__ import annotations

import io
import zipfile

from aligner.bitext import Comparison
from aligner.export.units import units

# An archive's members need a time; one that never changes gives the same bytes every time.
_TIME = (1980, 1, 1, 0, 0, 0)


def render(comparison: Comparison, *, at_least: float = 0.0) -> bytes:
    """A zip archive of `bitext.ar` and `bitext.en`: line n of one stands for line n of the other.

    Only two-sided beads whose probability is `at_least` or more.
    """
    chosen = [
        unit for unit in units(comparison, at_least=at_least, nulls=False) if unit.ar and unit.en
    ]
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
        for name, lines in (
            ("bitext.ar", [unit.ar for unit in chosen]),
            ("bitext.en", [unit.en for unit in chosen]),
        ):
            member = zipfile.ZipInfo(name, _TIME)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            text = "".join(f"{line}\n" for line in lines)
            files.writestr(member, text.encode("utf-8", "replace"))
    return archive.getvalue()
