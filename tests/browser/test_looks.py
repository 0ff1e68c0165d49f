"""Every page with what it shows by itself, wide, dark and narrow; nothing sticks out; pictures are kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Window
from tests.browser.servers import Served
from tests.browser.test_frame import PATHS, SHOWS

SIZES = {
    "wide": {"viewport": {"width": 1440, "height": 900}},
    "dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 390, "height": 844}, "has_touch": True},
}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("size", [pytest.param("wide", marks=pytest.mark.slow), "dark", "narrow"])
def test_page_fits_its_window(
    open_window: Callable[..., Window], served: Served, path: str, size: str
) -> None:
    window = open_window(served, **SIZES[size])
    shown = window.visit(path)
    window.settle(*SHOWS[path])
    window.keep(f"{path.strip('/') or 'compare'}-{size}")
    window.fits()
    expect(shown.locator("[data-testid=error]")).to_have_count(0)
