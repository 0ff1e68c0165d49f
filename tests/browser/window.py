"""Windows of a browser that note what must not happen, and wait for what a page shows."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import expect

from tests.browser.servers import ROOT

PATIENCE = 60_000
"""Milliseconds that anything may take to come, also where the machine has much else to do."""
JOB_PATIENCE = 180_000
"""The same for what has to be computed first."""
QUIET = 500
"""Milliseconds without a change after which a page counts as finished."""
expect.set_options(timeout=PATIENCE)
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
"""Sizes of windows, in pixels."""
SCREENSHOTS = ROOT / ".screenshots"
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

    Parameters
    ----------
    context : of the browser; nothing of who had it before is left in it
    url : of the server
    viewport, color_scheme, reduced_motion : what the reader has

    Attributes
    ----------
    page : Playwright's page
    url : of the server
    expected : parts of messages about this window that are no failure
    wrong : messages
    """

    def __init__(
        self,
        context: Any,
        url: str,
        viewport: dict[str, int] = WIDE,
        color_scheme: str = "light",
        reduced_motion: str = "reduce",
    ) -> None:
        self.url = url
        self.expected: list[str] = []
        self.wrong: list[str] = []
        self._context = context
        self._viewport = viewport
        self._media = {"color_scheme": color_scheme, "reduced_motion": reduced_motion}
        # A context that was used before keeps the server's files, and nothing of who used it.
        context.clear_cookies()
        self.page = self.tab()
        clear = {"origin": url, "storageTypes": "local_storage"}
        context.new_cdp_session(self.page).send("Storage.clearDataForOrigin", clear)

    def tab(self) -> Any:
        """Return one more page of this session."""
        page = self._context.new_page()
        page.set_default_timeout(PATIENCE)
        page.set_viewport_size(self._viewport)
        page.emulate_media(**self._media)
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

    def resize(self, viewport: dict[str, int]) -> None:
        """Give the window another size, and wait until the page has followed."""
        self.page.set_viewport_size(viewport)
        self.settle()

    def close(self) -> list[str]:
        """Close all pages and return what was wrong with them."""
        for page in self._context.pages:
            page.close()
        return [w for w in self.wrong if not any(part in w for part in self.expected)]

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
