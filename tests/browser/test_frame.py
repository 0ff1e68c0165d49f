"""What stands around every page: links, keyboard, a drawer where it is narrow, colours, what breaks."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from stcsim.dashboard.guards import host_name
from tests.browser.servers import Served
from tests.browser.window import NARROW, Window


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


def test_narrow_window_has_a_drawer(open_window: Callable[..., Window], served: Served) -> None:
    window = open_window(served, viewport=NARROW, has_touch=True)
    shown = window.visit("/studies")
    window.fits()
    menu = shown.locator(".shell-menu")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(shown.locator("nav a").first).to_be_hidden()
    menu.click()
    expect(menu).to_have_attribute("aria-expanded", "true")
    shown.locator("nav a", has_text="Method").click()
    expect(shown.locator("h1")).to_have_text("Method")
    expect(menu).to_have_attribute("aria-expanded", "false")
    expect(shown.locator("nav a").first).to_be_hidden()
    window.fits()


@pytest.mark.parametrize("scheme", [pytest.param("light", marks=pytest.mark.slow), "dark"])
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
