"""A real, headless Chromium that measures pages."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), None)

needs_chromium = pytest.mark.skipif(
    CHROMIUM is None, reason="no chromium on the path (apt-get install chromium)"
)

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--virtual-time-budget=5000",
)

# Each page stands in a frame of the width asked for, for a browser's own window has a least width.
HARNESS = """<!DOCTYPE html><meta charset="utf-8"><body><pre id="said">{}</pre><script>
const pages = %s, measure = %s, said = {};
let left = pages.length;
for (const page of pages) {
  const frame = document.createElement("iframe");
  frame.style = `width: ${page.width}px; height: 900px; border: 0`;
  frame.srcdoc = page.source;
  frame.onload = () => {
    said[page.name] = measure(frame.contentDocument, frame.contentWindow, page);
    if (--left === 0) document.getElementById("said").textContent = JSON.stringify(said);
  };
  document.body.append(frame);
}
</script>"""


def measured(
    folder: Path, pages: list[dict[str, Any]], measure: str, *, dark: bool = False
) -> dict[str, Any]:
    """What the JavaScript function `measure(document, window, page)` returns for each page.

    pages: each with `name`, `width` (pixels) and `source`.
    """
    assert CHROMIUM is not None
    # `</script` in a page's source would end the script that holds it.
    held = json.dumps(pages).replace("<", "\\u003c")
    (folder / "harness.html").write_text(HARNESS % (held, measure), encoding="utf-8")
    scheme = ("--blink-settings=preferredColorScheme=0",) if dark else ()
    done = subprocess.run(
        [
            CHROMIUM,
            *FLAGS,
            *scheme,
            f"--user-data-dir={folder / 'profile'}",
            "--dump-dom",
            (folder / "harness.html").as_uri(),
        ],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    found = re.search(r'<pre id="said">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found is not None, done.stderr[-2000:]
    said: dict[str, Any] = json.loads(html.unescape(found.group(1)))
    assert set(said) == {page["name"] for page in pages}
    return said


PDFTOTEXT = shutil.which("pdftotext")

needs_pdftotext = pytest.mark.skipif(
    PDFTOTEXT is None, reason="no pdftotext on the path (apt-get install poppler-utils)"
)


def printed(folder: Path, source: str) -> list[str]:
    """The page as it comes out on paper: the text of each sheet."""
    assert CHROMIUM is not None
    assert PDFTOTEXT is not None
    page, paper = folder / "page.html", folder / "page.pdf"
    page.write_text(source, encoding="utf-8")
    profile = f"--user-data-dir={folder / 'profile'}"
    to_paper = ("--no-pdf-header-footer", f"--print-to-pdf={paper}")
    command = [CHROMIUM, *FLAGS, profile, *to_paper, page.as_uri()]
    subprocess.run(command, capture_output=True, timeout=60, check=True)
    done = subprocess.run(
        [PDFTOTEXT, str(paper), "-"], capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout.split("\f")[:-1]
