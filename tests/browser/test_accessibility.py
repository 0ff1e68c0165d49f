"""No part breaks a rule of accessibility, wide and light, narrow and dark; nor does a page in the dark."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.rules import violations
from tests.browser.servers import Served
from tests.browser.test_pages import PATHS, SHOWS
from tests.browser.window import NARROW, WIDE, Window

METHOD = tuple(f"/method?part={part}" for part in ("assumptions", "equations", "words"))


@pytest.mark.parametrize(("viewport", "theme"), [(WIDE, "light"), (NARROW, "dark")])
def test_no_part_breaks_a_rule(
    open_window: Callable[..., Window], trial: Served, viewport: dict[str, int], theme: str
) -> None:
    window = open_window(trial, color_scheme=theme, viewport=viewport)
    shown = window.visit("/parts")
    shown.wait_for_selector('[data-chart="lines"][data-ready="1"]')
    shown.locator("button", has_text="Repeat this").click()
    shown.locator(".st-card", has=shown.locator('[data-chart="bars"]')).locator("button").first.click()
    shown.locator(".st-term").first.focus()
    expect(shown.locator(".st-tip")).to_be_visible()
    window.still()
    assert violations(shown) == []


@pytest.mark.slow
@pytest.mark.parametrize("path", [*PATHS, *METHOD])
def test_no_page_breaks_a_rule_in_dark_colours(
    open_window: Callable[..., Window], served: Served, path: str
) -> None:
    window = open_window(served, color_scheme="dark")
    shown = window.visit(path)
    window.settle(*SHOWS[path.partition("?")[0]])
    assert violations(shown) == []


@pytest.mark.slow
@pytest.mark.parametrize("path", METHOD)
def test_no_part_of_the_method_breaks_a_rule(page: Window, path: str) -> None:
    shown = page.visit(path)
    page.settle(*SHOWS["/method"])
    assert violations(shown) == []
