"""Browser tests: a real server, a real Chromium, and pages that ask nobody else and break nowhere.

``page`` is a window in a session of its own on the server of the dashboard, ``trial_page`` one on the pages
of `tests.browser.trial`; ``open_window`` opens more. When a test ends, each of its windows must have asked
nobody but the server, thrown no error, and been answered without a status of 400 or more; what a test wants
to happen it puts into ``window.expected`` as a part of the message.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import chromium, servers

pytest.importorskip("playwright", reason="browser tests need the extra 'test'")
pytest.importorskip("solara", reason="browser tests need the extra 'test'")

from playwright.sync_api import expect, sync_playwright

PATIENCE = 60_000
"""Milliseconds that anything may take to come, also where the machine has much else to do."""
JOB_PATIENCE = 180_000
"""The same for what has to be computed first."""
QUIET = 600
"""Milliseconds without a change after which a page counts as finished."""
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, without a window."""
    program = chromium.find()
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail(chromium.MISSING, pytrace=False)
        pytest.skip(chromium.MISSING)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=chromium.arguments())
        yield started
        started.close()


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the server of the dashboard is given with ``--results``."""
    return tmp_path_factory.mktemp("results")


@pytest.fixture(scope="session")
def served(browser: Any, results: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Served]:
    """The server of the dashboard."""
    server = servers.start(tmp_path_factory.mktemp("server"), servers.COMMAND, "--results", str(results))
    yield server
    server.end()
    assert not server.called(), f"the server has called others: {server.called()}"
    assert "Traceback" not in server.said(), server.said()


@pytest.fixture(scope="session")
def trial(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Served]:
    """A server of the pages that are made to be tried."""
    server = servers.start(tmp_path_factory.mktemp("trial"), servers.TRIAL)
    yield server
    server.end()
    assert not server.called(), f"the server has called others: {server.called()}"


SCREENSHOTS = servers.ROOT / ".screenshots"
STILL = """
([milliseconds, signs]) => {
  if (!window.changed) {
    const note = () => { window.changed = Date.now(); };
    const all = { subtree: true, childList: true, characterData: true, attributes: true };
    new MutationObserver(note).observe(document.body, all);
    note();
  }
  return Date.now() - window.changed > milliseconds
    && (!signs || ![...document.querySelectorAll(signs)].some(sign => sign.checkVisibility()));
}
"""
"""Whether the page has not changed for a while, and says of nothing that it is under way."""
SIGNS = "main [role=progressbar], main [aria-busy=true], main [data-chart]:not([data-ready='1'])"
BEYOND = """
() => [...document.querySelectorAll("main *")].filter(element => {
  const box = element.getBoundingClientRect();
  const clipped = element.closest(".st-scroll, .st-picture, .st-hidden, [style*='overflow'], svg, pre");
  return box.width && box.right > innerWidth + 1 && !clipped;
}).map(element => element.outerHTML.slice(0, 120))
"""
"""What sticks out on the right."""


class Window:
    """A window in a session of its own.

    Attributes
    ----------
    page : Playwright's page
    url : of the server
    expected : parts of messages about this window that are no failure
    wrong : messages
    """

    def __init__(self, browser: Any, url: str, **options: Any) -> None:
        self.url = url
        self.expected: list[str] = []
        self.wrong: list[str] = []
        self._context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        self.page = self.tab()

    def tab(self) -> Any:
        """Return one more page of this session."""
        page = self._context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("request", lambda request: self._asked(request.url))
        page.on("pageerror", lambda error: self._broke(str(error)))
        page.on("response", lambda answer: self._answered(answer.status, answer.url))
        page.on("console", lambda said: self._said(said.type, said.text))
        page.on("crash", lambda _: self.wrong.append("the page has crashed"))
        return page

    def _broke(self, error: str) -> None:
        # What is replaced while the browser still asks for it has gone; the page shows what has come instead.
        if "widget model not found" not in error:
            self.wrong.append(f"error: {error}")

    def visit(self, path: str = "/", page: Any = None) -> Any:
        """Go to an address of the server and wait until the page is there; return Playwright's page."""
        page = page or self.page
        page.goto(self.url + path)
        page.wait_for_selector("main h1")
        return page

    def still(self, page: Any = None) -> None:
        """Wait until the page has stopped to change."""
        (page or self.page).wait_for_function(STILL, arg=[QUIET, ""], polling=100)

    def settle(self, *awaited: str, page: Any = None) -> None:
        """Wait until what is awaited (selectors) is there and nothing is under way: no job, no chart."""
        page = page or self.page
        for selector in ("main h1", *awaited):
            page.wait_for_selector(selector, timeout=JOB_PATIENCE)
        page.wait_for_function(STILL, arg=[QUIET, SIGNS], polling=100, timeout=JOB_PATIENCE)

    def fits(self, page: Any = None) -> None:
        """Make sure that nothing of the page is beyond the window's right edge."""
        page = page or self.page
        self.still(page)
        assert page.evaluate(BEYOND) == []
        root = "document.documentElement"
        assert page.evaluate(f"{root}.scrollWidth - {root}.clientWidth") <= 0

    def keep(self, name: str, page: Any = None) -> None:
        """Keep a picture of the whole page, to be looked at."""
        SCREENSHOTS.mkdir(exist_ok=True)
        (page or self.page).screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)

    def close(self) -> None:
        """Close all pages and say what was wrong with them."""
        self._context.close()
        wrong = [w for w in self.wrong if not any(part in w for part in self.expected)]
        assert not wrong, "\n".join(wrong)

    def _asked(self, url: str) -> None:
        if not url.startswith((f"{self.url}/", "data:", "blob:")):
            self.wrong.append(f"request off the server: {url}")

    def _answered(self, status: int, url: str) -> None:
        if status >= 400:
            self.wrong.append(f"status {status}: {url}")

    def _said(self, kind: str, text: str) -> None:
        # What the policy refuses is told on the console alone.
        if kind == "error" and "Failed to load resource" not in text:
            self.wrong.append(f"console: {text}")


@pytest.fixture
def open_window(browser: Any) -> Iterator[Callable[..., Window]]:
    """Function from a server, and options of Playwright's contexts, to a window in a session of its own."""
    windows: list[Window] = []

    def opened(server: servers.Served, **options: Any) -> Window:
        windows.append(Window(browser, server.url, **options))
        return windows[-1]

    yield opened
    for window in windows:
        window.close()


@pytest.fixture
def page(open_window: Callable[..., Window], served: servers.Served) -> Window:
    """A window on the dashboard."""
    return open_window(served)


@pytest.fixture
def trial_page(open_window: Callable[..., Window], trial: servers.Served) -> Window:
    """A window on the pages that are made to be tried."""
    return open_window(trial)
