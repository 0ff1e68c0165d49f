"""A page printed by headless Chromium, where there is one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def pages_when_printed(html: str, folder: Path) -> int:
    """Return the number of pages; the test is skipped where no browser is installed."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        pytest.skip("no Chromium to print with")
    page, pdf = folder / "page.html", folder / "page.pdf"
    page.write_text(html, encoding="utf-8")
    words = [browser, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    words += [f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={pdf}", page.as_uri()]
    subprocess.run(
        words, check=True, capture_output=True, timeout=60, env={**os.environ, "HOME": str(folder)}
    )
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf.read_bytes()))
