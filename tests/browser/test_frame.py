"""Every page renders within the frame; keyboard, narrow windows, light and dark, what breaks."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stcsim.dashboard.guards import host_name
from tests.browser.conftest import Window
from tests.browser.servers import Served

PATHS = ("/", "/ecosystem", "/flows", "/capacity", "/truth", "/scenario", "/studies", "/method")


@pytest.mark.parametrize("path", PATHS)
def test_page_renders_asks_nobody_else_and_breaks_nowhere(page: Window, path: str) -> None:
    shown = page.visit(path)
    current = shown.locator("nav a[aria-current=page]")
    assert current.count() == 1
    assert shown.locator("h1").inner_text() == current.inner_text()
    assert shown.title() == f"{current.inner_text()} · stcsim"
    assert shown.evaluate("document.documentElement.lang") == "en"
    shown.wait_for_timeout(500)
    assert shown.locator("[data-testid=error]").count() == 0


def test_links_lead_on_and_back_leads_back(page: Window) -> None:
    shown = page.visit("/?scenario=small_region")
    shown.locator("nav a", has_text="Flows").click()
    shown.wait_for_function("document.querySelector('h1').innerText === 'Flows'")
    assert shown.url == f"{page.url}/flows?scenario=small_region"
    assert shown.evaluate("document.activeElement.id") == "main"
    shown.go_back()
    shown.wait_for_function("document.querySelector('h1').innerText === 'Compare'")


def test_keyboard_alone_reaches_content_pages_and_colours(page: Window) -> None:
    shown = page.visit("/method")
    shown.keyboard.press("Tab")
    assert shown.evaluate("document.activeElement.className") == "shell-skip"
    shown.keyboard.press("Enter")
    assert shown.evaluate("document.activeElement.id") == "main"
    shown.locator("nav a", has_text="Capacity").focus()
    shown.keyboard.press("Enter")
    shown.wait_for_function("document.querySelector('h1').innerText === 'Capacity'")
    shown.locator(".shell-theme").focus()
    shown.keyboard.press("Space")
    assert shown.evaluate("document.documentElement.dataset.theme") == "dark"


def test_narrow_window_has_a_drawer_and_no_sideways_scrolling(
    open_window: Callable[..., Window], served: Served
) -> None:
    window = open_window(served, viewport={"width": 390, "height": 844}, has_touch=True)
    shown = window.visit("/")
    menu = shown.locator(".shell-menu")
    assert not shown.locator("nav a").first.is_visible()
    menu.click()
    assert menu.get_attribute("aria-expanded") == "true"
    shown.locator("nav a", has_text="Method").click()
    shown.wait_for_function("document.querySelector('h1').innerText === 'Method'")
    shown.wait_for_function("!document.querySelector('.shell-nav-open')")
    for path in PATHS:
        window.visit(path)
        shown.wait_for_timeout(300)
        assert shown.evaluate("document.documentElement.scrollWidth") <= 390, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_follow_the_system_until_the_reader_chooses(
    open_window: Callable[..., Window], served: Served, scheme: str
) -> None:
    other = {"light": "dark", "dark": "light"}[scheme]
    window = open_window(served, color_scheme=scheme)
    shown = window.visit("/method")
    theme = "document.documentElement.dataset.theme"
    assert shown.evaluate(theme) == scheme
    button = shown.get_by_role("button", name=f"Use {other} colours")
    button.click()
    assert shown.evaluate(theme) == other
    window.visit("/flows")
    assert shown.evaluate(theme) == other
    assert shown.locator(f".v-application.theme--{other}").count() >= 1


def test_page_may_be_enlarged(page: Window) -> None:
    shown = page.visit("/")
    content = shown.locator("meta[name=viewport]").get_attribute("content")
    assert "user-scalable" not in content
    assert "maximum-scale" not in content


def test_address_of_no_page_says_so(page: Window) -> None:
    page.expected.append("status 404")
    answer = page.page.goto(f"{page.url}/no/such/page")
    assert answer.status == 404
    assert "no such page" in page.page.inner_text("body")


@pytest.mark.parametrize(("path", "click"), [("/broken", ""), ("/click", "Break")])
def test_what_breaks_shows_a_number_and_never_a_trace(
    trial_page: Window, trial: Served, path: str, click: str
) -> None:
    shown = trial_page.visit(path)
    if click:
        shown.get_by_role("button", name=click).click()
    box = shown.wait_for_selector("[data-testid=error]")
    said = box.inner_text()
    number = said.split("reference ")[1][:6]
    shown.wait_for_timeout(500)
    assert "secret" not in shown.content()
    assert "Traceback" not in shown.inner_text("body")
    assert f"reference {number}" in trial.said()
    assert "a secret of the server" in trial.said()


def test_host_names_are_read_without_port() -> None:
    assert host_name("[::1]:80") == "::1"
    assert host_name("LOCALHOST:9") == "localhost"
