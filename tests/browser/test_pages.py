"""Every page with what it shows by itself, wide, narrow and dark: it fits, and pictures of it are kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.rules import violations
from tests.browser.servers import Served
from tests.browser.window import NARROW, Window

SHOWS = {
    "/": ("[data-chart^=sums]", "[data-chart^=forest]", "[data-chart^=hours]"),
    "/ecosystem": ("[data-chart^=network] >> nth=1",),
    "/flows": ("[data-chart=fates-arm]", "[data-chart=posts]", "[data-chart=story]"),
    "/capacity": ("[data-chart=kpst]", "[data-chart=kpst-bodies]", "[data-chart=overlap]"),
    "/truth": ("[data-chart^=truth] >> nth=1",),
    "/scenario": (".se-text textarea", ".se-outline"),
    "/studies": ("main .st-card",),
    "/method": ("main .st-card",),
}
"""What each page shows when all of it is there."""
PATHS = tuple(SHOWS)
LARGE = {"width": 1440, "height": 900}
SIZES: dict[str, dict[str, Any]] = {
    "wide": {"viewport": LARGE, "reduced_motion": "no-preference"},
    "dark": {"viewport": LARGE, "color_scheme": "dark"},
    "narrow": {"viewport": NARROW, "has_touch": True},
}


@pytest.mark.parametrize("path", PATHS)
def test_page_is_whole_wide_narrow_and_dark(page: Window, path: str) -> None:
    name = path.strip("/") or "compare"
    shown = page.visit(path)
    current = shown.locator("nav a[aria-current=page]")
    expect(current).to_have_count(1)
    expect(current).to_have_attribute("href", re.compile(f"^{path}([?].*)?$"))
    label = current.inner_text()
    expect(shown.locator("h1")).to_have_text(label)
    expect(shown).to_have_title(f"{label} · stcsim")
    page.settle(*SHOWS[path])
    assert violations(shown) == []
    page.resize(NARROW)
    page.fits()
    page.keep(f"{name}-narrow")
    page.resize(LARGE)
    page.fits()
    page.keep(f"{name}-wide")
    shown.get_by_role("button", name="Use dark colours").click()
    page.settle()
    page.keep(f"{name}-dark")
    expect(shown.locator("[data-testid=error]")).to_have_count(0)


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("size", SIZES)
def test_page_comes_as_its_window_is(
    open_window: Callable[..., Window], served: Served, path: str, size: str
) -> None:
    window = open_window(served, **SIZES[size])
    shown = window.visit(path)
    window.settle(*SHOWS[path])
    window.keep(f"{path.strip('/') or 'compare'}-{size}")
    window.fits()
    expect(shown.locator("[data-testid=error]")).to_have_count(0)
