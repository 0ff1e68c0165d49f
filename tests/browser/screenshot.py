"""The picture of the dashboard in the README: ``make screenshot`` writes it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser import chromium, servers
from tests.browser.window import Window

ADDRESS = "/?scenario=small_region&replications=20&worlds=10&view=assumptions"
SIZE = {"width": 1440, "height": 1990}


def main(target: Path) -> None:
    """Start a server, let it compare, and write what a window shows."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.arguments())
        server = servers.start(Path(folder))
        try:
            window = Window(browser.new_context(), server.url, viewport=SIZE)
            shown = window.visit(ADDRESS)
            begin = shown.get_by_role("button", name="Run the comparison")
            begin.or_(shown.locator("main [data-chart], main [role=progressbar]")).first.wait_for()
            if begin.is_visible():
                begin.click()
            shown.locator("main [data-chart]").first.wait_for(timeout=600_000)
            window.settle()
            shown.screenshot(path=target)
            assert not window.close()
        finally:
            server.end()
            browser.close()
    with Image.open(target) as picture:
        picture.convert("RGB").save(target, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
