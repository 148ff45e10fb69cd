"""Every format of the table, as it was last looked at."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from aligner import __version__
from aligner.export import EXPORTERS
from tests.comparisons import library
from tests.golden_files import check_golden


@pytest.mark.parametrize("name", [n for n, e in EXPORTERS.items() if not e.binary])
def test_a_format_looks_as_it_did(name: str) -> None:
    exporter = EXPORTERS[name]
    rendered = exporter.render(library())
    assert isinstance(rendered, str)
    rendered = re.sub(r"<style>.*?</style>", "<style></style>", rendered, flags=re.DOTALL)
    rendered = rendered.replace(f'ersion="{__version__}"', 'ersion="VERSION"')
    check_golden(f"export/library{exporter.suffix}", rendered)


def test_the_moses_files_look_as_they_did() -> None:
    rendered = EXPORTERS["moses"].render(library())
    assert isinstance(rendered, bytes)
    with zipfile.ZipFile(io.BytesIO(rendered)) as archive:
        for name in archive.namelist():
            check_golden(f"export/library.{name}", archive.read(name).decode())
