"""Which Chromium the browser tests take: the system's, else the one that Playwright has fetched."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""A browser that asks nobody for anything by itself."""
MISSING = "no Chromium on this machine: `make browser` fetches one where the system allows"


def arguments() -> list[str]:
    """Return the options of the command line; as root there is no sandbox."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*ARGUMENTS, *(["--no-sandbox"] if root else [])]


def find() -> Path | None:
    """Return the program; None where there is none."""
    named = os.environ.get("STCSIM_CHROMIUM")
    if named:
        return Path(named)
    for command in COMMANDS:
        found = shutil.which(command)
        if found:
            return Path(found)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        fetched = Path(playwright.chromium.executable_path)
    return fetched if fetched.is_file() else None


if __name__ == "__main__":
    at = find()
    sys.stdout.write(f"{at}\n" if at else "")
    sys.exit(at is None)
