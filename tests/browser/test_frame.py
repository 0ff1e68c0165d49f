"""Every page renders within the frame; keyboard, narrow windows, light and dark, what breaks."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from stcsim.dashboard.guards import host_name
from tests.browser.conftest import Window
from tests.browser.servers import Served

SHOWS = {
    "/": ("[data-chart^=bands]", "[data-chart^=forest]", "[data-chart^=hours]"),
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


@pytest.mark.parametrize("path", PATHS)
def test_page_renders_asks_nobody_else_and_breaks_nowhere(page: Window, path: str) -> None:
    shown = page.visit(path)
    current = shown.locator("nav a[aria-current=page]")
    expect(current).to_have_count(1)
    expect(current).to_have_attribute("href", re.compile(f"^{path}([?].*)?$"))
    label = current.inner_text()
    expect(shown.locator("h1")).to_have_text(label)
    expect(shown).to_have_title(f"{label} · stcsim")
    expect(shown.locator("html")).to_have_attribute("lang", "en")
    page.settle()
    expect(shown.locator("[data-testid=error]")).to_have_count(0)


def test_links_lead_on_and_back_leads_back(page: Window) -> None:
    shown = page.visit("/?scenario=small_region")
    shown.locator("nav a", has_text="Flows").click()
    expect(shown.locator("h1")).to_have_text("Flows")
    expect(shown).to_have_url(f"{page.url}/flows?scenario=small_region")
    expect(shown.locator("#main")).to_be_focused()
    shown.go_back()
    expect(shown.locator("h1")).to_have_text("Compare")


def test_keyboard_alone_reaches_content_pages_and_colours(page: Window) -> None:
    shown = page.visit("/method")
    shown.keyboard.press("Tab")
    expect(shown.locator(".shell-skip")).to_be_focused()
    shown.keyboard.press("Enter")
    expect(shown.locator("#main")).to_be_focused()
    shown.locator("nav a", has_text="Capacity").focus()
    shown.keyboard.press("Enter")
    expect(shown.locator("h1")).to_have_text("Capacity")
    # The new page takes the focus once it is there.
    expect(shown.locator("#main")).to_be_focused()
    shown.locator(".shell-theme").focus()
    shown.keyboard.press("Space")
    expect(shown.locator("html")).to_have_attribute("data-theme", "dark")


def test_narrow_window_has_a_drawer_and_no_sideways_scrolling(
    open_window: Callable[..., Window], served: Served
) -> None:
    window = open_window(served, viewport={"width": 390, "height": 844}, has_touch=True)
    shown = window.visit("/")
    menu = shown.locator(".shell-menu")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(shown.locator("nav a").first).to_be_hidden()
    menu.click()
    expect(menu).to_have_attribute("aria-expanded", "true")
    shown.locator("nav a", has_text="Method").click()
    expect(shown.locator("h1")).to_have_text("Method")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(shown.locator("nav a").first).to_be_hidden()
    for path in PATHS:
        window.visit(path)
        window.fits()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_system_until_the_reader_chooses(
    open_window: Callable[..., Window], served: Served, scheme: str
) -> None:
    other = {"light": "dark", "dark": "light"}[scheme]
    window = open_window(served, color_scheme=scheme)
    shown = window.visit("/method")
    document = shown.locator("html")
    expect(document).to_have_attribute("data-theme", scheme)
    shown.get_by_role("button", name=f"Use {other} colours").click()
    expect(document).to_have_attribute("data-theme", other)
    window.visit("/flows")
    expect(document).to_have_attribute("data-theme", other)
    expect(shown.locator(".v-application")).to_contain_class(f"theme--{other}")


def test_page_may_be_enlarged(page: Window) -> None:
    shown = page.visit("/")
    # It comes with the document and stays as it is.
    content = shown.locator("meta[name=viewport]").get_attribute("content")
    assert "user-scalable" not in content
    assert "maximum-scale" not in content


def test_address_of_no_page_says_so(page: Window) -> None:
    page.expected.append("status 404")
    answer = page.page.goto(f"{page.url}/no/such/page")
    assert answer.status == 404
    expect(page.page.locator("body")).to_contain_text("no such page")


@pytest.mark.parametrize(("path", "click"), [("/broken", ""), ("/click", "Break")])
def test_what_breaks_shows_a_number_and_never_a_trace(
    trial_page: Window, trial: Served, path: str, click: str
) -> None:
    shown = trial_page.visit(path)
    if click:
        shown.get_by_role("button", name=click).click()
    box = shown.locator("[data-testid=error]")
    expect(box).to_contain_text(re.compile(r"reference [0-9A-F]{6}\."))
    trial_page.settle()
    number = box.inner_text().split("reference ")[1][:6]
    assert "secret" not in shown.content()
    assert "Traceback" not in shown.inner_text("body")
    trial.wait_for_log(f"reference {number}")
    trial.wait_for_log("a secret of the server")


def test_host_names_are_read_without_port() -> None:
    assert host_name("[::1]:80") == "::1"
    assert host_name("LOCALHOST:9") == "localhost"
