"""The dashboard under load: twenty readers of one server, one of whom has a long comparison running."""

from __future__ import annotations

import itertools
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.interleaved import ROOT
from benchmarks.outcome import Found, number
from benchmarks.settings import Settings

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WHAT = "/?scenario=small_region&arms=frontline_channel,training_programme&replications=4"
LONG = "/?scenario=reference_region&replications=400&worlds=0&seed=2"
START_SECONDS = 120.0
GOAL_SECONDS = 1.0
OPTIONS = ["--disable-gpu", "--no-first-run", "--disable-background-networking", "--no-sandbox"]
DRAWN = """
label => {
  const main = document.querySelector("main");
  const waiting = main.querySelector("[role=progressbar], [data-chart]:not([data-ready='1'])");
  return !waiting && [...main.querySelectorAll("h2, h3")].some(e => e.innerText.startsWith(label));
}
"""


def run(settings: Settings, found: Found) -> None:
    """Open the page for every reader, start the long comparison, then let the readers choose in turn."""
    sessions = settings.size(20, 2)
    work = f"Choosing another outcome on the page Compare, {sessions} sessions open, a job running"
    against = "time until all its charts are drawn, on the wall"
    program = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    lacking = [name for name in ("solara", "playwright") if find_spec(name) is None]
    if program is None or lacking:
        found.left_out(work, against, f"not installed: {', '.join(lacking) or 'chromium'}")
        return
    with found.line(work, against), tempfile.TemporaryDirectory() as folder, _server(Path(folder)) as url:
        begun, spent, running = _readers(program, url, sessions, settings.size(3, 1))
        said = (
            f"slowest {number(max(spent))} s of {len(spent)}; the job was {running} at the end; a page "
            f"is there after {number(statistics.median(begun))} s; browser and server share the processors"
        )
        found.most(work, against, statistics.median(spent), GOAL_SECONDS, "s", said)


def _readers(program: str, url: str, sessions: int, rounds: int) -> tuple[list[float], list[float], str]:
    """Return seconds until a page is there and of each choice, and what the long comparison was doing."""
    from playwright.sync_api import sync_playwright

    begun: list[float] = []
    spent: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=OPTIONS)
        pages: list[Any] = []
        for _ in range(sessions):
            page = browser.new_context().new_page()
            page.set_default_timeout(1e3 * START_SECONDS)
            started = time.perf_counter()
            page.goto(url + WHAT)
            page.get_by_label("Outcome", exact=True).wait_for()
            begun.append(time.perf_counter() - started)
            pages.append(page)
        busy = browser.new_context().new_page()
        busy.set_default_timeout(1e3 * START_SECONDS)
        busy.goto(url + LONG)
        begin = busy.get_by_role("button", name="Run the comparison")
        change = busy.get_by_role("button", name="Change what is compared")
        begin.or_(change).first.wait_for()
        if not begin.is_visible():
            change.click()
        begin.click()
        bar = busy.locator("main [role=progressbar]").first
        bar.wait_for()
        outcomes = _outcomes(pages[0])
        for _ in range(rounds):
            label, value = next(outcomes)
            for page in pages:
                started = time.perf_counter()
                page.get_by_label("Outcome", exact=True).select_option(value)
                page.wait_for_function(DRAWN, arg=label)
                spent.append(time.perf_counter() - started)
        running = "running" if bar.is_visible() else "over"
        browser.close()
    return begun, spent, running


def _outcomes(page: Any) -> Iterator[tuple[str, str]]:
    """Yield label and value of outcomes, others than the one that is shown first."""
    options = (
        page.get_by_label("Outcome", exact=True)
        .locator("option")
        .evaluate_all("o => o.map(e => [e.label, e.value])")
    )
    return itertools.cycle((str(label), str(value)) for label, value in options[1:4])


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    """Serve the dashboard meanwhile."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder)}
    command = [sys.executable, "-m", "stcsim", "dashboard", "--port", "0"]
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            yield line[line.index("http://") :].split()[0].rstrip("/")
        finally:
            process.terminate()
            process.wait(20)
